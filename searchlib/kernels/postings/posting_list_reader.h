/* Reads posting lists, a block at a time: see posting_list_format.h for the bytes, and for how to read them by hand.
 *
 * A cursor is opened on a term's entry of the dictionary, then loads blocks in any order. Loading decodes docnums;
 * weights and values are decoded when they are asked for. Whatever the bytes are, what is loaded has docnums that
 * ascend and are below doc_count, or the load fails.
 */
#ifndef SEARCHLIB_POSTING_LIST_READER_H
#define SEARCHLIB_POSTING_LIST_READER_H

#include "files/paged_file.h"
#include "postings/posting_list_format.h"
#include "postings/values_reader.h"

/* The files that have the lists of a segment. */
typedef struct {
    const paged_file *postings, *values;
    uint32_t doc_count; /* docnums are below it */
} posting_files;

static inline posting_files posting_files_of(const paged_file *postings, const paged_file *values, uint32_t doc_count) {
    return (posting_files){postings, values, doc_count};
}

static inline uint32_t posting_files_doc_count(const posting_files *files) { return files->doc_count; }

enum { NO_BLOCK = UINT32_MAX };

/* Variants of a list that are asked for (query/printed.h), and those of a block (positions.h). */
typedef struct wanted_variants wanted_variants;
typedef struct block_variants block_variants;

typedef struct {
    const posting_files *files;
    term_entry entry;
    uint32_t block_count;
    int flags;
    double total_weight;
    float max_weight;
    uint8_t min_norm, max_norm;
    uint32_t first_docnum, last_docnum;
    const uint8_t *directory;    /* entries of the blocks; NULL if there is one block */
    uint32_t entry_bytes;        /* of each */
    const uint8_t *joined;       /* which variants take several positions, and how many they are; NULL: none does */
    uint32_t joined_count;
    uint8_t joined_variants; /* their bits, as the entries of blocks have them */
    const wanted_variants *wanted; /* the only variants that are asked for; NULL: all */
    block_variants *variants;      /* where those of the loaded block are decoded to, if they are asked for */
    const uint8_t *list_impacts; /* NULL likewise */
    uint64_t blocks_begin, blocks_bytes, values_bytes;
    /* The loaded block; NO_BLOCK and 0 for none: */
    uint32_t block, n;
    int has_weights, has_values; /* whether they are decoded */
    int whole_weights;
    unsigned doc_bits, weight_bits;
    const uint8_t *block_weights; /* packed */
    uint32_t docnums[BLOCK];
    uint32_t counts[BLOCK]; /* weights, if they are whole */
    float weights[BLOCK];   /* if not */
    values_block values;
} posting_cursor;

static inline const uint8_t *cursor_block_entry(const posting_cursor *c, uint32_t block) {
    return c->directory + (size_t)block * c->entry_bytes;
}

/* The last docnum of a block. */
static inline uint32_t cursor_block_last(const posting_cursor *c, uint32_t block) {
    return c->directory ? load_u32(cursor_block_entry(c, block)) : c->last_docnum;
}

/* Whether a block may have a variant; not if no position of it does. */
static inline int cursor_block_may_have(const posting_cursor *c, uint32_t block, uint8_t variants) {
    if (!(c->flags & LIST_VARIANTS)) return variants & variant_bit(0);
    return !c->directory || cursor_block_entry(c, block)[ENTRY_BYTES] & variants;
}

/* The impacts of a block; NULL if there is only one: `max_weight` and `min_norm` bound it. */
static inline const uint8_t *cursor_block_impacts(const posting_cursor *c, uint32_t block) {
    return c->directory ? cursor_block_entry(c, block) + 12 : NULL;
}

