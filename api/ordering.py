"""The `orderBy` inputs: of every label, through its relations, and by the relationship of a list below a node."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.conditions import EDGE, kind_of
from api.inputs import ANY, SortDirection, fill_input, input_type
from graph.model import MODEL, Property, Relation

Fields = dict[str, tuple[Any, str]]
_MEANING = "One key of an order."


class Orders:
    """The `orderBy` inputs of a schema, made once; each is one key of an order."""

    def __init__(self) -> None:
        self._order = {label: type(f"{label}Order", (), {}) for label in (*MODEL.labels, ANY)}
        self._related: dict[str, Any] = {}
        for label, order in self._order.items():
            fill_input(order, _MEANING, self._fields(label), one_of=True)

    def order(self, label: str | None) -> Any:
        """The `orderBy` input of a label; of any label where it is None."""
        return self._order[label or ANY]

    def related(self, relation: Relation) -> Any:
        """The `orderBy` input of what a relation leads to: where the relationship has keys, it is under `edge`."""
        keys = [p for p in relation.type.shown if not p.many]
        kind, target = kind_of(relation), relation.target or ANY
        if kind in ("", "Related"):
            return self._order[target]
        name = f"{target}{kind}Order"
        if name not in self._related:
            edge = self._edge(f"{kind}EdgeOrder", keys)
            fields = {**self._fields(target), EDGE: (edge, "Order by the relationship over which the node is reached.")}
            self._related[name] = input_type(name, _MEANING, fields, one_of=True)
        return self._related[name]

    def _edge(self, name: str, keys: Iterable[Property]) -> Any:
        if name not in self._related:
            self._related[name] = input_type(name, _MEANING, _directions(p.field for p in keys), one_of=True)
        return self._related[name]

    def _fields(self, label: str) -> Fields:
        if label == ANY:
            return _directions(("id", "name"))
        fields = _directions(p.field for p in MODEL.node(label).shown if not p.many)
        for name, relation in MODEL.relations(label).items():
            which = "" if relation.one else "; of several the least value counts ascending, the greatest descending"
            fields[name] = (self._order[relation.target or ANY], f"Order by what {name} leads to{which}.")
        return fields


def _directions(names: Iterable[str]) -> Fields:
    return {name: (SortDirection, f"Order by {name}.") for name in names}
