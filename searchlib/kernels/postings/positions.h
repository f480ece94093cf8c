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
    uint32_t *taken; /* how many positions each takes, if `most_taken` is above 1; else each takes one */
    uint32_t taken_capacity, most_taken;
} position_list;

static inline void positions_free(position_list *list) {
    free(list->at);
    free(list->taken);
}

/* How many positions occurrence i takes. */
static inline uint32_t positions_taken(const position_list *list, uint32_t i) {
    return list->most_taken > 1 ? list->taken[i] : 1;
}

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
static inline int read_positions(position_list *list, const uint8_t *p, uint32_t length) {
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
    list->most_taken = 1;
    int sensible = v->form == VALUES_RAW ? read_positions(list, v->bytes + begin, length)
                                         : add_up_steps(list, v, i, c->n);
    return sensible ? 0 : bad_positions(c, f);
}

/* --- positions with the variant at each --------------------------------------------------------------------------- */

/* A variant that takes several positions. */
typedef struct {
    uint32_t variant, positions;
} joined_variant;

/* The variants at the positions of the block that was asked about last; and those of the list that take several positions,
 * ascending. Zeroed is empty. */
struct block_variants {
    uint32_t *at;
    size_t capacity;
    uint32_t starts[BLOCK + 1]; /* of each posting, in `at` */
    const posting_cursor *of;
    uint32_t block;
    joined_variant *joined;
    uint32_t joined_count;
    const uint8_t *joined_from; /* where in the file they are decoded from; NULL: not yet */
};

static inline void block_variants_free(block_variants *b) {
    free(b->at);
    free(b->joined);
}

/* Of each posting of the loaded block where its positions begin, if all are counted. Whether they can be numbered. */
static inline int count_positions(const posting_cursor *c, uint32_t starts[BLOCK + 1]) {
    const values_block *v = &c->values;
    uint64_t sum = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        starts[i] = (uint32_t)sum;
        if (v->form != VALUES_RAW) {
            sum = v->ends[i] + (uint64_t)i + 1;
            continue;
        }
        for (uint32_t k = values_begin(v, i); k < v->ends[i]; k++) sum += v->bytes[k] < 0x80;
    }
    starts[c->n] = (uint32_t)sum;
    return sum <= UINT32_MAX;
}

static inline int bad_variants(const posting_cursor *c, fault *f) {
    return fail_at(f, "variants of a block make no sense", c->files->values, c->entry.values_offset);
}

/* Decode the variants of the loaded block, after `cursor_values`, unless `b` has them. 0, or a fault. */
static int cursor_block_variants(posting_cursor *c, block_variants *b, fault *f) {
    if (b->of == c && b->block == c->block) return 0;
    const values_block *v = &c->values;
    b->of = NULL;
    if (!count_positions(c, b->starts)) return bad_variants(c, f);
    const size_t n = b->starts[c->n];
    /* Unpacking fills whole blocks. */
    if (n + BLOCK > b->capacity) {
        uint32_t *at = (uint32_t *)realloc(b->at, (n + n / 2 + BLOCK) * sizeof *at);
        if (!at) return fail(f, FAULT_MEMORY, "no memory");
        b->at = at;
        b->capacity = n + n / 2 + BLOCK;
    }
    if (!v->variants) memset(b->at, 0, n * sizeof *b->at);
    else if (!read_variants(v->variants, v->variants_end, b->at, n)) return bad_variants(c, f);
    b->of = c;
    b->block = c->block;
    return 0;
}

/* As `cursor_positions`, but positions that come again are kept. Where *variants is the variant at each. */
static int cursor_varied_positions(posting_cursor *c, uint32_t i, position_list *list, block_variants *b,
                                   const uint32_t **variants, fault *f) {
    values_block *v = &c->values;
    int failed = cursor_block_variants(c, b, f);
    if (failed) return failed;
    const uint32_t count = b->starts[i + 1] - b->starts[i];
    const uint8_t *p = v->bytes + (v->form == VALUES_RAW ? values_begin(v, i) : 0), *end = v->bytes + v->ends[i];
    uint64_t position = 0;
    if (positions_reserve(list, count + 1)) return fail(f, FAULT_MEMORY, "no memory");
    *variants = b->at + b->starts[i];
    list->count = count;
    for (uint32_t k = 0; k < count; k++) {
        uint64_t step = 0;
        uint32_t number = 0;
        if (v->form == VALUES_RAW) {
            if (!(p = get_bounded(p, end, UINT32_MAX, &step))) return bad_positions(c, f);
        } else if (!k) {
            step = v->firsts[i];
        } else {
            if (!values_step(v, values_begin(v, i) + k - 1, c->n, &number)) return bad_positions(c, f);
            step = (uint64_t)number + (v->form == VALUES_STEPS);
        }
        position += step;
        if (position > UINT32_MAX) return bad_positions(c, f);
        list->at[k] = (uint32_t)position;
    }
    return 0;
}

