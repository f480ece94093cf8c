/* Numbers around a mean in few bits: the low bits of each packed, what is above them counted out.
 *
 *     run    head(u8) size(varint) lows highs        1 to 128 numbers
 *     head   bits of the lows, 0 to 31; and 128 where there are no highs, nor a size of them: then bits are 0 to 32
 *     lows   the lowest bits of each, packed
 *     highs  of each what is above its lows: as many zero bits, then a one; from the lowest bit of the first byte up,
 *            in `size` bytes
 *
 * Steps between chance events are of all sizes, most of them small: they take half a bit more than they must so, where
 * one width for all takes two. And the writer takes that width where it is better.
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

/* In how many bytes the highs above `bits` low bits are. */
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

/* Put a run of n numbers at `out`; its length, at most MAX_RUN. */
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

/* Where the parts of a run are. */
typedef struct {
    unsigned bits;
    int plain;
    const uint8_t *lows, *highs, *next;
} run_parts;

/* 1, or 0 where the run at `p` does not end before `end`. */
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

/* Where the ones of four bits are: four numbers of 16 bits, the first lowest. And how many they are. */
#define SEARCHLIB_ONES(a, b, c, d) ((uint64_t)(d) << 48 | (uint64_t)(c) << 32 | (uint64_t)(b) << 16 | (uint64_t)(a))
static const uint64_t ONES_OF_FOUR[16] = {
    SEARCHLIB_ONES(0, 0, 0, 0), SEARCHLIB_ONES(0, 0, 0, 0), SEARCHLIB_ONES(1, 0, 0, 0), SEARCHLIB_ONES(0, 1, 0, 0),
    SEARCHLIB_ONES(2, 0, 0, 0), SEARCHLIB_ONES(0, 2, 0, 0), SEARCHLIB_ONES(1, 2, 0, 0), SEARCHLIB_ONES(0, 1, 2, 0),
    SEARCHLIB_ONES(3, 0, 0, 0), SEARCHLIB_ONES(0, 3, 0, 0), SEARCHLIB_ONES(1, 3, 0, 0), SEARCHLIB_ONES(0, 1, 3, 0),
    SEARCHLIB_ONES(2, 3, 0, 0), SEARCHLIB_ONES(0, 2, 3, 0), SEARCHLIB_ONES(1, 2, 3, 0), SEARCHLIB_ONES(0, 1, 2, 3),
};
static const uint8_t COUNTS_OF_FOUR[16] = {0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4};
#undef SEARCHLIB_ONES

enum { FEW_HIGHS = 1 << 12 }; /* bytes: so few that places of bits have 16 bits */

/* Where the first n ones of a run's highs are, in ones[1] to ones[n]; 0 where there are not as many. Four bits at a
 * time: nothing in it jumps on what they are. */
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

/* Add n highs to numbers that are their low bits; 0 where there are not as many. */
static int add_highs(const run_parts *run, uint32_t *numbers, unsigned n) {
    const unsigned bits = run->bits;
    uint64_t before = 0, place = 0;
    unsigned i = 0;
    if (run->next - run->highs < FEW_HIGHS) {
        /* Before the first number there is no bit. */
        uint16_t ones[BLOCK + 1 + 8] = {UINT16_MAX};
        if (!find_ones(run, ones, n)) return 0;
        for (; i < n; i++) numbers[i] += (uint32_t)(uint16_t)(ones[i + 1] - ones[i] - 1) << bits;
        return 1;
    }
    for (const uint8_t *p = run->highs; i < n && p < run->next; p++)
        for (unsigned byte = *p, bit = 0; i < n && bit < 8; bit++, place++) {
            if (!(byte >> bit & 1)) continue;
            numbers[i++] += (uint32_t)(place - before) << bits;
            before = place + 1;
        }
    return i == n;
}

/* The n numbers of a run; 0 where they are not all there. */
static inline int read_run(const run_parts *run, uint32_t *numbers, unsigned n) {
    unpack(run->lows, numbers, n, run->bits);
    return run->plain || add_highs(run, numbers, n);
}

#endif
