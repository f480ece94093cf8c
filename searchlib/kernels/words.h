/* Bytes <-> the same bytes with frequent words as codes of one or two bytes: what is stored of articles, before it is
 * compressed. What compresses it then has less to read, and knows words from the start.
 *
 * Bytes are cut into words, which are runs of ASCII letters, digits and all bytes from 0x80 on, and what stands between
 * them. Between words a backslash and the byte after it stay together, as JSON has them: "\n" begins no word. Either
 * can be an entry of a vocabulary, if it has at most 15 bytes; entries are numbered from 0.
 *
 *     coded      length(varint) part*        length: of the bytes that it stands for
 *     part       entry | literal | escape
 *     entry      0x80 to 0x9f                entry 0 to 31
 *                0xa0 to 0xfe, u8            entry 32 + (first - 0xa0) * 256 + second
 *     literal    0x00 to 0x7f                itself
 *     escape     0xff n(u8) n bytes          these bytes, all from 0x80 on; n >= 1
 *     vocabulary entry*                      n(u8), 1 to 15, and n bytes
 *
 * Where a part that begins with a letter, digit or byte from 0x80 on follows an entry that is a word, or an entry that
 * is a word follows a literal or escape that ends with such a byte, a space stands between the two and is left out.
 *
 * Source of the spaces that are left out: Moura, Navarro, Ziviani & Baeza-Yates, "Fast and Flexible Word Searching on
 * Compressed Text", 2000, section 4.
 */
#ifndef SEARCHLIB_WORDS_H
#define SEARCHLIB_WORDS_H

#include "bytes.h"

enum {
    WORD_BYTES = 15,
    IS_WORD = 0x80, /* beside the length of an entry */
    SHORT_CODES = 32,
    FIRST_LONG = 0x80 + SHORT_CODES,
    ESCAPE = 0xff,
    MAX_WORDS = SHORT_CODES + (ESCAPE - FIRST_LONG) * 256,
    MAX_CODED_LENGTH = 1 << 30,
};

#define NO_WORD UINT32_MAX
#define EACH(byte) ((uint64_t)(byte) * 0x0101010101010101u)

/* An entry: its bytes, then zeros, then its length and whether it is a word. */
typedef struct {
    uint64_t low, high;
} coded_word;

/* What stood last: nothing or what is no word, an entry that is a word, or a byte of a word. */
enum { AFTER_GAP, AFTER_ENTRY, AFTER_BYTE };

typedef struct {
    coded_word *words;
    uint32_t n, capacity;
    uint32_t *counts; /* while they are counted; else NULL */
    uint32_t *table;  /* number + 1 of an entry, 0 for none */
    uint32_t mask;
} vocabulary;

static inline void vocabulary_free(vocabulary *v) {
    free(v->words);
    free(v->counts);
    free(v->table);
    memset(v, 0, sizeof *v);
}

/* Room for this many words, at least 1. */
static inline int vocabulary_begin(vocabulary *v, uint32_t capacity, int counting) {
    uint32_t slots = 64;
    memset(v, 0, sizeof *v);
    while (slots < capacity * 2) slots *= 2;
    v->words = (coded_word *)malloc(capacity * sizeof *v->words);
    v->counts = counting ? (uint32_t *)malloc(capacity * sizeof *v->counts) : NULL;
    v->table = (uint32_t *)calloc(slots, sizeof *v->table);
    v->capacity = capacity;
    v->mask = slots - 1;
    if (v->words && v->table && (v->counts || !counting)) return 0;
    vocabulary_free(v);
    return FAULT_MEMORY;
}

static inline int is_word_byte(uint8_t c) {
    return c >= 0x80 || (uint8_t)((c | 32) - 'a') < 26 || (uint8_t)(c - '0') < 10;
}

/* Of eight bytes, the high bit of each that is a byte of a word. */
static inline uint64_t word_bytes(uint64_t bytes) {
    uint64_t low = bytes & EACH(0x7f), letter = low | EACH(0x20);
    uint64_t letters = (letter + EACH(0x80 - 'a')) & ~(letter + EACH(0x7f - 'z'));
    uint64_t digits = (low + EACH(0x80 - '0')) & ~(low + EACH(0x7f - '9'));
    return (bytes | letters | digits) & EACH(0x80);
}

/* Where the word at `p`, or what is between words there, ends. */
static inline const uint8_t *part_end(const uint8_t *p, const uint8_t *end) {
    if (is_word_byte(*p)) {
        for (; end - p >= 8; p += 8) {
            uint64_t others = ~word_bytes(load_u64(p)) & EACH(0x80);
            if (others) return p + (__builtin_ctzll(others) >> 3);
        }
        while (p < end && is_word_byte(*p)) p++;
        return p;
    }
    while (p < end && !is_word_byte(*p)) p += *p == '\\' && end - p > 1 ? 2 : 1;
    return p;
}

