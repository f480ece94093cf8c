/* A Python string as a kernel reads it: where its characters are stored.
 *
 * It is the only header that knows Python. A string stores one, two or four bytes a character, as few as its widest
 * character needs; the memory is the string's.
 */
#ifndef SEARCHLIB_PYTHON_TEXT_H
#define SEARCHLIB_PYTHON_TEXT_H

#include "bytes/compiler.h"

#include <Python.h>

/* Make sure that a string is in its final form, which before Python 3.12 it may not be: 0, or -1 with an exception. */
static inline int python_text_ready(PyObject *text) {
#if PY_VERSION_HEX < 0x030C0000
    return PyUnicode_READY(text);
#else
    (void)text;
    return 0;
#endif
}

/* Get the address of a string's characters, how many, and bytes of each. 0, or -1 with an exception. */
static inline int python_text(PyObject *text, const void **data, size_t *length, int *width) {
    if (python_text_ready(text)) return -1;
    *data = PyUnicode_DATA(text);
    *length = (size_t)PyUnicode_GET_LENGTH(text);
    *width = (int)PyUnicode_KIND(text);
    return 0;
}

#endif
