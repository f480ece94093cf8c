"""Any number of dated articles out of a small corpus: its sentences recombined, its word statistics kept.

    python benchmarks/corpus.py --articles 300000                           into build/corpus, if not there yet
    python benchmarks/corpus.py --articles 300000 --output made.jsonl.zst   anywhere
    python benchmarks/corpus.py --articles 300000 --statistics              how close they are to their source

An article has a topic, which is a tag of the source; three in four of its words come from articles on that topic,
always in two neighbouring sentences, the rest from anywhere. Over many articles every sentence is drawn equally often,
so words keep their frequencies, and words of one topic keep company. Lengths are the source's, scaled. Invented people
(`names`) take the place of some of its pronouns and nouns, so that the vocabulary never stops growing.

It is not: language (no sentence follows from another), and not news over time (no word comes into fashion). The same
sentence stands in many articles: what compresses a whole corpus at once finds more to save here than in real news.

The same seed, source and options give the same articles on every machine: whole numbers out of `random.Random` alone,
nothing that depends on hashing, floats or time. A larger corpus begins with the texts of a smaller one.
"""

from __future__ import annotations

import argparse
import gzip
import io
import itertools
import json
import math
import os
import re
import sys
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any, BinaryIO, Final, NamedTuple

import zstandard
from corpus_statistics import compare, describe
from names import given_name, rank_drawer, surname

import searchlib

__all__ = [
    "CACHE",
    "MEAN_WORDS",
    "START",
    "YEARS",
    "Source",
    "cached",
    "default_source",
    "generate",
    "read_articles",
    "read_source",
    "write_articles",
]

MEAN_WORDS: Final = 345
START: Final = datetime(2004, 1, 1, tzinfo=timezone.utc)
YEARS: Final = 20

_ROOT: Final = Path(__file__).resolve().parent.parent
#: Where corpora are kept that were made once.
CACHE: Final = _ROOT / "build" / "corpus"
_YEAR_S: Final = 31_556_952
# A topic with fewer sentences would say the same things over and over; such topics share their sentences.
_MIN_TOPIC_SENTENCES: Final = 400
# Who is mentioned next, among an article's three people.
_MENTIONS: Final = (0, 1, 0, 0, 2, 1, 0, 2)
# What full names and the last line add to the sentences, on average.
_NAMES_WORDS: Final = 6
_MAX_PLACES: Final = 256
_REPORT_EVERY_S: Final = 5
# In the names of files that are kept, because what this module makes of a source is another corpus in each edition.
_EDITION: Final = 2

#: An article as JSON has it: what `searchlib.Article(**fields)` takes.
Fields = dict[str, Any]
_Bits = Callable[[int], int]

_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\"'][.!?])\s+(?=[\"'(]?[A-Z0-9])|\n\s*\n")
_SPACE = re.compile(r"\s+")
_SLOT = re.compile(
    r"\b(?:he|she|it|(?:the|a|an) (?:company|group|bank|spokesman|spokeswoman|official|analyst|minister|trader)"
    r"|officials|analysts|traders|dealers|economists)(?= (?:said|says|added|told|noted|expects|expected|plans|will|has)\b)",
    re.IGNORECASE,
)

_SECTIONS: Final = (
    "Business", "World", "Politics", "Markets", "Local", "Energy", "Sport", "Technology", "Opinion", "Science",
    "Culture", "Health",
)  # fmt: skip
_PUBLISHERS: Final = tuple(
    f"{town} {title}"
    for title in ("Courier", "Post", "Tribune", "Ledger", "Observer")
    for town in ("Ellery", "Harbour", "Kesswick", "Meridian", "Northern", "Quayside", "Talwarte", "Vellmoor")
)
_AGENCIES: Final = ("", "Kesswick Wire", "Meridian Press", "Coast News Service")


class _Sentence(NamedTuple):
    """What stands before and after the name that it has room for; `after` is None where it has none."""

    words: int
    before: str
    after: str | None


@dataclass(frozen=True, slots=True)
class _Topic:
    """What articles with a tag are made of.

    Attributes:
        tag: Empty where articles have none.
        section: Where its articles are put.
        sentences: On the topic.
        titles: Likewise; at least one, which may be empty.
        chance: Out of 2**16, that a pair of sentences is drawn from here and not from anywhere, so that three in four
            words are: where sentences are short, it must be likelier.
    """

    tag: str
    section: str
    sentences: Sequence[_Sentence]
    titles: Sequence[str]
    chance: int


