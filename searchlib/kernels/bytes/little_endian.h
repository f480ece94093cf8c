/* Numbers at any address, as files have them: little-endian, aligned to nothing. */
#ifndef SEARCHLIB_LITTLE_ENDIAN_H
#define SEARCHLIB_LITTLE_ENDIAN_H

#include "bytes/compiler.h"

#include <stdint.h>
#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the kernels read little-endian files where they are mapped; use Whoosh's codec on this machine"
#endif

static inline uint32_t load_u32(const uint8_t *p) {
    uint32_t value;
    memcpy(&value, p, 4);
    return value;
}

static inline uint64_t load_u64(const uint8_t *p) {
    uint64_t value;
    memcpy(&value, p, 8);
    return value;
}

static inline float load_f32(const uint8_t *p) {
    float value;
    memcpy(&value, p, 4);
    return value;
}

static inline double load_f64(const uint8_t *p) {
    double value;
    memcpy(&value, p, 8);
    return value;
}

#endif
