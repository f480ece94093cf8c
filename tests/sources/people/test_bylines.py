"""What a byline says: the same reader serves every source."""

from __future__ import annotations

import pytest

from searchlib.sources.people.bylines import (
    Byline,
    first_byline,
    read_byline,
    read_bylines,
    read_party,
    read_title,
    recognise_byline,
)

# Byline → authors, agency.
BYLINES = [
    ("Jane Doe", ["Jane Doe"], ""),
    ("By Jane Doe", ["Jane Doe"], ""),
    ("By: Jane Doe", ["Jane Doe"], ""),
    ("Written by Jane Doe", ["Jane Doe"], ""),
    ("By JANE DOE", ["Jane Doe"], ""),
    ("By JANE DOE FOR THE HARBOUR POST", ["Jane Doe"], ""),
    ("By Jane Doe and News Agencies", ["Jane Doe"], ""),
    ("Wire Services and Jane Doe", ["Jane Doe"], ""),
    ("JANE O'NEIL", ["Jane O'Neil"], ""),
    ("BY RONALD MCDONALD", ["Ronald McDonald"], ""),
    ("BY ANA DE LA CRUZ", ["Ana de la Cruz"], ""),
    ("BY J.K. DOE III", ["J.K. Doe III"], ""),
    ("BY JANE DOE AND JOHN ROE", ["Jane Doe", "John Roe"], ""),
    ("By JANE DOE, Associated Press", ["Jane Doe"], "AP"),
    ("By MEG ROSS and ERRIN HALE, Associated Press", ["Meg Ross", "Errin Hale"], "AP"),
    ("By JANE DOE, AP National Political Writer", ["Jane Doe"], "AP"),
    ("By Jane Doe and John Roe", ["Jane Doe", "John Roe"], ""),
    ("Jane Doe, John Roe & Li Wei", ["Jane Doe", "John Roe", "Li Wei"], ""),
    ("By Jane Doe, John Roe and Li Wei in Kyiv", ["Jane Doe", "John Roe", "Li Wei"], ""),
    ("Jane Doe in Kyiv, Ukraine", ["Jane Doe"], ""),
    ("By Jane Doe in Kyiv and John Roe in Moscow", ["Jane Doe", "John Roe"], ""),
    ("Jane Doe; John Roe", ["Jane Doe", "John Roe"], ""),
    ("Jane Doe | John Roe", ["Jane Doe", "John Roe"], ""),
    ("Von Jane Doe und John Roe", ["Jane Doe", "John Roe"], ""),
    ("Von Jane Doe, dpa", ["Jane Doe"], "dpa"),
    ("Par Jane Doe et John Roe", ["Jane Doe", "John Roe"], ""),
    ("Por Ana Ruiz y Tom Bell", ["Ana Ruiz", "Tom Bell"], ""),
    ("Door Jan Smit en Piet Bos", ["Jan Smit", "Piet Bos"], ""),
    ("José Ortega y Gasset", ["José Ortega y Gasset"], ""),
    ("Por Ana Ruiz en Nueva York", ["Ana Ruiz"], ""),
    ("Von Trapp", ["Von Trapp"], ""),
    ("Byron Anders", ["Byron Anders"], ""),
    ("Sandy Anders", ["Sandy Anders"], ""),
    ("Jane Doe (Reuters)", ["Jane Doe"], "Reuters"),
    ("By Jane Doe (dpa)", ["Jane Doe"], "dpa"),
    ("By Jane Doe [AFP]", ["Jane Doe"], "AFP"),
    ("Jane Doe/AFP", ["Jane Doe"], "AFP"),
    ("Jane Doe for Reuters", ["Jane Doe"], "Reuters"),
    ("Jane Doe for The Harbour Post", ["Jane Doe"], ""),
    ("Jane Doe, Reuters, and John Roe, AFP", ["Jane Doe", "John Roe"], "Reuters, AFP"),
    ("By Jane Doe with AFP", ["Jane Doe"], "AFP"),
    ("Reuters", [], "Reuters"),
    ("By the Associated Press", [], "AP"),
    ("By Reuters Staff", [], "Reuters"),
    ("AFP/Reuters", [], "AFP, Reuters"),
    ("AP and dpa", [], "AP, dpa"),
    ("ТАСС", [], "TASS"),
    ("By Antara Ghosh", ["Antara Ghosh"], ""),
    ("By Michael Bloomberg", ["Michael Bloomberg"], ""),
    ("MICHAEL R. BLOOMBERG", ["Michael R. Bloomberg"], ""),
    ("Jane Doe, Staff Writer", ["Jane Doe"], ""),
    ("Jane Doe Staff Writer", ["Jane Doe"], ""),
    ("By Ana de la Cruz, Political Editor", ["Ana de la Cruz"], ""),
    ("Dr. Jane Doe", ["Dr. Jane Doe"], ""),
    ("Martin Bell, Jr.", ["Martin Bell, Jr."], ""),
    ("Jane Doe, MD", ["Jane Doe, MD"], ""),
    ("Staff Writer", [], ""),
    ("From Our Special Correspondent", [], ""),
    ("BBC News", ["BBC News"], ""),
    ("CNN BUSINESS", ["CNN BUSINESS"], ""),
    ("Jane Doe, CNN Business", ["Jane Doe"], ""),
    ("Jane Doe, Cleveland.com", ["Jane Doe"], ""),
    ("Jane Doe, Seoul", ["Jane Doe"], ""),
    ("Doe, Jane", ["Jane Doe"], ""),
    ("Smith and Sons", ["Smith and Sons"], ""),
    ("Jane Doe <jane@post.example>", ["Jane Doe"], ""),
    ("jane@post.example (Jane Doe)", ["Jane Doe"], ""),
    ("By Jane Doe jane@post.example", ["Jane Doe"], ""),
    ("jane@post.example", [], ""),
    ("By jane@post.example", [], ""),
    ("By jane@post.example (Jane Doe)", ["Jane Doe"], ""),
    ("Source: Xinhua", [], "Xinhua"),
    ("Jane Doe | Harbour Media for Harbour.com", ["Jane Doe"], ""),
    ("Jane Doe | Seoul", ["Jane Doe"], ""),
    ("Jane Doe | Reuters", ["Jane Doe"], "Reuters"),
    ("Harbour Media | Jane Doe", ["Harbour Media", "Jane Doe"], ""),
    ("https://post.example/jane", [], ""),
    ("@janedoe", [], ""),
    ("Reporting by Jane Doe; Editing by John Roe", ["Jane Doe"], ""),
    ("ИВАН ПЕТРОВ", ["Иван Петров"], ""),
    ("李伟", ["李伟"], ""),
    ("Jane Doe, Jane Doe", ["Jane Doe"], ""),
    ("  ", [], ""),
]


