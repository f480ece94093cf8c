"""Random articles and random query trees over a small vocabulary, so that they meet."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.query import And, Boosted, DateRange, Everything, Near, Not, Nothing, Or, Phrase, Word, simplify

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

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
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
)
batches = st.lists(st.lists(articles, max_size=6), min_size=1, max_size=3)

_text_fields = st.sampled_from([None, None, None, "title", "summary", "body"])
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
_plain_words = st.builds(Word, st.sampled_from(WORDS))
_plain_phrases = st.builds(Phrase, st.lists(st.sampled_from(WORDS), min_size=2, max_size=2).map(" ".join))
_sides = st.one_of(_plain_words, _plain_phrases, st.builds(lambda a, b: Or((a, b)), _plain_words, _plain_words))
_pairs = st.builds(Near, _sides, _sides, st.integers(min_value=1, max_value=6), st.booleans())

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

_leaves = st.one_of(_words, _words, _phrases, _metadata, _dates, _pairs, st.just(Everything()), st.just(Nothing()))
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
