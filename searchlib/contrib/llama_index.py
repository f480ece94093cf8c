"""A retriever for LlamaIndex: ``pip install 'searchlib[llama-index]'``.

retriever = SearchlibRetriever("news.index", similarity_top_k=5, since="2023-09")
nodes = retriever.retrieve("What did the dockers ask for?")
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from os import PathLike
from typing import Any, Final

from searchlib.contrib.conditions import condition
from searchlib.contrib.documents import (
    Content,
    add_articles,
    article_of,
    check_content,
    delete_articles,
    engine_of,
    find,
    made_of,
    metadata_of,
    text_of,
)
from searchlib.engines.base import Engine, Sort
from searchlib.errors import MissingExtraError, SettingError
from searchlib.query import Node, Not, Phrase, all_of, any_of
from searchlib.results import Hit

try:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.schema import BaseNode, MetadataMode, NodeWithScore, QueryBundle, TextNode
    from llama_index.core.vector_stores.types import FilterCondition, FilterOperator, MetadataFilter, MetadataFilters
    from llama_index.core.vector_stores.utils import metadata_dict_to_node, node_to_metadata_dict
except ImportError:
    raise MissingExtraError("llama-index", "the retriever for LlamaIndex") from None

__all__ = ["SearchlibRetriever"]

_SIGNS: Final = {
    FilterOperator.EQ: "==",
    FilterOperator.NE: "!=",
    FilterOperator.GT: ">",
    FilterOperator.GTE: ">=",
    FilterOperator.LT: "<",
    FilterOperator.LTE: "<=",
    FilterOperator.IN: "in",
    FilterOperator.NIN: "not in",
    FilterOperator.CONTAINS: "contains",
}
# Fields of an article whose words a filter can ask for.
_WORD_FIELDS: Final = ("title", "summary", "body", "author", "section", "publisher", "place", "tag", "url")


class SearchlibRetriever(BaseRetriever):
    """Finds articles of an index as LlamaIndex's nodes. It is safe in threads, and shows what other processes commit.

    A node that was put in comes back as it was, with its metadata and relationships, and with "score" and "spans"
    beside its metadata: the exact character ranges of passages and marks. Every other article is a `TextNode`.

    Args:
        index: An index (any engine), or the path of one.
        similarity_top_k: How many nodes to find at most.
        sort: The order of nodes.
        since: Published from this date on, itself included: "2023-09", "last week", a date.
        until: Published up to this date, itself included.
        filters: Conditions on fields of articles ("section", "publisher", "date") or on metadata.
        plain: Whether a query is a text as a person writes it, one word of which is enough; else it is in the query language.
        any: In the query language, whether one word is enough.
        content: What a node's text is: "article" for the body, "passages" for those that answer.
        refresh: Whether to show what other processes have committed before each search.
        timeout_s: How long a search may take, in seconds.
        lock_timeout_s: How long adding and deleting wait for another writer, in seconds.
        options: What LlamaIndex's retrievers take: ``callback_manager``, ``verbose``.

    Raises:
        IndexNotFoundError: There is no index at the path.
        SettingError: An argument cannot have its value.
    """

    def __init__(
        self,
        index: Engine | str | PathLike[str],
        *,
        similarity_top_k: int = 4,
        sort: Sort = "relevance",
        since: str | date | datetime | None = None,
        until: str | date | datetime | None = None,
        filters: MetadataFilters | None = None,
        plain: bool = True,
        any: bool = False,  # noqa: A002 - the word users say
        content: Content = "article",
        refresh: bool = True,
        timeout_s: float | None = None,
        lock_timeout_s: float = 10,
        **options: Any,
    ) -> None:
        check_content(content)
        self._given = index
        self._engine = engine_of(index)
        self._content: Content = content
        self._lock_timeout_s = lock_timeout_s
        self._within = None if filters is None else tree_of(filters, self._engine.zone)
        self._asked: dict[str, Any] = {
            "k": similarity_top_k,
            "sort": sort,
            "since": since,
            "until": until,
            "plain": plain,
            "any": any,
            "refresh": refresh,
            "timeout_s": timeout_s,
        }
        super().__init__(**options)

    def add_nodes(self, nodes: Iterable[BaseNode]) -> list[str]:
        """Add nodes to the index, in one commit; one whose id is there is replaced. Returns their ids.

        Raises:
            IndexLockedError: Another writer did not finish in time.
        """
        nodes = list(nodes)
        articles = [
            article_of(
                node.node_id,
                node.get_content(MetadataMode.NONE),
                node.metadata,
                self._engine.zone,
                kept={"node": node_to_metadata_dict(node, remove_text=True)},
            )
            for node in nodes
        ]
        add_articles(self._engine, articles, timeout_s=self._lock_timeout_s)
        return [node.node_id for node in nodes]

    def delete_nodes(self, node_ids: Iterable[str]) -> int:
        """Delete nodes by their ids, in one commit. Returns how many there were."""
        return delete_articles(self._engine, node_ids, timeout_s=self._lock_timeout_s)

    def close(self) -> None:
        """Close the index, where this retriever opened it from a path."""
        if self._engine is not self._given:
            self._engine.close()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        page = find(self._engine, query_bundle.query_str, within=self._within, **self._asked)
        return [NodeWithScore(node=_node_of(hit, self._content), score=hit.score) for hit in page]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def _node_of(hit: Hit, content: Content) -> BaseNode:
    metadata = metadata_of(hit)
    kept = made_of(hit.article)
    if kept is None or "node" not in kept:
        # What programs cite is metadata; what only programs read is no part of the text that a model is shown.
        return TextNode(
            id_=hit.article.id,
            text=text_of(hit, content),
            metadata=metadata,
            excluded_llm_metadata_keys=["id", "score", "spans"],
            excluded_embed_metadata_keys=["id", "score", "spans"],
        )
    node: BaseNode = metadata_dict_to_node(dict(kept["node"]), text=text_of(hit, content))
    node.metadata = {**node.metadata, "score": metadata["score"], "spans": metadata["spans"]}
    node.excluded_llm_metadata_keys = [*node.excluded_llm_metadata_keys, "score", "spans"]
    node.excluded_embed_metadata_keys = [*node.excluded_embed_metadata_keys, "score", "spans"]
    return node


def tree_of(filters: MetadataFilters, zone: tzinfo) -> Node:
    """The tree that LlamaIndex's filters come to.

    Raises:
        SettingError: A filter cannot be expressed.
    """
    nodes = [
        tree_of(each, zone) if isinstance(each, MetadataFilters) else _filter_of(each, zone) for each in filters.filters
    ]
    if filters.condition == FilterCondition.OR:
        return any_of(nodes)
    if filters.condition == FilterCondition.NOT:
        return all_of([Not(node) for node in nodes])
    return all_of(nodes)


def _filter_of(given: MetadataFilter, zone: tzinfo) -> Node:
    name, value, operator = given.key, given.value, given.operator
    try:
        if operator in _SIGNS:
            return condition(name, _SIGNS[operator], value, zone)
        if operator == FilterOperator.IS_EMPTY:
            return condition(name, "exists", False, zone)
        if operator in (FilterOperator.ANY, FilterOperator.ALL):
            if not isinstance(value, list):
                raise ValueError(f"'{operator.value}' takes a list of values, not {value!r}")
            parts = [condition(name, "contains", each, zone) for each in value]
            return any_of(parts) if operator == FilterOperator.ANY else all_of(parts)
    except ValueError as error:
        raise SettingError("filters", given, str(error)) from error
    # TEXT_MATCH in either case: the words of a field, side by side.
    if name not in _WORD_FIELDS or not isinstance(value, str):
        remedy = (
            f"{operator.value} is for words of {', '.join(_WORD_FIELDS)}; put others into the query, or compare values"
        )
        raise SettingError("filters", given, remedy)
    return Phrase(value, name)
