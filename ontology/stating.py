"""Which documents state what: the graphs in which a value stands, and whether its wording may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import NamedNode

from graph.errors import ComplianceGraphError
from graph.merging import Edge, decode_links
from graph.records import Link, Scalar, Value

Graphs: TypeAlias = tuple[NamedNode, ...]


class DisorderedStore(ComplianceGraphError):
    """A store answers a scan in another order than its protocol asks for, or evidence of what is not there."""

    def __init__(self, id_: str) -> None:
        super().__init__(f"EVIDENCED_BY of {id_} meets no node; scans are sorted by id and by start, by code point")


@dataclass(frozen=True, slots=True)
class Stated:
    """What one document states in one place: its graph, whether its wording may be shown, the values."""

    graph: NamedNode
    open: bool
    values: Mapping[str, Value]


class Evidence:
    """The EVIDENCED_BY relationships, read once, in step with the nodes at which they start."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self._edges = iter(edges)
        self._next = next(self._edges, None)

    def of(self, id_: str) -> list[Edge]:
        """The relationships that start at the node; `DisorderedStore` where one was passed over."""
        found: list[Edge] = []
        while self._next is not None and self._next.start <= id_:
            if self._next.start != id_:
                raise DisorderedStore(self._next.start)
            found.append(self._next)
            self._next = next(self._edges, None)
        return found

    def close(self) -> None:
        """Every relationship has been asked for; `DisorderedStore` otherwise."""
        if self._next is not None:
            raise DisorderedStore(self._next.start)


def stating(key: str, item: Scalar, stated: Sequence[Stated]) -> list[Stated]:
    """Those that state exactly this value of the property, or hold it in their list."""
    told: list[Stated] = []
    for one in stated:
        value = one.values.get(key)
        if value == item or (isinstance(value, tuple) and item in value):
            told.append(one)
    return told


def graphs_of(told: Sequence[Stated]) -> Graphs:
    """Their graphs, each once."""
    return (told[0].graph,) if len(told) == 1 else tuple(dict.fromkeys(one.graph for one in told))


def agreeing(edge: Edge) -> Sequence[Link]:
    """What each document states of the relationship, those aside that state another end."""
    return [link for link in decode_links(edge) if (link.start, link.end) == (edge.start, edge.end)]


def items(value: Value) -> tuple[Scalar, ...]:
    """The one value, or each of a list once."""
    return tuple(dict.fromkeys(value)) if isinstance(value, tuple) else (value,)
