# cython: language_level=3, embedsignature=True
"""Text → tokens, compiled: `TermTokenizer`.

`searchlib.analysis` alone says what a token is. An analyzer is asked about each piece of text between spaces once, and
its answer is kept (``indexing/token_cache.h``).

An object is for one thread at a time; different ones work side by side.
"""

import os

from cpython.bytes cimport PyBytes_AS_STRING

__all__ = ["TermTokenizer"]


cdef extern from "Python.h":
    object PyUnicode_FromKindAndData(int kind, const void *buffer, Py_ssize_t size)
    object PyUnicode_DecodeUTF8(const char *bytes, Py_ssize_t size, const char *errors)
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL


cdef extern from "indexing/token_list.h" nogil:
    enum:
        PIECE_UNKNOWN
    ctypedef struct term_table:
        pass
    int term_number(term_table *t, uint32_t field, const uint8_t *bytes, size_t length, uint32_t *number)
    const uint8_t *term_bytes(const term_table *t, uint32_t term)
    size_t term_length(const term_table *t, uint32_t term)
    uint32_t term_count(const term_table *t)

    void token_cache_init(token_cache *t, const uint8_t *seed, uint32_t max_entries, size_t max_bytes, int shortcuts,
                          int fold_case)
    void token_cache_free(token_cache *t)
    int token_cache_begin(token_cache *t)
    size_t token_cache_memory(const token_cache *t)
    void token_cache_counts(const token_cache *t, uint64_t *counts)
    uint32_t token_cache_generation(const token_cache *t)
    term_table *token_cache_terms(token_cache *t)
    const term_table *token_cache_variants(const token_cache *t)

    int derive_piece(token_cache *t, const text_walk *walk, unknown_piece *piece)
    const void *unknown_chars(const unknown_piece *piece, const text_walk *walk, size_t *length, int *width)
    bint is_own_term(const token_cache *t, const unknown_piece *piece)
    bint is_plain_word(const unknown_piece *piece)
    void set_found_positions(token_cache *t, uint32_t positions)
    int add_found_token(token_cache *t, const uint8_t *term, size_t length, const uint8_t *printed,
                        size_t printed_length, uint32_t positions, uint32_t position, uint32_t startchar,
                        uint32_t endchar)
    int keep_analysed(token_cache *t, const text_walk *walk, const unknown_piece *piece)

    ctypedef struct text_token:
        pass
    ctypedef struct token_list:
        pass
    void begin_walk(text_walk *walk, const void *data, size_t length, int width)
    int token_list_begin(token_list *list, Py_ssize_t n_wanted)
    void token_list_want(token_list *list, uint32_t term)
    void token_list_free(token_list *list)
    size_t token_list_count(const token_list *list)
    const text_token *token_list_at(const token_list *list, size_t i)
    uint32_t token_term(const text_token *token)
    uint32_t token_variant(const text_token *token)
    uint64_t token_position(const text_token *token)
    size_t token_startchar(const text_token *token)
    size_t token_endchar(const text_token *token)
    int list_text(token_cache *t, text_walk *walk, token_list *list)
    int list_found(token_cache *t, text_walk *walk, token_list *list)


# Longer printed words are cut, as analysis cuts terms.
cdef int MAX_PRINTED_CHARS = 128

# Term numbers, positions, docnums and the like have 32 bits.
_OUT_OF_RANGE = (
    "a number is out of range: positions of a term ascend and end at 4,294,967,295, fields at 65,535; "
    "and in an article a term has positions or a value, not both"
)


cdef int raise_fault(int fault) except -1:
    if fault == FAULT_MEMORY:
        raise MemoryError
    raise ValueError(_OUT_OF_RANGE)


