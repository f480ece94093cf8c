from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import lines_run

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.page_texts import page_text

PAGES = Path(__file__).parent / "pages"

# Page → the article's fields, then how its body begins and ends. A field that is not named is empty.
EXPECTED: dict[str, tuple[dict[str, Any], str, str]] = {
    "bangkok_relative_time": (
        {
            "title": "Monks halt river parade to let turtles pass",
            "section": "Asia",
            "place": "BAN SAI, Thailand",
            "agency": "AFP",
            "published": "2023-10-11",
        },
        "A parade of forty boats",
        "He told AFP the turtles had been expected.",
    ),
    "bare_paragraph": ({}, "The harbour was calm", "had fallen by half."),
    "breadcrumb_reuters": (
        {
            "title": "Norhaven ferry line reopens after nine-month dispute",
            "section": "World",
            "authors": ["Petra Lindqvist", "Omar Haddad"],
            "place": "NORHAVEN",
            "agency": "Reuters",
            "published": "2024-03-12T17:30+00:00",
        },
        "Ferries between Norhaven",
        "fares would not rise before 2026.",
    ),
    "dutch_no_agency": (
        {
            "title": "Molenaar vindt brief uit 1911 in de muur",
            "section": "Binnenland",
            "authors": ["Sanne de Wit"],
            "published": "2023-08-21T07:10",
            "updated": "2023-08-21T12:30",
        },
        "Bij het herstel van een molen",
        "De brief gaat over het weer.",
    ),
    "french_afp": (
        {
            "title": "Les moulins de Valbrune tournent de nouveau",
            "section": "Économie",
            "place": "VALBRUNE, France",
            "agency": "AFP",
            "published": "2024-05-03T18:30",
            "updated": "2024-05-04T09:05",
        },
        "Les trois moulins",
        "au marché dès samedi.",
    ),
    "german_dpa": (
        {
            "title": "Grenzbrücke bei Altmünde bleibt länger gesperrt",
            "section": "Politik",
            "authors": ["Anna Müller"],
            "place": "Altmünde",
            "agency": "dpa",
            "published": "2024-05-12T09:05",
            "updated": "2024-05-12T09:05",
            "extra": {"byline": "Von Anna Müller, Hamburg"},
        },
        "Die Brücke über die Ahl",
        "ist 31 Kilometer lang.",
    ),
    "plain_letter": ({"published": "2024-05-12"}, "Dear Editor,\n\nYour report", "Yours faithfully,\nHester Quill"),
    "sections_ap": (
        {
            "title": "Senate clerk finds missing bill behind radiator",
            "summary": "The page had been sought since the spring session, and a vote had been held without it",
            "section": "Politics",
            "authors": ["Maria Torres"],
            "place": "FAIRMONT",
            "agency": "AP",
            "published": "2024-01-05T02:05+00:00",
            "updated": "2024-01-05T02:05+00:00",
            "published_offset": "-05:00",
            "updated_offset": "-05:00",
        },
        "A clerk at the state Senate",
        "said the vote stands.",
    ),
    "slash_date_caps": (
        {
            "title": "Village buys its own pub for the price of a car",
            "section": "UK News",
            "agency": "PA",
            "extra": {"byline": "By Our Correspondent", "published_as_printed": "05/06/2024"},
        },
        "The 340 people of Nether Wick",
        "under the village's own manager.",
    ),
    "source_line_xinhua": (
        {
            "title": "Reservoir in Lanping Valley reaches full level for first time",
            "place": "LANPING",
            "agency": "Xinhua",
            "published": "2024-02-06T10:15:30",
        },
        "A reservoir in the Lanping Valley",
        "will receive water from March.",
    ),
    "spanish_efe": (
        {
            "title": "El equipo de Villaluz gana la regata con un barco prestado",
            "section": "Deportes",
            "place": "Villaluz",
            "agency": "EFE",
            "published": "2024-06-09T11:40",
        },
        "El equipo de remo",
        "será en agosto.",
    ),
    "standfirst_and_byline_last": (
        {
            "title": "The bus that nobody wanted, and why we miss it",
            "summary": "A route cut for want of passengers turns out to have carried more than people",
            "section": "Opinion",
            "authors": ["Lena Okafor"],
            "published": "2021-03-09T06:00+00:00",
            "published_offset": "+01:00",
        },
        "When the 47 stopped running",
        "It did not count parcels.",
    ),
    "tags_and_first_published": (
        {
            "title": "Two bridges hit in night of strikes, governor says",
            "section": "World",
            "authors": ["Oleh Marchenko", "Nina Weiss"],
            "place": "Dovhe, Ukraine",
            "agency": "Reuters",
            "tags": ["bridges", "Dovhe", "grain exports"],
            "published": "2024-03-02T22:48+00:00",
            "updated": "2024-03-03T10:15+00:00",
        },
        "Two bridges on the northern supply road",
        "and all of the mail.",
    ),
    "vertical_share_bar": (
        {
            "title": "Lighthouse keeper, 81, hands over the keys",
            "authors": ["Jane Doe"],
            "published": "2024-04-08",
            "extra": {"byline": "Jane Doe in Port Alder"},
        },
        "The last lighthouse keeper",
        "Tom Brannigan told AFP.",
    ),
    "wrapped_wire_copy": (
        {
            "title": "Cocoa growers agree on a common price",
            "place": "LONDON",
            "agency": "Reuters",
            "published": "1996-11-14",
        },
        "Growers from five countries agreed on Thursday to sell\ntheir cocoa",
        "would hold beyond the\nspring.",
    ),
}  # fmt: skip

