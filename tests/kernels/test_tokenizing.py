"""The compiled tokenizer gives the tokens that `searchlib.analysis` gives, whatever the text."""

from __future__ import annotations

import gzip
import json
import re
import sys
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.analysis import Analyzer, Token, analyzer_for
from searchlib.kernels import tokenizing

TermTokenizer = tokenizing.TermTokenizer

LANGUAGES = ["en", "de", "fr", "tr", "ja", "none"]

# What the tokenizer's rules are about, and its neighbours: each kind of letter, mark, dot, dash, apostrophe, space.
_FRAGMENTS = [
    *"aIlSxz19 \t\n.,;:!?'\"()&#+_-/%@`´…·¿«»",
    *"éßİıøŁжйאل́\u0301\u00ad\u200b\ufeff’‘ʼ“”–—−．，＃＆＋・。、「」",
    *"北京あアｱﾞ한ไทย½²№㎏ﷺ😀🏽♯\u00a0\u2009\u3000\x00\x1c\x85\u2028\ud800\udfff\U0001d400\U00020000",
    *[
        "U.S.",
        "AT&T",
        "C++",
        "C#",
        "J. K. ",
        "É. ",
        "AT & T",
        "10 000",
        " 000",
        "O'Neal",
        "A-10",
        "covid19",
        "20th",
        "'s",
        "’S",
        "don't",
        "l’homme",
        "10,000.5",
        "3.5",
        "Putin-Kim",
        "e-mail",
        "col·lecció",
    ],
    *["running", "Ankara’da", "İstanbul", "北京大学", "  ", "\r\n", "x" * 40, "1" * 70, "-" * 65, "É" * 33],
]
anything = st.text(st.characters(exclude_categories=()))
spaced = st.lists(st.sampled_from(_FRAGMENTS), max_size=12).map("".join)
texts = st.one_of(anything, spaced, st.lists(st.one_of(anything, spaced), max_size=6).map(" ".join))


