/* A text as Python keeps it: characters of 1, 2 or 4 bytes, which are not copied. Offsets count characters.
 *
 * What a character is, functions say that come with the rules, which are those of Python's strings. What they say of
 * common letters is kept in a table.
 */
#ifndef SEARCHLIB_CHARACTERS_H
#define SEARCHLIB_CHARACTERS_H

#include "bytes/ascii.h"
#include "bytes/compiler.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const void *chars;
    int64_t length;
    int width; /* bytes of a character */
} text_view;

/* What a character is, one bit each. */
enum {
    SPACE_CHAR = 1,  /* white space, as str.isspace has it */
    WORD_CHAR = 2,   /* a letter or figure, as str.isalnum has them */
    LETTER_CHAR = 4,
    LOWER_CHAR = 8,
    UPPER_CHAR = 16,
    DIGIT_CHAR = 32, /* decimal */
};

/* Functions that say what a character is. */
typedef struct {
    uint32_t (*kinds)(uint32_t c);
    uint32_t (*to_lower)(uint32_t c);
} char_questions;

/* Characters below are in tables: Latin, Greek, Cyrillic, Armenian, Hebrew. */
enum { TABLED_CHARS = 0x600 };

typedef struct {
    char_questions ask;
    uint8_t kinds[TABLED_CHARS];
    uint16_t lower[TABLED_CHARS];
} char_tables;

static inline void tables_init(char_tables *t, char_questions ask) {
    t->ask = ask;
    for (uint32_t c = 0; c < TABLED_CHARS; c++) {
        t->kinds[c] = (uint8_t)ask.kinds(c);
        t->lower[c] = (uint16_t)ask.to_lower(c);
    }
}

static inline text_view make_view(const void *chars, int64_t length, int width) {
    return (text_view){chars, length, width};
}

static inline uint32_t view_char(const text_view *v, int64_t at) {
    if (v->width == 1) return ((const uint8_t *)v->chars)[at];
    if (v->width == 2) return ((const uint16_t *)v->chars)[at];
    return ((const uint32_t *)v->chars)[at];
}

static inline int is_ascii_digit(uint32_t c) { return c - '0' < 10; }

/* Georgian has small letters only by name: they begin sentences too. */
static inline int is_georgian(uint32_t c) { return c - 0x10d0 < 0x30; }

static inline uint32_t kinds_of(const char_tables *t, uint32_t c) {
    return c < TABLED_CHARS ? t->kinds[c] : t->ask.kinds(c) & (is_georgian(c) ? ~(uint32_t)LOWER_CHAR : ~0u);
}

static inline uint32_t lower_char(const char_tables *t, uint32_t c) {
    return c < TABLED_CHARS ? t->lower[c] : t->ask.to_lower(c);
}

/* Marks of direction and joining, and those that say how a character is drawn. */
static inline int is_invisible(uint32_t c) {
    return c - 0x200b < 5 || c - 0x202a < 5 || c - 0x2060 < 10 || c - 0xfe00 < 16 || c == 0xfeff;
}

/* Scripts that are written without spaces, or that may do without one after a full stop: Han, kana, Hangul. */
static inline int is_dense_char(uint32_t c) {
    return (c >= 0x2e80 && c < 0xa4d0) || c - 0xac00 < 0x2bb0 || c - 0xf900 < 0x200 || (c >= 0x20000 && c < 0x40000);
}

#endif
