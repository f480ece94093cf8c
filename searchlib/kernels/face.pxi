# The end of every face. What stands above it in C, which is the headers, is optimised as the command line says; what
# Cython writes below it takes its time elsewhere, and compiles in two thirds of the time. See docs/performance.md.

cdef extern from *:
    """
    #if defined(__GNUC__) && __GNUC__ >= 12 && !defined(__clang__)
    #pragma GCC optimize("O1")
    #endif
    """
    pass
