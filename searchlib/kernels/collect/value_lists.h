/* Which values the articles of a segment have in a field: lists of spellings, by number.
 *
 * A column keeps all values of an article as one content, separated. A table, shared by all segments, numbers the
 * spellings in the order in which they come. Each content is a list of numbers, none of them twice. Where many articles
 * share a content the column has ordinals, and an article has the list of its ordinal; else each article has its own.
 *
 *     begins     of each list in `spellings`(u32), and where the last one ends(u32)
 *     spellings  u32 each
 *
 * So it takes four bytes a list and four a spelling in it, and the table some 28 bytes a spelling besides its text.
 */
#ifndef SEARCHLIB_VALUE_LISTS_H
#define SEARCHLIB_VALUE_LISTS_H

#include "bytes/term_table.h"
#include "files/paged_file.h"

typedef struct {
    uint32_t count, read; /* lists; how many of them were read so far */
    uint32_t *begins;
    byte_buffer spellings;
    const uint8_t *ordinals; /* u32 for each article, in a mapped file; NULL: the docnum is the number of the list */
    const paged_file *file;
    uint64_t offset; /* of where contents begin, in the file */
} value_lists;

static inline void value_lists_free(value_lists *v) {
    free(v->begins);
    buffer_free(&v->spellings);
    memset(v, 0, sizeof *v);
}

static inline size_t value_lists_memory(const value_lists *v) {
    return v->spellings.capacity + (v->begins ? ((size_t)v->count + 1) * sizeof *v->begins : 0);
}

static inline int value_lists_are_read(const value_lists *v) { return v->read == v->count; }

/* The spellings of a list; *n is how many. */
static inline const uint32_t *list_of(const value_lists *v, uint32_t list, uint32_t *n) {
    *n = v->begins[list + 1] - v->begins[list];
    return (const uint32_t *)v->spellings.data + v->begins[list];
}

/* Add the spellings of one content to a list. `seen` has of each spelling the last list of the segment that it is in,
 * plus 1. */
static inline int add_content(value_lists *v, term_table *table, byte_buffer *seen, uint32_t list, const uint8_t *content,
                              size_t length, uint8_t separator) {
    size_t begin = 0;
    while (length && begin <= length) {
        const uint8_t *end = (const uint8_t *)memchr(content + begin, separator, length - begin);
        const size_t stop = end ? (size_t)(end - content) : length;
        uint32_t number = 0;
        int failed = term_number(table, 0, content + begin, stop - begin, &number);
        if (failed) return failed;
        const uint32_t none = 0;
        if (number * sizeof none == seen->length && buffer_append(seen, &none, sizeof none)) return FAULT_MEMORY;
        uint32_t *last = (uint32_t *)seen->data + number;
        if (*last != list + 1) {
            *last = list + 1;
            if (buffer_append(&v->spellings, &number, sizeof number)) return FAULT_MEMORY;
        }
        begin = stop + 1;
    }
    return 0;
}

/* Before the lists of a segment are read: none of the spellings is in one of them. 0, or FAULT_MEMORY. */
static inline int start_segment(byte_buffer *seen, const term_table *table) {
    const size_t length = (size_t)term_count(table) * 4;
    seen->length = 0;
    if (buffer_reserve(seen, length)) return FAULT_MEMORY;
    if (length) memset(seen->data, 0, length);
    seen->length = length;
    return 0;
}

static inline int check_ordinals(value_lists *v, const paged_file *file, uint64_t offset, uint32_t doc_count, fault *f) {
    int failed = pages_check(file, offset, (uint64_t)doc_count * 4, f);
    if (failed) return failed;
    v->ordinals = file->data + offset;
    for (uint32_t docnum = 0; docnum < doc_count; docnum++)
        if (load_u32(v->ordinals + (size_t)docnum * 4) >= v->count)
            return fail_at(f, "a column refers to a value that it does not have", file, offset + (uint64_t)docnum * 4);
    return 0;
}

/* Begin to read the lists of a column. `v` is zeroed, and to be freed whatever happens; the file stays open.
 *
 * `offset` is that of `count` + 1 offsets(u64): where each content begins, and the last one ends. `ordinals` is the
 * offset of the articles' ordinals, 0 where contents are those of the articles. 0 or a fault. */
