# Several segments as one: terms looked up in all of them, and the best or the newest hits of all, in order.
# Part of searching.pyx.

cdef extern from "math.h" nogil:
    double nextafter(double value, double towards)


cdef class Segments:
    """Segments that are searched together. Safe for many threads at once.

    Args:
        views: What is read of each.
        fields: For each its fields: name → blocks in its dictionary, as `TermsReader` names a field.
        first_dated: For each the docnum of the first article that has a date.
    """

    cdef readonly tuple views
    cdef tuple fields
    cdef tuple first_dated

    def __cinit__(self, views, fields, first_dated):
        self.views = tuple(views)
        self.fields = tuple(fields)
        self.first_dated = tuple(first_dated)
        if not len(self.views) == len(self.fields) == len(self.first_dated):
            raise ValueError("segments, their fields and first dates differ in number")
        for view in self.views:
            if not isinstance(view, SegmentView):
                raise TypeError("a segment is a SegmentView")


cdef class FoundTerm:
    """Where a term of a field is in some segments.

    Attributes:
        doc_freq: In how many articles, deleted ones included.
    """

    cdef Segments segments
    cdef list_place *places
    cdef Py_ssize_t count
    cdef readonly uint64_t doc_freq

    def __dealloc__(self):
        free(self.places)


cdef class Terms:
    """The terms of one search, each looked up once. For one thread at a time."""

    cdef Segments segments
    cdef dict found

    def __cinit__(self, Segments segments not None):
        self.segments = segments
        self.found = {}

    cpdef FoundTerm find(self, str field, str term):
        """A term in all segments."""
        known = self.found.get((field, term))
        if known is not None:
            return <FoundTerm> known
        cdef FoundTerm found = FoundTerm.__new__(FoundTerm)
        cdef Py_ssize_t number
        cdef SegmentView view
        found.segments = self.segments
        found.count = len(self.segments.views)
        found.places = <list_place *> calloc(found.count + 1, sizeof(list_place))
        if found.places == NULL:
            raise MemoryError
        encoded = term.encode("utf-8")
        for number in range(found.count):
            blocks = (<dict> self.segments.fields[number]).get(field)
            if blocks is not None:
                view = <SegmentView> self.segments.views[number]
                if view.terms._find(blocks[0], blocks[1], encoded, &found.places[number]):
                    found.doc_freq += found.places[number].doc_freq
                else:
                    found.places[number].doc_freq = 0
        self.found[field, term] = found
        return found

    def doc_frequency(self, str field, str term):
        """In how many articles a term is, deleted ones included."""
        return self.find(field, term).doc_freq


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
            # Those of one segment are in order, and come one after the other.
            if self.hits[first].segment != self.hits[end - 1].segment:
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
    """A clause over several segments, or over what of them was published within dates. For one thread at a time.

    Args:
        segments: The segments.
        ranking: How to score.
        clause: What matches: as of a `Query`, its terms given by a `FoundTerm` with None for the field.
        greatest_score: No score can be above it.
        dates: (since, until) in microseconds, None for an open side; None for all articles, undated ones included.
        check: As of a `Query`.

    Raises:
        CorruptDataError: Bytes of a segment are not what was written.
    """

    cdef Segments segments
    cdef list queries
    cdef list lows
    cdef list highs

    def __cinit__(self, Segments segments not None, Ranking ranking not None, clause, double greatest_score, dates, check):
        cdef uint32_t low, high
        cdef Py_ssize_t number
        cdef SegmentView view
        self.segments = segments
        self.queries, self.lows, self.highs = [], [], []
        for number in range(len(segments.views)):
            view = <SegmentView> segments.views[number]
            low, high = 0, view.doc_count
            if dates is not None:
                low, high = view.docnums_within(dates[0], dates[1], segments.first_dated[number])
            self.lows.append(low)
            self.highs.append(high)
            # Articles without a date are asked about too: how many would match but for theirs.
            if low < high or (dates is not None and segments.first_dated[number]):
                self.queries.append(Query(view, ranking, clause, greatest_score, check, number))
            else:
                self.queries.append(None)

    def parts(self):
        """(number of the segment, its query, low, high) of each segment that may have matches among [low, high)."""
        return [
            (number, query, self.lows[number], self.highs[number])
            for number, query in enumerate(self.queries)
            if query is not None
        ]

    def count(self):
        """How many articles match."""
        return sum([query.count(low, high) for _, query, low, high in self.parts() if low < high])

    def count_undated(self):
        """How many would match if they had a date."""
        cdef list first_dated = list(self.segments.first_dated)
        return sum([query.count(0, first_dated[n]) for n, query, _, _ in self.parts() if first_dated[n]])

    def best(self, uint32_t wanted, below, ids):
        """The best hits: the higher score first, of equal ones the newer, then the smaller id.

        Args:
            wanted: How many at most.
            below: For each segment (score, docnum), as of `Query.top`; None for all.
            ids: (segment, docnum) → id, as bytes.

        Returns:
            (score, time of publication, segment, docnum) of each.
        """
        cdef Merged merged = Merged(wanted, False)
        cdef Query query
        cdef Py_ssize_t number
        cdef double floor = -1
        for number in range(len(self.queries)):
            query = <Query> self.queries[number]
            if query is None:
                continue
            if merged.is_full():
                # Equal scores are told apart by date: another segment's may come before this one's.
                floor = nextafter(merged.hits[wanted - 1].score, -INFINITY)
            query.top_into(
                merged, wanted, self.lows[number], self.highs[number], floor, None if below is None else below[number]
            )
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
        cdef Py_ssize_t number
        cdef uint32_t low, high
        for number in range(len(self.queries)):
            query = <Query> self.queries[number]
            if query is None:
                continue
            low, high = self.lows[number], self.highs[number]
            if highs is not None:
                high = min(high, <uint32_t> highs[number])
            if merged.is_full():
                low = max(low, query.segment.first_from(merged.hits[wanted - 1].published))
            if low < high:
                query.walk_into(merged, wanted, low, high)
        merged.settle(ids)
        return merged.listed()
