"""Text + matched positions → snippets: the title and the best passages, what matched marked.

Knows no index: an article is matched against the query tree once more, with the analyzer
that the index used, so that a mark stands where the query is answered and nowhere else.

    sequences    positions of terms → where they stand side by side, in order, or near each other
    finding      text + terms → the tokens that are one of them
    matching     query tree + text → where each word or phrase of the query occurs
    graphemes    what is read as one character
    highlighter  all of it together

`analysis.sentences` says where sentences end. `kernels.snippets` chooses the passages: which fragments show most of
the query, and where a passage around them begins and ends.
"""

from searchlib.highlighting.highlighter import Highlighter

__all__ = ["Highlighter"]
