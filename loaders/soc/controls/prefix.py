"""The prefix under which the running text of a report cites its controls, where their tables leave it out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from loaders.layout.layout import Kind, Piece

_PREFIXED = re.compile(r"\b(?P<prefix>[A-Z]{2,10})-(?P<number>\d+(?:\.\d+)+)")
_RUNNING = (Kind.PARAGRAPH, Kind.ITEM)


def usual_prefix(pieces: Iterable[Piece], numbers: frozenset[str]) -> str | None:
    """The prefix under which the narrative cites most controls of the tables; None where it cites none."""
    running = (piece for piece in pieces if piece.kind in _RUNNING)
    found = (m for piece in running for m in _PREFIXED.finditer(piece.text))
    counts = Counter(m["prefix"] for m in found if m["number"] in numbers)
    return max(sorted(counts), key=lambda prefix: counts[prefix]) if counts else None
