"""The manifest: the table of contents of one generation of an index, as JSON.

``manifest-<generation>.json`` names every file that belongs to the generation with its
length, checksum, and the generation that it was written for; a file that it does not name is not part of the index.
The manifest with the highest generation is the index. A manifest is written under a temporary name, made durable, and
renamed.

    {"format": 3, "index": "5f1e…", "generation": 7, "committed": "2024-05-01T12:00:00+00:00",
     "written_by": "searchlib 0.2.0",
     "settings": {"codec": "whoosh", "language": "en", "timezone": "UTC", "weights": {"title": 2.0, …}, "schema": 1},
     "segments": [{"id": …, "articles": 1000, "field_lengths": {"text": 345000}, "format": 3,
                   "deleted": {"count": 3, "file": "s_….7.del"} or null,
                   "files": {"s_….trm": {"bytes": 10240, "crc32": "0123abcd", "generation": 6}, …}}, …],
     "ledger": {"file": "s_ledger.6.fil", "bytes": 320, "crc32": "4567cdef", "generation": 6}, where files were read,
     "crc32": of all of the above, keys sorted, without white space}

In formats 1 and 2 there is no id of the index, and files have no generation: they do not say what they are files of.
"""

from __future__ import annotations

import json
import re
import secrets
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from searchlib.analysis import AUTO
from searchlib.codec import CODECS, FORMAT, OLDEST_FORMAT, FileIdentity, Origin
from searchlib.codec.identity import IDENTITY_FORMAT
from searchlib.errors import (
    FormatTooNewError,
    FormatTooOldError,
    IndexCorruptError,
    IndexFormatError,
    IndexNotFoundError,
    SettingError,
)
from searchlib.index.durable import write_durably
from searchlib.json_form import JsonForm
from searchlib.one_line import attributes_line
from searchlib.schema import OLDEST_SCHEMA, SCHEMA_VERSION, Weights

__all__ = [
    "DEFAULT_FALLBACK",
    "CommittedSegment",
    "FileFacts",
    "Manifest",
    "Settings",
    "last_manifest",
    "ledger_identity",
    "ledger_name",
    "manifest_name",
    "manifests",
    "new_index_id",
    "origin_after",
    "read_manifest",
]

#: The language of articles of which none is known, unless another is given.
DEFAULT_FALLBACK: Final = "en"
_MAX_MANIFEST_BYTES: Final = 64 * 1024 * 1024
_NAME = re.compile(r"manifest-(0|[1-9][0-9]{0,17})\.json")
# Files that a manifest names are opened, so they must lie in the index directory.
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.]*")
_INDEX_ID = re.compile(r"[0-9a-f]{32}")
_MAX_SEGMENT_ID: Final = 16
# What stands in the place of a segment's id in the ledger's name and header.
_LEDGER_ID: Final = "ledger"


@dataclass(frozen=True, slots=True)
class Settings(JsonForm):
    """What an index is made with, for good.

    Attributes:
        codec: Name of its codec.
        language: Code of the language that its text is analysed in; "auto" for each article's own.
        timezone: IANA name of the zone that its days are days in.
        weights: How its text is ranked.
        schema: Version of the schema.
        fallback_language: With "auto", the language of articles that name none and of which none was detected.
        addresses: Version of the rules by which two addresses are one: 1 of indexes that version 0.1 made, whose articles
            may have ids by these.

    Raises:
        SettingError: The time zone is not known.

    Examples:
        >>> index.settings.language, index.settings.weights.title
        ('en', 3.0)
    """

    codec: str
    language: str = "en"
    timezone: str = "UTC"
    weights: Weights = field(default_factory=Weights)
    schema: int = SCHEMA_VERSION
    fallback_language: str = DEFAULT_FALLBACK
    addresses: int = 2

    def __post_init__(self) -> None:
        if not isinstance(self.codec, str) or self.codec not in CODECS:
            raise SettingError("codec", self.codec, f"choose one of {', '.join(sorted(CODECS))}")
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError, TypeError):
            raise SettingError("timezone", self.timezone, "give an IANA name such as 'Europe/Paris' or 'UTC'") from None

    def as_json(self) -> dict[str, Any]:
        """All of them by name, for the manifest. Only an index of many languages has a fallback."""
        values = asdict(self)
        if self.language != AUTO:
            del values["fallback_language"]
        return values

    __repr__ = attributes_line


