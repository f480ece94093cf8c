from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.sources.web_pages.markup import strip_markup


def test_paragraphs_are_separated_by_an_empty_line() -> None:
    assert strip_markup("<p>The <b>fer</b>ry sailed.</p><p>It came back.</p>") == "The ferry sailed.\n\nIt came back."


def test_entities_are_decoded_once() -> None:
    assert strip_markup("<p>Caf&eacute; &amp; bar, &#8364;5 &amp;lt;b&gt;</p>") == "Café & bar, €5 &lt;b>"


def test_scripts_styles_and_comments_leave_nothing() -> None:
    fragment = "<style>p { color: red }</style><p>One<script>if (a < b) alert('x')</script><!-- two --> three</p>"

    assert strip_markup(fragment) == "One three"


def test_a_line_break_stays_inside_its_paragraph() -> None:
    assert strip_markup("<p>Main Street 5<br>Norhaven</p>") == "Main Street 5\nNorhaven"


def test_items_of_lists_are_lines_with_a_dash() -> None:
    fragment = (
        "<p>To bring:</p><ul><li><p>rope</p></li><li>nails<ul><li>long ones</li></ul></li></ul><p>That is all.</p>"
    )

    assert strip_markup(fragment) == "To bring:\n\n- rope\n- nails\n- long ones\n\nThat is all."


def test_rows_of_tables_are_lines_and_cells_are_set_apart() -> None:
    fragment = "<table><tr><th>Port</th><th>Boats</th></tr><tr><td>Norhaven</td><td>12</td></tr></table>"

    assert strip_markup(fragment) == "Port | Boats\nNorhaven | 12"


def test_a_layout_table_gives_its_paragraphs() -> None:
    assert strip_markup("<table><tr><td><p>One.</p></td><td><p>Two.</p></td></tr></table>") == "One.\n\nTwo."


def test_preformatted_lines_stay_lines() -> None:
    assert strip_markup("<pre>one\ntwo\n</pre>") == "one\ntwo"


def test_text_without_tags_keeps_its_own_paragraphs_and_comparisons() -> None:
    assert strip_markup("Fewer than 5 < 6 &amp; more\n\n  Next   one") == "Fewer than 5 < 6 & more\n\nNext one"


def test_a_tag_that_never_ends_is_text() -> None:
    assert strip_markup("<p>Two</p> and <a href='three") == "Two\n\nand <a href='three"


def test_character_data_sections_are_unwrapped() -> None:
    assert strip_markup("<![CDATA[<p>Boats & nets</p>]]>") == "Boats & nets"


def test_a_number_of_thousands_of_digits_is_no_character() -> None:
    assert strip_markup("<b>&#" + "9" * 10_000 + ";</b>") == "\N{REPLACEMENT CHARACTER}"


@given(st.text(alphabet="<>&;/!-[]?\"'= \n\tabpliscrtxé#0", max_size=80))
def test_nothing_raises_and_no_outer_space_is_left(fragment: str) -> None:
    text = strip_markup(fragment)

    assert text == text.strip()


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "<!-- >",
        "<![",
        "<![ >",
        "<?",
        "</",
        "<a b='",
        "<a b=\">'",
        "<a<",
        "&#",
        "<script></",
        "<li>",
        "<td>x",
    ],
)
def test_broken_markup_takes_linear_time(piece: str) -> None:
    # `make growth` measures the time; here, what takes for ever is ended by the suite's timeout.
    assert strip_markup(piece * (600_000 // len(piece))) is not None
