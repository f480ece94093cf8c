/* Whole articles into an inverter: their texts and terms first gathered, then inverted with as little Python as can be.
 *
 * An article has parts, the same in each article of a batch: texts of a field, or terms. A value of a part is one text
 * or one term; a part may have several values or none. Nothing is copied: values stay the caller's.
 *
 * A batch is inverted until a text has a piece that its token cache does not know; the caller has the piece learned and
 * goes on. Unknown pieces can also be noted before, so that they are learned together.
 */
#ifndef SEARCHLIB_ARTICLE_BATCH_H
#define SEARCHLIB_ARTICLE_BATCH_H

#include "indexing/article_postings.h"
#include "indexing/piece_learning.h"
#include "indexing/text_inversion.h"

/* So many pieces are noted at a time. What is unknown beyond them is learned where the walk stops at it. */
enum { MAX_NOTED_PIECES = 4096 };

typedef struct {
    uint32_t field;
    double weight;            /* that a token, or the term, adds */
    uint64_t least_positions; /* that a text takes */
    token_cache *tokens;      /* NULL: a value is a term */
    void *owner;              /* the caller's, of `tokens` */
    sentence_layout sentences;
} article_part;

/* A value; or the end of an article, where `part` is the number of parts. Or a piece that a walk has stopped at. */
typedef struct {
    text_walk walk; /* of a term: its UTF-8 */
    uint32_t part;
} batch_value;

typedef struct {
    batch_value *at;
    uint32_t count, capacity;
} batch_values;

typedef struct {
    const article_part *parts;
    uint32_t part_count;
    batch_values values, unknown;
    uint32_t *positions; /* of each article, for each part: how many its last text takes; may be NULL */
    /* How far it is inverted: */
    uint32_t next; /* value */
    uint32_t article;
    int64_t field; /* of the text before; -1: none in this article */
    uint64_t base; /* first position of the next text of that field */
    int in_text;   /* whether `text` has begun */
    text_target text;
} article_batch;

static inline void article_part_set(article_part *part, uint32_t field, token_cache *tokens, void *owner, double weight,
                                    uint64_t least_positions) {
    *part = (article_part){field, weight, least_positions, tokens, owner, {NULL, 0}};
}

/* Keep in `field` where the sentences of the part begin. */
static inline void article_part_set_sentences(article_part *part, const sentence_rules *rules, uint32_t field) {
    part->sentences = (sentence_layout){rules, field};
}

static inline void article_batch_begin(article_batch *b, const article_part *parts, uint32_t part_count,
                                       uint32_t *positions) {
    memset(b, 0, sizeof *b);
    b->parts = parts;
    b->part_count = part_count;
    b->positions = positions;
    b->field = -1;
}

static inline void article_batch_free(article_batch *b) {
    free(b->values.at);
    free(b->unknown.at);
}

/* --- gathering -------------------------------------------------------------------------------------------------- */

static inline int batch_append(batch_values *values, const text_walk *walk, uint32_t part) {
    if (values->count == values->capacity && grow_array(&values->at, &values->capacity, 64, sizeof *values->at))
        return FAULT_MEMORY;
    values->at[values->count++] = (batch_value){*walk, part};
    return 0;
}

/* Whether values of a part are terms, in UTF-8, and not texts. */
static inline int article_batch_takes_terms(const article_batch *b, uint32_t part) { return !b->parts[part].tokens; }

/* Add a text of `length` characters of `width` bytes; or a term of `length` bytes. 0, or a fault. */
static inline int article_batch_add(article_batch *b, uint32_t part, const void *data, size_t length, int width) {
    return batch_append(&b->values, &(text_walk){.data = data, .length = length, .width = width}, part);
}

static inline int article_batch_end_article(article_batch *b) {
    return batch_append(&b->values, &(text_walk){0}, b->part_count);
}

/* --- unknown pieces, before any text is inverted ---------------------------------------------------------------- */

static inline int note_unknown_of(article_batch *b, const batch_value *value) {
    token_cache *tokens = b->parts[value->part].tokens;
    text_walk walk = value->walk;
    if (token_cache_begin(tokens)) return FAULT_MEMORY;
    while (b->unknown.count < MAX_NOTED_PIECES && find_unknown(tokens, &walk) == WALK_STOPPED) {
        if (walk.piece_length <= MAX_PIECE && batch_append(&b->unknown, &walk, value->part)) return FAULT_MEMORY;
        walk.at += walk.piece_length;
    }
    return 0;
}

