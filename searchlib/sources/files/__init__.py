"""Folders, archives and compressed files → streams of bytes."""
