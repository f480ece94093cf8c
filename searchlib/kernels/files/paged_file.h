/* Files in checksummed pages: written front to back, read where they are mapped, each page checked when first touched.
 *
 *     file     header data sums sum_sums trailer
 *     header   "searchlb" kind(4 bytes) version(u32) identity(40 bytes) zero(u32) check(u32)     64 bytes
 *     identity index(16 bytes) segment(16 bytes) generation(u64)
 *     data     whatever the kind of file has; offsets in it are counted from the start of the file
 *     sums     u32 for each page of 16,384 bytes of header and data, the last one short
 *     sum_sums u32 for each page of 16,384 bytes of sums
 *     trailer  end of data(u64) checksum of sum_sums and the end of data(u32) version(u32) kind(4) "end\n"   24 bytes
 *
 * The identity says which index and segment the file is of, and the generation that it was written for; where there is
 * no index of ours, its id and the generation are zeros. `check` is the checksum of the 60 bytes before it. A checksum
 * is that of bytes/checksum.h. Files of formats 1 and 2 have version 1, and a header of 16 bytes: it ends after the
 * version.
 *
 * Opening reads header, trailer and sum_sums only: four bytes for each 64 MB. A page that was checked is not checked
 * again: a change under an open file is not noticed.
 */
#ifndef SEARCHLIB_PAGED_FILE_H
#define SEARCHLIB_PAGED_FILE_H

#include "bytes/byte_buffer.h"
#include "bytes/checksum.h"
#include "files/format_version.h"

#include <stdio.h>

enum {
    PAGE_BITS = 14,
    PAGE_BYTES = 1 << PAGE_BITS,
    HEADER_BYTES = 64,
    IDENTITY_BYTES = 40,
    TRAILER_BYTES = 24,
    /* Of files of formats 1 and 2. */
    ANONYMOUS_VERSION = 1,
    ANONYMOUS_HEADER_BYTES = 16
};

/* --- writing ---------------------------------------------------------------------------------------------------- */

typedef struct {
    FILE *file;
    uint64_t written; /* bytes so far, the header included: the offset of the next */
    byte_buffer sums;
    uint8_t page[PAGE_BYTES];
} page_writer;

static int pages_flush(page_writer *w) {
    size_t length = (size_t)(w->written & (PAGE_BYTES - 1));
    if (!length && w->written) length = PAGE_BYTES;
    uint32_t sum = checksum(w->page, length);
    if (buffer_append(&w->sums, &sum, 4)) return FAULT_MEMORY;
    return fwrite(w->page, 1, length, w->file) == length ? 0 : FAULT_IO;
}

static int pages_write(page_writer *w, const void *bytes, size_t length) {
    const uint8_t *from = (const uint8_t *)bytes;
    while (length) {
        size_t used = (size_t)(w->written & (PAGE_BYTES - 1));
        size_t take = PAGE_BYTES - used < length ? PAGE_BYTES - used : length;
        memcpy(w->page + used, from, take);
        w->written += take;
        from += take;
        length -= take;
        if (used + take == PAGE_BYTES) {
            int failed = pages_flush(w);
            if (failed) return failed;
        }
    }
    return 0;
}

/* Begin a file. `file` is open for writing and stays the caller's. 0, or a fault. */
static int pages_begin(page_writer *w, FILE *file, const char kind[4], const uint8_t identity[IDENTITY_BYTES]) {
    const uint32_t version = FORMAT_VERSION;
    memset(w, 0, sizeof *w);
    w->file = file;
    uint8_t header[HEADER_BYTES] = {0};
    memcpy(header, "searchlb", 8);
    memcpy(header + 8, kind, 4);
    memcpy(header + 12, &version, 4);
    memcpy(header + 16, identity, IDENTITY_BYTES);
    uint32_t check = checksum(header, HEADER_BYTES - 4);
    memcpy(header + HEADER_BYTES - 4, &check, 4);
    return pages_write(w, header, HEADER_BYTES);
}

