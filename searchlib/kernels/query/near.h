/* The locator of two things near each other: something of the left side within `distance` positions of something of the
 * right. Each side has alternatives, which are locators.
 */
#ifndef SEARCHLIB_NEAR_H
#define SEARCHLIB_NEAR_H

#include "query/any_of.h"
#include "query/phrase.h"

typedef struct {
    locator **alternatives;
    uint32_t count;
    position_ranges found; /* by any of them, in order */
} near_side;

typedef struct {
    locator base;
    near_side sides[2]; /* left and right */
    uint32_t distance;
    int ordered; /* the left one comes first */
} near_locator;

static const locator_type NEAR_LOCATOR;

/* --- before an article is looked at ------------------------------------------------------------------------------- */

static int near_needs_all(const locator *l) {
    const near_side *sides = ((const near_locator *)l)->sides;
    for (int i = 0; i < 2; i++)
        if (sides[i].count != 1 || !sides[i].alternatives[0]->type->needs_all(sides[i].alternatives[0])) return 0;
    return 1;
}

static int near_can_occur(const locator *l, planned_term *const *terms, uint32_t segment_number) {
    const near_side *sides = ((const near_locator *)l)->sides;
    for (int i = 0; i < 2; i++) {
        int can_occur = 0;
        for (uint32_t k = 0; k < sides[i].count && !can_occur; k++)
            can_occur = sides[i].alternatives[k]->type->can_occur(sides[i].alternatives[k], terms, segment_number);
        if (!can_occur) return 0;
    }
    return 1;
}

/* Of both sides together, and of alternatives the rarest. */
static double near_idf(const locator *l, planned_term *const *terms) {
    const near_side *sides = ((const near_locator *)l)->sides;
    double sum = 0;
    for (int i = 0; i < 2; i++) {
        double greatest = 0;
        for (uint32_t k = 0; k < sides[i].count; k++) {
            const double own = sides[i].alternatives[k]->type->idf(sides[i].alternatives[k], terms);
            if (own > greatest) greatest = own;
        }
        sum += greatest;
    }
    return sum;
}

static uint32_t near_workspaces(const locator *l) {
    const near_side *sides = ((const near_locator *)l)->sides;
    uint32_t greatest = 0;
    for (int i = 0; i < 2; i++)
        for (uint32_t k = 0; k < sides[i].count; k++) {
            const uint32_t own = sides[i].alternatives[k]->type->workspaces(sides[i].alternatives[k]);
            if (own > greatest) greatest = own;
        }
    return greatest + 4;
}

static inline operator *guard_of(operator_maker *m, const locator *l, posting_cursor *const *cursors) {
    return l->type->guard(m, l, cursors);
}

/* Every article with terms enough for one of the alternatives. */
static inline operator *guard_of_side(operator_maker *m, const near_side *side, posting_cursor *const *cursors) {
    if (side->count == 1) return guard_of(m, side->alternatives[0], cursors);
    composed_operator *any = new_any_of(m, side->count);
    for (uint32_t i = 0; any && i < side->count; i++) {
        operator *part = guard_of(m, side->alternatives[i], cursors);
        if (!part) return NULL;
        add_to_any_of(m->search, any, part);
    }
    return any ? &any->base : NULL;
}

static operator *near_guard(operator_maker *m, const locator *l, posting_cursor *const *cursors) {
    composed_operator *all = new_all(m, 2);
    for (int i = 0; all && i < 2; i++) {
        operator *part = guard_of_side(m, &((const near_locator *)l)->sides[i], cursors);
        if (!part) return NULL;
        add_to_all(m->search, all, part);
    }
    return all ? &all->base : NULL;
}

static double near_window_max_tf(const locator *l, const operator *guard, double limit) {
    (void)l, (void)guard;
    return limit;
}

static int near_is_bounded_by(const locator *l, uint32_t term) {
    (void)l, (void)term;
    return 0;
}

/* --- in an article ------------------------------------------------------------------------------------------------ */

static inline int locate_side(near_side *side, const position_list *positions, const region_ends *ends) {
    side->found.count = 0;
    for (uint32_t i = 0; i < side->count; i++) {
        locator *l = side->alternatives[i];
        int failed = l->type->locate(l, positions, ends);
        if (failed) return failed;
        if (side->count == 1) {
            ranges_swap(&side->found, &l->found);
            break;
        }
        for (uint32_t k = 0; k < l->found.count; k++)
            if (ranges_append(&side->found, l->found.at[k].first, l->found.at[k].last)) return FAULT_MEMORY;
    }
    ranges_sort(&side->found);
    return 0;
}

