# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""Clauses over one segment: the best hits, all hits, the newest and the oldest; and counting among them.

What happens is in ``windows.h``, ``spans.h``, ``drivers.h`` and ``scoring.h``. Here clauses come in as tuples:

    ("term", field, term, idf)                  articles with a term; field as `TermsReader` names it: (first, end),
                                                or None where the term is a `FoundTerm`
    ("spans", field, source, idf, region)       articles in which a source stands, within one of the three texts; region
                                                0, 1, 2 or None for any; "whole" in a field that is one text, with idf 0
    ("all", [clause]), ("any", [clause]), ("best", [clause])   scores add up, add up, or the highest counts
    ("except", clause)                          articles that do not match
    ("range", low, high)                        docnums [low, high)
    ("times", since, until)                     published in [since, until), microseconds
    ("dates", since, until)                     the same in a segment in order of publication, which is some docnums of it;
                                                None for an open side

    source: ("sequence", [term], slop) or ("pair", [source], [source], distance, ordered)

An idf of 0 restricts and does not rank. A field of None is not in the segment, unless terms are found already.
"""

cimport cython
from libc.math cimport INFINITY
from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memcpy, memset

from searchlib.kernels.storage cimport (
    FAULT_MEMORY,
    PagedFile,
    TermsReader,
    cursor_open,
    fault,
    list_cursor,
    list_place,
    paged_file,
    pages_check,
)

from searchlib.kernels import CorruptDataError

__all__ = ["Bitmap", "FoundTerm", "Query", "Ranking", "Search", "SegmentView", "Segments", "Terms"]

cdef extern from "drivers.h" nogil:
    enum: WINDOW
    ctypedef enum clause_kind:
        TERM
        SPANS
        ALL
        ANY_OF
        BEST_OF
        EXCEPT
        RANGE
        TIMES
    ctypedef struct ranking:
        double k1
    void ranking_fill(ranking *r, double k1, double b, double mean_length, const double *lengths,
                      const float *region_weights)
    ctypedef struct rounding:
        double unit
    rounding rounding_for(double greatest_score)
    ctypedef struct spans
    ctypedef struct clause:
        clause_kind kind
        double idf
        list_cursor *cursor
        clause **parts
        uint32_t part_count
        uint32_t low
        uint32_t high
        int64_t since
        int64_t until
        spans *spans
        double most
        uint32_t cost
    ctypedef struct scratch:
        pass
    ctypedef struct search:
        const ranking *ranking
        rounding rounding
        uint32_t doc_count
        const paged_file *norms_file
        uint64_t norms_at
        const uint8_t *norms
        const int64_t *published
        uint32_t base
        uint32_t end
        scratch *levels
        uint32_t level
        uint32_t level_count
        fault fault
    ctypedef struct span_source:
        int is_pair
        uint32_t *terms
        uint32_t term_count
        uint32_t slop
        span_source **left
        span_source **right
        uint32_t left_count
        uint32_t right_count
        uint32_t distance
        int ordered
        uint32_t *places
    ctypedef struct position_list:
        pass
    ctypedef struct spans:
        clause *guard
        list_cursor **cursors
        position_list *positions
        uint32_t *near
        uint32_t cursor_count
        span_source *source
        int region
        const paged_file *regions_file
        uint64_t titles_at
        uint64_t summaries_at
    void spans_free(spans *sp)
    void span_source_free(span_source *source)
    ctypedef struct hit:
        double score
        uint32_t docnum
    ctypedef struct top:
        hit *hits
        uint32_t count
        uint32_t capacity
        double floor
        double below_score
        uint32_t below_docnum
    void top_sort(top *t)
    int search_top(search *s, clause *root, top *t, const uint8_t *deleted, uint32_t low, uint32_t *limit,
                   uint32_t windows)
    int search_all(search *s, clause *root, const uint8_t *deleted, uint64_t *bits, uint64_t *count, uint32_t low,
                   uint32_t *limit, uint32_t windows)
    int search_walk(search *s, clause *root, const uint8_t *deleted, int ascending, int scored, uint32_t wanted,
                    hit *hits, uint32_t *count, uint32_t *low, uint32_t *limit, uint32_t windows)
    uint64_t count_range(const uint64_t *bits, uint32_t low, uint32_t high)
    double tf_of(const ranking *r, double weight, uint8_t norm)
    double bound_of(const search *s, double idf, double tf)

# The first time that there is; before it is what has no date.
cdef int64_t FIRST_TIME = -0x7fffffffffffffff

# Between two looks at the clock: some 10 ms at worst.
cdef enum:
    WINDOWS_AT_A_TIME = 64
    # Workspaces of a segment that are kept.
    MAX_IDLE = 8


cdef class Ranking:
    """How an index ranks: BM25F's numbers, for all its segments.

    Args:
        k1: How fast repeated occurrences stop counting, >= 0.
        b: Share of length normalisation, 0 to 1.
        mean_length: Mean length of an article's text over the index, in tokens, > 0.
        lengths: What each of the 256 norms stands for, in tokens, ascending.
        region_weights: How often an occurrence in title, summary and body counts.
    """

    cdef ranking ranking

    def __cinit__(self, double k1, double b, double mean_length, lengths, region_weights):
        cdef double norm_lengths[256]
        cdef float weights[3]
        for i in range(256):
            norm_lengths[i] = lengths[i]
        for i in range(3):
            weights[i] = region_weights[i]
        ranking_fill(&self.ranking, k1, b, mean_length, norm_lengths, weights)


cdef class Workspace:
    """Bitmaps and scores for clauses inside one another; all scores are 0 while no query has it."""

    cdef scratch *levels
    cdef uint32_t count

    def __cinit__(self, uint32_t count):
        self.count = count
        self.levels = <scratch *> calloc(count, sizeof(scratch))
        if self.levels == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.levels)


cdef class SegmentView:
    """What of a segment a search reads. Safe for many threads at once.

    Args:
        terms: Its terms.
        doc_count: How many articles it has, deleted ones included.
        deleted: Bitmap of deleted articles, the first in the lowest bit; None where none is.
        norms: (file, place) of the norms of the ranked field, a byte for each article; None where it has none.
        regions: (file, place, place) of the positions that title and summary take, four bytes for each article.
        published: (file, place) of the times of publication, eight bytes for each article; None where it has none.
    """

    cdef readonly TermsReader terms
    cdef readonly uint32_t doc_count
    cdef bytes deleted_bytes
    cdef const uint8_t *deleted
    cdef PagedFile norms
    cdef uint64_t norms_at
    cdef PagedFile regions
    cdef uint64_t titles_at
    cdef uint64_t summaries_at
    cdef PagedFile published
    cdef uint64_t published_at
    cdef list idle  # workspaces, to be used again: pages fresh from the system cost more than most queries

    def __cinit__(self, TermsReader terms, uint32_t doc_count, *, bytes deleted, norms, regions, published):
        self.terms = terms
        self.doc_count = doc_count
        self.idle = []
        self.deleted = NULL
        if deleted is not None:
            if len(deleted) < (doc_count + 7) // 8:
                raise ValueError("the bitmap of deleted articles is too short")
            self.deleted_bytes = deleted
            self.deleted = <const uint8_t *> <const char *> deleted
        if norms is not None:
            self.norms, self.norms_at = norms
            self.check_room(self.norms, self.norms_at, 1)
        if regions is not None:
            self.regions, self.titles_at, self.summaries_at = regions
            self.check_room(self.regions, self.titles_at, 4)
            self.check_room(self.regions, self.summaries_at, 4)
        if published is not None:
            self.published, self.published_at = published
            self.check_room(self.published, self.published_at, 8)

    cdef Workspace workspace(self, uint32_t levels):
        try:
            found = <Workspace> self.idle.pop()
        except IndexError:
            return Workspace(max(levels, 6))
        return found if found.count >= levels else Workspace(levels)

    cdef int check_room(self, PagedFile file, uint64_t place, uint64_t size) except -1:
        if place > file.file.end or self.doc_count * size > file.file.end - place:
            raise CorruptDataError("a column is not in its file", file.path, place)
        return 0

    cpdef int64_t time_of(self, uint32_t docnum) except? -1:
        """When an article was published, in microseconds."""
        cdef fault f
        cdef int64_t value
        cdef uint64_t place = self.published_at + <uint64_t> docnum * 8
        if docnum >= self.doc_count:
            raise IndexError(docnum)
        if self.published is None:
            raise CorruptDataError("the segment has no times of publication")
        if pages_check(&self.published.file, place, 8, &f):
            raise self.terms.damage(&f) if f.file != &self.published.file else damaged(self.published, &f)
        memcpy(&value, self.published.file.data + place, 8)
        return value

    cpdef uint32_t first_from(self, int64_t time) except? 0xffffffff:
        """The first docnum published at a time or later, of articles in order of publication; doc_count for none."""
        cdef uint32_t low = 0, high = self.doc_count, middle
        while low < high:
            middle = low + (high - low) // 2
            if self.time_of(middle) < time:
                low = middle + 1
            else:
                high = middle
        return low


    def docnums_within(self, since, until, uint32_t first_dated):
        """Of articles in order of publication the docnums published in [since, until), microseconds: (first, end).

        Args:
            since: None for an open side; likewise `until`.
            until: See `since`.
            first_dated: Docnum of the first article that has a date.
        """
        cdef uint32_t low = first_dated, high = self.doc_count
        if since is not None:
            low = max(low, self.first_from(since))
        if until is not None:
            high = self.first_from(until)
        return low, max(low, high)


cdef object damaged(PagedFile file, fault *f):
    return CorruptDataError(f.what.decode("ascii"), file.path, f.offset)


cdef class Bitmap:
    """Docnums of one segment that match.

    Attributes:
        count: How many.
    """

    cdef uint64_t *bits
    cdef readonly uint32_t size
    cdef readonly uint64_t count

    def __cinit__(self, uint32_t size):
        self.size = size
        self.bits = <uint64_t *> calloc(<size_t> size // 64 + 1, 8)
        if self.bits == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.bits)

    def count_between(self, uint32_t low, uint32_t high):
        """How many docnums in [low, high) it has."""
        if high > self.size:
            raise IndexError(high)
        return count_range(self.bits, low, high) if low < high else 0

    def docnums(self):
        """All of them, ascending, as a list."""
        cdef uint32_t docnum
        return [docnum for docnum in range(self.size) if self.bits[docnum >> 6] >> (docnum & 63) & 1]

    def count_values(self, const uint32_t[::1] ordinals, uint32_t value_count):
        """How many of them have each ordinal: a list of `value_count` numbers."""
        cdef uint64_t word
        cdef uint32_t w, docnum
        cdef uint64_t *counts = <uint64_t *> calloc(<size_t> value_count + 1, 8)
        if counts == NULL:
            raise MemoryError
        try:
            if <uint64_t> ordinals.shape[0] < self.size:
                raise CorruptDataError("a column has fewer values than there are articles")
            with nogil:
                for w in range(self.size // 64 + 1):
                    word = self.bits[w]
                    while word:
                        docnum = w * 64 + lowest_bit(word)
                        word &= word - 1
                        if ordinals[docnum] < value_count:
                            counts[ordinals[docnum]] += 1
            return [counts[i] for i in range(value_count)]
        finally:
            free(counts)


cdef extern from *:
    """
    static inline uint32_t lowest_bit(uint64_t word) { return (uint32_t)__builtin_ctzll(word); }
    """
    uint32_t lowest_bit(uint64_t word) nogil


include "answering.pxi"


@cython.no_gc_clear  # what it holds is needed to take it apart
cdef class Query:
    """Clauses made ready for one segment. For one thread at a time.

    Args:
        segment: The segment.
        ranking: How to score.
        clause: What matches (see the module).
        greatest_score: No score of the query can be above it, whatever the segment.
        check: Called every few milliseconds while it works, and may raise to stop it; None for nothing.
        number: Which of the segments of a `FoundTerm` it is.

    Raises:
        CorruptDataError: Bytes of the segment are not what was written.
    """

    cdef SegmentView segment
    cdef Py_ssize_t number
    cdef Ranking ranking
    cdef object check
    cdef Workspace workspace
    cdef search search
    cdef clause *root
    cdef list clauses  # addresses of all clauses, to free them

    def __cinit__(self, SegmentView segment, Ranking ranking, clause, double greatest_score, check=None, Py_ssize_t number=0):
        self.segment = segment
        self.number = number
        self.ranking = ranking
        self.check = check
        self.clauses = []
        cdef search *s = &self.search
        s.ranking = &ranking.ranking
        s.rounding = rounding_for(greatest_score)
        s.doc_count = segment.doc_count
        if segment.norms is not None:
            s.norms_file = &segment.norms.file
            s.norms_at = segment.norms_at
            s.norms = segment.norms.file.data + segment.norms_at
        if segment.published is not None:
            s.published = <const int64_t *> (segment.published.file.data + segment.published_at)
        self.root = self.build(clause)
        self.workspace = segment.workspace(depth_of(self.root) + 1)
        s.level_count = self.workspace.count
        s.levels = self.workspace.levels

    def __dealloc__(self):
        cdef clause *c
        if self.workspace is not None and self.segment.idle is not None:
            if len(self.segment.idle) < MAX_IDLE:
                self.segment.idle.append(self.workspace)
        if self.clauses is not None:
            for address in self.clauses:
                c = <clause *> <size_t> address
                free(c.cursor)
                free(c.parts)
                spans_free(c.spans)
                free(c)

    # --- building

    cdef clause *build(self, tuple given) except NULL:
        cdef clause *c = <clause *> calloc(1, sizeof(clause))
        if c == NULL:
            raise MemoryError
        self.clauses.append(<size_t> c)
        kind = given[0]
        if kind == "term":
            self.build_term(c, given)
        elif kind == "spans":
            self.build_spans(c, given)
        elif kind == "range":
            c.kind = RANGE
            c.low, c.high = given[1], given[2]
            c.cost = c.high - c.low if c.high > c.low else 0
        elif kind == "dates":
            c.kind = RANGE
            c.low, c.high = self.segment.docnums_within(given[1], given[2], self.segment.first_from(FIRST_TIME))
            c.cost = c.high - c.low
        elif kind == "times":
            c.kind = TIMES
            c.since, c.until = given[1], given[2]
            c.cost = self.segment.doc_count
            if self.search.published == NULL:
                raise CorruptDataError("the segment has no times of publication")
            # Every page of them is read: checked once, here.
            self.segment.published.read(self.segment.published_at, <uint64_t> self.segment.doc_count * 8)
        else:
            self.build_composed(c, kind, given[1])
        return c

    cdef int build_term(self, clause *c, tuple given) except -1:
        c.kind = TERM
        c.idf = given[3]
        c.cursor = self.open_cursor(given[1], given[2])
        if c.cursor != NULL:
            c.cost = c.cursor.place.doc_freq
            if c.idf > 0:
                c.most = c.idf * self.ranking.ranking.k1 + c.idf
                c.most = min(c.most, bound_of(&self.search, c.idf, tf_of(&self.ranking.ranking, c.cursor.max_weight, c.cursor.min_norm)))
        return 0

    cdef list_cursor *open_cursor(self, tuple field, term) except? NULL:
        cdef list_place place
        cdef list_cursor *cursor
        cdef FoundTerm found
        if isinstance(term, FoundTerm):
            found = <FoundTerm> term
            # Its places are in the files of these segments.
            if not 0 <= self.number < found.count or found.segments.views[self.number] is not self.segment:
                raise ValueError("the term was looked up in other segments")
            place = found.places[self.number]
            if not place.doc_freq:
                return NULL
        elif field is None or not self.segment.terms._find(field[0], field[1], term, &place):
            return NULL
        cursor = <list_cursor *> malloc(sizeof(list_cursor))
        if cursor == NULL:
            raise MemoryError
        if cursor_open(cursor, &self.segment.terms.lists, &place, &self.search.fault):
            free(cursor)
            raise self.segment.terms.damage(&self.search.fault)
        return cursor

    cdef int build_composed(self, clause *c, str kind, given) except -1:
        parts = [given] if kind == "except" else given
        cdef uint32_t i, k
        cdef clause *part
        c.kind = ALL if kind == "all" else ANY_OF if kind == "any" else BEST_OF if kind == "best" else EXCEPT
        c.parts = <clause **> calloc(len(parts) + 1, sizeof(clause *))
        if c.parts == NULL:
            raise MemoryError
        c.cost = self.segment.doc_count if kind in ("all", "except") else 0
        for given_part in parts:
            part = self.build(given_part)
            # In order of cost; phrases after what is cheap to look up, and what is left out at the end.
            i = c.part_count
            while kind == "all" and i > 0 and rank_of(c.parts[i - 1]) > rank_of(part):
                c.parts[i] = c.parts[i - 1]
                i -= 1
            c.parts[i] = part
            c.part_count += 1
            if kind == "all":
                c.cost = min(c.cost, part.cost)
                c.most += part.most
            elif kind == "any":
                c.cost = min(self.segment.doc_count, c.cost + part.cost)
                c.most += part.most
            elif kind == "best":
                c.cost = min(self.segment.doc_count, c.cost + part.cost)
                c.most = max(c.most, part.most)
        return 0

    cdef int build_spans(self, clause *c, tuple given) except -1:
        _, field, source, idf, region = given
        cdef spans *sp = <spans *> calloc(1, sizeof(spans))
        if sp == NULL:
            raise MemoryError
        c.spans = sp
        c.kind = SPANS
        c.idf = idf
        terms = list(dict.fromkeys(terms_of(source)))
        sp.cursors = <list_cursor **> calloc(len(terms), sizeof(list_cursor *))
        sp.positions = <position_list *> calloc(len(terms), sizeof(position_list))
        sp.near = <uint32_t *> calloc(len(terms), 4)
        if sp.cursors == NULL or sp.positions == NULL or sp.near == NULL:
            raise MemoryError
        sp.cursor_count = len(terms)
        for i, term in enumerate(terms):
            sp.cursors[i] = self.open_cursor(field, term)
        order_by_cost(sp, terms)
        sp.guard = self.build(guard_of(source, field))
        sp.source = self.build_source(source, {term: i for i, term in enumerate(terms)})
        sp.region = -1 if region in (None, "whole") else region
        if region != "whole":
            if self.segment.regions is None:
                raise CorruptDataError("the segment does not say where titles end")
            sp.regions_file = &self.segment.regions.file
            sp.titles_at = self.segment.titles_at
            sp.summaries_at = self.segment.summaries_at
        c.cost = sp.guard.cost
        c.most = bound_of(&self.search, c.idf, self.ranking.ranking.k1 + 1)
        return 0

    cdef span_source *build_source(self, tuple given, dict places) except NULL:
        cdef span_source *source = <span_source *> calloc(1, sizeof(span_source))
        if source == NULL:
            raise MemoryError
        try:
            if given[0] == "sequence":
                source.term_count = len(given[1])
                source.slop = given[2]
                source.terms = <uint32_t *> calloc(source.term_count, 4)
                source.places = <uint32_t *> calloc(source.term_count, 4)
                if source.terms == NULL or source.places == NULL:
                    raise MemoryError
                for i, term in enumerate(given[1]):
                    source.terms[i] = places[term]
                return source
            source.is_pair = True
            source.distance, source.ordered = given[3], given[4]
            source.left = <span_source **> calloc(len(given[1]), sizeof(span_source *))
            source.right = <span_source **> calloc(len(given[2]), sizeof(span_source *))
            if source.left == NULL or source.right == NULL:
                raise MemoryError
            for side in given[1]:
                source.left[source.left_count] = self.build_source(side, places)
                source.left_count += 1
            for side in given[2]:
                source.right[source.right_count] = self.build_source(side, places)
                source.right_count += 1
            return source
        except BaseException:
            span_source_free(source)
            raise

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
            self.find_top(&t, wanted, low, high, floor, below)
            return [(t.hits[i].score, t.hits[i].docnum) for i in range(t.count)]
        finally:
            free(t.hits)

    cdef int find_top(self, top *t, uint32_t wanted, uint32_t low, uint32_t high, double floor, below) except -1:
        """As `top`, into `t`, whose hits are to be freed whatever happens."""
        cdef uint32_t limit = min(high, self.segment.doc_count)
        cdef int failed = 0
        memset(t, 0, sizeof(top))
        wanted = min(wanted, self.segment.doc_count)
        if not wanted:
            return 0
        t.capacity = wanted
        t.floor = floor
        t.below_score = INFINITY if below is None else below[0]
        t.below_docnum = 0 if below is None else below[1]
        t.hits = <hit *> malloc(wanted * sizeof(hit))
        if t.hits == NULL:
            raise MemoryError
        while limit > low:
            with nogil:
                failed = search_top(&self.search, self.root, t, self.segment.deleted, low, &limit, WINDOWS_AT_A_TIME)
            self.after(failed)
        top_sort(t)
        return 0

    cdef int top_into(self, Merged merged, uint32_t wanted, uint32_t low, uint32_t high, double floor, below) except -1:
        """Merge the best hits into others."""
        cdef top t
        cdef placed *found = NULL
        cdef uint32_t i
        try:
            self.find_top(&t, wanted, low, high, floor, below)
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

    cdef int walk_into(self, Merged merged, uint32_t wanted, uint32_t low, uint32_t high) except -1:
        """Merge the last hits of [low, high) into others."""
        cdef uint32_t count, i
        cdef hit *hits = self.find_in_order(wanted, low, high, False, True, &count)
        cdef placed *found = <placed *> malloc((<size_t> count + 1) * sizeof(placed))
        try:
            if found == NULL:
                raise MemoryError
            for i in range(count):
                found[i] = placed(hits[i].score, self.segment.time_of(hits[i].docnum), self.number, hits[i].docnum)
            merged.add(found, count)
        finally:
            free(found)
            free(hits)
        return 0

    def count(self, uint32_t low, uint32_t high):
        """How many of docnums [low, high) match."""
        cdef uint64_t count = 0
        cdef uint32_t limit = min(high, self.segment.doc_count)
        cdef int failed = 0
        if self.segment.deleted == NULL and self.root.kind == TERM and low == 0 and limit == self.segment.doc_count:
            return self.root.cost
        while limit > low:
            with nogil:
                failed = search_all(
                    &self.search, self.root, self.segment.deleted, NULL, &count, low, &limit, WINDOWS_AT_A_TIME
                )
            self.after(failed)
        return count

    def matches(self, uint32_t low, uint32_t high):
        """The docnums in [low, high) that match, as a `Bitmap`."""
        cdef Bitmap bitmap = Bitmap(self.segment.doc_count)
        cdef uint32_t limit = min(high, self.segment.doc_count)
        cdef int failed = 0
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
        cdef uint32_t limit = min(high, self.segment.doc_count)
        cdef int failed = 0
        wanted = min(wanted, self.segment.doc_count)
        cdef hit *hits = <hit *> malloc((<size_t> wanted + 1) * sizeof(hit))
        if hits == NULL:
            raise MemoryError
        count[0] = 0
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

    cdef int after(self, int failed) except -1:
        cdef fault *f = &self.search.fault
        if failed:
            # Scores were left as they were when it happened.
            self.search.levels = NULL
            self.search.level_count = self.search.level = 0
            self.workspace = None
            if failed == FAULT_MEMORY:
                raise MemoryError
            for file in (self.segment.norms, self.segment.regions, self.segment.published):
                if file is not None and f.file == &(<PagedFile> file).file:
                    raise damaged(<PagedFile> file, f)
            raise self.segment.terms.damage(f)
        if self.check is not None:
            self.check()
        return 0


cdef int order_by_cost(spans *sp, list terms) except -1:
    """Put the cursors of the rarest terms first, and the terms in the same order."""
    cdef Py_ssize_t i, k
    cdef list_cursor *cursor
    for i in range(1, len(terms)):
        term, cursor = terms[i], sp.cursors[i]
        k = i
        while k and cost_of(sp.cursors[k - 1]) > cost_of(cursor):
            sp.cursors[k] = sp.cursors[k - 1]
            terms[k] = terms[k - 1]
            k -= 1
        sp.cursors[k], terms[k] = cursor, term
    return 0


cdef uint32_t cost_of(list_cursor *cursor):
    return 0 if cursor == NULL else cursor.place.doc_freq


cdef uint64_t rank_of(clause *c):
    """What is done first has the least: cheap and rare before dear and frequent, what is left out at the end."""
    cdef uint64_t dear = 2 if c.kind in (EXCEPT, TIMES) else 1 if c.kind == SPANS else 0
    return dear << 32 | c.cost


cdef uint32_t depth_of(clause *c):
    cdef uint32_t depth = 0
    for i in range(c.part_count):
        depth = max(depth, depth_of(c.parts[i]))
    if c.spans != NULL:
        depth = max(depth, depth_of(c.spans.guard))
    # A composed part of a composed clause takes two.
    return depth + 2


cdef list terms_of(tuple source):
    if source[0] == "sequence":
        return list(source[1])
    return [term for side in (*source[1], *source[2]) for term in terms_of(side)]


cdef tuple guard_of(tuple source, field):
    """Clauses that match every article that has enough of the terms."""
    if source[0] == "sequence":
        terms = [("term", field, term, 0.0) for term in dict.fromkeys(source[1])]
        return terms[0] if len(terms) == 1 else ("all", terms)
    sides = []
    for alternatives in (source[1], source[2]):
        guards = [guard_of(side, field) for side in alternatives]
        sides.append(guards[0] if len(guards) == 1 else ("any", guards))
    return ("all", sides)
