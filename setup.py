"""The compiled kernels, for setuptools; everything else is in pyproject.toml.

A build fails where they cannot be built: nothing of searchlib works without them.
"""

import logging
import os
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.errors import CompileError

KERNELS = Path("searchlib/kernels")
# -fwrapv is what Python was built with. Sanitizers and the like come from outside, by CFLAGS.
FLAGS = [] if os.name == "nt" else ["-std=c11", "-O3", "-fno-math-errno", "-Wall", "-Wextra", "-Wno-unused-function"]
# Python was built with -g, which is a third of the time and most of the size.
if os.name != "nt" and "CFLAGS" not in os.environ:
    FLAGS.append("-g0")
CORES = os.cpu_count() or 1
NO_COMPILER = (
    "{name} could not be compiled: {error}. To build searchlib takes gcc or clang, and Python's headers: 'apt install "
    "build-essential python3-dev' on Debian and Ubuntu, 'xcode-select --install' on macOS. Microsoft's compiler does "
    "not compile the kernels. Or install a wheel: 'pip install --only-binary searchlib searchlib'."
)


class BuildKernels(build_ext):
    """Compiles several kernels at once, says which are done, and what to do where one cannot be compiled."""

    def finalize_options(self):
        """Settle the options. An editable build forgets what `setup` was given for them."""
        super().finalize_options()
        self.parallel = self.parallel or CORES

    def run(self):
        """Build all: from Cython to C in several processes, then from C in several threads."""
        # Who only asks for the metadata does not wait for Cython.
        from Cython.Build import cythonize

        as_c = cythonize(self.extensions, build_dir="build/cython", nthreads=min(CORES, len(self.extensions)))
        for extension, translated in zip(self.extensions, as_c, strict=True):
            extension.sources = translated.sources
        super().run()

    def build_extension(self, ext):
        """Build one, or raise what says why not."""
        try:
            super().build_extension(ext)
        except CompileError as error:
            raise CompileError(NO_COMPILER.format(name=ext.name, error=str(error).rstrip("."))) from error
        self.announce(f"{ext.name} is compiled.", level=logging.WARNING)


def extensions() -> list[Extension]:
    """A module of each Cython file."""
    headers = [header.as_posix() for header in sorted((*KERNELS.glob("*/*.h"), *KERNELS.glob("*.px[di]")))]
    # The largest first, so that none is begun when the others are done.
    sources = sorted(KERNELS.glob("*.pyx"), key=lambda source: source.stat().st_size, reverse=True)
    return [
        Extension(
            f"searchlib.kernels.{source.stem}",
            [source.as_posix()],
            depends=headers,
            include_dirs=[KERNELS.as_posix()],
            extra_compile_args=FLAGS,
        )
        for source in sources
    ]


# Where processes are not forked, those that Cython starts read this file again.
if __name__ == "__main__":
    setup(cmdclass={"build_ext": BuildKernels}, ext_modules=extensions())
