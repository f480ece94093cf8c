"""Who wrote the article of a page: what its data say against what it prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from searchlib.sources.people.bylines import Byline
from searchlib.sources.web_pages.page_authors import Creator, page_byline

html = pytest.importorskip("lxml.html")

TITLE = "Ferry to Harbour Island runs aground in heavy fog"
PROSE = (
    "<p>"
    + "The ferry to the island ran aground in heavy fog on Monday, the coast guard said, and all were brought ashore. "
    * 2
    + "</p>"
)


def read(
    beneath: str,
    *,
    before: str = "",
    after: str = "",
    data: Sequence[Creator] = (),
    meta: Mapping[str, Sequence[str]] | None = None,
) -> Byline:
    """The byline of a page with this beneath its headline, before it, and behind its text."""
    page = f"<html><body>{before}<article><h1>{TITLE}</h1>{beneath}{PROSE * 4}{after}</article></body></html>"
    return page_byline(
        html.fromstring(page), [data], meta or {}, houses=["The Harbour Post", "harbourpost.example"], title=TITLE
    )


@pytest.mark.parametrize(
    ("beneath", "authors"),
    [
        ('<a rel="author" href="/x">Jane Doe</a>', ["Jane Doe"]),
        ('<span itemprop="author">Jane Doe</span>', ["Jane Doe"]),
        ('<span itemprop="author" itemscope><span itemprop="name">Jane Doe</span></span>', ["Jane Doe"]),
        ('<div class="byline">By Jane Doe</div>', ["Jane Doe"]),
        ('<div class="article__byline">By <a href="/jd">Jane Doe</a> and <a href="/jr">John Roe</a></div>', ["Jane Doe", "John Roe"]),
        ('<p class="byline">By <a>Jane Doe</a>, <a>John Roe</a>, and <a>Ann Poe</a></p>', ["Jane Doe", "John Roe", "Ann Poe"]),
        ('<div data-testid="byline">By Jane Doe, Political Editor</div>', ["Jane Doe"]),
        ('<div id="author-name">Jane Doe</div>', ["Jane Doe"]),
        ('<p class="byline">By JANE DOE<br>Harbour Post Staff Writer</p>', ["Jane Doe"]),
        ('<div class="byline"><span>By</span> <span>Jane Doe</span> <span>Staff Writer</span></div>', ["Jane Doe"]),
        ('<div class="byline">Monday November 18, 2019 7:45 am PST by Jane Doe</div>', ["Jane Doe"]),
        ('<div class="meta-author">Jane Doe <time>Nov 18, 2019</time></div>', ["Jane Doe"]),
        ('<div class="author">Jane Doe<p class="role">News reporter @janedoe</p></div>', ["Jane Doe"]),
        ('<div class="c-byline">By <a href="/a">Jane Doe</a><a>@jane</a> Nov 18, 2019, 11:47am EST</div>', ["Jane Doe"]),
        ("<p>By Jane Doe and John Roe</p>", ["Jane Doe", "John Roe"]),
        ('<p>By <a href="/staff/jane-doe/">Jane Doe</a>, <a href="/staff/john-roe/">John Roe</a> on Monday, November 18th, 2019</p>', ["Jane Doe", "John Roe"]),
        ('<div><a href="/authors/jane-doe">Jane Doe</a></div>', ["Jane Doe"]),
        ('<p>Von <a href="/autoren/anna">Anna Müller</a> und <a href="/autoren/j">Jürgen Groß</a></p>', ["Anna Müller", "Jürgen Groß"]),
        ('<p class="auteur">Par Marie Curie</p>', ["Marie Curie"]),
        ('<div class="firma">Por Ana Ruiz y Tomás García</div>', ["Ana Ruiz", "Tomás García"]),
        ('<span class="article-info__authors">Текст: Иван Петров</span>', ["Иван Петров"]),
        ('<span class="reporter">홍길동 기자</span>', ["홍길동"]),
        ('<div class="author">记者 张三</div>', ["张三"]),
        ('<div class="byline">By Sinead O&amp;#039;Connor</div>', ["Sinead O'Connor"]),
        ('<address class="author">Jane Doe</address>', ["Jane Doe"]),
        ('<div class="elementor-widget elementor-widget-author">Jane Doe</div>', ["Jane Doe"]),
        ('<div class="meta share-bar"><span class="author">Jane Doe</span><a>Share</a></div>', ["Jane Doe"]),
        ('<div class="author-card"><a class="author-name">Jane Doe</a><p>Jane writes of ports.</p></div>', ["Jane Doe"]),
        ('<footer class="entry-footer"><span class="byline">by <a>Jane Doe</a></span></footer>', ["Jane Doe"]),
    ],
)  # fmt: skip
def test_a_byline_that_only_the_markup_has_is_read(beneath: str, authors: list[str]):
    assert list(read(beneath).authors) == authors


@pytest.mark.parametrize(
    "beneath",
    [
        '<figure><figcaption class="author">Jane Doe</figcaption></figure>',
        '<span class="photo-credit">By Jane Doe</span>',
        '<div class="byline">Photo: Jane Doe</div>',
        '<div class="byline">The Harbour Post</div>',
        '<div class="byline">Harbour Post Staff</div>',
        '<div class="author">@janedoe</div>',
        '<div class="author">jane@post.example</div>',
        '<div class="author">jdadmin</div>',
        '<div class="author">Admin</div>',
        '<div class="byline">Nov 18, 2019</div>',
        '<div class="author"><a href="/authors">View all articles</a></div>',
        '<aside><p class="byline">By Jane Doe</p></aside>',
        '<div class="related"><p class="byline">By Jane Doe</p></div>',
        '<ul><li><h3><a href="/other">Another story</a></h3><p class="byline">By Jane Doe</p></li></ul>',
        "<p>By Friday the water had gone.</p>",
        '<p>Photos by <span class="author">Jane Doe</span></p>',
        '<p>Edited by: <a href="/staff/jane-doe/">Jane Doe</a></p>',
    ],
)
def test_others_than_the_author_are_passed_over(beneath: str):
    assert read(beneath).authors == ()


@pytest.mark.parametrize(
    "after",
    [
        '<div class="comment"><span class="comment-author">Jane Doe</span></div>',
        '<div id="comments"><cite class="author">Jane Doe</cite></div>',
        '<div class="post-list"><span class="author">By Jane Doe</span></div>',
        '<article><h3><a href="/x">Other story</a></h3><span class="byline">By Jane Doe</span></article>',
        '<div class="byline">By Jane Doe</div><div class="byline">By John Roe</div>',
    ],
)
def test_behind_the_text_stand_readers_and_the_authors_of_other_articles(after: str):
    assert read("", after=after).authors == ()


def test_a_byline_behind_the_text_counts_where_no_other_is():
    assert read("", after='<div class="author-box"><a class="author-name">Jane Doe</a></div>').authors == ("Jane Doe",)
    assert read('<p class="byline">By John Roe</p>', after='<a class="author-name">Jane Doe</a>').authors == (
        "John Roe",
    )


@pytest.mark.parametrize(
    ("signature", "authors"),
    [
        ("<p>(Reporting by Jane Doe and John Roe; Editing by Ann Poe)</p>", ["Jane Doe", "John Roe"]),
        ("<p><em>(Reporting by Jane Doe, with reporting by John Roe, editing by Ann Poe.)</em></p>", ["Jane Doe"]),
        ("<p>홍길동 기자 hong@post.example</p>", ["홍길동"]),
        ('<div>끝<br>칼럼니스트 박생강 <a href="mailto:p@post.example">p@post.example</a></div>', ["박생강"]),
    ],
)
def test_the_line_at_the_end_names_them_where_nothing_else_does(signature: str, authors: list[str]):
    assert list(read("", after=signature).authors) == authors
    assert read('<p class="byline">By Mary Major</p>', after=signature).authors == ("Mary Major",)


def test_additional_reporters_of_the_last_line_are_no_authors():
    assert read("", after="<p>Additional reporting by Jane Doe</p>").authors == ()


def test_a_list_that_is_printed_goes_before_the_first_of_them_alone():
    printed = '<p class="byline">By Jane Doe, John Roe</p>'

    assert read(printed, data=[Creator("Jane Doe", ["Person"])]).authors == ("Jane Doe", "John Roe")


def test_data_that_name_more_persons_than_are_printed_stay():
    data = [Creator("Jane Doe"), Creator("John Roe")]

    assert read('<p class="byline">By Jane Doe</p>', data=data).authors == ("Jane Doe", "John Roe")


def test_whom_the_page_prints_goes_before_a_login_a_house_and_a_stranger_in_its_data():
    printed = '<p class="byline">By Jane Doe</p>'

    assert read(printed, data=[Creator("jane-d", ["Person"])]).authors == ("Jane Doe",)
    assert read(printed, data=[Creator("The Harbour Post", ["Organization"])]).authors == ("Jane Doe",)
    assert read(printed, data=[Creator("Kevin Uploader", ["Person"])]).authors == ("Jane Doe",)
    assert read(printed, meta={"author": ["Kevin Uploader"]}).authors == ("Jane Doe",)


def test_data_go_before_what_is_printed_where_the_page_prints_both():
    assert read(
        '<p class="byline">By Jane Doe</p>', after="<p>John Roe is a reporter.</p>", data=[Creator("John Roe")]
    ).authors == ("John Roe",)


def test_data_alone_are_believed():
    assert read("", data=[Creator("Jane Doe", ["Person"])]).authors == ("Jane Doe",)
    assert read("", meta={"parsely-author": ["Jane Doe"]}).authors == ("Jane Doe",)


def test_a_person_in_meta_tags_goes_before_a_house_in_json_ld():
    found = read("", data=[Creator("Grain Ministry Press Office", ["Organization"])], meta={"author": ["Jane Doe"]})

    assert found.authors == ("Jane Doe",)


def test_an_organisation_that_signs_alone_is_the_author():
    assert read("", data=[Creator("Grain and Feed Association", ["Organization"])]).authors == (
        "Grain and Feed Association",
    )


def test_the_agency_of_the_data_stays_beside_the_persons_that_are_printed():
    found = read('<p class="byline">By Jane Doe</p>', data=[Creator("Reuters", ["Organization"])])

    assert (found.authors, found.agency) == (("Jane Doe",), "Reuters")


def test_the_menu_above_the_headline_names_no_author():
    before = '<nav><a href="/authors/john-roe">John Roe</a></nav><div class="menu"><a href="/columnists/ann-poe">Ann Poe</a></div>'

    assert read('<p class="byline">By Jane Doe</p>', before=before).authors == ("Jane Doe",)
    assert read("", before=before).authors == ()


def test_a_byline_above_the_headline_is_read():
    assert read("", before='<p class="byline">By Jane Doe</p>').authors == ("Jane Doe",)
