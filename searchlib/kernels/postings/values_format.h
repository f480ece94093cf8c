/* What the bytes of the values of a block of postings are: any bytes, and positions in less room.
 *
 *     values   form(u8) variants? raw                form 0
 *              form(u8) variants? counts firsts steps*         form 1 or 2
 *     variants bytes that follow(varint) and these: see variants_format.h. Only where `form` has 4 added; else every
 *              position is of variant 0
 *     raw      least length(varint) bits(u8) lengths - least length, packed; then the values one after the other
 *     counts   n(u8)                                 n < 128: so many exceptions follow; else n - 128 are bits
 *              (posting of the block(u8) count - 1(varint))*n
 *              or count - 1 of each value, packed
 *     firsts   run                                   the first number of each value
 *     steps    run                                   all others of the block, 128 in each run but the last;
 *                                                    less 1 in form 1, as they are in form 2
 *
 * A run is that of bytes/rice.h. A value of forms 1 and 2 is a list of varints, each as short as can be and below 2^32;
 * its count is how many they are. A posting that is no exception has as many as its weight, or one if weights of the
 * block are floats. Positions are such values; others are written so if that is shorter. Which form a block has is up
 * to the writer: any value can be in form 0. Lists of the first version have raw values without a form.
 *
 * How to read the values of the list that posting_list_format.h reads by hand: its three postings have weights 1, 3 and
 * 1, and positions 6; 0, 2, 9; and 1. Its dictionary entry says values_offset 64.
 *
 *     40  01           form 1
 *     41  00           counts: no exceptions. Each posting has as many numbers as its weight: 1, 3, 1
 *     42  83           run of firsts: no highs, and lows of 3 bits
 *     43  46           6, 0, 1, which are 0b001_000_110
 *     44  00
 *     45  83           run of steps: the same
 *     46  31           steps less 1: 1, 6, which are 0b110_001. Positions 0, 0 + 2 = 2, 2 + 7 = 9
 *
 * The values of the next list, which has variants, are read in variants_format.h.
 */
#ifndef SEARCHLIB_VALUES_FORMAT_H
#define SEARCHLIB_VALUES_FORMAT_H

#include "bytes/rice.h"
#include "postings/variants_format.h"

enum {
    VALUES_RAW = 0,
    VALUES_STEPS = 1,
    VALUES_ZERO_STEPS = 2,
    VALUES_VARIED = 4, /* is added to one of these */
    COUNTS_PACKED = 128,
    NO_RUN = UINT32_MAX,
};

#endif