cdef class TermTokenizer:
    """The tokens of an analyzer, from a cache of the pieces of text that it was asked about before.

    The cache is emptied when it is full, and fills again.

    Args:
        analyzer: Has ``tokens(text)``, whose tokens are named tuples of a term, a position, a startchar, an endchar, the
            printed word, which may be empty, and how many positions it takes, 1 to 255; those of a text are those of
            its pieces, one after the other (``indexing/pieces.h``). If it has ``piece_tokens(piece)``, that is asked
            instead, for the tokens and how many positions they take. If it has ``word_terms(word)``, it is asked for
            the terms of what is only ASCII letters, which stand at one position: the first of the word in lower case,
            the others of no printed word.
        shortcuts: Whether these hold for the analyzer, as they do for those of `searchlib.analysis`: punctuation at
            the ends of a piece is no part of a token (`is_opening`, `is_closing` in ``indexing/piece_learning.h``);
            what is only ASCII digits is a term as it stands; but for Turkish, ASCII letters are the same in upper and
            lower case.
        max_pieces: How many pieces are kept, >= 1.
        max_bytes: How much memory all that is kept may take, about.
    """

    def __cinit__(self, analyzer, *, bint shortcuts=True, uint32_t max_pieces=1_000_000, size_t max_bytes=64 << 20):
        seed = os.urandom(16)
        fold_case = shortcuts and getattr(analyzer, "language", None) != "tr"
        token_cache_init(
            &self.state, <const uint8_t *>PyBytes_AS_STRING(seed), max_pieces, max_bytes, shortcuts, fold_case
        )
        self.analyze_text = analyzer.tokens
        self.analyze_piece = getattr(analyzer, "piece_tokens", None)
        self.word_terms = getattr(analyzer, "word_terms", None) if shortcuts else None
        sample = analyzer.tokens("1")
        self.token_type = type(sample[0]) if sample else tuple
        self.strings, self.variants = [], []

    def __dealloc__(self):
        token_cache_free(&self.state)

    def tokens(self, str text not None):
        """All tokens of the text, as ``analyzer.tokens(text)``."""
        cdef TokenList found = TokenList(None)
        cdef const text_token *token
        cdef size_t i
        new, token_type = tuple.__new__, self.token_type
        self.enter()
        try:
            found.fill(self, text)
            tokens = []
            for i in range(token_list_count(&found.list)):
                token = token_list_at(&found.list, i)
                printed, taken = self.variant(token_variant(token))
                values = (
                    self.term(token_term(token)), token_position(token), token_startchar(token), token_endchar(token),
                    printed, taken,
                )
                tokens.append(new(token_type, values))
            return tokens
        finally:
            self.busy = False

    def find(self, str text not None, terms):
        """Where these terms stand in the text, in the order of its tokens.

        Args:
            text: The text.
            terms: A sequence of terms.

        Returns:
            For each token that is one of the terms: its position, startchar and endchar, and which of the terms it is,
            counted from 0.
        """
        cdef TokenList found = TokenList(len(terms))
        cdef const text_token *token
        cdef size_t i
        self.enter()
        try:
            # Numbers stay what they are from here on.
            raise_if(token_cache_begin(&self.state))
            which = {}
            for number, term in enumerate(terms):
                which.setdefault(found.want(self, term), number)
            found.fill(self, text)
            occurrences = []
            for i in range(token_list_count(&found.list)):
                token = token_list_at(&found.list, i)
                occurrences.append(
                    (token_position(token), token_startchar(token), token_endchar(token), which[token_term(token)])
                )
            return occurrences
        finally:
            self.busy = False

    def find_printed(self, str text not None, dict known not None, ask):
        """Where words stand that are printed in certain ways, in the order of the tokens.

        Args:
            text: The text.
            known: Printed word → the numbers of what it is, as a tuple. Words that are not in it are added.
            ask: The same for one word, as a function. It must not use this object.

        Returns:
            For each token that has a printed word, and each number of it: its position, startchar and endchar, how many
            positions it takes, and the number.
        """
        cdef TokenList found = TokenList(None)
        cdef const text_token *token
        cdef size_t i
        self.enter()
        try:
            found.fill(self, text)
            occurrences = []
            for i in range(token_list_count(&found.list)):
                token = token_list_at(&found.list, i)
                word, taken = self.variant(token_variant(token))
                if not word:
                    continue
                numbers = known.get(word)
                if numbers is None:
                    numbers = known[word] = ask(word)
                for number in numbers:
                    occurrences.append(
                        (token_position(token), token_startchar(token), token_endchar(token), taken, number)
                    )
            return occurrences
        finally:
            self.busy = False

    def positions_from(self, str text not None, startchars):
        """For each of these offsets, which ascend, the position of the first token that begins there or later.

        Offsets behind the last token's beginning have none, and are left out.
        """
        cdef TokenList found = TokenList(None)
        cdef size_t i = 0, count
        self.enter()
        try:
            found.fill(self, text)
            count = token_list_count(&found.list)
            positions = []
            for startchar in startchars:
                while i < count and token_startchar(token_list_at(&found.list, i)) < <size_t>startchar:
                    i += 1
                if i == count:
                    break
                positions.append(token_position(token_list_at(&found.list, i)))
            return positions
        finally:
            self.busy = False

    @property
    def counters(self):
        """What was done so far, by name.

        ``pieces`` walked over; of these ``derived`` from a piece that differs in case or punctuation, and ``analysed``
        by the analyzer; all others were known. ``kept`` pieces and ``terms`` are in the cache now, ``dropped`` is how
        often it was full.
        """
        cdef uint64_t[5] counts
        token_cache_counts(&self.state, counts)
        names = ("pieces", "derived", "analysed", "kept", "terms")
        return dict(zip(names, counts), dropped=token_cache_generation(&self.state))

    @property
    def memory_used(self):
        """Bytes that the cache takes."""
        return token_cache_memory(&self.state)

    cdef int enter(self) except -1:
        if self.busy:
            raise RuntimeError(
                "this TermTokenizer is at work already, in another thread or for its own analyzer; make one more"
            )
        self.busy = True
        return 0

    cdef str term(self, uint32_t number):
        """A term by its number; made into a string once."""
        cdef const term_table *terms = token_cache_terms(&self.state)
        self.forget_old_strings()
        if number >= <size_t>len(self.strings):
            self.strings.extend([None] * (term_count(terms) - len(self.strings)))
        text = self.strings[number]
        if text is None:
            text = PyUnicode_DecodeUTF8(<const char *>term_bytes(terms, number), term_length(terms, number), NULL)
            self.strings[number] = text
        return text

    cdef tuple variant(self, uint32_t number):
        """The printed word of a variant, and how many positions it takes; made once."""
        cdef const term_table *table = token_cache_variants(&self.state)
        cdef const uint8_t *word
        cdef size_t length
        self.forget_old_strings()
        if number >= <size_t>len(self.variants):
            self.variants.extend([None] * (term_count(table) - len(self.variants)))
        variant = self.variants[number]
        if variant is None:
            word, length = term_bytes(table, number), term_length(table, number) - 1
            variant = (PyUnicode_DecodeUTF8(<const char *>word, length, NULL), word[length])
            self.variants[number] = variant
        return variant

    cdef int forget_old_strings(self) except -1:
        """Numbers of the cache's last generation name other terms and variants."""
        if self.strings_generation != token_cache_generation(&self.state):
            self.strings, self.variants = [], []
            self.strings_generation = token_cache_generation(&self.state)
        return 0

    cdef int learn(self, text_walk *walk) except -1:
        """Have the piece learned at which the walk stopped: PIECE_KEPT or PIECE_FOUND."""
        cdef unknown_piece piece
        cdef size_t length
        cdef int width, status = derive_piece(&self.state, walk, &piece)
        cdef const void *chars
        if status == PIECE_UNKNOWN:
            chars = unknown_chars(&piece, walk, &length, &width)
            self.analyze(PyUnicode_FromKindAndData(width, chars, length), &piece)
            status = keep_analysed(&self.state, walk, &piece)
        raise_if(status)
        return status

    cdef int analyze(self, str text, const unknown_piece *piece) except -1:
        """Say what the tokens of a piece are."""
        cdef uint32_t length = len(text)
        if is_own_term(&self.state, piece):
            set_found_positions(&self.state, 1)
            return self.add_token(text, text, 1, 0, 0, length)
        if is_plain_word(piece) and self.word_terms is not None:
            printed = text.lower()[:MAX_PRINTED_CHARS]
            for term in self.word_terms(text):
                self.add_token(term, printed, 1, 0, 0, length)
                set_found_positions(&self.state, 1)
                printed = ""
            return 0
        if self.analyze_piece is not None:
            tokens, positions = self.analyze_piece(text)
        else:
            tokens = self.analyze_text(text)
            # A piece has no positions without tokens.
            positions = tokens[-1][1] + 1 if tokens else 0
        set_found_positions(&self.state, positions)
        for term, position, startchar, endchar, printed, taken in tokens:
            self.add_token(term, printed, taken, position, startchar, endchar)
        return 0

    cdef int add_token(self, str term, str printed, uint32_t taken, uint32_t position, uint32_t startchar,
                       uint32_t endchar) except -1:
        cdef Py_ssize_t length, printed_length
        cdef const char *utf8 = PyUnicode_AsUTF8AndSize(term, &length)
        cdef const char *printed_utf8 = PyUnicode_AsUTF8AndSize(printed, &printed_length)
        return raise_if(add_found_token(
            &self.state, <const uint8_t *>utf8, length, <const uint8_t *>printed_utf8, printed_length, taken, position,
            startchar, endchar,
        ))


