/* Merges the terms and postings of several segments into one.
 *
 * Fields are merged one after the other, in each the least term of all segments next, of each term the least docnum.
 * Only one block of each segment is in memory. Articles get other docnums on the way, which ascend in each segment.
 */
#ifndef SEARCHLIB_MERGING_H
#define SEARCHLIB_MERGING_H

#include "bytes/compare.h"
#include "postings/posting_list_reader.h"
#include "postings/term_dictionary_reader.h"
#include "postings/terms_writer.h"

/* A segment that is being merged. Zeroed before `merged_segment_set`. */
typedef struct {
    const dictionary *dictionary;
    const posting_files *files;
    const int32_t *docnums; /* of each article: the docnum in the new segment, or -1 to leave it out */
    term_cursor terms;
    posting_cursor list;
    uint32_t at;     /* posting of the loaded block */
    int64_t docnum;  /* of that posting in the new segment; -1 if none is left */
} merged_segment;

static inline void merged_segment_set(merged_segment *s, const dictionary *terms, const posting_files *files,
                                      const int32_t *docnums) {
    s->dictionary = terms;
    s->files = files;
    s->docnums = docnums;
}

/* Begin a field; `merged_segment_close` after the last. 0, or a fault. */
static int merged_segment_start_field(merged_segment *s, field_blocks blocks, fault *f) {
    return term_cursor_open(&s->terms, s->dictionary, blocks, f);
}

static void merged_segment_close(merged_segment *s) { term_cursor_close(&s->terms); }

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
    uint8_t norm = norms ? norms[s->docnum] : 0;
    int failed = terms_writer_add(w, (uint32_t)s->docnum, cursor_weight(&s->list, s->at), norm, value, length);
    if (failed) return fail(f, failed, "a posting cannot be written");
    s->at++;
    return merge_settle(s, f);
}

/* Put the segments that are on the least term into `order`; returns how many they are. */
static uint32_t merge_least(merged_segment *segments, uint32_t n, merged_segment **order) {
    uint32_t least = 0;
    for (uint32_t i = 0; i < n; i++) {
        const term_cursor *terms = &segments[i].terms;
        if (!terms->active) continue;
        int sign = least ? compare_bytes(terms->term.data, terms->term.length, order[0]->terms.term.data,
                                         order[0]->terms.term.length)
                         : -1;
        if (sign < 0) least = 0;
        if (sign <= 0) order[least++] = &segments[i];
    }
    return least;
}

/* Merge a field that all segments have begun. `order` has room for all of them. 0, or a fault. */
static int merge_field(terms_writer *w, merged_segment *segments, uint32_t n, merged_segment **order,
                       const uint8_t *norms, fault *f) {
    uint32_t same;
    while ((same = merge_least(segments, n, order))) {
        const byte_buffer *term = &order[0]->terms.term;
        int failed = terms_writer_start_term(w, term->data, (uint32_t)term->length);
        if (failed) return fail(f, failed, "a term cannot be written");
        for (uint32_t i = 0; i < same; i++)
            if ((failed = merge_start_term(order[i], f))) return failed;
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
