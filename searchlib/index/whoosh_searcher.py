"""Whoosh's searcher over an index of articles: what Whoosh documents, kept where Whoosh itself does not keep it.

Words of title, summary and body are in the field ``text``; highlights, key terms and similar articles can be asked for
by any of the four names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from whoosh import classify, highlight
from whoosh.collectors import CollapseCollector, FilterCollector, WrappingCollector
from whoosh.searching import Results, Searcher

from searchlib.index.whoosh_queries import STORED_TEXTS, as_searched, facet_as_searched
from searchlib.schema import TEXT

__all__ = ["WhooshSearcher"]


class WhooshSearcher(Searcher):
    """Whoosh's searcher, whose best hits for a limit are the first of all hits, and whose counts are right.

    While it collects, Whoosh replaces matchers by others that can still give a score that is high enough; some of these
    lose hits, as that of an `AndNot` around an `Or`. Its collectors here replace none. A collector that a program
    makes by itself does as Whoosh does, unless it is made with ``replace=0``. Queries are run as `as_searched` says.

    Examples:
        >>> with index.whoosh.searcher() as searcher:
        ...     print(searcher.doc_count())
        50
    """

    def collector(
        self,
        limit: int | None = 10,
        sortedby: Any = None,
        reverse: bool = False,
        groupedby: Any = None,
        collapse: Any = None,
        collapse_limit: int = 1,
        collapse_order: Any = None,
        optimize: bool = True,
        filter: Any = None,  # noqa: A002 - Whoosh's name
        mask: Any = None,
        **options: Any,
    ) -> Any:
        """Whoosh's collector for these options of `search`, replacing no matcher."""
        if limit is not None and limit < 1:
            raise ValueError("limit must be >= 1")
        zone = self._zone
        collector = super().collector(
            # What is collapsed is known when all is collected.
            limit=limit if collapse is None else None,
            sortedby=facet_as_searched(sortedby, zone),
            reverse=reverse,
            groupedby=facet_as_searched(groupedby, zone),
            optimize=optimize,
            **options,
        )
        innermost = collector
        while isinstance(innermost, WrappingCollector):
            innermost = innermost.child
        innermost.replace = 0
        if collapse is not None:
            key, order = facet_as_searched(collapse, zone), facet_as_searched(collapse_order, zone)
            collector = _CollapseCollector(collector, key, collapse_limit, order, limit)
        return FilterCollector(collector, filter, mask) if filter or mask else collector

    def search(self, q: Any, **options: Any) -> Any:
        """Whoosh's results of a query; the options are those of `whoosh.searching.Searcher.search`."""
        found = super().search(q, **options)
        found.__class__ = _Results
        found.highlighter = _Highlighter()
        return found

    def search_with_collector(self, q: Any, collector: Any, context: Any = None) -> None:
        """Run a query with a collector."""
        super().search_with_collector(as_searched(q, self._zone), collector, context)

    def docs_for_query(self, q: Any, for_deletion: bool = False) -> Any:
        """The docnums that match a query."""
        return super().docs_for_query(as_searched(q, self._zone), for_deletion)

    def key_terms(
        self,
        docnums: Iterable[int],
        fieldname: str,
        numterms: int = 5,
        model: Any = classify.Bo1Model,
        normalize: bool = True,
    ) -> Any:
        """(term, weight) of the terms that tell these articles from others, most important first."""
        names = _texts_of(fieldname)
        if not names:
            return super().key_terms(docnums, fieldname, numterms, model, normalize)
        expander = classify.Expander(self.reader(), TEXT, model=model)
        for docnum in docnums:
            stored = self.stored_fields(docnum)
            for text in [stored[name] for name in names if stored.get(name)]:
                expander.add_text(text)
        return expander.expanded_terms(numterms, normalize=normalize)

    def key_terms_from_text(self, fieldname: str, text: str, **options: Any) -> Any:
        """As `key_terms`, of a text."""
        return super().key_terms_from_text(TEXT if _texts_of(fieldname) else fieldname, text, **options)

    def more_like(
        self,
        docnum: int,
        fieldname: str,
        text: str | None = None,
        top: int = 10,
        numterms: int = 5,
        model: Any = classify.Bo1Model,
        normalize: bool = False,
        filter: Any = None,  # noqa: A002 - Whoosh's name
    ) -> Any:
        """Results of articles that share key terms with an article, which is not among them."""
        options = {"numterms": numterms, "model": model, "normalize": normalize}
        if _texts_of(fieldname) and text is None:
            stored = self.stored_fields(docnum)
            text = "\n\n".join(stored[name] for name in _texts_of(fieldname) if stored.get(name))
        name = TEXT if _texts_of(fieldname) else fieldname
        return super().more_like(docnum, name, text=text, top=top, filter=filter, **options)

    @property
    def _zone(self) -> tzinfo | None:
        # A plain Whoosh index has none.
        return getattr(self._ix, "zone", None)


