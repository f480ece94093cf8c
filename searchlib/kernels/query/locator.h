/* The contract of locators: what finds where in an article a phrase, or two things near each other, stand.
 *
 * The operator of positions (positional.h) goes from article to article, and asks a locator about each. Locators are of
 * the query plan and serve all segments, one after the other. Each type is a table of functions and has a file of its own
 * (phrase.h, near.h). Locators may be inside others.
 *
 * What a locator finds in an article is a list of position ranges in order of their first position. No range goes from
 * one region into another.
 */
#ifndef SEARCHLIB_LOCATOR_H
#define SEARCHLIB_LOCATOR_H

#include "query/operator.h"
#include "query/position_ranges.h"
#include "query/seeking.h"

typedef struct locator locator;

enum { NO_POSTING = UINT32_MAX };

/* What `locate_in_blocks` returns if it does not fail. */
enum { LOCATED = 1, NEEDS_LISTS = 2 /* it has to be done by `locate` */ };

/* The distinct terms of a locator in one article. A term is a number, an index into each of these. */
typedef struct {
    posting_cursor **cursors;    /* NULL if the segment lacks the term */
    uint32_t *postings;       /* the article's posting in the cursor's loaded block; NO_POSTING if it lacks the term */
    position_list *positions; /* of each term; at least two lists */
    block_variants *variants; /* of each term, the variants of the cursor's loaded block, where they matter */
    uint32_t count;
} article_terms;

/* Positions that title and summary take, of each article (u32 each); NULL in fields that have no regions. */
typedef struct {
    const uint8_t *titles, *summaries;
} region_columns;

static inline region_ends region_ends_of(const region_columns *columns, uint32_t docnum) {
    if (!columns->titles) return (region_ends){0, 0};
    const uint64_t title_end = load_u32(columns->titles + (uint64_t)docnum * 4);
    /* Between two regions one position is empty. */
    return (region_ends){title_end, title_end + 1 + load_u32(columns->summaries + (uint64_t)docnum * 4)};
}

/* The regions of a field in one segment. */
typedef struct {
    const paged_file *file; /* NULL if there are none: the field is one text */
    uint64_t titles_offset, summaries_offset;
    region_columns columns;
} field_regions;

/* The regions of a field that has such; 0, or a fault. */
static inline int open_regions(operator_maker *m, field_regions *r) {
    const segment *g = m->segment;
    if (!g->regions) return fail(&m->search->fault, FAULT_DAMAGE, "the segment does not say where titles end");
    r->file = g->regions;
    r->titles_offset = g->titles_offset;
    r->summaries_offset = g->summaries_offset;
    r->columns = (region_columns){g->regions->data + g->titles_offset, g->regions->data + g->summaries_offset};
    return 0;
}

/* Check the regions of articles [first, end), which then may be read. */
static inline int check_regions(segment_search *s, const field_regions *r, uint32_t first, uint32_t end) {
    const uint64_t length = (uint64_t)(end - first) * 4;
    if (!r->file) return 0;
    int failed = pages_check(r->file, r->titles_offset + (uint64_t)first * 4, length, &s->fault);
    return failed ? failed : pages_check(r->file, r->summaries_offset + (uint64_t)first * 4, length, &s->fault);
}

typedef struct {
    const char *name;

    /* Whether an article needs all the terms for something to be found. */
    int (*needs_all)(const locator *l);
    /* Whether a segment has terms enough for something to be found. */
    int (*can_occur)(const locator *l, planned_term *const *terms, uint32_t segment_number);
    /* The idf of the whole, as if it were one term. */
    double (*idf)(const locator *l, planned_term *const *terms);
    /* How many workspaces its guard takes at most. */
    uint32_t (*workspaces)(const locator *l);
    /* An operator that matches every article with terms enough, and does not rank; NULL on a fault. */
    operator *(*guard)(operator_maker *m, const locator *l, posting_cursor *const *cursors);
    /* No tf of the window is above it, once the guard's bound is set. `limit` is above every tf. Not asked where words may
     * take several positions. */
    double (*window_max_tf)(const locator *l, const operator *guard, double limit);
    /* Whether an article never has more of it than it has of this term. Not asked where words may take several
     * positions. */
    int (*is_bounded_by)(const locator *l, uint32_t term);
    /* Find all in an article, into `found`; 0 or a fault. */
    int (*locate)(locator *l, const position_list *positions, const region_ends *ends);
    /* The same from blocks of positions, without listing them all. With `only_whether`, `found` gets a count and no
     * ranges. Returns LOCATED, NEEDS_LISTS or a fault. NULL: there is no such way. */
    int (*locate_in_blocks)(locator *l, const article_terms *terms, const region_columns *columns, uint32_t docnum,
                            int only_whether, fault *f);
    /* Free what is not of the plan's memory. */
    void (*release)(locator *l);
} locator_type;

/* Each locator begins with one; its type knows what follows. */
struct locator {
    const locator_type *type;
    position_ranges found; /* in the article that was asked about last */
};

#endif
