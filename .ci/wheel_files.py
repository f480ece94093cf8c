"""Say what a wheel lacks, or has too much, beside the files of the package: `python .ci/wheel_files.py WHEEL`. 1 if anything."""

import subprocess
import sys
import zipfile
from pathlib import PurePosixPath

#: What a build is made of, and is not installed.
SOURCES = {".pyx", ".pxd", ".pxi", ".h", ".c"}
MANUAL = "share/man/man1/searchlib.1"

listed = subprocess.run(
    ["git", "ls-files", "searchlib"], capture_output=True, check=True, text=True
).stdout.splitlines()
package = {name for name in listed if PurePosixPath(name).suffix not in SOURCES}
kernels = {PurePosixPath(name).stem for name in listed if name.endswith(".pyx")}
with zipfile.ZipFile(sys.argv[1]) as wheel:
    names = [name for name in wheel.namelist() if not name.endswith("/")]
compiled = {PurePosixPath(name).name.partition(".")[0] for name in names if name.endswith((".so", ".pyd"))}
files = {name for name in names if name.startswith("searchlib/") and not name.endswith((".so", ".pyd"))}

wrong = [f"it lacks {name}" for name in sorted(package - files)]
wrong += [f"it has {name}, which is not in the repository" for name in sorted(files - package)]
wrong += [f"it lacks the kernel {name}" for name in sorted(kernels - compiled)]
if not any(name.endswith(f".data/data/{MANUAL}") for name in names):
    wrong.append(f"it lacks {MANUAL}")
print(*wrong, sep="\n", end="\n" if wrong else "")
print(f"the wheel has {len(files)} files and {len(compiled)} kernels")
sys.exit(bool(wrong))
