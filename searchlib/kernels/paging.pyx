# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""Files in checksummed pages (``files/paged_file.h``): written front to back, read where they are mapped.

What is written is not synced: a commit does that, for all files at once. What is read is checked when it is first
touched.
"""

import mmap
import os

from cpython.buffer cimport PyBUF_SIMPLE, PyBuffer_Release, PyObject_GetBuffer
from libc.errno cimport errno
from libc.stdio cimport fclose

from searchlib.kernels.borrowing cimport borrow_bytes

from searchlib.kernels import CorruptDataError

__all__ = [
    "FORMAT",
    "HEADER_SIZE",
    "IDENTITY_FORMAT",
    "IDENTITY_SIZE",
    "OLDEST",
    "PRINTED_WORDS_FORMAT",
    "TRAILER_SIZE",
    "PagedFile",
    "PagedWriter",
    "checksum_of",
]

# What ``files/format_version.h`` and ``files/paged_file.h`` say, for Python.
FORMAT = FORMAT_VERSION
OLDEST = OLDEST_FORMAT
IDENTITY_FORMAT = FORMAT_OF_IDENTITIES
PRINTED_WORDS_FORMAT = FORMAT_OF_PRINTED_WORDS
IDENTITY_SIZE = IDENTITY_BYTES
HEADER_SIZE = HEADER_BYTES
TRAILER_SIZE = TRAILER_BYTES

cdef extern from "stdio.h":
    FILE *fdopen(int descriptor, const char *mode)

cdef extern from "bytes/checksum.h" nogil:
    uint32_t checksum(const uint8_t *p, size_t length)


cdef class PagedWriter:
    """Writes a file in checksummed pages.

    Args:
        path: The file; it is made anew.
        kind: Four bytes that say what kind of file it is.
        identity: 40 bytes that say what it is a file of; zeros where none are given.

    Raises:
        OSError: The file cannot be written.
    """

    def __cinit__(self, str path, bytes kind, bytes identity=None):
        if identity is None:
            identity = bytes(IDENTITY_BYTES)
        if len(kind) != 4 or len(identity) != IDENTITY_BYTES:
            raise ValueError(f"a kind has 4 bytes and an identity {IDENTITY_BYTES}, not {kind!r} and {identity!r}")
        self.path = path
        self.kind = kind
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
        self.file = fdopen(descriptor, b"wb")
        if self.file == NULL:
            os.close(descriptor)
            raise MemoryError
        self.check(pages_begin(&self.writer, self.file, self.kind, <const uint8_t *> <const char *> identity))

    def __dealloc__(self):
        if self.file != NULL:
            fclose(self.file)
        pages_free(&self.writer)

    cdef int check(self, int code) except -1:
        if code == FAULT_MEMORY:
            raise MemoryError
        if code == FAULT_IO:
            raise OSError(errno, os.strerror(errno), self.path)
        if code:
            raise ValueError("terms and docnums have to ascend, and a list has to stay below 4 GB")
        return 0

    def write(self, data):
        """Append bytes."""
        cdef Py_buffer view
        self._check_open()
        borrow_bytes(data, &view)
        try:
            self.check(pages_write(&self.writer, view.buf, view.len))
        finally:
            PyBuffer_Release(&view)

    def tell(self):
        """The offset of the next byte, counted from the start of the file."""
        return page_writer_offset(&self.writer)

    def finish(self):
        """Write what follows the data, and close the file."""
        self._check_open()
        self.check(pages_end(&self.writer, self.kind))
        self.close()

    def close(self):
        """Close the file, finished or not."""
        cdef FILE *file = self.file
        self.file = NULL
        if file != NULL and fclose(file):
            self.check(FAULT_IO)

    def _check_open(self):
        if self.file == NULL:
            raise ValueError(f"{self.path} is closed")


cdef class PagedFile:
    """Reads a file in checksummed pages. Safe for many threads at once.

    Raises:
        CorruptDataError: It is not a whole file of this kind.
        OSError: It cannot be opened.
    """

    def __cinit__(self, str path, bytes kind):
        cdef fault f
        self.path = path
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                raise CorruptDataError("the file is empty", path)
            self.mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        PyObject_GetBuffer(self.mapped, &self.view, PyBUF_SIMPLE)
        if pages_open(&self.file, <const uint8_t *> self.view.buf, self.view.len, kind, &f):
            raise damage_of(&f, path)

    def __dealloc__(self):
        pages_close(&self.file)
        if self.view.buf != NULL:
            PyBuffer_Release(&self.view)

    @property
    def begin(self):
        """The offset at which the data begins."""
        return paged_file_begin(&self.file)

    @property
    def version(self):
        """The version in its header: the format that it was written in, or 1 for formats 1 and 2."""
        return paged_file_version(&self.file)

    @property
    def identity(self):
        """What its header says it is a file of, 40 bytes; None in formats 1 and 2."""
        cdef const uint8_t *identity = paged_file_identity(&self.file)
        return identity[:IDENTITY_BYTES] if identity != NULL else None

    def __len__(self):
        """The offset at which the data ends."""
        return paged_file_end(&self.file)

    def read(self, uint64_t offset, uint64_t length):
        """Bytes of the data, checked.

        Raises:
            CorruptDataError: They are not all there, or not what was written.
        """
        cdef fault f
        cdef int failed
        with nogil:
            failed = pages_check(&self.file, offset, length, &f)
        if failed:
            raise damage_of(&f, self.path)
        return paged_file_data(&self.file)[offset:offset + length]

    def verify(self):
        """Check every page.

        Raises:
            CorruptDataError: One is not what was written.
        """
        cdef fault f
        cdef int failed
        with nogil:
            failed = pages_check(&self.file, 0, paged_file_end(&self.file), &f)
        if failed:
            raise damage_of(&f, self.path)


cdef object damage_of(const fault *f, str path):
    """The error to be raised for a fault in a file."""
    if fault_code(f) == FAULT_MEMORY:
        return MemoryError()
    what = fault_what(f).decode("ascii")
    if fault_expected(f) != fault_got(f):
        what = f"{what}: 0x{fault_expected(f):08x} was written, 0x{fault_got(f):08x} is there"
    return CorruptDataError(what, path, fault_offset(f))


def checksum_of(data):
    """The checksum of a page: the lower 32 bits of XXH64 with seed 0."""
    cdef Py_buffer view
    borrow_bytes(data, &view)
    try:
        return checksum(<const uint8_t *> view.buf, view.len)
    finally:
        PyBuffer_Release(&view)

include "face.pxi"
