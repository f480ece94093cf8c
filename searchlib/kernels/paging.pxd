"""What other kernels may use: files in pages, and the error that a fault comes to."""

from cpython.buffer cimport Py_buffer
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.stdio cimport FILE


cdef extern from "bytes/faults.h" nogil:
    enum:
        FAULT_MEMORY
        FAULT_DAMAGE
        FAULT_IO
        FAULT_ORDER
        FAULT_TIME
    ctypedef struct fault:
        pass
    int fault_code(const fault *f)
    const char *fault_what(const fault *f)
    const void *fault_file(const fault *f)
    uint64_t fault_offset(const fault *f)
    uint32_t fault_expected(const fault *f)
    uint32_t fault_got(const fault *f)


cdef extern from "files/paged_file.h" nogil:
    ctypedef struct page_writer:
        pass
    enum:
        FORMAT_VERSION
        OLDEST_FORMAT
        FORMAT_OF_IDENTITIES
        FORMAT_OF_PRINTED_WORDS
        IDENTITY_BYTES
        HEADER_BYTES
        TRAILER_BYTES
    int pages_begin(page_writer *w, FILE *file, const char *kind, const uint8_t *identity)
    int pages_write(page_writer *w, const void *data, size_t length)
    int pages_end(page_writer *w, const char *kind)
    void pages_free(page_writer *w)
    uint64_t page_writer_offset(const page_writer *w)
    ctypedef struct paged_file:
        pass
    int pages_open(paged_file *file, const uint8_t *data, uint64_t size, const char *kind, fault *f)
    void pages_close(paged_file *file)
    int pages_check(const paged_file *file, uint64_t offset, uint64_t length, fault *f)
    const uint8_t *paged_file_data(const paged_file *file)
    uint64_t paged_file_begin(const paged_file *file)
    uint64_t paged_file_end(const paged_file *file)
    uint32_t paged_file_version(const paged_file *file)
    const uint8_t *paged_file_identity(const paged_file *file)


cdef class PagedWriter:
    cdef page_writer writer
    cdef FILE *file
    cdef readonly str path
    cdef bytes kind
    cdef int check(self, int code) except -1


cdef class PagedFile:
    cdef paged_file file
    cdef readonly str path
    cdef object mapped
    cdef Py_buffer view


cdef object damage_of(const fault *f, str path)
