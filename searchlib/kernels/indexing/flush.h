/* What an inverter has gathered -> posting lists in the order of a segment: by field, by term, by docnum.
 *
 * Articles get their final docnums here, in whatever order the caller wants them; those that have none are dropped.
 * The inverter is left as it is.
 */
#ifndef SEARCHLIB_FLUSH_H
#define SEARCHLIB_FLUSH_H

#include "bytes/little_endian.h"
#include "bytes/varints.h"
#include "indexing/inverter.h"

/* Where lists go. Each function returns 0, or a negative number, which ends the flush and is returned by it. */
typedef struct {
    void *self;
    int (*start_term)(void *self, uint32_t field, const uint8_t *term, uint32_t term_length);
    int (*add)(void *self, uint32_t docnum, float weight, const uint8_t *value, uint32_t value_length);
    int (*finish_term)(void *self);
} posting_sink;

/* --- terms in order --------------------------------------------------------------------------------------------- */

typedef struct {
    uint64_t prefix; /* of eight bytes, those that sort first being the highest */
    uint32_t term;
} sorted_term;

/* Eight bytes of a term from `depth` on, as a number; zeros stand for what is missing. */
static inline uint64_t term_prefix(const term_table *t, uint32_t term, uint32_t depth) {
    const term_key *key = &t->keys[term];
    uint8_t bytes[8] = {0};
    uint32_t length = key->length > depth ? key->length - depth : 0;
    if (length) memcpy(bytes, t->bytes.data + key->at + depth, length < 8 ? length : 8);
    return __builtin_bswap64(load_u64(bytes));
}

/* By field, then as memcmp orders bytes. */
static inline int compare_terms(const term_table *t, uint32_t one, uint32_t other) {
    const term_key *a = &t->keys[one], *b = &t->keys[other];
    if (a->field != b->field) return a->field < b->field ? -1 : 1;
    uint32_t length = a->length < b->length ? a->length : b->length;
    int order = length ? memcmp(t->bytes.data + a->at, t->bytes.data + b->at, length) : 0;
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

enum { FEW = 24, MAX_DEPTH = 512, MANY_DIGITS = 1 << 11, AHEAD = 8 };

static inline void insert_terms(const term_table *t, sorted_term *items, size_t n) {
    for (size_t i = 1; i < n; i++) {
        sorted_term item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1].prefix >= item.prefix; at--) {
            if (items[at - 1].prefix == item.prefix && compare_terms(t, items[at - 1].term, item.term) < 0) break;
            items[at] = items[at - 1];
        }
        items[at] = item;
    }
}

/* Merge sort, for what is alike in too many bytes to go on by eights. */
static inline void merge_terms(const term_table *t, sorted_term *items, sorted_term *spare, size_t n) {
    if (n <= FEW) {
        insert_terms(t, items, n);
        return;
    }
    size_t half = n / 2, left = 0, right = half;
    merge_terms(t, items, spare, half);
    merge_terms(t, items + half, spare, n - half);
    memcpy(spare, items, n * sizeof *items);
    for (size_t i = 0; i < n; i++) {
        int from_left = right == n || (left < half && compare_terms(t, spare[left].term, spare[right].term) <= 0);
        items[i] = spare[from_left ? left++ : right++];
    }
}

/* Sort by prefix: from the last byte to the first, skipping those that are the same in all. */
static inline void radix_terms(sorted_term *items, sorted_term *spare, size_t n) {
    uint64_t all = 0, common = ~(uint64_t)0;
    for (size_t i = 0; i < n; i++) {
        all |= items[i].prefix;
        common &= items[i].prefix;
    }
    sorted_term *from = items, *to = spare;
    for (int shift = 0; shift < 64; shift += 8) {
        if (!((all ^ common) >> shift & 0xff)) continue;
        size_t starts[256] = {0}, start = 0;
        for (size_t i = 0; i < n; i++) starts[from[i].prefix >> shift & 0xff]++;
        for (int byte = 0; byte < 256; byte++) {
            size_t count = starts[byte];
            starts[byte] = start;
            start += count;
        }
        for (size_t i = 0; i < n; i++) to[starts[from[i].prefix >> shift & 0xff]++] = from[i];
        sorted_term *swap = from;
        from = to;
        to = swap;
    }
    if (from != items) memcpy(items, from, n * sizeof *items);
}

