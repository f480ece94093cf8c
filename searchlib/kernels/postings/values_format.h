/* Values of the postings of a block: any bytes, and those that are positions in less room.
 *
 *     values   form(u8) raw                          form 0
 *              form(u8) counts firsts steps*         form 1, or 2
 *     raw      least length(varint) bits(u8) lengths - least length, packed; then the values one after the other
 *     counts   n(u8)                                 n < 128: as many exceptions follow; else n - 128 is a number of bits
 *              (place in the block(u8) count - 1(varint))*n
 *              or count - 1 of each, packed
 *     firsts   run                                   the first number of each value
 *     steps    run                                   all others of the block, 128 in each run but the last;
 *                                                    less 1 in form 1, as they are in form 2
 *
 * A value of forms 1 and 2 is a list of varints, each as short as can be and below 2^32, and its count is how many they
 * are. Where no exception says another, that is the posting's weight if all weights of the block are whole, else 1.
 * Positions are such values; others are kept so where it makes them shorter. Which form a block has is up to the writer:
 * any value can be in form 0. Lists of the first version have raw values without a form.
 */
#ifndef SEARCHLIB_VALUES_FORMAT_H
#define SEARCHLIB_VALUES_FORMAT_H

#include "bytes/rice.h"

enum { VALUES_RAW = 0, VALUES_STEPS = 1, VALUES_ZERO_STEPS = 2, COUNTS_PACKED = 128, NO_RUN = UINT32_MAX };

#endif
