/* Rice coding: numbers around a mean in few bits. The lowest bits of each are packed; what is above them is counted
 * out.
 *
 *     run    head(u8) size(varint) lows highs        1 to 128 numbers
 *     head   bits of the lows, 0 to 31. Or 128 more, if there are no highs and no size: then bits are 0 to 32
 *     lows   the lowest bits of each number, packed
 *     highs  what each number is above its lows: as many zero bits, then a one; from the lowest bit of the first byte
 *            up, in `size` bytes
 *
 * Steps between chance events are of all sizes, and most are small. So they take half a bit more than the least
 * possible; packed in one width they take two bits more. The writer chooses per run whichever is shorter.
 *
 * Source: Rice, "Some practical universal noiseless coding techniques", 1979.
 */
#ifndef SEARCHLIB_RICE_H
#define SEARCHLIB_RICE_H

#include "bytes/bit_packing.h"
#include "bytes/varints.h"

enum {
    RUN_PLAIN = 128,
    MAX_RUN = 1 + MAX_VARINT + BLOCK * 4, /* bytes that a run can have */
};

/* How many bytes the highs above `bits` low bits take. */
static inline uint64_t highs_size(const uint32_t *numbers, unsigned n, unsigned bits) {
    uint64_t sum = n;
    for (unsigned i = 0; i < n; i++) sum += numbers[i] >> bits;
    return (sum + 7) / 8;
}

/* The head of the shortest run of these numbers; the size of its highs is in *size. */
static unsigned choose_head(const uint32_t *numbers, unsigned n, uint64_t *size) {
    uint32_t all = 0;
    uint64_t sum = 0;
    for (unsigned i = 0; i < n; i++) {
        all |= numbers[i];
        sum += numbers[i];
    }
    unsigned head = RUN_PLAIN | bits_needed(all);
    uint64_t best = packed_size(n, bits_needed(all));
    /* The best number of low bits is near the logarithm of the mean. */
    unsigned most = bits_needed((uint32_t)(sum / n)), bits = most > 2 ? most - 2 : 0;
    for (; bits <= most && bits < 32; bits++) {
        uint64_t highs = highs_size(numbers, n, bits), total = packed_size(n, bits) + highs + 1 + (highs > 127);
        if (total >= best) continue;
        best = total;
        *size = highs;
        head = bits;
    }
    return head;
}

/* Put a run of n numbers at `out`; returns its length, at most MAX_RUN. */
static size_t put_run(const uint32_t *numbers, unsigned n, uint8_t *out) {
    uint64_t size = 0;
    unsigned head = choose_head(numbers, n, &size), bits = head & (RUN_PLAIN - 1);
    uint32_t lows[BLOCK];
    size_t at = 0;
    out[at++] = (uint8_t)head;
    if (head & RUN_PLAIN) {
        pack(numbers, out + at, n, bits);
        return at + packed_size(n, bits);
    }
    at += put_varint(out + at, size);
    for (unsigned i = 0; i < n; i++) lows[i] = numbers[i] & ((1u << bits) - 1);
    pack(lows, out + at, n, bits);
    at += packed_size(n, bits);
    uint8_t *highs = out + at;
    memset(highs, 0, size);
    uint64_t bit = 0;
    for (unsigned i = 0; i < n; i++, bit++) {
        bit += numbers[i] >> bits;
        highs[bit >> 3] |= (uint8_t)(1u << (bit & 7));
    }
    return at + size;
}

/* The parts of a run that was found. */
typedef struct {
    unsigned bits;
    int plain;
    const uint8_t *lows, *highs, *next;
} run_parts;

/* Find the parts of the run at `p`: 1, or 0 if it does not end before `end`. */
static inline int find_run(const uint8_t *p, const uint8_t *end, unsigned n, run_parts *run) {
    uint64_t size = 0;
    if (p >= end) return 0;
    run->plain = *p & RUN_PLAIN;
    run->bits = *p++ & (RUN_PLAIN - 1);
    if (run->bits > (run->plain ? 32u : 31u)) return 0;
    if (!run->plain && !(p = get_bounded(p, end, (uint64_t)(end - p), &size))) return 0;
    size_t lows = packed_size(n, run->bits);
    if (lows > (size_t)(end - p) || size > (size_t)(end - p) - lows) return 0;
    run->lows = p;
    run->highs = p + lows;
    run->next = run->highs + size;
    return 1;
}