/* Sort terms of one field that are alike before `depth`. */
static inline void sort_field(const term_table *t, sorted_term *items, sorted_term *spare, size_t n, uint32_t depth) {
    for (size_t i = 0; i < n; i++) items[i].prefix = term_prefix(t, items[i].term, depth);
    if (n <= FEW) {
        insert_terms(t, items, n);
        return;
    }
    if (depth >= MAX_DEPTH) {
        merge_terms(t, items, spare, n);
        return;
    }
    radix_terms(items, spare, n);
    for (size_t start = 0, end; start < n; start = end) {
        for (end = start + 1; end < n && items[end].prefix == items[start].prefix; end++) continue;
        if (end - start > 1) sort_field(t, items + start, spare, end - start, depth + 8);
    }
}

/* The terms that have postings, in order: *items, to be freed, and how many in *n. */
static inline int sort_terms(const inverter *v, sorted_term **items, size_t *n) {
    size_t *starts = (size_t *)calloc((size_t)v->n_fields + 1, sizeof *starts);
    sorted_term *terms = (sorted_term *)malloc((v->n_streams + (size_t)1) * sizeof *terms);
    sorted_term *spare = (sorted_term *)malloc((v->n_streams + (size_t)1) * sizeof *terms);
    if (!starts || !terms || !spare) {
        free(starts);
        free(terms);
        free(spare);
        return FAULT_MEMORY;
    }
    for (uint32_t term = 0; term < v->n_streams; term++)
        if (v->streams[term].doc_freq) starts[v->terms.keys[term].field + 1]++;
    for (uint32_t field = 0; field < v->n_fields; field++) starts[field + 1] += starts[field];
    *n = starts[v->n_fields];
    for (uint32_t term = 0; term < v->n_streams; term++)
        if (v->streams[term].doc_freq) terms[starts[v->terms.keys[term].field]++].term = term;
    /* Every start is now where the next field begins. */
    for (uint32_t field = 0; field < v->n_fields; field++) {
        size_t start = field ? starts[field - 1] : 0;
        sort_field(&v->terms, terms + start, spare, starts[field] - start, 0);
    }
    free(starts);
    free(spare);
    *items = terms;
    return 0;
}

/* --- postings in order ------------------------------------------------------------------------------------------ */

typedef struct {
    const uint8_t *value;
    uint32_t docnum, value_length;
    float weight;
} flushed_posting;

/* A flush under way. */
typedef struct {
    const inverter *from;
    const int32_t *docnum_map; /* NULL: docnums stay as they are */
    int in_order;              /* the map keeps articles in the order in which they came */
    sorted_term *terms;
    size_t n_terms;
    byte_buffer bytes; /* a stream in one piece, and more that can be read */
    flushed_posting *postings;
    uint64_t *order, *spare; /* docnum << 32 | place in `postings` */
    uint32_t capacity;       /* of the three */
} posting_flush;

static inline int flush_begin(posting_flush *f, const inverter *from, const int32_t *docnum_map) {
    memset(f, 0, sizeof *f);
    f->from = from;
    f->docnum_map = docnum_map;
    f->in_order = 1;
    int32_t last = -1;
    for (uint32_t i = 0; docnum_map && i < from->n_articles; i++) {
        if (docnum_map[i] < 0) continue;
        f->in_order &= docnum_map[i] > last;
        last = docnum_map[i];
    }
    return sort_terms(from, &f->terms, &f->n_terms);
}

static inline void flush_end(posting_flush *f) {
    free(f->terms);
    buffer_free(&f->bytes);
    free(f->postings);
    free(f->order);
    free(f->spare);
    memset(f, 0, sizeof *f);
}

static inline int flush_reserve(posting_flush *f, uint32_t n) {
    if (n <= f->capacity) return 0;
    uint32_t capacity = n < UINT32_MAX / 2 ? n + n / 2 : n;
    free(f->postings);
    free(f->order);
    free(f->spare);
    f->postings = (flushed_posting *)malloc(capacity * sizeof *f->postings);
    f->order = (uint64_t *)malloc(capacity * sizeof *f->order);
    f->spare = (uint64_t *)malloc(capacity * sizeof *f->spare);
    f->capacity = f->postings && f->order && f->spare ? capacity : 0;
    return f->capacity ? 0 : FAULT_MEMORY;
}

