/* What can go wrong in a kernel, as a number and as the facts of an error message.
 *
 * A function that can fail returns 0 or a fault code, and fills a `fault` if it is given one. The caller owns the
 * `fault`, so that threads do not share it. No header raises an exception, prints or sets errno.
 */
#ifndef SEARCHLIB_FAULTS_H
#define SEARCHLIB_FAULTS_H

#include "bytes/compiler.h"

#include <stddef.h>
#include <stdint.h>

enum {
    FAULT_MEMORY = -1, /* no memory left */
    FAULT_DAMAGE = -2, /* bytes of a file are not what was written */
    FAULT_IO = -3,     /* the system refused to write; errno says why */
    FAULT_ORDER = -4,  /* the caller gave terms or docnums out of order, or too large */
    FAULT_TIME = -5,   /* the time that the caller gave is over */
};

typedef struct {
    int code;
    const char *what;  /* in words, ASCII, never freed */
    const void *file;  /* the paged_file with the damage, if there is one */
    uint64_t offset;   /* of the damage in that file */
    uint32_t expected; /* of a page: the checksum in the file, and that of the bytes */
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

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline int fault_code(const fault *f) { return f->code; }

static inline const char *fault_what(const fault *f) { return f->what; }

static inline const void *fault_file(const fault *f) { return f->file; }

static inline uint64_t fault_offset(const fault *f) { return f->offset; }

static inline uint32_t fault_expected(const fault *f) { return f->expected; }

static inline uint32_t fault_got(const fault *f) { return f->got; }

#endif