/* Write what follows the data, and flush the file to the system. 0, or a fault. */
static int pages_end(page_writer *w, const char kind[4]) {
    const uint32_t version = FORMAT_VERSION;
    int failed = 0;
    if (w->written & (PAGE_BYTES - 1)) failed = pages_flush(w);
    if (failed) return failed;
    byte_buffer tail = {0};
    for (size_t at = 0; at < w->sums.length; at += PAGE_BYTES) {
        size_t length = w->sums.length - at < PAGE_BYTES ? w->sums.length - at : PAGE_BYTES;
        uint32_t sum = checksum(w->sums.data + at, length);
        if (buffer_append(&tail, &sum, 4)) failed = FAULT_MEMORY;
    }
    if (!failed) failed = buffer_append(&tail, &w->written, 8);
    if (!failed) {
        uint32_t sum = checksum(tail.data, tail.length);
        failed = buffer_append(&tail, &sum, 4) || buffer_append(&tail, &version, 4) ||
                         buffer_append(&tail, kind, 4) || buffer_append(&tail, "end\n", 4)
                     ? FAULT_MEMORY
                     : 0;
    }
    if (!failed && fwrite(w->sums.data, 1, w->sums.length, w->file) != w->sums.length) failed = FAULT_IO;
    if (!failed && fwrite(tail.data, 1, tail.length, w->file) != tail.length) failed = FAULT_IO;
    if (!failed && fflush(w->file)) failed = FAULT_IO;
    buffer_free(&tail);
    return failed;
}

/* The offset of the next byte. */
static inline uint64_t page_writer_offset(const page_writer *w) { return w->written; }

static void pages_free(page_writer *w) { buffer_free(&w->sums); }

/* --- reading ---------------------------------------------------------------------------------------------------- */

typedef struct {
    const uint8_t *data;     /* the whole file, mapped */
    uint64_t begin;          /* of the data */
    uint64_t end;            /* of header and data */
    uint32_t version;
    const uint8_t *sums;     /* of each page */
    const uint8_t *sum_sums; /* of each page of sums */
    uint64_t sums_bytes;
    uint8_t *checked;        /* a byte for each page, then for each page of sums: 1 once it was found right */
    uint64_t page_count;
} paged_file;

static inline const uint8_t *paged_file_data(const paged_file *file) { return file->data; }

/* The offset at which the data begins. */
static inline uint64_t paged_file_begin(const paged_file *file) { return file->begin; }

/* The version in its header: ANONYMOUS_VERSION, or the format that it was written in. */
static inline uint32_t paged_file_version(const paged_file *file) { return file->version; }

/* Its identity, of IDENTITY_BYTES; NULL in formats that have none. */
static inline const uint8_t *paged_file_identity(const paged_file *file) {
    return file->version >= FORMAT_OF_IDENTITIES ? file->data + 16 : NULL;
}

/* The offset at which the data ends. */
static inline uint64_t paged_file_end(const paged_file *file) { return file->end; }

static int page_damaged(fault *f, const paged_file *file, uint64_t offset, uint32_t expected, uint32_t got) {
    fail_at(f, "a page does not have its checksum", file, offset);
    f->expected = expected;
    f->got = got;
    return FAULT_DAMAGE;
}

/* Read the header of a file that has at least ANONYMOUS_HEADER_BYTES. 0, or a fault. */
static int pages_read_header(paged_file *file, uint64_t size, const char kind[4], fault *f) {
    const uint8_t *data = file->data;
    if (memcmp(data, "searchlb", 8) || memcmp(data + 8, kind, 4))
        return fail_at(f, "the file does not begin as one of its kind does", file, 0);
    file->version = load_u32(data + 12);
    file->begin = file->version == ANONYMOUS_VERSION ? ANONYMOUS_HEADER_BYTES : HEADER_BYTES;
    if (file->version == ANONYMOUS_VERSION) return 0;
    if (file->version < FORMAT_OF_IDENTITIES || file->version > FORMAT_VERSION)
        return fail_at(f, "the file is of another version", file, 12);
    if (size < HEADER_BYTES + TRAILER_BYTES) return fail_at(f, "the file is too short", file, size);
    uint32_t expected = load_u32(data + HEADER_BYTES - 4), got = checksum(data, HEADER_BYTES - 4);
    if (expected == got) return 0;
    page_damaged(f, file, 0, expected, got);
    f->what = "the header does not have its checksum";
    return FAULT_DAMAGE;
}

