/* The locator of parts in order with at most `slop` other positions among them. Each part has alternatives, which are
 * locators. One part is a sequence too: what any of its alternatives finds.
 *
 * From each range of the first part, the ends that the parts so far can reach are kept, each with the fewest positions
 * that were passed over, as in phrase_in_graph.h. Of the ranges of a part that are equally long only the next one counts,
 * as it reaches all that a later one does. So a part takes a step for each of its lengths from each end that is kept, and
 * there are no more ends than sums of lengths. A part of very many lengths is gone over instead: as far as the gaps reach,
 * a step for each of its ranges. No text makes more of it than that.
 */
#ifndef SEARCHLIB_SEQUENCE_H
#define SEARCHLIB_SEQUENCE_H

#include "query/alternatives.h"
#include "query/phrase.h"

/* Parts of more different lengths than this are gone over range by range. */
enum { INDEXED_LENGTHS = 8 };

typedef struct {
    alternatives any;
    /* Of the article that is looked at: */
    uint32_t lengths[INDEXED_LENGTHS]; /* in positions, how long its ranges are */
    uint32_t length_count;             /* 0: there are too many, and nothing is indexed */
    uint32_t greatest_length;
    uint32_t *next; /* of each range, and of the end, for each length: the first range from there on that is so long */
    size_t next_capacity;
} sequence_part;

typedef struct {
    locator base;
    sequence_part *parts;
    uint32_t part_count, slop;
    position_ranges reached, spare;
} sequence_locator;

static const locator_type SEQUENCE_LOCATOR;

/* --- before an article is looked at ------------------------------------------------------------------------------- */

static int sequence_needs_all(const locator *l) {
    const sequence_locator *s = (const sequence_locator *)l;
    for (uint32_t i = 0; i < s->part_count; i++)
        if (!alternatives_need_all(&s->parts[i].any)) return 0;
    return 1;
}

static int sequence_can_occur(const locator *l, planned_term *const *terms, uint32_t segment_number) {
    const sequence_locator *s = (const sequence_locator *)l;
    for (uint32_t i = 0; i < s->part_count; i++)
        if (!alternatives_can_occur(&s->parts[i].any, terms, segment_number)) return 0;
    return 1;
}

/* Of all parts together. */
static double sequence_idf(const locator *l, planned_term *const *terms) {
    const sequence_locator *s = (const sequence_locator *)l;
    double sum = 0;
    for (uint32_t i = 0; i < s->part_count; i++) sum += alternatives_idf(&s->parts[i].any, terms);
    return sum;
}

static uint32_t sequence_workspaces(const locator *l) {
    const sequence_locator *s = (const sequence_locator *)l;
    uint32_t greatest = 0;
    for (uint32_t i = 0; i < s->part_count; i++) {
        const uint32_t own = alternatives_workspaces(&s->parts[i].any);
        if (own > greatest) greatest = own;
    }
    return greatest + 2;
}

static operator *sequence_guard(operator_maker *m, const locator *l, posting_cursor *const *cursors) {
    const sequence_locator *s = (const sequence_locator *)l;
    if (s->part_count == 1) return alternatives_guard(m, &s->parts[0].any, cursors);
    composed_operator *all = new_all(m, s->part_count);
    for (uint32_t i = 0; all && i < s->part_count; i++) {
        operator *part = alternatives_guard(m, &s->parts[i].any, cursors);
        if (!part) return NULL;
        add_to_all(m->search, all, part);
    }
    return all ? &all->base : NULL;
}

static double sequence_window_max_tf(const locator *l, const operator *guard, double limit) {
    const sequence_locator *s = (const sequence_locator *)l;
    return s->part_count == 1 ? alternatives_window_max_tf(&s->parts[0].any, guard, limit) : limit;
}

static int sequence_is_bounded_by(const locator *l, uint32_t term) {
    (void)l, (void)term;
    return 0;
}

/* --- one part in an article --------------------------------------------------------------------------------------- */

static inline uint32_t length_of(position_range range) { return range.last - range.first + 1; }

/* Note a length that a part has; that there are too many, if so. */
static inline void note_length(sequence_part *part, uint32_t length, int *too_many) {
    if (length > part->greatest_length) part->greatest_length = length;
    for (uint32_t i = 0; i < part->length_count; i++)
        if (part->lengths[i] == length) return;
    if (part->length_count == INDEXED_LENGTHS) *too_many = 1;
    else part->lengths[part->length_count++] = length;
}

/* Index the ranges of a part by their lengths, if these are few. 0, or a fault. */
static inline int index_lengths(sequence_part *part) {
    const position_ranges *found = &part->any.found;
    int too_many = 0;
    part->length_count = part->greatest_length = 0;
    for (uint32_t i = 0; i < found->count; i++) note_length(part, length_of(found->at[i]), &too_many);
    if (too_many) part->length_count = 0;
    const size_t count = part->length_count, needed = (found->count + (size_t)1) * count;
    if (!count) return 0;
    if (needed > part->next_capacity) {
        uint32_t *next = (uint32_t *)realloc(part->next, needed * sizeof *next);
        if (!next) return FAULT_MEMORY;
        part->next = next;
        part->next_capacity = needed;
    }
    for (size_t k = 0; k < count; k++) part->next[found->count * count + k] = found->count;
    for (uint32_t i = found->count; i--;) {
        const uint32_t length = length_of(found->at[i]);
        for (size_t k = 0; k < count; k++)
            part->next[i * count + k] = part->lengths[k] == length ? i : part->next[(i + 1) * count + k];
    }
    return 0;
}

/* Find the ranges of a part, each once. 0, or a fault. */
static inline int locate_part(sequence_part *part, const position_list *positions, const region_ends *ends) {
    int failed = alternatives_locate(&part->any, positions, ends);
    if (!failed) ranges_drop_equal(&part->any.found);
    return failed;
}

