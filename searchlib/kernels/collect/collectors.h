/* Whole searches of a segment: the best articles, all articles, the newest or oldest.
 *
 * Each goes over the segment in windows and can stop after any of them, to be asked to go on: so that a caller can look
 * at the clock, or at Ctrl-C, without the kernels knowing of either.
 */
#ifndef SEARCHLIB_DRIVERS_H
#define SEARCHLIB_DRIVERS_H

#include "query/spans.h"

enum { WALK_POSTINGS = 32 };

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

/* The list that a window is made from: of the rarest term, where every match has it; NULL where there is none. */
static clause *lead_of(clause *c) {
    if (c->kind == ALL && c->part_count) return lead_of(c->parts[0]);
    if (c->kind == SPANS) return lead_of(c->spans->guard);
    return c->kind == TERM && c->cursor ? c : NULL;
}

/* Make the window the last stretch of docnums in [low, limit) that may have matches: one block of the leading term, or
 * 4,096 docnums. 1, or 0 where there is none. */
static int set_window(search *s, clause *lead, uint32_t low, uint32_t limit) {
    if (!lead) {
        s->end = limit;
        s->base = (limit - 1) & ~(uint32_t)(WINDOW - 1);
    } else {
        posting_cursor *cursor = lead->cursor;
        if (limit <= cursor->first_docnum) return 0;
        uint32_t block = find_block_near(cursor, lead->lead_block, limit - 1);
        if (block == cursor->block_count) block--;
        lead->lead_block = block;
        uint32_t last = cursor_block_last(cursor, block);
        s->end = last < limit ? last + 1 : limit;
        s->base = block ? cursor_block_last(cursor, block - 1) + 1 : cursor->first_docnum;
        /* The block begins where the one before ends: nothing of it may be in the window. */
        if (s->base >= s->end) s->base = s->end - 1;
    }
    if (s->base < low) s->base = low;
    return s->base < s->end;
}

static int check_norms(search *s) {
    return s->norms ? pages_check(s->norms_file, s->norms_at + s->base, s->end - s->base, &s->fault) : 0;
}

static inline int is_deleted(const uint8_t *deleted, uint32_t docnum) {
    return deleted && deleted[docnum >> 3] >> (docnum & 7) & 1;
}

/* Whether counting what matches takes no more than ranking it: where all of it is found from one list, article by
 * article. What many lists have is counted in bitmaps, and few of it is scored. */
static int counts_in_passing(clause *root) { return root->kind != TERM && lead_of(root) != NULL; }

/* Go on looking for the best hits among docnums [low, *limit), from the last one down, for some windows; *limit is low
 * when there are none left. Where *count is asked for, all that match are added to it; else `count` is NULL. */
static int search_top(search *s, clause *root, top *t, const uint8_t *deleted, uint32_t low, uint32_t *limit,
                      uint32_t windows, uint64_t *count) {
    clause *lead = lead_of(root);
    scratch *own = enter(s);
    int failed = own ? 0 : FAULT_ORDER;
    while (!failed && windows-- && *limit > low) {
        uint32_t n = 0;
        const double needed = top_needed(t);
        int ranks = needed < 0 || root->most > needed;
        if (!root->cost || (!ranks && !count) || !set_window(s, lead, low, *limit)) {
            *limit = low;
            break;
        }
        *limit = s->base;
        bound(s, root);
        ranks = needed < 0 || root->window_most > needed;
        if (root->window_most < 0 || (!ranks && !count)) continue;
        if (ranks) failed = check_norms(s);
        if (!failed) failed = produce(s, root, own->docnums, ranks ? own->scores : NULL, &n, count ? -1 : needed);
        while (n-- && !failed) {
            if (is_deleted(deleted, own->docnums[n])) continue;
            if (count) ++*count;
            if (ranks) top_offer(t, own->scores[n], own->docnums[n]);
        }
    }
    if (own) leave(s);
    return failed;
}

/* All docnums of the window that match and are not deleted, ascending; with their scores where wanted. */
static int produce_live(search *s, clause *root, const uint8_t *deleted, uint32_t *docnums, double *scores,
                        uint32_t *count) {
    uint32_t n = 0, live = 0;
    int failed = scores ? check_norms(s) : 0;
    if (!failed) failed = produce(s, root, docnums, scores, &n, -1);
    for (uint32_t i = 0; i < n && deleted; i++) {
        const int lives = !is_deleted(deleted, docnums[i]);
        docnums[live] = docnums[i];
        if (scores) scores[live] = scores[i];
        live += lives;
    }
    *count = deleted ? live : n;
    return failed;
}

/* Go on finding all docnums in [low, *limit) that match, from the last one down; `bits` (of the whole segment, may be
 * NULL) gets them, *count their number. */
static int search_all(search *s, clause *root, const uint8_t *deleted, uint64_t *bits, uint64_t *count, uint32_t low,
                      uint32_t *limit, uint32_t windows) {
    clause *lead = lead_of(root);
    scratch *own = enter(s);
    int failed = own ? 0 : FAULT_ORDER;
    while (!failed && windows-- && *limit > low) {
        uint32_t n = 0;
        if (!root->cost || !set_window(s, lead, low, *limit)) {
            *limit = low;
            break;
        }
        *limit = s->base;
        if (root->kind == ANY_OF && !deleted && !bits) {
            memset(own->bits, 0, window_words(s) * sizeof *own->bits);
            failed = mark(s, root, own->bits, NULL, 0, -1);
            *count += count_bits(own->bits, window_words(s));
            continue;
        }
        failed = produce_live(s, root, deleted, own->docnums, NULL, &n);
        *count += n;
        for (uint32_t i = 0; bits && i < n; i++) set_bit(bits, own->docnums[i]);
    }
    if (own) leave(s);
    return failed;
}

/* Make a window no wider than its last few postings of the leading term. */
static int narrow_window(search *s, clause *lead) {
    posting_cursor *cursor = lead->cursor;
    int reached = reach(cursor, s->base, &s->fault);
    if (reached <= 0) return reached;
    const uint32_t beyond = find_posting(cursor, s->end);
    if (beyond > WALK_POSTINGS && cursor->docnums[beyond - WALK_POSTINGS] > s->base)
        s->base = cursor->docnums[beyond - WALK_POSTINGS];
    return 0;
}

/* Go on finding the first `wanted` docnums in [*low, *limit) that match, ascending or descending, in that order; and
 * their scores where they are wanted, else 0. */
static int search_walk(search *s, clause *root, const uint8_t *deleted, int ascending, int scored, uint32_t wanted,
                       hit *hits, uint32_t *count, uint32_t *low, uint32_t *limit, uint32_t windows) {
    clause *lead = ascending ? NULL : lead_of(root);
    scratch *own = enter(s);
    int failed = own ? 0 : FAULT_ORDER;
    while (!failed && windows-- && *limit > *low && *count < wanted) {
        uint32_t n = 0, end = (*low | (WINDOW - 1)) + 1;
        if (!root->cost || !set_window(s, lead, *low, ascending && end < *limit ? end : *limit)) {
            *limit = *low;
            break;
        }
        if (lead) failed = narrow_window(s, lead);
        if (!failed) failed = produce_live(s, root, deleted, own->docnums, scored ? own->scores : NULL, &n);
        for (uint32_t i = 0; i < n && *count < wanted; i++) {
            const uint32_t k = ascending ? i : n - 1 - i;
            hits[(*count)++] = (hit){scored ? own->scores[k] : 0, own->docnums[k]};
        }
        if (ascending) *low = s->end;
        else *limit = s->base;
    }
    if (own) leave(s);
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
