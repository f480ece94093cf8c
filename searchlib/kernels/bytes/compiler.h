/* What the kernels ask of a compiler: C11, GCC or Clang. Every other header includes this one, directly or not. */
#ifndef SEARCHLIB_COMPILER_H
#define SEARCHLIB_COMPILER_H

/* -std=c11 alone hides MAP_ANONYMOUS and madvise. Python.h asks for more than this, and is then included before. */
#if !defined(_GNU_SOURCE) && !defined(_DEFAULT_SOURCE)
#define _DEFAULT_SOURCE
#endif

/* All functions are static, and each extension module includes headers of which it calls a part. `inline` would silence
 * the warning too, but changes what the optimiser inlines. A test finds functions that nobody calls. */
#pragma GCC diagnostic ignored "-Wunused-function"

/* For a short function on a hot path, in place of `static`. */
#define SEARCHLIB_INLINE static inline __attribute__((always_inline))

/* Before a function that is worth being compiled twice, for processors with AVX2 too. The loader chooses one of the
 * two; both give the same result. */
#if defined(__x86_64__) && defined(__ELF__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__)
#define SEARCHLIB_HOT __attribute__((target_clones("avx2", "default")))
#else
#define SEARCHLIB_HOT
#endif

#endif
