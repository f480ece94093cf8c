# cython: language_level=3, embedsignature=True
"""Snippets, compiled: places and marks of words, `Sentences` of a text, its stretches, and the passages made of them.

All answer as `searchlib.highlighting` does, which is the definition. Here a sentence is found when it is asked for, in
time that depends on its length and not on that of the text, and is kept.

Each object is for one thread at a time, but for `Excerpter`, which is for any number.
"""

from cpython.unicode cimport (
    PyUnicode_1BYTE_KIND, PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ,
)
from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.stdlib cimport free, malloc, qsort, realloc
from libc.string cimport memmove, memset

__all__ = ["MAX_UNITS", "Excerpter", "Matches", "SentenceRules", "Sentences", "matches_of_words"]


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
        cdef Py_ssize_t start = of[1]
        if start < 0:
            raise IndexError(f"there is no character {start:,}")
        start = self.skip_space(start)
        return self.made(self.find_from(start)) if start < self.length else None

    def before(self, of):
        """The sentence that comes before; None before the first."""
        cdef Py_ssize_t start = of[0]
        if not 0 <= start < self.length:
            raise IndexError(f"there is no character {start:,} in a text of {self.length:,}")
        cdef sentence found = self.find(start - 1 if start else 0)
        return None if found.start == start else self.made(found)

    cdef object made(self, sentence found):
        return tuple.__new__(self.make, (found.start, found.end, found.is_prose))

    cdef inline Py_UCS4 char_at(self, Py_ssize_t place) noexcept:
        return PyUnicode_READ(self.width, self.data, place)

    cdef Py_ssize_t skip_space(self, Py_ssize_t place) noexcept:
        while place < self.length and is_space(self.char_at(place)):
            place += 1
        return place

    cdef Py_ssize_t bisect(self, Py_ssize_t start) noexcept:
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

    cdef inline bint is_narrow_space(self, Py_ssize_t place) noexcept:
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
        cdef Py_UCS4 char
        while place < self.length:
            char = self.char_at(place)
            kind = self.rules.narrow[<int>char] if char < NARROW_CHARS else self.rules.kind_of(char)
            kind &= SPACED | UNSPACED | BREAK
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


cdef struct span:
    Py_ssize_t start, end


cdef class Matches:
    """What matched in one text.

    Args:
        places: (start, end, unit, first, last) of each, in order; units are below `MAX_UNITS`.
        marks: All that they cover, as (start, end), in order, none touching another.
    """

    cdef place *places
    cdef span *marks
    cdef Py_ssize_t n, n_marks
    # The units of all places, a bit for each.
    cdef uint64_t units

    def __cinit__(self, list places=[], list marks=[]):
        cdef Py_ssize_t number
        self.room_for(len(places), len(marks))
        for number, (start, end, unit, first, last) in enumerate(places):
            if not 0 <= unit < N_UNITS:
                raise ValueError(f"there is no unit {unit}")
            self.places[number] = place(start, end, first, last, unit)
            self.units |= <uint64_t>1 << <int>unit
        for number, (start, end) in enumerate(marks):
            self.marks[number] = span(start, end)
        self.n, self.n_marks = len(places), len(marks)

    def __dealloc__(self):
        free(self.places)
        free(self.marks)

    def spans(self, mark):
        """All marks as a tuple of `mark`, a named tuple of start and end."""
        cdef Py_ssize_t number
        new = tuple.__new__
        return tuple([
            new(mark, (self.marks[number].start, self.marks[number].end)) for number in range(self.n_marks)
        ])

    cdef int room_for(self, Py_ssize_t n_places, Py_ssize_t n_marks) except -1:
        free(self.places)
        free(self.marks)
        self.places = <place *>malloc(max(n_places, 1) * sizeof(place))
        self.marks = <span *>malloc(max(n_marks, 1) * sizeof(span))
        if not self.places or not self.marks:
            raise MemoryError
        return 0

    cdef void settle(self, Py_ssize_t gathered, Py_ssize_t max_places) noexcept:
        """Put the places gathered in order, keep the first of each unit, and mark what all of them cover."""
        cdef Py_ssize_t number
        cdef place *at
        cdef span *mark
        cdef Py_ssize_t listed[N_UNITS]
        memset(listed, 0, sizeof(listed))
        qsort(self.places, gathered, sizeof(place), compare_places)
        self.n = self.n_marks = 0
        for number in range(gathered):
            at = &self.places[number]
            mark = &self.marks[self.n_marks - 1]
            if not self.n_marks or at.start > mark.end:
                self.marks[self.n_marks] = span(at.start, at.end)
                self.n_marks += 1
            elif at.end > mark.end:
                mark.end = at.end
            if listed[at.unit] < max_places:
                listed[at.unit] += 1
                self.units |= <uint64_t>1 << at.unit
                self.places[self.n] = at[0]
                self.n += 1


