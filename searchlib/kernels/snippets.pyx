# cython: language_level=3, embedsignature=True
"""Snippets, compiled: what matched in the fields of an article → the passages worth reading.

This module converts between Python and the headers in ``snippets/``, which say what a sentence, a fragment and a passage
are. What takes word lists or Unicode's tables is asked of the functions that `SnippetRules` is given.

`SnippetRules` and `Matches` do not change once they are made, and any number of threads may share them. `Sentences` is
for one thread at a time.
"""

from cpython.unicode cimport (
    PyUnicode_1BYTE_KIND, PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_GET_LENGTH, PyUnicode_KIND,
)
from libc.stdint cimport int64_t, uint8_t, uint32_t
from libc.stdlib cimport free, malloc

from searchlib.kernels.sentences cimport SentenceRules, sentence_rules

__all__ = ["Matches", "Sentences", "SnippetRules", "choose_passages", "match_occurrences", "match_words"]


cdef extern from "bytes/python_text.h":
    int python_text_ready(object text) except -1


cdef extern from "snippets/passages.h":
    """
    /* Cython functions say so by this number that they raised. */
    _Static_assert(FAULT_RAISED == -5, "the callbacks of snippets.pyx are declared with `except -5`");

    static int python_is_space(uint32_t c) { return Py_UNICODE_ISSPACE((Py_UCS4)c); }
    static text_questions python_questions = {.is_space = python_is_space};

    static void set_questions(int (*is_between_words)(void *, int64_t), int64_t (*grapheme_start)(void *, int64_t),
                              int64_t (*grapheme_end)(void *, int64_t)) {
        python_questions.is_between_words = is_between_words;
        python_questions.grapheme_start = grapheme_start;
        python_questions.grapheme_end = grapheme_end;
    }
    """
    enum:
        FAULT_MEMORY
        FAULT_RAISED
    ctypedef struct text_questions:
        pass
    ctypedef struct snippet_text:
        pass
    ctypedef struct sentence:
        pass
    ctypedef struct sentence_list:
        pass
    ctypedef struct snippet_matches:
        pass
    ctypedef struct field_passages:
        pass

    text_questions python_questions
    void set_questions(int (*)(void *, int64_t) except -5, int64_t (*)(void *, int64_t) except -5,
                       int64_t (*)(void *, int64_t) except -5)
    snippet_text make_text(const void *chars, int width, int64_t length, const text_questions *ask, void *context)
    int64_t fold_ascii(const snippet_text *t, int64_t start, int64_t end, char *out)

    sentence make_sentence(int64_t start, int64_t end)
    int read_sentence(const sentence *one, int64_t *start, int64_t *end)
    void sentences_init(sentence_list *s, const snippet_text *text, const sentence_rules *rules)
    void sentences_free(sentence_list *s)
    int sentence_at(sentence_list *s, int64_t at, sentence *out)
    int sentence_after(sentence_list *s, const sentence *one, sentence *out)
    int sentence_before(sentence_list *s, const sentence *one, sentence *out)

    void matches_free(snippet_matches *m)
    int matches_reserve(snippet_matches *m, int64_t occurrences, int64_t marks)
    int add_occurrence(snippet_matches *m, int64_t start, int64_t end, int64_t first, int64_t last, uint32_t term)
    int add_word(snippet_matches *m, int64_t start, int64_t end, int64_t position, uint32_t term)
    int add_mark(snippet_matches *m, int64_t start, int64_t end)
    int mark_occurrences(snippet_matches *m)
    int settle_matches(snippet_matches *m, uint32_t n_terms, int64_t max_of_term)
    int are_within(const snippet_matches *m, int64_t length)
    int64_t n_marks_of(const snippet_matches *m)
    uint32_t n_terms_of(const snippet_matches *m)
    int64_t first_mark_after(const snippet_matches *m, int64_t at)
    int clip_mark(const snippet_matches *m, int64_t number, int64_t *start, int64_t *end)

    ctypedef int (*repeat_check)(void *, int64_t, int64_t, int64_t) except -5
    field_passages *passages_alloc(int64_t n)
    void passages_free(field_passages *fields, int64_t n)
    field_passages *field_of(field_passages *fields, int64_t number)
    int field_init(field_passages *f, const snippet_text *text, const sentence_rules *rules,
                   const snippet_matches *matches, int64_t passage_chars, int64_t count)
    int take_passages "choose_passages"(
        field_passages *fields, int64_t n, const int64_t *worths, uint32_t n_terms, int64_t count,
        repeat_check is_repeated, void *context)
    int64_t n_taken_of(const field_passages *f)
    int passage_of(const field_passages *f, int64_t number, int64_t *start, int64_t *end)


cdef int checked(int result) except -1:
    """The result of a function of the headers, unless it is a fault; of FAULT_RAISED the error is set already."""
    if result == FAULT_RAISED:
        return -1
    if result == FAULT_MEMORY:
        raise MemoryError
    if result < 0:
        raise ValueError(f"a kernel failed with {result}")
    return result


