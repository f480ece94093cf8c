/* The token cache: what each piece of text comes to, so that an analyzer is asked about it once.
 *
 * A piece is what stands between ASCII white space. An analyzer sees every piece by itself; so its answer can be kept
 * and used again, and nearly all text is pieces that were met before. An entry has the tokens of one piece: a term, the
 * variant of it that is printed there (postings/variants_format.h), a position and the characters where it stands, all
 * counted from where the piece begins.
 *
 *     entries  open addressing, by hash; collisions go to the next entry
 *     keys     characters of pieces of more than 16 bytes
 *     packed   tokens of pieces that do not have exactly one
 *     terms    numbered in the order in which they are first met
 *     variants of all terms, numbered likewise: (number of the term, printed word and a byte for its positions)
 *
 * Characters are code points, whatever the width of the string's storage: a piece has the same key in a string of one,
 * two or four bytes a character. Nothing here knows a language or calls Python.
 */
#ifndef SEARCHLIB_TOKEN_CACHE_H
#define SEARCHLIB_TOKEN_CACHE_H

#include "bytes/byte_buffer.h"
#include "bytes/large_pages.h"
#include "indexing/pieces.h"
#include "bytes/term_table.h"

enum { MAX_PIECE = 64 }; /* characters of a piece that is kept; longer ones are analysed each time */

/* A token of a piece, counted from where the piece begins. */
typedef struct {
    uint32_t term, variant, position;
    uint32_t startchar, endchar;
} piece_token;

/* The same, as it is kept. */
typedef struct {
    uint32_t term, variant;
    uint16_t position;
    uint8_t startchar, endchar;
} packed_token;

/* What one piece comes to. */
typedef struct {
    uint64_t key[2];   /* its characters, padded with zeros; or their offset in `keys`, and their hash */
    uint32_t term;     /* of the only token, at position 0; else the number of the first in `packed` */
    uint32_t variant;  /* of the only token */
    uint8_t length;    /* in characters; 0: the entry is free */
    uint8_t width;     /* bytes of each, as few as hold the widest */
    uint8_t n_tokens;
    uint8_t positions; /* that the piece takes */
    uint8_t startchar, endchar;
} piece_entry;

/* Zeroed and `token_cache_init`ed, it is empty. */
typedef struct {
    piece_entry *entries;
    uint32_t mask, n_entries;
    byte_buffer keys, packed;
    term_table terms, variants;
    byte_buffer word; /* a key of `variants` that is being made */
    /* The tokens of the piece that is being learned. */
    piece_token *found;
    uint32_t n_found, found_capacity, found_positions;
    uint32_t max_entries;
    size_t max_bytes;
    /* A full cache is emptied before the next text, and a new generation begins: terms get other numbers. */
    int full;
    uint32_t generation;
    int shortcuts, fold_case;
    uint64_t pieces, derived, analysed; /* walked over; learned from a like piece; learned from the analyzer */
} token_cache;

enum { FIRST_ENTRIES = 1024 };

static inline size_t token_cache_entries_size(const token_cache *t) {
    return t->entries ? (t->mask + (size_t)1) * sizeof *t->entries : 0;
}

static inline void token_cache_init(token_cache *t, const uint8_t seed[16], uint32_t max_entries, size_t max_bytes,
                                    int shortcuts, int fold_case) {
    memcpy(t->terms.seed, seed, sizeof t->terms.seed);
    memcpy(t->variants.seed, seed, sizeof t->variants.seed);
    t->max_entries = max_entries;
    t->max_bytes = max_bytes;
    t->shortcuts = shortcuts;
    t->fold_case = fold_case;
}

static inline uint32_t token_cache_generation(const token_cache *t) { return t->generation; }

/* Counts so far: pieces walked over, learned from a like piece, learned from the analyzer; entries and terms now. */
static inline void token_cache_counts(const token_cache *t, uint64_t counts[5]) {
    counts[0] = t->pieces;
    counts[1] = t->derived;
    counts[2] = t->analysed;
    counts[3] = t->n_entries;
    counts[4] = t->terms.n;
}

/* The names of terms. */
static inline term_table *token_cache_terms(token_cache *t) { return &t->terms; }

/* The names of variants: the field of each is the number of its term. */
static inline const term_table *token_cache_variants(const token_cache *t) { return &t->variants; }

static inline size_t token_cache_memory(const token_cache *t) {
    return token_cache_entries_size(t) + t->keys.capacity + t->packed.capacity +
           term_table_memory(&t->terms) + term_table_memory(&t->variants) + t->word.capacity + t->found_capacity * sizeof *t->found;
}

static inline void token_cache_free(token_cache *t) {
    large_pages_free(t->entries, token_cache_entries_size(t));
    free(t->found);
    buffer_free(&t->keys);
    buffer_free(&t->packed);
    buffer_free(&t->word);
    term_table_free(&t->terms);
    term_table_free(&t->variants);
    t->entries = NULL;
    t->found = NULL;
    t->mask = t->n_entries = t->n_found = t->found_capacity = 0;
}

