/* Writes the values of a block of postings: see values_format.h for the bytes.
 *
 * Values are gathered as bytes. When the block is full, they are taken apart into numbers if they are such lists, and
 * written in the form that is shorter. Variants are gathered for the postings that have another than number 0.
 */
#ifndef SEARCHLIB_VALUES_WRITER_H
#define SEARCHLIB_VALUES_WRITER_H

#include "postings/values_format.h"

/* Values of the block that is being filled. Zeroed is empty. */
typedef struct {
    byte_buffer bytes;
    uint32_t lengths[BLOCK];
    /* The same as numbers: */
    uint32_t firsts[BLOCK], counts[BLOCK], expected[BLOCK];
    uint32_t *steps;
    size_t step_count, step_capacity;
    byte_buffer raw, packed;
    /* Variants of postings that have others than number 0, one after the other: */
    uint32_t *variants;
    size_t variant_count, variant_capacity;
    uint32_t variants_at[BLOCK]; /* where those of a posting begin; ALL_FIRST if it has none there */
    int is_varied;               /* whether a posting of the block has some */
    uint32_t *all_variants; /* of every position of the block */
    size_t all_capacity;
    byte_buffer varied;
} values_writer;

enum { ALL_FIRST = UINT32_MAX };

static void values_writer_free(values_writer *w) {
    buffer_free(&w->bytes);
    buffer_free(&w->raw);
    buffer_free(&w->packed);
    buffer_free(&w->varied);
    free(w->steps);
    free(w->variants);
    free(w->all_variants);
}

/* Begin an empty block. */
static inline void values_begin_block(values_writer *w) {
    w->bytes.length = w->variant_count = 0;
    w->is_varied = 0;
}

/* Make room for `count` numbers in an array. 0, or a fault. */
static inline int numbers_reserve(uint32_t **numbers, size_t *capacity, size_t count) {
    if (count <= *capacity) return 0;
    size_t more = count + count / 2;
    uint32_t *grown = more > SIZE_MAX / sizeof **numbers ? NULL : (uint32_t *)realloc(*numbers, more * sizeof **numbers);
    if (!grown) return FAULT_MEMORY;
    *numbers = grown;
    *capacity = more;
    return 0;
}

/* Say which variants stand at the positions of posting i, `count` of them; NULL: all are number 0. 0, or a fault. */
static inline int values_set_variants(values_writer *w, uint32_t i, const uint32_t *variants, uint32_t count) {
    w->variants_at[i] = ALL_FIRST;
    if (!variants) return 0;
    if (w->variant_count >= ALL_FIRST - count) return FAULT_ORDER;
    if (numbers_reserve(&w->variants, &w->variant_capacity, w->variant_count + count)) return FAULT_MEMORY;
    w->variants_at[i] = (uint32_t)w->variant_count;
    memcpy(w->variants + w->variant_count, variants, count * sizeof *variants);
    w->variant_count += count;
    w->is_varied = 1;
    return 0;
}

static int values_put_raw(values_writer *w, unsigned n) {
    uint32_t more[BLOCK], least = UINT32_MAX, most = 0;
    uint8_t head[1 + MAX_VARINT + 1 + BLOCK * 4] = {VALUES_RAW};
    for (unsigned i = 0; i < n; i++) {
        if (w->lengths[i] < least) least = w->lengths[i];
        if (w->lengths[i] > most) most = w->lengths[i];
    }
    for (unsigned i = 0; i < n; i++) more[i] = w->lengths[i] - least;
    unsigned bits = bits_needed(most - least);
    size_t at = 1 + put_varint(head + 1, least);
    head[at++] = (uint8_t)bits;
    pack(more, head + at, n, bits);
    w->raw.length = 0;
    return buffer_append(&w->raw, head, at + packed_size(n, bits)) ||
           buffer_append(&w->raw, w->bytes.data, w->bytes.length);
}

/* Take the values apart into numbers: 1, or 0 if forms 1 and 2 cannot have them. *has_zeros: whether a step is 0. */
static int values_take_apart(values_writer *w, unsigned n, int *has_zeros) {
    const uint8_t *p = w->bytes.data;
    uint32_t zeros = 0;
    w->step_count = 0;
    for (unsigned i = 0; i < n; i++) {
        const uint8_t *end = p + w->lengths[i];
        uint32_t *at = w->steps + w->step_count;
        size_t count = 0;
        for (; p < end; count++) {
            uint64_t number = *p;
            if (number < 0x80) {
                p++;
            } else {
                const uint8_t *next = get_bounded(p, end, UINT32_MAX, &number);
                /* A varint that ends with a byte of 0 has a shorter form: it would not come back as it was. */
                if (!next || !next[-1]) return 0;
                p = next;
            }
            if (!count) w->firsts[i] = (uint32_t)number;
            else at[count - 1] = (uint32_t)number;
            zeros |= count && !number;
        }
        if (!count) return 0;
        w->counts[i] = (uint32_t)count;
        w->step_count += count - 1;
    }
    *has_zeros = (int)zeros;
    return 1;
}

