"""What articles are sorted by beside score and date: their length, their title, or the values of a facet field.

Numbers: the length in words, negative where the longest come first. Texts: the words of a title, or what all spellings of
a value have in common (`spellings`), in the order of code points. So case, accents and signs between words make no
difference. Several values of an article count in their order. An article without a value, or whose title has nothing in
it, comes last. No more than `MAX_KEY_CHARS` of a text are compared.

Titles are read from the stored articles, one by one: some 25 µs each, where a number or a value takes a fraction of one.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from whoosh.reading import SegmentReader

from searchlib.analysis.folding import fold
from searchlib.codec.native import NativePerDocReader
from searchlib.index.segments import stored_fields_of
from searchlib.kernels import CorruptDataError
from searchlib.schema import LANGUAGE, LENGTH, VALUE_SEPARATOR
from searchlib.searching.order import LENGTH_SORTS, NO_TEXT
from searchlib.searching.spellings import keys_of

__all__ = ["MAX_KEY_CHARS", "sort_keys", "title_key", "value_key"]

MAX_KEY_CHARS: Final = 200

# More signs than these in front of the first word are read as no word.
_READ_CHARS: Final = 4 * MAX_KEY_CHARS
_WORDS: Final = re.compile(r"\w+")
# Where more than one article in so many is wanted, all of a column is read at once: that costs less than reading each.
_SHARE_READ_AT_ONCE: Final = 16
# Between two looks at the clock: some milliseconds.
_KEYS_AT_A_TIME: Final = 256


def sort_keys(
    reader: SegmentReader, sort: str, docnums: Sequence[int], stop: Callable[[], bool] | None = None
) -> Sequence[float | str]:
    """What articles of a segment are sorted by, the smallest first.

    Args:
        reader: The segment.
        sort: "length", "shortest", "title", or a field of `FACET_FIELDS`.
        docnums: The articles, ascending.
        stop: Called every few milliseconds. It may raise, or return True: then the rest has no keys.

    Raises:
        CorruptDataError: The segment is damaged.
    """
    if sort in LENGTH_SORTS:
        return _lengths(reader, docnums, -1 if sort == "length" else 1)
    if sort == "title":
        stored_fields = stored_fields_of(reader)
        return _until_stopped((title_key(str(stored_fields(docnum).get("title", ""))) for docnum in docnums), stop)
    return _values(reader, sort, docnums, stop)


def title_key(title: str) -> str:
    """What a title is sorted by: its words, without case, accents and signs; `NO_TEXT` where it is blank."""
    if not title.strip():
        return NO_TEXT
    folded = fold(title[:_READ_CHARS])
    # A title of signs alone comes before all words.
    return (" ".join(_WORDS.findall(folded)) or f" {folded.strip()}")[:MAX_KEY_CHARS]


def value_key(field: str, content: bytes) -> str:
    """What an article is sorted by that has this content in the column of a field; `NO_TEXT` where it has no value."""
    values = filter(None, content.split(VALUE_SEPARATOR))
    keys = values if field == LANGUAGE else keys_of(values)
    return VALUE_SEPARATOR.join(keys).decode("utf-8")[:MAX_KEY_CHARS] or NO_TEXT


def _lengths(reader: SegmentReader, docnums: Sequence[int], sign: int) -> list[float]:
    lengths = _column(reader, LENGTH, docnums)
    return [sign * lengths[docnum] for docnum in docnums]


def _column(reader: SegmentReader, name: str, docnums: Sequence[int]) -> Any:
    """The numbers or ordinals of a column, by docnum: all in memory where many are wanted."""
    articles, count = reader._perdoc, int(reader.doc_count_all())
    if isinstance(articles, NativePerDocReader) and len(docnums) > count // _SHARE_READ_AT_ONCE:
        file, offset, typecode = articles.column_offset(name)
        numbers = array(typecode)
        numbers.frombytes(file.read(offset, count * numbers.itemsize))
        return numbers
    return reader.column_reader(name, translate=False)


def _values(reader: SegmentReader, field: str, docnums: Sequence[int], stop: Callable[[], bool] | None) -> list[str]:
    articles = reader._perdoc
    if not articles.has_column(field):
        return [NO_TEXT] * len(docnums)
    if not isinstance(articles, NativePerDocReader):
        column = reader.column_reader(field, translate=False)
        return _until_stopped((value_key(field, column[docnum]) for docnum in docnums), stop)
    if not articles.has_ordinals(field):
        contents = articles.plain_values(field).chosen(docnums)
        return _until_stopped((value_key(field, content) for content in contents), stop)
    # Each content is read once, however many articles have it.
    values, ordinals = articles.distinct_values(field), _ordinals(reader, field, docnums)
    distinct = sorted(set(ordinals))
    if distinct and distinct[-1] >= len(values):
        raise CorruptDataError(
            "a column refers to a value that it does not have", articles.column_offset(field)[0].path
        )
    contents = values.chosen(distinct)
    known = _until_stopped((value_key(field, content) for content in contents), stop)
    if len(known) < len(distinct):
        return []
    return list(map(dict(zip(distinct, known, strict=True)).__getitem__, ordinals))


def _ordinals(reader: SegmentReader, field: str, docnums: Sequence[int]) -> list[int]:
    column = _column(reader, field, docnums)
    ordinal_of = column.__getitem__ if isinstance(column, array) else column.ordinal
    return list(map(ordinal_of, docnums))


def _until_stopped(keys: Iterable[str], stop: Callable[[], bool] | None) -> list[str]:
    rest: Iterator[str] = iter(keys)
    if stop is None:
        return list(rest)
    made: list[str] = []
    while not stop():
        part = list(islice(rest, _KEYS_AT_A_TIME))
        if not part:
            break
        made += part
    return made
