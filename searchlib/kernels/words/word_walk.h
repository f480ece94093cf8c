/* Walks the printed words that an automaton accepts, of several segments together, and keeps all or the most frequent.
 *
 * Each segment has two sorted lists: its terms, of which some are printed words themselves, and its words, which stand
 * for other terms. The walk merges them: a word is come to once, with its forms in all segments. All words are counted,
 * also those not kept. The doc_freq of a word is the sum of those of its forms: an article in which it stands under two
 * terms counts twice.
 */
#ifndef SEARCHLIB_WORD_WALK_H
#define SEARCHLIB_WORD_WALK_H

#include "words/matching_cursor.h"
#include "words/word_forms.h"

/* A word that is kept: its forms, and behind the bytes of their terms the word itself. */
typedef struct {
    word_forms forms;
    size_t length; /* of the word */
    uint64_t turn; /* words come in this order */
} kept_word;

/* One of the lists that are walked. */
typedef struct {
    matching_cursor cursor;
    uint32_t source;
    term_lookup lookup; /* of the terms of its words */
} word_list;

typedef struct {
    word_list *lists;
    size_t list_count;
    int takes_terms;   /* whether terms are taken for words as they are */
    word_forms forms;  /* of the word that the walk is at */
    kept_word *kept;   /* at most `most`: a heap, the first to be given up on top, once that many are kept */
    size_t kept_count, kept_capacity, most;
    uint64_t matched;  /* words that the automaton accepts */
} word_walk;

/* Have a zeroed walk ready for so many segments, and keep `most` words at most. `word_walk_free` it after. 0, or a
 * fault code. */
static int word_walk_init(word_walk *w, size_t source_count, int takes_terms, size_t most) {
    w->takes_terms = takes_terms;
    w->most = most;
    w->lists = (word_list *)calloc(source_count * 2 + 1, sizeof *w->lists);
    return w->lists ? 0 : FAULT_MEMORY;
}

static void word_walk_free(word_walk *w) {
    for (size_t i = 0; i < w->list_count; i++) {
        matching_cursor_close(&w->lists[i].cursor);
        term_lookup_free(&w->lists[i].lookup);
    }
    for (size_t i = 0; i < w->kept_count; i++) word_forms_free(&w->kept[i].forms);
    word_forms_free(&w->forms);
    free(w->lists);
    free(w->kept);
}

static int word_walk_add_list(word_walk *w, const automaton *a, const dictionary *d, field_blocks blocks, int of_words,
                              field_blocks terms, uint32_t source, fault *f) {
    word_list *list = &w->lists[w->list_count++];
    list->source = source;
    list->lookup.blocks = terms;
    return matching_cursor_open(&list->cursor, a, d, blocks, of_words, f);
}

/* Add a segment to a walk: the dictionary, and the blocks of the field. Dictionaries of formats 1 and 2 have no printed
 * words. 0, or a fault. */
static int word_walk_add(word_walk *w, const automaton *a, const dictionary *d, field_blocks terms, field_blocks words,
                         uint32_t source, fault *f) {
    if (!d->has_variants && !w->takes_terms) return 0;
    int failed = word_walk_add_list(w, a, d, terms, 0, terms, source, f);
    if (!failed && !w->takes_terms) failed = word_walk_add_list(w, a, d, words, 1, terms, source, f);
    return failed;
}

/* Whether a kept word is given up before another: the rarer, and of equally rare ones the later. */
static inline int is_given_up_before(const kept_word *one, const kept_word *other) {
    if (one->forms.doc_freq != other->forms.doc_freq) return one->forms.doc_freq < other->forms.doc_freq;
    return one->turn > other->turn;
}

/* Restore the heap below a word that may be too high in it. */
static void word_walk_sink(word_walk *w, size_t at) {
    const kept_word moved = w->kept[at];
    for (;;) {
        size_t child = at * 2 + 1;
        if (child >= w->kept_count) break;
        if (child + 1 < w->kept_count && is_given_up_before(&w->kept[child + 1], &w->kept[child])) child++;
        if (!is_given_up_before(&w->kept[child], &moved)) break;
        w->kept[at] = w->kept[child];
        at = child;
    }
    w->kept[at] = moved;
}

/* Make room for a kept word more: its slot, or NULL if there is no memory. The last of `most` makes a heap of them. */
static kept_word *word_walk_slot(word_walk *w) {
    if (w->kept_count == w->most) return &w->kept[0];
    if (w->kept_count == w->kept_capacity) {
        const size_t capacity = w->kept_capacity ? w->kept_capacity * 2 : 64;
        kept_word *kept = (kept_word *)realloc(w->kept, capacity * sizeof *kept);
        if (!kept) return NULL;
        w->kept = kept;
        w->kept_capacity = capacity;
    }
    memset(&w->kept[w->kept_count], 0, sizeof *w->kept);
    return &w->kept[w->kept_count++];
}

