"""What a writer knows of the versions of articles: whether one that is added takes the place of one that is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from searchlib.article import Article, Note
from searchlib.article.versions import ReplaceRule, Version, are_two, replaces

__all__ = ["Versions"]


class Versions:
    """The versions of the articles that a writer was given, until they are in a segment, and those that are.

    Args:
        is_pending: Whether an article of this id was added and is in no segment yet.
        flush: Turns all that was added into segments.
        stored: Gives the article of this id from the segments; None where there is none.
        had: Whether the index has an article, by its id, from a file as the file was before it is read now.
        zone: That of the index: dates that name none are in it.
        has_earlier_ids: Whether articles of the index may have the ids that version 0.1 derived from addresses.

    Attributes:
        kept: How many articles were not added, because the version that is there stays.
        notes: What there is to say of articles that were added under another id than that of their address.
    """

    def __init__(
        self,
        is_pending: Callable[[str], bool],
        flush: Callable[[], None],
        stored: Callable[[str], Article | None],
        had: Callable[[str, str], bool],
        zone: tzinfo,
        *,
        has_earlier_ids: bool,
    ) -> None:
        self.kept = 0
        self.notes: list[Note] = []
        self._is_pending = is_pending
        self._flush = flush
        self._stored = stored
        self._had = had
        self._zone = zone
        self._has_earlier_ids = has_earlier_ids
        # Of what was added since the last flush but one: a flush may still be under way.
        self._added: dict[str, Version] = {}
        self._flushing: dict[str, Version] = {}

    def settle(self, article: Article, rule: ReplaceRule) -> Article | None:
        """The article as it is to be added; None where the version that is there stays.

        An article at the address of another gets the id that it would have without an address.
        """
        new = Version.of(article, self._zone)
        old = self._known(article, new.file)
        if (
            old is not None
            and article.has_id_of_address
            and not (new.file and new.file == old.file)
            and are_two(new, old)
        ):
            self.notes.append(_address_note(article))
            article = article.with_id_of_content()
            old = self._known(article, new.file)
        if old is not None and not replaces(rule, new, old):
            self.kept += 1
            return None
        self._added[article.id] = new
        return article

    def begin_flush(self) -> None:
        """What was added goes into segments from now on."""
        self._flushing, self._added = self._added, {}

    def _known(self, article: Article, file: str) -> Version | None:
        """The version that is there, for one that is read from a file.

        Of the same file is that which the file gave before it changed, not another record of it.
        """
        for article_id in (article.id, article.earlier_id if self._has_earlier_ids else ""):
            if article_id and (known := self._there(article_id)) is not None:
                is_another_record = file and known.file == file and not self._had(file, article_id)
                return known._replace(file="") if is_another_record else known
        return None

    def _there(self, article_id: str) -> Version | None:
        if self._is_pending(article_id):
            known = self._added.get(article_id) or self._flushing.get(article_id)
            if known is not None:
                return known
            # It was added without a question.
            self._flush()
        article = self._stored(article_id)
        return None if article is None else Version.of(article, self._zone)


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
