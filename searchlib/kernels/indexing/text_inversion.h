/* Tokens of a text -> occurrences in the article under way.
 *
 * A token's term and variant have one number in the token cache and another in the inverter, and the term a slot in the
 * article. Going from one to the next takes hash look-ups; so each cache has hints, one for each of its variants, that
 * are right nearly always.
 */
#ifndef SEARCHLIB_TEXT_INVERSION_H
#define SEARCHLIB_TEXT_INVERSION_H

#include "indexing/inverter.h"
#include "indexing/text_walk.h"

/* A text that is being inverted. */
typedef struct {
    inverter *into;
    token_cache *from;
    uint32_t channel;
    uint32_t capacity; /* of the hints */
    term_hint *hints;
    uint64_t base;
    double weight;
} text_target;

/* Get ready for a text of a field, whose first position is `base`. */
static inline int begin_text(inverter *v, uint32_t field, token_cache *from, uint64_t base, double weight,
                             text_target *target) {
    int failed = need_field(v, field);
    if (failed) return failed;
    if (token_cache_begin(from)) return FAULT_MEMORY;
    uint32_t at = 0;
    while (at < v->n_channels && (v->channels[at].field != field || v->channels[at].of != from)) at++;
    if (at == v->n_channels) {
        text_channel *channels = (text_channel *)realloc(v->channels, (at + 1) * sizeof *channels);
        if (!channels) return FAULT_MEMORY;
        channels[at] = (text_channel){from, field, from->generation, 0, NULL, 0};
        v->channels = channels;
        v->n_channels++;
    }
    text_channel *channel = &v->channels[at];
    if (channel->generation != from->generation) {
        channel->generation = from->generation;
        if (channel->hints) memset(channel->hints, 0, channel->capacity * sizeof *channel->hints);
    }
    *target = (text_target){v, from, at, channel->capacity, channel->hints, base, weight};
    return 0;
}

/* Find the slot of a term of the cache without a hint, and the number of its variant, and keep them as one. 0, or a
 * fault. */
static __attribute__((noinline)) int find_slot(text_target *target, uint32_t term, uint32_t variant, term_hint *found) {
    inverter *v = target->into;
    text_channel *channel = &v->channels[target->channel];
    const term_table *names = &target->from->terms, *words = &target->from->variants;
    /* Hints take memory in proportion to the text, and not to the cache, which may know far more variants. */
    if (variant >= target->capacity && words->n <= channel->tokens + 4096) {
        uint32_t capacity = words->n + words->n / 2;
        term_hint *hints = (term_hint *)realloc(channel->hints, capacity * sizeof *hints);
        if (!hints) return FAULT_MEMORY;
        memset(hints + target->capacity, 0, (capacity - target->capacity) * sizeof *hints);
        target->hints = channel->hints = hints;
        target->capacity = channel->capacity = capacity;
    }
    term_hint *hint = variant < target->capacity ? &target->hints[variant] : NULL;
    if (hint && hint->term) {
        *found = *hint;
        if (need_slot(v, hint->term - 1, channel->field, &found->slot)) return FAULT_MEMORY;
    } else {
        uint32_t own;
        int failed = term_number(&v->terms, channel->field, term_bytes(names, term), names->keys[term].length, &own);
        if (failed) return failed;
        found->term = own + 1;
        if (need_slot(v, own, channel->field, &found->slot)) return FAULT_MEMORY;
        failed = need_variant(v, own, term_bytes(words, variant), words->keys[variant].length, &found->variant);
        if (failed) return failed;
    }
    if (hint) *hint = *found;
    return 0;
}

SEARCHLIB_INLINE void expect_occurrence(void *self, uint32_t variant, int again) {
    const text_target *target = (const text_target *)self;
    if (variant >= target->capacity) return;
    const term_hint *hint = &target->hints[variant];
    if (!again) {
        __builtin_prefetch(hint);
        return;
    }
    /* The slot of a term that the article does not have yet is read from its stream. */
    const inverter *v = target->into;
    if (hint->term && (hint->slot >= v->n_slots || v->slots[hint->slot].term != hint->term - 1))
        __builtin_prefetch(&v->streams[hint->term - 1], 1);
}

SEARCHLIB_INLINE int add_occurrence(void *self, uint32_t term, uint32_t variant, uint64_t position, size_t startchar,
                                    size_t endchar) {
    (void)startchar, (void)endchar;
    text_target *target = (text_target *)self;
    inverter *v = target->into;
    term_hint hint = {0, NO_TERM, 0};
    if (variant < target->capacity) hint = target->hints[variant];
    if (hint.slot >= v->n_slots || v->slots[hint.slot].term != hint.term - 1) {
        int failed = find_slot(target, term, variant, &hint);
        if (failed) return failed;
    }
    if (target->base + position > UINT32_MAX) return FAULT_ORDER;
    if (v->n_occurrences == v->occurrence_capacity &&
        grow_array(&v->occurrences, &v->occurrence_capacity, 256, sizeof *v->occurrences))
        return FAULT_MEMORY;
    uint32_t at = v->n_occurrences++;
    v->occurrences[at] = (occurrence){(uint32_t)(target->base + position), 0, hint.variant};
    article_term *mine = &v->slots[hint.slot];
    if (!mine->n++) {
        mine->first = at;
    } else {
        if (v->occurrences[mine->last].position > v->occurrences[at].position) return FAULT_ORDER;
        v->occurrences[mine->last].next = at;
    }
    mine->last = at;
    mine->weight += target->weight;
    return 0;
}

/* As walk_text and walk_found, into the article. */
static inline int invert_text(text_target *target, text_walk *walk) {
    return walk_text(target->from, walk, expect_occurrence, add_occurrence, target);
}

static inline int invert_found(text_target *target, text_walk *walk) {
    return walk_found(target->from, walk, add_occurrence, target);
}

static inline void end_text(text_target *target, const text_walk *walk) {
    target->into->channels[target->channel].tokens += walk->position;
}

#endif
