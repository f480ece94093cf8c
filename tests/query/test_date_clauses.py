"""Signs and words that bound a range of dates, and what looks do not change."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from searchlib.query.date_clauses import DateReader
from searchlib.query.dates import format_range

UTC = timezone.utc
READER = DateReader(UTC, datetime(2023, 9, 13, 12, tzinfo=UTC))

#: The range as it is rendered.
CLAUSES = {
    ">2020-05": "2020-06-01..", ">= May 2020": "2020-05-01..", "=>2020": "2020-01-01..", "≥2020": "2020-01-01..",
    "<2020-05": "..2020-04-30", "<=2020": "..2020-12-31", "≤ 2020": "..2020-12-31", "=2020": "2020",
    ">2019 <2021": "2020", ">=2020-01-01,<2020-02-01": "2020-01", ">2019 and <=2021": "2020-01-01..2021-12-31",
    "[2020 TO 2021]": "2020-01-01..2021-12-31", "{2019 TO 2021}": "2020", "[2020 TO *]": "2020-01-01..",
    "[* to 2020}": "..2019-12-31",
    "since May 2020": "2020-05-01..", "from 2020": "2020-01-01..", "from 2020 on": "2020-01-01..",
    "from 2020 onwards": "2020-01-01..", "2020 or later": "2020-01-01..", "After 2020-05": "2020-06-01..",
    "until May 2020": "..2020-05-31", "up to 2020": "..2020-12-31", "before 2020": "..2019-12-31",
    "2020 and earlier": "..2020-12-31", "since 2019 until 2021": "2019-01-01..2021-12-31",
    "after 2019 and before 2021": "2020", "from 2019 to 2021": "2019-01-01..2021-12-31",
    "2019..": "2019-01-01..", "..2019": "..2019-12-31", "2019..2021-03": "2019-01-01..2021-03-31",
    "2019…2021": "2019-01-01..2021-12-31", "2019..*": "2019-01-01..", "Q1 2020..today": "2020-01-01..2023-09-13",
    "1–5..9 May 2020": None, "2020 to now": "2020-01-01..2023-09-13T12:00:00Z",
    "in May 2020": "2020-05", "on 12 May 2020": "2020-05-12", "during the 1990s": "1990-01-01..1999-12-31",
    "in the last 7 days": "2023-09-07..2023-09-13", "the day before yesterday": "2023-09-11",
    "May last year": "2022-05", "yesterday 14:30": "2023-09-12T14:30:00Z..2023-09-12T14:31:00Z",
    # Looks.
    "  2020-05  ": "2020-05", "2020–05–12": "2020-05-12", "2020‑05‑12": "2020-05-12", "２０２０": "2020",
    "“May 2020”": "2020-05", "2020 / 05 / 12": "2020-05-12", "12 . 05 . 2020": "2020-05-12", "\u200e2020": "2020",
}  # fmt: skip


@pytest.mark.parametrize("text", [text for text, expected in CLAUSES.items() if expected])
def test_a_range_is_bounded_by_signs_and_words(text: str):
    assert format_range(READER.clause(text), UTC) == CLAUSES[text]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("in 2 weeks", "is not a date"),
        ("within the last month", 'write "last month" or "past month"'),
        ("between 2020", "is not a date"),
        (">", "is not a date"),
        (">=..2020", "is not a date"),
        ("<2021 >2019", "is not a date"),
        ("[2020]", "is not a date"),
        ("2023..2024..2025", "is not a date"),
        ("..", "is not a date"),
        ("*..*", "is not a date"),
        ("0-5 May 2020", "is not a date"),
        ("٢٠٢٣", "is not a date"),
        ("ﷺ" * 50, "is not a date"),
        ("2020" + " " * 100, "is not a date"),
    ],
)
def test_what_is_no_clause_is_refused(text: str, said: str):
    with pytest.raises(ValueError, match="write a date as 2023-09-11") as error:
        READER.clause(text)

    assert said in str(error.value)
