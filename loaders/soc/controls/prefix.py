"""The prefix under which the running text of a report cites its controls, where their tables leave it out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from loaders.layout.layout import Kind, Piece

_PREFIXED = re.compile(r"\b(?P<prefix>[A-Z]{2,10})-(?P<number>\d+(?:\.\d+)+)")
_RUNNING = (Kind.PARAGRAPH, Kind.ITEM)


def usual_prefix(pieces: Iterable[Piece], numbers: frozenset[str]) -> str | None:
    """The prefix under which the narrative cites most controls of the tables; None where it cites none.

    What stands behind the word control is surely one; elsewhere a prefix must stand before several of the numbers.
    """
    named, others = Counter[str](), dict[str, set[str]]()
    for piece in pieces:
        for found in _PREFIXED.finditer(piece.text) if piece.kind in _RUNNING else ():
            if found["number"] not in numbers:
                continue
            named[found["prefix"]] += bool(_CONTROL.search(piece.text[max(0, found.start() - _BEHIND) : found.start()]))
            others.setdefault(found["prefix"], set()).add(found["number"])
    if sum(named.values()):
        return max(named, key=lambda prefix: named[prefix])
    most = max(others, key=lambda prefix: len(others[prefix]), default=None)
    return most if most and len(others[most]) >= _FEWEST else None


# `controls AB-1.1, AB-1.2 and AB-2.1` names three.
_CONTROL = re.compile(
    r"\b[Cc]ontrols?(?:\s+(?:activit(?:y|ies)|[Nn]o\.|[Nn]umbers?))?[\s:(]+(?:[A-Z]{2,10}-[\d.]+\w?(?:,|;)?(?:\s+and)?\s+){0,40}$"
)
_FEWEST = 3
_BEHIND = 300
