/* The tokens of a text as a list: all of them, or those of a few wanted terms. */
#ifndef SEARCHLIB_TOKEN_LIST_H
#define SEARCHLIB_TOKEN_LIST_H

#include "indexing/piece_learning.h"
#include "indexing/text_walk.h"

typedef struct {
    uint64_t position;
    size_t startchar, endchar;
    uint32_t term, variant;
} text_token;

/* Begun by `token_list_begin`. */
typedef struct {
    text_token *tokens;
    size_t n, capacity;
    int wants_all;
    uint32_t *wanted;
    size_t n_wanted;
    uint64_t wanted_bits; /* of each wanted term, the bit that its low six bits name: most others fail on it */
} token_list;

/* Begin an empty list; it has room for `n_wanted` terms, or wants all terms if that is -1. 0, or a fault. */
static inline int token_list_begin(token_list *list, ptrdiff_t n_wanted) {
    memset(list, 0, sizeof *list);
    list->wants_all = n_wanted < 0;
    if (list->wants_all) return 0;
    list->wanted = (uint32_t *)malloc(((size_t)n_wanted + 1) * sizeof *list->wanted);
    return list->wanted ? 0 : FAULT_MEMORY;
}

static inline void token_list_want(token_list *list, uint32_t term) {
    list->wanted[list->n_wanted++] = term;
    list->wanted_bits |= (uint64_t)1 << (term & 63);
}

static inline void token_list_free(token_list *list) {
    free(list->tokens);
    free(list->wanted);
}

static inline size_t token_list_count(const token_list *list) { return list->n; }

static inline const text_token *token_list_at(const token_list *list, size_t i) { return &list->tokens[i]; }

static inline uint32_t token_term(const text_token *token) { return token->term; }

static inline uint32_t token_variant(const text_token *token) { return token->variant; }

static inline uint64_t token_position(const text_token *token) { return token->position; }

static inline size_t token_startchar(const text_token *token) { return token->startchar; }

static inline size_t token_endchar(const text_token *token) { return token->endchar; }

static inline int is_wanted(const token_list *list, uint32_t term) {
    for (size_t i = 0; i < list->n_wanted; i++)
        if (list->wanted[i] == term) return 1;
    return 0;
}

SEARCHLIB_INLINE int list_token(void *self, uint32_t term, uint32_t variant, uint64_t position, size_t startchar,
                                size_t endchar) {
    token_list *list = (token_list *)self;
    if (!list->wants_all && !(list->wanted_bits >> (term & 63) & 1 && is_wanted(list, term))) return 0;
    if (list->n == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        text_token *tokens = (text_token *)realloc(list->tokens, capacity * sizeof *tokens);
        if (!tokens) return FAULT_MEMORY;
        list->tokens = tokens;
        list->capacity = capacity;
    }
    list->tokens[list->n++] = (text_token){position, startchar, endchar, term, variant};
    return 0;
}

/* As walk_text and walk_found, into a list. */
static inline int list_text(token_cache *t, text_walk *walk, token_list *list) {
    return walk_text(t, walk, expect_nothing, list_token, list);
}

static inline int list_found(token_cache *t, text_walk *walk, token_list *list) {
    return walk_found(t, walk, list_token, list);
}

#endif
