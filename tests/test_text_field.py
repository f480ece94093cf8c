"""What Whoosh's codec keeps of printed words and sentences is what the native codec keeps, in any language."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from formats.page_reader import SegmentOnDisk, manifest_of, positions_of
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from strategies import JOINED_WORDS, WORDS

import searchlib
from searchlib.article import Article
from searchlib.index import open_snapshot
from searchlib.text_field import PARAGRAPH, PRINTED_COMPANION, SENTENCE, SENTENCES

LANGUAGES = ["en", "de", "fr", "es", "ru", "ar", "hi", "ja", "zh", "cs", "tr", "none"]
_PIECES = [
    *WORDS,
    *JOINED_WORDS,
    "Dr.",
    "Nr. 3.",
    "3. Mai",
    "U.S.",
    "Er sagte.",
    "Élan",
    "Тест.",
    "これは。",
    "क। ख",
    "؟",
    "etc.",
]
_BREAKS = [". ", "! ", "? ", ".\n\n", "\n\n", "\n", " ", " ", " ", "。", "… ", '." ', ".”\n"]
_texts = st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from(_BREAKS)), max_size=14).map(
    lambda pieces: "".join(piece + end for piece, end in pieces)
)
_articles = st.lists(
    st.builds(
        lambda title, summary, body, language: Article(
            title=title or "-", summary=summary, body=body, language=language
        ),
        _texts,
        _texts,
        _texts,
        st.sampled_from(LANGUAGES),
    ),
    max_size=4,
    unique_by=lambda article: article.id,
)

#: Of each article: (term, printed word, position, how many positions it takes); and (position, what begins there).
Kept = dict[str, tuple[set[tuple[str, str, int, int]], set[tuple[int, str]]]]


def _kept_by_whoosh(directory: Path) -> Kept:
    snapshot = open_snapshot(directory)
    try:
        assert snapshot.words_as_printed
        kept: Kept = {}
        for reader in snapshot.readers:
            ids = [reader.stored_fields(docnum)["id"] for docnum in range(reader.doc_count_all())]
            kept.update({each: (set(), set()) for each in ids})
            several = {}
            for field, text in reader.all_terms():
                if field == "text" and (mark := PRINTED_COMPANION.search(text)):
                    term, word = text[: mark.start()].decode(), text[mark.end() :].decode()
                    taken = int(text[mark.start() + 1 : mark.end() - 1] or 1)
                    for docnum, positions in _postings(reader, field, text):
                        if taken == 1:
                            kept[ids[docnum]][0].update((term, word, at, 1) for at in positions)
                        else:
                            several.setdefault(ids[docnum], set()).update((term, word, at, taken) for at in positions)
                elif field == SENTENCES and text.decode() in (SENTENCE, PARAGRAPH):
                    for docnum, positions in _postings(reader, field, text):
                        kept[ids[docnum]][1].update((at, text.decode()) for at in positions)
            for each, found in several.items():
                kept[each][0].difference_update((term, word, at, 1) for term, word, at, _ in found)
                kept[each][0].update(found)
        return kept
    finally:
        snapshot.close()


def _postings(reader, field: str, text: bytes):
    matcher = reader.postings(field, text)
    while matcher.is_active():
        yield matcher.id(), matcher.value_as("positions")
        matcher.next()


def _kept_natively(directory: Path) -> Kept:
    kept: Kept = {}
    for facts in manifest_of(directory)["segments"]:
        segment = SegmentOnDisk(directory, f"s_{facts['id']}")
        ids = [name.decode() for name in segment.column("id")]
        kept.update({each: (set(), set()) for each in ids})
        for field in ("text", SENTENCES):
            if field not in segment.facts["terms"]["fields"]:
                continue
            variants = segment.variants(field)
            for term, postings in segment.terms(field).items():
                for posting in postings:
                    positions = positions_of(posting.value)
                    words, begins = kept[ids[posting.docnum]]
                    for at, number in zip(positions, posting.variants or [0] * len(positions), strict=True):
                        variant = variants[term][number]
                        if field == SENTENCES:
                            begins.update({(at, SENTENCE), (at, variant.word.decode())})
                        elif variant.word:
                            words.add((term.decode(), variant.word.decode(), at, variant.positions))
    return kept


@examples(60)
@given(articles=_articles, language=st.sampled_from(["auto", "en", "de", "none"]))
def test_both_codecs_keep_the_same_printed_words_and_beginnings(articles, language):
    kept = []
    with TemporaryDirectory() as folder:
        for codec, read in (("whoosh", _kept_by_whoosh), ("native", _kept_natively)):
            with (
                searchlib.create(Path(folder) / codec, language=language, codec=codec) as index,
                index.writer() as writer,
            ):
                writer.add_all(articles)
            kept.append(read(Path(folder) / codec))

    assert kept[0] == kept[1]


def test_printed_words_and_sentences_weigh_nothing(tmp_path: Path):
    lengths = []
    for codec in ("whoosh", "native"):
        with searchlib.create(tmp_path / codec, codec=codec) as index, index.writer() as writer:
            writer.add(Article(id="1", title="Visits of a re-election", body="He visits. She visited.\n\nBye."))
        snapshot = open_snapshot(tmp_path / codec)
        (reader,) = snapshot.readers
        lengths.append((reader.field_length("text"), reader.doc_field_length(0, "text")))
        snapshot.close()

    assert lengths[0] == lengths[1]


@pytest.mark.parametrize("merge", [False, True])
def test_a_merged_segment_knows_printed_words_if_all_its_parts_did(tmp_path: Path, merge):
    with searchlib.create(tmp_path / "index", codec="whoosh") as index:
        for number in range(2):
            with index.writer() as writer:
                writer.add(Article(id=str(number), title=f"Visits {number}", body="One. Two."))
        if merge:
            index.merge()
        snapshot = open_snapshot(tmp_path / "index")
        assert snapshot.words_as_printed
        snapshot.close()


def test_whooshs_programs_list_words_and_nothing_that_tells_of_them(tmp_path: Path):
    with searchlib.create(tmp_path / "index", codec="whoosh") as index:
        for number in range(2):
            with index.writer() as writer:
                writer.add(Article(id=str(number), title="Visits", body="He visited. She left."))
        with index.whoosh.reader() as reader:
            words = sorted(reader.lexicon("text"))
            assert words == [b"he", b"left", b"she", b"visit"]
            assert {field for field, _ in reader.all_terms()} == set(reader.indexed_field_names()) == {"id", "text"}
            assert sorted(reader.expand_prefix("text", b"vis")) == [b"visit"]
            assert list(reader.terms_within("text", "visid", 1)) == ["visit"]
        assert SENTENCES not in index.whoosh.schema.names()


def test_what_a_whoosh_writer_adds_to_whooshs_codec_knows_printed_words(tmp_path: Path):
    with searchlib.create(tmp_path / "index", codec="whoosh") as index:
        writer = index.whoosh.writer()
        writer.add_document(id="1", title="Visits", body="He left. She came.")
        writer.add_document(id="2", title="Cocoa", body="again", text="Zebras. Donkeys.")
        writer.commit()

        kept = _kept_by_whoosh(tmp_path / "index")

    assert ("zebra", "zebras", 2, 1) in kept["2"][0]
    assert (kept["1"][1], kept["2"][1]) == ({(5, "sentence")}, {(3, "sentence")})
