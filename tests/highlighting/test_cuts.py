"""Where a sentence that is too long is cut: literal examples, which owe nothing to the oracle."""

from __future__ import annotations

import pytest

from searchlib.analysis import analyzer_for
from searchlib.article import Article
from searchlib.highlighting import Highlighter
from searchlib.query.nodes import Node, Phrase, Word

KIM = Word("kim")


def shown(body: str, chars: int, tree: Node = KIM) -> str:
    """The one passage of a body, as `Snippet.text` has it."""
    return Highlighter(tree, analyzer_for("en"), passages=1, passage_chars=chars).snippet(Article(body=body)).text


@pytest.mark.parametrize(
    "after", ["(it rained)", "[it rained]", "“it rained”", "‘it rained’", "„it rained“", "— it rained"]
)
def test_a_passage_does_not_end_with_what_opens_or_with_a_dash(after: str):
    assert shown(f"Kim came to the harbour {after} and waited for the ferry.", 25) == "Kim came to the harbour …"


@pytest.mark.parametrize("mark", [",", ";", ":", " –", " -"])
def test_a_passage_does_not_end_with_what_goes_on(mark: str):
    assert shown(f"Kim came to the harbour{mark} and there he waited.", 25) == "Kim came to the harbour …"


@pytest.mark.parametrize("mark", [",", ";", ":", " –", " —", " -"])
def test_a_passage_begins_after_the_clause_that_ends_near(mark: str):
    body = f"The ferry came to the harbour early{mark} and at last the men saw Kim waiting there alone."

    assert shown(body, 55) == "… and at last the men saw Kim waiting there alone."


def test_a_hyphen_within_a_word_ends_no_clause():
    body = "The well-known ferry came to the half-empty harbour and the men saw Kim waiting there."

    assert shown(body, 60) == "… to the half-empty harbour and the men saw Kim waiting there."


def test_a_passage_ends_before_a_mark_that_it_would_tear():
    body = "An armoured train came by the armoured train of Kim."

    assert shown(body, 40, Phrase("armoured train")) == "An armoured train came by the …"
    assert shown(body, 46, Phrase("armoured train")) == "An armoured train came by the armoured train …"


@pytest.mark.parametrize(
    "grapheme", ["e\N{COMBINING ACUTE ACCENT}", "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}"], ids=["accent", "family"]
)
@pytest.mark.parametrize("chars", range(20, 32))
def test_no_grapheme_is_torn(grapheme: str, chars: int):
    text = shown("Kim—" + grapheme * 60, chars)

    assert text.removeprefix("Kim—").removesuffix(" …").replace(grapheme, "") == ""


def test_a_text_without_spaces_is_cut_where_it_is_long_enough():
    assert shown("Kim 北京平壤北京平壤北京平壤北京平壤北京平壤", 20) == "Kim 北京平壤北京平壤北京平壤北京平壤 …"
