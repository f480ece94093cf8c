/* Whole searches of a segment: the best articles, all articles, the newest or oldest.
 *
 * Each goes over the segment in windows and can stop after any of them, to be asked to go on: so that a caller can look
 * at the clock, or at Ctrl-C, without the kernels knowing of either.
 */
#ifndef SEARCHLIB_DRIVERS_H
#define SEARCHLIB_DRIVERS_H

#include "spans.h"

typedef struct {
    double score;
    uint32_t docnum;
} hit;

/* The best hits so far, the worst of them on top of the heap; of equal scores the lower docnum is worse. */
typedef struct {
    hit *hits;
    uint32_t count, capacity;
    double floor;        /* only scores above it are wanted, even while there is room; -1 for all */
    double below_score;  /* only hits that come after this one are wanted: */
    uint32_t below_docnum;
} top;

static inline int is_worse(hit a, hit b) { return a.score < b.score || (a.score == b.score && a.docnum < b.docnum); }

static void top_sift_down(top *t, uint32_t i, uint32_t count) {
    hit moved = t->hits[i];
    for (;;) {
        uint32_t child = 2 * i + 1;
        if (child >= count) break;
        if (child + 1 < count && is_worse(t->hits[child + 1], t->hits[child])) child++;
        if (!is_worse(t->hits[child], moved)) break;
        t->hits[i] = t->hits[child];
        i = child;
    }
    t->hits[i] = moved;
}

static inline double top_needed(const top *t) {
    double worst = t->count == t->capacity ? t->hits[0].score : -1;
    return worst > t->floor ? worst : t->floor;
}

/* Docnums have to be offered in descending order. */
static void top_offer(top *t, double score, uint32_t docnum) {
    if (score > t->below_score || (score == t->below_score && docnum >= t->below_docnum)) return;
    if (score <= t->floor) return;
    if (t->count < t->capacity) {
        uint32_t i = t->count++;
        hit added = {score, docnum};
        for (; i && is_worse(added, t->hits[(i - 1) / 2]); i = (i - 1) / 2) t->hits[i] = t->hits[(i - 1) / 2];
        t->hits[i] = added;
    } else if (score > t->hits[0].score) {
        t->hits[0] = (hit){score, docnum};
        top_sift_down(t, 0, t->count);
    }
}

/* Best first. */
static void top_sort(top *t) {
    for (uint32_t n = t->count; n > 1; n--) {
        hit worst = t->hits[0];
        t->hits[0] = t->hits[n - 1];
        top_sift_down(t, 0, n - 1);
        t->hits[n - 1] = worst;
    }
}

/* Take what is deleted, and what is below `low`, out of a window's answer. */
static void keep_live(const search *s, uint64_t *found, const uint8_t *deleted, uint32_t low) {
    if (low > s->base) {
        uint64_t kept[WORDS];
        fill_bits(kept, low - s->base, WINDOW);
        for (int w = 0; w < WORDS; w++) found[w] &= kept[w];
    }
    if (!deleted) return;
    for (uint32_t w = 0; w < WORDS && s->base + w * 64 < s->doc_count; w++)
        if (found[w]) {
            uint64_t gone = 0;
            uint32_t from = (s->base + w * 64) / 8, bytes = (s->doc_count + 7) / 8 - from;
            memcpy(&gone, deleted + from, bytes < 8 ? bytes : 8);
            found[w] &= ~gone;
        }
}

/* Make [.., limit) that holds docnum `last` the window, down to `low`. Its first docnum is a multiple of 64. */
static int set_window(search *s, uint32_t last, uint32_t low, uint32_t limit) {
    uint32_t base = last & ~(uint32_t)(WINDOW - 1);
    if (base < low) base = low & ~(uint32_t)63;
    s->base = base;
    s->end = limit - base < WINDOW ? limit : base + WINDOW;
    if (!s->norms) return 0;
    return pages_check(s->norms_file, s->norms_at + base, s->end - base, &s->fault);
}

/* Go on looking for the best hits among docnums [low, *limit), from the last one down, for some windows; *limit is low
 * when there are none left. */
