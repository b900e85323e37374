"""The `orderBy` inputs of every label."""

from __future__ import annotations

from typing import Any

from api.inputs import ANY, SortDirection, input_type
from graph.model import MODEL, NodeType


class Orders:
    """The `orderBy` inputs of a schema, made once."""

    def __init__(self) -> None:
        self._order = {n.label: _order_input(n) for n in MODEL.nodes}
        self._order[ANY] = input_type("NodeOrder", "One key of an order.", _directions(("id", "name")), one_of=True)

    def order(self, label: str | None) -> Any:
        """The `orderBy` input of a label; of any label where it is None."""
        return self._order[label or ANY]


def _order_input(node: NodeType) -> Any:
    names = tuple(p.field for p in node.shown if not p.many)
    return input_type(f"{node.label}Order", "One key of an order.", _directions(names), one_of=True)


def _directions(names: tuple[str, ...]) -> dict[str, tuple[Any, str]]:
    return {name: (SortDirection, f"Order by {name}.") for name in names}
