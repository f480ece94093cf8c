/* Writes what an inverter has gathered into the files of a segment: a sink of flush.h that is a terms_writer. */
#ifndef SEARCHLIB_SEGMENT_FLUSH_H
#define SEARCHLIB_SEGMENT_FLUSH_H

#include "indexing/flush.h"
#include "postings/terms_writer.h"

enum { NO_FIELD = UINT32_MAX };

/* A flush into files under way. */
typedef struct {
    terms_writer *writer;
    const uint8_t *const *norms; /* of each field: norms of the articles, by docnum of the segment; NULL: none */
    field_terms *fields;
    uint32_t field;
} segment_flush;

static int segment_finish_field(segment_flush *s) {
    return s->field == NO_FIELD ? 0 : terms_writer_finish_field(s->writer, &s->fields[s->field]);
}

static int segment_start_term(void *self, uint32_t field, const uint8_t *term, uint32_t length) {
    segment_flush *s = (segment_flush *)self;
    if (field != s->field) {
        int failed = segment_finish_field(s);
        if (failed) return failed;
        s->field = field;
        terms_writer_start_field(s->writer);
    }
    return terms_writer_start_term(s->writer, term, length);
}

static int segment_add(void *self, uint32_t docnum, float weight, const uint8_t *value, uint32_t length) {
    segment_flush *s = (segment_flush *)self;
    const uint8_t *norms = s->norms[s->field];
    return terms_writer_add(s->writer, docnum, weight, norms ? norms[docnum] : 0, value, length);
}

static int segment_finish_term(void *self) { return terms_writer_finish_term(((segment_flush *)self)->writer); }

/* Write all postings. `docnum_map` is as of `inverter_flush`; `norms` and `fields` have an item for each field of the
 * inverter. Items of `fields` stay as they are for fields without terms. 0, or a fault. */
static int flush_to_segment(const inverter *v, const int32_t *docnum_map, const uint8_t *const *norms,
                            terms_writer *writer, field_terms *fields) {
    segment_flush s = {writer, norms, fields, NO_FIELD};
    const posting_sink sink = {&s, segment_start_term, segment_add, segment_finish_term};
    int failed = inverter_flush(v, docnum_map, &sink);
    return failed ? failed : segment_finish_field(&s);
}

/* The greatest of n docnums; -1 if all are negative. */
static int32_t greatest_docnum(const int32_t *docnums, size_t n) {
    int32_t greatest = -1;
    for (size_t i = 0; i < n; i++)
        if (docnums[i] > greatest) greatest = docnums[i];
    return greatest;
}

#endif