static size_t values_put_counts(const values_writer *w, unsigned n, uint8_t *out) {
    uint32_t less[BLOCK], all = 0;
    size_t at = 1, exceptions = 0;
    for (unsigned i = 0; i < n; i++) {
        less[i] = w->counts[i] - 1;
        all |= less[i];
    }
    unsigned bits = bits_needed(all);
    size_t packed = packed_size(n, bits);
    for (unsigned i = 0; i < n && at <= packed + 1; i++) {
        if (w->counts[i] == w->expected[i]) continue;
        exceptions++;
        out[at++] = (uint8_t)i;
        at += put_varint(out + at, less[i]);
    }
    if (at <= packed + 1 && exceptions < COUNTS_PACKED) {
        out[0] = (uint8_t)exceptions;
        return at;
    }
    out[0] = (uint8_t)(COUNTS_PACKED + bits);
    pack(less, out + 1, n, bits);
    return 1 + packed;
}

/* Make `packed` of values that were taken apart. 0, or a fault. */
static int values_pack(values_writer *w, unsigned n, int has_zeros) {
    byte_buffer *b = &w->packed;
    b->length = 0;
    if (buffer_reserve(b, 2 + BLOCK * 4 + MAX_VARINT + MAX_RUN)) return FAULT_MEMORY;
    b->data[b->length++] = has_zeros ? VALUES_ZERO_STEPS : VALUES_STEPS;
    b->length += values_put_counts(w, n, b->data + b->length);
    b->length += put_run(w->firsts, n, b->data + b->length);
    for (size_t i = 0; !has_zeros && i < w->step_count; i++) w->steps[i]--;
    for (size_t i = 0; i < w->step_count; i += BLOCK) {
        unsigned count = w->step_count - i < BLOCK ? (unsigned)(w->step_count - i) : BLOCK;
        if (buffer_reserve(b, MAX_RUN)) return FAULT_MEMORY;
        b->length += put_run(w->steps + i, count, b->data + b->length);
    }
    return 0;
}

/* Count the varints of each value, where they were not taken apart. */
static inline void values_count(values_writer *w, unsigned n) {
    const uint8_t *p = w->bytes.data;
    for (unsigned i = 0; i < n; i++) {
        w->counts[i] = 0;
        for (uint32_t k = 0; k < w->lengths[i]; k++) w->counts[i] += *p++ < 0x80;
    }
}

/* Put the variants of all positions behind the form of `values`, in `varied`. `counts` are set. 0, or a fault. */
static int values_add_variants(values_writer *w, unsigned n, const byte_buffer *values) {
    size_t total = 0, at = 0, given = 0;
    byte_buffer *b = &w->varied;
    for (unsigned i = 0; i < n; i++) total += w->counts[i];
    if (numbers_reserve(&w->all_variants, &w->all_capacity, total + 1)) return FAULT_MEMORY;
    for (unsigned i = 0; i < n; at += w->counts[i++]) {
        const size_t bytes = w->counts[i] * sizeof *w->all_variants;
        if (w->variants_at[i] == ALL_FIRST) {
            memset(w->all_variants + at, 0, bytes);
            continue;
        }
        given += w->counts[i];
        if (w->variants_at[i] + (size_t)w->counts[i] > w->variant_count) return FAULT_ORDER;
        memcpy(w->all_variants + at, w->variants + w->variants_at[i], bytes);
    }
    /* Each posting that has variants has one for each of its positions. */
    if (given != w->variant_count) return FAULT_ORDER;
    b->length = 0;
    if (put_variants(b, w->all_variants, total)) return FAULT_MEMORY;
    const size_t length = b->length;
    uint8_t head[1 + MAX_VARINT] = {(uint8_t)(values->data[0] | VALUES_VARIED)};
    const size_t head_length = 1 + put_varint(head + 1, length);
    if (buffer_reserve(b, head_length + values->length)) return FAULT_MEMORY;
    memmove(b->data + head_length, b->data, length);
    memcpy(b->data, head, head_length);
    b->length += head_length;
    return buffer_append(b, values->data + 1, values->length - 1);
}

/* Encode the n values that were gathered, in the shortest form; *out is valid until the next value comes. The caller
 * has set `expected`: the counts that are no exceptions. `counts` then says how many varints each value is. 0, or a
 * fault. */
static int values_finish(values_writer *w, unsigned n, const byte_buffer **out) {
    int has_zeros = 0;
    /* Empty values have an address, and a step more than there can be: no pointer is NULL. */
    if (buffer_reserve(&w->bytes, 1)) return FAULT_MEMORY;
    if (w->bytes.length >= w->step_capacity) {
        size_t capacity = w->bytes.length + w->bytes.length / 2 + 1;
        uint32_t *steps = (uint32_t *)realloc(w->steps, capacity * sizeof *steps);
        if (!steps) return FAULT_MEMORY;
        w->steps = steps;
        w->step_capacity = capacity;
    }
    *out = NULL;
    if (values_take_apart(w, n, &has_zeros)) {
        if (values_pack(w, n, has_zeros)) return FAULT_MEMORY;
        *out = &w->packed;
    } else {
        values_count(w, n);
    }
    /* Raw is longer than the bytes of the values: it is tried only if these are shorter than the packed form. */
    if (!*out || w->packed.length > w->bytes.length + 3) {
        if (values_put_raw(w, n)) return FAULT_MEMORY;
        if (!*out || w->raw.length < w->packed.length) *out = &w->raw;
    }
    int failed = w->is_varied ? values_add_variants(w, n, *out) : 0;
    if (w->is_varied) *out = &w->varied;
    values_begin_block(w);
    return failed;
}

#endif
