"""What an index knows of the files that a load comes upon."""

from __future__ import annotations

import os
from pathlib import Path

from searchlib.engines.base import Engine

__all__ = ["KnownFiles"]


class KnownFiles:
    """Says which files need not be read, because the index has read them and they have not changed.

    Attributes:
        index: The index; None as long as there is none, when every file is to be read.
        rejects: How many records of the files that need not be read are no articles.
    """

    def __init__(self) -> None:
        self.index: Engine | None = None
        self.rejects = 0

    def is_unchanged(self, path: Path, status: os.stat_result, *, options: str) -> bool:
        """As `searchlib.read` asks it."""
        if self.index is None or not self.index.is_unchanged(path, status, options=options):
            return False
        if record := self.index.file(path):
            self.rejects += record.rejects
        return True
