# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""Files of a segment: checksummed pages, the term dictionary, posting lists.

The bytes are described in ``files/``, ``postings/`` and ``bytes/``. What is written is
not synced: a commit does that, for all files at once. What is read is mapped, and checked when it is first touched.
"""

import mmap
import os

from cpython.buffer cimport PyBUF_SIMPLE, PyBuffer_Release, PyObject_GetBuffer
from libc.errno cimport errno
from libc.stdio cimport fclose

from searchlib.kernels import CorruptDataError

cdef extern from "stdio.h":
    FILE *fdopen(int descriptor, const char *mode)

__all__ = ["PagedFile", "PagedWriter", "PostingCursor", "TermCursor", "TermFacts", "TermsReader", "TermsWriter"]


cdef class PagedWriter:
    """Writes a file in checksummed pages.

    Args:
        path: The file; it is made anew.
        kind: Four bytes that say what kind of file it is.

    Raises:
        OSError: The file cannot be written.
    """

    def __cinit__(self, str path, bytes kind):
        if len(kind) != 4:
            raise ValueError(f"a kind has four bytes, not {kind!r}")
        self.path = path
        self.kind = kind
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
        self.file = fdopen(descriptor, b"wb")
        if self.file == NULL:
            os.close(descriptor)
            raise MemoryError
        self.check(pages_begin(&self.writer, self.file, self.kind))

    def __dealloc__(self):
        if self.file != NULL:
            fclose(self.file)
        pages_free(&self.writer)

    cdef int check(self, int code) except -1:
        if code == FAULT_MEMORY:
            raise MemoryError
        if code == FAULT_IO:
            raise OSError(errno, os.strerror(errno), self.path)
        if code:
            raise ValueError("terms and docnums have to ascend, and a list has to stay below 4 GB")
        return 0

    def write(self, const unsigned char[::1] data):
        """Append bytes."""
        self._check_open()
        if data.shape[0]:
            self.check(pages_write(&self.writer, &data[0], data.shape[0]))

    def tell(self):
        """The place of the next byte, counted from the start of the file."""
        return self.writer.written

    def finish(self):
        """Write what follows the data, and close the file."""
        self._check_open()
        self.check(pages_end(&self.writer, self.kind))
        self.close()

    def close(self):
        """Close the file, finished or not."""
        cdef FILE *file = self.file
        self.file = NULL
        if file != NULL and fclose(file):
            self.check(FAULT_IO)

    def _check_open(self):
        if self.file == NULL:
            raise ValueError(f"{self.path} is closed")


cdef class PagedFile:
    """Reads a file in checksummed pages, in place. Safe for many threads at once.

    Raises:
        CorruptDataError: It is not a whole file of this kind.
        OSError: It cannot be opened.
    """

    def __cinit__(self, str path, bytes kind):
        cdef fault f
        self.path = path
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                raise CorruptDataError("the file is empty", path)
            self.mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        PyObject_GetBuffer(self.mapped, &self.view, PyBUF_SIMPLE)
        if pages_open(&self.file, <const uint8_t *> self.view.buf, self.view.len, kind, &f):
            raise damage_of(&f, path)

    def __dealloc__(self):
        pages_close(&self.file)
        if self.view.buf != NULL:
            PyBuffer_Release(&self.view)

    def __len__(self):
        """Where the data ends."""
        return self.file.end

    def read(self, uint64_t offset, uint64_t length):
        """Bytes of the data, checked.

        Raises:
            CorruptDataError: They are not all there, or not what was written.
        """
        cdef fault f
        cdef int failed
        with nogil:
            failed = pages_check(&self.file, offset, length, &f)
        if failed:
            raise damage_of(&f, self.path)
        return self.file.data[offset:offset + length]

    def verify(self):
        """Check every page.

        Raises:
            CorruptDataError: One is not what was written.
        """
        cdef fault f
        cdef int failed
        with nogil:
            failed = pages_check(&self.file, 0, self.file.end, &f)
        if failed:
            raise damage_of(&f, self.path)


cdef object damage_of(fault *f, str path):
    if f.code == FAULT_MEMORY:
        return MemoryError()
    what = f.what.decode("ascii")
    if f.expected != f.got:
        what = f"{what}: 0x{f.expected:08x} was written, 0x{f.got:08x} is there"
    return CorruptDataError(what, path, f.offset)


cdef class TermsWriter:
    """Writes the terms of a segment with their postings: fields one after the other, in each the terms ascending.

    Args:
        terms: The file of the dictionary.
        postings: That of the lists.
        values: That of their values.
    """

    def __cinit__(self, PagedWriter terms, PagedWriter postings, PagedWriter values):
        self.terms = terms
        self.postings = postings
        self.values = values
        self.writer.lists.postings = &postings.writer
        self.writer.lists.values = &values.writer
        self.writer.dictionary.file = &terms.writer

    def __dealloc__(self):
        terms_writer_free(&self.writer)

    cdef int check(self, int code) except -1:
        return self.terms.check(code)

    def start_field(self):
        """Begin the next field."""
        terms_writer_start_field(&self.writer)

    def finish_field(self):
        """End a field: (first block, block after the last, number of terms)."""
        self.check(terms_writer_finish_field(&self.writer))
        return self.writer.field_first, self.writer.dictionary.block_count, self.writer.field_terms

    def start_term(self, bytes term not None):
        """Begin the next term of the field, greater than the one before."""
        self.check(terms_writer_start_term(&self.writer, <const uint8_t *> <const char *> term, <uint32_t> len(term)))

    def add(self, uint32_t docnum, float weight, bytes value, uint8_t norm):
        """Add a posting of the term; docnums ascend, and either all postings of a term have a value or none has."""
        cdef const uint8_t *data = NULL
        if value is not None:
            data = <const uint8_t *> <const char *> value
        self.check(terms_writer_add(&self.writer, docnum, weight, norm, data, 0 if value is None else <uint32_t> len(value)))

    def finish_term(self):
        """End the term; one without postings is left out."""
        self.check(terms_writer_finish_term(&self.writer))

    def finish_terms(self):
        """End the dictionary: the place of its index. The files are not closed."""
        cdef uint64_t index
        self.check(dictionary_end(&self.writer.dictionary, &index))
        return index


cdef class TermFacts:
    """What is known of a term without reading its postings.

    Attributes:
        doc_freq: In how many articles it is.
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
    cdef posting_cursor c
    cdef fault f
    if cursor_open(&c, &reader.lists, entry, &f):
        raise reader.damage(&f)
    facts = TermFacts()
    facts.doc_freq = entry.doc_freq
    facts.total_weight = c.total_weight
    facts.max_weight = c.max_weight
    facts.min_norm = c.min_norm
    facts.max_norm = c.max_norm
    facts.first_docnum = c.first_docnum
    facts.last_docnum = c.last_docnum
    return facts


