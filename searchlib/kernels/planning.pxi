# From clauses to a plan: what is the same in every segment. Part of searching.pyx.

@cython.no_gc_clear  # what it holds is needed to take it apart
cdef class Plan:
    """A query over segments: its terms looked up in all of them, once each. For one thread at a time.

    The dates that restrict the whole of it are apart from the rest.
    """

    cdef Segments segments
    cdef arena memory
    cdef plan *root
    cdef plan **dates
    cdef uint32_t date_count
    cdef Workspace workspace  # that its queries work with, one after the other
    cdef rounding rounding
    cdef dict terms   # (field, term) → address
    cdef list spans   # addresses

    def __cinit__(self, Segments segments not None, clause):
        self.segments = segments
        self.terms = {}
        self.spans = []
        self.root = self.take_dates(self.plan_clause(clause))
        self.rounding = rounding_for(self.greatest_score(self.root))
        self.workspace = segments.workspace(depth_of(self.root) + 1)

    def __dealloc__(self):
        if self.workspace is not None:
            self.segments.give_back(self.workspace)
        if self.spans is not None:
            for address in self.spans:
                spans_free(<spans *> <size_t> address)
        arena_free(&self.memory)

    cdef void *take(self, size_t size) except NULL:
        """Memory of zeros, for as long as the plan lives."""
        cdef void *taken = arena_zeros(&self.memory, size)
        if taken == NULL:
            raise MemoryError
        return taken

    cdef plan *new_plan(self, clause_kind kind) except NULL:
        cdef plan *p = <plan *> self.take(sizeof(plan))
        p.kind = kind
        return p

    cdef plan *take_dates(self, plan *p) except NULL:
        """What is left of the whole without the dates that restrict it."""
        cdef uint32_t i, kept = 0
        if p.kind == RANGE:
            self.dates = <plan **> self.take(sizeof(plan *))
            self.dates[0] = p
            self.date_count = 1
            return self.new_plan(ALL)
        if p.kind != ALL:
            return p
        self.dates = <plan **> self.take((p.part_count + 1) * sizeof(plan *))
        for i in range(p.part_count):
            if p.parts[i].kind == RANGE:
                self.dates[self.date_count] = p.parts[i]
                self.date_count += 1
            else:
                p.parts[kept] = p.parts[i]
                kept += 1
        p.part_count = kept
        return p.parts[0] if kept == 1 else p

    # --- clauses

    cdef plan *plan_clause(self, given) except NULL:
        cdef str kind = type(given).__name__
        cdef plan *p
        if kind == "Term":
            return self.plan_term(<tuple> given)
        if kind == "Spans":
            field, source, boost, region = <tuple> given
            return self.plan_spans(field, source, boost, region)
        if kind == "All":
            return self.plan_composed(ALL, (<tuple> given)[0])
        if kind == "AnyOf":
            return self.plan_composed(ANY_OF, (<tuple> given)[0])
        if kind == "BestOf":
            return self.plan_composed(BEST_OF, (<tuple> given)[0])
        if kind == "Except":
            return self.plan_composed(EXCEPT, <tuple> given)
        if kind == "Within":
            p = self.new_plan(RANGE)
            since, until = <tuple> given
            p.has_since, p.has_until = since is not None, until is not None
            p.since, p.until = since or 0, until or 0
            return p
        raise ValueError(f"{given!r} is no clause")

    cdef plan *plan_composed(self, clause_kind kind, tuple given) except NULL:
        cdef plan *p = self.new_plan(kind)
        p.parts = <plan **> self.take((<size_t> len(given) + 1) * sizeof(plan *))
        for part in given:
            p.parts[p.part_count] = self.plan_clause(part)
            p.part_count += 1
        return p

    cdef plan *plan_term(self, tuple given) except NULL:
        cdef plan *p
        if given[3] is not None:
            return self.plan_spans(given[0], None, given[2], given[3], given[1])
        p = self.new_plan(TERM)
        p.terms = <planned_term **> self.take(sizeof(planned_term *))
        p.terms[0] = self.find(given[0], given[1])
        p.idf = <double> given[2] * p.terms[0].idf
        return p

    cdef plan *plan_spans(self, str field, source, double boost, region, str term=None) except NULL:
        """Of a source, or of the one term that it consists of."""
        cdef plan *p = self.new_plan(SPANS)
        cdef spans *sp = <spans *> self.take(sizeof(spans))
        cdef uint32_t i
        self.spans.append(<size_t> sp)
        p.spans = sp
        sp.in_texts = field == self.segments.texts
        sp.region = -1 if region is None else region
        numbers = {term: 0} if source is None else {}
        sp.source = self.plan_sequence((term,), 0, numbers) if source is None else self.plan_source(source, numbers)
        if not numbers:
            raise ValueError("there is no term in a source")
        p.term_count = sp.cursor_count = len(numbers)
        p.terms = <planned_term **> self.take(p.term_count * sizeof(planned_term *))
        sp.near = <uint32_t *> self.take(p.term_count * sizeof(uint32_t))
        sp.positions = <position_list *> self.take((p.term_count + 1) * sizeof(position_list))
        for i, each in enumerate(numbers):
            p.terms[i] = self.find(field, each)
        p.idf = boost * self.idf_of(p, sp.source)
        return p

    cdef span_source *plan_source(self, given, dict numbers) except NULL:
        cdef span_source *source
        if type(given).__name__ == "Sequence":
            return self.plan_sequence((<tuple> given)[0], (<tuple> given)[1], numbers)
        if type(given).__name__ != "Pair":
            raise ValueError(f"{given!r} is no source")
        left, right, distance, ordered = <tuple> given
        source = <span_source *> self.take(sizeof(span_source))
        source.is_pair = True
        source.distance, source.ordered = distance, ordered
        source.left = <span_source **> self.take((<size_t> len(left) + 1) * sizeof(span_source *))
        source.right = <span_source **> self.take((<size_t> len(right) + 1) * sizeof(span_source *))
        for side in left:
            source.left[source.left_count] = self.plan_source(side, numbers)
            source.left_count += 1
        for side in right:
            source.right[source.right_count] = self.plan_source(side, numbers)
            source.right_count += 1
        return source

    cdef span_source *plan_sequence(self, tuple terms, uint32_t slop, dict numbers) except NULL:
        cdef span_source *source = <span_source *> self.take(sizeof(span_source))
        source.slop = slop
        source.terms = <uint32_t *> self.take((<size_t> len(terms) + 1) * sizeof(uint32_t))
        source.places = <uint32_t *> self.take((<size_t> len(terms) + 1) * sizeof(uint32_t))
        for term in terms:
            source.terms[source.term_count] = numbers.setdefault(term, len(numbers))
            source.term_count += 1
        return source

    # --- statistics

    cdef planned_term *find(self, str field, str term) except NULL:
        """A term in all segments."""
        cdef planned_term *found
        cdef fault f
        cdef Py_ssize_t length
        cdef uint64_t doc_freq = 0
        cdef uint32_t number
        cdef int has
        known = self.terms.get((field, term))
        if known is not None:
            return <planned_term *> <size_t> known
        found = <planned_term *> self.take(sizeof(planned_term))
        found.places = <term_entry *> self.take((<size_t> self.segments.count + 1) * sizeof(term_entry))
        blocks = self.segments.fields.get(field)
        if blocks is not None:
            text = <const uint8_t *> PyUnicode_AsUTF8AndSize(term, &length)
            for number in range(self.segments.count):
                terms = (<SegmentView> self.segments.views[number]).terms
                of_field = (<FieldBlocks> blocks).of_segment[number]
                has = dictionary_find(&terms.dictionary, of_field, text, length, &found.places[number], &f)
                if has < 0:
                    raise terms.damage(&f)
                if has:
                    ask_for_head(&terms.lists, &found.places[number])
                    doc_freq += term_entry_doc_freq(&found.places[number])
        found.idf = inverse_document_frequency(self.segments.article_count, doc_freq)
        self.terms[field, term] = <size_t> found
        return found

    cdef double idf_of(self, plan *p, span_source *source):
        """Of a source: of its terms together, and of alternatives the rarest."""
        cdef double idf = 0, left = 0, right = 0
        cdef uint32_t i
        for i in range(source.term_count):
            idf += p.terms[source.terms[i]].idf
        for i in range(source.left_count):
            left = max(left, self.idf_of(p, source.left[i]))
        for i in range(source.right_count):
            right = max(right, self.idf_of(p, source.right[i]))
        return idf + left + right

    cdef double greatest_score(self, plan *p):
        """No score can be above it."""
        cdef double score = 0, part
        cdef uint32_t i
        if p.kind == TERM or p.kind == SPANS:
            return p.idf * (self.segments.ranking.ranking.k1 + 1)
        if p.kind == EXCEPT:
            return 0
        for i in range(p.part_count):
            part = self.greatest_score(p.parts[i])
            score = max(score, part) if p.kind == BEST_OF else score + part
        return score


cdef double inverse_document_frequency(uint64_t article_count, uint64_t doc_freq) noexcept:
    """As `searching.ranking` has it."""
    # A damaged index says that a term is in more articles than there are.
    doc_freq = min(doc_freq, article_count)
    return log(1 + (<double> (article_count - doc_freq) + 0.5) / (<double> doc_freq + 0.5))
