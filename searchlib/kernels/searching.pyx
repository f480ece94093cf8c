# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""Clauses over segments: the best hits, all hits, the newest and the oldest; and counting among them.

What happens is in ``plans.h``, ``windows.h``, ``spans.h``, ``drivers.h`` and ``scoring.h``. Here clauses come in, as
tuples that are told apart by the names of their types:

    Term      (field, term, boost, region)      articles with a term
    Spans     (field, source, boost, region)    articles in which a source stands, within one of the three texts where
                                                the field is made of them; region 0, 1, 2 or None for any
    All, AnyOf, BestOf   ((clause, ...),)       scores add up, add up, or the highest counts
    Except    (clause,)                         articles that do not match
    Within    (since, until)                    published in [since, until), microseconds; None for an open side

    Sequence  ((term, ...), slop)               as a source
    Pair      ((source, ...), (source, ...), distance, ordered)

Terms are looked up in all segments, and weigh as much as they are rare there: their idf is multiplied with the boost. A
source weighs as much as its terms together, of alternatives the rarest. A boost of 0 restricts and does not rank.
"""

cimport cython
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.unicode cimport PyUnicode_AsUTF8AndSize
from libc.math cimport INFINITY, log
from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memset

from searchlib.kernels.paging cimport (
    FAULT_MEMORY,
    PagedFile,
    damage_of,
    fault,
    fault_code,
    fault_file,
    paged_file,
    paged_file_data,
    paged_file_end,
)
from searchlib.kernels.storage cimport (
    TermsReader,
    dictionary_find,
    field_blocks,
    field_blocks_of,
    posting_files,
    term_entry,
    term_entry_doc_freq,
)

from searchlib.kernels import CorruptDataError

__all__ = ["Bitmap", "Query", "Ranking", "Search", "SegmentView", "Segments"]

cdef extern from "query/plans.h" nogil:
    ctypedef enum clause_kind:
        TERM
        SPANS
        ALL
        ANY_OF
        BEST_OF
        EXCEPT
        RANGE
    ctypedef struct arena:
        pass
    void *arena_take(arena *a, size_t size)
    void *arena_zeros(arena *a, size_t size)
    void arena_free(arena *a)
    ctypedef struct ranking:
        double k1
    void ranking_fill(ranking *r, double k1, double b, double mean_length, const double *lengths,
                      const float *region_weights)
    ctypedef struct rounding:
        double unit
    rounding rounding_for(double greatest_score)
    ctypedef struct clause:
        clause_kind kind
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
        scratch *levels
        uint32_t level
        uint32_t level_count
        fault fault
    ctypedef struct span_source:
        bint is_pair
        uint32_t *terms
        uint32_t term_count
        uint32_t slop
        span_source **left
        span_source **right
        uint32_t left_count
        uint32_t right_count
        uint32_t distance
        bint ordered
        uint32_t *places
    ctypedef struct position_list:
        pass
    ctypedef struct spans:
        span_source *source
        uint32_t cursor_count
        position_list *positions
        uint32_t *near
        int region
        bint in_texts
    void spans_free(spans *sp)
    ctypedef struct segment:
        uint32_t doc_count
        uint32_t first_dated
        posting_files lists
        const paged_file *norms
        const paged_file *regions
        const paged_file *published
        uint64_t norms_at
        uint64_t titles_at
        uint64_t summaries_at
        uint64_t published_at
    ctypedef struct planned_term:
        double idf
        term_entry *places
    ctypedef struct plan:
        clause_kind kind
        double idf
        planned_term **terms
        uint32_t term_count
        plan **parts
        uint32_t part_count
        int64_t since
        int64_t until
        bint has_since
        bint has_until
        spans *spans
    int time_of(const segment *g, uint32_t docnum, int64_t *time, fault *f)
    int first_from(const segment *g, int64_t time, uint32_t *docnum, fault *f)
    int docnums_within(const segment *g, const plan *dates, uint32_t *low, uint32_t *high, fault *f)
    void ask_for_head(const posting_files *files, const term_entry *place)
    bint can_match(const plan *p, uint32_t number)
    uint32_t depth_of(const plan *p)
    ctypedef struct maker:
        search *search
        const segment *segment
        uint32_t number
        arena *memory
    clause *make_clause(maker *m, const plan *p)
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
                   uint32_t windows, uint64_t *count)
    bint counts_in_passing(clause *root)
    int search_all(search *s, clause *root, const uint8_t *deleted, uint64_t *bits, uint64_t *count, uint32_t low,
                   uint32_t *limit, uint32_t windows)
    int search_walk(search *s, clause *root, const uint8_t *deleted, int ascending, int scored, uint32_t wanted,
                    hit *hits, uint32_t *count, uint32_t *low, uint32_t *limit, uint32_t windows)
    uint64_t count_range(const uint64_t *bits, uint32_t low, uint32_t high)

# Between two looks at the clock: some 10 ms at worst.
cdef enum:
    WINDOWS_AT_A_TIME = 64
    # Workspaces that are kept.
    MAX_IDLE = 8


include "segments.pxi"
include "planning.pxi"
include "querying.pxi"
include "answering.pxi"