/* The variants that are asked for, by their numbers in a list, ascending. */
struct wanted_variants {
    const uint32_t *numbers;
    uint32_t count;
    uint32_t doc_freq; /* in how many articles one of them is, at most */
    uint8_t mask;      /* as the entries of blocks have it */
    uint64_t low;      /* those below 64: the bit of each is set */
    int is_all;        /* whether they are all that the list has, of one position each: the list is as without them */
};

static inline int is_wanted_variant(const wanted_variants *wanted, uint32_t variant) {
    uint32_t low = 0, high = wanted->count;
    if (variant < 64) return wanted->low >> variant & 1;
    while (high - low > 4) {
        const uint32_t middle = low + (high - low) / 2;
        if (wanted->numbers[middle] <= variant) low = middle;
        else high = middle;
    }
    for (; low < high; low++)
        if (wanted->numbers[low] == variant) return 1;
    return 0;
}

/* Decode which variants of a list take several positions, as `cursor_open` has checked them. 0, or a fault. */
static int decode_joined(const posting_cursor *c, block_variants *b, fault *f) {
    const uint8_t *p = c->joined;
    if (b->joined_from == p) return 0;
    joined_variant *joined = (joined_variant *)realloc(b->joined, (c->joined_count + (size_t)1) * sizeof *joined);
    if (!joined) return fail(f, FAULT_MEMORY, "no memory");
    b->joined = joined;
    b->joined_count = c->joined_count;
    b->joined_from = c->joined;
    for (uint32_t i = 0; i < c->joined_count; i++) {
        uint64_t variant = 0, positions = 0;
        p = get_varint(p, p + MAX_VARINT, &variant);
        p = get_varint(p, p + MAX_VARINT, &positions);
        joined[i] = (joined_variant){(uint32_t)variant, (uint32_t)positions};
    }
    return 0;
}

/* How many positions a variant takes. */
static inline uint32_t positions_of_variant(const block_variants *b, uint32_t variant) {
    uint32_t low = 0, high = b->joined_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (b->joined[middle].variant < variant) low = middle + 1;
        else high = middle;
    }
    return low < b->joined_count && b->joined[low].variant == variant ? b->joined[low].positions : 1;
}

/* As `cursor_positions`, of the variants that the cursor wants only, and with how many positions each takes. A position
 * comes once for each length that it is there with. */
static int cursor_wanted_positions(posting_cursor *c, uint32_t i, position_list *list, fault *f) {
    const uint32_t *variants;
    int failed = cursor_varied_positions(c, i, list, c->variants, &variants, f);
    if (!failed && c->joined) failed = decode_joined(c, c->variants, f);
    if (failed) return failed;
    if (list->taken_capacity < list->count) {
        uint32_t *taken = (uint32_t *)realloc(list->taken, list->capacity * sizeof *taken);
        if (!taken) return fail(f, FAULT_MEMORY, "no memory");
        list->taken = taken;
        list->taken_capacity = list->capacity;
    }
    uint32_t count = 0;
    list->most_taken = 1;
    for (uint32_t k = 0; k < list->count; k++) {
        const uint32_t at = list->at[k];
        if (c->wanted && !is_wanted_variant(c->wanted, variants[k])) continue;
        const uint32_t taken = c->joined ? positions_of_variant(c->variants, variants[k]) : 1;
        int known = 0;
        if (taken > UINT32_MAX - at) return bad_positions(c, f);
        for (uint32_t before = count; before && list->at[before - 1] == at; before--)
            known |= list->taken[before - 1] == taken;
        if (known) continue;
        if (taken > list->most_taken) list->most_taken = taken;
        list->at[count] = at;
        list->taken[count++] = taken;
    }
    list->count = count;
    return 0;
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