/* Get ready for a text; to be called before each. 0, or a fault. */
static inline int token_cache_begin(token_cache *t) {
    if (t->full) {
        token_cache_free(t);
        t->generation++;
        t->full = 0;
    }
    if (t->entries) return 0;
    t->entries = (piece_entry *)large_pages_calloc(FIRST_ENTRIES * sizeof *t->entries);
    if (!t->entries) return FAULT_MEMORY;
    t->mask = FIRST_ENTRIES - 1;
    return 0;
}

/* The hash of a piece of so many characters and bytes of each, from the key of its entry. */
static inline uint64_t hash_of_entry(const uint64_t seed[2], const uint64_t key[2], size_t length, size_t width) {
    return length * width > INLINE_BYTES ? key[1] : hash_words(seed, key[0], key[1], (uint64_t)(length << 3 | width));
}

static inline int token_cache_grow(token_cache *t) {
    size_t size = ((size_t)t->mask + 1) * 2;
    if (size > (size_t)1 << 31) return FAULT_MEMORY;
    piece_entry *entries = (piece_entry *)large_pages_calloc(size * sizeof *entries);
    if (!entries) return FAULT_MEMORY;
    for (size_t old = 0; old <= t->mask; old++) {
        const piece_entry *entry = &t->entries[old];
        if (!entry->length) continue;
        size_t at = (uint32_t)hash_of_entry(t->terms.seed, entry->key, entry->length, entry->width) & (size - 1);
        while (entries[at].length) at = (at + 1) & (size - 1);
        entries[at] = t->entries[old];
    }
    large_pages_free(t->entries, token_cache_entries_size(t));
    t->entries = entries;
    t->mask = (uint32_t)(size - 1);
    return 0;
}

/* --- looking pieces up ------------------------------------------------------------------------------------------ */

/* The key of any piece: its characters, in their narrowest width. */
typedef struct {
    union {
        uint8_t bytes[MAX_PIECE * 4];
        uint16_t halves[MAX_PIECE];
        uint32_t chars[MAX_PIECE];
    } as;
    size_t length; /* in characters, 1 to MAX_PIECE */
    int width;
    uint64_t key[2], hash;
} piece_key;

static inline void hash_piece_key(piece_key *key, const uint64_t seed[2]) {
    size_t n_bytes = key->length * (size_t)key->width;
    uint64_t shape = (uint64_t)(key->length << 3 | (size_t)key->width);
    if (n_bytes > INLINE_BYTES) {
        key->hash = key->key[1] = hash_bytes(seed, key->as.bytes, n_bytes, shape);
        return;
    }
    key->key[0] = key->key[1] = 0;
    memcpy(key->key, key->as.bytes, n_bytes);
    key->hash = hash_words(seed, key->key[0], key->key[1], shape);
}

/* The key of `length` characters, at most MAX_PIECE; in lower case if `fold`, which is for ASCII only. */
static inline void make_piece_key(piece_key *key, const uint64_t seed[2], const text_walk *walk, size_t at,
                                  size_t length, int fold) {
    uint32_t all = 0;
    for (size_t i = 0; i < length; i++) all |= char_at(walk->data, walk->width, at + i);
    key->length = length;
    key->width = all < 0x100 ? 1 : all < 0x10000 ? 2 : 4;
    for (size_t i = 0; i < length; i++) {
        uint32_t c = char_at(walk->data, walk->width, at + i);
        if (fold && c - 'A' < 26) c += 'a' - 'A';
        if (key->width == 1)
            key->as.bytes[i] = (uint8_t)c;
        else if (key->width == 2)
            key->as.halves[i] = (uint16_t)c;
        else
            key->as.chars[i] = c;
    }
    hash_piece_key(key, seed);
}

SEARCHLIB_INLINE const piece_entry *find_plain_piece(const token_cache *t, const text_piece *piece) {
    for (uint32_t at = (uint32_t)piece->hash & t->mask;; at = (at + 1) & t->mask) {
        const piece_entry *entry = &t->entries[at];
        if (entry->key[0] == piece->key[0] && entry->key[1] == piece->key[1] && entry->length == piece->length &&
            entry->width == 1)
            return entry;
        if (!entry->length) return NULL;
    }
}

static inline const piece_entry *find_piece(const token_cache *t, const piece_key *key) {
    size_t n_bytes = key->length * (size_t)key->width;
    for (uint32_t at = (uint32_t)key->hash & t->mask;; at = (at + 1) & t->mask) {
        const piece_entry *entry = &t->entries[at];
        if (!entry->length) return NULL;
        if (entry->length != key->length || entry->width != key->width || entry->key[1] != key->key[1]) continue;
        if (n_bytes <= INLINE_BYTES ? entry->key[0] == key->key[0]
                                    : !memcmp(t->keys.data + entry->key[0], key->as.bytes, n_bytes))
            return entry;
    }
}

