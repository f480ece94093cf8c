"""Text → tokens, per language: one definition for indexing, querying and highlighting.

It is not where positions are stored (`codec`) or looked up (`searching`). What must stay
true: the same text gives the same tokens under every version that reads an index, and
offsets are into the original text, whatever folding does to its length.

    tokenizer   where the words are
    folding     which spellings are one word
    languages   which words are forms of one word
    stop_words  which words say little
    analyzer    all of it together
"""

from searchlib.analysis.analyzer import Analyzer, Token, analyzer_for
from searchlib.analysis.languages import LANGUAGES

__all__ = ["LANGUAGES", "Analyzer", "Token", "analyzer_for"]
