"""The `where` inputs: of every label, and of what a relation leads to, with the relationship itself under `edge`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from api.inputs import ANY, edge_properties, fill_input, filter_of, input_type, label_enum, value_filter
from graph.model import MODEL, NodeType, Relation, camel

Fields = dict[str, tuple[Any, str]]
EDGE = "edge"
_COMMON = frozenset({"assertion", "rule"})


class Conditions:
    """The `where` inputs of a schema, made once.

    What a relation leads to is filtered like the nodes of its label, and under `edge` by the relationship itself. So
    there is one input for each label and each set of properties that a relationship to it can have.
    """

    def __init__(self) -> None:
        self._where = {label: type(f"{label}Where", (), {}) for label in (*MODEL.labels, ANY)}
        self._related: dict[str, Any] = {}
        self._quantified: dict[str, Any] = {}
        self._edges: dict[str, Any] = {}
        relations = {r.field: r for label in MODEL.labels for r in MODEL.relations(label).values()}
        assert EDGE not in relations and not any(p.field == EDGE for n in MODEL.nodes for p in n.shown)
        for label, where in self._where.items():
            _fill(where, f"Conditions on nodes of {label}; several keys mean AND.", self._fields(label))

    def where(self, label: str | None) -> Any:
        """The `where` input of a label; of any label where it is None."""
        return self._where[label or ANY]

    def related(self, relation: Relation) -> Any:
        """The `where` input of what a relation leads to."""
        target, kind = relation.target or ANY, kind_of(relation)
        if not kind:
            return self._where[target]
        name = f"{target}{kind}Where"
        if name not in self._related:
            made = self._related[name] = type(name, (), {})
            meaning = f"Conditions on nodes of {target} and on what leads to them; several keys mean AND."
            edge = (self._edge(relation), "The relationship over which the node is reached matches.")
            _fill(made, meaning, {**self._fields(target), EDGE: edge})
        return self._related[name]

    def _quantifiers(self, relation: Relation) -> Any:
        where = self.related(relation)
        name = where.__name__.removesuffix("Where") + "Quantified"
        if name not in self._quantified:
            quantifiers = {
                "some": (where, "At least one related node matches; {} asks that there is one."),
                "all": (where, "Every related node matches; true where there is none."),
                "none": (where, "No related node matches."),
            }
            self._quantified[name] = input_type(name, "How many of the related nodes match.", quantifiers)
        return self._quantified[name]

    def _edge(self, relation: Relation) -> Any:
        kind = kind_of(relation).removeprefix("Related")
        name = f"{kind}EdgeWhere"
        if name not in self._edges:
            made = self._edges[name] = type(name, (), {})
            fields = {p.field: (filter_of(p), p.description) for p in edge_properties(relation.type)}
            which = f"{relation.type.type} relationships" if kind else "relationships"
            _fill(made, f"Conditions on {which}; several keys mean AND.", fields)
        return self._edges[name]

    def _fields(self, label: str) -> Fields:
        return _any_fields() if label == ANY else self._node_fields(MODEL.node(label))

    def _node_fields(self, node: NodeType) -> Fields:
        fields = {p.field: (filter_of(p), p.description) for p in node.shown}
        for name, relation in MODEL.relations(node.label).items():
            kind = self.related(relation) if relation.one else self._quantifiers(relation)
            fields[name] = (kind, relation.type.description)
        return fields


def kind_of(relation: Relation) -> str:
    """What tells apart the relationships that lead to a label: their type, where they have properties of their own.

    `Related` where they have but an assertion and a rule, nothing where not even those.
    """
    keys = {p.key for p in relation.type.shown}
    if keys - _COMMON:
        name = camel(relation.type.type.lower())
        return name[0].upper() + name[1:]
    return "Related" if keys else ""


def _any_fields() -> Fields:
    return {
        "id": (value_filter(strawberry.ID, "IDFilter", False), "The id."),
        "name": (value_filter(str, "StringFilter", False), "The name."),
        "label": (value_filter(label_enum(), "EntityTypeFilter", False), "The label."),
    }


def _fill(where: Any, meaning: str, fields: Mapping[str, tuple[Any, str]]) -> None:
    logic = {
        "and": (list[where], "All of them hold."),
        "or": (list[where], "One of them holds."),
        "not": (where, "It does not hold."),
    }
    fill_input(where, meaning, {**fields, **logic})
