/* Reads the dictionary of terms and printed words: see term_dictionary_format.h for the bytes.
 *
 * `dictionary_find` finds one term, and a `term_cursor` walks the terms of a field, or its words, in order. Whatever the bytes are, the
 * terms that a cursor is on ascend, or the step fails.
 */
#ifndef SEARCHLIB_TERM_DICTIONARY_READER_H
#define SEARCHLIB_TERM_DICTIONARY_READER_H

#include "bytes/compare.h"
#include "bytes/varints.h"
#include "files/paged_file.h"
#include "postings/term_dictionary_format.h"

typedef struct {
    const paged_file *file;
    uint64_t index;
    uint32_t block_count;
    int has_variants; /* whether blocks say how long their entries are, and have the variants of terms */
    /* The first eight bytes of the first term of each block, as a number; 0 until that is read. A search reads some
     * cache lines of these and not as many pages. Any thread may write one, and all write the same. */
    uint64_t *beginnings;
} dictionary;

/* The blocks of one field, [first, end). */
typedef struct {
    uint32_t first, end;
} field_blocks;

static inline field_blocks field_blocks_of(uint32_t first, uint32_t end) { return (field_blocks){first, end}; }

/* The dictionary of a file, whose index is at an offset. `dictionary_close` it after. 0, or a fault. */
static int dictionary_open(dictionary *d, const paged_file *file, uint64_t index, fault *f) {
    if (index < file->begin || index > file->end || (file->end - index) % 8 || file->end == index ||
        (file->end - index) / 8 - 1 > UINT32_MAX)
        return fail_at(f, "the index of the dictionary is not in its file", file, index);
    d->file = file;
    d->index = index;
    d->has_variants = file->version >= FORMAT_OF_PRINTED_WORDS;
    d->block_count = (uint32_t)((file->end - index) / 8 - 1);
    d->beginnings = (uint64_t *)calloc((size_t)d->block_count + 1, sizeof *d->beginnings);
    return d->beginnings ? 0 : fail(f, FAULT_MEMORY, "no memory");
}

static void dictionary_close(dictionary *d) {
    free(d->beginnings);
    d->beginnings = NULL;
}

/* A cursor over the terms of a field, in order. While `active`, it is on a term, and `entry` is that term's. */
typedef struct {
    const dictionary *dictionary;
    field_blocks blocks;
    uint32_t block;
    int of_words; /* whether it walks printed words; set before it is opened */
    const uint8_t *at, *end; /* the next entry of the block, and where entries end */
    byte_buffer term;
    size_t shared; /* bytes that the term shares with the one before in the block */
    term_entry entry;
    /* Of the word that it is on: its terms, and how many they are; or how many bytes of it the one term lacks, + 1. */
    const uint8_t *word_terms;
    uint32_t word_term_count, word_cut;
    uint64_t last_list, last_values;
    /* The entry's number in the block; the number of the entry whose variants are at `variants`; where these end. */
    uint32_t number, variants_number;
    const uint8_t *variants, *stop;
    int active;
} term_cursor;

/* The entries of a block, [*begin, *end), and where the variants behind them end. */
static int dictionary_block(const dictionary *d, uint32_t block, const uint8_t **begin, const uint8_t **end,
                            const uint8_t **stop, fault *f) {
    uint64_t at = d->index + (uint64_t)block * 8;
    int failed = pages_check(d->file, at, 16, f);
    if (failed) return failed;
    uint64_t from = load_u64(d->file->data + at), to = load_u64(d->file->data + at + 8);
    if (from < d->file->begin || from >= to || to > d->index)
        return fail_at(f, "a block of the dictionary is not in its file", d->file, at);
    *begin = d->file->data + from;
    *end = *stop = d->file->data + to;
    failed = pages_check(d->file, from, to - from, f);
    if (failed || !d->has_variants) return failed;
    uint64_t entries = 0;
    *begin = get_varint(*begin, *stop, &entries);
    if (!*begin || !entries || entries > (uint64_t)(*stop - *begin))
        return fail_at(f, "a block of the dictionary has no entries", d->file, from);
    *end = *begin + entries;
    return 0;
}

