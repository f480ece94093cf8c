/* Terms with their postings into the files of a segment: from wherever they come in order, or out of other segments. */
#ifndef SEARCHLIB_TERMS_H
#define SEARCHLIB_TERMS_H

#include "postings/term_dictionary.h"

typedef struct {
    list_writer lists;
    dictionary_writer dictionary;
    byte_buffer term, value; /* room for each */
    uint32_t field_first; /* block of the dictionary at which the field begins */
    uint64_t field_terms;
} terms_writer;

static void terms_start_field(terms_writer *w) {
    w->field_first = w->dictionary.block_count;
    w->field_terms = 0;
}

static int terms_finish_field(terms_writer *w) { return dictionary_flush_block(&w->dictionary); }

static int terms_start(terms_writer *w, const uint8_t *term, uint32_t length) {
    list_begin(&w->lists);
    w->term.length = 0;
    return buffer_append(&w->term, term, length);
}

static inline int terms_put(terms_writer *w, uint32_t docnum, float weight, uint8_t norm, const uint8_t *value,
                            uint32_t length) {
    return list_add(&w->lists, docnum, weight, norm, value, length);
}

/* A term without postings is left out. */
static int terms_finish(terms_writer *w) {
    list_place place;
    if (!w->lists.doc_freq) return 0;
    int failed = list_end(&w->lists, &place);
    if (failed) return failed;
    w->field_terms++;
    return dictionary_add(&w->dictionary, w->term.data, (uint32_t)w->term.length, &place);
}

static void terms_writer_free(terms_writer *w) {
    list_writer_free(&w->lists);
    dictionary_writer_free(&w->dictionary);
    buffer_free(&w->term);
    buffer_free(&w->value);
}

/* --- out of other segments -------------------------------------------------------------------------------------- */

/* A segment whose postings are merged. */
typedef struct {
    const dictionary *dictionary;
    const list_files *files;
    const int32_t *docnums; /* of each article its docnum in the new segment, -1 where it is deleted; ascending */
    term_cursor terms;
    list_cursor list;
    uint32_t at;     /* posting of the loaded block */
    int64_t docnum;  /* in the new segment; -1 where there is none left */
} merge_source;

/* Go to the next posting from `at` on that is not deleted. */
static int merge_settle(merge_source *s, fault *f) {
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

static int merge_open(merge_source *s, fault *f) {
    int failed = cursor_open(&s->list, s->files, &s->terms.place, f);
    if (!failed) failed = cursor_load(&s->list, 0, f);
    s->at = 0;
    return failed ? failed : merge_settle(s, f);
}

static int merge_put(terms_writer *w, merge_source *s, const uint8_t *norms, fault *f) {
    const uint8_t *value = NULL;
    uint32_t length = 0;
    if (s->list.flags & LIST_VALUES) {
        int failed = cursor_values(&s->list, f);
        if (!failed) failed = cursor_value(&s->list, s->at, &w->value, &value, &length, f);
        if (failed) return failed;
    }
    int failed = terms_put(w, (uint32_t)s->docnum, cursor_weight(&s->list, s->at), norms ? norms[s->docnum] : 0, value,
                           length);
    if (failed) return fail(f, failed, "a posting cannot be written");
    s->at++;
    return merge_settle(s, f);
}

/* The sources whose term is the least come first in `order`; how many they are. */
static uint32_t merge_least(merge_source *sources, uint32_t n, merge_source **order) {
    uint32_t least = 0;
    for (uint32_t i = 0; i < n; i++) {
        const term_cursor *terms = &sources[i].terms;
        if (!terms->active) continue;
        int sign = least ? compare_bytes(terms->term.data, terms->term.length, order[0]->terms.term.data,
                                         order[0]->terms.term.length)
                         : -1;
        if (sign < 0) least = 0;
        if (sign <= 0) order[least++] = &sources[i];
    }
    return least;
}

/* Merge a field whose cursors are open: term by term, posting by posting. `order` has room for all sources. */
static int merge_field(terms_writer *w, merge_source *sources, uint32_t n, merge_source **order, const uint8_t *norms,
                       fault *f) {
    uint32_t same;
    while ((same = merge_least(sources, n, order))) {
        const byte_buffer *term = &order[0]->terms.term;
        int failed = terms_start(w, term->data, (uint32_t)term->length);
        if (failed) return fail(f, failed, "a term cannot be written");
        for (uint32_t i = 0; i < same; i++)
            if ((failed = merge_open(order[i], f))) return failed;
        for (;;) {
            merge_source *next = NULL;
            for (uint32_t i = 0; i < same; i++)
                if (order[i]->docnum >= 0 && (!next || order[i]->docnum < next->docnum)) next = order[i];
            if (!next) break;
            if ((failed = merge_put(w, next, norms, f))) return failed;
        }
        if ((failed = terms_finish(w))) return fail(f, failed, "a list cannot be written");
        for (uint32_t i = 0; i < same; i++)
            if ((failed = terms_next(&order[i]->terms, f))) return failed;
    }
    return 0;
}

#endif
