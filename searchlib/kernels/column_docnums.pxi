# Sets of articles by what is in a column, as `CLAUSE_AMONG` takes them. Part of searching.pyx.

cdef extern from "collect/column_docnums.h" nogil:
    uint32_t bytes_of_number(char kind)
    int mark_ordinals(const paged_file *file, uint64_t offset, uint32_t doc_count, const uint8_t *wanted,
                      uint64_t value_count, uint8_t *bitmap, fault *f)
    int mark_numbers(const paged_file *file, uint64_t offset, uint32_t doc_count, char kind, int64_t low, int64_t last,
                     uint8_t *bitmap, fault *f)


cdef bytes empty_bitmap(uint32_t doc_count):
    return bytes((<uint64_t> doc_count + 7) // 8)


def docnums_with_ordinals(PagedFile file not None, uint64_t offset, uint32_t doc_count, wanted):
    """The articles that have one of some values, as a bitmap with docnum 0 in the lowest bit.

    Args:
        file: The file of the column.
        offset: Where its ordinals begin, four bytes for each article.
        doc_count: How many articles the segment has, deleted ones included.
        wanted: A byte for each value, in the order of their ordinals: 0 where it is not asked for.

    Raises:
        CorruptDataError: The column is not what was written.
    """
    cdef Py_buffer values
    cdef fault f
    cdef int failed
    cdef bytes bitmap = empty_bitmap(doc_count)
    cdef uint8_t *bits = <uint8_t *> <char *> bitmap
    borrow_bytes(wanted, &values)
    try:
        with nogil:
            failed = mark_ordinals(&file.file, offset, doc_count, <const uint8_t *> values.buf, values.len, bits, &f)
    finally:
        PyBuffer_Release(&values)
    if failed:
        raise damage_of(&f, file.path)
    return bitmap


def docnums_with_numbers(PagedFile file not None, uint64_t offset, uint32_t doc_count, str typecode not None, low, high):
    """The articles that have a number in ``[low, high)``, as a bitmap with docnum 0 in the lowest bit.

    Args:
        file: The file of the column.
        offset: Where its numbers begin.
        doc_count: How many articles the segment has, deleted ones included.
        typecode: What numbers they are, as `array` has it: an integer that fits 64 bits with a sign.
        low: None for an open side.
        high: None for an open side.

    Raises:
        CorruptDataError: The column is not what was written.
        ValueError: They are no such numbers.
    """
    cdef fault f
    cdef int failed
    cdef char kind = ord(typecode) if len(typecode) == 1 and typecode.isascii() else 0
    cdef bytes bitmap = empty_bitmap(doc_count)
    cdef uint8_t *bits = <uint8_t *> <char *> bitmap
    cdef int64_t least = INT64_MIN if low is None else max(INT64_MIN, min(INT64_MAX, low))
    cdef int64_t last = INT64_MAX if high is None else max(INT64_MIN, min(INT64_MAX, high - 1))
    if not bytes_of_number(kind):
        raise ValueError(f"numbers of kind {typecode!r} are no integers of 64 bits with a sign")
    if (low is not None and low > INT64_MAX) or (high is not None and high <= INT64_MIN):
        return bitmap
    with nogil:
        failed = mark_numbers(&file.file, offset, doc_count, kind, least, last, bits, &f)
    if failed:
        raise damage_of(&f, file.path)
    return bitmap