cdef class SnippetRules:
    """What ends sentences, and who is asked in doubt.

    Args:
        sentences: What ends sentences.
        is_between_words: Text and offset → whether a piece may end there; asked about characters from U+0300 on.
        grapheme_start: Text and offset → the nearest offset at or before it that is inside no grapheme.
        grapheme_end: The same, at or after it.
    """

    cdef SentenceRules sentences
    cdef object is_between_words, grapheme_start, grapheme_end

    def __cinit__(self, *, SentenceRules sentences not None, is_between_words, grapheme_start, grapheme_end):
        self.sentences, self.is_between_words = sentences, is_between_words
        self.grapheme_start, self.grapheme_end = grapheme_start, grapheme_end


cdef class Text:
    """A text as the headers take it, which asks its rules in doubt."""

    cdef str chars
    cdef SnippetRules rules
    cdef snippet_text view

    def __cinit__(self, str chars not None, SnippetRules rules not None):
        python_text_ready(chars)
        self.chars, self.rules = chars, rules
        self.view = make_text(
            PyUnicode_DATA(chars), PyUnicode_KIND(chars), PyUnicode_GET_LENGTH(chars), &python_questions, <void *>self
        )

    cdef str folded(self, int64_t start, int64_t end):
        """A piece in the form in which two that read alike are equal."""
        cdef int64_t n
        cdef char *buffer = <char *>malloc(max(end - start, 1))
        if not buffer:
            raise MemoryError
        try:
            n = fold_ascii(&self.view, start, end, buffer)
            if n >= 0:
                return PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, buffer, n)
        finally:
            free(buffer)
        return " ".join(self.chars[start:end].split()).casefold()


cdef int is_between_words(void *context, int64_t at) except -5:
    cdef Text text = <Text>context
    return bool(text.rules.is_between_words(text.chars, at))


cdef int64_t grapheme_start(void *context, int64_t at) except -5:
    cdef Text text = <Text>context
    return text.rules.grapheme_start(text.chars, at)


cdef int64_t grapheme_end(void *context, int64_t at) except -5:
    cdef Text text = <Text>context
    return text.rules.grapheme_end(text.chars, at)


set_questions(is_between_words, grapheme_start, grapheme_end)


cdef class Sentences:
    """The sentences of a text, each as (startchar, endchar, is_prose).

    Args:
        text: The text, not blank.
        rules: What ends sentences.
    """

    cdef Text text
    cdef sentence_list sentences

    def __cinit__(self, str text not None, SnippetRules rules not None):
        if not text or text.isspace():
            raise ValueError("a blank text has no sentences")
        self.text = Text(text, rules)
        sentences_init(&self.sentences, &self.text.view, &rules.sentences.rules)

    def __dealloc__(self):
        sentences_free(&self.sentences)

    def at(self, int64_t at):
        """The last sentence that begins at or before character `at`, or else the first."""
        cdef sentence found
        self.check(at)
        checked(sentence_at(&self.sentences, at, &found))
        return made(&found)

    def after(self, of):
        """The sentence that follows; None after the last."""
        cdef sentence given = make_sentence(of[0], of[1]), found
        if of[1] < 0:
            raise IndexError(f"there is no character {of[1]:,}")
        return made(&found) if checked(sentence_after(&self.sentences, &given, &found)) else None

    def before(self, of):
        """The sentence that comes before; None before the first."""
        cdef sentence given = make_sentence(of[0], of[1]), found
        self.check(of[0])
        return made(&found) if checked(sentence_before(&self.sentences, &given, &found)) else None

    cdef int check(self, int64_t at) except -1:
        if not 0 <= at < len(self.text.chars):
            raise IndexError(f"there is no character {at:,} in a text of {len(self.text.chars):,}")
        return 0


cdef tuple made(const sentence *one):
    cdef int64_t start = 0, end = 0
    is_prose = read_sentence(one, &start, &end) != 0
    return start, end, is_prose


cdef class Matches:
    """What matched in one text. `match_words` and `match_occurrences` make it; without them it is empty."""

    cdef snippet_matches found

    def __dealloc__(self):
        matches_free(&self.found)

    def marks(self, mark, int64_t start, int64_t end):
        """What is marked of characters `start` to `end`, as a tuple of `mark`, a named tuple of start and end."""
        cdef int64_t number, low, high
        new = tuple.__new__
        marks = []
        for number in range(first_mark_after(&self.found, start), n_marks_of(&self.found)):
            low, high = start, end
            if not clip_mark(&self.found, number, &low, &high):
                break
            marks.append(new(mark, (low, high)))
        return tuple(marks)


