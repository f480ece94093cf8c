"""How well text encodings are found out: searchlib beside the detectors that there are.

Run it with ``python benchmarks/text_encodings.py [--texts FOLDER]``. Texts are those of ``languages`` in $SEARCHLIB_SHARED
(18 languages); ``FOLDER`` adds more, one sentence a line in ``CODE.txt``. Each is cut to pieces, written as a plain
text, a table, JSON Lines and a page with a wrong label, and encoded in every legacy encoding of its language that can
hold it. A detector is right where the decoded text is the text; a piece of ASCII alone asks nothing and is left out.

Detectors that are not installed are left out: ``pip install chardet charset-normalizer faust-cchardet chardetng-py``.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

LENGTHS = (60, 200, 1_000, 10_000)
PIECES = 12
# Language → the legacy encodings that its texts are found in.
ENCODINGS = {
    "ar": "cp1256 iso8859-6", "bg": "cp1251 koi8-r iso8859-5", "cs": "cp1250 iso8859-2", "de": "cp1252 mac-roman",
    "el": "cp1253 iso8859-7", "es": "cp1252 mac-roman", "fi": "cp1252", "fr": "cp1252 mac-roman iso8859-15",
    "he": "cp1255", "hu": "cp1250 iso8859-2", "id": "cp1252", "it": "cp1252 mac-roman", "ja": "cp932 euc_jp iso2022_jp",
    "ko": "cp949", "lt": "cp1257 iso8859-13", "pl": "cp1250 iso8859-2", "pt": "cp1252 mac-roman",
    "ru": "cp1251 koi8-r cp866 iso8859-5", "sv": "cp1252 mac-roman", "th": "cp874", "tr": "cp1254", "uk": "cp1251 koi8-u",
    "zh": "big5hkscs gb18030", "zh-hans": "gb18030",
}  # fmt: skip
UNICODE = ("utf-8", "utf-16-le", "utf-16-be")


class Sample(NamedTuple):
    language: str
    encoding: str
    shape: str
    length: int
    text: str
    data: bytes


def texts(folder: Path | None) -> Iterator[tuple[str, list[str]]]:
    shared = Path(os.environ.get("SEARCHLIB_SHARED", Path(__file__).parents[2] / "shared"))
    for path in sorted((shared / "languages").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield path.name.partition(".")[0], [line for each in lines for line in json.loads(each)["sentences"]]
    for path in sorted(folder.glob("*.txt")) if folder else ():
        yield path.stem, path.read_text("utf-8").splitlines()


def as_text(sentences: list[str]) -> str:
    return "\n\n".join(sentences)


def as_table(sentences: list[str]) -> str:
    rows = (f'{number},2020-05-01,"{text.replace(chr(34), "")}"' for number, text in enumerate(sentences))
    return "id,published,text\r\n" + "\r\n".join(rows)


def as_lines(sentences: list[str]) -> str:
    return "\n".join(
        json.dumps({"id": number, "text": text}, ensure_ascii=False) for number, text in enumerate(sentences)
    )


def as_page(sentences: list[str]) -> str:
    head = '<html><head><meta charset="utf-8"><title>News</title></head><body>'
    return head + "".join(f'<p class="text">{text}</p>\n' for text in sentences) + "</body></html>"


SHAPES: dict[str, Callable[[list[str]], str]] = {"text": as_text, "csv": as_table, "jsonl": as_lines, "html": as_page}


def samples(folder: Path | None) -> Iterator[Sample]:
    for language, sentences in texts(folder):
        for encoding in (*ENCODINGS.get(language, "").split(), *UNICODE):
            for length in LENGTHS:
                for piece in pieces(sentences, length):
                    for shape, write in SHAPES.items():
                        text = write(piece)
                        data = text.encode(encoding, "ignore")
                        text = data.decode(encoding)
                        if not text.isascii() or encoding.startswith("utf-"):
                            yield Sample(language, encoding, shape, length, text, data)


def pieces(sentences: list[str], length: int) -> Iterator[list[str]]:
    """At most `PIECES` pieces of about so many characters, from all over the text."""
    step = max(1, len(sentences) // PIECES)
    for start in range(0, step * PIECES, step):
        piece: list[str] = []
        missing = length
        for sentence in sentences[start:]:
            piece.append(sentence[:missing])
            missing -= len(sentence)
            if missing <= 0:
                yield piece
                break


def detectors() -> dict[str, Callable[[bytes], str]]:
    found: dict[str, Callable[[bytes], str]] = {}
    if importlib.util.find_spec("chardet"):
        import chardet

        found["chardet"] = lambda data: data.decode(chardet.detect(data, prefer_superset=True)["encoding"] or "ascii")
        if hasattr(chardet, "EncodingEra"):
            era = chardet.EncodingEra.MODERN_WEB
            found["chardet-web"] = lambda data: data.decode(
                chardet.detect(data, prefer_superset=True, encoding_era=era)["encoding"] or "ascii"
            )
    if importlib.util.find_spec("charset_normalizer"):
        import charset_normalizer

        found["charset-normalizer"] = lambda data: str(charset_normalizer.from_bytes(data).best() or "")
    if importlib.util.find_spec("cchardet"):
        import cchardet

        found["faust-cchardet"] = lambda data: data.decode(cchardet.detect(data)["encoding"] or "ascii")
    if importlib.util.find_spec("chardetng_py"):
        import chardetng_py

        found["chardetng-py"] = lambda data: data.decode(chardetng_py.detect(data, allow_utf8=True))
    if importlib.util.find_spec("searchlib"):
        from searchlib.sources.encodings.decoding import decode

        found["searchlib"] = decode
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--texts", type=Path, help="folder of more texts, CODE.txt")
    parser.add_argument("--only", default="", help="names of detectors, with commas")
    parser.add_argument("--by", default="length", choices=Sample._fields[:4], help="what the columns are")
    arguments = parser.parse_args()
    wanted = list(samples(arguments.texts))
    columns = sorted({getattr(sample, arguments.by) for sample in wanted}, key=lambda each: (str(type(each)), each))
    print(f"{len(wanted):,} samples, {sum(len(each.data) for each in wanted) / 1e6:.1f} MB")
    for name, detect in detectors().items():
        if arguments.only and name not in arguments.only.split(","):
            continue
        right: dict[object, list[bool]] = defaultdict(list)
        started = time.process_time()
        for sample in wanted:
            try:
                text = detect(sample.data)
            except (UnicodeError, LookupError, ValueError):
                text = ""
            right[getattr(sample, arguments.by)].append(text.removeprefix("\ufeff") == sample.text)
        seconds = time.process_time() - started
        everything = [each for one in right.values() for each in one]
        cells = "  ".join(f"{column} {100 * sum(right[column]) / len(right[column]):.1f}" for column in columns)
        speed = 1e9 * seconds / sum(len(each.data) for each in wanted)
        print(f"{name}: {100 * sum(everything) / len(everything):.2f} %  {cells}  {speed:.0f} ms/MB")


if __name__ == "__main__":
    main()
