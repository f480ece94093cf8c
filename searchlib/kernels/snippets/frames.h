/* The passage around a fragment: whole sentences if they fit, else a piece cut between words.
 *
 * A frame holds no more than `chars` characters, and neither begins nor ends with white space. Sentences that follow
 * or precede are taken in while they fit and are prose: headings stand alone. Functions return 0 or a fault of
 * sentences.h.
 */
#ifndef SEARCHLIB_FRAMES_H
#define SEARCHLIB_FRAMES_H

#include "snippets/cuts.h"
#include "snippets/sentences.h"

enum {
    /* A frame of whole sentences that fills less than one part in so many takes in part of the next sentence. */
    SHORT_PARTS = 3,
    /* Of the length left around what a cut frame must show, one part in so many stands before it. */
    LEAD_PARTS = 2,
};

/* Characters from `start` to `end`, and whether either end is inside a sentence. */
typedef struct {
    char_range range;
    int leading, trailing;
} frame;

/* The text that frames are made of. */
typedef struct {
    sentence_list *sentences;
    const snippet_matches *matches;
    int64_t chars;
} frame_maker;

/* Make a frame of what is left of `begin` to `finish` without white space around it. Either may be a fault. */
static inline int frame_piece(const frame_maker *k, int64_t begin, int64_t finish, frame *out) {
    const snippet_text *t = &k->sentences->text;
    sentence first, last;
    if (begin < 0 || finish < 0) return (int)least(begin, finish);
    while (begin < finish && is_space_at(t, begin)) begin++;
    while (finish > begin && is_space_at(t, finish - 1)) finish--;
    int fault = sentence_at(k->sentences, least(begin, t->length - 1), &first);
    if (fault) return fault;
    last = first;
    if (finish > first.end) fault = sentence_at(k->sentences, finish - 1, &last);
    if (fault) return fault;
    *out = (frame){{begin, finish}, begin > first.start, finish < last.end};
    return 0;
}

/* As much of `low` to `high` as fits, `start` to `end` in it. If that is too long itself, its beginning. */
static inline int cut_frame(const frame_maker *k, char_range shown, int64_t low, int64_t high, frame *out) {
    const snippet_text *t = &k->sentences->text;
    int64_t spare = k->chars - (shown.end - shown.start), begin, finish;
    if (spare < 0) {
        finish = finish_before(t, k->matches, shown.start + k->chars, shown.start);
        return frame_piece(k, shown.start, finish, out);
    }
    if (shown.end - low <= k->chars)
        begin = low;
    else if (high - shown.start <= k->chars)
        begin = begin_after(t, k->matches, high - k->chars, shown.start);
    else
        begin = begin_after(t, k->matches, shown.start - spare / LEAD_PARTS, shown.start);
    if (begin < 0) return (int)begin;
    finish = high - begin <= k->chars ? high : finish_before(t, k->matches, begin + k->chars, shown.end);
    return frame_piece(k, begin, finish, out);
}

/* Find the sentence that follows, if the two can be read as one text. Returns whether they can, or a fault. */
static inline int find_continuation(const frame_maker *k, const sentence *of, sentence *found) {
    if (!of->is_prose) return 0;
    int is_found = sentence_after(k->sentences, of, found);
    return is_found > 0 ? found->is_prose : is_found;
}

/* Find the sentence that precedes, if the two can be read as one text and it begins at or after `floor`. */
static inline int find_preamble(const frame_maker *k, const sentence *of, int64_t floor, sentence *found) {
    if (floor >= of->start || !of->is_prose) return 0;
    int is_found = sentence_before(k->sentences, of, found);
    return is_found > 0 ? found->is_prose && found->start >= floor : is_found;
}

/* The passage around `shown`, within `low` to `high`. */
static inline int make_frame(const frame_maker *k, char_range shown, int64_t low, int64_t high, frame *out) {
    sentence first, last, next;
    int fault = sentence_at(k->sentences, shown.start, &first), found;
    if (fault) return fault;
    last = first;
    if (shown.end > first.end) fault = sentence_at(k->sentences, shown.end - 1, &last);
    if (fault) return fault;
    if (first.start < low || last.end > high || last.end - first.start > k->chars)
        return cut_frame(k, shown, greatest(first.start, low), least(last.end, high), out);
    int64_t ceiling = least(high, first.start + k->chars);
    while ((found = find_continuation(k, &last, &next)) > 0 && next.end <= ceiling) last = next;
    if (found < 0) return found;
    int64_t next_end = found ? next.end : INT64_MAX, floor = greatest(low, last.end - k->chars);
    while ((found = find_preamble(k, &first, floor, &next)) > 0) first = next;
    if (found < 0) return found;
    if ((last.end - first.start) * SHORT_PARTS < k->chars && next_end <= high) {
        int64_t finish = finish_before(&k->sentences->text, k->matches, first.start + k->chars, last.end);
        return frame_piece(k, first.start, finish, out);
    }
    *out = (frame){{first.start, last.end}, 0, 0};
    return 0;
}

/* The beginning of the prose; of the text, if it has none. */
static inline int make_opening(const frame_maker *k, frame *out) {
    sentence first, at;
    int found = sentence_at(k->sentences, 0, &first);
    if (found) return found;
    at = first;
    while (!at.is_prose && (found = sentence_after(k->sentences, &at, &at)) > 0) {
    }
    if (found < 0) return found;
    int64_t start = at.is_prose ? at.start : first.start;
    return make_frame(k, (char_range){start, start}, 0, k->sentences->text.length, out);
}

#endif
