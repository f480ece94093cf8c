"""Lines of a page → paragraphs: which lines are one, and which are every page's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchlib.sources.documents.pdf_lines import (
    Line,
    largest_type,
    paragraphs_of,
    usual_size,
    without_margins,
    words_of,
)


def lines(text: str, *, top: float = 700, size: float = 10, left: float = 72) -> list[Line]:
    """Type of one width, six tenths of its size, at a pitch of 1.2."""
    return [
        Line(line, left, left + 0.6 * size * len(line), top - 1.2 * size * number, size)
        for number, line in enumerate(text.split("\n"))
        if line
    ]


def test_a_short_line_ends_a_paragraph() -> None:
    page = lines("The ferry will sail again from\nnext week.\nIt was foggy, and many people\nhad waited all day.")

    assert paragraphs_of(page, ()) == [
        "The ferry will sail again from next week.",
        "It was foggy, and many people had waited all day.",
    ]


def test_a_paragraph_of_one_indented_line_is_one() -> None:
    first, second, third = lines(
        "The ferry will sail again next week.\nPassengers had waited since November,\nand shops had run low on all but it."
    )
    page = [first._replace(left=84, right=first.right + 12), second._replace(left=84, right=second.right + 12), third]

    assert paragraphs_of(page, ()) == [first.text, f"{second.text} {third.text}"]


def test_chinese_is_joined_without_a_space() -> None:
    assert paragraphs_of(lines("渡輪將於下週恢復航\n行。"), ()) == ["渡輪將於下週恢復航行。"]


def test_a_heading_is_a_paragraph() -> None:
    page = [*lines("A heading", size=14, top=720), *lines("The ferry will sail.")]

    assert paragraphs_of(page, ()) == ["A heading", "The ferry will sail."]


def test_a_number_in_the_text_is_no_page_number() -> None:
    pages = [
        [*lines("The maximum of all is\n99." if not at else f"Page {'abc'[at]}"), Line(f"{at}", 300, 310, 30, 10)]
        for at in range(3)
    ]
    kept, _ = without_margins(pages)

    assert next([line.text for line in page] for page in kept) == ["The maximum of all is", "99."]


def test_a_header_that_says_the_chapter_is_a_header_of_its_pages() -> None:
    pages = [
        [Line(f"Chapter {1 + at // 3}: {'AB'[at // 3]}", 72, 200, 760, 10), *lines(f"{'abcdef'[at]} text")]
        for at in range(6)
    ]
    kept, dropped = without_margins(pages)

    assert [[line.text for line in page] for page in kept] == [[f"{letter} text"] for letter in "abcdef"]
    assert dropped == ["Chapter 1: A", "Chapter 2: B"]


def test_words_that_are_printed_whole_tell_what_a_broken_one_is() -> None:
    page = [Line("an e", 72, 100, 700, 10, True), Line("mail", 72, 100, 688, 10)]

    assert paragraphs_of(page, words_of([lines("e-mail")])) == ["an e-mail"]
    assert paragraphs_of(page, words_of([lines("email")])) == ["an email"]


def test_a_headline_is_in_the_largest_type_at_one_place() -> None:
    text = lines("The ferry will sail again from next week.")
    headline = lines("Ferry line reopens", size=20, top=740)

    assert largest_type([*headline, *text], usual_size(text)) == [0]
    assert largest_type(text, usual_size(text)) == []
    assert largest_type([*headline, *text, *headline], usual_size(text)) == []
    assert largest_type([*lines("Harbour Post", size=20), *text], usual_size(text)) == []


printed = st.builds(
    Line,
    st.text("ab-. ", min_size=1).filter(str.strip),
    st.floats(0, 600),
    st.floats(0, 600),
    st.floats(0, 800),
    st.floats(0, 50),
    st.booleans(),
)


@given(pages=st.lists(st.lists(printed, max_size=6), max_size=5))
def test_no_line_is_lost_but_what_repeats(pages: list[list[Line]]) -> None:
    kept, _ = without_margins(pages)
    text = ["".join(filter(str.isalpha, "".join(paragraphs_of(page, ())))) for page in kept]

    assert text == ["".join(filter(str.isalpha, "".join(line.text for line in page))) for page in kept]
