"""Printed words that an automaton accepts: all of them, with all that is known of each, and few blocks are read."""

from __future__ import annotations

import random
import zipfile
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernels.test_damage import content_of, damage, seal
from profiles import examples

import searchlib
from searchlib.automata import compile_expression, compile_fuzzy, compile_prefix, compile_wildcard
from searchlib.codec.positions import PackedPositions
from searchlib.kernels import CorruptDataError
from searchlib.kernels.paging import PagedFile, PagedWriter
from searchlib.kernels.storage import TermsReader, TermsWriter
from searchlib.kernels.words import Expansion, matching_terms, matching_words

FROZEN = Path(__file__).resolve().parent.parent / "formats"
_KINDS = (b".trm", b".pst", b".val")
_DOC_COUNT = 4
_NO_WORD = (b"", 1)

#: One to four bytes in UTF-8, and beginnings that are longer than what blocks are told apart by first.
words = st.text("abé中𝄞", min_size=1, max_size=5) | st.text("ab", max_size=3).map("internation".__add__)

#: A printed word as a variant: its bytes, and how many positions it takes.
Variant = tuple[bytes, int]


@dataclass
class Field:
    """What is in the field of a segment.

    Attributes:
        terms: Of each term its variants, by number, and of each of these how often it is in which article.
    """

    terms: dict[bytes, dict[Variant, dict[int, int]]]

    @cached_property
    def words(self) -> dict[bytes, set[tuple[bytes, int, int, int, int, int]]]:
        """Of each printed word its forms: term, number, positions, doc_freq, total, and how many variants the term has."""
        forms = defaultdict(set)
        for term, variants in self.terms.items():
            for number, ((word, positions), times) in enumerate(variants.items()):
                if word:
                    forms[word].add((term, number, positions, len(times), sum(times.values()), len(variants)))
        return forms

    def write(self, folder: Path, name: str) -> tuple[TermsReader, tuple[int, int], tuple[int, int]]:
        """Write it: what reads it, and the blocks of its terms and words."""
        paths = [str(folder / f"{name}{kind.decode()}") for kind in _KINDS]
        files = [PagedWriter(path, kind) for path, kind in zip(paths, _KINDS, strict=True)]
        writer = TermsWriter(*files)
        writer.start_field()
        # A field before it, so that blocks are not counted from 0.
        writer.start_term(b"other")
        writer.add(0, 1.0, None, 0)
        writer.finish_term()
        writer.finish_field()
        writer.start_field()
        for term in sorted(self.terms):
            self._write_term(writer, term)
        others = {word: sorted({term for term, *_ in forms} - {word}) for word, forms in self.words.items()}
        fields = writer.finish_field([(word, others[word]) for word in sorted(others) if others[word]])
        index = writer.finish_terms()
        for file in files:
            file.finish()
        (folder / f"{name}.index").write_text(str(index))
        readers = [PagedFile(path, kind) for path, kind in zip(paths, _KINDS, strict=True)]
        return TermsReader(*readers, index, _DOC_COUNT), fields[:2], fields[3:5]

    def _write_term(self, writer: TermsWriter, term: bytes) -> None:
        variants = self.terms[term]
        named = list(variants) != [_NO_WORD]
        writer.start_term(term, list(variants) if named else ())
        for docnum in range(_DOC_COUNT):
            numbers = [n for n, times in enumerate(variants.values()) for _ in range(times.get(docnum, 0))]
            if numbers:
                value = PackedPositions().encode(range(len(numbers)))
                writer.add(docnum, float(len(numbers)), value, 0, numbers if named else None)
        writer.finish_term()


def make_field(printed: Iterable[str], chooser: random.Random) -> Field:
    """A field that has these printed words: under a stem, under themselves, or both; and terms that name none."""
    terms: dict[bytes, dict[Variant, dict[int, int]]] = defaultdict(dict)
    for word in sorted(printed):
        stem = word[: chooser.randint(1, len(word))]
        for term in chooser.choice([[stem], [stem], [word], [word + "e"], [stem, word, stem + "x"]]):
            for positions in chooser.choice([[1], [1], [2], [1, 2]]):
                docnums = chooser.sample(range(_DOC_COUNT), chooser.randint(1, _DOC_COUNT))
                terms[term.encode()][word.encode(), positions] = {d: chooser.randint(1, 3) for d in docnums}
    for number in range(5):
        terms[b"a%d" % number] = {_NO_WORD: {0: 1}}
    return Field(dict(terms))


fields = st.builds(
    make_field, st.sets(words, max_size=200) | st.sets(words, max_size=3), st.integers(0, 9).map(random.Random)
)
patterns = st.one_of(
    st.text("abé中𝄞", max_size=3).map(compile_prefix),
    st.text("ab中*?*", max_size=5).map(compile_wildcard),
    st.sampled_from(["", ".*", "(a|é|𝄞).?", "[^a]*", ".*[中b]", "inter.*b", "(ab)+", "zzz", "b|a|internation"]).map(
        compile_expression
    ),
    st.builds(compile_fuzzy, words, st.integers(0, 2), prefix_length=st.integers(0, 2)),
)


