/* Merges the terms and postings of several segments into one.
 *
 * Fields are merged one after the other, in each the least term of all segments next, of each term the least docnum; then
 * the least printed word. Only one block of each segment is in memory. Articles get other docnums on the way, which ascend
 * in each segment.
 */
#ifndef SEARCHLIB_MERGING_H
#define SEARCHLIB_MERGING_H

#include "bytes/compare.h"
#include "postings/merged_variants.h"
#include "postings/positions.h"

/* A segment that is being merged. Zeroed before `merged_segment_set`. */
typedef struct {
    const dictionary *dictionary;
    const posting_files *files;
    const int32_t *docnums; /* of each article: the docnum in the new segment, or -1 to leave it out */
    uint32_t number; /* of the segment */
    term_cursor terms, words;
    posting_cursor list;
    uint32_t at;     /* posting of the loaded block */
    int64_t docnum;  /* of that posting in the new segment; -1 if none is left */
    variant_list variants;      /* of the term; and of each its number in the merged list: */
    uint32_t *variant_map, variant_capacity;
    int renumbers;              /* whether a variant has another number in the merged list than 0 */
    block_variants block_variants;
    position_list positions; /* of a posting whose variants are read; only their count is of use */
    uint32_t word_term;      /* the next term of the word that `words` is on; and that term: */
    byte_buffer term_of_word;
} merged_segment;

/* What the merge of a field needs beside the segments. Zeroed before `merge_begin`. */
typedef struct {
    merged_segment *segments;
    uint32_t count;
    merged_segment **least; /* those that are on the least term or word */
    merged_variants variants;
    byte_buffer word; /* the terms of a word */
    uint32_t *numbers; /* merged numbers of the variants of a posting */
    size_t numbers_capacity;
} merge;

static inline void merged_segment_set(merged_segment *s, uint32_t number, const dictionary *terms,
                                      const posting_files *files, const int32_t *docnums) {
    s->number = number;
    s->dictionary = terms;
    s->files = files;
    s->docnums = docnums;
}

/* Begin a field, with the blocks of its terms and of its words; `merged_segment_close` after the last. 0, or a fault. */
static int merged_segment_start_field(merged_segment *s, field_blocks terms, field_blocks words, fault *f) {
    int failed = term_cursor_open(&s->terms, s->dictionary, terms, f);
    term_cursor_walk_words(&s->words);
    return failed ? failed : term_cursor_open(&s->words, s->dictionary, words, f);
}

static void merged_segment_close(merged_segment *s) {
    term_cursor_close(&s->terms);
    term_cursor_close(&s->words);
    variant_list_free(&s->variants);
    free(s->variant_map);
    block_variants_free(&s->block_variants);
    positions_free(&s->positions);
    buffer_free(&s->term_of_word);
}

static inline int no_memory(fault *f) { return fail(f, FAULT_MEMORY, "no memory"); }

/* Begin the merge of segments; `least` has room for all of them. Terms come from strangers: the seed is the caller's. */
static inline void merge_begin(merge *m, merged_segment *segments, uint32_t count, merged_segment **least,
                               const uint8_t seed[16]) {
    m->segments = segments;
    m->count = count;
    m->least = least;
    memcpy(m->variants.gone.seed, seed, sizeof m->variants.gone.seed);
}

static inline void merge_end(merge *m) {
    merged_variants_free(&m->variants);
    buffer_free(&m->word);
    free(m->numbers);
}

/* --- lists ---------------------------------------------------------------------------------------------------------- */

/* Go to the next posting from `at` on that is not left out. */
static int merge_settle(merged_segment *s, fault *f) {
    for (;;) {
        for (; s->at < s->list.n; s->at++) {
            s->docnum = s->docnums[s->list.docnums[s->at]];
            if (s->docnum >= 0) return 0;
        }
        if (s->list.block + 1 >= s->list.block_count) {
            s->docnum = -1;
            return 0;
        }
        int failed = cursor_load(&s->list, s->list.block + 1, f);
        if (failed) return failed;
        s->at = 0;
    }
}

static int merge_start_term(merged_segment *s, fault *f) {
    s->block_variants.of = NULL;
    int failed = cursor_open(&s->list, s->files, &s->terms.entry, f);
    if (!failed) failed = cursor_load(&s->list, 0, f);
    s->at = 0;
    return failed ? failed : merge_settle(s, f);
}

