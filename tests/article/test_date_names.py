"""The names of months and days of the week, against the Unicode Common Locale Data Repository."""

from __future__ import annotations

import pytest

from searchlib.article import month_named, weekday_named

babel = pytest.importorskip("babel", reason="the names are compared with Babel's, which is not installed")

LANGUAGES = [
    "en", "fr", "de", "es", "pt", "it", "nl", "ru", "uk", "ar", "zh", "pl", "tr", "sv", "da", "nb", "fi", "cs", "el", "hu", "ro", "id",
    "hi", "ca", "bg", "sk", "sl", "lt", "lv", "et", "he", "th", "bn", "sw", "is", "gl", "mk", "ur", "sq", "ms",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_names_of_months_are_known(language: str):
    months = babel.Locale.parse(language).months
    names = {
        (number, name.rpartition(" ")[2])
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in months[context][width].items()
    }

    wrong = [(number, name) for number, name in names if month_named(name) != number]
    # Catalan writes "d’octubre", and Chinese "9月": that is read word by word.
    assert [name for _, name in wrong if "’" not in name and not name[0].isdigit()] == []


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name not in ("he", "sq")])
def test_the_days_of_the_week_are_known_by_their_full_names(language: str):
    days = babel.Locale.parse(language).days["format"]["wide"]

    assert {name: weekday_named(name) for name in days.values()} == {name: n + 1 for n, name in days.items()}


@pytest.mark.parametrize("name", ["SEPTEMBRE", "sept.", "Févr.", "fevrier", "EYLÜL", "KASIM", "ΣΕΠΤΕΜΒΡΊΟΥ"])
def test_case_dots_and_accents_do_not_count(name: str):
    assert month_named(name)


@pytest.mark.parametrize("name", ["", "x", "monthly", "septemberfest", "9"])
def test_other_words_are_no_months(name: str):
    assert month_named(name) == 0
