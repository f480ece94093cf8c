"""The retriever for LangChain, against langchain-core and its standard tests."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

import searchlib
from searchlib import Article, Index, SettingError

pytest.importorskip("langchain_core", reason="needs langchain-core: pip install 'searchlib[langchain]'")
standard = pytest.importorskip("langchain_tests.integration_tests", reason="needs langchain-tests")

from langchain_core.documents import Document  # noqa: E402

from searchlib.contrib.langchain import SearchlibRetriever  # noqa: E402

ARTICLES = [
    Article(
        id="a",
        title="Dockers strike at Port Ellery",
        body="The dockers walked out on Monday.\n\nThey ask for safer cranes.",
        section="World",
        publisher="Kesswick Wire",
        published="2023-09-11",
        url="https://example.org/a",
    ),
    Article(
        id="b",
        title="Cranes repaired",
        body="New cranes stand in the port.",
        section="Business",
        published="2023-10-02",
    ),
    Article(id="c", title="Port museum opens", body="Old cranes and a ferry.", section="World", published="2024-01-05"),
]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with searchlib.create(tmp_path / "news.index") as index:
        with index.writer() as writer:
            writer.add_all(ARTICLES)
        yield index


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestStandard(standard.RetrieversIntegrationTests):  # type: ignore[name-defined]
    @pytest.fixture(autouse=True)
    def _index(self, index: Index) -> None:
        self.index = index

    @property
    def retriever_constructor(self) -> type[SearchlibRetriever]:
        return SearchlibRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, object]:
        return {"index": self.index}

    @property
    def retriever_query_example(self) -> str:
        return "Which cranes are in the port?"


def ids(documents: list[Document]) -> list[str]:
    return sorted(document.id or "" for document in documents)


def test_a_document_has_the_text_the_fields_and_the_score_of_its_article(index: Index):
    (document,) = SearchlibRetriever(index=index).invoke("dockers")

    assert document.page_content == ARTICLES[0].body
    metadata = {name: document.metadata[name] for name in ("id", "title", "date", "publisher", "url", "section")}
    assert metadata == {
        "id": "a",
        "title": "Dockers strike at Port Ellery",
        "date": "2023-09-11",
        "publisher": "Kesswick Wire",
        "url": "https://example.org/a",
        "section": "World",
    }
    assert document.metadata["score"] > 0


def test_spans_are_the_characters_of_the_article(index: Index):
    (document,) = SearchlibRetriever(index=index).invoke("dockers")
    article = index["a"]

    marked = [
        getattr(article, span["field"])[start:end]
        for span in document.metadata["spans"]
        for start, end in span["marks"]
    ]
    assert marked == ["Dockers", "dockers"]


def test_passages_are_pieces_of_the_body(index: Index):
    (document,) = SearchlibRetriever(index=index, content="passages").invoke("safer cranes dockers", k=1)

    spans = [span for span in document.metadata["spans"] if span["field"] == "body"]
    body = index[document.id or ""].body
    assert document.page_content == "\n\n".join(body[span["start"] : span["end"]] for span in spans)


def test_dates_and_fields_narrow(index: Index):
    retriever = SearchlibRetriever(index=index)

    assert ids(retriever.invoke("cranes")) == ["a", "b", "c"]
    assert ids(retriever.invoke("cranes", since="2023-10")) == ["b", "c"]
    assert ids(retriever.invoke("cranes", until="2023-09")) == ["a"]
    assert ids(retriever.invoke("cranes", filters={"section": "world"})) == ["a", "c"]
    assert ids(
        retriever.invoke("cranes", filters={"section": ["World", "Business"], "publisher": "Kesswick Wire"})
    ) == ["a"]


def test_filters_of_the_constructor_hold_for_every_call(index: Index):
    assert ids(SearchlibRetriever(index=index, filters={"section": "World"}, since="2024").invoke("cranes")) == ["c"]


def test_a_sentence_finds_by_any_of_its_words_and_the_query_language_by_all(index: Index):
    question = "Was there any ferry strike?"

    assert ids(SearchlibRetriever(index=index).invoke(question)) == ["a", "c"]
    assert SearchlibRetriever(index=index, plain=False).invoke("ferry strike") == []
    assert ids(SearchlibRetriever(index=index, plain=False, any=True).invoke("ferry strike")) == ["a", "c"]


def test_signs_of_a_pasted_question_mean_nothing(index: Index):
    assert ids(SearchlibRetriever(index=index).invoke('"ferry -old" (NOT')) == ["c"]


def test_it_answers_asynchronously(index: Index):
    retriever = SearchlibRetriever(index=index)

    async def both() -> list[list[Document]]:
        return await asyncio.gather(retriever.ainvoke("ferry"), retriever.ainvoke("dockers"))

    assert [ids(found) for found in asyncio.run(both())] == [["c"], ["a"]]


def test_documents_are_added_replaced_and_deleted_and_stay_on_disk(tmp_path: Path):
    path = str(tmp_path / "documents.index")
    documents = [
        Document(id="1", page_content="  The ferry is late.\n", metadata={"source": "timetable.pdf", "page": 3}),
        Document(id="2", page_content="The train is late.", metadata={"source": "board", "page": 4, "title": "Trains"}),
    ]
    SearchlibRetriever.from_documents(documents, index=path).close()

    retriever = SearchlibRetriever(index=path)
    (found,) = retriever.invoke("ferry")
    assert found.page_content == documents[0].page_content
    assert {name: found.metadata[name] for name in ("source", "page")} == documents[0].metadata
    assert ids(retriever.invoke("late", filters={"page": 4})) == ["2"]
    assert ids(retriever.invoke("late", filters={"source": "Board"})) == []
    assert ids(retriever.invoke("late", filters={"source": ["board", "timetable.pdf"]})) == ["1", "2"]

    retriever.add_documents([Document(id="1", page_content="The ferry is on time.")])
    assert ids(retriever.invoke("late")) == ["2"]
    assert retriever.delete(["2", "none"]) == 1
    assert retriever.invoke("train") == []
    retriever.close()


def test_what_another_process_commits_is_found(index: Index):
    retriever = SearchlibRetriever(index=str(index.path))
    assert retriever.invoke("lighthouse") == []
    with index.writer() as writer:
        writer.add(Article(id="d", title="Lighthouse", body="White again."))

    assert ids(retriever.invoke("lighthouse")) == ["d"]
    retriever.close()


@pytest.mark.parametrize("wrong", [{"content": "words"}, {"filters": "section"}, {"filters": {"date": "someday"}}])
def test_what_cannot_be_is_refused_when_the_retriever_is_made(index: Index, wrong: dict[str, object]):
    with pytest.raises((SettingError, ValueError)):
        SearchlibRetriever(index=index, **wrong)  # type: ignore[arg-type]


def test_an_option_that_there_is_not_is_named(index: Index):
    with pytest.raises(TypeError, match="'top'"):
        SearchlibRetriever(index=index).invoke("ferry", top=3)
