"""What an error means to who typed a command: what happened, and a command or an option that helps.

The library's own messages name its functions and arguments. Here the same facts are told in words of the shell.
"""

from __future__ import annotations

import errno
import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from searchlib.errors import (
    IndexCorruptError,
    IndexExistsError,
    IndexLockedError,
    IndexNotFoundError,
    SearchlibError,
    SearchTimeoutError,
    SettingError,
    UpgradeNeededError,
)

__all__ = ["in_words_of_the_shell", "message_of", "system_message"]

#: What the library says → what that is on a command line.
_WORDS: Final = (
    ("what page.next of the page before was", '--after what "next" was in the --json of the page before'),
    ("go on with after=page.next beyond", 'go on with --after beyond, and "next" of --json'),
    ("(max_articles)", "(--max-articles)"),
    ("timeout_s", "--timeout-s"),
)
#: Settings whose options are called otherwise.
_OPTIONS: Final = {"chosen": "choose", "timeline": "timeline", "questions": "questions"}
#: Settings that are options by their own name.
_SAME_NAMES: Final = frozenset(
    [
        "limit",
        "page",
        "after",
        "sort",
        "facets",
        "facet_limit",
        "facet_prefix",
        "timeline",
        "share",
        "since",
        "until",
        "any",
        "plain",
        "expand",
        "columns",
        "language",
        "fallback_language",
        "timezone",
        "memory_mb",
        "timeout_s",
        "width",
        "collocates",
        "context_words",
        "max_articles",
        "replace",
        "jobs",
        "table",
        "sql",
    ]
)
# Files of an index, but for the manifest that says which of them it is made of.
_PARTS: Final = ("s_*.seg", "s_*.trm", "s_*.fil", "write.lock")


def message_of(error: SearchlibError) -> str:
    """What happened, to what, and what to type."""
    tell = _MESSAGES.get(type(error))
    return in_words_of_the_shell(str(error)) if tell is None else tell(error)


def in_words_of_the_shell(message: str) -> str:
    """A message of the library with the options of commands in place of its arguments."""
    for ours, theirs in _WORDS:
        message = message.replace(ours, theirs)
    return message


def system_message(error: OSError) -> str:
    """What the system refused, and what may be done about it."""
    what = error.strerror or str(error) or type(error).__name__
    if not isinstance(error.filename, (str, bytes)):
        return what
    path = os.fsdecode(error.filename)
    help_of = _SYSTEM_HELP.get(error.errno or 0)
    return f"{path}: {what}" + ("" if help_of is None else f". {help_of.format(path=shlex.quote(path))}")


def _not_found(error: IndexNotFoundError) -> str:
    path = error.path
    option = f"--index {shlex.quote(path)}"
    begin = f"There is no index at {path}"
    folder = Path(path)
    if folder.exists() and not folder.is_dir():
        return f"{begin}, which is a file. An index is a folder; name one with --index or $SEARCHLIB_INDEX."
    if _has_parts(folder):
        return (
            f"{begin}: the folder has files of one, but no manifest-*.json, which says which of them it is made of. "
            f"Restore the folder from a backup, or make the index anew: 'searchlib index FILES --index OTHER'."
        )
    return f"{begin}. Make one with 'searchlib index FILES {option}', or name another with --index or $SEARCHLIB_INDEX."


def _exists(error: IndexExistsError) -> str:
    folder = Path(error.path)
    if folder.is_dir() and _has_parts(folder):
        return _not_found(IndexNotFoundError(error.path))
    what = "a file" if not folder.is_dir() else "a folder with other files in it, and no index"
    return (
        f"{error.path} is {what}. Name another place with --index or $SEARCHLIB_INDEX; "
        "the folder of an index is made by itself."
    )


def _locked(error: IndexLockedError) -> str:
    return (
        f"{error.path} is being written by {error.holder}; waited {error.waited_s:g} s. Try again when it has finished; "
        "'searchlib index' waits longer with --timeout-s."
    )


def _timed_out(error: SearchTimeoutError) -> str:
    return (
        f"The search took longer than {error.timeout_s:g} s. Narrow the query, or allow more with --timeout-s; "
        "'searchlib query --partial' prints what is found until then."
    )


def _upgrade_needed(error: UpgradeNeededError) -> str:
    old = (
        f"{error.feature} needs {error.what} {error.needed}, and {error.path} has parts of {error.what} {error.found}"
        if error.found < error.needed
        else f"{error.feature} needs what parts of {error.path} lack, which an earlier version or Whoosh wrote"
    )
    return f"{old}. Rewrite them: 'searchlib upgrade --index {shlex.quote(error.path)}'."


def _corrupt(error: IndexCorruptError) -> str:
    return (
        f"{error.file}: expected {error.expected}, found {error.got}. The file changed after it was committed; "
        f"restore the index from a backup, or index the articles anew. "
        f"'searchlib verify --index {shlex.quote(error.path)}' says what else is damaged."
    )


def _setting(error: SettingError) -> str:
    message = in_words_of_the_shell(str(error))
    name = error.setting
    if name not in _SAME_NAMES and name not in _OPTIONS:
        return message
    option = _OPTIONS.get(name, name).replace("_", "-")
    said = message.removeprefix(f"{name} cannot be ") if name != "timeout_s" else message.partition(" cannot be ")[2]
    if said == message:
        return message
    if name == "limit":
        said += ", or all"
    # A flag is true or it is not there.
    return f"--{option}: {said.partition(': ')[2]}" if error.value is True else f"--{option} cannot be {said}"


def _has_parts(folder: Path) -> bool:
    return any(True for pattern in _PARTS for _ in folder.glob(pattern)) if folder.is_dir() else False


_MESSAGES: Final[dict[type, Callable[[Any], str]]] = {
    IndexNotFoundError: _not_found,
    IndexExistsError: _exists,
    IndexLockedError: _locked,
    SearchTimeoutError: _timed_out,
    UpgradeNeededError: _upgrade_needed,
    IndexCorruptError: _corrupt,
    SettingError: _setting,
}

_DENIED: Final = "You may not read or write it; 'ls -ld {path}' says who may"
_FULL: Final = "Free some space ('df -h' says where) and run it again; what was committed before is kept"
_SYSTEM_HELP: Final = {
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: "Its disk can only be read; name another place",
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: "A limit on the size of files was reached ('ulimit -f' says it); what was committed before is kept",
    errno.EMFILE: "Too many files are open; 'ulimit -n 4096' allows more",
}
