"""Every clause over every segment: what the kernels find is what looking at each article finds."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernels.segments import K1, LENGTHS, REGION_WEIGHTS, Alone, B, Segment

from searchlib.kernels import CorruptDataError
from searchlib.kernels.searching import Search, Segments
from searchlib.searching.clauses import (
    KINDS,
    All,
    AnyOf,
    BestOf,
    Except,
    NearLocator,
    PhraseLocator,
    Positional,
    PrintedTerm,
    RatedTerm,
    Term,
    Within,
)
from searchlib.searching.position_ranges import pair_ranges, sequence_ranges

WORDS = ["everywhere", "often", "now", "then", "rare", "once", "dense"]
#: Words that are printed in several ways; some of these take several positions.
VARIANTS = {
    "often": [("often", 1), ("oftener", 1), ("oftenest", 1)],
    "dense": [("dense", 1), ("densely", 1)] * 5,
    "now": [("now", 1), ("n-ow", 2), ("n-o-w", 3)],
    "then": [("th-en", 2)],
}
SHARES = {"everywhere": 1.0, "often": 0.4, "now": 0.15, "then": 0.1, "rare": 0.003, "dense": 0.7}


def make_segment(seed: int, size: int) -> Segment:
    """A segment of `size` articles, its words at all densities, "then" only in one part of it."""
    rng = Random(seed)
    postings: dict[str, dict[int, tuple[float, list[int]]]] = {word: {} for word in WORDS}
    regions = []
    whole = rng.random() < 0.8
    part = range(size // 3, size // 3 + size // 5 + 1)
    for docnum in range(size):
        title, summary = rng.randint(0, 4), rng.choice([0, 0, 3])
        regions.append((title, summary))
        spots = [p for p in range(title + summary + 14) if p != title and p != title + 1 + summary]
        for word in WORDS[:5]:
            if rng.random() < SHARES[word] and (word != "then" or docnum in part):
                add(
                    postings,
                    word,
                    docnum,
                    rng.sample(spots, min(len(spots), rng.choice([1, 1, 2, 4]))),
                    (title, summary),
                    whole,
                )
        if rng.random() < SHARES["dense"]:
            add(postings, "dense", docnum, rng.sample(spots, 1), (title, summary), whole)
    postings["once"] = {}
    add(postings, "once", rng.randrange(size), [0, 9], regions[0], whole)
    published = sorted(rng.randrange(size) * 1000 for _ in range(size))
    deleted = set(rng.sample(range(size), rng.choice([0, 0, 1, size // 10])))
    norms = [min(255, rng.choice([3, 20, 40, 40, 60, 200])) for _ in range(size)]
    found = {word: postings[word] for word in WORDS if postings[word]}
    return Segment(found, norms, regions, published, deleted, VARIANTS if seed % 2 == 0 else {})


def add(postings, word: str, docnum: int, positions: list[int], regions: tuple[int, int], whole: bool) -> None:
    positions = sorted(positions)
    weight = sum(REGION_WEIGHTS[region_of(position, regions)] for position in positions)
    postings[word][docnum] = (weight if whole else weight + 0.25, positions)


def region_of(position: int, regions: tuple[int, int]) -> int:
    title_end = regions[0]
    summary_end = title_end + 1 + regions[1]
    return 0 if position < title_end else 1 if position < summary_end else 2


class Oracle:
    """Every article against every clause."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.live = [docnum for docnum in range(segment.size) if docnum not in segment.deleted]

    def scores(self, clause) -> dict[int, float]:
        found = ((docnum, self.score(clause, docnum)) for docnum in self.live)
        return {docnum: score for docnum, score in found if score is not None}

    def score(self, clause, docnum: int) -> float | None:
        if isinstance(clause, Term):
            if clause.region is not None or not isinstance(clause.term, str):
                return self.score(
                    Positional(clause.field, PhraseLocator((clause.term,)), clause.boost, clause.region), docnum
                )
            posting = self.segment.postings.get(clause.term, {}).get(docnum)
            return None if posting is None else self.bm25(clause.boost * self.idf(clause), posting[0], docnum)
        if isinstance(clause, Positional):
            weight = self.spans_weight(clause, docnum)
            return self.bm25(clause.boost * self.idf(clause.locator), weight, docnum) if weight else None
        if isinstance(clause, (All, AnyOf, BestOf)):
            scores = [self.score(part, docnum) for part in clause.clauses]
            present = [score for score in scores if score is not None]
            if isinstance(clause, All):
                return sum(present) if len(present) == len(scores) else None
            return (sum(present) if isinstance(clause, AnyOf) else max(present)) if present else None
        if isinstance(clause, Except):
            return 0.0 if self.score(clause.clause, docnum) is None else None
        published = self.segment.published[docnum]
        after = clause.since is None or clause.since <= published
        return 0.0 if after and (clause.until is None or published < clause.until) else None

    def idf(self, asked) -> float:
        if isinstance(asked, Term):
            return self.segment.idf(asked.term)
        if isinstance(asked, PhraseLocator):
            return sum(map(self.segment.idf, asked.terms))
        return sum(max(map(self.idf, sides)) for sides in (asked.left, asked.right))

    def bm25(self, idf: float, weight: float, docnum: int) -> float:
        length = LENGTHS[self.segment.norms[docnum]]
        return idf * weight * (K1 + 1) / (weight + K1 * (1 - B + B * length / self.segment.mean_length))

    def spans_weight(self, clause, docnum: int) -> float:
        if clause.field == "tag":
            return len(self.occurrences(clause.locator, docnum, lambda position: True))
        regions = self.segment.regions[docnum]
        return sum(
            weight
            * len(
                self.occurrences(clause.locator, docnum, lambda position, own=own: region_of(position, regions) == own)
            )
            for own, weight in enumerate(REGION_WEIGHTS)
            if clause.region in (None, own)
        )

    def occurrences(self, locator, docnum: int, within) -> list[tuple[int, int]]:
        if isinstance(locator, PhraseLocator):
            found = [self.segment.occurrences(term, docnum) for term in locator.terms]
            found = [[each for each in occurrences if within(each[0])] for occurrences in found]
            if all(taken == 1 for occurrences in found for _, taken in occurrences):
                return sequence_ranges([[(begin, begin) for begin, _ in each] for each in found], locator.slop)
            return graph_ranges(found, locator.slop, within)
        sides = (locator.left, locator.right)
        left, right = ([found for side in each for found in self.occurrences(side, docnum, within)] for each in sides)
        return pair_ranges(left, right, locator.distance, ordered=locator.ordered)


