# Several segments as one: the best or the newest hits of all, in order. Part of searching.pyx.

cdef extern from "math.h" nogil:
    double nextafter(double value, double towards)

cdef extern from "collect/merged_hits.h" nogil:
    ctypedef struct merged_hits:
        pass
    merged_hits merged_hits_of(size_t wanted, bint by_date)
    void merged_hits_free(merged_hits *m)
    size_t merged_hits_count(const merged_hits *m)
    size_t merged_hits_wanted_count(const merged_hits *m)
    void merged_hit_read(const merged_hits *m, size_t i, double *score, int64_t *published, uint32_t *segment_number,
                         uint32_t *docnum)
    void merged_hit_write(merged_hits *m, size_t i, double score, uint32_t segment_number, uint32_t docnum)
    bint merged_hits_full(const merged_hits *m, double *score, int64_t *published)
    int merge_hits(merged_hits *m, const segment *g, uint32_t number, const hit *added, uint32_t n, fault *f)
    size_t end_of_equals(const merged_hits *m, size_t first)
    bint are_of_several_segments(const merged_hits *m, size_t first, size_t end)
    void keep_wanted(merged_hits *m)


cdef tuple hit_of(const merged_hits *merged, size_t i):
    """(score, time of publication, segment, docnum)."""
    cdef double score = 0
    cdef int64_t published = 0
    cdef uint32_t number = 0, docnum = 0
    merged_hit_read(merged, i, &score, &published, &number, &docnum)
    return score, published, number, docnum


cdef list hits_of(merged_hits *merged, ids):
    """Hits in their last order: what is equal in different segments by id, and no more than are wanted.

    Args:
        ids: (segment, docnum) → id.
    """
    cdef size_t first = 0, end, i
    while first < merged_hits_wanted_count(merged):
        end = end_of_equals(merged, first)
        if are_of_several_segments(merged, first, end):
            equals = [
                (ids(number, docnum), number, docnum, score)
                for score, _, number, docnum in [hit_of(merged, i) for i in range(first, end)]
            ]
            equals.sort()
            for i, (_, number, docnum, score) in enumerate(equals):
                merged_hit_write(merged, first + i, score, number, docnum)
        first = end
    keep_wanted(merged)
    return [hit_of(merged, i) for i in range(merged_hits_count(merged))]


