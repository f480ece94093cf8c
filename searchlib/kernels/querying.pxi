# A plan in one segment. Part of searching.pyx.

cdef class Query:
    """Clauses made ready for one segment. For one thread at a time; its results are valid on their own."""

    cdef Plan plan
    cdef SegmentView segment
    cdef uint32_t number
    cdef object check
    cdef search search
    cdef clause *root

    # --- making it

    cdef int make(self, Plan plan, uint32_t number, check) except -1:
        cdef maker m
        cdef const segment *g = &plan.segments.segments[number]
        cdef search *s = &self.search
        self.plan = plan
        self.segment = <SegmentView> plan.segments.views[number]
        self.number = number
        self.check = check
        s.ranking = &plan.segments.ranking.ranking
        s.rounding = plan.rounding
        s.doc_count = g.doc_count
        if g.norms != NULL:
            s.norms_file = g.norms
            s.norms_at = g.norms_at
            s.norms = paged_file_data(g.norms) + g.norms_at
        m.search, m.segment, m.number, m.memory = s, g, number, &plan.memory
        self.root = make_clause(&m, plan.root)
        if self.root == NULL:
            self.give_up(fault_code(&s.fault))
        return 0

    cdef int begin(self) except -1:
        """Have the workspace, which others use in between."""
        self.search.levels, self.search.level_count = self.plan.workspace.levels, self.plan.workspace.count
        self.search.level = 0
        return 0

    cdef int give_up(self, int failed) except -1:
        if failed == FAULT_MEMORY:
            raise MemoryError
        raise self.segment.damage(&self.search.fault)

    cdef int after(self, int failed) except -1:
        """After some windows: stop, or go on."""
        if failed:
            # Scores were left as they were when it happened.
            self.plan.workspace.count = 0
            self.give_up(failed)
        if self.check is not None:
            self.check()
        return 0

    # --- searching

    def top(self, uint32_t wanted, uint32_t low, uint32_t high, *, double floor=-1, below=None):
        """The best hits among docnums [low, high).

        Args:
            wanted: How many at most.
            low: The first docnum.
            high: The docnum after the last.
            floor: Only scores above it are wanted; -1 for all.
            below: (score, docnum) of a hit: only what comes after it is wanted; of equal scores the higher docnum
                comes first. None for all.

        Returns:
            (score, docnum) of each, best first.
        """
        cdef top t
        try:
            self.find_top(&t, wanted, low, high, floor, below, NULL)
            return [(t.hits[i].score, t.hits[i].docnum) for i in range(t.count)]
        finally:
            free(t.hits)

    cdef int find_top(self, top *t, uint32_t wanted, uint32_t low, uint32_t high, double floor, below,
                      uint64_t *count) except -1:
        """As `top`, into `t`, whose hits are to be freed whatever happens. All that match are added to *count, where
        that is not NULL."""
        cdef uint32_t limit = min(high, self.search.doc_count)
        cdef int failed = 0
        memset(t, 0, sizeof(top))
        wanted = min(wanted, self.search.doc_count)
        if not wanted:
            return 0
        t.capacity = wanted
        t.floor = floor
        t.below_score = INFINITY if below is None else below[0]
        t.below_docnum = 0 if below is None else below[1]
        t.hits = <hit *> malloc(wanted * sizeof(hit))
        if t.hits == NULL:
            raise MemoryError
        self.begin()
        while limit > low:
            with nogil:
                failed = search_top(
                    &self.search, self.root, t, self.segment.deleted, low, &limit, WINDOWS_AT_A_TIME, count
                )
            self.after(failed)
        top_sort(t)
        return 0

    cdef int top_into(self, Merged merged, uint32_t wanted, uint32_t low, uint32_t high, double floor, below,
                      uint64_t *count) except -1:
        """Merge the best hits into others; count as `find_top` does."""
        cdef top t
        cdef placed *found = NULL
        cdef uint32_t i
        try:
            self.find_top(&t, wanted, low, high, floor, below, count)
            found = <placed *> malloc((<size_t> t.count + 1) * sizeof(placed))
            if found == NULL:
                raise MemoryError
            for i in range(t.count):
                found[i] = placed(t.hits[i].score, self.segment.time_of(t.hits[i].docnum), self.number, t.hits[i].docnum)
            merged.add(found, t.count)
        finally:
            free(found)
            free(t.hits)
        return 0

    cdef uint32_t walk_into(self, Merged merged, uint32_t wanted, uint32_t low, uint32_t high) except? 0:
        """Merge the last hits of [low, high) into others; before which docnum there may be more, `low` for none."""
        cdef uint32_t count, i, limit = low
        cdef hit *hits = self.find_in_order(wanted, low, high, False, True, &count)
        cdef placed *found = <placed *> malloc((<size_t> count + 1) * sizeof(placed))
        try:
            if found == NULL:
                raise MemoryError
            for i in range(count):
                found[i] = placed(hits[i].score, self.segment.time_of(hits[i].docnum), self.number, hits[i].docnum)
            merged.add(found, count)
            if count == wanted:
                limit = hits[count - 1].docnum
        finally:
            free(found)
            free(hits)
        return limit

    def count(self, uint32_t low, uint32_t high):
        """How many of docnums [low, high) match."""
        cdef uint64_t count = 0
        cdef uint32_t limit = min(high, self.search.doc_count)
        cdef int failed = 0
        if self.segment.deleted == NULL and self.root.kind == TERM and low == 0 and limit == self.search.doc_count:
            return self.root.cost
        self.begin()
        while limit > low:
            with nogil:
                failed = search_all(
                    &self.search, self.root, self.segment.deleted, NULL, &count, low, &limit, WINDOWS_AT_A_TIME
                )
            self.after(failed)
        return count

    def matches(self, uint32_t low, uint32_t high):
        """The docnums in [low, high) that match, as a `Bitmap`."""
        cdef Bitmap bitmap = Bitmap(self.search.doc_count)
        cdef uint32_t limit = min(high, self.search.doc_count)
        cdef int failed = 0
        self.begin()
        while limit > low:
            with nogil:
                failed = search_all(
                    &self.search, self.root, self.segment.deleted, bitmap.bits, &bitmap.count, low, &limit,
                    WINDOWS_AT_A_TIME,
                )
            self.after(failed)
        return bitmap

    def walk(self, uint32_t wanted, uint32_t low, uint32_t high, *, bint ascending):
        """The first so many docnums of [low, high) that match, as a list in the order that is asked for."""
        cdef uint32_t count, i
        cdef hit *hits = self.find_in_order(wanted, low, high, ascending, False, &count)
        try:
            return [hits[i].docnum for i in range(count)]
        finally:
            free(hits)

    cdef hit *find_in_order(
        self, uint32_t wanted, uint32_t low, uint32_t high, bint ascending, bint scored, uint32_t *count
    ) except NULL:
        """As `walk`, with the scores or with 0 for each; what it returns is to be freed."""
        cdef uint32_t limit = min(high, self.search.doc_count)
        cdef int failed = 0
        wanted = min(wanted, self.search.doc_count)
        cdef hit *hits = <hit *> malloc((<size_t> wanted + 1) * sizeof(hit))
        if hits == NULL:
            raise MemoryError
        count[0] = 0
        self.begin()
        try:
            while limit > low and count[0] < wanted:
                with nogil:
                    failed = search_walk(
                        &self.search, self.root, self.segment.deleted, ascending, scored, wanted, hits, count, &low,
                        &limit, WINDOWS_AT_A_TIME,
                    )
                self.after(failed)
        except BaseException:
            free(hits)
            raise
        return hits

