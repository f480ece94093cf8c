"""Engines: they keep articles and answer queries."""
