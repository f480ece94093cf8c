/* Where a sentence that is too long may be cut: between words, after a clause, outside marks, never inside a grapheme.
 *
 * Offsets near white space are judged here. Characters from U+0300 on may be parts of graphemes, or of scripts without
 * spaces; about those the text's owner is asked. Functions that may ask return an offset >= 0, or FAULT_RAISED.
 */
#ifndef SEARCHLIB_CUTS_H
#define SEARCHLIB_CUTS_H

#include "snippets/matches.h"

enum {
    /* How much of its length a passage may lose so as to end between words. */
    MAX_LOST_CHARS = 40,
    /* Below are no combining marks and no scripts without spaces. */
    FIRST_COMBINING = 0x300,
    SOFT_HYPHEN = 0xad,
    NO_CLAUSE = -1,
};

static inline int is_dash(uint32_t c) { return c == '-' || c == 0x2013 || c == 0x2014; }

static inline int is_clause_end(uint32_t c) {
    return c == ',' || c == ';' || c == ':' || c == 0x2013 || c == 0x2014;
}

/* What no passage ends with: white space, commas, dashes and all that opens. */
static inline int is_dangling(uint32_t c) {
    if (c < 0x80) return c && strchr(" \t\n,;:-([{", (int)c) != NULL;
    return c == 0x2013 || c == 0x2014 || c == 0x201c || c == 0x2018 || c == 0x201e || c == 0xab;
}

/* Whether a character on either side of `at` is one to ask about. */
static inline int is_near_combining(const snippet_text *t, int64_t at) {
    return char_at(t, at - 1) >= FIRST_COMBINING || char_at(t, at) >= FIRST_COMBINING;
}

static inline int is_between_words(const snippet_text *t, int64_t at) {
    if (at <= 0 || at >= t->length || is_space_at(t, at - 1) || is_space_at(t, at)) return 1;
    return is_near_combining(t, at) ? t->ask->is_between_words(t->context, at) : 0;
}

/* Whether a cut at `at` may tear a grapheme; asked where no white space is beside it. */
static inline int may_tear_grapheme(const snippet_text *t, int64_t at) {
    if (at <= 0 || at >= t->length) return 0;
    return is_near_combining(t, at) || char_at(t, at) == SOFT_HYPHEN;
}

/* The last offset at or before `at`, not before `floor`, where a piece may end. */
static inline int64_t cut_before(const snippet_text *t, int64_t at, int64_t floor) {
    if (at >= t->length) return t->length;
    for (int64_t cut = at; cut > greatest(floor, at - MAX_LOST_CHARS); cut--) {
        int found = is_between_words(t, cut);
        if (found) return found < 0 ? found : cut;
    }
    int64_t cut = may_tear_grapheme(t, at) ? t->ask->grapheme_start(t->context, at) : at;
    return cut < 0 ? cut : greatest(cut, floor);
}

/* The first offset at or after `at`, not after `ceiling`, where a piece may begin. */
static inline int64_t cut_after(const snippet_text *t, int64_t at, int64_t ceiling) {
    for (int64_t cut = at; cut < least(ceiling, at + MAX_LOST_CHARS); cut++) {
        int found = is_between_words(t, cut);
        if (found) return found < 0 ? found : cut;
    }
    if (ceiling - at <= MAX_LOST_CHARS) return ceiling;
    int64_t cut = may_tear_grapheme(t, at) ? t->ask->grapheme_end(t->context, at) : at;
    return cut < 0 ? cut : least(cut, ceiling);
}

/* Where the first clause from `at` on ends, with the white space after it; NO_CLAUSE if none does before `ceiling`. */
static inline int64_t clause_end(const snippet_text *t, int64_t at, int64_t ceiling) {
    for (; at < ceiling - 1; at++) {
        if (is_clause_end(char_at(t, at)) && is_space_at(t, at + 1)) {
            for (at++; at < ceiling && is_space_at(t, at);) at++;
            return at;
        }
        if (at + 2 < ceiling && is_dash(char_at(t, at + 1)) && is_space_at(t, at) && is_space_at(t, at + 2))
            return at + 3;
    }
    return NO_CLAUSE;
}

/* Where a passage may begin from `at` on, not after `ceiling`: after a clause if one ends soon, else between words. */
static inline int64_t begin_after(const snippet_text *t, const snippet_matches *m, int64_t at, int64_t ceiling) {
    int64_t begin = clause_end(t, at, at + (ceiling - at) / 2);
    if (begin == NO_CLAUSE) begin = cut_after(t, at, ceiling);
    if (begin < 0) return begin;
    int64_t torn = mark_around(m, begin);
    return torn >= 0 && m->marks[torn].end <= ceiling ? m->marks[torn].end : begin;
}

/* Where a passage may end up to `at`, not before `floor`: between words, and without a dangling comma or bracket. */
static inline int64_t finish_before(const snippet_text *t, const snippet_matches *m, int64_t at, int64_t floor) {
    int64_t finish = cut_before(t, at, floor);
    if (finish < 0) return finish;
    int64_t torn = mark_around(m, finish);
    if (torn >= 0 && m->marks[torn].start > floor) finish = m->marks[torn].start;
    while (finish > floor && is_dangling(char_at(t, finish - 1))) finish--;
    return finish;
}

#endif
