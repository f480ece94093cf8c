"""Names have a shape in each script, and no list of names is needed to know one."""

from __future__ import annotations

import pytest

from searchlib.sources.people.person_names import cased, is_name, is_name_word, looks_like_house


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe",
        "J. K. Rowling",
        "J.K. Doe III",
        "Jean-Luc Picard",
        "Sinead O'Connor",
        "Ludwig van Beethoven",
        "Ana de la Cruz",
        "Martin Bell, Jr.",
        "Mary McDonald",
        "Bryan DeArdo",
        "Edward Said",
        "Doris Day",
        "Łukasz Żak",
        "Đặng Thị Ngọc",
        "JANE DOE",
        "JAN VAN DER BERG",
        "Иван Петров",
        "Γιάννης Παπαδόπουλος",
        "Արամ Պետրոսյան",
        "محمد الأحمد",
        "דוד כהן",
        "राजेश कुमार",
        "সাকিব হাসান",
        "சுந்தர் ராமன்",
        "สมชาย ใจดี",
        "გიორგი ბერიძე",
        "李伟",
        "田中 太郎",
        "ジョン・スミス",
        "홍길동",
    ],
)
def test_a_name_has_the_shape_of_its_script(text: str):
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "J",
        "Jane",
        "jane doe",
        "Jane Doe 2",
        "J. D.",
        "Jane doe said",
        "Read More",
        "The Editors",
        "van der",
        "jane@post.example",
        "Jane Doe said that the ferry had sunk in the harbour",
        "渡轮在港口沉没",
        "배가 항구에서 가라앉았다",
        "नाव बंदरगाह में डूब गई थी कल",
        "iPhone Review",
    ],
)
def test_what_has_another_shape_is_no_name(text: str):
    assert not is_name(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("JANE DOE", "Jane Doe"),
        ("RONALD MCDONALD", "Ronald McDonald"),
        ("JANE O'CONNOR", "Jane O'Connor"),
        ("JAN VAN DER BERG", "Jan van der Berg"),
        ("JEAN-LUC DE LA TOUR", "Jean-Luc de la Tour"),
        ("ΓΙΑΝΝΗΣ ΠΑΠΑΔΟΠΟΥΛΟΣ", "Γιαννης Παπαδοπουλος"),
        ("ИВАН ПЕТРОВ", "Иван Петров"),
        ("USA TODAY", "USA TODAY"),
        ("CNN", "CNN"),
        ("Jane DOE", "Jane DOE"),
    ],
)
def test_a_name_in_capitals_is_cased(name: str, expected: str):
    assert cased(name) == expected


@pytest.mark.parametrize(
    "text", ["The Harbour Post", "BBC News", "Harbour Gazette", "nj.com", "Ministry of Grain", "Smith and Sons"]
)
def test_a_house_is_known_by_its_words(text: str):
    assert looks_like_house(text)


@pytest.mark.parametrize("text", ["Jane Doe", "Ana de la Cruz", "Theodor Groß"])
def test_a_person_is_no_house(text: str):
    assert not looks_like_house(text)


@pytest.mark.parametrize(
    ("word", "expected"), [("Jane", True), ("J.", True), ("jane", False), ("4u", False), ("李", True)]
)
def test_a_word_of_a_name_begins_with_a_capital_where_there_are_any(word: str, expected: bool):
    assert is_name_word(word) is expected
