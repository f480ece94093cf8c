"""Query tree + index → hits: the plan, the matches, their order, their counts.

It does not read query text (`query`), nor show what it finds (`highlighting`). Docnums
never leave this package.

    plan            query tree → clauses: words analysed
    positional_plan sides of phrases and NEAR → locators
    pattern_plan    patterns and exact words → the terms that stand for them
    plan_context    what these share
    clauses         the kinds of clauses
    vocabulary      the protocol of what a plan asks of an index: words that match, articles with a value
    kernel_vocabulary, whoosh_vocabulary
                    what answers that for each codec
    article_sets    the articles with a value or a number, by columns
    answer          the protocol of an answer: pages of hits, totals, counts
    kernel_answer   the answer that the kernels give
    kernel_segment  a segment as the kernels search it
    exhaustive      the answer from Whoosh's matchers: for Whoosh's codec, and the oracle of the kernels
    position_ranges where in an article a phrase stands, for the exhaustive answer
    ranking         BM25F
    order           sorting and cursors
    counts          facets and timelines
    printed_words   the words as printed of a snapshot
    completion      words and phrases that begin as a text ends
    spelling        words that are known for words that are not
    corrected_trees queries with such words put right
    question        a text as a question → query tree
    feedback        words of the first results → query tree
    similarity      articles like one
    search          all of it, over a snapshot
"""

from searchlib.searching.answer import Deadline
from searchlib.searching.found import Counting, Found
from searchlib.searching.question import Question
from searchlib.searching.search import Searcher

__all__ = ["Counting", "Deadline", "Found", "Question", "Searcher"]
