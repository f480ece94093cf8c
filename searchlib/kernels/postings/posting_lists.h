/* Posting lists: written a posting at a time, read a block at a time.
 *
 *     .pst   list*                                  docnums and weights
 *     list   block+ head
 *     block  doc_bits(u8) weight_bits(u8) steps weights        up to 128 postings, all but the last exactly 128
 *     steps    docnum - docnum before - 1, packed in doc_bits each; the first step of a list is its docnum
 *     weights  weight - 1, packed in weight_bits each; or f32 each where weight_bits is 128
 *     head   flags(u8)                              1: postings have values; 2: weights are not all whole;
 *                                                   4: values of a block say in which form they are
 *            bytes of blocks(varint) bytes of values(varint)
 *            total weight, greatest weight (varint both, or f64 and f32)
 *            least norm(u8) greatest norm(u8)
 *            first docnum(varint) last docnum - first docnum(varint)
 *            with more than one block: impacts of the list(8) entry+
 *     entry  last docnum(u32) end of block(u32) end of its values(u32) impacts(8)      one for each block
 *
 *     .val   values of the lists, in the same order, block by block: as values.h has them
 *
 * Ends are counted from where the blocks, or the values, of the list begin. A list is found by the place of its head;
 * its blocks end there. A list of one posting whose value has at most 64 bytes is not written: its posting is in the
 * dictionary. A list without values takes no room in .val; the dictionary names a place in it all the same.
 *
 * Weights are what Whoosh calls them: frequencies, or frequencies with more for some fields, >= 0. A norm is the byte
 * of an article's field length. Values are bytes that the field's format gives meaning to: in ours, positions.
 */
#ifndef SEARCHLIB_LISTS_H
#define SEARCHLIB_LISTS_H

#include "bytes/bit_packing.h"
#include "postings/impacts.h"
#include "files/paged_file.h"
#include "postings/values.h"

enum {
    LIST_VALUES = 1,
    LIST_FLOATS = 2,
    LIST_FORMS = 4,
    FLOAT_WEIGHTS = 128,
    ENTRY_BYTES = 12 + IMPACT_BYTES,
    MAX_INLINE_VALUE = 64,
};

/* What the dictionary keeps of a term. */
typedef struct {
    uint32_t doc_freq;
    int inlined;          /* the one posting is here: */
    uint32_t docnum;
    float weight;
    uint8_t norm;
    const uint8_t *value;
    uint32_t value_length;
    uint64_t list;        /* else: place of the head in .pst */
    uint64_t values;      /* and of the values in .val */
} list_place;

