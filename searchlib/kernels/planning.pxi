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
    near_locator *new_near(arena *memory, uint32_t left_room, uint32_t right_room, uint32_t distance, bint ordered)
    void near_add(near_locator *n, int side, locator *alternative)
    locator *near_as_locator(near_locator *n)
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
    planned_term *find_printed_term(query_plan *p, const field_blocks *blocks, const uint8_t *text, size_t length,
                                    const uint8_t *word, size_t word_length)
    plan_node *new_term_node(query_plan *p, const planned_term *term, double boost)
    composed_node *new_composed_node(query_plan *p, const operator_type *type, uint32_t part_room)
    plan_node *new_published_within_node(query_plan *p, const int64_t *since, const int64_t *until)
    positional_node *new_positional_node(query_plan *p, locator *l, uint32_t term_count, int region, bint has_regions)
    void set_term(positional_node *node, uint32_t number, planned_term *term)
    plan_node *set_boost(positional_node *node, double boost)
    int query_plan_finish(query_plan *p, plan_node *whole)
    uint32_t workspaces_needed(const query_plan *p)
    bint query_plan_has_dates(const query_plan *p)
    int docnums_allowed(query_plan *p, uint32_t number, uint32_t *low, uint32_t *high, bint *is_mixed)
    uint32_t *partly_inside(query_plan *p, uint32_t number, uint32_t *count)
    bint segment_can_match(const query_plan *p, uint32_t number)
    operator *open_segment_search(query_plan *p, uint32_t number, bint with_dates, segment_search *s)
    const fault *query_plan_fault(const query_plan *p, uint32_t *segment_number)


cdef bint is_printed(term):
    """Whether a term is asked for only where it is printed as a word."""
    if type(term) is str:
        return False
    term, word = <tuple> term
    return type(word) is str or is_printed(term)


@cython.no_gc_clear  # what it holds is needed to take it apart
cdef class Plan:
    """A query plan: its terms looked up in all segments, once each. For one thread at a time."""

    cdef Segments segments
    cdef query_plan plan
    cdef bint is_stopped  # whether a search was stopped, so that nothing is searched any more
    cdef Workspaces workspaces  # that its queries work with, one after the other
    cdef dict terms  # (field, term) → address of the planned term; (field, None, word) → doc_freq of a shared word

    def __cinit__(self, Segments segments not None, clause):
        self.segments = segments
        self.terms = {}
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
            if region is not None or is_printed(term):
                return self.positional(field, None, boost, region, term)
            return self.checked(new_term_node(&self.plan, self.find(field, term), boost))
        if kind == _CLAUSE_POSITIONAL:
            field, locator, boost, region, _ = <tuple> given
            return self.positional(field, locator, boost, region, None)
        if kind == _CLAUSE_EXCEPT:
            return self.composed(kind, <tuple> given)
        if kind == _CLAUSE_ALL or kind == _CLAUSE_ANY_OF or kind == _CLAUSE_BEST_OF:
            (clauses,) = <tuple> given
            return self.composed(kind, clauses)
        if kind == _CLAUSE_WITHIN:
            since, until = <tuple> given
            return self.within(since, until)
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

    cdef plan_node *positional(self, str field, given, double boost, region, term) except NULL:
        """Of a locator, or of the one term that it finds."""
        cdef positional_node *node
        cdef locator *found
        cdef dict numbers = {}
        found = self.phrase((term,), 0, numbers) if given is None else self.locator(given, numbers)
        node = new_positional_node(
            &self.plan, found, len(numbers), ANY_REGION if region is None else region, field == self.segments.texts
        )
        if node == NULL:
            raise self.damage()
        for each, number in numbers.items():
            set_term(node, number, self.find(field, each))
        return self.checked(set_boost(node, boost))

    # --- locators

    cdef locator *locator(self, given, dict numbers) except NULL:
        """A locator whose terms are numbered; new ones get the next number."""
        cdef int kind = self.segments.kinds.get(type(given), -1)
        if kind == _LOCATOR_PHRASE:
            terms, slop = <tuple> given
            return self.phrase(terms, slop, numbers)
        if kind == _LOCATOR_NEAR:
            left, right, distance, ordered, _ = <tuple> given
            return self.near(left, right, distance, ordered, numbers)
        raise ValueError(f"{given!r} is no locator")

    cdef locator *phrase(self, tuple terms, uint32_t slop, dict numbers) except NULL:
        cdef phrase_locator *made
        cdef uint32_t word
        if not terms:
            raise ValueError("a phrase has no term")
        made = new_phrase(query_plan_memory(&self.plan), len(terms), slop)
        if made == NULL:
            raise MemoryError
        for word, term in enumerate(terms):
            phrase_set_word(made, word, numbers.setdefault(term, len(numbers)))
        return phrase_as_locator(made)

    cdef locator *near(self, tuple left, tuple right, uint32_t distance, bint ordered, dict numbers) except NULL:
        cdef near_locator *made
        if not left or not right:
            raise ValueError("a side of a NEAR has no alternative")
        made = new_near(query_plan_memory(&self.plan), len(left), len(right), distance, ordered)
        if made == NULL:
            raise MemoryError
        for each in left:
            near_add(made, 0, self.locator(each, numbers))
        for each in right:
            near_add(made, 1, self.locator(each, numbers))
        return near_as_locator(made)

    # --- terms

    cdef planned_term *find(self, str field, given) except NULL:
        """A term in all segments: its text, or a pair of the term and a text or a tuple of terms.

        With a text it is found only where it is printed as that; with terms it is as rare as they are together.
        """
        cdef planned_term *found
        known = self.terms.get((field, given))
        if known is not None:
            return <planned_term *> <size_t> known
        if type(given) is str:
            found = self.find_text(field, given, None)
        else:
            term, word = <tuple> given
            found = self.find_text(field, term, word) if type(word) is str else self.find_shared(field, term, word)
        self.terms[field, given] = <size_t> found
        return found

    cdef planned_term *find_text(self, str field, str term, str word) except NULL:
        """A term, or the term only where it is printed as a word."""
        cdef planned_term *found
        cdef Py_ssize_t length, word_length
        cdef const field_blocks *blocks
        cdef const uint8_t *text
        cdef const uint8_t *printed
        of_field = self.segments.fields.get(field)
        blocks = NULL if of_field is None else (<FieldBlocks> of_field).of_segment
        text = <const uint8_t *> PyUnicode_AsUTF8AndSize(term, &length)
        if word is None:
            found = find_term(&self.plan, blocks, text, length)
        else:
            printed = <const uint8_t *> PyUnicode_AsUTF8AndSize(word, &word_length)
            found = find_printed_term(&self.plan, blocks, text, length, printed, word_length)
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