/* The merged numbers of the variants at the positions of a posting: *count in *numbers; NULL if all are 0. */
static int merge_variants_of(merge *m, merged_segment *s, const uint32_t **numbers, uint32_t *count, fault *f) {
    const uint32_t *variants;
    uint32_t all = 0;
    *numbers = NULL;
    *count = 0;
    if (!s->renumbers) return 0;
    int failed = cursor_varied_positions(&s->list, s->at, &s->positions, &s->block_variants, &variants, f);
    if (failed) return failed;
    *count = s->positions.count;
    if (numbers_reserve(&m->numbers, &m->numbers_capacity, *count + (size_t)1)) return no_memory(f);
    for (uint32_t i = 0; i < *count; i++) {
        if (variants[i] >= s->variants.count) return bad_variants(&s->list, f);
        all |= m->numbers[i] = s->variant_map[variants[i]];
    }
    if (all) *numbers = m->numbers;
    return 0;
}

static int merge_put(merge *m, terms_writer *w, merged_segment *s, const uint8_t *norms, fault *f) {
    const uint8_t *value = NULL;
    const uint32_t *variants = NULL;
    uint32_t length = 0, count = 0;
    if (s->list.flags & LIST_VALUES) {
        int failed = cursor_values(&s->list, f);
        if (!failed) failed = cursor_value(&s->list, s->at, &w->value, &value, &length, f);
        if (!failed) failed = merge_variants_of(m, s, &variants, &count, f);
        if (failed) return failed;
    }
    uint8_t norm = norms ? norms[s->docnum] : 0;
    int failed = terms_writer_add(w, (uint32_t)s->docnum, cursor_weight(&s->list, s->at), norm, value, length, variants,
                                  count);
    if (failed) return fail(f, failed, "a posting cannot be written");
    s->at++;
    return merge_settle(s, f);
}

/* Put the segments that are on the least term, or word, into `least`; returns how many they are. */
static uint32_t merge_least(merge *m, int of_words) {
    const term_cursor *first = NULL;
    uint32_t least = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        const term_cursor *own = of_words ? &m->segments[i].words : &m->segments[i].terms;
        if (!own->active) continue;
        int sign = first ? compare_bytes(own->term.data, own->term.length, first->term.data, first->term.length) : -1;
        if (sign < 0) {
            least = 0;
            first = own;
        }
        if (sign <= 0) m->least[least++] = &m->segments[i];
    }
    return least;
}

/* Read the variants of the term in n segments, number them, and name them to the writer. */
static int merge_start_variants(merge *m, terms_writer *w, uint32_t n, fault *f) {
    merged_variants *all = &m->variants;
    all->count = 0;
    for (uint32_t i = 0; i < n; i++) {
        merged_segment *s = m->least[i];
        const byte_buffer *term = &s->terms.term;
        int failed = term_cursor_variants(&s->terms, term->data, term->length, &s->variants, f);
        if (failed) return failed;
        if (s->variants.count > s->variant_capacity) {
            free(s->variant_map);
            s->variant_capacity = s->variants.count;
            s->variant_map = (uint32_t *)malloc(s->variant_capacity * sizeof *s->variant_map);
            if (!s->variant_map) {
                s->variant_capacity = 0;
                return no_memory(f);
            }
        }
        if (merged_variants_add(all, &s->variants, s->number)) return no_memory(f);
    }
    int failed = merged_variants_number(all, w);
    if (failed) return fail(f, failed, "variants cannot be written");
    for (uint32_t i = 0; i < n; i++) m->least[i]->renumbers = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        const merged_variant *item = &all->items[i];
        merged_segment *s = &m->segments[item->segment];
        s->variant_map[item->number] = item->first->merged;
        s->renumbers |= item->first->merged != 0;
    }
    return 0;
}

/* Merge the lists of the term that n segments are on. */
static int merge_term(merge *m, terms_writer *w, uint32_t n, const uint8_t *norms, fault *f) {
    const byte_buffer *term = &m->least[0]->terms.term;
    int failed = terms_writer_start_term(w, term->data, (uint32_t)term->length);
    if (failed) return fail(f, failed, "a term cannot be written");
    if ((failed = merge_start_variants(m, w, n, f))) return failed;
    for (uint32_t i = 0; i < n; i++)
        if ((failed = merge_start_term(m->least[i], f))) return failed;
    for (;;) {
        merged_segment *next = NULL;
        for (uint32_t i = 0; i < n; i++)
            if (m->least[i]->docnum >= 0 && (!next || m->least[i]->docnum < next->docnum)) next = m->least[i];
        if (!next) break;
        if ((failed = merge_put(m, w, next, norms, f))) return failed;
    }
    if ((failed = terms_writer_finish_term(w))) return fail(f, failed, "a list cannot be written");
    if (merged_variants_note_gone(&m->variants, w, term->data, term->length)) return no_memory(f);
    for (uint32_t i = 0; i < n; i++)
        if ((failed = term_cursor_next(&m->least[i]->terms, f))) return failed;
    return 0;
}

