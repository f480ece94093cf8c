"""Items that their agency does not want to be used."""

from __future__ import annotations

import io

import pytest

from searchlib.article import Article
from searchlib.errors import SourceError
from searchlib.sources.base import Context
from searchlib.sources.wire import newsml, newsml1, ninjs
from searchlib.sources.wire.withdrawn import why_not_usable

TEXT = "The ferry sails again from Tuesday."


def of_ninjs(status: str) -> Article | SourceError:
    item = {"uri": "urn:x", "type": "text", "pubstatus": status, "headline": "Ferry", "body_text": TEXT}
    return ninjs.article_from_item(item, Context("in"), 1)


def of_newsml(status: str) -> Article | SourceError:
    text = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x"><itemMeta>
<itemClass qcode="ninat:text"/><pubStatus qcode="stat:{status}"/></itemMeta><contentMeta><headline>Ferry</headline></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{TEXT}</p></body></html></inlineXML></contentSet>
</newsItem>"""
    return next(iter(newsml.read(io.BytesIO(text.encode()), Context("in"))))


def of_newsml1(status: str) -> Article | SourceError:
    text = f"""<NewsML><NewsItem><NewsManagement><Status FormalName="{status.title()}"/></NewsManagement><NewsComponent>
<NewsLines><HeadLine>Ferry</HeadLine></NewsLines><ContentItem><DataContent><p>{TEXT}</p></DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>"""
    return next(iter(newsml1.read(io.BytesIO(text.encode()), Context("in"))))


FORMATS = pytest.mark.parametrize("read", [of_ninjs, of_newsml, of_newsml1])


@FORMATS
@pytest.mark.parametrize(("status", "word"), [("canceled", "cancelled"), ("withheld", "withholds")])
def test_an_item_that_is_not_to_be_used_is_no_article_and_says_so(read, status: str, word: str):
    found = read(status)

    assert isinstance(found, SourceError)
    assert word in found.reason


@FORMATS
def test_an_item_that_is_usable_is_an_article(read):
    found = read("usable")

    assert isinstance(found, Article)
    assert (found.title, found.body) == ("Ferry", TEXT)


@pytest.mark.parametrize("status", ["", "usable", "stat:usable", "Usable", "draft", "embargoed"])
def test_every_other_status_may_be_used(status: str):
    assert why_not_usable(status) == ""
