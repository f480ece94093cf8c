/* Reads the values of a block of postings: see values_format.h for the bytes.
 *
 * Values of forms 1 and 2 stay numbers: positions are read from these (positions.h), and bytes are made of them only
 * for who asks for a value as bytes. Runs of steps are decoded one at a time, when one is needed.
 */
#ifndef SEARCHLIB_VALUES_READER_H
#define SEARCHLIB_VALUES_READER_H

#include "postings/values_format.h"

/* The values of a block that was opened. */
typedef struct {
    int form;
    const uint8_t *bytes;  /* raw: the values one after the other */
    uint32_t ends[BLOCK];  /* raw: where each value ends in `bytes`; else how many steps end with it */
    uint32_t firsts[BLOCK];
    const uint8_t *runs, *stop; /* the first run of the steps, and where the last one ends */
    const uint8_t *next;        /* the run after the one that is decoded */
    const uint8_t *variants, *variants_end; /* NULL: every position is of variant 0 */
    uint32_t run;               /* number of the decoded run; NO_RUN for none */
    uint32_t steps[BLOCK];      /* of that run */
} values_block;

static inline void values_open_one(values_block *v, const uint8_t *value, uint32_t length) {
    v->form = VALUES_RAW;
    v->variants = NULL;
    v->bytes = value ? value : (const uint8_t *)""; /* a posting without a value */
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

/* Make `ends` of counts: returns where they end, NULL if they make no sense. `expected` may be NULL: 1 of each. */
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

/* Open the values [p, stop) of n postings: 1, or 0 if they make no sense. */
static int values_open(values_block *v, const uint8_t *p, const uint8_t *stop, unsigned n, const uint32_t *expected) {
    run_parts run;
    if (p == stop) return 0;
    v->form = *p++;
    v->variants = NULL;
    if (v->form & VALUES_VARIED) {
        uint64_t length = 0;
        v->form -= VALUES_VARIED;
        p = get_bounded(p, stop, (uint64_t)(stop - p), &length);
        if (!p || length > (uint64_t)(stop - p)) return 0;
        v->variants = p;
        v->variants_end = p += length;
    }
    if (v->form == VALUES_RAW) return values_open_raw(v, p, stop, n);
    if (v->form > VALUES_ZERO_STEPS) return 0;
    p = values_read_counts(v, p, stop, n, expected);
    if (!p || !find_run(p, stop, n, &run) || !read_run(&run, v->firsts, n)) return 0;
    v->runs = v->next = run.next;
    v->stop = stop;
    v->run = NO_RUN;
    /* A run has at most 128 steps and at least a byte: so many steps cannot be claimed of fewer bytes. */
    return v->ends[n - 1] ? (v->ends[n - 1] - 1) / BLOCK < (uint64_t)(stop - v->runs) : v->runs == stop;
}

/* Decode a run of the steps of a block of n postings: 1, or 0 if they make no sense. */
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

/* Step number `at` of a block of form 1 or 2, as its run has it: 1, or 0 if it makes no sense. */
static inline int values_step(values_block *v, uint32_t at, unsigned n, uint32_t *step) {
    if (at / BLOCK != v->run && !values_decode_run(v, at / BLOCK, n)) return 0;
    *step = v->steps[at % BLOCK];
    return 1;
}

/* The value of posting i as bytes: *value is in the file or in `room`. 0, or a fault code. */
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