PAGE_WORDS = (
    "Advertisement",
    "Anzeige",
    "Facebook",
    "Copy link",
    "newsletter",
    "rights reserved",
    "Related",
    "Lees ook",
    "Drucken",
)


def read(text: str | bytes, **options: Any) -> Article:
    data = text.encode() if isinstance(text, str) else text
    (article,) = page_text.read(io.BytesIO(data), Context("page.txt", **options))
    assert isinstance(article, Article), article
    return article


def problem(data: bytes) -> str:
    (error,) = page_text.read(io.BytesIO(data), Context("page.txt"))
    assert isinstance(error, SourceError)
    return str(error)


def test_every_page_has_its_expectations() -> None:
    assert {path.stem for path in PAGES.glob("*.txt")} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_page_gives_the_fields_that_it_prints(name: str) -> None:
    expected, _, _ = EXPECTED[name]

    fields = read((PAGES / f"{name}.txt").read_bytes()).as_dict()

    assert {key: value for key, value in fields.items() if key not in ("id", "body")} == expected


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_body_of_a_page_is_its_text_alone(name: str) -> None:
    _, beginning, end = EXPECTED[name]

    body = read((PAGES / f"{name}.txt").read_bytes()).body

    assert body.startswith(beginning)
    assert body.endswith(end)
    assert [word for word in PAGE_WORDS if word in body] == []


def test_the_shared_page_is_read_as_it_was_meant(shared: Path) -> None:
    article = read((shared / "articles/text/000_82e0a735bc12403f.txt").read_bytes())

    assert article.title == "North Korea leader Kim Jong Un to visit Russia and meet Putin"
    assert article.title not in article.body
    assert (article.section, article.place, article.agency) == ("World", "SEOUL", "AFP")
    assert (article.as_dict()["published"], article.as_dict()["updated"]) == ("2023-09-11", "2023-09-11")
    assert article.body.startswith("North Korea said on Monday")
    assert article.body.endswith("spending hours on the rails.")
    assert "told AFP that a Putin-Kim summit" in article.body
    assert not {"Bookmark", "WhatsApp", "Telegram", "LinkedIn"} & set(article.body.split())


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell, and Twitter was blamed.",
        "“We knew nothing,” he told AFP.",
        "He had worked for Reuters.",
        "Updated figures were due on 3 May 2024.",
        "Print runs of the paper have halved.",
        "Advertisement revenue rose.",
        "Read more books, the minister said.",
        "Copyright law is to change.",
        "Home is where most accidents happen.",
        "By Friday the water had gone.",
        "The war ended on 11 November 1918.",
        "Closing was expected by March 31, they added.",
    ],
)
@pytest.mark.parametrize("place", ["first", "last"])
def test_a_sentence_that_only_mentions_the_words_of_a_page_stays(sentence: str, place: str) -> None:
    other = "The council met on Tuesday and decided nothing."
    paragraphs = [sentence, other] if place == "first" else [other, sentence]

    assert read("Council meets\n\n" + "\n\n".join(paragraphs)).body == "\n\n".join(paragraphs)


