"""Addresses as a client outside of a page needs them, and which of an article's may be a link."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

__all__ = ["absolute", "is_link"]


def absolute(request: Request, address: str) -> str:
    """An address of this server, with the scheme and the host that it was asked by."""
    return f"{request.url.scheme}://{request.url.netloc}{address}"


def is_link(url: str) -> bool:
    """Whether an article's address may be a link: one of HTTP, and nothing that a browser would run."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and url.isprintable()
