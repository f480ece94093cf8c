/* An arena: memory that is allocated piece by piece and freed all at once. */
#ifndef SEARCHLIB_ARENA_H
#define SEARCHLIB_ARENA_H

#include "bytes/compiler.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct arena_chunk arena_chunk;

struct arena_chunk {
    arena_chunk *before;
    max_align_t bytes[];
};

/* Zeroed is empty. */
typedef struct {
    arena_chunk *last;
    size_t left; /* free bytes of the last chunk */
    uint8_t *next; /* the first of them */
} arena;

enum { ARENA_CHUNK = 16000 };

/* `size` bytes, aligned for anything, not set to anything; NULL if there is no memory left. No two are at one
 * address. */
static void *arena_take(arena *a, size_t size) {
    if (size > SIZE_MAX / 2) return NULL;
    if (!size) size = 1;
    size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    if (size > a->left) {
        const size_t room = size > ARENA_CHUNK ? size : ARENA_CHUNK;
        arena_chunk *chunk = (arena_chunk *)malloc(sizeof *chunk + room);
        if (!chunk) return NULL;
        chunk->before = a->last;
        a->last = chunk;
        a->next = (uint8_t *)chunk->bytes;
        a->left = room;
    }
    void *taken = a->next;
    a->next += size;
    a->left -= size;
    return taken;
}

/* As arena_take, of zeros. */
static void *arena_zeros(arena *a, size_t size) {
    void *taken = arena_take(a, size);
    return taken ? memset(taken, 0, size) : NULL;
}

static void arena_free(arena *a) {
    while (a->last) {
        arena_chunk *before = a->last->before;
        free(a->last);
        a->last = before;
    }
    a->left = 0;
}

#endif
