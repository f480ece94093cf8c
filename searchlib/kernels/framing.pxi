# Stretches → the passages around them: highlighting/framing.py, cutting.py and passages.py, which say why.
# Part of excerpting.pyx.

cdef enum:
    # No more than this is lost of a passage so that it ends between words.
    MAX_WORD_CHARS = 40
    # Below are no marks, and no letters of which one may be cut from the next; but soft hyphens.
    FIRST_MARK = 0x300
    SOFT_HYPHEN = 0xad

# Of its length a passage of whole sentences fills more than this, or takes in part of the next sentence.
cdef double SHORT_SHARE = 1 / 3


cdef inline bint is_dash(Py_UCS4 char) noexcept:
    return char == "-" or char == 0x2013 or char == 0x2014


cdef inline bint is_clause_end(Py_UCS4 char) noexcept:
    return char == "," or char == ";" or char == ":" or char == 0x2013 or char == 0x2014


cdef inline bint is_dangling(Py_UCS4 char) noexcept:
    return (
        char in (" ", "\t", "\n", ",", ";", ":", "-", "(", "[", "{")
        or char in (0x2013, 0x2014, 0x201c, 0x2018, 0x201e, 0xab)
    )


cdef class Excerpter:
    """Chooses the passages of articles. Safe for several threads at once.

    Args:
        rules: What ends sentences.
        kind: What a sentence is, for `Sentences`.
        cut_before: `highlighting.cutting.cut_before`; it is asked about characters from U+0300 on.
        cut_after: Likewise.
    """

    cdef SentenceRules rules
    cdef object kind, cut_before, cut_after

    def __init__(self, SentenceRules rules not None, kind, cut_before, cut_after):
        self.rules, self.kind, self.cut_before, self.cut_after = rules, kind, cut_before, cut_after

    def passages(self, list texts not None, list weights not None, Py_ssize_t count, Py_ssize_t passage_chars,
                 str title not None, mark):
        """The best passages of some texts, in reading order; `highlighting.choose_passages` says which those are.

        Args:
            texts: (name, text, `Matches`) of each text, none of them blank.
            weights: For each unit, how much showing it is worth.
            count: How many passages at most.
            passage_chars: The length of a passage at most.
            title: The title of the article.
            mark: A named tuple, of start and end.

        Returns:
            Tuples of the text's name, the piece, where it begins, its marks as a tuple, whether its beginning is inside
            a sentence, whether its end is.
        """
        cdef int64_t worths[N_UNITS]
        cdef Py_ssize_t number
        memset(worths, 0, sizeof(worths))
        for number in range(min(len(weights), N_UNITS)):
            worths[number] = weights[number]
        fields = [Framer(self, name, text, matches, passage_chars) for name, text, matches in texts]
        choose(fields, worths, count, title)
        passages = []
        for number in range(len(fields)):
            (<Framer>fields[number]).list_passages(passages, mark)
        return passages


cdef int choose(list fields, const int64_t *worths, Py_ssize_t count, str title) except -1:
    """Let the fields take what is best of them."""
    cdef uint64_t shown = 0
    cdef Framer field
    cdef frame around
    cdef frame fallback
    cdef Py_ssize_t taken = 0, number, fallback_field = -1
    cdef bint is_taken
    if not fields:
        return 0
    pieces = None
    while taken < count:
        for number in range(len(fields)):
            (<Framer>fields[number]).begin(worths, shown)
        is_taken = False
        while not is_taken:
            number = best_of(fields)
            if number < 0:
                break
            field = <Framer>fields[number]
            around = field.frame_of(field.ranked.head()[0])
            field.ranked.at += 1
            if fallback_field < 0:
                fallback_field, fallback = number, around
            if pieces is None:
                pieces = [normal(title, 0, PyUnicode_GET_LENGTH(title))]
            piece = normal(field.sentences.text, around.start, around.end)
            if is_repeated(piece, pieces):
                continue
            shown |= field.take(around)
            pieces.append(piece)
            is_taken = True
        if not is_taken:
            break
        taken += 1
    if not taken:
        if fallback_field < 0:
            fallback_field, fallback = 0, (<Framer>fields[0]).opening()
        (<Framer>fields[fallback_field]).take(fallback)
    return 0


