"""A backend of django-haystack: ``pip install 'searchlib[django-haystack]'``.

HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "searchlib.contrib.haystack.SearchlibEngine", "PATH": "/srv/news.index"}}

    fields       fields of search indexes → what an article has of them, and lookups → trees
    language     query text with such fields in it → tree
    lookups      filters of a SearchQuerySet → query text
    counting     facets
    results      articles → results of haystack
    backend      indexing and searching

Haystack 2 installs a package of the same name, ``haystack``, so that both cannot be in one environment; its seat is
`searchlib.contrib.haystack2`.
"""

from searchlib.errors import MissingExtraError

try:
    import haystack.backends  # noqa: F401 - Haystack 2 has none
except ImportError:
    raise MissingExtraError("django-haystack", "the backend of django-haystack") from None

from searchlib.contrib.haystack.backend import SearchlibBackend, SearchlibEngine
from searchlib.contrib.haystack.lookups import SearchlibQuery

__all__ = ["SearchlibBackend", "SearchlibEngine", "SearchlibQuery"]
