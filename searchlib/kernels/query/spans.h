/* Phrases and pairs of words as clauses: which articles have them, and how often.
 *
 * Cursors over all terms go from article to article together, the rarest first. Where an article has all words of a
 * phrase, the positions of the one that stands in it least often are the places where the phrase may begin, and each
 * other word leaves of these those where it stands too.
 */
#ifndef SEARCHLIB_SPANS_H
#define SEARCHLIB_SPANS_H

#include "query/sequences.h"
#include "query/windows.h"

struct spans {
    /* What all segments share, one after the other: */
    span_source *source;      /* its terms are numbers of cursors */
    uint32_t cursor_count;
    position_list *positions; /* of each term in the article that is looked at; at least two lists */
    uint32_t *near;           /* and where in its block the article before was */
    int region;               /* the only text in which it counts; -1 for any */
    int in_texts;             /* whether the field is title, summary and body; else it is one text */
    /* Of the segment: */
    posting_cursor **cursors; /* one for each distinct term; NULL where the segment does not have it */
    uint32_t *order;       /* the cursors, the rarest first */
    clause *guard;         /* matches every article that has enough of the terms; it moves the same cursors */
    /* Positions that title and summary take, of each article (u32); NULL in fields that are one text. */
    const paged_file *regions_file;
    uint64_t titles_at, summaries_at;
};

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

/* Load the block in which a cursor has a docnum, and find it: 1 with its posting in *near, 0 where it has it not. `near`
 * is where the docnum was that was asked for before, which is mostly a few before this one. */
static inline int locate(posting_cursor *cursor, uint32_t docnum, uint32_t *near, fault *f) {
    uint32_t i = *near, n = cursor->n;
    if (cursor->block == NO_BLOCK || i >= n || cursor->docnums[i] > docnum || cursor->docnums[n - 1] < docnum) {
        int reached = reach(cursor, docnum, f);
        if (reached <= 0) return reached;
        i = find_posting(cursor, docnum);
    } else {
        for (int step = 0; step < 8 && cursor->docnums[i] < docnum; step++) i++;
        if (cursor->docnums[i] < docnum) i = find_posting(cursor, docnum);
    }
    *near = i;
    return i < cursor->n && cursor->docnums[i] == docnum;
}

/* Set the cursors on an article: 1, or 0 where it has not all terms and needs them, or its spans bring too little. Terms
 * that it has not get `near` NO_BLOCK. */
static int settle_article(search *s, clause *c, uint32_t docnum, double needed) {
    spans *sp = c->spans;
    const span_source *source = sp->source;
    const int all = needs_all(source);
    double least = INFINITY;
    for (uint32_t k = 0; k < sp->cursor_count; k++) {
        const uint32_t i = sp->order[k];
        posting_cursor *cursor = sp->cursors[i];
        int found = cursor && cursor->flags & LIST_VALUES ? locate(cursor, docnum, &sp->near[i], &s->fault) : 0;
        if (found < 0 || (!found && all)) return found;
        if (!found) sp->near[i] = NO_BLOCK;
        if (needed < 0 || source->is_pair || (source->slop && i != source->terms[0])) continue;
        double own = cursor_weight(cursor, sp->near[i]);
        if (own < least) least = own;
    }
    if (needed < 0 || least == INFINITY) return 1;
    /* Each span takes an occurrence of every word, with gaps at least one of the first: it weighs no more. */
    const uint8_t norm = s->norms ? s->norms[docnum] : 0;
    return bound_of(s, c->idf, tf_of(s->ranking, least, norm)) > needed;
}

/* Keep the one place where a phrase may begin if its next word is there: *n becomes 1 or 0. 1, or a fault. */
static int meet_once(search *s, const spans *sp, uint32_t word, uint32_t begin, uint32_t *n) {
    const uint32_t term = sp->source->terms[word];
    int found = cursor_has_position(sp->cursors[term], sp->near[term], begin + word, &s->fault);
    *n = found > 0;
    return found < 0 ? found : 1;
}

/* Keep of the *n places where a phrase may begin those where its next word is, or the first that is one: ascending in
 * `kept`, which has room for one more. 1, or 2 where the article is too long for marks, or a fault. */
