/* The locator of something that stands alone: something of the left side with nothing of the right so near that the two
 * would be a pair (near.h). It finds the left one itself.
 *
 * An article without any of the right side has all of the left. So only the left side's terms are needed.
 */
#ifndef SEARCHLIB_LONE_H
#define SEARCHLIB_LONE_H

#include "query/near.h"

static const locator_type LONE_LOCATOR;

/* Terms of the right side are needed by no article. */
static int lone_needs_all(const locator *l) {
    (void)l;
    return 0;
}

static int lone_can_occur(const locator *l, planned_term *const *terms, uint32_t segment_number) {
    return alternatives_can_occur(&((const near_locator *)l)->sides[0], terms, segment_number);
}

static double lone_idf(const locator *l, planned_term *const *terms) {
    return alternatives_idf(&((const near_locator *)l)->sides[0], terms);
}

static uint32_t lone_workspaces(const locator *l) {
    return alternatives_workspaces(&((const near_locator *)l)->sides[0]);
}

static operator *lone_guard(operator_maker *m, const locator *l, posting_cursor *const *cursors) {
    return alternatives_guard(m, &((const near_locator *)l)->sides[0], cursors);
}

/* It stands no more often than the left side does. */
static double lone_window_max_tf(const locator *l, const operator *guard, double limit) {
    return alternatives_window_max_tf(&((const near_locator *)l)->sides[0], guard, limit);
}

static int lone_locate(locator *l, const position_list *positions, const region_ends *ends) {
    near_locator *n = (near_locator *)l;
    const position_list *boundaries = boundaries_of(positions, n->boundaries);
    pairing p;
    int failed = locate_sides(n, positions, ends, boundaries, &p);
    for (uint32_t i = 0; i < n->sides[0].found.count && !failed; i++) {
        const position_range left = n->sides[0].found.at[i];
        position_range around = {0, 0};
        if (!pair_next(n, &p, left, ends, boundaries, &around)) failed = ranges_append(&l->found, left.first, left.last);
    }
    return failed;
}

static const locator_type LONE_LOCATOR = {
    .name = "lone",
    .needs_all = lone_needs_all,
    .can_occur = lone_can_occur,
    .idf = lone_idf,
    .workspaces = lone_workspaces,
    .guard = lone_guard,
    .window_max_tf = lone_window_max_tf,
    .is_bounded_by = near_is_bounded_by,
    .locate = lone_locate,
    .release = near_release,
};

/* As `new_near`. */
static inline near_locator *new_lone(arena *memory, uint32_t left_room, uint32_t right_room, uint32_t distance,
                                     int ordered, uint32_t boundaries) {
    return new_pair(memory, &LONE_LOCATOR, left_room, right_room, distance, ordered, boundaries);
}

#endif
