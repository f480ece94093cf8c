/* The sentences of a text, each found when it is asked for.
 *
 * The walk of sentences/walk.h goes on from the last that was found, as far as the question reaches. Invariants: each
 * sentence begins and ends with a character that is no white space; which ones are found does not depend on the order
 * of questions. A text must hold something besides white space. Functions return 0 or FAULT_MEMORY.
 */
#ifndef SEARCHLIB_SENTENCES_H
#define SEARCHLIB_SENTENCES_H

#include "sentences/walk.h"
#include "snippets/text.h"

/* What lacks a full stop and is shorter is a heading, a date line or an item of a list. */
enum { PROSE_CHARS = 60 };

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
    sentence_walk walk;
    sentence *found;
    int64_t n, capacity;
} sentence_list;

static inline void sentences_init(sentence_list *s, const snippet_text *text, const sentence_rules *rules) {
    *s = (sentence_list){.text = *text};
    begin_sentences(&s->walk, rules, make_view(text->chars, text->length, text->width));
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

/* Find the next sentence that is not found yet. Returns whether there is one, or a fault. */
static inline int find_sentence(sentence_list *s) {
    text_sentence next;
    if (!next_sentence(&s->walk, &next)) return 0;
    if (s->n == s->capacity) {
        int64_t capacity = s->capacity ? s->capacity * 2 : 8;
        sentence *grown = (sentence *)realloc(s->found, (size_t)capacity * sizeof *grown);
        if (!grown) return FAULT_MEMORY;
        s->found = grown;
        s->capacity = capacity;
    }
    int is_prose = next.end - next.start >= PROSE_CHARS || 
                   has_end(s->walk.rules, &s->walk.view, next.start, next.end);
    s->found[s->n++] = (sentence){next.start, next.end, is_prose};
    return 1;
}

/* The last sentence that begins at or before `at`, or else the first. */
static inline int sentence_at(sentence_list *s, int64_t at, sentence *out) {
    while (!s->n || s->walk.start <= at) {
        int found = find_sentence(s);
        if (found < 0) return found;
        if (!found) break;
    }
    int64_t begun = count_begun(s, at);
    *out = s->found[begun ? begun - 1 : 0];
    return 0;
}

/* The sentence after one, if any. Returns whether there is one, or a fault. */
static inline int sentence_after(sentence_list *s, const sentence *one, sentence *out) {
    int64_t start = skip_space(&s->text, one->end);
    if (start >= s->text.length) return 0;
    int fault = sentence_at(s, start, out);
    return fault ? fault : 1;
}

/* The sentence before one, if any. Returns whether there is one, or a fault. */
static inline int sentence_before(sentence_list *s, const sentence *one, sentence *out) {
    int64_t start = one->start;
    int fault = sentence_at(s, start ? start - 1 : 0, out);
    return fault ? fault : out->start != start;
}

#endif
