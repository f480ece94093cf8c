/* Writes the dictionary of terms and printed words: see term_dictionary_format.h for the bytes.
 *
 * A block is written when it is full or its field ends. The offsets of blocks stay in memory until the end.
 */
#ifndef SEARCHLIB_TERM_DICTIONARY_WRITER_H
#define SEARCHLIB_TERM_DICTIONARY_WRITER_H

#include "bytes/varints.h"
#include "files/paged_file.h"
#include "postings/term_dictionary_format.h"

#include <math.h>

typedef struct {
    page_writer *file;
    byte_buffer block, variants, term, offsets; /* of the block: its entries, and the variants of its terms */
    uint32_t in_block;
    uint32_t word_terms; /* of the word that was begun last */
    uint64_t last_list, last_values;
    uint32_t block_count;
} dictionary_writer;

static int dictionary_flush_block(dictionary_writer *w) {
    if (!w->in_block) return 0;
    if (buffer_append(&w->offsets, &w->file->written, 8)) return FAULT_MEMORY;
    uint8_t head[MAX_VARINT];
    int failed = pages_write(w->file, head, put_varint(head, w->block.length));
    if (!failed) failed = pages_write(w->file, w->block.data, w->block.length);
    if (!failed && w->variants.length) failed = pages_write(w->file, w->variants.data, w->variants.length);
    w->block.length = w->variants.length = 0;
    w->in_block = 0;
    w->last_list = w->last_values = 0;
    w->block_count++;
    return failed;
}

static int dictionary_put_entry(dictionary_writer *w, const term_entry *entry) {
    byte_buffer *b = &w->block;
    int failed = buffer_varint(b, (uint64_t)entry->doc_freq * 2 + (entry->inlined ? 1 : 0));
    if (!entry->inlined) {
        failed |= buffer_varint(b, entry->list_offset - w->last_list) ||
                  buffer_varint(b, entry->values_offset - w->last_values);
        w->last_list = entry->list_offset;
        w->last_values = entry->values_offset;
        return failed ? FAULT_MEMORY : 0;
    }
    failed |= buffer_varint(b, entry->docnum) || buffer_append(b, &entry->norm, 1);
    if (entry->weight >= 0 && entry->weight <= 16777216 && entry->weight == floorf(entry->weight))
        failed |= buffer_varint(b, (uint64_t)entry->weight * 2);
    else
        failed |= buffer_varint(b, 1) || buffer_append(b, &entry->weight, 4);
    failed |= buffer_varint(b, entry->value ? (uint64_t)entry->value_length + 1 : 0);
    if (entry->value) failed |= buffer_append(b, entry->value, entry->value_length);
    return failed ? FAULT_MEMORY : 0;
}

static inline size_t common_prefix(const uint8_t *one, size_t length, const uint8_t *other, size_t other_length) {
    size_t shared = 0, most = length < other_length ? length : other_length;
    while (shared < most && one[shared] == other[shared]) shared++;
    return shared;
}

static int dictionary_put_variant(byte_buffer *b, const uint8_t *term, uint32_t length, const term_variant *v, int only) {
    const size_t shared = common_prefix(v->word, v->length, term, length);
    int failed = buffer_varint(b, shared * 2 + (v->positions > 1)) || buffer_varint(b, v->length - shared) ||
                 buffer_append(b, v->word + shared, v->length - shared);
    if (v->positions > 1) failed |= buffer_varint(b, v->positions);
    if (!only) failed |= buffer_varint(b, v->doc_freq);
    return failed | buffer_varint(b, v->total);
}

/* Put the key of the next entry: a term or a word of the field, greater than the one before. 0, or a fault. */
static int dictionary_put_key(dictionary_writer *w, const uint8_t *term, uint32_t length) {
    size_t shared = 0;
    if (w->in_block == TERMS_PER_BLOCK) {
        int failed = dictionary_flush_block(w);
        if (failed) return failed;
    }
    if (length > MAX_TERM_BYTES) return FAULT_ORDER;
    if (w->in_block) shared = common_prefix(term, length, w->term.data, w->term.length);
    int failed = buffer_varint(&w->block, shared) || buffer_varint(&w->block, length - shared) ||
                 buffer_append(&w->block, term + shared, length - shared);
    w->term.length = 0;
    failed |= buffer_append(&w->term, term, length);
    w->in_block++;
    return failed ? FAULT_MEMORY : 0;
}

/* Whether a word is the term itself, as nothing joined. */
static inline int is_own_word(const term_variant *v, const uint8_t *term, uint32_t length) {
    return v->positions == 1 && v->length == length && (!length || !memcmp(v->word, term, length));
}

/* Put the variants of a term: see the format. 0, or a fault. */
static int dictionary_put_variants(dictionary_writer *w, const uint8_t *term, uint32_t length, const term_entry *entry,
                                   const term_variant *variants, uint32_t count) {
    byte_buffer *b = &w->variants;
    if (!count) return buffer_varint(b, 0);
    if (count == 1 && variants->total == entry->doc_freq && is_own_word(variants, term, length)) return buffer_varint(b, 1);
    int failed = buffer_varint(b, (uint64_t)count + 1);
    for (uint32_t i = 0; i < count; i++) failed |= dictionary_put_variant(b, term, length, &variants[i], count == 1);
    return failed ? FAULT_MEMORY : 0;
}

/* Add the next term of the field, greater than the one before, with its variants in order of their numbers. 0, or a
 * fault. */
static int dictionary_add(dictionary_writer *w, const uint8_t *term, uint32_t length, const term_entry *entry,
                          const term_variant *variants, uint32_t variant_count) {
    int failed = dictionary_put_key(w, term, length);
    if (!failed) failed = dictionary_put_entry(w, entry);
    return failed ? failed : dictionary_put_variants(w, term, length, entry, variants, variant_count);
}

/* Begin the next printed word of the field, greater than the one before, of so many terms; `dictionary_add_term_of_word`
 * follows for each. 0, or a fault. */
static int dictionary_add_word(dictionary_writer *w, const uint8_t *word, uint32_t length, uint32_t term_count) {
    int failed = dictionary_put_key(w, word, length);
    w->word_terms = term_count;
    if (failed || term_count == 1) return failed;
    return buffer_varint(&w->block, 0) || buffer_varint(&w->block, term_count) ? FAULT_MEMORY : 0;
}

static int dictionary_add_term_of_word(dictionary_writer *w, const uint8_t *term, uint32_t length) {
    const size_t shared = common_prefix(term, length, w->term.data, w->term.length);
    if (w->word_terms == 1) {
        if (shared == length) return buffer_varint(&w->block, w->term.length - shared + 1);
        if (buffer_varint(&w->block, 0) || buffer_varint(&w->block, 1)) return FAULT_MEMORY;
    }
    return buffer_varint(&w->block, shared) || buffer_varint(&w->block, length - shared) ||
                   buffer_append(&w->block, term + shared, length - shared)
               ? FAULT_MEMORY
               : 0;
}

/* End the dictionary: write its index. *index is the offset of it. 0, or a fault. */
static int dictionary_end(dictionary_writer *w, uint64_t *index) {
    int failed = dictionary_flush_block(w);
    *index = w->file->written;
    if (!failed) failed = buffer_append(&w->offsets, index, 8);
    return failed ? failed : pages_write(w->file, w->offsets.data, w->offsets.length);
}

static void dictionary_writer_free(dictionary_writer *w) {
    buffer_free(&w->block);
    buffer_free(&w->variants);
    buffer_free(&w->term);
    buffer_free(&w->offsets);
}

#endif
