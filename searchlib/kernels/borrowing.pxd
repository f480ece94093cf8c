# cython: language_level=3
"""Bytes and numbers in Python's hands, borrowed; each `borrow_` that returned asks for a `PyBuffer_Release`.

Cython's typed memoryviews would do the same, and make up half of the C of every module that has one.
"""

from cpython.buffer cimport PyBUF_FORMAT, PyBUF_ND, PyBUF_SIMPLE, PyBuffer_Release, PyObject_GetBuffer


cdef inline int borrow_bytes(given, Py_buffer *view) except -1:
    """Borrow contiguous bytes of any kind: `view.buf`, and `view.len` of them."""
    PyObject_GetBuffer(given, view, PyBUF_SIMPLE)
    return 0


cdef inline int borrow_numbers(given, Py_buffer *view, char kind) except -1:
    """Borrow contiguous numbers of four bytes, ``i`` or ``I`` as `array` has them: `view.buf`, `view.shape[0]` of them."""
    PyObject_GetBuffer(given, view, PyBUF_FORMAT | PyBUF_ND)
    if view.ndim != 1 or view.itemsize != 4 or view.format == NULL or view.format[0] != kind:
        PyBuffer_Release(view)
        raise ValueError(f"an array of kind {chr(kind)!r} is needed, with one dimension")
    return 0
