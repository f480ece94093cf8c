/* Finishes articles: what an article has of each term becomes a posting at the end of the term's stream.
 *
 * The bytes of a posting are those of inverter.h. An article is finished in two steps: all that can fail comes first,
 * and then all its postings are appended. So an inverter never has a part of an article.
 */
#ifndef SEARCHLIB_ARTICLE_POSTINGS_H
#define SEARCHLIB_ARTICLE_POSTINGS_H

#include "bytes/varints.h"
#include "indexing/inverter.h"

#include <math.h>

/* Add a posting as the caller has it. If the article has the term already, weights are added and the first value stays.
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

/* Forget the article under way, which was finished or is dropped. */
static inline void clear_article(inverter *v) {
    v->n_slots = v->n_occurrences = 0;
    v->values.length = 0;
    for (uint32_t i = 0; i < v->n_fields; i++) v->fields[i].length = 0;
}

/* Drop the article under way. */
static inline void abort_article(inverter *v) {
    v->has_dropped = 1;
    clear_article(v);
}

/* A number below 1 << 28 as a varint: the bytes as a number, the first lowest, and how many they are. */
SEARCHLIB_INLINE uint64_t varint_word(uint64_t number, size_t *length) {
    uint64_t bytes = (number & 0x7f) | (number << 1 & 0x7f00) | (number << 2 & 0x7f0000) | (number << 3 & 0x7f000000);
    *length = 1u + (number > 0x7f) + (number > 0x3fff) + (number > 0x1fffff);
    return bytes | (0x80808080u & (((uint64_t)1 << (8 * *length - 8)) - 1));
}

/* Put the positions of a term at `value`; returns their length. *varied: whether a variant is not number 0. */
static inline size_t put_positions(const inverter *v, const article_term *mine, uint8_t *value, int *varied) {
    uint8_t *end = value;
    uint32_t last = 0, at = mine->first, all = 0;
    for (uint32_t i = 0; i < mine->n; i++, at = v->occurrences[at].next) {
        end += put_varint(end, v->occurrences[at].position - last);
        last = v->occurrences[at].position;
        all |= v->occurrences[at].variant;
    }
    *varied = all != 0;
    return (size_t)(end - value);
}

/* Put the variants of a term at `value`; returns their length. */
static inline size_t put_variants_of(const inverter *v, const article_term *mine, uint8_t *value) {
    uint8_t *end = value;
    uint32_t at = mine->first;
    for (uint32_t i = 0; i < mine->n; i++, at = v->occurrences[at].next)
        end += put_varint(end, v->occurrences[at].variant);
    return (size_t)(end - value);
}

/* Whether position and variant take four bytes at most. */
static inline int is_small(const occurrence *one) { return one->position < 1 << 21 && one->variant < 0x80; }

/* Add the posting of one term to `encoded`. */
static inline int encode_posting(inverter *v, article_term *mine) {
    size_t bound = MAX_HEAD + SHORT + (mine->n ? (size_t)mine->n * 10 : mine->last);
    if (buffer_reserve(&v->encoded, bound)) return FAULT_MEMORY;
    uint8_t *start = v->encoded.data + v->encoded.length;
    uint64_t head = (uint64_t)(v->n_articles - v->streams[mine->term].last_docnum) << 4;
    if (mine->n == 1 && mine->weight == 1 && head < 1 << 21 && is_small(&v->occurrences[mine->first])) {
        /* The usual posting: a head and one position, together in one number. */
        const occurrence *first = &v->occurrences[mine->first];
        size_t n, length;
        const int varied = first->variant != 0;
        uint64_t position = varint_word(first->position, &length);
        uint64_t bytes = varint_word(head | (uint64_t)varied << 3 | length, &n);
        bytes |= (position | (uint64_t)first->variant << 8 * length) << 8 * n;
        memcpy(start, &bytes, 8);
        mine->encoded = (uint32_t)(n + length + varied);
        v->encoded.length += mine->encoded;
        return 0;
    }
    /* The value is put past the longest head, and moved once the head is known. */
    uint8_t *value = start + MAX_HEAD;
    size_t length = mine->last, counted = mine->n;
    int varied = 0;
    if (mine->n) {
        length = put_positions(v, mine, value, &varied);
    } else {
        if (length) memcpy(value, v->values.data + mine->first, length);
        for (size_t i = 0; i < length; i++) counted += value[i] < 0x80;
    }
    if (length > MAX_VALUE) return FAULT_ORDER;
    int weighted = mine->weight != (double)counted;
    size_t n = put_varint(start, head | (uint64_t)varied << 3 | (uint64_t)weighted << 2 | (length - 1 < 3 ? length : 0));
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
    n += length;
    if (varied) n += put_variants_of(v, mine, start + n);
    mine->encoded = (uint32_t)n;
    v->encoded.length += n;
    return 0;
}

/* Encode the postings of the article, and reserve all memory that they need. 0, or a fault. */
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
    v->has_dropped |= failed != 0;
    clear_article(v);
    return failed;
}

#endif
