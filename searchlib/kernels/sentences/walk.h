/* The sentences of a text, one after the other.
 *
 *     sentence_walk walk;
 *     text_sentence found;
 *     begin_sentences(&walk, &rules, make_view(chars, length, width));
 *     while (next_sentence(&walk, &found)) ...
 *
 * A sentence is the characters from found.start to found.end. The next begins at found.next, which is the length of
 * the text after the last; what stands between is white space. Every character but white space is in one sentence.
 * Whether a paragraph ends with the sentence is said too. A caller that reads the text's tokens at the same time counts
 * those that begin before found.next to the sentence.
 *
 * The walk allocates nothing, cannot fail, and takes time in proportion to the text: it looks for characters that can
 * end a sentence in a table, and reads the words around them only there.
 */
#ifndef SEARCHLIB_WALK_H
#define SEARCHLIB_WALK_H

#include "sentences/lines.h"
#include "sentences/scan.h"

typedef struct {
    int64_t start, end, next;
    int ends_paragraph;
} text_sentence;

typedef struct {
    text_view view;
    const sentence_rules *rules;
    line_width lines;
    int64_t at, start, line_start;
} sentence_walk;

/* The fewest characters of a sentence that a space ends before a word that begins sentences, and before any other. */
enum { GAP_CHARS = 20, LONG_GAP_CHARS = 50, FIRST_UNCASED = 0x590 };

/* What may end a sentence: the characters from `start` to `end`, with what closes after them. */
typedef struct {
    int64_t start, end;
    uint32_t classes;  /* of the characters, without those of what closes */
    int64_t n;         /* how many they are */
    int is_quoted;     /* a quotation mark or bracket closes after it */
} sentence_end;

/* Get ready for the sentences of a text. The text and the rules must outlive the walk. */
static inline void begin_sentences(sentence_walk *w, const sentence_rules *r, text_view view) {
    int64_t start = 0, line_start = 0;
    for (; start < view.length && is_space_in(r, &view, start); start++) {
        if (is_break(r, view_char(&view, start))) line_start = start + 1;
    }
    *w = (sentence_walk){view, r, {0, 0}, start, start, line_start};
}

static inline uint32_t classes_at(const sentence_walk *w, int64_t at) {
    return at < w->view.length ? classes_of(w->rules, view_char(&w->view, at)) : 0;
}

/* Where "[12]" or "[a]" at `at` ends, and raised figures; `at` if there is none. */
static inline int64_t skip_footnote(const sentence_walk *w, int64_t at) {
    const text_view *v = &w->view;
    if (classes_at(w, at) & FOOTNOTE) return at + 1;
    if (at >= v->length || view_char(v, at) != '[') return at;
    int64_t end = at + 1;
    while (end - at < 5 && end < v->length && (is_ascii_digit(view_char(v, end)) || is_ascii_letter(view_char(v, end))))
        end++;
    return end > at + 1 && end < v->length && view_char(v, end) == ']' ? end + 1 : at;
}

/* Left quotation marks: they close in German, Danish and Swedish, but no language sets one before a word then. */
static inline int is_left_mark(uint32_t c) { return c == 0x201c || c == 0x2018 || c == 0xab || c == 0x2039; }

enum { QUOTED_CHARS = 1000 };

/* Whether a straight quotation mark before the end of `e` is still open in the sentence. */
static inline int is_open_quote(const sentence_walk *w, const sentence_end *e, uint32_t mark) {
    int is_open = 0;
    int64_t floor = e->start - w->start > QUOTED_CHARS ? e->start - QUOTED_CHARS : w->start;
    for (int64_t at = floor; at < e->end; at++) is_open ^= view_char(&w->view, at) == mark;
    return is_open;
}

/* Whether the mark `c` at the end of `e` belongs to it, and does not open what follows. */
static inline int closes_at(const sentence_walk *w, const sentence_end *e, uint32_t c) {
    const text_view *v = &w->view;
    uint32_t next = e->end + 1 < v->length ? view_char(v, e->end + 1) : ' ';
    if (!is_word_char(w->rules, next)) return 1;
    if (is_left_mark(c)) return 0;
    return !(e->classes & BAR && c == '"') || is_open_quote(w, e, c);
}

