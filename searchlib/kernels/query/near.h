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
    position_ranges sorted;
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

/* The ranges by last position, then by first. Mostly they are in this order too; else they are put so into `sorted`.
 * NULL if there is no memory. */
static inline const position_range *by_last_position(const position_ranges *ranges, position_ranges *sorted) {
    uint32_t i = 1;
    while (i < ranges->count && ranges->at[i - 1].last <= ranges->at[i].last) i++;
    if (i >= ranges->count) return ranges->at;
    if (ranges_reserve(sorted, ranges->count)) return NULL;
    memcpy(sorted->at, ranges->at, ranges->count * sizeof *ranges->at);
    qsort(sorted->at, ranges->count, sizeof *sorted->at, compare_ranges_by_last);
    return sorted->at;
}

/* The first range, from number `from` on, that begins behind a position; `count` if there is none. */
static inline uint32_t first_behind(const position_ranges *ranges, uint32_t from, uint32_t position) {
    uint32_t high = ranges->count;
    if (from < high && ranges->at[from].first > position) return from;
    while (from < high) {
        const uint32_t middle = from + (high - from) / 2;
        if (ranges->at[middle].first > position) high = middle;
        else from = middle + 1;
    }
    return from;
}

/* Add every range of the left side with the nearest of the right in the same region, as one range around both. Of two
 * that are equally near it is the one in front. `enders` are the right ranges by last position; NULL if the order matters.
 * A range is within one region, so the nearest of any region tells whether there is one in the same. */
static inline int pair_ranges(near_locator *n, const position_range *enders, const region_ends *ends) {
    const position_ranges *lefts = &n->sides[0].found, *rights = &n->sides[1].found;
    uint32_t behind = 0, ended = 0, tied = 0; /* enders [0, ended) end in front; those from `tied` on at one position */
    for (uint32_t i = 0; i < lefts->count; i++) {
        const position_range left = lefts->at[i];
        const int region = region_at(ends, left.first);
        uint32_t least = UINT32_MAX;
        position_range around = {0, 0};
        for (; enders && ended < rights->count && enders[ended].last < left.first; ended++)
            if (!ended || enders[ended].last != enders[ended - 1].last) tied = ended;
        if (ended && region_at(ends, enders[tied].first) == region) {
            least = left.first - enders[tied].last;
            around = (position_range){enders[tied].first, left.last};
        }
        while (behind < rights->count && rights->at[behind].first <= left.first) behind++;
        const uint32_t next = first_behind(rights, behind, left.last);
        if (next < rights->count && region_at(ends, rights->at[next].first) == region) {
            const uint32_t gap = rights->at[next].first - left.last;
            if (gap < least) {
                least = gap;
                around = (position_range){left.first, rights->at[next].last};
            }
        }
        if (least <= n->distance && least != UINT32_MAX && ranges_append(&n->base.found, around.first, around.last))
            return FAULT_MEMORY;
    }
    return 0;
}

static int near_locate(locator *l, const position_list *positions, const region_ends *ends) {
    near_locator *n = (near_locator *)l;
    l->found.count = 0;
    int failed = locate_side(&n->sides[0], positions, ends);
    if (!failed && n->sides[0].found.count) failed = locate_side(&n->sides[1], positions, ends);
    if (failed || !n->sides[0].found.count || !n->sides[1].found.count) return failed;
    const position_range *enders = n->ordered ? NULL : by_last_position(&n->sides[1].found, &n->sorted);
    return n->ordered || enders ? pair_ranges(n, enders, ends) : FAULT_MEMORY;
}

static void near_release(locator *l) {
    near_locator *n = (near_locator *)l;
    ranges_free(&l->found);
    ranges_free(&n->sorted);
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