@dataclass(frozen=True, slots=True)
class Source:
    """What articles are made of.

    Attributes:
        sentences: All, in the source's order.
        topics: All, the one with the most sentences first.
        topic_ends: How many words the sentences of each topic and of those before it have.
        titles: All.
        lengths: Words of each body, in ascending order.
        places: Datelines, the most frequent first.
    """

    sentences: Sequence[_Sentence]
    topics: Sequence[_Topic]
    topic_ends: Sequence[int]
    titles: Sequence[str]
    lengths: Sequence[int]
    places: Sequence[str]

    @property
    def mean_words(self) -> int:
        """Mean length of a body, rounded."""
        return (2 * sum(self.lengths) + len(self.lengths)) // (2 * len(self.lengths))


def default_source() -> Path:
    """The newswire corpus in the folder that `$SEARCHLIB_SHARED` names, else in `shared` beside the checkout."""
    shared = Path(os.environ.get("SEARCHLIB_SHARED", _ROOT.parent / "shared"))
    return shared / "corpus" / "reuters21578.jsonl.gz"


def generate(
    source: Path | Source,
    count: int,
    *,
    seed: int = 1,
    mean_words: int = MEAN_WORDS,
    start: datetime = START,
    years: int = YEARS,
) -> Iterator[Fields]:
    """Make articles, one at a time, mixed as in a dump of many feeds: their dates are in no order.

    Args:
        source: What `searchlib.read` reads, or what `read_source` made of it.
        count: How many, >= 0.
        seed: Another one makes other articles.
        mean_words: Mean length of a body, in words between spaces, >= 1.
        start: Aware; no article is older.
        years: The articles spread evenly from `start` over this many years of 365.2425 days, >= 1.

    Yields:
        Fields of articles with an id, a title, a body, a date to the second, a section, a publisher, a place, an
        author, tags, and some of them an agency. Memory does not grow with `count`.

    Raises:
        ValueError: The source holds no sentence, or a number is out of its range.
    """
    if count < 0 or mean_words < 1 or years < 1 or start.tzinfo is None:
        raise ValueError("count >= 0, mean_words >= 1, years >= 1 and an aware start are needed")
    material = read_source(source) if isinstance(source, Path) else source
    return _articles(material, _mixed_slots(count, years * _YEAR_S), start, seed, mean_words)


def read_source(path: Path) -> Source:
    """What articles are made of, out of any corpus that `searchlib.read` reads; all of it is held in memory.

    Raises:
        ValueError: There is no sentence in it.
        SourceError: It cannot be read.
    """
    sentences: list[_Sentence] = []
    tags: list[str] = []
    titles: list[str] = []
    titles_of: dict[str, list[str]] = defaultdict(list)
    lengths, places = [], Counter[str]()
    for article in searchlib.read(path):
        tag = article.tags[0] if article.tags else ""
        found = [_sentence(text) for text in _SENTENCE_END.split(article.body) if text and not text.isspace()]
        if not found:
            continue
        sentences += found
        tags += [tag] * len(found)
        lengths.append(sum(sentence.words for sentence in found))
        places[article.place] += 1
        if article.title:
            titles.append(article.title)
            titles_of[tag].append(article.title)
    if not sentences:
        raise ValueError(f"{path}: there is no sentence in it; name a corpus of articles with bodies")
    topics, ends = _topics(sentences, tags, titles, titles_of)
    del places[""]
    frequent = sorted(places, key=lambda place: (-places[place], place))[:_MAX_PLACES]
    return Source(sentences, topics, ends, titles or [""], sorted(lengths), frequent or [""])


def write_articles(articles: Iterable[Fields], path: Path) -> int:
    """Write articles as JSON Lines, compressed as the name says (.gz, .zst or neither); how many they were."""
    count = 0
    with _text_file(path) as file:
        for article in articles:
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
            count += 1
    return count


def read_articles(path: Path, count: int | None = None) -> Iterator[Fields]:
    """The first `count` articles, or all, of a .zst file of JSON Lines, as they were generated."""
    with zstandard.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in itertools.islice(lines, count):
            yield json.loads(line)


def cached(count: int, *, source: Path, seed: int = 1, directory: Path = CACHE) -> Path:
    """The file of a corpus with the default options; it is made, with progress on standard error, if not there."""
    path = directory / f"{source.name.split('.')[0]}-{count}-seed{seed}-edition{_EDITION}.jsonl.zst"
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"unfinished-{os.getpid()}-{path.name}")
        try:
            write_articles(_reported(generate(source, count, seed=seed), count), unfinished)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    return path


