/* The posting arena: memory for very many byte streams that grow at once, one for each term.
 *
 *     stream   the bytes of its slices, one after the other
 *     slice    8 to 2,048 bytes; if another slice follows, the last four are its address(u32)
 *
 * An address counts bytes from the start of the arena. Slices grow along a stream: most terms are in one article, and a
 * few in all. Nothing is freed but the whole arena.
 */
#ifndef SEARCHLIB_POSTING_ARENA_H
#define SEARCHLIB_POSTING_ARENA_H

#include "bytes/faults.h"
#include "bytes/large_pages.h"

enum {
    CHUNK_BITS = 18,
    CHUNK_BYTES = 1 << CHUNK_BITS,
    N_LEVELS = 12,
    MAX_SLICE = 2048,
    LINK = 4, /* bytes of an address */
    /* The first chunks are allocated one by one, the others so many together. */
    FEW_CHUNKS = 16,
    CHUNKS_TOGETHER = LARGE_PAGE / CHUNK_BYTES,
    SHORT = 16, /* bytes that are copied without asking how many are needed */
};

static const uint16_t SLICE_BYTES[N_LEVELS] = {8, 16, 24, 40, 64, 104, 168, 272, 448, 736, 1216, MAX_SLICE};

typedef struct {
    uint8_t **chunks;
    uint32_t n_chunks, capacity;
    uint64_t next; /* address of the first free byte */
} posting_arena;

/* The postings of one term. Zeroed is empty. */
typedef struct {
    uint32_t first, next; /* addresses: of the first slice, and of where the next byte goes */
    uint32_t doc_freq, last_docnum;
    uint32_t slot; /* a hint: where the article under way has the term (inverter.h) */
    uint16_t room; /* bytes left in the last slice */
    uint16_t level;
} posting_stream;

SEARCHLIB_INLINE uint8_t *slice_at(const posting_arena *a, uint32_t address) {
    return a->chunks[address >> CHUNK_BITS] + (address & (CHUNK_BYTES - 1));
}

static inline size_t posting_arena_memory(const posting_arena *a) {
    return (size_t)a->n_chunks * CHUNK_BYTES + a->capacity * sizeof *a->chunks;
}

/* How many chunks were allocated together, if this is the first of them; else 0. */
static inline uint32_t chunks_with(uint32_t chunk) {
    if (chunk < FEW_CHUNKS) return 1;
    return chunk % CHUNKS_TOGETHER ? 0 : CHUNKS_TOGETHER;
}

static inline void posting_arena_free(posting_arena *a) {
    for (uint32_t i = 0; i < a->n_chunks; i++)
        if (chunks_with(i)) large_pages_free(a->chunks[i], (size_t)chunks_with(i) << CHUNK_BITS);
    free(a->chunks);
}

/* Allocate, so that slices of `need` bytes in all can be taken. */
static inline int posting_arena_reserve(posting_arena *a, uint64_t need) {
    /* What is left of a chunk is lost when a slice does not fit. */
    need += need / 64 + 2 * MAX_SLICE;
    while (((uint64_t)a->n_chunks << CHUNK_BITS) - a->next < need) {
        if (a->n_chunks == (uint32_t)1 << (32 - CHUNK_BITS)) return FAULT_MEMORY;
        if (a->n_chunks == a->capacity) {
            uint32_t capacity = a->capacity ? a->capacity * 2 : FEW_CHUNKS;
            uint8_t **chunks = (uint8_t **)realloc(a->chunks, capacity * sizeof *chunks);
            if (!chunks) return FAULT_MEMORY;
            a->chunks = chunks;
            a->capacity = capacity;
        }
        uint32_t together = chunks_with(a->n_chunks);
        uint8_t *chunks = (uint8_t *)large_pages_alloc((size_t)together << CHUNK_BITS);
        if (!chunks) return FAULT_MEMORY;
        for (uint32_t i = 0; i < together; i++) a->chunks[a->n_chunks++] = chunks + ((size_t)i << CHUNK_BITS);
    }
    return 0;
}

/* Take a slice of what was reserved: its address. */
static inline uint32_t take_slice(posting_arena *a, uint32_t bytes) {
    if ((a->next & (CHUNK_BYTES - 1)) + bytes > CHUNK_BYTES) a->next = ((a->next >> CHUNK_BITS) + 1) << CHUNK_BITS;
    uint32_t address = (uint32_t)a->next;
    a->next += bytes;
    return address;
}

/* How many bytes of slices must be reserved before `length` bytes are added to a stream. */
SEARCHLIB_INLINE uint64_t stream_need(const posting_stream *s, size_t length) {
    uint64_t need = 0;
    size_t room = s->room, level = s->level;
    if (!s->doc_freq) need = room = SLICE_BYTES[0];
    while (length > room) {
        length -= room;
        level += level + 1 < N_LEVELS;
        need += SLICE_BYTES[level];
        room = SLICE_BYTES[level] - LINK;
    }
    return need;
}

/* Add bytes to a stream. At least SHORT of them can be read, whatever `length` is. */
static inline void stream_append(posting_arena *a, posting_stream *s, const uint8_t *bytes, size_t length) {
    if (!s->doc_freq) {
        s->first = s->next = take_slice(a, SLICE_BYTES[0]);
        s->room = SLICE_BYTES[0];
    }
    while (length > s->room) {
        uint8_t *link = slice_at(a, s->next + s->room - LINK);
        memcpy(link + LINK - s->room, bytes, s->room);
        bytes += s->room;
        length -= s->room;
        s->level += s->level + 1 < N_LEVELS;
        uint32_t next = take_slice(a, SLICE_BYTES[s->level]);
        /* The last bytes move on, and make way for the link. */
        memcpy(slice_at(a, next), link, LINK);
        memcpy(link, &next, LINK);
        s->next = next + LINK;
        s->room = SLICE_BYTES[s->level] - LINK;
    }
    uint8_t *to = slice_at(a, s->next);
    /* Most postings are a few bytes: copying a fixed number of bytes costs less than a branch on how many. */
    if (length <= 8 && s->room >= 8)
        memcpy(to, bytes, 8);
    else if (length <= SHORT && s->room >= SHORT)
        memcpy(to, bytes, SHORT);
    else
        memcpy(to, bytes, length);
    s->next += (uint32_t)length;
    s->room -= (uint16_t)length;
}

#endif
