"""Which words find which, in both directions; and what holds for any text whatever."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from profiles import examples
from work import lines_run

from searchlib.analysis import LANGUAGES, Analyzer, analyzer_for
from searchlib.errors import SettingError
from searchlib.query.lexer import lex
from searchlib.query.reports import Reports

PAGE = Path(__file__).parents[2] / "docs" / "analysis.md"

ENGLISH = analyzer_for("en")

texts = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("abcKİßﬁŁé\u0301\u00ad\u200d’'‑-–.&+#,0123456789 \n\u00a0\u202f北京がｶﾞ한글🎉½№"),
    ),
    max_size=40,
)


def found(text: str, query: str, analyzer: Analyzer = ENGLISH) -> bool:
    """Whether every word of the query stands in the text, as a search for it would have it."""
    words = [token.text for token in lex(query, Reports())]
    return bool(words) and all(_stands_in(text, word, analyzer) for word in words)


def _stands_in(text: str, word: str, analyzer: Analyzer) -> bool:
    ends: dict[tuple[int, str], set[int]] = {}
    for token in analyzer.tokens(text):
        ends.setdefault((token.position, token.term), set()).add(token.position + token.positions)
    starts = {position for position, _ in ends}
    for path in analyzer.paths(word):
        reached = starts
        for term in path:
            reached = {end for position in reached for end in ends.get((position, term), ())}
        if reached:
            return True
    return False


def _rows() -> list[tuple[str, str, bool]]:
    rows = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [re.findall(r"`([^`]+)`", cell) for cell in line.strip().strip("|").split("|")]
        if len(cells) == 3 and len(cells[0]) == 1 and cells[1]:
            rows += [(cells[0][0], query, True) for query in cells[1]] + [(cells[0][0], q, False) for q in cells[2]]
    return rows


def test_the_page_has_its_table():
    assert len(_rows()) > 50


@pytest.mark.parametrize(("text", "query", "expected"), _rows())
def test_what_the_page_says_is_true(text, query, expected):
    finds = _stands_in if query.startswith('"') else found

    assert finds(text, query, ENGLISH) is expected
    assert finds(f"before {text}, after", query, ENGLISH) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong-un", "Kim Jong Un"),
        ("Kim Jong Un", "Kim Jong‑Un"),
        ("COVID-19", "covid19"),
        ("COVID-19", "covid 19"),
        ("covid19", "covid 19"),
        ("café", "cafe"),
        ("cafe\u0301", "café"),
        ("10,000", "10000"),
        ("U.S.", "US"),
        ("u.s", "U.S."),
        ("Russia’s", "russia's"),
        ("ﬁnance", "finance"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("ＡＢＣ", "abc"),
        ("co\u00adoperation", "cooperation"),
        ("J.K.", "jk"),
        ("٣٤", "34"),
        ("ΟΔΟΣ", "οδος"),
        ("ｶﾞｸ", "ガク"),
        ("한국", unicodedata.normalize("NFD", "한국")),
        ("J. K. Rowling", "J.K. Rowling"),
        ("J.K. Rowling", "JK Rowling"),
        ("J. K. Rowling", "JK Rowling"),
        ("Ph.D.", "PhD"),
        ("node.js", "nodejs"),
        ("AT & T", "AT&T"),
        ("10 000", "10,000"),
        ("10 000", "10000"),
        ("1 234 567", "1,234,567"),
        ("A10", "A-10"),
        ("F-16s", "F16"),
        ("10km", "10 km"),
        ("10km", "10-km"),
        ("3-D", "3D"),
        ("1980s", "1980’s"),
        ("O’Neal", "ONeal"),
        ("don't", "dont"),
        ("SARS-CoV-2", "SARSCoV2"),
        ("Т-34", "Т34"),
    ],
)
def test_spellings_of_one_word_find_each_other(one, other):
    assert found(one, other)
    assert found(other, one)


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("fr", "l’homme", "homme"),
        ("fr", "les données", "donnees"),
        ("fr", "donnée", "données"),
        ("it", "dell’arte", "arte"),
        ("de", "10.000 Häuser", "10000 haus"),
        ("de", "3,5", "3.5"),
        ("ru", "Москвой", "москва"),
        ("es", "niños", "ninos"),
        ("none", "visits", "VISITS"),
        ("ja", "東京大学", "東京"),
        ("ar", "إيران", "ايران"),
        ("ar", "ايران", "إيران"),
        ("ar", "مصطفى", "مصطفي"),
        ("ar", "ٱلله", "الله"),
        ("ar", "مدرسة", "مدرسه"),
        ("none", "ايران", "ایران"),
        ("uk", "ґанок", "ганок"),
        ("uk", "Ганок", "ґанок"),
        ("fr", "Côte d’Ivoire", "ivoire"),
        ("en", "Côte d’Ivoire", "ivoire"),
        ("tr", "İstanbul’da", "istanbul"),
        ("fr", "10 000 habitants", "10000"),
        ("de", "10 000,5", "10000,5"),
        ("ru", "А. С. Пушкин", "А.С. Пушкин"),
        ("ru", "А.С. Пушкин", "пушкин"),
    ],
)
def test_languages_have_their_customs(language, text, query):
    analyzer = analyzer_for(language)
    query = query.replace("3.5", "3,5")

    assert found(text, query, analyzer)


@pytest.mark.parametrize("word", ["s", "S", "ⓢ", "t", "ـ", "l", "d", "qu", "no", "x1", "7"])
@pytest.mark.parametrize("language", ["en", "fr", "tr", "ar", "none"])
def test_every_word_is_a_word(word, language):
    assert found(f"before {word} after", word, analyzer_for(language))


def test_a_lone_letter_keeps_its_place_in_a_phrase():
    assert _stands_in("a Model S sells", "model s", ENGLISH)
    assert not _stands_in("Model sales", "model s sales", ENGLISH)
    assert not _stands_in("Tesla’s Model sales", "model s", ENGLISH)


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("a re-election campaign", "reelection campaign", True),
        ("a reelection campaign", "re-election campaign", True),
        ("a re-election campaign", "re-election campaign", True),
        ("a re-election campaign", "election campaign", True),
        ("a re-election campaign", "reelection election", False),
        ("an e-mail server", "email server", True),
        ("anti-government protest", "antigovernment protest", True),
        ("run-ning wolf", "run ning wolf", True),
        ("run-ning wolf", "running wolf", True),
        ("run-ning wolf", "ning wolf", True),
        ("run-ning wolf", "run run wolf", False),
        ("Shaquille O’Neal dunks", "shaquille oneal dunks", True),
        ("Shaquille O’Neal dunks", "o’neal neal", False),
        ("they can’t do it", "can do", False),
        ("they can’t do it", "cant do it", True),
        ("an A-10-style jet", "a10 style jet", True),
        ("May 20th 1987", "may 20 1987", True),
        ("10 100 200 tons", "100 200 tons", True),
        ("10 100 200 tons", "10100200 tons", True),
    ],
)
def test_a_joined_form_is_another_way_through_a_phrase(text, phrase, expected):
    assert _stands_in(text, phrase, ENGLISH) is expected


def test_offsets_are_into_the_original_text():
    text = "Die ﬁne Straße: İstanbul’s cafe\u0301 🎉 Putin-Kim"

    pieces = {token.term: text[token.startchar : token.endchar] for token in ENGLISH.tokens(text)}

    assert pieces["fine"] == "ﬁne"
    assert pieces["strass"] == "Straße"
    assert pieces["istanbul"] == "İstanbul’s"
    assert pieces["cafe"] == "cafe\u0301"
    assert pieces["🎉"] == "🎉"
    assert (pieces["putin"], pieces["kim"], pieces["putinkim"]) == ("Putin", "Kim", "Putin-Kim")


def test_every_language_there_is_works_and_no_other():
    for code in LANGUAGES:
        assert analyzer_for(code).tokens("Kim visited 北京 in 2023")
    assert analyzer_for("pt-BR") is analyzer_for("pt")
    with pytest.raises(SettingError, match="choose one of"):
        analyzer_for("tlh")


def test_stop_words_are_kept_and_known():
    assert [token.term for token in ENGLISH.tokens("the House of Lords")][::2] == ["the", "of"]
    assert "the" in ENGLISH.stop_terms
    assert "us" not in ENGLISH.stop_terms


@given(texts)
@example("½ kg №5 ㎏ ﷺ")
@example("a" * 300)
def test_tokens_of_any_text_are_in_order_and_within_it(text):
    tokens = ENGLISH.tokens(text)

    assert sorted({token.position for token in tokens}) == list(range(len({token.position for token in tokens})))
    assert [token.position for token in tokens] == sorted(token.position for token in tokens)
    assert len({(token.term, token.position, token.positions) for token in tokens}) == len(tokens)
    assert all(token.position + token.positions <= tokens[-1].position + 1 for token in tokens)
    for token in tokens:
        assert 0 <= token.startchar < token.endchar <= len(text)
        assert 0 < len(token.term) <= 128
        token.term.encode("utf-8")


@given(texts)
def test_every_piece_of_a_text_finds_the_text(text):
    for token in ENGLISH.tokens(text):
        assert _stands_in(text, text[token.startchar : token.endchar], ENGLISH)


@given(texts)
def test_composed_and_decomposed_text_have_the_same_words(text):
    assert [each.term for each in ENGLISH.tokens(unicodedata.normalize("NFC", text))] == [
        each.term for each in ENGLISH.tokens(unicodedata.normalize("NFD", text))
    ]


@given(texts)
def test_a_remembered_piece_is_analysed_as_a_new_one(text):
    fresh = Analyzer("en")

    assert fresh.tokens(text) == ENGLISH.tokens(text) == fresh.tokens(text)


@examples(25)
@given(st.lists(texts, max_size=5))
def test_a_text_is_its_pieces_one_after_the_other(pieces):
    joined = [token.term for token in ENGLISH.tokens("\n".join(pieces))]

    assert joined == [token.term for piece in pieces for token in ENGLISH.tokens(piece)]


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a-",
        "a.",
        "a'",
        "a&",
        "1,",
        "北",
        "e\u0301",
        "\u0301",
        "+",
        " a",
        "U.S.-",
        "a1",
        "1a",
        "a1.",
        "J. ",
        "10 ",
        "a & ",
        "a-1",
        "o'n",
        "a.b",
    ],
)
def test_work_grows_with_the_text_and_not_faster(piece):
    def work(count: int) -> int:
        analyzer, text = Analyzer("en"), piece * count
        return lines_run(lambda: analyzer.tokens(text))

    # The rules are compiled when they are first asked.
    work(1)

    assert work(4_000) < 5 * work(1_000) + 100


@given(number=st.from_regex(r"[0-9]{1,4}([.,][0-9]{1,4}){0,4}", fullmatch=True), language=st.sampled_from(["en", "de"]))
def test_a_number_alone_is_what_it_is_before_a_mark(number, language):
    analyzer = analyzer_for(language)

    assert analyzer.piece_tokens(number) == analyzer.piece_tokens(f"{number}!")


@given(text=st.text(), language=st.sampled_from(sorted(LANGUAGES)))
@example(text="s", language="en")
@example(text="l'", language="fr")
@example(text="ـ", language="ar")
def test_no_path_is_empty(text, language):
    assert () not in analyzer_for(language).paths(text)


def printed(text: str, analyzer: Analyzer = ENGLISH) -> list[tuple[str, str, int]]:
    """Of each token: its term, the word as printed, and how many positions it takes."""
    return [(token.term, token.printed, token.positions) for token in analyzer.tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Visits", [("visit", "visits", 1)]),
        ("Russia’s", [("russia", "russia", 1)]),
        ("U.S.", [("us", "u.s", 1)]),
        ("AT&T’s", [("at&t", "at&t", 1)]),
        ("C++", [("c++", "c++", 1)]),
        ("10,000.5", [("10000.5", "10,000.5", 1)]),
        ("10’000", [("10000", "10'000", 1)]),
        ("Café", [("cafe", "cafe", 1)]),
        ("re-election", [("re", "re", 1), ("reelect", "re-election", 2), ("elect", "election", 1)]),
        ("北京大", [("北京", "北京", 1), ("京大", "京大", 1)]),
    ],
)
def test_a_token_knows_the_word_as_printed_and_how_many_positions_it_takes(text, expected):
    assert printed(text) == expected


def test_what_an_elision_or_a_turkish_suffix_adds_is_not_printed():
    assert printed("l’homme", analyzer_for("fr")) == [("homm", "homme", 1)]
    assert printed("İstanbul’da", analyzer_for("tr"))[0][1] == "istanbul"


def test_another_form_of_a_word_has_no_printed_word_of_its_own():
    (term, word, _), (other, nothing, _) = printed("données", analyzer_for("fr"))

    assert (word, nothing) == ("donnees", "")
    assert term != other


@given(texts)
def test_of_a_word_of_ascii_letters_the_printed_form_is_in_lower_case(text):
    for token in ENGLISH.tokens(text):
        word = text[token.startchar : token.endchar]
        if word.isascii() and word.isalpha() and token.printed:
            assert token.printed == word.lower()[:128]


@given(texts)
def test_printed_words_are_those_of_the_tokens(text):
    words = {token.printed for token in ENGLISH.tokens(text)}

    assert all(word in words for word in ENGLISH.printed_words(text))
