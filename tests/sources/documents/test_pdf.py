"""PDFs: paragraphs of printed lines, what pages repeat, and what their properties are worth."""

from __future__ import annotations

import io
import socket
import threading
from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfs import Put, column, pdf, stream
from profiles import examples

from searchlib.article import Article
from searchlib.sources import Reading, read
from searchlib.sources.documents import pdf as module

pytest.importorskip("pypdfium2", reason="needs the extra 'pdf'")

FIRST = (
    "The ferry will sail again from next week, the harbour authority\n"
    "said on Monday, after a winter of repairs that cost more than it\n"
    "had planned.\n"
    "\n"
    "Passengers had waited since November, and the two shops of the\n"
    "island had run low on everything but salt."
)
BODY = (
    "The ferry will sail again from next week, the harbour authority said on Monday, after a winter of repairs that cost "
    "more than it had planned.\n\nPassengers had waited since November, and the two shops of the island had run low on "
    "everything but salt."
)


def reading(data: bytes, **how: object) -> Reading:
    return read(io.BytesIO(data), **how)


def article(data: bytes, **how: object) -> Article:
    return next(reading(data, **how))


def reason(data: bytes) -> str:
    found = reading(data)

    assert list(found) == []
    return found.rejects[0].reason


def test_lines_are_joined_into_paragraphs() -> None:
    assert article(pdf([column(FIRST)])).body == BODY


def test_a_paragraph_that_is_indented_begins_without_a_gap() -> None:
    text = "The ferry will sail again from next week, the harbour\nsaid on Monday.\nPassengers had waited since November, and shops\nhad run low on all but salt."
    lines = column(text)
    lines[2] = lines[2]._replace(x=84)

    assert article(pdf([lines])).body == (
        "The ferry will sail again from next week, the harbour said on Monday.\n\n"
        "Passengers had waited since November, and shops had run low on all but salt."
    )


def test_columns_are_read_one_after_another() -> None:
    left = column(
        "The ferry will sail again\nfrom next week, the har-\nbour authority said on\nMonday, after a winter of", x=72
    )
    right = column("repairs. It was foggy, and\nmany had waited all day.", x=320)

    assert article(pdf([left + right])).body == (
        "The ferry will sail again from next week, the harbour authority said on Monday, after a winter of repairs. "
        "It was foggy, and many had waited all day."
    )


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It is said that the har-\nbour is full of ships now", "harbour"),
        ("This is well-known, and a well-\nknown thing it is, to all", "well-known"),
        ("A state-of-the-\nart ship came by yesterday", "state-of-the-art"),
        ("They met the Anglo-\nSaxon crew of it yesterday", "Anglo-Saxon"),
    ],
)
def test_a_word_that_is_broken_is_one_word(text: str, word: str) -> None:
    assert word in article(pdf([column(text)])).body


def test_items_of_a_list_stay_apart() -> None:
    assert article(pdf([column("Wanted:\n• a ferry that sails on every day of all the weeks\n• a pier")])).body == (
        "Wanted:\n\n• a ferry that sails on every day of all the weeks\n\n• a pier"
    )


def paged(count: int) -> list[list[Put]]:
    return [
        [
            Put("The Harbour Post", y=760),
            *column(f"This is what page {chr(65 + number)} says about the ferry and its crew."),
            Put(f"Page {number + 1} of {count}", y=30),
        ]
        for number in range(count)
    ]


def test_what_pages_repeat_is_dropped_and_said() -> None:
    found = reading(pdf(paged(4)))
    one = next(found)

    assert one.body == "\n\n".join(
        f"This is what page {letter} says about the ferry and its crew." for letter in "ABCD"
    )
    assert [(note.field, note.value) for note in found.notes] == [("text", "The Harbour Post; Page 1 of 4")]


def test_what_only_one_page_has_stays() -> None:
    assert "The Harbour Post" in article(pdf(paged(1))).body


def test_a_hit_can_say_its_page() -> None:
    pages = [column("The ferry."), [], column("It was foggy."), column("The end of it.")]
    one = article(pdf(pages))
    starts = one.extra["pages"]

    assert [bisect_right(starts, one.body.index(word)) for word in ("ferry", "foggy", "end")] == [1, 3, 4]
    assert [one.body[start:].split("\n")[0] for start in (starts[0], starts[2], starts[3])] == [
        "The ferry.",
        "It was foggy.",
        "The end of it.",
    ]


def test_pages_without_text_are_said() -> None:
    found = reading(pdf([column("The ferry sails."), [], []]))
    next(found)

    assert [(note.field, note.value) for note in found.notes] == [("text", "2 of 3 pages")]