@dataclass(frozen=True, slots=True)
class FileFacts(JsonForm):
    """A file of a segment.

    Attributes:
        bytes: How long it is.
        crc32: CRC-32 of its content, in eight hexadecimal digits: of all but the trailer of a file in pages.
        generation: The generation that it was written for; None of a file of format 1 or 2, which does not say what it
            is a file of, and whose checksum covers its trailer too.

    Examples:
        >>> searchlib.FileFacts(bytes=10240, crc32="0123abcd", generation=6).bytes
        10240
    """

    bytes: int
    crc32: str
    generation: int | None = None

    __repr__ = attributes_line


@dataclass(frozen=True, slots=True)
class CommittedSegment(JsonForm):
    """One segment as a generation has it: what its codec must know of it, its deletions, and its files.

    Attributes:
        codec_facts: What the codec needs to open it; "id" and "articles" among it.
        files: Every file of the segment, the deletion bitmap included.
        deletions_file: Name of the deletion bitmap; None where nothing is deleted.
        deleted: How many articles are deleted from it.
        format: The format that it was written in; of a segment that an index of format 2 had, 2 stands for 1 too.

    Examples:
        >>> with index.writer() as writer:
        ...     replaced = writer.add(Article(title="Fog"))
        ...     manifest = writer.commit()
        >>> [segment.deleted for segment in manifest.segments]
        [0, 0]
    """

    codec_facts: Mapping[str, Any]
    files: Mapping[str, FileFacts]
    deletions_file: str | None = None
    deleted: int = 0
    format: int = FORMAT

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.codec_facts["id"])

    __repr__ = attributes_line


@dataclass(frozen=True, slots=True)
class Manifest(JsonForm):
    """One generation of an index.

    Attributes:
        generation: Its number.
        committed: When it was committed.
        settings: What the index was made with.
        segments: Its segments.
        index_id: 32 hexadecimal digits that every file of the index names; None in formats 1 and 2.
        format: The format of the manifest.
        ledger: The file that says which files were read (`index.ledger`), by name; empty where none was.

    Examples:
        >>> writer = index.writer()
        >>> writer.commit().generation
        1
    """

    generation: int
    committed: datetime
    settings: Settings
    segments: tuple[CommittedSegment, ...] = ()
    index_id: str | None = None
    format: int = FORMAT
    ledger: Mapping[str, FileFacts] = field(default_factory=dict)

    @property
    def oldest_format(self) -> int:
        """The lowest format of the manifest and its segments."""
        return min([self.format, *(segment.format for segment in self.segments)])

    @property
    def is_current(self) -> bool:
        """Whether all of it is as this version writes it."""
        return self.oldest_format == FORMAT and self.settings.schema == SCHEMA_VERSION

    def identified(self) -> Manifest:
        """The manifest with an id of the index: a random one if it has none."""
        return self if self.index_id else replace(self, index_id=new_index_id())

    @property
    def files(self) -> dict[str, FileFacts]:
        """Every file that the generation uses, but the manifest."""
        return {name: facts for part in self.parts for name, facts in part.files.items()}

    @property
    def parts(self) -> tuple[CommittedSegment, ...]:
        """What has files: the segments, and the ledger as if it were a segment without articles."""
        if not self.ledger:
            return self.segments
        return *self.segments, CommittedSegment({"id": _LEDGER_ID, "articles": 0}, self.ledger)

    def write(self, directory: Path) -> None:
        """Make this the last generation, atomically and durably. Every file that it names must be durable before."""
        assert self.index_id is not None
        content = {
            "format": FORMAT,
            "index": self.index_id,
            "generation": self.generation,
            "committed": self.committed.isoformat(),
            "written_by": f"searchlib {_version()}",
            "settings": self.settings.as_json(),
            "segments": [_segment_as_json(segment) for segment in self.segments],
        }
        for name, facts in self.ledger.items():
            content["ledger"] = {"file": name, **_file_as_json(facts)}
        content["crc32"] = _checksum(content)
        text = json.dumps(content, indent=1, ensure_ascii=False)
        write_durably(directory / manifest_name(self.generation), text.encode("utf-8"))

    __repr__ = attributes_line


