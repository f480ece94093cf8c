/* The passages of an article: the best frames of its fields, none repeating another.
 *
 * A field takes the best fragment of all fields, framed; then the next best, by what is not shown yet; and so on.
 * Of equally good fragments that of the later field comes first: a body is worth more than a summary. A frame that
 * repeats the title or a passage is passed over. If nothing is left, one frame is taken all the same: the best that
 * was passed over, or the opening of the first field. Invariant: the frames taken of a field are in reading order and
 * do not overlap. Functions return 0 or a fault of sentences.h.
 */
#ifndef SEARCHLIB_PASSAGES_H
#define SEARCHLIB_PASSAGES_H

#include "snippets/fragments.h"
#include "snippets/frames.h"

typedef struct {
    sentence_list sentences;
    const snippet_matches *matches;
    fragment_ranking ranking;
    frame_maker maker;
    frame *frames;
    char_range *taken; /* the ranges of the frames */
    int64_t n_taken;
} field_passages;

/* Whether characters `start` to `end` of a field repeat the title or a passage: 0, 1 or a fault. Where they do not, it
 * is told of them as of a passage. */
typedef int (*repeat_check)(void *context, int64_t field, int64_t start, int64_t end);

static inline void passages_free(field_passages *fields, int64_t n) {
    for (int64_t number = 0; fields && number < n; number++) {
        sentences_free(&fields[number].sentences);
        ranking_free(&fields[number].ranking);
        free(fields[number].frames);
        free(fields[number].taken);
    }
    free(fields);
}

/* So many fields, to be set up by field_init; NULL without memory. */
static inline field_passages *passages_alloc(int64_t n) {
    return (field_passages *)calloc((size_t)greatest(n, 1), sizeof(field_passages));
}

/* Set up a field. At most `count` passages are taken of it. The structure must not move after this. */
static inline int field_init(field_passages *f, const snippet_text *text, const sentence_rules *rules,
                             const snippet_matches *matches, int64_t passage_chars, int64_t count) {
    sentences_init(&f->sentences, text, rules);
    f->matches = matches;
    f->maker = (frame_maker){&f->sentences, matches, passage_chars};
    f->frames = (frame *)malloc((size_t)count * sizeof *f->frames);
    f->taken = (char_range *)malloc((size_t)count * sizeof *f->taken);
    if (!f->frames || !f->taken) return FAULT_MEMORY;
    return ranking_init(&f->ranking, &f->sentences, matches, passage_chars);
}

/* Keep a frame as a passage, and note which terms it shows. */
static inline void take_frame(field_passages *f, const frame *one, uint8_t *shown) {
    int64_t number = f->n_taken++;
    for (; number && f->frames[number - 1].range.start > one->range.start; number--) {
        f->frames[number] = f->frames[number - 1];
        f->taken[number] = f->taken[number - 1];
    }
    f->frames[number] = *one;
    f->taken[number] = one->range;
    for (number = 0; number < f->matches->n; number++) {
        const occurrence *at = &f->matches->occurrences[number];
        if (one->range.start <= at->start && at->end <= one->range.end) shown[at->term] = 1;
    }
}

/* The field with the best fragment, in *best; NULL if no field has one. */
static inline int best_field(field_passages *fields, int64_t n, field_passages **best, const fragment **fragment_of) {
    *best = NULL;
    for (int64_t number = 0; number < n; number++) {
        const fragment *one;
        int fault = best_fragment(&fields[number].ranking, &one);
        if (fault) return fault;
        if (one && (!*best || compare_worths(one, *fragment_of) <= 0)) {
            *best = &fields[number];
            *fragment_of = one;
        }
    }
    return 0;
}

/* Chooses passages: what it has to know from one passage to the next. */
typedef struct {
    field_passages *fields;
    int64_t n;
    uint8_t *shown; /* of each term, whether a passage shows it */
    repeat_check is_repeated;
    void *context;
    field_passages *fallback_field;
    frame fallback;
} passage_choice;

/* Take the best frame that repeats nothing. Returns whether there is one, or a fault. */
static inline int take_best(passage_choice *c, const int64_t *worths) {
    for (int64_t number = 0; number < c->n; number++) {
        field_passages *f = &c->fields[number];
        int fault = begin_ranking(&f->ranking, worths, c->shown, f->taken, f->n_taken);
        if (fault) return fault;
    }
    for (;;) {
        field_passages *f;
        const fragment *best = NULL;
        frame one;
        int fault = best_field(c->fields, c->n, &f, &best);
        if (fault || !f) return fault;
        char_range range = {f->matches->occurrences[best->number].start, best->end};
        fault = make_frame(&f->maker, range, best->low, best->high, &one);
        if (fault) return fault;
        f->ranking.at++;
        if (!c->fallback_field) {
            c->fallback_field = f;
            c->fallback = one;
        }
        int is_repeated = c->is_repeated(c->context, f - c->fields, one.range.start, one.range.end);
        if (is_repeated < 0) return is_repeated;
        if (is_repeated) continue;
        take_frame(f, &one, c->shown);
        return 1;
    }
}

/* Let the fields take at most `count` passages, at least one if there is a field. `worths` are of each term. */
static inline int choose_passages(field_passages *fields, int64_t n, const int64_t *worths, uint32_t n_terms,
                                  int64_t count, repeat_check is_repeated, void *context) {
    passage_choice c = {fields, n, NULL, is_repeated, context, NULL, {{0, 0}, 0, 0}};
    int64_t taken = 0;
    int found = 1;
    if (!n) return 0;
    if (!(c.shown = (uint8_t *)calloc((size_t)n_terms + 1, 1))) return FAULT_MEMORY;
    while (taken < count && (found = take_best(&c, worths)) > 0) taken++;
    if (found >= 0 && !taken) {
        if (!c.fallback_field) {
            c.fallback_field = fields;
            found = make_opening(&fields->maker, &c.fallback);
        }
        if (found >= 0) take_frame(c.fallback_field, &c.fallback, c.shown);
    }
    free(c.shown);
    return found < 0 ? found : 0;
}

static inline field_passages *field_of(field_passages *fields, int64_t number) { return &fields[number]; }

static inline int64_t n_taken_of(const field_passages *f) { return f->n_taken; }

/* The number-th passage of a field: its range; and 1 if its beginning, 2 if its end is inside a sentence, or the sum. */
static inline int passage_of(const field_passages *f, int64_t number, int64_t *start, int64_t *end) {
    const frame *one = &f->frames[number];
    *start = one->range.start;
    *end = one->range.end;
    return (one->leading ? 1 : 0) | (one->trailing ? 2 : 0);
}

#endif
