/* Walks over a text and tells a visitor of each token, with no Python.
 *
 * The walk cuts pieces and looks each up in the token cache. It stops at a piece that the cache does not know; the
 * caller has that piece learned (piece_learning.h), and the walk goes on.
 */
#ifndef SEARCHLIB_TEXT_WALK_H
#define SEARCHLIB_TEXT_WALK_H

#include "indexing/token_cache.h"

/* Called with each token. Returns 0, or a fault that ends the walk. */
typedef int (*token_visitor)(void *self, uint32_t term, uint32_t variant, uint64_t position, size_t startchar,
                             size_t endchar);

/* Called with a variant that a token may have soon, so that the visitor can prefetch: early with `again` 0, later with 1.
 * It may be any number, for a piece of several tokens. */
typedef void (*token_preparer)(void *self, uint32_t variant, int again);

enum { WALK_DONE, WALK_STOPPED };

enum { BATCH_PIECES = 32 };

/* Pieces are handled in batches, and each batch in four passes. Each pass prefetches what the next one reads, so that
 * many cache misses overlap. */
SEARCHLIB_INLINE int walk_pieces(token_cache *t, text_walk *walk, int width, token_preparer prepare,
                                 token_visitor visit, void *self) {
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
            const piece_entry *entry = piece->plain ? find_plain_piece(t, piece) : find_other_piece(t, walk, piece);
            if (!entry) break;
            entries[known] = entry;
            prepare(self, entry->variant, 0);
        }
        for (size_t i = 0; i < known; i++) prepare(self, entries[i]->variant, 1);
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
                failed = visit(self, entry->term, entry->variant, position, start + entry->startchar,
                               start + entry->endchar);
                end_position = position + 1;
            } else if (entry->n_tokens) {
                const packed_token *token = (const packed_token *)t->packed.data + entry->term;
                for (const packed_token *end = token + entry->n_tokens; token < end && !failed; token++) {
                    end_position = position + token->position + 1;
                    failed = visit(self, token->term, token->variant, end_position - 1, start + token->startchar,
                                   start + token->endchar);
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

/* Walk on from where the walk stands: WALK_DONE, WALK_STOPPED at an unknown piece, or a fault. */
SEARCHLIB_INLINE int walk_text(token_cache *t, text_walk *walk, token_preparer prepare, token_visitor visit,
                               void *self) {
    return walk->width == 1 ? walk_pieces(t, walk, 1, prepare, visit, self)
           : walk->width == 2 ? walk_pieces(t, walk, 2, prepare, visit, self)
                              : walk_pieces(t, walk, 4, prepare, visit, self);
}

SEARCHLIB_INLINE void expect_nothing(void *self, uint32_t variant, int again) {
    (void)self, (void)variant, (void)again;
}

SEARCHLIB_INLINE int visit_nothing(void *self, uint32_t term, uint32_t variant, uint64_t position, size_t startchar,
                                   size_t endchar) {
    (void)self, (void)term, (void)variant, (void)position, (void)startchar, (void)endchar;
    return 0;
}

/* Walk on to the next unknown piece, or to the end. Only `at` and `piece_length` of the walk mean something then. */
static inline int find_unknown(token_cache *t, text_walk *walk) {
    uint64_t pieces = t->pieces;
    int status = walk_text(t, walk, expect_nothing, visit_nothing, NULL);
    t->pieces = pieces;
    return status;
}

/* Visit the tokens of `found`, which are those of the piece at which the walk stopped, and move past the piece. */
SEARCHLIB_INLINE int walk_found(token_cache *t, text_walk *walk, token_visitor visit, void *self) {
    for (uint32_t i = 0; i < t->n_found; i++) {
        const piece_token *token = &t->found[i];
        walk->end_position = walk->position + token->position + 1;
        int status = visit(self, token->term, token->variant, walk->position + token->position, walk->at + token->startchar,
                           walk->at + token->endchar);
        if (status) return status;
    }
    walk->position += t->found_positions;
    walk->at += walk->piece_length;
    t->pieces++;
    return 0;
}

#endif
