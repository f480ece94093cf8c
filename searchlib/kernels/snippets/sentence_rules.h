/* What ends sentences, as data: classes of characters, lengths, and words that a full stop shortens.
 *
 * The values come from highlighting/sentences.py, the only place that has them. Rules do not change once a text is
 * read by them; any number of texts and threads share them.
 */
#ifndef SEARCHLIB_SENTENCE_RULES_H
#define SEARCHLIB_SENTENCE_RULES_H

#include "snippets/text.h"

/* Classes of characters, one bit each. The first three can end a sentence: before white space, anywhere, as a line. */
enum { SPACED_END = 1, UNSPACED_END = 2, LINE_BREAK = 4, SPACED_CLOSER = 8, UNSPACED_CLOSER = 16 };
enum { ANY_END = SPACED_END | UNSPACED_END | LINE_BREAK };

enum { NARROW_CHARS = 256, MAX_WIDE_CHARS = 64, MAX_SHORTENED_WORDS = 512, SHORTENED_BYTES = 16 };

typedef struct {
    uint32_t character;
    uint32_t classes;
} wide_char;

typedef struct {
    uint8_t narrow[NARROW_CHARS];
    /* Characters past `narrow`, in order. */
    wide_char wide[MAX_WIDE_CHARS];
    int n_wide;
    /* Words of lower-case ASCII letters, in order, filled up with zeros. */
    char shortened[MAX_SHORTENED_WORDS][SHORTENED_BYTES];
    int n_shortened;
    int64_t prose_chars;  /* a sentence of so many characters is prose without a full stop */
    int64_t tail_chars;   /* a full stop counts if it stands among so many last characters */
    int64_t wrapped_from; /* a line of so many characters, */
    int64_t wrapped_to;   /* to so many, goes on in the next */
    int64_t word_chars;   /* so much is looked at of the word before a full stop */
} sentence_rules;

/* Put a character into a class. Returns FAULT_ORDER if there is no room. */
static inline int rules_add_char(sentence_rules *r, uint32_t character, uint32_t classes) {
    if (character < NARROW_CHARS) {
        r->narrow[character] |= (uint8_t)classes;
        return 0;
    }
    int at = 0;
    while (at < r->n_wide && r->wide[at].character < character) at++;
    if (at < r->n_wide && r->wide[at].character == character) {
        r->wide[at].classes |= classes;
        return 0;
    }
    if (r->n_wide == MAX_WIDE_CHARS) return FAULT_ORDER;
    memmove(&r->wide[at + 1], &r->wide[at], (size_t)(r->n_wide - at) * sizeof *r->wide);
    r->wide[at] = (wide_char){character, classes};
    r->n_wide++;
    return 0;
}

/* Where a word of `length` letters stands among the shortened, or would stand; *found says which. */
static inline int find_shortened(const sentence_rules *r, const char *word, int *found) {
    int low = 0, high = r->n_shortened;
    *found = 0;
    while (low < high) {
        int middle = (low + high) / 2, order = memcmp(r->shortened[middle], word, SHORTENED_BYTES);
        if (!order) *found = 1;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Add a word of lower-case ASCII letters. Returns FAULT_ORDER if it is too long or there is no room. */
static inline int rules_add_shortened(sentence_rules *r, const char *word, size_t length) {
    char padded[SHORTENED_BYTES] = {0};
    int found;
    if (length > SHORTENED_BYTES || r->n_shortened == MAX_SHORTENED_WORDS) return FAULT_ORDER;
    memcpy(padded, word, length);
    int at = find_shortened(r, padded, &found);
    if (found) return 0;
    memmove(r->shortened[at + 1], r->shortened[at], (size_t)(r->n_shortened - at) * SHORTENED_BYTES);
    memcpy(r->shortened[at], padded, SHORTENED_BYTES);
    r->n_shortened++;
    return 0;
}

static inline void rules_set_lengths(sentence_rules *r, int64_t prose_chars, int64_t tail_chars, int64_t wrapped_from,
                                     int64_t wrapped_to, int64_t word_chars) {
    r->prose_chars = prose_chars;
    r->tail_chars = tail_chars;
    r->wrapped_from = wrapped_from;
    r->wrapped_to = wrapped_to;
    r->word_chars = word_chars;
}

static inline uint32_t classes_of(const sentence_rules *r, uint32_t character) {
    if (character < NARROW_CHARS) return r->narrow[character];
    int low = 0, high = r->n_wide;
    while (low < high) {
        int middle = (low + high) / 2;
        if (r->wide[middle].character < character)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->n_wide && r->wide[low].character == character ? r->wide[low].classes : 0;
}

/* Whether the ASCII letters from `start` to `end` are a shortened word, in capitals or not. */
static inline int is_shortened(const sentence_rules *r, const snippet_text *t, int64_t start, int64_t end) {
    char word[SHORTENED_BYTES] = {0};
    int found;
    if (end - start > SHORTENED_BYTES) return 0;
    for (int64_t at = start; at < end; at++) word[at - start] = (char)(char_at(t, at) | 0x20);
    (void)find_shortened(r, word, &found);
    return found;
}

#endif