/* Read on from the ends of sentences at `at`: more of them, then what closes. */
static inline sentence_end read_end(const sentence_walk *w, int64_t at) {
    sentence_end e = {at, at, 0, 0, 0};
    uint32_t classes;
    while ((classes = classes_at(w, e.end)) & (SPACED_END | BAR | DOUBLED_BAR)) {
        e.classes |= classes;
        e.n++;
        e.end++;
        /* What says how the character before it is drawn. */
        while (e.end < w->view.length && is_invisible(view_char(&w->view, e.end))) e.end++;
    }
    if (e.n > 1 && e.classes == FULL_STOP) e.classes = ELLIPSIS;
    if (e.n > 1 && e.classes & DOUBLED_BAR) e.classes |= BAR;
    for (;;) {
        int64_t after = skip_footnote(w, e.end);
        if (after == e.end && classes_at(w, e.end) & CLOSER) {
            uint32_t c = view_char(&w->view, e.end);
            if (!closes_at(w, &e, c)) return e;
            e.is_quoted |= !is_invisible(c);
            after++;
        }
        if (after == e.end) return e;
        e.end = after;
    }
}

/* Take in what closes after a space, as in « Non. » */
static inline void read_late_closer(const sentence_walk *w, sentence_end *e) {
    const text_view *v = &w->view;
    if (e->end + 1 >= v->length || !is_space_in(w->rules, v, e->end)) return;
    if (is_break(w->rules, view_char(v, e->end))) return;
    if (!(classes_at(w, e->end + 1) & CLOSER) || is_left_mark(view_char(v, e->end + 1))) return;
    if (e->end + 2 == v->length || is_space_in(w->rules, v, e->end + 2)) {
        e->end += 2;
        e->is_quoted = 1;
    }
}

/* Whether the end before a letter, without a space, is one: "했다.그", "arrived.The". */
static inline int ends_unspaced(const sentence_walk *w, const sentence_end *e) {
    const text_view *v = &w->view;
    const sentence_rules *r = w->rules;
    if (e->start <= w->start || e->classes & ELLIPSIS) return 0;
    uint32_t before = view_char(v, e->start - 1), after = view_char(v, e->end);
    if (is_dense_char(before))
        return !e->is_quoted && (is_dense_char(after) || (classes_of(r, after) & (OPENER | RESUMER)) == OPENER);
    if (e->n > 1 || !(kinds_of(&r->tables, before) & LOWER_CHAR) ||
        !(kinds_of(&r->tables, after) & UPPER_CHAR)) return 0;
    text_word word, next;
    read_word_before(r, v, e->start, &word);
    read_word_after(r, v, e->end, &next);
    int is_word = word.n > 2 && (!word.start || is_space_in(r, v, word.start - 1));
    int is_followed = next.end < v->length && is_space_in(r, v, next.end);
    return is_word && is_followed && known_of(r, next.letters, next.n) & STARTER;
}

/* The most characters that may stand after the end of a sentence and belong to it, where `has_end` looks for it. */
enum { TAIL_CHARS = 8 };

/* Whether the characters from `start` to `end` end as a sentence does: with nothing but what closes after the end, or
 * the figures of a footnote right after a full stop and a letter. */
static inline int has_end(const sentence_rules *r, const text_view *v, int64_t start, int64_t end) {
    int64_t at = end - 1, floor = end - start > TAIL_CHARS ? end - TAIL_CHARS : start;
    while (at >= floor && (classes_of(r, view_char(v, at)) & (CLOSER | FOOTNOTE) || is_space_in(r, v, at))) at--;
    int64_t last = at;
    while (at >= floor && kinds_at(r, v, at) & DIGIT_CHAR) at--;
    if (at >= floor && at < last && view_char(v, at) == '[') last = --at;
    if (at < floor || !(classes_of(r, view_char(v, at)) & (SPACED_END | BAR | DOUBLED_BAR))) return 0;
    return at == last || (at > start && kinds_at(r, v, at - 1) & LETTER_CHAR);
}

/* Whether a word stands before an ellipsis with which sentences begin: "by the …". They seldom end with one. */
static inline int is_after_starter(const sentence_walk *w, const sentence_end *e) {
    const text_view *v = &w->view;
    text_word word;
    int64_t at = e->start;
    if (at > w->start + 1 && is_space_in(w->rules, v, at - 1)) at--;
    read_word_before(w->rules, v, at, &word);
    return (known_of(w->rules, word.letters, word.n) & STARTER) != 0;
}

