"""Bylines and datelines: who wrote an article, for which agency, and where."""
