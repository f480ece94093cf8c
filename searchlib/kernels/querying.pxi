# A query plan in one segment. Part of searching.pyx.

cdef extern from "collect/collect_best.h" nogil:
    ctypedef struct hit:
        pass
    double hit_score(const hit *h)
    uint32_t hit_docnum(const hit *h)
    hit *hits_take(uint32_t count)
    ctypedef struct best_hits:
        pass
    int best_hits_begin(best_hits *b, uint32_t capacity, double above, double after_score, uint32_t after_docnum)
    void best_hits_free(best_hits *b)
    hit *best_hits_list(const best_hits *b, uint32_t *count)
    void sort_hits(best_hits *b)
    ctypedef struct docnum_range:
        pass
    docnum_range docnums_between(uint32_t low, uint32_t limit)
    bint is_left(const docnum_range *left)
    bint counts_in_passing(operator *root)
    int collect_best(segment_search *s, operator *root, best_hits *best, const uint8_t *deleted, docnum_range *left,
                     uint32_t windows, uint64_t *count)

cdef extern from "collect/collect_all.h" nogil:
    int collect_all(segment_search *s, operator *root, const uint8_t *deleted, uint64_t *bits, uint64_t *count,
                    docnum_range *left, uint32_t windows)

cdef extern from "collect/collect_given.h" nogil:
    int collect_given(segment_search *s, operator *root, const uint8_t *deleted, const uint32_t *docnums, uint32_t n,
                      uint64_t *count)

cdef extern from "collect/collect_in_order.h" nogil:
    int collect_in_order(segment_search *s, operator *root, const uint8_t *deleted, bint ascending, bint scored,
                         uint32_t wanted, hit *hits, uint32_t *count, docnum_range *left, uint32_t windows)


cdef int64_t monotonic_ns() noexcept nogil:
    """The clock of `time.monotonic`, in nanoseconds."""
    cdef timespec now
    clock_gettime(CLOCK_MONOTONIC, &now)
    return <int64_t> now.tv_sec * 1000000000 + now.tv_nsec


