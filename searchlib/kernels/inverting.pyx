# cython: language_level=3, embedsignature=True
"""Articles → posting lists, compiled: `Inverter`.

Fronts ``indexing/``: postings are gathered in memory, and come out of it by `searchlib.kernels.building`. The GIL is
released while texts are inverted, and held while an analyzer is asked about an unknown piece.

Each object is for one thread at a time; different ones work side by side.
"""

import os
from array import array

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from libc.stddef cimport size_t
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free

from searchlib.kernels.borrowing cimport PyBuffer_Release, borrow_numbers
from searchlib.kernels.sentences cimport SentenceRules
from searchlib.kernels.tokenizing cimport WALK_STOPPED, TermTokenizer, python_text, raise_if, text_walk

__all__ = ["Inverter", "Layout"]


cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL


cdef int check_weight(double weight, double most) except -1:
    if not 0 <= weight <= most:
        raise ValueError(f"weight is {weight}; give a number from 0 to {most:g}")
    return 0


cdef int set_part(article_part *part, uint32_t field, TermTokenizer tokenizer, double weight,
                  uint64_t least_positions) except -1:
    check_weight(weight, 1e9)
    article_part_set(
        part, field, NULL if tokenizer is None else &tokenizer.state, <void *>tokenizer, weight, least_positions
    )
    return 0


cdef int gather_value(article_batch *batch, uint32_t part, str text) except -1:
    cdef const void *data
    cdef size_t length
    cdef Py_ssize_t utf8_length
    cdef int width = 1
    if text is None:
        raise TypeError("a value of an article is a string, not None")
    if article_batch_takes_terms(batch, part):
        data = PyUnicode_AsUTF8AndSize(text, &utf8_length)
        length = utf8_length
    else:
        python_text(text, &data, &length, &width)
    return raise_if(article_batch_add(batch, part, data, length, width))


cdef int gather(article_batch *batch, uint32_t part_count, tuple articles) except -1:
    """Note where the values of articles are; nobody can change them."""
    cdef uint32_t part
    cdef tuple values
    for values in articles:
        if len(values) != part_count:
            raise ValueError(f"an article has {len(values)} values for {part_count} parts")
        for part in range(part_count):
            given = values[part]
            if isinstance(given, tuple):
                for text in <tuple>given:
                    gather_value(batch, part, <str?>text)
            else:
                gather_value(batch, part, <str?>given)
        raise_if(article_batch_end_article(batch))
    return 0


cdef class Layout:
    """The parts of an article, in order.

    Args:
        parts: Of each its field, a `TermTokenizer`, or None where what is given is a term, what each token adds to the
            weight of its term (0 to 1e9), and how many positions a text takes at least. Parts of one field follow each
            other; each of their texts begins one position after the end of the one before.
        sentences: How sentences are found, by number of the part: its rules.
        sentence_field: The field whose one term stands where a sentence begins that is not the first of its text: as its
            variant "sentence", or "paragraph" where that begins too.
    """

    cdef article_part *parts
    cdef uint32_t count
    cdef list tokenizers
    cdef dict sentences

    def __cinit__(self, parts, *, sentences=None, uint32_t sentence_field=0):
        cdef TermTokenizer tokenizer
        cdef SentenceRules rules
        parts = list(parts)
        self.parts = <article_part *>calloc(len(parts) + 1, sizeof(article_part))
        if self.parts == NULL:
            raise MemoryError
        self.tokenizers = []
        for field, tokenizer, weight, least_positions in parts:
            set_part(&self.parts[self.count], field, tokenizer, weight, least_positions)
            self.count += 1
            if tokenizer is not None and tokenizer not in self.tokenizers:
                self.tokenizers.append(tokenizer)
        self.sentences = dict(sentences or ())
        for number, rules in self.sentences.items():
            if not 0 <= number < self.count:
                raise ValueError(f"there is no part {number} that could have sentences")
            article_part_set_sentences(&self.parts[number], &rules.rules, sentence_field)

    def __dealloc__(self):
        free(self.parts)


