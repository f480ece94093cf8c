/* What a query comes to in every segment, its plan, and from that its clauses in one of them.
 *
 * A plan has each term looked up once, in all segments. Its clauses are made for a segment when that is searched; a
 * segment that lacks a term which all matches have is not searched.
 */
#ifndef SEARCHLIB_PLANS_H
#define SEARCHLIB_PLANS_H

#include "bytes/arena.h"
#include "collect/collectors.h"

/* What of a segment a search reads. Files are NULL where it has no such column. */
typedef struct {
    uint32_t doc_count;
    uint32_t first_dated; /* of articles in order of publication, the first that has a date */
    posting_files lists;
    const paged_file *norms, *regions, *published;
    uint64_t norms_at, titles_at, summaries_at, published_at;
} segment;

/* A term: where it is in each segment, with a doc_freq of 0 where it is not. */
typedef struct {
    double idf;
    term_entry *places;
} planned_term;

typedef struct plan plan;

struct plan {
    clause_kind kind;
    double idf;        /* TERM, SPANS: 0 where it does not rank */
    planned_term **terms; /* TERM: one; SPANS: the distinct ones, which its source has by number */
    uint32_t term_count;
    plan **parts;
    uint32_t part_count;
    int64_t since, until; /* RANGE: published in [since, until) */
    int has_since, has_until;
    spans *spans; /* SPANS: what does not change from segment to segment */
};

/* --- times of publication --------------------------------------------------------------------------------------- */

/* When an article was published, in microseconds. */
static int time_of(const segment *g, uint32_t docnum, int64_t *time, fault *f) {
    const uint64_t place = g->published_at + (uint64_t)docnum * 8;
    if (!g->published) return fail(f, FAULT_DAMAGE, "the segment has no times of publication");
    int failed = pages_check(g->published, place, 8, f);
    if (!failed) memcpy(time, g->published->data + place, 8);
    return failed;
}

/* The first docnum published at a time or later, of articles in order of publication; doc_count for none. */
static int first_from(const segment *g, int64_t time, uint32_t *docnum, fault *f) {
    uint32_t low = 0, high = g->doc_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        int64_t own = 0;
        int failed = time_of(g, middle, &own, f);
        if (failed) return failed;
        if (own < time) low = middle + 1;
        else high = middle;
    }
    *docnum = low;
    return 0;
}

/* The docnums published within a plan's dates: [*low, *high). */
static int docnums_within(const segment *g, const plan *dates, uint32_t *low, uint32_t *high, fault *f) {
    uint32_t first = 0, end = g->doc_count;
    int failed = dates->has_since ? first_from(g, dates->since, &first, f) : 0;
    if (!failed && dates->has_until) failed = first_from(g, dates->until, &end, f);
    *low = first > g->first_dated ? first : g->first_dated;
    *high = end > *low ? end : *low;
    return failed;
}

/* Have the head of a list fetched: it is read when all terms were looked up. */
static inline void ask_for_head(const posting_files *files, const term_entry *place) {
    if (!place->inlined && place->list_offset < files->postings->end) __builtin_prefetch(files->postings->data + place->list_offset);
}

/* --- before a segment is searched ------------------------------------------------------------------------------- */

static int source_can_match(const plan *p, const span_source *source, uint32_t number);

static int side_can_match(const plan *p, span_source **sides, uint32_t count, uint32_t number) {
    for (uint32_t i = 0; i < count; i++)
        if (source_can_match(p, sides[i], number)) return 1;
    return 0;
}

static int source_can_match(const plan *p, const span_source *source, uint32_t number) {
    if (source->is_pair)
        return side_can_match(p, source->left, source->left_count, number) &&
               side_can_match(p, source->right, source->right_count, number);
    for (uint32_t i = 0; i < source->term_count; i++)
        if (!p->terms[source->terms[i]]->places[number].doc_freq) return 0;
    return 1;
}

