/* Cuts a text into pieces: what stands between ASCII white space.
 *
 * A text is read as Python stores it: one, two or four bytes a character. Eight characters are looked at together, as
 * the bytes of one 64-bit number. A piece of up to 16 Latin-1 characters is two such numbers, and they are its key.
 * Nothing here knows what a word is.
 */
#ifndef SEARCHLIB_PIECES_H
#define SEARCHLIB_PIECES_H

#include "bytes/term_table.h"

enum { INLINE_BYTES = 16 }; /* of a key that is two numbers */

/* A text, and how far the walk has come. */
typedef struct {
    const void *data;
    size_t length; /* in characters */
    int width;     /* bytes of each: 1, 2 or 4 */
    size_t at;     /* characters before it are done */
    uint64_t position;      /* of the first token of the next piece */
    uint64_t end_position;  /* one past the last token's; 0 before there is one */
    size_t piece_length;    /* of the piece at `at`, if the walk stopped at an unknown one */
} text_walk;

/* Stand at the beginning of a text of `length` characters, `width` bytes each. */
static inline void begin_walk(text_walk *walk, const void *data, size_t length, int width) {
    *walk = (text_walk){.data = data, .length = length, .width = width};
}

/* A piece as it was cut. It has a key if it is plain: at most 16 characters, all of them Latin-1. */
typedef struct {
    size_t startchar, length;
    int plain;
    uint64_t key[2], hash;
} text_piece;

#define EACH_BYTE(byte) (0x0101010101010101u * (byte))

SEARCHLIB_INLINE uint32_t char_at(const void *data, int width, size_t at) {
    return width == 1 ? ((const uint8_t *)data)[at]
           : width == 2 ? ((const uint16_t *)data)[at]
                        : ((const uint32_t *)data)[at];
}

SEARCHLIB_INLINE int is_space(uint32_t c) {
    return c == ' ' || c - '\t' < 5;
}

/* The high bit of each byte that is white space. */
SEARCHLIB_INLINE uint64_t space_bytes(uint64_t bytes) {
    uint64_t low = bytes & EACH_BYTE(0x7f);
    uint64_t controls = (low + EACH_BYTE(0x7f - 8)) & ~(low + EACH_BYTE(0x7f - 13));
    uint64_t blanks = ~((low ^ EACH_BYTE(' ')) + EACH_BYTE(0x7f));
    return (controls | blanks) & ~bytes & EACH_BYTE(0x80);
}

/* The high bit of each byte that is not 0. */
SEARCHLIB_INLINE uint64_t set_bytes(uint64_t bytes) {
    return (((bytes & EACH_BYTE(0x7f)) + EACH_BYTE(0x7f)) | bytes) & EACH_BYTE(0x80);
}

typedef uint8_t bytes8 __attribute__((vector_size(8)));
typedef uint16_t halves8 __attribute__((vector_size(16)));
typedef uint32_t words8 __attribute__((vector_size(32)));

/* Eight characters: the low byte of each. In *high a byte is not 0 if its character is beyond Latin-1. */
SEARCHLIB_INLINE uint64_t load_chars(const void *data, int width, uint64_t *high) {
    uint64_t low;
    bytes8 lows, highs;
    if (width == 1) {
        memcpy(&low, data, 8);
        *high = 0;
        return low;
    }
    if (width == 2) {
        halves8 chars;
        memcpy(&chars, data, 16);
        lows = __builtin_convertvector(chars & 0xff, bytes8);
        highs = __builtin_convertvector(chars >> 8, bytes8);
    } else {
        words8 chars;
        memcpy(&chars, data, 32);
        lows = __builtin_convertvector(chars & 0xff, bytes8);
        highs = __builtin_convertvector(((chars >> 8) | (chars >> 16)) & 0xff, bytes8);
    }
    memcpy(&low, &lows, 8);
    memcpy(high, &highs, 8);
    return low;
}

/* As load_chars, but the text may end before the eighth character: spaces stand for what is missing. */
SEARCHLIB_INLINE uint64_t load_chars_until(const void *data, int width, size_t at, size_t length, uint64_t *high) {
    const uint8_t *from = (const uint8_t *)data + at * (size_t)width;
    if (length - at >= 8) return load_chars(from, width, high);
    uint64_t low = EACH_BYTE(' ');
    *high = 0;
    for (size_t i = length - at; i-- > 0;) {
        uint32_t c = char_at(from, width, i);
        low = (low & ~((uint64_t)0xff << 8 * i)) | (uint64_t)(c & 0xff) << 8 * i;
        *high |= (uint64_t)(c > 0xff) << 8 * i;
    }
    return low;
}

SEARCHLIB_INLINE uint64_t first_bytes(uint64_t bytes, size_t n) {
    return n < 8 ? bytes & (((uint64_t)1 << 8 * n) - 1) : bytes;
}

SEARCHLIB_INLINE size_t count_before(uint64_t marks) {
    return marks ? (size_t)__builtin_ctzll(marks) >> 3 : 8;
}

/* Cut the next piece: 1, or 0 if there is none. `width` is that of the text, a constant where this is inlined. */
SEARCHLIB_INLINE int next_piece(text_walk *walk, int width, const uint64_t seed[2], text_piece *piece) {
    size_t at = walk->at, length = walk->length;
    while (at < length && is_space(char_at(walk->data, width, at))) at++;
    walk->at = at;
    if (at == length) return 0;
    uint64_t high[2] = {0, 0};
    uint64_t key[2] = {load_chars_until(walk->data, width, at, length, &high[0]), 0};
    size_t n = count_before(space_bytes(key[0]) & ~set_bytes(high[0]));
    if (n == 8 && at + 8 < length) {
        key[1] = load_chars_until(walk->data, width, at + 8, length, &high[1]);
        size_t more = count_before(space_bytes(key[1]) & ~set_bytes(high[1]));
        key[1] = first_bytes(key[1], more);
        high[1] = first_bytes(high[1], more);
        n += more;
    } else {
        key[0] = first_bytes(key[0], n);
        high[0] = first_bytes(high[0], n);
    }
    piece->startchar = at;
    if (n == 16)
        while (at + n < length && !is_space(char_at(walk->data, width, at + n))) n++;
    piece->length = n;
    piece->plain = n <= INLINE_BYTES && !(high[0] | high[1]);
    piece->key[0] = key[0];
    piece->key[1] = key[1];
    if (piece->plain) piece->hash = hash_words(seed, key[0], key[1], n << 3 | 1);
    return 1;
}

#endif
