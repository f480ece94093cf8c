/* Where words stand as they have to, in one article: sequences and pairs of them, from lists of positions.
 *
 * A span is where something stands: the positions of its first and last word, both included. What a source finds in
 * one article is a list of spans in order of their first word.
 */
#ifndef SEARCHLIB_SEQUENCES_H
#define SEARCHLIB_SEQUENCES_H

#include "postings/positions.h"

typedef struct {
    uint32_t first, last;
} span;

typedef struct {
    span *at;
    uint32_t count, capacity;
} span_list;

/* Where title and summary of an article end, in positions: 0 and 0 in fields that are one text. */
typedef struct {
    uint64_t title_end, summary_end;
} texts;

/* Which of the three texts a position is in: 0 the title, 1 the summary, 2 the body. */
static inline int text_at(const texts *t, uint64_t position) {
    return (position >= t->title_end) + (position >= t->title_end && position >= t->summary_end);
}

/* Articles with as many positions are long enough for words to be looked for the slow way. */
enum { MARKED_POSITIONS = 1 << 14 };

typedef struct span_source span_source;

struct span_source {
    int is_pair;
    uint32_t *terms; /* of a sequence: which of the cursors, word by word */
    uint32_t term_count, slop;
    span_source **left, **right; /* of a pair: the alternatives of its sides */
    uint32_t left_count, right_count, distance;
    int ordered;
    span_list found, lefts, rights;
    uint32_t *places; /* of a sequence: how far each word has been read */
    uint64_t marks[MARKED_POSITIONS / 64]; /* one bit for each position; none is set between two articles */
};

/* Whether an article needs all terms of a source to have a span of it. */
static int needs_all(const span_source *source) {
    return !source->is_pair || (source->left_count == 1 && source->right_count == 1 && needs_all(source->left[0]) &&
                                needs_all(source->right[0]));
}

static int span_append(span_list *list, uint32_t first, uint32_t last) {
    if (list->count == list->capacity) {
        uint32_t capacity = list->capacity ? list->capacity * 2 : 16;
        span *at = (span *)realloc(list->at, capacity * sizeof *at);
        if (!at) return FAULT_MEMORY;
        list->at = at;
        list->capacity = capacity;
    }
    list->at[list->count++] = (span){first, last};
    return 0;
}

static int compare_spans(const void *a, const void *b) {
    const span *one = (const span *)a, *other = (const span *)b;
    if (one->first != other->first) return one->first < other->first ? -1 : 1;
    return (one->last > other->last) - (one->last < other->last);
}

static void span_sort(span_list *list) {
    for (uint32_t i = 1; i < list->count; i++)
        if (compare_spans(&list->at[i - 1], &list->at[i]) > 0) {
            qsort(list->at, list->count, sizeof(span), compare_spans);
            return;
        }
}

/* For each place of the first word from which the rest can be reached with at most `slop` other positions among them,
 * and within one text, the shortest such span. The nearest next word is the best one: a later choice only leaves less
 * room for the rest. */
static int find_sequence(span_source *source, const position_list *positions, const texts *t) {
    const position_list *first = &positions[source->terms[0]];
    const uint64_t room = (uint64_t)source->term_count - 1 + source->slop;
    memset(source->places, 0, source->term_count * sizeof *source->places);
    source->found.count = 0;
    for (uint32_t i = 0; i < first->count; i++) {
        uint32_t begin = first->at[i], last = begin, word;
        for (word = 1; word < source->term_count; word++) {
            const position_list *list = &positions[source->terms[word]];
            uint32_t *place = &source->places[word];
            while (*place < list->count && list->at[*place] <= last) ++*place;
            if (*place == list->count) return 0;
            last = list->at[*place];
            if (last - begin > room) break;
        }
        if (word < source->term_count || text_at(t, begin) != text_at(t, last)) continue;
        if (span_append(&source->found, begin, last)) return FAULT_MEMORY;
    }
    return 0;
}

static int span_reserve(span_list *list, uint32_t count) {
    if (count <= list->capacity) return 0;
    span *at = (span *)realloc(list->at, count * sizeof *at);
    if (!at) return FAULT_MEMORY;
    list->at = at;
    list->capacity = count;
    return 0;
}

/* Whether words that stand side by side can be found by marking positions. */
static int can_be_marked(const span_source *source, const position_list *positions) {
    if (source->slop || source->term_count < 2) return 0;
    for (uint32_t word = 0; word < source->term_count; word++) {
        const position_list *list = &positions[source->terms[word]];
        if (list->count && list->at[list->count - 1] >= MARKED_POSITIONS) return 0;
    }
    return 1;
}

/* Where words stand side by side, within one text: from the rarest word's positions, the places where the phrase may
 * begin are marked, and those kept that the next word's positions meet. Nothing in it jumps on what the positions are. */