/* Read which variants take several positions, at `p` in the file: returns where they end; NULL on a fault. */
static const uint8_t *cursor_read_joined(posting_cursor *c, const uint8_t *p, fault *f) {
    const paged_file *file = c->files->postings;
    const uint8_t *begin = p, *end = file->data + file->end;
    uint64_t count = 0, number = 0, positions = 0, size = (uint64_t)(end - p);
    if (size > MAX_VARINT) size = MAX_VARINT;
    if (pages_check(file, (uint64_t)(p - file->data), size, f)) return NULL;
    p = get_bounded(p, p + size, UINT32_MAX, &count);
    /* A pair takes ten bytes at most, and two at least. */
    size = p && count < (uint64_t)(end - p) ? count * 10 : 0;
    if (p && size > (uint64_t)(end - p)) size = (uint64_t)(end - p);
    if (p && count && size && pages_check(file, (uint64_t)(p - file->data), size, f)) return NULL;
    c->joined = p;
    c->joined_count = (uint32_t)count;
    for (uint64_t i = 0, next = 0; p && i < count; i++, next = number + 1) {
        p = get_bounded(p, c->joined + size, UINT32_MAX, &number);
        if (p) p = get_bounded(p, c->joined + size, UINT32_MAX, &positions);
        if (number < next || positions < 2) p = NULL;
        c->joined_variants |= variant_bit((uint32_t)number);
    }
    if (!p) fail_at(f, "the joined variants of a list make no sense", file, (uint64_t)(begin - file->data));
    return p;
}

static int cursor_read_head(posting_cursor *c, fault *f) {
    const paged_file *file = c->files->postings;
    uint64_t head = c->entry.list_offset, room = 64;
    if (head < file->begin || head >= file->end) return fail_at(f, "a list is outside the file", file, head);
    if (room > file->end - head) room = file->end - head;
    int failed = pages_check(file, head, room, f);
    if (failed) return failed;
    const uint8_t *p = file->data + head, *end = p + room;
    uint64_t blocks = 0, values = 0, total = 0, most = 0, first = 0, difference = 0;
    c->flags = *p++;
    c->entry_bytes = ENTRY_BYTES + !!(c->flags & LIST_VARIANTS);
    p = get_bounded(p, end, head - file->begin, &blocks);
    if (p) p = get_bounded(p, end, c->files->values->end, &values);
    if (p && c->flags & LIST_FLOATS) {
        if (end - p < 12) p = NULL;
        else {
            c->total_weight = load_f64(p);
            c->max_weight = load_f32(p + 8);
            p += 12;
        }
    } else {
        if (p) p = get_varint(p, end, &total);
        if (p) p = get_varint(p, end, &most);
        c->total_weight = (double)total;
        c->max_weight = (float)most;
    }
    if (p && end - p >= 2) {
        c->min_norm = *p++;
        c->max_norm = *p++;
        p = get_bounded(p, end, c->files->doc_count, &first);
    } else {
        p = NULL;
    }
    if (p) p = get_bounded(p, end, c->files->doc_count - first, &difference);
    if (p && c->flags & LIST_JOINED) {
        p = cursor_read_joined(c, p, f);
        if (!p) return FAULT_DAMAGE;
    }
    if (!p || first + difference >= c->files->doc_count || difference + 1 < c->entry.doc_freq)
        return fail_at(f, "the head of a list makes no sense", file, head);
    c->blocks_bytes = blocks;
    c->blocks_begin = head - blocks;
    c->values_bytes = values;
    c->first_docnum = (uint32_t)first;
    c->last_docnum = (uint32_t)(first + difference);
    if (c->block_count == 1) return 0;
    uint64_t directory = (uint64_t)(p - file->data);
    failed = pages_check(file, directory, IMPACT_BYTES + (uint64_t)c->block_count * c->entry_bytes, f);
    if (failed) return failed;
    c->list_impacts = p;
    c->directory = p + IMPACT_BYTES;
    if (cursor_block_last(c, c->block_count - 1) != c->last_docnum)
        return fail_at(f, "the directory of a list does not end where the list does", file, directory);
    return 0;
}

