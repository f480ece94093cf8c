/* Where a phrase stands in one article, straight from the blocks that hold its words' positions.
 *
 * Marks are a bit for each position. The word that stands in the article least often says where the phrase may begin; each
 * of these beginnings is marked. Each other word then leaves the beginnings that it meets. Its positions are added up
 * from their steps as they are read, and never listed.
 */
#ifndef SEARCHLIB_PHRASE_IN_BLOCKS_H
#define SEARCHLIB_PHRASE_IN_BLOCKS_H

#include "query/locator.h"

/* Articles with more positions than this are searched without marks. */
enum { MARKED_POSITIONS = 1 << 14 };

typedef struct {
    locator base;
    uint32_t *terms; /* word by word, the number of its term */
    uint32_t word_count, slop;
    uint32_t *read_counts; /* of each word, how many of its positions have been read */
    position_ranges spare, reached;
    uint64_t marks[MARKED_POSITIONS / 64]; /* all 0 between two articles; there are none of one word */
} phrase_locator;

/* Every function below that can fail returns LOCATED, NEEDS_LISTS or a fault, as `locate_in_blocks` of the contract. */

/* Keep the one beginning if a word meets it: *n becomes 1 or 0. */
static inline int keep_if_met(const phrase_locator *p, const article_terms *t, uint32_t word, uint32_t begin, uint32_t *n,
                              fault *f) {
    const uint32_t term = p->terms[word];
    int met = cursor_has_position(t->cursors[term], t->postings[term], begin + word, f);
    *n = met > 0;
    return met < 0 ? met : LOCATED;
}

/* Keep of the *n beginnings those that a word meets, or the first of them: ascending in `kept`, which has room for one
 * more. The article is too long for marks: NEEDS_LISTS. */
static inline int keep_met_in_block(phrase_locator *p, const article_terms *t, uint32_t word, const uint32_t *begins,
                                    uint32_t *n, uint32_t *kept, int only_first, fault *f) {
    const uint32_t term = p->terms[word], i = t->postings[term];
    posting_cursor *cursor = t->cursors[term];
    values_block *v = &cursor->values;
    uint64_t *marks = p->marks, position = v->firsts[i];
    const uint32_t end = v->ends[i];
    uint32_t met = 0, next = values_begin(v, i);
    int sensible = 1;
    for (uint32_t k = 0; k < *n; k++) marks[begins[k] >> 6] |= (uint64_t)1 << (begins[k] & 63);
    /* Beyond the marks two positions could fall on one mark, and there would be more to keep than was marked. */
    while (position < MARKED_POSITIONS) {
        /* Positions before `word` fall on marks that are never set. No branch depends on what the positions are. */
        const uint32_t begin = ((uint32_t)position - word) & (MARKED_POSITIONS - 1);
        uint32_t step;
        kept[met] = begin;
        met += marks[begin >> 6] >> (begin & 63) & 1;
        if (next == end || (only_first && met) || !(sensible = values_step(v, next++, cursor->n, &step))) break;
        position += (uint64_t)step + 1;
    }
    for (uint32_t k = 0; k < *n; k++) marks[begins[k] >> 6] = 0;
    *n = met;
    if (!sensible) return bad_positions(cursor, f);
    return position < MARKED_POSITIONS ? LOCATED : NEEDS_LISTS;
}

/* Which word stands in the article least often, and whether it does only once; NO_POSTING if the positions of some word
 * are not kept as steps. */
static inline uint32_t rarest_word(const phrase_locator *p, const article_terms *t, int *once) {
    uint32_t rarest = NO_POSTING, least = UINT32_MAX;
    for (uint32_t word = 0; word < p->word_count; word++) {
        const uint32_t term = p->terms[word], i = t->postings[term];
        const values_block *v = &t->cursors[term]->values;
        if (v->form != VALUES_STEPS) return NO_POSTING;
        const uint32_t steps = v->ends[i] - values_begin(v, i);
        if (steps >= least) continue;
        least = steps;
        rarest = word;
    }
    *once = !least;
    return rarest;
}

/* The beginnings that the rarest word allows: *n of them in `list`; `spare` has room for one more. The article is too
 * long for marks: NEEDS_LISTS. */
static inline int first_beginnings(const phrase_locator *p, const article_terms *t, uint32_t rarest, int once,
                                   position_list *list, position_list *spare, uint32_t *n, fault *f) {
    posting_cursor *cursor = t->cursors[p->terms[rarest]];
    const uint32_t i = t->postings[p->terms[rarest]];
    if (once) {
        if (positions_reserve(list, 1)) return fail(f, FAULT_MEMORY, "no memory");
        list->at[0] = cursor->values.firsts[i];
        list->count = 1;
    } else {
        const int failed = cursor_positions(cursor, i, list, f);
        if (failed) return failed;
        if (positions_reserve(spare, list->count + 1)) return fail(f, FAULT_MEMORY, "no memory");
    }
    *n = 0;
    if (list->at[list->count - 1] >= MARKED_POSITIONS - p->word_count) return NEEDS_LISTS;
    for (uint32_t k = 0; k < list->count; k++) {
        const uint32_t position = list->at[k];
        list->at[*n] = position - rarest;
        *n += position >= rarest;
    }
    return LOCATED;
}

/* Where the phrase begins: *n beginnings in *begins, or one of them. */
static inline int find_beginnings(phrase_locator *p, const article_terms *t, int only_first, uint32_t **begins,
                                  uint32_t *n, fault *f) {
    int once = 0;
    const uint32_t rarest = rarest_word(p, t, &once);
    if (rarest == NO_POSTING) return NEEDS_LISTS;
    const uint32_t term = p->terms[rarest], last = p->word_count - 1 - (rarest == p->word_count - 1);
    position_list *list = &t->positions[term], *spare = &t->positions[!term];
    int found = first_beginnings(p, t, rarest, once, list, spare, n, f);
    uint32_t *now = list->at, *next = spare->at;
    for (uint32_t word = 0; word < p->word_count && *n && found == LOCATED; word++) {
        if (word == rarest) continue;
        if (once) {
            found = keep_if_met(p, t, word, *now, n, f);
            continue;
        }
        found = keep_met_in_block(p, t, word, now, n, next, only_first && word == last, f);
        uint32_t *swap = now;
        now = next;
        next = swap;
    }
    *begins = now;
    return found;
}

static int phrase_locate_in_blocks(locator *l, const article_terms *terms, const region_columns *columns, uint32_t docnum,
                                   int only_whether, fault *f) {
    phrase_locator *p = (phrase_locator *)l;
    uint32_t *begins, n = 0;
    if (p->slop || terms->count < 2 || p->word_count >= MARKED_POSITIONS) return NEEDS_LISTS;
    const int located = find_beginnings(p, terms, only_whether, &begins, &n, f);
    if (located != LOCATED || !n) return located;
    if (only_whether) {
        /* Between two regions one position is empty: what stands side by side is within one. */
        l->found.count = n;
        return LOCATED;
    }
    const region_ends ends = region_ends_of(columns, docnum);
    if (ranges_reserve(&l->found, n + 1)) return fail(f, FAULT_MEMORY, "no memory");
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t last = begins[i] + p->word_count - 1;
        l->found.at[l->found.count] = (position_range){begins[i], last};
        l->found.count += region_at(&ends, begins[i]) == region_at(&ends, last);
    }
    return LOCATED;
}

#endif
