"""Ports: which ones a server of ours holds, so that two servers started at once never share one."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.neo4j.server.errors import NoFreePort, PortInUse

HOST = "127.0.0.1"

# Below the range from which Linux takes the ports of outgoing connections: none of those can come between.
FREE_RANGE = range(20_000, 30_000)


@dataclass(frozen=True, slots=True)
class HeldPort:
    """A port with the locked file that keeps it; a child that inherits the descriptor has the lock too."""

    number: int
    descriptor: int


def hold_port(folder: Path, name: str, port: int) -> HeldPort:
    """Hold the port, or with 0 the first free one; `name` is what the error calls it.

    The caller closes the descriptor. Raises PortInUse or NoFreePort.
    """
    folder.mkdir(parents=True, exist_ok=True)
    held = _first_held(folder, [port] if port else FREE_RANGE)
    if held is not None:
        return held
    raise PortInUse(name, port) if port else NoFreePort(FREE_RANGE.start, FREE_RANGE.stop - 1)


@contextmanager
def locked(path: Path) -> Iterator[int | None]:
    """The descriptor of the locked file, or None where another process holds the lock.

    The lock ends with the last process that has the descriptor open, however that process ends.
    """
    descriptor = try_lock(path)
    try:
        yield descriptor
    finally:
        if descriptor is not None:
            os.close(descriptor)


def try_lock(path: Path) -> int | None:
    """Lock the file if nobody has; the lock lives as long as the descriptor, in whatever process."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _first_held(folder: Path, candidates: Iterable[int]) -> HeldPort | None:
    for number in candidates:
        descriptor = try_lock(folder / f"{number}.lock")
        if descriptor is None:
            continue
        if _is_free(number):
            return HeldPort(number, descriptor)
        os.close(descriptor)
    return None


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the server does it: a port whose last connections are only fading out counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
