"""Seats in other programs cost those nothing who do not sit in them, and say what is missing."""

from __future__ import annotations

import subprocess
import sys

import pytest

# module → its extra, and the packages that are not installed.
EXTRAS = {
    "langchain": ("langchain", ["langchain_core"]),
    "llama_index": ("llama-index", ["llama_index"]),
    "haystack2": ("haystack", ["haystack"]),
    "haystack": ("django-haystack", ["haystack"]),
    "datasette": ("datasette", ["datasette"]),
}


def _printed(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True).stdout


@pytest.mark.parametrize("module", EXTRAS)
def test_a_missing_package_is_named_with_its_extra(module: str):
    extra, packages = EXTRAS[module]
    program = f"""
import sys
for name in {packages!r}:
    sys.modules[name] = None
try:
    import searchlib.contrib.{module}
except ImportError as error:
    print(type(error).__name__, error.extra, str(error))
"""
    told = _printed(program)

    assert told.startswith(f"MissingExtraError {extra} ")
    assert f"pip install 'searchlib[{extra}]'" in told


def test_the_package_haystack_of_haystack_2_is_not_taken_for_that_of_django_haystack():
    pytest.importorskip("haystack.dataclasses", reason="needs haystack-ai")
    program = """
try:
    import searchlib.contrib.haystack
except ImportError as error:
    print(error.extra)
"""
    assert _printed(program) == "django-haystack\n"


def test_the_library_imports_none_of_them():
    program = """
import searchlib, sys
names = ("searchlib.contrib", "langchain_core", "llama_index", "haystack", "django", "pydantic")
print([name for name in names if name in sys.modules])
"""
    assert _printed(program) == "[]\n"
