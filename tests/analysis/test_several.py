"""Stems that carry their language, and words of a query in several languages at once."""

from __future__ import annotations

import pytest

from searchlib.analysis import AUTO, LANGUAGES, ArticleAnalyzers, SharedTerm, analyzer_for, narrowed
from searchlib.analysis.tagging import TAG
from searchlib.errors import SettingError

_ALL = ArticleAnalyzers(AUTO, "en")


def _terms(language: str, text: str) -> list[str]:
    return [token.term.replace(TAG, "/") for token in analyzer_for(language, tagged=True).tokens(text)]


@pytest.mark.parametrize(
    ("language", "text", "terms"),
    [
        ("en", "gifts", ["gift/en"]),
        ("de", "Gift", ["gift/de"]),
        ("nb", "avisen", ["avis/no"]),
        ("nn", "avisen", ["avis/no"]),
        ("cs", "Volby", ["volby"]),
        ("none", "Gift", ["gift"]),
        ("ru", "Путина Putin", ["путин/ru", "putin"]),
        ("en", "Путин", ["путин"]),
        ("en", "U.S. 10,000 🎉 北京大学", ["us/en", "10000", "🎉", "北京", "京大", "大学"]),
        ("en", "Putin-Kim", ["putin/en", "putinkim/en", "kim/en"]),
    ],
)
def test_a_stem_carries_its_language_and_nothing_else_does(language, text, terms):
    assert _terms(language, text) == terms


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_without_the_tags_the_tokens_are_those_of_the_plain_analyzer(language):
    text = "Häuser d'Ivoire Путин e-mail visits 10.000 القاهرة हिन्दी İstanbul'da R&D C++ don't ½ " + "x" * 300

    tokens = analyzer_for(language, tagged=True).tokens(text)

    plain = [token._replace(term=token.term.split(TAG)[0]) for token in tokens]
    assert plain == analyzer_for(language).tokens(text)


def test_a_word_is_looked_for_in_every_language_once():
    analyzer = _ALL.of_query({"en", "de", "nb", "no", "cs", "pl"})

    paths = analyzer.paths("Gift")

    assert sorted(paths) == sorted([("gift",), (f"gift{TAG}en",), (f"gift{TAG}de",), (f"gift{TAG}no",)])
    assert analyzer.paths("7") == (("7",),)


def test_terms_of_one_word_know_each_other():
    analyzer = _ALL.of_query({"en", "de"})

    word = (f"hous{TAG}en", f"hous{TAG}de")
    shared = analyzer.shared_paths("houses")

    assert {path[0].term for path in shared} == set(word)
    assert all(isinstance(path[0], SharedTerm) and set(path[0].word) == set(word) for path in shared)


def test_the_words_of_a_phrase_know_each_other_word_by_word():
    first, second = _ALL.of_query({"en", "de"}).shared_paths("old gifts")[0]

    assert {term.split(TAG)[0] for term in first.word} == {"old"}
    assert {term.split(TAG)[0] for term in second.word} == {"gift"}


def test_a_path_shares_only_with_those_of_its_length():
    by_length = {len(path): path for path in _ALL.of_query({"en", "de"}).shared_paths("1.234,5")}

    # To German it is one number, to English it is two figures and a rest.
    assert by_length[1] == ("1234.5",)
    assert all(isinstance(term, str) for path in by_length.values() for term in path)


def test_one_language_is_analysed_by_its_own_analyzer():
    assert _ALL.of_query({"de"}) is analyzer_for("de", tagged=True)
    assert _ALL.of_query(set()) is analyzer_for("en", tagged=True)
    assert ArticleAnalyzers("de", "en").of_query({"fr", "en"}) is analyzer_for("de")


@pytest.mark.parametrize(
    ("article", "analyzed"),
    [("fr-ca", "fr"), ("DEU", "de"), ("", "en"), ("und", "en"), ("bg", "none"), ("tlh", "none"), ("english", "en")],
)
def test_an_article_is_analysed_in_the_language_that_it_names(article, analyzed):
    assert _ALL.of(article) is analyzer_for(analyzed, tagged=True)
    assert ArticleAnalyzers("de", "en").of(article) is analyzer_for("de")


def test_a_part_of_a_query_may_be_in_fewer_languages():
    every = _ALL.of_query({"en", "de", "nb", "fr"})

    assert narrowed(every, frozenset({"de"})) is analyzer_for("de", tagged=True)
    assert narrowed(every, frozenset({"no"})) is analyzer_for("nb", tagged=True)
    assert narrowed(every, None) is every
    assert narrowed(every, frozenset({"ru"})) is every


def test_stop_words_are_those_of_each_language():
    assert _ALL.of_query({"en", "de"}).stop_terms == analyzer_for("en", tagged=True).stop_terms
    assert f"the{TAG}de" not in _ALL.of_query({"en", "de"}).stop_terms


@pytest.mark.parametrize(("language", "fallback"), [("klingon", "en"), ("auto", "klingon"), ("auto", "auto")])
def test_an_unknown_language_is_refused(language, fallback):
    with pytest.raises(SettingError):
        ArticleAnalyzers(language, fallback)