@pytest.mark.parametrize("heading", ["Threads", "Jobs", "Email", "Contact", "YouTube"])
def test_a_heading_inside_the_text_stays_though_a_page_has_such_words(heading: str) -> None:
    body = f"The first part ends here.\n\n{heading}\n\nThe second part begins here."

    assert read(f"Two parts\n\n{body}").body == body


@pytest.mark.parametrize(
    ("opening", "place", "agency"),
    [
        ("SEOUL — ", "SEOUL", ""),
        ("SEOUL, Sept 11 (Reuters) - ", "SEOUL", "Reuters"),
        ("WASHINGTON (AP) — ", "WASHINGTON", "AP"),
        ("WASHINGTON, D.C. — ", "WASHINGTON, D.C.", ""),
        ("LONDON: ", "LONDON", ""),
        ("PARIS, France | ", "PARIS, France", ""),
        ("Kyiv, Ukraine – ", "Kyiv, Ukraine", ""),
        ("MOSCOW, September 11. /TASS/. ", "MOSCOW", "TASS"),
        ("BEIJING, Sept. 11 (Xinhua) -- ", "BEIJING", "Xinhua"),
        ("Rio de Janeiro (AFP) – ", "Rio de Janeiro", "AFP"),
        ("Frankfurt/Main (dpa/AFP) - ", "Frankfurt/Main", "dpa, AFP"),
        ("KÖLN – ", "KÖLN", ""),
        ("(Reuters) - ", "", "Reuters"),
    ],
)
def test_a_dateline_gives_place_and_agency_and_leaves_the_text(opening: str, place: str, agency: str) -> None:
    article = read(f"A headline\n\n{opening}The meeting ended without a word.")

    assert (article.place, article.agency, article.body) == (place, agency, "The meeting ended without a word.")


@pytest.mark.parametrize(
    "body",
    [
        "BREAKING — Two trains have stopped.",
        "Putin – the president – said so.",
        "Analysts — and there were many — said so.",
        "NATO: the alliance said so.",
        "Inflation – that old friend – is back.",
        "North Korea said on Monday (Sept 11) that it would.",
        "он сказал: Ничего не будет.",
    ],
)
def test_what_only_looks_like_a_dateline_stays(body: str) -> None:
    article = read(f"A headline\n\n{body}")

    assert (article.place, article.body) == ("", body)


