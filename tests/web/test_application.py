"""The application as a whole: what it answers, wherever it is mounted, and what a host may change of it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

import searchlib
from searchlib import Article, SettingError
from searchlib.web import Limits, app
from searchlib.web.application import build

AT_OSLO = "https%3A%2F%2Fexample.org%2Foslo%3Fa%3D1"


@pytest.fixture
def index(index_path):
    """The index of `ARTICLES`, open: a host that mounts an application closes what it opened."""
    with searchlib.open(index_path) as index:
        yield index


def hosts_of(application, prefix: str):
    """Programs that have the application below a prefix."""
    yield Starlette(routes=[Mount(prefix, application)])
    fastapi = pytest.importorskip("fastapi", reason="needs fastapi")
    host = fastapi.FastAPI()
    host.mount(prefix, application)
    yield host


def test_a_search_is_answered_as_the_library_answers_it(client):
    page = client.get("/api/search", params={"q": "herring", "section": "Business"}).json()

    assert [hit["id"] for hit in page["hits"]] == ["herring"]
    assert page["total"] == 1


@pytest.mark.parametrize("prefix", ["/search", "/a/b"])
def test_it_is_mounted_under_a_path(index, prefix):
    for host in hosts_of(app(index), prefix):
        client = TestClient(host)

        assert client.get(f"{prefix}/api/search?q=herring").json()["total"] == 4
        assert client.get(f"{prefix}/api/articles/{AT_OSLO}").json()["place"] == "OSLO"
        assert client.get(f"{prefix}/api/openapi.json").json()["servers"] == [{"url": prefix}]
        assert f"http://testserver{prefix}/articles/{AT_OSLO}" in client.get(f"{prefix}/feed.atom?q=oslo").text
        assert f'"http://testserver{prefix}/?q={{searchTerms}}"' in client.get(f"{prefix}/opensearch.xml").text
        assert client.get(f"{prefix}/api/none").headers["content-type"] == "application/problem+json"
        assert client.get("/api/search").status_code == 404


def test_it_is_at_the_root_path_of_a_proxy(index):
    client = TestClient(app(index), root_path="/behind")

    assert client.get("/behind/api/openapi.json").json()["servers"] == [{"url": "/behind"}]
    assert "http://testserver/behind/articles/" in client.get("/behind/feed.atom?q=herring").text


def test_it_is_put_into_a_program_of_wsgi(index):
    a2wsgi = pytest.importorskip("a2wsgi", reason="needs a2wsgi")
    said = {}
    environ = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "/search", "PATH_INFO": "/api/search", "QUERY_STRING": "q=herring",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http", "wsgi.input": __import__("io").BytesIO(), "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip
    body = b"".join(a2wsgi.ASGIMiddleware(app(index))(environ, lambda status, *_: said.setdefault("status", status)))

    assert said["status"].startswith("200")
    assert b'"total":4' in body


def test_what_another_process_commits_is_shown(tmp_path, client_of):
    with searchlib.create(tmp_path / "i") as index:
        client = client_of(tmp_path / "i", refresh_s=1e-9)
        before = client.get("/api/search?q=herring").json()["total"]
        with index.writer() as writer:
            writer.add(Article(id="a", title="Herring"))

        assert (before, client.get("/api/search?q=herring").json()["total"]) == (0, 1)


def test_commits_are_not_looked_for_at_every_request(index, client_of, monkeypatch):
    looks = []
    monkeypatch.setattr(index, "refresh", lambda: looks.append(True))
    client = client_of(index, refresh_s=3600)
    for _ in range(3):
        client.get("/api/stats")

    assert len(looks) == 1


def test_a_host_replaces_style_sheets_and_keeps_the_others(tmp_path, client_of):
    (tmp_path / "own.css").write_text("p { color: red }")
    client = client_of(static=tmp_path)

    assert client.get("/static/own.css").text == "p { color: red }"
    assert client.get("/static/own.css").headers["content-type"].startswith("text/css")


def test_several_indexes_are_served_below_their_names(index, tmp_path, client_of):
    searchlib.create(tmp_path / "empty").close()
    client = client_of({"news": index, "old": tmp_path / "empty"})

    assert client.get("/news/api/stats").json()["articles"] == 4
    assert client.get("/old/api/stats").json()["articles"] == 0
    assert client.get("/").text.count("<li>") == 2
    assert client.get("/news/api/openapi.json").json()["info"]["title"] == "news"
    assert client.get("/none").json()["status"] == 404
    assert client.get("/news/none").json()["status"] == 404


def test_several_indexes_have_one_token(index, client_of):
    client = client_of({"news": index, "old": index}, token="a-secret-of-some-length")

    assert {client.get(address).status_code for address in ("/", "/news/api/stats", "/old/api/stats")} == {401}
    client.get("/news/api/stats?token=a-secret-of-some-length")
    assert client.get("/old/api/stats").status_code == 200


@pytest.mark.parametrize("name", ["", "..", "a/b", "-a", "ä", ".hidden"])
def test_a_name_that_is_no_part_of_an_address_is_refused(index, name):
    with pytest.raises(SettingError, match="index"):
        app({name: index})


def test_what_is_opened_for_it_is_closed_with_it_and_what_is_open_stays_so(index_path, index):
    with TestClient(app(index)):
        pass
    with TestClient(app(index_path)) as client:
        assert client.get("/api/stats").status_code == 200

    assert len(index) == 4
    assert callable(build)


def test_a_question_file_that_is_none_is_named(index, tmp_path):
    (tmp_path / "questions.toml").write_text("[a]\n")

    with pytest.raises(SettingError, match="query"):
        app(index, questions=tmp_path / "questions.toml")


def test_limits_are_what_the_document_says(index, client_of):
    document = client_of(index, limits=Limits(hits=25, query_chars=99)).get("/api/openapi.json").json()
    parameters = {each["name"]: each["schema"] for each in document["paths"]["/api/search"]["get"]["parameters"]}

    assert parameters["limit"]["maximum"] == 25
    assert parameters["q"]["maxLength"] == 99
