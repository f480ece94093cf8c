from __future__ import annotations

import importlib.util
import io
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from searchlib.article import Article
from searchlib.errors import MissingExtraError, SourceError
from searchlib.sources.base import Context
from searchlib.sources.web_pages import web_page
from searchlib.sources.web_pages.web_page import article_from_html

pytest.importorskip("trafilatura", reason="needs the extra html")

PARAGRAPHS = (
    "The ferry between Norhaven and the outer islands sailed again on Tuesday, nine months after a dispute over berthing fees brought the line to a halt.",
    "The first boat left at dawn with 214 passengers, a dozen sheep and the islands' mail, and it was met by a brass band on every pier.",
    "The operator said that fares would not rise before 2026, and that a second boat had been ordered from the yard at Port Alder.",
)
NEWS = {
    "@type": "NewsArticle",
    "headline": "Norhaven ferry sails again",
    "datePublished": "2024-03-12T17:30:00+01:00",
    "dateModified": "2024-03-13",
    "author": [{"@type": "Person", "name": "Petra Lindqvist"}, {"@type": "Person", "name": "Omar Haddad"}],
    "publisher": {"@type": "Organization", "name": "The Norhaven Courier"},
    "articleSection": "Islands",
    "keywords": ["ferries", "Norhaven"],
    "inLanguage": "en-GB",
}


def page(*paragraphs: str, head: str = "", title: str = "Norhaven ferry sails again", attributes: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PARAGRAPHS)
    menu = "<nav><ul><li><a href='/a'>World</a></li><li><a href='/b'>Sport</a></li></ul></nav>"
    body = f"<body>{menu}<article><h1>{title}</h1>{text}</article><footer><p>© 2024</p></footer></body>"
    return f"<!DOCTYPE html><html {attributes}><head><title>{title}</title>{head}</head>{body}</html>"


def linked_data(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def meta(**contents: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{text}">' for name, text in contents.items())


def article(html: str | bytes, **options: Any) -> Article:
    return article_from_html(html, Context("page.html"), **options)


def refusal(html: str | bytes, **options: Any) -> str:
    with pytest.raises(SourceError) as caught:
        article(html, **options)
    return str(caught.value)


def test_the_body_is_the_text_without_headline_menu_and_footer() -> None:
    assert article(page()).body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "value",
    [NEWS, [NEWS], {"@graph": [{"@type": "WebSite", "name": "x"}, NEWS]}, {"@type": "WebPage", "mainEntity": NEWS}],
)
def test_json_ld_says_what_the_article_is(value: object) -> None:
    found = article(page(head=linked_data(value))).as_dict()

    assert {name: found[name] for name in found if name not in ("id", "body")} == {
        "title": "Norhaven ferry sails again",
        "authors": ["Petra Lindqvist", "Omar Haddad"],
        "section": "Islands",
        "publisher": "The Norhaven Courier",
        "tags": ["ferries", "Norhaven"],
        "language": "en-gb",
        "published": "2024-03-12T16:30:00+00:00",
        "published_offset": "+01:00",
        "updated": "2024-03-13",
    }


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("Sept. 11, 2023, 11:30 p.m. ET", "2023-09-12T03:30+00:00"),
        ("11. September 2023", "2023-09-11"),
        ("11 сентября 2023", "2023-09-11"),
        ("10.09.2020", "2020-09-10"),
        ("25/09/2023", "2023-09-25"),
        (["2023-09-11"], "2023-09-11"),
        (1694397600000, "2023-09-11T02:00:00+00:00"),
        ("1694397600", "2023-09-11T02:00:00+00:00"),
        ("2023-09-11T12:00:00+02:00[Europe/Paris]", "2023-09-11T10:00:00+00:00"),
    ],
)
def test_a_date_in_json_ld_is_read_as_one_in_a_record(stated: object, published: str) -> None:
    found = article(page(head=linked_data(NEWS | {"datePublished": stated}))).as_dict()

    assert found["published"] == published


