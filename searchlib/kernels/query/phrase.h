/* The locator of a phrase: words in order, side by side or with at most `slop` other positions among them.
 *
 * One word is a phrase too. Words that stand side by side are mostly found in blocks (phrase_in_blocks.h), by marks. The
 * same is done here with lists of positions, for phrases inside other locators and for articles whose positions are not
 * kept as steps; and without marks for phrases with gaps and for long articles.
 */
#ifndef SEARCHLIB_PHRASE_H
#define SEARCHLIB_PHRASE_H

#include "query/all.h"
#include "query/phrase_in_graph.h"
#include "query/printed.h"

static const locator_type PHRASE_LOCATOR;

/* --- before an article is looked at ------------------------------------------------------------------------------- */

static int phrase_needs_all(const locator *l) {
    (void)l;
    return 1;
}

static int phrase_can_occur(const locator *l, planned_term *const *terms, uint32_t segment_number) {
    const phrase_locator *p = (const phrase_locator *)l;
    for (uint32_t word = 0; word < p->word_count; word++)
        if (!terms[p->terms[word]]->entries[segment_number].doc_freq) return 0;
    return 1;
}

/* Of all its words together. */
static double phrase_idf(const locator *l, planned_term *const *terms) {
    const phrase_locator *p = (const phrase_locator *)l;
    double sum = 0;
    for (uint32_t word = 0; word < p->word_count; word++) sum += terms[p->terms[word]]->idf;
    return sum;
}

static uint32_t phrase_workspaces(const locator *l) {
    (void)l;
    return 4;
}

/* Whether a word is also one of those before it. */
static inline int comes_again(const phrase_locator *p, uint32_t word) {
    for (uint32_t i = 0; i < word; i++)
        if (p->terms[i] == p->terms[word]) return 1;
    return 0;
}

static operator *phrase_guard(operator_maker *m, const locator *l, posting_cursor *const *cursors) {
    const phrase_locator *p = (const phrase_locator *)l;
    if (p->word_count == 1) return make_guard_of_term(m, cursors[p->terms[0]]);
    composed_operator *all = new_all(m, p->word_count);
    for (uint32_t word = 0; all && word < p->word_count; word++) {
        if (comes_again(p, word)) continue;
        operator *part = make_guard_of_term(m, cursors[p->terms[word]]);
        if (!part) return NULL;
        add_to_all(m->search, all, part);
    }
    return all ? &all->base : NULL;
}

/* Side by side, the phrase stands no more often than its rarest word. */
static double phrase_window_max_tf(const locator *l, const operator *guard, double limit) {
    const phrase_locator *p = (const phrase_locator *)l;
    if (p->word_count == 1) return ((const term_operator *)guard)->window_max_tf;
    if (p->slop) return limit;
    const composed_operator *all = (const composed_operator *)guard;
    for (uint32_t i = 0; i < all->part_count; i++) {
        const double own = ((const term_operator *)all->parts[i])->window_max_tf;
        if (own < limit) limit = own;
    }
    return limit;
}

/* Each occurrence takes one of every word; with gaps, at least one of the first. */
static int phrase_is_bounded_by(const locator *l, uint32_t term) {
    const phrase_locator *p = (const phrase_locator *)l;
    return !p->slop || term == p->terms[0];
}

/* --- in an article, from lists of positions ----------------------------------------------------------------------- */

/* A range for each position of a single word. */
static inline int locate_word(phrase_locator *p, const position_list *positions) {
    const position_list *list = &positions[p->terms[0]];
    position_ranges *found = &p->base.found;
    if (ranges_reserve(found, list->count)) return FAULT_MEMORY;
    found->count = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const position_range range = {list->at[i], list->at[i] + positions_taken(list, i) - 1};
        /* What is there with several lengths is there once. */
        if (found->count && found->at[found->count - 1].first == range.first) found->at[found->count - 1] = range;
        else found->at[found->count++] = range;
    }
    return 0;
}

/* For each position of the first word from which the rest can be reached, the shortest such range. The nearest next word
 * is the best one: a later one only leaves less room for the rest. */
static inline int locate_with_gaps(phrase_locator *p, const position_list *positions, const region_ends *ends) {
    const position_list *first = &positions[p->terms[0]];
    const uint64_t room = (uint64_t)p->word_count - 1 + p->slop;
    memset(p->read_counts, 0, p->word_count * sizeof *p->read_counts);
    p->base.found.count = 0;
    for (uint32_t i = 0; i < first->count; i++) {
        uint32_t begin = first->at[i], last = begin, word;
        for (word = 1; word < p->word_count; word++) {
            const position_list *list = &positions[p->terms[word]];
            uint32_t *read = &p->read_counts[word];
            while (*read < list->count && list->at[*read] <= last) ++*read;
            if (*read == list->count) return 0;
            last = list->at[*read];
            if (last - begin > room) break;
        }
        if (word < p->word_count || region_at(ends, begin) != region_at(ends, last)) continue;
        if (ranges_append(&p->base.found, begin, last)) return FAULT_MEMORY;
    }
    return 0;
}

