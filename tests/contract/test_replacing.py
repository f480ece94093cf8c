"""Which version of an article stays in an index, on both codecs."""

from __future__ import annotations

import json

import pytest

import searchlib
from searchlib import Article, SettingError
from searchlib.codec import CODECS

URL = "https://example.com/2024/harbour"
FULL = "The harbour of Port Ellis was closed on Monday after a storm. " + "Boats were tied up along the quay. " * 40
TEASER = "The harbour of Port Ellis was closed on Monday after a storm. Boats …"
OTHER = "Ministers met on Friday to talk about the price of bread and grain. " * 12


@pytest.fixture(params=sorted(CODECS))
def index(request, tmp_path):
    with searchlib.create(tmp_path / "news.index", codec=request.param) as index:
        yield index


def page(tmp_path, name="page.jsonl", **fields):
    record = {"title": "Harbour closed", "url": URL, "text": FULL, "published": "2024-05-01T10:00Z", **fields}
    path = tmp_path / name
    path.write_text(json.dumps(record) + "\n")
    return path


def teaser(tmp_path, name="feed.jsonl", **fields):
    return page(tmp_path, name, text="", summary=TEASER, updated="2024-05-01T12:00Z", **fields)


def load(index, *paths, **options):
    with index.writer() as writer:
        return writer.add_all(searchlib.read(list(paths)), **options)


def bodies(index):
    return [article.body for article in index.articles()]


@pytest.mark.parametrize("commits", [1, 2])
def test_a_teaser_does_not_take_the_place_of_the_full_text(index, tmp_path, commits):
    paths = [page(tmp_path), teaser(tmp_path)]
    loads = [paths] if commits == 1 else [[path] for path in paths]
    reports = [load(index, *each) for each in loads]

    assert bodies(index) == [FULL.strip()]
    assert sum(report.added for report in reports) == 1
    assert (reports[-1].replaced, reports[-1].kept) == (0, 1)


def test_the_full_text_takes_the_place_of_its_teaser(index, tmp_path):
    load(index, teaser(tmp_path))
    report = load(index, page(tmp_path))

    assert bodies(index) == [FULL.strip()]
    assert (report.added, report.replaced, report.kept) == (0, 1, 0)


@pytest.mark.parametrize(
    ("rule", "is_replaced"), [("always", True), ("newer", True), ("richer", False), ("better", False)]
)
def test_the_rule_can_be_named(index, tmp_path, rule, is_replaced):
    load(index, page(tmp_path))
    report = load(index, teaser(tmp_path), replace=rule)

    assert (report.replaced == 1) is is_replaced
    assert (bodies(index) == [""]) is is_replaced


def test_an_article_that_a_program_gives_always_replaces(index):
    with index.writer() as writer:
        assert writer.add(Article(id="7", title="Harbour closed", body=FULL)) is False
        assert writer.add(Article(id="7", title="Harbour closed", body="Withdrawn.")) is True
        report = writer.add_all([Article(id="7", title="Harbour closed")])

    assert (report.replaced, report.kept) == (1, 0)
    assert bodies(index) == [""]


def test_a_rule_that_there_is_not_is_refused(index):
    with index.writer() as writer, pytest.raises(SettingError, match="always, newer, richer, better"):
        writer.add(Article(title="Harbour closed"), replace="never")


def test_a_changed_file_replaces_what_came_from_it_however_short_it_is(index, tmp_path):
    load(index, page(tmp_path))
    report = load(index, page(tmp_path, text="This report was withdrawn by the editors."))

    assert (report.replaced, report.kept) == (1, 0)
    assert bodies(index) == ["This report was withdrawn by the editors."]


@pytest.mark.parametrize("commits", [1, 2])
def test_articles_that_share_an_address_and_nothing_else_are_kept_both(index, tmp_path, commits):
    one = page(tmp_path, "one.jsonl")
    other = page(tmp_path, "two.jsonl", title="Bread dearer", text=OTHER, published="2024-05-03")
    loads = [[one, other]] if commits == 1 else [[one], [other]]
    reports = [load(index, *each) for each in loads]

    assert sorted(article.title for article in index.articles()) == ["Bread dearer", "Harbour closed"]
    assert {article.url for article in index.articles()} == {URL}
    (note,) = reports[-1].notes
    assert (note.field, note.value, note.record) == ("url", URL, 1)
    # Read again, it is the same article again.
    again = load(index, other)
    assert (again.added, again.replaced, len(bodies(index))) == (0, 1, 2)