@pytest.mark.parametrize(
    ("language", "url", "published"),
    [
        ("en", "https://www.example.co.uk/1", "2023-09-11"),
        ("en-US", "https://www.example.com/1", "2023-11-09"),
        ("de", "https://www.example.com/1", "2023-09-11"),
        ("en", "https://www.example.com/1", None),
    ],
)
def test_an_ambiguous_date_in_json_ld_is_read_as_its_publishers_country_does(
    language: str, url: str, published: str | None
) -> None:
    context = Context("page.html")
    stated = {**NEWS, "datePublished": "11/09/2023", "inLanguage": language}
    found = article_from_html(page(head=linked_data(stated)), context, url=url)

    assert found.as_dict().get("published") == published
    assert [note.field for note in context.notes] == ([] if published else ["published"])


def test_an_exact_date_of_the_page_goes_before_an_ambiguous_one() -> None:
    head = linked_data(NEWS | {"datePublished": "11/09/2023"}) + meta(article__published_time="2023-11-09T10:00Z")

    assert article(page(head=head)).as_dict()["published"] == "2023-11-09T10:00+00:00"


@pytest.mark.parametrize("stated", ["11-12 September 2023", "soon"])
def test_a_date_of_the_page_that_cannot_be_read_is_noted(stated: str) -> None:
    context = Context("page.html")
    found = article_from_html(page(head=linked_data(NEWS | {"datePublished": stated})), context)

    assert found.published is None
    assert [(note.source, note.field, note.value) for note in context.notes] == [("page.html", "published", stated)]


def test_a_dateline_in_json_ld_that_cannot_be_read_is_noted() -> None:
    context = Context("page.html")
    article_from_html(page(head=linked_data(NEWS | {"dateline": "- -"})), context)

    assert [(note.field, note.value) for note in context.notes] == [("dateline", "- -")]


def test_references_inside_json_ld_are_followed() -> None:
    graph = [NEWS | {"author": {"@id": "#petra"}}, {"@type": "Person", "@id": "#petra", "name": "Petra Lindqvist"}]

    assert article(page(head=linked_data({"@graph": graph}))).authors == ("Petra Lindqvist",)


def test_of_several_articles_in_json_ld_the_one_of_the_title_counts() -> None:
    teaser = NEWS | {"headline": "Storm on its way", "datePublished": "2020-01-01"}

    assert article(page(head=linked_data([teaser, NEWS]))).as_dict()["published"] == "2024-03-12T16:30:00+00:00"


def test_meta_tags_say_it_where_json_ld_does_not() -> None:
    head = meta(
        og__title="Norhaven ferry sails again | The Courier",
        og__site_name="The Courier",
        og__url="https://courier.example/ferry",
        og__description="Nine months on, a boat.",
        article__published_time="2024-03-12T17:30:00Z",
        article__modified_time="2024-03-13T08:00:00Z",
        article__section="Islands",
        article__tag="ferries",
        author="By Petra Lindqvist and Omar Haddad",
    )

    found = article(page(head=head, attributes='lang="en"')).as_dict()

    assert {name: found[name] for name in found if name not in ("id", "body")} == {
        "title": "Norhaven ferry sails again",
        "summary": "Nine months on, a boat.",
        "authors": ["Petra Lindqvist", "Omar Haddad"],
        "section": "Islands",
        "publisher": "The Courier",
        "tags": ["ferries"],
        "url": "https://courier.example/ferry",
        "language": "en",
        "published": "2024-03-12T17:30:00+00:00",
        "updated": "2024-03-13T08:00:00+00:00",
    }


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="DC.date.issued" content="2024-03-12">', "2024-03-12"),
        ('<meta name="citation_publication_date" content="2024/03/12">', "2024-03-12"),
        ('<meta name="parsely-pub-date" content="2024-03-12T17:30:00Z">', "2024-03-12T17:30:00+00:00"),
        ('<meta name="sailthru.date" content="1710264600">', "2024-03-12T17:30:00+00:00"),
        ('<meta name="article:published_time" content="soon"><meta name="pubdate" content="2024-03">', "2024-03"),
    ],
)
def test_the_date_is_read_from_whichever_tag_has_one(head: str, published: str) -> None:
    assert article(page(head=head)).as_dict()["published"] == published


def test_a_time_element_dates_the_article_with_its_zone() -> None:
    html = page().replace("<h1>", '<time datetime="2024-03-12T17:30+09:00">today</time><h1>')

    assert article(html).as_dict()["published"] == "2024-03-12T08:30+00:00"


def test_a_date_that_nobody_states_is_not_made_up() -> None:
    assert article(page()).published is None


