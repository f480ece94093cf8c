"""The compiled kernels, for setuptools; everything else is in pyproject.toml.

Where they cannot be built, the installation goes on without them: indexes are then on Whoosh's own codec.
"""

import os
from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup

KERNELS = Path("searchlib/kernels")
# -fwrapv is what Python was built with. Sanitizers and the like come from outside, by CFLAGS.
FLAGS = [] if os.name == "nt" else ["-std=c11", "-O3", "-fno-math-errno", "-Wall", "-Wextra", "-Wno-unused-function"]
# Python was built with -g, which is a third of the time and most of the size.
if os.name != "nt" and "CFLAGS" not in os.environ:
    FLAGS.append("-g0")
CORES = os.cpu_count() or 1


def extensions() -> list[Extension]:
    """A module of each Cython file, as C."""
    headers = [header.as_posix() for header in sorted((*KERNELS.glob("*/*.h"), *KERNELS.glob("*.pxi")))]
    # The largest first, so that none is begun when the others are done.
    sources = sorted(KERNELS.glob("*.pyx"), key=lambda source: source.stat().st_size, reverse=True)
    modules = [
        Extension(
            f"searchlib.kernels.{source.stem}",
            [source.as_posix()],
            depends=headers,
            include_dirs=[KERNELS.as_posix()],
            extra_compile_args=FLAGS,
            optional=True,
        )
        for source in sources
    ]
    return cythonize(modules, build_dir="build/cython", nthreads=min(CORES, len(modules)))


# Where processes are not forked, those that Cython starts read this file again.
if __name__ == "__main__":
    setup(ext_modules=extensions(), options={"build_ext": {"parallel": CORES}})
