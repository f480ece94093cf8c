"""Query tree + index → hits: the plan, the matches, their order, their counts.

It does not read query text (`query`), nor show what it finds (`highlighting`). Docnums
never leave this package.

    plan            query tree → clauses: words analysed
    clauses         what a plan consists of
    answer          what a clause finds in a snapshot, to be asked about
    kernel_answer   the answer of the kernels
    kernel_segment  a segment as they search it
    exhaustive      the answer of Whoosh's matchers: for its own codec, and the oracle of the kernels'
    position_ranges where in an article a phrase stands, for the exhaustive answer
    ranking         BM25F
    order           sorting and cursors
    counts          facets and timelines
    search          all of it, over a snapshot
"""

from searchlib.searching.search import Found, Searcher

__all__ = ["Found", "Searcher"]