def graph_ranges(found: list[list[tuple[int, int]]], slop: int, within) -> list[tuple[int, int]]:
    """As `sequence_ranges`, of words that may take several positions; every way is tried."""

    def ends(words: list[list[tuple[int, int]]], begin: int, room: int) -> list[int]:
        if not words:
            return [begin - 1]
        return [
            end
            for position, taken in words[0]
            if begin <= position <= begin + room
            for end in ends(words[1:], position + taken, room - (position - begin))
        ]

    if len(found) == 1:
        return [(begin, begin + taken - 1) for begin, taken in found[0]]
    reached = [(begin, min(ends(found[1:], begin + taken, slop), default=None)) for begin, taken in found[0]]
    return [(begin, end) for begin, end in reached if end is not None and within(end)]


FIELD = (0, 1)


def tuples(items, **sizes):
    return st.lists(items, **sizes).map(tuple)


terms = st.sampled_from([*WORDS, "missing"])
boosts = st.sampled_from([0.0, 0.3, 1.0, 4.0])
regions = st.sampled_from([None, None, 0, 1, 2])
printed_terms = st.sampled_from(
    [PrintedTerm(term, word) for term, variants in VARIANTS.items() for word, _ in [*variants[:3], ("missing", 1)]]
)
several_printed = st.builds(
    lambda term, picked: PrintedTerm(term, tuple({VARIANTS[term][which % len(VARIANTS[term])][0] for which in picked})),
    st.sampled_from([*VARIANTS]),
    st.lists(st.integers(0, 9), min_size=1, max_size=3),
)
printed_terms = st.one_of(printed_terms, several_printed)
rated_terms = st.builds(RatedTerm, st.one_of(terms, printed_terms), st.sampled_from([1, 100, 10**6]))
asked = st.one_of(terms, terms, printed_terms, rated_terms)
sequences = st.builds(PhraseLocator, tuples(asked, min_size=1, max_size=3), st.sampled_from([0, 0, 2, 5]))
locators = st.recursive(
    sequences,
    lambda inner: st.builds(
        NearLocator,
        tuples(inner, min_size=1, max_size=2),
        tuples(inner, min_size=1, max_size=2),
        st.sampled_from([1, 3, 8]),
        st.booleans(),
        st.none(),
    ),
    max_leaves=3,
)
times = st.one_of(st.none(), st.integers(0, 9_000_000))
words = st.builds(Term, st.just("text"), terms, boosts, st.none())
leaves = st.one_of(
    words,
    words,
    st.builds(Term, st.just("text"), asked, boosts, regions),
    st.builds(Positional, st.just("text"), locators, boosts, regions, st.just(1)),
    st.builds(Positional, st.just("tag"), locators, st.just(0.0), st.none(), st.just(1)),
    st.builds(Within, times, times),
)
clauses = st.recursive(
    leaves,
    lambda inner: st.one_of(
        *(st.builds(kind, tuples(inner, max_size=4)) for kind in (All, AnyOf, AnyOf, BestOf)), st.builds(Except, inner)
    ),
    max_leaves=8,
)


