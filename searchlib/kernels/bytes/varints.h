/* Varints: whole numbers of up to 64 bits in one to ten bytes.
 *
 * A varint is little-endian base 128: seven bits a byte, the lowest first, the high bit set on all bytes but the last.
 * 300 is `ac 02`.
 */
#ifndef SEARCHLIB_VARINTS_H
#define SEARCHLIB_VARINTS_H

#include "bytes/byte_buffer.h"

enum { MAX_VARINT = 10 };

static inline size_t put_varint(uint8_t *out, uint64_t value) {
    size_t n = 0;
    while (value > 0x7f) {
        out[n++] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    out[n++] = (uint8_t)value;
    return n;
}

static inline int buffer_varint(byte_buffer *b, uint64_t value) {
    if (buffer_reserve(b, MAX_VARINT)) return FAULT_MEMORY;
    b->length += put_varint(b->data + b->length, value);
    return 0;
}

/* Returns where the varint at `p` ends, its value in *value; NULL if it does not end before `end` or has over 64
 * bits. */
static inline const uint8_t *get_varint(const uint8_t *p, const uint8_t *end, uint64_t *value) {
    uint64_t result = 0;
    for (unsigned shift = 0; p < end && shift < 64; shift += 7) {
        uint8_t byte = *p++;
        result |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *value = result;
            return p;
        }
    }
    return NULL;
}

/* As get_varint, for a value that has to be at most `max`. */
static inline const uint8_t *get_bounded(const uint8_t *p, const uint8_t *end, uint64_t max, uint64_t *value) {
    p = get_varint(p, end, value);
    return p && *value <= max ? p : NULL;
}

#endif
