"""What an inverter gathered is what the files have, under the docnums asked for; and merged segments are their sum."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

from searchlib.analysis import analyzer_for
from searchlib.kernels import building
from searchlib.kernels.inverting import Inverter
from searchlib.kernels.paging import PagedFile, PagedWriter
from searchlib.kernels.storage import TermsReader, TermsWriter
from searchlib.kernels.tokenizing import TermTokenizer

#: (printed word, positions that it takes) at each position
Printed = list[tuple[bytes, int]]
#: (field, term) → {docnum: (weight, value, printed words)}
Lists = dict[tuple[int, bytes], dict[int, tuple[float, bytes, Printed]]]

KINDS = (b".trm", b".pst", b".val")
FIELDS = 3
# A few words in nearly every article, and many in one or two.
words = st.sampled_from(
    ["the", "the", "of", "kim", "visits", "visit", "visited", "Re-election", "reelected", "naïve", "naive"]
    + [f"rare{n}" for n in range(30)]
)
texts = st.lists(words, max_size=12).map(" ".join)
articles = st.lists(st.tuples(texts, texts), max_size=40)


def invert(some_articles) -> Inverter:
    inverter = Inverter(scorable=[0])
    tokenizer = TermTokenizer(analyzer_for("en"))
    for number, (text, keywords) in enumerate(some_articles):
        inverter.add_text(0, tokenizer, text, 0, 3.0)
        inverter.add_text(2, tokenizer, keywords)
        inverter.add_posting(1, b"id%d" % number)
        inverter.finish_article()
    return inverter


class Written:
    """A segment in files, and what is in it."""

    def __init__(self, directory: Path, fields, index: int, count: int) -> None:
        self.fields = fields
        self.count = count
        self.reader = TermsReader(*(PagedFile(_path(directory, kind), kind) for kind in KINDS), index, count)

    def lists(self) -> Lists:
        lists: Lists = {}
        for number, (first, end, count, *_) in enumerate(self.fields):
            cursor = self.reader.cursor(first, end)
            seen = 0
            while (term := cursor.term) is not None:
                variants = cursor.variants()
                lists[number, term] = _postings(cursor.postings(), [variant[:2] for variant in variants])
                assert_counts_are_right(lists[number, term], variants)
                seen += 1
                cursor.next()
            assert seen == count
        return lists

    def words(self) -> list[dict[bytes, list[bytes]]]:
        """Of each field its printed words, each with its terms, as the dictionary has them."""
        found: list[dict[bytes, list[bytes]]] = []
        for *_, first, end, count in self.fields:
            cursor = self.reader.words(first, end)
            found.append({})
            while (word := cursor.term) is not None:
                found[-1][word] = cursor.terms()
                cursor.next()
            assert len(found[-1]) == count
            assert list(found[-1]) == sorted(found[-1])
        return found


def _postings(cursor, variants: Printed) -> dict[int, tuple[float, bytes, Printed]]:
    found = {}
    while cursor.active:
        value = cursor.value() if cursor.has_values else b""
        printed = [variants[number] for number in cursor.variants()]
        found[cursor.docnum] = (cursor.weight(), value, printed if any(printed) and variants != [(b"", 1)] else [])
        cursor.next()
    return found


def assert_counts_are_right(postings: dict[int, tuple[float, bytes, Printed]], variants) -> None:
    if [variant[:2] for variant in variants] == [(b"", 1)]:
        return
    for word, positions, doc_freq, total in variants:
        printed = [each.count((word, positions)) for _, _, each in postings.values()]
        assert (doc_freq, total) == (sum(map(bool, printed)), sum(printed))


def words_of(lists: Lists) -> list[dict[bytes, list[bytes]]]:
    """Of each field the printed words that its lists have, each with its terms but itself."""
    found: list[dict[bytes, set[bytes]]] = [{} for _ in range(FIELDS)]
    for (field, term), postings in lists.items():
        for _, _, printed in postings.values():
            for word, _ in printed:
                # A word that is its own term is found among the terms.
                if word not in (b"", term):
                    found[field].setdefault(word, set()).add(term)
    return [{word: sorted(terms) for word, terms in each.items()} for each in found]


def _path(directory: Path, kind: bytes) -> str:
    return str(directory / f"segment{kind.decode()}")


def write(directory: Path, count: int, fill) -> Written:
    directory.mkdir(exist_ok=True)
    files = [PagedWriter(_path(directory, kind), kind) for kind in KINDS]
    terms = TermsWriter(*files)
    fields = fill(terms)
    index = terms.finish_terms()
    for file in files:
        file.finish()
    return Written(directory, fields, index, count)


def write_inverted(directory: Path, inverter: Inverter, docnums: list[int]) -> Written:
    count = max(docnums, default=-1) + 1
    norms = bytes(docnum % 200 + 1 for docnum in range(count))
    return write(
        directory,
        count,
        lambda terms: building.write_postings(inverter, array("i", docnums), terms, [norms, None, None]),
    )


def expected_lists(inverter: Inverter, docnums: list[int]) -> Lists:
    return {
        (field, term): {docnum: (weight, value, printed) for docnum, weight, value, printed in postings}
        for field, term, postings in building.posting_lists(inverter, docnums, printed=True)
    }


def order_of(count: int, random) -> list[int]:
    """A docnum for each article, some left out."""
    kept = [number for number in range(count) if random.random() < 0.8]
    docnums = [-1] * count
    shuffled = list(range(len(kept)))
    random.shuffle(shuffled)
    for number, docnum in zip(kept, shuffled, strict=True):
        docnums[number] = docnum
    return docnums


@given(some_articles=articles, random=st.randoms(use_true_random=False))
@examples(60)
def test_what_was_inverted_is_written_under_its_docnums(tmp_path_factory, some_articles, random):
    inverter = invert(some_articles)
    docnums = order_of(len(some_articles), random)

    written = write_inverted(tmp_path_factory.mktemp("built"), inverter, docnums)

    assert written.lists() == expected_lists(inverter, docnums)
    assert written.words() == words_of(expected_lists(inverter, docnums))


@pytest.mark.parametrize("count", [1, 127, 128, 129, 5000])
def test_lists_of_every_length_are_written(tmp_path, count):
    inverter = invert([("the " * (number % 5 + 1), "kim") for number in range(count)])
    docnums = list(range(count))[::-1]

    written = write_inverted(tmp_path / "one", inverter, docnums)

    assert written.lists() == expected_lists(inverter, docnums)
    assert written.reader.doc_freq(*written.fields[0][:2], b"the") == count


def test_empty_terms_and_values_are_written_read_and_merged(tmp_path):
    inverter = Inverter()
    for docnum in range(3):
        inverter.add_posting(0, b"", docnum, b"")
        inverter.finish_article()
    inverter.add_posting(1, b"", 1.0, b"")
    inverter.finish_article()
    docnums = [0, 1, 2, 3]

    written = write_inverted(tmp_path / "one", inverter, docnums)

    assert written.lists() == expected_lists(inverter, docnums)
    assert merge(tmp_path / "merged", [written], [docnums]).lists() == written.lists()
    assert written.reader.doc_freq(*written.fields[0][:2], b"") == 3
    assert written.reader.doc_freq(*written.fields[0][:2], b"a") == 0


def merge(directory: Path, sources: list[Written], maps: list[list[int]]) -> Written:
    count = max((docnum for docnums in maps for docnum in docnums), default=-1) + 1
    norms = bytes(docnum % 200 + 1 for docnum in range(count))
    segments = [
        (source.reader, [(*field[:2], *field[3:5]) for field in source.fields], array("i", docnums))
        for source, docnums in zip(sources, maps, strict=True)
    ]
    return write(directory, count, lambda terms: building.merge_postings(segments, terms, [norms, None, None]))


def interleaved(counts: list[int], random) -> list[list[int]]:
    """For each segment the docnum of each article, ascending in each, with some left out."""
    maps = [[-1] * count for count in counts]
    articles = [(which, number) for which, count in enumerate(counts) for number in range(count)]
    turns = [which for which, _ in articles]
    random.shuffle(turns)
    next_number = [0] * len(counts)
    docnum = 0
    for which in turns:
        if random.random() < 0.85:
            maps[which][next_number[which]] = docnum
            docnum += 1
        next_number[which] += 1
    return maps


def renumbered(sources: list[Written], maps: list[list[int]]) -> Lists:
    lists: Lists = {}
    for source, docnums in zip(sources, maps, strict=True):
        for key, postings in source.lists().items():
            kept = {docnums[docnum]: posting for docnum, posting in postings.items() if docnums[docnum] >= 0}
            if kept:
                lists.setdefault(key, {}).update(kept)
    return lists


@given(parts=st.lists(articles, min_size=1, max_size=4), random=st.randoms(use_true_random=False))
@examples(60)
def test_merged_segments_are_their_sum(tmp_path_factory, parts, random):
    folder = tmp_path_factory.mktemp("merged")
    sources = []
    for number, part in enumerate(parts):
        inverter = invert(part)
        sources.append(write_inverted(folder / str(number), inverter, list(range(len(part)))))
    maps = interleaved([source.count for source in sources], random)

    merged = merge(folder / "merged", sources, maps)

    assert merged.lists() == renumbered(sources, maps)
    assert merged.words() == words_of(merged.lists())
    # What was merged can be merged again.
    again = merge(folder / "again", [merged], [list(range(merged.count))])
    assert again.lists() == merged.lists()
    assert again.words() == merged.words()


def test_long_lists_are_merged_block_by_block(tmp_path):
    parts = [[("the kim", "a")] * 700, [("the", "b")] * 1300]
    sources = [
        write_inverted(tmp_path / str(number), invert(part), list(range(len(part))))
        for number, part in enumerate(parts)
    ]
    maps = [list(range(0, 1400, 2)), [*range(1, 1400, 2), *range(1400, 2000)]]

    merged = merge(tmp_path / "merged", sources, maps)

    assert merged.lists() == renumbered(sources, maps)
    assert merged.reader.doc_freq(*merged.fields[0][:2], b"the") == 2000


def test_a_segment_of_which_nothing_stays_leaves_nothing(tmp_path):
    sources = [write_inverted(tmp_path / str(n), invert([("kim", "x")]), [0]) for n in range(2)]

    assert merge(tmp_path / "merged", sources, [[-1], [-1]]).lists() == {}


def test_maps_of_another_size_are_refused(tmp_path):
    source = write_inverted(tmp_path / "one", invert([("kim", "x")]), [0])

    with pytest.raises(ValueError, match="2 docnums for 1"):
        merge(tmp_path / "merged", [source], [[0, 1]])


@pytest.mark.parametrize("count", [1, 3_000])
def test_words_of_an_article_that_was_dropped_are_in_no_dictionary(tmp_path, count):
    inverter = invert([("visit", "x")] * count)
    inverter.add_text(0, TermTokenizer(analyzer_for("en")), "visit visited")
    inverter.abort_article()
    docnums = list(range(count))

    written = write_inverted(tmp_path / "one", inverter, docnums)

    cursor = written.reader.cursor(*written.fields[0][:2])
    assert [word for word, *_ in cursor.variants()] == [b"visit"]
    assert written.words()[0] == {}