class Made:
    """Segments, shown as a word where a test fails."""

    def __init__(self, segments) -> None:
        self._segments = segments

    def __getitem__(self, which: int):
        return self._segments[which]


@pytest.fixture(scope="module")
def segments(tmp_path_factory: pytest.TempPathFactory):
    """Segments of less than a block, of a few blocks, and of more than two windows; with their oracles."""
    made = []
    for seed, size in enumerate([1, 63, 700, 4096, 9000]):
        segment = make_segment(seed, size)
        view, field = segment.write(tmp_path_factory.mktemp(f"segment{seed}"))
        assert field == FIELD
        made.append((segment, Oracle(segment), view))
    return Made(made)


def query_of(segment: Segment, view, clause, check=None) -> Alone:
    return Alone(segment, view, FIELD, clause, check)


@given(clause=clauses, which=st.integers(0, 4), cut=st.tuples(st.integers(0, 9000), st.integers(0, 9000)))
def test_the_docnums_that_match_are_those_that_looking_at_each_article_finds(segments, clause, which, cut):
    segment, oracle, view = segments[which]
    low, high = sorted(cut) if cut[0] % 3 else (0, segment.size)
    expected = [docnum for docnum in oracle.scores(clause) if low <= docnum < high]
    query = query_of(segment, view, clause)

    assert query.matches(low, high) == expected
    assert query.count(low, high) == len(expected)
    assert query.walk(7, low, high, ascending=True) == expected[:7]
    assert query.walk(7, low, high, ascending=False) == expected[::-1][:7]


@given(clause=clauses, which=st.integers(0, 4), wanted=st.sampled_from([1, 3, 10, 100]))
def test_the_best_hits_are_those_of_scoring_every_article(segments, clause, which, wanted):
    segment, oracle, view = segments[which]
    expected = sorted(oracle.scores(clause).items(), key=lambda found: (-round(found[1], 9), -found[0]))
    found = query_of(segment, view, clause).top(wanted, 0, segment.size)

    assert [score for score, _ in found] == pytest.approx([score for _, score in expected[:wanted]], rel=1e-5)
    # Scores that differ by less than rounding may stand in either order.
    scores = dict(expected)
    assert all(score == pytest.approx(scores[docnum], rel=1e-5) for score, docnum in found)
    assert len({docnum for _, docnum in found}) == len(found)


@given(clause=clauses, which=st.integers(0, 4))
def test_pages_one_after_the_other_are_the_whole(segments, clause, which):
    segment, _, view = segments[which]
    whole = query_of(segment, view, clause).top(40, 0, segment.size)
    pages, below = [], None
    while len(pages) < len(whole):
        page = query_of(segment, view, clause).top(7, 0, segment.size, after=below)
        assert page
        pages += page
        below = page[-1]

    assert pages[: len(whole)] == whole


