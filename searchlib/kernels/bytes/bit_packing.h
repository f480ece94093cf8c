/* Bit packing: small integers in few bits, in blocks of 128 and in the shorter ones that end a list.
 *
 * A full block of b-bit values takes 16 * b bytes: value i is in lane i % 4, and each lane is a row of 32-bit words
 * that its 32 values fill from the lowest bit up. So one instruction on four lanes unpacks four neighbours.
 * A short block of n values takes (n * b + 7) / 8 bytes, value after value from the lowest bit up.
 *
 * Source: Lemire & Boytsov, "Decoding billions of integers per second through vectorization", 2015.
 */
#ifndef SEARCHLIB_BIT_PACKING_H
#define SEARCHLIB_BIT_PACKING_H

#include "bytes/little_endian.h"

enum { BLOCK = 128 };

/* Four lanes: one register, or four if the machine has none so wide. */
typedef uint32_t lanes __attribute__((vector_size(16)));
typedef uint32_t unaligned_lanes __attribute__((vector_size(16), aligned(1), may_alias));

static inline unsigned bits_needed(uint32_t value) { return value ? 32u - (unsigned)__builtin_clz(value) : 0; }

static inline size_t packed_size(unsigned n, unsigned bits) {
    return n == BLOCK ? 16u * bits : ((size_t)n * bits + 7) / 8;
}

SEARCHLIB_INLINE void unpack_rows(const uint8_t *in, uint32_t *out, const unsigned bits) {
    const unaligned_lanes *word = (const unaligned_lanes *)in;
    unaligned_lanes *row = (unaligned_lanes *)out;
    const uint32_t low = bits == 32 ? 0xffffffffu : (1u << bits) - 1;
    const lanes mask = {low, low, low, low};
    lanes current = *word;
    unsigned shift = 0;
#pragma GCC unroll 32
    for (unsigned i = 0; i < 32; i++) {
        lanes value = current >> shift;
        if (shift + bits > 32) {
            current = *++word;
            value |= current << (32 - shift);
            shift = shift + bits - 32;
        } else {
            shift += bits;
            if (shift == 32 && i < 31) {
                current = *++word;
                shift = 0;
            }
        }
        row[i] = value & mask;
    }
}

/* Unpack 128 values of `bits` bits (0 to 32) from 16 * bits bytes. */
static void unpack_block(const uint8_t *in, uint32_t *out, unsigned bits) {
    switch (bits) {
    case 0: memset(out, 0, BLOCK * sizeof *out); return;
#define SEARCHLIB_CASE(b) case b: unpack_rows(in, out, b); return;
    SEARCHLIB_CASE(1) SEARCHLIB_CASE(2) SEARCHLIB_CASE(3) SEARCHLIB_CASE(4) SEARCHLIB_CASE(5) SEARCHLIB_CASE(6)
    SEARCHLIB_CASE(7) SEARCHLIB_CASE(8) SEARCHLIB_CASE(9) SEARCHLIB_CASE(10) SEARCHLIB_CASE(11) SEARCHLIB_CASE(12)
    SEARCHLIB_CASE(13) SEARCHLIB_CASE(14) SEARCHLIB_CASE(15) SEARCHLIB_CASE(16) SEARCHLIB_CASE(17) SEARCHLIB_CASE(18)
    SEARCHLIB_CASE(19) SEARCHLIB_CASE(20) SEARCHLIB_CASE(21) SEARCHLIB_CASE(22) SEARCHLIB_CASE(23) SEARCHLIB_CASE(24)
    SEARCHLIB_CASE(25) SEARCHLIB_CASE(26) SEARCHLIB_CASE(27) SEARCHLIB_CASE(28) SEARCHLIB_CASE(29) SEARCHLIB_CASE(30)
    SEARCHLIB_CASE(31) SEARCHLIB_CASE(32)
#undef SEARCHLIB_CASE
    }
}

/* Pack 128 values of `bits` bits into 16 * bits bytes. */
static void pack_block(const uint32_t *in, uint8_t *out, unsigned bits) {
    const unaligned_lanes *row = (const unaligned_lanes *)in;
    unaligned_lanes *to = (unaligned_lanes *)out;
    lanes word = {0, 0, 0, 0};
    unsigned filled = 0;
    for (unsigned i = 0; bits && i < BLOCK / 4; i++) {
        const lanes value = row[i];
        word |= value << filled;
        filled += bits;
        if (filled < 32) continue;
        *to++ = word;
        filled -= 32;
        word = filled ? value >> (bits - filled) : (lanes){0, 0, 0, 0};
    }
}

/* Unpack n values (up to 128) of `bits` bits from exactly as many bytes as they take. */
static void unpack_short(const uint8_t *in, uint32_t *out, unsigned n, unsigned bits) {
    /* A copy with room behind it, so that eight bytes can be read at any offset. */
    uint8_t padded[BLOCK * 4 + 8];
    size_t size = ((size_t)n * bits + 7) / 8;
    memcpy(padded, in, size);
    memset(padded + size, 0, 8);
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    size_t at = 0;
    for (unsigned i = 0; i < n; i++, at += bits) out[i] = (uint32_t)(load_u64(padded + (at >> 3)) >> (at & 7) & mask);
}

static void pack_short(const uint32_t *in, uint8_t *out, unsigned n, unsigned bits) {
    uint64_t word = 0;
    unsigned filled = 0;
    for (unsigned i = 0; i < n; i++) {
        word |= (uint64_t)in[i] << filled;
        for (filled += bits; filled >= 8; filled -= 8) {
            *out++ = (uint8_t)word;
            word >>= 8;
        }
    }
    if (filled) *out = (uint8_t)word;
}

static inline void unpack(const uint8_t *in, uint32_t *out, unsigned n, unsigned bits) {
    if (n == BLOCK) unpack_block(in, out, bits);
    else unpack_short(in, out, n, bits);
}

static inline void pack(const uint32_t *in, uint8_t *out, unsigned n, unsigned bits) {
    if (n == BLOCK) pack_block(in, out, bits);
    else pack_short(in, out, n, bits);
}

#if defined(__clang__) || __GNUC__ >= 12
#define SEARCHLIB_SHIFT_IN(before, v, a, b, c, d) __builtin_shufflevector(before, v, a, b, c, d)
#else
#define SEARCHLIB_SHIFT_IN(before, v, a, b, c, d) __builtin_shuffle(before, v, (lanes){a, b, c, d})
#endif

/* Make 128 ascending values of steps less one; `before` is the value before the first, UINT32_MAX if there is none. */
static inline void add_up_block(uint32_t *values, uint32_t before) {
    const lanes zero = {0, 0, 0, 0}, one = {1, 1, 1, 1};
    lanes carry = {before, before, before, before};
    unaligned_lanes *row = (unaligned_lanes *)values;
#pragma GCC unroll 8
    for (unsigned i = 0; i < BLOCK / 4; i++) {
        lanes v = row[i] + one;
        v += SEARCHLIB_SHIFT_IN(zero, v, 3, 4, 5, 6);
        v += SEARCHLIB_SHIFT_IN(zero, v, 2, 3, 4, 5);
        v += carry;
        row[i] = v;
        carry = SEARCHLIB_SHIFT_IN(v, v, 3, 3, 3, 3);
    }
}

static inline void add_up(uint32_t *values, unsigned n, uint32_t before) {
    if (n == BLOCK) {
        add_up_block(values, before);
        return;
    }
    for (unsigned i = 0; i < n; i++) values[i] = before += values[i] + 1;
}

#endif
