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
#include "sentences/walk.h"

/* How the sentences of a text are found, and in which field it is kept where they begin. */
typedef struct {
    const sentence_rules *rules; /* NULL: nothing of them is kept */
    uint32_t field;
} sentence_layout;

#define NO_SENTENCE INT64_MAX

/* A text that is being inverted. */
typedef struct {
    inverter *into;
    token_cache *from;
    uint32_t channel;
    uint32_t capacity; /* of the hints */
    term_hint *hints;
    uint64_t base;
    double weight;
    /* Sentences: the walk over them; where the next one begins, in characters, and whether a paragraph does. */
    sentence_layout layout;
    sentence_walk sentences;
    int64_t next_sentence;
    int begins_paragraph;
} text_target;

/* Look for where the next sentence begins: NO_SENTENCE if there is none. */
static inline void find_next_sentence(text_target *target) {
    text_sentence found;
    const int64_t length = target->sentences.view.length;
    target->next_sentence = NO_SENTENCE;
    target->begins_paragraph = 0;
    if (!next_sentence(&target->sentences, &found) || found.next >= length) return;
    target->next_sentence = found.next;
    target->begins_paragraph = found.ends_paragraph;
}

/* Get ready for a text of a field, whose first position is `base`. */
static inline int begin_text(inverter *v, uint32_t field, token_cache *from, uint64_t base, double weight,
                             sentence_layout layout, const text_walk *walk, text_target *target) {
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
    *target = (text_target){.into = v,
                            .from = from,
                            .channel = at,
                            .capacity = channel->capacity,
                            .hints = channel->hints,
                            .base = base,
                            .weight = weight,
                            .layout = layout,
                            .next_sentence = NO_SENTENCE};
    if (layout.rules) {
        begin_sentences(&target->sentences, layout.rules, make_view(walk->data, (int64_t)walk->length, walk->width));
        find_next_sentence(target);
    }
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

/* Add an occurrence of the term in a slot. 0, or a fault. */
SEARCHLIB_INLINE int append_occurrence(inverter *v, uint32_t slot, uint64_t position, uint32_t variant, double weight) {
    if (position > UINT32_MAX) return FAULT_ORDER;
    if (v->n_occurrences == v->occurrence_capacity &&
        grow_array(&v->occurrences, &v->occurrence_capacity, 256, sizeof *v->occurrences))
        return FAULT_MEMORY;
    uint32_t at = v->n_occurrences++;
    v->occurrences[at] = (occurrence){(uint32_t)position, 0, variant};
    article_term *mine = &v->slots[slot];
    if (!mine->n++) {
        mine->first = at;
    } else {
        if (v->occurrences[mine->last].position > v->occurrences[at].position) return FAULT_ORDER;
        v->occurrences[mine->last].next = at;
    }
    mine->last = at;
    mine->weight += weight;
    return 0;
}

/* The names of what marks sentences. The last byte of a variant says that it takes one position. */
static const char SENTENCE_TERM[] = "sentence", SENTENCE_VARIANT[] = "sentence\1", PARAGRAPH_VARIANT[] = "paragraph\1";

/* Make the term known that marks sentences. 0, or a fault. */
static inline int need_sentence_mark(inverter *v, uint32_t field) {
    sentence_mark *marks = &v->marks;
    uint32_t slot;
    if (marks->is_known) return marks->field == field ? 0 : FAULT_ORDER;
    int failed = need_field(v, field);
    if (!failed)
        failed = term_number(&v->terms, field, (const uint8_t *)SENTENCE_TERM, sizeof SENTENCE_TERM - 1, &marks->term);
    if (!failed) failed = need_slot(v, marks->term, field, &slot);
    if (!failed)
        failed = need_variant(v, marks->term, (const uint8_t *)SENTENCE_VARIANT, sizeof SENTENCE_VARIANT - 1,
                              &marks->sentence);
    if (!failed)
        failed = need_variant(v, marks->term, (const uint8_t *)PARAGRAPH_VARIANT, sizeof PARAGRAPH_VARIANT - 1,
                              &marks->paragraph);
    marks->field = field;
    marks->is_known = !failed;
    return failed;
}

/* A token begins at or behind the next sentence: mark its position, unless it is the first of the text, and look for the
 * sentence that begins after the token. 0, or a fault. */
static __attribute__((noinline)) int mark_sentence(text_target *target, uint64_t position, int64_t startchar) {
    inverter *v = target->into;
    int begins_paragraph = 0;
    uint32_t slot;
    while (startchar >= target->next_sentence) {
        begins_paragraph |= target->begins_paragraph;
        find_next_sentence(target);
    }
    if (!position) return 0;
    int failed = need_sentence_mark(v, target->layout.field);
    if (!failed) failed = need_slot(v, v->marks.term, v->marks.field, &slot);
    if (failed) return failed;
    const uint32_t variant = begins_paragraph ? v->marks.paragraph : v->marks.sentence;
    return append_occurrence(v, slot, target->base + position, variant, 1);
}

SEARCHLIB_INLINE int add_occurrence(void *self, uint32_t term, uint32_t variant, uint64_t position, size_t startchar,
                                    size_t endchar) {
    (void)endchar;
    text_target *target = (text_target *)self;
    inverter *v = target->into;
    term_hint hint = {0, NO_TERM, 0};
    if ((int64_t)startchar >= target->next_sentence) {
        int failed = mark_sentence(target, position, (int64_t)startchar);
        if (failed) return failed;
    }
    if (variant < target->capacity) hint = target->hints[variant];
    if (hint.slot >= v->n_slots || v->slots[hint.slot].term != hint.term - 1) {
        int failed = find_slot(target, term, variant, &hint);
        if (failed) return failed;
    }
    return append_occurrence(v, hint.slot, target->base + position, hint.variant, target->weight);
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
