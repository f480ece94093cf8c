/* Where a sentence may end, and whether it does.
 *
 * There are three kinds of ends: a full stop before white space (in doubt, the next and the last word decide), a full stop
 * of scripts without spaces (always one), and a line break. The plain cases are decided here. The others are asked of the
 * text's owner. Both follow the rules of highlighting/sentences.py: where this header decides, the owner would decide
 * alike. Functions return FAULT_RAISED where the owner raised.
 */
#ifndef SEARCHLIB_SENTENCE_ENDS_H
#define SEARCHLIB_SENTENCE_ENDS_H

#include "snippets/sentence_rules.h"

/* Characters from `start` to `end` that may end a sentence; `kind` is a class of ends, 0 for none. */
typedef struct {
    uint32_t kind;
    int64_t start, end;
} sentence_end;

static inline uint32_t classes_at(const snippet_text *t, const sentence_rules *r, int64_t at) {
    return at < t->length ? classes_of(r, char_at(t, at)) : 0;
}

/* A space that French sets between a full stop and the closing quote. */
static inline int is_quote_space(uint32_t c) { return c == 0xa0 || c == 0x202f; }

static inline int is_angle_closer(uint32_t c) { return c == 0xbb || c == 0x203a; }

static inline int is_variation_selector(uint32_t c) { return c == 0xfe00 || c == 0xfe01; }

static inline int64_t unspaced_end(const snippet_text *t, const sentence_rules *r, int64_t at) {
    while (classes_at(t, r, at) & UNSPACED_END) {
        at++;
        if (at < t->length && is_variation_selector(char_at(t, at))) at++;
    }
    while (classes_at(t, r, at) & UNSPACED_CLOSER) at++;
    return at;
}

/* Where the full stops at `at` end, with closing quotes and brackets; 0 if no white space follows. */
static inline int64_t spaced_end(const snippet_text *t, const sentence_rules *r, int64_t at) {
    int64_t end = 0;
    if (at && classes_at(t, r, at - 1) & SPACED_END) return 0;
    while (classes_at(t, r, at) & SPACED_END) at++;
    while (at < t->length) {
        if (is_space_at(t, at)) end = at;
        if (classes_at(t, r, at) & SPACED_CLOSER)
            at++;
        else if (is_quote_space(char_at(t, at)) && at + 1 < t->length && is_angle_closer(char_at(t, at + 1)))
            at += 2;
        else
            break;
    }
    return end;
}

/* The first offset from `at` on whose character may end a sentence; the text's length if there is none. */
static inline int64_t skip_plain(const snippet_text *t, const sentence_rules *r, int64_t at) {
    if (t->width == 1) {
        const uint8_t *chars = (const uint8_t *)t->chars;
        while (at < t->length && !(r->narrow[chars[at]] & ANY_END)) at++;
    } else {
        while (at < t->length && !(classes_of(r, char_at(t, at)) & ANY_END)) at++;
    }
    return at;
}

/* Find the next possible end from `at` on. Returns whether there is one; without one found->kind is 0. */
static inline int find_end(const snippet_text *t, const sentence_rules *r, int64_t at, sentence_end *found) {
    for (; (at = skip_plain(t, r, at)) < t->length; at++) {
        uint32_t kind = classes_of(r, char_at(t, at)) & ANY_END;
        found->kind = kind;
        found->start = at;
        if (kind == SPACED_END)
            found->end = spaced_end(t, r, at);
        else
            found->end = kind == UNSPACED_END ? unspaced_end(t, r, at) : skip_space(t, at);
        if (found->end) return 1;
    }
    found->kind = 0;
    return 0;
}

/* An empty line ends a sentence. So does a line break, unless a small letter follows or its line was wrapped. */
static inline int ends_line(const snippet_text *t, const sentence_rules *r, const sentence_end *e) {
    int64_t line_start = e->start;
    for (int64_t at = e->start + 1; at < e->end; at++) {
        if (char_at(t, at) == '\n') return 1;
    }
    if (e->end < t->length && is_lower_at(t, e->end)) return 0;
    while (line_start && char_at(t, line_start - 1) != '\n' && e->start - line_start <= r->wrapped_to) line_start--;
    return !(r->wrapped_from <= e->start - line_start && e->start - line_start <= r->wrapped_to);
}

enum { IN_DOUBT = 2 };

/* Whether a word of ASCII letters stands before a full stop that is not shortened by it. */
static inline int ends_word(const snippet_text *t, const sentence_rules *r, int64_t stop) {
    int64_t start = stop;
    while (start && stop - start < r->word_chars && is_ascii_letter(char_at(t, start - 1))) start--;
    int64_t letters = stop - start;
    if (letters < 2) return IN_DOUBT;
    if (letters < r->word_chars && start && !is_space_at(t, start - 1)) return IN_DOUBT;
    return is_shortened(r, t, start, stop) ? IN_DOUBT : 1;
}

/* Whether a full stop before white space ends a sentence: 0, 1 or IN_DOUBT. */
static inline int ends_plainly(const snippet_text *t, const sentence_rules *r, const sentence_end *e) {
    int64_t at = e->end;
    int breaks = 0;
    for (; at < t->length && is_space_at(t, at); at++) breaks += char_at(t, at) == '\n';
    if (at == t->length || breaks > 1) return 1;
    while (at < t->length && is_ascii_sign(char_at(t, at))) at++;
    if (at == t->length || is_space_at(t, at)) return 1;
    uint32_t next = char_at(t, at);
    if (next - 'a' < 26) return 0;
    return is_ascii_letter(next) || is_ascii_digit(next) ? ends_word(t, r, e->start) : IN_DOUBT;
}

/* Whether a sentence ends at what find_end found. */
static inline int ends_sentence(const snippet_text *t, const sentence_rules *r, const sentence_end *e) {
    if (e->kind == UNSPACED_END) return 1;
    if (e->kind == LINE_BREAK) return ends_line(t, r, e);
    int plain = ends_plainly(t, r, e);
    return plain == IN_DOUBT ? t->ask->ends_sentence(t->context, e->start, e->end) : plain;
}

#endif