# Language → byline, authors, agency.
PRINTED: dict[str, list[tuple[str, list[str], str]]] = {
    "English": [
        ("Jane Doe, John Roe, and Ann Poe", ["Jane Doe", "John Roe", "Ann Poe"], ""),
        ("By Jane Doe, John Roe and Ann Poe", ["Jane Doe", "John Roe", "Ann Poe"], ""),
        ("By Jane Doe, Political Editor", ["Jane Doe"], ""),
        ("Jane Doe, CNN", ["Jane Doe"], ""),
        ("Jane Doe and John Roe, CNN", ["Jane Doe", "John Roe"], ""),
        ("By Jane Doe, CNN Business, and John Roe, BBC News", ["Jane Doe", "John Roe"], ""),
        ("Smith, John", ["John Smith"], ""),
        ("Smith, John A.", ["John A. Smith"], ""),
        ("van der Berg, Jan", ["Jan van der Berg"], ""),
        ("O&#039;Connor", ["O'Connor"], ""),
        ("Sinead O&amp;#039;Connor", ["Sinead O'Connor"], ""),
        ("Jane O&#039;Connor &amp; John Roe", ["Jane O'Connor", "John Roe"], ""),
        ("By JANE O’CONNOR", ["Jane O’Connor"], ""),
        ("BY JAN VAN DER BERG", ["Jan van der Berg"], ""),
        ("BY JEAN-PAUL D'ARTAGNAN", ["Jean-Paul D'Artagnan"], ""),
        ("By Jane Doe | Special to the Harbour Post", ["Jane Doe"], ""),
        ("Jane Doe · John Roe", ["Jane Doe", "John Roe"], ""),
        ("Jane Doe / John Roe", ["Jane Doe", "John Roe"], ""),
        ("Jane Doe & John Roe", ["Jane Doe", "John Roe"], ""),
        ("By Jane Doe in Berlin", ["Jane Doe"], ""),
        ("By Jane Doe in Berlin and John Roe in New York", ["Jane Doe", "John Roe"], ""),
        ("By Jane Doe for The Guardian", ["Jane Doe"], ""),
        ("By Jane Doe, with reporting by John Roe", ["Jane Doe"], ""),
        ("By Jane Doe; Additional reporting by John Roe", ["Jane Doe"], ""),
        ("Additional reporting by John Roe", [], ""),
        ("John Roe contributed to this report.", [], ""),
        ("Jane Doe (Reuters)", ["Jane Doe"], "Reuters"),
        ("Jane Doe, PTI", ["Jane Doe"], "PTI"),
        ("By Jane Doe (Image: Getty Images)", ["Jane Doe"], ""),
        ("(Image: Getty Images)", [], ""),
        ("Photo: John Roe", [], ""),
        ("By Jane Doe Photo: John Roe", ["Jane Doe"], ""),
        ("Words and pictures by Jane Doe", ["Jane Doe"], ""),
        ("Jane Doe (JD)", ["Jane Doe"], ""),
        ("Jane Doe (jd)", ["Jane Doe"], ""),
        ("By Jane Doe Nov 19, 2019 6:46 pm ET", ["Jane Doe"], ""),
        ("By Jane Doe on Monday, November 18th, 2019 at 10:57 a.m.", ["Jane Doe"], ""),
        ("Jane Doe - 11/19/19 06:56 AM EST", ["Jane Doe"], ""),
        ("Jane Doe • 2 min read", ["Jane Doe"], ""),
        ("Posted by Jane Doe", ["Jane Doe"], ""),
        ("Monday November 18, 2019 7:45 am PST by Jane Doe", ["Jane Doe"], ""),
        ("Updated 18 Nov 2019", [], ""),
        ("12345", [], ""),
        ("Staff", [], ""),
        ("Editor", [], ""),
        ("Admin", [], ""),
        ("Newsroom", [], ""),
        ("jdadmin", [], ""),
        ("kei_eno", [], ""),
        ("Jane Doe @janedoe", ["Jane Doe"], ""),
        ("Jane Doe@janedoe", ["Jane Doe"], ""),
        ("Jane Doe www.post.example", ["Jane Doe"], ""),
        ("Jane Doe - Live Science Contributor", ["Jane Doe"], ""),
        ("Jane Doe — Senior Reporter", ["Jane Doe"], ""),
        ("Jane Doe. Harbour News International", ["Jane Doe"], ""),
        ("J. K. Rowling", ["J. K. Rowling"], ""),
        ("Analysis by Jane Doe, CNN Editor-at-large", ["Jane Doe"], ""),
        ("By Jane Doe, Foreign Affairs Correspondent, in Cairo", ["Jane Doe"], ""),
        ("Lord Smith of Finsbury and Company", ["Lord Smith of Finsbury and Company"], ""),
        ("Johnson & Johnson", ["Johnson & Johnson"], ""),
        ("Procter and Gamble", ["Procter and Gamble"], ""),
        ("Marks & Spencer", ["Marks & Spencer"], ""),
        ("By Marks & Spencer", ["Marks & Spencer"], ""),
        ("Trinidad and Tobago Guardian", ["Trinidad and Tobago Guardian"], ""),
        ("By Trinidad and Tobago Guardian", ["Trinidad and Tobago Guardian"], ""),
        ("Ministry of Health and Social Care", ["Ministry of Health and Social Care"], ""),
        ("Department for Work and Pensions", ["Department for Work and Pensions"], ""),
        ("Rock and Roll Hall", ["Rock and Roll Hall"], ""),
        ("20 Minutes", ["20 Minutes"], ""),
        ("France 24", ["France 24"], ""),
        ("John A Smith", ["John A Smith"], ""),
        ("Sandy Dan Bell", ["Sandy Dan Bell"], ""),
        ("Ursula K. Le Guin and Margaret Atwood", ["Ursula K. Le Guin", "Margaret Atwood"], ""),
        ("Reporting by Jane Doe and John Roe; Editing by Ann Poe", ["Jane Doe", "John Roe"], ""),
        ("Martin Luther King Jr.", ["Martin Luther King Jr."], ""),
        ("By Agence France-Presse", [], "AFP"),
        ("AFP, Washington", [], "AFP"),
        ("Story by Jane Doe; Photos by John Roe", ["Jane Doe"], ""),
    ],
    "German": [
        ("Von Jane Doe", ["Jane Doe"], ""),
        ("Von Anna Müller und Jürgen Groß", ["Anna Müller", "Jürgen Groß"], ""),
        ("Von Anna Müller, Berlin", ["Anna Müller"], ""),
        ("Von Anna Müller (dpa)", ["Anna Müller"], "dpa"),
        ("Ein Kommentar von Anna Müller", ["Anna Müller"], ""),
        ("Text: Anna Müller", ["Anna Müller"], ""),
        ("Text: Anna Müller, Fotos: Jürgen Groß", ["Anna Müller"], ""),
        ("Anna Müller aus Kiew", ["Anna Müller"], ""),
        ("Anna Müller, Redakteurin", ["Anna Müller"], ""),
        ("VON ANNA MÜLLER", ["Anna Müller"], ""),
        ("Karl-Theodor zu Guttenberg", ["Karl-Theodor zu Guttenberg"], ""),
        ("Redaktion", [], ""),
        ("Frankfurter Allgemeine Zeitung", ["Frankfurter Allgemeine Zeitung"], ""),
        ("Von Anna Müller am 12.03.2020", ["Anna Müller"], ""),
        ("Anna Müller; Mitarbeit: Jürgen Groß", ["Anna Müller"], ""),
    ],
    "French": [
        ("Par Marie Curie et Jean Dupont", ["Marie Curie", "Jean Dupont"], ""),
        ("Par Marie Curie avec AFP", ["Marie Curie"], "AFP"),
        ("Marie Curie à Paris", ["Marie Curie"], ""),
        ("Propos recueillis par Marie Curie", ["Marie Curie"], ""),
        ("Par Charles de Gaulle, envoyé spécial", ["Charles de Gaulle"], ""),
        ("Par Marie Curie le 12 mars 2020 à 10h30", ["Marie Curie"], ""),
        ("La rédaction", [], ""),
    ],
    "Spanish": [
        ("Por Ana Ruiz y Tomás García", ["Ana Ruiz", "Tomás García"], ""),
        ("Ana Ruiz y Tomás García", ["Ana Ruiz", "Tomás García"], ""),
        ("José Ortega y Gasset", ["José Ortega y Gasset"], ""),
        ("Por Ana Ruiz, Madrid", ["Ana Ruiz"], ""),
        ("Texto: Ana Ruiz. Foto: Tomás García", ["Ana Ruiz"], ""),
        ("POR ANA DE LA CRUZ", ["Ana de la Cruz"], ""),
        ("Ana Ruiz (EFE)", ["Ana Ruiz"], "EFE"),
        ("Redacción", [], ""),
    ],
    "Portuguese": [
        ("Por Maria da Silva e João Santos", ["Maria da Silva", "João Santos"], ""),
        ("Maria da Silva, editora", ["Maria da Silva"], ""),
        ("Publicado por: Clara Borba", ["Clara Borba"], ""),
        ("Maria do Rosário e Silva", ["Maria do Rosário e Silva"], ""),
        ("Redação", [], ""),
    ],
    "Italian": [
        ("di Anna Rossi e Marco Bianchi", ["Anna Rossi", "Marco Bianchi"], ""),
        ("Di Anna Rossi", ["Anna Rossi"], ""),
        ("a cura di Anna Rossi", ["Anna Rossi"], ""),
        ("Anna Rossi, inviata", ["Anna Rossi"], ""),
        ("Dario Di Stefano", ["Dario Di Stefano"], ""),
        ("Redazione", [], ""),
    ],
    "Dutch": [
        ("Door Jan Smit en Piet de Vries", ["Jan Smit", "Piet de Vries"], ""),
        ("Door onze redacteur Jan Smit", ["Jan Smit"], ""),
        ("Jan Smit, verslaggever", ["Jan Smit"], ""),
        ("Tekst: Jan Smit Foto: Piet de Vries", ["Jan Smit"], ""),
    ],
    "Danish": [
        ("Af Mette Hansen og Søren Holm", ["Mette Hansen", "Søren Holm"], ""),
        ("Mette Hansen og Søren Holm", ["Mette Hansen", "Søren Holm"], ""),
        ("Tekst: Mette Hansen", ["Mette Hansen"], ""),
    ],
    "Norwegian": [
        ("Av Kari Nordmann og Ola Hansen", ["Kari Nordmann", "Ola Hansen"], ""),
        ("Kari Nordmann (NTB)", ["Kari Nordmann"], "NTB"),
    ],
    "Swedish": [
        ("Av Anna Svensson och Åke Öberg", ["Anna Svensson", "Åke Öberg"], ""),
        ("Text: Anna Svensson Foto: Åke Öberg", ["Anna Svensson"], ""),
        ("Anna Svensson/TT", ["Anna Svensson"], "TT"),
    ],
    "Finnish": [
        ("Matti Virtanen ja Liisa Mäkinen", ["Matti Virtanen", "Liisa Mäkinen"], ""),
        ("Teksti: Matti Virtanen Kuva: Liisa Mäkinen", ["Matti Virtanen"], ""),
        ("Matti Virtanen, toimittaja", ["Matti Virtanen"], ""),
    ],
    "Polish": [
        ("Autor: Jan Kowalski", ["Jan Kowalski"], ""),
        ("Jan Kowalski i Anna Nowak", ["Jan Kowalski", "Anna Nowak"], ""),
        ("Jan Kowalski, PAP", ["Jan Kowalski"], "PAP"),
        ("oprac. Jan Kowalski", ["Jan Kowalski"], ""),
    ],
    "Czech": [
        ("Autor: Jan Novák", ["Jan Novák"], ""),
        ("Jan Novák a Petr Svoboda", ["Jan Novák", "Petr Svoboda"], ""),
        ("Jan Novák, ČTK", ["Jan Novák"], "ČTK"),
    ],
    "Hungarian": [
        ("Írta: Kovács János", ["Kovács János"], ""),
        ("Kovács János és Nagy Éva", ["Kovács János", "Nagy Éva"], ""),
    ],
    "Romanian": [
        ("De Ion Popescu și Maria Ionescu", ["Ion Popescu", "Maria Ionescu"], ""),
        ("Autor: Ion Popescu", ["Ion Popescu"], ""),
    ],
    "Croatian": [
        ("Piše: Ivan Horvat", ["Ivan Horvat"], ""),
        ("Ivan Horvat i Ana Kovač", ["Ivan Horvat", "Ana Kovač"], ""),
    ],
    "Russian": [
        ("Автор: Иван Петров", ["Иван Петров"], ""),
        ("Текст: Венера Ерофеева", ["Венера Ерофеева"], ""),
        ("Иван Петров и Анна Смирнова", ["Иван Петров", "Анна Смирнова"], ""),
        ("Иван Петров, корреспондент", ["Иван Петров"], ""),
        ("ИВАН ПЕТРОВ, ТАСС", ["Иван Петров"], "TASS"),
        ("Корреспондент Иван Петров", ["Иван Петров"], ""),
        ("Редакция", [], ""),
        ("Фото: Иван Петров", [], ""),
    ],
    "Ukrainian": [
        ("Автор: Олена Шевченко", ["Олена Шевченко"], ""),
        ("Олена Шевченко та Іван Франко", ["Олена Шевченко", "Іван Франко"], ""),
        ("Олена Шевченко і Іван Франко", ["Олена Шевченко", "Іван Франко"], ""),
        ("Oleh Marchenko, Nina Weiss", ["Oleh Marchenko", "Nina Weiss"], ""),
    ],
    "Greek": [
        ("Γιάννης Παπαδόπουλος και Μαρία Γεωργίου", ["Γιάννης Παπαδόπουλος", "Μαρία Γεωργίου"], ""),
        ("Κείμενο: Μαρία Γεωργίου", ["Μαρία Γεωργίου"], ""),
    ],
    "Turkish": [
        ("Ahmet Yılmaz ve Ayşe Demir", ["Ahmet Yılmaz", "Ayşe Demir"], ""),
        ("Yazan: Ahmet Yılmaz", ["Ahmet Yılmaz"], ""),
        ("İBRAHİM YILMAZ", ["İbrahim Yilmaz"], ""),
        ("Ahmet Yılmaz (Anadolu Ajansı)", ["Ahmet Yılmaz"], "Anadolu"),
    ],
    "Indonesian": [
        ("Oleh: Budi Santoso", ["Budi Santoso"], ""),
        ("Budi Santoso dan Siti Aminah", ["Budi Santoso", "Siti Aminah"], ""),
        ("Penulis: Budi Santoso", ["Budi Santoso"], ""),
        ("Tim Redaksi", [], ""),
    ],
    "Vietnamese": [
        ("Tác giả: Nguyễn Văn An", ["Nguyễn Văn An"], ""),
        ("Nguyễn Văn An và Trần Thị Bình", ["Nguyễn Văn An", "Trần Thị Bình"], ""),
    ],
    "Arabic": [
        ("بقلم: محمد الأحمد", ["محمد الأحمد"], ""),
        ("كتب محمد الأحمد", ["محمد الأحمد"], ""),
        ("محمد الأحمد و ليلى حسن", ["محمد الأحمد", "ليلى حسن"], ""),
        ("محمد الأحمد، ليلى حسن", ["محمد الأحمد", "ليلى حسن"], ""),
    ],
    "Persian": [
        ("نویسنده: علی رضایی", ["علی رضایی"], ""),
    ],
    "Hebrew": [
        ("מאת דוד כהן", ["דוד כהן"], ""),
        ("מאת: דוד כהן, שרה לוי", ["דוד כהן", "שרה לוי"], ""),
    ],
    "Hindi": [
        ("लेखक: राजेश कुमार", ["राजेश कुमार"], ""),
        ("राजेश कुमार और सीमा शर्मा", ["राजेश कुमार", "सीमा शर्मा"], ""),
    ],
    "Thai": [
        ("โดย สมชาย ใจดี", ["สมชาย ใจดี"], ""),
        ("สมชาย ใจดี และ สุดา แก้วใส", ["สมชาย ใจดี", "สุดา แก้วใส"], ""),
    ],
    "Chinese": [
        ("文/張三", ["張三"], ""),
        ("记者 张三", ["张三"], ""),
        ("記者 張小明", ["張小明"], ""),
        ("张三、李四", ["张三", "李四"], ""),
        ("本报记者 张三 李四", ["张三", "李四"], ""),
        ("作者：张三", ["张三"], ""),
        ("记者张三 摄影：李四", ["张三"], ""),
        ("約翰·史密斯", ["約翰・史密斯"], ""),
        ("新华社", [], "Xinhua"),
    ],
    "Japanese": [
        ("文＝田中太郎", ["田中太郎"], ""),
        ("田中 太郎", ["田中 太郎"], ""),
        ("取材・文：山田花子", ["山田花子"], ""),
        ("ジョン・スミス", ["ジョン・スミス"], ""),
        ("編集部", [], ""),
    ],
    "Korean": [
        ("홍길동 기자", ["홍길동"], ""),
        ("홍길동 기자 hong@post.example", ["홍길동"], ""),
        ("홍길동·김철수 기자", ["홍길동", "김철수"], ""),
        ("홍길동 김철수 기자", ["홍길동", "김철수"], ""),
        ("칼럼니스트 박생강 park@post.example", ["박생강"], ""),
        ("글·사진 홍길동 기자", ["홍길동"], ""),
        ("(서울=연합뉴스) 홍길동 기자", ["홍길동"], "Yonhap"),
    ],
    "Armenian": [
        ("Արամ Պետրոսյան և Անի Հակոբյան", ["Արամ Պետրոսյան", "Անի Հակոբյան"], ""),
    ],
    "Swahili": [
        ("Juma Ali na Asha Said", ["Juma Ali", "Asha Said"], ""),
    ],
}