cdef class TokenList:
    """Tokens of a text: all of them, or those of a few wanted terms."""

    cdef token_list list

    def __cinit__(self, wanted_count):
        raise_if(token_list_begin(&self.list, -1 if wanted_count is None else wanted_count))

    def __dealloc__(self):
        token_list_free(&self.list)

    cdef uint32_t want(self, TermTokenizer tokenizer, str term) except? 0xffffffff:
        """Want a term: its number in the tokenizer."""
        cdef uint32_t number = 0
        cdef Py_ssize_t length
        cdef const char *utf8 = PyUnicode_AsUTF8AndSize(term, &length)
        raise_if(term_number(token_cache_terms(&tokenizer.state), 0, <const uint8_t *>utf8, length, &number))
        token_list_want(&self.list, number)
        return number

    cdef int fill(self, TermTokenizer tokenizer, str text) except -1:
        cdef text_walk walk
        cdef const void *chars
        cdef size_t length
        cdef int width, status
        python_text(text, &chars, &length, &width)
        begin_walk(&walk, chars, length, width)
        raise_if(token_cache_begin(&tokenizer.state))
        while True:
            status = list_text(&tokenizer.state, &walk, &self.list)
            if status == WALK_DONE:
                return 0
            raise_if(status)
            if tokenizer.learn(&walk) == PIECE_FOUND:
                raise_if(list_found(&tokenizer.state, &walk, &self.list))

include "face.pxi"
