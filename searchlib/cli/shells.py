"""How bash, zsh and fish are told what completes a word.

Each shell calls `searchlib` with the variable ``_SEARCHLIB_COMPLETE``, and is given a line for each candidate. click
knows what is complete; here is what it does not know: a query has colons, quotation marks and spaces, and
these mean something to a shell too.
"""

from __future__ import annotations

import os
import re
from typing import Final

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)

__all__ = ["register_shells"]

# Words end at ":" and "=" in bash, but for a query they do not: only what is behind the last of them is replaced.
_BASH: Final = r"""
%(complete_func)s() {
    local IFS=$'\n' line type value
    COMPREPLY=()
    while IFS=$'\t' read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("$value"); [[ $value == *[:=,] ]] && compopt -o nospace ;;
        esac
    done < <(COMP_LINE="${COMP_LINE:0:COMP_POINT}" %(complete_var)s=bash_complete "$1" 2>/dev/null)
    return 0
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

_ZSH: Final = r"""
#compdef %(prog_name)s
%(complete_func)s() {
    local -a plain open described
    local type key descr
    (( ! $+commands[%(prog_name)s] )) && return 1
    for type key descr in "${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) %(complete_var)s=zsh_complete %(prog_name)s 2>/dev/null)}"; do
        case $type in
            dir) _path_files -/ ;;
            file) _path_files -f ;;
            plain)
                if [[ $descr != _ ]]; then described+=("$key":"$descr")
                elif [[ $key == *[:=,] ]]; then open+=("$key")
                else plain+=("$key"); fi ;;
        esac
    done
    (( $#described )) && _describe -V unsorted described -U
    (( $#open )) && compadd -U -V unsorted -S '' -a open
    (( $#plain )) && compadd -U -V unsorted -a plain
    return 0
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""

_FISH: Final = r"""
function %(complete_func)s
    set -l response (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp) COMP_CWORD=(commandline -ct) %(prog_name)s 2>/dev/null)
    for completion in $response
        set -l metadata (string split -m 1 "," -- $completion)
        switch $metadata[1]
            case dir
                __fish_complete_directories $metadata[2]
            case file
                __fish_complete_path $metadata[2]
            case plain
                echo -- $metadata[2]
        end
    end
end
complete --no-files --keep-order --command %(prog_name)s --arguments "(%(complete_func)s)"
"""

_NOT_PLAIN_IN_BASH: Final = re.compile(r"[^\w@%+=:,./~-]")
_BREAKS: Final = re.compile("[:=]")


class _Bash(BashComplete):
    source_template = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        # One character more, because a line may end in the space before a word that is still empty.
        words = split_arg_string(os.environ.get("COMP_LINE", "") + "x")
        self._incomplete = words.pop()[:-1]
        starts = [at for at, word in enumerate(words) if os.path.basename(word) == "searchlib"]
        return words[(starts[0] if starts else 0) + 1 :], self._incomplete

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.type}\t{self._inserted(item.value) if item.type == 'plain' else item.value}"

    def _inserted(self, value: str) -> str:
        """What is put in place of the part of the word that bash replaces."""
        quote = _open_quote(os.environ.get("COMP_LINE", ""))
        if quote == "'":
            return value.replace("'", r"'\''")
        if quote:
            return re.sub(r'(["$`\\])', r"\\\1", value)
        inserted = _NOT_PLAIN_IN_BASH.sub(lambda found: f"\\{found[0]}", value)
        breaks = len(_BREAKS.findall(self._incomplete))
        return _BREAKS.split(inserted, maxsplit=breaks)[-1] if breaks else inserted


class _Zsh(ZshComplete):
    source_template = _ZSH


class _Fish(FishComplete):
    source_template = _FISH

    def get_completion_args(self) -> tuple[list[str], str]:
        words = split_arg_string(os.environ["COMP_WORDS"] + "x")
        incomplete = words.pop()[:-1]
        return words[1:], incomplete


def register_shells() -> None:
    """Make click take these in place of its own."""
    for shell in (_Bash, _Zsh, _Fish):
        add_completion_class(shell)


def _open_quote(line: str) -> str:
    """The quotation mark that is still open at the end of a command line; "" if none is."""
    quote = ""
    is_escaped = False
    for char in line:
        if is_escaped:
            is_escaped = False
        elif char == "\\" and quote != "'":
            is_escaped = True
        elif quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
    return quote
