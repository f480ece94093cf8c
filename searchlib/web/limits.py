"""What one request, and all of them together, may take."""

from __future__ import annotations

from dataclasses import dataclass, fields

from searchlib.errors import SettingError

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may be asked for, and how much of it at a time. Whoever asks for more is told which limit it is.

    Attributes:
        query_chars: Characters of a query, and of every other text of a request.
        address_chars: Characters of an address with all its parameters.
        header_bytes: Bytes of all headers of a request.
        search_s: How long a search may take, in seconds. Then its kernels stop.
        hits: Hits of a page.
        depth: The last hit that can be reached by turning pages.
        facet_values: Values of each facet.
        chosen: Values of facets that are chosen in one request.
        compared: Queries on one timeline.
        contexts: Lines of a concordance.
        context_articles: Articles that are read for one.
        similar: Similar articles.
        completions: Completions.
        export_rows: Articles of an export. A query that finds more is refused, and nothing is cut.
        feed_entries: Entries of a feed.
        threads: How many requests are worked on at a time.
        exports: How many exports are written at a time.
        waiting: How many more may wait for their turn; others are told 503.
        wait_s: How long one waits for its turn, in seconds.
        requests_per_s: Requests that one client may make a second, over time; None for no limit. Clients on the same
            machine are not counted: they are its owner, or a proxy that speaks for many.
        burst: Requests that a client may make at once, after a pause.
    """

    query_chars: int = 10_000
    address_chars: int = 32_768
    header_bytes: int = 32_768
    search_s: float = 5.0
    hits: int = 100
    depth: int = 10_000
    facet_values: int = 1_000
    chosen: int = 100
    compared: int = 8
    contexts: int = 1_000
    context_articles: int = 2_000
    similar: int = 50
    completions: int = 50
    export_rows: int = 1_000_000
    feed_entries: int = 50
    threads: int = 4
    exports: int = 4
    waiting: int = 1_000
    wait_s: float = 20.0
    requests_per_s: float | None = 20.0
    burst: int = 200

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None and field.name == "requests_per_s":
                continue
            kinds = (int, float) if "float" in str(field.type) else (int,)
            if isinstance(value, bool) or not isinstance(value, kinds) or not value > 0:
                raise SettingError(f"limits.{field.name}", value, "give a number above 0")