def _sentence(text: str) -> _Sentence:
    text = _SPACE.sub(" ", text).strip()
    words = text.count(" ") + 1
    if slot := _SLOT.search(text):
        return _Sentence(words, text[: slot.start()], text[slot.end() :])
    return _Sentence(words, text, None)


def _topics(
    sentences: Sequence[_Sentence], tags: Sequence[str], titles: Sequence[str], titles_of: dict[str, list[str]]
) -> tuple[list[_Topic], list[int]]:
    pools: dict[str, list[_Sentence]] = defaultdict(list)
    for sentence, tag in zip(sentences, tags, strict=True):
        pools[tag].append(sentence)
    # The most frequent topics are those of the most frequent sections.
    by_size = sorted(pools, key=lambda tag: (-len(pools[tag]), tag))
    small = {tag for tag in pools if not tag or len(pools[tag]) < _MIN_TOPIC_SENTENCES}
    of_small = [sentence for sentence, tag in zip(sentences, tags, strict=True) if tag in small]
    titles_of_small = [title for tag in by_size if tag in small for title in titles_of[tag]]
    topics, ends = [], list(itertools.accumulate(_words(pools[tag]) for tag in by_size))
    for number, tag in enumerate(by_size):
        pool = of_small if tag in small else pools[tag]
        # Three words in four are on topic if the chances are as three times the mean length elsewhere to that here.
        elsewhere, here = 3 * _words(sentences) * len(pool), _words(pool) * len(sentences)
        topics.append(
            _Topic(
                tag,
                _SECTIONS[number % len(_SECTIONS)],
                pool,
                (titles_of_small if tag in small else titles_of[tag]) or titles or [""],
                (elsewhere << 16) // (elsewhere + here),
            )
        )
    return topics, ends


def _words(sentences: Sequence[_Sentence]) -> int:
    return sum([sentence.words for sentence in sentences])


def _mixed_slots(count: int, span_s: int) -> Iterator[tuple[int, int]]:
    """The period in `count` equal slots, begin and length of each in seconds from its start, far leaps apart."""
    # A step that shares no divisor with the count visits every slot; one near the golden section leaps far.
    step = count * 144 // 233 + 1
    while math.gcd(step, count) > 1:
        step += 1
    for number in range(count):
        slot = number * step % count
        begin = span_s * slot // count
        yield begin, span_s * (slot + 1) // count - begin


def _articles(
    source: Source, slots: Iterator[tuple[int, int]], start: datetime, seed: int, mean_words: int
) -> Iterator[Fields]:
    random = Random(seed)
    bits, draw_rank = random.getrandbits, rank_drawer(random)
    publishers, places = _skewed(_PUBLISHERS), _skewed(source.places)
    lengths, source_words = source.lengths, sum(source.lengths)
    excess = _excess(source.sentences) + _NAMES_WORDS
    for number, (begin_s, slot_s) in enumerate(slots):
        topic = source.topics[bisect_right(source.topic_ends, bits(32) * source.topic_ends[-1] >> 32)]
        cast = [f"{given_name(bits(5) * bits(5))} {surname(draw_rank())}" for _ in range(3)]
        words = _pick(lengths, bits) * mean_words * len(lengths) // source_words
        published = start + timedelta(seconds=begin_s + (bits(32) * slot_s >> 32))
        fate = bits(8)
        title = _pick(topic.titles, bits)
        if fate & 1 or not title:
            title = f"{title} {cast[0].split(' ')[1]}".lstrip()
        fields = {
            "id": f"made-{seed}-{number:08d}",
            "title": title,
            "body": _body(source.sentences, topic, words - excess, cast, bits),
            "published": published.isoformat(),
            "section": topic.section,
            "publisher": publishers[bits(12)],
            "place": places[bits(12)],
            "authors": [f"{given_name(fate >> 3)} {surname(256 + (bits(10) * bits(10) >> 10))}"],
            "tags": [topic.tag, cast[0]] if topic.tag else [cast[0]],
        }
        if fate & 8 and (agency := _AGENCIES[fate >> 1 & 3]):
            fields["agency"] = agency
        yield fields


def _excess(sentences: Sequence[_Sentence]) -> int:
    """By how many words, in the mean, what is drawn in pairs until there are enough is too long.

    Source: renewal theory: the mean square of a pair's length over twice its mean.
    """
    pairs = [first.words + second.words for first, second in itertools.pairwise(sentences)] or [0]
    return sum(length * length for length in pairs) // (2 * sum(pairs) or 1)


