"""Which documents state what: the graphs in which a value stands, and whether its wording may be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pyoxigraph import NamedNode

from graph.differing import items
from graph.errors import ComplianceGraphError
from graph.identifiers import document_of
from graph.merging import Edge, decode_links, rank
from graph.records import Link, Scalar, Value, Values

Graphs: TypeAlias = tuple[NamedNode, ...]


class DisorderedStore(ComplianceGraphError):
    """A store answers a scan in another order than its protocol asks for, or evidence of what is not there."""

    def __init__(self, id_: str) -> None:
        super().__init__(f"EVIDENCED_BY of {id_} meets no node; scans are sorted by id and by start, by code point")


@dataclass(frozen=True, slots=True)
class Stated:
    """What one document states in one place: its id, the graph, whether wording may be shown, the values."""

    place: str
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


def writable(stated: Sequence[Stated], wording: frozenset[str]) -> Sequence[Stated]:
    """The same without the wording that nobody open states; `wording` are the keys of what can be such."""
    if all(one.open for one in stated):
        return stated
    return [_written(one, stated, wording) for one in stated]


def _written(one: Stated, stated: Sequence[Stated], wording: frozenset[str]) -> Stated:
    closed = [key for key in wording if key in one.values and not is_open(key, one.values[key], stated)]
    return replace(one, values={k: v for k, v in one.values.items() if k not in closed}) if closed else one


def is_open(key: str, value: Value, stated: Sequence[Stated]) -> bool:
    """Whether wording may be written: someone open states exactly it."""
    return all(any(one.open for one in stating(key, item, stated)) for item in items(value))


def shown(
    values: Values, stated: Sequence[Stated], wording: frozenset[str], recency: Mapping[str, str]
) -> Mapping[str, Value]:
    """What is shown, with the newest wording that may be written in the place of any that may not.

    So an export is that of a graph which never had what is left out.
    """
    closed = [key for key in wording if key in values and not is_open(key, values[key], stated)]
    if not closed:
        return values
    ranked = sorted(writable(stated, wording), key=lambda one: _rank(one, recency))
    found = {key: one.values[key] for key in closed for one in reversed(ranked) if key in one.values}
    return {**{key: value for key, value in values.items() if key not in closed}, **found}


def newest(stated: Sequence[Stated], recency: Mapping[str, str]) -> Stated:
    """The one that is shown (rule 3 of the model)."""
    return min(stated, key=lambda one: _rank(one, recency))


def _rank(one: Stated, recency: Mapping[str, str]) -> Any:
    return rank(recency, one.place, int(one.values.get("precedence", 0)))  # type: ignore[arg-type]  # it is one


def graphs_of(told: Sequence[Stated]) -> Graphs:
    """Their graphs, each once."""
    return (told[0].graph,) if len(told) == 1 else tuple(dict.fromkeys(one.graph for one in told))


@dataclass(frozen=True, slots=True)
class Said:
    """What one document states of a relationship: the link, and all of its values with how it is asserted."""

    link: Link
    stated: Stated

    @property
    def ends(self) -> tuple[str, str]:
        """What is related to what."""
        return (self.link.start, self.link.end)


def said_of(
    edge: Edge, graph_of: Callable[[str], NamedNode], hidden: frozenset[str], wording: frozenset[str]
) -> list[Said]:
    """What each document states of a relationship, as far as it may be written, where that is more than its citations.

    Wording that may not be written is left out, where nobody open states it of the same ends.
    """
    found: list[Said] = []
    for link in decode_links(edge) if "claims" in edge.values else ():
        place = link.citations[0]
        how = {"assertion": link.assertion, **({"rule": link.rule} if link.rule else {})}
        stated = Stated(place, graph_of(place), document_of(place) not in hidden, {**link.values, **how})
        found.append(Said(link, stated))
    if all(one.stated.open for one in found):
        return found
    alike = {one.ends: [other.stated for other in found if other.ends == one.ends] for one in found}
    return [replace(one, stated=_written(one.stated, alike[one.ends], wording)) for one in found]
