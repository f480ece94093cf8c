"""A retriever for LangChain: ``pip install 'searchlib[langchain]'``.

retriever = SearchlibRetriever(index="news.index", k=5, since="2023-09", filters={"section": "World"})
documents = retriever.invoke("What did the dockers ask for?")
"""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from searchlib.contrib.conditions import field_filters
from searchlib.contrib.documents import (
    Content,
    add_articles,
    article_of,
    check_content,
    delete_articles,
    engine_of,
    find,
    metadata_of,
    text_of,
)
from searchlib.engines.base import Engine, Sort
from searchlib.errors import MissingExtraError
from searchlib.results import Hit

try:
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever
    from pydantic import Field, PrivateAttr
except ImportError:
    raise MissingExtraError("langchain", "the retriever for LangChain") from None

__all__ = ["SearchlibRetriever"]


class SearchlibRetriever(BaseRetriever):
    """Finds articles of an index as LangChain's documents. It is safe in threads, and shows what other processes commit.

    A document has the id of its article, the text that `content` says, and metadata: what it came with or the fields of its
    article, "score", and "spans", the exact character ranges of passages and marks in the article's fields.
    """

    index: Any = Field(exclude=True)
    """An index (any engine), or the path of one."""
    k: int = 4
    """How many documents to find at most."""
    sort: Sort = "relevance"
    """The order of documents."""
    since: str | date | datetime | None = None
    """Published from this date on, itself included: "2023-09", "last week", a date."""
    until: str | date | datetime | None = None
    """Published up to this date, itself included."""
    filters: dict[str, Any] | None = None
    """By field, a value or a list of values of which one is enough: of articles ("section", "publisher") or of metadata."""
    plain: bool = True
    """Whether the input is a text as a person writes it, one word of which is enough; else it is in the query language."""
    any: bool = False
    """In the query language, whether one word is enough."""
    content: Content = "article"
    """What a document's text is: "article" for the body, "passages" for those that answer."""
    refresh: bool = True
    """Whether to show what other processes have committed before each search."""
    timeout_s: float | None = None
    """How long a search may take, in seconds."""
    lock_timeout_s: float = 10
    """How long adding and deleting wait for another writer, in seconds."""

    _engine: Engine = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        """Open the index.

        Raises:
            IndexNotFoundError: There is none at the path.
            SettingError: An attribute cannot have its value.
        """
        super().model_post_init(context)
        check_content(self.content)
        self._engine = engine_of(self.index)
        field_filters(self.filters, self._engine.zone)

    @classmethod
    def from_documents(
        cls, documents: Iterable[Document], *, index: Any, ids: Sequence[str] | None = None, **options: Any
    ) -> SearchlibRetriever:
        """A retriever of an index to which these documents were added; it is made where there is none."""
        if isinstance(index, (str, os.PathLike)):
            engine_of(index, create=True).close()
        retriever = cls(index=index, **options)
        retriever.add_documents(documents, ids=ids)
        return retriever

    def add_documents(self, documents: Iterable[Document], *, ids: Sequence[str] | None = None) -> list[str]:
        """Add documents to the index, in one commit. One whose id is there is replaced.

        Args:
            documents: With whatever metadata JSON can say. Names of articles' fields (title, section, published) fill them.
            ids: An id for each; without, a document's own id, or one that is drawn.

        Returns:
            The ids.

        Raises:
            IndexLockedError: Another writer did not finish in time.
        """
        documents = list(documents)
        chosen = list(ids) if ids is not None else [document.id or str(uuid.uuid4()) for document in documents]
        add_articles(
            self._engine,
            [
                article_of(each, document.page_content, document.metadata, self._engine.zone)
                for each, document in zip(chosen, documents, strict=True)
            ],
            timeout_s=self.lock_timeout_s,
        )
        return chosen

    async def aadd_documents(self, documents: Iterable[Document], *, ids: Sequence[str] | None = None) -> list[str]:
        """Add documents as `add_documents` does, in a thread."""
        return await asyncio.to_thread(self.add_documents, list(documents), ids=ids)

    def delete(self, ids: Iterable[str]) -> int:
        """Delete documents by their ids, in one commit. Returns how many there were."""
        return delete_articles(self._engine, ids, timeout_s=self.lock_timeout_s)

    def close(self) -> None:
        """Close the index, where this retriever opened it from a path."""
        if self._engine is not self.index:
            self._engine.close()

    def _get_relevant_documents(self, query: str, *, run_manager: Any = None, **options: Any) -> list[Document]:
        """The documents; `options` replace attributes of this retriever for one call."""
        asked = self._asked(options)
        content = asked.pop("content")
        check_content(content)
        within = field_filters(asked.pop("filters"), self._engine.zone)
        return [_document(hit, content) for hit in find(self._engine, query, within=within, **asked)]

    async def _aget_relevant_documents(self, query: str, *, run_manager: Any = None, **options: Any) -> list[Document]:
        return await asyncio.to_thread(self._get_relevant_documents, query, **options)

    def _asked(self, options: dict[str, Any]) -> dict[str, Any]:
        asked = {name: getattr(self, name) for name in _ASKED}
        for name, value in options.items():
            if name not in asked:
                raise TypeError(f"{name!r} is not an option of a search; there are: {', '.join(_ASKED)}")
            asked[name] = value
        return asked


_ASKED = ("k", "sort", "since", "until", "filters", "plain", "any", "content", "refresh", "timeout_s")


def _document(hit: Hit, content: Content) -> Document:
    return Document(id=hit.article.id, page_content=text_of(hit, content), metadata=metadata_of(hit))
