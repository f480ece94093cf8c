"""Random articles and random query trees over a small vocabulary, so that they meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.query import (
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
    Not,
    Nothing,
    Or,
    Phrase,
    Sequence,
    Value,
    Wildcard,
    Word,
    simplify,
)

# Near-namesakes, hyphens, accents, stop words, numbers, two scripts: what the analyzer has rules for.
WORDS = [
    "kim",
    "putin",
    "Putin-Kim",
    "summit",
    "summits",
    "the",
    "of",
    "train",
    "Jong-un",
    "e-mail",
    "email",
    "café",
    "cafe",
    "U.S.",
    "us",
    "covid19",
    "COVID-19",
    "10,000",
    "Russia’s",
    "russia",
    "R&D",
    "北京大学",
    "北京",
]
# Some are others in another spelling.
SECTIONS = ["", "World", "world", "Business", "World News", "WORLD-NEWS", "¡!"]
LANGUAGES = ["", "en", "en-GB", "fr", "fr-CA", "ca", "DEU", "ru", "cs"]
NAMES = ["Jane Doe", "JANE DOE", "John Roe", "Jane Roe", "Łukasz Doe", "Lukasz Doe"]
TAGS = ["kim", "Kim", "putin", "Putin-Kim", "putin kim", "summit", "the", "Summit"]
# What is written as one word and of several parts, beside its parts; "run-ning" has the same term twice in one place.
JOINED_WORDS = [
    "re-election",
    "reelection",
    "election",
    "run-ning",
    "run",
    "ning",
    "wolf",
    "O’Neal",
    "neal",
    "A-10",
    "a10",
    "a",
    "10",
    "10 000",
    "10,000",
    "J. K.",
    "jk",
    "AT & T",
    "can’t",
    "can",
    "covid19",
    "SARS-CoV-2",
]

_EPOCH = datetime(2023, 9, 1, tzinfo=timezone.utc)

# Sentences and paragraphs end; most words stand beside one another.
_breaks = st.sampled_from([" ", " ", " ", " ", ". ", "! ", ".\n\n"])
texts = st.lists(st.tuples(st.sampled_from(WORDS), _breaks), max_size=12).map(
    lambda pieces: "".join(word + mark for word, mark in pieces).strip()
)
days = st.integers(min_value=-40, max_value=40).map(lambda day: f"{_EPOCH + timedelta(days=day):%Y-%m-%d}")
hours = st.integers(min_value=-900, max_value=900).map(lambda hour: (_EPOCH + timedelta(hours=hour)).isoformat())

# Of both sides of the days above, so that ranges begin and end in them.
periods = st.sampled_from(["2022", "2023", "2024", "2023-07", "2023-08", "2023-09", "2023-10", "2022-12"])

articles = st.builds(
    Article,
    id=st.sampled_from([f"a{number}" for number in range(12)]),
    title=texts,
    summary=st.one_of(st.just(""), texts),
    body=texts.map(lambda text: f"{text} end"),
    section=st.sampled_from(SECTIONS),
    authors=st.lists(st.sampled_from(NAMES), max_size=2),
    tags=st.lists(st.sampled_from(TAGS), max_size=3),
    language=st.sampled_from(LANGUAGES),
    published=st.one_of(st.none(), days, hours, periods),
    updated=st.one_of(st.none(), st.none(), hours),
    url=st.sampled_from(["", "", "https://news.example/kim", "https://news.example/Kim"]),
)
batches = st.lists(st.lists(articles, max_size=6), min_size=1, max_size=3)

_text_fields = st.sampled_from([None, None, None, "title", "summary", "body", "lead"])
_words = st.builds(Word, st.sampled_from(WORDS), _text_fields)
_phrases = st.builds(
    Phrase,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    _text_fields,
    st.sampled_from([0, 0, 1, 3]),
)
_metadata = st.one_of(
    st.builds(Word, st.sampled_from(["World", "news", "business"]), st.just("section")),
    st.builds(Phrase, st.sampled_from(["jane doe", "doe roe", "roe"]), st.just("author")),
    st.builds(Word, st.sampled_from(WORDS[:6]), st.just("tag")),
    st.builds(Word, st.sampled_from(["fr", "ca", "fr-ca", "de", "english", "klingon"]), st.just("language")),
    st.builds(Word, st.sampled_from(["a1", "a2", "nobody"]), st.just("id")),
)
_instants = st.integers(min_value=-50, max_value=50).map(lambda day: _EPOCH + timedelta(days=day))
_dates = st.builds(DateRange, st.one_of(st.none(), _instants), st.one_of(st.none(), _instants)).filter(
    lambda dates: dates.since is not None or dates.until is not None
)


@dataclass(frozen=True)
class Vocabulary:
    """What words and patterns are made of."""

    words: tuple[str, ...]
    wildcards: tuple[str, ...]
    expressions: tuple[str, ...]
    misspelt: tuple[str, ...]


_ALL_KINDS = Vocabulary(
    (*WORDS, *NAMES),
    ("s*", "summ?t*", "*im", "p*n", "c?fe", "*-*", "u?", "1*0*", "北*", "xq*", "K*", "*s"),
    ("su[mn]+it(s)?", "k.m", "(the|of)", ".*un", "[0-9,]+", "x+q"),
    ("kin", "putni", "Sumit", "trian", "cafee", "russa", "ofthe", "jong"),
)
#: Few words, so that what is joined meets; of one stem, of several parts, and a stop word.
_CLOSE = Vocabulary(
    ("kim", "visit", "visits", "Visited", "the", "jong-un", "jong"),
    ("visit*", "*s", "?im", "*un*", "t?e"),
    ("visit(s|ed)", "k.*", "j[a-z]+"),
    ("visti", "kin", "te", "jogn"),
)


def patterns_in(field: str | None, vocabulary: Vocabulary) -> st.SearchStrategy:
    """Patterns of printed words in a field."""
    return st.one_of(
        st.builds(Wildcard, st.sampled_from(vocabulary.wildcards), st.just(field)),
        st.builds(Expression, st.sampled_from(vocabulary.expressions), st.just(field)),
        st.builds(Fuzzy, st.sampled_from(vocabulary.misspelt), st.just(field), st.sampled_from([1, 2])),
    )


def sides_in(field: str | None, vocabulary: Vocabulary) -> st.SearchStrategy:
    """What a phrase or NEAR joins, in one field: words, phrases, patterns, and what joins these."""
    words = vocabulary.words
    few_words = st.lists(st.sampled_from(words), min_size=1, max_size=3).map(" ".join)
    alone = st.one_of(
        st.builds(Word, st.sampled_from(words), st.just(field)),
        st.builds(Word, st.sampled_from(words), st.just(field)),
        st.builds(Phrase, few_words, st.just(field), st.sampled_from([0, 0, 1, 3])),
        st.builds(Exact, few_words, st.just(field), st.sampled_from([0, 0, 2])),
        patterns_in(field, vocabulary),
    )
    # Only texts have sentences.
    is_text = field is None or field in TEXT_REGIONS
    units = st.sampled_from(["word", "word", "sentence", "paragraph"] if is_text else ["word"])

    def joined(inner: st.SearchStrategy) -> st.SearchStrategy:
        distances = st.tuples(units, st.integers(min_value=1, max_value=6))
        return st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(lambda nodes: Or(tuple(nodes))),
            st.builds(
                lambda nodes, slop: Sequence(tuple(nodes), slop),
                st.lists(inner, min_size=2, max_size=3),
                st.sampled_from([0, 0, 1, 4]),
            ),
            st.builds(
                lambda left, right, distance, ordered, negated: Near(
                    left, right, distance[1] if distance[0] == "word" else 0, ordered, distance[0], negated
                ),
                inner,
                inner,
                distances,
                st.booleans(),
                st.booleans(),
            ),
        )

    return st.recursive(alone, joined, max_leaves=4)


_side_fields = st.sampled_from([None, None, None, None, "title", "body", "lead", "author", "tag", "section"])
_counts = st.integers(min_value=2, max_value=3)
_sides = _side_fields.flatmap(lambda field: sides_in(field, _ALL_KINDS))
_counted = st.builds(AtLeast, _sides, _counts)

# Articles and trees of few words: what stands near what.
close_texts = st.lists(st.tuples(st.sampled_from(_CLOSE.words), _breaks), min_size=1, max_size=14).map(
    lambda pieces: "".join(word + mark for word, mark in pieces).strip()
)
close_articles = st.builds(
    Article,
    id=st.sampled_from([f"a{number}" for number in range(6)]),
    title=close_texts,
    summary=st.one_of(st.just(""), close_texts),
    body=close_texts,
    language=st.sampled_from(["en", "en", "fr", "de"]),
    tags=st.lists(close_texts.map(lambda text: " ".join(text.split())), max_size=2),
)
_close_sides = st.sampled_from([None, None, None, "title", "body", "lead", "tag"]).flatmap(
    lambda field: sides_in(field, _CLOSE)
)
close_trees = st.one_of(
    _close_sides, _close_sides, st.builds(AtLeast, _close_sides, _counts), st.builds(Not, _close_sides)
).map(simplify)
_values = st.sampled_from(
    ["World", "world news", "KIM", "jane doe", "Łukasz Doe", "nobody", "https://news.example/kim"]
)
_conditions = st.one_of(
    st.builds(Value, _values, st.sampled_from(VALUE_FIELDS)),
    st.builds(Has, st.sampled_from([*(each for each in SEARCH_FIELDS if each != "lead"), "date", "updated"])),
    st.builds(
        LengthRange,
        st.integers(min_value=1, max_value=20),
        st.one_of(st.none(), st.integers(min_value=8, max_value=40)),
    ),
    st.builds(DateRange, st.one_of(st.none(), _instants), st.one_of(st.none(), _instants), st.just("updated")),
)

joined_texts = st.lists(st.sampled_from(JOINED_WORDS), min_size=1, max_size=8).map(" ".join)
joined_articles = st.builds(
    lambda number, title, body, author: Article(id=number, title=title, body=body, authors=[author]),
    st.sampled_from([f"a{number}" for number in range(6)]),
    joined_texts,
    joined_texts,
    joined_texts,
)
_joined_fields = st.sampled_from([None, None, "title", "author"])
_joined_words = st.builds(Word, st.sampled_from(JOINED_WORDS), _joined_fields)
_joined_sides = st.builds(Word, st.sampled_from(JOINED_WORDS)) | st.builds(Phrase, joined_texts)
joined_trees = st.one_of(
    _joined_words,
    st.builds(
        Phrase,
        st.lists(st.sampled_from(JOINED_WORDS), min_size=1, max_size=3).map(" ".join),
        _joined_fields,
        st.sampled_from([0, 0, 1, 3]),
    ),
    st.builds(Near, _joined_sides, _joined_sides, st.integers(1, 4), st.booleans()),
).map(simplify)

_leaves = st.one_of(
    _words,
    _words,
    _phrases,
    _metadata,
    _dates,
    _sides,
    _sides,
    _counted,
    _conditions,
    st.just(Everything()),
    st.just(Nothing()),
)
trees = st.recursive(
    _leaves,
    lambda children: st.one_of(
        st.lists(children, min_size=2, max_size=3).map(lambda nodes: And(tuple(nodes))),
        st.lists(children, min_size=2, max_size=3).map(lambda nodes: Or(tuple(nodes))),
        st.builds(Not, children),
        st.builds(Boosted, children, st.sampled_from([0.5, 2.0, 3.0])),
    ),
    max_leaves=6,
).map(simplify)
