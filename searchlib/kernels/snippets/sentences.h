/* The sentences of a text, each found when it is asked for.
 *
 * Finding one takes time by its own length, not by that of the text: the search goes back from an offset to the last
 * end of a sentence. Invariants: the sentences found are kept in order of their starts; each begins and ends with a
 * character that is no white space; which ones are found does not depend on the order of questions. A text must hold
 * something besides white space. Functions return 0, or FAULT_MEMORY, or FAULT_RAISED.
 */
#ifndef SEARCHLIB_SENTENCES_H
#define SEARCHLIB_SENTENCES_H

#include "snippets/sentence_ends.h"

/* Characters from `start` to `end`. Prose is running text, not a heading or an item of a list. */
typedef struct {
    int64_t start, end;
    int is_prose;
} sentence;

static inline sentence make_sentence(int64_t start, int64_t end) { return (sentence){start, end, 0}; }

/* Where a sentence begins and ends; returns whether it is prose. */
static inline int read_sentence(const sentence *one, int64_t *start, int64_t *end) {
    *start = one->start;
    *end = one->end;
    return one->is_prose;
}

typedef struct {
    snippet_text text;
    const sentence_rules *rules;
    sentence *found;
    int64_t n, capacity;
} sentence_list;

static inline void sentences_init(sentence_list *s, const snippet_text *text, const sentence_rules *rules) {
    *s = (sentence_list){*text, rules, NULL, 0, 0};
}

static inline void sentences_free(sentence_list *s) { free(s->found); }

/* How many of the sentences found begin at or before `at`. */
static inline int64_t count_begun(const sentence_list *s, int64_t at) {
    int64_t low = 0, high = s->n;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (s->found[middle].start <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static inline int insert_sentence(sentence_list *s, int64_t number, sentence one) {
    if (s->n == s->capacity) {
        int64_t capacity = s->capacity ? s->capacity * 2 : 8;
        sentence *grown = (sentence *)realloc(s->found, (size_t)capacity * sizeof *grown);
        if (!grown) return FAULT_MEMORY;
        s->found = grown;
        s->capacity = capacity;
    }
    memmove(&s->found[number + 1], &s->found[number], (size_t)(s->n - number) * sizeof *s->found);
    s->found[number] = one;
    s->n++;
    return 0;
}

/* Whether a full stop is among the last characters, with nothing but closing quotes and brackets after it. */
static inline int is_terminated(const sentence_list *s, const sentence *one) {
    int64_t at = one->end - 1, floor = greatest(one->start, one->end - s->rules->tail_chars);
    while (at >= floor && (classes_at(&s->text, s->rules, at) & SPACED_CLOSER || is_quote_space(char_at(&s->text, at))))
        at--;
    return at >= floor && classes_at(&s->text, s->rules, at) & (SPACED_END | UNSPACED_END);
}

/* The sentence that begins at `start`. */
static inline int sentence_from(sentence_list *s, int64_t start, sentence *out) {
    const snippet_text *t = &s->text;
    int64_t number = count_begun(s, start);
    int ends = 0;
    if (number && s->found[number - 1].start == start) {
        *out = s->found[number - 1];
        return 0;
    }
    sentence_end end = {.end = start};
    while (!ends && find_end(t, s->rules, end.end, &end)) {
        ends = ends_sentence(t, s->rules, &end);
        if (ends < 0) return ends;
    }
    sentence one = {start, end.kind ? end.end : t->length, 0};
    while (one.end > start && is_space_at(t, one.end - 1)) one.end--;
    one.is_prose = one.end - start >= s->rules->prose_chars || is_terminated(s, &one);
    *out = one;
    return insert_sentence(s, number, one);
}

/* How far back the search for the last end reaches first; then twice as far each time. It changes the time only. */
enum { LOOK_BACK_CHARS = 160 };

/* Where the last end of a sentence at or before `at` ends, in *last; 0 if there is none. */
static inline int last_end(const sentence_list *s, int64_t at, int64_t *last) {
    int64_t ceiling = at, reach = LOOK_BACK_CHARS;
    *last = 0;
    while (ceiling && !*last) {
        int64_t floor = greatest(0, ceiling - reach);
        /* No end has a letter or figure in it: a search that starts after one tears none. */
        while (floor && !is_alnum_at(&s->text, floor - 1)) floor--;
        sentence_end end = {.end = floor};
        while (find_end(&s->text, s->rules, end.end, &end) && end.start < ceiling && end.end <= at) {
            int ends = ends_sentence(&s->text, s->rules, &end);
            if (ends < 0) return ends;
            if (ends) *last = end.end;
        }
        ceiling = floor;
        reach *= 2;
    }
    return 0;
}

/* The last sentence that begins at or before `at`, or else the first. */
static inline int sentence_at(sentence_list *s, int64_t at, sentence *out) {
    int64_t end;
    while (at && is_space_at(&s->text, at)) at--;
    int64_t number = count_begun(s, at) - 1;
    if (number >= 0 && at < s->found[number].end) {
        *out = s->found[number];
        return 0;
    }
    int fault = last_end(s, at, &end);
    return fault ? fault : sentence_from(s, skip_space(&s->text, end), out);
}

/* The sentence after one, if any. Returns whether there is one, or a fault. */
static inline int sentence_after(sentence_list *s, const sentence *one, sentence *out) {
    int64_t start = skip_space(&s->text, one->end);
    if (start >= s->text.length) return 0;
    int fault = sentence_from(s, start, out);
    return fault ? fault : 1;
}

/* The sentence before one, if any. Returns whether there is one, or a fault. */
static inline int sentence_before(sentence_list *s, const sentence *one, sentence *out) {
    int64_t start = one->start;
    int fault = sentence_at(s, start ? start - 1 : 0, out);
    return fault ? fault : out->start != start;
}

#endif
