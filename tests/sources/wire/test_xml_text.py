from __future__ import annotations

import pytest

from searchlib.sources.base import Context
from searchlib.sources.wire.safe_xml import parse_xml
from searchlib.sources.wire.xml_text import first_line, mapped_fields, paragraphs_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One\n   line.</p><p>Another.</p>", "One line.\n\nAnother."),
        ("Loose <em>text</em>, <p>then a paragraph</p> and a tail", "Loose text,\n\nthen a paragraph\n\nand a tail"),
        ("first<br/>line<br/><br/>next", "first line\n\nnext"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
        (
            "<media><media-reference>x.jpg</media-reference><media-caption>A caption</media-caption></media>",
            "A caption",
        ),
        ("<media><media-object>QUJD</media-object></media>", ""),
        ("<script>code()</script><p>prose</p>", "prose"),
        ("  \n ", ""),
    ],
)
def test_paragraphs_are_those_of_the_markup(markup: str, text: str):
    assert paragraphs_of(parse_xml(f"<body>{markup}</body>".encode())) == text


def test_endless_empty_cells_take_no_time():
    element = parse_xml(b"<body>" + b"<td/> <br/>" * 100_000 + b"x</body>")

    assert paragraphs_of(element) == "x"


def test_the_first_text_along_a_path_is_found_past_empty_elements():
    element = parse_xml(b"<a><b><c> </c></b><b><c>here\n it is</c></b></a>")

    assert first_line(element, "b", "c") == "here it is"
    assert first_line(element, "b", "d") == ""
    assert first_line(None, "b") == ""


def test_fields_mapped_by_hand_are_looked_for_by_element():
    element = parse_xml(b"<a><deskName/><deskName>Foreign</deskName></a>")

    assert mapped_fields(element, Context("x", mapping={"deskName": "section", "other": "title"})) == {
        "section": "Foreign"
    }
