"""Who may reach a server that a command starts: its token, and what another address than this machine's asks for."""

from __future__ import annotations

import secrets
from typing import Final

import click

from searchlib.web.safety.hosts import is_loopback

__all__ = ["NEW_TOKEN", "check_who_may", "made_token", "public_option", "token_option"]

#: What is given in place of a token to have one made up.
NEW_TOKEN: Final = "new"  # noqa: S105 - a word, no secret
_MIN_TOKEN_CHARS: Final = 16
_NEW_TOKEN_BYTES: Final = 24

token_option = click.option(
    "--token",
    metavar="SECRET",
    envvar="SEARCHLIB_TOKEN",
    help="Let only those in who have it; 'new' makes one up; else $SEARCHLIB_TOKEN.",
)
public_option = click.option("--public", is_flag=True, help="Let everybody in who reaches the address.")


def made_token(token: str | None) -> str | None:
    """The token that was given, or one that cannot be guessed where `NEW_TOKEN` was."""
    return secrets.token_urlsafe(_NEW_TOKEN_BYTES) if token == NEW_TOKEN else token


def check_who_may(host: str, token: str | None, *, public: bool) -> None:
    """Refuse a token that protects nothing, and an address that others reach without a word on who may read.

    Raises:
        click.UsageError: The token can be guessed or shown by no header; or there is none, and others reach the host.
    """
    if token is not None and not (token.isascii() and token.isprintable() and " " not in token):
        raise click.UsageError(
            "a token is of letters, digits and signs of ASCII, so that a browser and a header can show it",
            click.get_current_context(),
        )
    if token is not None and len(token) < _MIN_TOKEN_CHARS:
        raise click.UsageError(
            f"a token of fewer than {_MIN_TOKEN_CHARS} characters can be guessed; --token {NEW_TOKEN} makes one up",
            click.get_current_context(),
        )
    if not is_loopback(host) and token is None and not public:
        raise click.UsageError(
            f"others reach {host}: give --token, so that only those read who have it, or --public, so that everybody does",
            click.get_current_context(),
        )
