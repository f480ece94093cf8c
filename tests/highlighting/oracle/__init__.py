"""Snippets again, in plain Python: what the kernels must give, written without them.

`snippet` is the oracle of `Highlighter`. Its constants and rules are its own, so that a change in the library alone, or
here alone, makes the two differ. Shared are: lists of words, what a grapheme is, and how a query tree is matched. Of that
`letters_to_mark` is the oracle.
"""

from highlighting.oracle.marks import letters_to_mark
from highlighting.oracle.snippets import MAX_OCCURRENCES, snippet

__all__ = ["MAX_OCCURRENCES", "letters_to_mark", "snippet"]
