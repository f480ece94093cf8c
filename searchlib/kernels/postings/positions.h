/* The positions of a term in an article: the value of a posting, as `codec.positions` packs it, read as numbers.
 *
 * Such a value is varints: the first position, then the step from each to the next. Most blocks have them as numbers
 * (forms 1 and 2 of values_format.h), and no bytes are made of these.
 */
#ifndef SEARCHLIB_POSITIONS_H
#define SEARCHLIB_POSITIONS_H

#include "bytes/little_endian.h"
#include "postings/posting_list_reader.h"

typedef struct {
    uint32_t *at;
    uint32_t count, capacity;
} position_list;

static inline int positions_reserve(position_list *list, uint32_t count) {
    if (count <= list->capacity) return 0;
    uint32_t *at = (uint32_t *)realloc(list->at, (size_t)count * sizeof *at);
    if (!at) return FAULT_MEMORY;
    list->at = at;
    list->capacity = count;
    return 0;
}

/* Whether eight steps are of one byte each, and none is 0. */
static inline int are_short_steps(uint64_t steps) {
    return ((steps | ~(steps + 0x7f7f7f7f7f7f7f7fu)) & 0x8080808080808080u) == 0;
}

/* Read the positions of a value in bytes, ascending and all different: 1, or 0 if they make no sense. The list has
 * room. */
static int read_positions(position_list *list, const uint8_t *p, uint32_t length) {
    const uint8_t *end = p + length;
    uint64_t position = 0;
    list->count = 0;
    while (p < end) {
        /* Most steps are one byte and not 0: these are read eight at a time. */
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
        else if (!(p = get_bounded(p, end, UINT32_MAX, &step))) return 0;
        position += step;
        if (position > UINT32_MAX) return 0;
        /* A position that comes again counts once: what is found of a phrase is never more than its rarest word. */
        if (step || !list->count) list->at[list->count++] = (uint32_t)position;
    }
    return 1;
}

/* As read_positions, of a value that is kept as numbers. */
static int add_up_steps(position_list *list, values_block *v, uint32_t i, unsigned n) {
    const uint32_t more = v->form == VALUES_STEPS, end = v->ends[i];
    uint64_t position = v->firsts[i];
    uint32_t *at = list->at, count = 1;
    at[0] = v->firsts[i];
    for (uint32_t next = values_begin(v, i); next < end;) {
        uint32_t run = next / BLOCK;
        if (run != v->run && !values_decode_run(v, run, n)) return 0;
        uint32_t stop = end - run * BLOCK < BLOCK ? end - run * BLOCK : BLOCK;
        for (uint32_t k = next - run * BLOCK; k < stop; k++) {
            uint32_t step = v->steps[k];
            position += (uint64_t)step + more;
            at[count] = (uint32_t)position;
            count += step + more != 0;
        }
        next = run * BLOCK + stop;
    }
    list->count = count;
    return position <= UINT32_MAX;
}

static int bad_positions(const posting_cursor *c, fault *f) {
    return fail_at(f, "positions make no sense", c->files->values, c->entry.values_offset);
}

/* The positions of posting i of the loaded block, after `cursor_values`: ascending and all different. 0, or a fault. */
static int cursor_positions(posting_cursor *c, uint32_t i, position_list *list, fault *f) {
    values_block *v = &c->values;
    uint32_t begin = values_begin(v, i), length = v->ends[i] - begin;
    /* Room for one more than there are: a repeated position is written there before it is dropped. */
    if (length > UINT32_MAX - 2 || positions_reserve(list, length + 2)) return fail(f, FAULT_MEMORY, "no memory");
    int sensible = v->form == VALUES_RAW ? read_positions(list, v->bytes + begin, length)
                                         : add_up_steps(list, v, i, c->n);
    return sensible ? 0 : bad_positions(c, f);
}

/* Whether posting i of the loaded block, whose value is not raw, has a position: 1, 0 or a fault. */
static inline int cursor_has_position(posting_cursor *c, uint32_t i, uint32_t wanted, fault *f) {
    values_block *v = &c->values;
    const uint32_t more = v->form == VALUES_STEPS, end = v->ends[i];
    uint64_t position = v->firsts[i];
    for (uint32_t next = values_begin(v, i); position < wanted && next < end; next++) {
        uint32_t step;
        if (!values_step(v, next, c->n, &step)) return bad_positions(c, f);
        position += (uint64_t)step + more;
    }
    return position == wanted;
}

#endif
