# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""Printed words of segments that an automaton accepts, with the terms that they are found under.

Fronts ``words/``. What an automaton is made from, a pattern or a word and a distance, is not known here.
"""

from cpython.buffer cimport Py_buffer, PyBuffer_Release
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memset

from searchlib.kernels.borrowing cimport borrow_bytes
from searchlib.kernels.paging cimport fault, fault_file
from searchlib.kernels.storage cimport TermsReader, dictionary, field_blocks, field_blocks_of

__all__ = ["Expansion", "PrintedWord", "WordForm", "matching_terms", "matching_words"]

cdef extern from "words/automaton.h" nogil:
    enum:
        INSIDE_CHARACTER
    ctypedef struct automaton:
        pass
    automaton automaton_of(const uint32_t *starts, const uint16_t *range_classes, size_t range_count,
                           const uint16_t *next, const uint8_t *accepting, size_t state_count, size_t class_count)
    int automaton_prepare(automaton *a)


cdef extern from "words/word_forms.h" nogil:
    const uint32_t UNNUMBERED
    ctypedef struct word_forms:
        pass
    const uint8_t *word_forms_get(const word_forms *forms, size_t i, size_t *term_length, uint32_t *source,
                                  uint32_t *number, uint32_t *positions, uint32_t *doc_freq, uint32_t *variants,
                                  uint64_t *total)


cdef extern from "words/word_walk.h" nogil:
    ctypedef struct word_walk:
        pass
    int word_walk_init(word_walk *w, size_t source_count, int takes_terms, size_t most)
    void word_walk_free(word_walk *w)
    int word_walk_add(word_walk *w, const automaton *a, const dictionary *d, field_blocks terms, field_blocks words,
                      uint32_t source, fault *f)
    int word_walk_run(word_walk *w, uint64_t budget, fault *f)
    void word_walk_finish(word_walk *w)
    size_t word_walk_kept_count(const word_walk *w)
    uint64_t word_walk_matched(const word_walk *w)
    uint64_t word_walk_blocks_entered(const word_walk *w)
    const word_forms *word_walk_forms(const word_walk *w, size_t i, size_t *form_count, uint64_t *doc_freq)
    const uint8_t *word_walk_word(const word_walk *w, size_t i, size_t *length)


# Some milliseconds of work.
cdef enum:
    WORDS_BETWEEN_CHECKS = 100_000


cdef class WordForm:
    """A printed word as one term of one segment has it.

    Attributes:
        source: Which of the sources the segment is.
        term: The term that it is found under, as bytes.
        number: Which of the term's variants in that segment it is; None where the term itself was asked for.
        positions: How many positions it takes.
        doc_freq: In how many articles of the segment it is, deleted ones included.
        variants: How many variants the term has in that segment; 1 where the term itself was asked for.
        total: At how many positions it is; None where the term itself was asked for.
    """

    cdef readonly uint32_t source
    cdef readonly bytes term
    cdef readonly object number
    cdef readonly uint32_t positions
    cdef readonly uint32_t doc_freq
    cdef readonly uint32_t variants
    cdef readonly object total


cdef class PrintedWord:
    """A printed word that an automaton accepts.

    Attributes:
        word: The word, as bytes.
        doc_freq: Sum of those of its forms: in how many articles it is, one in which it stands under two terms counted
            twice.
        forms: Its forms, at least one, in order of their sources.
    """

    cdef readonly bytes word
    cdef readonly uint64_t doc_freq
    cdef readonly list forms


cdef class Expansion:
    """The words that an automaton accepts.

    Attributes:
        words: Those that were asked for, ascending.
        matched: How many there are in all.
        blocks_entered: How many blocks of dictionaries were read to find them.
    """

    cdef readonly list words
    cdef readonly uint64_t matched
    cdef readonly uint64_t blocks_entered


def matching_words(sources, automaton, *, limit=None, check=None):
    """The printed words of a field that an automaton accepts, over all segments.

    Args:
        sources: Of each segment its `TermsReader`, the blocks of the field's terms, [first, end), and those of its words.
            A segment whose dictionary knows no printed words has none that match.
        automaton: A `searchlib.automata.Automaton`.
        limit: Keep so many words at most: those with the highest doc_freq, of equal ones the first. None for all.
        check: Called every few milliseconds, and may raise to stop the walk; None for nothing.

    Returns:
        An `Expansion`.

    Raises:
        CorruptDataError: A dictionary is damaged.
        ValueError: The tables are not those of an automaton.
    """
    return walk(sources, automaton, limit, check, False)


def matching_terms(sources, automaton, *, limit=None, check=None):
    """The terms of a field that an automaton accepts, over all segments: for fields whose terms are words as printed.

    As `matching_words`, over any dictionary; the blocks of words are not looked at.
    """
    return walk(sources, automaton, limit, check, True)


cdef Expansion walk(sources, tables, limit, check, bint takes_terms):
    cdef Py_buffer[4] views
    cdef int borrowed = 0
    cdef automaton a
    cdef size_t class_count = tables.class_count
    try:
        for table in (tables.starts, tables.range_classes, tables.next_states, tables.accepting):
            borrow_bytes(table, &views[borrowed])
            borrowed += 1
        if (
            not class_count or views[0].len != views[1].len * 2 or views[0].len % 4 or views[3].len >= INSIDE_CHARACTER
            or class_count > 0x10000 or <size_t> views[2].len != <size_t> views[3].len * class_count * 2
        ):
            raise ValueError("tables of an automaton do not fit each other")
        a = automaton_of(
            <const uint32_t *> views[0].buf, <const uint16_t *> views[1].buf, views[0].len // 4,
            <const uint16_t *> views[2].buf, <const uint8_t *> views[3].buf, views[3].len, class_count,
        )
        if not automaton_prepare(&a):
            raise ValueError("tables of an automaton make no sense")
        return walk_with(&a, sources, limit, check, takes_terms)
    finally:
        while borrowed:
            borrowed -= 1
            PyBuffer_Release(&views[borrowed])


cdef Expansion walk_with(const automaton *a, sources, limit, check, bint takes_terms):
    cdef word_walk w
    cdef fault f
    cdef TermsReader reader
    cdef uint32_t number = 0
    cdef int more = 1
    cdef size_t most = <size_t> -1 if limit is None else limit
    cdef list readers = [source[0] for source in sources]
    memset(&w, 0, sizeof(word_walk))
    try:
        if word_walk_init(&w, len(readers), takes_terms, most):
            raise MemoryError
        for reader, (first, end), (first_of_words, end_of_words) in sources:
            if word_walk_add(
                &w, a, &reader.dictionary, field_blocks_of(first, end), field_blocks_of(first_of_words, end_of_words),
                number, &f,
            ):
                raise damage(readers, &f)
            number += 1
        while more:
            if check is not None:
                check()
            with nogil:
                more = word_walk_run(&w, WORDS_BETWEEN_CHECKS, &f)
            if more < 0:
                raise damage(readers, &f)
        word_walk_finish(&w)
        return expansion_of(&w)
    finally:
        word_walk_free(&w)


cdef object damage(list readers, const fault *f):
    """The error to be raised for a fault in the dictionary of one of the readers."""
    cdef TermsReader reader
    for reader in readers:
        if reader.has_file(fault_file(f)):
            return reader.damage(f)
    reader = readers[0]
    return reader.damage(f)


cdef Expansion expansion_of(const word_walk *w):
    cdef Expansion expansion = Expansion.__new__(Expansion)
    cdef size_t i
    expansion.matched = word_walk_matched(w)
    expansion.blocks_entered = word_walk_blocks_entered(w)
    expansion.words = [printed_word(w, i) for i in range(word_walk_kept_count(w))]
    return expansion


cdef PrintedWord printed_word(const word_walk *w, size_t number):
    cdef PrintedWord word = PrintedWord.__new__(PrintedWord)
    cdef size_t length, form_count, i
    cdef const word_forms *forms = word_walk_forms(w, number, &form_count, &word.doc_freq)
    cdef const uint8_t *text = word_walk_word(w, number, &length)
    word.word = text[:length]
    word.forms = [word_form(forms, i) for i in range(form_count)]
    return word


cdef WordForm word_form(const word_forms *forms, size_t i):
    cdef WordForm form = WordForm.__new__(WordForm)
    cdef size_t length
    cdef uint32_t number
    cdef uint64_t total
    cdef const uint8_t *term = word_forms_get(
        forms, i, &length, &form.source, &number, &form.positions, &form.doc_freq, &form.variants, &total
    )
    form.term = term[:length]
    form.number, form.total = (None, None) if number == UNNUMBERED else (number, total)
    return form


include "face.pxi"
