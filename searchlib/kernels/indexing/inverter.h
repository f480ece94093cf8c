/* The inverter: posting lists in memory, of the segment that is being made.
 *
 * Articles come one at a time and are numbered 0, 1, 2, ... as they arrive. While an article is under way its tokens
 * are kept by term (text_inversion.h). When it is finished, each of its terms gets one posting, at the end of the
 * term's stream (article_postings.h). Nothing of an unfinished article is in a stream; so it can be dropped at any
 * point. Lists come out in the order of a segment by flush.h. This file has what they all share: the state.
 *
 *     stream   posting*                  in the posting arena (posting_arena.h)
 *     posting  head weight? length? value variants?
 *     head     varint                    step << 4 | varied << 3 | weighted << 2 | length of the value, 1 to 3; 0:
 *                                        `length` follows
 *     step     docnum - docnum of the posting before; the first is its docnum
 *     weight   u8, 1 to 254              or 255 and f32; only if weighted: else it is the number of varints in value
 *     length   varint
 *     value    positions as PackedPositions has them (codec/positions.py), or bytes that the caller gave
 *     variants varint*                   only if varied: at each position the variant of the term, in the order in which
 *                                        the inverter met them; else all are number 0
 */
#ifndef SEARCHLIB_INVERTER_H
#define SEARCHLIB_INVERTER_H

#include "bytes/byte_buffer.h"
#include "indexing/posting_arena.h"
#include "indexing/token_cache.h"

enum {
    MAX_FIELD = 0xffff,
    MAX_VALUE = 1 << 30,
    MAX_HEAD = 5 + 5 + 5, /* of a posting, without its value */
};

/* What the article under way has of one term. */
typedef struct {
    double weight;
    uint32_t term, field;
    uint32_t n;           /* occurrences; 0: a value was given */
    uint32_t first, last; /* occurrences; or the offset of the value in `values`, and its length */
    uint32_t encoded;     /* length of the posting, once it is */
} article_term;

typedef struct {
    uint32_t position;
    uint32_t next; /* occurrence of the same term */
    uint32_t variant;
} occurrence;

/* A short cut from a token cache's number of a variant: the term and the number of the variant in the inverter, and a
 * guess at the term's slot in the article under way. */
typedef struct {
    uint32_t term; /* of the inverter, + 1; 0: not known */
    uint32_t slot;
    uint32_t variant;
} term_hint;

/* The variants of a term: a chain through `variants` of the inverter, from the last one that came to the first. */
typedef struct {
    uint32_t count, last;
} term_variants;

/* The term that stands where sentences begin, and its variants: numbers that hold once the term is known. */
typedef struct {
    int is_known;
    uint32_t field, term, sentence, paragraph;
} sentence_mark;

/* A variant: its number among those of its term, and the one that came before it. */
typedef struct {
    uint32_t number, before;
} variant_link;

/* Texts of one field that come through one token cache. */
typedef struct {
    token_cache *of;
    uint32_t field, generation, capacity;
    term_hint *hints;
    uint64_t tokens;
} text_channel;

typedef struct {
    uint32_t *lengths; /* of each article, where the field is scorable */
    uint32_t capacity;
    int scorable;
    uint64_t length; /* of the article under way */
} field_state;

typedef struct {
    term_table terms;
    posting_stream *streams; /* by term */
    term_variants *of_terms; /* by term */
    uint32_t n_streams, stream_capacity, of_terms_capacity;
    /* All variants, (number of the term, printed word and a byte for its positions), and what is known of each. */
    term_table variants;
    variant_link *links;
    uint32_t n_links, link_capacity;
    sentence_mark marks; /* what marks where sentences begin */
    int has_dropped;     /* whether an article was dropped: some variants may be of no article */
    posting_arena arena;
    uint32_t n_articles;
    uint64_t n_postings;
    /* The article under way. */
    article_term *slots;
    occurrence *occurrences;
    uint32_t n_slots, slot_capacity, n_occurrences, occurrence_capacity;
    byte_buffer values, encoded;
    field_state *fields;
    uint32_t n_fields;
    text_channel *channels;
    uint32_t n_channels;
} inverter;

/* Zeroed before. */
static inline void inverter_init(inverter *v, const uint8_t seed[16]) {
    memcpy(v->terms.seed, seed, sizeof v->terms.seed);
    memcpy(v->variants.seed, seed, sizeof v->variants.seed);
}

static inline uint32_t inverter_article_count(const inverter *v) { return v->n_articles; }

static inline uint64_t inverter_posting_count(const inverter *v) { return v->n_postings; }

static inline uint32_t inverter_field_count(const inverter *v) { return v->n_fields; }