@pytest.mark.parametrize(
    "og_title", ["Ferry sails again - Courier", "Ferry sails again | World | Courier", "Ferry sails again"]
)
def test_the_name_of_the_site_is_taken_off_the_title(og_title: str) -> None:
    html = page(head=meta(og__title=og_title, og__site_name="Courier"), title="Ferry sails again")

    assert article(html).title == "Ferry sails again"


def test_a_dash_inside_a_title_stays() -> None:
    html = page(
        head=meta(og__title="Norhaven - a ferry sails", og__site_name="Courier"), title="Norhaven - a ferry sails"
    )

    assert article(html).title == "Norhaven - a ferry sails"


def test_the_standfirst_is_the_summary_and_not_the_body() -> None:
    html = page().replace("</h1>", "</h1><h2>Nine months on, the islands get their mail</h2>")

    found = article(html)

    assert found.summary == "Nine months on, the islands get their mail"
    assert found.summary not in found.body


def test_links_to_other_articles_and_furniture_are_dropped() -> None:
    teaser = "<a href='/x'>FISHING FLEET ASKS FOR A DEEPER CHANNEL</a>"

    found = article(page(PARAGRAPHS[0], teaser, PARAGRAPHS[1], "Read more: Why flour ran out", PARAGRAPHS[2]))

    assert found.body == "\n\n".join(PARAGRAPHS)


def test_a_sentence_that_is_a_link_stays() -> None:
    sentence = "The islands have voted to keep the boat, whatever it may cost them."

    assert sentence in article(page(PARAGRAPHS[0], f"<a href='/x'>{sentence}</a>", *PARAGRAPHS[1:])).body


def test_the_text_of_json_ld_is_taken_where_the_page_shows_only_a_part() -> None:
    whole = "\n\n".join(PARAGRAPHS)
    head = linked_data(NEWS | {"articleBody": whole})

    assert article(page("The ferry sailed again on Tuesday, to read on you need an account.", head=head)).body == whole


def test_place_and_agency_are_read_off_the_text_which_stays_as_printed() -> None:
    found = article(page(f"NORHAVEN, March 12 (Reuters) - {PARAGRAPHS[0]}", *PARAGRAPHS[1:]))

    assert (found.place, found.agency) == ("NORHAVEN", "Reuters")
    assert found.body.startswith("NORHAVEN, March 12 (Reuters) - ")


def test_the_address_is_the_canonical_one_before_the_one_fetched() -> None:
    html = page(head='<link rel="canonical" href="/ferry">')

    assert article(html, url="https://courier.example/ferry?page=1").url == "https://courier.example/ferry"


def test_the_fetched_address_is_kept_where_the_page_names_none() -> None:
    assert article(page(), url="https://courier.example/ferry").url == "https://courier.example/ferry"


def test_a_short_article_that_says_it_is_one_passes() -> None:
    text = "The Norhaven ferry sailed again on Tuesday. It carried 214 people and the mail."

    assert article(page(text, head=linked_data(NEWS))).body == text


def test_a_short_article_that_does_not_say_so_passes_with_a_paragraph() -> None:
    assert article(page(" ".join(PARAGRAPHS[:2]))).body == " ".join(PARAGRAPHS[:2])


@pytest.mark.parametrize(
    "title", ["500 march in Norhaven", "Missing boat not found after search", "A forbidden island"]
)
def test_a_headline_that_resembles_an_error_is_a_headline(title: str) -> None:
    assert article(page(" ".join(PARAGRAPHS[:2]), title=title)).title == title


def test_a_japanese_paragraph_is_long_enough() -> None:
    text = "島々を結ぶ定期船が火曜日、九か月ぶりに運航を再開した。夜明けに出た第一便には二百十四人の乗客と郵便物が乗り、すべての桟橋で楽隊が出迎えた。"

    assert article(page(text, title="定期船が再開")).body == text


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "the page is empty"),
        ("  \n ", "the page is empty"),
        ("just some words", "it is not HTML"),
        ("<html><frameset><frame src=x></frameset></html>", "the page holds no article"),
        (page("Sign in to go on.", title="Sign in"), "the page holds no article"),
        (page(" ".join(PARAGRAPHS), title="404 Not Found"), "it is titled '404 Not Found'"),
        (
            page(
                PARAGRAPHS[0] + " Enter your address and your password to go on reading: <input type=password>.",
                title="Members",
            ),
            "it asks for a password",
        ),
        (
            page(*[f"<a href='/{n}'>Storm number {n} is on its way to the coast</a>" for n in range(40)]),
            "the page holds no article",
        ),
        (
            page(*[f"<a href='/{n}'>Storm number {n} is on its way to the coast.</a>" for n in range(40)]),
            "it is mostly links",
        ),
    ],
)
def test_a_page_of_no_article_is_refused_with_the_reason(html: str, reason: str) -> None:
    assert reason in refusal(html)