/* Whether a sentence ends before white space without a line break; `at` is where the white space ends. */
static inline int ends_before(const sentence_walk *w, const sentence_end *e, int64_t at) {
    next_word next;
    if (classes_at(w, at) & (SPACED_END | BAR)) return 0;
    if (e->start == w->start && !(e->classes & BAR)) return 0;
    read_next_word(w->rules, &w->view, at, &next);
    if (next.kind == LOWER_WORD && !(e->classes & BAR)) return 0;
    if (e->classes & ELLIPSIS && !(e->classes & (QUESTION | BAR)) && is_after_starter(w, e)) return 0;
    if (e->classes & (QUESTION | ELLIPSIS | BAR))
        return !(e->is_quoted && is_attributed(w->rules, &w->view, &next));
    return ends_after_word(w->rules, &w->view, w->start, e->start, &next);
}

/* Whether a sentence ends at what read_end has found; then *gap is the white space after it. */
static inline int ends_sentence(sentence_walk *w, sentence_end *e, text_gap *gap) {
    const text_view *v = &w->view;
    if (e->classes == DOUBLED_BAR) return 0;
    read_late_closer(w, e);
    if (e->end < v->length && !is_space_in(w->rules, v, e->end)) {
        *gap = (text_gap){e->end, -1, 0};
        if (e->classes & BAR) return !(classes_at(w, e->end) & RESUMER && e->is_quoted);
        return ends_unspaced(w, e);
    }
    *gap = read_gap(w->rules, v, &w->lines, w->line_start, e->end, 1);
    return gap->ends_paragraph || ends_before(w, e, gap->end);
}

/* Whether white space from `at` on ends a sentence, in scripts that have no full stop. It does not beside other
 * letters, figures and signs. */
static inline int ends_at_gap(const sentence_walk *w, const text_gap *gap, int64_t at) {
    const text_view *v = &w->view;
    text_word word;
    if (at - w->start < GAP_CHARS || gap->end == v->length) return 0;
    if (view_char(v, at - 1) < FIRST_UNCASED || view_char(v, gap->end) < FIRST_UNCASED) return 0;
    read_word_after(w->rules, v, gap->end, &word);
    uint32_t known = known_of_beginning(w->rules, &word);
    return known & STARTER || (!(known & JOINER) && at - w->start >= LONG_GAP_CHARS);
}

static inline int finish_sentence(sentence_walk *w, int64_t end, const text_gap *gap, text_sentence *found) {
    while (end > w->start && is_space_in(w->rules, &w->view, end - 1)) end--;
    *found = (text_sentence){w->start, end, gap->end, gap->ends_paragraph};
    w->at = w->start = gap->end;
    if (gap->line_start >= 0) w->line_start = gap->line_start;
    return 1;
}

/* Find the next sentence. Returns whether there is one. */
static inline int next_sentence(sentence_walk *w, text_sentence *found) {
    const text_view *v = &w->view;
    if (w->start >= v->length) return 0;
    text_gap gap;
    while ((w->at = skip_plain(w->rules, v, w->at)) < v->length) {
        int64_t at = w->at;
        if (classes_at(w, at) & (LINE_BREAK | GAP)) {
            gap = read_gap(w->rules, v, &w->lines, w->line_start, at, 0);
            if (gap.ends_paragraph || (!is_break(w->rules, view_char(v, at)) && ends_at_gap(w, &gap, at)))
                return finish_sentence(w, at, &gap, found);
            if (gap.line_start >= 0) w->line_start = gap.line_start;
            w->at = gap.end;
        } else {
            sentence_end e = read_end(w, at);
            if (ends_sentence(w, &e, &gap)) return finish_sentence(w, e.end, &gap, found);
            w->at = e.end;
        }
    }
    gap = (text_gap){v->length, -1, 1};
    return finish_sentence(w, v->length, &gap, found);
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

/* Where a sentence begins and ends, and where the next begins; returns whether it ends a paragraph. */
static inline int read_found(const text_sentence *found, int64_t *start, int64_t *end, int64_t *next) {
    *start = found->start;
    *end = found->end;
    *next = found->next;
    return found->ends_paragraph;
}

#endif
