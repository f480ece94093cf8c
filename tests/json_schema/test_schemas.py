"""The schemas of JSON: every value that is public fits its own, and all that they describe occurs."""

from __future__ import annotations

import dataclasses
import json
import pickle
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import searchlib
from searchlib import errors, questions
from searchlib.cli import cli
from searchlib.index.manifest import last_manifest, read_manifest
from searchlib.json_form import JsonForm
from searchlib.json_schema import ERRORS, SCHEMAS, components, document, names_within, schema_of
from searchlib.json_schema.page import page
from searchlib.query import Phrase
from searchlib.sources import PassedOver, Skipped
from searchlib.tables import COLUMNS

jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema, which validates")

ROOT = Path(__file__).resolve().parent.parent.parent
#: What there is of an article, and others with little.
RECORDS: list[dict[str, Any]] = [
    {
        "id": "oslo",
        "title": "Summit on fisheries opens in Oslo",
        "summary": "Ministers meet.",
        "body": "The summit on fisheries opened on Monday. Herring quotas come first, the minister said.",
        "authors": ["Ida Berg"],
        "section": "World",
        "publisher": "The Harbour Post",
        "place": "OSLO",
        "agency": "NTB",
        "tags": ["fisheries"],
        "url": "https://example.org/oslo",
        "language": "en-gb",
        "published": "2023-09-11T08:30+02:00",
        "updated": "2023-09-11T09:30+02:00",
        "extra": {"pages": [4, 5]},
    },
    {
        "id": "copy",
        "title": "Summit on fisheries opens in Oslo",
        "body": "The summit on fisheries opened on Monday. Herring quotas come first, the minister said.",
        "language": "en-us",
        "section": "Business",
        "published": "2023-10",
    },
    {"id": "undated", "title": "How to pickle herring", "body": "Salt, vinegar and patience for a herring."},
    {"title": "", "date": "2023"},
    {"id": "odd", "title": "Odd herring", "body": "A herring.", "date": "31 February 2023"},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schemas")
    lines = "".join(json.dumps(record) + "\n" for record in RECORDS)
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    (folder / "names.csv").write_text("query,desk\nherring,fish\nkim NEAR/x,none\n", encoding="utf-8")
    (folder / "questions.toml").write_text('[fish]\nquery = "herring {kind}"\nparameters.kind = "quotas"\n')
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("may/1.jsonl", json.dumps({"id": "zipped", "title": "Zipped quotas", "body": "Quotas."}))
    return folder


@pytest.fixture(scope="module")
def values(folder: Path) -> dict[str, list[JsonForm]]:
    """Values of the library, by the name of their schema."""
    with searchlib.open(folder / "library.index", create=True, language="auto") as index:
        done: list[searchlib.FileDone] = []
        with index.writer() as writer, searchlib.read(folder / "articles.jsonl", on_file=done.append) as reading:
            report = writer.add_all(reading)
            writer.add_all(searchlib.read(folder / "more.zip"))
        with searchlib.create(folder / "ended.index") as other, other.writer() as writer:
            ended = writer.end_file(done[0])
        by_name = {
            "AddReport": [report],
            "EndedFile": [ended],
            "FileDone": done,
            "PassedOver": [reading.passed_over, PassedOver(beside_pages=[Skipped(folder, folder / "a.html", 2)])],
            "FileRecord": list(index.files()),
            "IndexStats": [index.stats()],
            "Settings": [index.settings],
            "Column": list(COLUMNS.values()),
            "Question": list(questions.load(folder / "questions.toml").values()),
            "Node": [Phrase("a b")],
            **_searched(index),
            **_explained(index),
        }
        return {**by_name, "Manifest": [read_manifest(last_manifest(folder / "library.index"))]}


def _searched(index: searchlib.Index) -> dict[str, list[Any]]:
    pages = [
        index.search("herring", facets=["language", "section"], timeline="month", share=True, limit=1, since="2023"),
        index.search("herring", facets=["section"], facet_limit=1, snippets=False, total="none"),
        index.search("herring", expand=True, any=True),
        index.search('"herring', facets=["language"], timeline="day"),
        index.search("herring", timeout_s=1e-9, partial=True),
    ]
    return {
        "Page": pages,
        "Hit": [hit for page in pages for hit in page],
        "Facet": [facet for page in pages for facet in page.facets.values()],
        "Article": [*index],
        "MarkedArticle": [index.marked("oslo", 'herring "summit')],
        "Passage": [index.marked("oslo", "herring").body],
        "Snippet": [pages[0][0].snippet],
        "Comparison": [
            index.compare(["herring", '"summit'], by="month", share=True),
            index.compare(["summit"], by="week"),
        ],
        "Concordance": [index.concordance('herring "quotas'), index.concordance("herring", max_articles=1)],
        "SimilarArticles": [index.similar("oslo")],
        "BatchRow": list(index.search_many(["herring", Phrase("x y"), 5])),  # type: ignore[list-item]
        "Completion": list(index.complete("herr")),
        "Suggestion": [index.suggest("herrring quotas")],
    }


def _explained(index: searchlib.Index) -> dict[str, list[Any]]:
    return {
        "QueryExplanation": [index.explain('herr* (summit OR oslo) -"x', since="2023"), index.explain("...")],
        "WhyNot": [index.why_not("undated", 'herring since:2023 "quotas'), index.why_not("oslo", "herring")],
        "Explanation": [index.search("herring")[0].explanation],
    }


@pytest.fixture(scope="module")
def printed(folder: Path) -> Callable[..., list[Any]]:
    """The objects that a command prints, of which the index is the one of the folder."""
    index = str(folder / "printed.index")

    def run(*args: str) -> list[Any]:
        run = CliRunner().invoke(cli, [*args, "--index", index], catch_exceptions=False)
        assert run.exit_code in (0, 1), run.output
        return [json.loads(line) for line in run.stdout.splitlines()]

    return run


@pytest.fixture(scope="module")
def outputs(folder: Path, printed: Callable[..., list[Any]]) -> dict[str, list[Any]]:
    """What the command line prints, by the name of its schema."""
    source, rejects, notes = (str(folder / name) for name in ("articles.jsonl", "rejects.jsonl", "notes.jsonl"))
    columns = ",".join(COLUMNS)
    query = ("query", "herring", "--json")
    dry = printed("index", source, "--dry-run", "--json")
    summary = printed("index", source, "--json", "--rejects", rejects, "--notes", notes)
    return {
        "DryRun": dry,
        "LoadSummary": [*summary, *printed("index", source, "--json", "--language", "auto")],
        "Reject": _lines(rejects),
        "Note": _lines(notes),
        "Page": [
            *printed(*query, "--facets", "language,section", "--timeline", "month", "--share"),
            *printed(*query, "--why", "--no-snippets"),
        ],
        "PageOfColumns": [
            *printed(*query, "--columns", columns, "--expand"),
            *printed(*query, "--columns", "id", "--timeout-s", "1e-9", "--partial"),
        ],
        "Hit": [*printed("query", "herring", "--jsonl"), *printed("query", "herring", "--jsonl", "--why")],
        "HitColumns": printed("query", "herring", "--jsonl", "--columns", columns),
        "BatchLine": printed("query", "--batch", str(folder / "names.csv"), "--jsonl", "--columns", columns),
        "QueryExplanation": printed("query", "herring", "--explain", "--json"),
        "Completions": printed("complete", "herr", "--json"),
        "Comparison": printed("compare", "herring", "summit", "--by", "month", "--share", "--json"),
        "Concordance": printed("kwic", "herring", "--json"),
        "ConcordanceLine": printed("kwic", "herring", "--jsonl"),
        "SimilarArticles": printed("similar", "oslo", "--json"),
        "Article": [*printed("show", "oslo", "--json"), *printed("export")],
        "WhyNot": printed("why-not", "undated", "herring", "quotas", "--json"),
        "IndexStats": printed("stats", "--json"),
        "Questions": _questions(folder),
    }


def _questions(folder: Path) -> list[Any]:
    run = CliRunner().invoke(cli, ["questions", "--json", "--questions", str(folder / "questions.toml")])
    return [json.loads(run.stdout)]


def _lines(path: str) -> list[Any]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def _check(name: str, value: Any) -> None:
    jsonschema.Draft202012Validator(schema_of(name, closed=True)).validate(value)


def test_each_value_of_the_library_fits_the_schema_of_its_name(values: dict[str, list[JsonForm]]):
    for name, some in values.items():
        assert some, name
        for value in some:
            _check(name, value.as_dict())


def test_what_the_command_line_prints_fits_the_same_schemas(outputs: dict[str, list[Any]]):
    for name, some in outputs.items():
        assert some, name
        for value in some:
            _check(name, value)


def test_each_error_has_the_facts_of_its_kind():
    made = [
        errors.SearchlibError("x"),
        errors.ArticleError("body", "it is empty"),
        errors.SourceError("a.zip!b", "it is none", record=2),
        errors.QueryError("it is odd", text="a b", start=2),
        errors.IndexStateError("i", "x"),
        errors.IndexNotFoundError("i"),
        errors.IndexExistsError("i", "a file"),
        errors.IndexLockedError("i", holder="me", waited_s=0.5),
        errors.IndexFormatError("i", "x"),
        errors.FormatTooOldError("i", found=1, oldest=2),
        errors.FormatTooNewError("i", found=3, newest=2),
        errors.UpgradeNeededError("i", "x", found=1, needed=2),
        errors.IndexCorruptError("i", "f", expected="a", got="b"),
        errors.EngineError("x"),
        errors.EngineUnavailableError("x"),
        errors.SearchCancelledError(),
        errors.SearchTimeoutError(0.5),
        errors.SettingError("limit", float("nan"), "give a number"),
        errors.MissingExtraError("html", "HTML"),
    ]

    for error in made:
        _check("Error", error.as_dict())
    assert {error.kind: tuple(error.as_dict())[2:] for error in made} == ERRORS
    assert ERRORS.keys() == set(errors.__all__)


def test_all_that_schemas_describe_occurs(values: dict[str, list[JsonForm]], outputs: dict[str, list[Any]]):
    seen: set[str] = set()
    for name, some in values.items():
        for value in some:
            seen.update(_occurring(SCHEMAS[name], value.as_dict(), name))
    for name, printed in outputs.items():
        for value in printed:
            seen.update(_occurring(SCHEMAS[name], value, name))

    described = {f"{name}.{key}" for name, schema in SCHEMAS.items() if name != "Error" for key in schema["properties"]}
    assert described - seen == set()


def _occurring(schema: dict[str, Any], value: Any, name: str = "") -> Iterator[str]:
    """NAME.KEY of each key of a value and of values in it."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = SCHEMAS[name]
    if "anyOf" in schema and value is not None:
        schema = schema["anyOf"][0]
        yield from _occurring(schema, value, name)
    elif isinstance(value, list):
        for each in value:
            yield from _occurring(schema.get("items", {}), each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key in schema.get("properties", {}):
                yield f"{name}.{key}"
                yield from _occurring(schema["properties"][key], each)
            elif isinstance(schema.get("additionalProperties"), dict):
                yield from _occurring(schema["additionalProperties"], each)


def test_every_public_class_with_a_form_in_json_has_a_schema():
    classes = {
        name
        for name in searchlib.__all__
        if isinstance(thing := getattr(searchlib, name), type) and issubclass(thing, JsonForm)
    }

    assert {name for name in classes if not issubclass(getattr(searchlib, name), Exception)} - SCHEMAS.keys() == set()


def test_every_dataclass_at_the_door_has_a_form_in_json():
    without = {
        name
        for name in searchlib.__all__
        if dataclasses.is_dataclass(getattr(searchlib, name)) and not issubclass(getattr(searchlib, name), JsonForm)
    }

    assert without == set()


def test_a_schema_stands_alone_with_what_it_refers_to():
    schema = schema_of("ExplainedPart")

    assert set(schema["$defs"]) == {"ExplainedPart"}
    assert set(names_within(["Suggestion"])) == {"Suggestion", "Correction"}
    with pytest.raises(KeyError):
        schema_of("Nothing")


def test_a_closed_schema_refuses_what_is_not_described_at_any_depth():
    value: dict[str, Any] = {
        "query": "a",
        "total": 1,
        "corrections": [{"written": "a", "suggested": "b", "doc_freq": 1}],
    }
    _check("Suggestion", value)
    value["corrections"][0]["more"] = 1

    with pytest.raises(jsonschema.ValidationError):
        _check("Suggestion", value)
    jsonschema.validate(value, schema_of("Suggestion"))


def test_openapi_gets_the_schemas_with_references_of_its_own():
    parts = components(["Suggestion"])

    assert set(parts) == {"Suggestion", "Correction"}
    assert parts["Suggestion"]["properties"]["corrections"]["items"] == {"$ref": "#/components/schemas/Correction"}


def test_all_schemas_are_schemas_and_one_checked_in_document():
    jsonschema.Draft202012Validator.check_schema(document())

    assert json.loads((ROOT / "docs" / "json-schema.json").read_text(encoding="utf-8")) == document()


def test_the_page_of_json_is_made_from_the_schemas():
    assert (ROOT / "docs" / "json.md").read_text(encoding="utf-8") == page()


def test_the_page_links_to_sections_that_it_has():
    text = page()
    sections = {title.lower() for title in re.findall(r"^### (\w+)$", text, re.MULTILINE)}

    assert {name.lower() for name in SCHEMAS} == sections
    assert set(re.findall(r"\[\w+\]\(#(\w+)\) \|", text)) <= sections


def test_what_is_ready_for_json_is_written_without_a_default(values: dict[str, list[JsonForm]]):
    orjson = pytest.importorskip("orjson", reason="needs orjson")

    for some in values.values():
        for value in some:
            form = value.as_dict()
            assert json.loads(json.dumps(form, allow_nan=False)) == form == json.loads(value.to_json())
            assert orjson.loads(orjson.dumps(form)) == form


def test_a_pickled_value_has_the_same_form(values: dict[str, list[JsonForm]]):
    for name, some in values.items():
        for value in some:
            if name != "Column":  # Its values are made by functions.
                assert pickle.loads(pickle.dumps(value)).as_dict() == value.as_dict(), name


def test_dataclasses_are_taken_apart_by_their_attributes(values: dict[str, list[JsonForm]]):
    apart = [
        dataclasses.asdict(value)
        for some in values.values()
        for value in some
        if dataclasses.is_dataclass(value) and not isinstance(value, type)
    ]

    assert len(apart) > 20
    assert all(apart)


def test_a_scan_has_rows_with_a_form(folder: Path, values: dict[str, list[JsonForm]]):
    with searchlib.open(folder / "library.index") as index, index.scan("herring", snippets=True) as scan:
        rows = [hit.as_dict() for hit in scan]

    assert len(rows) == 4
    for row in rows:
        _check("Hit", row)


def test_dates_of_json_are_those_of_the_index(values: dict[str, list[JsonForm]]):
    (stats,) = values["IndexStats"]

    assert datetime.fromisoformat(stats.as_dict()["earliest"]) == datetime(2023, 9, 11, 6, 30, tzinfo=timezone.utc)
