/* The articles whose value in a column is one of those that are asked for, as a bitmap with docnum 0 in the lowest bit.
 *
 * Columns are of one width, one value for each article: ordinals of distinct values, or numbers.
 */
#ifndef SEARCHLIB_COLUMN_DOCNUMS_H
#define SEARCHLIB_COLUMN_DOCNUMS_H

#include "bytes/little_endian.h"
#include "files/paged_file.h"

/* Of each ordinal `wanted` has a byte, 0 where it is not asked for. `bitmap` is zeroed. 0, or a fault. */
static int mark_ordinals(const paged_file *file, uint64_t offset, uint32_t doc_count, const uint8_t *wanted,
                         uint64_t value_count, uint8_t *bitmap, fault *f) {
    int failed = pages_check(file, offset, (uint64_t)doc_count * 4, f);
    if (failed) return failed;
    const uint8_t *column = file->data + offset;
    for (uint64_t first = 0; first < doc_count; first += 8) {
        uint32_t byte = 0;
        for (uint64_t docnum = first; docnum < doc_count && docnum < first + 8; docnum++) {
            const uint32_t ordinal = load_u32(column + docnum * 4);
            if (ordinal >= value_count) return fail_at(f, "an ordinal stands for no value", file, offset + docnum * 4);
            byte |= (uint32_t)(wanted[ordinal] != 0) << (docnum & 7);
        }
        bitmap[first >> 3] = (uint8_t)byte;
    }
    return 0;
}

/* Mark the numbers of a type that are in [low, last]. No branch depends on what they are. */
#define MARK_NUMBERS(type)                                                                              \
    for (uint64_t first = 0; first < doc_count; first += 8) {                                            \
        uint32_t byte = 0;                                                                               \
        for (uint64_t docnum = first; docnum < doc_count && docnum < first + 8; docnum++) {              \
            type number;                                                                                 \
            memcpy(&number, column + docnum * sizeof number, sizeof number);                             \
            byte |= (uint32_t)(((int64_t)number >= low) & ((int64_t)number <= last)) << (docnum & 7);    \
        }                                                                                                \
        bitmap[first >> 3] = (uint8_t)byte;                                                              \
    }                                                                                                    \
    return 0

/* How many bytes a number takes of the kind that `array` calls so; 0 for a kind that is no integer of 64 bits with sign. */
static inline uint32_t bytes_of_number(char kind) {
    switch (kind) {
    case 'b': case 'B': return 1;
    case 'h': case 'H': return 2;
    case 'i': case 'I': return 4;
    case 'q': return 8;
    default: return 0;
    }
}

/* Mark numbers in [low, last], of one of the kinds above. `bitmap` is zeroed. 0, or a fault. */
static int mark_numbers(const paged_file *file, uint64_t offset, uint32_t doc_count, char kind, int64_t low, int64_t last,
                        uint8_t *bitmap, fault *f) {
    int failed = pages_check(file, offset, (uint64_t)doc_count * bytes_of_number(kind), f);
    if (failed) return failed;
    const uint8_t *column = file->data + offset;
    switch (kind) {
    case 'b': MARK_NUMBERS(int8_t);
    case 'B': MARK_NUMBERS(uint8_t);
    case 'h': MARK_NUMBERS(int16_t);
    case 'H': MARK_NUMBERS(uint16_t);
    case 'i': MARK_NUMBERS(int32_t);
    case 'I': MARK_NUMBERS(uint32_t);
    default: MARK_NUMBERS(int64_t);
    }
}

#undef MARK_NUMBERS

#endif
