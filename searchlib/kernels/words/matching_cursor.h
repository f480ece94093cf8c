/* A cursor over those terms of a field, or printed words of it, that an automaton accepts.
 *
 * Neighbours in the dictionary begin alike, and the states that a beginning leads to are kept: only what differs is put
 * through the automaton. Where a beginning leads to the dead state, entries that share it are passed over. At the end
 * of the block all blocks before the next word that may match are passed over too.
 */
#ifndef SEARCHLIB_MATCHING_CURSOR_H
#define SEARCHLIB_MATCHING_CURSOR_H

#include "postings/term_dictionary_reader.h"
#include "words/automaton.h"

typedef struct {
    term_cursor cursor;
    const automaton *automaton;
    byte_buffer states; /* u16: the state before each byte of the word, and after the last, up to `alive` */
    byte_buffer target; /* the next word that may match */
    /* The word leads to a state that is not dead up to `alive`; the bytes from there to `dead` are the character that
     * leads to the dead one. `dead` is 0 if no character does. */
    size_t alive, dead;
    uint32_t block; /* that the cursor was in last */
    uint64_t blocks_entered;
    int settled; /* whether it is on a word that matches, or past the last */
} matching_cursor;

static inline void matching_cursor_close(matching_cursor *m) {
    term_cursor_close(&m->cursor);
    buffer_free(&m->states);
    buffer_free(&m->target);
}

/* The word that it is on, and its length; NULL if it is past the last. */
static inline const uint8_t *matching_cursor_word(const matching_cursor *m, size_t *length) {
    return term_cursor_term(&m->cursor, length);
}

static inline void matching_cursor_note_block(matching_cursor *m) {
    if (!m->cursor.active || m->cursor.block == m->block) return;
    m->block = m->cursor.block;
    m->blocks_entered++;
}

/* Go to the first word that is not below `target`. 0, or a fault. */
static int matching_cursor_seek_target(matching_cursor *m, fault *f) {
    int failed = term_cursor_seek(&m->cursor, m->target.data, m->target.length, f);
    m->alive = m->dead = 0;
    m->settled = 0;
    matching_cursor_note_block(m);
    return failed;
}

/* Set a zeroed cursor before the first word that matches; it has to be settled. `matching_cursor_close` it after. 0, or
 * a fault. */
static int matching_cursor_open(matching_cursor *m, const automaton *a, const dictionary *d, field_blocks blocks,
                                int of_words, fault *f) {
    m->automaton = a;
    m->block = UINT32_MAX;
    if (of_words) term_cursor_walk_words(&m->cursor);
    int failed = term_cursor_open(&m->cursor, d, blocks, f);
    if (failed || !m->cursor.active) {
        m->settled = !failed;
        return failed;
    }
    matching_cursor_note_block(m);
    if (buffer_reserve(&m->target, 1) || automaton_append_least(a, START, &m->target))
        return fail(f, FAULT_MEMORY, "no memory");
    return matching_cursor_seek_target(m, f);
}

/* Put the word through the automaton, from where its states are not known: whether it matches. A fault code if there is
 * no memory. */
static int matching_cursor_run(matching_cursor *m) {
    size_t length, taken = 0;
    const uint8_t *word = term_cursor_term(&m->cursor, &length);
    if (m->states.capacity < (length + 1) * sizeof(uint16_t)) {
        m->states.length = 0;
        if (buffer_reserve(&m->states, (length + 1) * sizeof(uint16_t))) return FAULT_MEMORY;
    }
    const automaton *a = m->automaton;
    const uint16_t *next = a->next;
    const size_t class_count = a->class_count;
    uint16_t *states = (uint16_t *)(void *)m->states.data;
    size_t at = m->alive;
    if (!at) states[0] = START;
    /* A character of which the words share only the first bytes is read anew. */
    while (states[at] == INSIDE_CHARACTER) at--;
    size_t state = states[at];
    m->dead = 0;
    while (at < length) {
        if (word[at] < ASCII) {
            state = next[state * class_count + a->ascii[word[at]]];
            taken = 1;
        } else {
            state = automaton_step(a, state, word + at, length - at, &taken);
        }
        if (state == DEAD) {
            m->alive = at;
            /* Bytes that are no character may be one with those that a word beside this one has behind them. */
            m->dead = taken ? at + taken : 0;
            return 0;
        }
        for (; taken > 1; taken--) states[++at] = INSIDE_CHARACTER;
        states[++at] = (uint16_t)state;
    }
    m->alive = at;
    return a->accepting[state];
}

/* Work out the least word that may match of all that follow the one whose character at `alive` leads to the dead state:
 * 1 and it is in `target`; 0 if there is none; or a fault code. */
static int matching_cursor_find_target(matching_cursor *m) {
    const automaton *a = m->automaton;
    const uint16_t *states = (const uint16_t *)(const void *)m->states.data;
    size_t length, at = m->alive;
    const uint8_t *word = term_cursor_term(&m->cursor, &length);
    for (;;) {
        uint32_t character = 0;
        read_character(word + at, length - at, &character);
        const uint32_t live = automaton_first_live(a, states[at], character + 1);
        if (live != NO_CHARACTER) {
            uint8_t bytes[MAX_UTF8];
            const uint16_t state = a->next[states[at] * a->class_count + a->range_classes[automaton_range(a, live)]];
            m->target.length = 0;
            if (buffer_append(&m->target, word, at)) return FAULT_MEMORY;
            if (buffer_append(&m->target, bytes, write_character(bytes, live))) return FAULT_MEMORY;
            return automaton_append_least(a, state, &m->target) ? FAULT_MEMORY : 1;
        }
        if (!at) return 0;
        do at--;
        while (states[at] == INSIDE_CHARACTER);
    }
}

/* Go to the next word, or to the next that may match. 0, or a fault. */
static int matching_cursor_step(matching_cursor *m, fault *f) {
    term_cursor *c = &m->cursor;
    if (m->dead && c->at == c->end) {
        const int found = matching_cursor_find_target(m);
        if (found < 0) return fail(f, FAULT_MEMORY, "no memory");
        if (found) return matching_cursor_seek_target(m, f);
        c->active = 0;
        return 0;
    }
    const int failed = term_cursor_next(c, f);
    if (failed || !c->active) return failed;
    matching_cursor_note_block(m);
    if (m->alive > c->shared) m->alive = c->shared;
    if (m->dead > c->shared) m->dead = 0;
    return 0;
}

/* Go on to a word that matches, if the cursor is on none, past *budget words at most; *budget becomes what is left of
 * them. 0, and `settled` tells whether it came to one or to the end; or a fault. */
static int matching_cursor_settle(matching_cursor *m, uint64_t *budget, fault *f) {
    while (!m->settled && *budget) {
        --*budget;
        if (!m->cursor.active) {
            m->settled = 1;
            return 0;
        }
        if (!m->dead) {
            const int matches = matching_cursor_run(m);
            if (matches < 0) return fail(f, FAULT_MEMORY, "no memory");
            if (matches) {
                m->settled = 1;
                return 0;
            }
        }
        const int failed = matching_cursor_step(m, f);
        if (failed) return failed;
    }
    return 0;
}

/* Leave the word that it is on; it has to be settled. 0, or a fault. */
static int matching_cursor_next(matching_cursor *m, fault *f) {
    m->settled = 0;
    return matching_cursor_step(m, f);
}

#endif