@given(clause=clauses, which=st.integers(0, 4))
def test_a_threshold_leaves_out_what_is_not_above_it(segments, clause, which):
    segment, _, view = segments[which]
    whole = query_of(segment, view, clause).top(30, 0, segment.size)
    if whole:
        threshold = whole[len(whole) // 2][0]
        above = [hit for hit in whole if hit[0] > threshold]

        assert query_of(segment, view, clause).top(30, 0, segment.size, above=threshold) == above


@pytest.mark.parametrize("words", [("now", "often"), ("now", "everywhere"), ("everywhere", "now", "everywhere")])
@pytest.mark.parametrize("slop", [0, 2])
@pytest.mark.parametrize("ordered", [False, True])
def test_words_of_several_positions_are_paths_in_phrases_near_something_too(segments, words, slop, ordered):
    segment, oracle, view = segments[2]
    near = NearLocator((PhraseLocator(words, slop),), (PhraseLocator(("dense",)),), 3, ordered)
    clause = Positional("text", near, 1.0)

    assert query_of(segment, view, clause).matches(0, segment.size) == list(oracle.scores(clause))


def test_a_word_of_two_lengths_is_in_no_more_articles_than_its_term(tmp_path: Path):
    size, postings = 9, {"x": dict.fromkeys(range(3), (2.0, [0, 3]))}
    segment = Segment(postings, [40] * size, [(0, 0)] * size, [0] * size, set(), {"x": [("x", 1), ("x", 2)]})
    view, _ = segment.write(tmp_path)
    clause = Term("text", PrintedTerm("x", "x"), 1.0)

    hits = query_of(segment, view, clause).top(size, 0, size)

    scores = Oracle(segment).scores(clause)
    assert {docnum: score for score, docnum in hits} == pytest.approx(scores, rel=1e-6)


@pytest.mark.parametrize("step", [1, 2])
def test_a_phrase_with_wide_gaps_is_found_in_a_long_text_of_one_word(tmp_path: Path, step):
    """Every second word takes two positions, or none does. The test does not end if each way through the gaps is tried."""
    positions = list(range(0, 50_000, step))
    segment = Segment({"x": {0: (1.0, positions)}}, [40], [(0, 0)], [0], set(), {"x": [("x", 1), ("x-x", 2)]})
    view, _ = segment.write(tmp_path)
    clause = Positional("tag", PhraseLocator(("x",) * 6, 20_000), 1.0)

    assert query_of(segment, view, clause).matches(0, 1) == [0]


def test_a_term_may_have_very_many_words_of_several_positions(tmp_path: Path):
    """As many as it has positions. The test does not end if each position looks through all of them."""
    size, each = 1000, 500
    words = [(f"w{i}", 1 + i % 2) for i in range(size * each)]
    postings = {"x": {docnum: (1.0, list(range(docnum * each, docnum * each + each))) for docnum in range(size)}}
    segment = Segment(postings, [40] * size, [(0, 0)] * size, [0] * size, set(), {"x": words})
    view, _ = segment.write(tmp_path)

    for clause, found in (
        (Positional("tag", PhraseLocator(("x", "x")), 0.0), [*range(size)]),
        (Term("tag", PrintedTerm("x", "w250001"), 0.0), [500]),
    ):
        assert query_of(segment, view, clause).matches(0, size) == found


def test_equal_scores_come_newest_first(tmp_path: Path):
    postings = {"a": {docnum: (1.0, [5]) for docnum in range(0, 9000, 3)}}
    segment = Segment(postings, [40] * 9000, [(0, 0)] * 9000, list(range(9000)), set())
    view, _ = segment.write(tmp_path)
    found = query_of(segment, view, AnyOf((Term("text", "a", 2.0), Term("text", "b", 1.0)))).top(5, 0, 9000)

    assert [docnum for _, docnum in found] == [8997, 8994, 8991, 8988, 8985]


def test_a_check_that_raises_stops_the_search(segments):
    segment, _, view = segments[4]

    def check() -> None:
        raise TimeoutError

    query = query_of(segment, view, Term("text", "often", 1.0), check)
    with pytest.raises(TimeoutError):
        query.top(10, 0, segment.size)


def test_damaged_norms_are_noticed_when_they_are_read(tmp_path: Path):
    segment = make_segment(3, 5000)
    view, _ = segment.write(tmp_path)
    # The view has mapped the file and read nothing of it yet.
    with open(tmp_path / "segment.col", "r+b") as file:
        file.seek(4500)
        byte = file.read(1)
        file.seek(4500)
        file.write(bytes([byte[0] ^ 4]))

    with pytest.raises(CorruptDataError, match="checksum"):
        query_of(segment, view, Term("text", "often", 1.0)).top(10, 0, segment.size)


@given(
    clause=st.one_of(
        words,
        *(st.builds(kind, tuples(words, min_size=1, max_size=3)) for kind in (All, AnyOf)),
        st.builds(Positional, st.just("text"), sequences, boosts, regions, st.just(1)),
    ),
    dates=st.builds(Within, times, times),
    wanted=st.sampled_from([1, 3, 10, 100]),
)
def test_hits_of_several_segments_are_those_of_all_in_one_order(segments, clause, dates, wanted):
    several = [segments[which] for which in (1, 2, 4)]
    views = [view for _, _, view in several]
    together = Segments(
        views, [{"text": FIELD}] * 3, [0] * 3, ranking=several[0][0].ranking(), texts="text", kinds=KINDS
    )

    def search() -> Search:
        return Search(together, All((clause, dates)), None)

    def id_of(segment: int, docnum: int) -> bytes:
        return b"%d %09d" % (segment, 10**9 - docnum - 1)

    parts = search().parts()
    found = [(number, query.top(high, low, high)) for number, query, low, high in parts]
    alone = [
        (-score, -views[number].time_of(docnum), id_of(number, docnum), number, docnum)
        for number, hits in found
        for score, docnum in hits
    ]
    best = [(-score, -time, number, docnum) for score, time, _, number, docnum in sorted(alone)][:wanted]
    newest = [
        (-score, -time, number, docnum)
        for score, time, _, number, docnum in sorted(alone, key=lambda hit: hit[1:3])[:wanted]
    ]
    within = {number: list(oracle.scores(All((clause, dates)))) for number, (_, oracle, _) in enumerate(several)}

    assert {number: sorted(docnum for _, docnum in hits) for number, hits in found if hits} == {
        number: docnums for number, docnums in within.items() if docnums
    }
    assert search().best(wanted, None, id_of) == best
    counted = search()
    assert counted.best(wanted, None, id_of, counting=True) == best
    assert counted.count() == len(alone)
    assert search().newest(wanted, None, id_of) == newest
    assert search().count() == len(alone)