/* Whether a segment has the terms without which nothing in it matches. */
static int can_match(const plan *p, uint32_t number) {
    switch (p->kind) {
    case TERM: return p->terms[0]->places[number].doc_freq > 0;
    case SPANS: return source_can_match(p, p->spans->source, number);
    case ALL:
        for (uint32_t i = 0; i < p->part_count; i++)
            if (!can_match(p->parts[i], number)) return 0;
        return 1;
    case ANY_OF:
    case BEST_OF:
        for (uint32_t i = 0; i < p->part_count; i++)
            if (can_match(p->parts[i], number)) return 1;
        return 0;
    default: return 1;
    }
}

static uint32_t depth_of_source(const span_source *source) {
    uint32_t depth = 0;
    if (!source->is_pair) return 4;
    for (uint32_t i = 0; i < source->left_count + source->right_count; i++) {
        const span_source *side = i < source->left_count ? source->left[i] : source->right[i - source->left_count];
        const uint32_t own = depth_of_source(side);
        if (own > depth) depth = own;
    }
    return depth + 4;
}

/* How many workspaces the clauses of a plan take, one inside the other. */
static uint32_t depth_of(const plan *p) {
    uint32_t depth = p->kind == SPANS ? depth_of_source(p->spans->source) : 0;
    for (uint32_t i = 0; i < p->part_count; i++) {
        const uint32_t own = depth_of(p->parts[i]);
        if (own > depth) depth = own;
    }
    /* A composed part of a composed clause takes two. */
    return depth + 2;
}

/* --- clauses of a segment --------------------------------------------------------------------------------------- */

/* What makes them. */
typedef struct {
    search *search;
    const segment *segment;
    uint32_t number; /* which of the segments it is */
    arena *memory;
} maker;

static clause *no_memory(maker *m) {
    fail(&m->search->fault, FAULT_MEMORY, "no memory");
    return NULL;
}

static clause *new_clause(maker *m, clause_kind kind, uint32_t part_room) {
    clause *c = (clause *)arena_zeros(m->memory, sizeof *c);
    if (!c) return no_memory(m);
    c->kind = kind;
    if (!part_room) return c;
    c->parts = (clause **)arena_take(m->memory, part_room * sizeof *c->parts);
    return c->parts ? c : no_memory(m);
}

static int open_term(maker *m, const planned_term *term, posting_cursor **cursor) {
    const term_entry *place = &term->places[m->number];
    *cursor = NULL;
    if (!place->doc_freq) return 0;
    *cursor = (posting_cursor *)arena_take(m->memory, sizeof **cursor);
    if (!*cursor) return fail(&m->search->fault, FAULT_MEMORY, "no memory");
    return cursor_open(*cursor, &m->segment->lists, place, &m->search->fault);
}

static clause *term_clause(maker *m, posting_cursor *cursor, double idf) {
    const ranking *r = m->search->ranking;
    clause *c = new_clause(m, TERM, 0);
    if (!c || !cursor) return c;
    c->idf = idf;
    c->cursor = cursor;
    c->cost = cursor->entry.doc_freq;
    if (!(idf > 0)) return c;
    const double most = bound_of(m->search, idf, tf_of(r, cursor->max_weight, cursor->min_norm));
    c->most = idf * (r->k1 + 1);
    if (most < c->most) c->most = most;
    return c;
}

/* What is done first has the least: cheap and rare before dear and frequent, what is left out at the end. */
static uint64_t rank_of(const clause *c) {
    const uint64_t dear = c->kind == EXCEPT ? 2 : c->kind == SPANS;
    return dear << 32 | c->cost;
}

/* Add a part to a composed clause that has room for it: to all-of in order of cost. */
static void add_part(const search *s, clause *c, clause *part) {
    uint32_t i = c->part_count++;
    for (; c->kind == ALL && i && rank_of(c->parts[i - 1]) > rank_of(part); i--) c->parts[i] = c->parts[i - 1];
    c->parts[i] = part;
    if (c->kind == ALL) {
        if (part->cost < c->cost || c->part_count == 1) c->cost = part->cost;
        c->most += part->most;
    } else if (c->kind == ANY_OF || c->kind == BEST_OF) {
        c->cost = part->cost < s->doc_count - c->cost ? c->cost + part->cost : s->doc_count;
        if (c->kind == ANY_OF) c->most += part->most;
        else if (part->most > c->most) c->most = part->most;
    }
}

static clause *guard_clause(maker *m, const spans *sp, const span_source *source);

