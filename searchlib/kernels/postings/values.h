/* Values of the postings of a block: any bytes, and those that are positions in less room.
 *
 *     values   form(u8) raw                          form 0
 *              form(u8) counts firsts steps*         form 1, or 2
 *     raw      least length(varint) bits(u8) lengths - least length, packed; then the values one after the other
 *     counts   n(u8)                                 n < 128: as many exceptions follow; else n - 128 is a number of bits
 *              (place in the block(u8) count - 1(varint))*n
 *              or count - 1 of each, packed
 *     firsts   run                                   the first number of each value
 *     steps    run                                   all others of the block, 128 in each run but the last;
 *                                                    less 1 in form 1, as they are in form 2
 *
 * A value of forms 1 and 2 is a list of varints, each as short as can be and below 2^32, and its count is how many they
 * are. Where no exception says another, that is the posting's weight if all weights of the block are whole, else 1.
 * Positions are such values; others are kept so where it makes them shorter. Which form a block has is up to the writer:
 * any value can be in form 0. Lists of the first version have raw values without a form.
 */
#ifndef SEARCHLIB_VALUES_H
#define SEARCHLIB_VALUES_H

#include "bytes/rice.h"

enum { VALUES_RAW = 0, VALUES_STEPS = 1, VALUES_ZERO_STEPS = 2, COUNTS_PACKED = 128, NO_RUN = UINT32_MAX };

/* --- writing ---------------------------------------------------------------------------------------------------- */

/* Values of the block that is being filled. */
typedef struct {
    byte_buffer bytes;
    uint32_t lengths[BLOCK];
    /* Once they are taken apart: */
    uint32_t firsts[BLOCK], counts[BLOCK], expected[BLOCK];
    uint32_t *steps;
    size_t step_count, step_capacity;
    byte_buffer raw, packed;
} values_writer;

