# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""What is stored of articles: texts as JSON, and blocks with their frequent words as codes.

The bytes are described in ``words.h`` and ``json_text.h``.
"""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from libc.stddef cimport size_t
from libc.stdint cimport uint8_t, uint32_t
from libc.stdlib cimport free, malloc
from libc.string cimport memset

from searchlib.kernels import CorruptDataError

__all__ = ["WordCoder", "choose_vocabulary", "json_text"]

cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL

cdef extern from "bytes.h" nogil:
    enum:
        FAULT_MEMORY
        FAULT_DAMAGE
    ctypedef struct byte_buffer:
        uint8_t *data
        size_t length
        size_t capacity
    void buffer_free(byte_buffer *b)

cdef extern from "words.h" nogil:
    enum:
        MAX_COUNTED
    ctypedef struct vocabulary:
        uint32_t n
    void vocabulary_free(vocabulary *v)
    int vocabulary_begin(vocabulary *v, uint32_t capacity, int counting)
    void count_words(vocabulary *v, const uint8_t *p, const uint8_t *end)
    int choose_words(const vocabulary *v, byte_buffer *chosen)
    int vocabulary_open(vocabulary *v, const uint8_t *p, size_t size)
    size_t coded_bound(size_t length)
    uint8_t *encode_words(const vocabulary *v, const uint8_t *p, size_t length, uint8_t *out)
    const uint8_t *coded_length(const uint8_t *p, const uint8_t *end, size_t *length)
    int decode_words(const vocabulary *v, const uint8_t *p, const uint8_t *end, uint8_t *out, size_t length)

cdef extern from "json_text.h" nogil:
    enum:
        JSON_GROWTH
    size_t count_escaped(const uint8_t *p, size_t length)
    uint8_t *put_json_text(uint8_t *out, const uint8_t *p, size_t length)


def json_text(str text not None):
    """A text as JSON: between quotes, in UTF-8, with nothing escaped that need not be.

    Raises:
        UnicodeEncodeError: It has half a surrogate pair.
    """
    cdef Py_ssize_t length
    cdef const uint8_t *data = <const uint8_t *> PyUnicode_AsUTF8AndSize(text, &length)
    cdef size_t size = 2 + length + (JSON_GROWTH - 1) * count_escaped(data, length)
    cdef uint8_t *buffer
    cdef uint8_t *end
    if size == <size_t> length + 2:
        quoted = PyBytes_FromStringAndSize(NULL, size)
        put_json_text(<uint8_t *> PyBytes_AS_STRING(quoted), data, length)
        return quoted
    buffer = <uint8_t *> malloc(size)
    if buffer == NULL:
        raise MemoryError
    try:
        end = put_json_text(buffer, data, length)
        return PyBytes_FromStringAndSize(<const char *> buffer, end - buffer)
    finally:
        free(buffer)


def choose_vocabulary(blocks):
    """The vocabulary of the most frequent words of some blocks, for a `WordCoder`; empty where none is frequent."""
    cdef vocabulary counted
    cdef byte_buffer chosen
    cdef bytes block
    cdef const uint8_t *data
    cdef Py_ssize_t size
    memset(&chosen, 0, sizeof(chosen))
    if vocabulary_begin(&counted, MAX_COUNTED, True):
        raise MemoryError
    try:
        for block in blocks:
            data = <const uint8_t *> PyBytes_AS_STRING(block)
            size = PyBytes_GET_SIZE(block)
            with nogil:
                count_words(&counted, data, data + size)
        if choose_words(&counted, &chosen):
            raise MemoryError
        return PyBytes_FromStringAndSize(<const char *> chosen.data, chosen.length)
    finally:
        vocabulary_free(&counted)
        buffer_free(&chosen)


cdef class WordCoder:
    """Codes bytes with a vocabulary, and decodes them. Safe for several threads at once.

    Args:
        words: The vocabulary, as `choose_vocabulary` gave it.

    Raises:
        CorruptDataError: It is no vocabulary.
    """

    cdef vocabulary words

    def __cinit__(self, bytes words not None):
        cdef int failed = vocabulary_open(&self.words, <const uint8_t *> PyBytes_AS_STRING(words), len(words))
        if failed == FAULT_MEMORY:
            raise MemoryError
        if failed:
            raise CorruptDataError("a vocabulary of stored articles is damaged")

    def __dealloc__(self):
        vocabulary_free(&self.words)

    def encode(self, bytes data not None):
        """Bytes, coded."""
        cdef const uint8_t *p = <const uint8_t *> PyBytes_AS_STRING(data)
        cdef size_t length = PyBytes_GET_SIZE(data)
        cdef uint8_t *buffer = <uint8_t *> malloc(coded_bound(length))
        cdef uint8_t *end
        if buffer == NULL:
            raise MemoryError
        try:
            with nogil:
                end = encode_words(&self.words, p, length, buffer)
            return PyBytes_FromStringAndSize(<const char *> buffer, end - buffer)
        finally:
            free(buffer)

    def decode(self, bytes data not None):
        """The bytes that `encode` coded.

        Raises:
            CorruptDataError: They are coded with another vocabulary, or not at all.
        """
        cdef const uint8_t *p = <const uint8_t *> PyBytes_AS_STRING(data)
        cdef const uint8_t *end = p + PyBytes_GET_SIZE(data)
        cdef uint8_t *out
        cdef size_t length = 0
        cdef int failed = FAULT_DAMAGE
        p = coded_length(p, end, &length)
        if p != NULL:
            decoded = PyBytes_FromStringAndSize(NULL, length)
            out = <uint8_t *> PyBytes_AS_STRING(decoded)
            with nogil:
                failed = decode_words(&self.words, p, end, out, length)
        if failed:
            raise CorruptDataError("words of stored articles are damaged")
        return decoded
