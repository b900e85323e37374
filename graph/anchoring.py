"""From which nodes a list is read: where its filter names the ids of what a relation leads to, from those.

Through relations to one node, however many, since those lists share no node; through one relation of any kind. What is
read then is sorted whole, which costs by the relationships of the nodes named, not by the nodes of the label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Relation
from graph.selection import And, Compare, Filter, Operator, Quantifier, Through


@dataclass(frozen=True, slots=True)
class Anchor:
    """The ids of the nodes from which to start, the way to them, and what else the filter asks."""

    path: tuple[Relation, ...]
    """From the nodes of the list on."""
    ids: tuple[str, ...]
    rest: Filter

    @property
    def leads_once(self) -> bool:
        """Whether no node of the list is found twice: two nodes have one relationship of a type."""
        return len(self.path) == len(self.ids) == 1


def anchored(wanted: Filter) -> Anchor | None:
    """From where the nodes that a filter leaves can be reached; None where it names no ids, or those of the nodes."""
    parts = wanted.filters if isinstance(wanted, And) else (wanted,)
    found = [(way, place) for place, part in enumerate(parts) if (way := _way(part))]
    if not found or any(not way.path for way, _ in found):
        return None
    way, place = min(found, key=lambda each: (len(each[0].path), len(each[0].ids), each[1]))
    if len(way.path) > 1 and not all(relation.one for relation in way.path):
        return None
    rest = (*parts[:place], *parts[place + 1 :]) if way.rest == And(()) else tuple(parts)
    return Anchor(way.path, way.ids, And(rest))


def _way(wanted: Filter) -> Anchor | None:
    """The ids that a filter asks for, however far; `rest` is empty where it asks for nothing else."""
    match wanted:
        case Compare(prop, Operator.EQ, str() as value) if prop.key == "id":
            return Anchor((), (value,), And(()))
        case Compare(prop, Operator.IN, tuple() as values) if prop.key == "id":
            return Anchor((), tuple(map(str, values)), And(()))
        case Through(relation, Quantifier.SOME, inner) if relation.target:
            way = _way(inner)
            return Anchor((relation, *way.path), way.ids, way.rest) if way else None
        case And(filters):
            return _shortest(filters)
    return None


def _shortest(filters: Sequence[Filter]) -> Anchor | None:
    ways = [way for part in filters if (way := _way(part))]
    if not ways:
        return None
    way = min(ways, key=lambda each: (len(each.path), len(each.ids)))
    return way if len(filters) == 1 else Anchor(way.path, way.ids, And(tuple(filters)))
