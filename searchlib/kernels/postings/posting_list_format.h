/* Posting lists: written a posting at a time, read a block at a time.
 *
 *     .pst   list*                                  docnums and weights
 *     list   block+ head
 *     block  doc_bits(u8) weight_bits(u8) steps weights        up to 128 postings, all but the last exactly 128
 *     steps    docnum - docnum before - 1, packed in doc_bits each; the first step of a list is its docnum
 *     weights  weight - 1, packed in weight_bits each; or f32 each where weight_bits is 128
 *     head   flags(u8)                              1: postings have values; 2: weights are not all whole;
 *                                                   4: values of a block say in which form they are
 *            bytes of blocks(varint) bytes of values(varint)
 *            total weight, greatest weight (varint both, or f64 and f32)
 *            least norm(u8) greatest norm(u8)
 *            first docnum(varint) last docnum - first docnum(varint)
 *            with more than one block: impacts of the list(8) entry+
 *     entry  last docnum(u32) end of block(u32) end of its values(u32) impacts(8)      one for each block
 *
 *     .val   values of the lists, in the same order, block by block: as values_format.h has them
 *
 * Ends are counted from where the blocks, or the values, of the list begin. A list is found by the place of its head;
 * its blocks end there. A list of one posting whose value has at most 64 bytes is not written: its posting is in the
 * dictionary. A list without values takes no room in .val; the dictionary names a place in it all the same.
 *
 * Weights are what Whoosh calls them: frequencies, or frequencies with more for some fields, >= 0. A norm is the byte
 * of an article's field length. Values are bytes that the field's format gives meaning to: in ours, positions.
 */
#ifndef SEARCHLIB_POSTING_LIST_FORMAT_H
#define SEARCHLIB_POSTING_LIST_FORMAT_H

#include "bytes/bit_packing.h"
#include "postings/impacts.h"

enum {
    LIST_VALUES = 1,
    LIST_FLOATS = 2,
    LIST_FORMS = 4,
    FLOAT_WEIGHTS = 128,
    ENTRY_BYTES = 12 + IMPACT_BYTES,
    MAX_INLINE_VALUE = 64,
};

/* What the dictionary keeps of a term. */
typedef struct {
    uint32_t doc_freq;
    int inlined;          /* the one posting is here: */
    uint32_t docnum;
    float weight;
    uint8_t norm;
    const uint8_t *value;
    uint32_t value_length;
    uint64_t list_offset;   /* else: of the head, in .pst */
    uint64_t values_offset; /* and of the values, in .val */
} term_entry;

/* Whether a weight can be kept in bits. Beyond 2^24 the whole numbers between two floats are lost anyway. */
static inline int is_whole(float weight) {
    return weight >= 1 && weight <= 16777216 && weight == (float)(int32_t)weight;
}

#endif
