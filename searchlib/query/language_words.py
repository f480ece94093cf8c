"""Which languages a query is about: those that its ``lang:`` asks for."""

from __future__ import annotations

from searchlib.article.language_codes import base_of, language_asked
from searchlib.query.nodes import And, Boosted, Node, Or, Phrase, Word

__all__ = ["languages_asked"]


def languages_asked(node: Node) -> frozenset[str] | None:
    """The languages, by code without region, that all articles found by a tree are in; None where it names none."""
    if isinstance(node, (Word, Phrase)):
        code = language_asked(node.text).code if node.field == "language" else None
        return frozenset((base_of(code),)) if code else None
    if isinstance(node, Boosted):
        return languages_asked(node.node)
    if isinstance(node, (And, Or)):
        asked = [languages_asked(child) for child in node.nodes]
        if isinstance(node, Or):
            named = [languages for languages in asked if languages is not None]
            return frozenset().union(*named) if len(named) == len(asked) else None
        named = [languages for languages in asked if languages is not None]
        return frozenset.intersection(*named) if named else None
    return None
