"""How the time of a question grows with the graph: the exponent of the fit of milliseconds, and of database hits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.graphql_peer.hits import Hits
from benchmarks.graphql_peer.parties import HAND, OURS, SQLITE
from benchmarks.graphql_peer.report import table
from benchmarks.graphql_peer.rounds import Measured

FLAT = ("list", "connection", "lookup", "qt03", "qt07", "qt08", "qt10", "qt15")
"""Look-ups and pages: what they cost may not grow."""
MOST = 0.1


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured on one graph, by question."""

    title: str
    nodes: int
    load: float
    rows: Mapping[str, tuple[Measured, Hits]]


def exponent(nodes: Sequence[int], costs: Sequence[float]) -> float:
    """The slope of the line through the logarithms: 0 where the cost stays, 1 where it grows as the graph."""
    xs, ys = [math.log(n) for n in nodes], [math.log(max(cost, 1e-3)) for cost in costs]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def fits(sizes: Sequence[Size]) -> str:
    """The table of all questions, and the look-ups and pages that are not flat."""
    graphs = "; ".join(f"{size.title}, load {size.load:.1f}" for size in sizes)
    names = list(sizes[0].rows)
    many = f"at {' / '.join(f'{size.nodes:,}' for size in sizes)} nodes"
    head = ("question", f"ours, ms, {many}", "exponent", "on SQLite, ms", "exponent", "by hand, ms", "exponent")
    lines = [[name, *(cell for party in (OURS, SQLITE, HAND) for cell in _times(sizes, name, party))] for name in names]
    counted = [[*line, *_hits(sizes, name), _bytes(sizes, name)] for name, line in zip(names, lines, strict=True)]
    columns = (*head, "database hits, ours", "exponent", "bytes")
    return "\n\n".join([f"{graphs}.", table(columns, counted), _steep(sizes)])


def _times(sizes: Sequence[Size], name: str, party: str) -> list[str]:
    found = [size.rows[name][0].median(party) for size in sizes]
    known = [cost for cost in found if cost is not None]
    if len(known) < len(found):
        return ["", ""]
    return [" / ".join(f"{cost:.2f}" for cost in known), f"{exponent([s.nodes for s in sizes], known):.2f}"]


def _hits(sizes: Sequence[Size], name: str) -> list[str]:
    found = [size.rows[name][1].hits for size in sizes]
    return [" / ".join(map(str, found)), f"{exponent([size.nodes for size in sizes], found):.2f}"]


def _bytes(sizes: Sequence[Size], name: str) -> str:
    return " / ".join(str(size.rows[name][0].size[OURS]) for size in sizes)


def _steep(sizes: Sequence[Size]) -> str:
    steep = [
        f"{name} {'on SQLite ' if party == SQLITE else ''}{found}"
        for name in sizes[0].rows
        if name in FLAT
        for party in (OURS, SQLITE)
        if float(found := _times(sizes, name, party)[1]) > MOST
    ]
    return "Look-ups and pages that grow: " + ("; ".join(steep) if steep else "none") + "."
