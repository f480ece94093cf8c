"""What a writer knows of the versions of articles: whether one that is added takes the place of one that is there."""

from __future__ import annotations

from collections.abc import Callable

from searchlib.article import Article, Note
from searchlib.article.versions import ReplaceRule, Version, are_two, replaces

__all__ = ["Versions"]


class Versions:
    """The versions of the articles that a writer was given, until they are in a segment, and those that are.

    Args:
        is_pending: Whether an article of this id was added and is in no segment yet.
        flush: Turns all that was added into segments.
        stored: Gives the article of this id from the segments; None where there is none.

    Attributes:
        kept: How many articles were not added, because the version that is there stays.
        notes: What there is to say of articles that were added under another id than that of their address.
    """

    def __init__(
        self, is_pending: Callable[[str], bool], flush: Callable[[], None], stored: Callable[[str], Article | None]
    ) -> None:
        self.kept = 0
        self.notes: list[Note] = []
        self._is_pending = is_pending
        self._flush = flush
        self._stored = stored
        # Of what was added since the last flush but one: a flush may still be under way.
        self._added: dict[str, Version] = {}
        self._flushing: dict[str, Version] = {}

    def settle(self, article: Article, rule: ReplaceRule) -> Article | None:
        """The article as it is to be added; None where the version that is there stays.

        An article at the address of another gets the id that it would have without an address.
        """
        new = Version.of(article)
        old = self._known(article.id)
        if old is not None and article.has_id_of_address and new.file != old.file and are_two(new, old):
            self.notes.append(_address_note(article))
            article = article.with_id_of_content()
            old = self._known(article.id)
        if old is not None and not replaces(rule, new, old):
            self.kept += 1
            return None
        self._added[article.id] = new
        return article

    def begin_flush(self) -> None:
        """What was added goes into segments from now on."""
        self._flushing, self._added = self._added, {}

    def _known(self, article_id: str) -> Version | None:
        if self._is_pending(article_id):
            known = self._added.get(article_id) or self._flushing.get(article_id)
            if known is not None:
                return known
            # It was added without a question.
            self._flush()
        article = self._stored(article_id)
        return None if article is None else Version.of(article)


def _address_note(article: Article) -> Note:
    origin = article.origin
    reason = "another article has this address, and nothing in common with this one; each is kept"
    return Note(
        source=f"article {article.id}" if origin is None else str(origin).partition(", record ")[0],
        record=None if origin is None else origin.record,
        field="url",
        value=article.url,
        reason=reason,
    )