/* Set a cursor on the list of a term, with no block loaded. `files` has to outlive it. 0, or a fault. */
static int cursor_open(posting_cursor *c, const posting_files *files, const term_entry *entry, fault *f) {
    c->files = files;
    c->entry = *entry;
    c->block = NO_BLOCK;
    c->n = 0;
    c->directory = c->list_impacts = c->joined = NULL;
    c->wanted = NULL;
    c->joined_variants = 0;
    c->variants = NULL;
    c->block_count = (entry->doc_freq + BLOCK - 1) / BLOCK;
    if (!entry->doc_freq || entry->doc_freq > files->doc_count)
        return fail_at(f, "a term is in no article, or in more than there are", files->postings, entry->list_offset);
    if (!entry->inlined) return cursor_read_head(c, f);
    if (entry->docnum >= files->doc_count) return fail_at(f, "a docnum is too large", files->postings, 0);
    c->flags = entry->value ? LIST_VALUES : 0;
    c->first_docnum = c->last_docnum = entry->docnum;
    c->total_weight = c->max_weight = entry->weight;
    c->min_norm = c->max_norm = entry->norm;
    return 0;
}

static int cursor_load_inlined(posting_cursor *c) {
    c->block = 0;
    c->n = 1;
    c->docnums[0] = c->entry.docnum;
    c->weights[0] = c->entry.weight;
    c->whole_weights = is_whole(c->entry.weight);
    c->counts[0] = c->whole_weights ? (uint32_t)c->entry.weight : 0;
    c->has_weights = c->has_values = 1;
    values_open_one(&c->values, c->entry.value, c->entry.value_length);
    return 0;
}

/* Load a block. 0, or a fault, and then no block is loaded. */
SEARCHLIB_HOT static int cursor_load(posting_cursor *c, uint32_t block, fault *f) {
    if (c->entry.inlined) return cursor_load_inlined(c);
    const paged_file *file = c->files->postings;
    uint64_t begin = 0, end = c->blocks_bytes;
    uint32_t before = UINT32_MAX, last = cursor_block_last(c, block);
    if (c->directory) {
        end = load_u32(cursor_block_entry(c, block) + 4);
        if (block) {
            begin = load_u32(cursor_block_entry(c, block - 1) + 4);
            before = cursor_block_last(c, block - 1);
        }
    }
    c->block = NO_BLOCK;
    if (end > c->blocks_bytes || begin + 2 > end)
        return fail_at(f, "a block of postings has no room", file, c->blocks_begin);
    if (block && before >= last)
        return fail_at(f, "the directory of a list is not in order", file, c->entry.list_offset);
    uint64_t offset = c->blocks_begin + begin;
    int failed = pages_check(file, offset, end - begin, f);
    if (failed) return failed;
    const uint8_t *p = file->data + offset;
    unsigned doc_bits = p[0], weight_bits = p[1];
    uint32_t n = block + 1 < c->block_count ? BLOCK : c->entry.doc_freq - block * BLOCK;
    size_t weights_size = weight_bits == FLOAT_WEIGHTS ? n * sizeof(float) : packed_size(n, weight_bits);
    if (doc_bits > 32 || (weight_bits > 32 && weight_bits != FLOAT_WEIGHTS) ||
        end - begin != 2 + packed_size(n, doc_bits) + weights_size)
        return fail_at(f, "a block of postings does not have the length that it says", file, offset);
    unpack(p + 2, c->docnums, n, doc_bits);
    if (doc_bits > 23) {
        /* The sum of smaller steps cannot pass 2^32. The sum of these can, and docnums would not ascend. */
        uint64_t sum = (uint32_t)(before + 1);
        for (uint32_t i = 0; i < n; i++) sum += (uint64_t)c->docnums[i] + (i > 0);
        if (sum != last) return fail_at(f, "the docnums of a block do not add up", file, offset);
    }
    add_up(c->docnums, n, before);
    if (c->docnums[n - 1] != last || last >= c->files->doc_count)
        return fail_at(f, "the docnums of a block do not add up", file, offset);
    c->block_weights = p + 2 + packed_size(n, doc_bits);
    c->weight_bits = weight_bits;
    c->whole_weights = weight_bits != FLOAT_WEIGHTS;
    c->has_weights = c->has_values = 0;
    c->block = block;
    c->n = n;
    return 0;
}

