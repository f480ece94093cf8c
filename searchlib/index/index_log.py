"""What the log says of an index's life: commits, merges, and what is swept away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from searchlib.index.manifest import Manifest
from searchlib.index.segments import Segment
from searchlib.logs import INFO, listener

__all__ = ["tell_of_commit", "tell_of_merge", "tell_of_sweep"]


def tell_of_commit(directory: Path, manifest: Manifest, took_s: float) -> None:
    """A generation was committed, and making it durable took so many seconds."""
    if logger := listener("index", INFO):
        articles = sum(int(each.codec_facts["articles"]) for each in manifest.segments)
        deleted = sum(each.deleted for each in manifest.segments)
        logger.info(
            "committed generation %d of %s in %.3f s: %d articles in %d segments, %d more deleted",
            manifest.generation,
            directory,
            took_s,
            articles - deleted,
            len(manifest.segments),
            deleted,
        )


def tell_of_merge(directory: Path, segments: Sequence[Segment], merged: Segment, took_s: float) -> None:
    """Segments were merged into one, in so many seconds."""
    if logger := listener("index", INFO):
        articles = sum(segment.doc_count_all() for segment in segments)
        logger.info(
            "merged %d segments of %s in %.3f s: %d articles, %d of them deleted",
            len(segments),
            directory,
            took_s,
            articles,
            articles - merged.doc_count_all(),
        )


def tell_of_sweep(directory: Path, names: Sequence[str]) -> None:
    """Files that no generation in use has were taken away."""
    if names and (logger := listener("index", INFO)):
        logger.info("removed %d files of %s that no generation in use has: %s", len(names), directory, ", ".join(names))
