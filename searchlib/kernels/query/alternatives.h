/* Alternatives: locators of which any may find something, at one side of a pair or as one part of a sequence. */
#ifndef SEARCHLIB_ALTERNATIVES_H
#define SEARCHLIB_ALTERNATIVES_H

#include "query/any_of.h"
#include "query/locator.h"

typedef struct {
    locator **at;
    uint32_t count;
    position_ranges found; /* by any of them, in order of their first position, then of their last */
} alternatives;

/* Room for so many, which are still to be added. 0, or a fault. */
static inline int alternatives_reserve(arena *memory, alternatives *a, uint32_t room) {
    a->at = (locator **)arena_zeros(memory, (room + (size_t)1) * sizeof *a->at);
    return a->at ? 0 : FAULT_MEMORY;
}

static inline void alternatives_add(alternatives *a, locator *alternative) { a->at[a->count++] = alternative; }

/* --- before an article is looked at: each is to alternatives what the function of its name is to a locator --------- */

static inline int alternatives_need_all(const alternatives *a) {
    return a->count == 1 && a->at[0]->type->needs_all(a->at[0]);
}

static inline int alternatives_can_occur(const alternatives *a, planned_term *const *terms, uint32_t segment_number) {
    for (uint32_t i = 0; i < a->count; i++)
        if (a->at[i]->type->can_occur(a->at[i], terms, segment_number)) return 1;
    return 0;
}

/* Of the rarest. */
static inline double alternatives_idf(const alternatives *a, planned_term *const *terms) {
    double greatest = 0;
    for (uint32_t i = 0; i < a->count; i++) {
        const double own = a->at[i]->type->idf(a->at[i], terms);
        if (own > greatest) greatest = own;
    }
    return greatest;
}

static inline uint32_t alternatives_workspaces(const alternatives *a) {
    uint32_t greatest = 0;
    for (uint32_t i = 0; i < a->count; i++) {
        const uint32_t own = a->at[i]->type->workspaces(a->at[i]);
        if (own > greatest) greatest = own;
    }
    return greatest + 2;
}

/* Every article with terms enough for one of them. The guard of one alternative is its own. */
static inline operator *alternatives_guard(operator_maker *m, const alternatives *a, posting_cursor *const *cursors) {
    if (a->count == 1) return a->at[0]->type->guard(m, a->at[0], cursors);
    composed_operator *any = new_any_of(m, a->count);
    for (uint32_t i = 0; any && i < a->count; i++) {
        operator *part = a->at[i]->type->guard(m, a->at[i], cursors);
        if (!part) return NULL;
        add_to_any_of(m->search, any, part);
    }
    return any ? &any->base : NULL;
}

static inline double alternatives_window_max_tf(const alternatives *a, const operator *guard, double limit) {
    return a->count == 1 ? a->at[0]->type->window_max_tf(a->at[0], guard, limit) : limit;
}

/* --- in an article ------------------------------------------------------------------------------------------------ */

/* Find what any of them finds; what two find is found twice. 0, or a fault. */
static inline int alternatives_locate(alternatives *a, const position_list *positions, const region_ends *ends) {
    a->found.count = 0;
    for (uint32_t i = 0; i < a->count; i++) {
        locator *l = a->at[i];
        int failed = l->type->locate(l, positions, ends);
        if (failed) return failed;
        if (a->count == 1) {
            ranges_swap(&a->found, &l->found);
            break;
        }
        for (uint32_t k = 0; k < l->found.count; k++)
            if (ranges_append(&a->found, l->found.at[k].first, l->found.at[k].last)) return FAULT_MEMORY;
    }
    ranges_sort(&a->found);
    return 0;
}

static inline void alternatives_release(alternatives *a) {
    for (uint32_t i = 0; i < a->count; i++) a->at[i]->type->release(a->at[i]);
    ranges_free(&a->found);
}

#endif
