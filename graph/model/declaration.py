"""The whole declaration: node types and relationship types together, refused where they contradict each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model.consistency import breaches
from graph.model.types import ContradictoryModel, Direction, NodeType, Relation, RelationshipType


@dataclass(frozen=True, slots=True)
class Model:
    """The whole declaration; making one that contradicts itself raises `ContradictoryModel`."""

    nodes: tuple[NodeType, ...]
    relationships: tuple[RelationshipType, ...]
    _labels: Mapping[str, NodeType] = field(init=False, repr=False, compare=False)
    _types: Mapping[str, RelationshipType] = field(init=False, repr=False, compare=False)
    _relations: Mapping[str, Mapping[str, Relation]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = breaches(self.nodes, self.relationships)
        if found:
            raise ContradictoryModel("\n".join(found))
        object.__setattr__(self, "_labels", {n.label: n for n in self.nodes})
        object.__setattr__(self, "_types", {r.type: r for r in self.relationships})
        object.__setattr__(self, "_relations", {n.label: relations_of(n.label, self.relationships) for n in self.nodes})

    def node(self, label: str) -> NodeType:
        """The node type of that label; `KeyError` where there is none."""
        return self._labels[label]

    def relationship(self, type_: str) -> RelationshipType:
        """The relationship type of that name; `KeyError` where there is none."""
        return self._types[type_]

    def relations(self, label: str) -> Mapping[str, Relation]:
        """The relationships of a label by field name, in the order of their declaration."""
        return self._relations[label]

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels, in the order of their declaration."""
        return tuple(self._labels)


def relations_of(label: str, relationships: tuple[RelationshipType, ...]) -> dict[str, Relation]:
    """The relationships of one label by field name; pairs of one type, direction and field become one relation."""
    found: dict[str, Relation] = {}
    for relationship in relationships:
        for direction, name, target in _ends(label, relationship):
            known = found.get(name)
            targets = (*known.targets, target) if known else (target,)
            found[name] = Relation(label, name, relationship, direction, tuple(dict.fromkeys(targets)))
    return found


def _ends(label: str, relationship: RelationshipType) -> list[tuple[Direction, str, str]]:
    out = [(Direction.OUT, p.start_field, p.end) for p in relationship.pairs if p.start == label]
    into = [(Direction.IN, p.end_field, p.start) for p in relationship.pairs if p.end == label]
    return out + into
