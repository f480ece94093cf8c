/* Clauses over a segment: what they are made of, how to move in their lists, what they can score at most.
 *
 * A window is a stretch of docnums that is answered at a time. What a window's best article can score is known before
 * any of it is decoded, from the impacts of the blocks that reach into it.
 *
 * Source: Ding & Suel, "Faster top-k document retrieval using block-max indexes", 2011.
 */
#ifndef SEARCHLIB_CLAUSES_H
#define SEARCHLIB_CLAUSES_H

#include "query/scoring.h"

enum { WINDOW = 4096, WORDS = WINDOW / 64 };

typedef enum { TERM, SPANS, ALL, ANY_OF, BEST_OF, EXCEPT, RANGE } clause_kind;

typedef struct clause clause;
typedef struct spans spans; /* spans.h */

struct clause {
    clause_kind kind;
    double idf;          /* TERM, SPANS: what tf is multiplied with; 0 where it does not rank */
    posting_cursor *cursor; /* TERM; NULL where the segment does not have it */
    clause **parts;      /* ALL, ANY_OF, BEST_OF; EXCEPT has one */
    uint32_t part_count;
    uint32_t low, high;  /* RANGE: docnums [low, high) */
    spans *spans;
    double most;         /* no score in the segment is above it */
    double window_most;  /* nor in the window, above this */
    double window_tf;    /* TERM: no tf in the window is above it */
    uint32_t cost;       /* at most so many articles match */
    uint32_t bound_block; /* TERM: where the last window's bound was found */
    uint32_t lead_block;  /* TERM that windows are made from: the block of the last one */
};

/* What a clause inside another one works with. All sums are 0 while nobody does. */
typedef struct {
    uint64_t bits[WORDS];   /* docnums of the window, counted from its base */
    double sums[WINDOW];    /* their scores */
    uint32_t docnums[WINDOW];
    double scores[WINDOW];
    uint16_t places[WINDOW + 4];
    uint8_t hits[WINDOW];
} scratch;

/* One search of one segment. */
typedef struct {
    const ranking *ranking;
    rounding rounding;
    uint32_t doc_count;
    const paged_file *norms_file; /* NULL where the field has no lengths: all norms are 0 */
    uint64_t norms_at;
    const uint8_t *norms;         /* of each article */
    uint32_t base, end;           /* the window: docnums [base, end) */
    scratch *levels;
    uint32_t level, level_count;
    fault fault;
} search;

static double spans_bound(const search *s, const clause *c);

/* --- bitmaps of a window ---------------------------------------------------------------------------------------- */

static inline void set_bit(uint64_t *bits, uint32_t i) { bits[i >> 6] |= (uint64_t)1 << (i & 63); }

SEARCHLIB_HOT static uint32_t count_bits(const uint64_t *bits, size_t words) {
    uint32_t count = 0;
    for (size_t w = 0; w < words; w++) count += (uint32_t)__builtin_popcountll(bits[w]);
    return count;
}

/* List the bits that are set, ascending; `places` has room for four more than that. Four at a time, whether or not there
 * are as many: how many a word has cannot be foretold. */
SEARCHLIB_HOT static uint32_t list_places(const uint64_t *bits, uint32_t words, uint16_t *places) {
    uint32_t n = 0;
    for (uint32_t w = 0; w < words; w++) {
        uint64_t rest = bits[w];
        const uint32_t end = n + (uint32_t)__builtin_popcountll(rest);
        do {
#pragma GCC unroll 4
            for (uint32_t i = 0; i < 4; i++) {
                places[n + i] = (uint16_t)(w * 64 + (uint32_t)__builtin_ctzll(rest | (uint64_t)1 << 63));
                rest &= rest - 1;
            }
            n += 4;
        } while (n < end);
        n = end;
    }
    return n;
}

/* How many words of a bitmap the window takes. */
static inline uint32_t window_words(const search *s) { return (s->end - s->base + 63) / 64; }

/* --- moving in a list ------------------------------------------------------------------------------------------- */

/* The first block whose last docnum is not below `docnum`, sought from a block near it; block_count for none. */
static uint32_t find_block_near(const posting_cursor *c, uint32_t near, uint32_t docnum) {
    if (docnum > c->last_docnum) return c->block_count;
    if (!c->directory) return 0;
    if (near >= c->block_count) near = c->block_count - 1;
    if (cursor_block_last(c, near) < docnum) return cursor_find_block(c, near + 1, docnum);
    uint32_t step = 1, high = near, low = near;
    while (low && cursor_block_last(c, low - 1) >= docnum) {
        high = low - 1;
        low = low > step ? low - step : 0;
        step *= 2;
    }
    /* Blocks before `low` end below the docnum, or low is 0; `high` does not. */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (cursor_block_last(c, middle) < docnum) low = middle + 1;
        else high = middle;
    }
    return high;
}

/* Load the first block whose last docnum is not below `docnum`: 1, or 0 where there is none. */
static inline int reach(posting_cursor *c, uint32_t docnum, fault *f) {
    uint32_t block = find_block_near(c, c->block == NO_BLOCK ? c->block_count - 1 : c->block, docnum);
    if (block == c->block_count) return 0;
    if (block != c->block) {
        int failed = cursor_load(c, block, f);
        if (failed) return failed;
    }
    return 1;
}