def test_what_stays_because_it_is_richer_is_read_again_when_its_file_goes(index, tmp_path):
    whole, feed = page(tmp_path), teaser(tmp_path)
    load(index, whole, feed)
    whole.unlink()
    with index.writer() as writer:
        assert writer.prune(tmp_path) == 1

    assert not index.is_unchanged(feed, feed.stat())


@pytest.mark.parametrize("rule", ["newer", "richer", "better"])
def test_what_a_file_gives_again_and_is_not_taken_stays(index, tmp_path, rule):
    load(index, page(tmp_path))
    report = load(index, page(tmp_path, text=FULL[:-100]), replace=rule)

    assert (report.replaced + report.kept, report.deleted) == (1, 0)
    assert len(bodies(index)) == 1


@pytest.mark.parametrize("commits", [1, 2])
def test_of_one_file_too_the_full_text_stays(index, tmp_path, commits):
    lines = [page(tmp_path).read_text(), teaser(tmp_path).read_text()]
    path = tmp_path / "both.jsonl"
    path.write_text("".join(lines))
    report = load(index, path)

    assert (report.added, report.replaced, report.kept) == (1, 0, 1)
    assert bodies(index) == [FULL.strip()]
    # The file is read again, the other way round and without the full text.
    path.write_text("".join(reversed(lines)))
    assert load(index, path).deleted == 0
    assert bodies(index) == [FULL.strip()]
    path.write_text(lines[1])
    load(index, path)
    assert bodies(index) == [""]


def test_of_one_file_too_articles_that_share_an_address_and_nothing_else_are_kept_both(index, tmp_path):
    lines = [
        page(tmp_path).read_text(),
        page(tmp_path, title="Bread dearer", text=OTHER, published="2024-05-03").read_text(),
    ]
    path = tmp_path / "both.jsonl"
    path.write_text("".join(lines))
    reports = [load(index, path), load(index, path)]

    assert sorted(article.title for article in index.articles()) == ["Bread dearer", "Harbour closed"]
    assert [(report.added, report.replaced, report.deleted) for report in reports] == [(2, 0, 0), (0, 2, 0)]
    assert [note.field for note in reports[0].notes] == ["url"]


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Singapore"])
def test_a_date_without_a_zone_is_compared_in_the_zone_of_the_index(tmp_path, zone):
    with searchlib.create(tmp_path / "zoned.index", timezone=zone) as index:
        load(index, page(tmp_path, published="2024-05-01T10:00"))
        same = load(index, page(tmp_path, "same.jsonl", published="2024-05-01T10:00"), replace="newer")
        later = load(index, page(tmp_path, "later.jsonl", published="2024-05-01T10:30"), replace="newer")

    assert [(report.replaced, report.kept) for report in (same, later)] == [(0, 1), (1, 0)]


def _as_of_version_0_1(index, tmp_path, article):
    """Put an article in the index as version 0.1 did."""
    with index.writer() as writer:
        writer.add(Article(**{**article.as_dict(), "id": article.earlier_id}))
    manifest = max((tmp_path / "news.index").glob("manifest-*.json"))
    content = json.loads(manifest.read_text())
    del content["settings"]["addresses"], content["crc32"]
    from searchlib.index.manifest import _checksum

    manifest.write_text(json.dumps({**content, "crc32": _checksum(content)}))


def test_an_index_of_version_0_1_replaces_by_the_ids_it_has(index, tmp_path):
    article = Article(url=URL, title="Harbour closed", body=FULL)
    _as_of_version_0_1(index, tmp_path, article)
    with searchlib.open(tmp_path / "news.index") as older:
        with older.writer() as writer:
            assert writer.add(article) is True
        assert [each.id for each in older.articles()] == [article.id]


@pytest.mark.parametrize("file", ["feed.jsonl", "page.jsonl"])
def test_nor_does_a_teaser_take_the_place_of_a_full_text_of_version_0_1(index, tmp_path, file):
    path = page(tmp_path)
    (article,) = searchlib.read(path)
    _as_of_version_0_1(index, tmp_path, article)
    rule = "better" if file == "feed.jsonl" else "richer"
    with searchlib.open(tmp_path / "news.index") as older:
        report = load(older, teaser(tmp_path, file), replace=rule)

        assert (report.added, report.replaced, report.kept, report.deleted) == (0, 0, 1, 0)
        assert bodies(older) == [FULL.strip()]
