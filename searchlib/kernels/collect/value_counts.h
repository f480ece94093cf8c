/* How many of the articles that match have each value of a field.
 *
 * Several spellings can be one value: `value_of` has the value of each spelling, by number. An article counts once for a
 * value, in however many spellings it has it. A value is shown in the spelling that most articles have; of equal ones in
 * the first, in the order of bytes.
 */
#ifndef SEARCHLIB_VALUE_COUNTS_H
#define SEARCHLIB_VALUE_COUNTS_H

#include "collect/value_lists.h"

enum { NO_VALUE = 0xffffffff };

/* What spellings are one value, as far as is known. There is room for as many values as spellings. */
typedef struct {
    const term_table *spellings;
    uint32_t *value_of;         /* of each spelling; NO_VALUE while it is not known */
    uint8_t *is_one_of_several; /* of each spelling: whether its value has another */
    uint32_t *first;            /* of each value: the spelling that it was first known by */
} value_groups;

static inline int value_groups_begin(value_groups *g, const term_table *spellings) {
    const size_t n = (size_t)term_count(spellings) + 1;
    g->spellings = spellings;
    g->value_of = (uint32_t *)malloc(n * sizeof *g->value_of);
    g->first = (uint32_t *)malloc(n * sizeof *g->first);
    g->is_one_of_several = (uint8_t *)calloc(n, 1);
    if (!g->value_of || !g->first || !g->is_one_of_several) return FAULT_MEMORY;
    memset(g->value_of, 0xff, n * sizeof *g->value_of);
    memset(g->first, 0xff, n * sizeof *g->first);
    return 0;
}

static inline void value_groups_free(value_groups *g) {
    free(g->value_of);
    free(g->first);
    free(g->is_one_of_several);
    memset(g, 0, sizeof *g);
}

static inline uint32_t value_of_spelling(const value_groups *g, uint32_t spelling) { return g->value_of[spelling]; }

static inline void set_value(value_groups *g, uint32_t spelling, uint32_t value) {
    if (g->first[value] == NO_VALUE) g->first[value] = spelling;
    else g->is_one_of_several[spelling] = g->is_one_of_several[g->first[value]] = 1;
    g->value_of[spelling] = value;
}

/* --- counting --------------------------------------------------------------------------------------------------- */

/* Add up how many articles have each spelling; *having is how many articles have one. */
static inline void count_spellings(const matched_lists *m, uint32_t *counts, uint64_t *having) {
    list_walk walk = {0};
    uint32_t list, weight, n;
    while (next_list(m, &walk, &list, &weight)) {
        const uint32_t *spellings = list_of(m->lists, list, &n);
        if (n) *having += weight;
        for (uint32_t i = 0; i < n; i++) counts[spellings[i]] += weight;
    }
}

static inline int is_shown_before(const term_table *t, uint32_t spelling, uint32_t other) {
    const size_t length = term_length(t, spelling), other_length = term_length(t, other);
    const int order = memcmp(term_bytes(t, spelling), term_bytes(t, other), length < other_length ? length : other_length);
    return order ? order < 0 : length < other_length;
}

/* Add up the counts of spellings to `totals` of values; `shown` gets the spelling of each value that has a count. All
 * spellings that have a count have a value. */
static inline void add_up_values(const value_groups *g, const uint32_t *counts, uint32_t *totals, uint32_t *shown) {
    for (uint32_t spelling = 0; spelling < term_count(g->spellings); spelling++) {
        if (!counts[spelling]) continue;
        const uint32_t value = g->value_of[spelling], best = shown[value];
        totals[value] += counts[spelling];
        if (best == NO_VALUE || counts[spelling] > counts[best] ||
            (counts[spelling] == counts[best] && is_shown_before(g->spellings, spelling, best)))
            shown[value] = spelling;
    }
}

/* Take from `totals` what articles count for that have a value in several spellings. `marks` is zeroed, of as many as
 * there are values. */