def forms_of(expansion: Expansion) -> dict[bytes, set]:
    """Of each word its forms, with the number of the source first."""
    return {
        each.word: {(f.source, f.term, f.number, f.positions, f.doc_freq, f.total, f.variants) for f in each.forms}
        for each in expansion.words
    }


def expected_of(some_fields: list[Field], automaton) -> dict[bytes, set]:
    """The same, by looking at every word."""
    forms = defaultdict(set)
    for source, field in enumerate(some_fields):
        for word, own in field.words.items():
            if automaton.matches(word.decode()):
                forms[word] |= {(source, *form) for form in own}
    return dict(forms)


@examples(150)
@given(some_fields=st.lists(fields, min_size=1, max_size=3), automaton=patterns)
def test_all_words_are_found_in_order_with_all_that_is_known_of_them(tmp_path_factory, some_fields, automaton):
    folder = tmp_path_factory.mktemp("words")
    sources = [field.write(folder, f"s{number}") for number, field in enumerate(some_fields)]

    found = matching_words(sources, automaton)

    assert forms_of(found) == expected_of(some_fields, automaton)
    assert [each.word for each in found.words] == sorted(forms_of(found))
    assert found.matched == len(found.words)
    assert all(each.doc_freq == sum(form.doc_freq for form in each.forms) for each in found.words)
    assert all([f.source for f in each.forms] == sorted(f.source for f in each.forms) for each in found.words)


@examples(60)
@given(some_fields=st.lists(fields, min_size=1, max_size=2), automaton=patterns, limit=st.integers(0, 30))
def test_a_limit_keeps_the_most_frequent_and_all_are_counted(tmp_path_factory, some_fields, automaton, limit):
    folder = tmp_path_factory.mktemp("words")
    sources = [field.write(folder, f"s{number}") for number, field in enumerate(some_fields)]
    everything = matching_words(sources, automaton)
    best = sorted(everything.words, key=lambda each: (-each.doc_freq, each.word))[:limit]

    found = matching_words(sources, automaton, limit=limit)

    assert [each.word for each in found.words] == sorted(each.word for each in best)
    assert forms_of(found).items() <= forms_of(everything).items()
    assert found.matched == everything.matched


@examples(60)
@given(some_fields=st.lists(fields, min_size=1, max_size=2), automaton=patterns)
def test_terms_can_be_asked_for_as_they_are(tmp_path_factory, some_fields, automaton):
    folder = tmp_path_factory.mktemp("words")
    sources = [field.write(folder, f"s{number}") for number, field in enumerate(some_fields)]
    expected = defaultdict(set)
    for source, field in enumerate(some_fields):
        for term, variants in field.terms.items():
            if automaton.matches(term.decode()):
                doc_freq = len({docnum for times in variants.values() for docnum in times})
                expected[term].add((source, term, None, 1, doc_freq, None, 1))

    assert forms_of(matching_terms(sources, automaton)) == expected