/* Decode the weights of the loaded block: into `counts`, or `weights` if they are not whole. */
static inline void cursor_weights(posting_cursor *c) {
    if (c->has_weights) return;
    c->has_weights = 1;
    if (!c->whole_weights) {
        memcpy(c->weights, c->block_weights, c->n * sizeof(float));
        return;
    }
    unpack(c->block_weights, c->counts, c->n, c->weight_bits);
    for (uint32_t i = 0; i < BLOCK; i++) c->counts[i]++;
}

static inline float cursor_weight(posting_cursor *c, uint32_t i) {
    cursor_weights(c);
    return c->whole_weights ? (float)c->counts[i] : c->weights[i];
}

/* Open the values of the loaded block; only for lists with LIST_VALUES. 0, or a fault. */
static int cursor_values(posting_cursor *c, fault *f) {
    if (c->has_values) return 0;
    const paged_file *file = c->files->values;
    uint64_t begin = 0, end = c->values_bytes;
    if (c->directory) {
        end = load_u32(cursor_block_entry(c, c->block) + 8);
        if (c->block) begin = load_u32(cursor_block_entry(c, c->block - 1) + 8);
    }
    uint64_t offset = c->entry.values_offset + begin;
    if (begin >= end || end > c->values_bytes || end > UINT32_MAX)
        return fail_at(f, "a block of values has no room", file, offset);
    int failed = pages_check(file, offset, end - begin, f);
    if (failed) return failed;
    const uint8_t *p = file->data + offset, *stop = p + (end - begin);
    cursor_weights(c);
    c->values.variants = NULL;
    const uint32_t *expected = c->whole_weights ? c->counts : NULL;
    if (!(c->flags & LIST_FORMS ? values_open(&c->values, p, stop, c->n, expected)
                                : values_open_raw(&c->values, p, stop, c->n)))
        return fail_at(f, "a block of values makes no sense", file, offset);
    c->has_values = 1;
    return 0;
}

/* The value of posting i of the loaded block, after `cursor_values`: *value is in the file or in `room`. 0, or a
 * fault. */
static int cursor_value(posting_cursor *c, uint32_t i, byte_buffer *room, const uint8_t **value, uint32_t *length,
                        fault *f) {
    int failed = values_get(&c->values, i, c->n, room, value, length);
    if (failed == FAULT_MEMORY) return fail(f, failed, "no memory");
    return failed ? fail_at(f, "values of a block make no sense", c->files->values, c->entry.values_offset) : 0;
}

/* The first block from `from` on whose last docnum is not below `docnum`; block_count if there is none. */
static inline uint32_t cursor_find_block(const posting_cursor *c, uint32_t from, uint32_t docnum) {
    if (docnum > c->last_docnum) return c->block_count;
    if (!c->directory) return from;
    uint32_t step = 1, low = from, high = from;
    while (high < c->block_count && cursor_block_last(c, high) < docnum) {
        low = high + 1;
        high = high + step;
        step *= 2;
    }
    if (high >= c->block_count) high = c->block_count - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (cursor_block_last(c, middle) < docnum) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* What is known of a term without reading its postings. 0, or a fault. */
static int read_term_facts(const posting_files *files, const term_entry *entry, uint32_t *doc_freq,
                           double *total_weight, float *max_weight, uint8_t *min_norm, uint8_t *max_norm,
                           uint32_t *first_docnum, uint32_t *last_docnum, fault *f) {
    posting_cursor c;
    int failed = cursor_open(&c, files, entry, f);
    if (failed) return failed;
    *doc_freq = entry->doc_freq;
    *total_weight = c.total_weight;
    *max_weight = c.max_weight;
    *min_norm = c.min_norm;
    *max_norm = c.max_norm;
    *first_docnum = c.first_docnum;
    *last_docnum = c.last_docnum;
    return 0;
}

#endif