/* Whether every position that has to be marked has a mark. */
static inline int fits_marks(const phrase_locator *p, const position_list *positions) {
    if (p->slop || p->word_count < 2) return 0;
    for (uint32_t word = 0; word < p->word_count; word++) {
        const position_list *list = &positions[p->terms[word]];
        if (list->count && list->at[list->count - 1] >= MARKED_POSITIONS) return 0;
    }
    return 1;
}

/* Keep of the first n beginnings in `kept` those that a word meets, in order. Returns how many. */
static inline uint32_t keep_met(phrase_locator *p, const position_list *list, uint32_t word, position_ranges *kept,
                                position_ranges *spare, uint32_t n) {
    uint32_t met = 0;
    for (uint32_t i = 0; i < n; i++) set_bit(p->marks, kept->at[i].first);
    for (uint32_t i = 0; i < list->count; i++) {
        const uint32_t begin = list->at[i] - word;
        spare->at[met].first = begin;
        met += (p->marks[(begin & (MARKED_POSITIONS - 1)) >> 6] >> (begin & 63) & 1) & (list->at[i] >= word);
    }
    for (uint32_t i = 0; i < n; i++) p->marks[kept->at[i].first >> 6] = 0;
    ranges_swap(kept, spare);
    return met;
}

static inline int locate_side_by_side(phrase_locator *p, const position_list *positions, const region_ends *ends) {
    position_ranges *kept = &p->base.found, *spare = &p->spare;
    uint32_t rarest = 0, n = 0;
    for (uint32_t word = 1; word < p->word_count; word++)
        if (positions[p->terms[word]].count < positions[p->terms[rarest]].count) rarest = word;
    const position_list *list = &positions[p->terms[rarest]];
    if (ranges_reserve(kept, list->count + 1) || ranges_reserve(spare, list->count + 1)) return FAULT_MEMORY;
    for (uint32_t i = 0; i < list->count; i++) {
        kept->at[n].first = list->at[i] - rarest;
        n += list->at[i] >= rarest;
    }
    for (uint32_t word = 0; word < p->word_count && n; word++)
        if (word != rarest) n = keep_met(p, &positions[p->terms[word]], word, kept, spare, n);
    kept->count = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t first = kept->at[i].first, last = first + p->word_count - 1;
        kept->at[kept->count] = (position_range){first, last};
        kept->count += region_at(ends, first) == region_at(ends, last);
    }
    return 0;
}

/* Whether one of its words takes several positions somewhere in the article. */
static inline int has_joined(const phrase_locator *p, const position_list *positions) {
    for (uint32_t word = 0; word < p->word_count; word++)
        if (positions[p->terms[word]].most_taken > 1) return 1;
    return 0;
}

static int phrase_locate(locator *l, const position_list *positions, const region_ends *ends) {
    phrase_locator *p = (phrase_locator *)l;
    if (p->word_count == 1) return locate_word(p, positions);
    if (has_joined(p, positions)) return locate_in_graph(p, positions, ends);
    return fits_marks(p, positions) ? locate_side_by_side(p, positions, ends) : locate_with_gaps(p, positions, ends);
}

static void phrase_release(locator *l) {
    phrase_locator *p = (phrase_locator *)l;
    ranges_free(&l->found);
    ranges_free(&p->spare);
    ranges_free(&p->reached);
}

static const locator_type PHRASE_LOCATOR = {
    .name = "phrase",
    .needs_all = phrase_needs_all,
    .can_occur = phrase_can_occur,
    .idf = phrase_idf,
    .workspaces = phrase_workspaces,
    .guard = phrase_guard,
    .window_max_tf = phrase_window_max_tf,
    .is_bounded_by = phrase_is_bounded_by,
    .locate = phrase_locate,
    .locate_in_blocks = phrase_locate_in_blocks,
    .release = phrase_release,
};

/* A phrase of so many words, whose terms are still to be set; NULL if there is no memory. */
static inline phrase_locator *new_phrase(arena *memory, uint32_t word_count, uint32_t slop) {
    /* One word needs no marks, and a pattern may be very many of them. */
    const size_t size = word_count > 1 ? sizeof(phrase_locator) : offsetof(phrase_locator, marks);
    phrase_locator *p = (phrase_locator *)arena_zeros(memory, size);
    if (!p) return NULL;
    p->base.type = &PHRASE_LOCATOR;
    p->slop = slop;
    p->word_count = word_count;
    p->terms = (uint32_t *)arena_zeros(memory, (word_count + (size_t)1) * sizeof *p->terms);
    p->read_counts = (uint32_t *)arena_zeros(memory, (word_count + (size_t)1) * sizeof *p->read_counts);
    return p->terms && p->read_counts ? p : NULL;
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline void phrase_set_word(phrase_locator *p, uint32_t word, uint32_t term) { p->terms[word] = term; }

static inline locator *phrase_as_locator(phrase_locator *p) { return &p->base; }

#endif