static inline size_t inverter_memory(const inverter *v) {
    size_t bytes = term_table_memory(&v->terms) + term_table_memory(&v->variants) + posting_arena_memory(&v->arena);
    bytes += v->of_terms_capacity * sizeof *v->of_terms + v->link_capacity * sizeof *v->links;
    bytes += v->values.capacity + v->encoded.capacity;
    bytes += v->stream_capacity * sizeof *v->streams + v->slot_capacity * sizeof *v->slots;
    bytes += v->occurrence_capacity * sizeof *v->occurrences + v->n_fields * sizeof *v->fields;
    bytes += v->n_channels * sizeof *v->channels;
    for (uint32_t i = 0; i < v->n_fields; i++) bytes += v->fields[i].capacity * sizeof(uint32_t);
    for (uint32_t i = 0; i < v->n_channels; i++) bytes += v->channels[i].capacity * sizeof(term_hint);
    return bytes;
}

static inline void inverter_free(inverter *v) {
    posting_arena_free(&v->arena);
    for (uint32_t i = 0; i < v->n_fields; i++) free(v->fields[i].lengths);
    for (uint32_t i = 0; i < v->n_channels; i++) free(v->channels[i].hints);
    free(v->fields);
    free(v->channels);
    free(v->streams);
    free(v->of_terms);
    free(v->links);
    free(v->slots);
    free(v->occurrences);
    buffer_free(&v->values);
    buffer_free(&v->encoded);
    term_table_free(&v->terms);
    term_table_free(&v->variants);
    memset(v, 0, sizeof *v);
}

/* Double the capacity of an array; `array` is where the pointer to it is. */
static inline int grow_array(void *array, uint32_t *capacity, uint32_t first, size_t size) {
    uint32_t more = *capacity ? *capacity * 2 : first;
    if (more <= *capacity) return FAULT_MEMORY;
    void *items;
    memcpy(&items, array, sizeof items);
    items = realloc(items, more * size);
    if (!items) return FAULT_MEMORY;
    memcpy(array, &items, sizeof items);
    *capacity = more;
    return 0;
}

/* Make sure that a field has its state. 0, or a fault. */
static inline int need_field(inverter *v, uint32_t field) {
    if (field < v->n_fields) return 0;
    if (field > MAX_FIELD) return FAULT_ORDER;
    field_state *fields = (field_state *)realloc(v->fields, (field + 1) * sizeof *fields);
    if (!fields) return FAULT_MEMORY;
    memset(fields + v->n_fields, 0, (field + 1 - v->n_fields) * sizeof *fields);
    v->fields = fields;
    v->n_fields = field + 1;
    return 0;
}

/* Find the slot of a term in the article under way, and make one without occurrences if there is none. 0, or a
 * fault. */
static inline int need_slot(inverter *v, uint32_t term, uint32_t field, uint32_t *slot) {
    while (v->n_streams < v->terms.n) {
        if (v->n_streams == v->stream_capacity &&
            grow_array(&v->streams, &v->stream_capacity, 64, sizeof *v->streams))
            return FAULT_MEMORY;
        if (v->n_streams == v->of_terms_capacity &&
            grow_array(&v->of_terms, &v->of_terms_capacity, 64, sizeof *v->of_terms))
            return FAULT_MEMORY;
        memset(&v->of_terms[v->n_streams], 0, sizeof *v->of_terms);
        memset(&v->streams[v->n_streams++], 0, sizeof *v->streams);
    }
    posting_stream *stream = &v->streams[term];
    *slot = stream->slot;
    if (*slot < v->n_slots && v->slots[*slot].term == term) return 0;
    if (v->n_slots == v->slot_capacity && grow_array(&v->slots, &v->slot_capacity, 64, sizeof *v->slots))
        return FAULT_MEMORY;
    *slot = stream->slot = v->n_slots++;
    v->slots[*slot] = (article_term){0, term, field, 0, 0, 0, 0};
    return 0;
}

/* The number of a variant among those of its term, which has a slot; a new one gets the next. `name` is the printed word
 * and a byte for its positions. 0, or a fault. */
static inline int need_variant(inverter *v, uint32_t term, const uint8_t *name, size_t length, uint32_t *number) {
    uint32_t own;
    int failed = term_number(&v->variants, term, name, length, &own);
    if (failed) return failed;
    if (own == v->n_links) {
        if (own == v->link_capacity && grow_array(&v->links, &v->link_capacity, 64, sizeof *v->links)) return FAULT_MEMORY;
        term_variants *of = &v->of_terms[term];
        v->links[v->n_links++] = (variant_link){of->count++, of->last};
        of->last = own;
    }
    *number = v->links[own].number;
    return 0;
}

/* Keep the lengths of a field. 0, or a fault. */
static inline int make_scorable(inverter *v, uint32_t field) {
    int failed = need_field(v, field);
    if (!failed) v->fields[field].scorable = 1;
    return failed;
}

/* The length of a field in each finished article; NULL if the field is not scorable, or no article is finished. */
static inline const uint32_t *inverter_lengths(const inverter *v, uint32_t field) {
    return field < v->n_fields ? v->fields[field].lengths : NULL;
}

#endif
