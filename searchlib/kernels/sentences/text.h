/* A text as Python keeps it: characters of 1, 2 or 4 bytes, which are not copied. Offsets count characters.
 *
 * ASCII is classified here. All other characters are asked of the functions that come with the rules, which are those
 * of Python's strings.
 */
#ifndef SEARCHLIB_SENTENCES_TEXT_H
#define SEARCHLIB_SENTENCES_TEXT_H

#include "bytes/compiler.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const void *chars;
    int64_t length;
    int width; /* bytes of a character */
} text_view;

/* What a character is. The functions are given characters past ASCII only. */
typedef struct {
    int (*is_space)(uint32_t c);
    int (*is_alnum)(uint32_t c);
    int (*is_letter)(uint32_t c);
    int (*is_lower)(uint32_t c);
    int (*is_upper)(uint32_t c);
    int (*is_digit)(uint32_t c);
    uint32_t (*to_lower)(uint32_t c);
} char_questions;

static inline text_view make_view(const void *chars, int64_t length, int width) {
    return (text_view){chars, length, width};
}

static inline uint32_t view_char(const text_view *v, int64_t at) {
    if (v->width == 1) return ((const uint8_t *)v->chars)[at];
    if (v->width == 2) return ((const uint16_t *)v->chars)[at];
    return ((const uint32_t *)v->chars)[at];
}

static inline int is_ascii_letter(uint32_t c) { return (c | 0x20) - 'a' < 26; }

static inline int is_ascii_digit(uint32_t c) { return c - '0' < 10; }

/* White space, as str.isspace has it. */
static inline int is_space_char(const char_questions *ask, uint32_t c) {
    if (c < 0x80) return c == ' ' || c - '\t' < 5 || c - 0x1c < 4;
    return ask->is_space(c);
}

static inline int is_letter_char(const char_questions *ask, uint32_t c) {
    return c < 0x80 ? is_ascii_letter(c) : ask->is_letter(c);
}

static inline int is_digit_char(const char_questions *ask, uint32_t c) {
    return c < 0x80 ? is_ascii_digit(c) : ask->is_digit(c);
}

/* Georgian has small letters only by name: they begin sentences too. */
static inline int is_georgian(uint32_t c) { return c - 0x10d0 < 0x30; }

static inline int is_lower_char(const char_questions *ask, uint32_t c) {
    return c < 0x80 ? c - 'a' < 26 : ask->is_lower(c) && !is_georgian(c);
}

static inline int is_upper_char(const char_questions *ask, uint32_t c) {
    return c < 0x80 ? c - 'A' < 26 : ask->is_upper(c);
}

static inline uint32_t lower_char(const char_questions *ask, uint32_t c) {
    if (c < 0x80) return c - 'A' < 26 ? c + 32 : c;
    return ask->to_lower(c);
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
