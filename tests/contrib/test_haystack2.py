"""The document store and retriever for Haystack 2, against haystack-ai and its own tests of document stores."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

import searchlib
from searchlib import Article, IndexLockedError, SettingError

haystack = pytest.importorskip("haystack", reason="needs haystack-ai: pip install 'searchlib[haystack]'")
if not hasattr(haystack, "component"):
    pytest.skip("the package haystack is django-haystack's here", allow_module_level=True)

from haystack import Document, Pipeline  # noqa: E402
from haystack.document_stores.errors import DuplicateDocumentError  # noqa: E402
from haystack.document_stores.types import DuplicatePolicy, FilterPolicy  # noqa: E402
from haystack.errors import FilterError  # noqa: E402
from haystack.testing.document_store import (  # noqa: E402
    CountDocumentsByFilterTest,
    CountDocumentsTest,
    DeleteAllTest,
    DeleteByFilterTest,
    DeleteDocumentsTest,
    FilterDocumentsTest,
    UpdateByFilterTest,
    WriteDocumentsTest,
)

from searchlib.contrib.haystack2 import SearchlibDocumentStore, SearchlibRetriever  # noqa: E402


@pytest.fixture
def document_store(tmp_path: Path) -> Iterator[SearchlibDocumentStore]:
    store = SearchlibDocumentStore(tmp_path / "documents.index")
    yield store
    store.close()


class TestStandard(
    CountDocumentsTest,
    CountDocumentsByFilterTest,
    WriteDocumentsTest,
    UpdateByFilterTest,
    DeleteDocumentsTest,
    DeleteAllTest,
    DeleteByFilterTest,
    FilterDocumentsTest,
):
    @staticmethod
    def assert_documents_are_equal(received: list[Document], expected: list[Document]) -> None:
        """Documents without a date have no order but that of their ids."""
        assert sorted(received, key=lambda each: each.id) == sorted(expected, key=lambda each: each.id)

    def test_write_documents(self, document_store: SearchlibDocumentStore) -> None:
        document = Document(content="test doc")
        assert document_store.write_documents([document]) == 1
        with pytest.raises(DuplicateDocumentError):
            document_store.write_documents([document])


def contents(documents: list[Document]) -> list[str | None]:
    return sorted((document.content for document in documents), key=str)


@pytest.fixture
def late(document_store: SearchlibDocumentStore) -> SearchlibDocumentStore:
    document_store.write_documents(
        [
            Document(id="1", content="The ferry is late.", meta={"line": 3, "date": "2023-09-11", "section": "Sea"}),
            Document(
                id="2", content="The train is late.", meta={"line": 12, "date": "2023-10-01", "stops": ["A", "B"]}
            ),
            Document(
                id="3", content="The bus is late, as the train is.", meta={"line": 2.5, "operator": {"name": "Red"}}
            ),
        ]
    )
    return document_store


def test_a_document_comes_back_as_it_was(document_store: SearchlibDocumentStore):
    documents = [
        Document(
            content="  Two  spaces.\n", meta={"page": 3, "tags": ["a"], "nested": {"x": [1, None]}}, embedding=[0.5, 1]
        ),
        Document(content=None, meta={"picture": True}),
        Document(content="", meta={"title": "Empty", "language": "no language at all"}),
    ]
    document_store.write_documents(documents)

    received = {document.id: document for document in document_store.filter_documents()}
    assert received == {document.id: document for document in documents}


def test_a_failed_write_leaves_nothing(late: SearchlibDocumentStore):
    with pytest.raises(DuplicateDocumentError):
        late.write_documents([Document(id="4", content="new"), Document(id="1", content="old")], DuplicatePolicy.FAIL)

    assert late.count_documents() == 3
    with pytest.raises(DuplicateDocumentError):
        late.write_documents([Document(id="5", content="one"), Document(id="5", content="two")], DuplicatePolicy.FAIL)
    assert (
        late.write_documents([Document(id="5", content="one"), Document(id="5", content="two")], DuplicatePolicy.SKIP)
        == 1
    )


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"field": "meta.line", "operator": ">", "value": 2.5}, ["1", "2"]),
        ({"field": "line", "operator": "<=", "value": 3}, ["1", "3"]),
        ({"field": "meta.line", "operator": "==", "value": 3.0}, ["1"]),
        ({"field": "meta.line", "operator": "==", "value": "3"}, []),
        ({"field": "meta.date", "operator": ">=", "value": "2023-09-11T12:00:00"}, ["2"]),
        ({"field": "meta.date", "operator": "==", "value": "2023-10-01T00:00:00Z"}, ["2"]),
        ({"field": "meta.operator.name", "operator": "==", "value": "Red"}, ["3"]),
        ({"field": "meta.operator.name", "operator": "==", "value": "red"}, []),
        ({"field": "meta.stops", "operator": "==", "value": ["A", "B"]}, ["2"]),
        ({"field": "meta.stops", "operator": "!=", "value": None}, ["2"]),
        ({"field": "id", "operator": "in", "value": ["1", "3"]}, ["1", "3"]),
        ({"operator": "NOT", "conditions": [{"field": "meta.line", "operator": ">", "value": 2}]}, []),
    ],
)
def test_filters(late: SearchlibDocumentStore, filters: dict[str, object], found: list[str]):
    assert sorted(document.id for document in late.filter_documents(filters)) == found


@pytest.mark.parametrize(
    "filters",
    [
        {"field": "content", "operator": "==", "value": "late"},
        {"field": "meta.line", "operator": "~", "value": 1},
        {"field": "meta.date", "operator": ">", "value": "someday"},
        {"operator": "XOR", "conditions": []},
    ],
)
def test_what_cannot_be_expressed_is_a_filter_error(late: SearchlibDocumentStore, filters: dict[str, object]):
    with pytest.raises(FilterError):
        late.filter_documents(filters)


def test_the_retriever_gives_scores_and_spans(late: SearchlibDocumentStore):
    (document,) = SearchlibRetriever(late).run(
        "Where is the ferry?", {"field": "meta.line", "operator": "==", "value": 3}
    )["documents"]

    assert document.score is not None
    assert document.score > 0
    spans = [(span["start"], span["end"], span["marks"]) for span in document.meta["spans"]]
    assert spans == [(0, 18, [[0, 3], [4, 9], [10, 12]])]


def test_filters_of_a_run_replace_or_join_those_of_the_retriever(late: SearchlibDocumentStore):
    own = {"field": "meta.section", "operator": "==", "value": "Sea"}
    given = {"field": "meta.line", "operator": "<", "value": 10}

    def found(policy: FilterPolicy) -> list[str]:
        retriever = SearchlibRetriever(late, filters=own, filter_policy=policy)
        return sorted(document.id for document in retriever.run("late", given)["documents"])

    assert found(FilterPolicy.REPLACE) == ["1", "3"]
    assert found(FilterPolicy.MERGE) == ["1"]


def test_dates_narrow_the_retriever(late: SearchlibDocumentStore):
    found = SearchlibRetriever(late, since="2023-09-15").run("late", top_k=5)["documents"]

    assert contents(found) == ["The train is late."]


def test_a_pipeline_is_written_down_and_read_again(late: SearchlibDocumentStore):
    pipeline = Pipeline()
    pipeline.add_component("retriever", SearchlibRetriever(late, top_k=1, plain=False))
    text = pipeline.dumps()

    again = (
        Pipeline.loads(text, allowed_modules=["searchlib"])
        if "allowed_modules" in _arguments()
        else Pipeline.loads(text)
    )
    found = again.run({"retriever": {"query": "bus train"}})["retriever"]["documents"]
    again.get_component("retriever").document_store.close()

    assert contents(found) == ["The bus is late, as the train is."]


def _arguments() -> tuple[str, ...]:
    return Pipeline.loads.__func__.__code__.co_varnames


def test_it_works_asynchronously(late: SearchlibDocumentStore):
    async def act() -> tuple[int, list[str | None], int]:
        await late.write_documents_async([Document(id="4", content="The tram is late.")])
        found = (await SearchlibRetriever(late).run_async("tram"))["documents"]
        await late.delete_documents_async(["4"])
        return len(await late.filter_documents_async()), contents(found), await late.count_documents_async()

    assert asyncio.run(act()) == (3, ["The tram is late."], 3)


def test_articles_of_an_index_are_documents(tmp_path: Path):
    with searchlib.create(tmp_path / "news.index") as index:
        with index.writer() as writer:
            writer.add(Article(id="a", title="Strike", body="Dockers strike.", section="World", published="2023-09"))
            writer.add(Article(id="b", title="Cranes", body="New cranes.", agency="Wire"))
        store = SearchlibDocumentStore(index)

        def found(field: str, operator: str, value: object) -> list[str]:
            filters = {"field": field, "operator": operator, "value": value}
            return [document.id for document in store.filter_documents(filters)]

        assert found("meta.section", "==", "WORLD") == ["a"]
        assert found("meta.section", "==", None) == ["b"]
        assert found("meta.date", ">=", "2023-09") == ["a"]
        assert found("meta.date", ">", "2023-09") == []
        assert found("meta.agency", "!=", None) == ["b"]
        assert found("meta.agency", "in", ["wire"]) == ["b"]
        (document,) = SearchlibRetriever(store).run("dockers")["documents"]
        assert (document.content, document.meta["title"], document.meta["date"]) == (
            "Dockers strike.",
            "Strike",
            "2023-09",
        )
        with pytest.raises(SettingError):
            store.to_dict()


def test_another_writer_is_waited_for_and_named(late: SearchlibDocumentStore):
    late.lock_timeout_s = 0
    with late.engine.writer(), pytest.raises(IndexLockedError):
        late.write_documents([Document(content="new")])