static int find_phrase(span_source *source, const position_list *positions, const texts *t) {
    span_list *kept = &source->found, *spare = &source->lefts;
    uint32_t rarest = 0, n = 0;
    for (uint32_t word = 1; word < source->term_count; word++)
        if (positions[source->terms[word]].count < positions[source->terms[rarest]].count) rarest = word;
    const position_list *list = &positions[source->terms[rarest]];
    if (span_reserve(kept, list->count + 1) || span_reserve(spare, list->count + 1)) return FAULT_MEMORY;
    for (uint32_t i = 0; i < list->count; i++) {
        kept->at[n].first = list->at[i] - rarest;
        n += list->at[i] >= rarest;
    }
    for (uint32_t word = 0; word < source->term_count && n; word++) {
        if (word == rarest) continue;
        list = &positions[source->terms[word]];
        uint32_t met = 0;
        for (uint32_t i = 0; i < n; i++) source->marks[kept->at[i].first >> 6] |= (uint64_t)1 << (kept->at[i].first & 63);
        for (uint32_t i = 0; i < list->count; i++) {
            uint32_t first = list->at[i] - word;
            spare->at[met].first = first;
            met += (source->marks[(first & (MARKED_POSITIONS - 1)) >> 6] >> (first & 63) & 1) & (list->at[i] >= word);
        }
        for (uint32_t i = 0; i < n; i++) source->marks[kept->at[i].first >> 6] = 0;
        span_list swap = *kept;
        *kept = *spare;
        *spare = swap;
        n = met;
    }
    kept->count = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t first = kept->at[i].first, last = first + source->term_count - 1;
        kept->at[kept->count] = (span){first, last};
        kept->count += text_at(t, first) == text_at(t, last);
    }
    return 0;
}

static int find_spans(span_source *source, const position_list *positions, const texts *t);

static int find_side(span_source **sides, uint32_t count, const position_list *positions, const texts *t,
                     span_list *all) {
    all->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        int failed = find_spans(sides[i], positions, t);
        if (failed) return failed;
        if (count == 1) {
            span_list swap = *all;
            *all = sides[i]->found;
            sides[i]->found = swap;
            break;
        }
        for (uint32_t k = 0; k < sides[i]->found.count; k++)
            if (span_append(all, sides[i]->found.at[k].first, sides[i]->found.at[k].last)) return FAULT_MEMORY;
    }
    span_sort(all);
    return 0;
}

/* Every span of the left side with the nearest of the right in the same text and within `distance` positions, as one
 * span around both. */
static int find_pairs(span_source *source, const position_list *positions, const texts *t) {
    span_list *lefts = &source->lefts, *rights = &source->rights;
    source->found.count = 0;
    int failed = find_side(source->left, source->left_count, positions, t, lefts);
    if (!failed && lefts->count) failed = find_side(source->right, source->right_count, positions, t, rights);
    if (failed || !lefts->count) return failed;
    uint32_t longest = 0, from = 0;
    for (uint32_t i = 0; i < rights->count; i++) {
        uint32_t length = rights->at[i].last - rights->at[i].first;
        if (length > longest) longest = length;
    }
    for (uint32_t i = 0; i < lefts->count; i++) {
        const span left = lefts->at[i];
        uint64_t least = UINT64_MAX;
        span best = {0, 0};
        while (from < rights->count && (uint64_t)rights->at[from].first + longest + source->distance < left.first) from++;
        for (uint32_t k = from; k < rights->count; k++) {
            const span right = rights->at[k];
            uint64_t gap;
            span around;
            if (right.first > (uint64_t)left.last + source->distance) break;
            if (text_at(t, right.first) != text_at(t, left.first)) continue;
            if (right.first > left.last) {
                gap = right.first - left.last;
                around = (span){left.first, right.last};
            } else if (right.last < left.first && !source->ordered) {
                gap = left.first - right.last;
                around = (span){right.first, left.last};
            } else {
                continue;
            }
            if (gap <= source->distance && gap < least) {
                least = gap;
                best = around;
            }
        }
        if (least != UINT64_MAX && span_append(&source->found, best.first, best.last)) return FAULT_MEMORY;
    }
    return 0;
}

/* A span for each position of a single word. */
static int find_word(span_source *source, const position_list *positions) {
    const position_list *list = &positions[source->terms[0]];
    if (span_reserve(&source->found, list->count)) return FAULT_MEMORY;
    for (uint32_t i = 0; i < list->count; i++) source->found.at[i] = (span){list->at[i], list->at[i]};
    source->found.count = list->count;
    return 0;
}

static int find_spans(span_source *source, const position_list *positions, const texts *t) {
    if (!source->is_pair && source->term_count == 1) return find_word(source, positions);
    if (source->is_pair) return find_pairs(source, positions, t);
    return can_be_marked(source, positions) ? find_phrase(source, positions, t) : find_sequence(source, positions, t);
}

#endif
