/* The locator of two things near each other: something of the left side within `distance` positions of something of the
 * right. Each side has alternatives, which are locators. Both may have to be in one sentence or paragraph too.
 *
 * lone.h is the opposite: something of the left side with nothing of the right so near.
 */
#ifndef SEARCHLIB_NEAR_H
#define SEARCHLIB_NEAR_H

#include "query/alternatives.h"
#include "query/boundaries.h"
#include "query/phrase.h"

typedef struct {
    locator base;
    alternatives sides[2]; /* left and right */
    uint32_t distance;
    int ordered;         /* the left one comes first */
    uint32_t boundaries; /* the term at which what both have to be in begins, or NO_BOUNDARIES */
    position_ranges sorted;
} near_locator;

static const locator_type NEAR_LOCATOR;

/* --- before an article is looked at ------------------------------------------------------------------------------- */

static int near_needs_all(const locator *l) {
    const alternatives *sides = ((const near_locator *)l)->sides;
    return alternatives_need_all(&sides[0]) && alternatives_need_all(&sides[1]);
}

static int near_can_occur(const locator *l, planned_term *const *terms, uint32_t segment_number) {
    const alternatives *sides = ((const near_locator *)l)->sides;
    return alternatives_can_occur(&sides[0], terms, segment_number) &&
           alternatives_can_occur(&sides[1], terms, segment_number);
}

/* Of both sides together. */
static double near_idf(const locator *l, planned_term *const *terms) {
    const alternatives *sides = ((const near_locator *)l)->sides;
    return alternatives_idf(&sides[0], terms) + alternatives_idf(&sides[1], terms);
}

static uint32_t near_workspaces(const locator *l) {
    const alternatives *sides = ((const near_locator *)l)->sides;
    const uint32_t left = alternatives_workspaces(&sides[0]), right = alternatives_workspaces(&sides[1]);
    return (left > right ? left : right) + 2;
}

static operator *near_guard(operator_maker *m, const locator *l, posting_cursor *const *cursors) {
    composed_operator *all = new_all(m, 2);
    for (int i = 0; all && i < 2; i++) {
        operator *part = alternatives_guard(m, &((const near_locator *)l)->sides[i], cursors);
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

/* How far the left ranges have been paired, from the first on. */
typedef struct {
    const position_range *enders; /* the right ranges by last position; NULL if the order matters */
    uint32_t behind;              /* right ranges before it begin at the left one or in front of it */
    uint32_t ended, tied;         /* enders [0, ended) end in front; those from `tied` on at one position */
} pairing;

/* Pair the next left range with the nearest of the right in the same region: 1 and the range around both, or 0. Of two that
 * are equally near it is the one in front. A range is within one region and divided by no boundary, so the nearest of any
 * region and sentence tells whether there is one in the same. */
SEARCHLIB_INLINE int pair_next(const near_locator *n, pairing *p, position_range left, const region_ends *ends,
                               const position_list *boundaries, position_range *around) {
    const position_ranges *rights = &n->sides[1].found;
    const position_range *enders = p->enders;
    const int region = region_at(ends, left.first);
    uint32_t least = UINT32_MAX;
    for (; enders && p->ended < rights->count && enders[p->ended].last < left.first; p->ended++)
        if (!p->ended || enders[p->ended].last != enders[p->ended - 1].last) p->tied = p->ended;
    if (p->ended && region_at(ends, enders[p->tied].first) == region &&
        !is_divided(boundaries, enders[p->tied].first, left.last)) {
        least = left.first - enders[p->tied].last;
        *around = (position_range){enders[p->tied].first, left.last};
    }
    while (p->behind < rights->count && rights->at[p->behind].first <= left.first) p->behind++;
    const uint32_t next = first_behind(rights, p->behind, left.last);
    if (next < rights->count && region_at(ends, rights->at[next].first) == region) {
        const uint32_t gap = rights->at[next].first - left.last;
        if (gap < least && !is_divided(boundaries, left.first, rights->at[next].last)) {
            least = gap;
            *around = (position_range){left.first, rights->at[next].last};
        }
    }
    return least <= n->distance && least != UINT32_MAX;
}

/* Find the ranges of both sides, and get ready to pair them: without any of the left there are none of the right either.
 * 0, or a fault. */
static inline int locate_sides(near_locator *n, const position_list *positions, const region_ends *ends,
                               const position_list *boundaries, pairing *p) {
    alternatives *sides = n->sides;
    *p = (pairing){NULL, 0, 0, 0};
    n->base.found.count = sides[1].found.count = 0;
    int failed = alternatives_locate(&sides[0], positions, ends);
    if (!failed && sides[0].found.count) failed = alternatives_locate(&sides[1], positions, ends);
    if (failed) return failed;
    if (boundaries) drop_divided(&sides[1].found, boundaries);
    if (n->ordered || !sides[1].found.count) return 0;
    p->enders = by_last_position(&sides[1].found, &n->sorted);
    return p->enders ? 0 : FAULT_MEMORY;
}

/* Add a range around each pair. The walk is a copy, which stays in registers. 0, or a fault. */
SEARCHLIB_INLINE int add_pairs(near_locator *n, pairing p, const region_ends *ends, const position_list *boundaries) {
    int failed = 0;
    for (uint32_t i = 0; i < n->sides[0].found.count && !failed; i++) {
        position_range around = {0, 0};
        if (pair_next(n, &p, n->sides[0].found.at[i], ends, boundaries, &around))
            failed = ranges_append(&n->base.found, around.first, around.last);
    }
    return failed;
}

static int near_locate(locator *l, const position_list *positions, const region_ends *ends) {
    near_locator *n = (near_locator *)l;
    const position_list *boundaries = boundaries_of(positions, n->boundaries);
    pairing p;
    int failed = locate_sides(n, positions, ends, boundaries, &p);
    if (failed || !n->sides[1].found.count) return failed;
    return boundaries ? add_pairs(n, p, ends, boundaries) : add_pairs(n, p, ends, NULL);
}

static void near_release(locator *l) {
    near_locator *n = (near_locator *)l;
    ranges_free(&l->found);
    ranges_free(&n->sorted);
    alternatives_release(&n->sides[0]);
    alternatives_release(&n->sides[1]);
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

/* One of this type with room on each side for so many alternatives, which are still to be added; NULL if there is no
 * memory. `boundaries` is the number of a term, or NO_BOUNDARIES. */
static inline near_locator *new_pair(arena *memory, const locator_type *type, uint32_t left_room, uint32_t right_room,
                                     uint32_t distance, int ordered, uint32_t boundaries) {
    near_locator *n = (near_locator *)arena_zeros(memory, sizeof *n);
    if (!n) return NULL;
    n->base.type = type;
    n->distance = distance;
    n->ordered = ordered;
    n->boundaries = boundaries;
    if (alternatives_reserve(memory, &n->sides[0], left_room) || alternatives_reserve(memory, &n->sides[1], right_room))
        return NULL;
    return n;
}

static inline near_locator *new_near(arena *memory, uint32_t left_room, uint32_t right_room, uint32_t distance,
                                     int ordered, uint32_t boundaries) {
    return new_pair(memory, &NEAR_LOCATOR, left_room, right_room, distance, ordered, boundaries);
}

static inline void near_add(near_locator *n, int side, locator *alternative) {
    alternatives_add(&n->sides[side], alternative);
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline locator *near_as_locator(near_locator *n) { return &n->base; }

#endif
