/* Which printed words a term stands for, and which of them stands at each position.
 *
 * An analyzer makes terms of words: `visit` of "visit", "visits" and "visited". The printed words of a term are its
 * *variants*, numbered from 0 in each list, the commonest first as far as is known. A variant is the word, case and
 * accents folded, and how many positions it takes: one, or more if it joins words ("re-election"). The word is empty
 * where the analyzer names none.
 *
 * The dictionary has what the variants of a term are (term_dictionary_format.h), and the values of a block have the
 * variant at each position, in the order of postings and positions. Where all are number 0, nothing is written.
 *
 *     variants   bits(u8) runs           0 to 32 bits: number of each position, packed, 128 in each run but the last
 *                SPARSE + n(u8) rest     n, 1 to 127: so many positions have another number than 0. For each:
 *                                        positions passed over before it(varint) number - 1(varint)
 *
 * A writer chooses the shorter.
 */
#ifndef SEARCHLIB_VARIANTS_FORMAT_H
#define SEARCHLIB_VARIANTS_FORMAT_H

#include "bytes/bit_packing.h"
#include "bytes/byte_buffer.h"
#include "bytes/varints.h"

enum { VARIANTS_SPARSE = 128 };

/* The bit of a variant in the mask of a block; the last is of all that follow. */
static inline uint8_t variant_bit(uint32_t variant) { return (uint8_t)(1u << (variant < 7 ? variant : 7)); }

/* Put the numbers of n positions, of which one at least is not 0. 0, or a fault. */
static int put_variants(byte_buffer *b, const uint32_t *variants, size_t n) {
    uint32_t all = 0, count = 0;
    uint8_t sparse[1 + 127 * 2 * 5];
    size_t length = 1, passed = 0;
    for (size_t i = 0; i < n; i++) {
        all |= variants[i];
        if (!variants[i]) {
            passed++;
            continue;
        }
        if (++count < 128) {
            length += put_varint(sparse + length, passed);
            length += put_varint(sparse + length, variants[i] - 1);
        }
        passed = 0;
    }
    const unsigned bits = bits_needed(all);
    const size_t full = n / BLOCK, rest = n % BLOCK;
    const size_t packed = 1 + full * packed_size(BLOCK, bits) + packed_size((unsigned)rest, bits);
    if (buffer_reserve(b, packed + BLOCK * 4)) return FAULT_MEMORY;
    if (count < 128 && length < packed) {
        sparse[0] = (uint8_t)(VARIANTS_SPARSE + count);
        return buffer_append(b, sparse, length);
    }
    b->data[b->length++] = (uint8_t)bits;
    for (size_t at = 0; at < n; at += BLOCK) {
        const unsigned some = n - at < BLOCK ? (unsigned)(n - at) : BLOCK;
        pack(variants + at, b->data + b->length, some, bits);
        b->length += packed_size(some, bits);
    }
    return 0;
}

/* Read the numbers of n positions from [p, stop), all of it: 1, or 0 if they make no sense. `variants` has room for a
 * block more. */
static int read_variants(const uint8_t *p, const uint8_t *stop, uint32_t *variants, size_t n) {
    if (p == stop) return 0;
    const unsigned head = *p++;
    if (head <= 32) {
        if (n / BLOCK * packed_size(BLOCK, head) + packed_size((unsigned)(n % BLOCK), head) != (size_t)(stop - p)) return 0;
        for (size_t at = 0; at < n; at += BLOCK) {
            const unsigned some = n - at < BLOCK ? (unsigned)(n - at) : BLOCK;
            unpack(p, variants + at, some, head);
            p += packed_size(some, head);
        }
        return 1;
    }
    if (head < VARIANTS_SPARSE) return 0;
    memset(variants, 0, n * sizeof *variants);
    size_t at = 0;
    for (unsigned i = 0; i < head - VARIANTS_SPARSE; i++) {
        uint64_t passed = 0, less = 0;
        p = get_bounded(p, stop, n, &passed);
        if (p) p = get_bounded(p, stop, UINT32_MAX - 1, &less);
        if (!p || passed >= n - at) return 0;
        at += (size_t)passed;
        variants[at++] = (uint32_t)less + 1;
    }
    return p == stop;
}

#endif
