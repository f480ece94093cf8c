"""A FastAPI app that indexes rows as they are saved and searches them, with the reading room mounted below /read."""

import sqlite3
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel

import searchlib
import searchlib.web


class Story(BaseModel):
    title: str
    text: str


def make_app(folder):
    index = searchlib.open(folder / "desk.index", create=True)
    with sqlite3.connect(folder / "desk.sqlite3") as database:
        database.execute("CREATE TABLE IF NOT EXISTS stories (number INTEGER PRIMARY KEY, title, text)")

    @asynccontextmanager
    async def lifespan(_):
        with index:
            yield

    app = FastAPI(lifespan=lifespan)

    # No "async def": these wait for a disk, so FastAPI runs them in threads, which share the index.
    @app.put("/stories/{number}", status_code=201)
    def save(number: int, story: Story):
        with sqlite3.connect(folder / "desk.sqlite3", timeout=30) as database:
            database.execute("REPLACE INTO stories VALUES (?, ?, ?)", (number, story.title, story.text))
        with index.writer(timeout_s=30) as writer:  # Threads and processes that write at once wait for one another.
            writer.add(searchlib.Article(id=f"story-{number}", title=story.title, body=story.text))

    @app.get("/search")
    def search(q: str = ""):
        index.refresh()  # What other processes have committed.
        return index.search(q, limit=20, timeout_s=2).as_dict()

    app.mount("/read", searchlib.web.app(index))
    return app


def main():
    with tempfile.TemporaryDirectory() as folder, TestClient(make_app(Path(folder))) as client:
        client.put("/stories/1", json={"title": "Ferry late", "text": "The ferry waits for the tide."})
        client.put("/stories/1", json={"title": "Ferry on time", "text": "The tide was early."})
        for hit in client.get("/search?q=ferries").json()["hits"]:
            print("ours:", hit["id"], hit["title"])
        print("the reading room's:", client.get("/read/api/search?q=tide").json()["total"], "found")


if __name__ == "__main__":
    main()
