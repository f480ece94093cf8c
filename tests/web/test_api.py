"""The JSON API: each endpoint answers what the library answers, and as its document says."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

import searchlib
from searchlib.web import Limits

OSLO = "https://example.org/oslo?a=1"
AT_OSLO = "https%3A%2F%2Fexample.org%2Foslo%3Fa%3D1"

#: Addresses that are answered with JSON, at least one of each endpoint.
ADDRESSES = [
    "/api/search?q=herring",
    "/api/search?q=herring&facets=section,publisher&by=month&share=1&limit=2&page=1&sort=newest",
    "/api/search?q=herring&section=World&section=Business&facets=section&facets=author&snippets=0&partial=1",
    f"/api/articles/{AT_OSLO}",
    "/api/articles/?id=herring",
    "/api/marked/herring?q=herring",
    f"/api/similar?id={AT_OSLO}&limit=2",
    "/api/timeline?q=herring&by=year",
    "/api/compare?q=herring&with=summit&with=quay&by=year&share=1",
    "/api/facets?q=herring",
    "/api/facets?facets=author&begins=id&facet_limit=1",
    "/api/complete?q=her&limit=3",
    "/api/suggest?q=hering",
    "/api/suggest?q=herring",
    "/api/concordance?q=herring&order=left&lines=2&width=20&collocates=3",
    "/api/explain?q=herring+OR+fish*",
    "/api/why-not?id=bremen&q=herring+quotas",
    "/api/stats",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_endpoint_answers_as_the_document_says(client, address):
    document = client.get("/api/openapi.json").json()
    response = client.get(address)
    paths = sorted(document["paths"], key=len, reverse=True)
    path = next(each for each in paths if address.split("?")[0].startswith(each.split("{")[0]))
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]

    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    Draft202012Validator({**schema, "components": document["components"]}).validate(response.json())


def test_every_endpoint_is_asked_by_the_test_above(client):
    document = client.get("/api/openapi.json").json()
    paths = {path.split("{")[0] for path, item in document["paths"].items() if "application/json" in
             item["get"]["responses"]["200"]["content"]}  # fmt: skip

    assert {path for path in paths if not any(address.split("?")[0].startswith(path) for address in ADDRESSES)} == set()


def test_hits_are_those_of_the_library(client, index_path):
    asked = {"q": "herring", "since": "1900", "until": "2023", "any": "1", "sort": "oldest", "limit": "2", "page": "1"}
    with searchlib.open(index_path) as index:
        page = index.search("herring", since="1900", until="2023", any=True, sort="oldest", limit=2)
        expected = page.as_dict()

    assert client.get("/api/search", params=asked).json() == expected


def test_pages_follow_each_other_by_number_and_by_cursor(client):
    first = client.get("/api/search", params={"q": "herring", "limit": 1}).json()
    second = client.get("/api/search", params={"q": "herring", "limit": 1, "page": 2}).json()
    after = client.get("/api/search", params={"q": "herring", "limit": 1, "after": first["next"]}).json()

    assert second["hits"] == after["hits"] != first["hits"]


@pytest.mark.parametrize("at", [AT_OSLO, "https://example.org/oslo%3Fa=1"])
def test_an_id_with_slashes_and_colons_is_found_in_a_path(client, at):
    assert client.get(f"/api/articles/{at}").json()["id"] == OSLO
    assert client.get(f"/api/marked/{at}", params={"q": "summit"}).json()["title"]["marks"] == [[0, 6]]


@pytest.mark.parametrize(
    "address", ["/api/articles/no", "/api/marked/no?q=a", "/api/similar?id=no", "/api/why-not?id=no&q=a"]
)
def test_an_article_that_is_not_there_is_404(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"] == "There is no article with this id."


def test_the_file_that_an_article_came_from_is_not_told(tmp_path, client_of):
    source = tmp_path / "secret" / "a.jsonl"
    source.parent.mkdir()
    source.write_text('{"id": "a", "title": "Herring", "body": "Herring again."}\n')
    index = searchlib.create(tmp_path / "i")
    with index.writer() as writer:
        writer.add_all(searchlib.read(source))
    client = client_of(index)

    assert index.get("a").origin is not None
    for address in (
        "/api/search?q=herring",
        "/api/articles/a",
        "/api/marked/a?q=herring",
        "/api/similar?id=a",
        "/api/export?format=jsonl",
        "/api/stats",
    ):
        assert "secret" not in client.get(address).text, address


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/api/search?limit=1001", "limit"),
        ("/api/search?limit=-1", "limit"),
        ("/api/search?limit=ten", "limit"),
        ("/api/search?limit=%D9%A1", "limit"),
        ("/api/search?page=0", "page"),
        ("/api/search?limit=100&page=101", "page"),
        ("/api/search?sort=best", "sort"),
        ("/api/search?by=hour", "by"),
        ("/api/search?any=maybe", "any"),
        ("/api/search?q=a&q=b", "q"),
        ("/api/search?facets=colour", "facets"),
        ("/api/search?facet_limit=1000000", "facet_limit"),
        ("/api/search?sorrt=newest", "sorrt"),
        ("/api/search?" + "&".join(f"section={n}" for n in range(101)), "chosen"),
        ("/api/search?q=" + "a" * 10_001, "q"),
        ("/api/compare?" + "&".join(f"with={n}" for n in range(8)), "with"),
        ("/api/complete?q=a&limit=51", "limit"),
        ("/api/concordance?q=a&order=up", "order"),
        ("/api/concordance?q=a&lines=1001", "lines"),
        ("/api/export?format=xml", "format"),
        ("/api/export?columns=colour", "columns"),
        ("/api/why-not?q=a", "id"),
    ],
)
def test_a_parameter_that_cannot_be_is_named(client, address, parameter):
    response = client.get(address)

    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["parameter"] == parameter
    assert response.json()["type"] == "urn:searchlib:error:SettingError"


def test_a_misspelt_parameter_is_told_the_right_one(client):
    assert "did you mean sort?" in client.get("/api/search?sorrt=newest").json()["detail"]


@pytest.mark.parametrize("address", ["/api/search?since=never", "/api/search?after=x", "/api/timeline?until=the+day"])
def test_a_query_that_cannot_be_read_is_a_problem(client, address):
    response = client.get(address)

    assert response.status_code == 400
    assert response.json()["type"] == "urn:searchlib:error:QueryError"


def test_a_search_that_takes_too_long_is_told_to_come_again(client_of):
    response = client_of(limits=Limits(search_s=1e-9)).get("/api/search?q=herring")

    assert response.status_code == 503
    assert response.headers["retry-after"] == "1"
    assert response.json()["retry"] is True


def test_a_part_of_an_answer_is_not_kept(client_of):
    response = client_of(limits=Limits(search_s=1e-9)).get("/api/search?q=herring&partial=1")

    assert response.json()["partial"] is True
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


def test_the_document_is_of_openapi_and_has_no_reference_that_leads_nowhere(client):
    document = client.get("/api/openapi.json").json()
    names = document["components"]["schemas"]
    references = []

    def walk(value):
        if isinstance(value, dict):
            references.extend(each for name, each in value.items() if name == "$ref")
            value = list(value.values())
        if isinstance(value, list):
            for each in value:
                walk(each)

    walk(document)

    assert document["openapi"].startswith("3.1")
    assert {each.removeprefix("#/components/schemas/") for each in references} <= names.keys()
    for schema in names.values():
        Draft202012Validator.check_schema(schema)


def test_the_document_is_valid_to_a_validator(client):
    validator = pytest.importorskip("openapi_spec_validator", reason="needs openapi-spec-validator")

    validator.validate(client.get("/api/openapi.json").json())
