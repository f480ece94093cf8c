/* What the bytes of the dictionary are: the terms of each field, then its printed words that are no terms of theirs, both
 * sorted, in front-coded blocks.
 *
 *     .trm    block* index
 *     block   bytes of entries(varint) entry+ variants*
 *                                                 1 to 32 terms or words of one field, ascending as bytes
 *     entry   shared(varint) rest(varint) bytes   how many bytes the term shares with the one before, 0 for the first
 *                                                 of a block; how many follow, and these
 *             doc_freq * 2 + inlined(varint)
 *             inlined: docnum(varint) norm(u8) weight * 2(varint) or 1(varint) f32
 *                      length of the value + 1(varint) value; or 0(varint) for none
 *             else:    offset of the list's head(varint) offset of its values(varint), each less that of the entry
 *                      before in the block that is not inlined
 *             of a word: cut + 1(varint)           it is a variant of one term: the word without so many bytes at its end
 *                   or 0(varint) terms(varint) (shared(varint) rest(varint) bytes)*
 *                                                 how many terms it is a variant of, itself not counted; of each how many
 *                                                 bytes it shares with the word, and the rest
 *     variants   count + 1(varint) variant*       of each term of the block, in order; words have none
 *           or   0(varint)                        one variant, the empty word
 *           or   1(varint)                        one variant, the term itself, once in each article that has it
 *     variant    shared * 2 + joined(varint) rest(varint) bytes
 *                                                 how many bytes the word shares with its term; how many follow
 *                positions(varint)                only if joined: how many it takes; else it takes 1
 *                doc_freq(varint)                 in how many articles it is; not if it is the term's only variant, which
 *                                                 is where the term is
 *                total(varint)                    at how many positions it is
 *     index   offset of each block(u64), then where the last one ends(u64)
 *
 * A printed word is found as a term, if that has itself as a variant, and as a word. Variants are numbered in this order
 * (variants_format.h). Which blocks belong to a field, and the offset of the index, are in the segment's facts (.seg).
 * Blocks of formats 1 and 2 are entries only, and these have no printed words.
 *
 * How to read a dictionary by hand: its field has the terms of the two lists that posting_list_format.h reads by hand,
 * "talks", whose variants are not named, and "tradeoff". That stands for the printed words "trade-off", which takes two
 * positions, "tradeoffs" and "tradeoff", each once. Facts say: blocks 0 to 1 are of 2 terms, 1 to 2 of 2 words.
 *
 *     40  16                            block 0: its entries take 22 bytes
 *     41  00 05 74 61 6c 6b 73          shares 0 bytes with a term before, 5 follow: "talks"
 *     48  06                            doc_freq 3, and a list: 3 * 2 + 0
 *     49  44 40                         its head is at 68 of .pst, and its values at 64 of .val
 *     4b  01 07 72 61 64 65 6f 66 66    shares 1, 7 follow: "t" and "radeoff"
 *     54  04                            doc_freq 2, and a list
 *     55  0d 07                         at 68 + 13 = 81, and 64 + 7 = 71
 *     57  00                            variants of "talks": one, the empty word
 *     58  04                            of "tradeoff": 4 - 1 = 3
 *     59  0b 04 2d 6f 66 66             number 0 shares 5 bytes with the term and is joined, 5 * 2 + 1: "trade", "-off"
 *     5f  02                            it takes 2 positions
 *     60  01 01                         it is in 1 article, at 1 position
 *     62  10 01 73                      number 1 shares 8, and 1 follows: "tradeoffs"
 *     65  01 01                         in 1 article, at 1 position
 *     67  10 00                         number 2 shares 8, none follows: the term itself
 *     69  01 01                         in 1 article, at 1 position
 *     6b  19                            block 1, of words: its entries take 25 bytes
 *     6c  00 09 74 72 61 64 65 2d 6f 66 66  "trade-off"
 *     77  00 01                         it is a variant of 1 term:
 *     79  05 03 6f 66 66                that shares 5 bytes with it, and 3 follow: "tradeoff"
 *     7e  05 04 6f 66 66 73             shares 5 with the word before, 4 follow: "tradeoffs"
 *     84  02                            it is a variant of one term: it without 2 - 1 = 1 byte at its end
 *     85  40 00 00 00 00 00 00 00       index: block 0 begins at 64
 *     8d  6b 00 00 00 00 00 00 00       block 1 begins at 107
 *     95  85 00 00 00 00 00 00 00       the last block ends at 133
 */
#ifndef SEARCHLIB_TERM_DICTIONARY_FORMAT_H
#define SEARCHLIB_TERM_DICTIONARY_FORMAT_H

#include "postings/posting_list_format.h"

enum { TERMS_PER_BLOCK = 32 };
#define MAX_TERM_BYTES (1u << 30)

/* A printed word that a term stands for. */
typedef struct {
    const uint8_t *word; /* UTF-8 */
    uint32_t length;
    uint32_t positions; /* that it takes, 1 or more */
    uint32_t doc_freq;  /* articles that have it, deleted ones included */
    uint64_t total;     /* positions at which it is */
} term_variant;

#endif
