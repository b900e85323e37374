"""The tables of the benchmark in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.graphql_peer.hits import Hits
from benchmarks.graphql_peer.parties import HAND, OURS, PEER, SQLITE
from benchmarks.graphql_peer.rounds import Crowd, Measured

BARS = {"shared": 25.0, "tree": 1.8, "limited": 3.0, "filter": 20.0, "list": 3.0, "connection": 3.0, "lookup": 1.4}
CROWD_BARS = {"tree": 3.0, "list": 3.0, "limited": 4.0, "lookup": 1.5}
SQLITE_BAR, OVERHEAD_BAR = 3.0, 0.5


@dataclass(slots=True)
class Row:
    """All that was measured of one question on one graph."""

    measured: Measured
    hits: Mapping[str, Hits]
    overhead: float
    crowds: Mapping[str, Crowd] = field(default_factory=dict)


def tables(title: str, rows: Sequence[Row]) -> str:
    """What one graph gave: one client, sixteen clients, what it costs the database."""
    crowds = "Sixteen clients: answers a second, and the computing of an answer in milliseconds, Neo4j's included."
    crowded = [crowds, _crowds(rows)] if any(row.crowds for row in rows) else []
    parts = [f"### {title}", _single(rows), *crowded, _costs(rows), _lost(rows)]
    return "\n\n".join(parts)


def _single(rows: Sequence[Row]) -> str:
    head = ("question", "ours", "p95", "peer", "p95", "peer / ours", "bar", "by hand", "ours / by hand", "on SQLite")
    return table((*head, "ours / on SQLite", "equal", "rounds"), [_single_row(row.measured) for row in rows])


def _single_row(found: Measured) -> list[str]:
    name, ours, peer = found.question.name, found.median(OURS) or 0.0, found.median(PEER) or 0.0
    hand, sqlite = found.median(HAND), found.median(SQLITE) or 0.0
    return [
        name,
        f"{ours:.2f}",
        f"{found.p95(OURS):.2f}",
        f"{peer:.2f}",
        f"{found.p95(PEER):.2f}",
        f"{peer / ours:.1f}" if found.equal[PEER] else "does not count",
        f"{BARS[name]:g}" if name in BARS else "",
        f"{hand:.2f}" if hand else "",
        f"{ours / hand:.2f}" if hand else "",
        f"{sqlite:.2f}",
        f"{ours / sqlite:.1f}",
        "yes" if found.equal[PEER] and found.equal[SQLITE] else "no",
        str(len(found.times[OURS])),
    ]


def _crowds(rows: Sequence[Row]) -> str:
    found = [row for row in rows if row.crowds]
    head = ("question", "ours", "peer", "ours / peer", "bar", "on SQLite", "ours, ms", "peer, ms", "peer / ours")
    return table((*head, "on SQLite, ms"), [_crowd_row(row) for row in found])


def _crowd_row(row: Row) -> list[str]:
    name, (ours, peer, sqlite) = row.measured.question.name, (row.crowds[party] for party in (OURS, PEER, SQLITE))
    bar = f"{CROWD_BARS[name]:g}" if name in CROWD_BARS else ""
    rates = [f"{ours.rate:.0f}", f"{peer.rate:.0f}", f"{ours.rate / peer.rate:.1f}", bar, f"{sqlite.rate:.0f}"]
    return [name, *rates, f"{ours.cpu:.1f}", f"{peer.cpu:.1f}", f"{peer.cpu / ours.cpu:.1f}", f"{sqlite.cpu:.1f}"]


def _costs(rows: Sequence[Row]) -> str:
    head = ("question", "bytes, ours", "bytes, peer", "statements, ours", "peer", "database hits, ours", "peer")
    return table((*head, "ours beside the database, ms"), [_cost_row(row) for row in rows])


def _cost_row(row: Row) -> list[str]:
    ours, peer, size = row.hits[OURS], row.hits[PEER], row.measured.size
    counts = (size[OURS], size[PEER], ours.statements, peer.statements, ours.hits, peer.hits)
    return [row.measured.question.name, *map(str, counts), f"{row.overhead:.2f}"]


def _lost(rows: Sequence[Row]) -> str:
    """The rows that miss a bar, or where the peer is faster."""
    lost = [text for row in rows for text in _misses(row)]
    return "Missed: " + ("; ".join(lost) if lost else "none") + "."


def _misses(row: Row) -> list[str]:
    found, name = row.measured, row.measured.question.name
    ours, peer, sqlite = (found.median(party) or 0.0 for party in (OURS, PEER, SQLITE))
    missed = []
    if peer / ours < BARS.get(name, 1.0):
        missed.append(f"{name} {peer / ours:.1f} of {BARS.get(name, 1.0):g}")
    if ours / sqlite < SQLITE_BAR and name in BARS:
        missed.append(f"{name} on SQLite {ours / sqlite:.1f} of {SQLITE_BAR:g}")
    times = row.crowds[OURS].rate / row.crowds[PEER].rate if row.crowds else None
    if times is not None and times < CROWD_BARS.get(name, 1.0):
        missed.append(f"{name} with 16 clients {times:.1f} of {CROWD_BARS.get(name, 1.0):g}")
    return missed


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