static int term_cursor_damaged(const term_cursor *c, fault *f) {
    return fail_at(f, "an entry of the dictionary makes no sense", c->dictionary->file,
                   (uint64_t)(c->at ? c->at - c->dictionary->file->data : 0));
}

/* Read the terms of a word: only that they are there. */
static const uint8_t *read_word_entry(term_cursor *c, const uint8_t *p) {
    uint64_t cut = 0, count = 1, shared = 0, rest = 0;
    p = get_bounded(p, c->end, UINT32_MAX, &cut);
    c->word_cut = (uint32_t)cut;
    if (p && !cut) p = get_bounded(p, c->end, UINT32_MAX, &count);
    c->word_terms = p;
    c->word_term_count = (uint32_t)count;
    if (cut) return p;
    for (; p && count; count--) {
        p = get_varint(p, c->end, &shared);
        if (p) p = get_varint(p, c->end, &rest);
        if (!p || rest > (uint64_t)(c->end - p)) return NULL;
        p += rest;
    }
    return p;
}

static const uint8_t *read_term_entry(term_cursor *c, const uint8_t *p) {
    term_entry *entry = &c->entry;
    uint64_t number = 0, docnum = 0, weight = 0, length = 0;
    if (c->of_words) return read_word_entry(c, p);
    p = get_bounded(p, c->end, (uint64_t)UINT32_MAX * 2 + 1, &number);
    if (!p) return NULL;
    entry->doc_freq = (uint32_t)(number / 2);
    entry->inlined = (int)(number & 1);
    if (!entry->inlined) {
        uint64_t list, values;
        p = get_varint(p, c->end, &list);
        if (p) p = get_varint(p, c->end, &values);
        if (!p) return NULL;
        entry->list_offset = c->last_list += list;
        entry->values_offset = c->last_values += values;
        return p;
    }
    p = get_bounded(p, c->end, UINT32_MAX, &docnum);
    if (!p || p == c->end || entry->doc_freq != 1) return NULL;
    entry->docnum = (uint32_t)docnum;
    entry->norm = *p++;
    p = get_varint(p, c->end, &weight);
    if (p && weight & 1) {
        if (c->end - p < 4) return NULL;
        entry->weight = load_f32(p);
        p += 4;
    } else {
        entry->weight = (float)(weight / 2);
    }
    if (p) p = get_varint(p, c->end, &length);
    if (!p) return NULL;
    entry->value = NULL;
    entry->value_length = 0;
    if (length) {
        if (length - 1 > (uint64_t)(c->end - p)) return NULL;
        entry->value = p;
        entry->value_length = (uint32_t)(length - 1);
        p += length - 1;
    }
    return p;
}

static int term_cursor_unordered(const term_cursor *c, const uint8_t *at, fault *f) {
    return fail_at(f, "the terms of the dictionary are not in order", c->dictionary->file,
                   (uint64_t)(at - c->dictionary->file->data));
}

/* Read the entry at `at`, which is in the block. 0, or a fault. */
static int term_cursor_read(term_cursor *c, int is_first, fault *f) {
    uint64_t shared = 0, rest = 0;
    c->active = 0;
    const uint8_t *p = get_bounded(c->at, c->end, c->term.length, &shared);
    if (p) p = get_bounded(p, c->end, MAX_TERM_BYTES, &rest);
    if (!p || rest > (uint64_t)(c->end - p)) return term_cursor_damaged(c, f);
    /* A term shares all it can with the one before; so one byte tells which of the two is greater. */
    if (!is_first && !(rest && (shared == c->term.length || *p > c->term.data[shared])))
        return term_cursor_unordered(c, p, f);
    c->term.length = c->shared = (size_t)shared;
    if (buffer_append(&c->term, p, (size_t)rest)) return fail(f, FAULT_MEMORY, "no memory");
    p = read_term_entry(c, p + rest);
    if (!p) return term_cursor_damaged(c, f);
    c->at = p;
    c->active = 1;
    c->number++;
    return 0;
}

