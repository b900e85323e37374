"""What `where` asks, in the words of the schema: whether a node matches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.merging import Edge
from graph.model import MODEL, Property
from tests.api.operations.dicts import Dicts, Way, capitals, edge_properties, properties, shown, stored

Given = Mapping[str, Any]

OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda own, other: own == other,
    "ne": lambda own, other: own != other,
    "in": lambda own, other: own in other,
    "lt": lambda own, other: own < other,
    "lte": lambda own, other: own <= other,
    "gt": lambda own, other: own > other,
    "gte": lambda own, other: own >= other,
    "contains": lambda own, other: other in own,
    "startsWith": lambda own, other: own.startswith(other),
    "isNull": lambda own, other: (own is None) is other,
}
"""Every operator; of what is not stated all are false, but for `ne`, which negates `eq`, and `isNull`."""

QUANTIFIERS: Mapping[str, Callable[[list[bool]], bool]] = {
    "some": any,
    "all": all,
    "none": lambda found: not any(found),
}
LOGIC = frozenset({"and", "or", "not"})
OF_ANY = frozenset({"id", "name", "label"})
"""What a condition on a node of any label may be about."""


def matches(dicts: Dicts, way: Way, label: str | None, given: Given) -> bool:
    """Whether a node matches all keys of a `where` object for its label, or for any label where that is None."""
    return _all(given, lambda inner: matches(dicts, way, label, inner), lambda k, v: _key(dicts, way, label, k, v))


def _all(given: Given, again: Callable[[Given], bool], about: Callable[[str, Any], bool]) -> bool:
    """Whether all keys hold, of which those of logic hold other objects of the same kind."""
    logic: dict[str, Callable[[Any], bool]] = {
        "and": lambda asked: all(map(again, asked)),
        "or": lambda asked: any(map(again, asked)),
        "not": lambda asked: not again(asked),
    }
    return all(logic[key](asked) if key in logic else about(key, asked) for key, asked in given.items())


def _key(dicts: Dicts, way: Way, label: str | None, key: str, asked: Any) -> bool:
    known = properties(way.node.label)
    if key == "edge" and way.edge:
        return _over(way.edge, asked)
    if label is None and key == "label":
        return _compares(capitals(way.node.label), asked)
    if key in known:
        return _compares(_compared(known[key], stored(way.node, known[key])), asked)
    return _related(dicts, way, key, asked)


def _over(edge: Edge, given: Given) -> bool:
    """Whether a relationship matches."""
    known = edge_properties(edge)

    def about(key: str, asked: Any) -> bool:
        return _compares(_compared(known[key], edge.values.get(known[key].key)), asked)

    return _all(given, lambda inner: _over(edge, inner), about)


def _related(dicts: Dicts, way: Way, key: str, asked: Given) -> bool:
    relation = MODEL.relations(way.node.label)[key]
    ways = dicts.ways(way.node, relation)
    if relation.one:
        return any(matches(dicts, far, relation.target, asked) for far in ways)
    return all(
        QUANTIFIERS[quantifier]([matches(dicts, far, relation.target, each) for far in ways])
        for quantifier, each in asked.items()
    )


def _compared(prop: Property, value: Any) -> Any:
    """A value as it is compared: a list that is not stated is none, though it is shown as empty."""
    return None if value is None else shown(prop, value)


def _compares(own: Any, asked: Given) -> bool:
    of_nothing = ("ne", "isNull")
    return all(
        (own is not None or operator in of_nothing) and OPERATORS[operator](own, other)
        for operator, other in asked.items()
    )
