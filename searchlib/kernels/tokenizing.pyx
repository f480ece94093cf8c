# cython: language_level=3, embedsignature=True
"""Text → tokens, compiled: `TermTokenizer`.

What a token is, `searchlib.analysis` says and nobody else: an analyzer is asked about each piece of text between
spaces once, and the answer is kept (indexing/token_cache.h).

An object is for one thread at a time; different ones work side by side.
"""

import os

from cpython.bytes cimport PyBytes_AS_STRING
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND
from libc.stddef cimport size_t
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.stdlib cimport free
from libc.string cimport memcpy, memset

__all__ = ["TermTokenizer"]


cdef extern from "Python.h":
    object PyUnicode_FromKindAndData(int kind, const void *buffer, Py_ssize_t size)
    object PyUnicode_DecodeUTF8(const char *bytes, Py_ssize_t size, const char *errors)
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL


cdef extern from *:
    """
    #if PY_VERSION_HEX < 0x030C0000
    #define make_ready(text) PyUnicode_READY(text)
    #else
    #define make_ready(text) 0
    #endif
    """
    int make_ready(object text) except -1


cdef extern from "indexing/token_cache.h" nogil:
    enum:
        PIECE_KEPT
        PIECE_UNKNOWN
    ctypedef struct piece_key:
        size_t length
        int width
    ctypedef struct piece_token:
        uint32_t term, position, startchar, endchar

    int term_number(term_table *t, uint32_t field, const uint8_t *bytes, size_t length, uint32_t *number)
    const uint8_t *term_bytes(const term_table *t, uint32_t term)
    size_t token_cache_memory(const tokenizer *t)
    void token_cache_free(tokenizer *t)
    int token_cache_begin(tokenizer *t)
    const void *key_chars(const piece_key *key)
    int derive_piece(tokenizer *t, const text_walk *walk, piece_core *core, piece_key *key)
    int keep_found(tokenizer *t, const piece_key *key)
    int settle_piece(tokenizer *t, const text_walk *walk, const piece_core *core)
    int add_found(tokenizer *t, piece_token token)
    int list_text(tokenizer *t, text_walk *walk, token_list *list)
    int list_found(tokenizer *t, text_walk *walk, token_list *list)


# Term numbers, positions, docnums and the like have 32 bits.
_OUT_OF_RANGE = (
    "a number is out of range: positions of a term ascend and end at 4,294,967,295, fields at 65,535; "
    "and in an article a term has positions or a value, not both"
)


cdef int raise_fault(int fault) except -1:
    if fault == FAULT_MEMORY:
        raise MemoryError
    raise ValueError(_OUT_OF_RANGE)


cdef int start_walk(text_walk *walk, str text) except -1:
    make_ready(text)
    memset(walk, 0, sizeof(text_walk))
    walk.data = PyUnicode_DATA(text)
    walk.length = PyUnicode_GET_LENGTH(text)
    walk.width = PyUnicode_KIND(text)
    return 0


