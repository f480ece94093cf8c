"""What other kernels may use: the rules of sentences, and the walk over the sentences of a text."""

from libc.stdint cimport int64_t, uint32_t


cdef extern from "sentences/walk.h" nogil:
    enum:
        FAULT_MEMORY
    ctypedef struct char_questions:
        pass
    ctypedef struct text_view:
        pass
    ctypedef struct sentence_rules:
        pass
    ctypedef struct sentence_walk:
        pass
    ctypedef struct text_sentence:
        pass
    text_view make_view(const void *chars, int64_t length, int width)
    void begin_sentences(sentence_walk *w, const sentence_rules *r, text_view view)
    int next_sentence(sentence_walk *w, text_sentence *found)
    int read_found(const text_sentence *found, int64_t *start, int64_t *end, int64_t *next)


cdef class SentenceRules:
    cdef sentence_rules rules
    cdef int begin(self, str text, sentence_walk *walk) except -1
    cdef int add_word(self, str word, uint32_t known) except -1
    cdef uint32_t number_of(self, dict names, name) except 0
    cdef int checked(self, int fault) except -1
