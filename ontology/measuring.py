"""How large each file of an export is, and its checksum, told by writing it to nowhere."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import RawIOBase
from typing import IO, Any, cast

from graph.store import Reader
from ontology.export import export
from ontology.formats import Format

MOST = 1_000_000
"""The most triples for which every file is written to be measured; of larger exports nothing is told."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The size of a file in bytes, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


class _Measuring(RawIOBase):
    """A file of which nothing is kept but its measure."""

    def __init__(self) -> None:
        super().__init__()
        self._size = 0
        self._digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._size += len(content)
        self._digest.update(content)
        return len(content)

    def measure(self) -> Measure:
        return Measure(self._size, self._digest.hexdigest())


def measured(reader: Reader, base: str) -> Mapping[Format, Measure]:
    """The measure of the whole export in each format."""
    found: dict[Format, Measure] = {}
    for format_ in Format:
        sink = _Measuring()
        export(reader, format_, cast(IO[bytes], sink), base=base)
        found[format_] = sink.measure()
    return found
