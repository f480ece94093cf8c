/* Articles -> posting lists in memory: what one segment will be, until it is written (flush.h).
 *
 * Articles come one at a time and are numbered 0, 1, 2, ... as they arrive. While one is under way its tokens are kept
 * by term; when it is finished, every term that it has gets one posting, at the end of the term's stream. Nothing of
 * an article that is not finished is in a stream, so that it can be dropped at any point before.
 *
 *     stream   posting*                  as posting_arena.h keeps them
 *     posting  head weight? length? value
 *     head     varint                    step << 3 | weighted << 2 | value length, 1 to 3; 0: `length` is there
 *     step     docnum - docnum of the posting before; the first is its docnum
 *     weight   u8, 1 to 254              or 255 and f32; not there: as many as the value has varints
 *     length   varint
 *     value    positions as PackedPositions has them (codec/positions.py), or bytes that the caller gave
 */
#ifndef SEARCHLIB_INVERTER_H
#define SEARCHLIB_INVERTER_H

#include "bytes/varints.h"
#include "indexing/posting_arena.h"
#include "indexing/token_cache.h"

#include <math.h>

/* --- an inverter ------------------------------------------------------------------------------------------------ */

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
    uint32_t first, last; /* occurrences; or where the value begins in `values`, and its length */
    uint32_t encoded;     /* length of the posting, once it is */
} article_term;

typedef struct {
    uint32_t position;
    uint32_t next; /* occurrence of the same term */
} occurrence;

/* A short cut from a tokenizer's number of a term: a guess at where the article under way has it. */
typedef struct {
    uint32_t term; /* of the inverter, + 1; 0: not known */
    uint32_t slot;
} term_hint;

