/* The text of a field: its characters, and what they are.
 *
 * A text is an array of characters of 1, 2 or 4 bytes, as Python keeps it; it is not copied. Offsets count characters.
 * ASCII is classified here. For all other characters, and for questions that take word lists or Unicode's tables, the
 * text's owner supplies functions. No function here allocates.
 */
#ifndef SEARCHLIB_TEXT_H
#define SEARCHLIB_TEXT_H

#include "bytes/faults.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A function of the owner raised an error. It is returned as those of bytes/faults.h are. */
enum { FAULT_RAISED = -5 };

/* What the owner of a text is asked. `is_space` gets characters past ASCII. The others get the text's `context`, answer
 * FAULT_RAISED where they raised, and are asked only in doubt. */
typedef struct {
    int (*is_space)(uint32_t character);
    /* Whether two words, or two words of a script without spaces, meet at this offset. */
    int (*is_between_words)(void *context, int64_t at);
    /* The nearest offset at or before, at or after this one that is inside no grapheme. */
    int64_t (*grapheme_start)(void *context, int64_t at);
    int64_t (*grapheme_end)(void *context, int64_t at);
} text_questions;

typedef struct {
    const void *chars;
    int width; /* bytes of a character */
    int64_t length;
    const text_questions *ask;
    void *context;
} snippet_text;

static inline snippet_text make_text(const void *chars, int width, int64_t length, const text_questions *ask,
                                     void *context) {
    return (snippet_text){chars, width, length, ask, context};
}

static inline uint32_t char_at(const snippet_text *t, int64_t at) {
    if (t->width == 1) return ((const uint8_t *)t->chars)[at];
    if (t->width == 2) return ((const uint16_t *)t->chars)[at];
    return ((const uint32_t *)t->chars)[at];
}

/* White space, as str.isspace has it. */
static inline int is_space_at(const snippet_text *t, int64_t at) {
    uint32_t c = char_at(t, at);
    if (c < 0x80) return c == ' ' || c - '\t' < 5 || c - 0x1c < 4;
    return t->ask->is_space(c);
}

/* The first offset from `at` on that is no white space; the text's length if there is none. */
static inline int64_t skip_space(const snippet_text *t, int64_t at) {
    while (at < t->length && is_space_at(t, at)) at++;
    return at;
}

/* Write a piece without capitals, and with one space where white space stands between words: two pieces that read alike
 * give the same. `out` has room for end - start bytes. Returns how many it wrote; -1 if the piece is not all ASCII. */
static inline int64_t fold_ascii(const snippet_text *t, int64_t start, int64_t end, char *out) {
    int64_t n = 0;
    int is_after_space = 0;
    for (int64_t at = start; at < end; at++) {
        uint32_t c = char_at(t, at);
        if (c >= 0x80) return -1;
        if (is_space_at(t, at)) {
            is_after_space = n > 0;
            continue;
        }
        if (is_after_space) out[n++] = ' ';
        is_after_space = 0;
        out[n++] = (char)(c - 'A' < 26 ? c + 32 : c);
    }
    return n;
}

static inline int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

static inline int64_t greatest(int64_t a, int64_t b) { return a > b ? a : b; }

#endif