@pytest.mark.parametrize(
    ("end", "agency"),
    [
        (" AFP", "AFP"),
        ("\N{NO-BREAK SPACE}AFP", "AFP"),
        (" — Reuters", "Reuters"),
        (" (dpa)", "dpa"),
        ("\n\n© Agence France-Presse", "AFP"),
        ("\n\nSource: Xinhua", "Xinhua"),
        ("\n\nAFP/Reuters", "AFP, Reuters"),
        ("\n\nReuters\n\n© 2024 The Courier. All rights reserved.", "Reuters"),
    ],
)
def test_the_agency_at_the_end_is_taken_off(end: str, agency: str) -> None:
    article = read(f"A headline\n\nThe train was on the rails.{end}")

    assert (article.agency, article.body) == (agency, "The train was on the rails.")


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("Published September 11, 2023 Updated September 12, 2023 Bookmark Share X", "2023-09-11", "2023-09-12"),
        ("Posted on 12 May 2024 at 5:30 pm", "2024-05-12T17:30", ""),
        ("Last updated: 3 Mar 2024, 10:15 SGT", "2024-03-03T02:15+00:00", "2024-03-03T02:15+00:00"),
        ("By Jane Doe | Published 3 May 2024 10:15 | Updated 12:40", "2024-05-03T10:15", "2024-05-03T12:40"),
        ("5:30 pm, Sunday, 12th May 2024", "2024-05-12T17:30", ""),
        ("2024-05-12T10:00:00+09:00", "2024-05-12T01:00:00+00:00", ""),
        ("Publicado el 3 de mayo de 2024", "2024-05-03", ""),
        ("2023年9月11日", "2023-09-11", ""),
        ("The Valley Courier, 3 May 2024", "2024-05-03", ""),
        ("Sept. 11, 2023, 11:30 p.m. ET", "2023-09-12T03:30+00:00", ""),
        ("Jan. 11, 2023 at 11:30 p.m. PT", "2023-01-12T07:30+00:00", ""),
        ("Published 25/09/2023", "2023-09-25", ""),
        ("Published 10.09.2020 17:30", "2020-09-10T17:30", ""),
        ("11 сентября 2023, 17:30", "2023-09-11T17:30", ""),
        ("понедельник, 11 сентября 2023", "2023-09-11", ""),
        ("2023.09.11 17:30", "2023-09-11T17:30", ""),
        ("2023년 9월 11일", "2023-09-11", ""),
        ("11 września 2023", "2023-09-11", ""),
        ("11 Eylül 2023 Pazartesi 17:30", "2023-09-11T17:30", ""),
        ("11. syyskuuta 2023 17:30", "2023-09-11T17:30", ""),
        ("11. září 2023", "2023-09-11", ""),
        ("11 Σεπτεμβρίου 2023", "2023-09-11", ""),
        ("2023. szeptember 11. 17:30", "2023-09-11T17:30", ""),
        ("11 septembrie 2023", "2023-09-11", ""),
        ("11 tháng 9 năm 2023", "2023-09-11", ""),
        ("11 सितंबर 2023", "2023-09-11", ""),
        ("11 سبتمبر 2023", "2023-09-11", ""),
        ("11 كانون الثاني 2023", "2023-01-11", ""),
        ("11-12 September 2023", "", ""),
        ("September 11-12, 2023", "", ""),
        ("11 - 12 September 2023", "", ""),
        ("11/12 September 2023", "", ""),
        ("28 Sept - 2 October 2023", "", ""),
    ],
)
def test_a_line_of_dates_is_read_in_many_styles(line: str, published: str, updated: str) -> None:
    fields = read(f"A headline\n\n{line}\n\nThe text begins here and ends.").as_dict()

    assert (fields.get("published", ""), fields.get("updated", "")) == (published, updated)
    assert fields["body"] == "The text begins here and ends."


def test_the_user_decides_whether_the_day_comes_first() -> None:
    text = "A headline\n\nPosted on 05/06/2024\n\nThe text begins here and ends."

    assert "published" not in read(text).as_dict()
    assert read(text, date_order="mdy").as_dict()["published"] == "2024-05-06"
    assert read(text, date_order="dmy").as_dict()["published"] == "2024-06-05"


def test_a_day_that_does_not_exist_is_no_date() -> None:
    article = read("A headline\n\nPosted on 31 February 2024\n\nThe text begins here and ends.")

    assert article.published is None


@pytest.mark.parametrize(
    ("line", "authors", "agency"),
    [
        ("By Jane Doe", ["Jane Doe"], ""),
        ("By JANE DOE, Associated Press", ["Jane Doe"], "AP"),
        ("Jane Doe in Seoul", ["Jane Doe"], ""),
        ("By Jane Doe in Kyiv and John Roe in Moscow", ["Jane Doe", "John Roe"], ""),
        ("By Ana de la Cruz, Political Editor", ["Ana de la Cruz"], ""),
        ("By Reuters Staff", [], "Reuters"),
    ],
)
def test_a_byline_gives_names_and_agency(line: str, authors: list[str], agency: str) -> None:
    article = read(f"A headline\n\n{line}\n\nThe text begins here and ends.")

    assert (list(article.authors), article.agency) == (authors, agency)
    assert article.body == "The text begins here and ends."


def test_the_section_is_taken_from_a_breadcrumb_only() -> None:
    article = read("World leaders meet in Norhaven\n\nSports and politics were discussed.\n\nWorld peace was not.")

    assert article.section == ""


