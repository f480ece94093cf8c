"""`Note`: what a source says about a record that it could read, but not wholly."""

from __future__ import annotations

from dataclasses import dataclass

from searchlib.json_form import JsonForm
from searchlib.one_line import attributes_line

__all__ = ["Note"]


@dataclass(frozen=True, slots=True)
class Note(JsonForm):
    """One value that an article went in without, or that was guessed, and why.

    Attributes:
        source: What was read: a path, ``archive.zip!member``.
        record: Number of the record in its file, from 1; None where the file is one article.
        field: The field of the article, with the name that the record has for it where that is another: "published",
            "pub_date (published)".
        value: The value as the source has it.
        reason: What is wrong with it, in words.

    Examples:
        >>> reading = searchlib.read([{"title": "Fog", "date": "2024-02-30"}])
        >>> articles = list(reading)
        >>> [(note.field, note.value) for note in reading.notes]
        [('date (published)', '2024-02-30')]
    """

    source: str
    record: int | None
    field: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = self.source if self.record is None else f"{self.source}, record {self.record}"
        return f"{where}: {self.field}: {self.reason}"

    __repr__ = attributes_line
