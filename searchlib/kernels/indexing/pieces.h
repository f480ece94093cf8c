/* Cuts a text into pieces: what stands between ASCII white space. What may be initials ("J. K."), a name with an
 * ampersand ("AT & T") or a number ("10 000") stays in one piece, though it has single spaces in it. The rules are those
 * of searchlib/analysis/pieces.py.
 *
 * A text is read as Python stores it: one, two or four bytes a character. Eight characters are looked at together, as
 * the bytes of one 64-bit number. A piece of up to 16 Latin-1 characters is two such numbers, and they are its key.
 * Nothing here knows what a word is.
 */
#ifndef SEARCHLIB_PIECES_H
#define SEARCHLIB_PIECES_H

#include "bytes/term_table.h"
#include "bytes/ascii.h"

enum { INLINE_BYTES = 16 }; /* of a key that is two numbers */

/* A text, and how far the walk has come. */
typedef struct {
    const void *data;
    size_t length; /* in characters */
    int width;     /* bytes of each: 1, 2 or 4 */
    size_t at;     /* characters before it are done */
    uint64_t position;      /* of the first token of the next piece */
    uint64_t end_position;  /* one past the last token's; 0 before there is one */
    size_t piece_length;    /* of the piece at `at`, if the walk stopped at an unknown one */
} text_walk;

/* Stand at the beginning of a text of `length` characters, `width` bytes each. */
static inline void begin_walk(text_walk *walk, const void *data, size_t length, int width) {
    *walk = (text_walk){.data = data, .length = length, .width = width};
}

/* A piece as it was cut. It has a key if it is plain: at most 16 characters, all of them Latin-1. */
typedef struct {
    size_t startchar, length;
    int plain;
    uint64_t key[2], hash;
} text_piece;

#define EACH_BYTE(byte) (0x0101010101010101u * (byte))

SEARCHLIB_INLINE uint32_t char_at(const void *data, int width, size_t at) {
    return width == 1 ? ((const uint8_t *)data)[at]
           : width == 2 ? ((const uint16_t *)data)[at]
                        : ((const uint32_t *)data)[at];
}

SEARCHLIB_INLINE int is_space(uint32_t c) {
    return c == ' ' || c - '\t' < 5;
}

/* The high bit of each byte that is white space. */
SEARCHLIB_INLINE uint64_t space_bytes(uint64_t bytes) {
    uint64_t low = bytes & EACH_BYTE(0x7f);
    uint64_t controls = (low + EACH_BYTE(0x7f - 8)) & ~(low + EACH_BYTE(0x7f - 13));
    uint64_t blanks = ~((low ^ EACH_BYTE(' ')) + EACH_BYTE(0x7f));
    return (controls | blanks) & ~bytes & EACH_BYTE(0x80);
}

/* The high bit of each byte that is not 0. */
SEARCHLIB_INLINE uint64_t set_bytes(uint64_t bytes) {
    return (((bytes & EACH_BYTE(0x7f)) + EACH_BYTE(0x7f)) | bytes) & EACH_BYTE(0x80);
}

typedef uint8_t bytes8 __attribute__((vector_size(8)));
typedef uint16_t halves8 __attribute__((vector_size(16)));
typedef uint32_t words8 __attribute__((vector_size(32)));

/* Eight characters: the low byte of each. In *high a byte is not 0 if its character is beyond Latin-1. */
SEARCHLIB_INLINE uint64_t load_chars(const void *data, int width, uint64_t *high) {
    uint64_t low;
    bytes8 lows, highs;
    if (width == 1) {
        memcpy(&low, data, 8);
        *high = 0;
        return low;
    }
    if (width == 2) {
        halves8 chars;
        memcpy(&chars, data, 16);
        lows = __builtin_convertvector(chars & 0xff, bytes8);
        highs = __builtin_convertvector(chars >> 8, bytes8);
    } else {
        words8 chars;
        memcpy(&chars, data, 32);
        lows = __builtin_convertvector(chars & 0xff, bytes8);
        highs = __builtin_convertvector(((chars >> 8) | (chars >> 16)) & 0xff, bytes8);
    }
    memcpy(&low, &lows, 8);
    memcpy(high, &highs, 8);
    return low;
}

