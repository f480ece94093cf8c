"""Text + matched positions → snippets: the title and the best passages, what matched marked.

Knows no index: an article is matched against the query tree once more, with the analyzer
that the index used, so that a mark stands where the query is answered and nowhere else.

    sequences    places of terms → where they stand side by side, in order, or near each other
    matching     query tree + text → where each word or phrase of the query occurs
    sentences    text → sentences
    cutting      where a text may be cut without tearing a word or a character apart
    framing      a stretch of text → the passage around it
    passages     occurrences → the passages worth reading
    highlighter  all of it together
"""

from searchlib.highlighting.highlighter import Highlighter

__all__ = ["Highlighter"]