/* Note the first unknown pieces that a cache can keep: as many as `article_batch_unknown` then has. 0, or a fault. */
static inline int article_batch_note_unknown(article_batch *b) {
    int failed = 0;
    for (uint32_t i = 0; i < b->values.count && b->unknown.count < MAX_NOTED_PIECES && !failed; i++) {
        const uint32_t part = b->values.at[i].part;
        if (part < b->part_count && b->parts[part].tokens) failed = note_unknown_of(b, &b->values.at[i]);
    }
    return failed;
}

/* The next noted piece of a cache that is not full, which forgets all before the next text: a walk that stands at the
 * piece and the owner of the cache; NULL if there is none left. *i is where to begin, 0 at first. */
static inline text_walk *article_batch_unknown(article_batch *b, uint32_t *i, void **owner) {
    for (; *i < b->unknown.count; ++*i) {
        batch_value *noted = &b->unknown.at[*i];
        if (b->parts[noted->part].tokens->full) continue;
        ++*i;
        *owner = b->parts[noted->part].owner;
        return &noted->walk;
    }
    return NULL;
}

/* --- inverting -------------------------------------------------------------------------------------------------- */

/* Begin the next value, if it is a text; else add the whole of it. 0, or a fault. */
static inline int batch_begin_value(article_batch *b, inverter *v) {
    const batch_value *value = &b->values.at[b->next];
    if (value->part == b->part_count) {
        b->next++;
        b->article++;
        b->field = -1;
        return finish_article(v);
    }
    const article_part *part = &b->parts[value->part];
    if (!part->tokens) {
        b->next++;
        const uint8_t *term = (const uint8_t *)value->walk.data;
        return add_posting(v, part->field, term, value->walk.length, part->weight, NULL, 0, 0);
    }
    if (b->field != part->field) {
        b->field = part->field;
        b->base = 0;
    }
    b->in_text = 1;
    if (!value->walk.length) return 0;
    return begin_text(v, part->field, part->tokens, b->base, part->weight, part->sentences, &value->walk, &b->text);
}

static inline void batch_end_text(article_batch *b) {
    const batch_value *value = &b->values.at[b->next++];
    const uint64_t taken = value->walk.end_position, least = b->parts[value->part].least_positions;
    if (value->walk.length) end_text(&b->text, &value->walk);
    if (b->positions) b->positions[(size_t)b->article * b->part_count + value->part] = (uint32_t)taken;
    b->base += (taken > least ? taken : least) + 1;
    b->in_text = 0;
}

/* Invert on. WALK_DONE; WALK_STOPPED at an unknown piece; or a fault, and then the article under way is to be
 * dropped. */
static inline int article_batch_invert(article_batch *b, inverter *v) {
    while (b->next < b->values.count) {
        if (!b->in_text) {
            const int failed = batch_begin_value(b, v);
            if (failed) return failed;
            if (!b->in_text) continue;
        }
        text_walk *walk = &b->values.at[b->next].walk;
        const int status = walk->length ? invert_text(&b->text, walk) : WALK_DONE;
        if (status != WALK_DONE) return status;
        batch_end_text(b);
    }
    return WALK_DONE;
}

/* After WALK_STOPPED: the walk, which stands at the unknown piece, and the owner of its token cache. */
static inline text_walk *article_batch_stopped(article_batch *b, void **owner) {
    batch_value *value = &b->values.at[b->next];
    *owner = b->parts[value->part].owner;
    return &value->walk;
}

/* After the piece was learned: `learned` is PIECE_KEPT or PIECE_FOUND. 0, or a fault. */
static inline int article_batch_go_on(article_batch *b, int learned) {
    return learned == PIECE_FOUND ? invert_found(&b->text, &b->values.at[b->next].walk) : 0;
}

/* --- one text --------------------------------------------------------------------------------------------------- */

/* Make the batch one text of its only part, whose first position is `base`; no article ends. 0, or a fault. */
static inline int article_batch_of_text(article_batch *b, const article_part *part, const void *data, size_t length,
                                        int width, uint64_t base) {
    article_batch_begin(b, part, 1, NULL);
    b->field = part->field;
    b->base = base;
    return article_batch_add(b, 0, data, length, width);
}

/* How many positions that text takes. */
static inline uint64_t article_batch_text_positions(const article_batch *b) {
    return b->values.at[0].walk.end_position;
}

#endif
