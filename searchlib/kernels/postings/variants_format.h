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
 *     variants   0(u8) run+              number of each position, 128 in each run but the last; runs are those of
 *                                        bytes/rice.h
 *                n(u8) rest              n, 1 to 255: so many positions have another number than 0. For each: positions
 *                                        passed over before it(varint) number - 1(varint)
 *
 * A writer chooses the shorter.
 *
 * How to read the values of the second list that posting_list_format.h reads by hand: its two postings have weights 1
 * and 2, and positions 1; and 3, 8. Its dictionary entry says values_offset 71.
 *
 *     47  05           form 1, and variants 4
 *     48  03           these take 3 bytes:
 *     49  00           runs of all numbers follow
 *     4a  82           run: no highs, and lows of 2 bits
 *     4b  24           0, 1, 2, which are 0b10_01_00: number 0 at position 1, 1 at position 3, 2 at position 8
 *     4c  00           counts: no exceptions
 *     4d  82 0d        firsts: 1, 3, which are 0b11_01
 *     4f  83 04        steps less 1: 4. Position 3 + 5 = 8
 */
#ifndef SEARCHLIB_VARIANTS_FORMAT_H
#define SEARCHLIB_VARIANTS_FORMAT_H

#include "bytes/rice.h"

enum { VARIANTS_IN_RUNS = 0, MAX_SPARSE = 255 };

/* The bit of a variant in the mask of a block; the last is of all that follow. */
static inline uint8_t variant_bit(uint32_t variant) { return (uint8_t)(1u << (variant < 7 ? variant : 7)); }

/* Put the numbers of n positions, of which one at least is not 0. 0, or a fault. */
static int put_variants(byte_buffer *b, const uint32_t *variants, size_t n) {
    uint8_t sparse[1 + MAX_SPARSE * 2 * 5];
    size_t length = 1, passed = 0, count = 0;
    const size_t begin = b->length;
    for (size_t i = 0; i < n; i++) {
        if (!variants[i]) {
            passed++;
            continue;
        }
        if (++count > MAX_SPARSE) break;
        length += put_varint(sparse + length, passed);
        length += put_varint(sparse + length, variants[i] - 1);
        passed = 0;
    }
    sparse[0] = (uint8_t)count;
    if (buffer_reserve(b, 1 + (n / BLOCK + 1) * MAX_RUN)) return FAULT_MEMORY;
    b->data[b->length++] = VARIANTS_IN_RUNS;
    for (size_t at = 0; at < n; at += BLOCK)
        b->length += put_run(variants + at, n - at < BLOCK ? (unsigned)(n - at) : BLOCK, b->data + b->length);
    if (count > MAX_SPARSE || length >= b->length - begin) return 0;
    b->length = begin;
    return buffer_append(b, sparse, length);
}

/* Read the numbers of n positions from [p, stop), all of it: 1, or 0 if they make no sense. `variants` has room for a
 * block more. */
static int read_variants(const uint8_t *p, const uint8_t *stop, uint32_t *variants, size_t n) {
    if (p == stop) return 0;
    const unsigned count = *p++;
    if (count == VARIANTS_IN_RUNS) {
        run_parts run;
        for (size_t at = 0; at < n; at += BLOCK, p = run.next) {
            const unsigned some = n - at < BLOCK ? (unsigned)(n - at) : BLOCK;
            if (!find_run(p, stop, some, &run) || !read_run(&run, variants + at, some)) return 0;
        }
        return p == stop;
    }
    memset(variants, 0, n * sizeof *variants);
    size_t at = 0;
    for (unsigned i = 0; i < count; i++) {
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
