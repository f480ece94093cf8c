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

setup(
    ext_modules=cythonize(
        [
            Extension(
                f"searchlib.kernels.{source.stem}",
                [source.as_posix()],
                depends=[header.as_posix() for header in sorted((*KERNELS.glob("*/*.h"), *KERNELS.glob("*.pxi")))],
                include_dirs=[KERNELS.as_posix()],
                extra_compile_args=FLAGS,
            )
            for source in sorted(KERNELS.glob("*.pyx"))
        ],
        build_dir="build/cython",
    )
)
