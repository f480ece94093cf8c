"""JSON and JSON Lines: whatever stands around the articles, and whatever is broken."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.encodings import decoding
from searchlib.sources.files.streams import ReadingStream, buffered
from searchlib.sources.records import json_records, json_values
from searchlib.sources.records.json_values import read_values

CONTEXT = Context("in.json")
FERRY = {"headline": "Ferry delayed", "text": "Fog."}
FAIR = {"headline": "Fair opens", "text": "Rain."}


def run(
    source: str | bytes | dict[str, Any] | list[Any], read: Any = json_records.read
) -> tuple[list[str], list[SourceError]]:
    if not isinstance(source, (str, bytes)):
        source = json.dumps(source)
    data = source.encode() if isinstance(source, str) else source
    found = list(read(io.BytesIO(data), CONTEXT))
    return [item.title for item in found if isinstance(item, Article)], [x for x in found if isinstance(x, SourceError)]


def by_line(text: str | bytes) -> tuple[list[str], list[SourceError]]:
    return run(text, json_records.read_by_line)


BOTH = ["Ferry delayed", "Fair opens"]


@pytest.mark.parametrize(
    "source",
    [
        [FERRY, FAIR],
        {"articles": [FERRY, FAIR], "status": "ok"},
        {"title": "Export of May", "items": [FERRY, FAIR]},
        {"response": {"docs": [FERRY, FAIR], "meta": {"hits": 2}}, "status": "OK"},
        {"hits": {"total": 2, "hits": [{"_id": "1", "_source": FERRY}, {"_id": "2", "_source": FAIR}]}},
        {"data": [{"id": "1", "type": "story", "attributes": FERRY}, {"id": "2", "attributes": FAIR}]},
        {"data": {"children": [{"kind": "t3", "data": FERRY}, {"kind": "t3", "data": FAIR}]}},
        {"anything": [FERRY, FAIR]},
        {"@context": "https://schema.org", "@graph": [FERRY, FAIR]},
        json.dumps(FERRY) + "\n\n" + json.dumps(FAIR, indent=2),
        json.dumps(FERRY) + json.dumps(FAIR),
        "\ufeff" + json.dumps([FERRY, FAIR]),
        json.dumps([FERRY, FAIR]).encode("utf-16"),
        "[" + json.dumps(FERRY) + ",\n" + json.dumps(FAIR) + ",\n]",
    ],
)
def test_articles_are_found_in_what_stands_around_them(source: Any):
    assert run(source) == (BOTH, [])


def test_one_object_is_one_article():
    assert run(FERRY) == (["Ferry delayed"], [])


def test_a_list_inside_an_article_does_not_make_its_items_articles():
    assert run({**FERRY, "related": [FAIR], "images": [{"name": "a.jpg"}, {"name": "b.jpg"}]})[0] == ["Ferry delayed"]
    assert run({"headline": "A headline only", "images": [{"caption": "x"}], "results": [{"score": 1}]})[0] == [
        "A headline only"
    ]


def test_the_number_of_a_hit_is_its_identifier():
    source = json.dumps({"hits": {"hits": [{"_id": "a7", "_source": FERRY}]}})
    (article,) = json_records.read(io.BytesIO(source.encode()), CONTEXT)

    assert isinstance(article, Article)
    assert article.id == "a7"


def test_an_object_of_objects_is_one_reject_with_its_names():
    titles, rejects = run({f"key{number}": {"body": "text"} for number in range(100)})

    assert titles == []
    assert len(rejects) == 1
    assert "the names are key0, key1" in rejects[0].reason


@pytest.mark.parametrize("source", ["[]", "[ ]", '{"articles": []}', "{}", " "])
def test_a_file_without_records_says_so(source: str):
    titles, rejects = run(source)

    assert titles == []
    assert len(rejects) == 1


@pytest.mark.parametrize(
    ("value", "kind"), [(None, "null"), (7, "a number"), ("x", "a text"), ([], "an array"), (True, "true or false")]
)
def test_what_is_no_object_is_a_reject(value: Any, kind: str):
    assert run([FERRY, value, FAIR])[1][0].reason == f"expected an object with the fields of an article, found {kind}"


def test_records_of_an_array_are_numbered_from_one():
    assert [reject.record for reject in run([FERRY, 7, FAIR, 8])[1]] == [2, 4]


def test_a_broken_array_gives_what_comes_before_and_says_where_it_breaks():
    titles, rejects = run('[\n{"title": "a"},\n{"title": "b"},\n{"title": oops},\n{"title": "d"}\n]')

    assert titles == ["a", "b"]
    assert [(reject.record, reject.reason) for reject in rejects] == [
        (3, "not valid JSON: Expecting value (line 4, column 11)")
    ]


@pytest.mark.parametrize("rest", ["", ",", ', {"title": "cu'])
def test_an_array_that_is_cut_off_gives_what_is_whole(rest: str):
    titles, rejects = run('[{"title": "a"}' + rest)

    assert titles == ["a"]
    assert len(rejects) == 1


def test_after_a_broken_object_reading_goes_on_with_the_next_line_that_begins_one():
    titles, rejects = run('{"title": "a"}\n{"title": \n "b" "c"}\n{"title": "d"}\n')

    assert titles == ["a", "d"]
    assert len(rejects) == 1


def test_json_lines_are_read_line_by_line():
    assert by_line(json.dumps(FERRY) + "\n\n" + json.dumps(FAIR)) == (BOTH, [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "a",}', "not valid JSON: "),
        ('{"title": "a"} x', "not valid JSON: Extra data (column 16)"),
        ("nonsense", "not valid JSON: Expecting value (column 1)"),
        ("[" * 100_000, "not readable JSON: values are nested too deeply"),
        ('{"title": "a", "n": ' + "1" * 5000 + "}", ""),
        ("7", "expected an object"),
    ],
    ids=["comma", "extra", "nonsense", "deep", "digits", "number"],
)
def test_a_bad_line_is_a_reject_with_its_number_and_reading_goes_on(line: str, reason: str):
    titles, rejects = by_line(f'{{"title": "a"}}\n\n{line}\n{{"title": "b"}}\n')

    assert titles == ["a", "b"]
    assert rejects[0].record == 3
    assert rejects[0].reason.startswith(reason)


def test_a_line_that_is_too_long_is_a_reject_and_reading_goes_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(decoding, "MAX_RECORD_BYTES", 100)
    titles, rejects = by_line('{"title": "a"}\n' + json.dumps({"title": "x" * 500_000}) + '\n{"title": "b"}\n')

    assert titles == ["a", "b"]
    assert [(reject.record, reject.reason) for reject in rejects] == [
        (2, "the line is longer than 100 bytes, the most that is read")
    ]


def test_a_value_that_is_too_long_ends_the_file_with_the_limit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(json_values, "MAX_RECORD_BYTES", 1000)
    monkeypatch.setattr(decoding, "BLOCK_BYTES", 64)
    titles, rejects = run([FERRY, {"title": "x" * 50_000}, FAIR])

    assert titles == ["Ferry delayed"]
    assert rejects[0].record == 2
    assert "one value is longer than 1,000 characters" in rejects[0].reason


def test_a_long_array_is_read_as_it_arrives():
    class Endless(ReadingStream):
        def __init__(self) -> None:
            self.given = 0
            self._held = b"["

        def produce(self, size: int) -> bytes:
            while len(self._held) < size:
                self._held += b'{"title": "a"},' * 1000
            self.given += size
            data, self._held = self._held[:size], self._held[size:]
            return data

    stream = Endless()
    values = read_values(buffered(stream), CONTEXT)

    assert [next(values).value["title"] for _ in range(1000)] == ["a"] * 1000
    assert stream.given < 2_000_000


def test_nan_is_nothing():
    assert run('[{"title": "a", "body": NaN, "n": -Infinity}]') == (["a"], [])


def test_a_byte_that_cannot_be_text_costs_its_record_only():
    data = b'[{"title": "a"}, {"title": "b", "body": ["x", {"y": "fog \x81"}]}, {"title": "c"}]'
    found = list(json_records.read(io.BytesIO(data), Context("in.json")))

    assert [item.title for item in found if isinstance(item, Article)] == ["a", "c"]
    assert [(item.record, item.reason) for item in found if isinstance(item, SourceError)] == [
        (2, "byte 0x81 at offset 57 is neither UTF-8 nor Windows-1252; name the encoding that it is in")
    ]


@pytest.mark.parametrize("read", [json_records.read, json_records.read_by_line])
def test_a_zero_byte_costs_nothing(read: Any):
    found = list(read(io.BytesIO(b'{"title": "Fer\0ry"}\n{"title": "Fog"}\n'), Context("in.json")))

    assert [item.title for item in found] == ["Ferry", "Fog"]


json_values_of_any_kind = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=10,
)


@given(values=st.lists(json_values_of_any_kind), indent=st.sampled_from([None, 0, 2]), block=st.integers(1, 40))
def test_any_array_comes_back_whatever_the_chunks(values: list[Any], indent: int | None, block: int):
    data = json.dumps(values, indent=indent, ensure_ascii=False).encode("utf-8", "replace")
    values = json.loads(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "BLOCK_BYTES", block)
        found = list(read_values(io.BytesIO(data), CONTEXT))

    assert [value for value, _ in found] == values
    assert not any(problem for _, problem in found)


@given(text=st.text(alphabet='{}[],:"\\ \nau0-', max_size=40), block=st.integers(1, 40))
def test_any_text_is_values_and_problems(text: str, block: int):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "BLOCK_BYTES", block)
        found = list(read_values(io.BytesIO(text.encode()), CONTEXT))

    assert bool(found) == bool(text.strip(" \n")) or text.strip(" \n[]") in ("", ",")


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ('{"title": "a"}\n{"title":}\n{"title": "b"}', "(line 2, column 10)"),
        ('[{"title": "a"},\n {"title": "b"', "(line 2, column 15)"),
        ('{"title": "a"} {"title": }', "(line 1, column 26)"),
    ],
)
def test_an_error_near_the_end_of_a_file_names_its_line_and_column(text: str, position: str):
    _, rejects = run(text)

    assert position in rejects[0].reason
