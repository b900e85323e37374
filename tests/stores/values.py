"""Values as the referee reads and compares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.merging import Node
from graph.selection import Operator


def compares(own: Any, operator: Operator, other: Any) -> bool:
    """A comparison; with a missing value it is false, but for NE and IS_NULL."""
    if operator is Operator.IS_NULL:
        return (own is None) is other
    if operator is Operator.NE:
        return bool(own != other)
    if own is None:
        return False
    tests: Mapping[Operator, Any] = {
        Operator.EQ: lambda: own == other,
        Operator.IN: lambda: own in other,
        Operator.LT: lambda: own < other,
        Operator.LTE: lambda: own <= other,
        Operator.GT: lambda: own > other,
        Operator.GTE: lambda: own >= other,
        Operator.CONTAINS: lambda: other in own,
        Operator.STARTS_WITH: lambda: own.startswith(other),
    }
    return bool(tests[operator]())


def value(node: Node, wanted: str) -> Any:
    """A property of a node, the id among them; None where it is not stated."""
    return node.id if wanted == "id" else node.values.get(wanted)


def plain(stored: Any) -> Any:
    """A value as rows hold it."""
    return list(stored) if isinstance(stored, tuple) else stored