def test_a_first_line_that_ends_as_a_sentence_is_no_title() -> None:
    article = read("It rained for a week.\n\nThen it stopped.")

    assert (article.title, article.body) == ("", "It rained for a week.\n\nThen it stopped.")


@pytest.mark.parametrize(
    "line",
    [
        "नौका मंगलवार को फिर से रवाना हुई।",
        "کشتی منگل کو دوبارہ روانہ ہوئی۔",
        "渡轮周二再次启航。",
        "ጀልባው ማክሰኞ ዕለት ተጓዘ።",
        "Լաստանավը կրկին մեկնեց։",
    ],
)
def test_a_sentence_of_any_script_is_no_title(line: str) -> None:
    article = read(f"{line}\n\n{line}")

    assert (article.title, article.body) == ("", f"{line}\n\n{line}")


@pytest.mark.parametrize("line", ["क्या नौका फिर चलेगी?", "渡轮会再次启航吗？", "هل تبحر العبارة مجددا؟"])
def test_a_question_of_any_script_may_be_a_title(line: str) -> None:
    assert read(f"{line}\n\nThe ferry sailed.").title == line


@pytest.mark.parametrize(
    "sentence",
    ["नौका मंगलवार को फिर से रवाना हुई।", "渡轮周二再次启航驶往外岛，乘客很多。", "ကူးတို့သင်္ဘောသည် အင်္ဂါနေ့တွင် ထွက်ခွာခဲ့သည်။"],
)
def test_the_text_of_any_script_goes_on_after_a_list_of_other_articles(sentence: str) -> None:
    text = f"Two parts\n\nThe first part ends here.\n\nRelated stories\nA storm is coming\n\n{sentence}"

    assert read(text).body == f"The first part ends here.\n\n{sentence}"


def test_the_only_paragraph_of_a_page_is_its_body_though_the_share_bar_stands_below() -> None:
    article = read(
        "Ferry line reopens\n\nThe first boat left at dawn.\n\nShare Facebook X\n\nMost read\nA storm is coming"
    )

    assert (article.summary, article.body) == ("", "The first boat left at dawn.")


def test_the_text_goes_on_after_a_list_of_other_articles() -> None:
    text = "Two parts\n\nThe first part ends here.\n\nRelated stories\nA storm is coming\nPier sold\n\n“I knew it,” she said."

    assert read(text).body == "The first part ends here.\n\n“I knew it,” she said."


def test_a_title_alone_is_an_article() -> None:
    assert read("Ferry line reopens").title == "Ferry line reopens"


def test_other_encodings_are_read() -> None:
    text = "Café opens\n\nThe naïve owner said “yes”."

    assert read(text.encode("cp1252")).body == read(text.encode("utf-16")).body == "The naïve owner said “yes”."


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "the file is empty"), (b" \n\n ", "the file is empty"), (b"a\0b", "zero bytes"), (b"___\n---", "no text")],
)
def test_what_is_no_text_is_reported(data: bytes, reason: str) -> None:
    assert reason in problem(data)


def test_more_than_a_record_may_have_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_text, "MAX_RECORD_BYTES", 100)

    assert "longer than 100 bytes" in problem(b"word " * 21)


def notes(text: str) -> dict[str, str]:
    context = Context("page.txt")
    list(page_text.read(io.BytesIO(text.encode()), context))
    return {note.field: note.reason for note in context.notes}


def test_lines_of_the_head_that_are_left_out_are_said_and_kept() -> None:
    head = "The Post\nSign in\nFerry line reopens today at last\nAn unknown line\nBy Jane Doe\nPublished 12 May 2024"
    text = f"{head}\n\nThe ferry sailed."

    assert notes(text) == {"extra.head": "2 lines above the text were left out: The Post; An unknown line"}
    assert read(text).extra["head"] == "The Post\nAn unknown line"


@pytest.mark.parametrize(
    ("line", "is_said"), [("12 May 2024", True), ("Published 12 May 2024", False), ("12 May 2024, 9:05 GMT", False)]
)
def test_a_date_without_a_label_or_a_zone_is_said(line: str, is_said: bool) -> None:
    said = notes(f"Ferry line reopens\n{line}\n\nThe ferry sailed.").get("published", "")

    assert ("without a label" in said) is is_said


