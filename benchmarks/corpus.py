"""Any number of dated articles out of a small corpus: its sentences recombined, its word statistics kept.

    python benchmarks/corpus.py --articles 300000 --output made.jsonl.zst
    python benchmarks/corpus.py --articles 300000 --statistics

An article has a topic, which is a tag of the source; three in four of its sentences come from articles on that topic,
always two neighbours at a time, the rest from anywhere. Over many articles every sentence is drawn equally often, so
words keep their frequencies, and words of one topic keep company. Lengths are the source's, scaled. Invented people
(`names`) take the place of some of its pronouns and nouns, so that the vocabulary never stops growing.

It is not: language (no sentence follows from another), and not news over time (no word comes into fashion).

The same seed, source and options give the same articles on every machine: whole numbers out of `random.Random` alone,
nothing that depends on hashing, floats or time.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
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
from searchlib import Article

__all__ = ["MEAN_WORDS", "START", "YEARS", "Source", "default_source", "generate", "read_source", "write_articles"]

MEAN_WORDS: Final = 345
START: Final = datetime(2004, 1, 1, tzinfo=timezone.utc)
YEARS: Final = 20

_ROOT: Final = Path(__file__).resolve().parent.parent
_YEAR_S: Final = 31_556_952
# A topic with fewer sentences would say the same things over and over; its sentences are drawn from anywhere.
_MIN_TOPIC_SENTENCES: Final = 400
# Who is mentioned next, among an article's three people.
_MENTIONS: Final = (0, 1, 0, 0, 2, 1, 0, 2)
# What full names and the last line add to the sentences, on average.
_NAMES_WORDS: Final = 6
_MAX_PLACES: Final = 256

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
    tag: str
    section: str
    sentences: Sequence[_Sentence]
    titles: Sequence[str]


@dataclass(frozen=True, slots=True)
class Source:
    """What articles are made of.

    Attributes:
        sentences: All, in the source's order.
        topic_of: The topic of each of them.
        titles: All.
        lengths: Words of each body, in ascending order.
        places: Datelines, the most frequent first.
    """

    sentences: Sequence[_Sentence]
    topic_of: Sequence[_Topic]
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
) -> Iterator[Article]:
    """Make articles, one at a time, in the order of their dates.

    Args:
        source: What `searchlib.read` reads, or what `read_source` made of it.
        count: How many, >= 0.
        seed: Another one makes other articles.
        mean_words: Mean length of a body, in words, >= 1.
        start: Aware; no article is older.
        years: The articles spread evenly from `start` over this many years of 365.2425 days, >= 1.

    Yields:
        Articles with an id, a title, a body, a date to the second, a section, a publisher, a place, an author, tags,
        and some of them an agency. Memory does not grow with `count`.

    Raises:
        ValueError: The source holds no sentence, or a number is out of its range.
    """
    if count < 0 or mean_words < 1 or years < 1 or start.tzinfo is None:
        raise ValueError("count >= 0, mean_words >= 1, years >= 1 and an aware start are needed")
    material = read_source(source) if isinstance(source, Path) else source
    return _articles(material, count, seed, mean_words, start, years * _YEAR_S)


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
    topics = _topics(sentences, tags, titles, titles_of)
    del places[""]
    frequent = sorted(places, key=lambda place: (-places[place], place))[:_MAX_PLACES]
    return Source(sentences, [topics[tag] for tag in tags], titles or [""], sorted(lengths), frequent or [""])


def write_articles(articles: Iterator[Article], path: Path) -> int:
    """Write articles as JSON Lines, compressed as the name says (.gz, .zst or neither); how many they were."""
    count = 0
    with _text_file(path) as file:
        for article in articles:
            file.write(json.dumps(article.as_dict(), ensure_ascii=False) + "\n")
            count += 1
    return count


def _sentence(text: str) -> _Sentence:
    text = _SPACE.sub(" ", text).strip()
    words = text.count(" ") + 1
    if slot := _SLOT.search(text):
        return _Sentence(words, text[: slot.start()], text[slot.end() :])
    return _Sentence(words, text, None)


def _topics(
    sentences: Sequence[_Sentence], tags: Sequence[str], titles: Sequence[str], titles_of: dict[str, list[str]]
) -> dict[str, _Topic]:
    pools: dict[str, list[_Sentence]] = defaultdict(list)
    for sentence, tag in zip(sentences, tags, strict=True):
        pools[tag].append(sentence)
    # The most frequent topics are those of the most frequent sections.
    by_size = sorted(pools, key=lambda tag: (-len(pools[tag]), tag))
    topics = {}
    for number, tag in enumerate(by_size):
        wide = not tag or len(pools[tag]) < _MIN_TOPIC_SENTENCES
        topics[tag] = _Topic(
            tag,
            _SECTIONS[number % len(_SECTIONS)],
            sentences if wide else pools[tag],
            (titles if wide else titles_of[tag]) or [""],
        )
    return topics


def _articles(
    source: Source, count: int, seed: int, mean_words: int, start: datetime, span_s: int
) -> Iterator[Article]:
    random = Random(seed)
    bits, draw_rank = random.getrandbits, rank_drawer(random)
    publishers, places = _skewed(_PUBLISHERS), _skewed(source.places)
    lengths, source_words = source.lengths, sum(source.lengths)
    for number in range(count):
        topic = _pick(source.topic_of, bits)
        cast = [f"{given_name(bits(5) * bits(5))} {surname(draw_rank())}" for _ in range(3)]
        words = _pick(lengths, bits) * mean_words * len(lengths) // source_words
        earliest = span_s * number // count
        second = earliest + (bits(32) * (span_s * (number + 1) // count - earliest) >> 32)
        fate = bits(8)
        title = _pick(topic.titles, bits)
        if fate & 1 or not title:
            title = f"{title} {cast[0].split(' ')[1]}"
        yield Article(
            id=f"made-{seed}-{number:08d}",
            title=title,
            body=_body(source.sentences, topic.sentences, words, cast, bits),
            published=start + timedelta(seconds=second),
            section=topic.section,
            publisher=publishers[bits(12)],
            place=places[bits(12)],
            authors=(f"{given_name(fate >> 3)} {surname(256 + (bits(10) * bits(10) >> 10))}",),
            agency=_AGENCIES[fate >> 1 & 3] if fate & 8 else "",
            tags=(topic.tag, cast[0]) if topic.tag else (cast[0],),
        )


def _body(
    anywhere: Sequence[_Sentence], on_topic: Sequence[_Sentence], words: int, cast: list[str], bits: _Bits
) -> str:
    """About `words` words: pairs of neighbouring sentences as paragraphs, then whoever was not mentioned."""
    paragraphs: list[str] = []
    mentions = 0
    left = words - _NAMES_WORDS
    while True:
        pool = on_topic if bits(2) else anywhere
        at = bits(32) * len(pool) >> 32
        pair = pool[at : at + 2]
        length = sum(sentence.words for sentence in pair)
        # Half a pair too few is as likely as half a pair too many.
        if paragraphs and length > 2 * left:
            break
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
        left -= length
        if left <= 0:
            break
    if unmet := cast[max(_MENTIONS[:mentions], default=-1) + 1 :]:
        paragraphs.append(f"With {', '.join(unmet)}.")
    return "\n\n".join(paragraphs)


def _pick(values: Sequence[Any], bits: _Bits) -> Any:
    return values[bits(32) * len(values) >> 32]


def _skewed(values: Sequence[str]) -> list[str]:
    """4,096 places for the values, as many for each as Zipf's law gives: the n-th has a share that goes with 1 / n."""
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


