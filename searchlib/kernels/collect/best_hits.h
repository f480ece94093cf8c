/* The best hits so far: a heap with the worst of them on top. Of equal scores the lower docnum is the worse. */
#ifndef SEARCHLIB_BEST_HITS_H
#define SEARCHLIB_BEST_HITS_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    double score;
    uint32_t docnum;
} hit;

typedef struct {
    hit *hits;
    uint32_t count, capacity;
    double above;          /* only scores above it are wanted, even while there is room; -1 for all */
    double after_score;    /* only hits that come after this one are wanted; INFINITY for all */
    uint32_t after_docnum;
} best_hits;

/* 0, or -1 if there is no memory. `best_hits_free` when done. */
static inline int best_hits_begin(best_hits *b, uint32_t capacity, double above, double after_score,
                                  uint32_t after_docnum) {
    memset(b, 0, sizeof *b);
    b->hits = (hit *)malloc(((size_t)capacity + 1) * sizeof *b->hits);
    b->capacity = capacity;
    b->above = above;
    b->after_score = after_score;
    b->after_docnum = after_docnum;
    return b->hits ? 0 : -1;
}

static inline void best_hits_free(best_hits *b) {
    free(b->hits);
    b->hits = NULL;
}

static inline int is_worse(hit a, hit b) { return a.score < b.score || (a.score == b.score && a.docnum < b.docnum); }

static inline void sift_down(best_hits *b, uint32_t i, uint32_t count) {
    hit moved = b->hits[i];
    for (;;) {
        uint32_t child = 2 * i + 1;
        if (child >= count) break;
        if (child + 1 < count && is_worse(b->hits[child + 1], b->hits[child])) child++;
        if (!is_worse(b->hits[child], moved)) break;
        b->hits[i] = b->hits[child];
        i = child;
    }
    b->hits[i] = moved;
}

/* What a score must exceed to be among them; -1 while any score is. */
static inline double threshold_of(const best_hits *b) {
    double worst = b->count && b->count == b->capacity ? b->hits[0].score : -1;
    return worst > b->above ? worst : b->above;
}

/* Docnums have to be offered in descending order. */
static inline void offer_hit(best_hits *b, double score, uint32_t docnum) {
    if (score > b->after_score || (score == b->after_score && docnum >= b->after_docnum)) return;
    if (score <= b->above) return;
    if (b->count < b->capacity) {
        uint32_t i = b->count++;
        hit added = {score, docnum};
        for (; i && is_worse(added, b->hits[(i - 1) / 2]); i = (i - 1) / 2) b->hits[i] = b->hits[(i - 1) / 2];
        b->hits[i] = added;
    } else if (score > b->hits[0].score) {
        b->hits[0] = (hit){score, docnum};
        sift_down(b, 0, b->count);
    }
}

/* Put them in order, the best first. */
static inline void sort_hits(best_hits *b) {
    for (uint32_t n = b->count; n > 1; n--) {
        hit worst = b->hits[0];
        b->hits[0] = b->hits[n - 1];
        sift_down(b, 0, n - 1);
        b->hits[n - 1] = worst;
    }
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline hit *best_hits_list(const best_hits *b, uint32_t *count) {
    *count = b->count;
    return b->hits;
}

static inline double hit_score(const hit *h) { return h->score; }

static inline uint32_t hit_docnum(const hit *h) { return h->docnum; }

static inline hit *hits_take(uint32_t count) { return (hit *)malloc(((size_t)count + 1) * sizeof(hit)); }

#endif
