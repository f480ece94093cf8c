/* Hands on what an inverter has gathered, in the order of a segment: by field, by term, by docnum; and after the terms of
 * a field its printed words.
 *
 * Articles get their docnums of the segment here, in any order; those without one are dropped. The inverter stays as it
 * is. Where lists go is up to a sink; it is no file here (segment_flush.h).
 */
#ifndef SEARCHLIB_FLUSH_H
#define SEARCHLIB_FLUSH_H

#include "bytes/little_endian.h"
#include "bytes/varints.h"
#include "indexing/inverter.h"
#include "indexing/term_order.h"

/* Where lists go. Each function returns 0, or a negative number, which ends the flush and is its result. */
typedef struct {
    void *self;
    int (*start_term)(void *self, uint32_t field, const uint8_t *term, uint32_t term_length);
    /* The next variant of the term: a printed word and how many positions it takes. */
    int (*add_variant)(void *self, const uint8_t *word, uint32_t length, uint32_t positions);
    /* `variants` has the number of the variant at each position; NULL: all are number 0. */
    int (*add)(void *self, uint32_t docnum, float weight, const uint8_t *value, uint32_t value_length,
               const uint32_t *variants, uint32_t variant_count);
    int (*finish_term)(void *self);
} posting_sink;

typedef struct {
    const uint8_t *value, *variants; /* NULL: every position is of variant 0 */
    uint32_t docnum, value_length;
    float weight;
} flushed_posting;

/* A variant of the term that is handed on, and at how many positions of articles that stay it is. */
typedef struct {
    uint32_t name; /* in `variants` of the inverter */
    uint32_t number; /* there */
    uint64_t total;
} flushed_variant;

/* A flush under way. */
typedef struct {
    const inverter *from;
    const int32_t *docnum_map; /* NULL: docnums stay as they are */
    int in_order;              /* docnums of the segment ascend with those of the inverter */
    int keeps_all;             /* no article is dropped, or was: every variant is of one that stays */
    sorted_term *terms;
    size_t n_terms;
    byte_buffer bytes; /* a stream in one piece, with SHORT readable bytes behind it */
    flushed_posting *postings;
    uint64_t *order, *spare; /* docnum << 32 | number in `postings` */
    uint32_t capacity;       /* of the three */
    /* The variants of the term, the commonest first; and of each number in the inverter, its place among them. */
    flushed_variant *variants;
    uint32_t *variant_map;
    uint32_t variant_count, variant_capacity;
    uint32_t *numbers; /* the variants of one posting */
    size_t numbers_capacity;
    uint8_t *is_live; /* of each variant of the inverter: whether an article that stays has it */
} posting_flush;

static inline int flush_begin(posting_flush *f, const inverter *from, const int32_t *docnum_map) {
    memset(f, 0, sizeof *f);
    f->from = from;
    f->docnum_map = docnum_map;
    f->in_order = 1;
    f->keeps_all = !from->has_dropped;
    int32_t last = -1;
    for (uint32_t i = 0; docnum_map && i < from->n_articles; i++) {
        f->keeps_all &= docnum_map[i] >= 0;
        if (docnum_map[i] < 0) continue;
        f->in_order &= docnum_map[i] > last;
        last = docnum_map[i];
    }
    f->is_live = (uint8_t *)calloc((size_t)from->n_links + 1, 1);
    if (!f->is_live) return FAULT_MEMORY;
    return sort_terms(from, &f->terms, &f->n_terms);
}

static inline void flush_end(posting_flush *f) {
    free(f->terms);
    buffer_free(&f->bytes);
    free(f->postings);
    free(f->order);
    free(f->spare);
    free(f->variants);
    free(f->variant_map);
    free(f->numbers);
    free(f->is_live);
    memset(f, 0, sizeof *f);
}

static inline size_t flush_term_count(const posting_flush *f) { return f->n_terms; }

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

/* How many varints these bytes are. At least eight bytes can be read. */
SEARCHLIB_INLINE uint32_t count_varints(const uint8_t *bytes, size_t length) {
    uint32_t count = 0;
    if (length <= 8) {
        uint64_t ends = ~load_u64(bytes) >> 7 & EACH_BYTE(1);
        return (uint32_t)(first_bytes(ends, length) * EACH_BYTE(1) >> 56);
    }
    for (size_t i = 0; i < length; i++) count += bytes[i] < 0x80;
    return count;
}

