"""`ArticleOrigin`: the file, the member of it and the record that an article was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from searchlib.errors import ArticleError
from searchlib.json_form import JsonForm
from searchlib.one_line import attributes_line

__all__ = ["ArticleOrigin"]


@dataclass(frozen=True, slots=True)
class ArticleOrigin(JsonForm):
    """Where an article was read from.

    Attributes:
        file: Absolute path of the file.
        member: Of an archive, the name of what is in it, "!" between the levels: "2023.zip!may/1.html"; "" else.
        record: Number of the record in the file or member, from 1; None where that is one article.

    Examples:
        >>> article = next(searchlib.read("articles"))
        >>> print(article.origin.file.rsplit("/", 2)[1], article.origin.record)
        articles 1
    """

    file: str
    member: str = ""
    record: int | None = None

    def __str__(self) -> str:
        where = f"{self.file}!{self.member}" if self.member else self.file
        return where if self.record is None else f"{where}, record {self.record}"

    def as_dict(self) -> dict[str, Any]:
        """What is set, ready for JSON; `read` reads it."""
        values = {"file": self.file, "member": self.member, "record": self.record}
        return {name: value for name, value in values.items() if value}

    @classmethod
    def read(cls, value: object) -> ArticleOrigin:
        """The origin that `as_dict` gave this for, or the value itself where it is one.

        Raises:
            ArticleError: It is neither.
        """
        if isinstance(value, ArticleOrigin):
            return value
        if not isinstance(value, Mapping):
            raise ArticleError("origin", f"expected an ArticleOrigin or a mapping, got {type(value).__name__}")
        file, member, record = value.get("file", ""), value.get("member", ""), value.get("record")
        if type(file) is not str or not file or type(member) is not str:
            raise ArticleError("origin", "expected the path of a file under 'file', and a text under 'member'")
        if record is not None and (type(record) is not int or record < 1):
            raise ArticleError("origin", "expected a number from 1 under 'record'")
        return cls(file, member, record)

    __repr__ = attributes_line
