/* Phrases and pairs of words: which articles have the words where they have to be, and how often.
 *
 * A span is where something stands: the positions of its first and last word, both included. What a source finds in
 * one article is a list of spans in order of their first word.
 *
 * Values of the field are positions as `codec.positions` packs them: varints, the first as it is, each other as the
 * step from the one before.
 */
#ifndef SEARCHLIB_SPANS_H
#define SEARCHLIB_SPANS_H

#include "windows.h"

typedef struct {
    uint32_t first, last;
} span;

typedef struct {
    span *at;
    uint32_t count, capacity;
} span_list;

typedef struct {
    uint32_t *at;
    uint32_t count, capacity;
} position_list;

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

struct spans {
    clause *guard; /* matches every article that has enough of the terms */
    list_cursor **cursors; /* one for each distinct term, NULL where the segment does not have it */
    position_list *positions; /* of each in the article that is looked at */
    uint32_t *near;           /* and where in its block the article before was */
    uint32_t cursor_count;
    span_source *source;
    int region; /* the only text in which it counts; -1 for any */
    /* Positions that title and summary take, of each article (u32); NULL in fields that have no texts. */
    const paged_file *regions_file;
    uint64_t titles_at, summaries_at;
};

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
 * and within one text, the shortest such span. The nearest next word is the best one: a later choice only leaves less room for the rest. */
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

static int find_spans(span_source *source, const position_list *positions, const texts *t) {
    if (source->is_pair) return find_pairs(source, positions, t);
    return can_be_marked(source, positions) ? find_phrase(source, positions, t) : find_sequence(source, positions, t);
}

/* Whether eight steps are of one byte each, and none is 0. */
static inline int are_short_steps(uint64_t steps) {
    return ((steps | ~(steps + 0x7f7f7f7f7f7f7f7fu)) & 0x8080808080808080u) == 0;
}

/* The positions of a value, ascending, no two the same. */
static int read_positions(position_list *list, const uint8_t *p, uint32_t length, fault *f) {
    if (length > list->capacity) {
        uint32_t *at = (uint32_t *)realloc(list->at, (size_t)length * sizeof *at);
        if (!at) return fail(f, FAULT_MEMORY, "no memory");
        list->at = at;
        list->capacity = length;
    }
    const uint8_t *end = p + length;
    uint64_t position = 0;
    list->count = 0;
    while (p < end) {
        /* Steps are mostly of one byte, and not 0: eight at a time. */
        uint64_t eight;
        while (end - p >= 8 && are_short_steps(eight = load_u64(p)) && position < UINT32_MAX - 8 * 0x80) {
            uint32_t *at = list->at + list->count, base = (uint32_t)position;
            for (int i = 0; i < 8; i++) at[i] = base += (uint32_t)(eight >> 8 * i & 0xff);
            position = base;
            list->count += 8;
            p += 8;
        }
        if (p == end) break;
        uint64_t step = *p;
        if (step < 0x80) p++;
        else if (!(p = get_bounded(p, end, UINT32_MAX, &step))) break;
        position += step;
        if (position > UINT32_MAX) {
            p = NULL;
            break;
        }
        /* A position that comes again counts once: what is found of a phrase is never more than its rarest word. */
        if (step || !list->count) list->at[list->count++] = (uint32_t)position;
    }
    return p ? 0 : fail(f, FAULT_DAMAGE, "positions make no sense");
}

static texts texts_of(const spans *sp, uint32_t docnum) {
    if (!sp->regions_file) return (texts){0, 0};
    const uint8_t *data = sp->regions_file->data;
    const uint64_t title_end = load_u32(data + sp->titles_at + (uint64_t)docnum * 4);
    return (texts){title_end, title_end + 1 + load_u32(data + sp->summaries_at + (uint64_t)docnum * 4)};
}

/* Weighted frequency of the spans, of those in the region where there is one. */
static double weight_in_texts(const search *s, const spans *sp, const texts *t) {
    const span_list *found = &sp->source->found;
    if (!sp->regions_file) return found->count;
    double weight = 0;
    for (uint32_t i = 0; i < found->count; i++) {
        int where = text_at(t, found->at[i].first);
        if (sp->region < 0 || sp->region == where) weight += s->ranking->region_weights[where];
    }
    return weight;
}

/* Which posting of the loaded block is the first from a docnum on; `near` is where the last one was that was asked for,
 * which is mostly a few before. */
static inline uint32_t find_posting_near(const list_cursor *cursor, uint32_t *near, uint32_t docnum) {
    uint32_t i = *near;
    if (i >= cursor->n || cursor->docnums[i] > docnum) i = 0;
    for (int step = 0; step < 8 && i < cursor->n && cursor->docnums[i] < docnum; step++) i++;
    if (i < cursor->n && cursor->docnums[i] < docnum) i = find_posting(cursor, docnum);
    return *near = i;
}

