"""The inverter gathers the postings that `schema` makes of the same articles, in any order of docnums."""

from __future__ import annotations

import struct
from collections import defaultdict
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import articles

from searchlib.analysis import ArticleAnalyzers, Token, analyzer_for
from searchlib.codec import PackedPositions
from searchlib.kernels import inverting, tokenizing
from searchlib.kernels.building import posting_lists
from searchlib.schema import KEYWORD_FIELDS, LANGUAGE, TEXT, LanguageCodes, Weights, build_schema, document

Inverter, Layout, TermTokenizer = inverting.Inverter, inverting.Layout, tokenizing.TermTokenizer

LENGTH_MARK = b"\x1f"
#: Field number → {term: [(docnum, weight, value)]}.
Lists = dict[int, dict[bytes, list[tuple[int, float, bytes]]]]

FIELDS = [TEXT, *KEYWORD_FIELDS]
ANALYZERS = ArticleAnalyzers("en", "en")
_WEIGHTS = st.builds(Weights, title=st.sampled_from([3.0, 1.0, 2.5, 100.0]), summary=st.sampled_from([2.0, 1.1, 1.5]))


def _float32(number: float) -> float:
    return struct.unpack("f", struct.pack("f", number))[0]


def _lists(inverter: Inverter, docnum_map: list[int] | None = None) -> Lists:
    lists: Lists = {}
    for field, term, postings in posting_lists(inverter, docnum_map):
        assert postings
        lists.setdefault(field, {})[term] = postings
    return lists


def _add_text(inverter, tokenizer, weights: Weights, regions: list[str]) -> None:
    """What the writer does with title, summary and body."""
    base = 0
    for text, weight in zip(regions, (weights.title, weights.summary, 1.0), strict=True):
        base += inverter.add_text(0, tokenizer, text, base, weight) + 1


def _add_values(inverter, field: int, tokenizer, values: list[str]) -> None:
    """What the writer does with the values of a keyword field."""
    base = 0
    for value in values:
        base += max(inverter.add_text(field, tokenizer, value, base), 1) + 1


def _by_schema(schema, some_articles) -> tuple[Lists, list[int]]:
    lists: Lists = {number: {} for number in range(len(FIELDS))}
    lengths = []
    for docnum, article in enumerate(some_articles):
        values = document(article, ANALYZERS)
        lengths.append(0)
        for number, name in enumerate(FIELDS):
            if name not in values:
                continue
            for term, freq, weight, value in schema[name].index(values[name]):
                # What tells how many positions a word takes, the kernels keep as its variant.
                if LENGTH_MARK in term:
                    continue
                lists[number].setdefault(term, []).append((docnum, _float32(weight), value))
                if schema[name].scorable:
                    lengths[-1] += freq
    return {number: dict(sorted(terms.items())) for number, terms in lists.items() if terms}, lengths


def _by_kernel(weights: Weights, some_articles) -> Inverter:
    inverter = Inverter(scorable=[0])
    text, plain = TermTokenizer(analyzer_for("en")), TermTokenizer(analyzer_for("none"))
    languages = TermTokenizer(LanguageCodes(), shortcuts=False)
    for article in some_articles:
        values = document(article, ANALYZERS)
        _add_text(inverter, text, weights, [article.title, article.summary, article.body])
        for number, name in enumerate(FIELDS[1:], start=1):
            value = values.get(name, [])
            tokenizer = languages if name == LANGUAGE else plain
            _add_values(inverter, number, tokenizer, [value] if isinstance(value, str) else value)
        inverter.finish_article()
    return inverter


@given(some_articles=st.lists(articles, max_size=12), weights=_WEIGHTS)
def test_postings_and_lengths_are_those_of_the_schema(some_articles, weights):
    inverter = _by_kernel(weights, some_articles)
    expected, lengths = _by_schema(build_schema(ANALYZERS, None, weights), some_articles)

    lists = _lists(inverter)

    assert lists == expected
    assert [list(terms) for terms in lists.values()] == [list(terms) for terms in expected.values()]
    assert list(inverter.lengths(0)) == lengths
    assert inverter.posting_count == sum(len(postings) for terms in lists.values() for postings in terms.values())