/* For each four bits: the numbers of the bits that are set, as four numbers of 16 bits, the first lowest; and how
 * many. */
#define SEARCHLIB_ONES(a, b, c, d) ((uint64_t)(d) << 48 | (uint64_t)(c) << 32 | (uint64_t)(b) << 16 | (uint64_t)(a))
static const uint64_t ONES_OF_FOUR[16] = {
    SEARCHLIB_ONES(0, 0, 0, 0), SEARCHLIB_ONES(0, 0, 0, 0), SEARCHLIB_ONES(1, 0, 0, 0), SEARCHLIB_ONES(0, 1, 0, 0),
    SEARCHLIB_ONES(2, 0, 0, 0), SEARCHLIB_ONES(0, 2, 0, 0), SEARCHLIB_ONES(1, 2, 0, 0), SEARCHLIB_ONES(0, 1, 2, 0),
    SEARCHLIB_ONES(3, 0, 0, 0), SEARCHLIB_ONES(0, 3, 0, 0), SEARCHLIB_ONES(1, 3, 0, 0), SEARCHLIB_ONES(0, 1, 3, 0),
    SEARCHLIB_ONES(2, 3, 0, 0), SEARCHLIB_ONES(0, 2, 3, 0), SEARCHLIB_ONES(1, 2, 3, 0), SEARCHLIB_ONES(0, 1, 2, 3),
};
static const uint8_t COUNTS_OF_FOUR[16] = {0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4};
#undef SEARCHLIB_ONES

enum { FEW_HIGHS = 1 << 12 }; /* bytes: below it the number of a bit has 16 bits */

/* Put the bit numbers of the first n ones of a run's highs into ones[1] to ones[n]: 1, or 0 if there are fewer. It
 * reads four bits at a time, without a branch that depends on them. */
static inline int find_ones(const run_parts *run, uint16_t ones[BLOCK + 1 + 8], unsigned n) {
    unsigned found = 1;
    uint64_t base = 0;
    for (const uint8_t *p = run->highs; p < run->next && found <= n; p++, base += 0x0008000800080008u) {
        const unsigned low = *p & 15, high = *p >> 4;
        const uint64_t in_low = ONES_OF_FOUR[low] + base, in_high = ONES_OF_FOUR[high] + base + 0x0004000400040004u;
        memcpy(ones + found, &in_low, 8);
        found += COUNTS_OF_FOUR[low];
        memcpy(ones + found, &in_high, 8);
        found += COUNTS_OF_FOUR[high];
    }
    return found > n;
}

/* Add their highs to n numbers that are low bits: 1, or 0 if there are fewer highs. */
static int add_highs(const run_parts *run, uint32_t *numbers, unsigned n) {
    const unsigned bits = run->bits;
    uint64_t before = 0, at = 0;
    unsigned i = 0;
    if (run->next - run->highs < FEW_HIGHS) {
        /* The one before the first number is at bit -1. */
        uint16_t ones[BLOCK + 1 + 8] = {UINT16_MAX};
        if (!find_ones(run, ones, n)) return 0;
        for (; i < n; i++) numbers[i] += (uint32_t)(uint16_t)(ones[i + 1] - ones[i] - 1) << bits;
        return 1;
    }
    for (const uint8_t *p = run->highs; i < n && p < run->next; p++)
        for (unsigned byte = *p, bit = 0; i < n && bit < 8; bit++, at++) {
            if (!(byte >> bit & 1)) continue;
            numbers[i++] += (uint32_t)(at - before) << bits;
            before = at + 1;
        }
    return i == n;
}

/* Read the n numbers of a run: 1, or 0 if there are fewer. */
static inline int read_run(const run_parts *run, uint32_t *numbers, unsigned n) {
    unpack(run->lows, numbers, n, run->bits);
    return run->plain || add_highs(run, numbers, n);
}

#endif
