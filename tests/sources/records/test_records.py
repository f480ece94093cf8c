"""Records from the wild: their names, their values, and what becomes of the rest."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import Article, ArticleOrigin
from searchlib.errors import SourceError
from searchlib.sources import read
from searchlib.sources.base import Context
from searchlib.sources.records.records import article_from_record


def convert(record: dict[str, Any], **options: Any) -> Article:
    result = article_from_record(record, Context("in", **options), 1)
    if isinstance(result, SourceError):
        raise result
    return result


def reason(record: dict[str, Any], **options: Any) -> str:
    with pytest.raises(SourceError) as error:
        convert(record, **options)
    return error.value.reason


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("headline", "title"), ("Title", "title"), ("name", "title"), ("webTitle", "title"), ("dc:title", "title"),
        ("content", "body"), ("articleBody", "body"), ("full_text", "body"), ("TEXT", "body"), ("story", "body"),
        ("abstract", "summary"), ("description", "summary"), ("lead", "summary"), ("trailText", "summary"),
        ("section_name", "section"), ("articleSection", "section"), ("Category", "section"),
        ("source", "publisher"), ("newspaper", "publisher"), ("og:site_name", "publisher"),
        ("location", "place"), ("dateline", "place"), ("News Agency", "agency"),
        ("guid", "id"), ("_id", "id"), ("@id", "id"), ("article-id", "id"),
    ],
)  # fmt: skip
def test_names_are_recognised_whatever_their_case_and_punctuation(name: str, field: str):
    article = convert({"title" if field != "title" else "body": "Fair", name: "Oslo"})

    assert getattr(article, field) == "Oslo"
    assert article.extra == {}


@pytest.mark.parametrize("name", ["pub_date", "datePublished", "published-at", "Date", "created_at", "dc:date"])
def test_names_of_the_date_are_recognised(name: str):
    assert convert({"title": "Fair", name: "2023-09"}).as_dict()["published"] == "2023-09"


@pytest.mark.parametrize("name", ["link", "web_url", "canonicalUrl", "mainEntityOfPage", "Permalink"])
@pytest.mark.parametrize(
    "shape", [lambda url: url, lambda url: [url], lambda url: {"@id": url}, lambda url: [{"href": url}]]
)
def test_addresses_are_found_in_their_shapes(name: str, shape: Any):
    assert convert({"title": "Fair", name: shape("https://news.example/1")}).url == "https://news.example/1"


def test_of_several_names_the_more_trusted_counts_and_the_others_are_kept():
    article = convert(
        {"name": "n", "headline": "h", "text": "t", "content": "c", "pubDate": "2020-01-01", "date": "bad"}
    )

    assert (article.title, article.body) == ("h", "c")
    assert article.extra == {"name": "n", "text": "t", "date": "bad"}


def test_a_name_whose_value_is_of_no_use_gives_way_to_the_next():
    article = convert({"headline": None, "title": " ", "name": "n", "author": [], "byline": "By Ana Ruiz"})

    assert (article.title, article.authors, article.extra) == ("n", ("Ana Ruiz",), {})


def test_what_says_the_same_twice_is_not_kept_twice():
    assert convert({"headline": "a", "title": "a", "name": "b"}).extra == {"name": "b"}


def test_unknown_names_go_to_extra():
    assert convert({"title": "a", "score": 3, "flags": {"x": [1, None]}}).extra == {
        "score": 3,
        "flags": {"x": [1, None]},
    }


def test_an_extra_that_the_record_has_already_is_joined():
    assert convert({"headline": "a", "extra": {"x": 1}, "y": 2}).extra == {"x": 1, "y": 2}


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("Ana Ruiz", ["Ana Ruiz"]),
        ("By Ana Ruiz and Tom Bell", ["Ana Ruiz", "Tom Bell"]),
        ("BY ANA RUIZ, TOM BELL & MIA WONG", ["Ana Ruiz", "Tom Bell", "Mia Wong"]),
        ("Von Ana Ruiz und Tom Bell", ["Ana Ruiz", "Tom Bell"]),
        ("Von Trapp", ["Von Trapp"]),
        ("Byron Anders", ["Byron Anders"]),
        ("Ana Ruiz, Staff Writer", ["Ana Ruiz"]),
        ("Ana Ruiz; Tom Bell", ["Ana Ruiz", "Tom Bell"]),
        ("Ruiz, Ana", ["Ana Ruiz"]),
        ("Martin Bell, Jr.", ["Martin Bell, Jr."]),
        ("['Ana Ruiz', \"Tom O'Bell\"]", ["Ana Ruiz", "Tom O'Bell"]),
        (["Ana Ruiz", "By Tom Bell"], ["Ana Ruiz", "Tom Bell"]),
        (["Smith and Sons"], ["Smith and Sons"]),
        ({"@type": "Person", "name": "Ana Ruiz"}, ["Ana Ruiz"]),
        ([{"name": "Ana Ruiz"}, {"firstname": "Tom", "lastname": "Bell"}], ["Ana Ruiz", "Tom Bell"]),
        ({"original": "By Ana Ruiz and Tom Bell", "person": [{"firstname": "Ana"}]}, ["Ana Ruiz", "Tom Bell"]),
        ({"original": None, "person": [{"firstname": "Ana", "lastname": "Ruiz"}]}, ["Ana Ruiz"]),
    ],
)
def test_authors_are_found_in_their_shapes(value: Any, authors: list[str]):
    assert list(convert({"title": "a", "byline": value}).authors) == authors


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        ("ferries, fog; ports", ["ferries", "fog", "ports"]),
        (["ferries", "fog, dense"], ["ferries", "fog, dense"]),
        ([{"name": "subject", "value": "Ferries"}, {"name": "Fog"}, {"term": "Ports"}], ["Ferries", "Fog", "Ports"]),
        ('["ferries", "fog"]', ["ferries", "fog"]),
        ([7, "fog", None, {}], ["7", "fog"]),
    ],
)
def test_tags_are_found_in_their_shapes(value: Any, tags: list[str]):
    assert list(convert({"title": "a", "keywords": value}).tags) == tags


def test_tags_under_several_names_are_joined():
    assert convert({"title": "a", "tags": ["x"], "topics": ["y"], "keywords": "z, x"}).tags == ("x", "z", "y")


def test_a_value_richer_than_its_field_is_kept_as_well():
    author = {"name": "Ana Ruiz", "url": "https://news.example/ana"}

    assert convert({"title": "a", "author": author}).extra == {"author": author}
    assert convert({"title": "a", "author": {"name": "Ana Ruiz"}}).extra == {}


@pytest.mark.parametrize(
    ("value", "identifier"),
    [
        (7, "7"),
        (7.0, "7"),
        ("seven", "seven"),
        ({"$oid": "5f2a"}, "5f2a"),
        ({"#text": "tag:x,1", "isPermaLink": "false"}, "tag:x,1"),
    ],
)
def test_identifiers_are_found_in_their_shapes(value: Any, identifier: str):
    assert convert({"title": "a", "_id": value}).id == identifier


@pytest.mark.parametrize("value", [True, None, "", [], {}])
def test_what_is_no_identifier_gives_way_to_a_derived_one(value: Any):
    assert convert({"title": "a", "id": value}).id == Article(title="a").id


@pytest.mark.parametrize(
    "value",
    [1694397600, 1694397600000, 1694397600000000, "1694397600", "1694397600.0", 1694397600.0, {"$date": 1694397600000},
     {"$date": {"$numberLong": "1694397600000"}}, {"@value": "2023-09-11T02:00:00Z"}, ["2023-09-11T11:00:00+09:00"],
     datetime(2023, 9, 11, 11, tzinfo=timezone(timedelta(hours=9)))],
)  # fmt: skip
def test_moments_are_found_in_their_shapes(value: Any):
    assert convert({"title": "a", "date": value}).published == datetime(2023, 9, 11, 2, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("value", "published"),
    [(2023, "2023"), (20230911, "2023-09-11"), ("20230911", "2023-09-11"), (date(2023, 9, 11), "2023-09-11"),
     (202309110200, "2023-09-11T02:00"), (946684800000, "2000-01-01T00:00:00+00:00")],
)  # fmt: skip
def test_numbers_that_are_dates_are_read_as_such(value: Any, published: str):
    assert convert({"title": "a", "date": value}).as_dict()["published"] == published


@pytest.mark.parametrize("value", [True, 0, {"year": 2023}])
def test_what_is_not_meant_as_a_date_is_kept_in_extra(value: Any):
    article = convert({"title": "a", "published": value})

    assert (article.published, article.extra) == (None, {"published": value})


@pytest.mark.parametrize("value", ["2023-02-30", "yesterday-ish", 5, 1e30, float("inf")])
def test_where_dates_are_strict_an_impossible_one_is_a_reject_that_names_field_and_value(value: Any):
    text = reason({"title": "a", "pub_date": value}, strict_dates=True)

    assert text.startswith("pub_date (published): ")
    assert (repr(value) if isinstance(value, str) else f"{value:g}") in text


@pytest.mark.parametrize(
    ("dateline", "place", "agency"),
    [
        ("SALVADOR, Feb 26", "SALVADOR", ""),
        ("SUNBURY, Pa., Oct 19", "SUNBURY, Pa.", ""),
        ("PARIS,March 16", "PARIS", ""),
        ("KANSAS CITY, Mo. - March 13", "KANSAS CITY, Mo.", ""),
        ("OSLO, 3 May 2020", "OSLO", ""),
        ("OSLO (AP) —", "OSLO", "AP"),
        ("Stratford-upon-Avon, Sept. 3 (Reuters) -", "Stratford-upon-Avon", "Reuters"),
        ("RPT --LUDWIGSHAFEN, West Germany, March 30", "LUDWIGSHAFEN, West Germany", ""),
        ("RIO DE JANEIRO, Brazil", "RIO DE JANEIRO, Brazil", ""),
    ],
)
def test_a_dateline_gives_the_place(dateline: str, place: str, agency: str):
    article = convert({"title": "a", "dateline": dateline})

    assert (article.place, article.agency, article.extra) == (place, agency, {})


@pytest.mark.parametrize("dateline", ["APRIL", "h 6.12 - 5.87", "Wheat bids were steady in all markets", "x" * 5000])
def test_what_is_no_dateline_gives_no_place_and_is_kept(dateline: str):
    article = convert({"title": "a", "dateline": dateline})

    assert (article.place, article.extra) == ("", {"dateline": dateline})


def test_a_dateline_that_runs_on_into_the_text_is_kept_too():
    article = convert({"title": "a", "dateline": "OSLO, Oct 20 - Eight months to August 31"})

    assert (article.place, list(article.extra)) == ("OSLO", ["dateline"])


def test_markup_in_texts_becomes_plain_text():
    article = convert(
        {"title": {"rendered": "Fair &#8217;n&#8217; square"}, "content": "<p>Rain <b>and</b> shine.</p><p>Fog.</p>"}
    )

    assert article.title == "Fair ’n’ square"
    assert article.body == "Rain and shine.\n\nFog."


def test_what_only_looks_like_markup_stays():
    body = "Standard <SRD> fell; 3 < 4\nand a < b."

    assert convert({"headline": "a", "body": body}).body == body


def test_a_list_of_paragraphs_is_a_body():
    assert convert({"title": "a", "body": ["One.", {"type": "p", "text": "Two."}, None]}).body == "One.\n\nTwo."


def test_a_language_that_is_no_code_is_kept_in_extra():
    assert convert({"title": "a", "lang": "pt_BR"}).language == "pt-br"
    assert (
        convert({"title": "a", "inLanguage": {"@type": "Language", "name": "English", "alternateName": "en"}}).language
        == "en"
    )
    assert convert({"title": "a", "lang": "Brazilian Portuguese"}).extra == {"lang": "Brazilian Portuguese"}


def test_an_address_is_no_publisher():
    article = convert({"title": "a", "source": "https://news.example/feed"})

    assert (article.publisher, article.extra) == ("", {"source": "https://news.example/feed"})
    assert convert({"title": "a", "source": {"id": None, "name": "The Gazette"}}).publisher == "The Gazette"


def test_a_mapping_by_hand_comes_before_recognition():
    article = convert(
        {"overskrift": "o", "title": "t", "Brød Tekst": "b"}, mapping={"Overskrift": "title", "brød-tekst": "body"}
    )

    assert (article.title, article.body, article.extra) == ("o", "b", {"title": "t"})


def test_a_known_name_can_be_mapped_to_another_field():
    assert convert({"title": "t", "source": "dpa"}, mapping={"source": "agency"}).agency == "dpa"


def test_a_record_without_text_is_a_reject_that_lists_its_names():
    text = reason({f"field {number}": "x" for number in range(20)})

    assert "field 0, field 1" in text
    assert "and 12 more" in text
    assert "--map NAME=body" in text


def test_a_record_whose_text_is_empty_says_where_it_looked():
    assert reason({"headline": "", "text": None, "id": 7}) == "there is no text: nothing stands under headline, text"
    assert reason({}) == "there is no text: the record is empty"


def test_values_of_databases_and_data_frames_are_taken():
    nan = float("nan")
    article = convert(
        {"title": "a", "body": nan, "date": nan, "price": Decimal("1.5"), "seen": date(2020, 5, 1), "x": [nan, 1]}
    )

    assert (article.body, article.published) == ("", None)
    assert article.extra == {"price": "1.5", "seen": "2020-05-01", "x": [None, 1]}


def test_half_a_surrogate_pair_is_a_reject_that_names_the_field():
    assert reason({"headline": "a\ud83d"}).startswith("title: it holds half a surrogate pair")


def test_nesting_without_end_is_a_reject():
    value: Any = 1
    for _ in range(100_000):
        value = [value]

    assert reason({"headline": "a", "deep": value}).startswith("extra: it cannot be written as JSON")


def test_an_article_of_ours_is_taken_as_it_is():
    article = Article(
        id="x", title="A &amp; B", body="<p>a</p>", authors=["Doe and Roe"], tags=["a; b"], place="OSLO, May 3"
    )

    assert convert(article.as_dict()) == article


def test_an_article_of_ours_may_have_any_order_of_day_and_month():
    assert convert({"id": "x", "title": "a", "published": "05/06/2023"}, date_order="dmy").published.month == 6


def test_an_impossible_date_is_noted_by_the_name_that_the_record_has_for_it():
    context = Context("in")
    article = article_from_record({"title": "a", "pub_date": "2023-02-30"}, context, 7)

    assert isinstance(article, Article)
    assert article.published is None
    assert [(note.record, note.field, note.value) for note in context.notes] == [
        (7, "pub_date (published)", "2023-02-30")
    ]


def test_of_several_dates_the_first_that_can_be_read_counts_and_the_others_are_noted_and_kept():
    context = Context("in")
    article = article_from_record({"title": "a", "pub_date": "11-12 May 2023", "date": "2023-05-11"}, context, 1)

    assert isinstance(article, Article)
    assert article.as_dict()["published"] == "2023-05-11"
    assert article.extra == {"pub_date": "11-12 May 2023"}
    assert [note.field for note in context.notes] == ["pub_date (published)"]


@pytest.mark.parametrize("value", ["NULL", "NaN", "N/A", "None", "NaT", "-", "\\N", ["None"]])
def test_what_programs_print_for_no_value_is_no_author_no_section_and_no_place(value: Any):
    article = convert({"title": "a", "author": value, "section": value, "date": value, "publisher": value})

    assert (article.authors, article.published) == ((), None)
    if isinstance(value, str):
        assert (article.section, article.publisher, article.extra) == ("", "", {})


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (["2023-09-11"], "2023-09-11"),
        ("['2023-09-11']", "2023-09-11"),
        ([{"$date": "2023-09-11T02:00:00Z"}], "2023-09-11T02:00:00+00:00"),
        ("/Date(1694397600000)/", "2023-09-11T02:00:00+00:00"),
        ("11 septembre 2023", "2023-09-11"),
    ],
)
def test_a_date_may_be_inside_something(value: Any, published: str):
    assert convert({"title": "a", "date": value}).as_dict()["published"] == published


def test_an_article_comes_back_from_its_fields_with_the_publishers_clock():
    article = Article(id="x", title="a", published="2020-05-01T23:30-05:00", updated="2020-05-02T01:00:00+02:00")

    assert convert(article.as_dict()) == article


names_of_all_fields = st.sampled_from(["title", "headline", "text", "date", "pubDate", "updated", "author", "byline", "tags", "section", "source", "id", "_id", "url", "dateline", "place", "lang", "extra", "unknown", "agency"])  # fmt: skip
values_of_any_kind = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.datetimes(), st.just(10**4000)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["name", "$date", "@id", "value", "x"]), inner, max_size=3),
    ),
    max_leaves=8,
)


@given(record=st.dictionaries(names_of_all_fields, values_of_any_kind, max_size=6))
def test_any_record_is_an_article_or_a_reject(record: dict[str, Any]):
    assert isinstance(article_from_record(record, Context("in"), 1), (Article, SourceError))


@pytest.mark.parametrize("name", ["id", "title", "tags", "unknown"])
def test_a_number_too_long_to_be_printed_is_a_reject(name: str):
    assert reason({"headline": "a", name: 10**5000})


def test_a_number_too_long_to_be_printed_is_no_date():
    assert convert({"headline": "a", "date": 10**5000}).published is None


@pytest.mark.parametrize(
    "byline", ["Ana" + " " * 300_000 + "Ruiz", "Ana, " * 100_000, "&#" + "1" * 5000 + "; &amp; Ana Ruiz"]
)
def test_long_values_take_no_longer_than_their_length(byline: str):
    assert convert({"headline": byline, "byline": byline}).authors


def test_a_mapping_of_other_names_leaves_an_article_of_ours_as_it_is():
    article = Article(id="x", title="a", body="<p>b</p>")

    assert convert(article.as_dict(), mapping={"tekst": "body"}) == article
    assert (
        convert(
            article.as_dict(),
            mapping={"Title": "section"},
        ).section
        == "a"
    )


def test_the_origin_of_an_exported_article_counts_where_it_comes_through_a_pipe(tmp_path):
    article = Article(id="1", title="Talk", origin=ArticleOrigin("/old/a.zip", "m.html", 3))
    exported = tmp_path / "export.jsonl"
    exported.write_text(json.dumps(article.as_dict()) + "\n")

    (piped,) = read(io.BytesIO(exported.read_bytes()))
    (handed_over,) = read([article.as_dict()])
    (from_file,) = read(exported)

    assert piped.origin == handed_over.origin == article.origin
    assert from_file.origin == ArticleOrigin(str(exported), record=1)
    assert piped == handed_over == from_file == article
    assert from_file.extra == {}


@pytest.mark.parametrize(
    "origin", ["AFP", {"file": ""}, {"file": "/a", "colour": "red"}, {"file": "/a", "record": 0}, ["/a"]]
)
def test_an_origin_that_is_not_ours_is_nothing_special(origin):
    (article,) = read([{"id": "1", "title": "Talk", "origin": origin}])

    assert article.origin is None
    assert article.extra == {"origin": origin}


@pytest.mark.parametrize(
    "value",
    [
        '{"name": "Jane Doe"}',
        '[{"name": "Jane Doe", "url": null}]',
        "[{'name': 'Jane Doe', 'url': None}]",
        ' { "first_name": "Jane", "last_name": "Doe" } ',
    ],
)
def test_authors_that_a_table_has_as_json_or_as_python_prints_them_are_read_by_their_names(value: str):
    assert convert({"title": "a", "author": value}).authors == ("Jane Doe",)


def test_tags_that_a_table_has_as_python_prints_them_are_read_by_their_names():
    assert convert({"title": "a", "tags": "[{'id': 18, 'name': 'Ferries'}, {'id': 9, 'name': 'Ports'}]"}).tags == (
        "Ferries",
        "Ports",
    )


@pytest.mark.parametrize("value", ["{'name': ", "[{'a'" + "[" * 5_000, "{'a': __import__('os')}", '{"name": 5'])
def test_what_only_looks_like_a_printed_list_does_not_raise(value: str):
    assert convert({"title": "a", "author": value, "tags": value}).title == "a"


@pytest.mark.parametrize("value", ["NULL", "NaN", "nan", "N/A", "None", "\\N"])
def test_what_programs_print_for_no_value_is_no_text_but_may_be_a_headline(value: str):
    article = convert({"title": value, "body": value, "summary": value})

    assert (article.title, article.body, article.summary) == (value, "", "")
