import pytest

from searchlib import Article, ArticleError, ArticleOrigin


@pytest.mark.parametrize(
    ("origin", "printed", "as_dict"),
    [
        (ArticleOrigin("/a/b.html"), "/a/b.html", {"file": "/a/b.html"}),
        (ArticleOrigin("/a/b.jsonl", record=3), "/a/b.jsonl, record 3", {"file": "/a/b.jsonl", "record": 3}),
        (
            ArticleOrigin("/a/b.zip", "c/d.csv", 2),
            "/a/b.zip!c/d.csv, record 2",
            {"file": "/a/b.zip", "member": "c/d.csv", "record": 2},
        ),
    ],
)
def test_an_origin_prints_itself_and_is_read_back(origin, printed, as_dict):
    assert str(origin) == printed
    assert origin.as_dict() == as_dict
    assert ArticleOrigin.read(as_dict) == origin
    assert ArticleOrigin.read(origin) is origin


def test_an_article_has_an_origin_which_is_no_part_of_what_it_is():
    article = Article(title="Quiet seas", origin=ArticleOrigin("/a/b.html"))

    assert Article(**article.as_dict()).origin == article.origin
    assert article == Article(title="Quiet seas")
    assert article.id == Article(title="Quiet seas").id


@pytest.mark.parametrize(
    "value", ["/a/b", 3, {}, {"file": 1}, {"file": ""}, {"file": "/a", "record": 0}, {"file": "/a", "record": True}]
)
def test_what_is_no_origin_is_refused(value):
    with pytest.raises(ArticleError, match="origin"):
        Article(title="Quiet seas", origin=value)
