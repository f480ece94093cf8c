# cython: language_level=3, embedsignature=True
"""Articles → posting lists, compiled: `Inverter`.

Postings are gathered in memory (indexing/inverter.h) and handed out in the order of a segment (indexing/flush.h). The GIL is released
while texts are gone over, except where an analyzer is asked about a piece that is new.

Each object is for one thread at a time; different ones work side by side.
"""

import os
from array import array

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from libc.stddef cimport size_t
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, realloc
from libc.string cimport memcpy, memset

from searchlib.kernels.tokenizing cimport (
    FAULT_MEMORY,
    MAX_PIECE,
    PIECE_FOUND,
    WALK_DONE,
    WALK_STOPPED,
    TermTokenizer,
    raise_if,
    start_walk,
    text_walk,
    tokenizer,
)

__all__ = ["Inverter", "Layout"]


cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL


cdef extern from "indexing/token_cache.h" nogil:
    int token_cache_begin(tokenizer *t)
    int find_unknown(tokenizer *t, text_walk *walk)


cdef extern from "indexing/inverter.h" nogil:
    ctypedef struct text_target:
        pass

    size_t inverter_memory(const inverter *v)
    void inverter_free(inverter *v)
    int need_field(inverter *v, uint32_t field)
    int begin_text(inverter *v, uint32_t field, tokenizer *t, uint64_t base, double weight, text_target *target)
    int invert_text(text_target *target, text_walk *walk)
    int invert_found(text_target *target, text_walk *walk)
    void end_text(text_target *target, const text_walk *walk)
    int add_posting(inverter *v, uint32_t field, const uint8_t *term, size_t term_length, double weight,
                    const uint8_t *value, size_t value_length, uint64_t length)
    int finish_article(inverter *v)
    void abort_article(inverter *v)


cdef extern from "indexing/flush.h" nogil:
    ctypedef struct sorted_term:
        uint32_t term
    ctypedef struct posting_flush:
        sorted_term *terms
        size_t n_terms
    int flush_begin(posting_flush *f, const inverter *v, const int32_t *docnum_map)
    int flush_term(posting_flush *f, uint32_t term, const posting_sink *sink)
    void flush_end(posting_flush *f)


cdef int raise_without_gil(int fault) except -1 nogil:
    if fault < 0:
        with gil:
            raise_if(fault)
    return 0


cdef article_part checked_part(
    uint32_t field, TermTokenizer tokenizer, double weight, uint64_t least_positions
) except *:
    cdef article_part part
    if not 0 <= weight <= 1e9:
        raise ValueError(f"weight is {weight}; give a number from 0 to 1e9")
    part.field = field
    part.weight = weight
    part.least_positions = least_positions
    part.tokens = NULL if tokenizer is None else &tokenizer.state
    part.tokenizer = <void *>tokenizer
    return part


cdef batch_value *next_value(batch_value **values, size_t *count) noexcept nogil:
    """One more of an array that grows; NULL where there is no memory for it."""
    cdef batch_value *more
    # There is room up to the next power of two.
    if not count[0] & (count[0] - 1):
        more = <batch_value *>realloc(values[0], (2 * count[0] + 1) * sizeof(batch_value))
        if more == NULL:
            return NULL
        values[0] = more
    more = &values[0][count[0]]
    memset(more, 0, sizeof(batch_value))
    count[0] += 1
    return more


cdef int collect_value(batch *b, uint32_t part, given) except -1:
    cdef str text = <str?>given
    cdef batch_value *value = next_value(&b.values, &b.count)
    cdef Py_ssize_t length
    if value == NULL:
        raise MemoryError
    value.part = part
    if b.parts[part].tokens != NULL:
        return start_walk(&value.walk, text)
    value.walk.data = PyUnicode_AsUTF8AndSize(text, &length)
    value.walk.length = length
    return 0


cdef int collect(batch *b, tuple articles) except -1:
    """Note where the values of articles are; nobody can change them."""
    cdef uint32_t part
    cdef tuple values
    cdef batch_value *end
    for values in articles:
        if len(values) != b.part_count:
            raise ValueError(f"an article has {len(values)} values for {b.part_count} parts")
        for part in range(b.part_count):
            given = values[part]
            if isinstance(given, tuple):
                for text in <tuple>given:
                    collect_value(b, part, text)
            else:
                collect_value(b, part, given)
        end = next_value(&b.values, &b.count)
        if end == NULL:
            raise MemoryError
        end.part = b.part_count
    return 0


cdef enum:
    # So many pieces are learned at a time; what is new after them is learned when it is come to.
    MOST_UNKNOWN = 4096


cdef int note_unknown(batch *b) noexcept nogil:
    """Note the first pieces that no tokenizer knows and that one can keep; 0, or a fault."""
    cdef size_t i
    cdef text_walk walk
    cdef tokenizer *tokens
    cdef batch_value *noted
    for i in range(b.count):
        if b.values[i].part == b.part_count or b.parts[b.values[i].part].tokens == NULL:
            continue
        tokens = b.parts[b.values[i].part].tokens
        if token_cache_begin(tokens):
            return FAULT_MEMORY
        walk = b.values[i].walk
        while find_unknown(tokens, &walk) == WALK_STOPPED:
            if walk.piece_length <= MAX_PIECE:
                if b.unknown_count == MOST_UNKNOWN:
                    return 0
                noted = next_value(&b.unknown, &b.unknown_count)
                if noted == NULL:
                    return FAULT_MEMORY
                noted.part = b.values[i].part
                noted.walk = walk
            walk.at += walk.piece_length
    return 0


