"""Query text → tree, and tree → text: the query language of every engine.

`parse` answers any text with a tree (`nodes`) and diagnostics; `render` writes a tree as
text. Nothing here knows an analyzer or an index: the engine decides what a word is.

    nodes           what a query means
    limits          how much of it is read
    signs           the signs of the language, and tokens
    scanner         reading the text from left to right
    lexer           text → tokens, by what stands between words (`operators`), before them (`field_prefixes`, `fields`,
                    `foreign`) and in them (`chunks`, `patterns`)
    repair          any tokens → tokens that the grammar can read
    parser          tokens → tree, by operands (`operands`, `phrases`, `restrictions`) and what joins them (`proximity`)
    prose           queries that look like pasted text
    simplify        trees in which one meaning has one shape
    checking        trees that were made by hand
    dates           dates in queries: signs and ranges (`date_clauses`, `date_pairs`), their figures and words
                    (`written_dates`, `relative_dates`), the calendar (`date_periods`)
    render          tree → text; its words are `render_words`
    english         tree → plain English
    language_words  which languages a query is about
    reports         diagnostics, while a query is read
"""

from searchlib.query.checking import find_fault
from searchlib.query.dates import date_range
from searchlib.query.language_words import languages_asked
from searchlib.query.limits import (
    MAX_AT_LEAST,
    MAX_BOOST,
    MAX_DIAGNOSTICS,
    MAX_DISTANCE,
    MAX_EXPANSION,
    MAX_EXPANSION_IN_PHRASE,
    MAX_PATTERN_CHARS,
    MAX_QUERY_CHARS,
    MAX_QUERY_CLAUSES,
    MAX_QUERY_DEPTH,
    MIN_BOOST,
)
from searchlib.query.nodes import (
    SEARCH_FIELDS,
    TEXT_REGIONS,
    VALUE_FIELDS,
    And,
    AtLeast,
    Boosted,
    DateRange,
    Everything,
    Exact,
    Expression,
    Fuzzy,
    Has,
    LengthRange,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Sequence,
    Unit,
    Value,
    Wildcard,
    Word,
)
from searchlib.query.parser import ParsedQuery, parse
from searchlib.query.render import render
from searchlib.query.simplify import all_of, any_of, simplify

__all__ = [
    "MAX_AT_LEAST",
    "MAX_BOOST",
    "MAX_DIAGNOSTICS",
    "MAX_DISTANCE",
    "MAX_EXPANSION",
    "MAX_EXPANSION_IN_PHRASE",
    "MAX_PATTERN_CHARS",
    "MAX_QUERY_CHARS",
    "MAX_QUERY_CLAUSES",
    "MAX_QUERY_DEPTH",
    "MIN_BOOST",
    "SEARCH_FIELDS",
    "TEXT_REGIONS",
    "VALUE_FIELDS",
    "And",
    "AtLeast",
    "Boosted",
    "DateRange",
    "Everything",
    "Exact",
    "Expression",
    "Fuzzy",
    "Has",
    "LengthRange",
    "Near",
    "Node",
    "Not",
    "Nothing",
    "Or",
    "ParsedQuery",
    "Phrase",
    "Sequence",
    "Unit",
    "Value",
    "Wildcard",
    "Word",
    "all_of",
    "any_of",
    "date_range",
    "find_fault",
    "languages_asked",
    "parse",
    "render",
    "simplify",
]
