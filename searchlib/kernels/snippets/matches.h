/* What matched in one text: occurrences of query terms, and the marks that they make.
 *
 * A query term is a word, phrase or NEAR of a query, by its number. Occurrences and marks are added in any order, then
 * settled. Invariants once settled: occurrences are in order of their characters, at most so many of each term, the
 * first; marks cover what all occurrences cover, in order, none touching another. Functions return 0 or a FAULT_ code.
 */
#ifndef SEARCHLIB_MATCHES_H
#define SEARCHLIB_MATCHES_H

#include "snippets/text.h"

/* A term at characters `start` to `end`, positions `first` to `last` (included). */
typedef struct {
    int64_t start, end, first, last;
    uint32_t term;
} occurrence;

typedef struct {
    int64_t start, end;
} char_range;

/* Zeroed is empty. */
typedef struct {
    occurrence *occurrences;
    char_range *marks;
    int64_t n, capacity, n_marks, marks_capacity;
    uint32_t n_terms;   /* above every term's number; set by settle_matches */
    uint32_t n_present; /* how many terms occur; set by settle_matches */
} snippet_matches;

static inline void matches_free(snippet_matches *m) {
    free(m->occurrences);
    free(m->marks);
}

static inline int matches_reserve(snippet_matches *m, int64_t occurrences, int64_t marks) {
    if (occurrences > m->capacity) {
        occurrence *grown = (occurrence *)realloc(m->occurrences, (size_t)occurrences * sizeof *grown);
        if (!grown) return FAULT_MEMORY;
        m->occurrences = grown;
        m->capacity = occurrences;
    }
    if (marks > m->marks_capacity) {
        char_range *grown = (char_range *)realloc(m->marks, (size_t)marks * sizeof *grown);
        if (!grown) return FAULT_MEMORY;
        m->marks = grown;
        m->marks_capacity = marks;
    }
    return 0;
}

static inline int add_occurrence(snippet_matches *m, int64_t start, int64_t end, int64_t first, int64_t last,
                                 uint32_t term) {
    if (m->n == m->capacity && matches_reserve(m, m->n ? 2 * m->n : 16, 0)) return FAULT_MEMORY;
    m->occurrences[m->n++] = (occurrence){start, end, first, last, term};
    return 0;
}

/* Add a word; words are added in order of position. Of two tokens of a term at one position the later counts. */
static inline int add_word(snippet_matches *m, int64_t start, int64_t end, int64_t position, uint32_t term) {
    for (int64_t before = m->n - 1; before >= 0 && m->occurrences[before].first == position; before--) {
        if (m->occurrences[before].term == term) {
            m->occurrences[before].start = start;
            m->occurrences[before].end = end;
            return 0;
        }
    }
    return add_occurrence(m, start, end, position, position, term);
}

static inline int add_mark(snippet_matches *m, int64_t start, int64_t end) {
    if (m->n_marks == m->marks_capacity && matches_reserve(m, 0, m->n_marks ? 2 * m->n_marks : 16)) return FAULT_MEMORY;
    m->marks[m->n_marks++] = (char_range){start, end};
    return 0;
}

/* Mark every occurrence, whole. */
static inline int mark_occurrences(snippet_matches *m) {
    for (int64_t number = 0; number < m->n; number++) {
        if (add_mark(m, m->occurrences[number].start, m->occurrences[number].end)) return FAULT_MEMORY;
    }
    return 0;
}

static inline int compare_numbers(int64_t a, int64_t b) { return (a > b) - (a < b); }

static inline int compare_occurrences(const void *one, const void *other) {
    const occurrence *a = (const occurrence *)one, *b = (const occurrence *)other;
    int order = compare_numbers(a->start, b->start);
    if (!order) order = compare_numbers(a->end, b->end);
    if (!order) order = compare_numbers(a->term, b->term);
    if (!order) order = compare_numbers(a->first, b->first);
    return order ? order : compare_numbers(a->last, b->last);
}

static inline int compare_ranges(const void *one, const void *other) {
    const char_range *a = (const char_range *)one, *b = (const char_range *)other;
    int order = compare_numbers(a->start, b->start);
    return order ? order : compare_numbers(a->end, b->end);
}

/* Sort, unless it is in order already, as most lists are. */
static inline void sort_items(void *items, int64_t n, size_t size, int (*compare)(const void *, const void *)) {
    const char *item = (const char *)items;
    for (int64_t number = 1; number < n; number++, item += size) {
        if (compare(item, item + size) > 0) {
            qsort(items, (size_t)n, size, compare);
            return;
        }
    }
}

/* Make one mark of those that overlap or touch. */
static inline void merge_marks(snippet_matches *m) {
    int64_t n = 0;
    sort_items(m->marks, m->n_marks, sizeof *m->marks, compare_ranges);
    for (int64_t number = 0; number < m->n_marks; number++) {
        char_range mark = m->marks[number];
        if (!n || mark.start > m->marks[n - 1].end)
            m->marks[n++] = mark;
        else
            m->marks[n - 1].end = greatest(m->marks[n - 1].end, mark.end);
    }
    m->n_marks = n;
}

/* Put all in order; of each term keep the first `max_of_term` occurrences. Terms are below `n_terms`. */
static inline int settle_matches(snippet_matches *m, uint32_t n_terms, int64_t max_of_term) {
    int64_t n = 0;
    m->n_terms = n_terms;
    merge_marks(m);
    if (!m->n) return 0;
    int64_t *kept = (int64_t *)calloc(n_terms, sizeof *kept);
    if (!kept) return FAULT_MEMORY;
    sort_items(m->occurrences, m->n, sizeof *m->occurrences, compare_occurrences);
    for (int64_t number = 0; number < m->n; number++) {
        occurrence one = m->occurrences[number];
        if (kept[one.term] == max_of_term) continue;
        m->n_present += !kept[one.term]++;
        m->occurrences[n++] = one;
    }
    m->n = n;
    free(kept);
    return 0;
}

/* Whether all occurrences lie within a text of this length. */
static inline int are_within(const snippet_matches *m, int64_t length) {
    for (int64_t number = 0; number < m->n; number++) {
        const occurrence *one = &m->occurrences[number];
        if (one->start < 0 || one->start >= one->end || one->end > length) return 0;
    }
    return 1;
}

static inline int64_t n_marks_of(const snippet_matches *m) { return m->n_marks; }

static inline uint32_t n_terms_of(const snippet_matches *m) { return m->n_terms; }

/* Clip the number-th mark to a piece. Returns whether anything of it is in the piece. */
static inline int clip_mark(const snippet_matches *m, int64_t number, int64_t *start, int64_t *end) {
    *start = greatest(*start, m->marks[number].start);
    *end = least(*end, m->marks[number].end);
    return *start < *end;
}

/* The number of the first mark that ends after `at`; the number of marks if none does. */
static inline int64_t first_mark_after(const snippet_matches *m, int64_t at) {
    int64_t low = 0, high = m->n_marks;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (m->marks[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The number of the mark that a cut at `at` would tear; -1 for none. */
static inline int64_t mark_around(const snippet_matches *m, int64_t at) {
    int64_t low = 0, high = m->n_marks;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (m->marks[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low && at < m->marks[low - 1].end ? low - 1 : -1;
}

#endif