def origin_after(manifest: Manifest) -> Origin:
    """What files of the generation after this one say of the index, which has an id."""
    assert manifest.index_id is not None
    return Origin(manifest.index_id, manifest.generation + 1, manifest.settings.as_json())


def ledger_name(generation: int, ending: str) -> str:
    """Name of the ledger that a generation writes."""
    return f"s_{_LEDGER_ID}.{generation}{ending}"


def ledger_identity(origin: Origin) -> FileIdentity:
    """What the ledger says that it is a file of."""
    return origin.identity(_LEDGER_ID)


def new_index_id() -> str:
    """An id for an index that no other has: 128 random bits."""
    return secrets.token_hex(16)


def manifest_name(generation: int) -> str:
    """Name of the manifest of a generation."""
    return f"manifest-{generation}.json"


def manifests(directory: Path) -> dict[int, Path]:
    """The manifests in a directory, by generation, the last one first; empty where there is no index."""
    try:
        names = [(match, path) for path in directory.iterdir() if (match := _NAME.fullmatch(path.name))]
    except (FileNotFoundError, NotADirectoryError):
        return {}
    return {int(match[1]): path for match, path in sorted(names, key=lambda found: -int(found[0][1]))}


def read_manifest(path: Path) -> Manifest:
    """Read and check a manifest.

    Raises:
        FileNotFoundError: It is gone: a later generation has replaced it.
        IndexFormatError: It is damaged, or of a format that this version does not read.
    """
    index = str(path.parent)
    with open(path, "rb") as file:
        data = file.read(_MAX_MANIFEST_BYTES + 1)
    if len(data) > _MAX_MANIFEST_BYTES:
        raise IndexCorruptError(index, str(path), expected=f"at most {_MAX_MANIFEST_BYTES:,} bytes", got="more")
    try:
        content = json.loads(data)
        version = int(content["format"])
        expected = content.pop("crc32", "none")
        got = _checksum(content)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise IndexCorruptError(index, str(path), expected="a manifest in JSON", got=str(error)) from None
    # The version is checked before the checksum, which another version may compute differently.
    if version > FORMAT:
        raise FormatTooNewError(index, found=version, newest=FORMAT)
    if version < OLDEST_FORMAT:
        raise FormatTooOldError(index, found=version, oldest=OLDEST_FORMAT)
    if got != expected:
        raise IndexCorruptError(index, str(path), expected=f"checksum {expected}", got=f"checksum {got}")
    try:
        _check_can_be_read(index, content["settings"])
        manifest = _manifest_from_json(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IndexCorruptError(index, str(path), expected="a complete manifest", got=str(error)) from None
    if manifest_name(manifest.generation) != path.name:
        found = f"that of generation {manifest.generation}"
        raise IndexCorruptError(index, str(path), expected="the manifest that its name says", got=found)
    if manifest.settings.schema > SCHEMA_VERSION:
        raise FormatTooNewError(index, found=manifest.settings.schema, newest=SCHEMA_VERSION)
    if manifest.settings.schema < OLDEST_SCHEMA:
        raise FormatTooOldError(index, found=manifest.settings.schema, oldest=OLDEST_SCHEMA)
    return manifest


def _check_can_be_read(index: str, settings: Mapping[str, Any]) -> None:
    """Raise an error for what an intact manifest asks for and this machine lacks."""
    try:
        ZoneInfo(settings["timezone"])
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError):
        raise IndexFormatError(
            index,
            f"{index} has its days in the time zone {settings['timezone']!r}, which this machine does not know. "
            "Install the package tzdata, or update it.",
        ) from None


def last_manifest(directory: Path) -> Path:
    """Path of the manifest that is the index.

    Raises:
        IndexNotFoundError: There is none.
        IndexFormatError: There is an index of Whoosh's own making.
    """
    for path in manifests(directory).values():
        return path
    if any(directory.glob("_*_*.toc")):
        raise IndexFormatError(
            str(directory),
            f"{directory} is an index that Whoosh made by itself. Its table of contents is a pickle, which is not "
            "opened here; export its documents with the program that made it and index them anew.",
        )
    raise IndexNotFoundError(str(directory))


