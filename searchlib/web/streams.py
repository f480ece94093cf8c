"""Answers of any length: made in pieces, each in a thread when it is its turn, and sent in between.

A slow client holds no thread, since nothing is made before what was made is on its way. A client that is gone, or takes
nothing for a while, ends the work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import anyio
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from searchlib.web.room import Room

__all__ = ["Stream"]

# How long a client may take for a piece, in seconds.
_STALLED_S: Final = 60.0


class Stream(Response):
    """An answer that is sent as it is made.

    Args:
        room: In whose threads it is made.
        make: Gives the next piece, b"" at the end. It is called in a thread, never in two at a time.
        close: Called in the end, whether it was the end or not.
        media_type: What it is.
        headers: Further headers.
    """

    def __init__(
        self,
        room: Room,
        make: Callable[[], bytes],
        close: Callable[[], object],
        *,
        media_type: str,
        headers: Mapping[str, str],
    ) -> None:
        self.status_code = 200
        self.media_type = media_type
        self.background = None
        self.init_headers(dict(headers))
        self._room = room
        self._make = make
        self._close = close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, until it ends or nobody takes it any more."""
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            if scope["method"] != "HEAD":
                await self._send_pieces(receive, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except ClientDisconnect:
            pass
        finally:
            self._close()

    async def _send_pieces(self, receive: Receive, send: Send) -> None:
        while piece := await self._room.run(self._make):
            if await _is_gone(receive):
                raise ClientDisconnect
            try:
                with anyio.fail_after(_STALLED_S):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            except (TimeoutError, OSError):
                raise ClientDisconnect from None


async def _is_gone(receive: Receive) -> bool:
    """Whether the client has ended the connection."""
    with anyio.CancelScope() as scope:
        scope.cancel()
        message = await receive()
        return bool(message["type"] == "http.disconnect")
    return False
