"""Which of two versions of one article stays, and whether two articles of one id are one at all."""

from __future__ import annotations

import re
from datetime import datetime, timezone, tzinfo
from typing import Final, Literal, NamedTuple, get_args

from searchlib.article.model import Article
from searchlib.article.moments import is_unzoned

__all__ = ["REPLACE_RULES", "ReplaceRule", "Version", "are_two", "replaces"]

#: Which version of an article stays: of "always" the one that is added; of "newer" that with the later date; of "richer"
#: the longer one; of "better" as `replaces` says.
ReplaceRule = Literal["always", "newer", "richer", "better"]
REPLACE_RULES: Final[tuple[str, ...]] = get_args(ReplaceRule)

# So many letters at the beginning tell texts apart.
_BEGINNING_LETTERS: Final = 60
# A version with less than one part in this of the text of another is poorer.
_POORER: Final = 2
_NO_LETTERS: Final = re.compile(r"[\W_]+")
# How a text ends that was cut.
_CUT: Final = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(more\)|read more\W*)\Z", re.IGNORECASE)


class Version(NamedTuple):
    """What is asked of a version of an article, so that the article itself need not be kept.

    Attributes:
        file: Where it was read; "" where it was read from no file.
        chars: How long its title, summary and body are.
        changed: When it was last changed, else published; None where it does not say.
        published: When it was published.
        title: The letters of its title, in lower case.
        beginnings: The first letters of its summary and of its body, of each that it has.
        is_teaser: Whether it has no body, or one that was cut.
    """

    file: str
    chars: int
    changed: datetime | None
    published: datetime | None
    title: str
    beginnings: tuple[str, ...]
    is_teaser: bool

    @classmethod
    def of(cls, article: Article, zone: tzinfo = timezone.utc) -> Version:
        """That of an article. Dates that name no zone are taken to be in `zone`."""
        body, summary = article.body, article.summary
        return cls(
            file=article.origin.file if article.origin else "",
            chars=len(article.title) + len(summary) + len(body),
            changed=_instant(article.updated or article.published, zone),
            published=_instant(article.published, zone),
            title=_letters(article.title),
            beginnings=tuple([_letters(text)[:_BEGINNING_LETTERS] for text in (summary, body) if text]),
            is_teaser=not body or bool(_CUT.search(body[-20:])),
        )


def replaces(rule: ReplaceRule, new: Version, old: Version) -> bool:
    """Whether a version takes the place of the one that is there.

    By "better" it does where one of these holds:

    - The same file gave the old one before, and gives the other one now: the file was changed.
    - It has at least half as much text.
    - It was changed later, has a body that was not cut, and does not begin like the other one. A teaser does, as a feed
      has it for a page that was read before.
    """
    if rule == "always":
        return True
    is_newer = new.changed is not None and (old.changed is None or new.changed > old.changed)
    if rule == "newer":
        return is_newer
    if rule == "richer":
        return new.chars >= old.chars
    if new.file and new.file == old.file:
        return True
    if new.chars * _POORER >= old.chars and (not new.is_teaser or old.is_teaser):
        return True
    return is_newer and not new.is_teaser and not _begin_alike(new, old)


def are_two(new: Version, old: Version) -> bool:
    """Whether two articles of one address are no versions of one: nothing that both have is the same.

    Their titles differ, their texts begin differently, and they are not known to be published at the same time.
    """
    if not (new.title and old.title and new.beginnings and old.beginnings):
        return False
    if new.published is not None and new.published == old.published:
        return False
    if new.title in old.title or old.title in new.title:
        return False
    return not _begin_alike(new, old)


def _instant(value: datetime | None, zone: tzinfo) -> datetime | None:
    return value.replace(tzinfo=zone) if value is not None and is_unzoned(value) else value


def _begin_alike(new: Version, old: Version) -> bool:
    return any(one.startswith(other) or other.startswith(one) for one in new.beginnings for other in old.beginnings)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text[: 4 * _BEGINNING_LETTERS].casefold())
