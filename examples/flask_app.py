"""A Flask app that indexes rows as they are saved and searches them, with the reading room mounted below /read."""

import sqlite3
import tempfile
from pathlib import Path

from a2wsgi import ASGIMiddleware
from flask import Flask, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware

import searchlib
import searchlib.web


def make_app(folder):
    index = searchlib.open(folder / "desk.index", create=True)
    app = Flask(__name__)
    app.index = index
    with sqlite3.connect(folder / "desk.sqlite3") as database:
        database.execute("CREATE TABLE IF NOT EXISTS stories (number INTEGER PRIMARY KEY, title, text)")

    @app.put("/stories/<int:number>")
    def save(number):
        story = request.get_json()
        with sqlite3.connect(folder / "desk.sqlite3", timeout=30) as database:
            database.execute("REPLACE INTO stories VALUES (?, ?, ?)", (number, story["title"], story["text"]))
        with index.writer(timeout_s=30) as writer:  # Threads and processes that write at once wait for one another.
            writer.add(searchlib.Article(id=f"story-{number}", title=story["title"], body=story["text"]))
        return {"id": f"story-{number}"}, 201

    @app.get("/search")
    def search():
        index.refresh()  # What other processes have committed.
        page = index.search(request.args.get("q", ""), limit=20, timeout_s=2)
        return {"total": page.total, "hits": [hit.as_dict() for hit in page]}

    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/read": ASGIMiddleware(searchlib.web.app(index))})
    return app


def main():
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder))
        client = app.test_client()
        client.put("/stories/1", json={"title": "Ferry late", "text": "The ferry waits for the tide."})
        client.put("/stories/1", json={"title": "Ferry on time", "text": "The tide was early."})
        for hit in client.get("/search?q=ferries").json["hits"]:
            print("ours:", hit["id"], hit["title"])
        print("the reading room's:", client.get("/read/api/search?q=tide").json["total"], "found")
        app.index.close()


if __name__ == "__main__":
    main()