cdef class Layout:
    """The parts of an article, in order.

    Args:
        parts: Of each its field, a `TermTokenizer`, or None where what is given is a term, what each token adds to the
            weight of its term (0 to 1e9), and how many positions a text takes at least. Parts of one field follow each
            other; each of their texts begins one position after the end of the one before.
    """

    cdef article_part *parts
    cdef uint32_t count
    cdef list tokenizers

    def __cinit__(self, parts):
        cdef TermTokenizer tokenizer
        parts = list(parts)
        self.parts = <article_part *>calloc(len(parts) + 1, sizeof(article_part))
        if self.parts == NULL:
            raise MemoryError
        self.tokenizers = []
        for field, tokenizer, weight, least_positions in parts:
            self.parts[self.count] = checked_part(field, tokenizer, weight, least_positions)
            self.count += 1
            if tokenizer is not None and tokenizer not in self.tokenizers:
                self.tokenizers.append(tokenizer)

    def __dealloc__(self):
        free(self.parts)


cdef class Inverter:
    """The postings of one segment, in memory, article by article.

    Articles are numbered 0, 1, 2, ... as they are finished; fields by the caller, 0 to 65,535. `add_articles` takes
    whole articles; `add_text`, `add_posting` and `finish_article` make one bit by bit, and are what it is compared with.
    After an exception the article under way is gone, with those of a batch that follow it, and nothing else.

    Args:
        scorable: The fields of which lengths are kept.
    """

    def __cinit__(self, scorable=()):
        seed = os.urandom(16)
        memcpy(self.state.terms.seed, PyBytes_AS_STRING(seed), 16)
        self.tokenizers = []
        for field in scorable:
            raise_if(need_field(&self.state, field))
            self.state.fields[<uint32_t>field].scorable = True

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
        cdef batch b
        cdef batch_value *at
        cdef size_t i
        cdef int failed
        articles = tuple(articles)
        spans = array("I", bytes(4 * len(articles) * layout.count))
        cdef uint32_t[::1] view = spans
        memset(&b, 0, sizeof(b))
        b.parts = layout.parts
        b.part_count = layout.count
        b.spans = &view[0] if len(spans) else NULL
        self.enter()
        entered = []
        try:
            for one in layout.tokenizers:
                (<TermTokenizer>one).enter()
                entered.append(one)
            self.keep(layout.tokenizers)
            collect(&b, articles)
            if learn_first:
                with nogil:
                    failed = note_unknown(&b)
                raise_if(failed)
                for i in range(b.unknown_count):
                    at = &b.unknown[i]
                    # What is full forgets all of it before the next text.
                    if not b.parts[at.part].tokens.full:
                        (<TermTokenizer>b.parts[at.part].tokenizer).learn(&at.walk)
            with nogil:
                self.invert_batch(&b)
        except BaseException:
            abort_article(&self.state)
            raise
        finally:
            for one in entered:
                (<TermTokenizer>one).busy = False
            self.busy = False
            free(b.values)
            free(b.unknown)
        return spans

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
        cdef text_walk walk
        cdef article_part part = checked_part(field, tokenizer, weight, 0)
        self.enter()
        try:
            tokenizer.enter()
            try:
                self.keep([tokenizer])
                start_walk(&walk, text)
                with nogil:
                    self.invert(&part, &walk, base)
                return walk.end_position
            finally:
                tokenizer.busy = False
        except BaseException:
            abort_article(&self.state)
            raise
        finally:
            self.busy = False

    def add_posting(self, uint32_t field, bytes term not None, double weight=1.0, bytes value not None=b"",
                    uint32_t length=0):
        """Add a term to a field of the article under way, with a value as the field's format has it.

        Where the article has the term already, weights are added up and the value stays.

        Args:
            field: The field; not one that `add_text` gave this term.
            term: The term.
            weight: Its weight in the article, 0 to 1e30.
            value: At most 1 GiB.
            length: Is added to the length of the field.
        """
        if not 0 <= weight <= 1e30:
            raise ValueError(f"weight is {weight}; give a number from 0 to 1e30")
        self.enter()
        try:
            raise_if(add_posting(
                &self.state, field, <const uint8_t *>PyBytes_AS_STRING(term), PyBytes_GET_SIZE(term), weight,
                <const uint8_t *>PyBytes_AS_STRING(value), PyBytes_GET_SIZE(value), length,
            ))
        except BaseException:
            abort_article(&self.state)
            raise
        finally:
            self.busy = False

    def finish_article(self):
        """End the article under way, if only with nothing in it; returns its docnum."""
        self.enter()
        try:
            raise_if(finish_article(&self.state))
            return self.state.n_articles - 1
        finally:
            self.busy = False

    def abort_article(self):
        """Drop the article under way."""
        self.enter()
        abort_article(&self.state)
        self.busy = False

    def lengths(self, uint32_t field):
        """The length of a scorable field in each finished article: what its terms weigh, each rounded; an array."""
        cdef const uint32_t *lengths = inverter_lengths(&self.state, field)
        if lengths == NULL and self.state.n_articles:
            raise ValueError(f"field {field} is not scorable")
        return array("I", PyBytes_FromStringAndSize(<const char *>lengths, self.state.n_articles * sizeof(uint32_t)))

    def postings(self, docnum_map=None):
        """All posting lists, by field and term; not to be used while articles are added.

        Args:
            docnum_map: For each finished article the docnum that it is to have, a negative number to leave it out.

        Yields:
            Field, term, and a list of (docnum, weight, value) by docnum, which is not empty.
        """
        cdef size_t i
        lists = PostingLists(self, docnum_map)
        for i in range(lists.flush.n_terms):
            found = lists.next_list(i)
            if found is not None:
                yield found

    @property
    def article_count(self):
        """How many articles are finished."""
        return self.state.n_articles

    @property
    def posting_count(self):
        """How many postings they have."""
        return self.state.n_postings

    @property
    def memory_used(self):
        """Bytes that all of it takes."""
        return inverter_memory(&self.state)

    cdef int invert(self, const article_part *part, text_walk *walk, uint64_t base) except -1 nogil:
        """Add a text to the article under way."""
        cdef text_target target
        cdef int status = begin_text(&self.state, part.field, part.tokens, base, part.weight, &target)
        while not status:
            status = invert_text(&target, walk)
            if status == WALK_DONE:
                end_text(&target, walk)
                return 0
            if status == WALK_STOPPED:
                with gil:
                    status = (<TermTokenizer>part.tokenizer).learn(walk)
                status = invert_found(&target, walk) if status == PIECE_FOUND else 0
        return raise_without_gil(status)

    cdef int invert_batch(self, batch *b) except -1 nogil:
        """Add all articles of a batch."""
        cdef size_t i
        cdef uint64_t base = 0
        cdef uint32_t article = 0
        cdef int64_t field = -1
        cdef int status
        cdef batch_value *value
        cdef const article_part *part
        for i in range(b.count):
            value = &b.values[i]
            if value.part == b.part_count:
                raise_without_gil(finish_article(&self.state))
                article += 1
                field = -1
                continue
            part = &b.parts[value.part]
            if part.tokens == NULL:
                status = add_posting(
                    &self.state, part.field, <const uint8_t *>value.walk.data, value.walk.length, part.weight, b"", 0, 0
                )
                raise_without_gil(status)
                continue
            if field != part.field:
                field = part.field
                base = 0
            if value.walk.length:
                self.invert(part, &value.walk, base)
            b.spans[article * b.part_count + value.part] = value.walk.end_position
            base += max(value.walk.end_position, part.least_positions) + 1
        return 0

    cdef int keep(self, tokenizers) except -1:
        """Keep alive what terms are remembered of."""
        for one in tokenizers:
            if one not in self.tokenizers:
                self.tokenizers.append(one)
        return 0

    cdef int enter(self) except -1:
        if self.busy:
            raise RuntimeError("this Inverter is at work in another thread; make one for each")
        self.busy = True
        return 0


