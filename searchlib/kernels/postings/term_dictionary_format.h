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
 * A printed word is found as a term, if that has itself as a variant, and as a word. Variants are numbered in this order (variants_format.h). Which blocks belong to a field, and the offset of the index,
 * are in the segment's facts (.seg). Blocks of formats 1 and 2 are entries only, and these have no printed words.
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