/* Put the slices of a stream together in `bytes`. */
static inline int gather_stream(posting_flush *f, const posting_stream *stream) {
    const posting_arena *arena = &f->from->arena;
    uint32_t address = stream->first;
    f->bytes.length = 0;
    for (uint32_t level = 0, last = 0; !last;) {
        const uint8_t *slice = slice_at(arena, address);
        uint32_t size = SLICE_BYTES[level];
        /* Slices of the last level follow each other: the end of the stream tells which is the last. */
        last = level == stream->level && stream->next + stream->room == address + size;
        level += level + 1 < N_LEVELS;
        if (!last) {
            memcpy(&address, slice + size - LINK, LINK);
            __builtin_prefetch(slice_at(arena, address));
            __builtin_prefetch(slice_at(arena, address + SLICE_BYTES[level] - LINK));
        }
        if (buffer_append(&f->bytes, slice, last ? size - stream->room : size - LINK)) return FAULT_MEMORY;
    }
    if (buffer_reserve(&f->bytes, SHORT)) return FAULT_MEMORY;
    memset(f->bytes.data + f->bytes.length, 0, SHORT);
    return 0;
}

/* How many varints end in these bytes, of which at least eight can be read. */
SEARCHLIB_INLINE uint32_t count_varints(const uint8_t *bytes, size_t length) {
    uint32_t count = 0;
    if (length <= 8) {
        uint64_t ends = ~load_u64(bytes) >> 7 & EACH_BYTE(1);
        return (uint32_t)(first_bytes(ends, length) * EACH_BYTE(1) >> 56);
    }
    for (size_t i = 0; i < length; i++) count += bytes[i] < 0x80;
    return count;
}

/* Decode the posting at `p`, after that of `docnum`; where the next begins. */
SEARCHLIB_INLINE const uint8_t *next_posting(const uint8_t *p, uint32_t docnum, flushed_posting *posting) {
    uint64_t head = *p++;
    if (head > 0x7f) {
        head &= 0x7f;
        for (unsigned shift = 7;; shift += 7) {
            uint64_t byte = *p++;
            head |= (byte & 0x7f) << shift;
            if (byte < 0x80) break;
        }
    }
    posting->docnum = docnum + (uint32_t)(head >> 3);
    if (head & 4) {
        posting->weight = (float)*p++;
        if (p[-1] == 255) {
            posting->weight = load_f32(p);
            p += 4;
        }
    }
    uint64_t length = head & 3;
    if (!length) p = get_varint(p, p + MAX_VARINT, &length);
    if (!(head & 4)) posting->weight = (float)count_varints(p, length);
    posting->value = p;
    posting->value_length = (uint32_t)length;
    return p + length;
}

