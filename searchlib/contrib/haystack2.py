"""A document store and a retriever for Haystack 2: ``pip install 'searchlib[haystack]'``.

store = SearchlibDocumentStore("news.index")
retriever = SearchlibRetriever(store, top_k=5)
documents = retriever.run("What did the dockers ask for?")["documents"]

django-haystack installs a package of the same name, ``haystack``, so that both cannot be in one environment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from os import PathLike, fspath
from typing import Any, Final

from searchlib.article import Article
from searchlib.contrib.conditions import condition
from searchlib.contrib.documents import article_of, delete_articles, engine_of, find, made_of, metadata_of, text_of
from searchlib.engines.base import Engine, Sort
from searchlib.errors import MissingExtraError, SettingError
from searchlib.query import Everything, Node, Not, all_of, any_of
from searchlib.results import Hit

try:
    from haystack import Document, component, default_from_dict, default_to_dict
    from haystack.document_stores.errors import DuplicateDocumentError
    from haystack.document_stores.types import DuplicatePolicy, FilterPolicy, apply_filter_policy
    from haystack.errors import FilterError
except ImportError:
    raise MissingExtraError("haystack", "the document store for Haystack 2") from None

__all__ = ["SearchlibDocumentStore", "SearchlibRetriever"]

_SIGNS: Final = ("==", "!=", ">", ">=", "<", "<=", "in", "not in")
# What a document has beside its text and metadata; all of it is kept, and none searched.
_KEPT: Final = ("blob", "embedding", "sparse_embedding")


class SearchlibDocumentStore:
    """Keeps documents as articles of an index on disk. Articles that came otherwise are documents too.

    Args:
        index: The path of an index, which is made if there is none, or an index (any engine).
        lock_timeout_s: How long writing waits for another writer, in seconds.
    """

    def __init__(self, index: Engine | str | PathLike[str], *, lock_timeout_s: float = 10) -> None:
        self.index = index
        self.lock_timeout_s = lock_timeout_s
        self.engine = engine_of(index, create=True)

    def to_dict(self) -> dict[str, Any]:
        """The store, without its documents, as a pipeline writes it down.

        Raises:
            SettingError: It was made of an engine, which no text can stand for.
        """
        if not isinstance(self.index, (str, PathLike)):
            raise SettingError("index", self.index, "give the path of an index; only that can be written down")
        data: dict[str, Any] = default_to_dict(self, index=fspath(self.index), lock_timeout_s=self.lock_timeout_s)
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> SearchlibDocumentStore:
        """The store that `to_dict` wrote down."""
        store: SearchlibDocumentStore = default_from_dict(cls, data)
        return store

    def close(self) -> None:
        """Close the index, where this store opened it from a path."""
        if self.engine is not self.index:
            self.engine.close()

    def count_documents(self) -> int:
        """How many documents there are."""
        self.engine.refresh()
        return self.engine.stats().articles

    def count_documents_by_filter(self, filters: dict[str, Any]) -> int:
        """How many documents meet a filter.

        Raises:
            FilterError: The filter cannot be expressed.
        """
        self.engine.refresh()
        page = self.engine.search(self.tree_of(filters) or Everything(), limit=0, snippets=False)
        return page.total or 0

    def filter_documents(self, filters: dict[str, Any] | None = None) -> list[Document]:
        """The documents that meet a filter, or all, in order of publication.

        Raises:
            FilterError: The filter cannot be expressed.
        """
        self.engine.refresh()
        with self.engine.scan(self.tree_of(filters) or Everything()) as scan:
            return [_document(hit, with_score=False) for hit in scan]

    def write_documents(self, documents: list[Document], policy: DuplicatePolicy = DuplicatePolicy.NONE) -> int:
        """Add documents, in one commit. Returns how many were written.

        Args:
            documents: With whatever metadata JSON can say.
            policy: What becomes of one whose id is there; NONE is FAIL.

        Raises:
            DuplicateDocumentError: An id is there, and the policy is FAIL; then nothing is written.
            IndexLockedError: Another writer did not finish in time.
            ValueError: They are not a list of documents.
        """
        if not isinstance(documents, Iterable) or isinstance(documents, str):
            raise ValueError("documents have to be a list of haystack.Document")
        documents = list(documents)
        for document in documents:
            if not isinstance(document, Document):
                raise ValueError(f"documents have to be haystack.Document, not {type(document).__name__}")
        with self.engine.writer(timeout_s=self.lock_timeout_s) as writer:
            # Under the lock, so that no other writer adds the same id meanwhile.
            self.engine.refresh()
            written = {}
            for document in documents:
                if policy != DuplicatePolicy.OVERWRITE and (document.id in written or self.engine.get(document.id)):
                    if policy == DuplicatePolicy.SKIP:
                        continue
                    raise DuplicateDocumentError(f"There is a document {document.id!r} already; nothing was written.")
                written[document.id] = True
                writer.add(self._article(document))
        return len(documents) if policy == DuplicatePolicy.OVERWRITE else len(written)

    def delete_documents(self, document_ids: list[str]) -> None:
        """Delete documents by their ids, in one commit; ids that there are not are passed over."""
        delete_articles(self.engine, document_ids, timeout_s=self.lock_timeout_s)

    def delete_by_filter(self, filters: dict[str, Any]) -> int:
        """Delete the documents that meet a filter, in one commit. Returns how many.

        Raises:
            FilterError: The filter cannot be expressed.
        """
        tree = self.tree_of(filters) or Everything()
        with self.engine.writer(timeout_s=self.lock_timeout_s) as writer:
            return writer.delete_by_query(tree)

    def delete_all_documents(self) -> None:
        """Delete every document, in one commit."""
        with self.engine.writer(timeout_s=self.lock_timeout_s) as writer:
            writer.delete_by_query(Everything())

    def update_by_filter(self, filters: dict[str, Any], meta: dict[str, Any]) -> int:
        """Give the documents that meet a filter these metadata, beside what else they have. Returns how many.

        Raises:
            FilterError: The filter cannot be expressed.
        """
        with self.engine.writer(timeout_s=self.lock_timeout_s) as writer:
            found = self.filter_documents(filters)
            for document in found:
                changed = Document.from_dict({**document.to_dict(flatten=False), "meta": {**document.meta, **meta}})
                writer.add(self._article(changed))
        return len(found)

    def search(self, query: str, *, top_k: int, filters: dict[str, Any] | None = None, **asked: Any) -> list[Document]:
        """What a text finds, with scores; ``meta["spans"]`` says where passages and marks stand.

        Args:
            query: A text.
            top_k: How many documents at most.
            filters: In Haystack's language.
            asked: What `SearchlibRetriever` takes: ``sort``, ``since``, ``until``, ``plain``, ``any``, ``timeout_s``.

        Raises:
            FilterError: The filter cannot be expressed.
        """
        page = find(self.engine, query, k=top_k, within=self.tree_of(filters), **asked)
        return [_document(hit, with_score=True) for hit in page]

    async def count_documents_async(self) -> int:
        """As `count_documents`, in a thread."""
        return await asyncio.to_thread(self.count_documents)

    async def filter_documents_async(self, filters: dict[str, Any] | None = None) -> list[Document]:
        """As `filter_documents`, in a thread."""
        return await asyncio.to_thread(self.filter_documents, filters)

    async def write_documents_async(
        self, documents: list[Document], policy: DuplicatePolicy = DuplicatePolicy.NONE
    ) -> int:
        """As `write_documents`, in a thread."""
        return await asyncio.to_thread(self.write_documents, documents, policy)

    async def delete_documents_async(self, document_ids: list[str]) -> None:
        """As `delete_documents`, in a thread."""
        await asyncio.to_thread(self.delete_documents, document_ids)

    def tree_of(self, filters: Mapping[str, Any] | None) -> Node | None:
        """The tree that a filter of Haystack comes to; None for no filter.

        Raises:
            FilterError: It cannot be expressed.
        """
        if not filters:
            return None
        if "field" in filters:
            return self._comparison(filters)
        operator, conditions = _required(filters, "operator"), _required(filters, "conditions")
        nodes = [node for each in conditions if (node := self.tree_of(each)) is not None]
        if operator == "AND":
            return all_of(nodes)
        if operator == "OR":
            return any_of(nodes)
        if operator == "NOT":
            return Not(all_of(nodes))
        raise FilterError(f"Unknown logical operator {operator!r}; there are AND, OR and NOT.")

    def _comparison(self, given: Mapping[str, Any]) -> Node:
        name, sign, value = (_required(given, each) for each in ("field", "operator", "value"))
        name = name.removeprefix("meta.")
        if sign not in _SIGNS:
            raise FilterError(f"Unknown comparison operator {sign!r}; there are {', '.join(_SIGNS)}.")
        if sign in ("in", "not in") and not isinstance(value, list):
            raise FilterError(f"{sign!r} takes a list of values, not {value!r}.")
        if name in ("content", *_KEPT):
            raise FilterError(f"{name!r} is not searched by filters; search for words of a content with a query.")
        try:
            return condition(name, sign, value, self.engine.zone)
        except ValueError as error:
            raise FilterError(f"{name} {sign} {value!r}: {error}.") from error

    def _article(self, document: Document) -> Article:
        data = document.to_dict(flatten=False)
        kept = {name: data[name] for name in _KEPT if data[name] is not None}
        if document.content is None:
            kept["content"] = None
        return article_of(document.id, document.content or "", document.meta, self.engine.zone, kept=kept)


@component
class SearchlibRetriever:
    """Finds the documents of a store by a text.

    Args:
        document_store: The store.
        filters: In Haystack's language; those of a run replace them, or are met too, as `filter_policy` says.
        top_k: How many documents to find at most.
        sort: The order of documents.
        since: Published from this date on, itself included: "2023-09", "last week".
        until: Published up to this date, itself included.
        plain: Whether a query is a text as a person writes it, one word of which is enough; else it is in the query language.
        any: In the query language, whether one word is enough.
        filter_policy: What becomes of `filters` where a run has some of its own.
    """

    def __init__(
        self,
        document_store: SearchlibDocumentStore,
        *,
        filters: dict[str, Any] | None = None,
        top_k: int = 10,
        sort: Sort = "relevance",
        since: str | None = None,
        until: str | None = None,
        plain: bool = True,
        any: bool = False,  # noqa: A002 - the word users say
        filter_policy: FilterPolicy = FilterPolicy.REPLACE,
    ) -> None:
        self.document_store = document_store
        self.filters = filters
        self.top_k = top_k
        self.filter_policy = filter_policy
        self._asked: dict[str, Any] = {"sort": sort, "since": since, "until": until, "plain": plain, "any": any}

    def to_dict(self) -> dict[str, Any]:
        """The component as a pipeline writes it down."""
        data: dict[str, Any] = default_to_dict(
            self,
            document_store=self.document_store.to_dict(),
            filters=self.filters,
            top_k=self.top_k,
            filter_policy=self.filter_policy.value,
            **self._asked,
        )
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> SearchlibRetriever:
        """The component that `to_dict` wrote down."""
        given = dict(data["init_parameters"])
        given["document_store"] = SearchlibDocumentStore.from_dict(given["document_store"])
        given["filter_policy"] = FilterPolicy.from_str(given["filter_policy"])
        retriever: SearchlibRetriever = default_from_dict(cls, {**data, "init_parameters": given})
        return retriever

    @component.output_types(documents=list[Document])
    def run(
        self, query: str, filters: dict[str, Any] | None = None, top_k: int | None = None
    ) -> dict[str, list[Document]]:
        """The documents that a text finds, the best first.

        Raises:
            FilterError: A filter cannot be expressed.
        """
        filters = apply_filter_policy(self.filter_policy, self.filters, filters)
        limit = self.top_k if top_k is None else top_k
        return {"documents": self.document_store.search(query, top_k=limit, filters=filters, **self._asked)}

    @component.output_types(documents=list[Document])
    async def run_async(
        self, query: str, filters: dict[str, Any] | None = None, top_k: int | None = None
    ) -> dict[str, list[Document]]:
        """As `run`, in a thread."""
        return await asyncio.to_thread(self.run, query, filters, top_k)


def _required(given: Mapping[str, Any], name: str) -> Any:
    if name not in given:
        raise FilterError(f"{name!r} is missing in {dict(given)!r}.")
    return given[name]


def _document(hit: Hit[Any], *, with_score: bool) -> Document:
    article = hit.article
    kept = made_of(article) or {}
    meta = metadata_of(hit) if with_score or not kept else dict(kept["metadata"])
    score = meta.pop("score", None) if with_score or not kept else None
    if not kept:
        meta.pop("id", None)
    data = {
        "id": article.id,
        "content": None if "content" in kept else text_of(hit),
        "meta": meta,
        "score": score if with_score else None,
        **{name: kept[name] for name in _KEPT if name in kept},
    }
    return Document.from_dict(data)
