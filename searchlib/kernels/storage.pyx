# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""Terms of a segment and their postings: writing them, and reading them a term or a posting at a time.

Fronts ``postings/``, where the bytes are described. A field is named by its blocks of the dictionary, [first, end).
"""

from array import array

from libc.string cimport memset

from searchlib.kernels.paging cimport damage_of, fault_file

from searchlib.kernels import CorruptDataError

__all__ = ["PostingCursor", "TermCursor", "TermFacts", "TermsReader", "TermsWriter"]

cdef tuple facts_of_field(const field_terms *field):
    """(first block, block after the last, number of terms) of a field that was written, and the same of its words."""
    return (
        field_terms_first(field), field_terms_end(field), field_terms_count(field),
        field_terms_first_of_words(field), field_terms_end_of_words(field), field_terms_word_count(field),
    )


cdef class TermsWriter:
    """Writes the terms of a segment with their postings: fields one after the other, in each the terms ascending.

    Args:
        terms: The file of the dictionary.
        postings: The file of the lists.
        values: The file of their values.
    """

    def __cinit__(self, PagedWriter terms not None, PagedWriter postings not None, PagedWriter values not None):
        self.terms, self.postings, self.values = terms, postings, values
        terms_writer_init(&self.writer, &terms.writer, &postings.writer, &values.writer)

    def __dealloc__(self):
        terms_writer_free(&self.writer)

    cdef int check(self, int code) except -1:
        return self.terms.check(code)

    def start_field(self):
        """Begin the next field."""
        terms_writer_start_field(&self.writer)

    def finish_field(self, words=()):
        """End a field.

        Args:
            words: Its printed words, ascending: of each the word and its terms, ascending, as bytes.

        Returns:
            (first block, block after the last, number of terms), and the same of its words.
        """
        cdef field_terms field
        self.check(terms_writer_start_words(&self.writer))
        for word, terms in words:
            self.check(terms_writer_add_word(&self.writer, <const uint8_t *> <const char *> word, len(word), len(terms)))
            for term in terms:
                self.check(terms_writer_add_term_of_word(
                    &self.writer, <const uint8_t *> <const char *> term, len(term)
                ))
        self.check(terms_writer_finish_field(&self.writer, &field))
        return facts_of_field(&field)

    def start_term(self, bytes term not None, variants=()):
        """Begin the next term of the field, greater than the one before.

        Args:
            term: The term.
            variants: In order of their numbers: of each the printed word, as bytes, and how many positions it takes.
        """
        self.check(terms_writer_start_term(&self.writer, <const uint8_t *> <const char *> term, <uint32_t> len(term)))
        for word, positions in variants:
            self.check(terms_writer_add_variant(
                &self.writer, <const uint8_t *> <const char *> word, <uint32_t> len(word), positions
            ))

    def add(self, uint32_t docnum, float weight, bytes value, uint8_t norm, variants=None):
        """Add a posting of the term; docnums ascend, and either all postings of a term have a value or none has.

        Args:
            docnum: The article.
            weight: Its weight.
            value: Its value.
            norm: The norm of the article.
            variants: If the value is positions: the number of the variant at each; None if all are number 0.
        """
        cdef const uint8_t *data = NULL
        cdef const uint32_t *numbers = NULL
        cdef uint32_t length = 0
        if value is not None:
            data, length = <const uint8_t *> <const char *> value, <uint32_t> len(value)
        variants = variants if variants and any(variants) else ()
        if variants:
            packed = array("I", variants).tobytes()
            numbers = <const uint32_t *> <const char *> packed
        self.check(terms_writer_add(
            &self.writer, docnum, weight, norm, data, length, numbers, len(variants)
        ))

    def finish_term(self):
        """End the term; one without postings is left out."""
        self.check(terms_writer_finish_term(&self.writer))

    def finish_terms(self):
        """End the dictionary: the offset of its index. The files are not closed."""
        cdef uint64_t index
        self.check(terms_writer_finish(&self.writer, &index))
        return index


cdef class TermFacts:
    """What is known of a term without reading its postings.

    Attributes:
        doc_freq: How many articles have it, deleted ones included.
        total_weight: Sum of its postings' weights.
        max_weight: The greatest of them.
        min_norm: The least norm of an article that has it.
        max_norm: The greatest.
        first_docnum: The first article that has it.
        last_docnum: The last.
    """

    cdef readonly uint32_t doc_freq
    cdef readonly double total_weight
    cdef readonly float max_weight
    cdef readonly uint8_t min_norm
    cdef readonly uint8_t max_norm
    cdef readonly uint32_t first_docnum
    cdef readonly uint32_t last_docnum


cdef TermFacts facts_of(TermsReader reader, const term_entry *entry):
    cdef fault f
    cdef TermFacts facts = TermFacts()
    if read_term_facts(
        &reader.lists, entry, &facts.doc_freq, &facts.total_weight, &facts.max_weight, &facts.min_norm,
        &facts.max_norm, &facts.first_docnum, &facts.last_docnum, &f,
    ):
        raise reader.damage(&f)
    return facts


cdef class TermsReader:
    """The terms of a segment and their postings. Safe for many threads at once.

    Args:
        terms: The file of the dictionary.
        postings: The file of the lists.
        values: The file of their values.
        index: Offset of the dictionary's index.
        doc_count: How many articles the segment has, deleted ones included.
    """

    def __cinit__(self, PagedFile terms not None, PagedFile postings not None, PagedFile values not None,
                  uint64_t index, uint32_t doc_count):
        cdef fault f
        self.terms, self.postings, self.values = terms, postings, values
        self.lists = posting_files_of(&postings.file, &values.file, doc_count)
        if doc_count > 0x7fffffff:
            raise CorruptDataError(f"a segment says that it has {doc_count:,} articles", terms.path)
        if dictionary_open(&self.dictionary, &terms.file, index, &f):
            raise self.damage(&f)

    def __dealloc__(self):
        dictionary_close(&self.dictionary)

    cdef bint has_file(self, const void *file):
        return file == &self.terms.file or file == &self.postings.file or file == &self.values.file

    cdef object damage(self, const fault *f):
        """The error to be raised for a fault in one of the files."""
        for file in (self.postings, self.values):
            if fault_file(f) == &(<PagedFile> file).file:
                return damage_of(f, (<PagedFile> file).path)
        return damage_of(f, self.terms.path)

    def doc_freq(self, uint32_t first, uint32_t end, bytes term not None):
        """How many articles have a term of a field, deleted ones included; 0 if none has."""
        cdef term_entry entry
        return term_entry_doc_freq(&entry) if self.find(first, end, term, &entry) else 0

    def facts(self, uint32_t first, uint32_t end, bytes term not None):
        """The `TermFacts` of a term of a field; None if the field does not have it."""
        cdef term_entry entry
        return facts_of(self, &entry) if self.find(first, end, term, &entry) else None

    def postings_of(self, uint32_t first, uint32_t end, bytes term not None):
        """A `PostingCursor` over a term of a field; None if the field does not have it."""
        cdef term_entry entry
        return postings_at(self, &entry) if self.find(first, end, term, &entry) else None

    def cursor(self, uint32_t first, uint32_t end):
        """A `TermCursor` over the terms of a field."""
        return self.cursor_over(first, end, False)

    def words(self, uint32_t first, uint32_t end):
        """A `TermCursor` over the printed words of a field that are no terms of theirs, given their blocks."""
        return self.cursor_over(first, end, True)

    cdef TermCursor cursor_over(self, uint32_t first, uint32_t end, bint of_words):
        cdef TermCursor cursor = TermCursor.__new__(TermCursor)
        cursor.reader, cursor.first_block, cursor.end_block, cursor.of_words = self, first, end, of_words
        cursor.first()
        return cursor

    cdef bint find(self, uint32_t first, uint32_t end, bytes term, term_entry *entry) except -1:
        cdef fault f
        cdef int found = dictionary_find(
            &self.dictionary, field_blocks_of(first, end), <const uint8_t *> <const char *> term, len(term), entry, &f
        )
        if found < 0:
            raise self.damage(&f)
        return found


cdef class TermCursor:
    """Walks the terms of a field in order, or its printed words. For one thread.

    Attributes:
        term: The term, or the word, that it is on, as bytes; None if it is past the last.
    """

    def __init__(self):
        raise TypeError("a TermCursor is made by a TermsReader")

    def __dealloc__(self):
        term_cursor_close(&self.cursor)

    @property
    def term(self):
        cdef size_t length
        cdef const uint8_t *term = term_cursor_term(&self.cursor, &length)
        return term[:length] if term != NULL else None

    cpdef int first(self) except -1:
        """Go to the first term."""
        cdef fault f
        cdef field_blocks blocks = field_blocks_of(self.first_block, self.end_block)
        if self.of_words:
            term_cursor_walk_words(&self.cursor)
        if term_cursor_open(&self.cursor, &self.reader.dictionary, blocks, &f):
            raise self.reader.damage(&f)
        return 0

    cpdef int next(self) except -1:
        """Go to the term after this one."""
        cdef fault f
        if term_cursor_next(&self.cursor, &f):
            raise self.reader.damage(&f)
        return 0

    cpdef int seek(self, bytes term) except -1:
        """Go to the first term that is not below this one."""
        cdef fault f
        if term_cursor_seek(&self.cursor, <const uint8_t *> <const char *> term, len(term), &f):
            raise self.reader.damage(&f)
        return 0

    def facts(self):
        """The `TermFacts` of the term that it is on."""
        return facts_of(self.reader, self.entry())

    def postings(self):
        """A `PostingCursor` over the term that it is on; it stays valid when this cursor moves."""
        return postings_at(self.reader, self.entry())

    def variants(self):
        """The printed words that the term stands for, by number: of each the word as bytes, how many positions it takes, in
        how many articles it is, deleted ones included, and at how many positions. One empty word if none is known."""
        cdef variant_list found
        cdef fault f
        cdef size_t length
        cdef uint32_t i, word_length, positions, doc_freq
        cdef uint64_t total
        cdef const uint8_t *word
        self.entry()
        memset(&found, 0, sizeof(variant_list))
        try:
            word = term_cursor_term(&self.cursor, &length)
            if term_cursor_variants(&self.cursor, word, length, &found, &f):
                raise self.reader.damage(&f)
            variants = []
            for i in range(variant_list_count(&found)):
                word = variant_list_get(&found, i, &word_length, &positions, &doc_freq, &total)
                variants.append((word[:word_length], positions, doc_freq, total))
            return variants
        finally:
            variant_list_free(&found)

    def terms(self):
        """The terms that the word is a printed word of, ascending, as bytes."""
        cdef byte_buffer found
        cdef fault f
        cdef size_t length, found_length
        cdef uint32_t i
        cdef const uint8_t *word = term_cursor_term(&self.cursor, &length)
        cdef const uint8_t *term
        if word == NULL or not self.of_words:
            raise ValueError("the cursor is not on a word")
        memset(&found, 0, sizeof(byte_buffer))
        try:
            terms = []
            for i in range(term_cursor_word_terms(&self.cursor)):
                if term_cursor_term_of_word(&self.cursor, i, word, length, &found, &f):
                    raise self.reader.damage(&f)
                term = buffer_bytes(&found, &found_length)
                terms.append(term[:found_length])
            return terms
        finally:
            buffer_free(&found)

    cdef const term_entry *entry(self) except NULL:
        cdef size_t length
        if term_cursor_term(&self.cursor, &length) == NULL or self.of_words:
            raise ValueError("the cursor is not on a term")
        return term_cursor_entry(&self.cursor)


cdef PostingCursor postings_at(TermsReader reader, const term_entry *entry):
    cdef PostingCursor cursor = PostingCursor.__new__(PostingCursor)
    cdef fault f
    cursor.reader = reader
    if posting_walk_open(&cursor.walk, &reader.lists, entry, &f):
        raise reader.damage(&f)
    return cursor


cdef class PostingCursor:
    """Walks the postings of a term in order of docnum. For one thread.

    It is on the first posting when it is made. All but `active`, `doc_freq` and `has_values` are only for a cursor that
    is on a posting: `next` and the like raise `ValueError` if it is not.

    Attributes:
        active: Whether it is on a posting; after an error it is not.
        docnum: The article.
        doc_freq: How many postings there are.
        has_values: Whether postings have values.
    """

    cdef TermsReader reader
    cdef posting_walk walk

    def __init__(self):
        raise TypeError("a PostingCursor is made by a TermsReader")

    def __dealloc__(self):
        posting_walk_free(&self.walk)

    cdef posting_walk *at(self) except NULL:
        """The walk, which is on a posting: else no block may be loaded."""
        if not posting_walk_is_active(&self.walk):
            raise ValueError("the cursor is not on a posting")
        return &self.walk

    cdef int check(self, int result, const fault *f) except -1:
        if result < 0:
            raise self.reader.damage(f)
        return result

    @property
    def active(self):
        return posting_walk_is_active(&self.walk)

    @property
    def doc_freq(self):
        return posting_walk_doc_freq(&self.walk)

    @property
    def docnum(self):
        return posting_walk_docnum(self.at())

    @property
    def has_values(self):
        return posting_walk_has_values(&self.walk)

    cpdef int next(self) except -1:
        """Go to the next posting; whether it is in another block."""
        cdef fault f
        return self.check(posting_walk_next(self.at(), &f), &f)

    cpdef int skip_to(self, uint32_t docnum) except -1:
        """Go to the first posting from here whose docnum is not below this one; whether it is in another block."""
        cdef fault f
        return self.check(posting_walk_skip_to(self.at(), docnum, &f), &f)

    def next_block(self):
        """Go to the first posting of the next block."""
        cdef fault f
        self.check(posting_walk_next_block(self.at(), &f), &f)

    def weight(self):
        """The weight of the posting."""
        return posting_walk_weight(self.at())

    def value(self):
        """The value of the posting, as bytes; empty if it has none."""
        cdef fault f
        cdef uint32_t length
        cdef const uint8_t *value
        self.check(posting_walk_value(self.at(), &value, &length, &f), &f)
        return value[:length]

    def variants(self):
        """The number of the variant at each position of the posting; empty if it has no positions."""
        cdef fault f
        cdef uint32_t count, i
        cdef const uint32_t *variants
        self.check(posting_walk_variants(self.at(), &variants, &count, &f), &f)
        return [variants[i] for i in range(count)]

    def block_bounds(self):
        """Pairs (weight, norm) of which one is at least as good as any posting of this block."""
        cdef float[IMPACT_PAIRS] weights
        cdef uint8_t[IMPACT_PAIRS] norms
        cdef int n = posting_walk_bounds(self.at(), weights, norms)
        return [(weights[i], norms[i]) for i in range(n)]

    def list_bounds(self):
        """One pair (weight, norm) that is at least as good as any posting of the term."""
        cdef float weight
        cdef uint8_t norm
        posting_walk_list_bound(&self.walk, &weight, &norm)
        return [(weight, norm)]

    def docnums(self):
        """All docnums from here on, as a list; the cursor is past the last afterwards."""
        cdef uint32_t n
        cdef const uint32_t *rest
        found = []
        while posting_walk_is_active(&self.walk):
            rest = posting_walk_rest(&self.walk, &n)
            found.extend([rest[i] for i in range(n)])
            self.next_block()
        return found

include "face.pxi"