static int term_cursor_enter_block(term_cursor *c, uint32_t block, fault *f) {
    c->active = 0;
    c->block = block;
    if (block >= c->blocks.end) return 0;
    int failed = dictionary_block(c->dictionary, block, &c->at, &c->end, &c->stop, f);
    if (failed) return failed;
    c->variants = c->end;
    c->number = UINT32_MAX;
    c->variants_number = 0;
    c->term.length = 0;
    c->last_list = c->last_values = 0;
    /* An empty term has an address too. */
    if (buffer_reserve(&c->term, 1)) return fail(f, FAULT_MEMORY, "no memory");
    return term_cursor_read(c, 1, f);
}

/* The first eight bytes of a term as a number. Numbers are in the order of terms; different terms may have the same. */
static inline uint64_t beginning_of(const uint8_t *term, size_t length) {
    uint64_t number = 0;
    if (length >= 8) return __builtin_bswap64(load_u64(term));
    for (size_t i = 0; i < length; i++) number |= (uint64_t)term[i] << (56 - 8 * i);
    return number;
}

/* Compare the first term of a block with another one: *order is as of memcmp. 0, or a fault. */
static int term_cursor_compare_first(term_cursor *c, uint32_t block, const uint8_t *term, size_t length, int *order,
                               fault *f) {
    const uint8_t *p, *end, *stop;
    uint64_t shared, first_length = 0;
    int failed = dictionary_block(c->dictionary, block, &p, &end, &stop, f);
    if (failed) return failed;
    c->at = p;
    p = get_bounded(p, end, 0, &shared);
    if (p) p = get_varint(p, end, &first_length);
    if (!p || first_length > (uint64_t)(end - p)) return term_cursor_damaged(c, f);
    *order = compare_bytes(p, (size_t)first_length, term, length);
    __atomic_store_n(c->dictionary->beginnings + block, beginning_of(p, (size_t)first_length), __ATOMIC_RELAXED);
    return 0;
}

/* Find the last block of the field whose first term is not above `term`; the first if there is none. 0, or a fault. */
static int term_cursor_find_block(term_cursor *c, const uint8_t *term, size_t length, uint32_t *block, fault *f) {
    const uint64_t beginning = beginning_of(term, length);
    uint32_t low = c->blocks.first, high = c->blocks.end;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        const uint64_t own = __atomic_load_n(c->dictionary->beginnings + middle, __ATOMIC_RELAXED);
        int order = own < beginning ? -1 : 1;
        if (!own || own == beginning) {
            int failed = term_cursor_compare_first(c, middle, term, length, &order, f);
            if (failed) return failed;
        }
        if (order <= 0) low = middle;
        else high = middle;
    }
    *block = low;
    return 0;
}

static int term_cursor_next(term_cursor *c, fault *f) {
    if (!c->active) return 0;
    if (c->at != c->end) return term_cursor_read(c, 0, f);
    c->active = 0;
    if (c->block + 1 < c->blocks.end) {
        int order;
        int failed = term_cursor_compare_first(c, c->block + 1, c->term.data, c->term.length, &order, f);
        if (failed) return failed;
        if (order <= 0) return term_cursor_unordered(c, c->at, f);
    }
    return term_cursor_enter_block(c, c->block + 1, f);
}

/* Set a zeroed cursor on the first term of a field. `term_cursor_close` it after. 0, or a fault. */
static int term_cursor_open(term_cursor *c, const dictionary *d, field_blocks blocks, fault *f) {
    c->dictionary = d;
    c->blocks = blocks;
    c->active = 0;
    if (blocks.first > blocks.end || blocks.end > d->block_count)
        return fail_at(f, "a field's blocks are not in the dictionary", d->file, d->index);
    return term_cursor_enter_block(c, blocks.first, f);
}

