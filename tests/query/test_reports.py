"""What is said of a query: in the order of the text, never too much, and safe to print."""

from __future__ import annotations

import pytest
from query.reading import messages, read

from searchlib.errors import QueryError
from searchlib.query import (
    MAX_DIAGNOSTICS,
)


def test_diagnostics_come_in_the_order_of_the_text_and_point_at_it():
    parsed = read('zelensky~3 OR OR date:x "end')

    assert [parsed.text[found.start : found.end] for found in parsed.diagnostics] == ["zelensky~3", "OR", "x", '"']


def test_strict_raises_the_first_doubt_with_its_offset():
    with pytest.raises(QueryError, match="NEAR needs a distance in words; write NEAR/5") as caught:
        read('climate NEAR/x summit "', strict=True)

    assert (caught.value.text, caught.value.start) == ('climate NEAR/x summit "', 8)
    assert str(caught.value).endswith('  climate NEAR/x summit "\n          ^')


def test_messages_hold_no_control_characters_of_the_query():
    (message,) = messages("date:\x1b[31m\u202e")

    assert "[31m" in message
    assert message.isprintable()


def test_the_last_of_many_diagnostics_counts_the_others():
    parsed = read("zelensky~3 " * 200)

    assert len(parsed.diagnostics) == MAX_DIAGNOSTICS
    assert parsed.diagnostics[-1].message.startswith("and 151 more parts")