static void values_writer_free(values_writer *w) {
    buffer_free(&w->bytes);
    buffer_free(&w->raw);
    buffer_free(&w->packed);
    free(w->steps);
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

/* Take the values apart into numbers: 1, or 0 where some are not what forms 1 and 2 can have. *has_zeros: a step is 0. */
static int values_take_apart(values_writer *w, unsigned n, int *has_zeros) {
    const uint8_t *p = w->bytes.data;
    uint32_t zeros = 0;
    w->step_count = 0;
    for (unsigned i = 0; i < n; i++) {
        const uint8_t *end = p + w->lengths[i];
        uint32_t *at = w->steps + w->step_count;
        size_t count = 0;
        /* The first number takes the place of a step before the steps; it is moved from there. */
        for (; p < end; count++) {
            uint64_t number = *p;
            if (number < 0x80) {
                p++;
            } else {
                const uint8_t *next = get_bounded(p, end, UINT32_MAX, &number);
                /* A last byte of 0 would be left out. */
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

/* Make `packed` of values that are taken apart. */
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

/* Encode the n values that were gathered, in the form that takes the least room: *out is it until the next ones come.
 * `expected` has to have the counts that are no exceptions. */
static int values_finish(values_writer *w, unsigned n, const byte_buffer **out) {
    int has_zeros = 0;
    if (w->bytes.length > w->step_capacity) {
        size_t capacity = w->bytes.length + w->bytes.length / 2;
        uint32_t *steps = (uint32_t *)realloc(w->steps, capacity * sizeof *steps);
        if (!steps) return FAULT_MEMORY;
        w->steps = steps;
        w->step_capacity = capacity;
    }
    *out = NULL;
    if (values_take_apart(w, n, &has_zeros)) {
        if (values_pack(w, n, has_zeros)) return FAULT_MEMORY;
        *out = &w->packed;
    }
    /* Raw values cannot be the shorter ones where they alone are as long as the packed. */
    if (!*out || w->packed.length > w->bytes.length + 3) {
        if (values_put_raw(w, n)) return FAULT_MEMORY;
        if (!*out || w->raw.length < w->packed.length) *out = &w->raw;
    }
    w->bytes.length = 0;
    return 0;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

/* The values of a block that was opened. */
typedef struct {
    int form;
    const uint8_t *bytes;  /* raw: the values one after the other */
    uint32_t ends[BLOCK];  /* raw: where each ends in `bytes`; else how many steps there are up to its end */
    uint32_t firsts[BLOCK];
    const uint8_t *runs, *stop; /* of steps: their first run, and where the last one ends */
    const uint8_t *next;        /* the run after the one that is decoded */
    uint32_t run;               /* which one that is; NO_RUN for none */
    uint32_t steps[BLOCK];      /* what is in it */
} values_block;

static inline void values_open_one(values_block *v, const uint8_t *value, uint32_t length) {
    v->form = VALUES_RAW;
    v->bytes = value;
    v->ends[0] = length;
}

static int values_open_raw(values_block *v, const uint8_t *p, const uint8_t *stop, unsigned n) {
    uint64_t least, sum = 0;
    p = get_bounded(p, stop, (uint64_t)(stop - p), &least);
    if (!p || p == stop || *p > 32 || packed_size(n, *p) > (size_t)(stop - p - 1)) return 0;
    unsigned bits = *p++;
    unpack(p, v->ends, n, bits);
    p += packed_size(n, bits);
    for (unsigned i = 0; i < n; i++) {
        sum += v->ends[i] + least;
        v->ends[i] = (uint32_t)sum;
    }
    v->form = VALUES_RAW;
    v->bytes = p;
    return sum == (uint64_t)(stop - p);
}

/* Make `ends` of counts; where they end, NULL where they make no sense. `expected` may be NULL: 1 of each. */
static const uint8_t *values_read_counts(values_block *v, const uint8_t *p, const uint8_t *stop, unsigned n,
                                         const uint32_t *expected) {
    uint64_t sum = 0, less;
    if (p == stop) return NULL;
    unsigned head = *p++;
    if (head >= COUNTS_PACKED) {
        unsigned bits = head - COUNTS_PACKED;
        if (bits > 32 || packed_size(n, bits) > (size_t)(stop - p)) return NULL;
        unpack(p, v->ends, n, bits);
        p += packed_size(n, bits);
    } else {
        for (unsigned i = 0; i < n; i++) v->ends[i] = expected ? expected[i] - 1 : 0;
        while (head--) {
            if (p == stop || *p >= n) return NULL;
            unsigned i = *p++;
            if (!(p = get_bounded(p, stop, UINT32_MAX, &less))) return NULL;
            v->ends[i] = (uint32_t)less;
        }
    }
    for (unsigned i = 0; i < n; i++) {
        sum += v->ends[i];
        v->ends[i] = (uint32_t)sum;
    }
    return sum <= UINT32_MAX ? p : NULL;
}

/* Open the values [p, stop) of n postings; 0 where they make no sense. */
static int values_open(values_block *v, const uint8_t *p, const uint8_t *stop, unsigned n, const uint32_t *expected) {
    run_parts run;
    if (p == stop) return 0;
    v->form = *p++;
    if (v->form == VALUES_RAW) return values_open_raw(v, p, stop, n);
    if (v->form > VALUES_ZERO_STEPS) return 0;
    p = values_read_counts(v, p, stop, n, expected);
    if (!p || !find_run(p, stop, n, &run) || !read_run(&run, v->firsts, n)) return 0;
    v->runs = v->next = run.next;
    v->stop = stop;
    v->run = NO_RUN;
    /* No run has more than 128 steps in a byte: what is claimed is bounded by what is there. */
    return v->ends[n - 1] ? (v->ends[n - 1] - 1) / BLOCK < (uint64_t)(stop - v->runs) : v->runs == stop;
}

/* Decode a run of the steps; 0 where they make no sense. `n` postings are in the block. */
static int values_decode_run(values_block *v, uint32_t run, unsigned n) {
    const uint32_t total = v->ends[n - 1], last = (total - 1) / BLOCK;
    uint32_t at = v->run == NO_RUN || run <= v->run ? 0 : v->run + 1;
    const uint8_t *p = at ? v->next : v->runs;
    v->run = NO_RUN;
    for (run_parts parts;; at++, p = parts.next) {
        unsigned count = at < last ? BLOCK : total - last * BLOCK;
        if (!find_run(p, v->stop, count, &parts)) return 0;
        if (at < run) continue;
        if (!read_run(&parts, v->steps, count) || (at == last && parts.next != v->stop)) return 0;
        v->run = run;
        v->next = parts.next;
        return 1;
    }
}

static inline uint32_t values_begin(const values_block *v, uint32_t i) { return i ? v->ends[i - 1] : 0; }

/* Of a value of form 1 or 2, the next step, which is the `at`th of the block: as it is in the run. */
static inline int values_step(values_block *v, uint32_t at, unsigned n, uint32_t *step) {
    if (at / BLOCK != v->run && !values_decode_run(v, at / BLOCK, n)) return 0;
    *step = v->steps[at % BLOCK];
    return 1;
}

/* The value of a posting, where it is and its *length. It may be put into `room`. */
static int values_get(values_block *v, uint32_t i, unsigned n, byte_buffer *room, const uint8_t **value,
                      uint32_t *length) {
    const uint32_t begin = values_begin(v, i), more = v->form == VALUES_STEPS;
    if (v->form == VALUES_RAW) {
        *length = v->ends[i] - begin;
        *value = v->bytes + begin;
        return 0;
    }
    room->length = 0;
    if (buffer_varint(room, v->firsts[i])) return FAULT_MEMORY;
    for (uint32_t at = begin; at < v->ends[i]; at++) {
        uint32_t step;
        if (!values_step(v, at, n, &step)) return FAULT_DAMAGE;
        if (buffer_varint(room, (uint64_t)step + more)) return FAULT_MEMORY;
    }
    *value = room->data;
    *length = (uint32_t)room->length;
    return room->length > UINT32_MAX ? FAULT_DAMAGE : 0;
}

#endif