/* As load_chars, but the text may end before the eighth character: spaces stand for what is missing. */
SEARCHLIB_INLINE uint64_t load_chars_until(const void *data, int width, size_t at, size_t length, uint64_t *high) {
    const uint8_t *from = (const uint8_t *)data + at * (size_t)width;
    if (length - at >= 8) return load_chars(from, width, high);
    uint64_t low = EACH_BYTE(' ');
    *high = 0;
    for (size_t i = length - at; i-- > 0;) {
        uint32_t c = char_at(from, width, i);
        low = (low & ~((uint64_t)0xff << 8 * i)) | (uint64_t)(c & 0xff) << 8 * i;
        *high |= (uint64_t)(c > 0xff) << 8 * i;
    }
    return low;
}

SEARCHLIB_INLINE uint64_t first_bytes(uint64_t bytes, size_t n) {
    return n < 8 ? bytes & (((uint64_t)1 << 8 * n) - 1) : bytes;
}

SEARCHLIB_INLINE size_t count_before(uint64_t marks) {
    return marks ? (size_t)__builtin_ctzll(marks) >> 3 : 8;
}

/* The key of n characters, and in `high` what is beyond Latin-1 of it. */
static inline void load_key(const text_walk *walk, int width, size_t at, size_t n, uint64_t key[2], uint64_t high[2]) {
    for (size_t half = 0; half < 2; half++) {
        key[half] = high[half] = 0;
        if (n <= 8 * half) continue;
        key[half] = load_chars_until(walk->data, width, at + 8 * half, walk->length, &high[half]);
        key[half] = first_bytes(key[half], n - 8 * half);
        high[half] = first_bytes(high[half], n - 8 * half);
    }
}

/* --- what has spaces in it -------------------------------------------------------------------------------------- */

enum {
    MAX_JOINED_RUNS = 4,
    MAX_FIRST_RUN = 6, /* characters: two signs, an initial of three, a dot */
};

/* The text as runs of characters that are no white space. `width` as of next_piece. */
typedef struct {
    const void *data;
    size_t length;
    int width;
} run_text;

/* The character at `at`; a space past the end. */
SEARCHLIB_INLINE uint32_t run_char(const run_text *t, size_t at) {
    return at < t->length ? char_at(t->data, t->width, at) : ' ';
}

static inline size_t run_end(const run_text *t, size_t at) {
    while (!is_space(run_char(t, at))) at++;
    return at;
}

static inline int is_digit(uint32_t c) { return c - '0' < 10; }

static inline int is_ascii_alnum(uint32_t c) { return is_ascii_letter(c) || is_digit(c); }

/* Where what may be an initial ends, one past its dot: a character, up to two beyond U+02FF, and a dot. Or 0. */
static inline size_t initial_end(const run_text *t, size_t at) {
    if (is_space(run_char(t, at))) return 0;
    for (size_t dot = at + 1; dot <= at + 3; dot++) {
        uint32_t c = run_char(t, dot);
        if (c == '.') return dot + 1;
        if (c < 0x300) return 0;
    }
    return 0;
}

/* Where three digits end, with no fourth after them. Or 0. */
static inline size_t thousands_end(const run_text *t, size_t at) {
    for (size_t i = 0; i < 3; i++)
        if (!is_digit(run_char(t, at + i))) return 0;
    return is_digit(run_char(t, at + 3)) ? 0 : at + 3;
}

/* The run that ends at `end`, and those after it that a name or number may go on in. `next` is the end of an initial or
 * of three digits. Returns where the last one ends. */
static inline size_t join_runs(const run_text *t, size_t end, size_t (*next)(const run_text *t, size_t at)) {
    for (int runs = 1; runs < MAX_JOINED_RUNS && run_char(t, end) == ' '; runs++) {
        size_t own = next(t, end + 1);
        if (!own) break;
        int is_last = !is_space(run_char(t, own));
        end = run_end(t, own);
        if (is_last) break;
    }
    return end;
}

