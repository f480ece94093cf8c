/* Large pages: memory for large tables.
 *
 * A TLB miss costs as much as a cache miss; so large tables live in 2 MB pages, where the system has them. Such a table
 * is mapped, and unmapped when it is freed: the C library might keep freed memory in pieces that nothing fits into. A
 * table below 2 MB comes from the C library all the same.
 */
#ifndef SEARCHLIB_LARGE_PAGES_H
#define SEARCHLIB_LARGE_PAGES_H

#include "bytes/compiler.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if (defined(__linux__) || defined(__APPLE__)) && !defined(__SANITIZE_ADDRESS__)
#include <sys/mman.h>
#define SEARCHLIB_MAPS_PAGES 1
#else
#define SEARCHLIB_MAPS_PAGES 0
#endif

/* The C library of Windows frees what is aligned by a function of its own. */
#ifdef _WIN32
#include <malloc.h>
#define SEARCHLIB_ALIGNED_ALLOC(alignment, size) _aligned_malloc(size, alignment)
#define SEARCHLIB_ALIGNED_FREE(table) _aligned_free(table)
#else
#define SEARCHLIB_ALIGNED_ALLOC(alignment, size) aligned_alloc(alignment, size)
#define SEARCHLIB_ALIGNED_FREE(table) free(table)
#endif

enum { LARGE_PAGE = 1 << 21, CACHE_LINE = 64 };

static inline size_t large_pages_size(size_t size) {
    size_t unit = size >= LARGE_PAGE ? LARGE_PAGE : CACHE_LINE;
    return (size + unit - 1) & ~(unit - 1);
}

#if SEARCHLIB_MAPS_PAGES
/* Map `size` bytes, a multiple of LARGE_PAGE and aligned to it. */
static inline void *map_large_pages(size_t size) {
    char *all = (char *)mmap(NULL, size + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == (char *)MAP_FAILED) return NULL;
    size_t before = -(uintptr_t)all & (LARGE_PAGE - 1);
    if (before) (void)munmap(all, before);
    if (before < LARGE_PAGE) (void)munmap(all + before + size, LARGE_PAGE - before);
#ifdef MADV_HUGEPAGE
    /* Without large pages it is only slower. */
    (void)madvise(all + before, size, MADV_HUGEPAGE);
#endif
    return all + before;
}
#endif

/* Memory for a table, not set to anything; NULL if there is none left. It is aligned to a cache line, so that no item
 * whose size divides a line is in two. */
static inline void *large_pages_alloc(size_t size) {
    if (size > SIZE_MAX / 2) return NULL;
#if SEARCHLIB_MAPS_PAGES
    if (size >= LARGE_PAGE) return map_large_pages(large_pages_size(size));
#endif
    return SEARCHLIB_ALIGNED_ALLOC(size >= LARGE_PAGE ? LARGE_PAGE : CACHE_LINE, large_pages_size(size));
}

/* As large_pages_alloc, of zeros. */
static inline void *large_pages_calloc(size_t size) {
    void *table = large_pages_alloc(size);
    /* What was mapped is zeros. */
    return table && !(SEARCHLIB_MAPS_PAGES && size >= LARGE_PAGE) ? memset(table, 0, size) : table;
}

/* Free a table that was allocated with this size; NULL is no table. */
static inline void large_pages_free(void *table, size_t size) {
#if SEARCHLIB_MAPS_PAGES
    if (table && size >= LARGE_PAGE) {
        (void)munmap(table, large_pages_size(size));
        return;
    }
#endif
    (void)size;
    SEARCHLIB_ALIGNED_FREE(table);
}

#endif
