"""What every text means as a query, and what is said about it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from query.reading import ZONE, read, tree_of
from work import lines_run

from searchlib.errors import QueryError
from searchlib.query import (
    MAX_QUERY_CHARS,
    MAX_QUERY_CLAUSES,
    MAX_QUERY_DEPTH,
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
    find_fault,
    render,
    simplify,
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)


A, B, C, D = Word("a"), Word("b"), Word("c"), Word("d")
SEPTEMBER_11 = DateRange(utc(2023, 9, 10, 16), utc(2023, 9, 11, 16))

PLAIN = {
    "a": A,
    "a b": And((A, B)),
    "a AND b": And((A, B)),
    "  a \t\n b　c ": And((A, B, C)),
    "a OR b": Or((A, B)),
    "a | b": Or((A, B)),
    "a|b||c": Or((A, B, C)),
    "a b OR c d": Or((And((A, B)), And((C, D)))),
    "a AND b OR c": Or((And((A, B)), C)),
    "a (b OR c) d": And((A, Or((B, C)), D)),
    "((a) ((b)))": And((A, B)),
    "a OR (b OR c)": Or((A, B, C)),
    "+a b": And((A, B)),
    "a -b": And((A, Not(B))),
    "-a": Not(A),
    "NOT a b": And((Not(A), B)),
    "a OR NOT b": Or((A, Not(B))),
    "NOT NOT a": A,
    "NOT -a": A,
    "-(a b)": Not(And((A, B))),
    "NOT(a)b": And((Not(A), B)),
    '-"a b"': Not(Phrase("a b")),
    '"a b"': Phrase("a b"),
    "“a b”": Phrase("a b"),
    "„a b“": Phrase("a b"),
    "«a b»": Phrase("a b"),
    "'a b'": And((Word("'a"), Word("b'"))),
    '"a b"~3': Phrase("a b", slop=3),
    '"a b"~3^2': Boosted(Phrase("a b", slop=3), 2),
    '"a \\"b\\" \\\\ \\c"': Phrase('a "b" \\ \\c'),
    'a"b"c': And((A, Phrase("b"), C)),
    "a^2": Boosted(A, 2),
    "a^.5 b^1": And((Boosted(A, 0.5), B)),
    "(a b)^1.5": Boosted(And((A, B)), 1.5),
    "*": Everything(),
    "a *": And((A, Everything())),
    "-*": Nothing(),
    "a NEAR/5 b": Near(A, B, 5),
    "a near/5 b": Near(A, B, 5),
    "a w/5 b": Near(A, B, 5),
    "a W/5 b": Near(A, B, 5),
    "a PRE/5 b": Near(A, B, 5, ordered=True),
    "a pre/5 b": Near(A, B, 5, ordered=True),
    'a NEAR/3 ("b c" OR d)': Near(A, Or((Phrase("b c"), D)), 3),
    "a NEAR/3 b c": And((Near(A, B, 3), C)),
    "a OR b NEAR/3 c": Or((A, Near(B, C, 3))),
    "a NEAR/3 b PRE/2 c": And((Near(A, B, 3), Near(B, C, 2, ordered=True))),
    "NOT (a NEAR/3 b)": Not(Near(A, B, 3)),
    "title:a": Word("a", "title"),
    "TITLE:a": Word("a", "title"),
    "-title:a": Not(Word("a", "title")),
    "title:-a": Not(Word("a", "title")),
    'title:"a b"~2': Phrase("a b", "title", 2),
    "title:a^3": Boosted(Word("a", "title"), 3),
    "title:(a OR b) c": And((Or((Word("a", "title"), Word("b", "title"))), C)),
    "title:(a author:b)": And((Word("a", "title"), Word("b", "author"))),
    "title:(a NEAR/2 b)": Near(Word("a", "title"), Word("b", "title"), 2),
    "title:a:b": Word("a:b", "title"),
    "title:AND": Word("AND", "title"),
    "intitle:a headline:b": And((Word("a", "title"), Word("b", "title"))),
    "source:a": Word("a", "publisher"),
    "by:a byline:b authors:c": And((Word("a", "author"), Word("b", "author"), Word("c", "author"))),
    "keyword:a topic:b tags:c": And((Word("a", "tag"), Word("b", "tag"), Word("c", "tag"))),
    "lang:en": Word("en", "language"),
    "site:example.org": Word("example.org", "url"),
    "url:https://example.org/?a=b*^2~": Word("https://example.org/?a=b*^2~", "url"),
    "id:-7": Word("-7", "id"),
    "a:b:c": Word("a:b:c"),
    "10:30": Word("10:30"),
    "http://example.org/who?what=that": Word("http://example.org/who?what=that"),
    "kim jong-un": And((Word("kim"), Word("jong-un"))),
    "don't u.s. AT&T R&D C++ C# 3.5%": And(
        tuple(Word(text) for text in ("don't", "u.s.", "AT&T", "R&D", "C++", "C#", "3.5%"))
    ),
    "who won?": And((Word("who"), Word("won?"))),
    "a, b; c.": And((Word("a,"), Word("b;"), Word("c."))),
    "- a -- + ++": And((Word("-"), A, Word("--"), Word("+"), Word("++"))),
    "(a)-b": And((A, Word("-b"))),
    "~500 a^b !": And((Word("~500"), Word("a^b"), Word("!"))),
    "🚂 vladivostok": And((Word("🚂"), Word("vladivostok"))),
    "a\x00b \x1b[1m": And((Word("a\x00b"), Word("\x1b[1m"))),
    "\\AND \\NOT a\\ b \\*": And((Word("AND"), Word("NOT"), Word("a b"), Word("*"))),
    "AC\\DC": Word("AC\\DC"),
    "title\\:a": Word("title:a"),
    '="visits"': Exact("visits"),
    "=visits": Exact("visits"),
    "=visits, a": And((Exact("visits"), A)),
    '="a b"~2^3': Boosted(Exact("a b", slop=2), 3),
    '="nuclear* (a OR b)"': Exact("nuclear* (a OR b)"),
    'title:="visits"': Exact("visits", "title"),
    "lead:(=visits a)": And((Exact("visits", "lead"), Word("a", "lead"))),
    'author:="Jane Doe"': Value("Jane Doe", "author"),
    "-place:=Seoul": Not(Value("Seoul", "place")),
    'url:="https://example.org/(a b)"': Value("https://example.org/(a b)", "url"),
    'id:="a b"': Phrase("a b", "id"),
    'id:="7"': Word("7", "id"),
    'lang:="en"': Word("en", "language"),
    "a=b =": And((Word("a=b"), Word("="))),
    "nuclear*": Wildcard("nuclear*"),
    "*korea": Wildcard("*korea"),
    "wom?n": Wildcard("wom?n"),
    "in*al": Wildcard("in*al"),
    "?uclear a*?": And((Wildcard("?uclear"), Wildcard("a*"))),
    "nuclear*, ‘wom?n’!": And((Wildcard("nuclear*"), Wildcard("wom?n"))),
    "U.S.* jong-u* AT&* हिन्दी*": And(tuple(Wildcard(text) for text in ("U.S.*", "jong-u*", "AT&*", "हिन्दी*"))),
    "a\\*b*": Wildcard("a\\*b*"),
    "title:nuclear*^2": Boosted(Wildcard("nuclear*", "title"), 2),
    "author:(jan* OR doe~)": Or((Wildcard("jan*", "author"), Fuzzy("doe", "author"))),
    "*** ? a? b*": And((Word("***"), Word("?"), Word("a?"), Wildcard("b*"))),
    "title:* -author:*": And((Has("title"), Not(Has("author")))),
    "id:* url:* lang:*": And((Has("id"), Has("url"), Has("language"))),
    "zelensky~": Fuzzy("zelensky"),
    "zelensky~1, a": And((Fuzzy("zelensky"), A)),
    "title:jong-un~2^3": Boosted(Fuzzy("jong-un", "title", 2), 3),
    "zelensky^3~2": Boosted(Fuzzy("zelensky", distance=2), 3),
    "/mi(ss)+ile/": Expression("mi(ss)+ile"),
    "title:/a\\/b|c/^2 (/[ab]{2}/)": And((Boosted(Expression("a/b|c", "title"), 2), Expression("[ab]{2}"))),
    "/usr/bin": Word("/usr/bin"),
    '"nuclear* test"': Sequence((Wildcard("nuclear*"), Word("test"))),
    '"missile (test OR launch)"': Sequence((Word("missile"), Or((Word("test"), Word("launch"))))),
    '"a (b|c d)"~3^2': Boosted(Sequence((A, Or((B, Phrase("c d")))), 3), 2),
    '"(a OR b) (c OR d)"': Sequence((Or((A, B)), Or((C, D)))),
    '"a ((b OR c) d OR b*)"': Sequence((A, Or((Sequence((Or((B, C)), D)), Wildcard("b*"))))),
    'title:"zelensky~2 a"': Sequence((Fuzzy("zelensky", "title", 2), Word("a", "title"))),
    '"=visits a"': Sequence((Exact("visits"), A)),
    '"=visits =a"': Exact("visits a"),
    '"nuclear*"': Wildcard("nuclear*"),
    '"(a OR b)"': Or((A, B)),
    '"a (b) c? (north d"': Phrase("a (b) c? (north d"),
    '"a|b OR c"': Phrase("a|b OR c"),
    '"a \\(b OR c\\) d\\*"': Phrase("a (b OR c) d*"),
    '"nuclear* (b) 10 000"': Sequence((Wildcard("nuclear*"), B, Word("10 000"))),
    '-"a b*"': Not(Sequence((A, Wildcard("b*")))),
    "a NOT w/5 b": Near(A, B, 5, negated=True),
    "a not w/5 b": Near(A, B, 5, negated=True),
    "a NOT NEAR/5 b": Near(A, B, 5, negated=True),
    "a not pre/5 b": Near(A, B, 5, ordered=True, negated=True),
    "a AND NOT w/5 b": Near(A, B, 5, negated=True),
    "a NOT NOT w/5 b": Near(A, B, 5),
    "a w/s b": Near(A, B, 0, unit="sentence"),
    "a W/SENT b": Near(A, B, 0, unit="sentence"),
    "a w/p b": Near(A, B, 0, unit="paragraph"),
    "a w/para b": Near(A, B, 0, unit="paragraph"),
    "a pre/s b": Near(A, B, 0, ordered=True, unit="sentence"),
    "a PRE/p b": Near(A, B, 0, ordered=True, unit="paragraph"),
    "a NEAR/s b": Near(A, B, 0, unit="sentence"),
    "a not w/s b": Near(A, B, 0, unit="sentence", negated=True),
    "a NOT pre/p b": Near(A, B, 0, ordered=True, unit="paragraph", negated=True),
    "a* w/5 (b~ OR =c)": Near(Wildcard("a*"), Or((Fuzzy("b"), Exact("c"))), 5),
    '"a b*" pre/3 /c+/': Near(Sequence((A, Wildcard("b*"))), Expression("c+"), 3, ordered=True),
    "(a NEAR/3 b) w/s c": Near(Near(A, B, 3), C, 0, unit="sentence"),
    "a w/9 ((b pre/2 c) OR d)": Near(A, Or((Near(B, C, 2, ordered=True), D)), 9),
    "title:(a not w/5 b)": Near(Word("a", "title"), Word("b", "title"), 5, negated=True),
    "atleast3(a)": AtLeast(A, 3),
    "ATLEAST3 (a OR b)": AtLeast(Or((A, B)), 3),
    'atleast2("a b"~2)^3': Boosted(AtLeast(Phrase("a b", slop=2), 2), 3),
    "-atleast2(a w/5 b)": Not(AtLeast(Near(A, B, 5), 2)),
    "title:atleast2(a) b": And((AtLeast(Word("a", "title"), 2), B)),
    "atleast2(title:a)": AtLeast(Word("a", "title"), 2),
    "atleast2(a^2)": Boosted(AtLeast(A, 2), 2),
    "atleast1(a)": A,
    "atleast2 a": AtLeast(A, 2),
    "lead:a": Word("a", "lead"),
    'lead:("a b" OR c)': Or((Phrase("a b", "lead"), Word("c", "lead"))),
    "lead:*": Or((Has("title"), Has("body"))),
    "length:>800": LengthRange(801),
    "length:>=800": LengthRange(800),
    "length:<200": LengthRange(None, 199),
    "length:<=1,200": LengthRange(None, 1200),
    "length:100..300": LengthRange(100, 300),
    "length:100.. -length:..300": And((LengthRange(100), Not(LengthRange(None, 300)))),
    "length:500": LengthRange(500, 500),
    'length:("100 to 300" OR >800)': Or((LengthRange(100, 300), LengthRange(801))),
    "has:summary -has:authors": And((Has("summary"), Not(Has("author")))),
    "has:date has:updated has:lead": And((DateRange(), DateRange(field="updated"), Or((Has("title"), Has("body"))))),
    "has:(title OR byline)": Or((Has("title"), Has("author"))),
    "updated:2023-09-11": replace(SEPTEMBER_11, field="updated"),
    "updated:>=2023-09-11": DateRange(SEPTEMBER_11.since, field="updated"),
    "updated:*": DateRange(field="updated"),
    "a -updated:2023-09-11": And((A, Not(replace(SEPTEMBER_11, field="updated")))),
    "(a OR b)^2 -date:2023-09-11": And((Boosted(Or((A, B)), 2), Not(SEPTEMBER_11))),
    "a OR date:2023-09-11": Or((A, SEPTEMBER_11)),
    "date:2023-09-11": SEPTEMBER_11,
    "date:*": DateRange(),
    "date:2023-09-11, a": And((SEPTEMBER_11, A)),
    "a -date:2023-09-11": And((A, Not(SEPTEMBER_11))),
    "date:(2023-09-11 OR 2023)": Or((SEPTEMBER_11, DateRange(utc(2022, 12, 31, 16), utc(2023, 12, 31, 16)))),
}


@pytest.mark.parametrize("text", PLAIN)
def test_a_query_written_by_the_book_is_read_without_a_word(text: str):
    parsed = read(text)

    assert parsed.tree == PLAIN[text]
    assert parsed.diagnostics == ()


# text: the tree, and what one of the diagnostics says.
REPORTED = {
    "": (Everything(), "nothing to search for"),
    " \n": (Everything(), "nothing to search for"),
    '"a b': (Phrase("a b"), "never closed"),
    'a "': (A, "never closed"),
    '"" a': (A, "nothing between these quotation marks"),
    "NOT OR a": (A, "NOT has nothing to join after it"),
    "a AND": (A, "AND has nothing to join after it"),
    "AND a": (A, "AND has nothing to join before it"),
    "a AND OR b": (And((A, B)), "OR has nothing to join before it"),
    "a OR | b": (Or((A, B)), "| has nothing to join before it"),
    "a NEAR/5": (A, "NEAR/5 has nothing to join after it"),
    "(a AND) b": (And((A, B)), "AND has nothing to join after it"),
    "a (NOT) b": (And((A, B)), "NOT has nothing to join after it"),
    "OR": (Word("OR"), "OR stands alone"),
    "NOT": (Word("NOT"), "NOT stands alone"),
    "NEAR/5": (Word("NEAR/5"), "NEAR/5 stands alone"),
    "(a b": (And((A, B)), "never closed"),
    "a) b": (And((A, B)), "closes none"),
    ")(": (Everything(), "nothing to search for"),
    "((": (Everything(), "nothing to search for"),
    "a () b": (And((A, B)), "nothing in these parentheses"),
    "a OR -() b": (Or((A, B)), "nothing in these parentheses"),
    "a title:() b": (And((A, B)), "nothing in these parentheses"),
    "a NEAR b": (And((A, Word("NEAR"), B)), "NEAR needs a distance in words; write NEAR/5"),
    "a NEAR/x b": (And((A, Word("NEAR/x"), B)), "NEAR needs a distance in words; write NEAR/5"),
    "a NEAR/500 b": (Near(A, B, 100), "from 1 to 100; read as 100"),
    "a NEAR/0 b": (Near(A, B, 1), "from 1 to 100; read as 1"),
    "a NEAR/5 -b": (And((A, Not(B))), "it was read as AND"),
    "a NEAR/5 (b c)": (And((A, B, C)), "it was read as AND"),
    "title:a NEAR/5 body:b": (And((Word("a", "title"), Word("b", "body"))), "within one field"),
    "a^2 NEAR/5 b": (Near(A, B, 5), "^2 was left out"),
    '"a b"~101': (Phrase("a b", slop=100), "from 0 to 100; read as 100"),
    "a^0": (Boosted(A, 0.001), "a weight is from 0.001 to 1000"),
    "a^2000": (Boosted(A, 1000), "a weight is from 0.001 to 1000"),
    "title: a": (Word("a", "title"), "read together with what follows"),
    "title:": (Word("title:"), "title: has nothing after it"),
    "title: AND b": (And((Word("title:"), B)), "title: has nothing after it"),
    "title: author:b": (And((Word("title:"), Word("b", "author"))), "title: has nothing after it"),
    "title:\na": (And((Word("title:"), A)), "title: has nothing after it"),
    "after: lunch": (And((Word("after:"), Word("lunch"))), "so it was searched for as a word; write after:2023-09-11"),
    "athor:a": (Word("athor:a"), "did you mean author:?"),
    "Tilte:a": (Word("Tilte:a"), "did you mean title:?"),
    "a date:2023-09-15..2023-09-01": (And((A, Nothing())), "swap its two dates"),
    "a\ud800": (Word("a\ufffd"), "half of a character"),
    "a and b or not c": (And((A, Word("and"), B, Word("or"), Word("not"), C)), "'or' in small letters is a word"),
    "zelensky~3": (Fuzzy("zelensky", distance=2), "from 1 to 2; read as 2"),
    "zelensky~0": (Exact("zelensky"), 'write ="zelensky"'),
    "zelensky~0.8": (Fuzzy("zelensky"), "~0.8 was read as ~1"),
    "nucl*~": (Wildcard("nucl*"), "not both"),
    "foo@b*r": (Word("foo@b*r"), "the * in 'foo@b*r' was read as an ordinary character"),
    'author:="Jane Doe"~2': (Value("Jane Doe", "author"), "~2 was left out"),
    'a author:=""': (And((A, Nothing())), "write -has:author"),
    "a NOT w/5 (b c)": (And((A, Not(And((B, C))))), "it was read as NOT"),
    "a OR NOT w/5 b": (Or((A, Not(B))), "w/5 has nothing to join before it"),
    "a NOT w/5 b NEAR/3 c": (And((Near(A, B, 5, negated=True), Near(B, C, 3))), "in a chain"),
    "author:(a w/s b)": (And((Word("a", "author"), Word("b", "author"))), "which only title, summary and body have"),
    "a w/5 (b^2 OR c)": (Near(A, Or((B, C)), 5), "^2 was left out"),
    "a w/5 *": (And((A, Everything())), "it was read as AND"),
    "atleast2(a b)": (And((AtLeast(A, 2), AtLeast(B, 2))), "each of these words has to occur 2 times"),
    "atleast2(-a)": (Not(A), "atleast2 counts words"),
    "atleast2(date:2023-09-11)": (SEPTEMBER_11, "so it was left out"),
    "atleast2(id:7)": (Word("7", "id"), "so it was left out"),
    "atleast5000(a)": (AtLeast(A, 1000), "from 1 to 1000; read as 1000"),
    "atleast(a)": (A, "atleast needs a number"),
    "caps(us) a": (And((Word("us"), A)), "capital and small letters are not told apart"),
    "ALLCAPS(us OR uk)": (Or((Word("us"), Word("uk"))), "capital and small letters are not told apart"),
    # What restricts and cannot be read widens nothing.
    "a date:2023-02-30": (And((A, Nothing())), "there is no '2023-02-30' in the calendar"),
    "a since:soon": (And((A, Nothing())), "this part finds nothing: 'soon' is not a date"),
    'date:"Foo 2020"': (Nothing(), "this part finds nothing"),
    'after:"next blue moon"': (Nothing(), "this part finds nothing"),
    "updated:soon": (Nothing(), "updated: cannot be read"),
    "a OR date:soon": (Or((A, Nothing())), "this part finds nothing"),
    "a -date:soon": (And((A, Nothing())), "everything is excluded"),
    "a NOT (b date:soon)": (And((A, Not(And((B, Everything()))))), "everything is excluded"),
    "a NOT (b NOT date:soon)": (And((A, Not(And((B, Everything()))))), "this part finds nothing"),
    "date:() a": (And((Nothing(), A)), "date: cannot be read"),
    "a length:long": (And((A, Nothing())), "write a number of words as 500"),
    "-length:long": (Nothing(), "everything is excluded"),
    "length:300..100": (Nothing(), "swap its two numbers"),
    "a has:foo": (And((A, Nothing())), "'foo' is no field of articles"),
    "has:bylin": (Has("author"), "has:bylin was read as has:author"),
    "a /mi(ss/": (And((A, Nothing())), "a parenthesis is not closed"),
    "a -/mi(ss/": (And((A, Nothing())), "everything is excluded"),
    f"/{'a' * 257}/": (Nothing(), "at most 256 characters"),
    f"{'a' * 256}*": (Nothing(), "at most 256 characters"),
    '"a *b??????????????????c d"': (Nothing(), "too complex"),
    "date: last week": (DateRange(utc(2023, 9, 3, 16), utc(2023, 9, 10, 16)), 'write date:"last week"'),
    "length: > 800 a": (And((LengthRange(801), A)), 'write length:"> 800"'),
    "length:100 to 300 a": (And((LengthRange(100, 300), A)), 'write length:"100 to 300"'),
}


@pytest.mark.parametrize("text", REPORTED)
def test_a_query_that_may_mean_something_else_is_answered_and_reported(text: str):
    tree, said = REPORTED[text]

    parsed = read(text)

    assert parsed.tree == tree
    assert any(said in diagnostic.message for diagnostic in parsed.diagnostics)


EITHER = {
    "a b": Or((A, B)),
    "a b AND c": Or((A, And((B, C)))),
    "a OR b c": Or((A, B, C)),
    "+a b c": And((A, Or((B, C, Everything())))),
    "+a +b": And((A, B)),
    "a b -c": And((Or((A, B)), Not(C))),
    "a b NOT c": And((Or((A, B)), Not(C))),
    "a -b OR c": Or((And((A, Not(B))), C)),
    "a b date:2023-09-11": And((Or((A, B)), SEPTEMBER_11)),
    "a b has:summary length:>800": And((Or((A, B)), Has("summary"), LengthRange(801))),
    "a b date:soon": And((Or((A, B)), Nothing())),
    "a b* =c": Or((A, Wildcard("b*"), Exact("c"))),
    'a b author:="Jane Doe"': And((Or((A, B)), Value("Jane Doe", "author"))),
    "date:2023-09-11 +a b": And((A, Or((B, Everything())), SEPTEMBER_11)),
    "a NEAR/5 b c": Or((Near(A, B, 5), C)),
    "title:(a b)": Or((Word("a", "title"), Word("b", "title"))),
    "-a -b": And((Not(A), Not(B))),
}


@pytest.mark.parametrize("text", EITHER)
def test_any_makes_words_optional_but_neither_signs_nor_dates(text: str):
    assert tree_of(text, either=True) == EITHER[text]


@pytest.mark.parametrize("text", ["title: a", "a\ud800", *PLAIN])
def test_strict_lets_pass_what_cannot_be_meant_otherwise(text: str):
    assert read(text, strict=True).tree == tree_of(text)


@pytest.mark.parametrize("text", ["", "()", "a AND", "a) b", "athor:b", "nuclear*~", "a date:2023-13", "title:", '"a'])
def test_strict_raises_what_the_reading_may_have_got_wrong(text: str):
    with pytest.raises(QueryError):
        read(text, strict=True)


def test_words_beyond_the_limit_are_left_out_and_reported():
    parsed = read("a " * (MAX_QUERY_CLAUSES + 5))

    assert isinstance(parsed.tree, And)
    assert len(parsed.tree.nodes) == MAX_QUERY_CLAUSES
    assert "1,024 words, phrases and dates; the rest was left out" in parsed.diagnostics[0].message
    assert parsed.diagnostics[0].start == 2 * MAX_QUERY_CLAUSES


def test_text_beyond_the_limit_is_left_out_and_reported():
    parsed = read("a" * MAX_QUERY_CHARS + "b")

    assert parsed.tree == Word("a" * MAX_QUERY_CHARS)
    assert "65,536 characters; the rest was left out" in parsed.diagnostics[0].message


def test_forty_kilobytes_of_prose_are_a_query():
    prose = "He said, \"we'll see\" - and left (at 10:30). What? Nothing: it's over...\n" * 570

    assert isinstance(tree_of(prose), And)


def test_parentheses_that_lie_too_deep_are_left_out_and_reported():
    parsed = read("(" * (MAX_QUERY_DEPTH + 3) + "a" + ")" * (MAX_QUERY_DEPTH + 3) + " b")

    assert parsed.tree == And((A, B))
    assert ["32 deep" in found.message for found in parsed.diagnostics] == [True]


FRAGMENTS = [
    "(", ")", '"', "“", "-", "+", "|", "*", "\\", "^2", "~2", "~", "^", ":", "=", '="', "/", "?", " ", "\n", " NOT ",
    " AND ", " OR ", " NEAR/3 ", " pre/2 ", " NEAR ", "title:", "athor:", "date:", "since:", "url:", "2023-09-11",
    "2023-02-30", "..", ">=", "=", "{", "!", "$", "%", "#", "&", " XOR ", " BUT NOT ", " NOT w/5 ", " w/s ", " ADJ3 ", " /s ",
    " +p ", " SAME ", " AROUND(5) ", "atleast2(", "atl3(", "caps(", "headline(", "hd=", "wc>5 ", "date is 2020 ", "length:",
    "has:", "updated:", "lead:", "country:", "allintitle:", "invest! ", "a* ", "/a(b/ ", '"a* (b OR c)"', "kim~2 ", " or ",
    "\u202e", "\u0645", "\u05d0", "\x1b", "to", "[", '"last week"', "7d", "'", ",", "🚂", "\x00", "\ud83d", "é", "title: ", "\\AND", "id:", "()",
]  # fmt: skip
queries = st.lists(st.sampled_from(FRAGMENTS) | st.sampled_from(["w1", "w2", "kim"]), max_size=40).map("".join)
texts = st.text(st.characters(), max_size=60) | queries


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A query written by the book, with some of its characters left out, doubled or put elsewhere."""
    chars = list(" ".join(draw(st.lists(st.sampled_from([*PLAIN, *REPORTED]), min_size=1, max_size=3))))
    for _ in range(draw(st.integers(1, 6))):
        if not chars:
            break
        at, to = draw(st.integers(0, len(chars) - 1)), draw(st.integers(0, len(chars) - 1))
        chars[at : at + 1] = draw(
            st.sampled_from([[], [chars[to]], [chars[at]] * 2, [draw(st.sampled_from(FRAGMENTS))]])
        )
    return "".join(chars)