def _texts_of(name: str) -> tuple[str, ...]:
    """The stored texts whose words a field has."""
    if name == TEXT:
        return STORED_TEXTS
    return (name,) if name in STORED_TEXTS else ()


class _Results(Results):
    def key_terms(
        self,
        fieldname: str,
        docs: int = 10,
        numterms: int = 5,
        model: Any = classify.Bo1Model,
        normalize: bool = True,
    ) -> Any:
        """(term, weight) of the terms that tell the best of these articles from others."""
        docnums = [docnum for _, docnum in self.top_n[:docs]]
        return self.searcher.key_terms(docnums, fieldname, numterms, model, normalize) if docnums else []


class _Highlighter(highlight.Highlighter):
    """Marks in title, summary and body what is searched for in the field of their words."""

    def highlight_hit(self, hitobj: Any, fieldname: str, text: str | None = None, **options: Any) -> str:
        """The best fragments of a stored text, what matched marked."""
        if fieldname == TEXT and text is None:
            text = "\n\n".join(hitobj[name] for name in STORED_TEXTS if hitobj.get(name))
        if fieldname in STORED_TEXTS:
            text = hitobj[fieldname] if text is None else text
        name = TEXT if _texts_of(fieldname) else fieldname
        marked: str = super().highlight_hit(hitobj, name, text=text, **options)
        return marked


class _CollapseCollector(CollapseCollector):
    """Leaves out all but the best articles of each key, once all are collected.

    Whoosh's collector leaves them out one by one as it goes: it counts them again, and a hit that was pushed out of a
    limited list by one that is left out later does not come back.

    Args:
        child: Collects all that match.
        keyfacet: What gives the key of an article; those without one are all kept.
        limit: How many are kept of each key.
        order: Which of them are the best; None for the order of the results.
        wanted: How many results are wanted; None for all.
    """

    def __init__(self, child: Any, keyfacet: Any, limit: int, order: Any, wanted: int | None) -> None:
        super().__init__(child, keyfacet, limit=limit, order=order)
        self._wanted = wanted
        self._keys: dict[int, Any] = {}
        self._order: dict[int, Any] = {}
        self._found: Any = None

    def collect_matches(self) -> None:
        """Collect all of a segment."""
        for docnum in self.child.matches():
            self.collect(docnum)

    def collect(self, sub_docnum: int) -> Any:
        """Collect one article of a segment."""
        child, keyer = self.child, self.keyer
        if key := keyer.key_to_name(keyer.key_for(child.matcher, sub_docnum)):
            docnum = child.offset + sub_docnum
            self._keys[docnum] = key
            if self.orderer:
                self._order[docnum] = self.orderer.key_for(child.matcher, sub_docnum)
        return child.collect(sub_docnum)

    def count(self) -> int:
        """How many are kept."""
        return len(self.results())

    def results(self) -> Any:
        """The results that are kept."""
        if self._found is not None:
            return self._found
        found = self.child.results()
        docnums = [docnum for _, docnum in found.top_n]
        dropped = self._dropped(docnums)
        self.collapsed_counts = defaultdict(int, Counter(self._keys[docnum] for docnum in dropped))
        self.collapsed_total = len(dropped)
        kept = [item for item in found.top_n if item[1] not in dropped]
        found.docset = {docnum for _, docnum in kept}
        found.top_n = kept[: self._wanted]
        found.collapsed_counts = self.collapsed_counts
        found.collector = self
        found._total = len(kept)
        self._found = found
        return found

    def _dropped(self, docnums: list[int]) -> set[int]:
        groups: dict[Any, list[int]] = defaultdict(list)
        for docnum in docnums:
            if docnum in self._keys:
                groups[self._keys[docnum]].append(docnum)
        if self._order:
            for group in groups.values():
                group.sort(key=self._order.__getitem__)
        return {docnum for group in groups.values() for docnum in group[self.limit :]}
