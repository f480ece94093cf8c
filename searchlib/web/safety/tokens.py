"""A secret that every request shows: in a header, or, for browsers, once in an address, and then in a cookie."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from searchlib.errors import SettingError

__all__ = ["COOKIE", "Token"]

#: Name of the cookie.
COOKIE: Final = "searchlib-token"

_SCHEME: Final = "bearer "


class Token:
    """The secret. It is compared in constant time, and the cookie has no more than a digest of it.

    Raises:
        SettingError: It is empty, which everybody can show.
    """

    def __init__(self, secret: str) -> None:
        if not secret.strip():
            raise SettingError("token", secret, "give a text that cannot be guessed, or None for no token")
        self._secret = secret.encode("utf-8")
        self._digest = hmac.new(self._secret, b"searchlib cookie", hashlib.sha256).hexdigest()

    def is_shown_by(self, request: Request) -> bool:
        """Whether a request shows it in ``Authorization: Bearer`` or in the cookie."""
        said = request.headers.get("authorization", "")
        if said[: len(_SCHEME)].lower() == _SCHEME and self._is(said[len(_SCHEME) :].strip()):
            return True
        return hmac.compare_digest(request.cookies.get(COOKIE, "").encode("utf-8", "replace"), self._digest.encode())

    def logged_in(self, request: Request) -> Response | None:
        """Where the address has ``token=…``, and it is the secret: the way to the address without it, and the cookie."""
        given = request.query_params.get("token")
        if given is None or not self._is(given):
            return None
        rest = urlencode([pair for pair in request.query_params.multi_items() if pair[0] != "token"])
        # A path that begins with two slashes would be another host's.
        path = "/" + quote(request.scope["path"].lstrip("/\\"))
        response = RedirectResponse(f"{path}?{rest}" if rest else path, status_code=303)
        response.set_cookie(
            COOKIE,
            self._digest,
            path=request.scope.get("root_path", "") or "/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return response

    def _is(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._secret)