/* Set the cursor on the first term that is not below `term`. 0, or a fault. */
static int term_cursor_seek(term_cursor *c, const uint8_t *term, size_t length, fault *f) {
    uint32_t block = c->blocks.first;
    c->active = 0;
    int failed = term_cursor_find_block(c, term, length, &block, f);
    if (!failed) failed = term_cursor_enter_block(c, block, f);
    while (!failed && c->active && compare_bytes(c->term.data, c->term.length, term, length) < 0)
        failed = term_cursor_next(c, f);
    return failed;
}

/* Have a zeroed cursor walk printed words, before it is opened on their blocks. */
static inline void term_cursor_walk_words(term_cursor *c) { c->of_words = 1; }

static void term_cursor_close(term_cursor *c) { buffer_free(&c->term); }

/* The term that the cursor is on, and its length; NULL if it is past the last. */
static inline const uint8_t *term_cursor_term(const term_cursor *c, size_t *length) {
    *length = c->term.length;
    return c->active ? c->term.data : NULL;
}

static inline const term_entry *term_cursor_entry(const term_cursor *c) { return &c->entry; }

/* Look for a term in a block: 1, and its entry is in the cursor; 0 if it is not there; or a fault. Terms are not put
 * together: each is compared from where it differs from the one before. */
static int term_cursor_find_in_block(term_cursor *c, uint32_t block, const uint8_t *term, size_t length, fault *f) {
    size_t common = 0, own_length = 0; /* of the entry before: bytes it has in common with `term`, and its length */
    int failed = dictionary_block(c->dictionary, block, &c->at, &c->end, &c->stop, f);
    if (failed) return failed;
    c->variants = c->end;
    c->variants_number = 0;
    for (c->number = 0; c->at != c->end; c->number++) {
        uint64_t shared = 0, rest = 0;
        int is_it = 0;
        const uint8_t *p = get_bounded(c->at, c->end, own_length, &shared);
        if (p) p = get_bounded(p, c->end, MAX_TERM_BYTES, &rest);
        if (!p || rest > (uint64_t)(c->end - p)) return term_cursor_damaged(c, f);
        /* It is greater than the one before at a byte that `term` shares with that one: so it is greater than `term`.
         * */
        if (shared < common) return 0;
        if (shared == common) {
            size_t i = 0, most = length - common < rest ? length - common : (size_t)rest;
            while (i < most && p[i] == term[common + i]) i++;
            common += i;
            if (i < rest && (common == length || p[i] > term[common])) return 0;
            is_it = i == rest && common == length;
        }
        own_length = (size_t)(shared + rest);
        p = read_term_entry(c, p + rest);
        if (!p) return term_cursor_damaged(c, f);
        c->at = p;
        if (is_it) return 1;
    }
    return 0;
}

/* Set a zeroed cursor on a term of a field, or on a word if it is of words, without putting it together: 1, 0 if the field
 * does not have it, or a fault. It can be asked for what it is on, and cannot move. */
static int term_cursor_find(term_cursor *c, const dictionary *d, field_blocks blocks, const uint8_t *term, size_t length,
                            fault *f) {
    uint32_t block = 0;
    c->dictionary = d;
    c->blocks = blocks;
    if (blocks.first >= blocks.end) return 0;
    if (blocks.end > d->block_count) return fail_at(f, "a field's blocks are not in the dictionary", d->file, d->index);
    int result = term_cursor_find_block(c, term, length, &block, f);
    return result ? result : term_cursor_find_in_block(c, block, term, length, f);
}

/* Look for a term of a field: 1 and its *entry, 0 if the field does not have it, or a fault. */
static int dictionary_find(const dictionary *d, field_blocks blocks, const uint8_t *term, size_t length,
                           term_entry *entry, fault *f) {
    term_cursor c = {0};
    int result = term_cursor_find(&c, d, blocks, term, length, f);
    if (result == 1) *entry = c.entry;
    return result;
}

#endif
