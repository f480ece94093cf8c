/* A byte buffer that grows. It does not shrink, and its bytes move when it grows. */
#ifndef SEARCHLIB_BYTE_BUFFER_H
#define SEARCHLIB_BYTE_BUFFER_H

#include "bytes/faults.h"

#include <stdlib.h>
#include <string.h>

/* Zeroed is empty; `data` is then NULL. */
typedef struct {
    uint8_t *data;
    size_t length, capacity;
} byte_buffer;

/* Make room for so many more bytes. 0, or a fault. */
static inline int buffer_reserve(byte_buffer *b, size_t more) {
    if (more <= b->capacity - b->length) return 0;
    size_t capacity = b->capacity ? b->capacity : 256;
    while (capacity - b->length < more) {
        if (capacity > SIZE_MAX / 2) return FAULT_MEMORY;
        capacity *= 2;
    }
    uint8_t *data = (uint8_t *)realloc(b->data, capacity);
    if (!data) return FAULT_MEMORY;
    b->data = data;
    b->capacity = capacity;
    return 0;
}

static inline int buffer_append(byte_buffer *b, const void *bytes, size_t length) {
    if (buffer_reserve(b, length)) return FAULT_MEMORY;
    if (length) memcpy(b->data + b->length, bytes, length);
    b->length += length;
    return 0;
}

/* Its bytes, and how many. */
static inline const uint8_t *buffer_bytes(const byte_buffer *b, size_t *length) {
    *length = b->length;
    return b->data;
}

static inline void buffer_free(byte_buffer *b) {
    free(b->data);
    memset(b, 0, sizeof *b);
}

#endif
