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
    field_values    the values of a field over all segments, for facets
    answer          the protocol of an answer: pages of hits, totals, counts
    kernel_answer   the answer that the kernels give
    kernel_segment  a segment as the kernels search it
    exhaustive      the answer from Whoosh's matchers: for Whoosh's codec, and the oracle of the kernels; where words stand is
                    `exhaustive_positions`, which terms they are `asked_terms` and `companions`
    position_ranges where in one article a phrase stands, or two things near each other
    ranking         BM25F
    order           sorting and cursors; by other keys, `sort_keys`
    publication_order
                    every match in order of publication, in memory that does not grow
    counts          facets and timelines
    spellings       which spellings of a value are one
    printed_words   the words as printed of a snapshot
    word_counts     how often they stand in its texts
    completion      words and phrases that begin as a text ends
    spelling        words that are known for words that are not
    corrected_trees queries with such words put right
    question        a text as a question → query tree
    feedback        words of the first results → query tree
    similarity      articles like one
    one_article     one article against the clauses of a plan, from its text
    planned_parts   a query tree and its plan, side by side
    explain         why an article has its score, and what a query means
    why_not         why a query does not find an article; the queries near it that do are of `relaxations`
    found           what is counted, and what was found
    search          all of it, over a snapshot
"""

from searchlib.searching.answer import NO_DEADLINE, Deadline, deadline_of
from searchlib.searching.found import NOTHING_COUNTED, Counting, Found
from searchlib.searching.question import Question
from searchlib.searching.search import Searcher

__all__ = ["NOTHING_COUNTED", "NO_DEADLINE", "Counting", "Deadline", "Found", "Question", "Searcher", "deadline_of"]