static int meet_word(search *s, spans *sp, uint32_t word, const uint32_t *begins, uint32_t *n, uint32_t *kept,
                     int only_first) {
    const uint32_t term = sp->source->terms[word], i = sp->near[term];
    posting_cursor *cursor = sp->cursors[term];
    values_block *v = &cursor->values;
    uint64_t *marks = sp->source->marks, position = v->firsts[i];
    const uint32_t end = v->ends[i];
    uint32_t met = 0, next = values_begin(v, i);
    int sensible = 1;
    for (uint32_t k = 0; k < *n; k++) marks[begins[k] >> 6] |= (uint64_t)1 << (begins[k] & 63);
    /* Beyond the marks no two positions may come to one place: there would be more to keep than was marked. */
    while (position < MARKED_POSITIONS) {
        /* Positions before `word` come to places that are never marked. Nothing jumps on what the positions are. */
        const uint32_t begin = ((uint32_t)position - word) & (MARKED_POSITIONS - 1);
        uint32_t step;
        kept[met] = begin;
        met += marks[begin >> 6] >> (begin & 63) & 1;
        if (next == end || (only_first && met) || !(sensible = values_step(v, next++, cursor->n, &step))) break;
        position += (uint64_t)step + 1;
    }
    for (uint32_t k = 0; k < *n; k++) marks[begins[k] >> 6] = 0;
    *n = met;
    if (!sensible) return bad_positions(cursor, &s->fault);
    return position < MARKED_POSITIONS ? 1 : 2;
}

/* Which word of a phrase stands in the article least often, and whether it does only once; NO_BLOCK where the values of
 * some are not steps. */
static uint32_t rarest_word(const spans *sp, int *once) {
    uint32_t rarest = NO_BLOCK, least = UINT32_MAX;
    for (uint32_t word = 0; word < sp->source->term_count; word++) {
        const uint32_t term = sp->source->terms[word], i = sp->near[term];
        const values_block *v = &sp->cursors[term]->values;
        if (v->form != VALUES_STEPS) return NO_BLOCK;
        const uint32_t steps = v->ends[i] - values_begin(v, i);
        if (steps >= least) continue;
        least = steps;
        rarest = word;
    }
    *once = !least;
    return rarest;
}

/* The places where a phrase may begin, from where its rarest word stands: *n of them in the first list; the second has
 * room for one more. 1, or 2 where the article is too long for marks, or a fault. */
static int first_begins(search *s, const spans *sp, uint32_t rarest, int once, position_list *list,
                        position_list *spare, uint32_t *n) {
    posting_cursor *cursor = sp->cursors[sp->source->terms[rarest]];
    const uint32_t i = sp->near[sp->source->terms[rarest]];
    if (once) {
        if (positions_reserve(list, 1)) return fail(&s->fault, FAULT_MEMORY, "no memory");
        list->at[0] = cursor->values.firsts[i];
        list->count = 1;
    } else {
        const int failed = cursor_positions(cursor, i, list, &s->fault);
        if (failed) return failed;
        if (positions_reserve(spare, list->count + 1)) return fail(&s->fault, FAULT_MEMORY, "no memory");
    }
    *n = 0;
    if (list->at[list->count - 1] >= MARKED_POSITIONS - sp->source->term_count) return 2;
    for (uint32_t k = 0; k < list->count; k++) {
        const uint32_t position = list->at[k];
        list->at[*n] = position - rarest;
        *n += position >= rarest;
    }
    return 1;
}

/* Where a phrase begins: *n places in *begins, or one of them. 1, or 2 where it has to be looked for in another way, or a
 * fault. The cursors are settled, and their values open. */
static int find_begins(search *s, spans *sp, int only_first, uint32_t **begins, uint32_t *n) {
    const uint32_t term_count = sp->source->term_count;
    int once = 0;
    const uint32_t rarest = rarest_word(sp, &once);
    if (rarest == NO_BLOCK) return 2;
    const uint32_t term = sp->source->terms[rarest], last = term_count - 1 - (rarest == term_count - 1);
    position_list *list = &sp->positions[term], *spare = &sp->positions[!term];
    int found = first_begins(s, sp, rarest, once, list, spare, n);
    uint32_t *now = list->at, *next = spare->at;
    for (uint32_t word = 0; word < term_count && *n && found == 1; word++) {
        if (word == rarest) continue;
        if (once) {
            found = meet_once(s, sp, word, *now, n);
            continue;
        }
        found = meet_word(s, sp, word, now, n, next, only_first && word == last);
        uint32_t *swap = now;
        now = next;
        next = swap;
    }
    *begins = now;
    return found;
}

