"""The peer's type definitions, made from the model, so that both APIs read the same graph."""

from __future__ import annotations

from collections.abc import Iterator

from graph.model import MODEL, Direction, NodeType, Property, Relation, ValueType

_SCALARS = {ValueType.INTEGER: "Int", ValueType.BOOLEAN: "Boolean"}


def type_definitions() -> str:
    """Every label with its properties, its keys of order, and its relationships to one label each."""
    return "\n".join(_type(node) for node in MODEL.nodes)


def _type(node: NodeType) -> str:
    head = f'type {node.label} @node(labels: ["{node.label}"]) @plural(value: "{node.plural}") {{'
    return "\n".join([head, *(_property(p) for p in node.stored), *_relations(node.label), "}"])


def _property(prop: Property) -> str:
    kind = _SCALARS.get(prop.type, "String")
    alias = f' @alias(property: "{prop.key}")' if prop.field != prop.key else ""
    return f"  {prop.field}: {f'[{kind}!]' if prop.many else kind}{alias}"


def _relations(label: str) -> Iterator[str]:
    """The peer knows lists alone, and no field that leads to several labels but over unions."""
    for name, relation in MODEL.relations(label).items():
        if relation.target:
            yield f"  {name}: [{relation.target}!]! @relationship({_way(relation)})"


def _way(relation: Relation) -> str:
    direction = "OUT" if relation.direction is Direction.OUT else "IN"
    return f'type: "{relation.type.type}", direction: {direction}'