/* Sort `order` by docnum. */
static inline void sort_order(posting_flush *f, uint32_t n) {
    uint64_t *from = f->order, *to = f->spare;
    if (n <= FEW) {
        for (uint32_t i = 1; i < n; i++) {
            uint64_t item = from[i];
            uint32_t at = i;
            for (; at > 0 && from[at - 1] > item; at--) from[at] = from[at - 1];
            from[at] = item;
        }
        return;
    }
    uint64_t all = 0;
    for (uint32_t i = 0; i < n; i++) all |= from[i];
    uint32_t starts[MANY_DIGITS], digits = n < MANY_DIGITS ? 256 : MANY_DIGITS, bits = n < MANY_DIGITS ? 8 : 11;
    for (uint32_t shift = 32; shift < 64 && all >> shift; shift += bits) {
        memset(starts, 0, digits * sizeof *starts);
        for (uint32_t i = 0; i < n; i++) starts[from[i] >> shift & (digits - 1)]++;
        for (uint32_t digit = 0, start = 0; digit < digits; digit++) {
            uint32_t count = starts[digit];
            starts[digit] = start;
            start += count;
        }
        for (uint32_t i = 0; i < n; i++) to[starts[from[i] >> shift & (digits - 1)]++] = from[i];
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    f->order = from;
    f->spare = to;
}

/* Hand on the postings that were gathered, as they come. */
static inline int add_in_order(posting_flush *f, uint32_t doc_freq, const posting_sink *sink, int *started,
                               uint32_t term) {
    const uint8_t *p = f->bytes.data;
    const term_key *key = &f->from->terms.keys[term];
    const uint8_t *name = term_bytes(&f->from->terms, term);
    flushed_posting posting = {NULL, 0, 0, 0};
    for (uint32_t i = 0; i < doc_freq; i++) {
        p = next_posting(p, posting.docnum, &posting);
        int64_t docnum = f->docnum_map ? f->docnum_map[posting.docnum] : (int64_t)posting.docnum;
        if (docnum < 0) continue;
        int failed = 0;
        if (!*started) failed = sink->start_term(sink->self, key->field, name, key->length);
        *started = 1;
        if (!failed)
            failed = sink->add(sink->self, (uint32_t)docnum, posting.weight, posting.value, posting.value_length);
        if (failed) return failed;
    }
    return 0;
}

/* Hand on the postings that were gathered, by docnum. */
static inline int add_sorted(posting_flush *f, uint32_t doc_freq, const posting_sink *sink, int *started,
                             uint32_t term) {
    const uint8_t *p = f->bytes.data;
    const term_key *key = &f->from->terms.keys[term];
    uint32_t docnum = 0, n = 0;
    if (flush_reserve(f, doc_freq)) return FAULT_MEMORY;
    for (uint32_t i = 0; i < doc_freq; i++) {
        flushed_posting *posting = &f->postings[n];
        p = next_posting(p, docnum, posting);
        docnum = posting->docnum;
        int32_t final = f->docnum_map[docnum];
        f->order[n] = (uint64_t)(uint32_t)final << 32 | n;
        n += final >= 0;
    }
    if (!n) return 0;
    sort_order(f, n);
    int failed = sink->start_term(sink->self, key->field, term_bytes(&f->from->terms, term), key->length);
    *started = 1;
    for (uint32_t i = 0; i < n && !failed; i++) {
        if (i + AHEAD < n) __builtin_prefetch(&f->postings[(uint32_t)f->order[i + AHEAD]]);
        const flushed_posting *posting = &f->postings[(uint32_t)f->order[i]];
        failed = sink->add(sink->self, (uint32_t)(f->order[i] >> 32), posting->weight, posting->value,
                           posting->value_length);
    }
    return failed;
}

/* Hand on the list of one term, if it has a posting left. */
static inline int flush_term(posting_flush *f, uint32_t term, const posting_sink *sink) {
    const posting_stream *stream = &f->from->streams[term];
    int started = 0;
    if (gather_stream(f, stream)) return FAULT_MEMORY;
    int failed = (f->in_order ? add_in_order : add_sorted)(f, stream->doc_freq, sink, &started, term);
    return failed || !started ? failed : sink->finish_term(sink->self);
}

/* Terms in order lie anywhere in memory: ask for what the next ones will need. */
static inline void expect_terms(const posting_flush *f, size_t at) {
    const inverter *v = f->from;
    if (at + 2 * AHEAD < f->n_terms) {
        uint32_t term = f->terms[at + 2 * AHEAD].term;
        __builtin_prefetch(&v->streams[term]);
        __builtin_prefetch(&v->terms.keys[term]);
    }
    if (at + AHEAD < f->n_terms) {
        uint32_t term = f->terms[at + AHEAD].term;
        __builtin_prefetch(slice_at(&v->arena, v->streams[term].first));
        __builtin_prefetch(term_bytes(&v->terms, term));
    }
}

/* Hand on all lists, in order. 0, a fault, or what a function of the sink returned.
 *
 * `docnum_map` has for each article its docnum in the segment, no two the same, or a negative number to drop it; NULL
 * keeps them all as they came. No Python is called. */
static inline int inverter_flush(const inverter *v, const int32_t *docnum_map, const posting_sink *sink) {
    posting_flush f;
    int failed = flush_begin(&f, v, docnum_map);
    for (size_t i = 0; i < f.n_terms && !failed; i++) {
        expect_terms(&f, i);
        failed = flush_term(&f, f.terms[i].term, sink);
    }
    flush_end(&f);
    return failed;
}

#endif