#: 20,000 words: 625 blocks of them and their terms.
MANY = [
    f"{a}{b}{c}{d}{e}"
    for a in "bcdfgl"
    for b in "aeiou"
    for c in "mnprstz"
    for d in "aeiou"
    for e in "bcdfghklmnprst ;:"
]


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A field of many words, of which all that end in s are under terms without it; and how many blocks it has."""
    terms = {word.encode(): {(word.encode(), 1): {0: 1}} for word in MANY if not word.endswith("s")}
    for word in MANY:
        if word.endswith("s"):
            terms.setdefault(word[:-1].encode(), {})[word.encode(), 1] = {1: 1}
    source = Field(terms).write(tmp_path_factory.mktemp("many"), "s")
    return source, sum(end - first for first, end in source[1:])


@pytest.mark.parametrize(
    ("automaton", "share"),
    [
        (compile_prefix("cam"), 0.03),
        (compile_wildcard("cam?s"), 0.03),
        (compile_wildcard("c?mas"), 0.05),
        (compile_expression("(ba|lu)(m|z)as"), 0.03),
        (compile_fuzzy("camas", 1), 0.25),
        (compile_fuzzy("camas", 1, prefix_length=2), 0.06),
        (compile_wildcard("zzz*"), 0.01),
        (compile_wildcard(""), 0.01),
    ],
)
def test_blocks_without_a_word_that_may_match_are_passed_over(many, automaton, share):
    source, blocks = many

    found = matching_words([source], automaton)

    assert [each.word.decode() for each in found.words] == [word for word in sorted(MANY) if automaton.matches(word)]
    assert found.blocks_entered <= max(4, share * blocks)


def test_a_pattern_that_any_beginning_may_match_reads_each_block_once(many):
    source, blocks = many

    found = matching_words([source], compile_wildcard("*mas"))

    assert found.matched == len([word for word in MANY if word.endswith("mas")])
    assert found.blocks_entered == blocks


def test_no_segments_and_empty_fields_have_no_words(tmp_path):
    anything = compile_wildcard("*")

    assert matching_words([], anything).matched == 0
    assert matching_words([Field({}).write(tmp_path, "s")], anything).words == []


def test_a_dictionary_that_knows_no_printed_words_has_none(tmp_path):
    reader, terms, words_blocks = make_field(["kim", "kims"], random.Random(1)).write(tmp_path, "s")
    with zipfile.ZipFile(FROZEN / "format-2-native.zip") as archive:
        archive.extractall(tmp_path / "frozen")
    with searchlib.open(tmp_path / "frozen") as index:
        whoosh_reader = index.whoosh.reader()
        old = whoosh_reader.leaf_readers()[0][0]._terms
        blocks = (old.fields["text"].first, old.fields["text"].end)

        found = matching_words([(old.kernel, blocks, (0, 0)), (reader, terms, words_blocks)], compile_wildcard("*"))
        whoosh_reader.close()

    assert {form.source for each in found.words for form in each.forms} == {1}


def test_what_is_no_utf_8_never_matches_and_hides_no_neighbour(tmp_path):
    names = [
        b"caf",
        b"caf\xc3",
        b"caf\xc3\xa9",
        b"caf\xc3\xa9\xff",
        b"caf\xc3\xaa",
        b"\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
    ]
    # Enough of each kind that blocks begin and end with every one.
    terms = {name + b"%03d" % n: {_NO_WORD: {0: 1}} for name in names for n in range(60)}
    sources = [Field({**terms, **{name: {_NO_WORD: {0: 1}} for name in names}}).write(tmp_path, "s")]

    found = {each.word for each in matching_terms(sources, compile_wildcard("*")).words}
    accented = {each.word for each in matching_terms(sources, compile_wildcard("café*")).words}

    assert found == {name for name in [*terms, *names] if _is_text(name)}
    assert accented == {name for name in found if name.startswith("café".encode())}


def _is_text(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


def _index(folder: Path, name: str) -> int:
    return int((folder / f"{name}.index").read_text())


def test_a_walk_can_be_stopped_before_its_end(many):
    def check():
        raise TimeoutError

    with pytest.raises(TimeoutError):
        matching_words([many[0]], compile_wildcard("*"), check=check)


def test_long_walks_look_again_and_again_whether_they_should_stop(many):
    calls = []
    matching_words([many[0]] * 40, compile_wildcard("*q"), check=lambda: calls.append(1))

    assert len(calls) >= 40 * len(MANY) / 100_000


def _tables(**changed):
    return replace(compile_wildcard("ab*"), **changed)


@pytest.mark.parametrize(
    "tables",
    [
        _tables(starts=array("I", [1])),
        _tables(starts=array("I")),
        _tables(starts=array("I", reversed(_tables().starts))),
        _tables(range_classes=array("H", [9] * len(_tables().range_classes))),
        _tables(class_count=0),
        _tables(class_count=3),
        _tables(next_states=array("H", [7] * len(_tables().next_states))),
        _tables(next_states=array("H", [1] * len(_tables().next_states))),
        _tables(next_states=array("H")),
        _tables(accepting=b""),
        _tables(accepting=bytes([1]) * len(_tables().accepting)),
        _tables(accepting=bytes(70_000)),
    ],
)
def test_tables_that_are_no_automaton_are_refused(many, tables):
    with pytest.raises(ValueError, match="tables of an automaton"):
        matching_words([many[0]], tables)


def test_damaged_dictionaries_end_in_an_answer_or_in_our_error(tmp_path):
    chooser = random.Random(5)
    printed = {"".join(chooser.choices("abé中𝄞", k=chooser.randint(1, 6))) for _ in range(400)}
    reader, terms, words_blocks = make_field(printed, chooser).write(tmp_path, "s")
    content, index = content_of(tmp_path / "s.trm"), _index(tmp_path, "s")
    automata = [compile_wildcard("*"), compile_wildcard("*é*"), compile_fuzzy("abab", 2), compile_prefix("ab")]
    refused = []
    for _ in range(300):
        seal(tmp_path / "hurt.trm", damage(content, chooser), b".trm")
        try:
            hurt = TermsReader(
                PagedFile(str(tmp_path / "hurt.trm"), b".trm"), reader.postings, reader.values, index, _DOC_COUNT
            )
            for automaton in automata:
                found = matching_words([(hurt, terms, words_blocks)], automaton)
                names = [each.word for each in found.words]

                assert names == sorted(set(names))
                assert all(automaton.matches(name.decode()) for name in names)
        except CorruptDataError as error:
            refused.append(error.path)

    assert set(refused) == {str(tmp_path / "hurt.trm")}
    assert len(refused) > 30