/* The first posting of the loaded block whose docnum is not below; n where there is none.
 *
 * In a full block three rounds of comparisons that do not wait for one another (of every 16th posting, of every 4th of
 * those 16, of those 4) take a quarter of the time of a binary search, each step of which waits for the one before.
 */
static inline uint32_t find_posting(const posting_cursor *c, uint32_t docnum) {
    const uint32_t *at = c->docnums;
    if (c->n == BLOCK) {
        uint32_t sixteens = 0, fours = 0, ones = 0;
#pragma GCC unroll 8
        for (uint32_t i = 1; i < BLOCK / 16; i++) sixteens += at[16 * i - 1] < docnum;
        at += 16 * sixteens;
#pragma GCC unroll 4
        for (uint32_t i = 1; i < 4; i++) fours += at[4 * i - 1] < docnum;
        at += 4 * fours;
#pragma GCC unroll 4
        for (uint32_t i = 0; i < 4; i++) ones += at[i] < docnum;
        return 16 * sixteens + 4 * fours + ones;
    }
    for (uint32_t n = c->n, half; n > 1; n -= half) {
        half = n / 2;
        at += at[half - 1] < docnum ? half : 0;
    }
    return (uint32_t)(at - c->docnums) + (*at < docnum);
}

static inline double contribution(const search *s, const posting_cursor *c, double idf, uint32_t i) {
    uint8_t norm = s->norms ? s->norms[c->docnums[i]] : 0;
    double tf;
    if (c->whole_weights) {
        uint32_t count = c->counts[i];
        tf = count < TF_ROWS ? s->ranking->tf[count][norm] : tf_of(s->ranking, count, norm);
    } else {
        tf = tf_of(s->ranking, c->weights[i], norm);
    }
    return rounded(s->rounding, idf * tf);
}

/* What postings [from, to) of the loaded block bring, into own[0] and so on. */
SEARCHLIB_HOT static void contributions(const search *s, posting_cursor *c, double idf, uint32_t from, uint32_t to,
                                        double *own) {
    cursor_weights(c);
    if (!s->norms || !c->directory || c->weight_bits > SMALL_WEIGHT_BITS) {
        for (uint32_t k = from; k < to; k++) own[k - from] = contribution(s, c, idf, k);
        return;
    }
    /* Nearly all blocks have small weights only, and then nothing has to be asked about each. */
    const float(*tf)[256] = s->ranking->tf;
    const uint8_t *norms = s->norms;
    const rounding rounding = s->rounding;
    for (uint32_t k = from; k < to; k++)
        own[k - from] = rounded(rounding, idf * tf[c->counts[k]][norms[c->docnums[k]]]);
}

/* --- bounds ----------------------------------------------------------------------------------------------------- */

/* No contribution of this idf and tf is above it once it is rounded. */
static inline double bound_of(const search *s, double idf, double tf) {
    return idf > 0 ? idf * tf * (1 + 1e-6) + s->rounding.unit : 0;
}

static void bound_term(const search *s, clause *c) {
    const posting_cursor *cursor = c->cursor;
    c->window_tf = c->window_most = 0;
    if (!cursor || s->base > cursor->last_docnum || s->end <= cursor->first_docnum) return;
    if (!cursor->directory) {
        c->window_tf = tf_of(s->ranking, cursor->max_weight, cursor->min_norm);
    } else {
        uint32_t block = find_block_near(cursor, c->bound_block, s->base);
        c->bound_block = block;
        /* Where a window has many blocks, looking at each costs more than it prunes. */
        if (block + 8 < cursor->block_count && cursor_block_last(cursor, block + 8) < s->end) {
            c->window_tf = tf_of_impacts(s->ranking, cursor->list_impacts);
        } else {
            for (; block < cursor->block_count; block++) {
                if (block && cursor_block_last(cursor, block - 1) + 1 >= s->end) break;
                double tf = tf_of_impacts(s->ranking, cursor_block_impacts(cursor, block));
                if (tf > c->window_tf) c->window_tf = tf;
            }
        }
    }
    c->window_most = bound_of(s, c->idf, c->window_tf);
}

/* Set window_most of a clause and all in it; -1 where nothing can match in the window. */
static void bound(const search *s, clause *c) {
    double most = 0;
    int possible = c->kind == ALL || c->kind == EXCEPT || c->kind == RANGE;
    switch (c->kind) {
    case TERM:
        bound_term(s, c);
        if (!(c->window_tf > 0)) c->window_most = -1;
        return;
    case SPANS:
        c->window_most = spans_bound(s, c);
        return;
    case RANGE:
        c->window_most = c->low < s->end && c->high > s->base ? 0 : -1;
        return;
    case EXCEPT:
        c->window_most = 0;
        return;
    default:
        break;
    }
    for (uint32_t i = 0; i < c->part_count; i++) {
        clause *part = c->parts[i];
        bound(s, part);
        if (part->window_most < 0) {
            if (c->kind == ALL) {
                c->window_most = -1;
                return;
            }
            continue;
        }
        possible = 1;
        if (c->kind == BEST_OF) most = part->window_most > most ? part->window_most : most;
        else most += part->window_most;
    }
    c->window_most = possible ? most : -1;
}

/* --- workspace -------------------------------------------------------------------------------------------------- */

static scratch *enter(search *s) {
    if (s->level == s->level_count) {
        fail(&s->fault, FAULT_ORDER, "clauses are nested too deeply");
        return NULL;
    }
    return &s->levels[s->level++];
}

static inline void leave(search *s) { s->level--; }

#endif