static int search_top(search *s, clause *root, top *t, const uint8_t *deleted, uint32_t low, uint32_t *limit,
                      uint32_t windows) {
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    int failed = 0;
    while (windows-- && *limit > low && !failed) {
        double needed = top_needed(t);
        uint32_t last = last_before(s, root, *limit, &failed);
        if (failed || last == NOWHERE || last < low || (needed >= 0 && root->most <= needed)) {
            *limit = low;
            break;
        }
        failed = set_window(s, last, low, last + 1);
        if (failed) break;
        *limit = s->base > low ? s->base : low;
        bound(s, root);
        if (root->window_most < 0 || (needed >= 0 && root->window_most <= needed)) continue;
        failed = evaluate(s, root, NULL, own->other, own->scores, needed);
        if (failed) break;
        memcpy(own->found, own->other, sizeof own->found);
        keep_live(s, own->found, deleted, low);
        for (int w = WORDS - 1; w >= 0; w--)
            for (uint64_t word = own->found[w]; word;) {
                uint32_t bit = 63 - (uint32_t)__builtin_clzll(word);
                word ^= (uint64_t)1 << bit;
                top_offer(t, own->scores[w * 64 + bit], s->base + (uint32_t)w * 64 + bit);
            }
        clear_scores(own->scores, own->other, NULL);
    }
    leave(s);
    return failed;
}

/* Go on finding all docnums in [low, *limit) that match, from the last one down; `bits` (of the whole segment, may be
 * NULL) gets them, *count their number. */
static int search_all(search *s, clause *root, const uint8_t *deleted, uint64_t *bits, uint64_t *count, uint32_t low,
                      uint32_t *limit, uint32_t windows) {
    uint64_t found[WORDS];
    int failed = 0;
    while (windows-- && *limit > low && !failed) {
        uint32_t last = last_before(s, root, *limit, &failed);
        if (failed || last == NOWHERE || last < low) {
            *limit = low;
            break;
        }
        failed = set_window(s, last, low, last + 1);
        if (!failed) failed = evaluate(s, root, NULL, found, NULL, -1);
        if (failed) break;
        *limit = s->base > low ? s->base : low;
        keep_live(s, found, deleted, low);
        *count += count_bits(found, WORDS);
        for (uint32_t w = 0; bits && w < WORDS && s->base + w * 64 < s->doc_count; w++) bits[s->base / 64 + w] |= found[w];
    }
    return failed;
}

/* Go on finding the first `wanted` docnums in [*low, *limit) that match, ascending or descending, in that order. */
static int search_walk(search *s, clause *root, const uint8_t *deleted, int ascending, uint32_t wanted, uint32_t *docnums,
                       uint32_t *count, uint32_t *low, uint32_t *limit, uint32_t windows) {
    uint64_t found[WORDS];
    int failed = 0;
    while (windows-- && *limit > *low && *count < wanted && !failed) {
        uint32_t last = ascending ? *low : last_before(s, root, *limit, &failed);
        if (failed || last == NOWHERE || last < *low) {
            *limit = *low;
            break;
        }
        uint32_t end = (last | (WINDOW - 1)) + 1;
        failed = set_window(s, last, *low, ascending ? (end < *limit ? end : *limit) : last + 1);
        if (!failed) failed = evaluate(s, root, NULL, found, NULL, -1);
        if (failed) break;
        keep_live(s, found, deleted, *low);
        if (ascending) {
            for (uint32_t i = next_bit(found, 0); i < WINDOW && *count < wanted; i = next_bit(found, i + 1))
                docnums[(*count)++] = s->base + i;
            *low = s->end;
        } else {
            for (int w = WORDS - 1; w >= 0; w--)
                for (uint64_t word = found[w]; word && *count < wanted;) {
                    uint32_t bit = 63 - (uint32_t)__builtin_clzll(word);
                    word ^= (uint64_t)1 << bit;
                    docnums[(*count)++] = s->base + (uint32_t)w * 64 + bit;
                }
            *limit = s->base > *low ? s->base : *low;
        }
    }
    return failed;
}

/* How many bits [low, high) of a bitmap are set. */
static uint64_t count_range(const uint64_t *bits, uint32_t low, uint32_t high) {
    uint64_t count = 0;
    for (uint64_t i = low; i < high;) {
        uint64_t word = bits[i / 64] >> (i & 63), left = 64 - (i & 63);
        if (left > high - i) {
            left = high - i;
            word &= ((uint64_t)1 << left) - 1;
        }
        count += (uint64_t)__builtin_popcountll(word);
        i += left;
    }
    return count;
}

#endif
