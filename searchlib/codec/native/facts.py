"""What is known of a segment without reading its terms and articles: one small file of JSON.

    {"format": 3, "articles": 3,
     "terms": {"index": 118, "fields": {"text": [0, 1, 12, 1, 2, 14]}, "printed": true},
                                      first block, block after the last, how many: of terms, then of printed words
     "lengths": {"text": {"place": 64, "total": 30, "least": 8, "most": 12}},
     "columns": {"published": {"form": "numbers", "place": 64, "typecode": "q"}},
     "stored": {"blocks": 1, "directory": 248, "tables": {"articles": 264},
                "dictionaries": [{"block": 0, "place": 248, "size": 0}]},
     "vectors": null, "ordered_by": "published",
     "settings": {"codec": "native", "language": "en", …}, "replaces": ["9vj2dlo0ys1f6qwk"]}

Docnums ascend with the values of the column ``ordered_by``; of equal values, the article whose id is higher, byte by
byte, has the lower docnum. Where that is null they are in no order. Fields are in ascending order, and numbered in it.
``printed`` says whether every position of a text knows which printed word stands there. ``place`` is an offset in the
file that keeps the norms, the column or the dictionary. Lengths are in tokens, each rounded as its norm is. What a
segment does not have is null or not named. ``settings`` are those of the index, and ``replaces`` the segments whose
articles this one took over: an index whose manifest is lost can be put together from its segments. Both are only there
where there is an index of ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, astuple, dataclass, field
from typing import Any, Final, TypeVar

from searchlib.codec.identity import FORMAT, IDENTITY_FORMAT, PRINTED_WORDS_FORMAT, Origin
from searchlib.codec.native.column_facts import DISTINCT, FEW_NUMBERS, FOREIGN, NUMBERS, PLAIN, ColumnFacts
from searchlib.codec.native.files import FACTS, create_paged, open_paged
from searchlib.codec.native.number_columns import TYPECODES
from searchlib.codec.native.stored import DictionaryFacts, StoredFacts
from searchlib.errors import FormatTooNewError
from searchlib.kernels import CorruptDataError

__all__ = ["FieldFacts", "LengthFacts", "SegmentFacts", "TermsFacts", "read_facts", "write_facts"]

# Offsets and counts in a segment are below this.
_TOO_LARGE: Final = 1 << 63
_MAX_ARTICLES: Final = 0x7FFFFFFF
# How many numbers there are of a field: of its terms and its printed words, and of its terms alone.
_FIELD_NUMBERS: Final = 6
_TERM_NUMBERS: Final = 3
_FORMS: Final = (NUMBERS, FEW_NUMBERS, DISTINCT, PLAIN, FOREIGN)

# The key on disk of `offset`, an attribute of the facts of lengths, columns and dictionaries.
_KEY_OF_OFFSET: Final = "place"

_Facts = TypeVar("_Facts")


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """What the dictionary has of a field.

    Attributes:
        first: The first block of its terms.
        end: The block after the last.
        terms: How many terms there are.
        first_of_words: The first block of its printed words.
        end_of_words: The block after the last.
        words: How many printed words there are.
    """

    first: int
    end: int
    terms: int
    first_of_words: int = 0
    end_of_words: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class TermsFacts:
    """The dictionary.

    Attributes:
        index: The offset of its index.
        fields: By name, in ascending order.
        printed: Whether every position of a text knows which printed word stands there.
    """

    index: int
    fields: Mapping[str, FieldFacts]
    printed: bool = False


@dataclass(frozen=True, slots=True)
class LengthFacts:
    """Lengths of a field: the offset of its norms, and sum, least and greatest of what they stand for.

    An article without the field has length 0.
    """

    offset: int
    total: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class SegmentFacts:
    """Everything known of a segment.

    Attributes:
        articles: How many articles there are, deleted ones included.
        terms: None while they are not written.
        lengths: By field.
        columns: By field.
        stored: None where no article has stored fields.
        vectors: None where no article has vectors; tables are named by field.
        ordered_by: The column that docnums ascend with; None where they are in no order.
        format: The format that the segment was written in.
    """

    articles: int
    terms: TermsFacts | None = None
    lengths: Mapping[str, LengthFacts] = field(default_factory=dict)
    columns: Mapping[str, ColumnFacts] = field(default_factory=dict)
    stored: StoredFacts | None = None
    vectors: StoredFacts | None = None
    ordered_by: str | None = None
    format: int = FORMAT


def write_facts(storage: Any, segment: Any, facts: SegmentFacts) -> None:
    """Write the facts of a segment, as its file of facts."""
    known = asdict(facts, dict_factory=_as_on_disk)
    content = {"format": known.pop("format"), **known}
    if facts.terms is not None:
        fields = {name: list(astuple(each)) for name, each in facts.terms.fields.items()}
        content["terms"] = {"index": facts.terms.index, "fields": fields, "printed": facts.terms.printed}
    content["columns"] = {
        name: {key: value for key, value in asdict(each, dict_factory=_as_on_disk).items() if value}
        for name, each in facts.columns.items()
    }
    origin: Origin | None = getattr(storage, "origin", None)
    if origin is not None:
        content.update(settings=dict(origin.settings), replaces=list(origin.replaces))
    file = create_paged(storage, segment, FACTS)
    file.write(json.dumps(content, separators=(",", ":")).encode("ascii"))
    file.finish()


def read_facts(storage: Any, segment: Any) -> SegmentFacts:
    """The facts of a segment.

    Raises:
        CorruptDataError: They are damaged.
        FormatTooNewError: A later version wrote them.
        OSError: They cannot be read.
    """
    file = open_paged(storage, segment, FACTS)
    try:
        content = json.loads(file.read(file.begin, len(file) - file.begin))
        version = _number(content["format"])
        if version > FORMAT:
            raise FormatTooNewError(file.path, found=version, newest=FORMAT)
        # Formats 1 and 2 have one version of files; from the next on, files have that of the format.
        if file.version not in (version, 1) or (file.version == 1 and version >= IDENTITY_FORMAT):
            raise ValueError(f"a segment of format {version} has a file of version {file.version}")
        facts = _from_json(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        what = f"the facts of a segment make no sense: {type(error).__name__}: {error}"
        raise CorruptDataError(what, file.path) from error
    if facts.articles != segment.doc_count_all():
        what = f"the segment has {facts.articles:,} articles, and should have {segment.doc_count_all():,}"
        raise CorruptDataError(what, file.path)
    return facts


def _from_json(content: Mapping[str, Any]) -> SegmentFacts:
    return SegmentFacts(
        articles=_number(content["articles"], _MAX_ARTICLES),
        terms=_terms(content["terms"], knows_words=content["format"] >= PRINTED_WORDS_FORMAT),
        lengths={_name(name): _with_offset(LengthFacts, _numbers(each)) for name, each in content["lengths"].items()},
        columns={_name(name): _column(each) for name, each in content["columns"].items()},
        stored=_stored(content["stored"]),
        vectors=_stored(content["vectors"]),
        # The first segments said nothing of an order, and had none.
        ordered_by=None if content.get("ordered_by") is None else _name(content["ordered_by"]),
        format=_number(content["format"]),
    )


def _terms(content: Mapping[str, Any] | None, *, knows_words: bool) -> TermsFacts | None:
    if content is None:
        return None
    fields = {_name(name): FieldFacts(*map(_number, numbers)) for name, numbers in content["fields"].items()}
    if sorted(fields) != list(fields):
        raise ValueError("fields are not in order")
    if {len(numbers) for numbers in content["fields"].values()} - {_FIELD_NUMBERS if knows_words else _TERM_NUMBERS}:
        raise ValueError("a field has more or fewer numbers than its format")
    printed = knows_words and content["printed"]
    if type(printed) is not bool:
        raise TypeError(f"{printed!r:.50} is not true or false")
    return TermsFacts(_number(content["index"]), fields, printed)


def _column(content: Mapping[str, Any]) -> ColumnFacts:
    texts = {key: _name(content.get(key, "")) for key in ("form", "typecode", "column")}
    if texts["form"] not in _FORMS or (
        texts["form"] in (NUMBERS, FEW_NUMBERS) and texts["typecode"] not in TYPECODES.values()
    ):
        raise ValueError(f"there are no columns of {texts['form']} {texts['typecode']}")
    numbers = _numbers({key: value for key, value in content.items() if key not in texts})
    return _with_offset(ColumnFacts, {**numbers, **texts})


def _stored(content: Mapping[str, Any] | None) -> StoredFacts | None:
    if content is None:
        return None
    dictionaries = [_with_offset(DictionaryFacts, _numbers(each)) for each in content["dictionaries"]]
    tables = _numbers(content["tables"])
    return StoredFacts(_number(content["blocks"]), _number(content["directory"]), tables, dictionaries)


def _as_on_disk(attributes: list[tuple[str, Any]]) -> dict[str, Any]:
    return {_KEY_OF_OFFSET if name == "offset" else name: value for name, value in attributes}


def _with_offset(kind: Callable[..., _Facts], content: dict[str, Any]) -> _Facts:
    return kind(offset=content.pop(_KEY_OF_OFFSET), **content)


def _numbers(content: Mapping[str, Any]) -> dict[str, Any]:
    return {_name(name): _number(value) for name, value in content.items()}


def _number(value: Any, highest: int = _TOO_LARGE - 1) -> int:
    if type(value) is not int or not 0 <= value <= highest:
        raise ValueError(f"{value!r:.50} is no number that can be there")
    return value


def _name(value: Any) -> str:
    if type(value) is not str:
        raise TypeError(f"{value!r:.50} is no name")
    return value