cdef Py_ssize_t best_of(list fields) except -2:
    """The number of the field with the best stretch; -1 where none has any."""
    cdef Py_ssize_t number, best = -1
    cdef stretch *head
    cdef stretch *best_head = NULL
    for number in range(len(fields)):
        head = (<Framer>fields[number]).ranked.head()
        # Of equally good ones that of the later field.
        if head and (not best_head or compare_worths(head, best_head) <= 0):
            best, best_head = number, head
    return best


cdef bint is_repeated(str piece, list pieces) except -1:
    cdef Py_ssize_t number
    for number in range(len(pieces)):
        other = <str>pieces[number]
        if piece in other or (number and other in piece):
            return True
    return False


cdef str normal(str text, Py_ssize_t start, Py_ssize_t end):
    """A piece in the form in which two that read alike are equal: no space but one between words, no capitals."""
    cdef const void *data = PyUnicode_DATA(text)
    cdef int width = PyUnicode_KIND(text)
    cdef Py_ssize_t place, n = 0
    cdef Py_UCS4 char
    cdef bint is_after_space = False
    cdef char *buffer = <char *>malloc(max(end - start, 1))
    if not buffer:
        raise MemoryError
    try:
        for place in range(start, end):
            char = PyUnicode_READ(width, data, place)
            if char >= 0x80:
                return " ".join(text[start:end].split()).casefold()
            if is_space(char):
                is_after_space = n > 0
                continue
            if is_after_space:
                buffer[n] = c" "
                n += 1
                is_after_space = False
            buffer[n] = <char>(<int>char + 32 if "A" <= char <= "Z" else <int>char)
            n += 1
        return PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, buffer, n)
    finally:
        free(buffer)


