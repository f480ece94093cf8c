/* Bytes in memory: what can go wrong with them, variable-length integers, a buffer that grows.
 *
 * Nothing here allocates on the word of a file, reads past an end that it was given, or keeps state of its own.
 */
#ifndef SEARCHLIB_BYTES_H
#define SEARCHLIB_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the kernels read little-endian files in place; use Whoosh's codec on this machine"
#endif

/* Before a function that is worth being compiled twice, for processors with AVX2 too; which of the two runs is found out
 * when the module is loaded. Both give the same. */
#if defined(__x86_64__) && defined(__ELF__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__)
#define SEARCHLIB_HOT __attribute__((target_clones("avx2", "default")))
#else
#define SEARCHLIB_HOT
#endif

/* Every function that can fail returns 0 or one of these. */
enum {
    FAULT_MEMORY = -1, /* no memory left */
    FAULT_DAMAGE = -2, /* bytes of a file are not what was written */
    FAULT_IO = -3,     /* the system refused to write; errno says why */
    FAULT_ORDER = -4,  /* the caller gave terms or docnums out of order, or too large */
};

/* What went wrong, for the message; kept by the caller, so that threads do not share it. */
typedef struct {
    int code;
    const char *what;  /* in words, never freed */
    const void *file;  /* the paged_file with the damage, where there is one */
    uint64_t offset;   /* where in it */
    uint32_t expected; /* of a page: the checksum in the file and that of the bytes */
    uint32_t got;
} fault;

static inline int fail(fault *f, int code, const char *what) {
    f->code = code;
    f->what = what;
    f->file = NULL;
    f->offset = 0;
    f->expected = f->got = 0;
    return code;
}

static inline int fail_at(fault *f, const char *what, const void *file, uint64_t offset) {
    fail(f, FAULT_DAMAGE, what);
    f->file = file;
    f->offset = offset;
    return FAULT_DAMAGE;
}

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

/* A byte buffer that grows; zeroed is empty. */
typedef struct {
    uint8_t *data;
    size_t length, capacity;
} byte_buffer;

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

static inline void buffer_free(byte_buffer *b) {
    free(b->data);
    memset(b, 0, sizeof *b);
}

/* Little-endian base 128: seven bits a byte, the high bit set on all but the last. */
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

/* Where the varint at `p` ends, its value in *value; NULL where it does not end before `end` or has over 64 bits. */
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
