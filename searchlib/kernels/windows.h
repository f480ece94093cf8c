/* Clauses over a segment, answered a window of 4,096 docnums at a time.
 *
 * A window's answer is a bitmap of the docnums that match and, where asked for, a score for each of them. Accumulators
 * and bitmaps stay in the first-level cache; a list's blocks are decoded where a docnum that still matters may be in
 * them, and weights only where scores are asked for.
 *
 * The rules that all clauses keep:
 *   - `among` NULL means every docnum of the window; else only those in it are looked for.
 *   - `found` is overwritten; what is in it matches and is in `among`.
 *   - `scores` NULL means that none are wanted. Else contributions are added to those of docnums that match; those of
 *     other docnums in `among` may be anything afterwards. Where `among` is NULL, all of them are 0 before, and those
 *     of docnums that are not in `found` are 0 afterwards: so that nobody has to clear what was never touched.
 *   - Articles whose score is at most `needed` may be left out of `found`; a negative `needed` leaves out none.
 *
 * Source: Turtle & Flood, "Query evaluation: strategies and optimizations", 1995 (MaxScore); Ding & Suel 2011 (bounds of
 * blocks); Lucene's MaxScoreBulkScorer (the same over windows).
 */
#ifndef SEARCHLIB_WINDOWS_H
#define SEARCHLIB_WINDOWS_H

#include "scoring.h"

enum { WINDOW = 4096, WORDS = WINDOW / 64, NOWHERE = UINT32_MAX };

typedef enum { TERM, SPANS, ALL, ANY_OF, BEST_OF, EXCEPT, RANGE, TIMES } clause_kind;

typedef struct clause clause;
typedef struct spans spans; /* spans.h */

struct clause {
    clause_kind kind;
    double idf;          /* TERM, SPANS: what tf is multiplied with; 0 where it does not rank */
    list_cursor *cursor; /* TERM; NULL where the segment does not have it */
    clause **parts;      /* ALL, ANY_OF, BEST_OF; EXCEPT has one */
    uint32_t part_count;
    uint32_t low, high;  /* RANGE: docnums [low, high) */
    int64_t since, until; /* TIMES: published in [since, until) */
    spans *spans;
    double most;         /* no score in the segment is above it */
    double window_most;  /* nor in the window, above this */
    double window_tf;    /* TERM: no tf in the window is above it */
    uint32_t cost;       /* at most so many articles match */
    uint32_t bound_block; /* TERM: where the last window's bound was found */
};

/* Bitmaps and scores that a clause inside another one uses for itself. All scores are 0 while nobody does. */
typedef struct {
    uint64_t found[WORDS];
    uint64_t other[WORDS];
    double scores[WINDOW];
    double best[WINDOW];
} scratch;

/* One search of one segment. */
typedef struct {
    const ranking *ranking;
    rounding rounding;
    uint32_t doc_count;
    const paged_file *norms_file; /* NULL where the field has no lengths: all norms are 0 */
    uint64_t norms_at;
    const uint8_t *norms;
    const int64_t *published;     /* of each article; only for TIMES */
    uint32_t base, end;           /* the window: docnums [base, end) */
    scratch *levels;
    uint32_t level, level_count;
    fault fault;
} search;

static int evaluate(search *s, clause *c, const uint64_t *among, uint64_t *found, double *scores, double needed);
static int evaluate_spans(search *s, clause *c, const uint64_t *among, uint64_t *found, double *scores, double needed);
static double spans_bound(const search *s, const clause *c);

/* --- bitmaps of a window ---------------------------------------------------------------------------------------- */

static inline void set_bit(uint64_t *bits, uint32_t i) { bits[i >> 6] |= (uint64_t)1 << (i & 63); }

static inline int has_bit(const uint64_t *bits, uint32_t i) { return (int)(bits[i >> 6] >> (i & 63) & 1); }

static inline int is_empty(const uint64_t *bits) {
    uint64_t any = 0;
    for (int w = 0; w < WORDS; w++) any |= bits[w];
    return !any;
}

static inline uint32_t count_bits(const uint64_t *bits, size_t words) {
    uint32_t count = 0;
    for (size_t w = 0; w < words; w++) count += (uint32_t)__builtin_popcountll(bits[w]);
    return count;
}

