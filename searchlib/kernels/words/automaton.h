/* An automaton over the characters of UTF-8: a table of states by classes of characters.
 *
 * State 0 is dead: no word that comes to it matches. A walk begins in state 1. Characters are told apart by class only:
 * code points are cut into ranges, and each range is of one class. Bytes that are no UTF-8 lead to state 0.
 *
 * Characters are read instead of bytes because an automaton over bytes has states inside of characters, several for
 * each state that any character leads to. The order of code points is that of their bytes; so the least word that may
 * follow another one can be worked out, and a dictionary that is sorted by bytes is searched for it.
 */
#ifndef SEARCHLIB_AUTOMATON_H
#define SEARCHLIB_AUTOMATON_H

#include "bytes/byte_buffer.h"

enum { DEAD = 0, START = 1, ASCII = 128, NO_CHARACTER = 0x110000, MAX_UTF8 = 4 };
/* What is kept where a byte does not begin a character; never a state. */
enum { INSIDE_CHARACTER = 0xffff };

typedef struct {
    const uint32_t *starts; /* the first code point of each range, ascending, the first 0 */
    const uint16_t *range_classes;
    size_t range_count;
    const uint16_t *next;     /* the next state, by state * class_count + class */
    const uint8_t *accepting; /* of each state, whether a word that ends in it matches */
    size_t state_count, class_count;
    uint16_t ascii[ASCII]; /* the class of each */
} automaton;

/* The range that a code point is in. */
static inline size_t automaton_range(const automaton *a, uint32_t character) {
    size_t low = 0, high = a->range_count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (a->starts[middle] <= character) low = middle;
        else high = middle;
    }
    return low;
}

/* Whether the tables are those of an automaton. */
static int automaton_is_sound(const automaton *a) {
    if (a->state_count <= START || a->state_count >= INSIDE_CHARACTER || !a->class_count || !a->range_count) return 0;
    if (a->starts[0] || a->accepting[DEAD]) return 0;
    for (size_t i = 0; i < a->range_count; i++) {
        if (a->range_classes[i] >= a->class_count || a->starts[i] >= NO_CHARACTER) return 0;
        if (i && a->starts[i] <= a->starts[i - 1]) return 0;
    }
    for (size_t i = 0; i < a->state_count * a->class_count; i++)
        if (a->next[i] >= a->state_count || (i < a->class_count && a->next[i] != DEAD)) return 0;
    return 1;
}

/* Have an automaton whose tables are set ready for walks: 1, or 0 if they are not those of one. The tables stay the
 * caller's, and `next` has state_count * class_count numbers. */
static int automaton_prepare(automaton *a) {
    if (!automaton_is_sound(a)) return 0;
    for (uint32_t character = 0; character < ASCII; character++)
        a->ascii[character] = a->range_classes[automaton_range(a, character)];
    return 1;
}

/* Read the character that bytes begin with: how many bytes it takes, 0 if they begin with none. */
static inline size_t read_character(const uint8_t *at, size_t left, uint32_t *character) {
    const uint32_t first = at[0];
    const size_t length = first < 0x80   ? 1
                          : first < 0xc2 ? 0
                          : first < 0xe0 ? 2
                          : first < 0xf0 ? 3
                          : first < 0xf5 ? 4
                                         : 0;
    if (!length || length > left) return 0;
    uint32_t value = length == 1 ? first : first & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) return 0;
        value = value << 6 | (at[i] & 0x3f);
    }
    if ((length == 3 && value < 0x800) || (length == 4 && (value < 0x10000 || value >= NO_CHARACTER))) return 0;
    *character = value;
    return length;
}

/* Write a character as UTF-8: how many bytes it takes. */
static inline size_t write_character(uint8_t at[MAX_UTF8], uint32_t character) {
    const size_t length = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    if (length == 1) {
        at[0] = (uint8_t)character;
        return 1;
    }
    for (size_t i = length - 1; i; i--, character >>= 6) at[i] = (uint8_t)(0x80 | (character & 0x3f));
    at[0] = (uint8_t)(0xf00u >> length | character);
    return length;
}

/* The state after the character at `at`, of *length bytes; *length is 0 if there is none. */
static inline size_t automaton_step(const automaton *a, size_t state, const uint8_t *at, size_t left, size_t *length) {
    uint32_t character = 0;
    *length = read_character(at, left, &character);
    return *length ? a->next[state * a->class_count + a->range_classes[automaton_range(a, character)]] : DEAD;
}

/* The first character, not below `character`, that does not lead from a state to the dead one; NO_CHARACTER if there is
 * none. */
static uint32_t automaton_first_live(const automaton *a, uint16_t state, uint32_t character) {
    const uint16_t *next = a->next + state * a->class_count;
    if (character >= NO_CHARACTER) return NO_CHARACTER;
    for (size_t range = automaton_range(a, character); range < a->range_count; range++)
        if (next[a->range_classes[range]] != DEAD)
            return a->starts[range] > character ? a->starts[range] : character;
    return NO_CHARACTER;
}

/* Add the least characters that lead from a state to an accepting one, or the first few of them. 0, or a fault code. */
static int automaton_append_least(const automaton *a, uint16_t state, byte_buffer *word) {
    /* The way to an accepting state by least characters may have no end: /a*b/. */
    enum { ENOUGH = 16 };
    for (int i = 0; i < ENOUGH && !a->accepting[state]; i++) {
        const uint32_t character = automaton_first_live(a, state, 0);
        uint8_t bytes[MAX_UTF8];
        if (character == NO_CHARACTER) return 0;
        if (buffer_append(word, bytes, write_character(bytes, character))) return FAULT_MEMORY;
        state = a->next[state * a->class_count + a->range_classes[automaton_range(a, character)]];
    }
    return 0;
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

/* An automaton of these tables. */
static inline automaton automaton_of(const uint32_t *starts, const uint16_t *range_classes, size_t range_count,
                                     const uint16_t *next, const uint8_t *accepting, size_t state_count,
                                     size_t class_count) {
    return (automaton){starts, range_classes, range_count, next, accepting, state_count, class_count, {0}};
}

#endif
