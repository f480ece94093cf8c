"""Text + matched positions → snippets: the title and the best passages, what matched marked.

Knows no index: an article is matched against the query tree once more, with the analyzer
that the index used, so that a mark stands where the query is answered and nowhere else.

    sought       terms, and words printed in a certain way
    finding      text + what is sought → the tokens that are it
    beginnings   where sentences and paragraphs begin, in positions
    text_words   where what is sought stands in one text
    sequences    positions of words → where they stand side by side or in order
    nearness     what was found of whole sides → where it stands near each other, in order, or alone
    finders      what an operator finds in one text
    leaves       query tree → the words and operators that ask for something in the text
    judging      by which of them an article answers the query
    matching     query tree + texts → where each word or phrase of the query occurs
    graphemes    what is read as one character
    highlighter  all of it together
    contexts     what matched, and what stands around it, line by line
    collocation  which words stand near it more often than elsewhere

`analysis.sentences` says where sentences end. `kernels.snippets` chooses the passages: which fragments show most of
the query, and where a passage around them begins and ends.
"""

from searchlib.highlighting.highlighter import Highlighter

__all__ = ["Highlighter"]