/* Where the piece ends whose first run is [at, end). */
static __attribute__((noinline)) size_t join_spaced(const run_text *t, size_t at, size_t end) {
    /* Up to two signs may stand before. */
    for (size_t start = at; start < end && start <= at + 2; start++) {
        if (initial_end(t, start) == end) return join_runs(t, end, initial_end);
        if (is_ascii_alnum(run_char(t, start))) {
            at = start;
            break;
        }
    }
    size_t length = end - at;
    if (length <= 2 && is_ascii_letter(run_char(t, at)) && is_ascii_letter(run_char(t, end - 1)) &&
        run_char(t, end) == ' ' && run_char(t, end + 1) == '&' && run_char(t, end + 2) == ' ' &&
        is_ascii_letter(run_char(t, end + 3))) {
        size_t last = end + 4 + (size_t)is_ascii_letter(run_char(t, end + 4));
        uint32_t c = run_char(t, last);
        return is_ascii_alnum(c) || c >= 0x80 ? end : run_end(t, last);
    }
    if (length > 3 || run_char(t, at) == '0') return end;
    for (size_t i = at; i < end; i++)
        if (!is_digit(run_char(t, i))) return end;
    return join_runs(t, end, thousands_end);
}

/* Whether a piece may go on after its first run, which has n characters from `at` on. A word of ASCII with a full stop
 * behind it does not: an initial has the dot behind its first character. */
SEARCHLIB_INLINE int may_go_on(const text_walk *walk, int width, size_t at, size_t n) {
    if (at + n + 1 >= walk->length || char_at(walk->data, width, at + n) != ' ') return 0;
    const uint32_t last = char_at(walk->data, width, at + n - 1), next = char_at(walk->data, width, at + n + 1);
    if (next == '&' || (is_digit(last) && is_digit(next))) return 1;
    return last == '.' && !(n > 2 && is_ascii_letter(char_at(walk->data, width, at)) &&
                            is_ascii_letter(char_at(walk->data, width, at + 1)));
}

/* --- pieces ------------------------------------------------------------------------------------------------------ */

/* Cut the next piece: 1, or 0 if there is none. `width` is that of the text, a constant where this is inlined. */
SEARCHLIB_INLINE int next_piece(text_walk *walk, int width, const uint64_t seed[2], text_piece *piece) {
    size_t at = walk->at, length = walk->length;
    while (at < length && is_space(char_at(walk->data, width, at))) at++;
    walk->at = at;
    if (at == length) return 0;
    uint64_t high[2] = {0, 0};
    uint64_t key[2] = {load_chars_until(walk->data, width, at, length, &high[0]), 0};
    size_t n = count_before(space_bytes(key[0]) & ~set_bytes(high[0]));
    if (n == 8 && at + 8 < length) {
        key[1] = load_chars_until(walk->data, width, at + 8, length, &high[1]);
        size_t more = count_before(space_bytes(key[1]) & ~set_bytes(high[1]));
        key[1] = first_bytes(key[1], more);
        high[1] = first_bytes(high[1], more);
        n += more;
    } else {
        key[0] = first_bytes(key[0], n);
        high[0] = first_bytes(high[0], n);
    }
    piece->startchar = at;
    if (n == 16)
        while (at + n < length && !is_space(char_at(walk->data, width, at + n))) n++;
    if (n <= MAX_FIRST_RUN && may_go_on(walk, width, at, n)) {
        const run_text runs = {walk->data, length, width};
        const size_t whole = join_spaced(&runs, at, at + n) - at;
        if (whole > n) load_key(walk, width, at, whole, key, high);
        n = whole;
    }
    piece->length = n;
    piece->plain = n <= INLINE_BYTES && !(high[0] | high[1]);
    piece->key[0] = key[0];
    piece->key[1] = key[1];
    if (piece->plain) piece->hash = hash_words(seed, key[0], key[1], n << 3 | 1);
    return 1;
}

#endif