/* The weight of the spans in an article that the guard matches; 0 where there are none, or they bring too little. */
static int weigh_article(search *s, clause *c, uint32_t docnum, double needed, double *weight) {
    spans *sp = c->spans;
    uint8_t norm = s->norms ? s->norms[docnum] : 0;
    double least = INFINITY;
    uint32_t at[64];
    *weight = 0;
    for (uint32_t i = 0; i < sp->cursor_count; i++) {
        list_cursor *cursor = sp->cursors[i];
        int reached = cursor ? reach(cursor, docnum, &s->fault) : 0;
        if (reached < 0) return reached;
        uint32_t k = reached ? find_posting_near(cursor, &sp->near[i], docnum) : 0;
        int present = reached && k < cursor->n && cursor->docnums[k] == docnum;
        if (i < 64) at[i] = present ? k : NO_BLOCK;
        if (present && needed >= 0 && !sp->source->is_pair && (!sp->source->slop || i == sp->source->terms[0])) {
            double own = cursor_weight(cursor, k);
            if (own < least) least = own;
        }
    }
    /* Each span takes an occurrence of every word, with gaps at least one of the first: it weighs no more. */
    if (needed >= 0 && least < INFINITY && bound_of(s, c->idf, tf_of(s->ranking, least, norm)) <= needed) return 0;
    for (uint32_t i = 0; i < sp->cursor_count; i++) {
        list_cursor *cursor = sp->cursors[i];
        uint32_t k = i < 64 ? at[i] : cursor ? find_posting(cursor, docnum) : NO_BLOCK, length;
        sp->positions[i].count = 0;
        if (!cursor || k >= cursor->n || cursor->docnums[k] != docnum) continue;
        if (!(cursor->flags & LIST_VALUES)) continue;
        int failed = cursor_values(cursor, &s->fault);
        if (failed) return failed;
        const uint8_t *value = cursor_value(cursor, k, &length);
        failed = read_positions(&sp->positions[i], value, length, &s->fault);
        if (failed) return failed;
    }
    const texts t = texts_of(sp, docnum);
    if (find_spans(sp->source, sp->positions, &t)) return fail(&s->fault, FAULT_MEMORY, "no memory");
    *weight = weight_in_texts(s, sp, &t);
    return 0;
}

static int check_regions(search *s, const spans *sp) {
    if (!sp->regions_file) return 0;
    uint64_t length = (uint64_t)(s->end - s->base) * 4;
    int failed = pages_check(sp->regions_file, sp->titles_at + (uint64_t)s->base * 4, length, &s->fault);
    if (failed) return failed;
    return pages_check(sp->regions_file, sp->summaries_at + (uint64_t)s->base * 4, length, &s->fault);
}

/* Of docnums that the guard matches: which have the spans, and what that adds to their scores. */
static int weigh_hits(search *s, clause *c, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores,
                      double needed) {
    const int ranks = scores && c->idf > 0;
    int failed = check_regions(s, c->spans);
    for (uint32_t i = 0; i < n && !failed; i++) {
        double weight = 0;
        if (!hits[i]) continue;
        failed = weigh_article(s, c, docnums[i], ranks && needed >= 0 ? needed - scores[i] : -1, &weight);
        hits[i] = !failed && weight > 0;
        if (ranks && hits[i])
            scores[i] += rounded(s->rounding, c->idf * tf_of(s->ranking, weight, s->norms ? s->norms[docnums[i]] : 0));
    }
    return failed;
}

static int ask_spans(search *s, clause *c, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores,
                     double needed) {
    int failed = ask(s, c->spans->guard, docnums, n, hits, NULL, -1);
    return failed ? failed : weigh_hits(s, c, docnums, n, hits, scores, needed);
}

static int produce_spans(search *s, clause *c, uint32_t *docnums, double *scores, uint32_t *count, double needed) {
    int failed = produce(s, c->spans->guard, docnums, NULL, count, -1);
    scratch *own = enter(s);
    if (!own) return FAULT_ORDER;
    memset(own->hits, 1, *count);
    if (scores) memset(scores, 0, *count * sizeof *scores);
    if (!failed) failed = weigh_hits(s, c, docnums, *count, own->hits, scores, needed);
    *count = keep_hits(docnums, scores, *count, own->hits, 0, -1);
    leave(s);
    return failed;
}

/* The greatest score that spans can have in the window; -1 where there cannot be any. */
static double spans_bound(const search *s, const clause *c) {
    const span_source *source = c->spans->source;
    clause *guard = c->spans->guard;
    bound(s, guard);
    if (guard->window_most < 0) return -1;
    double tf = s->ranking->k1 + 1;
    if (!source->is_pair && guard->kind == TERM) tf = guard->window_tf;
    if (!source->is_pair && !source->slop && guard->kind == ALL)
        for (uint32_t i = 0; i < guard->part_count; i++)
            if (guard->parts[i]->window_tf < tf) tf = guard->parts[i]->window_tf;
    return bound_of(s, c->idf, tf);
}

static void span_source_free(span_source *source) {
    if (!source) return;
    for (uint32_t i = 0; i < source->left_count; i++) span_source_free(source->left[i]);
    for (uint32_t i = 0; i < source->right_count; i++) span_source_free(source->right[i]);
    free(source->left);
    free(source->right);
    free(source->terms);
    free(source->places);
    free(source->found.at);
    free(source->lefts.at);
    free(source->rights.at);
    free(source);
}

static void spans_free(spans *sp) {
    if (!sp) return;
    for (uint32_t i = 0; i < sp->cursor_count; i++) {
        free(sp->cursors[i]);
        free(sp->positions[i].at);
    }
    free(sp->cursors);
    free(sp->positions);
    free(sp->near);
    span_source_free(sp->source);
    free(sp);
}

#endif
