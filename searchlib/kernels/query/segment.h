/* What of a segment a search reads, and its docnums by time of publication. */
#ifndef SEARCHLIB_SEGMENT_H
#define SEARCHLIB_SEGMENT_H

#include "postings/posting_list_reader.h"
#include "postings/term_dictionary_reader.h"

/* Files are NULL if the segment has no such column. */
typedef struct {
    uint32_t doc_count;
    uint32_t first_dated; /* docnums ascend with time of publication; the first that has one */
    /* The articles that are dated a month or a year: their docnums, ascending, and when that ends, in microseconds. The
     * time of publication of such an article is when it begins. */
    const uint32_t *imprecise;
    const int64_t *imprecise_ends;
    uint32_t imprecise_count;
    posting_files lists;
    const dictionary *dictionary;
    const paged_file *norms, *regions, *published;
    /* Of each column: a byte, four and four bytes, eight bytes for each article. */
    uint64_t norms_offset, titles_offset, summaries_offset, published_offset;
} segment;

/* Whether a column of `bytes` for each article is in its file: 0, or a fault. */
static inline int check_column(const segment *g, const paged_file *file, uint64_t offset, uint64_t bytes, fault *f) {
    if (offset > file->end || g->doc_count * bytes > file->end - offset)
        return fail_at(f, "a column is not in its file", file, offset);
    return 0;
}

/* Where the title and the summary of an article end, in positions; 0 and 0 in fields that have no such regions. */
typedef struct {
    uint64_t title_end, summary_end;
} region_ends;

enum { REGION_COUNT = 3, ANY_REGION = -1 };

/* Which region a position is in: 0 the title, 1 the summary, 2 the body. */
static inline int region_at(const region_ends *ends, uint64_t position) {
    return (position >= ends->title_end) + (position >= ends->title_end && position >= ends->summary_end);
}

/* When an article was published, in microseconds since 1970. */
static inline int time_of(const segment *g, uint32_t docnum, int64_t *time, fault *f) {
    const uint64_t offset = g->published_offset + (uint64_t)docnum * 8;
    if (!g->published) return fail(f, FAULT_DAMAGE, "the segment has no times of publication");
    int failed = pages_check(g->published, offset, 8, f);
    if (!failed) memcpy(time, g->published->data + offset, 8);
    return failed;
}

/* The first docnum published at a time or later; doc_count if there is none. */
static inline int first_from(const segment *g, int64_t time, uint32_t *docnum, fault *f) {
    uint32_t low = 0, high = g->doc_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        int64_t own = 0;
        int failed = time_of(g, middle, &own, f);
        if (failed) return failed;
        if (own < time) low = middle + 1;
        else high = middle;
    }
    *docnum = low;
    return 0;
}

/* The first of the imprecise articles whose docnum is not below this one; imprecise_count if there is none. */
static inline uint32_t first_imprecise_from(const segment *g, uint32_t docnum) {
    uint32_t low = 0, high = g->imprecise_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (g->imprecise[middle] < docnum) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline segment segment_of(uint32_t doc_count, posting_files lists, const dictionary *terms) {
    return (segment){.doc_count = doc_count, .first_dated = doc_count, .lists = lists, .dictionary = terms};
}

static inline int segment_set_norms(segment *g, const paged_file *file, uint64_t offset, fault *f) {
    g->norms = file;
    g->norms_offset = offset;
    return check_column(g, file, offset, 1, f);
}

static inline int segment_set_regions(segment *g, const paged_file *file, uint64_t titles, uint64_t summaries, fault *f) {
    g->regions = file;
    g->titles_offset = titles;
    g->summaries_offset = summaries;
    int failed = check_column(g, file, titles, 4, f);
    return failed ? failed : check_column(g, file, summaries, 4, f);
}

static inline int segment_set_published(segment *g, const paged_file *file, uint64_t offset, fault *f) {
    g->published = file;
    g->published_offset = offset;
    return check_column(g, file, offset, 8, f);
}

static inline void segment_set_first_dated(segment *g, uint32_t docnum) { g->first_dated = docnum; }

static inline void segment_set_imprecise(segment *g, const uint32_t *docnums, const int64_t *ends, uint32_t count) {
    g->imprecise = docnums;
    g->imprecise_ends = ends;
    g->imprecise_count = count;
}

static inline uint32_t segment_imprecise_count(const segment *g) { return g->imprecise_count; }

static inline uint32_t segment_doc_count(const segment *g) { return g->doc_count; }

static inline uint32_t segment_first_dated(const segment *g) { return g->first_dated; }

#endif
