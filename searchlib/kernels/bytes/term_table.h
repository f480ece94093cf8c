/* A hash table of terms: (field, bytes) -> 0, 1, 2, ... in the order in which terms came.
 *
 *     slot   high half of the hash(32 bits) number + 1(32 bits); 0: the slot is free. Collisions go to the next slot.
 *     bytes  the terms, one after the other
 *
 * The seed is the caller's. Texts come from strangers, who must not be able to choose terms that collide.
 * No term is ever removed; the whole table is freed.
 */
#ifndef SEARCHLIB_TERM_TABLE_H
#define SEARCHLIB_TERM_TABLE_H

#include "bytes/byte_buffer.h"
#include "bytes/large_pages.h"
#include "bytes/little_endian.h"

/* --- hashing ---------------------------------------------------------------------------------------------------- */

#define HASH_ODD 0x9e3779b97f4a7c15u

/* Both halves of a product, folded: each bit of `a` and `b` reaches each bit of the result. */
static inline uint64_t fold_product(uint64_t a, uint64_t b) {
#ifdef __SIZEOF_INT128__
    __extension__ unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    uint64_t low = (a & 0xffffffffu) * (b & 0xffffffffu), high = (a >> 32) * (b >> 32);
    uint64_t one = (a >> 32) * (b & 0xffffffffu), other = (a & 0xffffffffu) * (b >> 32);
    return (low + (one << 32) + (other << 32)) ^ (high + (one >> 32) + (other >> 32));
#endif
}

static inline uint64_t hash_words(const uint64_t seed[2], uint64_t first, uint64_t second, uint64_t shape) {
    return fold_product(first ^ seed[0], second ^ seed[1] ^ shape * HASH_ODD);
}

static inline uint64_t hash_bytes(const uint64_t seed[2], const uint8_t *bytes, size_t length, uint64_t shape) {
    uint64_t hash = shape;
    size_t at = 0;
    for (; length - at > 8; at += 8) hash = hash_words(seed, load_u64(bytes + at), hash, length);
    uint64_t last = 0;
    if (length > at) memcpy(&last, bytes + at, length - at);
    return hash_words(seed, last, hash, length);
}

/* --- a table of terms ------------------------------------------------------------------------------------------- */

enum { NO_TERM = 0xffffffff };

typedef struct {
    uint32_t at, length; /* of its UTF-8, in `bytes` */
    uint32_t field;
} term_key;

typedef struct {
    term_key *keys;
    uint64_t *slots;
    byte_buffer bytes; /* `data` is never NULL once there is a slot, so that an empty term has an address */
    uint32_t n, capacity, mask;
    uint64_t seed[2];
} term_table;

/* Begin an empty table. */
static inline void term_table_init(term_table *t, const uint8_t seed[16]) {
    memset(t, 0, sizeof *t);
    memcpy(t->seed, seed, sizeof t->seed);
}

static inline const uint8_t *term_bytes(const term_table *t, uint32_t term) {
    return t->bytes.data + t->keys[term].at;
}

static inline uint32_t term_count(const term_table *t) { return t->n; }

static inline size_t term_length(const term_table *t, uint32_t term) { return t->keys[term].length; }

static inline size_t term_slots_size(const term_table *t) {
    return t->slots ? (t->mask + (size_t)1) * sizeof *t->slots : 0;
}

static inline size_t term_table_memory(const term_table *t) {
    return t->capacity * sizeof *t->keys + term_slots_size(t) + t->bytes.capacity;
}

static inline void term_table_free(term_table *t) {
    free(t->keys);
    large_pages_free(t->slots, term_slots_size(t));
    buffer_free(&t->bytes);
    t->keys = NULL;
    t->slots = NULL;
    t->n = t->capacity = t->mask = 0;
}

static inline int term_table_grow(term_table *t) {
    uint32_t capacity = t->capacity ? t->capacity * 2 : 64;
    if (t->capacity > UINT32_MAX / 8 || buffer_reserve(&t->bytes, 1)) return FAULT_MEMORY;
    /* Two thirds full at most. */
    size_t n_slots = (size_t)capacity * 2;
    uint64_t *slots = (uint64_t *)large_pages_calloc(n_slots * sizeof *slots);
    if (!slots) return FAULT_MEMORY;
    term_key *keys = (term_key *)realloc(t->keys, capacity * sizeof *keys);
    if (!keys) {
        large_pages_free(slots, n_slots * sizeof *slots);
        return FAULT_MEMORY;
    }
    t->keys = keys;
    uint32_t mask = (uint32_t)(n_slots - 1);
    for (uint32_t term = 0; term < t->n; term++) {
        uint64_t hash = hash_bytes(t->seed, term_bytes(t, term), keys[term].length, keys[term].field);
        uint32_t at = (uint32_t)hash & mask;
        while (slots[at]) at = (at + 1) & mask;
        slots[at] = (hash & 0xffffffff00000000u) | (term + 1);
    }
    large_pages_free(t->slots, term_slots_size(t));
    t->slots = slots;
    t->mask = mask;
    t->capacity = capacity;
    return 0;
}

/* The slot of a term, with its number in *number; or the free slot where it would be, with NO_TERM. */
static inline uint32_t term_slot(const term_table *t, uint32_t field, const uint8_t *bytes, size_t length, uint64_t hash,
                                 uint32_t *number) {
    uint32_t at = (uint32_t)hash & t->mask;
    for (; t->slots[at]; at = (at + 1) & t->mask) {
        if ((t->slots[at] ^ hash) >> 32) continue;
        *number = (uint32_t)t->slots[at] - 1;
        const term_key *key = &t->keys[*number];
        if (key->field == field && key->length == length &&
            (!length || !memcmp(t->bytes.data + key->at, bytes, length)))
            return at;
    }
    *number = NO_TERM;
    return at;
}

/* Whether the table has a term. */
static inline int has_term(const term_table *t, uint32_t field, const uint8_t *bytes, size_t length) {
    uint32_t number = NO_TERM;
    if (t->slots) term_slot(t, field, bytes, length, hash_bytes(t->seed, bytes, length, field), &number);
    return number != NO_TERM;
}

/* Put the number of a term in *number; a term that has none gets the next. 0, or a fault. */
static inline int term_number(term_table *t, uint32_t field, const uint8_t *bytes, size_t length, uint32_t *number) {
    if (t->n == t->capacity && term_table_grow(t)) return FAULT_MEMORY;
    uint64_t hash = hash_bytes(t->seed, bytes, length, field);
    uint32_t at = term_slot(t, field, bytes, length, hash, number);
    if (*number != NO_TERM) return 0;
    if (length > UINT32_MAX - t->bytes.length) return FAULT_ORDER;
    term_key key = {(uint32_t)t->bytes.length, (uint32_t)length, field};
    if (buffer_append(&t->bytes, bytes, length)) return FAULT_MEMORY;
    t->keys[t->n] = key;
    t->slots[at] = (hash & 0xffffffff00000000u) | (t->n + 1);
    *number = t->n++;
    return 0;
}

#endif
