# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""Postings into the files of a segment: those of an `Inverter`, or of segments that become one.

Articles are numbered anew on the way: by a map from the docnum that an article has to the one that it gets, -1 for what
is left out. Nothing of a segment is held in memory but these maps.
"""

from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free
from libc.string cimport memset

from searchlib.kernels.inverting cimport Inverter, inverter_flush, posting_sink
from searchlib.kernels.storage cimport (
    FAULT_DAMAGE,
    TermsReader,
    TermsWriter,
    dictionary,
    fault,
    field_blocks,
    posting_cursor,
    posting_files,
    term_cursor,
    term_cursor_close,
    terms_writer_finish_term,
    terms_writer_finish_field,
    term_cursor_open,
    terms_writer_add,
    terms_writer_start_term,
    terms_writer_start_field,
    terms_writer,
)

__all__ = ["merge_postings", "write_postings"]

cdef extern from "postings/merging.h" nogil:
    ctypedef struct merged_segment:
        const dictionary *dictionary
        const posting_files *files
        const int32_t *docnums
        term_cursor terms
    int merge_field(terms_writer *w, merged_segment *sources, uint32_t n, merged_segment **order, const uint8_t *norms,
                    fault *f)

cdef enum:
    NO_FIELD = 0xffffffff


ctypedef struct field_output:
    uint32_t first
    uint32_t end
    uint64_t terms

# Where a flush has got to.
ctypedef struct output:
    terms_writer *writer
    const uint8_t **norms  # of each field, NULL where it has none
    field_output *fields
    uint32_t field_count
    uint32_t field


cdef int finish_field(output *o) noexcept nogil:
    if o.field == NO_FIELD:
        return 0
    cdef int failed = terms_writer_finish_field(o.writer)
    o.fields[o.field].first = o.writer.field_first
    o.fields[o.field].end = o.writer.dictionary.block_count
    o.fields[o.field].terms = o.writer.field_terms
    return failed


cdef int start_term(void *self, uint32_t field, const uint8_t *term, uint32_t length) noexcept nogil:
    cdef output *o = <output *> self
    cdef int failed
    if field != o.field:
        failed = finish_field(o)
        if failed:
            return failed
        o.field = field
        terms_writer_start_field(o.writer)
    return terms_writer_start_term(o.writer, term, length)


cdef int add_posting(void *self, uint32_t docnum, float weight, const uint8_t *value, uint32_t length) noexcept nogil:
    cdef output *o = <output *> self
    cdef const uint8_t *norms = o.norms[o.field]
    return terms_writer_add(o.writer, docnum, weight, norms[docnum] if norms != NULL else 0, value, length)


cdef int finish_term(void *self) noexcept nogil:
    return terms_writer_finish_term((<output *> self).writer)


def write_postings(Inverter inverter not None, const int32_t[::1] docnums, TermsWriter terms not None, norms):
    """Write what was inverted.

    Args:
        inverter: The postings.
        docnums: Of each article the docnum that it gets, or -1.
        terms: Where to.
        norms: Of each field, by its number from 0: the norm of each article in its new order, as bytes; None where
            the field has no lengths. Fields that the inverter does not have are empty.

    Returns:
        Of each field: (first block, block after the last, number of terms).

    Raises:
        OSError: The files cannot be written.
        ValueError: There are fields or articles without a place, or two articles with the same docnum.
    """
    cdef output o
    cdef posting_sink sink
    cdef int failed
    cdef uint32_t i
    cdef const int32_t *docnum_map = &docnums[0] if docnums.shape[0] else NULL
    if <uint64_t> docnums.shape[0] != inverter.article_count:
        raise ValueError(f"{docnums.shape[0]} docnums for {inverter.article_count} articles")
    if inverter.state.n_fields > <size_t> len(norms):
        raise ValueError(f"{len(norms)} fields are to be written of {inverter.state.n_fields}")
    check_norms(norms, docnums)
    memset(&o, 0, sizeof(o))
    o.writer = &terms.writer
    o.field = NO_FIELD
    o.field_count = len(norms)
    o.norms = <const uint8_t **> calloc(o.field_count + 1, sizeof(const uint8_t *))
    o.fields = <field_output *> calloc(o.field_count + 1, sizeof(field_output))
    try:
        if o.norms == NULL or o.fields == NULL:
            raise MemoryError
        for i in range(o.field_count):
            if norms[i] is not None:
                o.norms[i] = <const uint8_t *> <const char *> norms[i]
        sink.self = &o
        sink.start_term = start_term
        sink.add = add_posting
        sink.finish_term = finish_term
        with nogil:
            failed = inverter_flush(&inverter.state, docnum_map, &sink)
            if not failed:
                failed = finish_field(&o)
        terms.check(failed)
        return [(o.fields[i].first, o.fields[i].end, o.fields[i].terms) for i in range(o.field_count)]
    finally:
        free(o.norms)
        free(o.fields)


def merge_postings(sources, TermsWriter terms not None, norms):
    """Write what several segments have, as one.

    Args:
        sources: Of each segment: its `TermsReader`; of each field its blocks, (first, end), or None; and of each
            article the docnum that it gets, or -1, as a buffer of int32. In no segment may they descend.
        terms: Where to.
        norms: As for `write_postings`.

    Returns:
        Of each field: (first block, block after the last, number of terms).

    Raises:
        CorruptDataError: A segment is damaged.
        OSError: The files cannot be written.
        ValueError: Docnums descend in a segment, or two articles have the same.
    """
    cdef uint32_t n = len(sources), i, field
    cdef merged_segment *merged = <merged_segment *> calloc(n + 1, sizeof(merged_segment))
    cdef merged_segment **order = <merged_segment **> calloc(n + 1, sizeof(merged_segment *))
    cdef field_blocks blocks
    cdef fault f
    cdef int failed
    cdef const uint8_t *field_norms
    cdef const int32_t[::1] docnums
    cdef TermsReader reader
    written = []
    try:
        if merged == NULL or order == NULL:
            raise MemoryError
        for i in range(n):
            reader = sources[i][0]
            docnums = sources[i][2]
            if docnums.shape[0] != reader.lists.doc_count:
                raise ValueError(f"{docnums.shape[0]} docnums for {reader.lists.doc_count} articles")
            check_norms(norms, docnums)
            merged[i].dictionary = &reader.dictionary
            merged[i].files = &reader.lists
            merged[i].docnums = &docnums[0] if docnums.shape[0] else NULL
        for field in range(len(norms)):
            field_norms = <const uint8_t *> <const char *> norms[field] if norms[field] is not None else NULL
            for i in range(n):
                given = sources[i][1][field]
                blocks.first, blocks.end = (0, 0) if given is None else given
                if term_cursor_open(&merged[i].terms, merged[i].dictionary, blocks, &f):
                    raise (<TermsReader> sources[i][0]).damage(&f)
            terms_writer_start_field(&terms.writer)
            with nogil:
                failed = merge_field(&terms.writer, merged, n, order, field_norms, &f)
            if failed == FAULT_DAMAGE:
                raise damage_in(sources, &f)
            terms.check(failed)
            written.append(terms.finish_field())
        return written
    finally:
        for i in range(n):
            if merged != NULL:
                term_cursor_close(&merged[i].terms)
        free(merged)
        free(order)


cdef int check_norms(norms, const int32_t[::1] docnums) except -1:
    """Make sure that every article has its norm in every field that has norms."""
    cdef int32_t last = -1
    cdef Py_ssize_t i
    for i in range(docnums.shape[0]):
        last = max(last, docnums[i])
    for given in norms:
        if given is not None and len(given) <= last:
            raise ValueError(f"{len(given)} norms for docnums up to {last}")
    return 0


cdef object damage_in(sources, fault *f):
    """The error that names the file with the damage."""
    cdef TermsReader reader
    for source in sources:
        reader = source[0]
        if f.file == &reader.terms.file or f.file == &reader.postings.file or f.file == &reader.values.file:
            return reader.damage(f)
    return (<TermsReader> sources[0][0]).damage(f)
