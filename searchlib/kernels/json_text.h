/* Text -> JSON string, in UTF-8: `"`, `\` and controls escaped, as short as JSON has it; all else as it is. */
#ifndef SEARCHLIB_JSON_TEXT_H
#define SEARCHLIB_JSON_TEXT_H

#include "bytes.h"

/* The most bytes that one becomes: \u001f. */
enum { JSON_GROWTH = 6 };

static inline int is_escaped(uint8_t c) { return c < 0x20 || c == '"' || c == '\\'; }

/* How many of these bytes are escaped. */
static inline size_t count_escaped(const uint8_t *p, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) count += (size_t)is_escaped(p[i]);
    return count;
}

/* Write a text between quotes; where it ends. */
static inline uint8_t *put_json_text(uint8_t *out, const uint8_t *p, size_t length) {
    static const char hexadecimal[] = "0123456789abcdef";
    const uint8_t *end = p + length;
    *out++ = '"';
    while (p < end) {
        const uint8_t *start = p;
        while (p < end && !is_escaped(*p)) p++;
        memcpy(out, start, (size_t)(p - start));
        out += p - start;
        if (p == end) break;
        uint8_t c = *p++, name = 0;
        *out++ = '\\';
        switch (c) {
        case '"': case '\\': name = c; break;
        case '\n': name = 'n'; break;
        case '\r': name = 'r'; break;
        case '\t': name = 't'; break;
        case '\b': name = 'b'; break;
        case '\f': name = 'f'; break;
        }
        if (name) {
            *out++ = name;
        } else {
            memcpy(out, "u00", 3);
            out[3] = (uint8_t)hexadecimal[c >> 4];
            out[4] = (uint8_t)hexadecimal[c & 15];
            out += 5;
        }
    }
    *out++ = '"';
    return out;
}

#endif
