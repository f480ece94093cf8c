/* The locator of what stands in an article's lead: in its title, or in the first paragraph of its body. */
#ifndef SEARCHLIB_LEAD_H
#define SEARCHLIB_LEAD_H

#include "query/boundaries.h"

typedef struct {
    locator base;
    locator *inner;
    uint32_t paragraphs; /* the term at which paragraphs begin, or NO_BOUNDARIES */
} lead_locator;

static const locator_type LEAD_LOCATOR;

/* --- before an article is looked at it is as the inner one -------------------------------------------------------- */

static inline locator *inner_of(const locator *l) { return ((const lead_locator *)l)->inner; }

static int lead_needs_all(const locator *l) { return inner_of(l)->type->needs_all(inner_of(l)); }

static int lead_can_occur(const locator *l, planned_term *const *terms, uint32_t segment_number) {
    return inner_of(l)->type->can_occur(inner_of(l), terms, segment_number);
}

static double lead_idf(const locator *l, planned_term *const *terms) {
    return inner_of(l)->type->idf(inner_of(l), terms);
}

static uint32_t lead_workspaces(const locator *l) { return inner_of(l)->type->workspaces(inner_of(l)); }

static operator *lead_guard(operator_maker *m, const locator *l, posting_cursor *const *cursors) {
    return inner_of(l)->type->guard(m, inner_of(l), cursors);
}

static double lead_window_max_tf(const locator *l, const operator *guard, double limit) {
    return inner_of(l)->type->window_max_tf(inner_of(l), guard, limit);
}

static int lead_is_bounded_by(const locator *l, uint32_t term) {
    return inner_of(l)->type->is_bounded_by(inner_of(l), term);
}

/* --- in an article ------------------------------------------------------------------------------------------------ */

static int lead_locate(locator *l, const position_list *positions, const region_ends *ends) {
    const position_list *paragraphs = boundaries_of(positions, ((const lead_locator *)l)->paragraphs);
    locator *inner = inner_of(l);
    int failed = inner->type->locate(inner, positions, ends);
    if (failed) return failed;
    const uint32_t end = paragraphs ? boundary_from(paragraphs, ends->summary_end) : UINT32_MAX;
    position_ranges *found = &l->found;
    ranges_swap(found, &inner->found);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < found->count; i++) {
        const position_range own = found->at[i];
        const int region = region_at(ends, own.first);
        found->at[kept] = own;
        kept += region == 0 || (region == REGION_COUNT - 1 && own.last < end);
    }
    found->count = kept;
    return 0;
}

static void lead_release(locator *l) {
    ranges_free(&l->found);
    inner_of(l)->type->release(inner_of(l));
}

static const locator_type LEAD_LOCATOR = {
    .name = "lead",
    .needs_all = lead_needs_all,
    .can_occur = lead_can_occur,
    .idf = lead_idf,
    .workspaces = lead_workspaces,
    .guard = lead_guard,
    .window_max_tf = lead_window_max_tf,
    .is_bounded_by = lead_is_bounded_by,
    .locate = lead_locate,
    .release = lead_release,
};

/* NULL if there is no memory. */
static inline locator *new_lead(arena *memory, locator *inner, uint32_t paragraphs) {
    lead_locator *lead = (lead_locator *)arena_zeros(memory, sizeof *lead);
    if (!lead) return NULL;
    lead->base.type = &LEAD_LOCATOR;
    lead->inner = inner;
    lead->paragraphs = paragraphs;
    return &lead->base;
}

#endif
