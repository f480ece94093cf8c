/* What the bytes of the dictionary of terms are: sorted, in front-coded blocks.
 *
 *     .trm    block* index
 *     block   entry+                              1 to 32 terms of one field, ascending as bytes
 *     entry   shared(varint) rest(varint) bytes   how many bytes the term shares with the one before, 0 for the first
 *                                                 of a block; how many follow, and these
 *             doc_freq * 2 + inlined(varint)
 *             inlined: docnum(varint) norm(u8) weight * 2(varint) or 1(varint) f32
 *                      length of the value + 1(varint) value; or 0(varint) for none
 *             else:    offset of the list's head(varint) offset of its values(varint), each less that of the entry
 *                      before in the block that is not inlined
 *     index   offset of each block(u64), then where the last one ends(u64)
 *
 * Which blocks belong to a field, and the offset of the index, are in the segment's facts (.seg).
 */
#ifndef SEARCHLIB_TERM_DICTIONARY_FORMAT_H
#define SEARCHLIB_TERM_DICTIONARY_FORMAT_H

#include "postings/posting_list_format.h"

enum { TERMS_PER_BLOCK = 32 };
#define MAX_TERM_BYTES (1u << 30)

#endif