def _version() -> str:
    from importlib import metadata  # Only writers need it.

    try:
        return metadata.version("searchlib")
    except metadata.PackageNotFoundError:
        return "(not installed)"


def _checksum(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def _segment_as_json(segment: CommittedSegment) -> dict[str, Any]:
    deletions = {"file": segment.deletions_file, "count": segment.deleted} if segment.deletions_file else None
    files = {name: _file_as_json(facts) for name, facts in sorted(segment.files.items())}
    return {**segment.codec_facts, "format": segment.format, "deleted": deletions, "files": files}


def _file_as_json(facts: FileFacts) -> dict[str, Any]:
    return {name: value for name, value in asdict(facts).items() if value is not None}


def _manifest_from_json(content: Mapping[str, Any]) -> Manifest:
    settings, version = content["settings"], int(content["format"])
    index_id = None
    if version >= IDENTITY_FORMAT:
        index_id = content["index"]
        if not _INDEX_ID.fullmatch(index_id):
            raise ValueError(f"{index_id!r} is no id of an index")
    return Manifest(
        generation=int(content["generation"]),
        committed=datetime.fromisoformat(content["committed"]),
        settings=Settings(
            codec=settings["codec"],
            language=settings["language"],
            timezone=settings["timezone"],
            weights=Weights(**settings["weights"]),
            schema=int(settings["schema"]),
            fallback_language=settings.get("fallback_language", DEFAULT_FALLBACK),
            addresses=int(settings.get("addresses", 1)),
        ),
        segments=tuple(_segment_from_json(segment, version) for segment in content["segments"]),
        index_id=index_id,
        format=version,
        ledger=_ledger_from_json(content.get("ledger")),
    )


def _ledger_from_json(content: Mapping[str, Any] | None) -> dict[str, FileFacts]:
    if content is None:
        return {}
    name, facts = content["file"], _file_from_json(content)
    if not _FILE_NAME.fullmatch(name) or not name.startswith(f"s_{_LEDGER_ID}.") or facts.generation is None:
        raise ValueError(f"{name!r} is no name of a ledger")
    return {name: facts}


def _segment_from_json(content: Mapping[str, Any], version: int) -> CommittedSegment:
    files = {name: _file_from_json(facts) for name, facts in content["files"].items()}
    for name in [*files, f"s_{content['id']}"]:
        if not _FILE_NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a file in an index")
    deletions = content["deleted"]
    if deletions and deletions["file"] not in files:
        raise ValueError(f"{deletions['file']!r} is no file of the segment")
    if not isinstance(content["articles"], int) or content["articles"] < 0:
        raise ValueError(f"{content['articles']!r} is no number of articles")
    # Manifests of formats 1 and 2 say nothing of their segments' formats.
    segment_format = content["format"] if version >= IDENTITY_FORMAT else version
    if type(segment_format) is not int or not OLDEST_FORMAT <= segment_format <= version:
        raise ValueError(f"{segment_format!r} is no format of a segment")
    if segment_format >= IDENTITY_FORMAT and any(facts.generation is None for facts in files.values()):
        raise ValueError(f"a file of segment {content['id']} has no generation")
    if len(content["id"]) > _MAX_SEGMENT_ID and any(facts.generation is not None for facts in files.values()):
        raise ValueError(f"{content['id']!r} is no id of a segment")
    return CommittedSegment(
        codec_facts={name: value for name, value in content.items() if name not in ("deleted", "files", "format")},
        files=files,
        deletions_file=deletions["file"] if deletions else None,
        deleted=int(deletions["count"]) if deletions else 0,
        format=segment_format,
    )


def _file_from_json(content: Mapping[str, Any]) -> FileFacts:
    generation = content.get("generation")
    if generation is not None and (type(generation) is not int or not 0 <= generation < 1 << 63):
        raise ValueError(f"{generation!r} is no generation")
    return FileFacts(int(content["bytes"]), str(content["crc32"]), generation)
