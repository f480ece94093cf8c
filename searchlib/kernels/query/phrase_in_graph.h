/* Where a phrase stands in one article whose words may take several positions.
 *
 * A word that is printed joined ("re-election") is a path of its own over the positions of its parts. The next word of a
 * phrase then stands behind all of them. From each occurrence of the first word, the ends that the words so far can reach
 * are kept, each with the fewest positions that were passed over; at most `slop` may be.
 */
#ifndef SEARCHLIB_PHRASE_IN_GRAPH_H
#define SEARCHLIB_PHRASE_IN_GRAPH_H

#include "query/phrase_in_blocks.h"

/* In lists of what is reached: `first` is where the next word may begin, `last` how many positions were passed over. */

/* How far an end is without what was passed over. From two ends, the greater one reaches a later word with less passed. */
static inline uint32_t covered(position_range end) { return end.first - end.last; }

/* Add an end that is reached. The list is in order of ends; none stays from which all that can be reached is reached from an
 * earlier one with no more passed over. So there are never more than words can take positions. 0, or a fault. */
static inline int reach(position_ranges *reached, uint32_t end, uint32_t passed) {
    const position_range own = {end, passed};
    uint32_t at = reached->count, next;
    while (at && reached->at[at - 1].first > end) at--;
    if (at && covered(reached->at[at - 1]) >= covered(own)) return 0;
    if (at && reached->at[at - 1].first == end) at--;
    for (next = at; next < reached->count && covered(reached->at[next]) <= covered(own);) next++;
    if (next == at) {
        if (ranges_append(reached, end, passed)) return FAULT_MEMORY;
        memmove(&reached->at[at + 1], &reached->at[at], (reached->count - 1 - at) * sizeof own);
    } else {
        memmove(&reached->at[at + 1], &reached->at[next], (reached->count - next) * sizeof own);
        reached->count -= next - at - 1;
    }
    reached->at[at] = own;
    return 0;
}

/* The first occurrence of a list that is at `position` or later. */
static inline uint32_t first_occurrence(const position_list *list, uint32_t position) {
    uint32_t low = 0, high = list->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (list->at[middle] < position) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* From the ends in `reached`, those that one more word reaches, into `next`. From each end, words are looked at only as far
 * as the next end, or the end of a word that takes the most positions: what is reached behind is reached as well from
 * there. 0, or a fault. */
static inline int reach_word(const position_list *list, const position_ranges *reached, uint32_t slop,
                             position_ranges *next) {
    next->count = 0;
    for (uint32_t i = 0; i < reached->count; i++) {
        const position_range from = reached->at[i];
        uint64_t stop = i + 1 < reached->count ? reached->at[i + 1].first : UINT64_MAX;
        for (uint32_t k = first_occurrence(list, from.first); k < list->count && list->at[k] < stop; k++) {
            const uint32_t passed = list->at[k] - covered(from), end = list->at[k] + positions_taken(list, k);
            if (passed > slop) break;
            if (reach(next, end, passed)) return FAULT_MEMORY;
            if (end - list->at[k] == list->most_taken && end < stop) stop = end;
        }
    }
    return 0;
}

/* A range for each position of the first word from which the rest can be reached in its region, the shortest. */
static inline int locate_in_graph(phrase_locator *p, const position_list *positions, const region_ends *ends) {
    const position_list *first = &positions[p->terms[0]];
    position_ranges *found = &p->base.found;
    found->count = 0;
    for (uint32_t i = 0; i < first->count; i++) {
        const uint32_t begin = first->at[i];
        position_ranges *reached = &p->reached, *next = &p->spare;
        if (found->count && found->at[found->count - 1].first == begin) continue;
        reached->count = 0;
        if (reach(reached, begin + positions_taken(first, i), 0)) return FAULT_MEMORY;
        for (uint32_t word = 1; word < p->word_count && reached->count; word++) {
            if (reach_word(&positions[p->terms[word]], reached, p->slop, next)) return FAULT_MEMORY;
            ranges_swap(reached, next);
        }
        if (!reached->count) continue;
        const uint32_t last = reached->at[0].first - 1;
        if (region_at(ends, begin) != region_at(ends, last)) continue;
        if (ranges_append(found, begin, last)) return FAULT_MEMORY;
    }
    return 0;
}

#endif
