from __future__ import annotations

import pytest

from searchlib.sources.page_texts.page_dates import dates_line


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("September 11, 20235:30 PM UTCUpdated a day ago", "2023-09-11 17:30 UTC", ""),
        ("Published On 11 Sep 2023", "2023-09-11", ""),
        ("11 Sep 202311 Sep 2023", "2023-09-11", ""),
        ("17:30 11.09.2023 (обновлено: 18:02 11.09.2023)", "2023-09-11 17:30", "2023-09-11 18:02"),
        ("17:30, 11 сентября 2023", "2023-09-11 17:30", ""),
        ("Oluşturulma Tarihi: Eylül 11, 2023 17:30", "2023-09-11 17:30", ""),
        ("25/9/2023|آخر تحديث: 25/9/202305:30 م (بتوقيت مكة المكرمة)", "2023-09-25", "2023-09-25 17:30"),
        ("نُشر: 11 سبتمبر 2023 - 17:30", "2023-09-11 17:30", ""),
        ("2023 09/11 17:30:25", "2023-09-11 17:30:25", ""),
        ("2023年9月11日 17時30分", "2023-09-11 17:30", ""),
        ("2023年9月11日 下午5:30", "2023-09-11 17:30", ""),
        ("입력 2023.09.11. 오후 5:30", "2023-09-11 17:30", ""),
        ("송고시간2023-09-11 17:30", "2023-09-11 17:30", ""),
        ("Publicerad 11 september 2023 17.30", "2023-09-11 17:30", ""),
        ("Opdateret 11. sep. 2023 kl. 18.02", "", "2023-09-11 18:02"),
        ("Julkaistu 11.9.2023 17:30", "2023-09-11 17:30", ""),
        ("Data publikacji: 11.09.2023, 17:30 Ostatnia aktualizacja: 11.09.2023 18:02", "2023-09-11 17:30", "2023-09-11 18:02"),
        ("Publikováno 11. 9. 2023", "2023-09-11", ""),
        ("Megjelent: 2023. szeptember 11. 17:30", "2023-09-11 17:30", ""),
        ("Publicat: 11 septembrie 2023", "2023-09-11", ""),
        ("Δημοσιεύτηκε: 11 Σεπτεμβρίου 2023, 17:30", "2023-09-11 17:30", ""),
        ("Diterbitkan 25/09/2023, 17:30 WIB", "2023-09-25 17:30 WIB", ""),
        ("Thứ hai, 11/9/2023, 17:30 (GMT+7)", "2023-09-11 17:30 GMT+7", ""),
        ("Updated: Mon, 11 Sep 2023 05:30 PM (IST)", "", "2023-09-11 17:30 IST"),
        ("11 сентября 2023 г. в 17:30", "2023-09-11 17:30", ""),
        ("9 giugno 2024 (modifica il 9 giugno 2024 | 12:40)", "2024-06-09", "2024-06-09 12:40"),
        ("Publié le 03 mai 2024 à 18h30, modifié le 04 mai 2024 à 09h05", "2024-05-03 18:30", "2024-05-04 09:05"),
        ("PUBLISHED: 10:15, 3 May 2024 | UPDATED: 12:40, 3 May 2024", "2024-05-03 10:15", "2024-05-03 12:40"),
        ("Last modified on Mon 8 Apr 2024 16.12 BST", "", "2024-04-08 16:12 BST"),
        ("19/06/2024 11h40  Atualizado há 2 horas", "2024-06-19 11:40", ""),
        ("Mon, September 11, 2023 at 5:30 PM UTC·3 min read", "2023-09-11 17:30 UTC", ""),
        ("12. Mai 2024, 9:05 Uhr Lesezeit: 3 Min.", "2024-05-12 09:05", ""),
        # The weekday says which of two days it is.
        ("Monday, 05/06/2024", "2024-05-06", ""),
        ("Wednesday, 05/06/2024", "2024-06-05", ""),
    ],
)  # fmt: skip
def test_a_line_of_any_house_gives_its_dates(line: str, published: str, updated: str) -> None:
    found = dates_line(line)

    assert found is not None
    assert (found.published, found.updated) == (published, updated)


@pytest.mark.parametrize(
    ("line", "lead"),
    [
        ("Villaluz - 09 jun 2024 - 11:40 CEST", "Villaluz"),
        ("LUCCA, 09 giugno 2024, 11:40", "LUCCA"),
        ("山田太郎2023年9月11日 17時30分", "山田太郎"),
        ("Іван Петренко — понеділок, 11 вересня 2023, 17:30", "Іван Петренко"),
        ("September 11, 2023 by Jasper Finch", "by Jasper Finch"),
    ],
)
def test_what_stands_before_or_between_the_dates_is_told(line: str, lead: str) -> None:
    found = dates_line(line)

    assert found is not None
    assert found.lead == lead


def test_a_house_behind_the_dates_is_told() -> None:
    found = dates_line("September 11, 2023 / 5:30 PM EDT / CBS News")

    assert found is not None
    assert (found.published, found.house) == ("2023-09-11 17:30 EDT", "CBS News")


@pytest.mark.parametrize(
    "line",
    [
        "3 hours ago", "Published 2 hours ago", "Updated a day ago", "vor 3 Stunden", "il y a 2 heures", "hace 5 minutos", "há 2 horas",
        "2 ore fa", "3 uur geleden", "för 2 timmar sedan", "2 godziny temu", "2 часа назад", "2 години тому", "3 saat önce", "منذ 3 ساعات",
        "3小时前", "2時間前", "2시간 전", "3 घंटे पहले", "3 giờ trước", "3 jam lalu", "maandag, 17:30", "Publié il y a 2 heures, mis à jour il y a 45 minutes",
    ],
)  # fmt: skip
def test_a_time_that_counts_from_a_day_not_named_is_no_date_and_no_text(line: str) -> None:
    found = dates_line(line)

    assert found is not None
    assert (found.published, found.updated, found.undated) == ("", "", line)


@pytest.mark.parametrize(
    ("line", "kind"), [("Published", "published"), ("Updated:", "updated"), ("Aktualisiert", "updated")]
)
def test_a_label_alone_says_what_the_next_line_is(line: str, kind: str) -> None:
    found = dates_line(line)

    assert found is not None
    assert found.label == kind


@pytest.mark.parametrize(
    ("line", "is_sure"),
    [
        ("Published 3 May 2024", True),
        ("3 May 2024, 10:15 GMT", True),
        ("3 May 2024 at 10:15", False),
        ("3 May 2024", False),
        ("Eylül 11, 2023 17:30", False),
    ],
)
def test_a_date_is_sure_where_a_label_or_a_zone_stands_with_it(line: str, is_sure: bool) -> None:
    found = dates_line(line)

    assert found is not None
    assert found.is_sure is is_sure


@pytest.mark.parametrize(
    "line",
    [
        "Today", "Sport", "40", "Stand up", "Update on the ferry", "Der Turm: 31 Meter hoch, 1904 gebaut", "00:00/02:10", "Aktualisierung der Pläne",
        "The war ended on 11 November 1918.", "Updated figures were due on 3 May 2024.", "Closing was expected by March 31, they added.",
        "Minister since 2019", "He was born on 3 May 1950 in Leeds", "",
    ],
)  # fmt: skip
def test_other_lines_are_none_of_dates(line: str) -> None:
    assert dates_line(line) is None