/* Have the spans of an article found, in `found` of the source, or only that there are some; the cursors are settled. */
static int find_in_article(search *s, spans *sp, uint32_t docnum, int only_whether) {
    span_source *source = sp->source;
    uint32_t *begins, n = 0;
    int failed = 0, found = 2;
    source->found.count = 0;
    for (uint32_t i = 0; i < sp->cursor_count && !failed; i++)
        if (sp->near[i] != NO_BLOCK) failed = cursor_values(sp->cursors[i], &s->fault);
    if (failed) return failed;
    /* Between two texts one position is empty: what stands side by side is within one. */
    only_whether = only_whether && sp->region < 0;
    if (!source->is_pair && !source->slop && sp->cursor_count > 1 && source->term_count < MARKED_POSITIONS)
        found = find_begins(s, sp, only_whether, &begins, &n);
    if (found < 0 || (found == 1 && !n)) return found < 0 ? found : 0;
    if (found == 1 && only_whether) {
        source->found.count = n;
        return 0;
    }
    const texts t = texts_of(sp, docnum);
    if (found == 1) {
        if (span_reserve(&source->found, n + 1)) return fail(&s->fault, FAULT_MEMORY, "no memory");
        for (uint32_t i = 0; i < n; i++) {
            const uint32_t last = begins[i] + source->term_count - 1;
            source->found.at[source->found.count] = (span){begins[i], last};
            source->found.count += text_at(&t, begins[i]) == text_at(&t, last);
        }
        return 0;
    }
    for (uint32_t i = 0; i < sp->cursor_count && !failed; i++) {
        sp->positions[i].count = 0;
        if (sp->near[i] != NO_BLOCK) failed = cursor_positions(sp->cursors[i], sp->near[i], &sp->positions[i], &s->fault);
    }
    if (!failed && find_spans(source, sp->positions, &t)) return fail(&s->fault, FAULT_MEMORY, "no memory");
    return failed;
}

/* The weight of the spans in an article; 0 where there are none, or they bring too little. Where it does not rank, any
 * other weight is as good. */
static int weigh_article(search *s, clause *c, uint32_t docnum, int ranks, double needed, double *weight) {
    *weight = 0;
    int settled = settle_article(s, c, docnum, needed);
    if (settled <= 0) return settled;
    int failed = find_in_article(s, c->spans, docnum, !ranks);
    if (failed || !c->spans->source->found.count) return failed;
    if (!ranks && c->spans->region < 0) {
        *weight = 1;
        return 0;
    }
    const texts t = texts_of(c->spans, docnum);
    *weight = weight_in_texts(s, c->spans, &t);
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
        double weight;
        if (!hits[i]) continue;
        failed = weigh_article(s, c, docnums[i], ranks, ranks && needed >= 0 ? needed - scores[i] : -1, &weight);
        hits[i] = !failed && weight > 0;
        if (ranks && hits[i])
            scores[i] += rounded(s->rounding, c->idf * tf_of(s->ranking, weight, s->norms ? s->norms[docnums[i]] : 0));
    }
    return failed;
}

static int ask_spans(search *s, clause *c, const uint32_t *docnums, uint32_t n, uint8_t *hits, double *scores,
                     double needed) {
    int failed = 0;
    /* What needs all terms is found by the rarest of them as quickly as by the guard. */
    if (!needs_all(c->spans->source)) failed = ask(s, c->spans->guard, docnums, n, hits, NULL, -1);
    else memset(hits, 1, n);
    return failed ? failed : weigh_hits(s, c, docnums, n, hits, scores, needed);
}

static int produce_spans(search *s, clause *c, uint32_t *docnums, double *scores, uint32_t *count, double needed) {
    clause rarest = {.kind = TERM, .cursor = c->spans->cursors[c->spans->order[0]]};
    int failed = produce(s, needs_all(c->spans->source) ? &rarest : c->spans->guard, docnums, NULL, count, -1);
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
    free(source->found.at);
    free(source->lefts.at);
    free(source->rights.at);
}

/* Free what is not the caller's memory. */
static void spans_free(spans *sp) {
    for (uint32_t i = 0; sp->positions && i < sp->cursor_count; i++) free(sp->positions[i].at);
    span_source_free(sp->source);
}

#endif
