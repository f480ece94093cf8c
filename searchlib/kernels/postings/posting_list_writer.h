/* Writes posting lists, a posting at a time: see posting_list_format.h for the bytes.
 *
 * A block is encoded when it is full. Only the entries of its blocks are kept of a list until it ends.
 */
#ifndef SEARCHLIB_POSTING_LIST_WRITER_H
#define SEARCHLIB_POSTING_LIST_WRITER_H

#include "files/paged_file.h"
#include "postings/posting_list_format.h"
#include "postings/values_writer.h"

/* How often each variant of a list occurs. */
typedef struct {
    struct {
        uint32_t doc_freq, last_docnum;
        uint32_t positions; /* that it takes */
        uint64_t total;     /* at how many it is */
    } *of;
    uint32_t count, capacity;
    uint32_t without_first; /* postings that have other variants only */
    uint64_t others;        /* positions of other variants than number 0 */
    uint64_t positions;
} variant_counts;

typedef struct {
    page_writer *postings, *values;
    /* The block that is being filled: */
    uint32_t n;
    uint32_t docnums[BLOCK];
    float weights[BLOCK];
    uint8_t norms[BLOCK];
    values_writer block_values;
    /* The list: */
    byte_buffer directory, head;
    uint64_t doc_freq, blocks_begin, values_begin;
    uint32_t first_docnum, last_docnum, last_written;
    double total_weight;
    float max_weight;
    int flags;
    uint8_t block_variants; /* a bit for each variant that the block has, as entries have it */
    byte_buffer masks;      /* of the blocks that are written */
    variant_counts counted;
    impacts block_impacts, list_impacts;
} posting_list_writer;

static inline int variant_counts_reserve(variant_counts *c, uint32_t count) {
    if (count <= c->capacity) return 0;
    const size_t capacity = count + (size_t)count / 2;
    void *of = realloc(c->of, capacity * sizeof *c->of);
    if (!of) return FAULT_MEMORY;
    c->of = of;
    c->capacity = (uint32_t)(capacity > UINT32_MAX ? UINT32_MAX : capacity);
    return 0;
}

/* Let the list that was begun have one more variant, which takes so many positions. A list without any has number 0 all the
 * same. 0, or a fault. */
static int posting_list_add_variant(posting_list_writer *w, uint32_t positions) {
    variant_counts *c = &w->counted;
    if (c->count == UINT32_MAX - 1 || variant_counts_reserve(c, c->count + 1)) return FAULT_MEMORY;
    memset(&c->of[c->count], 0, sizeof *c->of);
    c->of[c->count++].positions = positions;
    if (positions > 1) w->flags |= LIST_JOINED;
    return 0;
}

static void posting_list_begin(posting_list_writer *w) {
    w->n = 0;
    w->doc_freq = 0;
    values_begin_block(&w->block_values);
    w->directory.length = w->masks.length = 0;
    w->counted.count = w->counted.without_first = w->block_variants = 0;
    w->counted.others = w->counted.positions = 0;
    w->blocks_begin = w->postings->written;
    w->values_begin = w->values->written;
    w->first_docnum = 0;
    w->last_docnum = w->last_written = UINT32_MAX;
    w->total_weight = 0;
    w->max_weight = 0;
    w->flags = 0;
    impacts_clear(&w->list_impacts);
}

static int posting_list_write_values(posting_list_writer *w, int whole) {
    const byte_buffer *values;
    for (uint32_t i = 0; i < w->n; i++) w->block_values.expected[i] = whole ? (uint32_t)w->weights[i] : 1;
    int failed = values_finish(&w->block_values, w->n, &values);
    if (failed) return failed;
    for (uint32_t i = 0; i < w->n; i++) w->counted.positions += w->block_values.counts[i];
    return pages_write(w->values, values->data, values->length);
}

/* Count the variants at the positions of a posting; most are number 0 everywhere, and then there is nothing to do. */
static inline int posting_list_count_variants(posting_list_writer *w, uint32_t docnum, const uint32_t *variants,
                                              uint32_t count) {
    variant_counts *c = &w->counted;
    int has_first = 0;
    w->flags |= LIST_VARIANTS;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t variant = variants[i];
        if (variant >= c->count) return FAULT_ORDER;
        w->block_variants |= variant_bit(variant);
        has_first |= !variant;
        if (!variant) continue;
        c->others++;
        c->of[variant].total++;
        if (c->of[variant].doc_freq && c->of[variant].last_docnum == docnum) continue;
        c->of[variant].doc_freq++;
        c->of[variant].last_docnum = docnum;
    }
    c->without_first += !has_first;
    return 0;
}