@pytest.mark.parametrize(("text", "authors", "agency"), [case for rows in PRINTED.values() for case in rows])
def test_a_byline_is_read_in_the_languages_of_news(text: str, authors: list[str], agency: str):
    found = read_byline(text)

    assert (list(found.authors), found.agency) == (authors, agency)


@pytest.mark.parametrize(("text", "authors", "agency"), BYLINES)
def test_a_byline_gives_names_and_agency(text: str, authors: list[str], agency: str):
    found = read_byline(text)

    assert (list(found.authors), found.agency) == (authors, agency)


@pytest.mark.parametrize(
    ("text", "authors", "agency"),
    [
        case
        for case in BYLINES
        if case[0].startswith(("By ", "BY ", "Von Jane", "Par ", "Por ")) and (case[1] or case[2])
    ],
)
def test_a_page_reads_a_byline_that_it_recognises_as_every_other_source_does(
    text: str, authors: list[str], agency: str
):
    found = recognise_byline(text)

    assert found is not None
    assert (list(found.authors), found.agency) == (authors, agency)


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the water had gone.",
        "By March 31",
        "By Monday Morning, everyone had left",
        "Jane Doe",
        "Smith and Sons",
        "Von Trapp",
        "By the end of the day, Jane Doe said",
        "x" * 200,
    ],
)
def test_a_line_that_only_looks_like_a_byline_is_none(line: str):
    assert recognise_byline(line) is None


