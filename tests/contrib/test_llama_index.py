"""The retriever for LlamaIndex, against llama-index-core."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

import searchlib
from searchlib import Article, Index, SettingError

pytest.importorskip("llama_index.core", reason="needs llama-index-core: pip install 'searchlib[llama-index]'")

from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode
from llama_index.core.vector_stores.types import (
    FilterCondition,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
)

from searchlib.contrib.llama_index import SearchlibRetriever


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with searchlib.create(tmp_path / "news.index") as index:
        with index.writer() as writer:
            writer.add(
                Article(
                    id="a",
                    title="Dockers strike",
                    body="The dockers want cranes.",
                    section="World",
                    published="2023-09-11",
                )
            )
            writer.add(
                Article(
                    id="b",
                    title="Cranes repaired",
                    body="New cranes.",
                    section="Business",
                    published="2023-10-02",
                    tags=["port", "jobs"],
                )
            )
            writer.add(Article(id="c", title="Old cranes", body="A ferry and cranes.", tags=["museum"]))
        yield index


def ids(nodes: list[NodeWithScore]) -> list[str]:
    return sorted(each.node.node_id for each in nodes)


def narrowed(index: Index, *filters: MetadataFilter | MetadataFilters, condition: str = "and") -> list[str]:
    given = MetadataFilters(filters=list(filters), condition=FilterCondition(condition))
    return ids(SearchlibRetriever(index, filters=given).retrieve("cranes"))


def test_a_node_has_the_text_the_fields_and_the_score_of_its_article(index: Index):
    (found,) = SearchlibRetriever(index).retrieve(QueryBundle("dockers"))

    assert found.node.get_content() == "The dockers want cranes."
    assert (found.node.node_id, found.node.metadata["title"], found.node.metadata["date"]) == (
        "a",
        "Dockers strike",
        "2023-09-11",
    )
    assert found.score == found.node.metadata["score"] > 0
    marked = [
        getattr(index["a"], span["field"])[start:end]
        for span in found.node.metadata["spans"]
        for start, end in span["marks"]
    ]
    assert marked == ["Dockers", "dockers"]


def test_the_model_is_not_shown_what_is_for_programs(index: Index):
    (found,) = SearchlibRetriever(index).retrieve("dockers")

    assert "spans" not in found.node.get_metadata_str("llm")
    assert "Dockers strike" in found.node.get_metadata_str("llm")


def test_dates_and_the_number_of_nodes_narrow(index: Index):
    assert ids(SearchlibRetriever(index, since="2023-10").retrieve("cranes")) == ["b"]
    assert len(SearchlibRetriever(index, similarity_top_k=2).retrieve("cranes")) == 2
    assert [each.node.node_id for each in SearchlibRetriever(index, sort="newest").retrieve("cranes")] == [
        "b",
        "a",
        "c",
    ]


@pytest.mark.parametrize(
    ("key", "operator", "value", "found"),
    [
        ("section", "==", "world", ["a"]),
        ("section", "!=", "World", ["b", "c"]),
        ("section", "in", ["World", "Business"], ["a", "b"]),
        ("section", "nin", ["World"], ["b", "c"]),
        ("section", "is_empty", None, ["c"]),
        ("date", ">=", "2023-09-11", ["a", "b"]),
        ("date", ">", "2023-09-11", ["b"]),
        ("date", "<", "2023-10", ["a"]),
        ("tags", "contains", "Port", ["b"]),
        ("tags", "any", ["port", "museum"], ["b", "c"]),
        ("tags", "all", ["port", "jobs"], ["b"]),
        ("title", "text_match", "old cranes", ["c"]),
    ],
)
def test_filters_of_articles(index: Index, key: str, operator: str, value: object, found: list[str]):
    assert narrowed(index, MetadataFilter(key=key, operator=FilterOperator(operator), value=value)) == found


def test_filters_are_joined_and_nested(index: Index):
    world, ported = MetadataFilter(key="section", value="World"), MetadataFilter(key="tag", value="port")
    either = MetadataFilters(filters=[world, ported], condition=FilterCondition.OR)

    assert narrowed(index, world, ported, condition="or") == ["a", "b"]
    assert narrowed(index, world, ported) == []
    assert narrowed(index, world, ported, condition="not") == ["c"]
    assert narrowed(index, either, MetadataFilter(key="date", operator=FilterOperator.GT, value="2023-09-20")) == ["b"]


@pytest.mark.parametrize(
    ("key", "operator", "value"),
    [("pages", "text_match", "3"), ("tags", "any", "port"), ("pages", ">", "many"), ("date", ">", "soon")],
)
def test_what_cannot_be_expressed_is_refused(index: Index, key: str, operator: str, value: object):
    given = MetadataFilters(filters=[MetadataFilter(key=key, operator=FilterOperator(operator), value=value)])
    with pytest.raises(SettingError, match="filters"):
        SearchlibRetriever(index, filters=given)


def test_nodes_are_put_in_found_by_their_metadata_replaced_and_deleted(tmp_path: Path):
    parent = RelatedNodeInfo(node_id="report")
    node = TextNode(
        id_="n1",
        text="Ferries were late.",
        metadata={"page": 7, "file": "report.pdf"},
        relationships={NodeRelationship.PARENT: parent},
    )
    with searchlib.create(tmp_path / "nodes.index") as index:
        retriever = SearchlibRetriever(index)
        assert retriever.add_nodes([node, TextNode(id_="n2", text="Late trains.", metadata={"page": 8})]) == [
            "n1",
            "n2",
        ]

        (found,) = retriever.retrieve("ferries")
        assert found.node.get_content() == node.text
        assert found.node.relationships == node.relationships
        assert {name: found.node.metadata[name] for name in node.metadata} == node.metadata
        late = MetadataFilters(filters=[MetadataFilter(key="page", operator=FilterOperator.GT, value=7)])
        assert ids(SearchlibRetriever(index, filters=late).retrieve("late")) == ["n2"]

        retriever.add_nodes([TextNode(id_="n1", text="Ferries were on time.")])
        assert ids(retriever.retrieve("late")) == ["n2"]
        assert retriever.delete_nodes(["n1", "n2", "n3"]) == 2
        assert retriever.retrieve("ferries") == []


def test_it_answers_asynchronously_and_by_passages(index: Index):
    retriever = SearchlibRetriever(str(index.path), content="passages")

    (found,) = asyncio.run(retriever.aretrieve("ferry"))
    retriever.close()

    assert found.node.get_content() == "A ferry and cranes."
