# From clauses to a query plan. Part of searching.pyx.

cdef extern from "query/operators.h" nogil:
    ctypedef struct operator_type:
        pass
    const operator_type *const *OPERATORS
    ctypedef struct plan_node:
        pass
    ctypedef struct operator:
        pass
    bint operator_knows_count(const operator *o, uint32_t *count)

cdef extern from "query/query_plan.h" nogil:
    ctypedef struct arena:
        pass
    ctypedef struct planned_term:
        pass
    ctypedef struct composed_node:
        pass
    void add_part(composed_node *node, plan_node *part)
    plan_node *composed_as_node(composed_node *node)
    ctypedef struct locator:
        pass
    ctypedef struct phrase_locator:
        pass
    phrase_locator *new_phrase(arena *memory, uint32_t word_count, uint32_t slop)
    void phrase_set_word(phrase_locator *p, uint32_t word, uint32_t term)
    locator *phrase_as_locator(phrase_locator *p)
    ctypedef struct near_locator:
        pass
    uint32_t NO_BOUNDARIES
    near_locator *new_near(arena *memory, uint32_t left_room, uint32_t right_room, uint32_t distance, bint ordered,
                           uint32_t boundaries)
    near_locator *new_lone(arena *memory, uint32_t left_room, uint32_t right_room, uint32_t distance, bint ordered,
                           uint32_t boundaries)
    void near_add(near_locator *n, int side, locator *alternative)
    locator *near_as_locator(near_locator *n)
    locator *new_lead(arena *memory, locator *inner, uint32_t paragraphs)
    ctypedef struct sequence_locator:
        pass
    sequence_locator *new_sequence(arena *memory, uint32_t part_count, uint32_t slop)
    int sequence_reserve(arena *memory, sequence_locator *s, uint32_t part, uint32_t room)
    void sequence_add(sequence_locator *s, uint32_t part, locator *alternative)
    locator *sequence_as_locator(sequence_locator *s)
    ctypedef struct among_node:
        pass
    ctypedef struct positional_node:
        pass
    int ANY_REGION
    ctypedef struct query_plan:
        pass
    void query_plan_begin(query_plan *p, const segment *segments, uint32_t segment_count, uint64_t article_count,
                          const ranking *ranking)
    void query_plan_free(query_plan *p)
    void *query_plan_take(query_plan *p, size_t size)
    arena *query_plan_memory(query_plan *p)
    planned_term *find_term(query_plan *p, const field_blocks *blocks, const uint8_t *text, size_t length)
    uint64_t doc_freq_of(const query_plan *p, const planned_term *term)
    planned_term *share_term(query_plan *p, const planned_term *term, uint64_t doc_freq)
    ctypedef struct printed_word:
        pass
    printed_word *new_printed_words(query_plan *p, uint32_t count)
    void set_printed_word(printed_word *words, uint32_t number, const uint8_t *word, size_t length)
    planned_term *find_printed_term(query_plan *p, const field_blocks *blocks, const uint8_t *text, size_t length,
                                    const printed_word *words, uint32_t word_count)
    plan_node *new_term_node(query_plan *p, const planned_term *term, double boost)
    plan_node *new_printed_node(query_plan *p, const planned_term *term, double boost, bint has_regions)
    composed_node *new_composed_node(query_plan *p, const operator_type *type, uint32_t part_room)
    plan_node *new_published_within_node(query_plan *p, const int64_t *since, const int64_t *until)
    among_node *new_among_node(query_plan *p)
    bint set_bitmap(const query_plan *p, among_node *node, uint32_t number, const uint8_t *bitmap, uint64_t length)
    plan_node *among_as_node(among_node *node)
    positional_node *new_positional_node(query_plan *p, locator *l, uint32_t term_count, int region, bint has_regions,
                                         uint32_t at_least)
    void set_term(positional_node *node, uint32_t number, planned_term *term)
    void set_boundaries(positional_node *node, uint32_t number, planned_term *term)
    plan_node *set_boost(positional_node *node, double boost)
    int query_plan_finish(query_plan *p, plan_node *whole)
    uint32_t workspaces_needed(const query_plan *p)
    bint query_plan_has_dates(const query_plan *p)
    bint segment_can_match(const query_plan *p, uint32_t number)
    operator *open_segment_search(query_plan *p, uint32_t number, bint with_dates, segment_search *s)
    const fault *query_plan_fault(const query_plan *p, uint32_t *segment_number)