def _as_parts(article) -> tuple[str | tuple[str, ...], ...]:
    keywords = [getattr(article, own) for own in KEYWORD_FIELDS.values()]
    return (article.title, article.summary, article.body, *keywords, article.id)


def _layout(weights: Weights, text, plain, languages):
    texts = [(0, text, weight, 0) for weight in (weights.title, weights.summary, 1.0)]
    keywords = [
        (number, languages if name == LANGUAGE else plain, 1.0, 1) for number, name in enumerate(FIELDS[1:], start=1)
    ]
    return Layout([*texts, *keywords, (len(FIELDS), None, 1.0, 0)])


@given(
    some_articles=st.lists(articles, max_size=12),
    weights=_WEIGHTS,
    learn_first=st.booleans(),
    max_pieces=st.sampled_from([1, 5, 100, 1_000_000]),
)
def test_articles_added_together_are_those_added_text_by_text(some_articles, weights, learn_first, max_pieces):
    one_by_one = _by_kernel(weights, some_articles)
    expected = _lists(one_by_one)
    for docnum, article in enumerate(some_articles):
        ids = expected.setdefault(len(FIELDS), {})
        ids.setdefault(article.id.encode("utf-8"), []).append((docnum, 1.0, b""))
    inverter = Inverter(scorable=[0])
    tokenizers = [TermTokenizer(analyzer_for(language), max_pieces=max_pieces) for language in ("en", "none")]
    tokenizers.append(TermTokenizer(LanguageCodes(), shortcuts=False, max_pieces=max_pieces))
    half = len(some_articles) // 2
    layout = _layout(weights, *tokenizers)

    lengths = []
    for some in (some_articles[:half], some_articles[half:]):
        lengths += inverter.add_articles(layout, map(_as_parts, some), learn_first=learn_first)

    assert _lists(inverter) == {field: dict(sorted(terms.items())) for field, terms in expected.items()}
    assert inverter.lengths(0) == one_by_one.lengths(0)
    analyzer = analyzer_for("en")
    width = len(FIELDS) + 3
    for number, part in enumerate(("title", "summary", "body")):
        ends = [analyzer.tokens(getattr(article, part)) for article in some_articles]
        assert lengths[number::width] == [tokens[-1].position + 1 if tokens else 0 for tokens in ends]


def test_what_is_new_many_times_is_learned_once():
    inverter, tokenizer = Inverter(scorable=[0]), TermTokenizer(analyzer_for("none"))
    layout, long = Layout([(0, tokenizer, 1.0, 0)]), "x" * 100

    inverter.add_articles(layout, [("ab " * 10_000,), (" ".join([long] * 50 + ["cd"]),)], learn_first=True)

    assert tokenizer.counters["derived"] < 5_000
    # What is too long to be kept is analysed each time, and no more often.
    assert tokenizer.counters["analysed"] == 52
    assert [term for _, term, _ in posting_lists(inverter)] == [b"ab", b"cd", long.encode()]


def test_of_articles_added_together_those_before_a_failure_stay():
    inverter, failing = Inverter(scorable=[0]), TermTokenizer(_FailsAtX())
    layout = Layout([(0, failing, 1.0, 0)])

    for learn_first in (False, True):
        with pytest.raises(LookupError, match="xylophone"):
            inverter.add_articles(layout, [("one two",), ("two xylophone",), ("three",)], learn_first=learn_first)

    # Of what is learned first nothing is added where it cannot be learned.
    assert _lists(inverter) == {0: {b"one": [(0, 1.0, b"\x00")], b"two": [(0, 1.0, b"\x01")]}}
    inverter.add_articles(layout, [("two",)])
    assert inverter.article_count == 2


@pytest.mark.parametrize(
    ("values", "error"),
    [(("a",), ValueError), (("a", "b", "c"), ValueError), (("a", 1), TypeError), (("a", ("b", None)), TypeError)],
)
def test_values_that_are_not_as_the_layout_says_are_errors(values, error):
    inverter, tokenizer = Inverter(), TermTokenizer(analyzer_for("en"))
    layout = Layout([(0, tokenizer, 1.0, 0), (1, tokenizer, 1.0, 0)])

    with pytest.raises(error):
        inverter.add_articles(layout, [("fine", "too"), values])
    assert inverter.article_count == 0