static inline int value_lists_begin(value_lists *v, const paged_file *file, uint64_t offset, uint32_t count,
                                    uint64_t ordinals, uint32_t doc_count, fault *f) {
    int failed = pages_check(file, offset, ((uint64_t)count + 1) * 8, f);
    if (failed) return failed;
    if (!ordinals && doc_count > count) return fail_at(f, "a column has fewer values than articles", file, offset);
    v->begins = (uint32_t *)calloc((size_t)count + 1, sizeof *v->begins);
    if (!v->begins || buffer_reserve(&v->spellings, 4)) return fail(f, FAULT_MEMORY, "no memory");
    v->count = count;
    v->file = file;
    v->offset = offset;
    return ordinals ? check_ordinals(v, file, ordinals, doc_count, f) : 0;
}

/* Read so many more lists. The table has all spellings that `seen` has. 0 or a fault. */
static inline int read_lists(value_lists *v, term_table *table, byte_buffer *seen, uint32_t more, uint8_t separator,
                             fault *f) {
    const uint32_t end = more < v->count - v->read ? v->read + more : v->count;
    const uint8_t *offsets = v->file->data + v->offset;
    const uint64_t first = load_u64(offsets + (size_t)v->read * 8), last = load_u64(offsets + (size_t)end * 8);
    if (first > last) return fail_at(f, "a value of a column ends before it begins", v->file, v->offset);
    int failed = pages_check(v->file, first, last - first, f);
    for (; v->read < end && !failed; v->read++) {
        const uint64_t from = load_u64(offsets + (size_t)v->read * 8), to = load_u64(offsets + (size_t)v->read * 8 + 8);
        if (from < first || from > to || to > last)
            return fail_at(f, "a value of a column ends before it begins", v->file, v->offset + (uint64_t)v->read * 8);
        failed = add_content(v, table, seen, v->read, v->file->data + from, (size_t)(to - from), separator);
        if (v->spellings.length / 4 > UINT32_MAX / 2) failed = FAULT_MEMORY;
        v->begins[v->read + 1] = (uint32_t)(v->spellings.length / 4);
    }
    return failed == FAULT_MEMORY || failed == FAULT_ORDER ? fail(f, FAULT_MEMORY, "no memory") : failed;
}

/* --- the lists of what matches ---------------------------------------------------------------------------------- */

/* The lists that articles of a bitmap have, and how many have each. */
typedef struct {
    const value_lists *lists;
    const uint64_t *bits;
    uint32_t doc_count;
    uint32_t *weights; /* of each list; NULL where each article has its own */
} matched_lists;

/* Begin with what matches; `m` is to be freed with `matched_lists_free`. 0, or FAULT_MEMORY. */
static inline int match_lists(matched_lists *m, const value_lists *v, const uint64_t *bits, uint32_t doc_count) {
    *m = (matched_lists){.lists = v, .bits = bits, .doc_count = doc_count};
    if (!v->ordinals) return 0;
    m->weights = (uint32_t *)calloc((size_t)v->count + 1, sizeof *m->weights);
    if (!m->weights) return FAULT_MEMORY;
    for (uint32_t w = 0; w < doc_count / 64 + 1; w++)
        for (uint64_t word = bits[w]; word; word &= word - 1)
            m->weights[load_u32(v->ordinals + ((size_t)w * 64 + (size_t)__builtin_ctzll(word)) * 4)]++;
    return 0;
}

static inline void matched_lists_free(matched_lists *m) {
    free(m->weights);
    m->weights = NULL;
}

/* Where a walk over lists is; zeroed it is before the first. */
typedef struct {
    uint64_t word; /* what is left of a word of the bitmap */
    uint32_t next; /* the next word, or list */
} list_walk;

/* The next list that an article has, and how many have it. 0 where there is none. */
static inline int next_list(const matched_lists *m, list_walk *walk, uint32_t *list, uint32_t *weight) {
    if (m->weights) {
        while (walk->next < m->lists->count) {
            *list = walk->next++;
            *weight = m->weights[*list];
            if (*weight) return 1;
        }
        return 0;
    }
    while (!walk->word) {
        if (walk->next > m->doc_count / 64) return 0;
        walk->word = m->bits[walk->next++];
    }
    *list = (walk->next - 1) * 64 + (uint32_t)__builtin_ctzll(walk->word);
    *weight = 1;
    walk->word &= walk->word - 1;
    return 1;
}

#endif
