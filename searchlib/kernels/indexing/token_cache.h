/* Text -> terms, positions and offsets: a table of what each piece of text comes to.
 *
 * A piece is what stands between ASCII white space. An analyzer sees every piece by itself, so what it makes of one
 * can be kept and used again: nearly all text is pieces that were met before. The walk over a text needs no Python;
 * a piece that is not in the table stops it, the caller has the piece analysed, and the walk goes on.
 *
 * Offsets are counted in characters (code points), whatever the width of the string's storage: a piece has the same
 * key in a string of one, two or four bytes a character. Terms are numbered in the order in which they are first met.
 * Nothing here knows a language. What it knows of words is which characters at the ends of a piece never matter; the
 * caller says whether that holds for its analyzer (`shortcuts`).
 */
#ifndef SEARCHLIB_TOKEN_CACHE_H
#define SEARCHLIB_TOKEN_CACHE_H

#include "indexing/pieces.h"

/* --- the tokenizer ---------------------------------------------------------------------------------------------- */

enum { MAX_PIECE = 64 }; /* characters of a piece that is kept; longer ones are analysed each time */

/* A token of a piece, counted from where the piece begins. */
typedef struct {
    uint32_t term, position;
    uint32_t startchar, endchar;
} piece_token;

typedef struct {
    uint32_t term;
    uint16_t position;
    uint8_t startchar, endchar;
} packed_token;

/* What one piece comes to. */
typedef struct {
    uint64_t key[2];   /* its characters, padded with zeros; or where they stand in `keys`, and their hash */
    uint32_t hash;     /* low half */
    uint8_t length;    /* in characters; 0: the entry is free */
    uint8_t width;     /* bytes of each, as few as hold the widest */
    uint16_t n_tokens;
    uint32_t term;     /* of the only token, at position 0; of several: where they begin in `packed` */
    uint8_t startchar, endchar;
    uint16_t positions; /* that the piece takes */
} piece_entry;

typedef struct {
    piece_entry *entries;
    uint32_t mask, n_entries;
    byte_buffer keys, packed;
    term_table terms;
    /* The analysis of the piece in hand, where it is not kept in the table. */
    piece_token *found;
    uint32_t n_found, found_capacity, found_positions;
    uint32_t max_entries;
    size_t max_bytes;
    /* What the table held is forgotten when it is full, before the next text: term numbers are then others. */
    int full;
    uint32_t generation;
    int shortcuts, fold_case;
    uint64_t pieces, derived, analysed; /* walked over; known from a like piece; that the analyzer was asked for */
} tokenizer;

enum { FIRST_ENTRIES = 1024 };

static inline size_t entries_size(const tokenizer *t) {
    return t->entries ? (t->mask + (size_t)1) * sizeof *t->entries : 0;
}

static inline size_t token_cache_memory(const tokenizer *t) {
    return entries_size(t) + t->keys.capacity + t->packed.capacity +
           term_table_memory(&t->terms) + t->found_capacity * sizeof *t->found;
}

static inline void token_cache_free(tokenizer *t) {
    large_pages_free(t->entries, entries_size(t));
    free(t->found);
    buffer_free(&t->keys);
    buffer_free(&t->packed);
    term_table_free(&t->terms);
    t->entries = NULL;
    t->found = NULL;
    t->mask = t->n_entries = t->n_found = t->found_capacity = 0;
}