def _body(anywhere: Sequence[_Sentence], topic: _Topic, words: int, cast: list[str], bits: _Bits) -> str:
    """At least `words` words: pairs of neighbouring sentences as paragraphs, then whoever was not mentioned.

    Whatever is drawn is kept: to drop what is too long would make the words of long sentences rare.
    """
    paragraphs: list[str] = []
    mentions = 0
    left = words
    while left > 0 or not paragraphs:
        pool = topic.sentences if bits(16) < topic.chance else anywhere
        at = bits(32) * len(pool) >> 32
        pair = pool[at : at + 2]
        paragraph = []
        for _, before, after in pair:
            if after is None:
                paragraph.append(before)
                continue
            name = cast[_MENTIONS[mentions % 8]]
            # In full at first, by the surname afterwards.
            paragraph.append(before + (name if mentions % 8 in (0, 1, 4) else name.split(" ")[1]) + after)
            mentions += 1
        paragraphs.append(" ".join(paragraph))
        left -= sum([sentence.words for sentence in pair])
    # Names alone: a word beside them would be as frequent as articles are.
    if unmet := cast[max(_MENTIONS[:mentions], default=-1) + 1 :]:
        paragraphs.append(f"{', '.join(unmet)}.")
    return "\n\n".join(paragraphs)


def _pick(values: Sequence[Any], bits: _Bits) -> Any:
    return values[bits(32) * len(values) >> 32]


def _skewed(values: Sequence[str]) -> list[str]:
    """A table of 4,096 values, in which the share of the n-th goes with 1 / n, as Zipf's law says."""
    ends, end = [], 0
    for rank in range(1, len(values) + 1):
        end += (1 << 20) // rank
        ends.append(end)
    table: list[str] = []
    for value, at in zip(values, ends, strict=True):
        table += [value] * (4096 * at // end - len(table))
    return table


@contextmanager
def _text_file(path: Path) -> Iterator[io.TextIOBase]:
    with path.open("wb") as raw, _packed(raw, path.suffix) as packed:
        text = io.TextIOWrapper(packed, encoding="utf-8", newline="\n")
        yield text
        text.flush()
        text.detach()


def _packed(raw: BinaryIO, suffix: str) -> AbstractContextManager[Any]:
    if suffix == ".zst":
        return zstandard.ZstdCompressor(level=3).stream_writer(raw, closefd=False)
    if suffix == ".gz":
        # Neither a name nor a time in the header: the same articles, the same bytes.
        return gzip.GzipFile("", "wb", 6, raw, mtime=0)
    return nullcontext(raw)


def _reported(articles: Iterator[Fields], count: int) -> Iterator[Fields]:
    """The same articles, with a line on standard error every few seconds."""
    began = last = time.monotonic()
    for number, article in enumerate(articles, start=1):
        yield article
        if number % 256 == 0 and (now := time.monotonic()) - last > _REPORT_EVERY_S:
            left_s = (now - began) * (count - number) / number
            print(f"corpus: {number:,} of {count:,} articles made, {left_s:.0f} s left", file=sys.stderr)
            last = now


def main() -> int:
    try:
        _run(_options())
    except (searchlib.SourceError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _run(options: argparse.Namespace) -> None:
    if options.statistics:
        source = read_source(options.source)
        made = generate(source, options.articles, seed=options.seed)
        print(describe(map(_text, made), every=max(options.articles // 8, 1)))
        # Lengths as they are in the source: a longer article holds more different words.
        alike = generate(source, len(source.lengths), seed=options.seed, mean_words=source.mean_words)
        print(compare(map(_text, (article.as_dict() for article in searchlib.read(options.source))), map(_text, alike)))
    elif options.output:
        articles = generate(options.source, options.articles, seed=options.seed)
        write_articles(_reported(articles, options.articles), options.output)
    else:
        print(cached(options.articles, source=options.source, seed=options.seed))


def _text(article: Fields) -> str:
    return f"{article.get('title', '')}\n{article.get('body', '')}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Any number of dated articles out of a small corpus.")
    parser.add_argument("--articles", type=int, default=20_000, metavar="N", help="how many (%(default)s)")
    parser.add_argument(
        "--source", type=Path, default=default_source(), help="what `searchlib.read` reads (%(default)s)"
    )
    parser.add_argument("--seed", type=int, default=1, help="another one makes other articles (%(default)s)")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--output", type=Path, help="JSON Lines; .zst and .gz are compressed (a file in build/corpus)")
    what.add_argument("--statistics", action="store_true", help="print how close they are to their source, and growth")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