def test_beside_a_date_a_name_is_a_byline():
    assert recognise_byline("Jane Doe", is_name_enough=True) == Byline(("Jane Doe",), "")
    assert recognise_byline("Political Editor", is_name_enough=True) is None


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("By Jane Doe, Associated Press", True),
        ("Jane Doe, Staff Writer", True),
        ("  ", True),
        ("Jane Doe, CNN Business", False),
        ("Jane Doe in Kyiv", False),
        ("Jane Doe (Kyiv)", False),
        ("Jane Doe jane@post.example", False),
        ("Jane Doe; Editing by John Roe", False),
        ("Staff Writer", False),
        ("jane@post.example", False),
    ],
)
def test_a_byline_of_which_something_was_left_out_is_kept_as_printed(text: str, is_whole: bool):
    assert read_byline(f" {text}\n").left_out == (() if is_whole else (text,))


@pytest.mark.parametrize(
    "text",
    [
        "By Jane Doe; Additional reporting by John Roe",
        "By Jane Doe, with reporting by John Roe",
        "Jane Doe (Image: Getty Images)",
        "Text: Anna Müller, Fotos: Jürgen Groß",
        "Jane Doe www.post.example",
        "Jane Doe, Ministry of Grain",
        "By Jane Doe Nov 19, 2019",
        "John Roe contributed to this report.",
        "jdadmin",
        "Admin",
    ],
)
def test_who_contributed_and_what_is_no_name_is_kept_as_printed(text: str):
    assert read_byline(text).left_out == (text,)