cdef extern from "query/planned_dates.h" nogil:
    int docnums_allowed(query_plan *p, uint32_t number, uint32_t *low, uint32_t *high, bint *is_mixed)
    uint32_t *partly_inside(query_plan *p, uint32_t number, uint32_t *count)


cdef class LocatorTerms:
    """The distinct terms of a locator, numbered as they come.

    Attributes:
        field: What they are terms of.
        numbers: What a term is known by → its number.
        terms: The term of each number.
        boundaries: Numbers of terms that are of the field of sentences: "sentence" and "paragraph".
    """

    cdef str field
    cdef dict numbers
    cdef list terms
    cdef set boundaries  # None: none

    def __cinit__(self, str field):
        self.field = field
        self.numbers = {}
        self.terms = []

    cdef uint32_t number(self, key, term) except? 0:
        """The number of a term; a new one gets the next."""
        known = self.numbers.get(key)
        if known is None:
            self.numbers[key] = known = len(self.terms)
            self.terms.append(term)
        return known


@cython.no_gc_clear  # what it holds is needed to take it apart
cdef class Plan:
    """A query plan: its terms looked up in all segments, once each. For one thread at a time."""

    cdef Segments segments
    cdef query_plan plan
    cdef bint is_stopped  # whether a search was stopped, so that nothing is searched any more
    cdef Workspaces workspaces  # that its queries work with, one after the other
    cdef list bitmaps  # of sets of articles, which are borrowed
    cdef dict terms  # (field, term) → address of the planned term; (field, None, word) → doc_freq of a shared word

    def __cinit__(self, Segments segments not None, clause):
        self.segments = segments
        self.terms = {}
        self.bitmaps = []
        query_plan_begin(&self.plan, segments.segments, segments.count, segments.article_count,
                         &segments.ranking.ranking)
        if query_plan_finish(&self.plan, self.node(clause)):
            raise self.damage()
        self.workspaces = segments.take_workspaces(workspaces_needed(&self.plan))

    def __dealloc__(self):
        if self.workspaces is not None:
            self.segments.give_back(self.workspaces)
        query_plan_free(&self.plan)

    cdef object damage(self):
        """The error that the plan's last fault comes to."""
        cdef uint32_t number = 0
        cdef const fault *f = query_plan_fault(&self.plan, &number)
        return MemoryError() if fault_code(f) == FAULT_MEMORY else (<SegmentView> self.segments.views[number]).damage(f)

    cdef plan_node *checked(self, plan_node *node) except NULL:
        if node == NULL:
            raise self.damage()
        return node

    # --- clauses

    cdef plan_node *node(self, given) except NULL:
        cdef int kind = self.segments.kinds.get(type(given), -1)
        if kind == _CLAUSE_TERM:
            field, term, boost, region = <tuple> given
            if region is not None:
                return self.positional(field, None, boost, region, 1, term)
            if self.is_printed(term):
                return self.checked(
                    new_printed_node(&self.plan, self.find(field, term), boost, self.has_regions(field))
                )
            return self.checked(new_term_node(&self.plan, self.find(field, term), boost))
        if kind == _CLAUSE_POSITIONAL:
            field, locator, boost, region, at_least = <tuple> given
            return self.positional(field, locator, boost, region, at_least, None)
        if kind == _CLAUSE_EXCEPT:
            return self.composed(kind, <tuple> given)
        if kind == _CLAUSE_ALL or kind == _CLAUSE_ANY_OF or kind == _CLAUSE_BEST_OF:
            (clauses,) = <tuple> given
            return self.composed(kind, clauses)
        if kind == _CLAUSE_WITHIN:
            since, until = <tuple> given
            return self.within(since, until)
        if kind == _CLAUSE_AMONG:
            (docnums,) = <tuple> given
            return self.among(docnums)
        raise ValueError(f"{given!r} is no clause")

    cdef plan_node *composed(self, int kind, tuple parts) except NULL:
        cdef composed_node *node = new_composed_node(&self.plan, OPERATORS[kind], len(parts))
        if node == NULL:
            raise self.damage()
        for part in parts:
            add_part(node, self.node(part))
        return composed_as_node(node)

    cdef plan_node *within(self, since, until) except NULL:
        cdef int64_t first = since or 0, end = until or 0
        return self.checked(new_published_within_node(
            &self.plan, NULL if since is None else &first, NULL if until is None else &end
        ))

    cdef plan_node *among(self, tuple docnums) except NULL:
        cdef among_node *node = new_among_node(&self.plan)
        cdef bytes bitmap
        if node == NULL:
            raise self.damage()
        if <uint32_t> len(docnums) != self.segments.count:
            raise ValueError(f"a set of articles has {len(docnums)} bitmaps for {self.segments.count} segments")
        self.bitmaps.append(docnums)
        for number, bitmap in enumerate(docnums):
            if bitmap is None:
                raise ValueError("a set of articles has no bitmap of a segment")
            if not set_bitmap(&self.plan, node, number, <const uint8_t *> <const char *> bitmap, len(bitmap)):
                raise ValueError(f"the bitmap of segment {number} is too short")
        return among_as_node(node)

    cdef plan_node *positional(self, str field, given, double boost, region, uint32_t at_least, term) except NULL:
        """Of a locator, or of the one term that it finds."""
        cdef positional_node *node
        cdef LocatorTerms terms = LocatorTerms(field)
        cdef locator *found = self.phrase((term,), 0, terms) if given is None else self.locator(given, terms)
        node = new_positional_node(
            &self.plan, found, len(terms.terms), ANY_REGION if region is None else region, self.has_regions(field), at_least
        )
        if node == NULL:
            raise self.damage()
        for number, each in enumerate(terms.terms):
            if terms.boundaries is not None and number in terms.boundaries:
                set_boundaries(node, number, self.find_boundaries(each))
            else:
                set_term(node, number, self.find(field, each))
        return self.checked(set_boost(node, boost))

    cdef bint has_regions(self, str field):
        """Whether a field is made of title, summary and body."""
        return field == self.segments.texts

    # --- locators

    cdef locator *locator(self, given, LocatorTerms terms) except NULL:
        """A locator whose terms are numbered."""
        cdef int kind = self.segments.kinds.get(type(given), -1)
        if kind == _LOCATOR_PHRASE:
            words, slop = <tuple> given
            return self.phrase(words, slop, terms)
        if kind == _LOCATOR_SEQUENCE:
            parts, slop = <tuple> given
            return self.sequence(parts, slop, terms)
        if kind == _LOCATOR_NEAR or kind == _LOCATOR_LONE:
            left, right, distance, ordered, within = <tuple> given
            return self.pair(kind, left, right, distance, ordered, self.boundaries(within, terms), terms)
        if kind == _LOCATOR_LEAD:
            (inner,) = <tuple> given
            return self.made(
                new_lead(query_plan_memory(&self.plan), self.locator(inner, terms), self.boundaries("paragraph", terms))
            )
        raise ValueError(f"{given!r} is no locator")

    cdef locator *made(self, locator *made) except NULL:
        if made == NULL:
            raise MemoryError
        return made

    cdef locator *phrase(self, tuple words, uint32_t slop, LocatorTerms terms) except NULL:
        cdef phrase_locator *made
        cdef uint32_t word
        if not words:
            raise ValueError("a phrase has no term")
        made = new_phrase(query_plan_memory(&self.plan), len(words), slop)
        if made == NULL:
            raise MemoryError
        for word, term in enumerate(words):
            phrase_set_word(made, word, terms.number(self.key_of(term), term))
        return phrase_as_locator(made)

    cdef locator *sequence(self, tuple parts, uint32_t slop, LocatorTerms terms) except NULL:
        cdef sequence_locator *made
        cdef uint32_t part
        if not parts or not all(parts):
            raise ValueError("a sequence has no part, or a part no alternative")
        made = new_sequence(query_plan_memory(&self.plan), len(parts), slop)
        if made == NULL:
            raise MemoryError
        for part, alternatives in enumerate(parts):
            if sequence_reserve(query_plan_memory(&self.plan), made, part, len(alternatives)):
                raise MemoryError
            for each in alternatives:
                sequence_add(made, part, self.locator(each, terms))
        return sequence_as_locator(made)

    cdef locator *pair(self, int kind, tuple left, tuple right, uint32_t distance, bint ordered, uint32_t boundaries,
                       LocatorTerms terms) except NULL:
        cdef near_locator *made
        if not left or not right:
            raise ValueError("a side of a NEAR has no alternative")
        made = (new_near if kind == _LOCATOR_NEAR else new_lone)(
            query_plan_memory(&self.plan), len(left), len(right), distance, ordered, boundaries
        )
        if made == NULL:
            raise MemoryError
        for each in left:
            near_add(made, 0, self.locator(each, terms))
        for each in right:
            near_add(made, 1, self.locator(each, terms))
        return near_as_locator(made)

    cdef uint32_t boundaries(self, str within, LocatorTerms terms) except? 0:
        """The number of the term that says where sentences or paragraphs begin; only texts have such."""
        if within is None or not self.has_regions(terms.field):
            return NO_BOUNDARIES
        if within != "sentence" and within != "paragraph":
            raise ValueError(f"{within!r} is no part of a text")
        if self.segments.sentences is None:
            raise ValueError("no field says where sentences begin")
        number = terms.number((within, None), within)
        terms.boundaries = {number} if terms.boundaries is None else terms.boundaries | {number}
        return number

    # --- terms

    cdef bint is_printed(self, term):
        """Whether a term is asked for only where it is printed as a word."""
        while type(term) is not str:
            if self.segments.kinds.get(type(term), -1) == _TERM_PRINTED:
                return True
            term = (<tuple> term)[0]
        return False

    cdef object key_of(self, given):
        """What tells a term from all others of its field: tuples of different types may be equal."""
        return given if type(given) is str else (self.segments.kinds.get(type(given), -1), given)

    cdef planned_term *find(self, str field, given) except NULL:
        """A term in all segments: its text, or a tuple of one of the kinds of terms."""
        cdef planned_term *found
        cdef int kind
        key = (field, self.key_of(given))
        known = self.terms.get(key)
        if known is not None:
            return <planned_term *> <size_t> known
        if type(given) is str:
            found = self.find_text(field, given, None)
        else:
            kind = self.segments.kinds.get(type(given), -1)
            if kind < 0:
                raise ValueError(f"{given!r} is no term")
            term, more = <tuple> given
            if kind == _TERM_PRINTED:
                found = self.find_text(field, term, (more,) if type(more) is str else more)
            elif kind == _TERM_SHARED:
                found = self.find_shared(field, term, more)
            elif kind == _TERM_RATED:
                found = share_term(&self.plan, self.find(field, term), more)
            else:
                raise ValueError(f"{given!r} is no term")
            if found == NULL:
                raise self.damage()
        self.terms[key] = <size_t> found
        return found

    cdef planned_term *find_boundaries(self, str within) except NULL:
        """The term that stands where sentences, or paragraphs, begin."""
        key = (self.segments.sentences, (None, within))
        known = self.terms.get(key)
        if known is None:
            words = (BEGINS_PARAGRAPH,) if within == "paragraph" else None
            known = <size_t> self.find_text(self.segments.sentences, BOUNDARY, words)
            self.terms[key] = known
        return <planned_term *> <size_t> known

    cdef planned_term *find_text(self, str field, str term, tuple words) except NULL:
        """A term, or the term only where it is printed as one of these words."""
        cdef planned_term *found
        cdef Py_ssize_t length, word_length
        cdef const field_blocks *blocks
        cdef const uint8_t *text
        cdef const uint8_t *printed
        cdef printed_word *asked
        cdef list ordered
        of_field = self.segments.fields.get(field)
        blocks = NULL if of_field is None else (<FieldBlocks> of_field).of_segment
        text = <const uint8_t *> PyUnicode_AsUTF8AndSize(term, &length)
        if words is None:
            found = find_term(&self.plan, blocks, text, length)
        else:
            # Texts are in the order of their bytes in UTF-8, by which they are looked up.
            ordered = sorted(words)
            asked = new_printed_words(&self.plan, len(ordered))
            if asked == NULL:
                raise self.damage()
            for number, word in enumerate(ordered):
                printed = <const uint8_t *> PyUnicode_AsUTF8AndSize(word, &word_length)
                set_printed_word(asked, number, printed, word_length)
            found = find_printed_term(&self.plan, blocks, text, length, asked, len(ordered))
        if found == NULL:
            raise self.damage()
        return found

    cdef planned_term *find_shared(self, str field, term, tuple word) except NULL:
        """A term, as rare as all terms of its word together are."""
        cdef uint64_t doc_freq = 0
        cdef planned_term *shared
        counted = self.terms.get((field, None, word))
        if counted is None:
            for each in word:
                doc_freq += doc_freq_of(&self.plan, self.find(field, each))
            self.terms[field, None, word] = counted = doc_freq
        shared = share_term(&self.plan, self.find(field, term), counted)
        if shared == NULL:
            raise self.damage()
        return shared
