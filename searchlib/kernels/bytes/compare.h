/* The order of byte strings: that of memcmp, and of two of which one begins the other the shorter is first.
 *
 * An empty string may be at NULL, which memcmp must not be given.
 */
#ifndef SEARCHLIB_COMPARE_H
#define SEARCHLIB_COMPARE_H

#include "bytes/compiler.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Below 0, 0 or above 0, as memcmp. */
static inline int compare_bytes(const uint8_t *a, size_t a_length, const uint8_t *b, size_t b_length) {
    size_t common = a_length < b_length ? a_length : b_length;
    int order = common ? memcmp(a, b, common) : 0;
    return order ? order : (a_length > b_length) - (a_length < b_length);
}

#endif