/* After the list ended: in how many articles a variant is, and at how many positions. */
static inline void posting_list_variant(const posting_list_writer *w, uint32_t variant, uint32_t *doc_freq,
                                        uint64_t *total) {
    const variant_counts *c = &w->counted;
    *doc_freq = variant ? c->of[variant].doc_freq : (uint32_t)w->doc_freq - c->without_first;
    *total = variant ? c->of[variant].total : c->positions - c->others;
}

static int posting_list_write_block(posting_list_writer *w) {
    uint32_t steps[BLOCK], extra[BLOCK], all_steps = 0, all_extra = 0, before = w->last_written;
    int whole = 1;
    impacts_clear(&w->block_impacts);
    for (uint32_t i = 0; i < w->n; i++) {
        float weight = w->weights[i];
        steps[i] = w->docnums[i] - before - 1;
        before = w->docnums[i];
        all_steps |= steps[i];
        if (is_whole(weight)) {
            extra[i] = (uint32_t)weight - 1;
            all_extra |= extra[i];
        } else {
            whole = 0;
        }
        impacts_add(&w->block_impacts, impact_of_weight(weight), w->norms[i]);
    }
    uint8_t block[2 + 2 * BLOCK * 4];
    unsigned doc_bits = bits_needed(all_steps), weight_bits = bits_needed(all_extra);
    block[0] = (uint8_t)doc_bits;
    block[1] = (uint8_t)(whole ? weight_bits : FLOAT_WEIGHTS);
    size_t at = 2;
    pack(steps, block + at, w->n, doc_bits);
    at += packed_size(w->n, doc_bits);
    if (whole) {
        pack(extra, block + at, w->n, weight_bits);
        at += packed_size(w->n, weight_bits);
    } else {
        w->flags |= LIST_FLOATS;
        memcpy(block + at, w->weights, w->n * sizeof(float));
        at += w->n * sizeof(float);
    }
    int failed = pages_write(w->postings, block, at);
    if (!failed && (w->flags & LIST_VALUES)) failed = posting_list_write_values(w, whole);
    if (failed) return failed;
    uint64_t block_end = w->postings->written - w->blocks_begin, values_end = w->values->written - w->values_begin;
    if (block_end > UINT32_MAX || values_end > UINT32_MAX) return FAULT_ORDER;
    uint8_t entry[ENTRY_BYTES];
    uint32_t numbers[3] = {before, (uint32_t)block_end, (uint32_t)values_end};
    memcpy(entry, numbers, 12);
    impacts_store(&w->block_impacts, entry + 12);
    for (unsigned norm = w->block_impacts.low; norm <= w->block_impacts.high; norm++)
        if (w->block_impacts.best[norm]) impacts_add(&w->list_impacts, w->block_impacts.best[norm], (uint8_t)norm);
    if (w->block_impacts.low < w->list_impacts.low) w->list_impacts.low = w->block_impacts.low;
    if (w->block_impacts.high > w->list_impacts.high) w->list_impacts.high = w->block_impacts.high;
    w->last_written = before;
    w->n = 0;
    const uint8_t mask = w->block_variants;
    w->block_variants = 0;
    return buffer_append(&w->directory, entry, ENTRY_BYTES) || buffer_append(&w->masks, &mask, 1) ? FAULT_MEMORY : 0;
}

/* Add a posting; docnums ascend. `value` is NULL in all postings of a list, or in none. `variants` has the variant at
 * each of the posting's `variant_count` positions; NULL: all are number 0. 0, or a fault. */
static int posting_list_add(posting_list_writer *w, uint32_t docnum, float weight, uint8_t norm, const uint8_t *value,
                            uint32_t value_length, const uint32_t *variants, uint32_t variant_count) {
    if (w->n == BLOCK) {
        int failed = posting_list_write_block(w);
        if (failed) return failed;
    }
    if (!w->doc_freq) {
        w->first_docnum = docnum;
        if (value) w->flags |= LIST_VALUES | LIST_FORMS;
    } else if (docnum <= w->last_docnum) {
        return FAULT_ORDER;
    }
    uint32_t i = w->n++;
    w->doc_freq++;
    w->last_docnum = w->docnums[i] = docnum;
    w->weights[i] = weight;
    w->norms[i] = norm;
    w->block_values.lengths[i] = value ? value_length : 0;
    if (variants) {
        int failed = posting_list_count_variants(w, docnum, variants, variant_count);
        if (failed) return failed;
    } else {
        w->block_variants |= variant_bit(0);
    }
    int failed = values_set_variants(&w->block_values, i, variants, variant_count);
    if (failed) return failed;
    w->total_weight += weight;
    if (weight > w->max_weight) w->max_weight = weight;
    if (!value || !value_length) return 0;
    byte_buffer *bytes = &w->block_values.bytes;
    if (value_length > 3 || bytes->capacity - bytes->length < 3) return buffer_append(bytes, value, value_length);
    /* Most values are one position: one to three bytes, copied without a call. */
    uint8_t *to = bytes->data + bytes->length;
    to[0] = value[0];
    to[value_length >> 1] = value[value_length >> 1];
    to[value_length - 1] = value[value_length - 1];
    bytes->length += value_length;
    return 0;
}

