"""The graph in dicts: what a node or a relationship shows, and where relationships lead."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.merging import Edge, Graph, Node
from graph.model import MODEL, Direction, Property, Relation

_RUNS = re.compile(r"(\d+)")
_WORDS = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Way:
    """A node of a list, and the relationship that leads to it; none in a root list."""

    node: Node
    edge: Edge | None = None


class Dicts:
    """The nodes of a graph by label, and its relationships by the node from which they are walked."""

    def __init__(self, graph: Graph) -> None:
        self.nodes = graph.nodes
        self.edges = graph.edges
        self._labels = defaultdict[str, list[Node]](list)
        self._walks = defaultdict[tuple[str, Direction, str], list[Edge]](list)
        for node in graph.nodes.values():
            self._labels[node.label].append(node)
        for edge in graph.edges.values():
            self._walks[edge.type, Direction.OUT, edge.start].append(edge)
            self._walks[edge.type, Direction.IN, edge.end].append(edge)

    def labelled(self, label: str) -> list[Node]:
        """The nodes of a label."""
        return list(self._labels[label])

    def ways(self, node: Node, relation: Relation) -> list[Way]:
        """Where a relation leads from a node."""
        out = relation.direction is Direction.OUT
        edges = self._walks[relation.type.type, relation.direction, node.id]
        ways = (Way(self.nodes[edge.end if out else edge.start], edge) for edge in edges)
        return [way for way in ways if way.node.label in relation.targets]

    def citations(self, edge: Edge) -> list[Node]:
        """The citations of a relationship."""
        return [self.nodes[str(id_)] for id_ in _items(edge.values["citations"])]


def properties(label: str) -> dict[str, Property]:
    """The properties of a label by their names in GraphQL."""
    return {prop.field: prop for prop in MODEL.node(label).shown}


def edge_properties(edge: Edge) -> dict[str, Property]:
    """The properties of a relationship by their names in GraphQL."""
    return {prop.field: prop for prop in MODEL.relationship(edge.type).shown}


def stored(node: Node, prop: Property) -> Any:
    """The value of a property, None where it is not stated."""
    return node.id if prop.key == "id" else node.values.get(prop.key)


def shown(prop: Property, value: Any) -> Any:
    """A value as GraphQL shows it: the names of enums in capitals, lists never null."""
    if prop.many:
        return [_capitals(prop, item) for item in _items(value or ())]
    return None if value is None else _capitals(prop, value)


def sorting(prop: Property, value: Any) -> tuple[bool, Any]:
    """By what a value is sorted: what is not stated comes last, numbers of controls come as people count."""
    if value is None:
        return (True, 0)
    if not prop.natural:
        return (False, value)
    return (False, [int(run) if place % 2 else run for place, run in enumerate(_RUNS.split(value))])


def capitals(name: str) -> str:
    """A name as enums have it: `ControlTest` and `controlTest` are both `CONTROL_TEST`."""
    return _WORDS.sub("_", name).upper()


def label_of(type_name: str) -> str | None:
    """The label that the name of an input begins with; None where it is of any label, or of a relationship."""
    return max((label for label in MODEL.labels if type_name.startswith(label)), key=len, default=None)


def stated(edge: Edge) -> list[tuple[str, str]]:
    """The values that a citation states of a node, as text under their keys, in the order of the keys."""
    values = sorted((key, value) for key, value in edge.values.items() if key != "precedence")
    return [(key, _text(item)) for key, value in values for item in _items(value)]


def _items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, tuple) else (value,)


def _capitals(prop: Property, value: Any) -> Any:
    return value.upper() if prop.values else value


def _text(item: Any) -> str:
    return {True: "true", False: "false"}[item] if isinstance(item, bool) else str(item)