/* An entry of `length` bytes, at most WORD_BYTES, without reading at or after `end`. */
static inline coded_word load_word(const uint8_t *bytes, size_t length, const uint8_t *end) {
    coded_word word = {0, 0};
    if (end - bytes >= 16) {
        /* Without a branch: words are short and long in no order. */
        uint64_t is_long = 0 - (uint64_t)(length >= 8), some = ((uint64_t)1 << 8 * (length & 7)) - 1;
        word.low = load_u64(bytes) & (some | is_long);
        word.high = load_u64(bytes + 8) & (some & is_long);
    } else {
        memcpy(&word, bytes, length);
    }
    word.high |= (uint64_t)(length | (is_word_byte(*bytes) ? IS_WORD : 0)) << 56;
    return word;
}

static inline uint8_t word_length(const coded_word *word) { return (uint8_t)(word->high >> 56 & 0x7f); }

/* Where in the table an entry is, or would be. */
static inline uint32_t word_slot(const vocabulary *v, const coded_word *word) {
    uint64_t hash = (word->low ^ (word->high << 29 | word->high >> 35)) * 0x9E3779B97F4A7C15u;
    uint32_t at = (uint32_t)(hash >> 40) & v->mask;
    for (; v->table[at]; at = (at + 1) & v->mask) {
        const coded_word *known = &v->words[v->table[at] - 1];
        if (known->low == word->low && known->high == word->high) break;
    }
    return at;
}

static inline void add_word(vocabulary *v, uint32_t slot, const coded_word *word) {
    v->words[v->n] = *word;
    v->table[slot] = ++v->n;
}

static inline uint32_t find_word(const vocabulary *v, const uint8_t *bytes, size_t length, const uint8_t *end) {
    if (length > WORD_BYTES) return NO_WORD;
    coded_word word = load_word(bytes, length, end);
    return v->table[word_slot(v, &word)] - 1;
}

/* --- making a vocabulary ---------------------------------------------------------------------------------------- */

enum { MAX_COUNTED = 1 << 18, LEAST_COUNT = 3, SHORTEST_ENTRY = 2 };

/* Count what is in these bytes; no more different words than there is room for. */
static inline void count_words(vocabulary *v, const uint8_t *p, const uint8_t *end) {
    while (p < end) {
        const uint8_t *start = p;
        p = part_end(p, end);
        size_t length = (size_t)(p - start);
        if (length < SHORTEST_ENTRY || length > WORD_BYTES) continue;
        coded_word word = load_word(start, length, end);
        uint32_t slot = word_slot(v, &word);
        if (!v->table[slot]) {
            if (v->n == v->capacity) continue;
            v->counts[v->n] = 0;
            add_word(v, slot, &word);
        }
        uint32_t *count = &v->counts[v->table[slot] - 1];
        *count += *count < UINT32_MAX;
    }
}

/* Counts, the highest first; of equal ones, what came first. */
static inline int compare_counts(const void *one, const void *other) {
    uint64_t a, b;
    memcpy(&a, one, 8);
    memcpy(&b, other, 8);
    return (a < b) - (a > b);
}

/* The vocabulary of what was counted, as the file has it. */
static inline int choose_words(const vocabulary *v, byte_buffer *chosen) {
    uint64_t *order = (uint64_t *)malloc((v->n + (size_t)1) * sizeof *order);
    if (!order) return FAULT_MEMORY;
    uint32_t n = 0;
    for (uint32_t i = 0; i < v->n; i++) {
        if (v->counts[i] >= LEAST_COUNT) order[n++] = (uint64_t)v->counts[i] << 32 | (UINT32_MAX - i);
    }
    qsort(order, n, sizeof *order, compare_counts);
    int failed = 0;
    for (uint32_t i = 0; i < n && i < MAX_WORDS && !failed; i++) {
        const coded_word *word = &v->words[UINT32_MAX - (uint32_t)order[i]];
        uint8_t length = word_length(word);
        failed = buffer_append(chosen, &length, 1) || buffer_append(chosen, word, length);
    }
    free(order);
    return failed ? FAULT_MEMORY : 0;
}

/* Take a vocabulary from a file. FAULT_DAMAGE: it is none. */
static inline int vocabulary_open(vocabulary *v, const uint8_t *p, size_t size) {
    const uint8_t *end = p + size;
    if (vocabulary_begin(v, MAX_WORDS, 0)) return FAULT_MEMORY;
    while (p < end) {
        size_t length = *p++;
        if (!length || length > WORD_BYTES || (size_t)(end - p) < length || v->n == MAX_WORDS) goto damaged;
        coded_word word = load_word(p, length, end);
        uint32_t slot = word_slot(v, &word);
        if (v->table[slot]) goto damaged;
        add_word(v, slot, &word);
        p += length;
    }
    return 0;
damaged:
    vocabulary_free(v);
    return FAULT_DAMAGE;
}

/* --- coding ----------------------------------------------------------------------------------------------------- */

