# Counting the values of a field among what matches. Part of searching.pyx.

cdef extern from "collect/value_counts.h" nogil:
    ctypedef struct term_table:
        pass
    void term_table_init(term_table *t, const uint8_t *seed)
    void term_table_free(term_table *t)
    int term_number(term_table *t, uint32_t field, const uint8_t *bytes, size_t length, uint32_t *number)
    const uint8_t *term_bytes(const term_table *t, uint32_t term)
    size_t term_length(const term_table *t, uint32_t term)
    uint32_t term_count(const term_table *t)
    size_t term_table_memory(const term_table *t)
    ctypedef struct value_lists:
        pass
    ctypedef struct byte_buffer:
        pass
    void buffer_free(byte_buffer *b)
    int value_lists_begin(value_lists *v, const paged_file *file, uint64_t offset, uint32_t count, uint64_t ordinals,
                          uint32_t doc_count, fault *f)
    int start_segment(byte_buffer *seen, const term_table *table)
    int read_lists(value_lists *v, term_table *table, byte_buffer *seen, uint32_t more, uint8_t separator, fault *f)
    bint value_lists_are_read(const value_lists *v)
    void value_lists_free(value_lists *v)
    size_t value_lists_memory(const value_lists *v)
    ctypedef struct matched_lists:
        pass
    int match_lists(matched_lists *m, const value_lists *v, const uint64_t *bits, uint32_t doc_count)
    void matched_lists_free(matched_lists *m)
    enum:
        NO_VALUE
    ctypedef struct value_groups:
        pass
    int value_groups_begin(value_groups *g, const term_table *spellings)
    void value_groups_free(value_groups *g)
    uint32_t value_of_spelling(const value_groups *g, uint32_t spelling)
    void set_value(value_groups *g, uint32_t spelling, uint32_t value)
    void count_spellings(const matched_lists *m, uint32_t *counts, uint64_t *having)
    void add_up_values(const value_groups *g, const uint32_t *counts, uint32_t *totals, uint32_t *shown)
    void count_values_once(const value_groups *g, const matched_lists *m, uint32_t *totals, uint32_t *marks)
    uint64_t count_with_others(const value_groups *g, const matched_lists *m, const uint8_t *is_chosen)
    ctypedef struct counted_value:
        pass
    uint32_t counted_count(const counted_value *v)
    uint32_t counted_number(const counted_value *v)
    uint32_t counted_spelling(const counted_value *v)
    counted_value *most_frequent(const value_groups *g, const uint32_t *totals, const uint32_t *shown, uint32_t n,
                                 uint32_t wanted, uint32_t *count)