/* Open a mapped file; the memory stays the caller's. `pages_close` it after. 0, or a fault. */
static int pages_open(paged_file *file, const uint8_t *data, uint64_t size, const char kind[4], fault *f) {
    memset(file, 0, sizeof *file);
    file->data = data;
    if (size < ANONYMOUS_HEADER_BYTES + TRAILER_BYTES) return fail_at(f, "the file is too short", file, size);
    int failed = pages_read_header(file, size, kind, f);
    if (failed) return failed;
    const uint8_t *trailer = data + size - TRAILER_BYTES;
    if (memcmp(trailer + 16, kind, 4) || memcmp(trailer + 20, "end\n", 4))
        return fail_at(f, "the file does not end as one of its kind does", file, size - 8);
    if (load_u32(trailer + 12) != file->version)
        return fail_at(f, "the file ends with another version than it begins with", file, size - 12);
    file->end = load_u64(trailer);
    if (file->end < file->begin || file->end > size - TRAILER_BYTES)
        return fail_at(f, "the end of the data is not in the file", file, size - TRAILER_BYTES);
    file->page_count = (file->end + PAGE_BYTES - 1) >> PAGE_BITS;
    file->sums_bytes = file->page_count * 4;
    uint64_t sum_pages = (file->sums_bytes + PAGE_BYTES - 1) >> PAGE_BITS;
    if (file->end + file->sums_bytes + sum_pages * 4 + TRAILER_BYTES != size)
        return fail_at(f, "the file does not have the length that it says", file, size - TRAILER_BYTES);
    file->sums = data + file->end;
    file->sum_sums = file->sums + file->sums_bytes;
    uint32_t expected = load_u32(trailer + 8), got = checksum(file->sum_sums, (size_t)sum_pages * 4 + 8);
    if (expected != got) return page_damaged(f, file, size - TRAILER_BYTES, expected, got);
    file->checked = (uint8_t *)calloc(file->page_count + sum_pages, 1);
    return file->checked ? 0 : fail(f, FAULT_MEMORY, "no memory");
}

static void pages_close(paged_file *file) {
    free(file->checked);
    file->checked = NULL;
}

static int pages_check_one(const paged_file *file, uint64_t page, fault *f) {
    uint64_t sums_page = page * 4 >> PAGE_BITS;
    uint8_t *sums_checked = file->checked + file->page_count + sums_page;
    if (!__atomic_load_n(sums_checked, __ATOMIC_RELAXED)) {
        uint64_t from = sums_page << PAGE_BITS;
        uint64_t length = file->sums_bytes - from < PAGE_BYTES ? file->sums_bytes - from : PAGE_BYTES;
        uint32_t expected = load_u32(file->sum_sums + sums_page * 4), got = checksum(file->sums + from, (size_t)length);
        if (expected != got) return page_damaged(f, file, file->end + from, expected, got);
        __atomic_store_n(sums_checked, 1, __ATOMIC_RELAXED);
    }
    uint64_t from = page << PAGE_BITS;
    uint64_t length = file->end - from < PAGE_BYTES ? file->end - from : PAGE_BYTES;
    uint32_t expected = load_u32(file->sums + page * 4), got = checksum(file->data + from, (size_t)length);
    if (expected != got) return page_damaged(f, file, from, expected, got);
    __atomic_store_n(file->checked + page, 1, __ATOMIC_RELAXED);
    return 0;
}

/* Make sure that these bytes are in the data and as they were written. 0, or a fault. */
static inline int pages_check(const paged_file *file, uint64_t offset, uint64_t length, fault *f) {
    if (offset > file->end || length > file->end - offset)
        return fail_at(f, "an offset is outside the file", file, offset);
    if (!length) return 0;
    uint64_t last = (offset + length - 1) >> PAGE_BITS;
    for (uint64_t page = offset >> PAGE_BITS; page <= last; page++) {
        if (__atomic_load_n(file->checked + page, __ATOMIC_RELAXED)) continue;
        int failed = pages_check_one(file, page, f);
        if (failed) return failed;
    }
    return 0;
}

#endif