cdef class Query:
    """The operators of a query plan in one segment. For one thread at a time; its results are valid on their own."""

    cdef Plan plan
    cdef SegmentView segment
    cdef uint32_t number
    cdef object check
    cdef object cancelled
    cdef segment_search search
    cdef operator *root

    # --- making it

    def __init__(self):
        raise TypeError("a Query is made by a Search")

    cdef int make(self, Plan plan, uint32_t number, bint with_dates, check, deadline, cancelled) except -1:
        cdef const uint8_t *flag = NULL
        self.plan = plan
        self.segment = <SegmentView> plan.segments.views[number]
        self.number = number
        self.check = check
        self.root = open_segment_search(&plan.plan, number, with_dates, &self.search)
        if self.root == NULL:
            raise self.segment.damage(search_fault(&self.search))
        if cancelled is not None:
            self.cancelled = cancelled  # Its byte is read for as long as this lives.
            flag = <const uint8_t *> PyByteArray_AS_STRING(cancelled)
        if deadline is not None or flag != NULL:
            search_until(
                &self.search, monotonic_ns, INT64_MAX if deadline is None else <int64_t> (<double> deadline * 1e9), flag
            )
        return 0

    cdef docnum_range begin(self, uint32_t low, uint32_t high) except *:
        """Have the workspaces, which others use in between; the docnums to go over."""
        if self.plan.is_stopped or (self.check is not None and self.check()):
            self.plan.is_stopped = True
            return docnums_between(0, 0)
        search_begin(&self.search, self.plan.workspaces.first, self.plan.workspaces.count)
        return docnums_between(low, min(high, search_doc_count(&self.search)))

    cdef bint after(self, int failed) except -1:
        """After some windows: whether to stop and keep what was found."""
        if failed:
            # Sums of a workspace were left as they were when it happened.
            self.plan.workspaces.count = 0
            if failed != FAULT_TIME:
                raise self.segment.damage(search_fault(&self.search))
        if self.check is not None:
            self.plan.is_stopped = self.check(True) if failed else self.check()
        if failed:
            # What the last windows have is lost, so it cannot go on.
            self.plan.is_stopped = True
        return self.plan.is_stopped

    # --- searching

    def top(self, uint32_t wanted, uint32_t low, uint32_t high, *, double above=-1, after=None):
        """The best hits among docnums [low, high).

        Args:
            wanted: How many at most.
            low: The first docnum.
            high: The docnum after the last.
            above: Only scores above it are wanted; -1 for all.
            after: (score, docnum) of a hit: only what comes after it is wanted; of equal scores the higher docnum
                comes first. None for all.

        Returns:
            (score, docnum) of each, best first.
        """
        cdef best_hits best
        cdef uint32_t count = 0
        cdef hit *hits
        memset(&best, 0, sizeof(best))
        try:
            self.find_best(&best, wanted, low, high, above, after, NULL)
            hits = best_hits_list(&best, &count)
            return [(hit_score(&hits[i]), hit_docnum(&hits[i])) for i in range(count)]
        finally:
            best_hits_free(&best)

    cdef int find_best(self, best_hits *best, uint32_t wanted, uint32_t low, uint32_t high, double above, after,
                       uint64_t *count) except -1:
        """As `top`, into `best`, which is to be freed whatever happens. All that match are added to *count, where that
        is not NULL."""
        cdef int failed = 0
        cdef docnum_range left = self.begin(low, high)
        wanted = min(wanted, search_doc_count(&self.search))
        if best_hits_begin(best, wanted, above, INFINITY if after is None else after[0],
                           0 if after is None else after[1]):
            raise MemoryError
        while wanted and is_left(&left):
            with nogil:
                failed = collect_best(
                    &self.search, self.root, best, self.segment.deleted, &left, WINDOWS_AT_A_TIME, count
                )
            if self.after(failed):
                break
        sort_hits(best)
        return 0

    cdef int merge_best(self, merged_hits *merged, uint32_t wanted, uint32_t low, uint32_t high, double above, after,
                        uint64_t *count) except -1:
        """Merge the best hits into others; count as `find_best` does."""
        cdef best_hits best
        cdef uint32_t found = 0
        cdef hit *hits
        memset(&best, 0, sizeof(best))
        try:
            self.find_best(&best, wanted, low, high, above, after, count)
            hits = best_hits_list(&best, &found)
            self.merge(merged, hits, found)
        finally:
            best_hits_free(&best)
        return 0

    cdef int merge(self, merged_hits *merged, const hit *hits, uint32_t count) except -1:
        cdef fault f
        if merge_hits(merged, &self.plan.segments.segments[self.number], self.number, hits, count, &f):
            raise self.segment.damage(&f)
        return 0

    cdef uint32_t merge_last(self, merged_hits *merged, uint32_t wanted, uint32_t low, uint32_t high) except? 0:
        """Merge the last hits of [low, high) into others; before which docnum there may be more, `low` for none."""
        cdef uint32_t count
        cdef hit *hits = self.find_in_order(wanted, low, high, False, True, &count)
        try:
            self.merge(merged, hits, count)
            return hit_docnum(&hits[count - 1]) if count and count == wanted else low
        finally:
            free(hits)

    def count(self, uint32_t low, uint32_t high):
        """How many of docnums [low, high) match."""
        cdef uint64_t count = 0
        cdef uint32_t known = 0
        cdef int failed = 0
        cdef docnum_range left = self.begin(low, high)
        cdef bint is_whole = self.segment.deleted == NULL and low == 0 and high >= search_doc_count(&self.search)
        if is_whole and not self.plan.is_stopped and operator_knows_count(self.root, &known):
            return known
        while is_left(&left):
            with nogil:
                failed = collect_all(
                    &self.search, self.root, self.segment.deleted, NULL, &count, &left, WINDOWS_AT_A_TIME
                )
            if self.after(failed):
                break
        return count

    cdef uint64_t count_given(self, const uint32_t *docnums, uint32_t n) except? 0:
        """How many of some docnums, which ascend, match."""
        cdef uint64_t count = 0
        cdef int failed
        self.begin(0, 0)
        if self.plan.is_stopped:
            return 0
        with nogil:
            failed = collect_given(&self.search, self.root, self.segment.deleted, docnums, n, &count)
        self.after(failed)
        return count

    def matches(self, uint32_t low, uint32_t high):
        """The docnums in [low, high) that match, as a `Bitmap`."""
        cdef Bitmap bitmap = Bitmap(search_doc_count(&self.search))
        cdef int failed = 0
        cdef docnum_range left = self.begin(low, high)
        while is_left(&left):
            with nogil:
                failed = collect_all(
                    &self.search, self.root, self.segment.deleted, bitmap.bits, &bitmap.count, &left, WINDOWS_AT_A_TIME
                )
            if self.after(failed):
                break
        return bitmap

    def walk(self, uint32_t wanted, uint32_t low, uint32_t high, *, bint ascending):
        """The first so many docnums of [low, high) that match, as a list in the order that is asked for."""
        cdef uint32_t count, i
        cdef hit *hits = self.find_in_order(wanted, low, high, ascending, False, &count)
        try:
            return [hit_docnum(&hits[i]) for i in range(count)]
        finally:
            free(hits)

    cdef hit *find_in_order(
        self, uint32_t wanted, uint32_t low, uint32_t high, bint ascending, bint scored, uint32_t *count
    ) except NULL:
        """As `walk`, with the scores or with 0 for each; what it returns is to be freed."""
        cdef int failed = 0
        cdef docnum_range left = self.begin(low, high)
        wanted = min(wanted, search_doc_count(&self.search))
        cdef hit *hits = hits_take(wanted)
        if hits == NULL:
            raise MemoryError
        count[0] = 0
        try:
            while is_left(&left) and count[0] < wanted:
                with nogil:
                    failed = collect_in_order(
                        &self.search, self.root, self.segment.deleted, ascending, scored, wanted, hits, count, &left,
                        WINDOWS_AT_A_TIME,
                    )
                if self.after(failed):
                    break
        except BaseException:
            free(hits)
            raise
        return hits