/* Bits [low, high) of a window, and no others. */
static void fill_bits(uint64_t *bits, uint32_t low, uint32_t high) {
    memset(bits, 0, WORDS * sizeof *bits);
    for (uint32_t w = low / 64; w < WORDS && w * 64 < high; w++) {
        uint64_t word = ~(uint64_t)0;
        if (w == low / 64) word &= ~(uint64_t)0 << (low & 63);
        if (high < (w + 1) * 64) word &= ((uint64_t)1 << (high & 63)) - 1;
        bits[w] = low < high ? word : 0;
    }
}

/* The first bit from `from` on; WINDOW where there is none. */
static inline uint32_t next_bit(const uint64_t *bits, uint32_t from) {
    uint32_t w = from >> 6;
    if (w >= WORDS) return WINDOW;
    uint64_t word = bits[w] & ~(uint64_t)0 << (from & 63);
    while (!word) {
        if (++w == WORDS) return WINDOW;
        word = bits[w];
    }
    return w * 64 + (uint32_t)__builtin_ctzll(word);
}

#define FOR_EACH_BIT(bits, i)                                                                                        \
    for (uint32_t w_##i = 0; w_##i < WORDS; w_##i++)                                                                 \
        for (uint64_t rest_##i = (bits)[w_##i]; rest_##i; rest_##i &= rest_##i - 1)                                  \
            for (uint32_t i = w_##i * 64 + (uint32_t)__builtin_ctzll(rest_##i), once_##i = 1; once_##i; once_##i = 0)

/* --- moving in a list ------------------------------------------------------------------------------------------- */

/* The first block whose last docnum is not below `docnum`, sought from a block near it; block_count for none. */
static uint32_t find_block_near(const list_cursor *c, uint32_t near, uint32_t docnum) {
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
static inline int reach(list_cursor *c, uint32_t docnum, fault *f) {
    uint32_t block = find_block_near(c, c->block == NO_BLOCK ? c->block_count - 1 : c->block, docnum);
    if (block == c->block_count) return 0;
    if (block != c->block) {
        int failed = cursor_load(c, block, f);
        if (failed) return failed;
    }
    return 1;
}

/* The first posting of the loaded block whose docnum is not below; n where there is none. */
static inline uint32_t find_posting(const list_cursor *c, uint32_t docnum) {
    const uint32_t *at = c->docnums;
    uint32_t n = c->n;
    while (n > 1) {
        uint32_t half = n / 2;
        at += at[half - 1] < docnum ? half : 0;
        n -= half;
    }
    return (uint32_t)(at - c->docnums) + (*at < docnum);
}

static inline double contribution(const search *s, const list_cursor *c, double idf, uint32_t i) {
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

/* --- bounds ----------------------------------------------------------------------------------------------------- */

/* No contribution of this idf and tf is above it once it is rounded. */
static inline double bound_of(const search *s, double idf, double tf) {
    return idf > 0 ? idf * tf * (1 + 1e-6) + s->rounding.unit : 0;
}

static void bound_term(const search *s, clause *c) {
    const list_cursor *cursor = c->cursor;
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
    int possible = c->kind == ALL || c->kind == EXCEPT || c->kind == RANGE || c->kind == TIMES;
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
    case TIMES:
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

/* --- terms ------------------------------------------------------------------------------------------------------ */

static void add_block(const search *s, const clause *c, uint32_t i, uint32_t stop, uint64_t *found, double *scores) {
    const list_cursor *cursor = c->cursor;
    const uint32_t *docnums = cursor->docnums, base = s->base;
    if (found)
        for (uint32_t k = i; k < stop; k++) set_bit(found, docnums[k] - base);
    if (scores)
        for (uint32_t k = i; k < stop; k++) scores[docnums[k] - base] += contribution(s, cursor, c->idf, k);
}

/* Add a term's postings of the window to `found` (where that is given) and `scores` (likewise). */
static int add_all_postings(search *s, clause *c, uint64_t *found, double *scores, double needed) {
    list_cursor *cursor = c->cursor;
    if (!cursor) return 0;
    const int prunes = scores && needed >= 0 && cursor->directory;
    uint32_t block = find_block_near(cursor, cursor->block == NO_BLOCK ? cursor->block_count - 1 : cursor->block, s->base);
    for (uint32_t first = block; block < cursor->block_count; block++) {
        if (block > first && cursor_block_last(cursor, block - 1) + 1 >= s->end) break;
        if (prunes && bound_of(s, c->idf, tf_of_impacts(s->ranking, cursor_block_impacts(cursor, block))) <= needed)
            continue;
        if (block != cursor->block) {
            int failed = cursor_load(cursor, block, &s->fault);
            if (failed) return failed;
        }
        uint32_t i = cursor->docnums[0] < s->base ? find_posting(cursor, s->base) : 0, stop = cursor->n;
        if (cursor->docnums[stop - 1] >= s->end) stop = find_posting(cursor, s->end);
        if (scores) cursor_weights(cursor);
        add_block(s, c, i, stop, found, scores);
    }
    return 0;
}

/* The same for the docnums of `among` only. */
static int add_postings_among(search *s, clause *c, const uint64_t *among, uint64_t *found, double *scores) {
    list_cursor *cursor = c->cursor;
    if (!cursor) return 0;
    uint32_t wanted = next_bit(among, 0);
    while (wanted < WINDOW) {
        int reached = reach(cursor, s->base + wanted, &s->fault);
        if (reached <= 0) return reached;
        if (scores) cursor_weights(cursor);
        const uint32_t last = cursor->docnums[cursor->n - 1];
        uint32_t i = find_posting(cursor, s->base + wanted);
        if (i == cursor->n) return fail_at(&s->fault, "the directory of a list is not in order",
                                           cursor->files->postings, cursor->place.list);
        while (wanted < WINDOW && s->base + wanted <= last) {
            uint32_t docnum = s->base + wanted;
            /* Few steps to the next one, or else a search. */
            for (int step = 0; step < 8 && cursor->docnums[i] < docnum; step++) i++;
            if (cursor->docnums[i] < docnum) i = find_posting(cursor, docnum);
            if (cursor->docnums[i] == docnum) {
                set_bit(found, wanted);
                if (scores) scores[wanted] += contribution(s, cursor, c->idf, i);
            }
            wanted = next_bit(among, wanted + 1);
        }
    }
    return 0;
}

static int evaluate_term(search *s, clause *c, const uint64_t *among, uint64_t *found, double *scores, double needed) {
    memset(found, 0, WORDS * sizeof *found);
    double *ranked = c->idf > 0 ? scores : NULL;
    if (!among) return add_all_postings(s, c, found, ranked, ranked ? needed : -1);
    return add_postings_among(s, c, among, found, ranked);
}

/* --- composed clauses ------------------------------------------------------------------------------------------- */

static scratch *enter(search *s) {
    if (s->level == s->level_count) {
        fail(&s->fault, FAULT_ORDER, "clauses are nested too deeply");
        return NULL;
    }
    return &s->levels[s->level++];
}

static inline void leave(search *s) { s->level--; }

/* Keep the docnums whose score can still exceed `needed` with `more`; the scores of the others become 0. */
static inline void prune(uint64_t *found, double *scores, double more, double needed) {
    for (uint32_t w = 0; w < WORDS; w++) {
        uint64_t kept = found[w];
        for (uint64_t rest = kept; rest; rest &= rest - 1) {
            uint32_t bit = (uint32_t)__builtin_ctzll(rest);
            double *score = &scores[w * 64 + bit];
            if (*score + more > needed) continue;
            *score = 0;
            kept &= ~((uint64_t)1 << bit);
        }
        found[w] = kept;
    }
}

/* Make the scores of these docnums 0, but for those in `kept`. */
static inline void clear_scores(double *scores, const uint64_t *found, const uint64_t *kept) {
    for (uint32_t w = 0; w < WORDS; w++)
        for (uint64_t rest = found[w] & ~(kept ? kept[w] : 0); rest; rest &= rest - 1)
            scores[w * 64 + (uint32_t)__builtin_ctzll(rest)] = 0;
}

/* Parts in order of cost (`order_parts`): what the cheap ones do not have is not looked for in the others. */
static int evaluate_all(search *s, clause *c, const uint64_t *among, uint64_t *found, double *scores, double needed) {
    double rest = 0;
    for (uint32_t i = 0; i < c->part_count; i++) rest += scores && needed >= 0 ? c->parts[i]->window_most : 0;
    if (!c->part_count) {
        if (among) memcpy(found, among, WORDS * sizeof *found);
        else fill_bits(found, 0, s->end - s->base);
        return 0;
    }
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    int failed = 0;
    for (uint32_t i = 0; i < c->part_count && !failed; i++) {
        clause *part = c->parts[i];
        const int prunes = scores && needed >= 0;
        if (prunes) rest -= part->window_most > 0 ? part->window_most : 0;
        /* What came before has its part of the score already: only of the first can be said what it has to bring. */
        failed = evaluate(s, part, i ? own->other : among, found, scores, i || !prunes ? -1 : needed - rest);
        if (i && scores) clear_scores(scores, own->other, found);
        if (failed || is_empty(found)) break;
        if (i + 1 < c->part_count) {
            if (prunes && needed - rest > 0) prune(found, scores, rest * (1 + 1e-12), needed);
            memcpy(own->other, found, WORDS * sizeof *found);
        }
    }
    leave(s);
    return failed;
}

/* Add what a composed clause finds to `found` and `scores`, which may have something already. */
static int add_composed(search *s, clause *c, const uint64_t *among, uint64_t *found, double *scores, double needed) {
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    int failed = evaluate(s, c, among, own->found, scores ? own->scores : NULL, needed);
    if (!failed) {
        if (scores) FOR_EACH_BIT(own->found, i) scores[i] += own->scores[i];
        for (int w = 0; w < WORDS; w++) found[w] |= own->found[w];
    }
    if (scores) clear_scores(own->scores, among ? among : own->found, NULL);
    leave(s);
    return failed;
}

/* Every part of an any-of, whole. */
static int evaluate_any(search *s, clause *c, const uint64_t *among, uint64_t *found, double *scores) {
    memset(found, 0, WORDS * sizeof *found);
    for (uint32_t i = 0; i < c->part_count; i++) {
        clause *part = c->parts[i];
        int failed = 0;
        if (part->kind != TERM) failed = add_composed(s, part, among, found, scores, -1);
        else if (among) failed = add_postings_among(s, part, among, found, part->idf > 0 ? scores : NULL);
        else failed = add_all_postings(s, part, found, part->idf > 0 ? scores : NULL, -1);
        if (failed) return failed;
    }
    return 0;
}

/* An any-of of which only the best is wanted: parts that could not lift an article over `needed` by themselves are only
 * asked about the articles that the others found. */
static int evaluate_best_of_any(search *s, clause *c, uint64_t *found, double *scores, double needed) {
    /* Parts from the least bound to the greatest: from window to window the order hardly changes. */
    for (uint32_t i = 1; i < c->part_count; i++) {
        clause *part = c->parts[i];
        uint32_t k = i;
        for (; k && c->parts[k - 1]->window_most > part->window_most; k--) c->parts[k] = c->parts[k - 1];
        c->parts[k] = part;
    }
    double total = 0, few = 0;
    uint32_t essential = 0;
    for (uint32_t i = 0; i < c->part_count; i++) {
        double most = c->parts[i]->window_most > 0 ? c->parts[i]->window_most : 0;
        total += most;
        if (total <= needed) {
            essential = i + 1;
            few = total;
        }
    }
    memset(found, 0, WORDS * sizeof *found);
    if (essential == c->part_count) return 0;
    for (uint32_t i = essential; i < c->part_count; i++) {
        clause *part = c->parts[i];
        double own_share = needed - (total - part->window_most) * (1 + 1e-12);
        int failed = part->kind == TERM ? add_all_postings(s, part, found, scores, own_share)
                                        : add_composed(s, part, NULL, found, scores, own_share);
        if (failed) return failed;
    }
    prune(found, scores, few * (1 + 1e-12), needed);
    for (uint32_t i = essential; i-- && !is_empty(found);) {
        clause *part = c->parts[i];
        uint64_t ignored[WORDS] = {0};
        if (part->window_most <= 0) break;
        int failed = part->kind == TERM ? add_postings_among(s, part, found, ignored, scores)
                                        : add_composed(s, part, found, ignored, scores, -1);
        if (failed) return failed;
        few -= part->window_most;
        prune(found, scores, (few > 0 ? few : 0) + total * 1e-12, needed);
    }
    return 0;
}

static int evaluate_best(search *s, clause *c, const uint64_t *among, uint64_t *found, double *scores) {
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    memset(found, 0, WORDS * sizeof *found);
    int failed = 0;
    for (uint32_t i = 0; i < c->part_count && !failed; i++) {
        failed = evaluate(s, c->parts[i], among, own->found, scores ? own->scores : NULL, -1);
        if (failed) break;
        for (int w = 0; w < WORDS; w++) found[w] |= own->found[w];
        if (scores) FOR_EACH_BIT(own->found, k) {
            if (own->scores[k] > own->best[k]) own->best[k] = own->scores[k];
        }
        if (scores) clear_scores(own->scores, among ? among : own->found, NULL);
    }
    if (scores) {
        FOR_EACH_BIT(found, k) scores[k] += own->best[k];
        clear_scores(own->best, found, NULL);
    }
    leave(s);
    return failed;
}

static int evaluate_except(search *s, clause *c, const uint64_t *among, uint64_t *found) {
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    int failed = evaluate(s, c->parts[0], among, own->found, NULL, -1);
    if (among) memcpy(found, among, WORDS * sizeof *found);
    else fill_bits(found, 0, s->end - s->base);
    for (int w = 0; w < WORDS; w++) found[w] &= ~own->found[w];
    leave(s);
    return failed;
}

static void evaluate_range(const search *s, const clause *c, const uint64_t *among, uint64_t *found) {
    uint32_t low = c->low > s->base ? c->low - s->base : 0;
    uint32_t high = c->high < s->end ? c->high : s->end;
    high = high > s->base ? high - s->base : 0;
    if (low < high) fill_bits(found, low, high);
    else memset(found, 0, WORDS * sizeof *found);
    for (int w = 0; among && w < WORDS; w++) found[w] &= among[w];
}

static void evaluate_times(const search *s, const clause *c, const uint64_t *among, uint64_t *found) {
    memset(found, 0, WORDS * sizeof *found);
    for (uint32_t docnum = s->base; docnum < s->end; docnum++)
        if (c->since <= s->published[docnum] && s->published[docnum] < c->until) set_bit(found, docnum - s->base);
    for (int w = 0; among && w < WORDS; w++) found[w] &= among[w];
}

static int evaluate(search *s, clause *c, const uint64_t *among, uint64_t *found, double *scores, double needed) {
    switch (c->kind) {
    case TERM: return evaluate_term(s, c, among, found, scores, needed);
    case SPANS: return evaluate_spans(s, c, among, found, scores, needed);
    case ALL: return evaluate_all(s, c, among, found, scores, needed);
    case ANY_OF:
        /* Where nothing was found before, scores are zero: see add_composed and the drivers. */
        if (!among && scores && needed >= 0) return evaluate_best_of_any(s, c, found, scores, needed);
        return evaluate_any(s, c, among, found, scores);
    case BEST_OF: return evaluate_best(s, c, among, found, scores);
    case EXCEPT: return evaluate_except(s, c, among, found);
    case RANGE: evaluate_range(s, c, among, found); return 0;
    case TIMES: evaluate_times(s, c, among, found); return 0;
    }
    return fail(&s->fault, FAULT_ORDER, "a clause of no kind");
}

/* --- which window next ------------------------------------------------------------------------------------------ */

/* A docnum below `limit` such that nothing between the two matches; NOWHERE where nothing below it does. */
static uint32_t last_before(search *s, clause *c, uint32_t limit, int *failed) {
    uint32_t last = NOWHERE;
    switch (c->kind) {
    case TERM: {
        list_cursor *cursor = c->cursor;
        if (!cursor || !limit || limit <= cursor->first_docnum) return NOWHERE;
        if (limit > cursor->last_docnum) return cursor->last_docnum;
        /* In every window or nearly: not worth looking. */
        if (cursor->place.doc_freq > s->doc_count / (WINDOW / 8)) return limit - 1;
        int reached = reach(cursor, limit, &s->fault);
        if (reached < 0) *failed = reached;
        if (reached <= 0) return NOWHERE;
        uint32_t i = find_posting(cursor, limit);
        if (i) return cursor->docnums[i - 1];
        return cursor->block ? cursor_block_last(cursor, cursor->block - 1) : NOWHERE;
    }
    case ALL:
        last = limit ? limit - 1 : NOWHERE;
        for (uint32_t i = 0; i < c->part_count && last != NOWHERE; i++) last = last_before(s, c->parts[i], last + 1, failed);
        return last;
    case ANY_OF:
    case BEST_OF:
        for (uint32_t i = 0; i < c->part_count; i++) {
            uint32_t one = last_before(s, c->parts[i], limit, failed);
            if (one != NOWHERE && (last == NOWHERE || one > last)) last = one;
        }
        return last;
    case RANGE:
        last = c->high < limit ? c->high : limit;
        return last && last > c->low ? last - 1 : NOWHERE;
    default:
        return limit ? limit - 1 : NOWHERE;
    }
}

#endif