cdef class TermsReader:
    """The terms of a segment and their postings. Safe for many threads at once.

    Args:
        terms: The file of the dictionary.
        postings: That of the lists.
        values: That of their values.
        index: Place of the dictionary's index.
        doc_count: How many articles the segment has, deleted ones included.

    A field is named by its blocks, as `TermsWriter.finish_field` gave them.
    """

    def __cinit__(self, PagedFile terms, PagedFile postings, PagedFile values, uint64_t index, uint32_t doc_count):
        cdef fault f
        self.terms = terms
        self.postings = postings
        self.values = values
        self.lists.postings = &postings.file
        self.lists.values = &values.file
        self.lists.doc_count = doc_count
        if doc_count > 0x7fffffff:
            raise CorruptDataError(f"a segment says that it has {doc_count:,} articles", terms.path)
        if dictionary_open(&self.dictionary, &terms.file, index, &f):
            raise self.damage(&f)

    def __dealloc__(self):
        dictionary_close(&self.dictionary)

    cdef object damage(self, fault *f):
        if f.file == <const void *> &self.postings.file:
            return damage_of(f, self.postings.path)
        if f.file == <const void *> &self.values.file:
            return damage_of(f, self.values.path)
        return damage_of(f, self.terms.path)

    def doc_freq(self, uint32_t first, uint32_t end, bytes term not None):
        """In how many articles a term of a field is, deleted ones included; 0 where in none."""
        cdef term_entry entry
        if not self._find(first, end, term, &entry):
            return 0
        return entry.doc_freq

    def facts(self, uint32_t first, uint32_t end, bytes term not None):
        """The `TermFacts` of a term of a field; None where the field does not have it."""
        cdef term_entry entry
        return facts_of(self, &entry) if self._find(first, end, term, &entry) else None

    def postings_of(self, uint32_t first, uint32_t end, bytes term not None):
        """A `PostingCursor` over a term of a field; None where the field does not have it."""
        cdef term_entry entry
        if not self._find(first, end, term, &entry):
            return None
        cdef PostingCursor cursor = PostingCursor.__new__(PostingCursor)
        cursor.open(self, &entry)
        return cursor

    def cursor(self, uint32_t first, uint32_t end):
        """A `TermCursor` over a field."""
        cdef TermCursor cursor = TermCursor.__new__(TermCursor)
        cursor.open(self, first, end)
        return cursor

    cdef bint _find(self, uint32_t first, uint32_t end, bytes term, term_entry *entry) except -1:
        cdef fault f
        cdef field_blocks blocks
        blocks.first = first
        blocks.end = end
        cdef int found = dictionary_find(
            &self.dictionary, blocks, <const uint8_t *> <const char *> term, len(term), entry, &f
        )
        if found < 0:
            raise self.damage(&f)
        return found