TEASERS = {
    "headings": "<h2><a href='/{n}'>Storm number {n} is on its way</a></h2><p>Storm number {n} will reach the coast on Tuesday, forecasters said.</p>",
    "items": "<ul><li><a href='/{n}'>Storm number {n} is on its way</a> It will reach the coast on day {n}, forecasters said.</li></ul>",
}


@pytest.mark.parametrize("teaser", TEASERS.values(), ids=TEASERS)
def test_a_front_page_of_teasers_is_refused(teaser: str) -> None:
    html = "<html><head><title>The Courier</title></head><body><h1>Weather</h1><main>{}</main></body></html>"

    assert "it is mostly links" in refusal(html.format("".join(teaser.format(n=n) for n in range(2, 30))))


def test_a_refusal_names_the_file_and_the_record() -> None:
    assert refusal("", record=7) == "page.html, record 7: the page is empty"


def test_a_file_yields_its_article_or_its_refusal() -> None:
    results = [next(iter(web_page.read(io.BytesIO(html.encode()), Context("page.html")))) for html in (page(), "")]

    assert [type(result) for result in results] == [Article, SourceError]


def test_a_page_larger_than_is_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_page, "MAX_PAGE_BYTES", 1000)

    assert "larger than 1,000 bytes" in refusal(page(*PARAGRAPHS * 3))


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", "iso-8859-1"),
        ("utf-8", "klingon"),
        ("utf-8", "utf-16"),
        ("windows-1252", "iso-8859-1"),
        ("windows-1251", "windows-1251"),
    ],
)
def test_a_page_is_decoded_by_what_it_is_before_what_it_claims(encoding: str, charset: str) -> None:
    text = "Паром снова идёт." if encoding == "windows-1251" else "Café “Zur Brücke” opens."
    html = page(*PARAGRAPHS, text, head=f'<meta charset="{charset}">').encode(encoding)

    assert article(html).body.endswith(text)


def test_the_encodings_that_look_like_ascii_are_read_as_declared() -> None:
    text = "島々を結ぶ定期船が再開した。"

    html = page(*PARAGRAPHS, text).replace("©", "").encode("iso2022_jp")

    assert text in article(html, charset="ISO-2022-JP").body


def test_a_few_broken_characters_do_not_cost_the_page() -> None:
    html = page(*PARAGRAPHS * 4, "Café und Brücke.").encode().replace(b"dozen", b"do\x81zen", 1)

    assert article(html).body.endswith("Café und Brücke.")


def test_whatever_the_libraries_raise_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)

    assert "cannot be read: RecursionError" in refusal(page())


@pytest.mark.parametrize(
    "html",
    [
        "<html><body>" + "<div>" * 20_000 + PARAGRAPHS[0],
        "<html><body><p>" + "<" * 50_000,
        "<html><body><!--" * 1_000,
        '<html><script type="application/ld+json">' + "[" * 100_000 + "</script><body>" + PARAGRAPHS[0],
        "<html><body>" + "<table><tr><td>" * 1_000 + PARAGRAPHS[0],
        "<html><body><p>\x00\x01\x02" + PARAGRAPHS[0],
    ],
)
def test_broken_pages_give_an_article_or_a_refusal(html: str) -> None:
    (result,) = web_page.read(io.BytesIO(html.encode()), Context("page.html"))

    assert isinstance(result, (Article, SourceError))


def test_without_the_library_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)

    with pytest.raises(MissingExtraError, match=r"Reading HTML pages needs .* pip install 'searchlib\[html\]'"):
        article(page())