def leaves(node: Node) -> list[Node]:
    if isinstance(node, (And, Or, Sequence)):
        return [leaf for part in node.nodes for leaf in leaves(part)]
    if isinstance(node, (Not, Boosted, AtLeast)):
        return leaves(node.node)
    if isinstance(node, Near):
        return leaves(node.left) + leaves(node.right)
    return [node]


@examples(400)
@given(texts | mutated(), st.booleans())
def test_every_text_has_a_tree_that_can_be_searched_and_written(text: str, either: bool):
    parsed = read(text, either=either)

    assert isinstance(parsed.tree, Node)
    assert parsed.text == text
    assert all(0 <= found.start <= found.end <= len(text) for found in parsed.diagnostics)
    assert all(0 <= leaf.start <= leaf.end <= len(text) for leaf in leaves(parsed.tree))
    assert find_fault(parsed.tree) is None
    assert tree_of(render(parsed.tree, zone=ZONE)) == parsed.tree == simplify(parsed.tree)


@given(st.lists(st.sampled_from(FRAGMENTS) | st.just("MARK"), max_size=30), st.booleans())
def test_every_word_is_in_the_tree_or_in_a_diagnostic(fragments: list[str], either: bool):
    # A letter no fragment has, then the number of the word: each is found again or reported.
    text = "".join(f"q{number}q" if part == "MARK" else part for number, part in enumerate(fragments))

    parsed = read(text, either=either)

    found = " ".join(getattr(leaf, "text", "") for leaf in leaves(parsed.tree))
    for mark in re.finditer(r"q\d+q", text):
        reported = (said for said in parsed.diagnostics if said.start <= mark.start() and mark.end() <= said.end)
        assert mark[0] in found or next(reported, None)


