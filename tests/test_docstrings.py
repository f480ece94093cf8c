"""Public names say what they are, each with an example, and the examples are run.

The examples of a docstring run in a folder of their own, in which ``articles`` are the sample articles and ``news.index``
an index of them, open as ``index``. `searchlib` and `Article` are imported.
"""

from __future__ import annotations

import doctest
import inspect
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_origin

import pytest

import searchlib
from searchlib import Article

SAMPLES = Path(__file__).resolve().parent.parent / "examples" / "articles"
#: What is not only made and looked at: each of its public methods has an example.
WITH_METHODS = ("ArticleWriter", "Index")


def _documented() -> dict[str, Any]:
    """Every public thing that can have a docstring, by name; of some classes the public methods too."""
    things = {name: getattr(searchlib, name) for name in searchlib.__all__}
    # A Literal can have none; it is what it lists.
    things = {name: thing for name, thing in things.items() if get_origin(thing) is not Literal}
    for name in WITH_METHODS:
        members = inspect.getmembers(
            getattr(searchlib, name), lambda each: callable(each) or isinstance(each, property)
        )
        things |= {f"{name}.{each}": value for each, value in members if not each.startswith("_")}
    return things


def _examples_of(thing: Any) -> list[doctest.Example]:
    return doctest.DocTestParser().get_examples(inspect.getdoc(thing) or "")


def _is_ours(member: Any) -> bool:
    # What a searcher of Whoosh's inherits, Whoosh documents.
    function = member.fget if isinstance(member, property) else member
    return str(getattr(function, "__module__", "")).startswith("searchlib")


def _with_examples() -> list[str]:
    """Public things with examples, and the methods of ours that have some, of any public class."""
    named = _documented()
    for name, thing in list(named.items()):
        if inspect.isclass(thing):
            members = inspect.getmembers(thing, lambda each: callable(each) or isinstance(each, property))
            named |= {
                f"{name}.{each}": value for each, value in members if not each.startswith("_") and _is_ours(value)
            }
    return sorted(name for name, thing in named.items() if _examples_of(thing))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("examples")
    shutil.copytree(SAMPLES, home / "articles")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        with searchlib.create("pristine") as index, index.writer() as writer:
            writer.add_all(searchlib.read("articles"))
    return home


@pytest.fixture
def names(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What an example may use. Whatever it makes is gone with it."""
    monkeypatch.chdir(home)
    shutil.copytree("pristine", "news.index")
    names: dict[str, Any] = {"searchlib": searchlib, "Article": Article, "index": searchlib.open("news.index")}
    first = names["index"]
    yield names
    for value in [first, *names.values()]:
        if isinstance(value, (searchlib.Index, searchlib.Scan)):
            value.close()
    for path in home.iterdir():
        if path.name not in ("pristine", "articles"):
            shutil.rmtree(path)


def test_every_public_name_and_method_has_an_example():
    missing = [name for name, thing in _documented().items() if not _examples_of(thing)]

    assert missing == []


@pytest.mark.parametrize("name", _with_examples())
def test_an_example_prints_what_it_says(name: str, names: dict[str, Any]):
    thing: Any = searchlib
    for each in name.split("."):
        thing = inspect.getattr_static(thing, each) if inspect.isclass(thing) else getattr(thing, each)
    if name in ("Index.frame", "Page.to_pandas"):
        pytest.importorskip("pandas", reason="the example makes a DataFrame")
    examples = _examples_of(thing)
    test = doctest.DocTest(examples, names, name, None, None, None)
    runner = doctest.DocTestRunner(verbose=False)
    said: list[str] = []
    runner.run(test, out=said.append, clear_globs=False)

    assert examples
    assert "".join(said) == ""


def test_examples_stand_under_the_heading_that_the_reference_shows_them_under():
    for thing in _documented().values():
        lines = (inspect.getdoc(thing) or "").splitlines()
        first = next(number for number, line in enumerate(lines) if line.lstrip().startswith(">>>"))

        assert "Examples:" in lines[:first]
