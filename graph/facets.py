"""Groups of a list: what a store is asked for them, and how an answer shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.model import MODEL, Property, Relation, ValueType
from graph.plan import Grouping
from graph.selection import Connection, Constant, EdgeNode, Facets, Groups, Shape, Total

LABEL = Property("label", "The label.", values=MODEL.labels)
Nodes = Mapping[str, tuple[Any, ...]]


def facets_of(connection: Connection) -> tuple[Facets, ...]:
    """The facets of a connection, in the order of their groupings."""
    return tuple(part for part in connection.parts if isinstance(part, Facets))


def group_shapes(facets: Facets) -> tuple[Shape, ...]:
    """The shapes in which the nodes of groups are wanted."""
    fields = (f for part in facets.parts if isinstance(part, Groups) for f in part.fields)
    return tuple(f.shape for f in fields if isinstance(f, EdgeNode)) if isinstance(facets.by, Relation) else ()


def groupings(connection: Connection) -> tuple[Grouping, ...]:
    """How the nodes of a connection are grouped; the groups of a closed set all come back and are sorted as shown."""
    return tuple(Grouping(f.by, None if is_closed(f.by) else f.first, f.edge) for f in facets_of(connection))


def is_closed(by: Property | Relation) -> bool:
    """Whether there are as many groups as a closed set has values, at most."""
    return isinstance(by, Property) and bool(by.values)


def facets_answer(facets: Facets, cell: Sequence[Any], nodes: Nodes) -> dict[str, Any]:
    """The parts of the facets under their response keys; `nodes` are those of the groups, a value for each shape."""
    number, entries = cell
    groups = [(shown(facets.by, entry[0]), *entry[1:]) for entry in entries]
    if is_closed(facets.by):
        groups = sorted(groups, key=_largest_first)[: facets.first]
    answer: dict[str, Any] = {}
    occurrence = 0
    for part in facets.parts:
        if isinstance(part, Constant):
            answer[part.key] = part.value
        elif isinstance(part, Total):
            answer[part.key] = number
        else:
            answer[part.key] = [_group(part, group, nodes, occurrence) for group in groups]
            occurrence += sum(isinstance(field, EdgeNode) for field in part.fields)
    return answer


def shown(by: Property | Relation, value: Any) -> str | None:
    """The value of a group as text: of a closed set as GraphQL names it, of a relation the name of its node."""
    if value is None:
        return None
    if by is LABEL:
        return MODEL.node(value).prefix.replace("-", "_").upper()
    if isinstance(by, Property) and by.values:
        return str(value).upper()
    if isinstance(by, Property) and by.type is ValueType.BOOLEAN:
        return "true" if value else "false"
    return str(value)


def _largest_first(group: tuple[Any, ...]) -> tuple[int, bool, str]:
    value, count = group[:2]
    return -count, value is None, value or ""


def _group(wanted: Groups, group: Sequence[Any], nodes: Nodes, occurrence: int) -> dict[str, Any]:
    value, count, *ids = group
    known = {"value": value, "count": count, "isNull": value is None and ids in ([], [None])}
    answer: dict[str, Any] = {}
    for field in wanted.fields:
        if isinstance(field, Constant):
            answer[field.key] = field.value
        elif isinstance(field, EdgeNode):
            found = nodes.get(ids[0]) if ids else None
            answer[field.key] = found[occurrence] if found else None
            occurrence += 1
        else:
            answer[field.key] = known[field.name]
    return answer