static inline void count_values_once(const value_groups *g, const matched_lists *m, uint32_t *totals, uint32_t *marks) {
    list_walk walk = {0};
    uint32_t list, weight, n;
    while (next_list(m, &walk, &list, &weight)) {
        const uint32_t *spellings = list_of(m->lists, list, &n);
        for (uint32_t i = 0; i < n && n > 1; i++) {
            if (!g->is_one_of_several[spellings[i]]) continue;
            const uint32_t value = g->value_of[spellings[i]];
            if (marks[value] == list + 1) totals[value] -= weight;
            marks[value] = list + 1;
        }
    }
}

/* How many articles have a value that is not among the chosen ones: `is_chosen` has a byte for each value. */
static inline uint64_t count_with_others(const value_groups *g, const matched_lists *m, const uint8_t *is_chosen) {
    list_walk walk = {0};
    uint32_t list, weight, n;
    uint64_t count = 0;
    while (next_list(m, &walk, &list, &weight)) {
        const uint32_t *spellings = list_of(m->lists, list, &n);
        uint32_t i = 0;
        while (i < n && is_chosen[g->value_of[spellings[i]]]) i++;
        if (i < n) count += weight;
    }
    return count;
}

/* --- the most frequent values ----------------------------------------------------------------------------------- */

typedef struct {
    uint32_t count, value, spelling;
    uint64_t begin; /* the first eight bytes of the spelling, as a number of their order */
    const term_table *table;
} counted_value;

static inline uint32_t counted_count(const counted_value *v) { return v->count; }
static inline uint32_t counted_number(const counted_value *v) { return v->value; }
static inline uint32_t counted_spelling(const counted_value *v) { return v->spelling; }

static inline int compare_counted(const void *left, const void *right) {
    const counted_value *a = (const counted_value *)left, *b = (const counted_value *)right;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    if (a->begin != b->begin) return a->begin < b->begin ? -1 : 1;
    return is_shown_before(a->table, a->spelling, b->spelling) ? -1 : 1;
}

enum { COUNTS_APART = 4096 };

/* The least count that a value can have which is among the `wanted` most frequent ones; 1 for all. Counts from
 * COUNTS_APART on are not told apart. */
static inline uint32_t least_count_wanted(const uint32_t *totals, uint32_t n, uint32_t wanted) {
    uint32_t having[COUNTS_APART + 1] = {0};
    for (uint32_t value = 0; value < n; value++) having[totals[value] < COUNTS_APART ? totals[value] : COUNTS_APART]++;
    uint32_t least = COUNTS_APART, found = having[COUNTS_APART];
    while (least > 1 && found < wanted) found += having[--least];
    return least;
}

/* List the `wanted` most frequent values, of equal counts in the order of their spellings; *count is how many there are.
 * A value with a count of 0 is none. Returns what is to be freed; NULL where there is no memory. */
static inline counted_value *most_frequent(const value_groups *g, const uint32_t *totals, const uint32_t *shown, uint32_t n,
                                           uint32_t wanted, uint32_t *count) {
    const uint32_t least = least_count_wanted(totals, n, wanted);
    uint32_t found = 0;
    for (uint32_t value = 0; value < n; value++) found += totals[value] >= least;
    counted_value *values = (counted_value *)malloc(((size_t)found + 1) * sizeof *values);
    if (!values) return NULL;
    found = 0;
    for (uint32_t value = 0; value < n; value++) {
        if (totals[value] < least) continue;
        const size_t length = term_length(g->spellings, shown[value]);
        uint8_t bytes[8] = {0};
        memcpy(bytes, term_bytes(g->spellings, shown[value]), length < 8 ? length : 8);
        uint64_t begin = 0;
        for (int i = 0; i < 8; i++) begin = begin << 8 | bytes[i];
        values[found++] = (counted_value){totals[value], value, shown[value], begin, g->spellings};
    }
    qsort(values, found, sizeof *values, compare_counted);
    *count = found < wanted ? found : wanted;
    return values;
}

#endif