cdef class FieldValues:
    """The values of a field in all segments, in memory, by number.

    Add all segments, `read` until nothing is left, then `finish`. After that several threads may count at once.

    Args:
        separator: The byte between the values of an article.
    """

    cdef term_table spellings
    cdef term_table keys  # what all spellings of a value have in common → the number of the value
    cdef value_groups groups
    cdef list files  # of each segment, kept open: ordinals are read where they are mapped
    cdef value_lists *lists
    cdef uint32_t room
    cdef uint32_t reading  # which segment
    cdef byte_buffer seen
    cdef uint8_t separator
    cdef bint has_several  # whether a value has several spellings

    def __cinit__(self, uint32_t segment_count, bytes separator):
        memset(&self.groups, 0, sizeof(self.groups))
        memset(&self.seen, 0, sizeof(self.seen))
        seed = os.urandom(32)
        term_table_init(&self.spellings, <const uint8_t *> <const char *> seed)
        term_table_init(&self.keys, <const uint8_t *> <const char *> seed + 16)
        (self.separator,) = separator
        self.files = []
        self.room = segment_count
        self.lists = <value_lists *> PyMem_Calloc(<size_t> segment_count + 1, sizeof(value_lists))
        if self.lists == NULL:
            raise MemoryError

    def __dealloc__(self):
        cdef uint32_t i
        for i in range(self.room if self.lists != NULL else 0):
            value_lists_free(&self.lists[i])
        PyMem_Free(self.lists)
        buffer_free(&self.seen)
        value_groups_free(&self.groups)
        term_table_free(&self.keys)
        term_table_free(&self.spellings)

    def add_segment(self, uint32_t doc_count, PagedFile file=None, uint64_t begins=0, uint32_t count=0,
                    uint64_t ordinals=0):
        """Add the next segment.

        Args:
            doc_count: How many articles it has.
            file: The file with its column; None where it has none.
            begins: Offset of where each content of the column begins, and the last one ends, eight bytes each.
            count: How many contents there are.
            ordinals: Offset of which content each article has, four bytes each; 0 where each has its own.

        Raises:
            CorruptDataError: They are not all there, or not what was written.
        """
        cdef fault f
        cdef int failed
        cdef uint32_t number = len(self.files)
        if number >= self.room:
            raise IndexError(number)
        if file is not None:
            with nogil:
                failed = value_lists_begin(&self.lists[number], &file.file, begins, count, ordinals, doc_count, &f)
            if failed:
                self.stop(&f, file)
        self.files.append(file)

    cdef int stop(self, const fault *f, PagedFile file) except -1:
        raise MemoryError if fault_code(f) == FAULT_MEMORY else damage_of(f, file.path)

    def read(self, uint32_t contents):
        """Read so many more contents of a segment at most. Returns whether any are left.

        Raises:
            CorruptDataError: They are not what was written.
        """
        cdef fault f
        cdef int failed
        while self.reading < len(self.files) and value_lists_are_read(&self.lists[self.reading]):
            self.reading += 1
            if start_segment(&self.seen, &self.spellings):
                raise MemoryError
        if self.reading == len(self.files):
            return False
        with nogil:
            failed = read_lists(
                &self.lists[self.reading], &self.spellings, &self.seen, contents, self.separator, &f
            )
        if failed:
            self.stop(&f, self.files[self.reading])
        return True

    def finish(self):
        """End reading."""
        buffer_free(&self.seen)
        if value_groups_begin(&self.groups, &self.spellings):
            raise MemoryError

    @property
    def memory(self):
        """How many bytes it takes."""
        cdef uint32_t i
        cdef size_t memory = term_table_memory(&self.spellings) + term_table_memory(&self.keys)
        for i in range(len(self.files)):
            memory += value_lists_memory(&self.lists[i])
        return memory + 9 * <size_t> term_count(&self.spellings)

    def count(self, bitmaps):
        """How many of the articles of these bitmaps have each value.

        Args:
            bitmaps: For each segment a `Bitmap`; None for no article.
        """
        cdef ValueCounts counts = ValueCounts.__new__(ValueCounts)
        counts.begin(self, bitmaps)
        return counts

    def set_keys(self, spellings, keys):
        """Say which value each of some spellings is one of: those of one key are one value.

        Args:
            spellings: Numbers of spellings.
            keys: The key of each, as bytes.
        """
        cdef uint32_t value = 0, spelling, before
        for spelling, key in zip(spellings, keys, strict=True):
            if spelling >= term_count(&self.spellings):
                raise IndexError(spelling)
            if value_of_spelling(&self.groups, spelling) != NO_VALUE:
                continue
            before = term_count(&self.keys)
            if term_number(&self.keys, 0, <const uint8_t *> <const char *> key, len(key), &value):
                raise MemoryError
            self.has_several = self.has_several or value < before
            set_value(&self.groups, spelling, value)

    cdef bytes spelling(self, uint32_t number):
        return <bytes> term_bytes(&self.spellings, number)[:term_length(&self.spellings, number)]

    cdef bytes key(self, uint32_t value):
        return <bytes> term_bytes(&self.keys, value)[:term_length(&self.keys, value)]


