"""The form of values in JSON."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timezone

import pytest

from searchlib.json_form import JsonForm, json_bytes, json_form, json_text


@dataclass(frozen=True, slots=True)
class Inner(JsonForm):
    when: datetime


@dataclass(frozen=True, slots=True)
class Outer(JsonForm):
    name: str
    inner: tuple[Inner, ...]
    counts: dict[str, int]


VALUE = Outer("a\u202eb\x9b", (Inner(datetime(2023, 9, 11, 2, tzinfo=timezone.utc)),), {"x": 1})


def test_a_value_is_its_attributes_all_the_way_down():
    assert VALUE.as_dict() == {
        "name": "a\u202eb\x9b",
        "inner": [{"when": "2023-09-11T02:00:00+00:00"}],
        "counts": {"x": 1},
    }


def test_its_text_is_one_line_that_controls_no_terminal_and_reads_back_as_it_was():
    text = VALUE.to_json()

    assert text.isprintable()
    assert json.loads(text) == VALUE.as_dict()


def test_bytes_are_their_digits_and_days_are_iso_8601():
    assert json_form([b"\x01\xff", date(2023, 9, 1), None, True, 1.5]) == ["01ff", "2023-09-01", None, True, 1.5]


def test_halves_of_surrogate_pairs_are_escaped():
    assert json_text("\udcff") == '"\\udcff"'


def test_what_has_no_form_in_json_is_refused():
    with pytest.raises(TypeError, match="object has no form"):
        json_form(object())


@pytest.mark.parametrize("value", [VALUE.as_dict(), {"a": [1, 2.5, None, True, "é漢\xa0"]}, "\ud800", 2**70, {"e": {}}])
def test_its_bytes_are_its_text_without_spaces(value):
    written = json_bytes(value)

    assert json.loads(written) == json.loads(json_text(value))
    assert written == json_text(value).replace(", ", ",").replace(": ", ":").encode()


def test_every_character_that_controls_a_terminal_is_escaped():
    controls = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cc", "Zl", "Zp", "Cs")]
    bidirectional = [*"\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"]

    for char in [*controls, *bidirectional]:
        assert char not in json_text(f"a{char}b")
        assert json.loads(json_text(f"a{char}b")) == f"a{char}b"
