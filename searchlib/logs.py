"""What searchlib tells the standard `logging`: under "searchlib", by layer, and nothing unless somebody listens.

searchlib.index     commits, merges, files that were swept away, waits for another writer
searchlib.search    slow searches, with what they mean; at DEBUG every search
searchlib.sources   records that are no articles

Whoever listens has imported `logging`, so it is not imported here: a command would start later for it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from logging import Logger

__all__ = ["DEBUG", "INFO", "WARNING", "listener"]

#: The levels of `logging`.
DEBUG: Final = 10
INFO: Final = 20
WARNING: Final = 30

_loggers: dict[str, Logger] = {}


def listener(layer: Literal["index", "search", "sources"], level: int) -> Logger | None:
    """The logger of a layer; None where it takes nothing of this level."""
    logging = sys.modules.get("logging")
    if logging is None:
        return None
    logger = _loggers.get(layer)
    if logger is None:
        # Another thread may be importing it just now.
        silent = getattr(logging, "NullHandler", None)
        if silent is None:
            return None
        logger = logging.getLogger(f"searchlib.{layer}")
        if not _loggers:
            # Without it, warnings of a program that has set up no logging are printed.
            logging.getLogger("searchlib").addHandler(silent())
        _loggers[layer] = logger
    return logger if logger.isEnabledFor(level) else None