cdef class TermTokenizer:
    """The tokens of an analyzer, from a table of the pieces of text that it was asked about before.

    The table is dropped when it is full, and fills again.

    Args:
        analyzer: Has ``tokens(text)``, whose tokens are named tuples of a term, a position, a startchar and an endchar;
            those of a text are those of its pieces between ASCII white space, one after the other. If it has
            ``piece_tokens(piece)``, that is asked instead, for the tokens and how many positions they take. If it has
            ``word_terms(word)``, it is asked for the terms of what is only ASCII letters, which stand at one position.
        shortcuts: Whether these hold for the analyzer, as they do for those of `searchlib.analysis`: punctuation at
            the ends of a piece is no part of a token (`is_opening`, `is_closing` in indexing/token_cache.h); what is only ASCII
            digits is a term as it stands; but for Turkish, ASCII letters are the same in upper and lower case.
        max_pieces: How many pieces are kept, >= 1.
        max_bytes: How much memory all that is kept may take, about.
    """

    def __cinit__(self, analyzer, *, bint shortcuts=True, uint32_t max_pieces=1_000_000, size_t max_bytes=64 << 20):
        self.state.max_entries = max_pieces
        self.state.max_bytes = max_bytes
        self.state.shortcuts = shortcuts
        self.state.fold_case = shortcuts and getattr(analyzer, "language", None) != "tr"
        seed = os.urandom(16)
        memcpy(self.state.terms.seed, PyBytes_AS_STRING(seed), 16)
        self.analyze_text = analyzer.tokens
        self.analyze_piece = getattr(analyzer, "piece_tokens", None)
        self.word_terms = getattr(analyzer, "word_terms", None) if shortcuts else None
        sample = analyzer.tokens("1")
        self.token_type = type(sample[0]) if sample else tuple
        self.strings = []

    def __dealloc__(self):
        token_cache_free(&self.state)

    def tokens(self, str text not None):
        """All tokens of the text, as ``analyzer.tokens(text)``."""
        cdef token_list found
        cdef size_t i
        cdef text_token *token
        new, token_type = tuple.__new__, self.token_type
        memset(&found, 0, sizeof(found))
        self.enter()
        try:
            self.list_tokens(text, &found)
            tokens = []
            for i in range(found.n):
                token = &found.tokens[i]
                values = (self.term(token.term), token.position, token.startchar, token.endchar)
                tokens.append(new(token_type, values))
            return tokens
        finally:
            self.busy = False
            free(found.tokens)

    def find(self, str text not None, terms):
        """Where these terms stand in the text, in the order of its tokens.

        Args:
            text: The text.
            terms: A sequence of terms.

        Returns:
            For each token that is one of the terms: its position, startchar and endchar, and which of the terms it is,
            counted from 0.
        """
        cdef token_list found
        cdef size_t i
        cdef uint32_t number = 0
        cdef Py_ssize_t length
        cdef const char *utf8
        cdef text_token *token
        cdef uint32_t *wanted = NULL
        memset(&found, 0, sizeof(found))
        self.enter()
        try:
            # Numbers stay what they are from here on.
            if token_cache_begin(&self.state):
                raise MemoryError
            wanted = <uint32_t *>PyMem_Malloc((len(terms) + 1) * sizeof(uint32_t))
            if not wanted:
                raise MemoryError
            which = {}
            for place, term in enumerate(terms):
                utf8 = PyUnicode_AsUTF8AndSize(term, &length)
                raise_if(term_number(&self.state.terms, 0, <const uint8_t *>utf8, length, &number))
                if number not in which:
                    wanted[len(which)] = number
                    which[number] = place
                    found.wanted_bits |= (<uint64_t>1) << (number & 63)
            found.wanted = wanted
            found.n_wanted = len(which)
            self.list_tokens(text, &found)
            occurrences = []
            for i in range(found.n):
                token = &found.tokens[i]
                occurrences.append((token.position, token.startchar, token.endchar, which[token.term]))
            return occurrences
        finally:
            self.busy = False
            PyMem_Free(wanted)
            free(found.tokens)

    @property
    def counters(self):
        """What was done so far, by name.

        ``pieces`` walked over; of these ``derived`` from a piece that differs in case or punctuation, and ``analysed``
        by the analyzer; all others were known. ``kept`` pieces and ``terms`` are in the table now, ``dropped`` is how
        often it was full.
        """
        return {
            "pieces": self.state.pieces,
            "derived": self.state.derived,
            "analysed": self.state.analysed,
            "kept": self.state.n_entries,
            "terms": self.state.terms.n,
            "dropped": self.state.generation,
        }

    @property
    def memory_used(self):
        """Bytes that the table takes."""
        return token_cache_memory(&self.state)

    cdef int enter(self) except -1:
        if self.busy:
            raise RuntimeError(
                "this TermTokenizer is at work already, in another thread or for its own analyzer; make one more"
            )
        self.busy = True
        return 0

    cdef int list_tokens(self, str text, token_list *found) except -1:
        cdef text_walk walk
        cdef int status
        start_walk(&walk, text)
        if token_cache_begin(&self.state):
            raise MemoryError
        while True:
            status = list_text(&self.state, &walk, found)
            if status == WALK_STOPPED and self.learn(&walk) == PIECE_FOUND:
                status = list_found(&self.state, &walk, found)
                if status == 0:
                    continue
            if status == WALK_DONE:
                return 0
            if status < 0:
                raise_fault(status)

    cdef str term(self, uint32_t number):
        """A term by its number; made into a string once."""
        cdef const term_table *terms = &self.state.terms
        if self.strings_generation != self.state.generation:
            self.strings = []
            self.strings_generation = self.state.generation
        if number >= <size_t>len(self.strings):
            self.strings.extend([None] * (terms.n - len(self.strings)))
        text = self.strings[number]
        if text is None:
            text = PyUnicode_DecodeUTF8(<const char *>term_bytes(terms, number), terms.keys[number].length, NULL)
            self.strings[number] = text
        return text

    cdef int learn(self, text_walk *walk) except -1:
        """Have the piece analysed at which the walk stopped: PIECE_KEPT or PIECE_FOUND."""
        cdef piece_core core
        cdef piece_key key
        cdef int status = derive_piece(&self.state, walk, &core, &key)
        if status == PIECE_UNKNOWN:
            if core.length <= MAX_PIECE:
                text = PyUnicode_FromKindAndData(key.width, key_chars(&key), key.length)
            else:
                start = <const uint8_t *>walk.data + core.startchar * walk.width
                text = PyUnicode_FromKindAndData(walk.width, start, core.length)
            self.state.analysed += 1
            self.analyze(text, &core)
            if core.length <= MAX_PIECE and keep_found(&self.state, &key) < 0:
                raise MemoryError
            status = settle_piece(&self.state, walk, &core)
        if status < 0:
            raise_fault(status)
        return status

    cdef int analyze(self, str text, const piece_core *core) except -1:
        """Fill `found` with the tokens of a piece."""
        if self.state.shortcuts and core.digits and core.length <= MAX_PIECE:
            self.state.found_positions = 1
            return self.add_token(text, 0, 0, core.length)
        if core.letters and self.word_terms is not None:
            for term in self.word_terms(text):
                self.add_token(term, 0, 0, core.length)
                self.state.found_positions = 1
            return 0
        if self.analyze_piece is not None:
            tokens, self.state.found_positions = self.analyze_piece(text)
        else:
            tokens = self.analyze_text(text)
            # A piece has no positions without tokens.
            self.state.found_positions = tokens[-1][1] + 1 if tokens else 0
        for term, position, startchar, endchar in tokens:
            self.add_token(term, position, startchar, endchar)
        return 0

    cdef int add_token(self, str term, uint32_t position, uint32_t startchar, uint32_t endchar) except -1:
        cdef piece_token token
        cdef Py_ssize_t length
        cdef const char *utf8 = PyUnicode_AsUTF8AndSize(term, &length)
        token.term = 0
        raise_if(term_number(&self.state.terms, 0, <const uint8_t *>utf8, length, &token.term))
        token.position = position
        token.startchar = startchar
        token.endchar = endchar
        return raise_if(add_found(&self.state, token))
