"""By which names a server may be asked: a page elsewhere whose name was pointed at this machine is not answered."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from typing import Final

__all__ = ["LOOPBACK", "Hosts", "is_loopback"]

#: Names of this machine to itself.
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address or a name of it."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Hosts:
    """Names of a server, without ports.

    Args:
        names: Each a name or an address, in whatever case.
    """

    def __init__(self, names: Collection[str]) -> None:
        self._names = frozenset(_bare(name) for name in names)

    def has(self, header: str) -> bool:
        """Whether ``Host:`` names one of them, with or without a port."""
        return _bare(header) in self._names


def _bare(header: str) -> str:
    """A name in small letters, without port, brackets and the dot of the root."""
    name = header.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    if name.count(":") == 1:
        name = name.partition(":")[0]
    return name.removesuffix(".")