cdef class Framer:
    """One text, what matched in it, and the passages taken from it so far."""

    cdef Excerpter excerpter
    cdef object name
    cdef Sentences sentences
    cdef Matches matches
    cdef Ranked ranked
    cdef Py_ssize_t chars
    cdef frame *taken
    cdef Py_ssize_t n_taken

    def __cinit__(self, Excerpter excerpter, name, str text, Matches matches not None, Py_ssize_t passage_chars):
        cdef Py_ssize_t number
        self.excerpter, self.name, self.matches, self.chars = excerpter, name, matches, passage_chars
        self.sentences = Sentences(text, excerpter.rules, excerpter.kind)
        for number in range(matches.n):
            if not 0 <= matches.places[number].start < matches.places[number].end <= self.sentences.length:
                raise ValueError(f"there is no place {matches.places[number].start:,} in this text")
        self.ranked = Ranked(self.sentences, matches, passage_chars)

    def __dealloc__(self):
        free(self.taken)

    cdef int begin(self, const int64_t *worths, uint64_t shown) except -1:
        return self.ranked.begin(worths, shown, self.taken, self.n_taken)

    cdef uint64_t take(self, frame around) except? 0:
        """Keep a passage, in reading order; returns the units that it shows."""
        cdef Py_ssize_t number = self.n_taken
        cdef uint64_t units = 0
        cdef const place *at
        cdef frame *grown = <frame *>realloc(self.taken, (self.n_taken + 1) * sizeof(frame))
        if not grown:
            raise MemoryError
        self.taken = grown
        while number and grown[number - 1].start > around.start:
            grown[number] = grown[number - 1]
            number -= 1
        grown[number] = around
        self.n_taken += 1
        for number in range(self.matches.n):
            at = &self.matches.places[number]
            if around.start <= at.start and at.end <= around.end:
                units |= <uint64_t>1 << at.unit
        return units

    cdef int list_passages(self, list passages, mark) except -1:
        cdef Py_ssize_t number, at
        cdef frame taken
        cdef span marked
        new = tuple.__new__
        for number in range(self.n_taken):
            taken = self.taken[number]
            marks = []
            for at in range(self.matches.n_marks):
                marked = self.matches.marks[at]
                if marked.start < taken.end and marked.end > taken.start:
                    marks.append(new(mark, (max(marked.start, taken.start), min(marked.end, taken.end))))
            passages.append((
                self.name, self.sentences.text[taken.start:taken.end], taken.start, tuple(marks),
                taken.leading, taken.trailing,
            ))
        return 0

    cdef frame opening(self) except *:
        """The beginning of the running text; of the text, where none of it runs."""
        cdef sentence first = self.sentences.find(0)
        cdef sentence at = first
        while not at.is_prose:
            if not self.find_after(at, &at):
                at = first
                break
        return self.frame_around(at.start, at.start, 0, self.sentences.length)

    cdef frame frame_of(self, stretch shown) except *:
        return self.frame_around(self.matches.places[shown.place].start, shown.end, shown.low, shown.high)

    cdef frame frame_around(self, Py_ssize_t start, Py_ssize_t end, Py_ssize_t low, Py_ssize_t high) except *:
        cdef sentence first = self.sentences.find(start)
        cdef sentence last = first if end <= first.end else self.sentences.find(end - 1)
        cdef sentence following, preceding
        cdef Py_ssize_t ceiling, floor
        cdef bint follows
        cdef frame around
        if first.start < low or last.end > high or last.end - first.start > self.chars:
            return self.cut(start, end, max(first.start, low), min(last.end, high))
        ceiling = min(high, first.start + self.chars)
        follows = self.find_continuation(last, &following)
        while follows and following.end <= ceiling:
            last = following
            follows = self.find_continuation(last, &following)
        floor = max(low, last.end - self.chars)
        while self.find_preamble(first, floor, &preceding) and preceding.start >= floor:
            first = preceding
        if last.end - first.start < self.chars * SHORT_SHARE and follows and following.end <= high:
            return self.framed(first.start, self.finish_before(first.start + self.chars, last.end))
        around.start, around.end, around.leading, around.trailing = first.start, last.end, False, False
        return around

    cdef bint find_after(self, sentence of, sentence *found) except -1:
        cdef Py_ssize_t start = self.sentences.skip_space(of.end)
        if start >= self.sentences.length:
            return False
        found[0] = self.sentences.find_from(start)
        return True

    cdef bint find_continuation(self, sentence of, sentence *found) except -1:
        """Whether a sentence follows with which it can be read as one text; which."""
        return of.is_prose and self.find_after(of, found) and found.is_prose

    cdef bint find_preamble(self, sentence of, Py_ssize_t floor, sentence *found) except -1:
        if floor >= of.start or not of.is_prose:
            return False
        found[0] = self.sentences.find(of.start - 1 if of.start else 0)
        return found.start != of.start and found.is_prose

    cdef frame cut(self, Py_ssize_t start, Py_ssize_t end, Py_ssize_t low, Py_ssize_t high) except *:
        """As much of low to high as fits, start to end in it."""
        cdef Py_ssize_t spare = self.chars - (end - start), begin, finish
        if spare < 0:
            return self.framed(start, self.finish_before(start + self.chars, start))
        if end - low <= self.chars:
            begin = low
        elif high - start <= self.chars:
            begin = self.begin_after(high - self.chars, start)
        else:
            begin = self.begin_after(start - spare // 2, start)
        finish = high if high - begin <= self.chars else self.finish_before(begin + self.chars, end)
        return self.framed(begin, finish)

    cdef frame framed(self, Py_ssize_t begin, Py_ssize_t finish) except *:
        cdef sentence first, last
        cdef frame around
        while begin < finish and is_space(self.sentences.char_at(begin)):
            begin += 1
        while finish > begin and is_space(self.sentences.char_at(finish - 1)):
            finish -= 1
        first = self.sentences.find(min(begin, self.sentences.length - 1))
        last = first if finish <= first.end else self.sentences.find(finish - 1)
        around.start, around.end = begin, finish
        around.leading, around.trailing = begin > first.start, finish < last.end
        return around

    cdef Py_ssize_t begin_after(self, Py_ssize_t at, Py_ssize_t ceiling) except -1:
        cdef Py_ssize_t begin = self.clause_end(at, (at + ceiling) // 2), torn
        if begin < 0:
            begin = self.cut_after(at, ceiling)
        torn = self.mark_around(begin)
        return self.matches.marks[torn].end if torn >= 0 and self.matches.marks[torn].end <= ceiling else begin

    cdef Py_ssize_t clause_end(self, Py_ssize_t at, Py_ssize_t ceiling) except -2:
        """Where the first clause ends from a place on, with the space after it; -1 if none does before `ceiling`."""
        cdef Sentences text = self.sentences
        cdef Py_ssize_t place
        for place in range(at, ceiling - 1):
            if is_clause_end(text.char_at(place)) and is_space(text.char_at(place + 1)):
                place += 1
                while place < ceiling and is_space(text.char_at(place)):
                    place += 1
                return place
            if (
                place + 2 < ceiling and is_dash(text.char_at(place + 1))
                and is_space(text.char_at(place)) and is_space(text.char_at(place + 2))
            ):
                return place + 3
        return -1

    cdef Py_ssize_t finish_before(self, Py_ssize_t at, Py_ssize_t floor) except -1:
        cdef Py_ssize_t finish = self.cut_before(at, floor), torn = self.mark_around(finish)
        if torn >= 0 and self.matches.marks[torn].start > floor:
            finish = self.matches.marks[torn].start
        while finish > floor and is_dangling(self.sentences.char_at(finish - 1)):
            finish -= 1
        return finish

    cdef Py_ssize_t mark_around(self, Py_ssize_t at) noexcept:
        """The number of the mark that a cut would tear; -1 for none."""
        cdef Py_ssize_t low = 0, high = self.matches.n_marks, middle
        while low < high:
            middle = (low + high) // 2
            if self.matches.marks[middle].start < at:
                low = middle + 1
            else:
                high = middle
        return low - 1 if low and at < self.matches.marks[low - 1].end else -1

    cdef Py_ssize_t cut_before(self, Py_ssize_t at, Py_ssize_t floor) except -1:
        cdef Py_ssize_t place
        cdef int found
        if at >= self.sentences.length:
            return self.sentences.length
        for place in range(at, max(floor, at - MAX_WORD_CHARS), -1):
            found = self.is_between_words(place)
            if found < 0:
                return self.excerpter.cut_before(self.sentences.text, at, floor)
            if found:
                return place
        if self.is_doubtful(at):
            return self.excerpter.cut_before(self.sentences.text, at, floor)
        return max(at, floor)

    cdef Py_ssize_t cut_after(self, Py_ssize_t at, Py_ssize_t ceiling) except -1:
        cdef Py_ssize_t place
        cdef int found
        for place in range(at, min(ceiling, at + MAX_WORD_CHARS)):
            found = self.is_between_words(place)
            if found < 0:
                return self.excerpter.cut_after(self.sentences.text, at, ceiling)
            if found:
                return place
        if ceiling - at <= MAX_WORD_CHARS:
            return ceiling
        if self.is_doubtful(at):
            return self.excerpter.cut_after(self.sentences.text, at, ceiling)
        return min(at, ceiling)

    cdef int is_between_words(self, Py_ssize_t at) noexcept:
        """Whether a place is one between words; -1 where that takes knowing about scripts."""
        cdef Py_UCS4 before, after
        if at <= 0 or at >= self.sentences.length:
            return True
        before, after = self.sentences.char_at(at - 1), self.sentences.char_at(at)
        if is_space(before) or is_space(after):
            return True
        return -1 if before >= FIRST_MARK or after >= FIRST_MARK else False

    cdef bint is_doubtful(self, Py_ssize_t at) noexcept:
        """Whether a place may be inside a grapheme."""
        cdef Py_UCS4 before, after
        if at <= 0 or at >= self.sentences.length:
            return False
        before, after = self.sentences.char_at(at - 1), self.sentences.char_at(at)
        return before >= FIRST_MARK or after >= FIRST_MARK or after == SOFT_HYPHEN or before == "\r"