static inline uint32_t longest_of(const position_ranges *ranges) {
    uint32_t longest = 0;
    for (uint32_t i = 0; i < ranges->count; i++) {
        const uint32_t length = ranges->at[i].last - ranges->at[i].first;
        if (length > longest) longest = length;
    }
    return longest;
}

/* How far two ranges are from each other, in positions, and the range around both; 0 if they overlap, or if they are in
 * the other order and the order matters. */
static inline uint32_t gap_between(const near_locator *n, position_range left, position_range right,
                                   position_range *around) {
    if (right.first > left.last) {
        *around = (position_range){left.first, right.last};
        return right.first - left.last;
    }
    if (right.last < left.first && !n->ordered) {
        *around = (position_range){right.first, left.last};
        return left.first - right.last;
    }
    return 0;
}

/* Every range of the left side with the nearest of the right in the same region, as one range around both. */
static int near_locate(locator *l, const position_list *positions, const region_ends *ends) {
    near_locator *n = (near_locator *)l;
    const position_ranges *lefts = &n->sides[0].found, *rights = &n->sides[1].found;
    l->found.count = 0;
    int failed = locate_side(&n->sides[0], positions, ends);
    if (!failed && lefts->count) failed = locate_side(&n->sides[1], positions, ends);
    if (failed || !lefts->count) return failed;
    const uint32_t longest = longest_of(rights);
    uint32_t from = 0;
    for (uint32_t i = 0; i < lefts->count; i++) {
        const position_range left = lefts->at[i];
        uint32_t least = UINT32_MAX;
        position_range nearest = {0, 0};
        while (from < rights->count && (uint64_t)rights->at[from].first + longest + n->distance < left.first) from++;
        for (uint32_t k = from; k < rights->count; k++) {
            const position_range right = rights->at[k];
            position_range around;
            if (right.first > (uint64_t)left.last + n->distance) break;
            if (region_at(ends, right.first) != region_at(ends, left.first)) continue;
            const uint32_t gap = gap_between(n, left, right, &around);
            if (!gap || gap > n->distance || gap >= least) continue;
            least = gap;
            nearest = around;
        }
        if (least != UINT32_MAX && ranges_append(&l->found, nearest.first, nearest.last)) return FAULT_MEMORY;
    }
    return 0;
}

static void near_release(locator *l) {
    near_locator *n = (near_locator *)l;
    ranges_free(&l->found);
    for (int i = 0; i < 2; i++) {
        for (uint32_t k = 0; k < n->sides[i].count; k++) n->sides[i].alternatives[k]->type->release(n->sides[i].alternatives[k]);
        ranges_free(&n->sides[i].found);
    }
}

static const locator_type NEAR_LOCATOR = {
    .name = "near",
    .needs_all = near_needs_all,
    .can_occur = near_can_occur,
    .idf = near_idf,
    .workspaces = near_workspaces,
    .guard = near_guard,
    .window_max_tf = near_window_max_tf,
    .is_bounded_by = near_is_bounded_by,
    .locate = near_locate,
    .release = near_release,
};

/* Room on each side for so many alternatives, which are still to be added; NULL if there is no memory. */
static inline near_locator *new_near(arena *memory, uint32_t left_room, uint32_t right_room, uint32_t distance,
                                     int ordered) {
    near_locator *n = (near_locator *)arena_zeros(memory, sizeof *n);
    if (!n) return NULL;
    n->base.type = &NEAR_LOCATOR;
    n->distance = distance;
    n->ordered = ordered;
    n->sides[0].alternatives = (locator **)arena_zeros(memory, (left_room + (size_t)1) * sizeof(locator *));
    n->sides[1].alternatives = (locator **)arena_zeros(memory, (right_room + (size_t)1) * sizeof(locator *));
    return n->sides[0].alternatives && n->sides[1].alternatives ? n : NULL;
}

static inline void near_add(near_locator *n, int side, locator *alternative) {
    near_side *s = &n->sides[side];
    s->alternatives[s->count++] = alternative;
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline locator *near_as_locator(near_locator *n) { return &n->base; }

#endif