/* --- printed words ------------------------------------------------------------------------------------------------ */

/* Read the next term of the word that a segment is on. 0, or a fault. */
static int merge_next_term_of_word(merged_segment *s, fault *f) {
    const byte_buffer *word = &s->words.term;
    if (++s->word_term >= s->words.word_term_count) return 0;
    return term_cursor_term_of_word(&s->words, s->word_term, word->data, word->length, &s->term_of_word, f);
}

/* The segment of n whose next term of the word is the least; NULL if none has one left. */
static merged_segment *merge_least_term_of_word(const merge *m, uint32_t n) {
    merged_segment *least = NULL;
    for (uint32_t i = 0; i < n; i++) {
        merged_segment *s = m->least[i];
        if (s->word_term >= s->words.word_term_count) continue;
        if (!least || compare_bytes(s->term_of_word.data, s->term_of_word.length, least->term_of_word.data,
                                    least->term_of_word.length) < 0)
            least = s;
    }
    return least;
}

/* Gather the terms of the word that n segments are on, but those it is gone from: *count of them in `word`, each its length
 * and its bytes. 0, or a fault. */
static int merge_terms_of_word(merge *m, uint32_t n, uint32_t *count, fault *f) {
    const byte_buffer *word = &m->least[0]->words.term;
    byte_buffer *terms = &m->word;
    size_t last = 0; /* offset of the term that was gathered last */
    terms->length = 0;
    *count = 0;
    for (uint32_t i = 0; i < n; i++) {
        m->least[i]->word_term = UINT32_MAX;
        int failed = merge_next_term_of_word(m->least[i], f);
        if (failed) return failed;
    }
    for (merged_segment *s; (s = merge_least_term_of_word(m, n));) {
        const byte_buffer *term = &s->term_of_word;
        const uint32_t length = (uint32_t)term->length;
        const int same = *count && !compare_bytes(terms->data + last, terms->length - last, term->data, term->length);
        int gone = same ? 1 : merged_variants_is_gone(&m->variants, word->data, (uint32_t)word->length, term->data, length);
        if (gone < 0) return no_memory(f);
        if (!gone) {
            if (buffer_append(terms, &length, sizeof length) || buffer_append(terms, term->data, length)) return no_memory(f);
            last = terms->length - length;
            ++*count;
        }
        int failed = merge_next_term_of_word(s, f);
        if (failed) return failed;
    }
    return 0;
}

static int merge_word(merge *m, terms_writer *w, uint32_t n, fault *f) {
    const byte_buffer *word = &m->least[0]->words.term;
    uint32_t count;
    int failed = merge_terms_of_word(m, n, &count, f);
    if (failed) return failed;
    if (count) failed = terms_writer_add_word(w, word->data, (uint32_t)word->length, count);
    const uint8_t *p = m->word.data;
    for (uint32_t i = 0, length; i < count && !failed; i++, p += sizeof length + length) {
        memcpy(&length, p, sizeof length);
        failed = terms_writer_add_term_of_word(w, p + sizeof length, length);
    }
    if (failed) return fail(f, failed, "a word cannot be written");
    for (uint32_t i = 0; i < n; i++)
        if ((failed = term_cursor_next(&m->least[i]->words, f))) return failed;
    return 0;
}

/* --- a field ------------------------------------------------------------------------------------------------------ */

/* Merge a field that all segments have begun, and the writer too. 0, or a fault. */
static int merge_field(merge *m, terms_writer *w, const uint8_t *norms, fault *f) {
    uint32_t n;
    int failed = 0;
    while (!failed && (n = merge_least(m, 0))) failed = merge_term(m, w, n, norms, f);
    if (!failed && (failed = terms_writer_start_words(w))) fail(f, failed, "a block of the dictionary cannot be written");
    while (!failed && (n = merge_least(m, 1))) failed = merge_word(m, w, n, f);
    term_table_free(&m->variants.gone);
    return failed;
}

#endif
