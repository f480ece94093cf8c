/* What the bytes of posting lists are: .pst has docnums and weights, .val the values.
 *
 *     .pst     list*
 *     list     block+ head
 *     block    doc_bits(u8) weight_bits(u8) steps weights       128 postings; the last block of a list 1 to 128
 *     steps    docnum - docnum before - 1, packed in doc_bits each; the first step of a list is its docnum
 *     weights  weight - 1, packed in weight_bits each; or f32 each if weight_bits is 128
 *     head     flags(u8)                            1: postings have values; 2: weights are not all whole;
 *                                                   4: values of a block say in which form they are
 *                                                   8: some position is of another variant than number 0
 *                                                   16: some variant takes several positions
 *              bytes of blocks(varint) bytes of values(varint)
 *              total weight, greatest weight (varint both, or f64 and f32 if flags has 2)
 *              least norm(u8) greatest norm(u8)
 *              first docnum(varint) last docnum - first docnum(varint)
 *              if flags has 16: count(varint) (variant(varint) positions(varint))*     variants ascend, of 2 positions or more
 *              with more than one block: impacts of the list(8) entry+
 *     entry    last docnum(u32) end of block(u32) end of its values(u32) impacts(8)      one for each block
 *              variants(u8), if flags has 8: bit i is set if the block has variant i; bit 7 stands for all from 7 on
 *
 *     .val     values of the lists, in the same order, block by block: see values_format.h
 *
 * Ends are counted from where the blocks, or the values, of the list begin. A list is found by the offset of its head,
 * which the dictionary has; its blocks end there. A list of one posting whose value has at most 64 bytes is not
 * written, unless flags would have 8 or 16: the dictionary has the posting itself. A list without values takes no bytes
 * of .val, and the dictionary has an offset in it all the same.
 *
 * Weights are what Whoosh calls them: frequencies, or frequencies with more for some fields, >= 0. A norm is the byte
 * of an article's field length. Values are bytes that the field's format gives meaning to: in ours, positions.
 *
 * How to read a list by hand: the term has docnums 0, 4 and 5, weights 1, 3 and 1, and norms 2, 3 and 9; its values are
 * read in values_format.h. Its dictionary entry says doc_freq 3 and list_offset 68. Offsets and bytes are hexadecimal.
 *
 *     40  02           its only block: steps of 2 bits
 *     41  02           weights of 2 bits
 *     42  0c           steps 0, 3, 0: 0b00_11_00, read from the right. Docnums 0, 0 + 3 + 1 = 4, 4 + 0 + 1 = 5
 *     43  08           weights - 1: 0, 2, 0, which are 0b00_10_00
 *     44  05           head, at offset 68. Flags: postings have values 1, which have forms 4
 *     45  04           the blocks take 4 bytes: they begin at 68 - 4 = 64
 *     46  07           the values take 7 bytes
 *     47  05           total weight 5
 *     48  03           greatest weight 3
 *     49  02           least norm 2
 *     4a  09           greatest norm 9
 *     4b  00           first docnum 0
 *     4c  05           last docnum 0 + 5. One block: no impacts and no entries follow
 *
 * The next list is one with variants (variants_format.h): docnums 0 and 4, weights 1 and 2, norms 2 and 3. Its
 * dictionary entry says doc_freq 2 and list_offset 81.
 *
 *     4d  02           its only block: steps of 2 bits
 *     4e  01           weights of 1 bit
 *     4f  0c           steps 0, 3
 *     50  02           weights - 1: 0, 1, which are 0b1_0
 *     51  1d           head. Flags: 1, 4, another variant than number 0 is somewhere 8, one takes several positions 16
 *     52  04           the blocks take 4 bytes
 *     53  0a           the values take 10 bytes
 *     54  03           total weight 3
 *     55  02           greatest weight 2
 *     56  02 03        least norm 2, greatest norm 3
 *     58  00 04        first docnum 0, last docnum 0 + 4
 *     5a  01           one variant takes several positions:
 *     5b  00 02        number 0 takes 2
 */
#ifndef SEARCHLIB_POSTING_LIST_FORMAT_H
#define SEARCHLIB_POSTING_LIST_FORMAT_H

#include "bytes/bit_packing.h"
#include "postings/impacts.h"

/* Flags of a head, and sizes. */
enum {
    LIST_VALUES = 1,
    LIST_FLOATS = 2,
    LIST_FORMS = 4,
    LIST_VARIANTS = 8,
    LIST_JOINED = 16,
    FLOAT_WEIGHTS = 128, /* in place of weight_bits */
    ENTRY_BYTES = 12 + IMPACT_BYTES,
    MAX_INLINE_VALUE = 64,
};

/* What the dictionary has of a term: where its list is, or its only posting. */
typedef struct {
    uint32_t doc_freq;
    int inlined; /* whether the posting is here: */
    uint32_t docnum;
    float weight;
    uint8_t norm;
    const uint8_t *value;
    uint32_t value_length;
    uint64_t list_offset;   /* if not: of the head of the list, in .pst, */
    uint64_t values_offset; /* and of the values, in .val */
} term_entry;

static inline uint32_t term_entry_doc_freq(const term_entry *entry) { return entry->doc_freq; }

/* Whether a weight is written in bits. A float has no whole numbers one apart beyond 2^24. */
static inline int is_whole(float weight) {
    return weight >= 1 && weight <= 16777216 && weight == (float)(int32_t)weight;
}

#endif
