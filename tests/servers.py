"""A real server in a thread, for what only HTTP itself shows."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from searchlib.web import serving

__all__ = ["said", "served"]


@contextmanager
def served(path: Path, **options: Any) -> Iterator[int]:
    """Within it, an index is served as `searchlib serve` does. Gives the port."""
    settings = serving.Serving(indexes={"news": str(path)}, is_logged=False, **options)
    with serving.listening("127.0.0.1", 0) as listener:
        server = serving._Server(serving._config(settings, settings.app()))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(30)


def said(port: int, request: bytes) -> bytes:
    """Everything that the server says to some bytes, until it ends the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(request)
        answer = b""
        try:
            while piece := client.recv(65_536):
                answer += piece
        except ConnectionResetError:
            pass
        return answer
