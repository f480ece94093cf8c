/* The dictionary of a segment's terms: sorted, in front-coded blocks.
 *
 *     .trm    block* index
 *     block   entry+                              up to 32 terms of one field, ascending as bytes
 *     entry   shared(varint) rest(varint) bytes   as many bytes as the term before has too, then the rest of it;
 *                                                 the first of a block shares none
 *             doc_freq * 2 + inlined(varint)
 *             inlined: docnum(varint) norm(u8) weight * 2(varint) or 1(varint) f32
 *                      length + 1 of the value(varint), or 0 for none; the value
 *             else:    place of the list's head(varint) place of its values(varint), less those of the one before in
 *                      the block that is not inlined
 *     index   place of each block(u64), then where the last one ends(u64)
 *
 * Which blocks belong to a field, and where the index begins, is in the segment's facts (.seg).
 */
#ifndef SEARCHLIB_TERM_DICTIONARY_FORMAT_H
#define SEARCHLIB_TERM_DICTIONARY_FORMAT_H

#include "postings/posting_list_format.h"

enum { TERMS_PER_BLOCK = 32 };
#define MAX_TERM_BYTES (1u << 30)

#endif
