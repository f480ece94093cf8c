/* Boundaries: the positions of an article at which its sentences, or its paragraphs, begin.
 *
 * They are the positions of one more term of a locator, which is of a field of its own. The first sentence of a region is
 * none of them. Two positions of a region are in one sentence if no boundary is behind the first and not behind the last.
 * So an article without boundaries has one sentence in each region.
 */
#ifndef SEARCHLIB_BOUNDARIES_H
#define SEARCHLIB_BOUNDARIES_H

#include "query/locator.h"

/* In place of the number of a term: there is none, and nothing is divided. */
enum { NO_BOUNDARIES = UINT32_MAX };

/* Where a term that may be none stands in an article; NULL if it is none. */
static inline const position_list *boundaries_of(const position_list *positions, uint32_t term) {
    return term == NO_BOUNDARIES ? NULL : &positions[term];
}

/* The first boundary that is not before a position; UINT32_MAX if there is none. */
static inline uint32_t boundary_from(const position_list *boundaries, uint64_t position) {
    uint32_t low = 0, high = boundaries->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (boundaries->at[middle] < position) low = middle + 1;
        else high = middle;
    }
    return low < boundaries->count ? boundaries->at[low] : UINT32_MAX;
}

/* Whether a range goes across a boundary. Without boundaries none does. */
static inline int is_divided(const position_list *boundaries, uint32_t first, uint32_t last) {
    return boundaries && boundary_from(boundaries, (uint64_t)first + 1) <= last;
}

/* Keep the ranges that go across no boundary. */
static inline void drop_divided(position_ranges *ranges, const position_list *boundaries) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < ranges->count; i++) {
        ranges->at[kept] = ranges->at[i];
        kept += !is_divided(boundaries, ranges->at[i].first, ranges->at[i].last);
    }
    ranges->count = kept;
}

#endif
