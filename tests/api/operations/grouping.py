"""What `facets` asks, in the words of the schema: the ways of a list in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.merging import Node
from graph.model import MODEL, Property
from tests.api.operations.dicts import Dicts, Way, capitals, edge_properties, properties, shown, sorting, stored

EDGE = "EDGE_"


@dataclass(frozen=True, slots=True)
class Group:
    """What the members of a group share, by what it is sorted, and the node where they share one."""

    value: str | None = None
    place: tuple[bool, Any] = (True, 0)
    node: Node | None = None

    @property
    def identity(self) -> tuple[str | None, str]:
        """What there is one of."""
        return (self.value, self.node.id if self.node else "")


def grouped(dicts: Dicts, ways: Sequence[Way], by: str) -> list[tuple[Group, int]]:
    """The groups with their numbers of nodes: the largest first, then by value; one without a value is the last."""
    members: dict[tuple[str | None, str], set[str]] = {}
    groups: dict[tuple[str | None, str], Group] = {}
    for way in ways:
        for group in _groups(dicts, way, by) or [Group()]:
            groups[group.identity] = group
            members.setdefault(group.identity, set()).add(way.node.id)
    sized = [(group, len(members[identity])) for identity, group in groups.items()]
    return sorted(sized, key=lambda pair: (-pair[1], pair[0].place, pair[0].identity[1]))


def _groups(dicts: Dicts, way: Way, by: str) -> list[Group]:
    if by == "LABEL":
        name = capitals(way.node.label)
        return [Group(name, (False, name))]
    relations = {capitals(name): relation for name, relation in MODEL.relations(way.node.label).items()}
    if by in relations:
        nodes = [far.node for far in dicts.ways(way.node, relations[by])]
        return [Group(str(node.values["name"]), (False, node.values["name"]), node) for node in nodes]
    if way.edge and by.startswith(EDGE):
        prop = {capitals(name): prop for name, prop in edge_properties(way.edge).items()}[by.removeprefix(EDGE)]
        return _of_values(prop, way.edge.values.get(prop.key))
    prop = {capitals(name): prop for name, prop in properties(way.node.label).items()}[by]
    return _of_values(prop, stored(way.node, prop))


def _of_values(prop: Property, value: Any) -> list[Group]:
    values = value if isinstance(value, tuple) else () if value is None else (value,)
    return [_of_value(prop, item) for item in values]


def _of_value(prop: Property, value: Any) -> Group:
    if prop.values:
        name = str(shown(prop, (value,))[0] if prop.many else shown(prop, value))
        return Group(name, (False, name))
    if isinstance(value, bool):
        return Group("true" if value else "false", (False, value))
    return Group(str(value), sorting(prop, value))
