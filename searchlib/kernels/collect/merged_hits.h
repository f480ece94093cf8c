/* Hits of several segments as one list in order.
 *
 * By score: the higher first, of equal ones the newer. By date: only the newer. What is equal even so is told apart by
 * article ids, which the kernels do not know: equal hits at the end of the list are all kept, until the caller has put
 * them in order.
 */
#ifndef SEARCHLIB_MERGED_HITS_H
#define SEARCHLIB_MERGED_HITS_H

#include "collect/best_hits.h"
#include "query/segment.h"

typedef struct {
    double score;
    int64_t published;
    uint32_t segment, docnum;
} merged_hit;

typedef struct {
    merged_hit *hits;
    size_t count, wanted;
    int by_date;
} merged_hits;

static inline void merged_hits_free(merged_hits *m) { free(m->hits); }

static inline int comes_before(const merged_hits *m, const merged_hit *a, const merged_hit *b) {
    if (m->by_date || a->score == b->score) return a->published > b->published;
    return a->score > b->score;
}

static inline int comes_equal(const merged_hits *m, const merged_hit *a, const merged_hit *b) {
    return a->published == b->published && (m->by_date || a->score == b->score);
}

/* The last hit that is wanted, if there are as many; else NULL. */
static inline const merged_hit *last_wanted(const merged_hits *m) {
    return m->wanted && m->count >= m->wanted ? &m->hits[m->wanted - 1] : NULL;
}

/* Merge n hits of one segment, which are in order. 0 or a fault. */
static inline int merge_hits(merged_hits *m, const segment *g, uint32_t number, const hit *added, uint32_t n, fault *f) {
    merged_hit *merged = (merged_hit *)malloc((m->count + n + 1) * sizeof *merged);
    size_t i = 0, count = 0;
    uint32_t k = 0;
    int failed = merged ? 0 : fail(f, FAULT_MEMORY, "no memory");
    merged_hit next = {0};
    int has_next = 0;
    while (!failed && (i < m->count || k < n)) {
        if (k < n && !has_next) {
            next = (merged_hit){added[k].score, 0, number, added[k].docnum};
            failed = time_of(g, next.docnum, &next.published, f);
            if (failed) break;
            has_next = 1;
        }
        if (k == n || (i < m->count && !comes_before(m, &next, &m->hits[i]))) {
            merged[count++] = m->hits[i++];
        } else {
            merged[count++] = next;
            has_next = 0;
            k++;
        }
        if (count > m->wanted && !comes_equal(m, &merged[count - 1], &merged[count - 2])) {
            count--;
            break;
        }
    }
    if (failed) {
        free(merged);
        return failed;
    }
    free(m->hits);
    m->hits = merged;
    m->count = count;
    return 0;
}

/* Where the run of equal hits that begins at `first` ends. */
static inline size_t end_of_equals(const merged_hits *m, size_t first) {
    size_t end = first + 1;
    while (end < m->count && comes_equal(m, &m->hits[first], &m->hits[end])) end++;
    return end;
}

/* Whether hits [first, end) are of several segments; those of one are in order already. */
static inline int are_of_several_segments(const merged_hits *m, size_t first, size_t end) {
    for (size_t i = first + 1; i < end; i++)
        if (m->hits[i].segment != m->hits[first].segment) return 1;
    return 0;
}

/* Drop what was kept beyond the wanted. */
static inline void keep_wanted(merged_hits *m) {
    if (m->count > m->wanted) m->count = m->wanted;
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline merged_hits merged_hits_of(size_t wanted, int by_date) {
    return (merged_hits){.wanted = wanted, .by_date = by_date};
}

static inline size_t merged_hits_count(const merged_hits *m) { return m->count; }

static inline size_t merged_hits_wanted_count(const merged_hits *m) { return m->count < m->wanted ? m->count : m->wanted; }

static inline void merged_hit_read(const merged_hits *m, size_t i, double *score, int64_t *published,
                                   uint32_t *segment_number, uint32_t *docnum) {
    *score = m->hits[i].score;
    *published = m->hits[i].published;
    *segment_number = m->hits[i].segment;
    *docnum = m->hits[i].docnum;
}

/* Put another hit in the place of one that it is equal to. */
static inline void merged_hit_write(merged_hits *m, size_t i, double score, uint32_t segment_number, uint32_t docnum) {
    m->hits[i].score = score;
    m->hits[i].segment = segment_number;
    m->hits[i].docnum = docnum;
}

/* The least score, and the earliest date, that a hit must have to be among the wanted ones; 0 while any is. */
static inline int merged_hits_full(const merged_hits *m, double *score, int64_t *published) {
    const merged_hit *last = last_wanted(m);
    if (!last) return 0;
    *score = last->score;
    *published = last->published;
    return 1;
}

#endif