cdef class TermCursor:
    """Walks the terms of a field in order. For one thread.

    Attributes:
        term: The term that it is on, as bytes; None where it is past the last.
    """

    cdef TermsReader reader
    cdef term_cursor cursor
    cdef field_blocks blocks

    def __dealloc__(self):
        term_cursor_close(&self.cursor)

    cdef int open(self, TermsReader reader, uint32_t first, uint32_t end) except -1:
        self.reader = reader
        self.blocks.first = first
        self.blocks.end = end
        return self.first()

    @property
    def term(self):
        return self.cursor.term.data[:self.cursor.term.length] if self.cursor.active else None

    cpdef int first(self) except -1:
        """Go to the first term."""
        cdef fault f
        if term_cursor_open(&self.cursor, &self.reader.dictionary, self.blocks, &f):
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
        if self.blocks.first < self.blocks.end:
            if term_cursor_seek(&self.cursor, <const uint8_t *> <const char *> term, len(term), &f):
                raise self.reader.damage(&f)
        return 0

    def facts(self):
        """The `TermFacts` of the term that it is on."""
        if not self.cursor.active:
            raise ValueError("the cursor is past the last term")
        return facts_of(self.reader, &self.cursor.entry)

    def postings(self):
        """A `PostingCursor` over the term that it is on; it stays valid when this cursor moves."""
        if not self.cursor.active:
            raise ValueError("the cursor is past the last term")
        cdef PostingCursor cursor = PostingCursor.__new__(PostingCursor)
        cursor.open(self.reader, &self.cursor.entry)
        return cursor


