"""JSON text → its values, one at a time: the elements of an array, or values one after another.

Only one value is held in memory, and none beyond `MAX_RECORD_BYTES`. What is inside a
value is the standard library's business.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, NamedTuple

from searchlib.sources.base import MAX_RECORD_BYTES, Context
from searchlib.sources.encodings.decoding import read_text

__all__ = ["Value", "parse_value", "read_values"]

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_MORE_DIGITS: Final = re.compile(r"[-+.eE0-9]*")
# What `read_text` has for a byte that cannot be text. Escapes of JSON make such halves too, though hardly where some byte
# of the file is wrong besides.
_ESCAPE: Final = re.compile("[\udc00-\udcff]")
_NEXT_OBJECT: Final = re.compile(r"\n(?=\s?\{)")
_DECODER: Final = json.JSONDecoder(parse_constant=lambda _: None)
# An error this close to the end of the window may be a token that is cut off: more text is read first.
_LONGEST_TOKEN: Final = 16


class Value(NamedTuple):
    """A value of a JSON file, or why there is none in its place.

    Attributes:
        value: The value; NaN and infinities, which some programs write, are None.
        problem: Why it cannot be read; empty where it can.
    """

    value: Any = None
    problem: str = ""


def read_values(stream: BinaryIO, context: Context) -> Iterator[Value]:
    """Yield the values of a JSON file: the elements where it is an array, else each value that follows the last.

    After one that is no JSON, reading goes on with the next line that begins an object; inside an array, where
    nothing tells its elements from their insides, it ends.

    Raises:
        SourceError: The stream is damaged.
    """
    undecodable: list[str] = []
    text = _Text(read_text(stream, context, undecodable=undecodable))
    while text.skip_space():
        for value in _values(text):
            # One byte that cannot be text costs its value.
            yield Value(problem=undecodable[-1]) if undecodable and _holds_escape(value.value) else value


def _holds_escape(value: Any) -> bool:
    return _ESCAPE.search(json.dumps(value, ensure_ascii=False)) is not None


def parse_value(line: str) -> Any:
    """The value that a whole text is.

    Raises:
        ValueError: It is no JSON; the message says why and at which column.
    """
    try:
        return _DECODER.decode(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not valid JSON: {error.msg} (column {error.pos + 1:,})") from None
    except RecursionError:
        raise ValueError("not readable JSON: values are nested too deeply") from None


class _InvalidJsonError(ValueError):
    """The text is not JSON; the message says why and where."""

    ends_reading = False


def _values(text: _Text) -> Iterator[Value]:
    try:
        if text.take("["):
            yield from _elements(text)
        else:
            yield Value(text.value())
    except _InvalidJsonError as error:
        yield Value(problem=str(error))
        if error.ends_reading:
            text.drop()
        else:
            text.skip_to_object()


def _elements(text: _Text) -> Iterator[Value]:
    try:
        while text.skip_space() and not text.take("]"):
            yield Value(text.value())
            if text.skip_space() and not text.take(",") and text.peek() != "]":
                raise text.invalid("expecting a comma or the end of the array")
        if not text.taken("]"):
            raise text.invalid("the array does not end")
    except _InvalidJsonError as error:
        error.ends_reading = True
        raise


class _Text:
    """A window on a text that arrives in chunks."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._window = ""
        self._at = 0
        self._lines_gone = 0
        self._columns_gone = 0

    def peek(self) -> str:
        """The next character; empty where the window ends."""
        return self._window[self._at : self._at + 1]

    def take(self, char: str) -> bool:
        """Whether the next character is this one; if so, go past it."""
        found = self.peek() == char
        self._at += found
        return found

    def taken(self, char: str) -> bool:
        """Whether the last character gone past is this one."""
        return self._window[self._at - 1 : self._at] == char

    def skip_space(self) -> bool:
        """Go to the next character that is not white space; False at the end."""
        while True:
            self._at = _SPACE.match(self._window, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._window):
                return True
            if not self._grow():
                return False

    def skip_to_object(self) -> None:
        """Go to the next line that begins an object, or to the end."""
        while not (found := _NEXT_OBJECT.search(self._window, self._at)):
            # The window may end between the line break and the object.
            self._at = max(self._at, len(self._window) - 2)
            if not self._grow():
                self.drop()
                return
        self._at = found.end()

    def drop(self) -> None:
        """Go to the end without reading on."""
        self._chunks = iter(())
        self._at = len(self._window)

    def value(self) -> Any:
        """The value that begins here; go past it."""
        while True:
            start = self._at
            try:
                value, end = _DECODER.raw_decode(self._window, self._at)
            except json.JSONDecodeError as error:
                if self._may_be_cut_off(error) and self._grow():
                    continue
                # The position is one in the window as it was before `_grow` shifted it.
                raise self.invalid(f"not valid JSON: {error.msg}", error.pos - start + self._at) from None
            except RecursionError:
                raise self.invalid("not readable JSON: values are nested too deeply") from None
            except ValueError as error:
                raise self.invalid(f"not readable JSON: {error}") from None
            if isinstance(value, (int, float)) and _MORE_DIGITS.fullmatch(self._window, end) and self._grow():
                continue
            self._at = end
            return value

    def invalid(self, problem: str, position: int | None = None) -> _InvalidJsonError:
        """An error at a position of the window; by default, here."""
        position = self._at if position is None else position
        line = self._lines_gone + self._window.count("\n", 0, position) + 1
        line_start = self._window.rfind("\n", 0, position)
        column = position - line_start + (self._columns_gone if line_start < 0 else 0)
        return _InvalidJsonError(f"{problem} (line {line:,}, column {column:,})")

    def _may_be_cut_off(self, error: json.JSONDecodeError) -> bool:
        return error.msg.startswith("Unterminated string") or error.pos >= len(self._window) - _LONGEST_TOKEN

    def _grow(self) -> bool:
        """Let go of what was taken and have at least twice as much of the rest; False at the end of the text.

        Doubling keeps the work linear where a long value is tried again and again.
        """
        gone = self._window[: self._at]
        last_break = gone.rfind("\n")
        self._lines_gone += gone.count("\n")
        self._columns_gone = len(gone) - last_break - 1 if last_break >= 0 else self._columns_gone + len(gone)
        pieces = [self._window[self._at :]]
        self._at = 0
        if len(pieces[0]) > MAX_RECORD_BYTES:
            self._window = pieces[0]
            raise self._too_long()
        missing = max(len(pieces[0]), 1)
        while missing > 0 and (chunk := next(self._chunks, "")):
            pieces.append(chunk)
            missing -= len(chunk)
        self._window = "".join(pieces)
        return len(pieces) > 1

    def _too_long(self) -> _InvalidJsonError:
        error = self.invalid(
            f"one value is longer than {MAX_RECORD_BYTES:,} characters, the most that is read; "
            "write one article to a line (JSON Lines), or a plain array of them"
        )
        error.ends_reading = True
        return error
