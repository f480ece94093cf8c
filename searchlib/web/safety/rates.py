"""How often each client may ask: a bucket of tokens each, which fills over time."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

__all__ = ["Rates", "client_key"]

_MOST_CLIENTS: Final = 10_000
# Whoever has an address of IPv6 has all of its network.
_NETWORK_BITS: Final = 64


class Rates:
    """The buckets of all clients, in memory that is bounded: the client that was quiet for longest is forgotten first.

    Args:
        per_s: Requests a second, over time.
        burst: Requests at once, after a pause.
        clock: The time in seconds.
    """

    def __init__(self, per_s: float, burst: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_s = per_s
        self._burst = burst
        self._clock = clock
        # Client → tokens that were left, and when.
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, client: str) -> float:
        """Count a request. Returns 0 if it may be answered, else after how many seconds the client may ask again."""
        now = self._clock()
        left, then = self._buckets.pop(client, (float(self._burst), now))
        left = min(self._burst, left + (now - then) * self._per_s)
        may = left >= 1
        self._buckets[client] = (left - 1 if may else left, now)
        if len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if may else (1 - left) / self._per_s


def client_key(host: str | None) -> str | None:
    """Who is counted as one client; None for one on this machine, which is not counted."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        # A socket file, a test, a server that does not say.
        return host or None
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            network = ipaddress.ip_network((address, _NETWORK_BITS), strict=False)
            return None if address.is_loopback else str(network)
        address = address.ipv4_mapped
    return None if address.is_loopback else str(address)
