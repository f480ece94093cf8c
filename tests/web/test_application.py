"""The application as a whole: what it answers, wherever it is mounted."""

from __future__ import annotations


def test_a_search_is_answered_as_the_library_answers_it(client):
    page = client.get("/api/search", params={"q": "herring", "section": "Business"}).json()

    assert [hit["id"] for hit in page["hits"]] == ["herring"]
    assert page["total"] == 1
