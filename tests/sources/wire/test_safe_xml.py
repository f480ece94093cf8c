from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.sources.wire import safe_xml
from searchlib.sources.wire.safe_xml import MAX_DEPTH, declared_encoding, iter_elements, parse_xml

BILLION_LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [
  <!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<lolz>&c;</lolz>"""


def test_elements_have_their_names_with_namespace_their_attributes_and_their_text():
    root = parse_xml(b'<a xmlns="urn:x" k="v">one<b>two</b>three</a>')

    assert root.tag == "{urn:x}a"
    assert root.attrib == {"k": "v"}
    assert [(child.tag, child.text, child.tail) for child in root] == [("{urn:x}b", "two", "three")]
    assert root.text == "one"


@pytest.mark.parametrize(
    "document",
    [
        BILLION_LAUGHS,
        b'<!DOCTYPE a [<!ENTITY big "' + b"x" * 50_000 + b'">]><a>' + b"&big;" * 1000 + b"</a>",
        b'<!DOCTYPE a [<!ENTITY secret SYSTEM "file:///etc/passwd">]><a>&secret;</a>',
        b'<!DOCTYPE a [<!ENTITY % outside SYSTEM "http://127.0.0.1:9/x.dtd"> %outside;]><a/>',
        b'<!DOCTYPE a [<!ENTITY harmless "x">]><a>never used</a>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'.encode("utf-16"),
    ],
    ids=["billion laughs", "quadratic blowup", "file", "parameter entity", "unused", "utf-16"],
)
def test_a_declared_entity_is_refused_by_name_and_line(document: bytes):
    with pytest.raises(ValueError, match=r"declares the entity '\w+' at line \d+"):
        parse_xml(document)


def test_a_doctype_that_points_elsewhere_is_allowed_and_not_fetched(tmp_path):
    definitions = tmp_path / "news.dtd"
    definitions.write_text('<!ENTITY planted "read from a file">')
    document = f'<!DOCTYPE nitf SYSTEM "{definitions.as_uri()}"><nitf>caf&eacute;</nitf>'

    assert parse_xml(document.encode()).text == "café"
    with pytest.raises(ValueError, match="uses the entity 'planted'"):
        parse_xml(document.replace("eacute", "planted").encode())


def test_defaults_that_a_doctype_gives_to_attributes_are_left_out():
    assert parse_xml(b'<!DOCTYPE a [<!ATTLIST a k CDATA "default">]><a/>').attrib == {}


@pytest.mark.parametrize(
    "document", [b"", b"<a>", b"<a></b>", b"<a>&nbsp;</a>", b"<a/><b/>", b"no markup", b"<a>\xff</a>"]
)
def test_what_is_not_well_formed_is_a_value_error(document: bytes):
    with pytest.raises(ValueError, match="XML"):
        parse_xml(document)


def test_a_malformed_document_says_where():
    with pytest.raises(ValueError, match="at line 2, column 5: mismatched tag"):
        parse_xml(b"<a>\n  </b>")


def test_a_blank_line_before_the_declaration_does_no_harm():
    assert parse_xml(b'\n\n <?xml version="1.0"?><a/>').tag == "a"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "koi8-r", "gb18030", "shift_jis"]
)
def test_a_document_is_read_in_the_encoding_it_states(encoding: str):
    text = {"koi8-r": "мир", "gb18030": "和平", "shift_jis": "平和"}.get(encoding, "café")
    document = f'<?xml version="1.0" encoding="{encoding}"?><a>{text}</a>'.encode(encoding)

    assert parse_xml(document).text == text


@pytest.mark.parametrize("stated", ["iso-8859-1", "ISO-8859-15", "windows-1252", "windows-1251", "us-ascii"])
@pytest.mark.parametrize("padding", [0, 200_000])
def test_a_document_that_states_single_bytes_and_is_utf_8_is_read_as_utf_8(stated: str, padding: int):
    document = f'<?xml version="1.0" encoding="{stated}"?><a>{"x" * padding}Brücke, “Fährmann”</a>'.encode()

    assert (parse_xml(document).text or "")[padding:] == "Brücke, “Fährmann”"


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-8"])
def test_a_document_that_states_utf_8_is_read_by_its_bytes(encoding: str):
    document = '<?xml version="1.0" encoding="utf-8"?><a>Brücke, “Fährmann” – 5 €</a>'.encode(encoding)

    said: list[str] = []

    assert parse_xml(document, say=lambda name, reason: said.append(name)).text == "Brücke, “Fährmann” – 5 €"
    assert said == ([] if encoding == "utf-8" else ["windows-1252"])


def test_one_odd_byte_does_not_change_the_rest_of_a_document():
    document = '<?xml version="1.0" encoding="utf-8"?><a>Brücke'.encode() + b"\x96Steg\x81</a>"

    said: list[str] = []

    assert parse_xml(document, say=lambda name, reason: said.append(reason)).text == "Brücke–Steg\ufffd"
    assert said == ["bytes in it that are not UTF-8 are read as windows-1252"]


def test_what_states_latin_1_is_what_browsers_take_it_for():
    document = b'<?xml version="1.0" encoding="iso-8859-1"?><a>\x93Br\xfccke\x94</a>'

    assert parse_xml(document).text == "“Brücke”"


def test_cyrillic_in_single_bytes_is_not_taken_for_utf_8():
    text = "«НАТО» и мир"
    document = f'<?xml version="1.0" encoding="windows-1251"?><a>{text}</a>'.encode("windows-1251")

    assert parse_xml(document).text == text


def test_the_encoding_that_the_user_names_goes_before_the_bytes():
    document = "<a>Brücke</a>".encode()

    assert parse_xml(document, encoding="latin-1").text == "BrÃ¼cke"


@pytest.mark.parametrize("name", ["punycode", "unicode_escape", "zlib", "klingon"])
def test_an_encoding_that_is_none_of_text_is_refused(name: str):
    with pytest.raises(ValueError, match=f"encoding '{name}', which is not known"):
        parse_xml(f'<?xml version="1.0" encoding="{name}"?><a/>'.encode())


def test_a_document_in_single_bytes_that_states_double_ones_is_read_as_utf_8():
    assert declared_encoding(b'<?xml version="1.0" encoding="utf-16"?><a/>') == "utf-8"
    assert declared_encoding(b"<a/>") is None


def test_nesting_is_bounded():
    deepest = b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH

    assert parse_xml(deepest).tag == "a"
    with pytest.raises(ValueError, match=f"more than {MAX_DEPTH} elements deep"):
        parse_xml(b"<a>" * 100_000)


def test_size_and_number_of_elements_are_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(safe_xml, "MAX_RECORD_BYTES", 200_000)
    monkeypatch.setattr(safe_xml, "MAX_ELEMENTS", 100)
    monkeypatch.setattr(safe_xml, "_MAX_TAG_BYTES", 70_000)

    with pytest.raises(ValueError, match="at most 200,000 are read"):
        parse_xml(b"<a>" + b"x" * 200_000 + b"</a>")
    with pytest.raises(ValueError, match="longer than 200,000 bytes"):
        list(iter_elements(io.BytesIO(b"<a>" + b"x" * 300_000 + b"</a>"), None))
    with pytest.raises(ValueError, match="more than 100 elements"):
        parse_xml(b"<a>" + b"<b/>" * 100 + b"</a>")
    with pytest.raises(ValueError, match="one tag or comment"):
        parse_xml(b'<a b="' + b"x" * 150_000 + b'"/>')


def test_elements_are_yielded_by_name_wherever_they_are():
    document = io.BytesIO(b"<all><head>h</head><item>1<item>inner</item></item> and <deep><item>2</item></deep></all>")

    assert [(element.tag, element.text) for element in iter_elements(document, {"item"})] == [
        ("item", "1"),
        ("item", "2"),
    ]


def test_without_an_element_of_the_name_the_outermost_is_yielded_whole():
    [root] = iter_elements(io.BytesIO(b"<all><head>h</head></all>"), {"item"})

    assert root.tag == "all"
    assert root[0].text == "h"


def test_what_comes_before_a_break_is_yielded_before_the_error():
    elements = iter_elements(io.BytesIO(b"<all><item>1</item><item>2"), {"item"})

    assert next(elements).text == "1"
    with pytest.raises(ValueError, match="not well-formed"):
        next(elements)


def test_a_stream_of_many_elements_is_not_held(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(safe_xml, "MAX_RECORD_BYTES", 200_000)
    monkeypatch.setattr(safe_xml, "MAX_ELEMENTS", 10)
    document = b"<all>" + b"<item><p>" + b"</p></item><item><p>".join([b"x" * 10_000] * 200) + b"</p></item></all>"

    assert sum(1 for _ in iter_elements(io.BytesIO(document), {"item"})) == 200


def test_an_attack_on_the_parser_takes_no_time():
    for document in _attacks():
        with pytest.raises(ValueError, match="XML"):
            parse_xml(document)


def _attacks() -> Iterator[bytes]:
    yield b"<a>" * 1_000_000
    yield b"<a " + b"b='c' " * 500_000
    yield b"<!--" + b"-" * 1_000_000
    yield b"<!DOCTYPE a [" + b"<!ENTITY x 'y'>" * 100_000
    yield b"<![CDATA[" * 100_000


@given(st.binary(max_size=300))
def test_random_bytes_are_an_element_or_a_value_error(data: bytes):
    try:
        root = parse_xml(data)
    except ValueError:
        return
    assert root.tag
