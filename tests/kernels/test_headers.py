"""What holds for every C header and Cython face of the kernels, whatever it does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import searchlib

KERNELS = Path(searchlib.__file__).parent / "kernels"
HEADERS = sorted(KERNELS.glob("*/*.h"))
FACES = sorted(path for kind in ("*.pyx", "*.pxd", "*.pxi") for path in KERNELS.glob(kind))
PYTHON_INCLUDES = Path(sysconfig.get_paths()["include"])

pytestmark = pytest.mark.skipif(not HEADERS, reason="the sources of the kernels are not installed")

_EXTERN = re.compile(r"^cdef extern from [^\n]*\n(?:(?: +[^\n]*)?\n)*", re.MULTILINE)
_STRUCT = re.compile(
    r"^( +)(?:ctypedef |cdef )?(?:packed )?(?:struct|union) (\w+):([^\n]*)\n((?:\1 +[^\n]*\n)*)", re.MULTILINE
)
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_FUNCTION = re.compile(
    r"^(?:SEARCHLIB_HOT )?(?:SEARCHLIB_INLINE|static)\b[^(;={]*?\b(\w+)\((?=[^;{]*\) ?[{;])", re.MULTILINE
)


def _name(path: Path) -> str:
    return path.relative_to(KERNELS).as_posix()


def _each(paths: list[Path]) -> list[Any]:
    """A parameter for each file."""
    return [pytest.param(path, id=_name(path)) for path in paths]


@cache
def _code() -> str:
    """All that is compiled, without comments and without what faces declare of headers."""
    headers = [_COMMENT.sub("", path.read_text(encoding="utf-8")) for path in HEADERS]
    faces = [_EXTERN.sub("", path.read_text(encoding="utf-8")) for path in FACES]
    return "\n".join([*headers, *faces])


@cache
def _named() -> Counter[str]:
    """How often each name stands in the code."""
    return Counter(re.findall(r"\b\w+\b", _code()))


@cache
def _defined() -> Counter[str]:
    """How often each function is defined or declared."""
    return Counter(_FUNCTION.findall(_code()))


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
@pytest.mark.parametrize("header", _each(HEADERS))
def test_a_header_compiles_by_itself_without_a_warning(header: Path, compiler: str, tmp_path: Path):
    if shutil.which(compiler) is None:
        pytest.skip(f"there is no {compiler} on this machine")
    needs_python = "python_text" in header.read_text(encoding="utf-8")
    if needs_python and not (PYTHON_INCLUDES / "Python.h").exists():
        pytest.skip("Python's headers are not installed")
    alone = tmp_path / "alone.c"
    alone.write_text(f'#include "{_name(header)}"\n')
    includes = ["-I", str(KERNELS), "-isystem", str(PYTHON_INCLUDES)]

    made = subprocess.run(
        [compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", *includes, str(alone)],
        capture_output=True,
        text=True,
    )

    assert made.stderr == ""
    assert made.returncode == 0


@pytest.mark.parametrize("face", _each(FACES))
def test_a_face_repeats_no_field_of_a_c_struct(face: Path):
    text = face.read_text(encoding="utf-8")
    repeated = {
        struct: (first + body).strip()
        for extern in _EXTERN.findall(text)
        for _, struct, first, body in _STRUCT.findall(extern)
        if (first + body).strip() != "pass"
    }

    assert repeated == {}


@pytest.mark.parametrize("face", _each([face for face in FACES if face.suffix == ".pyx"]))
def test_a_face_ends_where_its_headers_are_all_above(face: Path):
    text = face.read_text(encoding="utf-8")

    assert text.endswith('\n\ninclude "face.pxi"\n')


def test_a_repeated_field_would_be_noticed():
    extern = 'cdef extern from "a.h" nogil:\n    ctypedef struct one:\n        pass\n    ctypedef struct two:\n        int n\n\n'

    (found,) = _EXTERN.findall(extern + "cdef int after\n")

    assert found == extern
    assert [(struct, body.strip()) for _, struct, _, body in _STRUCT.findall(found)] == [
        ("one", "pass"),
        ("two", "int n"),
    ]


@pytest.mark.parametrize("header", _each(HEADERS))
def test_every_function_of_a_header_is_called(header: Path):
    text = _COMMENT.sub("", header.read_text(encoding="utf-8"))
    defined = _FUNCTION.findall(text)

    assert [name for name in defined if _named()[name] <= _defined()[name]] == []


@pytest.mark.parametrize("header", _each(HEADERS))
def test_a_header_says_first_what_it_is_and_guards_itself_by_its_name(header: Path):
    text = header.read_text(encoding="utf-8")
    guard = f"SEARCHLIB_{header.stem.upper()}_H"

    assert text.startswith("/* ")
    assert f"#ifndef {guard}\n#define {guard}\n" in text
    assert len({path.stem for path in HEADERS}) == len(HEADERS)


NOTHING = r"""
#include <stdio.h>

#include "bytes/arena.h"
#include "bytes/compare.h"
#include "bytes/varints.h"

int main(void) {
    arena a = {0};
    byte_buffer b = {0};
    void *one = arena_take(&a, 0), *other = arena_take(&a, 0);
    int failed = buffer_append(&b, NULL, 0);
    printf("%d %d %d %d\n", one && other && one != other, failed, compare_bytes(NULL, 0, NULL, 0),
           compare_bytes(NULL, 0, (const uint8_t *)"a", 1) < 0);
    arena_free(&a);
    buffer_free(&b);
    return 0;
}
"""


@pytest.mark.skipif(shutil.which("gcc") is None, reason="there is no gcc on this machine")
def test_nothing_can_be_allocated_appended_and_compared(tmp_path: Path):
    source, program = tmp_path / "nothing.c", tmp_path / "nothing"
    source.write_text(NOTHING)
    flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-fsanitize=undefined", "-fsanitize-undefined-trap-on-error"]
    subprocess.run(["gcc", *flags, "-I", str(KERNELS), "-o", str(program), str(source)], check=True)

    made = subprocess.run([str(program)], capture_output=True, text=True, check=True)

    assert made.stdout == "1 0 0 1\n"