/* Keep the word that the walk is at, unless `most` others are more frequent. 0, or a fault code. */
static int word_walk_keep(word_walk *w, const uint8_t *word, size_t length) {
    const int was_full = w->kept_count == w->most;
    w->matched++;
    if (!w->most || (was_full && w->forms.doc_freq <= w->kept[0].forms.doc_freq)) return 0;
    kept_word *slot = word_walk_slot(w);
    if (!slot) return FAULT_MEMORY;
    slot->turn = w->matched;
    slot->length = length;
    if (word_forms_copy(&slot->forms, &w->forms, word, length)) return FAULT_MEMORY;
    if (was_full) word_walk_sink(w, 0);
    else if (w->kept_count == w->most)
        for (size_t i = w->most / 2; i--;) word_walk_sink(w, i);
    return 0;
}

/* Add what a list knows of the word that it is on. 0, or a fault. */
static int word_walk_gather(word_walk *w, word_list *list, fault *f) {
    term_cursor *c = &list->cursor.cursor;
    if (c->of_words) return add_forms_of_word(&w->forms, c, &list->lookup, list->source, f);
    if (!w->takes_terms) return add_forms_of_term(&w->forms, c, list->source, f);
    size_t length;
    const uint8_t *term = term_cursor_term(c, &length);
    const uint32_t doc_freq = term_cursor_entry(c)->doc_freq;
    const word_form form = {
        .source = list->source, .number = UNNUMBERED, .positions = 1, .doc_freq = doc_freq, .variants = 1};
    return word_forms_append(&w->forms, form, term, length) ? fail(f, FAULT_MEMORY, "no memory") : 0;
}

/* The list that is on the least word; NULL if all are past their last. */
static word_list *word_walk_least(word_walk *w) {
    word_list *least = NULL;
    const uint8_t *least_word = NULL;
    size_t least_length = 0, length;
    for (size_t i = 0; i < w->list_count; i++) {
        const uint8_t *word = matching_cursor_word(&w->lists[i].cursor, &length);
        if (!word || (least && compare_bytes(word, length, least_word, least_length) >= 0)) continue;
        least = &w->lists[i];
        least_word = word;
        least_length = length;
    }
    return least;
}

/* Take in the word of the first list that is on the least one, and leave it in all lists. 0, or a fault. */
static int word_walk_take(word_walk *w, word_list *first, fault *f) {
    size_t length, other_length;
    const uint8_t *word = matching_cursor_word(&first->cursor, &length);
    int failed = 0;
    word_forms_clear(&w->forms);
    for (word_list *list = first; list < w->lists + w->list_count && !failed; list++) {
        const uint8_t *other = matching_cursor_word(&list->cursor, &other_length);
        if (!other || compare_bytes(word, length, other, other_length)) continue;
        failed = word_walk_gather(w, list, f);
        if (!failed && list != first) failed = matching_cursor_next(&list->cursor, f);
    }
    if (failed) return failed;
    if (w->forms.count && word_walk_keep(w, word, length)) return fail(f, FAULT_MEMORY, "no memory");
    return matching_cursor_next(&first->cursor, f);
}

/* Walk on past `budget` words of the dictionaries, or some more: 1 if there are more words, 0 if not, or a fault. */
static int word_walk_run(word_walk *w, uint64_t budget, fault *f) {
    while (budget) {
        for (size_t i = 0; i < w->list_count; i++) {
            const int failed = matching_cursor_settle(&w->lists[i].cursor, &budget, f);
            if (failed) return failed;
            if (!w->lists[i].cursor.settled) return 1;
        }
        word_list *least = word_walk_least(w);
        if (!least) return 0;
        const int failed = word_walk_take(w, least, f);
        if (failed) return failed;
    }
    return 1;
}

static int compare_turns(const void *one, const void *other) {
    const uint64_t a = ((const kept_word *)one)->turn, b = ((const kept_word *)other)->turn;
    return (a > b) - (a < b);
}

/* Put the kept words in their order, after the last run. */
static void word_walk_finish(word_walk *w) {
    if (w->kept_count) qsort(w->kept, w->kept_count, sizeof *w->kept, compare_turns);
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline size_t word_walk_kept_count(const word_walk *w) { return w->kept_count; }

static inline uint64_t word_walk_matched(const word_walk *w) { return w->matched; }

/* How many blocks of dictionaries the walk went into. */
static inline uint64_t word_walk_blocks_entered(const word_walk *w) {
    uint64_t entered = 0;
    for (size_t i = 0; i < w->list_count; i++) entered += w->lists[i].cursor.blocks_entered;
    return entered;
}

/* The forms of kept word i. */
static inline const word_forms *word_walk_forms(const word_walk *w, size_t i, size_t *form_count, uint64_t *doc_freq) {
    *form_count = w->kept[i].forms.count;
    *doc_freq = w->kept[i].forms.doc_freq;
    return &w->kept[i].forms;
}

/* Kept word i itself. */
static inline const uint8_t *word_walk_word(const word_walk *w, size_t i, size_t *length) {
    const kept_word *kept = &w->kept[i];
    *length = kept->length;
    return kept->forms.terms.data + (kept->forms.terms.length - kept->length);
}

#endif
