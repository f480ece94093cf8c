"""Answers that a client keeps until the index changes."""

from __future__ import annotations

import shutil
from datetime import datetime, timezone

import pytest

import searchlib
from searchlib import Article
from searchlib.questions import Question
from searchlib.web import Limits, answers


def test_an_answer_is_kept_until_the_index_changes(tmp_path, client_of):
    index = searchlib.create(tmp_path / "i")
    client_of(index)
    client = client_of(tmp_path / "i", refresh_s=1e-9)
    first = client.get("/api/search?q=herring")
    kept = client.get("/api/search?q=herring", headers={"If-None-Match": first.headers["etag"]})
    with index.writer() as writer:
        writer.add(Article(id="a", title="Herring"))
    second = client.get("/api/search?q=herring", headers={"If-None-Match": first.headers["etag"]})

    assert (kept.status_code, kept.content) == (304, b"")
    assert kept.headers["etag"] == first.headers["etag"]
    assert (second.status_code, second.json()["total"]) == (200, 1)
    assert first.headers["cache-control"] == "private, no-cache"


def test_an_index_made_anew_in_the_same_place_is_shown_and_has_other_answers(tmp_path, client_of):
    def make(article_id: str) -> None:
        with searchlib.create(tmp_path / "i") as index, index.writer() as writer:
            writer.add(Article(id=article_id, title="Herring"))

    make("a")
    client = client_of(tmp_path / "i", refresh_s=1e-9)
    first = client.get("/api/search?q=herring")
    shutil.rmtree(tmp_path / "i")
    make("b")
    second = client.get("/api/search?q=herring", headers={"If-None-Match": first.headers["etag"]})

    assert second.status_code == 200
    assert [hit["id"] for hit in second.json()["hits"]] == ["b"]
    assert client.get("/?q=herring").status_code == 200


def test_nothing_is_searched_for_an_answer_that_is_kept(index_path, client_of, monkeypatch):
    client = client_of()
    tag = client.get("/api/search?q=herring").headers["etag"]
    monkeypatch.setattr(searchlib.Index, "search", None)

    assert client.get("/api/search?q=herring", headers={"If-None-Match": f'"other", {tag}'}).status_code == 304


def test_each_address_has_its_own_tag(client):
    addresses = ["/api/search?q=a", "/api/search?q=b", "/api/facets?q=a", "/api/search?q=a&page=2"]

    assert len({client.get(address).headers["etag"] for address in addresses}) == len(addresses)


@pytest.mark.parametrize(
    ("query", "same_day", "same_minute"), [("today", True, True), ("past+hour", False, True), ("present", False, True)]
)
def test_a_date_that_moves_makes_another_answer(client, monkeypatch, query, same_day, same_minute):
    def tag_at(*moment: int) -> str:
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime(*moment, tzinfo=timezone.utc).astimezone(tz)

        monkeypatch.setattr(answers, "datetime", Clock)
        return client.get(f"/api/search?q=herring&since={query}").headers["etag"]

    tag = tag_at(2023, 9, 11, 10, 30, 5)

    assert (tag == tag_at(2023, 9, 11, 10, 30, 50)) is same_minute
    assert (tag == tag_at(2023, 9, 11, 11, 30)) is same_day
    assert tag != tag_at(2023, 9, 12, 10, 30)


def test_a_problem_is_not_kept(client):
    response = client.get("/api/search?since=never")

    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


def test_a_head_request_has_the_headers_and_no_body(client):
    response = client.head("/api/search?q=herring")

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["etag"] == client.get("/api/search?q=herring").headers["etag"]


def test_a_long_answer_is_compressed(client):
    response = client.get("/api/openapi.json")

    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("address", ["/?q=herring", "/values/section?q=herring", "/api/search?q=herring&partial=1"])
def test_an_answer_that_the_time_cut_short_is_not_kept(client_of, address):
    response = client_of(limits=Limits(search_s=1e-9)).get(address)

    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_a_room_that_was_told_something_else_answers_anew(client_of, tmp_path):
    (tmp_path / "help.html").write_text("Ask the desk.")
    questions = {"fish": Question("fish", "herring")}
    told = [{}, {"title": "Morgue"}, {"questions": questions}, {"limits": Limits(hits=20)}, {"templates": tmp_path}]
    tags = [client_of(**options).get("/questions").headers["etag"] for options in told]

    assert len(set(tags)) == len(told)
    assert client_of(title="Morgue").get("/questions").headers["etag"] == tags[1]