cdef class PostingLists:
    """A flush into Python objects, a term at a time."""

    cdef Inverter inverter
    cdef object docnum_map
    cdef posting_flush flush
    cdef list postings
    cdef tuple found

    def __cinit__(self, Inverter inverter, docnum_map):
        cdef const int32_t[::1] map_view
        cdef const int32_t *docnums = NULL
        self.inverter = inverter
        if docnum_map is not None:
            self.docnum_map = array("i", docnum_map)
            if len(self.docnum_map) != inverter.article_count:
                raise ValueError(f"docnum_map is for {len(self.docnum_map)} articles of {inverter.article_count}")
            if self.docnum_map:
                map_view = self.docnum_map
                docnums = &map_view[0]
        raise_if(flush_begin(&self.flush, &inverter.state, docnums))

    def __dealloc__(self):
        flush_end(&self.flush)

    cdef tuple next_list(self, size_t place):
        cdef posting_sink sink
        sink.self = <void *>self
        sink.start_term = start_list
        sink.add = add_to_list
        sink.finish_term = finish_list
        self.found = None
        raise_if(flush_term(&self.flush, self.flush.terms[place].term, &sink))
        return self.found


cdef int start_list(void *self, uint32_t field, const uint8_t *term, uint32_t length) noexcept with gil:
    lists = <PostingLists>self
    lists.postings = []
    lists.found = (field, PyBytes_FromStringAndSize(<const char *>term, length), lists.postings)
    return 0


cdef int add_to_list(
    void *self, uint32_t docnum, float weight, const uint8_t *bytes, uint32_t length
) noexcept with gil:
    value = PyBytes_FromStringAndSize(<const char *>bytes, length)
    (<PostingLists>self).postings.append((docnum, weight, value))
    return 0


cdef int finish_list(void *self) noexcept with gil:
    return 0