@pytest.mark.parametrize("part", [(0, None, -1.0, 0), (0, None, float("nan"), 0)])
def test_weights_of_a_layout_are_checked(part):
    with pytest.raises(ValueError, match="weight"):
        Layout([part])


class _Model:
    """What an inverter should do, in a few lines."""

    def __init__(self) -> None:
        self.articles: list[dict[tuple[int, bytes], tuple[float, bytes]]] = []
        self.lengths: list[list[int]] = []

    def add(self, postings: list[tuple[int, bytes, float, bytes, int]]) -> None:
        article: dict[tuple[int, bytes], tuple[float, bytes]] = {}
        lengths: dict[int, int] = defaultdict(int)
        for field, term, weight, value, length in postings:
            before, first = article.get((field, term), (0.0, value))
            article[field, term] = before + weight, first
            lengths[field] += length
        self.articles.append(article)
        self.lengths.append([lengths[field] for field in range(4)])

    def lists(self, docnum_map: list[int]) -> list[tuple[int, bytes, list[tuple[int, float, bytes]]]]:
        lists: dict[tuple[int, bytes], list[tuple[int, float, bytes]]] = defaultdict(list)
        for docnum, article in zip(docnum_map, self.articles, strict=True):
            for name, (weight, value) in article.items():
                if docnum >= 0:
                    lists[name].append((docnum, _float32(weight), value))
        return [(*name, sorted(postings)) for name, postings in sorted(lists.items())]


_terms = st.one_of(
    st.binary(max_size=3),
    st.binary(max_size=40),
    st.sampled_from([b"\x00" * n for n in range(20)] + [b"https://example.com/" + bytes([n]) for n in range(99)]),
    st.sampled_from([b"a" * 1_000, b"a" * 1_000 + b"b", b"long" * 20_000]),
)
_weights = st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0, 254.0, 255.0, 256.0, 1e6, 1e30])
_values = st.one_of(st.binary(max_size=5), st.binary(max_size=200), st.just(b"\x01" * 5_000))
_postings = st.tuples(st.integers(0, 3), _terms, _weights, _values, st.integers(0, 2**20))


@given(data=st.data(), contents=st.lists(st.lists(_postings, max_size=8), max_size=10))
def test_terms_of_any_bytes_come_back_in_order_for_any_order_of_articles(data, contents):
    inverter, model = Inverter(scorable=range(4)), _Model()
    for postings in contents:
        for field, term, weight, value, length in postings:
            inverter.add_posting(field, term, weight, value, length)
        inverter.finish_article()
        model.add(postings)
    order = data.draw(st.permutations(range(len(contents))))
    docnum_map = [docnum if data.draw(st.booleans()) else -1 for docnum in order]

    assert list(posting_lists(inverter)) == model.lists(list(range(len(contents))))
    assert list(posting_lists(inverter, order)) == model.lists(order)
    assert list(posting_lists(inverter, docnum_map)) == model.lists(docnum_map)
    assert [list(inverter.lengths(field)) for field in range(4)] == [
        [lengths[field] for lengths in model.lengths] for field in range(4)
    ]


def test_an_empty_term_with_an_empty_value_is_a_term_like_any_other():
    """Under ``make sanitize`` it shows that nothing is compared, copied or added to where there is no memory."""
    inverter = Inverter(scorable=[0])
    inverter.add_posting(0, b"", 1.0, b"", 1)
    inverter.add_posting(0, b"", 1.0, b"", 1)
    inverter.finish_article()
    inverter.add_posting(0, b"", 0.0)
    inverter.finish_article()

    assert list(posting_lists(inverter)) == [(0, b"", [(0, 2.0, b""), (1, 0.0, b"")])]
    assert list(inverter.lengths(0)) == [2, 0]


