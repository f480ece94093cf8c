"""FastAPI takes every value as what an endpoint returns, with and without an annotation, and describes it in OpenAPI."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

import searchlib
from searchlib.json_schema import SCHEMAS, components
from searchlib.query import Phrase

pytest.importorskip("httpx", reason="needs httpx, with which FastAPI is asked")
fastapi = pytest.importorskip("fastapi", reason="needs FastAPI")

from fastapi.testclient import TestClient  # noqa: E402

RECORDS: list[dict[str, Any]] = [
    {
        "id": "a",
        "title": "Herring quotas",
        "body": "A herring, and quotas.",
        "published": "2023-09-11",
        "section": "World",
    },
    {"id": "b", "title": "Herring again", "body": "Herring quotas, and quotas.", "extra": {"pages": [1, {"x": None}]}},
    {"title": ""},
    {"id": "c", "title": "Odd", "body": "Odd herring.", "date": "31 February 2023"},
]


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A value of each kind that an endpoint may return."""
    with searchlib.create(tmp_path_factory.mktemp("fastapi") / "news.index") as index:
        with index.writer() as writer:
            report = writer.add_all(searchlib.read(RECORDS))
        page = index.search("herring", facets=["section"], timeline="month")
        yield {
            "page": page,
            "empty": index.search("zeppelin"),
            "bare": index.search("herring", snippets=False, total="none"),
            "hit": page[0],
            "facet": page.facets["section"],
            "no_values": index.search("zeppelin", facets=["section"]).facets["section"],
            "facet_value": page.facets["section"].values[0],
            "timeline": page.timeline,
            "bucket": page.timeline.buckets[0],
            "snippet": page[0].snippet,
            "article": index["b"],
            "explanation": page[0].explanation,
            "query": index.explain("herring (quotas OR summit)"),
            "why_not": index.why_not("c", "herring quotas"),
            "concordance": index.concordance("herring"),
            "comparison": index.compare(["herring", "quotas"], by="month"),
            "similar": index.similar("a"),
            "marked": index.marked("a", "herring"),
            "report": report,
            "stats": index.stats(),
            "settings": index.settings,
            "suggestion": index.suggest("herrring quotas"),
            "row": next(index.search_many([Phrase("herring")])),
            "failed_row": list(index.search_many(["herring", 5]))[1],  # type: ignore[list-item]
            "tree": Phrase("herring quotas"),
            "error": searchlib.QueryError("it is odd", text="a b", start=1),
        }


#: What is no dataclass comes in its documented form without an annotation too.
IN_FORM = ("page", "empty", "bare", "hit", "facet", "no_values", "facet_value", "bucket", "error")


def _asked(value: Any, annotation: Any = None) -> Any:
    def endpoint() -> Any:
        return value

    endpoint.__annotations__ = {} if annotation is None else {"return": annotation}
    app = fastapi.FastAPI()
    app.get("/")(endpoint)
    answer = TestClient(app).get("/")
    assert answer.status_code == 200
    return answer.json()


def test_an_endpoint_may_return_any_value(values: dict[str, Any]):
    for name, value in values.items():
        assert isinstance(_asked(value), dict), name


@pytest.mark.parametrize("name", IN_FORM)
def test_what_is_no_dataclass_is_given_in_its_form_in_json(values: dict[str, Any], name: str):
    assert _asked(values[name]) == values[name].as_dict()


def test_with_an_annotation_every_value_is_given_in_its_form_in_json(values: dict[str, Any]):
    for name, value in values.items():
        assert _asked(value, type(value)) == value.as_dict(), name


def test_values_in_values_are_given_too(values: dict[str, Any]):
    page = values["page"]

    assert _asked(page.hits, tuple[searchlib.Hit, ...]) == [hit.as_dict() for hit in page]
    assert _asked(None, searchlib.Suggestion | None) is None
    assert _asked({"page": page, "hits": page[0:1]}) == {"page": page.as_dict(), "hits": [page[0].as_dict()]}


def test_a_page_without_snippets_can_be_annotated_as_that(values: dict[str, Any]):
    assert _asked(values["bare"], searchlib.Page[None]) == values["bare"].as_dict()
    assert _asked([values["hit"]], list[searchlib.Hit[searchlib.Snippet]]) == [values["hit"].as_dict()]


def test_what_is_returned_has_to_be_what_is_annotated(values: dict[str, Any]):
    with pytest.raises(fastapi.exceptions.ResponseValidationError, match="expected a Page, got Hit"):
        _asked(values["hit"], searchlib.Page)


def _openapi(annotation: Any) -> dict[str, Any]:
    def endpoint() -> Any: ...

    endpoint.__annotations__ = {"return": annotation}
    app = fastapi.FastAPI()
    app.get("/")(endpoint)
    return app.openapi()["components"]["schemas"]


def _without_titles(value: Any) -> Any:
    """FastAPI names every key again as a title."""
    if isinstance(value, list):
        return [_without_titles(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _without_titles(each) for name, each in value.items() if not (name == "title" and isinstance(each, str))
    }


@pytest.mark.parametrize("name", ["Page", "QueryExplanation", "AddReport", "BatchRow", "Manifest", "Comparison"])
def test_openapi_has_the_documented_schemas(name: str):
    given = _openapi(getattr(searchlib, name))
    described = components([name])

    assert given.keys() == described.keys()
    for each, schema in described.items():
        schema = {**schema, "properties": _open(schema["properties"])}
        assert _without_titles(given[each]) == {key: value for key, value in schema.items() if value != []}


def _open(properties: dict[str, Any]) -> dict[str, Any]:
    """Any value is `true` to pydantic, where it is one among others."""
    return {
        name: {**schema, "additionalProperties": True} if schema.get("additionalProperties") == {} else schema
        for name, schema in properties.items()
    }


def test_an_endpoint_may_take_an_article():
    app = fastapi.FastAPI()

    def endpoint(article: searchlib.Article) -> searchlib.Article:
        return article

    endpoint.__annotations__ = {"article": searchlib.Article, "return": searchlib.Article}
    app.post("/")(endpoint)
    client = TestClient(app)
    sent = {"id": "x", "title": "Fog", "published": "2023-09", "tags": ["fog"]}

    assert client.post("/", json=sent).json() == sent
    assert client.post("/", json={"titel": "Fog"}).status_code == 422
    assert client.post("/", json={"title": ""}).status_code == 422
    assert "no such field" in client.post("/", json={"titel": "Fog"}).text
    assert "Article" in app.openapi()["components"]["schemas"]


def test_every_schema_is_one_that_pydantic_knows():
    pydantic = pytest.importorskip("pydantic")

    for name in SCHEMAS.keys() & set(searchlib.__all__):
        adapter = pydantic.TypeAdapter(getattr(searchlib, name))
        schema = adapter.json_schema(mode="serialization")
        schema = schema.get("$defs", {}).get(name, schema)  # One that refers to itself is among the definitions.
        assert schema["properties"].keys() == SCHEMAS[name]["properties"].keys(), name


def test_searchlib_is_imported_without_pydantic():
    assert "pydantic" not in _modules_of_a_search()


def _modules_of_a_search() -> set[str]:
    import subprocess

    code = "import sys, searchlib; searchlib.Page((), ''); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_a_class_without_a_schema_gives_any_object(monkeypatch: pytest.MonkeyPatch):
    from searchlib.json_form import JsonForm

    class Other(JsonForm):
        __match_args__ = ("x",)
        x = 1

    assert _asked(Other(), Other) == {"x": 1}