def main() -> int:
    options = _options()
    source = read_source(options.source)
    articles = generate(source, options.articles, seed=options.seed, mean_words=options.mean_words, years=options.years)
    if options.output:
        began = time.perf_counter()
        written = write_articles(articles, options.output)
        seconds = time.perf_counter() - began
        print(f"{written:,} articles in {seconds:.0f} s, {options.output.stat().st_size:,} bytes: {options.output}")
    else:
        print(describe(articles, every=max(options.articles // 8, 1)))
        # Lengths as they are in the source: a longer article holds more different words.
        alike = generate(source, len(source.lengths), seed=options.seed, mean_words=source.mean_words)
        print(compare(searchlib.read(options.source), alike))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Any number of dated articles out of a small corpus.")
    parser.add_argument("--articles", type=int, default=20_000, metavar="N", help="how many (%(default)s)")
    parser.add_argument("--source", type=Path, default=default_source(), help="JSON Lines (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another one makes other articles (%(default)s)")
    parser.add_argument("--mean-words", type=int, default=MEAN_WORDS, help="of a body (%(default)s)")
    parser.add_argument("--years", type=int, default=YEARS, help="that they spread over (%(default)s)")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--output", type=Path, help="write JSON Lines; .zst and .gz are compressed")
    what.add_argument("--statistics", action="store_true", help="print how close they are to their source, and growth")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