def benchmark(project_root: Path) -> ModuleType:
    path = project_root / "benchmarks" / "html_extraction.py"
    spec = importlib.util.spec_from_file_location("html_extraction", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    # Benchmarks import one another as scripts do.
    sys.path.insert(0, str(path.parent))
    spec.loader.exec_module(module)
    return module


def test_the_text_of_real_pages_is_found(shared: Path, project_root: Path) -> None:
    measure = benchmark(project_root)
    sample = list(measure.pages(shared / "articles/html"))
    articles = [article(page.html, url=page.url) for page in sample]

    quality = measure.quality(
        [measure.compare(page.body, found.body) for page, found in zip(sample, articles, strict=True)]
    )

    assert len(sample) == 181
    assert quality.f1 >= 0.95
    assert all(found.title for found in articles)
    assert sum(found.published is not None for found in articles) >= 175


# Short paragraphs of an article, none of 160 characters, in scripts that end sentences with signs of their own.
SHORT_PARAGRAPHS = {
    "hi": (
        "नौका मंगलवार को फिर से द्वीपों के लिए रवाना हुई।",
        "पहली नाव भोर में निकली और हर घाट पर उसका स्वागत हुआ।",
        "किराया नहीं बढ़ेगा।",
    ),
    "ur": (
        "کشتی منگل کو دوبارہ جزیروں کے لیے روانہ ہوئی۔",
        "پہلی کشتی فجر کے وقت نکلی اور ہر گھاٹ پر اس کا استقبال ہوا۔",
        "کرایہ نہیں بڑھے گا۔",
    ),
    "bn": (
        "মঙ্গলবার নৌকাটি আবার দ্বীপের দিকে রওনা হয়েছে।",
        "প্রথম নৌকা ভোরে ছেড়েছে এবং প্রতিটি ঘাটে তাকে স্বাগত জানানো হয়েছে।",
        "ভাড়া বাড়বে না।",
    ),
    "am": ("ጀልባው ማክሰኞ ዕለት እንደገና ወደ ደሴቶቹ ተጓዘ።", "የመጀመሪያው ጀልባ ንጋት ላይ ተነሳ፤ በየወደቡም አቀባበል ተደረገለት።", "ዋጋው አይጨምርም።"),
    "my": ("ကူးတို့သင်္ဘောသည် အင်္ဂါနေ့တွင် ကျွန်းများသို့ ပြန်လည်ထွက်ခွာခဲ့သည်။", "ပထမသင်္ဘောသည် အရုဏ်တက်ချိန်တွင် ထွက်ခွာခဲ့သည်။"),
    "km": ("សាឡាងបានចេញដំណើរទៅកោះម្តងទៀតនៅថ្ងៃអង្គារ។", "ទូកដំបូងបានចេញដំណើរនៅពេលព្រលឹម ហើយត្រូវបានស្វាគមន៍។"),
    "hy": (
        "Լաստանավը երեքշաբթի կրկին մեկնեց կղզիներ։",
        "Առաջին նավը մեկնեց լուսաբացին, և նրան դիմավորեցին։",
        "Գները չեն բարձրանա։",
    ),
    "th": (
        "เรือข้ามฟากออกเดินทางไปยังเกาะต่างๆ อีกครั้งเมื่อวันอังคารที่ผ่านมา",
        "เรือลำแรกออกเดินทางตอนรุ่งสาง และได้รับการต้อนรับที่ท่าเรือทุกแห่งบนเกาะ",
    ),
}


@pytest.mark.parametrize("language", SHORT_PARAGRAPHS)
def test_a_page_of_short_paragraphs_is_an_article_in_every_script(language: str) -> None:
    paragraphs = SHORT_PARAGRAPHS[language]
    news = {**NEWS, "headline": "Norhaven"}

    found = article(page(*paragraphs, head=linked_data(news), attributes=f'lang="{language}"'))

    assert all(paragraph in found.body for paragraph in paragraphs)


def test_paragraphs_that_end_in_a_digit_are_running_text() -> None:
    paragraphs = [
        f"The ferry to island number {number} carried goats, mail and people in {1900 + number}"
        for number in range(120)
    ]

    assert article(page(*paragraphs)).body.count("The ferry") == 120


def test_a_page_of_headings_and_names_is_no_article() -> None:
    assert "running text" in refusal(page(*[f"Pier {number}: Kim, Lee and others" for number in range(40)]))
