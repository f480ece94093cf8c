"""docs/json.md and docs/json-schema.json, made from the schemas.

python -m searchlib.json_schema.page > docs/json.md
python -m searchlib.json_schema.page --schema > docs/json-schema.json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Final

from searchlib.json_schema import ERRORS, articles, command_line, document, explaining, indexes, results
from searchlib.json_schema.shapes import DEFINITIONS, Schema

__all__ = ["page"]

_INTRODUCTION: Final = """\
<!-- Made by: python -m searchlib.json_schema.page > docs/json.md -->

# JSON

Values of searchlib have one form in JSON: in Python, on the command line and on the web. It is described here, and as JSON
Schema 2020-12 in [json-schema.json](json-schema.json). Keys may be added; none is renamed, and none goes.

```python
import json

import searchlib

index = searchlib.open("news.index", create=True)
with index.writer() as writer:
    report = writer.add_all(searchlib.read("examples/articles"))

page = index.search("measles", facets=["publisher"], limit=1)
found = page.as_dict()  # dictionaries, lists, texts, numbers, True, False, None
print(found["total"], [hit["id"] for hit in found["hits"]])
print(json.loads(page.to_json()) == found, report.as_dict()["added"])
```
```text
8 ['urqnzof2jmdrxccdo']
True 50
```

- `as_dict()` is ready for any library that writes JSON. Dates are texts, ISO 8601, and no number is NaN or infinite.
- `to_json()` is the same as one line of text. Characters that control a terminal are escaped in it.
- A hit has what its article has, and no key for what the article lacks. `hit.as_dict(explain=True)` has its `explanation` too.
- A scan has no end that is known to be near: take `hit.as_dict()` of each hit.
- Errors have a form as well ([below](#errors)), and so have the rows of `search_many` that failed.

On the command line, `--json` prints the form of one value, and `--jsonl` that of one hit or line on each line
([which commands](cli.md#output-for-programs)).

In the tables, a key with ? is there only where there is something to say.

## FastAPI and pydantic

An endpoint may return any of these values. With a return annotation FastAPI gives the form that is described here, and
describes it in the OpenAPI document:

```python no-run
from fastapi import FastAPI

app = FastAPI()
index = searchlib.open("news.index")


@app.get("/search")
def search(q: str, page: int = 1) -> searchlib.Page:
    return index.search(q, page=page)


@app.get("/articles/{article_id}")
def article(article_id: str) -> searchlib.Article | None:
    return index.get(article_id)
```

Without an annotation FastAPI takes dataclasses apart by their attributes, as `dataclasses.asdict` does. What is no dataclass
(`Page`, `Hit`, `Facet`, `FacetValue`, `TimelineBucket` and errors) comes in the form that is described here in either case. An
endpoint may also take a `searchlib.Article`; what is wrong with one is answered with 422.

A program that validates asks `searchlib.json_schema` for schemas: `schema_of("Page")` is one that stands alone.
"""

_SECTIONS: Final = {
    "What searches give": results.SCHEMAS,
    "Articles": articles.SCHEMAS,
    "Explanations": explaining.SCHEMAS,
    "Indexes and loads": indexes.SCHEMAS,
    "What only the command line prints": command_line.SCHEMAS,
}
_TYPES: Final = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}


def page() -> str:
    """docs/json.md, in Markdown."""
    parts = [_INTRODUCTION]
    for title, schemas in _SECTIONS.items():
        parts.append(f"## {title}\n")
        for name, schema in schemas.items():
            if name != "Error":
                parts += _section(name, schema)
    parts += ["## Errors\n", *_section("Error", articles.SCHEMAS["Error"], "The facts of each kind:\n")]
    parts.append("\n".join(["| kind | facts |", "|---|---|", *_kinds()]) + "\n")
    return "\n".join(parts)


def _section(name: str, schema: Schema, then: str = "") -> Iterator[str]:
    yield f"### {name}\n"
    yield f"{schema['description']}\n"
    rows = [
        f"| `{key}`{'' if key in schema['required'] else ' ?'} | {_type(value)} | {_cell(value['description'])} |"
        for key, value in schema["properties"].items()
    ]
    yield "\n".join(["| key | value | what it is |", "|---|---|---|", *rows]) + "\n"
    if then:
        yield then


def _kinds() -> Iterator[str]:
    for kind, facts in ERRORS.items():
        yield f"| `{kind}` | {', '.join(f'`{fact}`' for fact in facts) or '–'} |"


def _type(schema: Schema) -> str:
    """What stands under a key, in words."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(DEFINITIONS)
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return f"{_type(schema['anyOf'][0])}, or null"
    if "enum" in schema:
        return "text"
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    if schema.get("type") == "object":
        within = schema["additionalProperties"]
        return f"object of {_type(within)}" if within else "object"
    return _TYPES.get(schema.get("type", ""), "anything")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(arguments: list[str]) -> None:
    """Write the page, or with ``--schema`` the schemas, to standard output."""
    schemas = json.dumps(document(), indent=1, ensure_ascii=False) + "\n"
    sys.stdout.write(schemas if "--schema" in arguments else page())


if __name__ == "__main__":
    main(sys.argv[1:])