/* What matches every article with enough of the terms of one of these. */
static clause *side_guard(maker *m, const spans *sp, span_source **sides, uint32_t count) {
    if (count == 1) return guard_clause(m, sp, sides[0]);
    clause *any = new_clause(m, ANY_OF, count);
    for (uint32_t i = 0; any && i < count; i++) {
        clause *part = guard_clause(m, sp, sides[i]);
        if (!part) return NULL;
        add_part(m->search, any, part);
    }
    return any;
}

/* Whether a word of a sequence is also one of those before it. */
static int comes_before(const span_source *source, uint32_t word) {
    for (uint32_t i = 0; i < word; i++)
        if (source->terms[i] == source->terms[word]) return 1;
    return 0;
}

/* What matches every article with enough of the terms of a source. */
static clause *guard_clause(maker *m, const spans *sp, const span_source *source) {
    const uint32_t count = source->is_pair ? 2 : source->term_count;
    if (count == 1) return term_clause(m, sp->cursors[source->terms[0]], 0);
    clause *all = new_clause(m, ALL, count);
    for (uint32_t i = 0; all && i < count; i++) {
        clause *part;
        if (!source->is_pair && comes_before(source, i)) continue;
        if (!source->is_pair) part = term_clause(m, sp->cursors[source->terms[i]], 0);
        else if (i) part = side_guard(m, sp, source->right, source->right_count);
        else part = side_guard(m, sp, source->left, source->left_count);
        if (!part) return NULL;
        add_part(m->search, all, part);
    }
    return all;
}

static clause *spans_clause(maker *m, const plan *p) {
    clause *c = new_clause(m, SPANS, 0);
    spans *sp = c ? (spans *)arena_take(m->memory, sizeof *sp) : NULL;
    if (!sp) return no_memory(m);
    *sp = *p->spans;
    sp->cursors = (posting_cursor **)arena_take(m->memory, p->term_count * sizeof *sp->cursors);
    sp->order = (uint32_t *)arena_take(m->memory, p->term_count * sizeof *sp->order);
    if (!sp->cursors || !sp->order) return no_memory(m);
    for (uint32_t i = 0; i < p->term_count; i++) {
        uint32_t at = i;
        if (open_term(m, p->terms[i], &sp->cursors[i])) return NULL;
        const uint32_t cost = p->terms[i]->places[m->number].doc_freq;
        for (; at && p->terms[sp->order[at - 1]]->places[m->number].doc_freq > cost; at--)
            sp->order[at] = sp->order[at - 1];
        sp->order[at] = i;
    }
    sp->guard = guard_clause(m, sp, sp->source);
    if (!sp->guard) return NULL;
    if (sp->in_texts) {
        sp->regions_file = m->segment->regions;
        sp->titles_at = m->segment->titles_at;
        sp->summaries_at = m->segment->summaries_at;
        if (!sp->regions_file) {
            fail(&m->search->fault, FAULT_DAMAGE, "the segment does not say where titles end");
            return NULL;
        }
    }
    c->spans = sp;
    c->idf = p->idf;
    c->cost = sp->guard->cost;
    c->most = bound_of(m->search, c->idf, m->search->ranking->k1 + 1);
    return c;
}

/* The clause of a plan in the maker's segment; NULL where that failed, and the search's fault says how. */
static clause *make_clause(maker *m, const plan *p) {
    posting_cursor *cursor;
    if (p->kind == TERM) return open_term(m, p->terms[0], &cursor) ? NULL : term_clause(m, cursor, p->idf);
    if (p->kind == SPANS) return spans_clause(m, p);
    clause *c = new_clause(m, p->kind, p->part_count);
    if (!c) return NULL;
    if (p->kind == RANGE) {
        if (docnums_within(m->segment, p, &c->low, &c->high, &m->search->fault)) return NULL;
        c->cost = c->high - c->low;
        return c;
    }
    if (p->kind == ALL || p->kind == EXCEPT) c->cost = m->segment->doc_count;
    for (uint32_t i = 0; i < p->part_count; i++) {
        clause *part = make_clause(m, p->parts[i]);
        if (!part) return NULL;
        add_part(m->search, c, part);
    }
    return c;
}

#endif
