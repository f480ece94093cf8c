# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""Postings into the files of a segment: those of an `Inverter`, or of segments that become one.

Fronts ``indexing/segment_flush.h`` and ``postings/merging.h``. Articles get other docnums on the way: a map has for
each docnum the one that the article gets, or -1 to leave it out. Nothing of a segment is held in memory but these maps.
"""

import os
from array import array

from cpython.bytes cimport PyBytes_FromStringAndSize
from libc.stddef cimport size_t
from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.stdlib cimport calloc, free
from libc.string cimport memset

from searchlib.kernels.borrowing cimport PyBuffer_Release, borrow_numbers
from searchlib.kernels.inverting cimport Inverter, inverter, inverter_article_count, inverter_field_count
from searchlib.kernels.paging cimport FAULT_DAMAGE, fault, fault_file
from searchlib.kernels.storage cimport (
    TermsReader,
    TermsWriter,
    dictionary,
    facts_of_field,
    field_blocks,
    field_blocks_of,
    field_terms,
    posting_files,
    posting_files_doc_count,
    terms_writer,
    terms_writer_finish_field,
    terms_writer_start_field,
)
from searchlib.kernels.tokenizing cimport raise_if

__all__ = ["merge_postings", "posting_lists", "write_postings"]

cdef extern from "indexing/segment_flush.h" nogil:
    int flush_to_segment(const inverter *v, const int32_t *docnum_map, const uint8_t **norms, terms_writer *writer,
                         field_terms *fields)
    int32_t greatest_docnum(const int32_t *docnums, size_t n)

    ctypedef struct posting_sink:
        pass
    posting_sink posting_sink_of(
        void *self,
        int (*start_term)(void *self, uint32_t field, const uint8_t *term, uint32_t length) except -1 nogil,
        int (*add_variant)(void *self, const uint8_t *word, uint32_t length, uint32_t positions) except -1 nogil,
        int (*add)(void *self, uint32_t docnum, float weight, const uint8_t *value, uint32_t length,
                   const uint32_t *variants, uint32_t variant_count) except -1 nogil,
        int (*finish_term)(void *self) except -1 nogil,
    )
    ctypedef struct posting_flush:
        pass
    int flush_begin(posting_flush *f, const inverter *v, const int32_t *docnum_map)
    size_t flush_term_count(const posting_flush *f)
    int flush_nth_term(posting_flush *f, size_t i, const posting_sink *sink)
    void flush_end(posting_flush *f)

cdef extern from "postings/merging.h" nogil:
    ctypedef struct merged_segment:
        pass
    void merged_segment_set(merged_segment *s, uint32_t number, const dictionary *terms, const posting_files *files,
                            const int32_t *docnums)
    int merged_segment_start_field(merged_segment *s, field_blocks terms, field_blocks words, fault *f)
    void merged_segment_close(merged_segment *s)
    ctypedef struct merge:
        pass
    void merge_begin(merge *m, merged_segment *segments, uint32_t count, merged_segment **least, const uint8_t *seed)
    int merge_field(merge *m, terms_writer *w, const uint8_t *norms, fault *f)
    void merge_end(merge *m)


def write_postings(Inverter inverter not None, docnums, TermsWriter terms not None, norms):
    """Write what was inverted.

    Args:
        inverter: The postings.
        docnums: Of each article the docnum that it gets, or -1, as a buffer of int32.
        terms: Where to.
        norms: Of each field, by its number from 0: the norm of each article in its new order, as bytes; None if the
            field has no lengths. Fields that the inverter does not have are empty.

    Returns:
        Of each field: (first block, block after the last, number of terms), and the same of its printed words.

    Raises:
        OSError: The files cannot be written.
        ValueError: There are too few norms or docnums, or two articles have the same docnum.
    """
    cdef uint32_t field_count = len(norms), i
    cdef const uint8_t **norms_of
    cdef field_terms *fields
    cdef Py_buffer docnum_map
    cdef int failed
    if inverter_field_count(&inverter.state) > field_count:
        raise ValueError(f"{field_count} fields are to be written of {inverter_field_count(&inverter.state)}")
    borrow_numbers(docnums, &docnum_map, c"i")
    norms_of = <const uint8_t **> calloc(field_count + 1, sizeof(const uint8_t *))
    fields = <field_terms *> calloc(field_count + 1, sizeof(field_terms))
    try:
        check_norms(norms, &docnum_map, inverter_article_count(&inverter.state))
        if norms_of == NULL or fields == NULL:
            raise MemoryError
        for i in range(field_count):
            norms_of[i] = address_of(norms[i])
        inverter.enter(())
        with nogil:
            failed = flush_to_segment(&inverter.state, <const int32_t *> docnum_map.buf, norms_of, &terms.writer, fields)
        inverter.leave(())
        terms.check(failed)
        return [facts_of_field(&fields[i]) for i in range(field_count)]
    finally:
        free(norms_of)
        free(fields)
        PyBuffer_Release(&docnum_map)


def merge_postings(sources, TermsWriter terms not None, norms):
    """Write what several segments have, as one.

    Args:
        sources: Of each segment: its `TermsReader`; of each field the blocks of its terms and of its printed words, as
            (first, end, first, end), or None; and of each article the docnum that it gets, or -1, as a buffer of int32.
            In no segment may they descend.
        terms: Where to.
        norms: As for `write_postings`.

    Returns:
        Of each field: (first block, block after the last, number of terms), and the same of its printed words.

    Raises:
        CorruptDataError: A segment is damaged.
        OSError: The files cannot be written.
        ValueError: Docnums descend in a segment, or two articles have the same.
    """
    cdef uint32_t n = len(sources), i, field
    cdef merged_segment *segments = <merged_segment *> calloc(n + 1, sizeof(merged_segment))
    cdef merged_segment **least = <merged_segment **> calloc(n + 1, sizeof(merged_segment *))
    # A view that was not borrowed is released in vain.
    cdef Py_buffer *docnums = <Py_buffer *> calloc(n + 1, sizeof(Py_buffer))
    cdef const uint8_t *field_norms
    cdef field_terms field_written
    cdef merge merging
    cdef fault f
    cdef int failed
    seed = os.urandom(16)
    memset(&merging, 0, sizeof(merge))
    merge_begin(&merging, segments, n, least, <const uint8_t *> <const char *> seed)
    written = []
    try:
        if segments == NULL or least == NULL or docnums == NULL:
            raise MemoryError
        for i in range(n):
            set_source(&segments[i], i, &docnums[i], sources[i], norms)
        for field in range(len(norms)):
            for i in range(n):
                start_field(&segments[i], sources, sources[i][1][field])
            field_norms = address_of(norms[field])
            terms_writer_start_field(&terms.writer)
            with nogil:
                failed = merge_field(&merging, &terms.writer, field_norms, &f)
            if failed == FAULT_DAMAGE:
                raise damage_in(sources, &f)
            terms.check(failed)
            terms.check(terms_writer_finish_field(&terms.writer, &field_written))
            written.append(facts_of_field(&field_written))
        return written
    finally:
        merge_end(&merging)
        for i in range(n if segments != NULL else 0):
            merged_segment_close(&segments[i])
        for i in range(n if docnums != NULL else 0):
            PyBuffer_Release(&docnums[i])
        free(segments)
        free(least)
        free(docnums)


def posting_lists(Inverter inverter not None, docnum_map=None, *, printed=False):
    """What was inverted, as Python has it; not to be used while articles are added.

    Args:
        inverter: The postings.
        docnum_map: For each article the docnum that it is to have, a negative number to leave it out; None for its own.
        printed: Whether to tell which printed words stand there.

    Yields:
        Field, term, and a list of (docnum, weight, value) by docnum, which is not empty: by field and term. If `printed`,
        each posting has a fourth item: the printed word at each of its positions, with how many positions that takes.
    """
    cdef PostingLists lists = PostingLists(inverter, docnum_map)
    cdef size_t i
    for i in range(flush_term_count(&lists.flush)):
        found = lists.nth_list(i)
        if found is not None:
            yield found if printed else (*found[:2], [posting[:3] for posting in found[2]])


cdef const uint8_t *address_of(norms) except? NULL:
    return <const uint8_t *> <const char *> norms if norms is not None else NULL


cdef int start_field(merged_segment *segment, sources, blocks) except -1:
    cdef fault f
    first, end, first_word, end_word = blocks or (0, 0, 0, 0)
    if merged_segment_start_field(segment, field_blocks_of(first, end), field_blocks_of(first_word, end_word), &f):
        raise damage_in(sources, &f)
    return 0


cdef int set_source(merged_segment *segment, uint32_t number, Py_buffer *docnums, source, norms) except -1:
    cdef TermsReader reader = source[0]
    borrow_numbers(source[2], docnums, c"i")
    check_norms(norms, docnums, posting_files_doc_count(&reader.lists))
    merged_segment_set(segment, number, &reader.dictionary, &reader.lists, <const int32_t *> docnums.buf)
    return 0


cdef int check_norms(norms, const Py_buffer *docnums, uint32_t article_count) except -1:
    """Make sure that every article has a docnum, and its norm in every field that has norms."""
    cdef int32_t last = greatest_docnum(<const int32_t *> docnums.buf, docnums.shape[0])
    if docnums.shape[0] != article_count:
        raise ValueError(f"{docnums.shape[0]} docnums for {article_count} articles")
    for given in norms:
        if given is not None and len(given) <= last:
            raise ValueError(f"{len(given)} norms for docnums up to {last}")
    return 0


cdef object damage_in(sources, const fault *f):
    """The error that names the file with the damage."""
    cdef TermsReader reader
    for source in sources:
        reader = source[0]
        if reader.has_file(fault_file(f)):
            return reader.damage(f)
    return (<TermsReader> sources[0][0]).damage(f)


cdef class PostingLists:
    """A flush into Python objects, a term at a time."""

    cdef posting_flush flush
    cdef Inverter inverter  # is read until the last list
    cdef Py_buffer docnum_map  # is released in vain where there is none
    cdef list postings, variants
    cdef tuple found

    def __cinit__(self, Inverter inverter, docnum_map):
        cdef const int32_t *docnums = NULL
        self.inverter = inverter
        if docnum_map is not None:
            borrow_numbers(array("i", docnum_map), &self.docnum_map, c"i")
            if self.docnum_map.shape[0] != inverter.article_count:
                raise ValueError(f"docnum_map is for {self.docnum_map.shape[0]} articles of {inverter.article_count}")
            docnums = <const int32_t *> self.docnum_map.buf
        raise_if(flush_begin(&self.flush, &inverter.state, docnums))

    def __dealloc__(self):
        flush_end(&self.flush)
        PyBuffer_Release(&self.docnum_map)

    cdef tuple nth_list(self, size_t i):
        """(field, term, postings) of the term that is number i in order; None if no posting of it is left."""
        cdef posting_sink sink = posting_sink_of(<void *> self, start_list, add_variant, add_to_list, finish_list)
        self.found = None
        raise_if(flush_nth_term(&self.flush, i, &sink))
        return self.found


# An error of these ends the flush as FAULT_MEMORY, which is what it is.
cdef int start_list(void *self, uint32_t field, const uint8_t *term, uint32_t length) except -1 with gil:
    lists = <PostingLists> self
    lists.postings, lists.variants = [], []
    lists.found = (field, PyBytes_FromStringAndSize(<const char *> term, length), lists.postings)
    return 0


cdef int add_variant(void *self, const uint8_t *word, uint32_t length, uint32_t positions) except -1 with gil:
    variant = (PyBytes_FromStringAndSize(<const char *> word, length), positions)
    (<PostingLists> self).variants.append(variant)
    return 0


cdef int add_to_list(
    void *self, uint32_t docnum, float weight, const uint8_t *value, uint32_t length, const uint32_t *variants,
    uint32_t variant_count,
) except -1 with gil:
    cdef uint32_t i
    packed = PyBytes_FromStringAndSize(<const char *> value, length)
    known = (<PostingLists> self).variants
    numbers = [variants[i] for i in range(variant_count)] if variants != NULL else [0] * sum(b < 0x80 for b in packed)
    (<PostingLists> self).postings.append((docnum, weight, packed, [known[n] for n in numbers] if known else []))
    return 0


cdef int finish_list(void *self) except -1 with gil:
    return 0

include "face.pxi"