/* From an end, reach what the range with this number does; 1 if it does not pass over too much, 0, or -1 without memory. */
static inline int reach_range(const sequence_part *part, uint32_t number, position_range from, uint32_t slop,
                              position_ranges *next) {
    const position_range range = part->any.found.at[number];
    const uint32_t passed = range.first - covered(from);
    if (passed > slop) return 0;
    return reach(next, range.last + 1, passed) ? -1 : 1;
}

/* From the ends in `reached`, those that one more part reaches, into `next`; as `reach_word`. 0, or a fault. */
static inline int reach_part(const sequence_part *part, const position_ranges *reached, uint32_t slop,
                             position_ranges *next) {
    const position_ranges *found = &part->any.found;
    const uint32_t lengths = part->length_count;
    uint32_t begin = 0;
    int went = 1;
    next->count = 0;
    for (uint32_t i = 0; i < reached->count && went >= 0; i++) {
        const position_range from = reached->at[i];
        uint64_t stop = i + 1 < reached->count ? reached->at[i + 1].first : UINT64_MAX;
        begin = ranges_from(found, begin, from.first);
        for (uint32_t k = 0; k < lengths && went >= 0; k++) {
            const uint32_t at = part->next[begin * (size_t)lengths + k];
            if (at < found->count && found->at[at].first < stop) went = reach_range(part, at, from, slop, next);
        }
        for (uint32_t at = begin; !lengths && at < found->count && found->at[at].first < stop; at++) {
            went = reach_range(part, at, from, slop, next);
            if (went <= 0) break;
            /* What begins behind one of the longest is reached as well from there. */
            if (length_of(found->at[at]) == part->greatest_length && found->at[at].last + 1 < stop)
                stop = found->at[at].last + (uint64_t)1;
        }
    }
    return went < 0 ? FAULT_MEMORY : 0;
}

/* --- in an article ------------------------------------------------------------------------------------------------ */

/* Add a range unless it was found; all that were begin no later. 0, or a fault. */
static inline int add_once(position_ranges *found, uint32_t first, uint32_t last) {
    for (uint32_t i = found->count; i && found->at[i - 1].first == first; i--)
        if (found->at[i - 1].last == last) return 0;
    return ranges_append(found, first, last);
}

/* For each range of the first part the shortest from which the others are reached in its region. 0, or a fault. */
static inline int locate_occurrences(sequence_locator *s, const region_ends *ends) {
    const position_ranges *first = &s->parts[0].any.found;
    int failed = 0;
    for (uint32_t i = 0; i < first->count && !failed; i++) {
        const position_range begin = first->at[i];
        position_ranges *reached = &s->reached, *next = &s->spare;
        reached->count = 0;
        failed = reach(reached, begin.last + 1, 0);
        for (uint32_t part = 1; part < s->part_count && reached->count && !failed; part++) {
            failed = reach_part(&s->parts[part], reached, s->slop, next);
            ranges_swap(reached, next);
        }
        if (failed || !reached->count) continue;
        const uint32_t last = reached->at[0].first - 1;
        if (region_at(ends, begin.first) == region_at(ends, last)) failed = add_once(&s->base.found, begin.first, last);
    }
    return failed;
}

static int sequence_locate(locator *l, const position_list *positions, const region_ends *ends) {
    sequence_locator *s = (sequence_locator *)l;
    l->found.count = 0;
    for (uint32_t i = 0; i < s->part_count; i++) {
        int failed = locate_part(&s->parts[i], positions, ends);
        if (failed || !s->parts[i].any.found.count) return failed;
    }
    if (s->part_count == 1) {
        ranges_swap(&l->found, &s->parts[0].any.found);
        return 0;
    }
    for (uint32_t i = 1; i < s->part_count; i++)
        if (index_lengths(&s->parts[i])) return FAULT_MEMORY;
    return locate_occurrences(s, ends);
}

static void sequence_release(locator *l) {
    sequence_locator *s = (sequence_locator *)l;
    for (uint32_t i = 0; i < s->part_count; i++) {
        alternatives_release(&s->parts[i].any);
        free(s->parts[i].next);
    }
    ranges_free(&l->found);
    ranges_free(&s->reached);
    ranges_free(&s->spare);
}

static const locator_type SEQUENCE_LOCATOR = {
    .name = "sequence",
    .needs_all = sequence_needs_all,
    .can_occur = sequence_can_occur,
    .idf = sequence_idf,
    .workspaces = sequence_workspaces,
    .guard = sequence_guard,
    .window_max_tf = sequence_window_max_tf,
    .is_bounded_by = sequence_is_bounded_by,
    .locate = sequence_locate,
    .release = sequence_release,
};

/* A sequence of parts, which still need room and alternatives; NULL if there is no memory. */
static inline sequence_locator *new_sequence(arena *memory, uint32_t part_count, uint32_t slop) {
    sequence_locator *s = (sequence_locator *)arena_zeros(memory, sizeof *s);
    if (!s) return NULL;
    s->base.type = &SEQUENCE_LOCATOR;
    s->slop = slop;
    s->part_count = part_count;
    s->parts = (sequence_part *)arena_zeros(memory, (part_count + (size_t)1) * sizeof *s->parts);
    return s->parts ? s : NULL;
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline int sequence_reserve(arena *memory, sequence_locator *s, uint32_t part, uint32_t room) {
    return alternatives_reserve(memory, &s->parts[part].any, room);
}

static inline void sequence_add(sequence_locator *s, uint32_t part, locator *alternative) {
    alternatives_add(&s->parts[part].any, alternative);
}

static inline locator *sequence_as_locator(sequence_locator *s) { return &s->base; }

#endif
