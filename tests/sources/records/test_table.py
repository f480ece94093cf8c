"""CSV and TSV in the states in which people have them."""

from __future__ import annotations

import csv
import io
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources import read
from searchlib.sources.base import Context
from searchlib.sources.records import table


def run(text: str | bytes, **options: object) -> tuple[list[Article], list[SourceError]]:
    data = text.encode() if isinstance(text, str) else text
    found = list(table.read(io.BytesIO(data), Context("in.csv", **options)))  # type: ignore[arg-type]
    return [item for item in found if isinstance(item, Article)], [
        item for item in found if isinstance(item, SourceError)
    ]


def bodies(text: str | bytes) -> list[str]:
    return [article.body for article in run(text)[0]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(delimiter: str):
    (article,), _ = run(
        delimiter.join(["date", "title", "text"]) + "\n" + delimiter.join(["2020-05-01", "Fair", "Rain"])
    )

    assert (article.title, article.body) == ("Fair", "Rain")
    assert article.as_dict()["published"] == "2020-05-01"


def test_a_comma_in_the_title_does_not_hide_another_delimiter():
    assert bodies("title;text\nRain, snow, hail;Wind, too\n") == ["Wind, too"]


def test_quoted_cells_hold_delimiters_quotes_and_line_breaks():
    assert bodies('title,text\nFair,"First, ""Rain"".\n\nThen shine."\n') == ['First, "Rain".\n\nThen shine.']


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_the_first_name(encoding: str):
    assert bodies("text,title\nRegen,Fähre\n".encode(encoding)) == ["Regen"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(ending: str):
    assert bodies(ending.join(["title,text", "a,one", "b,two", ""])) == ["one", "two"]


def test_a_long_cell_is_read_and_the_limit_of_the_process_left_alone():
    before = csv.field_size_limit()

    assert bodies(f"title,text\na,{'x' * 300_000}\n") == ["x" * 300_000]
    assert csv.field_size_limit() == before


def test_threads_that_read_at_once_leave_the_limit_alone():
    before = csv.field_size_limit()
    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    data = "title,text\n" + f"a,{'x' * 150_000}\n" * 20
    counts: list[int] = []
    threads = [threading.Thread(target=lambda: counts.append(len(bodies(data)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(switch)

    assert counts == [20] * 4
    assert csv.field_size_limit() == before


def test_empty_rows_are_passed_over():
    articles, rejects = run("\n\ntitle,text\n\na,one\n,\n\nb,two\n")

    assert [article.title for article in articles] == ["a", "b"]
    assert rejects == []


def test_records_are_numbered_by_rows_and_not_by_lines():
    _, rejects = run('title,text\na,"one\ntwo\nthree"\nb,two,3,4\n')

    assert [(reject.record, reject.reason) for reject in rejects] == [
        (2, "the row has 4 cells and the table 2 columns; quote cells that hold the delimiter")
    ]


def test_empty_cells_beyond_the_columns_do_no_harm():
    assert bodies("title,text\na,one,,\n") == ["one"]


def test_a_row_may_end_after_its_text_and_not_before():
    articles, rejects = run("date,title,text,author\n2020-05-01,a,one\n2020-05-02,b\n")

    assert [article.body for article in articles] == ["one"]
    assert rejects[0].reason == "the row has 2 cells and the table 4 columns; quote cells that hold line breaks"


def test_unknown_columns_are_listed_with_the_way_out():
    with pytest.raises(SourceError) as error:
        run("heiti,efni,dags\na,b,c\n")

    assert "the columns are heiti, efni, dags" in error.value.reason
    assert "--map 'heiti=title'" in error.value.reason


def test_mapped_columns_are_known():
    (article,), _ = run("overskrift;tekst\nFærge;Tåge\n", mapping={"Overskrift": "title", "tekst": "body"})

    assert (article.title, article.body) == ("Færge", "Tåge")


def test_columns_without_a_name_or_with_the_same_go_to_extra():
    (article,), _ = run(",title,text,note,note\n7,a,one,x,y\n")

    assert article.extra == {"column 1": "7", "note": "x", "note (5)": "y"}


def test_a_header_alone_says_so():
    _, rejects = run("title,text\n")

    assert rejects[0].reason == "the table has no rows below the names of its columns"


def test_a_quote_that_is_never_closed_costs_its_row_only():
    articles, rejects = run('title,text\na,one\nb,"two\nc,three\nd,four\n')

    assert [article.title for article in articles] == ["a", "c", "d"]
    assert [(reject.record, reject.reason) for reject in rejects] == [(2, "a quote in this row is never closed")]


def test_a_header_whose_quote_is_never_closed_is_an_error():
    with pytest.raises(
        SourceError, match="the names of the columns cannot be read: a quote in this row is never closed"
    ):
        run('title,"text\na,one\n')


def test_a_row_that_grows_without_end_is_a_reject_and_reading_goes_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(table, "MAX_RECORD_BYTES", 100)
    articles, rejects = run('title,text\na,"one\n' + "b,two\n" * 40)

    assert len(articles) == 40
    assert rejects[0].record == 1
    assert "longer than 100 characters" in rejects[0].reason


def test_a_row_with_a_byte_that_is_no_text_is_a_reject():
    articles, rejects = run(b'title,text\na,"one\n\x81\nthree"\nb,two\n')

    assert [article.title for article in articles] == ["b"]
    assert rejects[0].record == 1
    assert "byte 0x81" in rejects[0].reason


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(lambda text: f"x{text}y")


@given(rows=st.lists(st.tuples(cells, cells), min_size=1, max_size=6))
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_the_standard_library_writes_comes_back(delimiter: str, rows: list[tuple[str, str]]):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([("guid", "note"), ("title", "text"), *rows][1:])
    articles, rejects = run(out.getvalue(), mapping={})

    assert rejects == []
    assert [article.title for article in articles] == [Article(title=title).title for title, _ in rows]


def test_real_tables_give_all_their_articles(shared: Path):
    reading = read(shared / "articles" / "csv")
    articles = list(reading)

    assert reading.rejects == []
    assert len(articles) == len({article.id for article in articles}) == 295
    assert all(article.title and article.body and article.url for article in articles)
    assert all(article.published_precision == "day" for article in articles)


@pytest.mark.parametrize(
    "text",
    [
        'title, text\nFair, "Rain, and ""wind"""\n',
        'title, text\n"Fair", "Rain, and ""wind"""\n',
        'sep=;\ntitle;text\nFair;"Rain, and ""wind"""\n',
        '\ufeffsep=;\r\n"title";"text"\r\n"Fair";"Rain, and ""wind"""\r\n',
        '"sep=;"\r\ntitle;text\r\nFair;"Rain, and ""wind"""\r\n',
        'sep=^\ntitle^text\nFair^"Rain, and ""wind"""\n',
        'title,text\n"Fair","Rain, and \\"wind\\""\n',
        'title,text,\nFair,"Rain, and ""wind""",\n',
        'title|text\n-----+-----\nFair|Rain, and "wind"\n',
        '\ufeff"title","text"\r"Fair","Rain, and ""wind"""\r',
    ],
)
def test_tables_are_read_as_programs_write_them(text: str):
    articles, rejects = run(text)

    assert [(article.title, article.body) for article in articles] == [("Fair", 'Rain, and "wind"')]
    assert rejects == []


def test_a_quote_behind_a_space_holds_line_breaks():
    assert bodies('title, text\na, "one,\ntwo"\nb, "three"\n') == ["one,\ntwo", "three"]


def test_backslashes_that_are_no_escapes_stay():
    assert bodies('title,text\na,"C:\\news\\"\nb,"C:\\"\n') == ["C:\\news\\", "C:\\"]


def test_a_quoted_word_behind_a_space_is_text():
    assert bodies('title,text\na, "one" two\n') == ['"one" two']


def test_decimal_commas_are_no_delimiters():
    (article,), _ = run("title;text;score\nFair;Rain;3,5\n")

    assert article.extra == {"score": "3,5"}


@pytest.mark.parametrize("above", ["Export of 1 May\n", "# made by hand\n#\n", "Archive\n\nSource: X; Y\n"])
def test_lines_above_the_names_of_the_columns_are_left_out_with_a_note(above: str):
    context = Context("in.csv")
    (article,) = table.read(io.BytesIO(f"{above}title,text,date\nFair,Rain,2020-05-01\n".encode()), context)

    assert isinstance(article, Article)
    assert article.title == "Fair"
    assert [note.field for note in context.notes] == ["table"]
    assert f"in line {above.count(chr(10)) + 1}; what is above them is left out" in context.notes[0].reason


def test_names_of_columns_that_come_again_are_no_record():
    articles, rejects = run("title,text\na,one\ntitle,text\nb,two,3\n")

    assert [article.title for article in articles] == ["a"]
    assert [reject.record for reject in rejects] == [2]


@pytest.mark.parametrize("zeros", ["\0", "\0\0\0"])
def test_zero_bytes_cost_no_row(zeros: str):
    assert bodies(f"title,text\na{zeros},one\nb,two\n") == ["one", "two"]
    assert [article.title for article in read(io.BytesIO(f"title,text\na{zeros},one\nb,two\n".encode()))] == ["a", "b"]


def test_a_table_of_factivas_is_read():
    (article,), _ = run(
        "AN,HD,WC,PD,SN,BY,LA,LP,TD,CO\nX1,Ferry aground,532,11 September 2023,The Times,By Jane Doe,English,"
        "A ferry ran aground.,It was foggy.,abc\n"
    )

    assert (article.title, article.body) == ("Ferry aground", "A ferry ran aground.\n\nIt was foggy.")
    assert (article.authors, article.publisher, article.language) == (("Jane Doe",), "The Times", "en")
    assert article.as_dict()["published"] == "2023-09-11"
    assert article.extra == {"word count": "532", "companies": "abc"}


def test_a_table_of_lexisnexis_is_read():
    (article,), _ = run(
        "HEADLINE,BODY,DATELINE,BYLINE,SECTION,LOAD-DATE,PUBLICATION,LENGTH\n"
        'Ferry aground,Fog.,OSLO,By Jane Doe,News,"September 11, 2023",The Times,532 words\n'
    )

    assert (article.title, article.body, article.place, article.section) == ("Ferry aground", "Fog.", "OSLO", "News")
    assert (article.authors, article.publisher) == (("Jane Doe",), "The Times")
    assert article.as_dict()["published"] == "2023-09-11"


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("Titel;Datum;Text;Autor", "cp1252"),
        ("Título;Fecha;Texto;Autor", "cp1252"),
        ("Titre;Date de publication;Texte;Auteur", "mac-roman"),
        ("Заголовок;Дата;Текст;Автор", "cp1251"),
        ("标题;发布日期;正文;作者", "gb18030"),
        ("標題;發布日期;內容;作者", "big5"),
        ("제목;작성일;본문;기자", "cp949"),
        ("タイトル;日付;本文;著者", "cp932"),
        ("العنوان;التاريخ;النص;الكاتب", "cp1256"),
        ("शीर्षक;तारीख;पाठ;लेखक", "utf-8"),
        ("หัวข้อ;วันที่;เนื้อหา;ผู้เขียน", "cp874"),
        ("Başlık;Tarih;Metin;Yazar", "cp1254"),
        ("Tytuł;Data publikacji;Treść;Autor", "cp1250"),
    ],
)
def test_columns_are_known_in_the_languages_of_news(header: str, encoding: str):
    (article,), _ = run(
        f"{header}\n{header.split(';')[0]};2023-09-11;{header.replace(';', ' ')};Ana Ruiz\n".encode(encoding)
    )

    assert (article.title, article.body, article.authors) == (
        header.split(";")[0],
        header.replace(";", " "),
        ("Ana Ruiz",),
    )
    assert article.as_dict()["published"] == "2023-09-11"


def test_a_second_column_of_one_name_is_said():
    context = Context("in.csv")
    (article,) = table.read(io.BytesIO(b"title,text,title\nFair,Rain,Foul\n"), context)

    assert isinstance(article, Article)
    assert (article.title, article.extra) == ("Fair", {"title (3)": "Foul"})
    assert [(note.value, note.reason) for note in context.notes if note.field == "table"] == [
        ("title", "two columns have this name; the second, column 3, is read as 'title (3)'")
    ]
