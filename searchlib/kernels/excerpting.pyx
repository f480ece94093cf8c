# cython: language_level=3, embedsignature=True
"""What a snippet is cut from, compiled: places and marks of words, `Sentences` of a text, and its `Stretches`.

Both answer as their namesakes in `searchlib.highlighting` do, which are the definition. Here a sentence is found when it
is asked for, in time that depends on its length and not on that of the text, and is kept.

Each object is for one thread at a time.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.stdlib cimport free, malloc, qsort, realloc
from libc.string cimport memmove, memset

__all__ = ["MAX_UNITS", "SentenceRules", "Sentences", "Stretches", "places_and_marks"]


cdef extern from "Python.h":
    bint is_space "Py_UNICODE_ISSPACE"(Py_UCS4 char)
    bint is_alnum "Py_UNICODE_ISALNUM"(Py_UCS4 char)
    bint is_lower "Py_UNICODE_ISLOWER"(Py_UCS4 char)


cdef extern from *:
    """
    #if PY_VERSION_HEX < 0x030C0000
    #define make_ready(text) PyUnicode_READY(text)
    #else
    #define make_ready(text) 0
    #endif
    """
    int make_ready(object text) except -1


cdef enum:
    # What a character may be, and what an end of a sentence is: one of the first three.
    SPACED = 1
    UNSPACED = 2
    BREAK = 4
    SPACED_CLOSER = 8
    UNSPACED_CLOSER = 16
    NARROW_CHARS = 256
    # How far back the beginning of a sentence is sought first; then twice as far.
    LOOK_BACK_CHARS = 160
    FIRST_CAPACITY = 8
    N_UNITS = 64
    # Two stretches are equally close when they differ by fewer words than this.
    CLOSENESS_STEP = 6
    # Of a word, what is looked at, as in highlighting/sentences.py.
    WORD_CHARS = 24

#: Units that `Stretches` can tell apart.
MAX_UNITS = N_UNITS


cdef class SentenceRules:
    """What ends sentences.

    Args:
        spaced: Characters that end a sentence before white space, in doubt.
        unspaced: Characters that end one wherever they stand.
        spaced_closers: What may stand between a spaced end and the white space.
        unspaced_closers: What may stand after an unspaced end and belongs to it.
        prose_chars: How long a sentence is that is prose without an end.
        tail_chars: How many characters an end has at most.
        wrapped_chars: From how many characters, to how many, a line has that goes on in the next.
        shortened: Words of ASCII letters, in lower case, after which a full stop may end no sentence.
        ends_sentence: Text, start and end of what may be a spaced end → whether it is one. It is not asked where that
            is plain: before an empty line or the end of the text it is one, before a small letter it is none, and
            before a capital or a figure it is one if a word of two or more ASCII letters that is not shortened
            stands before it; a letter or figure being one of ASCII, maybe with ASCII signs before it.
    """

    cdef uint8_t narrow[NARROW_CHARS]
    cdef dict wide
    cdef Py_ssize_t prose_chars, tail_chars, wrapped_from, wrapped_to, max_shortened_chars
    cdef frozenset shortened
    cdef object ends_sentence

    def __cinit__(self, *, str spaced, str unspaced, str spaced_closers, str unspaced_closers, Py_ssize_t prose_chars,
                  Py_ssize_t tail_chars, wrapped_chars, frozenset shortened, ends_sentence):
        memset(self.narrow, 0, NARROW_CHARS)
        self.wide = {}
        for kind, chars in (
            (SPACED, spaced), (UNSPACED, unspaced), (BREAK, "\n"), (SPACED_CLOSER, spaced_closers),
            (UNSPACED_CLOSER, unspaced_closers),
        ):
            for char in map(ord, chars):
                if char < NARROW_CHARS:
                    self.narrow[<int>char] |= kind
                else:
                    self.wide[char] = self.wide.get(char, 0) | kind
        self.prose_chars = prose_chars
        self.tail_chars = tail_chars
        self.wrapped_from, self.wrapped_to = wrapped_chars
        self.shortened = shortened
        self.max_shortened_chars = max(map(len, shortened), default=0)
        self.ends_sentence = ends_sentence

    cdef int kind_of(self, Py_UCS4 char) except -1:
        if char < NARROW_CHARS:
            return self.narrow[<int>char]
        # Most of what is wide are letters, and no letter is anything of this.
        return 0 if is_alnum(char) else self.wide.get(<long>char, 0)


cdef struct sentence:
    Py_ssize_t start, end
    bint is_prose


# What may be the end of a sentence.
cdef struct ending:
    int kind
    Py_ssize_t start, end


cdef class Sentences:
    """The sentences of a text: each a `kind` of (startchar, endchar, is_prose).

    Args:
        text: The text, not blank.
        rules: What ends sentences.
        kind: A named tuple.
    """

    cdef str text
    cdef const void *data
    cdef int width
    cdef Py_ssize_t length
    cdef SentenceRules rules
    cdef object make
    # Those found so far, in order.
    cdef sentence *found
    cdef Py_ssize_t n, capacity
    # What was said of ends in doubt, by their starts.
    cdef dict judged

    def __cinit__(self, str text not None, SentenceRules rules not None, kind):
        make_ready(text)
        self.text = text
        self.data = PyUnicode_DATA(text)
        self.width = PyUnicode_KIND(text)
        self.length = PyUnicode_GET_LENGTH(text)
        self.rules = rules
        self.make = kind
        self.judged = {}

    def __dealloc__(self):
        free(self.found)

    def at(self, Py_ssize_t place):
        """The last sentence that begins at or before character `place`, or else the first."""
        if not 0 <= place < self.length:
            raise IndexError(f"there is no character {place:,} in a text of {self.length:,}")
        return self.made(self.find(place))

    def after(self, of):
        """The sentence that follows; None after the last."""
        cdef Py_ssize_t start = self.skip_space(of[1])
        return self.made(self.find_from(start)) if start < self.length else None

    def before(self, of):
        """The sentence that comes before; None before the first."""
        cdef Py_ssize_t start = of[0]
        cdef sentence found = self.find(start - 1 if start else 0)
        return None if found.start == start else self.made(found)

    cdef object made(self, sentence found):
        return tuple.__new__(self.make, (found.start, found.end, found.is_prose))

    cdef inline Py_UCS4 char_at(self, Py_ssize_t place):
        return PyUnicode_READ(self.width, self.data, place)

    cdef Py_ssize_t skip_space(self, Py_ssize_t place):
        while place < self.length and is_space(self.char_at(place)):
            place += 1
        return place

    cdef Py_ssize_t bisect(self, Py_ssize_t start):
        """How many of those found begin at or before a place."""
        cdef Py_ssize_t low = 0, high = self.n, middle
        while low < high:
            middle = (low + high) // 2
            if self.found[middle].start <= start:
                low = middle + 1
            else:
                high = middle
        return low

    cdef sentence find(self, Py_ssize_t place) except *:
        cdef Py_ssize_t number
        while place and is_space(self.char_at(place)):
            place -= 1
        number = self.bisect(place) - 1
        if number >= 0 and place < self.found[number].end:
            return self.found[number]
        return self.find_from(self.skip_space(self.last_end(place)))

    cdef sentence find_from(self, Py_ssize_t start) except *:
        """The sentence that begins here."""
        cdef Py_ssize_t number = self.bisect(start)
        cdef sentence new
        cdef ending end
        if number and self.found[number - 1].start == start:
            return self.found[number - 1]
        end.end = start
        while self.search(end.end, &end) and not self.ends(end):
            pass
        new.start, new.end = start, end.end if end.kind else self.length
        while new.end > start and is_space(self.char_at(new.end - 1)):
            new.end -= 1
        new.is_prose = new.end - start >= self.rules.prose_chars or self.is_terminated(new)
        self.insert(number, new)
        return new

    cdef int insert(self, Py_ssize_t number, sentence new) except -1:
        cdef sentence *grown
        if self.n == self.capacity:
            capacity = self.capacity * 2 if self.capacity else FIRST_CAPACITY
            grown = <sentence *>realloc(self.found, capacity * sizeof(sentence))
            if not grown:
                raise MemoryError
            self.found, self.capacity = grown, capacity
        memmove(&self.found[number + 1], &self.found[number], (self.n - number) * sizeof(sentence))
        self.found[number] = new
        self.n += 1
        return 0

    cdef bint is_terminated(self, sentence new) except -1:
        cdef Py_ssize_t place = new.end - 1
        cdef Py_ssize_t floor = max(new.start, new.end - self.rules.tail_chars)
        while place >= floor and (
            self.rules.kind_of(self.char_at(place)) & SPACED_CLOSER or self.is_narrow_space(place)
        ):
            place -= 1
        return place >= floor and self.rules.kind_of(self.char_at(place)) & (SPACED | UNSPACED) != 0

    cdef inline bint is_narrow_space(self, Py_ssize_t place):
        return self.char_at(place) in (0xa0, 0x202f)

    cdef Py_ssize_t last_end(self, Py_ssize_t place) except -1:
        """The last end of a sentence at or before a place; 0 if there is none."""
        cdef Py_ssize_t ceiling = place, reach = LOOK_BACK_CHARS, floor, last
        cdef ending end
        while ceiling:
            floor = max(0, ceiling - reach)
            # No end has a letter or figure in it: where one stands, none is torn.
            while floor and not is_alnum(self.char_at(floor - 1)):
                floor -= 1
            last = 0
            end.end = floor
            while self.search(end.end, &end) and end.start < ceiling and end.end <= place:
                if self.ends(end):
                    last = end.end
            if last:
                return last
            ceiling, reach = floor, reach * 2
        return 0

    cdef bint search(self, Py_ssize_t place, ending *found) except -1:
        """Whether there is another end from a place on; where."""
        cdef int kind
        while place < self.length:
            kind = self.rules.kind_of(self.char_at(place)) & (SPACED | UNSPACED | BREAK)
            if kind:
                found.kind, found.start = kind, place
                found.end = (
                    self.spaced_end(place) if kind == SPACED else
                    self.unspaced_end(place) if kind == UNSPACED else self.skip_space(place)
                )
                if found.end:
                    return True
            place += 1
        found.kind = 0
        return False

    cdef Py_ssize_t unspaced_end(self, Py_ssize_t place) except -1:
        while place < self.length and self.rules.kind_of(self.char_at(place)) & UNSPACED:
            place += 1
            if place < self.length and self.char_at(place) in (0xfe00, 0xfe01):
                place += 1
        while place < self.length and self.rules.kind_of(self.char_at(place)) & UNSPACED_CLOSER:
            place += 1
        return place

    cdef Py_ssize_t spaced_end(self, Py_ssize_t place) except -1:
        """Where the end that begins here ends; 0 where no white space follows."""
        cdef Py_ssize_t spaced = 0
        if place and self.rules.kind_of(self.char_at(place - 1)) & SPACED:
            return 0
        while place < self.length and self.rules.kind_of(self.char_at(place)) & SPACED:
            place += 1
        while place < self.length:
            if is_space(self.char_at(place)):
                spaced = place
            if self.rules.kind_of(self.char_at(place)) & SPACED_CLOSER:
                place += 1
            elif (
                self.is_narrow_space(place) and place + 1 < self.length
                and self.char_at(place + 1) in (0xbb, 0x203a)
            ):
                place += 2
            else:
                break
        return spaced

    cdef bint ends(self, ending end) except -1:
        """Whether what may be the end of a sentence is one."""
        cdef int known
        if end.kind == UNSPACED:
            return True
        if end.kind == BREAK:
            return self.ends_line(end)
        known = self.ends_plainly(end)
        if known >= 0:
            return known
        if end.start not in self.judged:
            self.judged[end.start] = self.rules.ends_sentence(self.text, end.start, end.end)
        return self.judged[end.start]

    cdef bint ends_line(self, ending end) except -1:
        cdef Py_ssize_t place, line_start = end.start
        for place in range(end.start + 1, end.end):
            if self.char_at(place) == "\n":
                return True
        if end.end < self.length and is_lower(self.char_at(end.end)):
            return False
        while (
            line_start and self.char_at(line_start - 1) != "\n" and end.start - line_start <= self.rules.wrapped_to
        ):
            line_start -= 1
        return not self.rules.wrapped_from <= end.start - line_start <= self.rules.wrapped_to

    cdef int ends_plainly(self, ending end) except -2:
        """Whether a spaced end is one, where that is plain; else -1."""
        cdef Py_ssize_t place, start = end.start, breaks = 0
        for place in range(end.end, self.length):
            if not is_space(self.char_at(place)):
                break
            breaks += self.char_at(place) == "\n"
        else:
            return True
        if breaks > 1:
            return True
        while place < self.length and is_ascii_sign(self.char_at(place)):
            place += 1
        if place == self.length or is_space(self.char_at(place)):
            return True
        if "a" <= self.char_at(place) <= "z":
            return False
        if not (is_ascii_letter(self.char_at(place)) or "0" <= self.char_at(place) <= "9"):
            return -1
        while start and end.start - start < WORD_CHARS and is_ascii_letter(self.char_at(start - 1)):
            start -= 1
        letters = end.start - start
        if letters < 2 or (letters < WORD_CHARS and start and not is_space(self.char_at(start - 1))):
            return -1
        if letters > self.rules.max_shortened_chars:
            return True
        return -1 if self.text[start:end.start].lower() in self.rules.shortened else True


cdef inline bint is_ascii_letter(Py_UCS4 char) noexcept:
    return "a" <= char <= "z" or "A" <= char <= "Z"


cdef inline bint is_ascii_sign(Py_UCS4 char) noexcept:
    return "!" <= char <= "/" or ":" <= char <= "@" or "[" <= char <= "^" or char == "`" or "{" <= char <= "~"


cdef struct place:
    Py_ssize_t start, end, first, last
    int unit


cdef int compare_places(const void *one, const void *other) noexcept nogil:
    cdef const place *a = <const place *>one
    cdef const place *b = <const place *>other
    if a.start != b.start:
        return -1 if a.start < b.start else 1
    if a.end != b.end:
        return -1 if a.end < b.end else 1
    if a.unit != b.unit:
        return -1 if a.unit < b.unit else 1
    return -1 if a.first < b.first else a.first > b.first


def places_and_marks(list found, list units, Py_ssize_t max_places):
    """What matched in a text of which only words are asked.

    Args:
        found: Of each token that is one of the words: position, startchar, endchar, and which word; in order of
            position.
        units: For each word its unit, below `MAX_UNITS`; or -1 where it does not count.
        max_places: How many places of one unit are listed at most, the first.

    Returns:
        Places as `Stretches` takes them, and all that matched: (start, end) in order, what overlaps or touches as one.
    """
    cdef Py_ssize_t number, before, n = 0, last_start = -1, last_end = -1
    cdef int unit
    cdef Py_ssize_t listed[N_UNITS]
    cdef place *at
    cdef place *gathered = <place *>malloc(max(len(found), 1) * sizeof(place))
    if not gathered:
        raise MemoryError
    memset(listed, 0, sizeof(listed))
    places, marks = [], []
    try:
        for position, startchar, endchar, which in found:
            unit = units[which]
            if unit < 0:
                continue
            if unit >= N_UNITS:
                raise ValueError(f"there is no unit {unit}")
            at = &gathered[n]
            at.start, at.end, at.first, at.last, at.unit = startchar, endchar, position, position, unit
            # Of two tokens of a word at one position the later one counts.
            before = n
            while before and gathered[before - 1].first == at.first:
                before -= 1
                if gathered[before].unit == at.unit:
                    gathered[before] = at[0]
                    break
            else:
                n += 1
        qsort(gathered, n, sizeof(place), compare_places)
        for number in range(n):
            at = &gathered[number]
            if listed[at.unit] < max_places:
                listed[at.unit] += 1
                places.append((at.start, at.end, at.unit, at.first, at.last))
            if at.start > last_end:
                if last_end >= 0:
                    marks.append((last_start, last_end))
                last_start, last_end = at.start, at.end
            elif at.end > last_end:
                last_end = at.end
        if last_end >= 0:
            marks.append((last_start, last_end))
        return places, marks
    finally:
        free(gathered)


# A stretch of a text, and what makes one better than another.
cdef struct stretch:
    int64_t new_worth, worth
    bint is_torn
    Py_ssize_t gap, place, end, last
    # What a passage that shows it must not go beyond.
    Py_ssize_t low, high
    uint64_t units


cdef class Stretches:
    """The stretches of a text that show most of a query.

    Args:
        sentences: The text's sentences.
        places: Where something matched: (start, end, unit, first, last), in order; units are below `MAX_UNITS`.
        passage_chars: How long a stretch may be.
    """

    cdef Sentences sentences
    cdef place *places
    cdef Py_ssize_t n, passage_chars
    cdef uint64_t units

    def __cinit__(self, Sentences sentences not None, list places not None, Py_ssize_t passage_chars):
        cdef Py_ssize_t number
        self.sentences = sentences
        self.passage_chars = passage_chars
        self.n = len(places)
        self.places = <place *>malloc(max(self.n, 1) * sizeof(place))
        if not self.places:
            raise MemoryError
        for number, (start, end, unit, first, last) in enumerate(places):
            if not 0 <= unit < N_UNITS or not 0 <= start < sentences.length:
                raise ValueError(f"there is no place {start:,} or no unit {unit}")
            self.places[number] = place(start, end, first, last, unit)
            self.units |= <uint64_t>1 << <int>unit

    def __dealloc__(self):
        free(self.places)

    def ranked(self, list weights, uint64_t shown, list taken, Py_ssize_t field):
        """What is worth showing, the best first.

        Args:
            weights: For each unit, how much showing it is worth.
            shown: The units that are shown already, a bit for each.
            taken: What is taken of the text: tuples of start, end and maybe more. What overlaps it is left out.
            field: A number that says which text this is; of higher ones the stretches are better than of others like
                them.

        Returns:
            Tuples that sort in this order; their last four items are start, end, and what a passage that shows the
            stretch must not go beyond on either side.
        """
        cdef Py_ssize_t number
        found = Ranked(self, field, shown)
        for number in range(min(len(weights), N_UNITS)):
            found.worths[number] = weights[number]
        found.begin(taken)
        return found


cdef class Ranked:
    """What `Stretches.ranked` finds: first what shows most that is new; the rest if it is asked for."""

    cdef Stretches of
    cdef Py_ssize_t field
    cdef uint64_t shown
    cdef int64_t worths[N_UNITS]
    # From each place that can be shown the one that shows most, and how much that is.
    cdef stretch *longest
    cdef Py_ssize_t n_longest
    cdef int64_t best_worth
    cdef bint is_rest
    # What comes next, in order.
    cdef stretch *found
    cdef Py_ssize_t n, at

    def __cinit__(self, Stretches of, Py_ssize_t field, uint64_t shown):
        self.of, self.field, self.shown, self.best_worth = of, field, shown, -1
        memset(self.worths, 0, sizeof(self.worths))
        self.longest = <stretch *>malloc(max(of.n, 1) * sizeof(stretch))
        self.found = <stretch *>malloc(max(2 * of.n, 1) * sizeof(stretch))
        if not self.longest or not self.found:
            raise MemoryError

    def __dealloc__(self):
        free(self.longest)
        free(self.found)

    def __iter__(self):
        return self

    def __next__(self):
        if self.at == self.n and not self.is_rest:
            self.is_rest = True
            self.fill()
        if self.at == self.n:
            raise StopIteration
        cdef const stretch *best = &self.found[self.at]
        self.at += 1
        return (
            -best.new_worth, best.is_torn, -best.worth, best.gap, -self.field, best.place,
            self.of.places[best.place].start, best.end, best.low, best.high,
        )

    cdef int begin(self, list taken) except -1:
        cdef const place *at
        cdef stretch new
        cdef Py_ssize_t number, start, end
        for number in range(self.of.n):
            at = &self.of.places[number]
            new.place, new.low, new.high = number, 0, self.of.sentences.length
            for frame in taken:
                start, end = frame[0], frame[1]
                if start <= at.start:
                    new.low = max(new.low, end)
                else:
                    new.high = min(new.high, start)
            if new.low <= at.start and at.end <= new.high:
                self.extend(&new, -1)
                self.best_worth = max(self.best_worth, new.new_worth)
                self.longest[self.n_longest] = new
                self.n_longest += 1
        return self.fill()

    cdef void extend(self, stretch *new, Py_ssize_t sentence_end) noexcept:
        """Make it of its place, and of what follows as far as that shows more; not beyond a sentence that holds it."""
        cdef const place *at = &self.of.places[new.place]
        cdef const place *beyond = &self.of.places[self.of.n]
        cdef Py_ssize_t limit = min(at.start + self.of.passage_chars, new.high)
        new.units = 0
        new.new_worth = new.worth = new.gap = 0
        new.end, new.last = at.end, at.first - 1
        while True:
            if not (new.units >> at.unit & 1 or new.units and at.end > limit):
                if new.end <= sentence_end < at.end:
                    return
                new.units |= <uint64_t>1 << at.unit
                new.worth += self.worths[at.unit]
                if not self.shown >> at.unit & 1:
                    new.new_worth += self.worths[at.unit]
                new.gap += max(0, at.first - new.last - 1)
                new.end, new.last = max(new.end, at.end), max(new.last, at.last)
            at += 1
            if new.units == self.of.units or at == beyond or at.start >= limit:
                return

    cdef int fill(self) except -1:
        cdef Py_ssize_t number
        cdef stretch shorter
        cdef stretch *longest
        cdef sentence own
        self.at = self.n = 0
        for number in range(self.n_longest):
            longest = &self.longest[number]
            if not self.is_rest and longest.new_worth < self.best_worth:
                continue
            own = self.of.sentences.find(self.of.places[longest.place].start)
            if longest.end > own.end and self.of.places[longest.place].end <= own.end:
                shorter = longest[0]
                self.extend(&shorter, own.end)
                self.add(shorter, own.is_prose)
            self.add(longest[0], own.is_prose and longest.end <= own.end)
        qsort(self.found, self.n, sizeof(stretch), compare)
        return 0

    cdef void add(self, stretch new, bint is_in_sentence) noexcept:
        if (new.new_worth < self.best_worth) == self.is_rest:
            new.is_torn = not is_in_sentence
            new.gap //= CLOSENESS_STEP
            self.found[self.n] = new
            self.n += 1


cdef int compare(const void *one, const void *other) noexcept nogil:
    cdef const stretch *a = <const stretch *>one
    cdef const stretch *b = <const stretch *>other
    if a.new_worth != b.new_worth:
        return -1 if a.new_worth > b.new_worth else 1
    if a.is_torn != b.is_torn:
        return -1 if b.is_torn else 1
    if a.worth != b.worth:
        return -1 if a.worth > b.worth else 1
    if a.gap != b.gap:
        return -1 if a.gap < b.gap else 1
    if a.place != b.place:
        return -1 if a.place < b.place else 1
    return -1 if a.end < b.end else a.end > b.end
