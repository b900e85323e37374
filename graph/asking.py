"""Selections in few words, for what the program asks itself: whole lists, ids and properties, no cursors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.model import MODEL
from graph.planner import default_orders
from graph.selection import (
    And,
    Compare,
    Connection,
    EdgeCitations,
    EdgeField,
    EdgeNode,
    Edges,
    Field,
    Filter,
    Many,
    Nodes,
    One,
    Operator,
    Or,
    Page,
    Quantifier,
    Shape,
    Through,
    Value,
)

MOST = 1_000_000
"""How many nodes a list may have that is read whole."""


def values(label: str, *keys: str) -> tuple[Value, ...]:
    """Properties of a node under their own keys."""
    return tuple(Value(key, MODEL.node(label).prop(key)) for key in keys)


def edge_values(type_: str, *keys: str) -> tuple[Value, ...]:
    """Properties of a relationship under their own keys."""
    return tuple(Value(key, MODEL.relationship(type_).prop(key)) for key in keys)


def edges(label: str, name: str, *fields: EdgeField, where: Filter | None = None) -> Many:
    """All relationships of a to-many relation of a label under its own name, as `{"edges": [...]}`."""
    relation = MODEL.relations(label)[name]
    parts = (Edges("edges", fields),)
    page = Connection(name, Page(MOST), default_orders(relation.target), parts, where or And(()))
    return Many(name, relation, page)


def node(label: str, *fields: Field) -> EdgeNode:
    """The node of a relationship under `node`."""
    return EdgeNode("node", Shape({label: fields}))


def one(label: str, name: str, *fields: Field) -> One:
    """The node at the end of a to-one relation of a label under its own name."""
    relation = MODEL.relations(label)[name]
    assert relation.target, f"{label}.{name} leads to several labels"
    return One(name, relation, Shape({relation.target: fields}))


def citations() -> EdgeCitations:
    """The ids of the citations of a relationship under `citations`."""
    return EdgeCitations("citations", Shape({"Citation": values("Citation", "id")}))


def listed(label: str, *fields: Field, where: Filter | None = None) -> Connection:
    """All nodes of a label that match, as `{"nodes": [...]}`."""
    parts = (Nodes("nodes", Shape({label: fields})),)
    return Connection(label, Page(MOST), default_orders(label), parts, where or And(()))


def among(label: str, ids: Sequence[str]) -> Filter:
    """The condition that a node is one of those."""
    return Compare(MODEL.node(label).prop("id"), Operator.IN, tuple(ids)) if ids else Or(())


def some(label: str, name: str, where: Filter | None = None) -> Filter:
    """The condition that a relation of a label leads to a node that matches."""
    return Through(MODEL.relations(label)[name], Quantifier.SOME, where or And(()))


def equal(label: str, key: str, value: Any) -> Filter:
    """The condition that a property has that value."""
    return Compare(MODEL.node(label).prop(key), Operator.EQ, value)
