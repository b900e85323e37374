"""What `where` asks, in the words of the schema: whether a node matches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.merging import Node
from graph.model import MODEL, Property
from tests.api.operations.dicts import Dicts, label_name, properties, shown, stored

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


def matches(dicts: Dicts, node: Node, label: str | None, given: Given) -> bool:
    """Whether a node matches all keys of a `where` object for its label, or for any label where that is None."""
    return all(_key(dicts, node, label, key, asked) for key, asked in given.items())


def _key(dicts: Dicts, node: Node, label: str | None, key: str, asked: Any) -> bool:
    if key == "and":
        return all(matches(dicts, node, label, each) for each in asked)
    if key == "or":
        return any(matches(dicts, node, label, each) for each in asked)
    if key == "not":
        return not matches(dicts, node, label, asked)
    if label is None and key == "label":
        return _compares(label_name(node.label), asked)
    known = properties(node.label)
    if key in known:
        return _compares(_compared(node, known[key]), asked)
    return _related(dicts, node, key, asked)


def _related(dicts: Dicts, node: Node, key: str, asked: Given) -> bool:
    relation = MODEL.relations(node.label)[key]
    ways = dicts.ways(node, relation)
    if relation.one:
        return any(matches(dicts, way.node, relation.target, asked) for way in ways)
    return all(
        QUANTIFIERS[quantifier]([matches(dicts, way.node, relation.target, each) for way in ways])
        for quantifier, each in asked.items()
    )


def _compared(node: Node, prop: Property) -> Any:
    """A value as it is compared: a list that is not stated is none, though it is shown as empty."""
    value = stored(node, prop)
    return None if value is None else shown(prop, value)


def _compares(own: Any, asked: Given) -> bool:
    of_nothing = ("ne", "isNull")
    return all(
        (own is not None or operator in of_nothing) and OPERATORS[operator](own, other)
        for operator, other in asked.items()
    )