@pytest.mark.parametrize(
    "line",
    [
        "홍길동 기자 hong@post.example",
        "本报记者 张三",
        "Oleh: Budi Santoso",
        "Автор: Иван Петров",
        "Af Mette Hansen",
        "Par Marie Curie",
    ],
)
def test_a_page_recognises_bylines_of_many_languages(line: str):
    found = recognise_byline(line)

    assert found is not None
    assert found.authors


@pytest.mark.parametrize(
    "line",
    [
        "Read More",
        "View all articles",
        "Follow us",
        "3 Comments",
        "Getty Images",
        "Log in",
        "Share",
        "Läs mer",
        "Harbour Post Newsletter",
        "About the author",
    ],
)
def test_what_stands_beside_bylines_on_pages_is_none(line: str):
    found = recognise_byline(line, is_name_enough=True)

    assert found is None or not found.authors


def test_the_first_signed_byline_counts_and_what_those_before_it_leave_out_is_kept():
    found = first_byline(map(read_byline, ["", "Staff Writer", "Jane Doe", "John Roe in Kyiv"]))

    assert found == Byline(("Jane Doe",), "", ("Staff Writer",))


@pytest.mark.parametrize(
    ("title", "agency", "left_out"),
    [("Staff Writer", "", ()), ("AP Writer", "AP", ()), ("Kyiv", "", ("Kyiv",)), ("", "", ())],
)
def test_a_title_names_an_agency_or_a_profession(title: str, agency: str, left_out: tuple[str, ...]):
    assert read_title(title) == Byline((), agency, left_out)


def test_the_name_of_an_organisation_is_not_taken_apart():
    assert read_party("Ports and Harbours Press Office") == Byline(("Ports and Harbours Press Office",), "")
    assert read_party("Agence France-Presse") == Byline((), "AFP")


def test_several_bylines_give_each_name_and_agency_once():
    assert read_bylines(["By Jane Doe, AP", "and JANE DOE", "AP"]) == Byline(("Jane Doe",), "AP")