def matches_of_words(list found, list units, Py_ssize_t max_places):
    """What matched in a text of which only words are asked.

    Args:
        found: Of each token that is one of the words: position, startchar, endchar, and which word; in order of
            position.
        units: For each word its unit, below `MAX_UNITS`; or -1 where it does not count.
        max_places: How many places of one unit are listed at most, the first.
    """
    cdef Py_ssize_t before, n = 0
    cdef int unit
    cdef place *at
    cdef Matches matches = Matches()
    matches.room_for(len(found), len(found))
    for position, startchar, endchar, which in found:
        unit = units[which]
        if unit < 0:
            continue
        if unit >= N_UNITS:
            raise ValueError(f"there is no unit {unit}")
        at = &matches.places[n]
        at.start, at.end, at.first, at.last, at.unit = startchar, endchar, position, position, unit
        # Of two tokens of a word at one position the later one counts.
        before = n
        while before and matches.places[before - 1].first == at.first:
            before -= 1
            if matches.places[before].unit == at.unit:
                matches.places[before] = at[0]
                break
        else:
            n += 1
    matches.settle(n, max_places)
    return matches


# A passage of a text, and whether either end of it is inside a sentence.
cdef struct frame:
    Py_ssize_t start, end
    bint leading, trailing


# A stretch of a text, and what makes one better than another.
cdef struct stretch:
    int64_t new_worth, worth
    bint is_torn
    Py_ssize_t gap, place, end, last
    # What a passage that shows it must not go beyond.
    Py_ssize_t low, high
    uint64_t units


cdef class Ranked:
    """The stretches of a text, the best first, as `highlighting.Stretches.ranked` gives them.

    Those that show most of what is new come first; the rest is sought if it is asked for.
    """

    cdef Sentences sentences
    cdef Matches matches
    cdef Py_ssize_t passage_chars
    cdef uint64_t shown
    cdef const int64_t *worths
    # From each place that can be shown the one that shows most, and how much that is.
    cdef stretch *longest
    cdef Py_ssize_t n_longest
    cdef int64_t best_worth
    cdef bint is_rest
    # What comes next, in order.
    cdef stretch *found
    cdef Py_ssize_t n, at

    def __cinit__(self, Sentences sentences, Matches matches, Py_ssize_t passage_chars):
        self.sentences, self.matches, self.passage_chars = sentences, matches, passage_chars
        self.longest = <stretch *>malloc(max(matches.n, 1) * sizeof(stretch))
        self.found = <stretch *>malloc(max(2 * matches.n, 1) * sizeof(stretch))
        if not self.longest or not self.found:
            raise MemoryError

    def __dealloc__(self):
        free(self.longest)
        free(self.found)

    cdef stretch *head(self) except? NULL:
        """The best that was not passed; NULL where there is none."""
        if self.at == self.n and not self.is_rest:
            self.is_rest = True
            self.fill()
        return NULL if self.at == self.n else &self.found[self.at]

    cdef int begin(self, const int64_t *worths, uint64_t shown, const frame *taken, Py_ssize_t n_taken) except -1:
        """Begin with the best. `worths` are those of the units, `shown` are left out of what is new, a bit for each."""
        cdef const place *at
        cdef stretch new
        cdef Py_ssize_t number, other
        self.worths, self.shown = worths, shown
        self.best_worth, self.n_longest, self.is_rest = -1, 0, False
        for number in range(self.matches.n):
            at = &self.matches.places[number]
            new.place, new.low, new.high = number, 0, self.sentences.length
            for other in range(n_taken):
                if taken[other].start <= at.start:
                    new.low = max(new.low, taken[other].end)
                else:
                    new.high = min(new.high, taken[other].start)
            if new.low <= at.start and at.end <= new.high:
                self.extend(&new, -1)
                self.best_worth = max(self.best_worth, new.new_worth)
                self.longest[self.n_longest] = new
                self.n_longest += 1
        return self.fill()

    cdef void extend(self, stretch *new, Py_ssize_t sentence_end) noexcept:
        """Make it of its place, and of what follows as far as that shows more; not beyond a sentence that holds it."""
        cdef const place *at = &self.matches.places[new.place]
        cdef const place *beyond = &self.matches.places[self.matches.n]
        cdef Py_ssize_t limit = min(at.start + self.passage_chars, new.high)
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
            if new.units == self.matches.units or at == beyond or at.start >= limit:
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
            own = self.sentences.find(self.matches.places[longest.place].start)
            if longest.end > own.end and self.matches.places[longest.place].end <= own.end:
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


cdef inline int compare_worths(const stretch *a, const stretch *b) noexcept nogil:
    if a.new_worth != b.new_worth:
        return -1 if a.new_worth > b.new_worth else 1
    if a.is_torn != b.is_torn:
        return -1 if b.is_torn else 1
    if a.worth != b.worth:
        return -1 if a.worth > b.worth else 1
    if a.gap != b.gap:
        return -1 if a.gap < b.gap else 1
    return 0


cdef int compare(const void *one, const void *other) noexcept nogil:
    cdef const stretch *a = <const stretch *>one
    cdef const stretch *b = <const stretch *>other
    cdef int by_worth = compare_worths(a, b)
    if by_worth:
        return by_worth
    if a.place != b.place:
        return -1 if a.place < b.place else 1
    return -1 if a.end < b.end else a.end > b.end


include "framing.pxi"