def match_words(list found not None, list terms not None, uint32_t n_terms, int64_t max_of_term):
    """What matched in a text of which only words are asked.

    Args:
        found: Of each token that is one of the words: position, startchar, endchar, and which word; in order of
            position. Of two tokens of a query term at one position the later counts.
        terms: For each word the number of its query term; -1 if it does not count.
        n_terms: The number of query terms.
        max_of_term: How many occurrences of a term are weighed, the first. All are marked.

    Raises:
        ValueError: A number of a term is not below `n_terms`.
    """
    cdef int64_t term
    cdef Matches matches = Matches()
    checked(matches_reserve(&matches.found, len(found), len(found)))
    for position, startchar, endchar, which in found:
        term = terms[which]
        if term < 0:
            continue
        if term >= n_terms:
            raise ValueError(f"there is no query term {term}")
        checked(add_word(&matches.found, startchar, endchar, position, <uint32_t>term))
    checked(mark_occurrences(&matches.found))
    checked(settle_matches(&matches.found, n_terms, max_of_term))
    return matches


def match_occurrences(dict found not None, uint32_t n_terms, int64_t max_of_term):
    """What matched in a text of which phrases are asked too.

    Args:
        found: Number of a query term → its occurrences as (first, last, ranges): positions, and the characters that it
            covers, as (start, end), in order. `n_terms` and `max_of_term` are those of `match_words`.

    Raises:
        ValueError: A number of a term is not below `n_terms`.
    """
    cdef Matches matches = Matches()
    for term, occurrences in found.items():
        if not 0 <= term < n_terms:
            raise ValueError(f"there is no query term {term}")
        for first, last, ranges in occurrences:
            checked(add_occurrence(&matches.found, ranges[0][0], ranges[-1][1], first, last, term))
            for start, end in ranges:
                checked(add_mark(&matches.found, start, end))
    checked(settle_matches(&matches.found, n_terms, max_of_term))
    return matches


cdef class Pieces:
    """What the title and the passages taken say, to know what repeats them."""

    cdef SnippetRules rules
    cdef list texts, pieces
    cdef str title


cdef int is_repeated(void *context, int64_t field, int64_t start, int64_t end) except -5:
    """Whether a piece says what the title or a passage says, or all that a passage says."""
    cdef Pieces known = <Pieces>context
    cdef str piece = (<Text>known.texts[field]).folded(start, end), other
    cdef Py_ssize_t number
    if known.pieces is None:
        known.pieces = [Text(known.title, known.rules).folded(0, len(known.title))]
    for number in range(len(known.pieces)):
        other = known.pieces[number]
        if piece in other or (number and other in piece):
            return 1
    known.pieces.append(piece)
    return 0


def choose_passages(SnippetRules rules not None, list fields not None, list weights not None, *, int64_t count,
                    int64_t passage_chars, str title not None, mark):
    """The best passages of an article, in reading order: at least one if there is a field. See ``snippets/passages.h``.

    Args:
        rules: What ends sentences.
        fields: (name, text, `Matches`) of each field, in reading order. No text is blank.
        weights: For each query term, how much showing it is worth.
        count: How many passages at most, from 1 on.
        passage_chars: The length of a passage at most, from 1 on.
        title: The title, which is shown anyway.
        mark: A named tuple of start and end.

    Returns:
        Tuples of the field's name, the piece, where it begins, its marks, whether its beginning is inside a sentence,
        whether its end is.

    Raises:
        ValueError: A count or length is below 1, or matches are not of their text.
    """
    cdef int64_t n = len(fields), number
    cdef Pieces pieces = Pieces()
    cdef Text text
    cdef field_passages *taken = NULL
    cdef int64_t *worths = NULL
    if count < 1 or passage_chars < 1:
        raise ValueError("a passage has at least one character, and there is at least one passage")
    pieces.rules, pieces.title = rules, title
    pieces.texts = [Text(chars, rules) for _, chars, _ in fields]
    try:
        taken = passages_alloc(n)
        worths = <int64_t *>malloc((len(weights) + 1) * sizeof(int64_t))
        if not taken or not worths:
            raise MemoryError
        for number in range(len(weights)):
            worths[number] = weights[number]
        for number in range(n):
            text = pieces.texts[number]
            init_field(field_of(taken, number), text, fields[number][2], len(weights), passage_chars, count)
        checked(take_passages(taken, n, worths, <uint32_t>len(weights), count, is_repeated, <void *>pieces))
        passages = []
        for number in range(n):
            name, chars, matches = fields[number]
            list_passages(passages, field_of(taken, number), name, chars, matches, mark)
        return passages
    finally:
        passages_free(taken, n)
        free(worths)


cdef int init_field(field_passages *field, Text text, Matches matches, Py_ssize_t n_terms, int64_t passage_chars,
                    int64_t count) except -1:
    if n_terms_of(&matches.found) > n_terms or not are_within(&matches.found, len(text.chars)):
        raise ValueError("the matches are not of this text and this query")
    return checked(field_init(field, &text.view, &text.rules.sentences.rules, &matches.found, passage_chars, count))


cdef int list_passages(list passages, const field_passages *field, name, str chars, Matches matches, mark) except -1:
    cdef int64_t number, start = 0, end = 0
    cdef int inside
    for number in range(n_taken_of(field)):
        inside = passage_of(field, number, &start, &end)
        marks = matches.marks(mark, start, end)
        passages.append((name, chars[start:end], start, marks, inside & 1 != 0, inside & 2 != 0))
    return 0

include "face.pxi"
