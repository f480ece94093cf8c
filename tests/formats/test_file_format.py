"""docs/file-format.md: its example is what the library writes, and a reader made from the page alone reads all of it."""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path

import pytest
from formats import freeze
from formats.page_reader import (
    BLOCKS,
    LENGTHS,
    PAGE,
    FileRow,
    Posting,
    Reading,
    SegmentOnDisk,
    Variant,
    data_of,
    deletions_of,
    ledger_of,
    manifest_of,
    norm_of,
    numbers_of_variants,
    positions_of,
)
from whoosh.filedb.filestore import FileStorage
from whoosh.util.numeric import length_to_byte

from searchlib.article import Article
from searchlib.codec import CODECS, FileIdentity, native
from searchlib.codec.positions import PackedPositions
from searchlib.engines.embedded import create
from searchlib.index import Settings, first_generation, last_manifest, read_manifest
from searchlib.index.deletions import unpack_deletions, write_deletions
from searchlib.index.writer import IndexWriter
from searchlib.kernels.storage import TermsWriter
from searchlib.sources import read

DUMPS = [info.split()[1] for info in BLOCKS if info.startswith("dump ")]


# --- the example -------------------------------------------------------------------------------------------------------


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program of the page has written its segment."""
    monkeypatch.chdir(tmp_path)
    exec(compile(BLOCKS["python no-run"], str(PAGE), "exec"), {})
    return tmp_path


@pytest.mark.parametrize("name", DUMPS)
def test_the_page_shows_every_byte_that_the_library_writes(example: Path, name: str) -> None:
    shown = b""
    for line in BLOCKS[f"dump {name}"].splitlines():
        assert int(line[:4], 16) == len(shown)
        shown += bytes.fromhex(line[6:53])

    assert shown.hex(" ") == (example / name).read_bytes().hex(" ")


def test_the_page_shows_all_files_of_the_example(example: Path) -> None:
    assert sorted([*DUMPS, "s_example.seg"]) == sorted(path.name for path in example.iterdir())


def test_the_page_shows_the_facts_that_the_library_writes(example: Path) -> None:
    shown = json.dumps(json.loads(BLOCKS["json s_example.seg"]), separators=(",", ":"))

    assert shown.encode("ascii") == data_of(example / "s_example.seg")[64:]


def test_the_page_shows_a_manifest_of_the_example_that_the_library_reads(example: Path) -> None:
    path = example / "manifest-1.json"
    path.write_text(BLOCKS["json manifest"], encoding="utf-8")
    manifest = manifest_of(example)

    (segment,) = read_manifest(path).segments

    assert sorted(manifest["segments"][0]["files"]) == sorted([*DUMPS, "s_example.seg"])
    assert dict(segment.codec_facts) == {"id": "example", "articles": 2}


def test_the_example_is_read_with_nothing_but_the_page(example: Path) -> None:
    segment = SegmentOnDisk(example, "s_example")

    assert segment.terms("id") == {b"a3": [Posting(0, 1, None)], b"b7": [Posting(1, 1, None)]}
    assert segment.terms("text") == {
        b"talk": [Posting(0, 1, b"\3", (1,)), Posting(1, 3, b"\0")],
        b"tall": [Posting(0, 1, b"\2")],
    }
    assert segment.variants("id") == {b"a3": [Variant(b"", 1, 1, 1)], b"b7": [Variant(b"", 1, 1, 1)]}
    assert segment.variants("text") == {
        b"talk": [Variant(b"talk", 1, 1, 1), Variant(b"talks", 1, 1, 1)],
        b"tall": [Variant(b"tall", 1, 1, 1)],
    }
    assert (segment.words("id"), segment.words("text")) == ({}, {b"talks": [b"talk"]})
    assert [LENGTHS[norm] for norm in segment.norms("text")] == [2, 3]
    assert segment.column("id") == [b"a3", b"b7"]
    assert segment.column("section") == [b"World", b"World"]
    assert segment.column("published") == [-(2**63), datetime(2023, 9, 12, tzinfo=timezone.utc).timestamp() * 1e6]
    assert segment.column("title_span") == [0, 1]
    assert segment.articles() == [{"id": "a3", "body": "Tall talks"}, {"id": "b7", "title": "Talk"}]


# --- what the page says of numbers -------------------------------------------------------------------------------------


def test_numbers_are_as_the_page_says() -> None:
    assert Reading(b"\xac\x02", 0).varint() == 300
    assert Reading(b"\x85\x00", 0).packed(3, 3) == [5, 0, 2]
    assert Reading(b"\x02\x01\x31\x26", 0).run(3) == [5, 0, 11]
    for shown in ("02 03 01 01 00", "00 82 80 04"):
        assert f"`{shown}`" in PAGE.read_text(encoding="utf-8")
        assert numbers_of_variants(Reading(bytes.fromhex(shown), 0), 6) == [0, 0, 0, 2, 0, 1]
    assert positions_of(bytes.fromhex("0301a802")) == [3, 4, 300]
    assert PackedPositions().encode([3, 4, 300]) == bytes.fromhex("0301a802")


def test_norms_stand_for_the_lengths_of_the_page() -> None:
    assert len(LENGTHS) == 256
    assert [norm_of(length) for length in range(3000)] == [length_to_byte(length) for length in range(3000)]
    assert [norm_of(length) for length in (106_373, 106_374, 10**9)] == [
        length_to_byte(length) for length in (106_373, 106_374, 10**9)
    ]


def test_a_bitmap_of_deletions_is_as_the_page_says(tmp_path: Path) -> None:
    path = tmp_path / "s_x.1.del"
    write_deletions(path, {1, 4}, 5, FileIdentity("0f" * 16, "x", 1))

    shown = re.search(r"second and the last: `(05 00 00 00 [0-9a-f ]+)`", PAGE.read_text(encoding="utf-8"))[1]

    assert deletions_of(path) == {1, 4}
    assert data_of(path)[64:] == bytes.fromhex(shown)


def test_a_bitmap_of_an_older_format_is_as_the_page_says() -> None:
    shown = re.search(r"`(53 4c 44 4c [0-9a-f ]+)`", PAGE.read_text(encoding="utf-8"))[1]

    assert unpack_deletions(bytes.fromhex(shown), 5) == {1, 4}


@pytest.mark.parametrize("codec", sorted(CODECS))
def test_every_file_says_what_it_is_as_the_page_says(tmp_path: Path, codec: str) -> None:
    freeze.make(tmp_path, codec)
    manifest = manifest_of(tmp_path)
    generations = {name: facts["generation"] for each in manifest["segments"] for name, facts in each["files"].items()}

    assert {path.name for path in tmp_path.glob("s_*")} == generations.keys()
    assert sorted(set(generations.values())) == [1, 2]
    assert all(generations[name] == 2 for name in generations if name.endswith(".del"))


@pytest.mark.parametrize("codec", sorted(CODECS))
def test_a_segment_says_what_is_needed_without_a_manifest(tmp_path: Path, codec: str) -> None:
    freeze.make(tmp_path, codec)
    with IndexWriter(tmp_path) as writer:
        writer.merge()
    manifest = manifest_of(tmp_path)
    (segment,) = manifest["segments"]
    (path,) = tmp_path.glob("*.seg")
    facts = json.loads(data_of(path)[64:])

    assert facts["settings"] == manifest["settings"]
    assert (facts["format"], facts["articles"]) == (3, segment["articles"])
    assert len(set(facts["replaces"])) == 2
    assert facts.get("field_lengths") == segment.get("field_lengths")


# --- what is too long for the page -------------------------------------------------------------------------------------


def _any_postings(chooser: random.Random, count: int, doc_count: int) -> list[Posting]:
    """Postings of one term; whole weights or not; values none, of any length, or positions."""
    positions = chooser.random() < 0.6
    floats, long = chooser.random() < 0.3, chooser.choice([0, 3, 200])
    top = chooser.choice([1, 3, 300, 70_000] if floats else [1, 3, 300, 2**24])
    valued = chooser.random() < 0.8
    docnums = sorted(chooser.sample(range(doc_count), count))
    return [
        Posting(
            docnum,
            chooser.randint(0, 4 * top) / 4 if floats else chooser.randint(1, top),
            (_any_positions(chooser, long) if positions else chooser.randbytes(chooser.randint(0, long)))
            if valued
            else None,
        )
        for docnum in docnums
    ]


def _any_positions(chooser: random.Random, long: int) -> bytes:
    """Some of them far apart, some twice."""
    steps = [chooser.choice([1, 5, 60, 60, 2000, 2**20]) for _ in range(chooser.choice([1, 1, 2, long + 1]))]
    return PackedPositions().encode(list(accumulate(chooser.randint(chooser.random() < 0.9, step) for step in steps)))


def test_long_lists_and_many_terms_are_read_with_nothing_but_the_page(tmp_path: Path) -> None:
    chooser = random.Random(7)
    doc_count = 5_000
    norms = bytes(chooser.randint(20, 200) for _ in range(doc_count))
    counts = [1] * 60 + [2, 127, 128, 129, 256, 257, 1000, 3000] * 2
    terms = {chooser.randbytes(chooser.randint(1, 3)): count for count in counts}
    variants = {term: _any_variants(chooser, term) for term in sorted(terms)}
    expected = {
        term: _varied(chooser, _any_postings(chooser, terms[term], doc_count), len(named))
        for term, named in variants.items()
    }
    named_words: dict[bytes, set[bytes]] = {}
    for term, named in variants.items():
        for word, _ in named:
            if word not in (b"", term):
                named_words.setdefault(word, set()).add(term)
    words = {word: sorted(named_words[word]) for word in sorted(named_words)}
    _write_terms(tmp_path, expected, norms, variants, words)
    segment = SegmentOnDisk(tmp_path, "s_long")

    assert segment.terms("text") == expected
    assert segment.words("text") == words
    assert {
        term: [(each.word, each.positions) for each in found] for term, found in segment.variants("text").items()
    } == {term: named or [(b"", 1)] for term, named in variants.items()}


def _any_variants(chooser: random.Random, term: bytes) -> list[tuple[bytes, int]]:
    """Of the term alone; the term with some bytes more or less; or any words. Some take several positions."""
    count = chooser.choice([0, 0, 1, 2, 3, 9, 300])
    words = {
        chooser.choice([term + chooser.randbytes(chooser.randint(0, 3)), chooser.randbytes(3), b"common", term[:1]])
        for _ in range(count)
    }
    return [(word, chooser.choice([1, 1, 1, 2, 200])) for word in sorted(words, key=lambda word: word[::-1])]


def _varied(chooser: random.Random, postings: list[Posting], count: int) -> list[Posting]:
    """The same with variants at the positions of some, of `count` that there are."""
    share = chooser.choice([0, 0.01, 1])

    def any_number() -> int:
        return chooser.randrange(count) if chooser.random() < share else 0

    numbers = [
        tuple(any_number() for byte in each.value or b"" if byte < 128) if count > 1 else () for each in postings
    ]
    return [replace(each, variants=of_it if any(of_it) else ()) for each, of_it in zip(postings, numbers, strict=True)]


def _write_terms(
    directory: Path,
    terms: dict[bytes, list[Posting]],
    norms: bytes,
    variants: dict[bytes, list[tuple[bytes, int]]],
    words: dict[bytes, list[bytes]],
) -> None:
    storage = FileStorage(str(directory))
    segment = native.NativeSegment(native.NativeCodec(), "s", len(norms), segid="long")
    files = [native.create_paged(storage, segment, kind) for kind in (native.TERMS, native.POSTINGS, native.VALUES)]
    writer = TermsWriter(*files)
    writer.start_field()
    for term, postings in terms.items():
        writer.start_term(term, variants[term])
        for each in postings:
            writer.add(each.docnum, each.weight, each.value, norms[each.docnum], each.variants)
        writer.finish_term()
    field = native.FieldFacts(*writer.finish_field(words.items()))
    facts = native.TermsFacts(writer.finish_terms(), {"text": field}, printed=True)
    lengths = native.create_paged(storage, segment, native.LENGTHS)
    length_facts = native.LengthFacts(lengths.tell(), total=0, least=0, most=0)
    lengths.write(norms)
    for file in (*files, lengths):
        file.finish()
    segment_facts = native.SegmentFacts(len(norms), facts, {"text": length_facts})
    native.write_facts(storage, segment, segment_facts)


def test_blocks_with_dictionaries_are_read_with_nothing_but_the_page(tmp_path: Path) -> None:
    chooser = random.Random(7)
    words = [f"{a}{b}" for a in ("kim", "putin", "summit", "cocoa") for b in range(100)]
    articles = [{"id": str(number), "body": " ".join(chooser.choices(words, k=900))} for number in range(500)]
    storage = FileStorage(str(tmp_path))
    segment = native.NativeSegment(native.NativeCodec(), "s", len(articles), segid="stored")
    file = native.create_paged(storage, segment, native.STORED)
    blocks = native.StoredWriter(file)
    stored = blocks.finish({native.ARTICLES: [blocks.add(json.dumps(article).encode()) for article in articles]})
    file.finish()
    native.write_facts(storage, segment, native.SegmentFacts(len(articles), stored=stored))

    assert [facts.size > 0 for facts in stored.dictionaries] == [True]
    assert SegmentOnDisk(tmp_path, "s_stored").articles() == articles


# --- a whole index -----------------------------------------------------------------------------------------------------

WEIGHTS = (3.0, 2.0, 1.0)
NAMES = ["Ana Sousa", "Kim Lee", "Ida Roux"]
WORDS = [a + b + c for a in "bdfg" for b in "aeiou" for c in "lmn"]


def _articles(chooser: random.Random, count: int) -> dict[str, Article]:
    def text(max_words: int) -> str:
        return " ".join(chooser.choices(WORDS, k=chooser.randint(0, max_words)))

    return {
        name: Article(
            id=name,
            title=text(5),
            summary=text(8),
            body=text(150) + " end",
            authors=chooser.sample(NAMES, chooser.randint(0, 2)),
            section=chooser.choice(["", "World", "Business"]),
            published=f"2023-09-{chooser.randint(1, 9):02d}" if chooser.random() < 0.8 else None,
        )
        for name in (f"n{chooser.randint(0, 10**6)}" for _ in range(count))
    }


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Article]]:
    """An index of two segments, one with deletions, and the articles that are in it."""
    directory = tmp_path_factory.mktemp("index")
    chooser = random.Random(3)
    # A language without stems, so that terms are the words that were printed.
    first_generation(directory, Settings(codec="native", language="none"))
    articles = _articles(chooser, 300)
    with IndexWriter(directory) as writer:
        writer.add_all(articles.values())
    *gone, again, also = chooser.sample(sorted(articles), 20)
    later = {name: replace(articles[name], title="gal") for name in (again, also)} | _articles(chooser, 40)
    with IndexWriter(directory) as writer:
        writer.add_all(later.values())
        for name in gone:
            writer.delete(name)
    return directory, {name: article for name, article in {**articles, **later}.items() if name not in gone}


def segments_of(directory: Path) -> Iterator[tuple[SegmentOnDisk, set[int]]]:
    """The segments of an index, and what is deleted from each."""
    for facts in manifest_of(directory)["segments"]:
        deleted = deletions_of(directory / facts["deleted"]["file"]) if facts["deleted"] else set()
        yield SegmentOnDisk(directory, f"s_{facts['id']}"), deleted


def test_all_articles_of_an_index_are_read_with_nothing_but_the_page(index) -> None:
    directory, articles = index
    found = {}
    for segment, deleted in segments_of(directory):
        found.update({each["id"]: each for docnum, each in enumerate(segment.articles()) if docnum not in deleted})

    names = {"authors": "author", "tags": "tag"}
    assert last_manifest(directory).name == "manifest-2.json"
    assert found == {
        name: {names.get(key, key): value for key, value in article.as_dict().items()}
        for name, article in articles.items()
    }


def test_docnums_are_in_the_order_that_the_page_says(index) -> None:
    for segment, _ in segments_of(index[0]):
        docnums = range(segment.facts["articles"])
        times, ids = segment.column("published"), segment.column("id")
        in_order = sorted(sorted(docnums, key=ids.__getitem__, reverse=True), key=times.__getitem__)

        assert (segment.facts["ordered_by"], in_order) == ("published", list(docnums))


def test_words_of_the_text_stand_where_the_page_says(index) -> None:
    for segment, _ in segments_of(index[0]):
        titles, summaries, articles = segment.column("title_span"), segment.column("summary_span"), segment.articles()
        found: list[dict[int, str]] = [{} for _ in articles]
        for term, postings in segment.terms("text").items():
            for posting in postings:
                found[posting.docnum].update(dict.fromkeys(positions_of(posting.value), term.decode()))

        expected = []
        for title, summary, article in zip(titles, summaries, articles, strict=True):
            begins = {"title": 0, "summary": title + 1, "body": title + 1 + summary + 1}
            texts = {name: article.get(name, "").split() for name in begins}
            assert (len(texts["title"]), len(texts["summary"])) == (title, summary)
            expected.append({begins[name] + at: word for name in texts for at, word in enumerate(texts[name])})
        assert found == expected


def test_weights_and_norms_are_what_the_page_says(index) -> None:
    for segment, _ in segments_of(index[0]):
        titles, summaries = segment.column("title_span"), segment.column("summary_span")
        lengths = [0] * segment.facts["articles"]
        for postings in segment.terms("text").values():
            for posting in postings:
                title = titles[posting.docnum]
                summary = title + 1 + summaries[posting.docnum]
                positions = positions_of(posting.value)
                assert posting.weight == sum(WEIGHTS[(at > title) + (at > summary)] for at in positions)
                lengths[posting.docnum] += round(posting.weight)
        norms = [norm_of(length) for length in lengths]
        kept = [LENGTHS[norm] for norm in norms]
        facts = segment.facts["lengths"]["text"]

        assert list(segment.norms("text")) == norms
        assert (facts["total"], facts["least"], facts["most"]) == (sum(kept), min(kept), max(kept))


def test_other_fields_are_what_the_page_says(index) -> None:
    for segment, _ in segments_of(index[0]):
        articles = segment.articles()
        ids = {
            term: [(each.docnum, each.weight, each.value or b"") for each in postings]
            for term, postings in segment.terms("id").items()
        }

        assert ids == {article["id"].encode(): [(docnum, 1, b"")] for docnum, article in enumerate(articles)}
        assert segment.column("id") == [article["id"].encode() for article in articles]
        assert segment.column("section") == [article.get("section", "").encode() for article in articles]
        assert segment.column("author") == ["\x1f".join(article.get("author", [])).encode() for article in articles]
        # Of two names of two words, the second begins two positions after the last word of the first.
        expected: dict[bytes, list[Posting]] = {}
        for docnum, article in enumerate(articles):
            for number, name in enumerate(article.get("author", [])):
                for word, text in enumerate(name.lower().split()):
                    expected.setdefault(text.encode(), []).append(Posting(docnum, 1, bytes([3 * number + word])))
        assert segment.terms("author") == expected


def test_times_are_what_the_page_says(index) -> None:
    for segment, _ in segments_of(index[0]):
        for time, article in zip(segment.column("published"), segment.articles(), strict=True):
            day = article.get("published")
            if day is None:
                assert time == -(2**63)
            else:
                assert time == datetime.fromisoformat(day).replace(tzinfo=timezone.utc).timestamp() * 1_000_000


# --- an index in a language with stems ---------------------------------------------------------------------------------

#: What is printed → the words that are found there: of each the position, counted from its first, and how many it takes.
PRINTED = {
    "Visit": [("visit", 0, 1)],
    "visits": [("visits", 0, 1)],
    "visited": [("visited", 0, 1)],
    "Élans": [("elans", 0, 1)],
    "elections": [("elections", 0, 1)],
    "re-election": [("re", 0, 1), ("election", 1, 1), ("re-election", 0, 2)],
}
#: What begins sentences and paragraphs.
BREAKS = {". ": b"sentence", ".\n\n": b"paragraph"}
#: word → positions it takes, by position.
Found = dict[int, set[tuple[bytes, int]]]


def _printed_text(chooser: random.Random, marks: list[str]) -> tuple[str, Found, dict[int, bytes], int]:
    """A text; the words at each position; where sentences begin, of `marks` that end them; how many positions it takes."""
    text, words, begins, position = "", {}, {}, 0
    for number in range(chooser.randint(0, 6)):
        if number:
            mark = chooser.choice(marks)
            text += mark
            begins[position] = BREAKS[mark]
        # A sentence begins with a capital letter.
        for word in ["Visit", *chooser.choices(sorted(PRINTED), k=chooser.randint(1, 8))]:
            text += f"{'' if text[-1:] in ('', ' ', chr(10)) else ' '}{word}"
            for part, more, taken in PRINTED[word]:
                words.setdefault(position + more, set()).add((part.encode(), taken))
            position += max(more + taken for _, more, taken in PRINTED[word])
    return text, words, begins, position


def _printed_article(chooser: random.Random, name: str) -> tuple[Article, Found, dict[int, bytes]]:
    """An article; the words at each position of it, and where its sentences begin."""
    texts, words, sentences, base = [], {}, {}, 0
    # A title is one line.
    for marks in ([". "], [*BREAKS], [*BREAKS]):
        text, more_words, begins, size = _printed_text(chooser, marks)
        words.update({base + position: at for position, at in more_words.items()})
        sentences.update({base + position: what for position, what in begins.items()})
        texts.append(text)
        base += size + 1
    return Article(id=name, title=texts[0], summary=texts[1], body=texts[2]), words, sentences


@pytest.fixture(scope="module", params=["as written", "merged"])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    """An index of two segments, or of these merged, and by article what `_printed_article` has."""
    directory, chooser = tmp_path_factory.mktemp("printed"), random.Random(5)
    first_generation(directory, Settings(codec="native", language="en"))
    made = {f"{number}": _printed_article(chooser, f"{number}") for number in range(240)}
    for begin in (0, 150):
        with IndexWriter(directory) as writer:
            writer.add_all(article for article, *_ in list(made.values())[begin : begin + 150])
    if request.param == "merged":
        with IndexWriter(directory) as writer:
            writer.merge()
    return directory, made


def test_printed_words_stand_where_the_page_says(printed) -> None:
    directory, made = printed
    for segment, _ in segments_of(directory):
        found: list[Found] = [{} for _ in range(segment.facts["articles"])]
        variants = segment.variants("text")
        for term, postings in segment.terms("text").items():
            for posting in postings:
                positions = positions_of(posting.value)
                for position, number in zip(positions, posting.variants or [0] * len(positions), strict=True):
                    variant = variants[term][number]
                    found[posting.docnum].setdefault(position, set()).add((variant.word, variant.positions))

        assert segment.facts["terms"]["printed"] is True
        assert found == [made[name.decode()][1] for name in segment.column("id")]


def test_a_printed_word_is_among_the_terms_or_the_words(printed) -> None:
    for segment, _ in segments_of(printed[0]):
        for field in segment.facts["terms"]["fields"]:
            expected: dict[bytes, set[bytes]] = {}
            for term, variants in segment.variants(field).items():
                for variant in variants:
                    if variant.word not in (b"", term):
                        expected.setdefault(variant.word, set()).add(term)

            assert segment.words(field) == {word: sorted(expected[word]) for word in sorted(expected)}
        assert {b"visits", b"visited", b"re-election", b"elections"} <= segment.words("text").keys()


def test_sentences_begin_where_the_page_says(printed) -> None:
    directory, made = printed
    for segment, _ in segments_of(directory):
        found: list[dict[int, bytes]] = [{} for _ in range(segment.facts["articles"])]
        ((term, postings),) = segment.terms(".sentences").items()
        variants = segment.variants(".sentences")[term]
        for posting in postings:
            positions = positions_of(posting.value)
            assert posting.weight == len(positions)
            for position, number in zip(positions, posting.variants or [0] * len(positions), strict=True):
                found[posting.docnum][position] = variants[number].word

        assert (term, {each.positions for each in variants}) == (b"sentence", {1})
        assert found == [made[name.decode()][2] for name in segment.column("id")]


# --- an index of many languages ----------------------------------------------------------------------------------------


def test_terms_carry_the_language_of_their_article_as_the_page_says(tmp_path: Path) -> None:
    pytest.importorskip("eldc", reason="pip install 'searchlib[languages]'")
    first_generation(tmp_path, Settings(codec="native", language="auto", fallback_language="de"))
    english = "Visits of the president to the capital city were reported by the newspapers yesterday in the evening."
    with IndexWriter(tmp_path) as writer:
        writer.add_all(
            [
                Article(id="a", body="visits 35", language="fr-CA"),
                Article(id="b", body=english),
                Article(id="c", body="visits", language="xx"),
                Article(id="d", body="Q"),
            ]
        )
    ((segment, _),) = segments_of(tmp_path)
    ids = [name.decode() for name in segment.column("id")]

    def found(field: str) -> dict[str, set[bytes]]:
        terms = segment.terms(field).items()
        return {
            name: {term for term, postings in terms if docnum in {each.docnum for each in postings}}
            for docnum, name in enumerate(ids)
        }

    settings = manifest_of(tmp_path)["settings"]
    assert (settings["language"], settings["fallback_language"]) == ("auto", "de")
    assert found("language") == {"a": {b"fr", b"fr-ca"}, "b": {b"en", b"en;detected"}, "c": {b"xx"}, "d": {b"und"}}
    assert {positions_of(each.value)[0] for postings in segment.terms("language").values() for each in postings} == {0}
    assert dict(zip(ids, segment.column("language"), strict=True)) == {"a": b"fr-ca", "b": b"en", "c": b"xx", "d": b""}
    texts = found("text")
    assert (texts["a"], texts["c"], texts["d"]) == ({b"visit\x1ffr", b"35"}, {b"visits"}, {b"q\x1fde"})
    assert b"visit\x1fen" in texts["b"]
    assert {each.word for each in segment.variants("text")[b"visit\x1fen"]} == {b"visits"}
    assert segment.words("text")[b"visits"] == [b"visit\x1fen", b"visit\x1ffr"]


@pytest.mark.parametrize("codec", sorted(CODECS))
def test_the_files_that_were_read_are_as_the_page_says(tmp_path: Path, codec: str) -> None:
    news, dump = tmp_path / "caf\udce9.jsonl", tmp_path / "dump.jsonl"
    for path, ids in ((news, "12"), (dump, "23")):
        path.write_text("".join(f'{{"id": "{name}", "title": "Talk {name}"}}\n' for name in ids) + '{"title": ""}\n')
        os.utime(path, (1_600_000_000, 1_600_000_000))
    reading = read([news, dump])
    with create(tmp_path / "news.index", codec=codec) as index, index.writer() as writer:
        writer.add_all(reading)

    manifest = manifest_of(tmp_path / "news.index")
    rows, takeovers = ledger_of(tmp_path / "news.index" / manifest["ledger"]["file"])

    options = bytes.fromhex(reading.options)
    folder = str(tmp_path).encode()
    facts = [
        (path.stat().st_size, 1_600_000_000 * 10**9, blake2b(path.read_bytes(), digest_size=16).digest())
        for path in (news, dump)
    ]
    assert rows == [
        FileRow(folder + b"/caf\x00dce9.jsonl", *facts[0], 2, 1, 1, options, 1),
        FileRow(folder + b"/dump.jsonl", *facts[1], 2, 1, 1, options, 1),
    ]
    assert takeovers == [(blake2b(b"2", digest_size=8).digest(), 0)]
    assert manifest["ledger"]["file"] == "s_ledger.1.fil"
    if codec == "native":
        (segment, _) = next(segments_of(tmp_path / "news.index"))
        assert [segment.terms(".origin").keys()] == [{row.path for row in rows}]
        stored = {article["id"]: article["origin"] for article in segment.articles()}
        assert stored == {"1": [str(news), "", "1"], "2": [str(dump), "", "1"], "3": [str(dump), "", "2"]}