/* Two bytes are written, of which one may be void. */
static inline uint8_t *put_entry(uint8_t *out, uint32_t number) {
    uint32_t is_long = number >= SHORT_CODES, rest = number - SHORT_CODES;
    out[0] = (uint8_t)(is_long ? FIRST_LONG + (rest >> 8) : 0x80 + number);
    out[1] = (uint8_t)rest;
    return out + 1 + is_long;
}

static inline uint8_t *put_literals(uint8_t *out, const uint8_t *p, const uint8_t *end) {
    while (p < end) {
        if (*p < 0x80) {
            *out++ = *p++;
            continue;
        }
        const uint8_t *start = p;
        while (p < end && *p >= 0x80 && p - start < 255) p++;
        *out++ = ESCAPE;
        *out++ = (uint8_t)(p - start);
        memcpy(out, start, (size_t)(p - start));
        out += p - start;
    }
    return out;
}

/* At most this many bytes are what so many come to: a byte from 0x80 on in a place of its own has two before it. */
static inline size_t coded_bound(size_t length) { return MAX_VARINT + 2 * length + 3; }

/* Code bytes; where the coded ones end. */
static inline uint8_t *encode_words(const vocabulary *v, const uint8_t *p, size_t length, uint8_t *out) {
    const uint8_t *end = p + length;
    int after = AFTER_GAP, spaced = 0; /* whether a space is yet to be written or left out */
    out += put_varint(out, length);
    while (p < end) {
        if (*p == ' ' && end - p > 1 && is_word_byte(p[1])) {
            spaced = 1;
            p++;
        }
        const uint8_t *start = p;
        p = part_end(p, end);
        uint32_t number = find_word(v, start, (size_t)(p - start), end);
        int is_word = is_word_byte(*start);
        /* A word right after the end of "\n" would get a space as an entry. */
        if (is_word && !spaced && after != AFTER_GAP) number = NO_WORD;
        if (spaced && (number == NO_WORD ? after != AFTER_ENTRY : after == AFTER_GAP)) *out++ = ' ';
        spaced = 0;
        if (number != NO_WORD) {
            out = put_entry(out, number);
            after = is_word ? AFTER_ENTRY : AFTER_GAP;
        } else {
            out = put_literals(out, start, p);
            after = is_word_byte(p[-1]) ? AFTER_BYTE : AFTER_GAP;
        }
    }
    return out;
}

/* What coded bytes say their length is, in *length, and where they go on; NULL where they are damaged. */
static inline const uint8_t *coded_length(const uint8_t *p, const uint8_t *end, size_t *length) {
    uint64_t value;
    const uint64_t most = (uint64_t)(end - p) * (WORD_BYTES + 1);
    p = get_bounded(p, end, most < MAX_CODED_LENGTH ? most : MAX_CODED_LENGTH, &value);
    if (p) *length = (size_t)value;
    return p;
}

/* Decode what follows the length, to exactly `length` bytes. FAULT_DAMAGE: it comes to something else. */
static inline int decode_words(const vocabulary *v, const uint8_t *p, const uint8_t *end, uint8_t *out,
                               size_t length) {
    uint8_t *out_end = out + length;
    int after = AFTER_GAP;
    while (p < end) {
        uint8_t c = *p++;
        const uint8_t *from = p - 1;
        size_t n = 1;
        int is_word, next;
        if (c < 0x80) {
            is_word = is_word_byte(c);
            next = is_word ? AFTER_BYTE : AFTER_GAP;
        } else if (c == ESCAPE) {
            if (p == end || !(n = *p++) || (size_t)(end - p) < n) return FAULT_DAMAGE;
            from = p;
            p += n;
            is_word = 1;
            next = AFTER_BYTE;
        } else {
            uint32_t number = c - 0x80u;
            if (c >= FIRST_LONG) {
                if (p == end) return FAULT_DAMAGE;
                number = SHORT_CODES + (uint32_t)(c - FIRST_LONG) * 256 + *p++;
            }
            if (number >= v->n) return FAULT_DAMAGE;
            const coded_word *word = &v->words[number];
            from = (const uint8_t *)word;
            n = word_length(word);
            is_word = word->high >> 63 != 0;
            if (is_word && after == AFTER_BYTE) after = AFTER_ENTRY; /* which means: a space */
            next = is_word ? AFTER_ENTRY : AFTER_GAP;
            if (out_end - out > WORD_BYTES) {
                if (is_word && after == AFTER_ENTRY) *out++ = ' ';
                memcpy(out, from, WORD_BYTES);
                out += n;
                after = next;
                continue;
            }
        }
        if (is_word && after == AFTER_ENTRY) {
            if (out == out_end) return FAULT_DAMAGE;
            *out++ = ' ';
        }
        if ((size_t)(out_end - out) < n) return FAULT_DAMAGE;
        memcpy(out, from, n);
        out += n;
        after = next;
    }
    return out == out_end ? 0 : FAULT_DAMAGE;
}

#endif
