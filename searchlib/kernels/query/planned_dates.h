/* What the dates that restrict a whole query plan allow of a segment: a range of docnums, and which of the articles that are
 * dated a month or a year.
 */
#ifndef SEARCHLIB_PLANNED_DATES_H
#define SEARCHLIB_PLANNED_DATES_H

#include "query/query_plan.h"

/* What the dates mean to the i-th imprecise article of a segment. */
typedef enum { OUTSIDE, PARTLY_INSIDE, INSIDE } dates_meaning;

static inline int meaning_of_dates(query_plan *p, const segment *g, uint32_t i, dates_meaning *meaning) {
    *meaning = INSIDE;
    for (uint32_t k = 0; k < p->date_count; k++) {
        const published_within_node *dates = p->dates[k];
        int64_t begin = 0;
        int failed = time_of(g, g->imprecise[i], &begin, &p->fault);
        if (failed) return failed;
        const int is_early = dates->has_since && begin < dates->since;
        if ((dates->has_until && begin >= dates->until) || (is_early && !reaches_into(g, dates, i))) {
            *meaning = OUTSIDE;
            return 0;
        }
        if (is_early || (dates->has_until && g->imprecise_ends[i] > dates->until)) *meaning = PARTLY_INSIDE;
    }
    return 0;
}

/* The earliest of the times that a date of the plan begins or ends at; INT64_MAX if there is none. */
static inline int64_t earliest_edge(const query_plan *p) {
    int64_t earliest = INT64_MAX;
    for (uint32_t i = 0; i < p->date_count; i++) {
        if (p->dates[i]->has_since && p->dates[i]->since < earliest) earliest = p->dates[i]->since;
        if (p->dates[i]->has_until && p->dates[i]->until < earliest) earliest = p->dates[i]->until;
    }
    return earliest;
}

/* Take in the imprecise articles of a segment that come before what the dates allow and reach into it: then *low is the
 * first of them, and *is_mixed that not all of [*low, *high) is allowed. */
static inline int take_in_early(query_plan *p, const segment *g, uint32_t *low, int *is_mixed) {
    uint32_t first = 0;
    const uint32_t end = first_imprecise_from(g, *low);
    int failed = first_imprecise_near(g, earliest_edge(p), &first, &p->fault);
    for (uint32_t i = first; i < end && !failed; i++) {
        dates_meaning meaning;
        failed = meaning_of_dates(p, g, i, &meaning);
        if (failed || meaning == OUTSIDE) continue;
        *low = g->imprecise[i];
        *is_mixed = 1;
        return 0;
    }
    return failed;
}

/* The docnums of a segment that the dates allow: those of [*low, *high); *is_mixed where not all of these are. 0 or a
 * fault, which is in the plan. */
static inline int docnums_allowed(query_plan *p, uint32_t number, uint32_t *low, uint32_t *high, int *is_mixed) {
    const segment *g = &p->segments[number];
    *low = 0;
    *high = g->doc_count;
    *is_mixed = 0;
    for (uint32_t i = 0; i < p->date_count; i++) {
        uint32_t first, end;
        p->faulty_segment = number;
        int failed = docnums_within(g, p->dates[i], &first, &end, &p->fault);
        if (failed) return failed;
        if (first > *low) *low = first;
        if (end < *high) *high = end;
    }
    return g->imprecise_count && p->date_count ? take_in_early(p, g, low, is_mixed) : 0;
}

/* The imprecise articles [first, end) of a segment that begin before a time and may reach to it. 0 or a fault. */
static inline int imprecise_around(query_plan *p, const segment *g, int64_t time, uint32_t *first, uint32_t *end) {
    uint32_t docnum = 0;
    int failed = first_imprecise_near(g, time, first, &p->fault);
    if (!failed) failed = first_from(g, time, &docnum, &p->fault);
    *end = first_imprecise_from(g, docnum);
    return failed;
}

/* The imprecise articles of a segment of which the dates allow a part: their docnums, ascending, in the plan's memory;
 * NULL on a fault. Only those around an edge of the dates are looked at. */
static inline uint32_t *partly_inside(query_plan *p, uint32_t number, uint32_t *count) {
    const segment *g = &p->segments[number];
    uint32_t *docnums = (uint32_t *)query_plan_take(p, (g->imprecise_count + (size_t)1) * sizeof *docnums);
    uint32_t *ranges = (uint32_t *)query_plan_take(p, (p->date_count + (size_t)1) * 4 * sizeof *ranges);
    uint32_t edges = 0;
    p->faulty_segment = number;
    *count = 0;
    if (!docnums || !ranges) return NULL;
    for (uint32_t k = 0; k < p->date_count; k++) {
        const published_within_node *dates = p->dates[k];
        uint32_t *own = ranges + 2 * edges;
        if (dates->has_since && imprecise_around(p, g, dates->since, own, own + 1)) return NULL;
        edges += dates->has_since;
        own = ranges + 2 * edges;
        if (dates->has_until && imprecise_around(p, g, dates->until, own, own + 1)) return NULL;
        edges += dates->has_until;
    }
    for (uint32_t i = 0;; i++) {
        uint32_t next = UINT32_MAX;
        for (uint32_t k = 0; k < edges; k++) {
            const uint32_t from = ranges[2 * k] > i ? ranges[2 * k] : i;
            if (from < ranges[2 * k + 1] && from < next) next = from;
        }
        if (next == UINT32_MAX) return docnums;
        i = next;
        dates_meaning meaning;
        if (meaning_of_dates(p, g, i, &meaning)) return NULL;
        if (meaning == PARTLY_INSIDE) docnums[(*count)++] = g->imprecise[i];
    }
}

#endif
