"""Languages by code and by name."""

from __future__ import annotations

import pytest

from searchlib.article.language_codes import base_of, canonical_code, codes_above, language_asked


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("EN_us", "en-us"),
        ("deu", "de"),
        ("GER-AT", "de-at"),
        ("iw", "he"),
        ("in", "id"),
        ("ji", "yi"),
        ("English", "en"),
        ("jp", "ja"),
        ("gsw", "gsw"),
        ("zh-Hans-CN", "zh-hans-cn"),
        ("", ""),
    ],
)
def test_a_language_has_one_code_however_it_is_given(given, code):
    assert canonical_code(given) == code
    assert canonical_code(canonical_code(given)) == code
    assert base_of(given) == code.split("-")[0]


@pytest.mark.parametrize(
    ("code", "found_by"),
    [
        ("fr-CA", ["fr", "fr-ca"]),
        ("ca", ["ca"]),
        ("zh-Hans-CN", ["zh", "zh-hans", "zh-cn", "zh-hans-cn"]),
        ("nb", ["no", "nb"]),
        ("no", ["no"]),
        ("", []),
    ],
)
def test_a_code_is_found_by_itself_and_by_the_wider_ones(code, found_by):
    assert list(codes_above(code)) == found_by


@pytest.mark.parametrize("text", ["de", "DE", "deu", "ger", "German", "german", "Deutsch", " deutsch "])
def test_codes_and_names_ask_for_the_same_language(text):
    assert language_asked(text) == ("de", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [("español", "es"), ("espanol", "es"), ("日本語", "ja"), ("हिन्दी", "hi"), ("pt_BR", "pt-br"), ("pt br", "pt-br")],
)
def test_a_language_may_be_named_in_its_own_words_without_accents_and_with_its_region(text, code):
    assert language_asked(text) == (code, "")


@pytest.mark.parametrize(("text", "code"), [("jp", "ja"), ("CN", "zh"), ("cz", "cs"), ("gb", "en")])
def test_the_code_of_a_country_is_taken_for_its_language_and_the_user_is_told(text, code):
    asked = language_asked(text)

    assert asked.code == code
    assert f"lang:{code}" in asked.doubt


@pytest.mark.parametrize("text", ["klingon", "xx", "", "-", "en-", "e", "german-shepherd dogs", "🎉", "de*"])
def test_what_is_no_language_asks_for_none_and_says_so(text):
    asked = language_asked(text)

    assert asked.code is None
    assert "lang:de" in asked.doubt