cdef class Search:
    """A clause over several segments. For one thread at a time.

    Args:
        segments: The segments.
        clause: What matches (see the module). What has no date, or one that reaches beyond the dates that restrict the
            whole of it, is counted apart: `count_undated`, `count_imprecise`.
        check: Called every few milliseconds while it works. It may raise to stop it, or return True: then what was found
            so far is the answer, and nothing more is looked for. None for nothing.
        deadline: When the time is over, in seconds of `time.monotonic`; None for never. Then `check` is called with True,
            and has to raise, or to return True.
        cancelled: A bytearray whose first byte another thread may set, to end the search as if the time were over; it is
            never resized. None, or one without a byte, where nobody cancels it.

    Raises:
        CorruptDataError: Bytes of a segment are not what was written.
    """

    cdef Plan plan
    cdef object check
    cdef object deadline
    cdef bytearray cancelled
    cdef list queries  # of each segment, None where it was not needed yet
    cdef uint32_t *lows
    cdef uint32_t *highs
    cdef list dated  # of each segment where the dates are no range of docnums, the query with the dates; else None
    cdef object total  # once it is known

    def __cinit__(self, Segments segments not None, clause, check, deadline=None, bytearray cancelled=None):
        cdef uint32_t number
        cdef bint is_mixed = False
        self.plan = Plan(segments, clause)
        self.check = check
        self.deadline = deadline
        self.cancelled = cancelled or None
        self.queries = [None] * segments.count
        self.dated = [None] * segments.count
        self.lows = <uint32_t *> query_plan_take(
            &self.plan.plan, (<size_t> segments.count + 1) * 2 * sizeof(uint32_t)
        )
        if self.lows == NULL:
            raise MemoryError
        self.highs = self.lows + segments.count
        for number in range(segments.count):
            if docnums_allowed(&self.plan.plan, number, &self.lows[number], &self.highs[number], &is_mixed):
                raise self.plan.damage()
            if is_mixed:
                self.dated[number] = self.make(number, True)

    cdef Query make(self, uint32_t number, bint with_dates):
        """The query of a segment; None where nothing can match."""
        cdef Query query
        if not segment_can_match(&self.plan.plan, number):
            return None
        query = Query.__new__(Query)
        query.make(self.plan, number, with_dates, self.check, self.deadline, self.cancelled)
        return query

    cdef Query undated_query(self, uint32_t number):
        """The query of a segment without the dates that restrict the whole; None where nothing can match."""
        cdef Query query = <Query> self.queries[number]
        if query is None:
            query = self.queries[number] = self.make(number, False)
        return query

    cdef Query query(self, uint32_t number):
        """The query of a segment, to be asked about the docnums that the dates allow; None where nothing can match."""
        cdef Query query = <Query> self.dated[number]
        return self.undated_query(number) if query is None else query

    def parts(self):
        """(number of the segment, its query, low, high) of each segment that may have matches among [low, high)."""
        return [
            (number, query, self.lows[number], self.highs[number])
            for number in range(self.plan.segments.count)
            if self.lows[number] < self.highs[number] and (query := self.query(number)) is not None
        ]

    def count(self):
        """How many articles match."""
        if self.total is None:
            self.total = sum([(<Query> query).count(low, high) for _, query, low, high in self.parts()])
        return self.total

    def count_undated(self):
        """How many would match but for the dates that restrict the whole, because they have none."""
        cdef uint64_t count = 0
        cdef uint32_t number, first_dated
        cdef Query query
        for number in range(self.plan.segments.count if query_plan_has_dates(&self.plan.plan) else 0):
            first_dated = segment_first_dated(&self.plan.segments.segments[number])
            query = self.undated_query(number) if first_dated else None
            if query is not None:
                count += query.count(0, first_dated)
        return count

    def count_imprecise(self):
        """How many of the articles that match are dated a month or a year of which only a part is within the dates that
        restrict the whole."""
        cdef uint64_t count = 0
        cdef uint32_t number, n = 0
        cdef uint32_t *docnums
        cdef Query query
        for number in range(self.plan.segments.count if query_plan_has_dates(&self.plan.plan) else 0):
            if not segment_imprecise_count(&self.plan.segments.segments[number]):
                continue
            docnums = partly_inside(&self.plan.plan, number, &n)
            if docnums == NULL:
                raise self.plan.damage()
            query = self.undated_query(number) if n else None
            if query is not None:
                count += query.count_given(docnums, n)
        return count

    def best(self, uint32_t wanted, after, ids, *, bint counting=False):
        """The best hits: the higher score first, of equal ones the newer, then the smaller id.

        Args:
            wanted: How many at most, >= 1.
            after: For each segment (score, docnum), as of `Query.top`; None for all.
            ids: (segment, docnum) → id, as bytes.
            counting: Whether `count` will be asked for, and may be found in passing.

        Returns:
            (score, time of publication, segment, docnum) of each.
        """
        cdef merged_hits merged = merged_hits_of(max(wanted, 1), False)
        cdef Query query
        cdef uint32_t number
        cdef double above = -1
        cdef int64_t published = 0
        cdef uint64_t count = 0
        cdef bint in_passing
        try:
            for number in range(self.plan.segments.count):
                query = self.query(number) if self.lows[number] < self.highs[number] else None
                if query is None:
                    continue
                if merged_hits_full(&merged, &above, &published):
                    # Equal scores are told apart by date: another segment's may come before this one's.
                    above = nextafter(above, -INFINITY)
                in_passing = counting and counts_in_passing(query.root)
                query.merge_best(
                    &merged, wanted, self.lows[number], self.highs[number], above,
                    None if after is None else after[number], &count if in_passing else NULL,
                )
                if counting and not in_passing:
                    count += query.count(self.lows[number], self.highs[number])
            if counting:
                self.total = count
            return hits_of(&merged, ids)
        finally:
            merged_hits_free(&merged)

    def newest(self, uint32_t wanted, highs, ids):
        """The newest hits; of equal times the smaller id first, what has no date last.

        Args:
            wanted: How many at most, >= 1.
            highs: For each segment the docnum before which to begin; None for the last.
            ids: As of `best`.

        Returns:
            As `best`.
        """
        cdef merged_hits merged = merged_hits_of(max(wanted, 1), True)
        cdef Query query
        cdef uint32_t number, low, count = self.plan.segments.count
        cdef double score = 0
        cdef int64_t published = 0
        cdef list limits = [self.highs[number] for number in range(count)]
        if highs is not None:
            limits = list(map(min, limits, highs))
        try:
            # The share that each segment gives first tells how far all of them have to be gone over.
            for share in (min(wanted, wanted // count + 1), wanted) if count else ():
                for number in range(count):
                    low = self.lows[number]
                    if merged_hits_full(&merged, &score, &published):
                        low = max(low, (<SegmentView> self.plan.segments.views[number]).first_from(published))
                    query = self.query(number) if low < <uint32_t> limits[number] else None
                    if query is not None:
                        limits[number] = query.merge_last(&merged, share, low, limits[number])
            return hits_of(&merged, ids)
        finally:
            merged_hits_free(&merged)
