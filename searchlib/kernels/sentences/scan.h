/* The search for characters that may end a sentence, which reads every character of a text. */
#ifndef SEARCHLIB_SCAN_H
#define SEARCHLIB_SCAN_H

#include "sentences/rules.h"

enum { BLOCK_CHARS = 16 };

/* Pass blocks of characters from `at` on, up to the first that holds one that may end a sentence, or that is not whole.
 * The inner loop has no branch, so that compilers make vector instructions of it. `e` are the rules' plain_ends. */
#define DEFINE_PASS_BLOCKS(NAME, TYPE, IS_MIXED)                                                              \
    static inline int64_t NAME(const TYPE *chars, int64_t at, int64_t length, const TYPE *e) {                \
        for (; at + BLOCK_CHARS <= length; at += BLOCK_CHARS) {                                               \
            TYPE found = 0;                                                                                   \
            for (int i = 0; i < BLOCK_CHARS; i++) {                                                           \
                TYPE c = chars[at + i];                                                                       \
                found |= (TYPE)((c < ' ') | IS_MIXED(c) | (c == e[0]) | (c == e[1]) | (c == e[2]) |           \
                                (c == e[3]) | (c == e[4]) | (c == e[5]));                                     \
            }                                                                                                 \
            if (found) break;                                                                                 \
        }                                                                                                     \
        return at;                                                                                            \
    }

/* The first character from `at` on that may end a sentence; `length` if there is none. */
#define DEFINE_SKIP_PLAIN(NAME, TYPE, PASS_BLOCKS, ENDS)                                                      \
    static inline int64_t NAME(const sentence_rules *r, const TYPE *chars, int64_t at, int64_t length) {      \
        while (at < length) {                                                                                 \
            at = PASS_BLOCKS(chars, at, length, r->ENDS);                                                     \
            int64_t block_end = length - at > BLOCK_CHARS ? at + BLOCK_CHARS : length;                        \
            for (; at < block_end; at++) {                                                                    \
                if (may_end(r, chars[at])) return at;                                                         \
            }                                                                                                 \
        }                                                                                                     \
        return length;                                                                                        \
    }

static inline int may_end(const sentence_rules *r, uint32_t c) {
    return c < PAGE_CHARS ? r->narrow_ends[c] : (classes_of(r, c) & ANY_END) != 0;
}

#define NOT_MIXED(c) 0
#define IS_MIXED(c) ((c) >= FIRST_MIXED)

DEFINE_PASS_BLOCKS(pass_blocks_1, uint8_t, NOT_MIXED)
DEFINE_PASS_BLOCKS(pass_blocks_2, uint16_t, IS_MIXED)
DEFINE_PASS_BLOCKS(pass_blocks_4, uint32_t, IS_MIXED)
DEFINE_SKIP_PLAIN(skip_plain_1, uint8_t, pass_blocks_1, plain_ends_1)
DEFINE_SKIP_PLAIN(skip_plain_2, uint16_t, pass_blocks_2, plain_ends_2)
DEFINE_SKIP_PLAIN(skip_plain_4, uint32_t, pass_blocks_4, plain_ends_4)

static inline int64_t skip_plain(const sentence_rules *r, const text_view *v, int64_t at) {
    if (v->width == 1) return skip_plain_1(r, (const uint8_t *)v->chars, at, v->length);
    if (v->width == 2) return skip_plain_2(r, (const uint16_t *)v->chars, at, v->length);
    return skip_plain_4(r, (const uint32_t *)v->chars, at, v->length);
}

#endif