static int posting_list_put_directory(const posting_list_writer *w, byte_buffer *b) {
    if (!(w->flags & LIST_VARIANTS)) return buffer_append(b, w->directory.data, w->directory.length);
    for (size_t block = 0; block < w->masks.length; block++)
        if (buffer_append(b, w->directory.data + block * ENTRY_BYTES, ENTRY_BYTES) ||
            buffer_append(b, w->masks.data + block, 1))
            return FAULT_MEMORY;
    return 0;
}

/* Put which variants take several positions. */
static int posting_list_put_joined(const posting_list_writer *w, byte_buffer *b) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < w->counted.count; i++) count += w->counted.of[i].positions > 1;
    int failed = buffer_varint(b, count);
    for (uint32_t i = 0; i < w->counted.count; i++)
        if (w->counted.of[i].positions > 1) failed |= buffer_varint(b, i) || buffer_varint(b, w->counted.of[i].positions);
    return failed;
}

static int posting_list_write_head(posting_list_writer *w, uint64_t blocks_bytes) {
    byte_buffer *b = &w->head;
    b->length = 0;
    uint8_t flags = (uint8_t)w->flags;
    int failed = buffer_append(b, &flags, 1) || buffer_varint(b, blocks_bytes) ||
                 buffer_varint(b, w->values->written - w->values_begin);
    if (w->flags & LIST_FLOATS)
        failed |= buffer_append(b, &w->total_weight, 8) || buffer_append(b, &w->max_weight, 4);
    else
        failed |= buffer_varint(b, (uint64_t)w->total_weight) || buffer_varint(b, (uint64_t)w->max_weight);
    failed |= buffer_append(b, &w->list_impacts.low, 1) || buffer_append(b, &w->list_impacts.high, 1) ||
              buffer_varint(b, w->first_docnum) || buffer_varint(b, w->last_docnum - w->first_docnum);
    if (w->flags & LIST_JOINED) failed |= posting_list_put_joined(w, b);
    if (w->doc_freq > BLOCK) {
        uint8_t pairs[IMPACT_BYTES];
        impacts_store(&w->list_impacts, pairs);
        failed |= buffer_append(b, pairs, IMPACT_BYTES) || posting_list_put_directory(w, b);
    }
    return failed ? FAULT_MEMORY : pages_write(w->postings, b->data, b->length);
}

/* End the list. *entry is what the dictionary is to have of it; an inlined value is valid until the next list
 * begins. */
static int posting_list_end(posting_list_writer *w, term_entry *entry) {
    memset(entry, 0, sizeof *entry);
    entry->doc_freq = (uint32_t)w->doc_freq;
    if (w->doc_freq == 1 && w->block_values.lengths[0] <= MAX_INLINE_VALUE &&
        !(w->flags & (LIST_VARIANTS | LIST_JOINED))) {
        values_count(&w->block_values, 1);
        w->counted.positions = w->block_values.counts[0];
        entry->inlined = 1;
        entry->docnum = w->docnums[0];
        entry->weight = w->weights[0];
        entry->norm = w->norms[0];
        entry->value_length = w->block_values.lengths[0];
        entry->value = w->flags & LIST_VALUES ? w->block_values.bytes.data : NULL;
        /* NULL means no value; an empty value is at any other address. */
        if (w->flags & LIST_VALUES && !entry->value) entry->value = w->norms;
        return 0;
    }
    int failed = w->n ? posting_list_write_block(w) : 0;
    if (failed) return failed;
    entry->values_offset = w->values_begin;
    entry->list_offset = w->postings->written;
    return posting_list_write_head(w, entry->list_offset - w->blocks_begin);
}

static void posting_list_writer_free(posting_list_writer *w) {
    values_writer_free(&w->block_values);
    buffer_free(&w->directory);
    buffer_free(&w->masks);
    buffer_free(&w->head);
    free(w->counted.of);
}

#endif
