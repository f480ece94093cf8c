/* The checksum of pages: the lower 32 bits of XXH64 with seed 0.
 *
 * Source: Collet, "xxHash fast digest algorithm", specification, section XXH64.
 */
#ifndef SEARCHLIB_CHECKSUM_H
#define SEARCHLIB_CHECKSUM_H

#include "bytes/little_endian.h"

#include <stddef.h>

static inline uint64_t rotate(uint64_t x, int by) { return x << by | x >> (64 - by); }

#define XX_1 0x9E3779B185EBCA87u
#define XX_2 0xC2B2AE3D27D4EB4Fu
#define XX_3 0x165667B19E3779F9u
#define XX_4 0x85EBCA77C2B2AE63u
#define XX_5 0x27D4EB2F165667C5u

static inline uint64_t xx_round(uint64_t sum, uint64_t input) { return rotate(sum + input * XX_2, 31) * XX_1; }

static inline uint64_t xx_merge(uint64_t hash, uint64_t sum) { return (hash ^ xx_round(0, sum)) * XX_1 + XX_4; }

static uint32_t checksum(const uint8_t *p, size_t length) {
    const uint8_t *end = p + length;
    uint64_t hash = XX_5;
    if (length >= 32) {
        uint64_t a = XX_1 + XX_2, b = XX_2, c = 0, d = 0 - XX_1;
        for (; end - p >= 32; p += 32) {
            a = xx_round(a, load_u64(p));
            b = xx_round(b, load_u64(p + 8));
            c = xx_round(c, load_u64(p + 16));
            d = xx_round(d, load_u64(p + 24));
        }
        hash = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
        hash = xx_merge(xx_merge(xx_merge(xx_merge(hash, a), b), c), d);
    }
    hash += length;
    for (; end - p >= 8; p += 8) hash = rotate(hash ^ xx_round(0, load_u64(p)), 27) * XX_1 + XX_4;
    if (end - p >= 4) {
        hash = rotate(hash ^ load_u32(p) * XX_1, 23) * XX_2 + XX_3;
        p += 4;
    }
    for (; p < end; p++) hash = rotate(hash ^ *p * XX_5, 11) * XX_1;
    hash = (hash ^ hash >> 33) * XX_2;
    hash = (hash ^ hash >> 29) * XX_3;
    return (uint32_t)(hash ^ hash >> 32);
}

#endif
