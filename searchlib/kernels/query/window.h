/* A window: the range of docnums [base, end) that a search answers at a time, and what operators work with in it.
 *
 * A window is at most 4,096 docnums, so that its bitmap and its scores stay in the first-level cache.
 */
#ifndef SEARCHLIB_WINDOW_H
#define SEARCHLIB_WINDOW_H

#include "query/scoring.h"

enum { WINDOW = 4096, WINDOW_WORDS = WINDOW / 64 };

/* What one operator works with while it answers a window. All sums are 0 while no operator has the workspace. */
typedef struct {
    uint64_t bits[WINDOW_WORDS]; /* docnums of the window, counted from its base */
    double sums[WINDOW];         /* their scores */
    uint32_t docnums[WINDOW];
    double scores[WINDOW];
    uint16_t offsets[WINDOW + 4]; /* docnums counted from the base */
    uint8_t hits[WINDOW];
} workspace;

/* One search of one segment. */
typedef struct {
    const ranking *ranking;
    rounding rounding;
    uint32_t doc_count;
    const paged_file *norms_file; /* NULL if the field has no lengths: all norms are 0 */
    uint64_t norms_offset;
    const uint8_t *norms;         /* of each article */
    uint32_t base, end;           /* the window */
    workspace *workspaces;
    uint32_t workspaces_taken, workspace_count;
    int64_t (*clock)(void); /* in nanoseconds; NULL: nothing ends the search before its end */
    int64_t deadline;
    const uint8_t *cancelled; /* not 0 once another thread has cancelled the search; NULL: none can */
    uint32_t steps; /* since the last look at the clock */
    fault fault;
} segment_search;

/* Some 10 microseconds of the smallest step, which finds positions in one article. */
enum { STEPS_BETWEEN_LOOKS = 32 };

/* FAULT_TIME if the search has no time left or is cancelled, else 0. The clock is looked at once in so many steps. */
static inline int out_of_time(segment_search *s, uint32_t steps) {
    if (!s->clock || (s->steps += steps) < STEPS_BETWEEN_LOOKS) return 0;
    s->steps = 0;
    if (s->cancelled && __atomic_load_n(s->cancelled, __ATOMIC_RELAXED)) {
        return fail(&s->fault, FAULT_TIME, "the search is cancelled");
    }
    return s->clock() > s->deadline ? fail(&s->fault, FAULT_TIME, "the time is over") : 0;
}

/* A workspace that no operator around this one has; NULL if the operators are nested deeper than was planned. */
static inline workspace *take_workspace(segment_search *s) {
    if (s->workspaces_taken == s->workspace_count) {
        fail(&s->fault, FAULT_ORDER, "operators are nested too deeply");
        return NULL;
    }
    return &s->workspaces[s->workspaces_taken++];
}

static inline void return_workspace(segment_search *s) { s->workspaces_taken--; }

/* How many words of a bitmap the window takes. */
static inline uint32_t window_words(const segment_search *s) { return (s->end - s->base + 63) / 64; }

static inline void set_bit(uint64_t *bits, uint32_t i) { bits[i >> 6] |= (uint64_t)1 << (i & 63); }

SEARCHLIB_HOT static inline uint32_t count_bits(const uint64_t *bits, size_t words) {
    uint32_t count = 0;
    for (size_t w = 0; w < words; w++) count += (uint32_t)__builtin_popcountll(bits[w]);
    return count;
}

/* List the bits that are set, ascending, and return how many. `offsets` has room for four more than that: bits are
 * listed four at a time whether or not there are as many, because how many a word has cannot be predicted. */
SEARCHLIB_HOT static inline uint32_t list_set_bits(const uint64_t *bits, uint32_t words, uint16_t *offsets) {
    uint32_t n = 0;
    for (uint32_t w = 0; w < words; w++) {
        uint64_t rest = bits[w];
        const uint32_t end = n + (uint32_t)__builtin_popcountll(rest);
        do {
#pragma GCC unroll 4
            for (uint32_t i = 0; i < 4; i++) {
                offsets[n + i] = (uint16_t)(w * 64 + (uint32_t)__builtin_ctzll(rest | (uint64_t)1 << 63));
                rest &= rest - 1;
            }
            n += 4;
        } while (n < end);
        n = end;
    }
    return n;
}

/* --- docnums of a window with their scores; scores may be NULL ---------------------------------------------------- */

/* Keep the docnums that were hit and whose score can still exceed the threshold with `rest` more. Returns how many. */
static inline uint32_t keep_hits(uint32_t *docnums, double *scores, uint32_t n, const uint8_t *hits, double rest,
                                 double threshold) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n && scores; i++) {
        const uint32_t keeps = (hits[i] != 0) & (scores[i] + rest > threshold);
        docnums[kept] = docnums[i];
        scores[kept] = scores[i];
        kept += keeps;
    }
    for (uint32_t i = 0; i < n && !scores; i++) {
        docnums[kept] = docnums[i];
        kept += hits[i] != 0;
    }
    return kept;
}

/* Keep the docnums whose score can still exceed the threshold with `rest` more. Returns how many. */
static inline uint32_t keep_above(uint32_t *docnums, double *scores, uint32_t n, double rest, double threshold) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t keeps = scores[i] + rest > threshold;
        docnums[kept] = docnums[i];
        scores[kept] = scores[i];
        kept += keeps;
    }
    return kept;
}

/* List a workspace's bitmap: the docnums whose sum can exceed the threshold with `rest` more. The sums become 0. */
static inline uint32_t list_bitmap(const segment_search *s, workspace *own, uint32_t *docnums, double *scores,
                                   double rest, double threshold) {
    const uint32_t n = list_set_bits(own->bits, window_words(s), own->offsets);
    if (!scores) {
        for (uint32_t i = 0; i < n; i++) docnums[i] = s->base + own->offsets[i];
        return n;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        const double sum = own->sums[own->offsets[i]];
        own->sums[own->offsets[i]] = 0;
        docnums[kept] = s->base + own->offsets[i];
        scores[kept] = sum;
        kept += sum + rest > threshold;
    }
    return kept;
}

/* Every docnum of the window, with a score of 0. */
static inline uint32_t list_window(const segment_search *s, uint32_t *docnums, double *scores) {
    uint32_t n = s->end - s->base;
    for (uint32_t i = 0; i < n; i++) docnums[i] = s->base + i;
    if (scores) memset(scores, 0, n * sizeof *scores);
    return n;
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

/* End a search at a time of a clock, in nanoseconds, or once *cancelled is not 0; NULL if nobody cancels it. */
static inline void search_until(segment_search *s, int64_t (*clock)(void), int64_t deadline, const uint8_t *cancelled) {
    s->clock = clock;
    s->deadline = deadline;
    s->cancelled = cancelled;
}

/* Give a search the workspaces that it works with until the next time. */
static inline void search_begin(segment_search *s, workspace *workspaces, uint32_t count) {
    s->workspaces = workspaces;
    s->workspace_count = count;
    s->workspaces_taken = 0;
}

static inline uint32_t search_doc_count(const segment_search *s) { return s->doc_count; }

static inline const fault *search_fault(const segment_search *s) { return &s->fault; }

#endif