/* The texts of one field that come from one tokenizer. */
typedef struct {
    tokenizer *of;
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
    uint32_t n_streams, stream_capacity;
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

static inline size_t inverter_memory(const inverter *v) {
    size_t bytes = term_table_memory(&v->terms) + posting_arena_memory(&v->arena) + v->values.capacity + v->encoded.capacity;
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
    free(v->slots);
    free(v->occurrences);
    buffer_free(&v->values);
    buffer_free(&v->encoded);
    term_table_free(&v->terms);
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

/* Where the article under way has a term: *slot, which is new and has no occurrence if it has it not. */
static inline int need_slot(inverter *v, uint32_t term, uint32_t field, uint32_t *slot) {
    while (v->n_streams < v->terms.n) {
        if (v->n_streams == v->stream_capacity &&
            grow_array(&v->streams, &v->stream_capacity, 64, sizeof *v->streams))
            return FAULT_MEMORY;
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

/* --- texts ------------------------------------------------------------------------------------------------------ */

/* A text on its way into the article. */
typedef struct {
    inverter *into;
    tokenizer *from;
    uint32_t channel;
    uint32_t capacity; /* of the hints */
    term_hint *hints;
    uint64_t base;
    double weight;
} text_target;

/* Get ready for a text of a field, whose first position is `base`. */
static inline int begin_text(inverter *v, uint32_t field, tokenizer *from, uint64_t base, double weight,
                             text_target *target) {
    int failed = need_field(v, field);
    if (failed) return failed;
    if (token_cache_begin(from)) return FAULT_MEMORY;
    uint32_t at = 0;
    while (at < v->n_channels && (v->channels[at].field != field || v->channels[at].of != from)) at++;
    if (at == v->n_channels) {
        text_channel *channels = (text_channel *)realloc(v->channels, (at + 1) * sizeof *channels);
        if (!channels) return FAULT_MEMORY;
        channels[at] = (text_channel){from, field, from->generation, 0, NULL, 0};
        v->channels = channels;
        v->n_channels++;
    }
    text_channel *channel = &v->channels[at];
    if (channel->generation != from->generation) {
        channel->generation = from->generation;
        if (channel->hints) memset(channel->hints, 0, channel->capacity * sizeof *channel->hints);
    }
    *target = (text_target){v, from, at, channel->capacity, channel->hints, base, weight};
    return 0;
}

/* Find the slot of a term of the tokenizer the long way, and keep it as a hint. */
static __attribute__((noinline)) int find_slot(text_target *target, uint32_t term, uint32_t *slot) {
    inverter *v = target->into;
    text_channel *channel = &v->channels[target->channel];
    const term_table *names = &target->from->terms;
    /* Hints take no more memory than in proportion to the text: a tokenizer may know far more terms than it has. */
    if (term >= target->capacity && names->n <= channel->tokens + 4096) {
        uint32_t capacity = names->n + names->n / 2;
        term_hint *hints = (term_hint *)realloc(channel->hints, capacity * sizeof *hints);
        if (!hints) return FAULT_MEMORY;
        memset(hints + target->capacity, 0, (capacity - target->capacity) * sizeof *hints);
        target->hints = channel->hints = hints;
        target->capacity = channel->capacity = capacity;
    }
    term_hint *hint = term < target->capacity ? &target->hints[term] : NULL;
    uint32_t own;
    if (hint && hint->term) {
        own = hint->term - 1;
    } else {
        int failed = term_number(&v->terms, channel->field, term_bytes(names, term), names->keys[term].length, &own);
        if (failed) return failed;
    }
    if (need_slot(v, own, channel->field, slot)) return FAULT_MEMORY;
    if (hint) *hint = (term_hint){own + 1, *slot};
    return 0;
}

SEARCHLIB_INLINE void expect_occurrence(void *self, uint32_t term, int again) {
    const text_target *target = (const text_target *)self;
    if (term >= target->capacity) return;
    const term_hint *hint = &target->hints[term];
    if (!again) {
        __builtin_prefetch(hint);
        return;
    }
    /* A term that the article does not have yet is looked for in its stream. */
    const inverter *v = target->into;
    if (hint->term && (hint->slot >= v->n_slots || v->slots[hint->slot].term != hint->term - 1))
        __builtin_prefetch(&v->streams[hint->term - 1], 1);
}

SEARCHLIB_INLINE int add_occurrence(void *self, uint32_t term, uint64_t position, size_t startchar, size_t endchar) {
    (void)startchar, (void)endchar;
    text_target *target = (text_target *)self;
    inverter *v = target->into;
    uint32_t slot = NO_TERM;
    if (term < target->capacity) slot = target->hints[term].slot;
    if (slot >= v->n_slots || v->slots[slot].term != target->hints[term].term - 1) {
        int failed = find_slot(target, term, &slot);
        if (failed) return failed;
    }
    if (target->base + position > UINT32_MAX) return FAULT_ORDER;
    if (v->n_occurrences == v->occurrence_capacity &&
        grow_array(&v->occurrences, &v->occurrence_capacity, 256, sizeof *v->occurrences))
        return FAULT_MEMORY;
    uint32_t at = v->n_occurrences++;
    v->occurrences[at] = (occurrence){(uint32_t)(target->base + position), 0};
    article_term *mine = &v->slots[slot];
    if (!mine->n++) {
        mine->first = at;
    } else {
        if (v->occurrences[mine->last].position > v->occurrences[at].position) return FAULT_ORDER;
        v->occurrences[mine->last].next = at;
    }
    mine->last = at;
    mine->weight += target->weight;
    return 0;
}

/* As walk_text and walk_found, into the article. */
static inline int invert_text(text_target *target, text_walk *walk) {
    return walk_text(target->from, walk, expect_occurrence, add_occurrence, target);
}

static inline int invert_found(text_target *target, text_walk *walk) {
    return walk_found(target->from, walk, add_occurrence, target);
}

static inline void end_text(text_target *target, const text_walk *walk) {
    target->into->channels[target->channel].tokens += walk->position;
}

/* --- articles --------------------------------------------------------------------------------------------------- */

/* One posting as the caller has it. Twice the same term: weights and lengths are added, the first value stays.
 *
 * FAULT_ORDER: the term has positions from a text of this article, or a number is too large. */
static inline int add_posting(inverter *v, uint32_t field, const uint8_t *term, size_t term_length, double weight,
                              const uint8_t *value, size_t value_length, uint64_t length) {
    uint32_t own, slot;
    if (value_length > MAX_VALUE || length > UINT32_MAX) return FAULT_ORDER;
    int failed = need_field(v, field);
    if (!failed) failed = term_number(&v->terms, field, term, term_length, &own);
    if (failed) return failed;
    uint32_t known = v->n_slots;
    if (need_slot(v, own, field, &slot)) return FAULT_MEMORY;
    article_term *mine = &v->slots[slot];
    if (mine->n) return FAULT_ORDER;
    if (slot == known) {
        if (v->values.length > UINT32_MAX - value_length) return FAULT_ORDER;
        mine->first = (uint32_t)v->values.length;
        mine->last = (uint32_t)value_length;
        if (buffer_append(&v->values, value, value_length)) return FAULT_MEMORY;
    }
    mine->weight += weight;
    v->fields[field].length += length;
    return 0;
}

static inline void abort_article(inverter *v) {
    v->n_slots = v->n_occurrences = 0;
    v->values.length = 0;
    for (uint32_t i = 0; i < v->n_fields; i++) v->fields[i].length = 0;
}

/* A number below 1 << 28 as a varint: its bytes from the lowest on, and how many they are. */
SEARCHLIB_INLINE uint64_t varint_word(uint64_t number, size_t *length) {
    uint64_t bytes = (number & 0x7f) | (number << 1 & 0x7f00) | (number << 2 & 0x7f0000) | (number << 3 & 0x7f000000);
    *length = 1u + (number > 0x7f) + (number > 0x3fff) + (number > 0x1fffff);
    return bytes | (0x80808080u & (((uint64_t)1 << (8 * *length - 8)) - 1));
}

/* Put positions at `value`; their length. */
static inline size_t put_positions(const inverter *v, const article_term *mine, uint8_t *value) {
    uint8_t *end = value;
    uint32_t last = 0, at = mine->first;
    for (uint32_t i = 0; i < mine->n; i++, at = v->occurrences[at].next) {
        end += put_varint(end, v->occurrences[at].position - last);
        last = v->occurrences[at].position;
    }
    return (size_t)(end - value);
}

/* Add the posting of one term to `encoded`. */
static inline int encode_posting(inverter *v, article_term *mine) {
    size_t bound = MAX_HEAD + SHORT + (mine->n ? (size_t)mine->n * 5 : mine->last);
    if (buffer_reserve(&v->encoded, bound)) return FAULT_MEMORY;
    uint8_t *start = v->encoded.data + v->encoded.length;
    uint64_t head = (uint64_t)(v->n_articles - v->streams[mine->term].last_docnum) << 3;
    if (mine->n == 1 && mine->weight == 1 && head < 1 << 21 && v->occurrences[mine->first].position < 1 << 21) {
        /* The usual posting: a head and a position, in one number. */
        size_t n, length;
        uint64_t position = varint_word(v->occurrences[mine->first].position, &length);
        uint64_t bytes = varint_word(head | length, &n);
        bytes |= position << 8 * n;
        memcpy(start, &bytes, 8);
        mine->encoded = (uint32_t)(n + length);
        v->encoded.length += n + length;
        return 0;
    }
    /* The value first, where no head reaches. */
    uint8_t *value = start + MAX_HEAD;
    size_t length = mine->last, counted = mine->n;
    if (mine->n) {
        length = put_positions(v, mine, value);
    } else {
        if (length) memcpy(value, v->values.data + mine->first, length);
        for (size_t i = 0; i < length; i++) counted += value[i] < 0x80;
    }
    if (length > MAX_VALUE) return FAULT_ORDER;
    int weighted = mine->weight != (double)counted;
    size_t n = put_varint(start, head | (uint64_t)weighted << 2 | (length - 1 < 3 ? length : 0));
    if (weighted) {
        float weight = (float)mine->weight;
        int small = mine->weight >= 1 && mine->weight <= 254 && mine->weight == (uint8_t)mine->weight;
        start[n++] = small ? (uint8_t)mine->weight : 255;
        if (!small) {
            memcpy(start + n, &weight, 4);
            n += 4;
        }
    }
    if (length - 1 >= 3) n += put_varint(start + n, length);
    memmove(start + n, value, length);
    mine->encoded = (uint32_t)(n + length);
    v->encoded.length += n + length;
    return 0;
}

/* Make sure of all that finishing the article takes, and have its postings encoded. */
static inline int prepare_article(inverter *v) {
    if (v->n_articles >= INT32_MAX) return FAULT_ORDER;
    uint64_t need = 0;
    v->encoded.length = 0;
    for (uint32_t slot = 0; slot < v->n_slots; slot++) {
        article_term *mine = &v->slots[slot];
        int failed = encode_posting(v, mine);
        if (failed) return failed;
        const posting_stream *stream = &v->streams[mine->term];
        if (stream->doc_freq) __builtin_prefetch(slice_at(&v->arena, stream->next - 1), 1);
        need += stream_need(stream, mine->encoded);
        /* Whoosh's sum of frequencies, which are weights rounded to even. */
        if (mine->n) v->fields[mine->field].length += (uint64_t)rint(mine->weight);
    }
    for (uint32_t i = 0; i < v->n_fields; i++) {
        field_state *field = &v->fields[i];
        if (!field->scorable) continue;
        if (field->length > UINT32_MAX) return FAULT_ORDER;
        if (field->capacity == v->n_articles &&
            grow_array(&field->lengths, &field->capacity, 64, sizeof *field->lengths))
            return FAULT_MEMORY;
    }
    return posting_arena_reserve(&v->arena, need);
}

/* Close the article under way and number it. 0, or a fault, and the article is dropped. */
static inline int finish_article(inverter *v) {
    int failed = prepare_article(v);
    if (!failed) {
        const uint8_t *posting = v->encoded.data;
        for (uint32_t slot = 0; slot < v->n_slots; slot++) {
            const article_term *mine = &v->slots[slot];
            posting_stream *stream = &v->streams[mine->term];
            stream_append(&v->arena, stream, posting, mine->encoded);
            posting += mine->encoded;
            stream->doc_freq++;
            stream->last_docnum = v->n_articles;
        }
        for (uint32_t i = 0; i < v->n_fields; i++)
            if (v->fields[i].scorable) v->fields[i].lengths[v->n_articles] = (uint32_t)v->fields[i].length;
        v->n_postings += v->n_slots;
        v->n_articles++;
    }
    abort_article(v);
    return failed;
}

/* Of each finished article; NULL where the field is not scorable, or there is none. */
static inline const uint32_t *inverter_lengths(const inverter *v, uint32_t field) {
    return field < v->n_fields ? v->fields[field].lengths : NULL;
}

#endif