@given(texts | mutated())
def test_strict_raises_or_gives_the_same_tree(text: str):
    try:
        strict = read(text, strict=True)
    except QueryError:
        assert read(text).diagnostics
    else:
        assert strict == read(text)


LONG = [
    "(", ")", "()", '"', "-", "- ", "NOT ", "a:", "title:", "title: ", "title:(", "a* ", "/", "\\", "\\(", "^1", "a^1", "~",
    "(a OR ", "a NEAR/5 ", ".", "a*..", "date:x ", "(-", "/(\\", "AND ", "NOT (", '="', "|", "\ud800", " ",
    "a NOT w/5 ", "not w/5 ", "a XOR ", "(a XOR ", "a ADJ ", "a /s ", "atleast2(", "atleast2 ", "caps(", "hd=", "wc>5 ",
    "date is ", "date is 2020 ", "=a ", "a! ", "{", "a~ ", "length:", "length:5 ", "has:a ", "foo:bar ", "a & ", '"a* (b OR ',
    '"(', '"(a|b) ', '"a~ ', "date:[2020 TO ", "date:2020 to ", "ti,ab(", "a or ", "AROUND(", "?a", "/a/ ", "$", "a* OR ",
]  # fmt: skip


@pytest.mark.parametrize("fragment", LONG)
def test_reading_takes_work_that_grows_with_the_text_and_not_faster(fragment: str):
    def work(chars: int) -> int:
        text = (fragment * chars)[:chars]
        return lines_run(lambda: read(text))

    # Four times the text; quadratic work would be sixteen times as much.
    assert work(16_000) < 5 * work(4_000) + 100


