"""Which languages a query is about."""

from __future__ import annotations

import pytest
from query.reading import tree_of

from searchlib.query import languages_asked


@pytest.mark.parametrize(
    ("query", "languages"),
    [
        ("gift", None),
        ("lang:de gift", {"de"}),
        ("lang:german (gift OR fluss)", {"de"}),
        ("lang:de-at gift", {"de"}),
        ("lang:(de OR fr) gift", {"de", "fr"}),
        ("lang:(de OR fr) lang:fr", {"fr"}),
        ("(lang:de gift) putin", {"de"}),
        ("lang:de^2 gift", {"de"}),
        ("-lang:de gift", None),
        ("lang:de OR gift", None),
        ("lang:klingon gift", None),
        ("title:de gift", None),
    ],
)
def test_a_query_is_about_the_languages_that_every_article_it_finds_is_in(query, languages):
    assert languages_asked(tree_of(query)) == languages
