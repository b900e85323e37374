"""Gzip for what is written as a stream: whether a client takes it, and the same bytes each time."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

GZIP = "gzip"
_LEVEL = 6


@contextmanager
def packed(sink: IO[bytes]) -> Iterator[IO[bytes]]:
    """A sink whose content reaches the other one compressed; the header holds no clock and no name."""
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=sink, mtime=0) as written:
        yield written  # type: ignore[misc]


def takes_gzip(accept_encoding: str | None) -> bool:
    """Whether a client takes gzip (RFC 9110, 12.5.3): it names it, or everything, without the weight 0."""
    weights: dict[str, float] = {}
    for part in (accept_encoding or "").lower().split(","):
        coding, *parameters = (piece.strip() for piece in part.split(";"))
        weights["gzip" if coding == "x-gzip" else coding] = _weight(parameters)
    return weights.get(GZIP, weights.get("*", 0.0)) > 0


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
