"""Text → tokens, per language: one definition for indexing, querying and highlighting.

Positions are stored by `codec` and looked up by `searching`. What must stay true: every
version that reads an index makes the same tokens of the same text. Character ranges are in
the original text, whatever folding does to its length.

    pieces       where a text may be cut
    tokenizer    where the words are
    groups       what is written as one word, and of which parts
    steps        the ways through it
    apostrophes, acronyms, mixed, numbers, unspaced
                 the words that have rules of their own
    folding      which spellings are one word
    languages    which words are forms of one word
    printed      what a sign of a pattern is in words as printed
    stop_words   which words count little in ranking
    sentences    where sentences and paragraphs end
    tagging      stems that carry their language
    analyzer     all of it together
    of_articles  which analyzer an article's text has
    first_rules  what a word of a query is in indexes of the first version
    several      what a word of a query is in several languages
    detection    which language a text is in
"""

from searchlib.analysis.analyzer import Analyzer, Token, analyzer_for
from searchlib.analysis.detection import Detector
from searchlib.analysis.first_rules import first_rules_analyzer
from searchlib.analysis.languages import LANGUAGES
from searchlib.analysis.of_articles import AUTO, ArticleAnalyzers
from searchlib.analysis.printed import as_printed, folded_in_printed_words, folded_in_terms
from searchlib.analysis.several import QueryAnalyzer, SeveralAnalyzers, SharedTerm, SoughtTerm, narrowed
from searchlib.analysis.steps import MAX_JOINED_POSITIONS

__all__ = [
    "AUTO",
    "LANGUAGES",
    "MAX_JOINED_POSITIONS",
    "Analyzer",
    "ArticleAnalyzers",
    "Detector",
    "QueryAnalyzer",
    "SeveralAnalyzers",
    "SharedTerm",
    "SoughtTerm",
    "Token",
    "analyzer_for",
    "as_printed",
    "first_rules_analyzer",
    "folded_in_printed_words",
    "folded_in_terms",
    "narrowed",
]