cdef class PostingCursor:
    """Walks the postings of a term in order of docnum. For one thread.

    It is on the first posting when it is made.

    Attributes:
        active: Whether it is on a posting; all else but `doc_freq` is only to be asked then.
        docnum: The article.
        doc_freq: How many postings there are.
    """

    cdef TermsReader reader
    cdef posting_cursor cursor
    cdef byte_buffer room
    cdef uint32_t at
    cdef readonly bint active

    def __dealloc__(self):
        buffer_free(&self.room)

    cdef int open(self, TermsReader reader, const term_entry *entry) except -1:
        cdef fault f
        self.reader = reader
        if cursor_open(&self.cursor, &reader.lists, entry, &f):
            raise reader.damage(&f)
        self.load(0)
        return 0

    cdef int load(self, uint32_t block) except -1:
        cdef fault f
        self.at = 0
        self.active = block < self.cursor.block_count
        if self.active and cursor_load(&self.cursor, block, &f):
            self.active = False
            raise self.reader.damage(&f)
        return 0

    @property
    def doc_freq(self):
        return self.cursor.entry.doc_freq

    @property
    def docnum(self):
        return self.cursor.docnums[self.at]

    @property
    def has_values(self):
        """Whether postings have values."""
        return bool(self.cursor.flags & LIST_VALUES)

    cdef int check_active(self) except -1:
        # After an error no block is loaded, and nothing of one may be read.
        if not self.active:
            raise ValueError("the cursor is not on a posting")
        return 0

    cpdef int next(self) except -1:
        """Go to the next posting; whether it is in another block."""
        self.check_active()
        self.at += 1
        if self.at < self.cursor.n:
            return 0
        self.load(self.cursor.block + 1)
        return 1

    cpdef int skip_to(self, uint32_t docnum) except -1:
        """Go to the first posting from here whose docnum is not below this one; whether it is in another block."""
        cdef uint32_t block = self.cursor.block
        self.check_active()
        if cursor_block_last(&self.cursor, block) < docnum:
            self.load(cursor_find_block(&self.cursor, block + 1, docnum))
            if not self.active:
                return 1
        while self.at < self.cursor.n and self.cursor.docnums[self.at] < docnum:
            self.at += 1
        if self.at == self.cursor.n:
            self.active = False
            raise CorruptDataError("the directory of a list is not in order", self.reader.postings.path)
        return block != self.cursor.block

    def next_block(self):
        """Go to the first posting of the next block."""
        self.check_active()
        self.load(self.cursor.block + 1)

    def weight(self):
        """The weight of the posting."""
        self.check_active()
        return cursor_weight(&self.cursor, self.at)

    def value(self):
        """The value of the posting, as bytes; empty where it has none."""
        cdef fault f
        cdef uint32_t length
        cdef const uint8_t *value
        self.check_active()
        if not self.cursor.flags & LIST_VALUES:
            return b""
        if cursor_values(&self.cursor, &f) or cursor_value(&self.cursor, self.at, &self.room, &value, &length, &f):
            raise self.reader.damage(&f)
        return value[:length]

    def block_bounds(self):
        """Pairs (weight, norm) of which one is at least as good as any posting of this block."""
        self.check_active()
        cdef const uint8_t *pairs = cursor_block_impacts(&self.cursor, self.cursor.block)
        if pairs == NULL:
            return [(self.cursor.max_weight, self.cursor.min_norm)]
        bounds = [(weight_of_impact(pairs[2 * i]), pairs[2 * i + 1]) for i in range(IMPACT_PAIRS) if pairs[2 * i]]
        # No weight is above 0.
        return bounds or [(0.0, self.cursor.min_norm)]

    def list_bounds(self):
        """One pair (weight, norm) that is at least as good as any posting of the term."""
        return [(self.cursor.max_weight, self.cursor.min_norm)]

    def docnums(self):
        """All docnums from here on, as a list; the cursor is past the last afterwards."""
        found = []
        while self.active:
            found.extend([self.cursor.docnums[i] for i in range(self.at, self.cursor.n)])
            self.load(self.cursor.block + 1)
        return found


def checksum_of(const unsigned char[::1] data):
    """The checksum of a page: the lower 32 bits of XXH64 with seed 0."""
    return checksum(&data[0] if data.shape[0] else NULL, data.shape[0])