/* To be called before each text. */
static inline int token_cache_begin(tokenizer *t) {
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

static inline int token_cache_grow(tokenizer *t) {
    size_t size = ((size_t)t->mask + 1) * 2;
    if (size > (size_t)1 << 31) return FAULT_MEMORY;
    piece_entry *entries = (piece_entry *)large_pages_calloc(size * sizeof *entries);
    if (!entries) return FAULT_MEMORY;
    for (size_t old = 0; old <= t->mask; old++) {
        if (!t->entries[old].length) continue;
        size_t at = t->entries[old].hash & (size - 1);
        while (entries[at].length) at = (at + 1) & (size - 1);
        entries[at] = t->entries[old];
    }
    large_pages_free(t->entries, entries_size(t));
    t->entries = entries;
    t->mask = (uint32_t)(size - 1);
    return 0;
}

/* --- looking pieces up ------------------------------------------------------------------------------------------ */

/* A key of any kind: characters in their narrowest width. */
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

static inline const void *key_chars(const piece_key *key) {
    return key->as.bytes;
}

static inline void finish_key(piece_key *key, const uint64_t seed[2]) {
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
static inline void make_key(piece_key *key, const uint64_t seed[2], const text_walk *walk, size_t at, size_t length,
                            int fold) {
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
    finish_key(key, seed);
}

SEARCHLIB_INLINE const piece_entry *find_plain(const tokenizer *t, const text_piece *piece) {
    for (uint32_t at = (uint32_t)piece->hash & t->mask;; at = (at + 1) & t->mask) {
        const piece_entry *entry = &t->entries[at];
        if (entry->key[0] == piece->key[0] && entry->key[1] == piece->key[1] && entry->length == piece->length &&
            entry->width == 1)
            return entry;
        if (!entry->length) return NULL;
    }
}

static inline const piece_entry *find_key(const tokenizer *t, const piece_key *key) {
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

/* A piece that is long or has characters beyond Latin-1. */
static __attribute__((noinline)) const piece_entry *find_other(const tokenizer *t, const text_walk *walk,
                                                               const text_piece *piece) {
    piece_key key;
    if (piece->length > MAX_PIECE) return NULL;
    make_key(&key, t->terms.seed, walk, piece->startchar, piece->length, 0);
    return find_key(t, &key);
}

/* --- keeping what a piece comes to ------------------------------------------------------------------------------ */

/* Keep `found` under a key. 1 if it was kept, 0 if there is no room for it, or a fault. */
static inline int keep_found(tokenizer *t, const piece_key *key) {
    piece_entry entry = {{key->key[0], key->key[1]}, (uint32_t)key->hash, (uint8_t)key->length, (uint8_t)key->width,
                         (uint16_t)t->n_found, 0, 0, 0, (uint16_t)t->found_positions};
    if (t->n_found > UINT16_MAX || t->found_positions > UINT16_MAX) return 0;
    for (uint32_t i = 0; i < t->n_found; i++) {
        const piece_token *token = &t->found[i];
        if (token->position > UINT16_MAX || token->startchar > UINT8_MAX || token->endchar > UINT8_MAX) return 0;
    }
    if (t->n_found == 1 && t->found[0].position) return 0;
    size_t size = (size_t)t->mask + 1;
    int crowded = t->n_entries >= size / 8 * 5;
    size_t more = crowded ? size * sizeof *t->entries : 0;
    /* Where there is no room for a larger table, this one can be fuller: what came first is found as fast as before. */
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
        entry.startchar = (uint8_t)t->found[0].startchar;
        entry.endchar = (uint8_t)t->found[0].endchar;
    } else {
        if (t->packed.length / sizeof(packed_token) > UINT32_MAX - t->n_found) return 0;
        entry.term = (uint32_t)(t->packed.length / sizeof(packed_token));
        for (uint32_t i = 0; i < t->n_found; i++) {
            const piece_token *token = &t->found[i];
            packed_token packed = {token->term, (uint16_t)token->position, (uint8_t)token->startchar,
                                   (uint8_t)token->endchar};
            if (buffer_append(&t->packed, &packed, sizeof packed)) return FAULT_MEMORY;
        }
    }
    uint32_t at = entry.hash & t->mask;
    while (t->entries[at].length) at = (at + 1) & t->mask;
    t->entries[at] = entry;
    t->n_entries++;
    return 1;
}

static inline int add_found(tokenizer *t, piece_token token) {
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

static inline int load_found(tokenizer *t, const piece_entry *entry) {
    t->n_found = 0;
    t->found_positions = entry->positions;
    if (entry->n_tokens == 1)
        return add_found(t, (piece_token){entry->term, 0, entry->startchar, entry->endchar});
    const packed_token *packed = (const packed_token *)t->packed.data + entry->term;
    for (uint32_t i = 0; i < entry->n_tokens; i++) {
        piece_token token = {packed[i].term, packed[i].position, packed[i].startchar, packed[i].endchar};
        if (add_found(t, token)) return FAULT_MEMORY;
    }
    return 0;
}

/* Punctuation that is no part of any token where nothing but punctuation follows it in the piece. A dot is that only
 * where no other dot stands before it ("U.S."); + and # may belong to a word; before _ there is no possessive. */
static inline int is_closing(uint32_t c) {
    if (c >= 0x80) return c - 0x2010 < 0x18 || c == 0xab || c == 0xbb || c - 0x3001 < 2 || c - 0x300a < 6;
    return c - '0' >= 10 && (c | 32) - 'a' >= 26 && c != '.' && c != '+' && c != '#' && c != '_';
}

/* Punctuation that is no part of any token where nothing but punctuation stands before it in the piece. */
static inline int is_opening(uint32_t c) {
    return is_closing(c) || c == '.' || c == '+' || c == '#' || c == '_';
}

typedef struct {
    size_t startchar, length; /* in the text */
    int ascii, letters, digits; /* of nothing else */
} piece_core;

/* The piece at which the walk stopped, without what never matters at its ends. */
static inline piece_core find_core(const tokenizer *t, const text_walk *walk) {
    size_t start = walk->at, end = walk->at + walk->piece_length;
    uint32_t dots = 0, all = 0;
    size_t letters = 0, digits = 0;
    if (t->shortcuts) {
        while (start < end && is_opening(char_at(walk->data, walk->width, start))) start++;
        while (end > start && is_closing(char_at(walk->data, walk->width, end - 1))) end--;
        size_t before = end;
        while (before > start) {
            uint32_t c = char_at(walk->data, walk->width, before - 1);
            if (c != '.' && !is_closing(c)) break;
            before--;
        }
        for (size_t i = start; i < before; i++) {
            uint32_t c = char_at(walk->data, walk->width, i);
            dots += c == '.' || c == 0xff0e;
        }
        if (!dots) end = before;
    }
    for (size_t i = start; i < end; i++) {
        uint32_t c = char_at(walk->data, walk->width, i);
        all |= c;
        letters += c < 0x80 && (c | 32) - 'a' < 26;
        digits += c - '0' < 10;
    }
    piece_core core = {start, end - start, all < 0x80, letters == end - start, digits == end - start};
    return core;
}

enum { PIECE_KEPT, PIECE_FOUND, PIECE_UNKNOWN };

/* Keep `found`, which is what the core comes to, for the piece at which the walk stopped.
 *
 * PIECE_KEPT: walk on; PIECE_FOUND: there was no room for it, `found` is of the piece; or a fault. */
static inline int settle_piece(tokenizer *t, const text_walk *walk, const piece_core *core) {
    size_t before = core->startchar - walk->at;
    for (uint32_t i = 0; i < t->n_found; i++) {
        t->found[i].startchar += (uint32_t)before;
        t->found[i].endchar += (uint32_t)before;
    }
    if (walk->piece_length > MAX_PIECE) return PIECE_FOUND;
    piece_key key;
    make_key(&key, t->terms.seed, walk, walk->at, walk->piece_length, 0);
    /* The core may be the piece, and kept by now. */
    if (find_key(t, &key)) return PIECE_KEPT;
    int kept = keep_found(t, &key);
    return kept < 0 ? kept : kept ? PIECE_KEPT : PIECE_FOUND;
}

/* What the piece at which the walk stopped comes to, as far as it is known from its core.
 *
 * PIECE_KEPT and PIECE_FOUND are as for settle_piece; PIECE_UNKNOWN: *core, whose characters are in *key if it is not
 * longer than MAX_PIECE, has to be analysed; or a fault. */
static inline int derive_piece(tokenizer *t, const text_walk *walk, piece_core *core, piece_key *key) {
    *core = find_core(t, walk);
    t->n_found = t->found_positions = 0;
    if (core->length) {
        if (core->length > MAX_PIECE) return PIECE_UNKNOWN;
        make_key(key, t->terms.seed, walk, core->startchar, core->length, t->fold_case && core->ascii);
        const piece_entry *entry = find_key(t, key);
        if (!entry) return PIECE_UNKNOWN;
        if (load_found(t, entry)) return FAULT_MEMORY;
    }
    t->derived++;
    return settle_piece(t, walk, core);
}

/* --- walking a text --------------------------------------------------------------------------------------------- */

/* Is told of a token; 0, or a fault that ends the walk. */
typedef int (*token_visitor)(void *self, uint32_t term, uint64_t position, size_t startchar, size_t endchar);

/* Is told of a term that a token may have soon, first from afar and then again; what is said of a piece of several
 * tokens may be any number. */
typedef void (*token_preparer)(void *self, uint32_t term, int again);

enum { WALK_DONE, WALK_STOPPED };

enum { BATCH_PIECES = 32 };

/* Pieces are gone over in batches, and each batch four times: what one pass will look at, the one before has asked
 * for, so that the memory of many is on its way at once. */
SEARCHLIB_INLINE int walk_pieces(tokenizer *t, text_walk *walk, int width, token_preparer prepare, token_visitor visit,
                        void *self) {
    text_piece pieces[BATCH_PIECES];
    const piece_entry *entries[BATCH_PIECES];
    uint64_t position = walk->position, end_position = walk->end_position;
    int status = WALK_DONE;
    size_t n = BATCH_PIECES;
    while (n == BATCH_PIECES && status == WALK_DONE) {
        for (n = 0; n < BATCH_PIECES && next_piece(walk, width, t->terms.seed, &pieces[n]); n++) {
            walk->at = pieces[n].startchar + pieces[n].length;
            __builtin_prefetch(&t->entries[(uint32_t)pieces[n].hash & t->mask]);
        }
        size_t known = 0;
        for (; known < n; known++) {
            const text_piece *piece = &pieces[known];
            const piece_entry *entry = piece->plain ? find_plain(t, piece) : find_other(t, walk, piece);
            if (!entry) break;
            entries[known] = entry;
            prepare(self, entry->term, 0);
        }
        for (size_t i = 0; i < known; i++) prepare(self, entries[i]->term, 1);
        if (known < n) {
            status = WALK_STOPPED;
            walk->at = pieces[known].startchar;
            walk->piece_length = pieces[known].length;
        }
        t->pieces += known;
        for (size_t i = 0; i < known; i++) {
            const piece_entry *entry = entries[i];
            size_t start = pieces[i].startchar;
            int failed = 0;
            if (entry->n_tokens == 1) {
                failed = visit(self, entry->term, position, start + entry->startchar, start + entry->endchar);
                end_position = position + 1;
            } else if (entry->n_tokens) {
                const packed_token *token = (const packed_token *)t->packed.data + entry->term;
                for (const packed_token *end = token + entry->n_tokens; token < end && !failed; token++) {
                    end_position = position + token->position + 1;
                    failed =
                        visit(self, token->term, end_position - 1, start + token->startchar, start + token->endchar);
                }
            }
            if (failed) return failed;
            position += entry->positions;
        }
    }
    walk->position = position;
    walk->end_position = end_position;
    return status;
}

/* Go over the text from where the walk stands. WALK_DONE, WALK_STOPPED at a piece that is not known, or a fault. */
SEARCHLIB_INLINE int walk_text(tokenizer *t, text_walk *walk, token_preparer prepare, token_visitor visit, void *self) {
    return walk->width == 1 ? walk_pieces(t, walk, 1, prepare, visit, self)
           : walk->width == 2 ? walk_pieces(t, walk, 2, prepare, visit, self)
                              : walk_pieces(t, walk, 4, prepare, visit, self);
}

SEARCHLIB_INLINE void expect_nothing(void *self, uint32_t term, int again) {
    (void)self, (void)term, (void)again;
}

SEARCHLIB_INLINE int visit_nothing(void *self, uint32_t term, uint64_t position, size_t startchar, size_t endchar) {
    (void)self, (void)term, (void)position, (void)startchar, (void)endchar;
    return 0;
}

/* Go on to the next piece that is not in the table, or to the end; nothing but the place of the walk is of use then. */
static inline int find_unknown(tokenizer *t, text_walk *walk) {
    uint64_t pieces = t->pieces;
    int status = walk_text(t, walk, expect_nothing, visit_nothing, NULL);
    t->pieces = pieces;
    return status;
}

/* Go over the tokens of `found`, which are those of the piece at which the walk stopped, and past it. */
SEARCHLIB_INLINE int walk_found(tokenizer *t, text_walk *walk, token_visitor visit, void *self) {
    for (uint32_t i = 0; i < t->n_found; i++) {
        const piece_token *token = &t->found[i];
        walk->end_position = walk->position + token->position + 1;
        int status = visit(self, token->term, walk->position + token->position, walk->at + token->startchar,
                           walk->at + token->endchar);
        if (status) return status;
    }
    walk->position += t->found_positions;
    walk->at += walk->piece_length;
    t->pieces++;
    return 0;
}

/* --- tokens as a list ------------------------------------------------------------------------------------------- */

typedef struct {
    uint64_t position;
    size_t startchar, endchar;
    uint32_t term;
} text_token;

/* The tokens of a text; or those of a few terms only. */
typedef struct {
    text_token *tokens;
    size_t n, capacity;
    const uint32_t *wanted; /* NULL: all terms */
    size_t n_wanted;
    uint64_t wanted_bits; /* of each wanted term, the one that its low six bits name */
} token_list;

static inline int is_wanted(const token_list *list, uint32_t term) {
    for (size_t i = 0; i < list->n_wanted; i++)
        if (list->wanted[i] == term) return 1;
    return 0;
}

SEARCHLIB_INLINE int list_token(void *self, uint32_t term, uint64_t position, size_t startchar, size_t endchar) {
    token_list *list = (token_list *)self;
    if (list->wanted && !(list->wanted_bits >> (term & 63) & 1 && is_wanted(list, term))) return 0;
    if (list->n == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        text_token *tokens = (text_token *)realloc(list->tokens, capacity * sizeof *tokens);
        if (!tokens) return FAULT_MEMORY;
        list->tokens = tokens;
        list->capacity = capacity;
    }
    list->tokens[list->n++] = (text_token){position, startchar, endchar, term};
    return 0;
}

/* As walk_text and walk_found. */
static inline int list_text(tokenizer *t, text_walk *walk, token_list *list) {
    return walk_text(t, walk, expect_nothing, list_token, list);
}

static inline int list_found(tokenizer *t, text_walk *walk, token_list *list) {
    return walk_found(t, walk, list_token, list);
}

#endif
