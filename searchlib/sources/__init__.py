"""Files, streams and records → articles. `read` is the way in; every source is a small module behind it."""

from searchlib.sources.base import FileDone
from searchlib.sources.folders import PassedOver, Skipped
from searchlib.sources.kinds import KINDS
from searchlib.sources.reading import Reading, read

__all__ = ["KINDS", "FileDone", "PassedOver", "Reading", "Skipped", "read"]
