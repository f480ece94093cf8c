/* Where lines and paragraphs end.
 *
 * An empty line ends a paragraph. So does a line break in a text whose lines are paragraphs. A text is taken for one
 * whose lines were broken at a width if its longest line has WRAPPED_FROM to WRAPPED_TO characters. There a line break
 * ends a paragraph if the next line is indented more than this one, or if its first word would have fitted in this one.
 * In no text does a line break end a paragraph before a small letter, unless an end of a sentence stands before it.
 */
#ifndef SEARCHLIB_LINES_H
#define SEARCHLIB_LINES_H

#include "sentences/words.h"

enum {
    WRAPPED_FROM = 45,
    WRAPPED_TO = 100,
    /* Editors break lines a little short of the longest. */
    WRAPPED_SLACK = 4,
    PARAGRAPH_SEPARATOR = 0x2029,
};

static inline int is_break(const sentence_rules *r, uint32_t c) { return (classes_of(r, c) & LINE_BREAK) != 0; }

static inline int64_t line_end(const sentence_rules *r, const text_view *v, int64_t at, int64_t limit) {
    if (v->width == 1) {
        const uint8_t *chars = (const uint8_t *)v->chars;
        while (at < limit && !(r->narrow_ends[chars[at]] && is_break(r, chars[at]))) at++;
    } else {
        while (at < limit && !is_break(r, view_char(v, at))) at++;
    }
    return at;
}

/* The width at which the lines of a text were broken; 0 if they were not. It takes the time of reading the text up to
 * the first line that is too long for that. */
static inline int64_t wrapped_width(const sentence_rules *r, const text_view *v) {
    int64_t longest = 0;
    for (int64_t at = 0; at < v->length;) {
        int64_t limit = v->length - at > WRAPPED_TO ? at + WRAPPED_TO + 1 : v->length;
        int64_t end = line_end(r, v, at, limit);
        if (end - at > WRAPPED_TO) return 0;
        if (end - at > longest) longest = end - at;
        at = end + 1;
    }
    return longest >= WRAPPED_FROM ? longest : 0;
}

/* Lines of a text: the width at which they were broken, which is found out when it is asked for first. */
typedef struct {
    int64_t width;
    int is_known;
} line_width;

static inline int64_t width_of(const sentence_rules *r, const text_view *v, line_width *lines) {
    if (!lines->is_known) *lines = (line_width){wrapped_width(r, v), 1};
    return lines->width;
}

/* White space: where it ends, whether a paragraph ends in it, and where the line begins that it ends in; -1 if it has
 * no line break. */
typedef struct {
    int64_t end, line_start;
    int ends_paragraph;
} text_gap;

static inline int64_t indent_of(const sentence_rules *r, const text_view *v, int64_t line_start) {
    int64_t at = line_start;
    while (at < v->length && at - line_start < WRAPPED_TO && is_space_in(r, v, at)) at++;
    return at - line_start;
}

/* Whether the only line break in white space, after a line from `line_start` to `line_end`, ends a paragraph. */
static inline int is_paragraph_break(const sentence_rules *r, const text_view *v, const text_gap *gap,
                                     line_width *lines, int64_t line_start, int64_t line_end, int is_ended) {
    int64_t indent = gap->end - gap->line_start, first_word = 0, width;
    if (indent && indent > indent_of(r, v, line_start)) return 1;
    width = width_of(r, v, lines);
    if (width) {
        while (first_word < width && gap->end + first_word < v->length && !is_space_in(r, v, gap->end + first_word))
            first_word++;
        if (line_end - line_start + 1 + first_word + WRAPPED_SLACK > width) return 0;
    }
    return is_ended || !(kinds_at(r, v, gap->end) & LOWER_CHAR);
}

/* Read the white space from `at` on. Its first line began at `line_start`; is_ended says whether the end of a sentence
 * stands before it. */
static inline text_gap read_gap(const sentence_rules *r, const text_view *v, line_width *lines, int64_t line_start,
                                int64_t at, int is_ended) {
    text_gap gap = {at, -1, 0};
    int64_t first_break = 0;
    int n_breaks = 0;
    for (; gap.end < v->length && is_space_in(r, v, gap.end); gap.end++) {
        uint32_t c = view_char(v, gap.end);
        if (!is_break(r, c)) continue;
        if (!n_breaks) first_break = gap.end;
        if (!(c == '\n' && gap.end && view_char(v, gap.end - 1) == '\r' && n_breaks)) n_breaks++;
        if (c == PARAGRAPH_SEPARATOR) n_breaks++;
        gap.line_start = gap.end + 1;
    }
    gap.ends_paragraph = gap.end == v->length || n_breaks > 1 ||
                         (n_breaks && is_paragraph_break(r, v, &gap, lines, line_start, first_break, is_ended));
    return gap;
}

#endif