def test_a_megabyte_of_prose_is_read_as_far_as_a_query_goes_and_the_rest_costs_nothing():
    prose = "He said, \"we'll see\" - and left (at 10:30). What? Nothing: it's over...\n" * 14_000

    parsed = read(prose)

    assert isinstance(parsed.tree, And)
    assert max(leaf.end for leaf in leaves(parsed.tree)) <= MAX_QUERY_CHARS
    assert lines_run(lambda: read(prose)) <= lines_run(lambda: read(prose[: MAX_QUERY_CHARS + 1])) + 10


@pytest.mark.parametrize(
    "text",
    [
        '"Kim Jong Un arrives in Vladivostok for talks with Putin"',
        'He said, "we will see", and left (at 10:30). What? Nothing: it is over, caps(us) and all the rest of it',
        'The minister said that "we will see" and left the room at half past ten without any answer',
    ],
)
def test_of_what_may_be_a_pasted_text_it_is_said_how_to_search_for_it(text: str):
    assert any("plain=True" in found.message for found in read(text).diagnostics)


@pytest.mark.parametrize("text", ['"a short phrase" kim', "kim putin moscow -trump (seoul OR pyongyang) caps(us)"])
def test_of_other_queries_it_is_not(text: str):
    assert not any("plain=True" in found.message for found in read(text).diagnostics)


def test_of_many_words_of_which_one_is_enough_it_is_not():
    words = "a b c d e f g h i j k l m n"

    assert any("all of these words" in found.message for found in read(words).diagnostics)
    assert not read(words, either=True).diagnostics