class Helpful:
    """An analyzer that has all that a `TermTokenizer` asks for where it is there."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.language = analyzer.language
        self.tokens = analyzer.tokens
        self.piece_tokens = analyzer._analyze_piece
        self.word_terms = analyzer._word_terms


@pytest.fixture(scope="module")
def tokenizers():
    """Of each language: one that has only ``tokens`` to ask, one that has all, one without short cuts."""
    return {
        language: [
            TermTokenizer(analyzer_for(language)),
            TermTokenizer(Helpful(analyzer_for(language))),
            TermTokenizer(analyzer_for(language), shortcuts=False),
        ]
        for language in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=texts)
def test_tokens_are_those_of_the_analyzer_when_first_met_and_when_known(tokenizers, language, text):
    expected = analyzer_for(language).tokens(text)

    for tokenizer in tokenizers[language]:
        assert tokenizer.tokens(text) == expected
        assert tokenizer.tokens(text) == expected


@given(text=texts)
def test_a_tokenizer_that_forgets_all_the_time_gives_the_same(text):
    forgetful = TermTokenizer(analyzer_for("en"), max_pieces=3)

    for _ in range(3):
        assert forgetful.tokens(text) == analyzer_for("en").tokens(text)


@given(text=texts, others=st.lists(texts, max_size=3))
def test_a_piece_is_the_same_in_a_string_of_any_width(text, others):
    tokenizer = TermTokenizer(analyzer_for("en"))
    expected = analyzer_for("en").tokens(text)

    for wide in (*others, "ü", "Ж", "😀"):
        assert tokenizer.tokens(f"{text} {wide}")[: len(expected)] == expected
    asked = tokenizer.counters["analysed"]
    assert tokenizer.tokens(text) == expected
    assert tokenizer.counters["analysed"] == asked or any(
        len(piece) > 64 for piece in re.split(r"\s", text, flags=re.ASCII)
    )


@given(
    text=texts,
    terms=st.lists(st.sampled_from(["a", "us", "at&t", "北京", "10000.5", "ı", "xz", "nothing"]), max_size=4),
)
def test_terms_are_found_where_their_tokens_are(text, terms):
    tokenizer = TermTokenizer(analyzer_for("en"))
    expected = [
        (position, startchar, endchar, terms.index(term))
        for term, position, startchar, endchar, *_ in analyzer_for("en").tokens(text)
        if term in terms
    ]

    assert tokenizer.find(text, terms) == expected
    assert tokenizer.find(text, terms) == expected


def test_tokens_are_of_the_analyzers_type():
    tokens = TermTokenizer(analyzer_for("en")).tokens("Trains, trains")

    assert tokens == [Token("train", 0, 0, 6, "trains", 1), Token("train", 1, 8, 14, "trains", 1)]
    assert {type(token) for token in tokens} == {Token}


def test_each_piece_is_analysed_once_whatever_its_case_and_the_punctuation_around_it():
    tokenizer = TermTokenizer(analyzer_for("en"))

    tokenizer.tokens('Summit summit, ("Summit") summit. SUMMIT!” — summit')

    assert tokenizer.counters["analysed"] == 1
    assert tokenizer.counters["pieces"] == 7


def test_a_long_piece_is_analysed_each_time():
    tokenizer = TermTokenizer(analyzer_for("ja"))
    text = "北京" * 40

    assert tokenizer.tokens(text) == tokenizer.tokens(text) == analyzer_for("ja").tokens(text)
    assert tokenizer.counters["analysed"] == 2


def test_a_full_table_is_dropped_before_the_next_text():
    tokenizer = TermTokenizer(analyzer_for("en"), max_bytes=200_000)
    full = 0

    for number in range(20_000):
        tokenizer.tokens(f"word{number} and word{number + 1}")
        full = max(full, tokenizer.memory_used)

    assert tokenizer.counters["dropped"] > 3
    assert full < 400_000


def test_an_analyzers_exception_reaches_the_caller_and_the_tokenizer_goes_on():
    class Failing:
        def tokens(self, text: str) -> list[Token]:
            if "x" in text:
                raise LookupError(text)
            return analyzer_for("en").tokens(text)

    tokenizer = TermTokenizer(Failing())

    with pytest.raises(LookupError, match="xylophone"):
        tokenizer.tokens("a xylophone plays")
    assert tokenizer.tokens("it plays") == analyzer_for("en").tokens("it plays")


def test_an_analyzer_that_calls_its_own_tokenizer_is_told_so():
    class Circular:
        tokenizer = None

        def tokens(self, text: str) -> list[Token]:
            return self.tokenizer.tokens(text) if self.tokenizer else []

    circular = Circular()
    circular.tokenizer = TermTokenizer(circular)

    with pytest.raises(RuntimeError, match="at work"):
        circular.tokenizer.tokens("a b")


def test_positions_without_tokens_and_tokens_anywhere_in_a_piece_are_kept():
    class Odd(NamedTuple):
        term: str
        position: int
        startchar: int
        endchar: int
        printed: str
        positions: int

    class OddAnalyzer:
        def tokens(self, text: str) -> list[Odd]:
            return [Odd(term, 4 * at + 2, at, 70_000, "", 255) for at, term in enumerate(text.split())]

        def piece_tokens(self, piece: str) -> tuple[list[Odd], int]:
            return [Odd(piece, 2, 0, 70_000, "", 255)], 4

    tokenizer = TermTokenizer(OddAnalyzer(), shortcuts=False)

    assert tokenizer.tokens("a b") == [Odd("a", 2, 0, 70_000, "", 255), Odd("b", 6, 2, 70_002, "", 255)]


def test_a_term_that_is_no_text_is_refused():
    class Surrogates:
        def tokens(self, text: str) -> list[Token]:
            return [Token("\ud800", 0, 0, 1, "", 1)]

    with pytest.raises(UnicodeEncodeError):
        TermTokenizer(Surrogates()).tokens("a")


def test_real_articles_have_the_tokens_of_the_analyzer(shared: Path):
    tokenizer = TermTokenizer(analyzer_for("en"))

    with gzip.open(shared / "corpus" / "reuters21578.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, 2_000):
            body = json.loads(line).get("body") or ""
            assert tokenizer.tokens(body) == analyzer_for("en").tokens(body)


def test_tokenizers_work_side_by_side():
    text = " ".join(f"word{number} in {number}, of Kim-{number}" for number in range(3_000))
    expected = analyzer_for("en").tokens(text)
    results: list[bool] = []

    def work() -> None:
        tokenizer = TermTokenizer(analyzer_for("en"))
        results.extend(tokenizer.tokens(text) == expected for _ in range(3))

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == [True] * 12


@pytest.mark.parametrize("language", ["en", "tr", "fr"])
def test_the_short_cuts_hold_for_every_short_text_of_what_the_rules_are_about(language):
    # Every text of up to three of these: about 10,000 pieces.
    signs = [*"aLs1.,'&#+_-)(’éß北½·", "．"]
    analyzer = analyzer_for(language)
    tokenizer = TermTokenizer(Helpful(analyzer))
    pieces = {first + second + third for first in ["", *signs] for second in ["", *signs] for third in ["", *signs]}

    for piece in pieces:
        for text in (piece, piece.upper(), f"“{piece}”,", f"({piece}."):
            assert tokenizer.tokens(text) == analyzer._analyze_piece(text)[0], ascii(text)


def test_memory_is_little_at_first_and_grows():
    tokenizer = TermTokenizer(analyzer_for("en"))
    at_first = tokenizer.memory_used

    tokenizer.tokens(" ".join(f"word{number}" for number in range(10_000)))

    assert at_first < 10_000
    assert tokenizer.memory_used > 500_000
    assert sys.getsizeof(tokenizer) < 2_000


@given(text=texts)
def test_printed_words_are_found_where_the_analyzer_prints_them(text: str):
    asked: list[str] = []

    def ask(word: str) -> tuple[int, ...]:
        asked.append(word)
        return tuple(number for number in (0, 1) if (word[0] == "s", len(word) > 5)[number])

    known: dict[str, tuple[int, ...]] = {}
    expected = [
        (token.position, token.startchar, token.endchar, token.positions, number)
        for token in analyzer_for("en").tokens(text)
        if token.printed
        for number, wanted in enumerate((token.printed[0] == "s", len(token.printed) > 5))
        if wanted
    ]
    tokenizer = TermTokenizer(analyzer_for("en"))

    assert tokenizer.find_printed(text, known, ask) == tokenizer.find_printed(text, known, ask) == expected
    assert sorted(asked) == sorted(known) == sorted({token.printed for token in analyzer_for("en").tokens(text)} - {""})


@given(text=texts, data=st.data())
def test_the_position_from_an_offset_on_is_that_of_the_first_token_that_begins_there_or_later(text: str, data):
    startchars = sorted(data.draw(st.lists(st.integers(0, len(text) + 1), max_size=5)))
    tokens = analyzer_for("en").tokens(text)
    following = [[token.position for token in tokens if token.startchar >= startchar] for startchar in startchars]

    positions = TermTokenizer(analyzer_for("en")).positions_from(text, startchars)

    assert positions == [later[0] for later in following if later]
