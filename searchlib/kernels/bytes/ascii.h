/* Which characters of ASCII are letters. */
#ifndef SEARCHLIB_ASCII_H
#define SEARCHLIB_ASCII_H

#include "bytes/compiler.h"

#include <stdint.h>

static inline int is_ascii_letter(uint32_t c) { return (c | 0x20) - 'a' < 26; }

#endif
