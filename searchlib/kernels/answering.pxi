# Several segments as one: the best or the newest hits of all, in order.
# Part of searching.pyx.

cdef extern from "math.h" nogil:
    double nextafter(double value, double towards)


cdef struct placed:
    double score
    int64_t published
    uint32_t segment
    uint32_t docnum


cdef class Merged:
    """The first `wanted` of hits that come in order, segment after segment; and those equal to the last of them.

    The higher score comes first, of equal ones the newer; or only the newer, where they are `by_date`.
    """

    cdef placed *hits
    cdef size_t count
    cdef size_t wanted
    cdef bint by_date

    def __cinit__(self, size_t wanted, bint by_date):
        self.wanted = wanted
        self.by_date = by_date

    def __dealloc__(self):
        free(self.hits)

    cdef inline bint is_before(self, const placed *a, const placed *b):
        if self.by_date or a.score == b.score:
            return a.published > b.published
        return a.score > b.score

    cdef inline bint is_equal(self, const placed *a, const placed *b):
        return a.published == b.published and (self.by_date or a.score == b.score)

    cdef bint is_full(self):
        return 0 < self.wanted <= self.count

    cdef int add(self, const placed *added, size_t n) except -1:
        cdef placed *merged = <placed *> malloc((self.count + n + 1) * sizeof(placed))
        cdef size_t i = 0, k = 0, count = 0
        if merged == NULL:
            raise MemoryError
        while i < self.count or k < n:
            if k == n or (i < self.count and not self.is_before(&added[k], &self.hits[i])):
                merged[count] = self.hits[i]
                i += 1
            else:
                merged[count] = added[k]
                k += 1
            count += 1
            if count > self.wanted and not self.is_equal(&merged[count - 1], &merged[count - 2]):
                count -= 1
                break
        free(self.hits)
        self.hits = merged
        self.count = count
        return 0

    cdef int settle(self, ids) except -1:
        """Put what is equal in different segments in order of id, and keep no more than are wanted.

        Args:
            ids: (segment, docnum) → id.
        """
        cdef size_t first = 0, end, i
        cdef placed *own
        while first < min(self.count, self.wanted):
            end = first + 1
            while end < self.count and self.is_equal(&self.hits[first], &self.hits[end]):
                end += 1
            # Those of one segment are in order.
            if any([self.hits[i].segment != self.hits[first].segment for i in range(first + 1, end)]):
                run = [
                    (ids(tied.segment, tied.docnum), tied.segment, tied.docnum, tied.score)
                    for tied in self.hits[first:end]
                ]
                run.sort()
                for i, (_, segment, docnum, score) in enumerate(run):
                    own = &self.hits[first + i]
                    own.segment, own.docnum, own.score = segment, docnum, score
            first = end
        self.count = min(self.count, self.wanted)
        return 0

    cdef list listed(self):
        cdef size_t i
        return [
            (self.hits[i].score, self.hits[i].published, self.hits[i].segment, self.hits[i].docnum)
            for i in range(self.count)
        ]


cdef class Search:
    """A clause over several segments. For one thread at a time.

    Args:
        segments: The segments.
        clause: What matches (see the module). Dates that restrict the whole of it are counted apart: `count_undated`.
        check: Called every few milliseconds while it works, and may raise to stop it; None for nothing.

    Raises:
        CorruptDataError: Bytes of a segment are not what was written.
    """

    cdef Plan plan
    cdef object check
    cdef list queries  # of each segment, None where it was not needed yet
    cdef uint32_t *lows
    cdef uint32_t *highs
    cdef object total  # once it is known

    def __cinit__(self, Segments segments not None, clause, check):
        cdef uint32_t number, i, low, high
        cdef fault f
        cdef segment *g
        self.plan = Plan(segments, clause)
        self.check = check
        self.queries = [None] * segments.count
        self.lows = <uint32_t *> self.plan.take((<size_t> segments.count + 1) * 2 * sizeof(uint32_t))
        self.highs = self.lows + segments.count
        for number in range(segments.count):
            g = &segments.segments[number]
            self.highs[number] = g.doc_count
            for i in range(self.plan.date_count):
                if docnums_within(g, self.plan.dates[i], &low, &high, &f):
                    raise (<SegmentView> segments.views[number]).damage(&f)
                self.lows[number] = max(self.lows[number], low)
                self.highs[number] = min(self.highs[number], high)

    cdef Query query(self, uint32_t number):
        """The query of a segment; None where nothing can match."""
        cdef Query query = <Query> self.queries[number]
        if query is None and can_match(self.plan.root, number):
            query = Query.__new__(Query)
            query.make(self.plan, number, self.check)
            self.queries[number] = query
        return query

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
        for number in range(self.plan.segments.count if self.plan.date_count else 0):
            first_dated = self.plan.segments.segments[number].first_dated
            query = self.query(number) if first_dated else None
            if query is not None:
                count += query.count(0, first_dated)
        return count

    def best(self, uint32_t wanted, below, ids, *, bint counting=False):
        """The best hits: the higher score first, of equal ones the newer, then the smaller id.

        Args:
            wanted: How many at most, >= 1.
            below: For each segment (score, docnum), as of `Query.top`; None for all.
            ids: (segment, docnum) → id, as bytes.
            counting: Whether `count` will be asked for, and may be found in passing.

        Returns:
            (score, time of publication, segment, docnum) of each.
        """
        cdef Merged merged = Merged(wanted, False)
        cdef Query query
        cdef uint32_t number
        cdef double floor = -1
        cdef uint64_t count = 0
        cdef bint in_passing
        for number in range(self.plan.segments.count):
            query = self.query(number) if self.lows[number] < self.highs[number] else None
            if query is None:
                continue
            if merged.is_full():
                # Equal scores are told apart by date: another segment's may come before this one's.
                floor = nextafter(merged.hits[wanted - 1].score, -INFINITY)
            in_passing = counting and counts_in_passing(query.root)
            query.top_into(
                merged, wanted, self.lows[number], self.highs[number], floor,
                None if below is None else below[number], &count if in_passing else NULL,
            )
            if counting and not in_passing:
                count += query.count(self.lows[number], self.highs[number])
        if counting:
            self.total = count
        merged.settle(ids)
        return merged.listed()

    def newest(self, uint32_t wanted, highs, ids):
        """The newest hits; of equal times the smaller id first, what has no date last.

        Args:
            wanted: How many at most.
            highs: For each segment the docnum before which to begin; None for the last.
            ids: As of `best`.

        Returns:
            As `best`.
        """
        cdef Merged merged = Merged(wanted, True)
        cdef Query query
        cdef uint32_t number, low, count = self.plan.segments.count
        cdef list limits = [self.highs[number] for number in range(count)]
        if highs is not None:
            limits = list(map(min, limits, highs))
        # The share that each segment gives first tells how far all of them have to be gone over.
        for share in (min(wanted, wanted // count + 1), wanted) if count else ():
            for number in range(count):
                low = self.lows[number]
                if merged.is_full():
                    view = <SegmentView> self.plan.segments.views[number]
                    low = max(low, view.first_from(merged.hits[wanted - 1].published))
                query = self.query(number) if low < <uint32_t> limits[number] else None
                if query is not None:
                    limits[number] = query.walk_into(merged, share, low, limits[number])
        merged.settle(ids)
        return merged.listed()
