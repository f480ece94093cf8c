"""A workbook of Excel (.xlsx) → articles: the rows of a sheet are records, the first row its names.

The sheet is the one that the user names, else the first whose first row has a known name for
text. Formulas count as what they came to when the file was saved.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from searchlib.article import Article, Note
from searchlib.errors import MissingExtraError, SourceError
from searchlib.sources.base import Context
from searchlib.sources.files.zip_documents import MAX_DOCUMENT_BYTES
from searchlib.sources.records.field_names import TEXT_FIELDS, field_of
from searchlib.sources.records.records import article_from_record, some_names

__all__ = ["read"]

_MAX_COLUMNS: Final = 2_000
_HEAD_BYTES: Final = 64 * 1024
_DOCTYPE: Final = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T")
_DAMAGE: Final = (
    OSError,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    zipfile.BadZipFile,
    NotImplementedError,
)


def read(stream: BinaryIO, context: Context) -> Iterator[Article | SourceError]:
    """Yield an article for each row that is not empty; records are the rows below the names, from 1.

    Raises:
        MissingExtraError: openpyxl is not installed.
        SourceError: The workbook is damaged or too large, or no sheet has a column that is known to have text.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError("xlsx", "Reading Excel's workbooks") from error
    _check(stream, context)
    number = 0
    try:
        with warnings.catch_warnings():
            # About styles and validations that it does not know, none of which are read.
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        rows = workbook[_sheet(workbook, context)].iter_rows(values_only=True, max_col=_MAX_COLUMNS)
        names = _names(next(rows, ()))
        for number, row in enumerate((row for row in rows if any(value not in (None, "") for value in row)), start=1):
            yield article_from_record(
                {name: value for name, value in zip(names, row, strict=False) if name}, context, number
            )
        workbook.close()
    except _DAMAGE as error:
        reason = f"the workbook cannot be read: {str(error)[:300] or type(error).__name__}"
        if not number:
            raise context.error(reason) from None
        yield context.error(reason, number + 1)
        return
    if not number:
        yield context.error("the sheet has no rows below the names of its columns")


def _check(stream: BinaryIO, context: Context) -> None:
    """Make sure that what the library will parse is not too large, and declares no entities."""
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = [info for info in archive.infolist() if info.filename.endswith((".xml", ".rels"))]
            heads = [archive.open(info).read(_HEAD_BYTES) for info in parts]
    except _DAMAGE as error:
        raise context.error(f"the workbook is damaged: {error}") from None
    if (size := sum(info.file_size for info in parts)) > MAX_DOCUMENT_BYTES:
        raise context.error(
            f"the workbook expands to {size:,} bytes, and at most {MAX_DOCUMENT_BYTES:,} are read; save it as CSV"
        )
    if any(_DOCTYPE.search(head) for head in heads):
        raise context.error("the XML of the workbook declares entities, which are not expanded")
    stream.seek(0)


def _sheet(workbook: Any, context: Context) -> str:
    """The name of the sheet that has the articles."""
    sheets: list[str] = [sheet.title for sheet in workbook.worksheets]
    if context.table is not None:
        if found := next((name for name in sheets if name.casefold() == context.table.casefold()), ""):
            return found
        raise context.error(f"the workbook has no sheet {context.table!r}; it has {some_names(sheets)}")
    with_text, columns = [], list[str]()
    for name in sheets:
        columns = _names(next(workbook[name].iter_rows(values_only=True, max_row=1, max_col=_MAX_COLUMNS), ()))
        if any(known.field in TEXT_FIELDS for column in columns if (known := field_of(column, context.mapping))):
            with_text.append(name)
    if len(with_text) > 1:
        reason = f"the first sheet with a text is read; --table reads another: {some_names(with_text[1:])}"
        context.notes.append(Note(context.name, None, "sheet", with_text[0], reason))
    if with_text:
        return with_text[0]
    raise context.error(
        f"no sheet begins with a row of names of which one is known for a title, a summary or a body; the sheets are {some_names(sheets)}, "
        f"and the last one begins with {some_names(filter(None, columns))}. Say what they are, e.g. --map NAME=body"
    )


def _names(row: tuple[Any, ...]) -> list[str]:
    """The names of the columns, each once; "" of a column without a name."""
    names: list[str] = []
    for place, cell in enumerate(row, start=1):
        name = "" if cell is None else " ".join(str(cell).split())
        names.append(f"{name} ({place})" if name and name in names else name)
    return names