@pytest.mark.parametrize("step", [1, 7, 4_999])
def test_long_lists_come_back_in_any_order(step):
    count = 5_000
    inverter, tokenizer = Inverter(), TermTokenizer(analyzer_for("none"))
    for docnum in range(count):
        inverter.add_text(0, tokenizer, f"all {'even ' * 3 if docnum % 2 == 0 else 'odd'}")
        inverter.add_posting(1, b"tens%d" % (docnum // 10))
        inverter.finish_article()
    docnum_map = [-1 if docnum % 3 == 0 else docnum * step % count for docnum in range(count)]

    lists = _lists(inverter, docnum_map)

    def kept(docnums: slice) -> list[int]:
        return sorted(docnum for docnum in docnum_map[docnums] if docnum >= 0)

    assert lists[0] == {
        b"all": [(docnum, 1.0, b"\x00") for docnum in kept(slice(None))],
        b"even": [(docnum, 3.0, b"\x01\x01\x01") for docnum in kept(slice(0, None, 2))],
        b"odd": [(docnum, 1.0, b"\x01") for docnum in kept(slice(1, None, 2))],
    }
    assert lists[1] == {
        b"tens%d" % tens: [(docnum, 1.0, b"") for docnum in kept(slice(tens * 10, tens * 10 + 10))]
        for tens in range(count // 10)
    }


@given(values=st.lists(st.integers(0, 3_000), max_size=300))
def test_positions_are_packed_as_the_codec_packs_them(values):
    class Placed:
        """Every token is "a", at the positions that are drawn."""

        def tokens(self, _: str) -> list[Token]:
            return [Token("a", position, 0, 1, "a", 1) for position in sorted(values)]

    inverter = Inverter()
    inverter.add_text(0, TermTokenizer(Placed(), shortcuts=False), "x", 2**31)
    inverter.finish_article()
    expected = PackedPositions().encode([2**31 + position for position in sorted(values)])

    assert [value for _, _, [(_, _, value)] in posting_lists(inverter)] == ([expected] if values else [])


def test_a_long_text_is_added_without_loss():
    text = " ".join(f"word{number % 997}, the" for number in range(100_000))
    inverter, tokenizer = Inverter(scorable=[0]), TermTokenizer(analyzer_for("en"))

    positions = inverter.add_text(0, tokenizer, text)
    inverter.finish_article()

    tokens = analyzer_for("en").tokens(text)
    lists = _lists(inverter)[0]
    assert positions == tokens[-1].position + 1
    assert list(inverter.lengths(0)) == [len(tokens)]
    for term in (b"the", b"word", b"13"):
        positions = [token.position for token in tokens if token.term.encode() == term]
        assert lists[term] == [(0, len(positions), PackedPositions().encode(positions))]


def test_nothing_comes_of_nothing():
    inverter, tokenizer = Inverter(scorable=[1]), TermTokenizer(analyzer_for("en"))

    assert list(posting_lists(Inverter())) == []
    assert inverter.add_text(1, tokenizer, "") == inverter.add_text(1, tokenizer, " -- \n") == 0
    assert inverter.finish_article() == 0
    assert inverter.finish_article() == 1
    assert list(posting_lists(inverter)) == list(posting_lists(inverter, [-1, 0])) == []
    assert list(inverter.lengths(1)) == [0, 0]


def test_several_tokenizers_may_serve_one_field_and_one_tokenizer_several():
    inverter = Inverter()
    tokenizers = [TermTokenizer(analyzer_for("en")), TermTokenizer(analyzer_for("none"))]
    for _ in range(2):
        for base, tokenizer in enumerate(tokenizers * 2):
            inverter.add_text(5, tokenizer, "trains", base)
            inverter.add_text(6, tokenizer, "trains", base)
        inverter.finish_article()

    even, odd = b"\x00\x02", b"\x01\x02"
    lists = {b"train": [(0, 2.0, even), (1, 2.0, even)], b"trains": [(0, 2.0, odd), (1, 2.0, odd)]}
    assert _lists(inverter) == {5: lists, 6: lists}


def test_a_tokenizer_that_forgets_in_the_middle_of_an_article_changes_nothing():
    text = " ".join(f"word{number % 300}" for number in range(2_000))
    kept, forgotten = Inverter(), Inverter()
    tokenizers = TermTokenizer(analyzer_for("en")), TermTokenizer(analyzer_for("en"), max_pieces=10)
    for inverter, tokenizer in zip((kept, forgotten), tokenizers, strict=True):
        base = 0
        for start in range(0, len(text), 400):
            base += inverter.add_text(0, tokenizer, text[start : start + 400], base) + 1
        inverter.finish_article()

    assert tokenizers[1].counters["dropped"] > 10
    assert _lists(forgotten) == _lists(kept)


class _FailsAtX:
    def tokens(self, text: str) -> list[Token]:
        if "x" in text:
            raise LookupError(text)
        return analyzer_for("none").tokens(text)


def test_an_analyzers_exception_drops_the_article_and_nothing_else():
    inverter, tokenizer = Inverter(scorable=[0]), TermTokenizer(_FailsAtX())
    inverter.add_text(0, tokenizer, "one two")
    inverter.finish_article()
    before = _lists(inverter)

    inverter.add_posting(0, b"id", length=3)
    with pytest.raises(LookupError, match="xylophone"):
        inverter.add_text(0, tokenizer, "two three xylophone")
    assert inverter.article_count == 1
    assert inverter.finish_article() == 1

    assert _lists(inverter) == before
    assert list(inverter.lengths(0)) == [2, 0]


def test_an_aborted_article_leaves_nothing():
    inverter, tokenizer = Inverter(scorable=[0]), TermTokenizer(analyzer_for("en"))
    inverter.add_text(0, tokenizer, "gone", 0, 3.0)
    inverter.add_posting(0, b"gone too", 1.0, b"value", 7)

    inverter.abort_article()
    inverter.add_text(0, tokenizer, "here")
    inverter.finish_article()

    assert _lists(inverter) == {0: {b"here": [(0, 1.0, b"\x00")]}}
    assert list(inverter.lengths(0)) == [1]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((65_536, "a"), ValueError),
        ((-1, "a"), OverflowError),
        ((0, "a b", 2**32 - 1), ValueError),
        ((0, "a", 2**32), OverflowError),
        ((0, "a", 0, -1.0), ValueError),
        ((0, "a", 0, float("nan")), ValueError),
        ((0, "a", 0, float("inf")), ValueError),
        ((0, "later", 3), ValueError),
    ],
)
def test_numbers_out_of_range_are_errors(arguments, error):
    inverter, tokenizer = Inverter(), TermTokenizer(analyzer_for("en"))
    inverter.add_text(0, tokenizer, "later", 5)

    with pytest.raises(error):
        inverter.add_text(arguments[0], tokenizer, *arguments[1:])
    assert inverter.finish_article() == 0


def test_a_term_has_positions_or_a_value_not_both():
    inverter, tokenizer = Inverter(), TermTokenizer(analyzer_for("en"))
    inverter.add_text(0, tokenizer, "both")

    with pytest.raises(ValueError, match="positions or a value"):
        inverter.add_posting(0, b"both")


def test_a_map_for_other_articles_is_refused():
    inverter = Inverter()
    inverter.finish_article()

    with pytest.raises(ValueError, match="docnum_map is for 2 articles of 1"):
        list(posting_lists(inverter, [0, 1]))
    with pytest.raises(ValueError, match="field 3 is not scorable"):
        inverter.lengths(3)


def test_memory_is_little_at_first_and_grows_with_what_is_added():
    inverter, tokenizer = Inverter(scorable=[0]), TermTokenizer(analyzer_for("en"))
    assert inverter.memory_used < 10_000
    used = []

    for number in range(4_000):
        # Two positions each, of a word and a number.
        text = " ".join(f"word {number * word % 10_007}" for word in range(1, 300))
        inverter.add_text(0, tokenizer, text)
        inverter.finish_article()
        used.append(inverter.memory_used)

    assert used == sorted(used)
    assert 2 * 600 * 4_000 < used[-1] < 6 * 600 * 4_000


def test_inverters_work_side_by_side():
    body = " ".join(f"word{number} in {number}, of Kim-{number}" for number in range(500))
    results = []

    def work() -> None:
        inverter, tokenizer = Inverter(), TermTokenizer(analyzer_for("en"))
        for _ in range(20):
            inverter.add_text(0, tokenizer, body)
            inverter.finish_article()
        results.append(_lists(inverter))

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 4
    assert all(lists == results[0] for lists in results)
    assert len(results[0][0][b"in"]) == 20


def test_values_of_any_whoosh_field_can_be_added():
    inverter = Inverter(scorable=[0])
    inverter.add_posting(0, b"\x80\xff", 1.5, b"\x00\xff", 2)
    inverter.finish_article()

    assert list(posting_lists(inverter)) == [(0, b"\x80\xff", [(0, 1.5, b"\x00\xff")])]
    assert list(inverter.lengths(0)) == [2]
