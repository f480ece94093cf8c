/* Lists of position ranges: the positions of the first and the last word of something, both included. */
#ifndef SEARCHLIB_POSITION_RANGES_H
#define SEARCHLIB_POSITION_RANGES_H

#include "postings/positions.h"

typedef struct {
    uint32_t first, last;
} position_range;

/* Zeroed is empty. */
typedef struct {
    position_range *at;
    uint32_t count, capacity;
} position_ranges;

static inline int ranges_reserve(position_ranges *ranges, uint32_t count) {
    if (count <= ranges->capacity) return 0;
    position_range *at = (position_range *)realloc(ranges->at, count * sizeof *at);
    if (!at) return FAULT_MEMORY;
    ranges->at = at;
    ranges->capacity = count;
    return 0;
}

static inline int ranges_append(position_ranges *ranges, uint32_t first, uint32_t last) {
    if (ranges->count == ranges->capacity && ranges_reserve(ranges, ranges->count ? ranges->count * 2 : 16))
        return FAULT_MEMORY;
    ranges->at[ranges->count++] = (position_range){first, last};
    return 0;
}

static inline void ranges_swap(position_ranges *a, position_ranges *b) {
    position_ranges other = *a;
    *a = *b;
    *b = other;
}

static inline void ranges_free(position_ranges *ranges) { free(ranges->at); }

static inline int compare_ranges(const void *a, const void *b) {
    const position_range *one = (const position_range *)a, *other = (const position_range *)b;
    if (one->first != other->first) return one->first < other->first ? -1 : 1;
    return (one->last > other->last) - (one->last < other->last);
}

static inline int compare_ranges_by_last(const void *a, const void *b) {
    const position_range *one = (const position_range *)a, *other = (const position_range *)b;
    if (one->last != other->last) return one->last < other->last ? -1 : 1;
    return (one->first > other->first) - (one->first < other->first);
}

/* By first position, then by last. Most lists are in order already. */
static inline void ranges_sort(position_ranges *ranges) {
    for (uint32_t i = 1; i < ranges->count; i++)
        if (compare_ranges(&ranges->at[i - 1], &ranges->at[i]) > 0) {
            qsort(ranges->at, ranges->count, sizeof *ranges->at, compare_ranges);
            return;
        }
}

/* Of ranges in order, keep each once. */
static inline void ranges_drop_equal(position_ranges *ranges) {
    uint32_t kept = ranges->count > 0;
    for (uint32_t i = 1; i < ranges->count; i++)
        if (compare_ranges(&ranges->at[kept - 1], &ranges->at[i])) ranges->at[kept++] = ranges->at[i];
    ranges->count = kept;
}

/* The first range, from number `from` on, that begins at a position or behind it; `count` if there is none. */
static inline uint32_t ranges_from(const position_ranges *ranges, uint32_t from, uint32_t position) {
    uint32_t high = ranges->count;
    while (from < high) {
        const uint32_t middle = from + (high - from) / 2;
        if (ranges->at[middle].first < position) from = middle + 1;
        else high = middle;
    }
    return from;
}

#endif