cdef class Inverter:
    """The postings of one segment, in memory, article by article.

    Articles are numbered 0, 1, 2, ... as they are finished; fields by the caller, 0 to 65,535. `add_articles` takes
    whole articles; `add_text`, `add_posting` and `finish_article` make one bit by bit, and tests compare it with these.
    After an exception the article under way is gone, with those of a batch that follow it, and nothing else.

    Args:
        scorable: The fields of which lengths are kept.
    """

    def __cinit__(self, scorable=()):
        seed = os.urandom(16)
        inverter_init(&self.state, <const uint8_t *>PyBytes_AS_STRING(seed))
        self.tokenizers = []
        for field in scorable:
            raise_if(make_scorable(&self.state, field))

    def __dealloc__(self):
        inverter_free(&self.state)

    def add_articles(self, Layout layout not None, articles, *, bint learn_first=False):
        """Add articles and finish each of them.

        Args:
            layout: What they consist of.
            articles: A sequence of tuples, with a value for each part: a text, a tuple of texts, or a term as a string.
            learn_first: Whether to have what is new in them analysed before any is added. It takes a little longer,
                and needs the GIL once, and not for each piece that is new.

        Returns:
            How many positions each part takes, article after article, or of several texts the last: an array.
        """
        cdef article_batch batch
        articles = tuple(articles)
        positions = array("I", bytes(4 * len(articles) * layout.count))
        cdef Py_buffer view
        borrow_numbers(positions, &view, c"I")
        article_batch_begin(&batch, layout.parts, layout.count, <uint32_t *> view.buf if len(positions) else NULL)
        self.enter(layout.tokenizers)
        try:
            gather(&batch, layout.count, articles)
            if learn_first:
                self.learn_unknown(&batch)
            self.invert(&batch)
        except BaseException:
            abort_article(&self.state)
            raise
        finally:
            self.leave(layout.tokenizers)
            article_batch_free(&batch)
            PyBuffer_Release(&view)
        return positions

    def add_text(self, uint32_t field, TermTokenizer tokenizer not None, str text not None, uint32_t base=0,
                 double weight=1.0):
        """Add the tokens of a text to a field of the article under way.

        Args:
            field: The field.
            tokenizer: Says what the tokens are.
            text: The text.
            base: Is added to all positions; none may be below those that a term already has in the field.
            weight: What each token adds to the weight of its term, 0 to 1e9.

        Returns:
            How many positions the text takes: one more than that of its last token, 0 without one.
        """
        cdef article_batch batch
        cdef article_part part
        cdef const void *data
        cdef size_t length
        cdef int width
        set_part(&part, field, tokenizer, weight, 0)
        article_batch_begin(&batch, &part, 1, NULL)
        self.enter((tokenizer,))
        try:
            python_text(text, &data, &length, &width)
            raise_if(need_field(&self.state, field))
            raise_if(article_batch_of_text(&batch, &part, data, length, width, base))
            self.invert(&batch)
            return article_batch_text_positions(&batch)
        except BaseException:
            abort_article(&self.state)
            raise
        finally:
            self.leave((tokenizer,))
            article_batch_free(&batch)

    def add_posting(self, uint32_t field, bytes term not None, double weight=1.0, bytes value not None=b"",
                    uint32_t length=0):
        """Add a term to a field of the article under way, with a value as the field's format has it.

        If the article has the term already, weights are added up and the value stays.

        Args:
            field: The field; not one that `add_text` gave this term.
            term: The term.
            weight: Its weight in the article, 0 to 1e30.
            value: At most 1 GiB.
            length: Is added to the length of the field.
        """
        check_weight(weight, 1e30)
        self.enter(())
        try:
            raise_if(add_posting(
                &self.state, field, <const uint8_t *>PyBytes_AS_STRING(term), PyBytes_GET_SIZE(term), weight,
                <const uint8_t *>PyBytes_AS_STRING(value), PyBytes_GET_SIZE(value), length,
            ))
        except BaseException:
            abort_article(&self.state)
            raise
        finally:
            self.leave(())

    def finish_article(self):
        """End the article under way, if only with nothing in it; returns its docnum."""
        self.enter(())
        try:
            raise_if(finish_article(&self.state))
            return inverter_article_count(&self.state) - 1
        finally:
            self.leave(())

    def abort_article(self):
        """Drop the article under way."""
        self.enter(())
        abort_article(&self.state)
        self.leave(())

    def lengths(self, uint32_t field):
        """The length of a scorable field in each finished article: what its terms weigh, each rounded; an array."""
        cdef const uint32_t *lengths = inverter_lengths(&self.state, field)
        cdef Py_ssize_t count = inverter_article_count(&self.state)
        if lengths == NULL and count:
            raise ValueError(f"field {field} is not scorable")
        return array("I", PyBytes_FromStringAndSize(<const char *>lengths, count * sizeof(uint32_t)))

    @property
    def article_count(self):
        """How many articles are finished."""
        return inverter_article_count(&self.state)

    @property
    def posting_count(self):
        """How many postings they have."""
        return inverter_posting_count(&self.state)

    @property
    def memory_used(self):
        """Bytes that all of it takes."""
        return inverter_memory(&self.state)

    cdef int invert(self, article_batch *batch) except -1:
        """Invert a batch, with what is unknown in it learned on the way."""
        cdef void *owner
        cdef text_walk *walk
        cdef int status
        while True:
            with nogil:
                status = article_batch_invert(batch, &self.state)
            if status != WALK_STOPPED:
                return raise_if(status)
            walk = article_batch_stopped(batch, &owner)
            raise_if(article_batch_go_on(batch, (<TermTokenizer>owner).learn(walk)))

    cdef int learn_unknown(self, article_batch *batch) except -1:
        """Have what is unknown in a batch learned."""
        cdef void *owner
        cdef text_walk *walk
        cdef uint32_t next = 0
        cdef int failed
        with nogil:
            failed = article_batch_note_unknown(batch)
        raise_if(failed)
        while True:
            walk = article_batch_unknown(batch, &next, &owner)
            if walk == NULL:
                return 0
            (<TermTokenizer>owner).learn(walk)

    cdef int enter(self, tokenizers) except -1:
        """Be at work, with all these tokenizers; they live as long as terms are remembered of them."""
        cdef list entered = []
        if self.busy:
            raise RuntimeError("this Inverter is at work in another thread; make one for each")
        self.busy = True
        try:
            for one in tokenizers:
                (<TermTokenizer>one).enter()
                entered.append(one)
        except RuntimeError:
            self.leave(entered)
            abort_article(&self.state)
            raise
        self.tokenizers.extend([one for one in tokenizers if one not in self.tokenizers])
        return 0

    cdef int leave(self, tokenizers) except -1:
        for one in tokenizers:
            (<TermTokenizer>one).busy = False
        self.busy = False
        return 0

include "face.pxi"
