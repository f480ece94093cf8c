/* Learns a piece that the token cache does not know: from a piece that it knows, or from the analyzer.
 *
 * A piece is first cut down to its core: punctuation at its ends that no analyzer of ours makes part of a token. Many
 * pieces share a core ("said", "said,", "Said"), and a core that the cache knows is not analysed again. The caller says
 * whether that holds for its analyzer (`shortcuts` of the cache). The analyzer itself is Python, and is called by the
 * Cython face between `derive_piece` and `keep_analysed`.
 */
#ifndef SEARCHLIB_PIECE_LEARNING_H
#define SEARCHLIB_PIECE_LEARNING_H

#include "indexing/token_cache.h"

/* Punctuation that is no part of a token if only punctuation follows it in the piece. A dot is not: it may belong to an
 * abbreviation ("U.S."). Nor are + and #, which end words ("C++"), nor _, before which there is no possessive. */
static inline int is_closing(uint32_t c) {
    if (c >= 0x80) return c - 0x2010 < 0x18 || c == 0xab || c == 0xbb || c - 0x3001 < 2 || c - 0x300a < 6;
    return c - '0' >= 10 && (c | 32) - 'a' >= 26 && c != '.' && c != '+' && c != '#' && c != '_';
}

/* Punctuation that is no part of a token if only punctuation stands before it in the piece. */
static inline int is_opening(uint32_t c) {
    return is_closing(c) || c == '.' || c == '+' || c == '#' || c == '_';
}

typedef struct {
    size_t startchar, length; /* in the text */
    int ascii, letters, digits; /* whether all its characters are such, of ASCII */
} piece_core;

/* The core of the piece at which the walk stopped. Dots at its end are cut only if it has no other dot. */
static inline piece_core find_core(const token_cache *t, const text_walk *walk) {
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

/* Keep `found`, the tokens of the core, for the piece at which the walk stopped.
 *
 * PIECE_KEPT: the cache knows the piece, walk on. PIECE_FOUND: there was no room for it, and `found` has the tokens of
 * the piece. Or a fault. */
static inline int settle_piece(token_cache *t, const text_walk *walk, const piece_core *core) {
    size_t before = core->startchar - walk->at;
    for (uint32_t i = 0; i < t->n_found; i++) {
        t->found[i].startchar += (uint32_t)before;
        t->found[i].endchar += (uint32_t)before;
    }
    if (walk->piece_length > MAX_PIECE) return PIECE_FOUND;
    piece_key key;
    make_piece_key(&key, t->terms.seed, walk, walk->at, walk->piece_length, 0);
    /* The core may be the piece, and kept by now. */
    if (find_piece(t, &key)) return PIECE_KEPT;
    int kept = keep_found(t, &key);
    return kept < 0 ? kept : kept ? PIECE_KEPT : PIECE_FOUND;
}

/* A core that the analyzer has to be asked about. */
typedef struct {
    piece_core core;
    piece_key key; /* only if the core is not longer than MAX_PIECE */
} unknown_piece;

/* What the piece at which the walk stopped comes to, as far as the cache knows its core.
 *
 * PIECE_KEPT and PIECE_FOUND are as of settle_piece. PIECE_UNKNOWN: have *piece analysed, call `set_found_positions`,
 * `add_found_token` for each token, then `keep_analysed`. Or a fault. */
static inline int derive_piece(token_cache *t, const text_walk *walk, unknown_piece *piece) {
    piece_core *core = &piece->core;
    *core = find_core(t, walk);
    t->n_found = t->found_positions = 0;
    if (core->length) {
        const piece_entry *entry = NULL;
        if (core->length <= MAX_PIECE) {
            const int fold = t->fold_case && core->ascii;
            make_piece_key(&piece->key, t->terms.seed, walk, core->startchar, core->length, fold);
            entry = find_piece(t, &piece->key);
        }
        if (!entry) {
            t->analysed++;
            return PIECE_UNKNOWN;
        }
        if (load_found(t, entry)) return FAULT_MEMORY;
    }
    t->derived++;
    return settle_piece(t, walk, core);
}

/* --- for the Cython face: having a piece analysed --------------------------------------------------------------- */

/* The characters to be analysed, how many, and bytes of each. */
static inline const void *unknown_chars(const unknown_piece *piece, const text_walk *walk, size_t *length, int *width) {
    *length = piece->core.length;
    if (piece->core.length <= MAX_PIECE) {
        *width = piece->key.width;
        return piece->key.as.bytes;
    }
    *width = walk->width;
    return (const uint8_t *)walk->data + piece->core.startchar * (size_t)walk->width;
}

/* Whether the piece is a term as it stands. */
static inline int is_own_term(const token_cache *t, const unknown_piece *piece) {
    return t->shortcuts && piece->core.digits && piece->core.length <= MAX_PIECE;
}

/* Whether it is of ASCII letters only. */
static inline int is_plain_word(const unknown_piece *piece) { return piece->core.letters; }

/* Say how many positions the piece takes. */
static inline void set_found_positions(token_cache *t, uint32_t positions) { t->found_positions = positions; }

/* Add a token of the piece: its term, and the printed word, which takes so many positions from its own on. 0, or a
 * fault. */
static inline int add_found_token(token_cache *t, const uint8_t *term, size_t length, const uint8_t *printed,
                                  size_t printed_length, uint32_t positions, uint32_t position, uint32_t startchar,
                                  uint32_t endchar) {
    piece_token token = {0, 0, position, startchar, endchar};
    const uint8_t taken = (uint8_t)positions;
    if (!positions || positions > UINT8_MAX) return FAULT_ORDER;
    t->word.length = 0;
    if (buffer_append(&t->word, printed, printed_length) || buffer_append(&t->word, &taken, 1)) return FAULT_MEMORY;
    int failed = term_number(&t->terms, 0, term, length, &token.term);
    if (!failed) failed = term_number(&t->variants, token.term, t->word.data, t->word.length, &token.variant);
    return failed ? failed : add_found(t, token);
}

/* After the tokens were added: PIECE_KEPT, PIECE_FOUND or a fault, as of settle_piece. */
static inline int keep_analysed(token_cache *t, const text_walk *walk, const unknown_piece *piece) {
    if (piece->core.length <= MAX_PIECE && keep_found(t, &piece->key) < 0) return FAULT_MEMORY;
    return settle_piece(t, walk, &piece->core);
}

#endif
