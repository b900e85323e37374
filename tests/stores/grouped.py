"""How the referee groups the nodes of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.facets import LABEL
from graph.merging import Edge, Node
from graph.model import Relation
from graph.plan import Grouping
from graph.planner import order_property

Group = tuple[Any, Any, str | None]
"""The value or name, by what groups of a size are sorted, and the id of the node that the members share."""


def grouped(members: Sequence[tuple[Node, Sequence[Group]]], grouping: Grouping) -> list[Any]:
    """The number of groups and the largest of them, of nodes with the groups in which each stands."""
    found: dict[Group, set[str]] = {}
    for node, groups in members:
        for group in groups or [(None, None, None)]:
            found.setdefault(group, set()).add(node.id)

    def place(group: Group) -> Any:
        _, order, id_ = group
        return (-len(found[group]), order is None, 0 if order is None else order, id_ or "")

    related = isinstance(grouping.by, Relation)
    entries = [[g[0], len(found[g]), *([g[2]] if related else [])] for g in sorted(found, key=place)]
    return [len(entries), entries[: grouping.limit]]


def groups_by_property(node: Node, edge: Edge | None, grouping: Grouping) -> list[Group]:
    """The groups in which a node stands by a property of its own or of the relationship that leads to it."""
    assert not isinstance(grouping.by, Relation)
    if grouping.by is LABEL:
        return [(node.label, node.label, None)]
    values = edge.values if edge and grouping.edge else {"id": node.id, **node.values}
    own, order = values.get(grouping.by.key), values.get(order_property(grouping.by).key)
    if isinstance(own, tuple):
        return [(item, item, None) for item in own]
    return [] if own is None else [(own, order, None)]
