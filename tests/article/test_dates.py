"""Dates as printed: what they say, how precisely, in which zone."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import UNZONED, AmbiguousDateError, format_moment, only_order, read_date, read_moment
from searchlib.article.moments import is_unzoned
from searchlib.article.zones import zone_doubt


def _utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)


def _unzoned(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UNZONED)


@pytest.mark.parametrize(
    ("text", "instant", "precision"),
    [
        ("2023", _unzoned(2023, 1, 1), "year"),
        ("2023-09", _unzoned(2023, 9, 1), "month"),
        ("2023-09-11", _unzoned(2023, 9, 11), "day"),
        ("20230911", _unzoned(2023, 9, 11), "day"),
        ("2023-09-11T02:00+09:00", _utc(2023, 9, 10, 17), "minute"),
        ("2023-09-11 02:00:30Z", _utc(2023, 9, 11, 2, 0, 30), "second"),
        ("2023-09-11T02:00:30.25-0330", _utc(2023, 9, 11, 5, 30, 30, 250000), "second"),
        ("20230911T020000Z", _utc(2023, 9, 11, 2), "second"),
        ("1987-02-26T15:01:01", _unzoned(1987, 2, 26, 15, 1, 1), "second"),
        ("Mon, 11 Sep 2023 02:00:00 GMT", _utc(2023, 9, 11, 2), "second"),
        ("Sept 11, 2023 5:30 pm EST", _utc(2023, 9, 11, 22, 30), "minute"),
        ("September 11, 2023", _unzoned(2023, 9, 11), "day"),
        ("May 1912", _unzoned(1912, 5, 1), "month"),
        ("26-FEB-1987 15:01:01.79", _unzoned(1987, 2, 26, 15, 1, 1, 790000), "second"),
        ("11 Sep 2023 10:00 +0900", _utc(2023, 9, 11, 1), "minute"),
        ("11 Sep 2023 10:00 UTC", _utc(2023, 9, 11, 10), "minute"),
    ],
)
def test_a_date_says_what_it_says_and_no_more(text, instant, precision):
    moment = read_moment(text)

    assert moment == (instant, precision)
    assert is_unzoned(moment.instant) == is_unzoned(instant)


def test_the_day_can_come_first():
    assert read_moment("05/06/2023", order="dmy").instant == _unzoned(2023, 6, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "10",
        "May 5",
        "yesterday",
        "2023-02-30",
        "2023-13",
        "11 Sep 2023 10:00 PCT",
        "x" * 500,
        "25:00",
        "٢٠٢٣-٠٩-٣٣",
        "\x00",
        "1e9",
    ],
)
def test_what_is_no_date_is_a_value_error(text):
    with pytest.raises(ValueError, match="date"):
        read_moment(text)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_value_error(text):
    try:
        moment = read_moment(text)
    except ValueError:
        return
    assert moment.instant.tzinfo is not None


@given(
    st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),
    st.sampled_from([UNZONED, timezone.utc]),
    st.sampled_from(["year", "month", "day", "minute", "second"]),
)
def test_a_moment_comes_back_at_its_precision(value, zone, precision):
    zone = UNZONED if precision in ("year", "month", "day") else zone
    cut = {
        "year": value.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0),
        "month": value.replace(day=1, hour=0, minute=0, second=0, microsecond=0),
        "day": value.replace(hour=0, minute=0, second=0, microsecond=0),
        "minute": value.replace(second=0, microsecond=0),
        "second": value,
    }[precision].replace(tzinfo=zone)

    assert read_moment(format_moment(cut, precision)) == (cut, precision)


@pytest.mark.parametrize(
    "text",
    [
        "11-12 September 2023",
        "11–12 September 2023",
        "11 - 12 September 2023",
        "September 11-12, 2023",
        "11/12 September 2023",
        "11 and 12 September 2023",
        "12-14 May 2021",
        "11. bis 12. September 2023",
        "28 Sept - 2 Oct 2023",
        "28 September 2023 – 2 October 2023",
        "May-June 2021",
        "2023-09-11/2023-09-12",
        "11.09.2023-12.09.2023",
        "2022-2023",
        "3 May 2023 10:00 - 12:00",
        "3 May 2023 10:00-12:00",
    ],
)
def test_a_range_is_no_instant(text):
    with pytest.raises(ValueError, match="is not a date"):
        read_moment(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.30pm, 3 May 2023", "2023-05-03T12:30"),
        ("12.30am, 3 May 2023", "2023-05-03T00:30"),
        ("3 May 2023, 17.30 BST", "2023-05-03T17:30+01:00"),
        ("17.30 BST, 3 May 2023", "2023-05-03T17:30+01:00"),
        ("2023-09-11T24:00:00Z", "2023-09-12T00:00:00+00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
        ("2017-01-01T01:59:60+02:00", "2017-01-01T01:59:59+02:00"),
        ("2023-09-11T12:00:00+02:00[Europe/Paris]", "2023-09-11T12:00:00+02:00"),
        ("2023-09-11T12:00:00[Europe/Paris]", "2023-09-11T12:00:00+02:00"),
        ("2023-09-11 12:00 Europe/Paris", "2023-09-11T12:00+02:00"),
        ("2023-09-11 02:00:00 +0000 UTC", "2023-09-11T02:00:00+00:00"),
        ("2023-09-11 02:00:00.5 +0200 CEST", "2023-09-11T02:00:00.500000+02:00"),
        ("2023-09-11T12:00:00+02:00Z", "2023-09-11T12:00:00+02:00"),
        ("/Date(1694397600000)/", "2023-09-11T02:00:00+00:00"),
        ("/Date(1694397600000+0200)/", "2023-09-11T04:00:00+02:00"),
        ("3 May 2023 10:00 BRT", "2023-05-03T10:00-03:00"),
        ("3 May 2023 10:00 WAT", "2023-05-03T10:00+01:00"),
        ("3 May 2023 10:00 NPT", "2023-05-03T10:00+05:45"),
        ("Mon Sep 11 2023 12:00:00 GMT+0900 (Japan Standard Time)", "2023-09-11T12:00:00+09:00"),
        ("Mon Sep 11 10:00:00 2023 +0200", "2023-09-11T10:00:00+02:00"),
        ("11/Sep/2023:02:00:00 +0000", "2023-09-11T02:00:00+00:00"),
        ('["2023-09-11"]', "2023-09-11"),
        ("11&nbsp;Sept&nbsp;2023", "2023-09-11"),
        ("Sept '23", "2023-09"),
        ("11 Sep 23 02:00 GMT", "2023-09-11T02:00+00:00"),
        ("11 Sep 2023 1730 GMT", "2023-09-11T17:30+00:00"),
        ("8:05 AM · Sep 11, 2023", "2023-09-11T08:05"),
    ],
)
def test_what_programs_and_papers_print_is_read(text, expected):
    assert format_moment(*read_moment(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sept. 11, 2023, 11:30 p.m. ET", "2023-09-11T23:30-04:00"),
        ("Jan. 11, 2023, 11:30 p.m. ET", "2023-01-11T23:30-05:00"),
        ("Sept. 11, 2023, 11:30 p.m. CT", "2023-09-11T23:30-05:00"),
        ("Jan. 11, 2023, 11:30 p.m. MT", "2023-01-11T23:30-07:00"),
        ("Sept. 11, 2023, 11:30 p.m. PT", "2023-09-11T23:30-07:00"),
        ("Sept. 11, 2023, 11:30 p.m. Eastern Time", "2023-09-11T23:30-04:00"),
        ("Sept. 11, 2023, 11:30 p.m. EST", "2023-09-11T23:30-05:00"),
    ],
)
def test_eastern_time_has_summer_time_and_its_standard_time_has_not(text, expected):
    assert format_moment(*read_moment(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.09.2020", "2020-09-10"),
        ("11.9.2023", "2023-09-11"),
        ("11. 9. 2023", "2023-09-11"),
        ("11.09.23", "2023-09-11"),
        ("11.09.2023 17.30", "2023-09-11T17:30"),
    ],
)
@pytest.mark.parametrize("order", [None, "dmy", "mdy", "ymd"])
def test_a_dotted_date_begins_with_the_day(text, expected, order):
    assert format_moment(*read_moment(text, order=order)) == expected


@pytest.mark.parametrize("text", ["11/09/2023", "11-09-2023", "1/2/2023 10:00", "9/11/23", "11/09/2023, 17:30 BST"])
def test_a_date_of_numbers_that_is_two_days_is_ambiguous(text):
    with pytest.raises(AmbiguousDateError, match="is not exact"):
        read_moment(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25/09/2023", "2023-09-25"),
        ("09/25/2023", "2023-09-25"),
        ("11/11/2023", "2023-11-11"),
        ("2023/09/11", "2023-09-11"),
        ("Mon, 11/09/2023", "2023-09-11"),
        ("Thursday 11/09/2023", "2023-11-09"),
    ],
)
def test_a_date_of_numbers_that_is_one_day_is_none_other(text, expected):
    assert format_moment(*read_moment(text)) == expected


@pytest.mark.parametrize(("text", "order"), [("25/09/2023", "dmy"), ("9/25/2023", "mdy"), ("11/09/2023", None), ("25.09.2023", None), ("2023-09-25", None), ("a", None)])  # fmt: skip
def test_some_dates_tell_the_order_of_their_numbers(text, order):
    assert only_order(text) == order


@pytest.mark.parametrize(
    "text",
    [
        "11 septembre 2023", "11. September 2023", "11 de septiembre de 2023", "11 de setembro de 2023", "11 settembre 2023", "11 set 2023",
        "11 september 2023", "11 сентября 2023 г.", "11 вересня 2023 р.", "11 سبتمبر 2023", "١١ سبتمبر ٢٠٢٣", "2023년 9월 11일", "2023. 9. 11.",
        "2023年9月11日", "２０２３年９月１１日", "11 września 2023", "11 Eylül 2023", "11 EYLÜL 2023", "den 11 september 2023", "11. september 2023",
        "11. syyskuuta 2023", "11. září 2023", "11 Σεπτεμβρίου 2023", "11 ΣΕΠΤΕΜΒΡΙΟΥ 2023", "2023. szeptember 11.", "11 septembrie 2023",
        "11 September 2023", "11 tháng 9 năm 2023", "11 Tháng 9, 2023", "11 सितंबर 2023", "11 de setembre de 2023", "11 септември 2023",
        "11. septembra 2023", "2023 m. rugsėjo 11 d.", "2023. gada 11. septembris", "11 בספטמבר 2023", "11 กันยายน 2566", "11 ستمبر 2023",
        "lundi 11 septembre 2023", "Montag, 11. Sept. 2023", "lunes, 11 de septiembre de 2023", "segunda-feira, 11 de setembro de 2023",
        "понедельник, 11 сентября 2023", "Thứ Hai, 11/09/2023", "2023年9月11日(月)", "2023년 9월 11일 (월)", "Mo, 11 Sep 2023",
    ],
)  # fmt: skip
def test_months_have_names_in_many_languages(text):
    assert format_moment(*read_moment(text)) == "2023-09-11"


@pytest.mark.parametrize(
    "text",
    [
        "11 septembre 2023 à 17h30", "11. September 2023 um 17:30 Uhr", "11 de septiembre de 2023 a las 17:30 h", "11/set/2023 às 17h30",
        "11.9.2023 klo 17.30", "11. september 2023 kl. 17.30", "2023年9月11日 17時30分", "2023年9月11日下午5:30", "2023년 9월 11일 오후 5시 30분",
        "2023.09.11. 오후 5:30", "11 września 2023 o 17:30", "17:30, 11 tháng 9 năm 2023", "11 сентября 2023 в 17:30", "11 Σεπτεμβρίου 2023, 5:30 μ.μ.",
        "11 سبتمبر 2023 الساعة 5:30 م", "11 सितंबर 2023, 17:30 बजे", "September 11th, 2023 at 5:30 PM",
    ],
)  # fmt: skip
def test_times_of_day_are_read_in_many_languages(text):
    assert format_moment(*read_moment(text)) == "2023-09-11T17:30"


@pytest.mark.parametrize("text", ["11. listopada 2023", "11/06/1402", "11/09/2566", "circa 1912", "11 Sep 2023 25:00", "11 Sep 2023 10:00 CET PST", "2023-09-11T10:00:60Z"])  # fmt: skip
def test_what_cannot_be_known_for_certain_is_no_date(text):
    with pytest.raises(ValueError, match=r"not a date|not exact"):
        read_moment(text)


def test_mar_is_a_month_or_the_day_before_one():
    assert format_moment(*read_moment("mar 12 set 2023")) == "2023-09-12"
    assert format_moment(*read_moment("12 mar 2023")) == "2023-03-12"


@pytest.mark.parametrize("value", [None, True, "", "NULL", "null", "NaN", "N/A", "None", "NaT", "-", "\\N", "0000-00-00", 0, float("nan"), [], {}])  # fmt: skip
def test_what_stands_for_no_date_is_none(value):
    assert read_date(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1694397600, "2023-09-11T02:00:00+00:00"),
        (1694397600000, "2023-09-11T02:00:00+00:00"),
        ("1694397600", "2023-09-11T02:00:00+00:00"),
        (20230911, "2023-09-11"),
        (["2023-09-11", "2023-09-12"], "2023-09-11"),
        ({"$date": {"$numberLong": "1694397600000"}}, "2023-09-11T02:00:00+00:00"),
    ],
)
def test_a_date_may_be_a_number_or_inside_something(value, expected):
    assert format_moment(*read_date(value)) == expected


def test_a_zone_of_no_name_there_is_makes_it_no_date():
    with pytest.raises(ValueError, match="'foo' is not understood"):
        read_moment("11 Sep 2023 14:00 foo/bar")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([2023, 9, 11], "2023-09-11"),
        ([2023, 9, 11, 17, 30], "2023-09-11T17:30"),
        ([2023, 9, 11, 17, 30, 5, 120_000_000], "2023-09-11T17:30:05"),
        ([2023, 9, 11, 17, 30, 5, 0, 254, 0], "2023-09-11T17:30:05"),
        ({"year": 2023, "month": 9, "day": 11}, "2023-09-11"),
        ({"year": 2023, "monthValue": 9, "dayOfMonth": 11, "day": 11, "hour": 17}, "2023-09-11"),
        ({"seconds": 1694453400, "nanoseconds": 0}, "2023-09-11T17:30:00+00:00"),
        ({"_seconds": 1694453400, "_nanoseconds": 0}, "2023-09-11T17:30:00+00:00"),
        ({"__type": "Date", "iso": "2023-09-11T17:30:00.000Z"}, "2023-09-11T17:30:00+00:00"),
        ({"date": "2023-09-11 17:30:00.000000", "timezone_type": 3, "timezone": "UTC"}, "2023-09-11T17:30:00+00:00"),
        (
            {"date": "2023-09-11 17:30:00.000000", "timezone_type": 3, "timezone": "Europe/Paris"},
            "2023-09-11T17:30:00+02:00",
        ),
        ({"date": "2023-09-11 17:30:00.000000", "timezone_type": 1, "timezone": "+02:00"}, "2023-09-11T17:30:00+02:00"),
        ({"date": "2023-09-11 17:30:00.000000", "timezone_type": 2, "timezone": "EDT"}, "2023-09-11T17:30:00-04:00"),
        ([2023], "2023"),
        ([1694453400000], "2023-09-11T17:30:00+00:00"),
    ],
)
def test_a_date_in_parts_and_a_date_in_a_mapping_of_a_program_are_read(value, expected):
    assert format_moment(*read_date(value)) == expected


@pytest.mark.parametrize("value", [[2023, 2, 30], {"year": 2023, "month": 13, "day": 1}])
def test_a_date_in_parts_that_is_none_is_said(value):
    with pytest.raises(ValueError, match="not a date"):
        read_date(value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "11 Sep 2023 5:30 PM IST",
            "IST is read as India's, UTC+05:30; Israel and Ireland may mean their own time by it",
        ),
        (
            "Mon Sep 11 10:00:00 CST 2023",
            "CST is read as North America's, UTC-06:00; China and Cuba may mean their own time by it",
        ),
        ("11 Sep 2023 17:30 +0530 IST", ""),
        ("11 Sep 2023 17:30 IST (GMT+5:30)", ""),
        ("11 Sep 2023 17:30 CET", ""),
        ("2023-09-11T17:30:00Z", ""),
        ("2023-09-11", ""),
    ],
)
def test_a_zone_that_several_countries_have_is_doubted_but_where_its_offset_is_printed(text, said):
    assert zone_doubt(text) == said
