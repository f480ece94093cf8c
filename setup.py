"""The compiled kernels, for setuptools; everything else is in pyproject.toml.

A build fails where they cannot be built: nothing of searchlib works without them.
"""

import logging
import os
import sys
import sysconfig
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.errors import CompileError

KERNELS = Path("searchlib/kernels")
# Sanitizers and the like come from outside, by CFLAGS.
FLAGS = ["-std=c11", "-O3", "-fno-math-errno", "-Wall", "-Wextra", "-Wno-unused-function"]
# Python was built with -g, which is a third of the time and most of the size.
if "CFLAGS" not in os.environ:
    FLAGS.append("-g0")
# On Windows nothing is taken over from how Python was built; elsewhere -fwrapv is.
if os.name == "nt":
    FLAGS += ["-fwrapv", "-fno-sanitize=undefined"]
#: Windows as sysconfig names it → as zig does. Named, it compiles for all such processors, not for the one it runs on.
ZIG_TARGETS = {"win-amd64": "x86_64-windows-gnu", "win-arm64": "aarch64-windows-gnu"}
CORES = os.cpu_count() or 1
NO_COMPILER = (
    "{name} could not be compiled: {error}. To build searchlib takes gcc or clang, and Python's headers: 'apt install "
    "build-essential python3-dev' on Debian and Ubuntu, 'xcode-select --install' on macOS. On Windows zig compiles "
    "(pip installs it for the build), since Microsoft's compiler does not compile the kernels; CC names another. Or "
    "install a wheel: 'pip install --only-binary searchlib searchlib'."
)


def choose_compiler_for_windows() -> str:
    """Kind of compiler for setuptools on Windows; $CC names the command, which is zig's clang if it named none."""
    target = ZIG_TARGETS.get(sysconfig.get_platform())
    if target:
        # With slashes, because what splits the command takes a backslash for an escape.
        python = Path(sys.executable).as_posix()
        os.environ.setdefault("CC", f'"{python}" -m ziglang cc -target {target}')
    return "mingw32"


class BuildKernels(build_ext):
    """Compiles several kernels at once, says which are done, and what to do where one cannot be compiled."""

    def finalize_options(self):
        """Settle the options. An editable build forgets what `setup` was given for them."""
        if os.name == "nt":
            self.compiler = self.compiler or choose_compiler_for_windows()
        super().finalize_options()
        self.parallel = self.parallel or CORES

    def run(self):
        """Build all: from Cython to C in several processes, then from C in several threads."""
        # Who only asks for the metadata does not wait for Cython.
        from Cython.Build import cythonize

        # On Windows one after the other: processes that are not forked each begin anew.
        n_processes = 0 if os.name == "nt" else min(CORES, len(self.extensions))
        as_c = cythonize(self.extensions, build_dir="build/cython", nthreads=n_processes)
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