/* Decode the posting at `p`, which follows that of `docnum`; returns where the next begins. */
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
    posting->docnum = docnum + (uint32_t)(head >> 4);
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
    posting->variants = NULL;
    p += length;
    if (!(head & 8)) return p;
    posting->variants = p;
    for (uint32_t rest = count_varints(posting->value, length); rest; rest -= *p++ < 0x80) continue;
    return p;
}

/* --- variants ------------------------------------------------------------------------------------------------------- */

static int compare_variants(const term_table *names, const flushed_variant *one, const flushed_variant *other) {
    if (one->total != other->total) return one->total > other->total ? -1 : 1;
    const term_key *a = &names->keys[one->name], *b = &names->keys[other->name];
    const uint32_t length = a->length < b->length ? a->length : b->length;
    int order = memcmp(term_bytes(names, one->name), term_bytes(names, other->name), length);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

/* Sort the variants of a term: the commonest first, of equally common ones by their bytes. */
static void sort_variants(const term_table *names, flushed_variant *items, uint32_t n) {
    /* A heap sort: a term may have very many. */
    for (uint32_t end = n, start = n / 2; end > 1;) {
        flushed_variant item;
        if (start) {
            item = items[--start];
        } else {
            item = items[--end];
            items[end] = items[0];
        }
        uint32_t at = start;
        for (uint32_t child; (child = 2 * at + 1) < end; at = child) {
            child += child + 1 < end && compare_variants(names, &items[child + 1], &items[child]) > 0;
            if (compare_variants(names, &items[child], &item) <= 0) break;
            items[at] = items[child];
        }
        items[at] = item;
    }
}

static int flush_reserve_variants(posting_flush *f, uint32_t n) {
    if (n <= f->variant_capacity) return 0;
    free(f->variants);
    free(f->variant_map);
    f->variants = (flushed_variant *)malloc(n * sizeof *f->variants);
    f->variant_map = (uint32_t *)malloc(n * sizeof *f->variant_map);
    f->variant_capacity = f->variants && f->variant_map ? n : 0;
    return f->variant_capacity ? 0 : FAULT_MEMORY;
}

/* So many postings tell which variants are common. Where articles are dropped, all are asked which variants are left. */
enum { ASKED_POSTINGS = 1024 };

/* Count how often each variant occurs in articles that stay; the stream is in `bytes`. */
static void count_variants(posting_flush *f, uint32_t doc_freq) {
    if (f->keeps_all && doc_freq > ASKED_POSTINGS) doc_freq = ASKED_POSTINGS;
    const uint8_t *p = f->bytes.data;
    flushed_posting posting = {0};
    for (uint32_t i = 0; i < doc_freq; i++) {
        p = next_posting(p, posting.docnum, &posting);
        if (f->docnum_map && f->docnum_map[posting.docnum] < 0) continue;
        uint32_t n = count_varints(posting.value, posting.value_length);
        const uint8_t *variant = posting.variants;
        if (!variant) {
            f->variants[0].total += n;
            continue;
        }
        for (uint64_t number = 0; n; n--) {
            variant = get_varint(variant, variant + MAX_VARINT, &number);
            f->variants[number].total++;
        }
    }
}

/* List the variants of a term, with their numbers in the segment; the stream is in `bytes`. 0, or a fault. */
static int list_variants(posting_flush *f, uint32_t term, uint32_t doc_freq) {
    const inverter *v = f->from;
    const term_variants *of = &v->of_terms[term];
    f->variant_count = of->count;
    if (flush_reserve_variants(f, of->count)) return FAULT_MEMORY;
    for (uint32_t i = of->count, name = of->last; i-- > 0; name = v->links[name].before)
        f->variants[i] = (flushed_variant){name, i, 0};
    if (of->count < 2) return 0;
    count_variants(f, doc_freq);
    sort_variants(&v->variants, f->variants, of->count);
    while (!f->keeps_all && f->variant_count > 1 && !f->variants[f->variant_count - 1].total) f->variant_count--;
    for (uint32_t i = 0; i < of->count; i++) f->variant_map[f->variants[i].number] = i;
    return 0;
}

/* Begin a list, with its variants. */
static int flush_start_term(posting_flush *f, uint32_t term, const posting_sink *sink) {
    const term_table *terms = &f->from->terms, *names = &f->from->variants;
    const term_key *key = &terms->keys[term];
    int failed = sink->start_term(sink->self, key->field, term_bytes(terms, term), key->length);
    for (uint32_t i = 0; i < f->variant_count && !failed; i++) {
        const uint32_t name = f->variants[i].name, length = names->keys[name].length - 1;
        const uint8_t *word = term_bytes(names, name);
        f->is_live[name] = 1;
        failed = sink->add_variant(sink->self, word, length, word[length]);
    }
    return failed;
}

/* Hand on a posting, with its variants by their numbers in the segment. */
static int flush_add(posting_flush *f, uint32_t docnum, const flushed_posting *posting, const posting_sink *sink) {
    const uint8_t *variant = posting->variants;
    if (f->variant_count < 2 || (!variant && !f->variant_map[0]))
        return sink->add(sink->self, docnum, posting->weight, posting->value, posting->value_length, NULL, 0);
    const uint32_t n = count_varints(posting->value, posting->value_length);
    uint32_t all = 0;
    if (n > f->numbers_capacity) {
        free(f->numbers);
        f->numbers_capacity = n + (size_t)n / 2;
        f->numbers = (uint32_t *)malloc(f->numbers_capacity * sizeof *f->numbers);
        if (!f->numbers) {
            f->numbers_capacity = 0;
            return FAULT_MEMORY;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        uint64_t number = 0;
        if (variant) variant = get_varint(variant, variant + MAX_VARINT, &number);
        all |= f->numbers[i] = f->variant_map[number];
    }
    return sink->add(sink->self, docnum, posting->weight, posting->value, posting->value_length, all ? f->numbers : NULL, n);
}

/* --- lists ---------------------------------------------------------------------------------------------------------- */

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

/* Hand on the postings in `bytes`, as they come. */
static inline int add_in_order(posting_flush *f, uint32_t doc_freq, const posting_sink *sink, int *started,
                               uint32_t term) {
    const uint8_t *p = f->bytes.data;
    flushed_posting posting = {0};
    for (uint32_t i = 0; i < doc_freq; i++) {
        p = next_posting(p, posting.docnum, &posting);
        int64_t docnum = f->docnum_map ? f->docnum_map[posting.docnum] : (int64_t)posting.docnum;
        if (docnum < 0) continue;
        int failed = 0;
        if (!*started) failed = flush_start_term(f, term, sink);
        *started = 1;
        if (!failed) failed = flush_add(f, (uint32_t)docnum, &posting, sink);
        if (failed) return failed;
    }
    return 0;
}

/* Hand on the postings in `bytes`, by docnum. */
static inline int add_sorted(posting_flush *f, uint32_t doc_freq, const posting_sink *sink, int *started,
                             uint32_t term) {
    const uint8_t *p = f->bytes.data;
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
    int failed = flush_start_term(f, term, sink);
    *started = 1;
    for (uint32_t i = 0; i < n && !failed; i++) {
        if (i + AHEAD < n) __builtin_prefetch(&f->postings[(uint32_t)f->order[i + AHEAD]]);
        const flushed_posting *posting = &f->postings[(uint32_t)f->order[i]];
        failed = flush_add(f, (uint32_t)(f->order[i] >> 32), posting, sink);
    }
    return failed;
}

/* Hand on the list of one term, if a posting of it is left. */
static inline int flush_term(posting_flush *f, uint32_t term, const posting_sink *sink) {
    const posting_stream *stream = &f->from->streams[term];
    int started = 0;
    if (gather_stream(f, stream)) return FAULT_MEMORY;
    int failed = list_variants(f, term, stream->doc_freq);
    if (!failed) failed = (f->in_order ? add_in_order : add_sorted)(f, stream->doc_freq, sink, &started, term);
    return failed || !started ? failed : sink->finish_term(sink->self);
}

/* Neighbours in order are far apart in memory: prefetch what the next terms need. */
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

/* Hand on the list of the term that is number i in order. */
static inline int flush_nth_term(posting_flush *f, size_t i, const posting_sink *sink) {
    return flush_term(f, f->terms[i].term, sink);
}

/* --- for the Cython faces --------------------------------------------------------------------------------------- */

static inline posting_sink posting_sink_of(
    void *self, int (*start_term)(void *, uint32_t, const uint8_t *, uint32_t),
    int (*add_variant)(void *, const uint8_t *, uint32_t, uint32_t),
    int (*add)(void *, uint32_t, float, const uint8_t *, uint32_t, const uint32_t *, uint32_t), int (*finish_term)(void *)) {
    return (posting_sink){self, start_term, add_variant, add, finish_term};
}

#endif
