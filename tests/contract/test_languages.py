"""Articles in many languages in one index, on every codec."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from searchlib.article import Article

ARTICLES = [
    Article(
        id="en", language="en-GB", title="A gift for the minister", body="The minister was given gifts by old friends."
    ),
    Article(
        id="de",
        language="de",
        title="Gift im Fluss",
        body="Das Gift im Fluss bedroht die Gärten und Häuser am Ufer, sagte der Minister. 10.000 Fische starben.",
    ),
    Article(
        id="fr",
        language="fr-CA",
        title="L’homme au chapeau",
        body="Les hommes politiques ont parlé des élections et des maisons du ministre.",
    ),
    Article(
        id="ru", language="ru", title="Путин и выборы", body="Президент говорил о выборах и о газете Financial Times."
    ),
    Article(id="cs", language="cs", title="Volby", body="Prezident mluvil o volbách v České republice."),
    Article(id="zh", language="zh-Hans-CN", title="北京大学", body="北京大学的学生今天参加了选举。"),
    Article(id="tr", language="tr", title="İstanbul'da seçim", body="İstanbul'da seçimler yapıldı."),
    Article(id="nb", language="nb", title="Valget", body="Avisene skrev om valget i Norge."),
    Article(id="bg", language="bg", title="Избори", body="Президентът говори за изборите."),
]


@pytest.fixture
def index(make_index):
    return make_index(*ARTICLES, language="auto")


PAGE = (Path(__file__).resolve().parents[2] / "docs" / "analysis.md").read_text(encoding="utf-8")
CODES = {"English": "en", "German": "de", "French": "fr", "any language": "it"}
_ROWS = re.findall(r"^\| (English|German|French|any language) \| `(.+?)` \| (.+?) \|(.*)\|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("language", "text", "found_by", "not_by"), _ROWS)
def test_the_page_on_analysis_says_what_finds_what_in_many_languages(make_index, language, text, found_by, not_by):
    index = make_index(Article(id="1", language=CODES[language], body=text), *ARTICLES[3:5], language="auto")

    assert all(_found(index, query) == ["1"] for query in re.findall("`(.+?)`", found_by))
    assert all(_found(index, query) == [] for query in re.findall("`(.+?)`", not_by))


def test_the_page_on_analysis_has_such_rows():
    assert len(_ROWS) == 4


def _found(index, query: str) -> list[str]:
    return sorted(hit.article.id for hit in index.search(query, limit=50))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("gift", ["de", "en"]),
        ("gifts", ["de", "en"]),
        ("given", ["en"]),
        ("hommes", ["fr"]),
        ("homme", ["fr"]),
        ("élections", ["fr"]),
        ("maison", ["fr"]),
        ("haus", ["de"]),
        ("häuser", ["de"]),
        ("hauser", ["de"]),
        ("Минister", []),
        ("выборы", ["ru"]),
        ("избори", ["bg"]),
        ("volbách", ["cs"]),
        ("volba", []),
        ("北京", ["zh"]),
        ("istanbul", ["tr"]),
        ("seçim", ["tr"]),
        ("avisen", ["nb"]),
        ("financial times", ["ru"]),
        ("10000", ["de"]),
        ("10,000", ["de"]),
        ('"minister was given"', ["en"]),
        ('"gift im fluss"', ["de"]),
        ("gift NEAR/2 fluss", ["de"]),
        ("(gift OR hommes) NEAR/5 (minister OR politiques)", ["en", "fr"]),
        ("title:gift", ["de", "en"]),
        ("gift -fluss", ["en"]),
    ],
)
def test_a_word_is_found_in_whatever_language_its_form_is_one_of(index, query, ids):
    assert _found(index, query) == ids


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("lang:de gift", ["de"]),
        ("gift lang:german", ["de"]),
        ("(lang:de) AND (gift OR homme)", ["de"]),
        ("lang:(de OR fr) minister", ["de"]),
        ("lang:fr", ["fr"]),
        ("lang:fr-ca", ["fr"]),
        ("lang:fr-fr", []),
        ("lang:ca", []),
        ("lang:zh", ["zh"]),
        ("lang:zh-cn", ["zh"]),
        ("lang:no", ["nb"]),
        ("lang:nb", ["nb"]),
        ("lang:rus", ["ru"]),
        ("minister -lang:en", ["de"]),
        ("lang:klingon", []),
    ],
)
def test_a_language_restricts_and_the_words_beside_it_are_its_words(index, query, ids):
    assert _found(index, query) == ids


def test_a_word_beside_a_language_is_analysed_in_it_alone(make_index):
    index = make_index(
        Article(id="en", language="en", body="It cost 10,000 dollars."),
        Article(id="en2", language="en", body="It was 10.000 degrees."),
        Article(id="de", language="de", body="Es kostete 10.000 Euro."),
        language="auto",
    )

    assert _found(index, "10.000") == ["de", "en", "en2"]
    assert _found(index, "10.000 lang:en") == ["en2"]
    assert _found(index, "10.000 lang:de") == ["de"]


def test_a_rare_language_does_not_outrank_the_others(make_index):
    index = make_index(
        *[Article(id=f"en{number}", language="en", body=f"Putin came {number}") for number in range(9)],
        Article(id="de", language="de", body="Putin kam 1"),
        language="auto",
    )

    scores = {hit.article.id: hit.score for hit in index.search("putin", limit=20)}

    assert len(scores) == 10
    assert max(scores.values()) == pytest.approx(min(scores.values()))


def test_a_word_that_several_languages_share_counts_once(make_index):
    articles = [
        Article(id="one", language="en", body="summit at Singapore"),
        Article(id="two", language="de", body="Gipfel um Singapore"),
        Article(id="three", language="fr", body="Kim à Paris"),
    ]
    many = make_index(*articles, language="auto", name="many")
    one = make_index(*articles, language="none", name="one")

    for query in (
        "singapore",
        "kim OR singapore",
        '"at singapore" OR paris',
        "singapore NEAR/3 gipfel",
        "(kim)^3 paris",
    ):
        expected = {hit.article.id: hit.score for hit in one.search(query)}
        assert {hit.article.id: hit.score for hit in many.search(query)} == pytest.approx(expected)


def test_marks_stand_in_the_words_of_each_language(index):
    marked = {hit.article.id: hit.snippet.html for hit in index.search("gifts OR hommes OR выборы OR avisen", limit=20)}

    assert "<mark>gifts</mark>" in marked["en"]
    assert "<mark>Gift</mark> im Fluss" in marked["de"]
    assert "<mark>hommes</mark>" in marked["fr"]
    assert "<mark>выборах</mark>" in marked["ru"]
    assert "<mark>Avisene</mark>" in marked["nb"]


def test_facets_count_languages_with_their_regions_under_them(make_index):
    codes = ["fr", "fr-CA", "fr_ca", "fr-FR", "FRA", "en", ""]
    for name, language in (("auto", "auto"), ("plain", "en")):
        index = make_index(
            *[Article(id=str(number), language=code, body="1 2") for number, code in enumerate(codes)],
            name=name,
            language=language,
        )

        facet = index.search("*", facets=["language"]).facets["language"]

        assert [(each.value, each.count) for each in facet] == [("fr", 5), ("en", 1)]
        assert [(each.value, each.count) for each in facet.values[0].parts] == [("fr-ca", 2), ("fr-fr", 1)]
        assert facet.missing == 1
        assert index.search("lang:fr").total == 5
        assert index.search("lang:fr-ca").total == 2
        assert index.search("lang:ca").total == 0


def test_statistics_list_languages_given_and_detected(make_index):
    pytest.importorskip("eldc", reason="pip install 'searchlib[languages]'")
    german = "Der Minister sagte, das neue Gesetz werde nächste Woche im Parlament beraten."
    index = make_index(
        Article(id="1", body=german),
        Article(id="2", language="de-AT", body=german),
        Article(id="3", body="12 34"),
        language="auto",
    )

    stats = index.stats()

    assert [(each.code, each.articles, each.detected) for each in stats.languages] == [("de", 2, 1), ("", 1, 0)]
    assert (stats.language, stats.fallback_language) == ("auto", "en")
    assert index.get("1").language == "de"
    assert index.get("3").language == ""
    assert _found(index, "lang:und") == ["3"]
    assert _found(index, "Gesetze") == ["1", "2"]


def test_the_report_of_a_load_says_what_was_detected(make_index):
    pytest.importorskip("eldc", reason="pip install 'searchlib[languages]'")
    index = make_index(language="auto", fallback_language="fr")
    with index.writer() as writer:
        report = writer.add_all(
            [
                Article(id="1", body="The minister said that the new law would be discussed by parliament."),
                Article(id="2", body="Der Minister sagte, das neue Gesetz werde im Parlament beraten."),
                Article(id="3", body="Das Gesetz ist wichtig, sagte die Ministerin am Montag in Berlin."),
                Article(id="4", body="XQ"),
                Article(id="5", body="XQ", language="es"),
            ]
        )

    assert report.languages.detected == {"de": 2, "en": 1}
    assert str(report.languages) == "language detected: de 2, en 1; unsure 1 → fr"


def test_without_the_library_nothing_is_detected_and_that_is_said(make_index, monkeypatch):
    monkeypatch.setitem(sys.modules, "eldc", None)
    index = make_index(language="auto", fallback_language="de")
    with index.writer() as writer:
        report = writer.add_all(
            [Article(id="1", body="Das Gift der Gesetze"), Article(id="2", language="en", body="a")]
        )

    assert report.languages.is_missing_extra
    assert "searchlib[languages]" in str(report.languages)
    assert _found(index, "gesetz") == ["1"]


def test_articles_added_one_by_one_warn_of_the_missing_library_once(make_index, monkeypatch):
    monkeypatch.setitem(sys.modules, "eldc", None)
    index = make_index(language="auto")
    writer = index.writer()
    writer.add(Article(id="1", body="Das Gift"))
    writer.add(Article(id="2", body="Das Gift"))

    with pytest.warns(UserWarning, match=r"2 that name none.*searchlib\[languages\]") as warned:
        writer.commit()

    assert len(warned) == 1


def test_an_index_of_one_language_reports_none(make_index):
    index = make_index()
    with index.writer() as writer:
        assert writer.add_all([Article(id="1", body="Das Gift")]).languages is None

    assert index.get("1").language == ""
    assert index.stats().fallback_language is None


def test_segments_of_many_languages_merge_and_verify(make_index):
    index = make_index(*ARTICLES[:4], language="auto")
    for article in ARTICLES[4:]:
        with index.writer() as writer:
            writer.add(article)
    with index.writer() as writer:
        writer.delete("en")

    before = {query: _found(index, query) for query in ("gift", "hommes", "lang:zh", "avisen", "избори")}
    index.merge()

    assert {query: _found(index, query) for query in before} == before
    assert before["gift"] == ["de"]
    assert index.verify() == []
    assert [each.code for each in index.stats().languages] == ["bg", "cs", "de", "fr", "nb", "ru", "tr", "zh"]


def test_an_article_may_change_its_language(make_index):
    index = make_index(Article(id="1", language="en", body="gifts"), language="auto")
    with index.writer() as writer:
        writer.add(Article(id="1", language="fr", body="cadeaux"))

    assert _found(index, "cadeau") == ["1"]
    assert _found(index, "gift") == []
    assert [each.code for each in index.stats().languages] == ["fr"]


def test_what_a_query_finds_is_deleted_in_all_languages(index):
    with index.writer() as writer:
        assert writer.delete_by_query("gift") == 2

    assert _found(index, "gift") == []


@pytest.mark.parametrize("query", ["lang:klingon", "lang:jp"])
def test_a_doubtful_language_is_named_where_it_stands(index, query):
    page = index.search(f"gift {query}")

    (said,) = page.diagnostics
    assert (said.start, said.end) == (10, 5 + len(query))
    assert page.total == 0


def test_a_program_of_whoosh_adds_articles_in_their_languages(make_index):
    index = make_index(language="auto")
    with index.whoosh.writer() as writer:
        writer.add_document(id="1", language="fr", title="Les hommes", body="Les maisons")
        writer.add_document(id="2", language="de", text="Die Häuser")
    index.refresh()

    assert _found(index, "homme maison") == ["1"]
    assert _found(index, "lang:de haus") == ["2"]
    assert [each.code for each in index.stats().languages] == ["de", "fr"]