def test_a_label_on_the_line_before_counts() -> None:
    text = "Ferry line reopens\nPublished\n12 May 2024\nUpdated\n13 May 2024\n\nThe ferry sailed."

    assert notes(text) == {}
    assert (read(text).as_dict()["published"], read(text).as_dict()["updated"]) == ("2024-05-12", "2024-05-13")


def test_a_time_without_a_day_gives_no_date_and_is_said() -> None:
    text = "Ferry line reopens\nPublished 3 hours ago\n\nThe ferry sailed."

    assert read(text).published is None
    assert "a day that the page does not name" in notes(text)["published"]


def test_a_title_among_close_rivals_is_said() -> None:
    text = "Island life returns at last\nWhat nobody knew about it until it was gone\n12 May 2024\n\nThe ferry sailed."

    assert "What nobody knew" in notes(text)["title"]


def test_a_page_that_says_all_it_is_has_no_notes() -> None:
    assert notes("Home > World\n\nFerry line reopens\n\nBy Jane Doe\nPublished 12 May 2024\n\nThe ferry sailed.") == {}


def test_a_dateline_that_a_site_sets_in_three_lines_is_one() -> None:
    head = "Ferry line reopens\n\nBy Jane Doe\n\nNew York\nCNN\n\N{NO-BREAK SPACE}—"
    article = read(f"{head}\nThe ferry sailed on Tuesday.")

    assert (article.place, article.agency, article.body) == ("New York", "CNN", "The ferry sailed on Tuesday.")


def test_lines_that_end_where_sentences_do_are_paragraphs() -> None:
    lines = [
        "渡轮周二再次启航驶往外岛，乘客很多，船上还有邮件。",
        "没有人想念过它，他们在码头上这样说。",
        "船长说他还会再来。",
    ]

    assert read("渡轮再次启航\n\n" + "\n".join(lines)).body == "\n\n".join(lines)


BYTES: Final = 8 * 1024 * 1024


@pytest.mark.parametrize(
    "text",
    [
        b"a\n" * (BYTES // 2),
        b"a" * BYTES,
        b"word " * (BYTES // 5),
        b"".join(b"Minister %d says that the plan goes ahead next year\n" % number for number in range(1000)),
        b"New York\nCNN\n-\n" * 20_000,
        b"Share\nFacebook\n" * 20_000 + b"The ferry sailed.",
    ],
    ids=[
        "lines of one character",
        "one word",
        "one line",
        "a thousand headlines",
        "datelines in three lines",
        "share bars",
    ],
)
def test_hostile_texts_are_read_to_their_end(text: bytes) -> None:
    (result,) = page_text.read(io.BytesIO(text), Context("page.txt"))

    assert isinstance(result, Article)


@pytest.mark.parametrize(
    "lines",
    [
        ["a"],
        ["Minister {} says that the plan goes ahead next year"],
        ["Published {} May 2024"],
        ["New York", "CNN", "—"],
        ["Related stories", "Storm {} sinks boat"],
        ["A ferry {} (AP Photo/Jane Doe)", "It sailed {} times."],
    ],
)
def test_work_grows_no_faster_than_the_text(lines: list[str]) -> None:
    def work(count: int) -> int:
        text = "\n".join(line.format(number) for number in range(count) for line in lines).encode()
        return lines_run(lambda: list(page_text.read(io.BytesIO(text), Context("page.txt"))))

    work(10)

    assert work(4000) < 2.5 * work(2000)


LINES = st.sampled_from(
    [
        "Home > World",
        "A headline",
        "By Jane Doe",
        "12 May 2024",
        "Share",
        "X",
        "AFP",
        "SEOUL — Yes.",
        "(",
        "Read more",
        "Related",
        "Some text.",
        "",
    ]
)


@given(st.lists(LINES | st.text(max_size=20), max_size=12))
def test_any_text_gives_an_article_or_a_reason(lines: list[str]) -> None:
    data = "\n".join(lines).encode("utf-8", "replace")

    (result,) = page_text.read(io.BytesIO(data), Context("page.txt"))

    assert isinstance(result, (Article, SourceError))