/* Whether a weight can be kept in bits. Beyond 2^24 the whole numbers between two floats are lost anyway. */
static inline int is_whole(float weight) {
    return weight >= 1 && weight <= 16777216 && weight == (float)(int32_t)weight;
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

typedef struct {
    page_writer *postings, *values;
    uint32_t n; /* postings in the block that is being filled */
    uint32_t docnums[BLOCK];
    float weights[BLOCK];
    uint8_t norms[BLOCK];
    values_writer block_values;
    byte_buffer directory, scratch;
    uint64_t doc_freq, blocks_begin, values_begin;
    uint32_t first_docnum, last_docnum, last_written;
    double total_weight;
    float max_weight;
    int flags;
    impacts block_impacts, list_impacts;
} list_writer;

static void list_begin(list_writer *w) {
    w->n = 0;
    w->doc_freq = 0;
    w->block_values.bytes.length = w->directory.length = 0;
    w->blocks_begin = w->postings->written;
    w->values_begin = w->values->written;
    w->first_docnum = 0;
    w->last_docnum = w->last_written = UINT32_MAX;
    w->total_weight = 0;
    w->max_weight = 0;
    w->flags = 0;
    impacts_clear(&w->list_impacts);
}

static int list_write_values(list_writer *w, int whole) {
    const byte_buffer *values;
    for (uint32_t i = 0; i < w->n; i++) w->block_values.expected[i] = whole ? (uint32_t)w->weights[i] : 1;
    int failed = values_finish(&w->block_values, w->n, &values);
    return failed ? failed : pages_write(w->values, values->data, values->length);
}

static int list_write_block(list_writer *w) {
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
    if (!failed && (w->flags & LIST_VALUES)) failed = list_write_values(w, whole);
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
    return buffer_append(&w->directory, entry, ENTRY_BYTES);
}

/* Add a posting; docnums ascend. Whether postings have values is what the first one has: NULL for none. */
static int list_add(list_writer *w, uint32_t docnum, float weight, uint8_t norm, const uint8_t *value,
                    uint32_t value_length) {
    if (w->n == BLOCK) {
        int failed = list_write_block(w);
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
    w->total_weight += weight;
    if (weight > w->max_weight) w->max_weight = weight;
    if (!value || !value_length) return 0;
    byte_buffer *bytes = &w->block_values.bytes;
    if (value_length > 3 || bytes->capacity - bytes->length < 3) return buffer_append(bytes, value, value_length);
    /* Most values are one position: one to three bytes, which no call is needed for. */
    uint8_t *to = bytes->data + bytes->length;
    to[0] = value[0];
    to[value_length >> 1] = value[value_length >> 1];
    to[value_length - 1] = value[value_length - 1];
    bytes->length += value_length;
    return 0;
}

static int list_write_head(list_writer *w, uint64_t blocks_bytes) {
    byte_buffer *b = &w->scratch;
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
    if (w->doc_freq > BLOCK) {
        uint8_t pairs[IMPACT_BYTES];
        impacts_store(&w->list_impacts, pairs);
        failed |= buffer_append(b, pairs, IMPACT_BYTES) || buffer_append(b, w->directory.data, w->directory.length);
    }
    return failed ? FAULT_MEMORY : pages_write(w->postings, b->data, b->length);
}

/* End the list: what the dictionary is to keep of it. An inlined value is valid until the next list begins. */
static int list_end(list_writer *w, list_place *place) {
    memset(place, 0, sizeof *place);
    place->doc_freq = (uint32_t)w->doc_freq;
    if (w->doc_freq == 1 && w->block_values.lengths[0] <= MAX_INLINE_VALUE) {
        place->inlined = 1;
        place->docnum = w->docnums[0];
        place->weight = w->weights[0];
        place->norm = w->norms[0];
        place->value_length = w->block_values.lengths[0];
        place->value = w->flags & LIST_VALUES ? w->block_values.bytes.data : NULL;
        /* An empty value is a value all the same. */
        if (w->flags & LIST_VALUES && !place->value) place->value = w->norms;
        return 0;
    }
    int failed = w->n ? list_write_block(w) : 0;
    if (failed) return failed;
    place->values = w->values_begin;
    place->list = w->postings->written;
    return list_write_head(w, place->list - w->blocks_begin);
}

static void list_writer_free(list_writer *w) {
    values_writer_free(&w->block_values);
    buffer_free(&w->directory);
    buffer_free(&w->scratch);
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

/* The files of a segment's lists. */
typedef struct {
    const paged_file *postings, *values;
    uint32_t doc_count; /* docnums are below it */
} list_files;

enum { NO_BLOCK = UINT32_MAX };

/* A cursor over one list. Blocks are loaded by `cursor_load`; weights and values of a block only when asked for. */
typedef struct {
    const list_files *files;
    list_place place;
    uint32_t block_count;
    int flags;
    double total_weight;
    float max_weight;
    uint8_t min_norm, max_norm;
    uint32_t first_docnum, last_docnum;
    const uint8_t *directory; /* NULL where there is one block */
    const uint8_t *list_impacts; /* NULL likewise */
    uint64_t blocks_begin, blocks_bytes, values_bytes;
    /* The block that is loaded: */
    uint32_t block, n;
    int has_weights, whole_weights, has_values; /* decoded or not */
    unsigned doc_bits, weight_bits;
    const uint8_t *block_bytes; /* at its packed weights */
    uint32_t docnums[BLOCK];
    uint32_t counts[BLOCK];  /* weights, where whole_weights */
    float weights[BLOCK];    /* where not */
    values_block values;
} list_cursor;

static inline const uint8_t *cursor_entry(const list_cursor *c, uint32_t block) {
    return c->directory + (size_t)block * ENTRY_BYTES;
}

/* The last docnum of a block. */
static inline uint32_t cursor_block_last(const list_cursor *c, uint32_t block) {
    return c->directory ? load_u32(cursor_entry(c, block)) : c->last_docnum;
}

/* The impacts of a block; NULL where there is only one: `max_weight` and `min_norm` bound it. */
static inline const uint8_t *cursor_block_impacts(const list_cursor *c, uint32_t block) {
    return c->directory ? cursor_entry(c, block) + 12 : NULL;
}

static int cursor_read_head(list_cursor *c, fault *f) {
    const paged_file *file = c->files->postings;
    uint64_t head = c->place.list, room = 64;
    if (head < HEADER_BYTES || head >= file->end) return fail_at(f, "a list is outside the file", file, head);
    if (room > file->end - head) room = file->end - head;
    int failed = pages_check(file, head, room, f);
    if (failed) return failed;
    const uint8_t *p = file->data + head, *end = p + room;
    uint64_t blocks = 0, values = 0, total = 0, most = 0, first = 0, span = 0;
    c->flags = *p++;
    p = get_bounded(p, end, head - HEADER_BYTES, &blocks);
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
    if (p) p = get_bounded(p, end, c->files->doc_count - first, &span);
    if (!p || first + span >= c->files->doc_count || span + 1 < c->place.doc_freq)
        return fail_at(f, "the head of a list makes no sense", file, head);
    c->blocks_bytes = blocks;
    c->blocks_begin = head - blocks;
    c->values_bytes = values;
    c->first_docnum = (uint32_t)first;
    c->last_docnum = (uint32_t)(first + span);
    if (c->block_count == 1) return 0;
    uint64_t directory = (uint64_t)(p - file->data);
    failed = pages_check(file, directory, IMPACT_BYTES + (uint64_t)c->block_count * ENTRY_BYTES, f);
    if (failed) return failed;
    c->list_impacts = p;
    c->directory = p + IMPACT_BYTES;
    if (cursor_block_last(c, c->block_count - 1) != c->last_docnum)
        return fail_at(f, "the directory of a list does not end where the list does", file, directory);
    return 0;
}

/* Set a cursor on the list of a term that the dictionary has. No block is loaded yet. */
static int cursor_open(list_cursor *c, const list_files *files, const list_place *place, fault *f) {
    c->files = files;
    c->place = *place;
    c->block = NO_BLOCK;
    c->n = 0;
    c->directory = c->list_impacts = NULL;
    c->block_count = (place->doc_freq + BLOCK - 1) / BLOCK;
    if (!place->doc_freq || place->doc_freq > files->doc_count)
        return fail_at(f, "a term is in no article, or in more than there are", files->postings, place->list);
    if (!place->inlined) return cursor_read_head(c, f);
    if (place->docnum >= files->doc_count) return fail_at(f, "a docnum is too large", files->postings, 0);
    c->flags = place->value ? LIST_VALUES : 0;
    c->first_docnum = c->last_docnum = place->docnum;
    c->total_weight = c->max_weight = place->weight;
    c->min_norm = c->max_norm = place->norm;
    return 0;
}

static int cursor_load_inlined(list_cursor *c) {
    c->block = 0;
    c->n = 1;
    c->docnums[0] = c->place.docnum;
    c->weights[0] = c->place.weight;
    c->whole_weights = is_whole(c->place.weight);
    c->counts[0] = c->whole_weights ? (uint32_t)c->place.weight : 0;
    c->has_weights = c->has_values = 1;
    values_open_one(&c->values, c->place.value, c->place.value_length);
    return 0;
}

/* Load the docnums of a block, ascending and each below doc_count. */
SEARCHLIB_HOT static int cursor_load(list_cursor *c, uint32_t block, fault *f) {
    if (c->place.inlined) return cursor_load_inlined(c);
    const paged_file *file = c->files->postings;
    uint64_t begin = 0, end = c->blocks_bytes;
    uint32_t before = UINT32_MAX, last = cursor_block_last(c, block);
    if (c->directory) {
        end = load_u32(cursor_entry(c, block) + 4);
        if (block) {
            begin = load_u32(cursor_entry(c, block - 1) + 4);
            before = cursor_block_last(c, block - 1);
        }
    }
    c->block = NO_BLOCK;
    if (end > c->blocks_bytes || begin + 2 > end)
        return fail_at(f, "a block of postings has no room", file, c->blocks_begin);
    if (block && before >= last) return fail_at(f, "the directory of a list is not in order", file, c->place.list);
    uint64_t offset = c->blocks_begin + begin;
    int failed = pages_check(file, offset, end - begin, f);
    if (failed) return failed;
    const uint8_t *p = file->data + offset;
    unsigned doc_bits = p[0], weight_bits = p[1];
    uint32_t n = block + 1 < c->block_count ? BLOCK : c->place.doc_freq - block * BLOCK;
    size_t weights_size = weight_bits == FLOAT_WEIGHTS ? n * sizeof(float) : packed_size(n, weight_bits);
    if (doc_bits > 32 || (weight_bits > 32 && weight_bits != FLOAT_WEIGHTS) ||
        end - begin != 2 + packed_size(n, doc_bits) + weights_size)
        return fail_at(f, "a block of postings does not have the length that it says", file, offset);
    unpack(p + 2, c->docnums, n, doc_bits);
    if (doc_bits > 23) {
        /* Sums of smaller steps cannot pass 2^32; of these they could, and docnums would not ascend. */
        uint64_t sum = (uint32_t)(before + 1);
        for (uint32_t i = 0; i < n; i++) sum += (uint64_t)c->docnums[i] + (i > 0);
        if (sum != last) return fail_at(f, "the docnums of a block do not add up", file, offset);
    }
    add_up(c->docnums, n, before);
    if (c->docnums[n - 1] != last || last >= c->files->doc_count)
        return fail_at(f, "the docnums of a block do not add up", file, offset);
    c->block_bytes = p + 2 + packed_size(n, doc_bits);
    c->weight_bits = weight_bits;
    c->whole_weights = weight_bits != FLOAT_WEIGHTS;
    c->has_weights = c->has_values = 0;
    c->block = block;
    c->n = n;
    return 0;
}

/* Make `counts` (or `weights`, where not all are whole) of the loaded block valid. */
static inline void cursor_weights(list_cursor *c) {
    if (c->has_weights) return;
    c->has_weights = 1;
    if (!c->whole_weights) {
        memcpy(c->weights, c->block_bytes, c->n * sizeof(float));
        return;
    }
    unpack(c->block_bytes, c->counts, c->n, c->weight_bits);
    for (uint32_t i = 0; i < BLOCK; i++) c->counts[i]++;
}

static inline float cursor_weight(list_cursor *c, uint32_t i) {
    cursor_weights(c);
    return c->whole_weights ? (float)c->counts[i] : c->weights[i];
}

/* Open the values of the loaded block; lists with LIST_VALUES only. */
static int cursor_values(list_cursor *c, fault *f) {
    if (c->has_values) return 0;
    const paged_file *file = c->files->values;
    uint64_t begin = 0, end = c->values_bytes;
    if (c->directory) {
        end = load_u32(cursor_entry(c, c->block) + 8);
        if (c->block) begin = load_u32(cursor_entry(c, c->block - 1) + 8);
    }
    uint64_t offset = c->place.values + begin;
    if (begin >= end || end > c->values_bytes || end > UINT32_MAX)
        return fail_at(f, "a block of values has no room", file, offset);
    int failed = pages_check(file, offset, end - begin, f);
    if (failed) return failed;
    const uint8_t *p = file->data + offset, *stop = p + (end - begin);
    cursor_weights(c);
    const uint32_t *expected = c->whole_weights ? c->counts : NULL;
    if (!(c->flags & LIST_FORMS ? values_open(&c->values, p, stop, c->n, expected)
                                : values_open_raw(&c->values, p, stop, c->n)))
        return fail_at(f, "a block of values makes no sense", file, offset);
    c->has_values = 1;
    return 0;
}

/* The value of a posting of the loaded block, in *value, after `cursor_values`. It may be put into `room`. */
static int cursor_value(list_cursor *c, uint32_t i, byte_buffer *room, const uint8_t **value, uint32_t *length,
                        fault *f) {
    int failed = values_get(&c->values, i, c->n, room, value, length);
    if (failed == FAULT_MEMORY) return fail(f, failed, "no memory");
    return failed ? fail_at(f, "values of a block make no sense", c->files->values, c->place.values) : 0;
}

/* The first block from `from` on whose last docnum is not below `docnum`; block_count where there is none. */
static inline uint32_t cursor_find_block(const list_cursor *c, uint32_t from, uint32_t docnum) {
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

#endif