/* As find_plain_piece, for a piece that is long or has characters beyond Latin-1. */
static __attribute__((noinline)) const piece_entry *find_other_piece(const token_cache *t, const text_walk *walk,
                                                               const text_piece *piece) {
    piece_key key;
    if (piece->length > MAX_PIECE) return NULL;
    make_piece_key(&key, t->terms.seed, walk, piece->startchar, piece->length, 0);
    return find_piece(t, &key);
}

/* --- keeping what a piece comes to ------------------------------------------------------------------------------ */

/* Keep `found` under a key. 1 if it was kept, 0 if there is no room for it, or a fault. */
static inline int keep_found(token_cache *t, const piece_key *key) {
    piece_entry entry = {.key = {key->key[0], key->key[1]},
                         .length = (uint8_t)key->length,
                         .width = (uint8_t)key->width,
                         .n_tokens = (uint8_t)t->n_found,
                         .positions = (uint8_t)t->found_positions};
    if (t->n_found > UINT8_MAX || t->found_positions > UINT8_MAX) return 0;
    for (uint32_t i = 0; i < t->n_found; i++) {
        const piece_token *token = &t->found[i];
        if (token->position > UINT16_MAX || token->startchar > UINT8_MAX || token->endchar > UINT8_MAX) return 0;
    }
    if (t->n_found == 1 && t->found[0].position) return 0;
    size_t size = (size_t)t->mask + 1;
    int crowded = t->n_entries >= size / 8 * 5;
    size_t more = crowded ? size * sizeof *t->entries : 0;
    /* With no memory for a larger table, this one may get fuller: entries that came early are found as fast as ever. */
    if (token_cache_memory(t) + more > t->max_bytes && t->n_entries < size / 8 * 7) crowded = 0, more = 0;
    if (t->n_entries >= t->max_entries || token_cache_memory(t) + more > t->max_bytes) {
        t->full = 1;
        return 0;
    }
    if (crowded && token_cache_grow(t)) return FAULT_MEMORY;
    size_t n_bytes = key->length * (size_t)key->width;
    if (n_bytes > INLINE_BYTES) {
        entry.key[0] = t->keys.length;
        if (buffer_append(&t->keys, key->as.bytes, n_bytes)) return FAULT_MEMORY;
    }
    if (t->n_found == 1) {
        entry.term = t->found[0].term;
        entry.variant = t->found[0].variant;
        entry.startchar = (uint8_t)t->found[0].startchar;
        entry.endchar = (uint8_t)t->found[0].endchar;
    } else {
        if (t->packed.length / sizeof(packed_token) > UINT32_MAX - t->n_found) return 0;
        entry.term = (uint32_t)(t->packed.length / sizeof(packed_token));
        for (uint32_t i = 0; i < t->n_found; i++) {
            const piece_token *token = &t->found[i];
            packed_token packed = {token->term, token->variant, (uint16_t)token->position, (uint8_t)token->startchar,
                                   (uint8_t)token->endchar};
            if (buffer_append(&t->packed, &packed, sizeof packed)) return FAULT_MEMORY;
        }
    }
    uint32_t at = (uint32_t)key->hash & t->mask;
    while (t->entries[at].length) at = (at + 1) & t->mask;
    t->entries[at] = entry;
    t->n_entries++;
    return 1;
}

static inline int add_found(token_cache *t, piece_token token) {
    if (t->n_found == t->found_capacity) {
        uint32_t capacity = t->found_capacity ? t->found_capacity * 2 : 16;
        if (capacity < t->found_capacity) return FAULT_MEMORY;
        piece_token *found = (piece_token *)realloc(t->found, capacity * sizeof *found);
        if (!found) return FAULT_MEMORY;
        t->found = found;
        t->found_capacity = capacity;
    }
    t->found[t->n_found++] = token;
    return 0;
}

/* Make `found` the tokens of an entry. 0, or a fault. */
static inline int load_found(token_cache *t, const piece_entry *entry) {
    t->n_found = 0;
    t->found_positions = entry->positions;
    if (!entry->n_tokens) return 0;
    if (entry->n_tokens == 1)
        return add_found(t, (piece_token){entry->term, entry->variant, 0, entry->startchar, entry->endchar});
    const packed_token *packed = (const packed_token *)t->packed.data + entry->term;
    for (uint32_t i = 0; i < entry->n_tokens; i++) {
        piece_token token = {packed[i].term, packed[i].variant, packed[i].position, packed[i].startchar,
                             packed[i].endchar};
        if (add_found(t, token)) return FAULT_MEMORY;
    }
    return 0;
}

#endif
