"""What `orderBy` asks, in the words of the schema: which of two ways comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.model import MODEL, Relation
from tests.api.operations.dicts import Dicts, Way, edge_properties, properties, sorting, stored

EDGE = "edge"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an order: the fields that lead to a value, and whether it descends."""

    fields: tuple[str, ...]
    descending: bool

    def __str__(self) -> str:
        return ("-" if self.descending else "+") + ".".join(self.fields)


def ordered(label: str | None, given: Sequence[Mapping[str, Any]]) -> tuple[Key, ...]:
    """The keys of an order, each once, the id last; where none is given, the order of the label."""
    asked = [_key(key) for key in given]
    known = {prop.key: prop.field for prop in properties(label or "Service").values()}
    usual = [Key((known[key],), False) for key in (MODEL.node(label).order if label else ("name",))]
    total: dict[tuple[str, ...], Key] = {}
    for key in (*(asked or usual), Key(("id",), False)):
        total.setdefault(key.fields, key)
    keys = list(total.values())
    return tuple(keys[: [key.fields for key in keys].index(("id",)) + 1])


def compared(dicts: Dicts, one: Way, other: Way, order: Sequence[Key]) -> int:
    """Below zero where one way comes before the other, above where it comes after; only a node itself is equal."""
    for key in order:
        mine, theirs = _value(dicts, one, key), _value(dicts, other, key)
        if mine != theirs:
            return 1 if (mine > theirs) is not key.descending else -1
    return 0


def _key(given: Mapping[str, Any]) -> Key:
    ((name, below),) = given.items()
    if isinstance(below, Mapping):
        inner = _key(below)
        return Key((name, *inner.fields), inner.descending)
    return Key((name,), below == "DESC")


def _value(dicts: Dicts, way: Way, key: Key) -> tuple[bool, Any]:
    """What a way is sorted by; of several values the least counts ascending, the greatest descending."""
    if key.fields[0] == EDGE and way.edge:
        prop = edge_properties(way.edge)[key.fields[1]]
        return sorting(prop, way.edge.values.get(prop.key))
    ends = [way]
    for name in key.fields[:-1]:
        ends = [far for end in ends for far in dicts.ways(end.node, _relation(end, name))]
    known = ((properties(end.node.label)[key.fields[-1]], end) for end in ends)
    found = [sorting(prop, stored(end.node, prop)) for prop, end in known]
    values = [place for place in found if not place[0]]
    return (max if key.descending else min)(values, default=(True, 0))


def _relation(way: Way, name: str) -> Relation:
    return MODEL.relations(way.node.label)[name]