cdef class ValueCounts:
    """How many articles have each value of a field. For one thread at a time.

    Attributes:
        having: How many articles have a value.
    """

    cdef FieldValues values
    cdef list bitmaps
    cdef matched_lists *matched
    cdef uint32_t segment_count
    cdef uint32_t *counts  # of each spelling
    cdef uint32_t *totals  # of each value, once they are added up
    cdef uint32_t *shown  # the spelling of each value
    cdef uint32_t value_count
    cdef readonly uint64_t having

    def __init__(self):
        raise TypeError("ValueCounts are made by FieldValues")

    def __dealloc__(self):
        self.forget_articles()
        PyMem_Free(self.matched)
        free(self.counts)
        free(self.totals)
        free(self.shown)

    cdef int begin(self, FieldValues values, bitmaps) except -1:
        cdef uint32_t number
        cdef Bitmap bitmap
        cdef uint64_t having = 0
        self.values = values
        self.bitmaps = list(bitmaps)
        if len(self.bitmaps) != len(values.files):
            raise ValueError("bitmaps and segments differ in number")
        self.counts = <uint32_t *> calloc(<size_t> term_count(&values.spellings) + 1, sizeof(uint32_t))
        self.matched = <matched_lists *> PyMem_Calloc(len(self.bitmaps) + 1, sizeof(matched_lists))
        if self.counts == NULL or self.matched == NULL:
            raise MemoryError
        for number, bitmap in enumerate(self.bitmaps):
            if bitmap is None or values.files[number] is None:
                continue
            if match_lists(&self.matched[self.segment_count], &values.lists[number], bitmap.bits, bitmap.size):
                raise MemoryError
            self.segment_count += 1
        with nogil:
            for number in range(self.segment_count):
                count_spellings(&self.matched[number], self.counts, &having)
        self.having = having
        return 0

    def by_spelling(self):
        """(spelling, count) of every spelling that an article has, in no order."""
        cdef uint32_t i
        return [
            (self.values.spelling(i), self.counts[i])
            for i in range(term_count(&self.values.spellings)) if self.counts[i]
        ]

    def without_key(self):
        """(number, spelling) of every spelling that has a count and no key yet."""
        cdef uint32_t i
        return [
            (i, self.values.spelling(i))
            for i in range(term_count(&self.values.spellings))
            if self.counts[i] and value_of_spelling(&self.values.groups, i) == NO_VALUE
        ]

    def add_up(self):
        """Go from spellings to values. All spellings that have a count have a key now."""
        cdef uint32_t number, n
        cdef uint32_t *marks
        n = self.value_count = term_count(&self.values.keys)
        self.totals = <uint32_t *> calloc(<size_t> n + 1, sizeof(uint32_t))
        self.shown = <uint32_t *> malloc((<size_t> n + 1) * sizeof(uint32_t))
        if self.totals == NULL or self.shown == NULL:
            raise MemoryError
        memset(self.shown, 0xff, <size_t> n * sizeof(uint32_t))
        with nogil:
            add_up_values(&self.values.groups, self.counts, self.totals, self.shown)
        for number in range(self.segment_count if self.values.has_several else 0):
            marks = <uint32_t *> calloc(<size_t> n + 1, sizeof(uint32_t))
            if marks == NULL:
                raise MemoryError
            with nogil:
                count_values_once(&self.values.groups, &self.matched[number], self.totals, marks)
            free(marks)

    def keep_beginning(self, bytes beginning not None):
        """Leave out the values whose key does not begin with this."""
        cdef uint32_t value
        for value in range(self.value_count):
            if self.totals[value] and not self.values.key(value).startswith(beginning):
                self.totals[value] = 0

    def __len__(self):
        """How many values there are."""
        cdef uint32_t value, count = 0
        for value in range(self.value_count):
            count += self.totals[value] != 0
        return count

    def most_frequent(self, wanted=None):
        """(number, spelling, count) of the most frequent values, of equal counts in the order of their spellings.

        Args:
            wanted: How many at most; None for all.
        """
        cdef uint32_t count = 0, i
        cdef uint32_t most = 0xffffffff if wanted is None else min(wanted, 0xffffffff)
        cdef counted_value *values
        if not most or not self.value_count:
            return []
        with nogil:
            values = most_frequent(&self.values.groups, self.totals, self.shown, self.value_count, most, &count)
        if values == NULL:
            raise MemoryError
        try:
            return [
                (
                    counted_number(&values[i]),
                    self.values.spelling(counted_spelling(&values[i])),
                    counted_count(&values[i]),
                )
                for i in range(count)
            ]
        finally:
            free(values)

    def count_with_others(self, numbers):
        """How many articles have a value that is none of these."""
        cdef uint64_t count = 0
        cdef uint32_t number
        cdef uint8_t *is_chosen = <uint8_t *> calloc(<size_t> self.value_count + 1, 1)
        if is_chosen == NULL:
            raise MemoryError
        try:
            for number in numbers:
                if number >= self.value_count:
                    raise IndexError(number)
                is_chosen[number] = 1
            with nogil:
                for number in range(self.segment_count):
                    count += count_with_others(&self.values.groups, &self.matched[number], is_chosen)
            return count
        finally:
            free(is_chosen)

    def forget_articles(self):
        """Let go of the bitmaps: no articles are counted any more, what was counted stays."""
        cdef uint32_t number
        for number in range(self.segment_count):
            matched_lists_free(&self.matched[number])
        self.segment_count = 0
        self.bitmaps = []
