/* Several segments' terms and postings -> those of one segment. */
#ifndef SEARCHLIB_MERGING_H
#define SEARCHLIB_MERGING_H

#include "postings/posting_list_reader.h"
#include "postings/term_dictionary_reader.h"
#include "postings/terms_writer.h"

/* A segment whose postings are merged. */
typedef struct {
    const dictionary *dictionary;
    const posting_files *files;
    const int32_t *docnums; /* of each article its docnum in the new segment, -1 where it is deleted; ascending */
    term_cursor terms;
    posting_cursor list;
    uint32_t at;     /* posting of the loaded block */
    int64_t docnum;  /* in the new segment; -1 where there is none left */
} merged_segment;

/* Go to the next posting from `at` on that is not deleted. */
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

static int merge_open(merged_segment *s, fault *f) {
    int failed = cursor_open(&s->list, s->files, &s->terms.entry, f);
    if (!failed) failed = cursor_load(&s->list, 0, f);
    s->at = 0;
    return failed ? failed : merge_settle(s, f);
}

static int merge_put(terms_writer *w, merged_segment *s, const uint8_t *norms, fault *f) {
    const uint8_t *value = NULL;
    uint32_t length = 0;
    if (s->list.flags & LIST_VALUES) {
        int failed = cursor_values(&s->list, f);
        if (!failed) failed = cursor_value(&s->list, s->at, &w->value, &value, &length, f);
        if (failed) return failed;
    }
    int failed = terms_writer_add(w, (uint32_t)s->docnum, cursor_weight(&s->list, s->at), norms ? norms[s->docnum] : 0, value,
                           length);
    if (failed) return fail(f, failed, "a posting cannot be written");
    s->at++;
    return merge_settle(s, f);
}

/* The sources whose term is the least come first in `order`; how many they are. */
static uint32_t merge_least(merged_segment *sources, uint32_t n, merged_segment **order) {
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
static int merge_field(terms_writer *w, merged_segment *sources, uint32_t n, merged_segment **order, const uint8_t *norms,
                       fault *f) {
    uint32_t same;
    while ((same = merge_least(sources, n, order))) {
        const byte_buffer *term = &order[0]->terms.term;
        int failed = terms_writer_start_term(w, term->data, (uint32_t)term->length);
        if (failed) return fail(f, failed, "a term cannot be written");
        for (uint32_t i = 0; i < same; i++)
            if ((failed = merge_open(order[i], f))) return failed;
        for (;;) {
            merged_segment *next = NULL;
            for (uint32_t i = 0; i < same; i++)
                if (order[i]->docnum >= 0 && (!next || order[i]->docnum < next->docnum)) next = order[i];
            if (!next) break;
            if ((failed = merge_put(w, next, norms, f))) return failed;
        }
        if ((failed = terms_writer_finish_term(w))) return fail(f, failed, "a list cannot be written");
        for (uint32_t i = 0; i < same; i++)
            if ((failed = term_cursor_next(&order[i]->terms, f))) return failed;
    }
    return 0;
}

#endif
