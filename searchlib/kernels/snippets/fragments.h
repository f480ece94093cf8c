/* Fragments: the parts of a text that show most of a query, the best first.
 *
 * Every occurrence begins a fragment: the one that shows the most query terms within the length of a passage. If that
 * one goes beyond the sentence of the occurrence, the fragment within the sentence is another. Better is, in this order:
 * what shows more that is not shown yet; what one sentence of prose holds; what shows more; what has fewer words
 * between the terms; earlier; shorter.
 *
 * Fragments that show most of what is not shown yet are listed first; the others only if they are asked for.
 * Functions return 0 or a fault of sentences.h.
 */
#ifndef SEARCHLIB_FRAGMENTS_H
#define SEARCHLIB_FRAGMENTS_H

#include "snippets/matches.h"
#include "snippets/sentences.h"

/* Two fragments are equally close if they differ by fewer words between their terms. */
enum { CLOSENESS_STEP = 6 };

typedef struct {
    int64_t new_worth, worth; /* of the terms shown: of those not shown yet, of all */
    int is_torn;              /* no sentence of prose holds it */
    int64_t gap;              /* words between its terms; in steps of CLOSENESS_STEP once it is listed */
    int64_t number;           /* of the occurrence that it begins with */
    int64_t end;              /* in characters */
    int64_t last;             /* position of its last word */
    int64_t low, high;        /* characters that a passage that shows it must not go beyond */
} fragment;

typedef struct {
    sentence_list *sentences;
    const snippet_matches *matches;
    int64_t passage_chars;
    const int64_t *worths; /* of each term */
    const uint8_t *shown;  /* of each term, whether a passage shows it */
    fragment *longest;     /* from each occurrence that can be shown */
    int64_t n_longest, best_worth;
    fragment *listed;      /* the next ones, in order */
    int64_t n, at;
    int is_rest;           /* those that show most are passed, the rest is listed */
    uint64_t *seen;        /* of each term, the fragment that showed it last, counted from 1 */
    uint64_t n_seen;
} fragment_ranking;

static inline void ranking_free(fragment_ranking *r) {
    free(r->longest);
    free(r->listed);
    free(r->seen);
}

/* Make room. `matches` are settled and outlive the ranking. */
static inline int ranking_init(fragment_ranking *r, sentence_list *s, const snippet_matches *m, int64_t passage_chars) {
    memset(r, 0, sizeof *r);
    r->sentences = s;
    r->matches = m;
    r->passage_chars = passage_chars;
    if (!m->n) return 0;
    r->longest = (fragment *)malloc((size_t)m->n * sizeof *r->longest);
    r->listed = (fragment *)malloc((size_t)m->n * 2 * sizeof *r->listed);
    r->seen = (uint64_t *)calloc(m->n_terms, sizeof *r->seen);
    return r->longest && r->listed && r->seen ? 0 : FAULT_MEMORY;
}

/* Let a fragment begin with its occurrence, and go on as far as it shows more terms; but if a sentence that ends at
 * `sentence_end` holds it, not beyond. Without a sentence that is -1. */
static inline void extend_fragment(fragment_ranking *r, fragment *f, int64_t sentence_end) {
    const occurrence *at = &r->matches->occurrences[f->number], *beyond = &r->matches->occurrences[r->matches->n];
    int64_t limit = least(at->start + r->passage_chars, f->high);
    uint32_t n_terms = 0;
    r->n_seen++;
    f->new_worth = f->worth = f->gap = 0;
    f->end = at->end;
    f->last = at->first - 1;
    do {
        if (r->seen[at->term] == r->n_seen || (n_terms && at->end > limit)) continue;
        if (f->end <= sentence_end && sentence_end < at->end) return;
        r->seen[at->term] = r->n_seen;
        n_terms++;
        f->worth += r->worths[at->term];
        if (!r->shown[at->term]) f->new_worth += r->worths[at->term];
        f->gap += greatest(0, at->first - f->last - 1);
        f->end = greatest(f->end, at->end);
        f->last = greatest(f->last, at->last);
    } while (++at != beyond && n_terms != r->matches->n_present && at->start < limit);
}

/* Which of two is better by all but where they stand: below 0 the first, above 0 the second. */
static inline int compare_worths(const fragment *a, const fragment *b) {
    int order = compare_numbers(b->new_worth, a->new_worth);
    if (!order) order = compare_numbers(a->is_torn, b->is_torn);
    if (!order) order = compare_numbers(b->worth, a->worth);
    return order ? order : compare_numbers(a->gap, b->gap);
}

static inline int compare_fragments(const void *one, const void *other) {
    const fragment *a = (const fragment *)one, *b = (const fragment *)other;
    int order = compare_worths(a, b);
    if (!order) order = compare_numbers(a->number, b->number);
    return order ? order : compare_numbers(a->end, b->end);
}

static inline void list_fragment(fragment_ranking *r, fragment f, int is_in_sentence) {
    if ((f.new_worth < r->best_worth) != r->is_rest) return;
    f.is_torn = !is_in_sentence;
    f.gap /= CLOSENESS_STEP;
    r->listed[r->n++] = f;
}

/* List the fragments that show most of what is not shown yet; or the rest, if is_rest. */
static inline int list_fragments(fragment_ranking *r) {
    r->at = r->n = 0;
    for (int64_t number = 0; number < r->n_longest; number++) {
        const fragment *longest = &r->longest[number];
        const occurrence *first = &r->matches->occurrences[longest->number];
        sentence own;
        /* No shorter one shows more. */
        if (!r->is_rest && longest->new_worth < r->best_worth) continue;
        int fault = sentence_at(r->sentences, first->start, &own);
        if (fault) return fault;
        if (longest->end > own.end && first->end <= own.end) {
            fragment shorter = *longest;
            extend_fragment(r, &shorter, own.end);
            list_fragment(r, shorter, own.is_prose);
        }
        list_fragment(r, *longest, own.is_prose && longest->end <= own.end);
    }
    if (r->n) qsort(r->listed, (size_t)r->n, sizeof *r->listed, compare_fragments);
    return 0;
}

/* Begin with the best. What overlaps one of the `n_taken` ranges, which are in order, is left out. */
static inline int begin_ranking(fragment_ranking *r, const int64_t *worths, const uint8_t *shown,
                                const char_range *taken, int64_t n_taken) {
    r->worths = worths;
    r->shown = shown;
    r->best_worth = -1;
    r->n_longest = r->is_rest = 0;
    for (int64_t number = 0; number < r->matches->n; number++) {
        const occurrence *first = &r->matches->occurrences[number];
        fragment f = {.number = number, .high = r->sentences->text.length};
        for (int64_t other = 0; other < n_taken; other++) {
            if (taken[other].start <= first->start)
                f.low = greatest(f.low, taken[other].end);
            else
                f.high = least(f.high, taken[other].start);
        }
        if (first->start < f.low || first->end > f.high) continue;
        extend_fragment(r, &f, -1);
        r->best_worth = greatest(r->best_worth, f.new_worth);
        r->longest[r->n_longest++] = f;
    }
    return list_fragments(r);
}

/* The best that was not passed, in *best; NULL if there is none. To pass it, add one to r->at. */
static inline int best_fragment(fragment_ranking *r, const fragment **best) {
    if (r->at == r->n && !r->is_rest) {
        r->is_rest = 1;
        int fault = list_fragments(r);
        if (fault) return fault;
    }
    *best = r->at == r->n ? NULL : &r->listed[r->at];
    return 0;
}

#endif
