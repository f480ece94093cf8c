# cython: language_level=3, embedsignature=True
"""Text → sentences and paragraphs, compiled: `SentenceRules`.

`searchlib.analysis.sentences` alone has the rules of each language; the headers in ``sentences/`` say what they mean.
An object does not change once it is made, and any number of threads may share it.
"""

from libc.stddef cimport size_t
from libc.stdint cimport int64_t, uint32_t

__all__ = ["SentenceRules"]


cdef extern from "bytes/python_text.h":
    int python_text(str text, const void **data, size_t *length, int *width) except -1


cdef extern from "sentences/walk.h":
    """
    static uint32_t python_kinds(uint32_t c) {
        uint32_t kinds = Py_UNICODE_ISSPACE((Py_UCS4)c) ? SPACE_CHAR : 0;
        if (Py_UNICODE_ISALNUM((Py_UCS4)c)) kinds |= WORD_CHAR;
        if (Py_UNICODE_ISALPHA((Py_UCS4)c)) kinds |= LETTER_CHAR;
        if (Py_UNICODE_ISLOWER((Py_UCS4)c)) kinds |= LOWER_CHAR;
        if (Py_UNICODE_ISUPPER((Py_UCS4)c) || Py_UNICODE_ISTITLE((Py_UCS4)c)) kinds |= UPPER_CHAR;
        if (Py_UNICODE_ISDECIMAL((Py_UCS4)c)) kinds |= DIGIT_CHAR;
        return kinds;
    }
    static uint32_t python_to_lower(uint32_t c) { return Py_UNICODE_TOLOWER((Py_UCS4)c); }
    static const char_questions python_chars = {python_kinds, python_to_lower};
    """
    const char_questions python_chars
    enum:
        FULL_STOP
        ELLIPSIS
        QUESTION
        BAR
        DOUBLED_BAR
        LINE_BREAK
        GAP
        CLOSER
        OPENER
        FOOTNOTE
        RESUMER
        NEVER_LAST
        SELDOM_LAST
        BEFORE_NUMBER
        AFTER_NUMBER
        OFTEN_LAST
        STARTER
        SAYING
        JOINER
        ENDING
        CAPITALISED
        ORDINALS
        NAMED_ORDINALS
        STOPS_SHORTEN
    void rules_init(sentence_rules *r, char_questions ask, uint32_t habits)
    void rules_free(sentence_rules *r)
    int rules_add_char(sentence_rules *r, uint32_t c, uint32_t classes)
    int has_end(const sentence_rules *r, const text_view *v, int64_t start, int64_t end)
    int rules_add_word(sentence_rules *r, const text_view *v, uint32_t known)


_CLASSES = {
    "full_stops": FULL_STOP, "ellipses": ELLIPSIS, "questions": QUESTION, "bars": BAR, "doubled_bars": DOUBLED_BAR,
    "line_breaks": LINE_BREAK, "gaps": GAP, "closers": CLOSER, "openers": OPENER, "footnotes": FOOTNOTE,
    "resumers": RESUMER,
}
_KINDS = {
    "never_last": NEVER_LAST, "seldom_last": SELDOM_LAST, "before_number": BEFORE_NUMBER,
    "after_number": AFTER_NUMBER, "often_last": OFTEN_LAST, "starters": STARTER, "sayings": SAYING,
    "joiners": JOINER, "endings": ENDING,
}
_SHORTENED = NEVER_LAST | SELDOM_LAST | BEFORE_NUMBER | AFTER_NUMBER | OFTEN_LAST


cdef class SentenceRules:
    """Where sentences and paragraphs end in a language.

    Args:
        characters: Classes of characters; ``sentences/rules.h`` says what they are. The names are "full_stops",
            "ellipses", "questions", "bars", "doubled_bars", "line_breaks", "gaps", "closers", "openers", "footnotes"
            and "resumers".
        words: Kinds of words, likewise: "never_last", "seldom_last", "before_number", "after_number", "often_last",
            "starters",
            "joiners", "endings" and "sayings". A shortened word that is given with a capital is one only where it has
            one.
        ordinals: Whether a full stop after a figure makes it an ordinal.
        named_ordinals: Whether what an ordinal counts may have a capital.
        stops_shorten: Whether full stops end no sentences, but shorten words.

    Raises:
        ValueError: A class or kind is unknown, a word is empty or longer than 24 characters, or there are too many
            characters.
    """

    def __cinit__(self, *, dict characters not None, dict words not None, bint ordinals=False,
                  bint named_ordinals=False, bint stops_shorten=False):
        rules_init(&self.rules, python_chars, (ORDINALS if ordinals else 0) | (NAMED_ORDINALS if named_ordinals else 0)
                   | (STOPS_SHORTEN if stops_shorten else 0))
        for name, chars in characters.items():
            for char in map(ord, chars):
                self.checked(rules_add_char(&self.rules, char, self.number_of(_CLASSES, name)))
        # A word that is shortened in small letters too is shortened however it is written.
        small = {word for name, kind in words.items() for word in kind if self.number_of(_KINDS, name) & _SHORTENED
                 and word[:1] == word[:1].lower()}
        for name, kind in words.items():
            for word in kind:
                known = self.number_of(_KINDS, name)
                if known & _SHORTENED and word[:1] != word[:1].lower() and word.lower() not in small:
                    known |= CAPITALISED
                self.add_word(word, known)

    def __dealloc__(self):
        rules_free(&self.rules)

    def sentences(self, str text not None):
        """Every sentence as (startchar, endchar, ends_paragraph), in order, without white space around it.

        Together they hold every character but white space. The last ends a paragraph. A blank text has none.
        """
        cdef sentence_walk walk
        cdef text_sentence found
        cdef int64_t start = 0, end = 0, following = 0
        self.begin(text, &walk)
        sentences = []
        while next_sentence(&walk, &found):
            ends_paragraph = read_found(&found, &start, &end, &following) != 0
            sentences.append((start, end, ends_paragraph))
        return sentences

    def has_end(self, str text not None):
        """Whether the text ends as a sentence does: with a full stop and what closes after it, and white space."""
        cdef const void *data
        cdef size_t length
        cdef int width
        cdef text_view view
        python_text(text, &data, &length, &width)
        view = make_view(data, length, width)
        return has_end(&self.rules, &view, 0, length) != 0

    cdef int begin(self, str text, sentence_walk *walk) except -1:
        cdef const void *data
        cdef size_t length
        cdef int width
        python_text(text, &data, &length, &width)
        begin_sentences(walk, &self.rules, make_view(data, length, width))
        return 0

    cdef int add_word(self, str word, uint32_t known) except -1:
        cdef const void *data
        cdef size_t length
        cdef int width
        cdef text_view view
        python_text(word, &data, &length, &width)
        view = make_view(data, length, width)
        return self.checked(rules_add_word(&self.rules, &view, known))

    cdef uint32_t number_of(self, dict names, name) except 0:
        if name not in names:
            raise ValueError(f"there is no {name!r} in the rules of sentences; choose from {', '.join(names)}")
        return names[name]

    cdef int checked(self, int fault) except -1:
        if fault == FAULT_MEMORY:
            raise MemoryError
        if fault:
            raise ValueError("a word is empty or longer than 24 characters, or there are too many characters")
        return 0


include "face.pxi"
