"""A tree's text parses back to the tree."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.query import (
    MAX_QUERY_DEPTH,
    SEARCH_FIELDS,
    TEXT_REGIONS,
    VALUE_FIELDS,
    And,
    AtLeast,
    Boosted,
    DateRange,
    Everything,
    Exact,
    Expression,
    Fuzzy,
    Has,
    LengthRange,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Sequence,
    Value,
    Wildcard,
    Word,
    parse,
    render,
    simplify,
)
from searchlib.query.simplify import sequence

UTC = timezone.utc
SINGAPORE = ZoneInfo("Asia/Singapore")
ZONES = [UTC, SINGAPORE, ZoneInfo("Europe/Berlin"), ZoneInfo("America/Sao_Paulo")]
NOW = datetime(2023, 9, 13, 12, 0, tzinfo=UTC)


def tree_of(text: str, zone: tzinfo = UTC, *, either: bool = False) -> Node:
    return parse(text, zone=zone, now=NOW, any=either).tree


CANONICAL = {
    "a  AND b": "a b",
    "a b|c": "(a b) OR c",
    "a NEAR/5 b c": "(a NEAR/5 b) c",
    "a pre/5 (b OR 'c')": "a PRE/5 (b OR 'c')",
    "NOT a": "-a",
    "NOT (a b)": "-(a b)",
    "intitle:(a “b c”~3)^2.50": '(title:a title:"b c"~3)^2.5',
    "a^0.001": "a^0.001",
    "\\AND b": "\\AND b",
    "lang:en site:x.y/?z*": "language:en url:x.y/?z*",
    "*": "*",
    "-*": "-*",
    "date:2023": "date:2023",
    "date:2023-09": "date:2023-09",
    "date:2023-09-11": "date:2023-09-11",
    "date:2023-09-01..2023-09-30": "date:2023-09",
    "date:2023-09-04..2023-09-10": "date:2023-09-04..2023-09-10",
    "since:2023-09": "date:2023-09-01..",
    "before:2023-09": "date:..2023-08-31",
    "since:2023-09-11T02:00+09:00": "date:2023-09-10T17:00:00Z..",
    "date:*": "date:*",
    "=visits": '="visits"',
    '="a \\"b\\" \\\\"~2^2': '="a \\"b\\" \\\\"~2^2',
    "author:=Jane": 'author:="Jane"',
    "title:nuclear*^2": "title:nuclear*^2",
    "'wom?n',": "wom?n",
    "a\\*b*": "a\\*b*",
    "zelensky~1 jong-un~2": "zelensky~ jong\\-un~2",
    "/a\\/b|c/": "/a\\/b|c/",
    '"missile  (test|trial launch)"~3': '"missile (test OR trial launch)"~3',
    '"=visits nuclear* zelensky~2"': '"=visits nuclear* zelensky~2"',
    "a within/5 b": "a NEAR/5 b",
    "a onear/5 b": "a PRE/5 b",
    "a not w/5 b": "a NOT NEAR/5 b",
    "a w/sent b": "a w/s b",
    "a NOT pre/para b": "a NOT pre/p b",
    "(a w/5 b) pre/5 (c OR d)": "(a NEAR/5 b) PRE/5 (c OR d)",
    "ATLEAST3(a OR b)^2": "atleast3(a OR b)^2",
    "atleast2 a": "atleast2(a)",
    "has:byline": "has:author",
    "lead:*": "has:title OR has:body",
    "length:>800": "length:>=801",
    "length:<800": "length:<=799",
    "length:5..5": "length:5",
    "length:5..7": "length:5..7",
    "updated:2023-09": "updated:2023-09",
    "a XOR b": "(a OR b) -(a b)",
    "date:2023 AND to AND 2024": "date:2023 AND to AND 2024",
    "date:2023-09-11 AND 14:00": "date:2023-09-11 AND 14:00",
    "\\ADJ3 \\XOR \\atleast3 (a OR b)": "\\ADJ3 \\XOR \\atleast3 (a OR b)",
}


@pytest.mark.parametrize("text", CANONICAL)
def test_the_text_of_a_tree_is_canonical(text: str):
    assert render(tree_of(text, SINGAPORE), zone=SINGAPORE) == CANONICAL[text]


def test_without_a_zone_dates_are_instants():
    tree = tree_of("date:2023-09-11", SINGAPORE)

    assert render(tree) == "date:2023-09-10T16:00:00Z..2023-09-11T16:00:00Z"


def test_what_ranks_in_any_mode_is_written_out():
    assert render(tree_of("+a b", either=True)) == "a (b OR *)"


def test_half_characters_are_rendered_as_unknown_ones():
    assert render(Word("a\ud800")) == "a\ufffd"


def test_a_tree_too_deep_for_spare_parentheses_does_without_them():
    text = "a"
    for _ in range(MAX_QUERY_DEPTH - 1):
        text = f"(b c OR {text}) d"
    tree = tree_of(text)

    assert tree_of(render(tree)) == tree


# What the language has no text for is said in another way.
OTHERWISE = {
    Wildcard("visits"): '="visits"',
    Wildcard("vis?"): "/vis./",
    Wildcard("*?*"): "/.*..*/",
    Wildcard("a.b?"): "/a\\.b./",
    Expression("a\\/b\\ c"): "/a\\/b\\ c/",
    Exact("Jane Doe", "author"): 'author:"Jane Doe"',
    Sequence((Word("a"), Word("b")), 2): '"a b"~2',
    Sequence((Exact("a"), Exact("b"))): '="a b"',
    AtLeast(Word("a"), 1): "a",
    Has("date"): "date:*",
    Has("updated"): "updated:*",
    LengthRange(5, 3): "-*",
}


@pytest.mark.parametrize("tree", OTHERWISE, ids=repr)
def test_what_has_no_text_of_its_own_is_written_as_what_means_the_same(tree: Node):
    text = render(tree)

    assert text == OTHERWISE[tree]
    assert tree_of(text) == simplify(tree)


# Signs and words of the language, and characters of all kinds but halves of surrogate pairs.
SIGNS = [
    "(",
    ")",
    '"',
    "”",
    "-",
    "+",
    "|",
    "*",
    "\\",
    "^2",
    "~2",
    "^",
    ":",
    "=",
    "/",
    "?",
    " ",
    "\n",
    "AND",
    "NEAR/3",
    "w/2",
]
names = st.sampled_from(
    [
        "ADJ",
        "ADJ3",
        "near5",
        "XOR",
        "SAME",
        "BUT",
        "not",
        "or",
        "N5",
        "atleast3",
        "/5",
        "/s",
        "+s",
        "&",
        "hd=",
        "invest!",
        "wc>5",
        "date",
        "is",
        "2020",
        "headline",
        "caps",
        "AROUND",
        "w/5",
        "to",
        "2023",
        "14:00",
        "$",
        "%",
        "length",
        "OR",
    ]
)
pieces = st.sampled_from([*SIGNS, "title:", "athor:", "date:", "a", "Kim", "'s", "."]) | st.characters(
    exclude_categories=["Cs"]
)
# What would be one word if it stood side by side.
halves = st.sampled_from(["10", "000", "10 000", "J.", "AT", "&"])
words = st.lists(pieces, min_size=1, max_size=6).map("".join) | halves | names
fields = st.none() | st.sampled_from(SEARCH_FIELDS)
phrases = words.filter(str.strip)
distances = st.integers(1, 100)
instants = st.datetimes(timezones=st.just(UTC)) | st.dates().map(
    lambda day: datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
)
text_fields = st.none() | st.sampled_from(TEXT_REGIONS)
word_fields = st.none() | st.sampled_from([name for name in SEARCH_FIELDS if name not in ("id", "url", "language")])
signs = st.sampled_from(["*", "?", "\\*", "\\?", "\\\\", "a", "b", "-", ".", "'", "!", " ", "é", "/", "~", "="])
wildcards = st.lists(signs, min_size=1, max_size=6).map("".join).filter(lambda text: text.strip() and text.strip("\\"))
expressions = st.sampled_from(["mi(ss)+ile", "a|b", "[^/ ]", "a\\/b", "a\\.b", "\\\\", "a b", "x{2,3}", ".*", "ä?"])
edits = st.integers(1, 2)


def patterns(field: st.SearchStrategy[str | None]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Wildcard, wildcards, field),
        st.builds(Expression, expressions, field),
        st.builds(Fuzzy, phrases, field, edits),
    )


leaves = st.one_of(
    st.builds(Word, words, fields),
    st.builds(Phrase, phrases, fields, st.integers(0, 100)),
    st.builds(Exact, phrases, fields, st.integers(0, 3)),
    patterns(word_fields),
    st.builds(Value, phrases, st.sampled_from(VALUE_FIELDS)),
    st.builds(Has, st.sampled_from([*(name for name in SEARCH_FIELDS if name != "lead"), "date", "updated"])),
    st.builds(LengthRange, st.integers(0, 999_999_999), st.none() | st.integers(0, 999_999_999)),
    st.builds(Everything),
    st.builds(Nothing),
    st.builds(DateRange, st.none() | instants, st.none() | instants, st.sampled_from(["published", "updated"])),
)
# A word of a phrase ends at a space.
printed = (
    st.lists(pieces.filter(lambda piece: not piece.isspace()), min_size=1, max_size=4)
    .map("".join)
    .filter(lambda word: any(char.isalnum() for char in word))
)


def parts(field: str | None) -> st.SearchStrategy[Node]:
    """What stands in a quoted phrase."""
    single = st.one_of(
        st.builds(Word, printed, st.just(field)),
        st.builds(Wildcard, st.sampled_from(["a*", "*b", "a?c", "\\*a*"]), st.just(field)),
        st.builds(Fuzzy, st.sampled_from(["kim", "jong-un"]), st.just(field), edits),
        st.builds(Exact, st.sampled_from(["visits", "jong-un"]), st.just(field)),
    )
    several = st.lists(single, min_size=2, max_size=3).map(lambda nodes: sequence(nodes, 0, start=0, end=0))
    return single | st.lists(single | several, min_size=2, max_size=3).map(lambda nodes: Or(tuple(nodes)))


def sequences(field: str | None) -> st.SearchStrategy[Node]:
    many = st.lists(parts(field), min_size=2, max_size=4).map(tuple)
    return st.builds(Sequence, many, st.integers(0, 100))


def sides(field: str | None) -> st.SearchStrategy[Node]:
    of_field = st.just(field)
    single = st.one_of(
        st.builds(Word, words, of_field),
        st.builds(Phrase, phrases, of_field),
        st.builds(Exact, phrases, of_field),
        patterns(of_field),
        sequences(field),
    )
    either = single | st.lists(single, min_size=2, max_size=3).map(lambda nodes: Or(tuple(nodes)))
    return either | st.builds(Near, single, either, distances, st.booleans(), st.just("word"), st.booleans())


units = st.sampled_from([(5, "word"), (100, "word"), (0, "sentence"), (0, "paragraph")])
nears = st.builds(
    lambda two, unit, ordered, negated: Near(*two, unit[0], ordered, unit[1], negated),
    text_fields.flatmap(lambda field: st.tuples(sides(field), sides(field))),
    units,
    st.booleans(),
    st.booleans(),
)
counted = text_fields.flatmap(lambda field: st.builds(AtLeast, sides(field), st.integers(1, 1000)))
factors = st.floats(0.001, 1000).filter(lambda factor: float(f"{factor:.12f}") == factor) | st.integers(1, 1000).map(
    float
)


def grown(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    many = st.lists(nodes, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(And, many), st.builds(Or, many), st.builds(Not, nodes), st.builds(Boosted, nodes, factors)
    )


trees = st.recursive(leaves | nears | counted | word_fields.flatmap(sequences), grown, max_leaves=12)


@given(trees, st.none() | st.sampled_from(ZONES))
def test_a_rendered_tree_parses_back_to_itself(tree: Node, zone: tzinfo | None):
    text = render(tree, zone=zone)

    assert tree_of(text, zone or UTC) == simplify(tree)


FOREIGN = [
    "=", " ADJ3 ", " NOT w/5 ", " w/s ", " XOR ", " BUT NOT ", "atleast2(", "caps(", "hd=", "length:>5 ", "has:title ",
    "invest! ", "/a/ ", '"a (b OR c)"', '"a* b"', "a~ ", " AND ", " date is 2020 ", " SAME ", "updated:2023 ", "author:=",
]  # fmt: skip
queries = st.lists(
    st.sampled_from(
        [*SIGNS, " OR ", " NOT ", " a", " b ", "title:", "date:", "2023-09-11", "..", "since:7d", "«", *FOREIGN]
    ),
    max_size=40,
).map("".join)


@given(st.text(max_size=60) | queries, st.booleans(), st.sampled_from(ZONES))
def test_a_parsed_text_renders_to_a_text_with_the_same_tree(text: str, either: bool, zone: tzinfo):
    tree = tree_of(text, zone, either=either)

    assert tree_of(render(tree, zone=zone), zone) == tree
    assert simplify(tree) == tree


@given(trees)
def test_rendering_is_settled_after_one_round(tree: Node):
    text = render(tree)

    assert render(tree_of(text)) == text


def test_times_are_kept_to_the_microsecond():
    dates = DateRange(NOW + timedelta(microseconds=1), NOW + timedelta(microseconds=2))

    assert tree_of(render(dates)) == dates