def test_a_scan_says_what_to_do() -> None:
    assert "recognise the text first" in reason(pdf([[], []]))


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Ferry line reopens", "Ferry line reopens"),
        ("ferry_final_v2.indd", ""),
        ("Microsoft Word - ferry.doc", ""),
        ("untitled", ""),
        ("", ""),
    ],
)
def test_a_title_of_the_properties_counts_where_it_can_be_one(stated: str, title: str) -> None:
    assert article(pdf([column(FIRST)], {"Title": stated})).title == title


def test_a_title_that_is_printed_is_not_twice() -> None:
    lines = [Put("Ferry line reopens", y=740, size=20), *column(FIRST)]

    found = article(pdf([lines], {"Title": "Ferry line reopens"}))

    assert (found.title, found.body) == ("Ferry line reopens", BODY)


def test_the_largest_type_is_the_title_and_that_is_said() -> None:
    lines = [
        Put("Ferry line reopens after", y=740, size=20),
        Put("a winter of repairs", y=716, size=20),
        *column(FIRST, top=690),
    ]
    found = reading(pdf([lines], {"Title": "x.indd"}))
    one = next(found)

    assert (one.title, one.body) == ("Ferry line reopens after a winter of repairs", BODY)
    assert [note.field for note in found.notes] == ["title"]


def test_the_name_of_a_paper_is_no_headline() -> None:
    assert article(pdf([[Put("Harbour Post", y=740, size=30), *column(FIRST)]])).title == ""


def test_properties_are_fields() -> None:
    found = article(pdf([column(FIRST)], {"Author": "Jane Doe", "Keywords": "ferries; harbour", "Subject": "Ferry"}))

    assert (found.authors, found.tags, found.extra["subject"]) == (("Jane Doe",), ("ferries", "harbour"), "Ferry")


@pytest.mark.parametrize(
    ("printed", "published"),
    [
        ("Monday, 11 September 2023", "2023-09-11"),
        ("September 11, 2023", "2023-09-11"),
        ("11.9.2023", "2023-09-11"),
        ("11 de septiembre de 2023", "2023-09-11"),
        ("12 September 2023", None),
        ("11 ferries in 2023", None),
        ("", None),
    ],
)
def test_a_date_is_that_of_the_file_where_the_page_prints_it(printed: str, published: str | None) -> None:
    found = article(pdf([[Put(printed, y=740), *column(FIRST)]], {"CreationDate": "D:20230911233000-04'00'"}))

    assert found.as_dict().get("published") == published
    assert found.extra["created"] == "2023-09-11T23:30:00-04:00"


def test_the_date_of_the_file_can_be_mapped() -> None:
    data = pdf([column(FIRST)], {"CreationDate": "D:20230911233000-04'00'"})

    assert article(data, mapping={"CreationDate": "published"}).as_dict()["published"] == "2023-09-12T03:30:00+00:00"


def test_an_encrypted_pdf_says_so() -> None:
    # The standard security handler, with a password that is not empty.
    data = pdf([column(FIRST)]).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> /P -4 >>",
    )

    assert "encrypted" in reason(data)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\nnothing", pdf([column(FIRST)])[:300]])
def test_a_damaged_pdf_is_a_reject(data: bytes) -> None:
    assert "cannot be read" in reason(data)


def test_a_bomb_is_a_reject(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchlib.sources.documents.pdf_bombs.MAX_STREAM_BYTES", 100_000)

    assert "taken for a bomb" in reason(pdf([], raw=[stream(b" " * 200_000)]))


def test_pages_and_bytes_and_time_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf(paged(3))
    for name, value, said in [
        ("MAX_PAGES", 2, "has 3 pages"),
        ("MAX_RECORD_BYTES", 100, "larger than 100 bytes"),
        ("MAX_SECONDS", -1, "took longer"),
    ]:
        with monkeypatch.context() as patch:
            patch.setattr(module, name, value)

            assert said in reason(data)


@given(at=st.integers(10, 1200), junk=st.binary(min_size=1, max_size=20))
@examples(60)
def test_damage_anywhere_is_an_article_or_a_reject(at: int, junk: bytes) -> None:
    data = bytearray(pdf([column(FIRST)]))
    data[at : at + len(junk)] = junk
    found = reading(bytes(data))

    assert len(list(found)) + len(found.rejects) == 1
    assert not any("failed with" in reject.reason for reject in found.rejects)


def test_threads_read_pdfs_at_once() -> None:
    data, bodies = pdf(paged(4)), []
    threads = [threading.Thread(target=lambda: bodies.append(article(data).body)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(bodies)) == 1
    assert len(bodies) == 8


def test_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    action = b"/OpenAction << /S /URI /URI (http://x.example) >>"

    assert article(pdf([column(FIRST)]).replace(b"/Type /Catalog", b"/Type /Catalog " + action)).body == BODY
