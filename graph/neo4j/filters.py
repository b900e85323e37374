"""Filters as Cypher conditions; every value is a parameter.

The server orders stored text by code point, but compares it with a parameter by UTF-16 unit. The two differ only where
one text has a character beyond U+FFFF at the place where the other has one from U+E000 to U+FFFF.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Property
from graph.neo4j.words import item, pattern, quoted
from graph.records import Scalar
from graph.selection import (
    And,
    Compare,
    Filter,
    HasLabel,
    Not,
    OnEdge,
    Operator,
    Or,
    Quantifier,
    Through,
    looks_at_edge,
)

TRUE, FALSE = "true", "false"

_COMPARED = {
    Operator.EQ: "{0} = {1}",
    Operator.IN: "{0} IN {1}",
    Operator.LT: "{0} < {1}",
    Operator.LTE: "{0} <= {1}",
    Operator.GT: "{0} > {1}",
    Operator.GTE: "{0} >= {1}",
    Operator.CONTAINS: "{0} CONTAINS {1}",
    Operator.STARTS_WITH: "{0} STARTS WITH {1}",
}
_ELEMENT = "{1} IN {0}"


class Parameters:
    """The values of one statement, and fresh names for its variables."""

    def __init__(self) -> None:
        self.values: dict[str, Scalar | list[Scalar] | None] = {}
        self._names = 0

    def bind(self, value: Scalar | Sequence[Scalar] | None) -> str:
        """A place for the value in the text."""
        name = f"p{len(self.values)}"
        self.values[name] = list(value) if isinstance(value, tuple | list) else value  # type: ignore[assignment]
        return f"${name}"

    def name(self, prefix: str) -> str:
        """A name that no other variable of the statement has."""
        self._names += 1
        return f"{prefix}{self._names}"


def condition(wanted: Filter, node: str, parameters: Parameters, *, edge: str = "", holds: bool = True) -> str:
    """The condition that a filter of a node, reached over the edge, holds, or that it does not.

    A missing value makes Cypher's comparison null, which WHERE takes as false: that is what a filter means as long as
    nothing negates it. So negation is carried down to the comparisons, and those that stay bare can use an index.
    """
    match wanted:
        case And(filters) | Or(filters):
            inside = [condition(f, node, parameters, edge=edge, holds=holds) for f in filters]
            return joined(inside, all_of=isinstance(wanted, And) is holds)
        case Not(inner):
            return condition(inner, node, parameters, edge=edge, holds=not holds)
        case OnEdge(inner):
            return condition(inner, edge, parameters, holds=holds)
        case HasLabel(labels):
            return _has_label(labels, node, holds=holds)
        case Compare():
            return _comparison(wanted, node, parameters, holds=holds)
        case Through():
            return _through(wanted, node, parameters, holds=holds)


def edge_name(wanted: Filter, parameters: Parameters) -> str:
    """A name for the relationship that leads to the nodes of a filter, or none where it asks nothing of it."""
    return parameters.name("r") if looks_at_edge(wanted) else ""


def both(*conditions: str) -> str:
    """The condition that all of them hold."""
    return joined(conditions, all_of=True)


def where(*conditions: str) -> str:
    """A WHERE that asks for all of the conditions, or nothing where they ask for nothing."""
    text = both(*conditions)
    return "" if text == TRUE else f" WHERE {text}"


def joined(conditions: Sequence[str], *, all_of: bool) -> str:
    """The condition that all of them hold, or that one does."""
    neutral, decisive, word = (TRUE, FALSE, " AND ") if all_of else (FALSE, TRUE, " OR ")
    if decisive in conditions:
        return decisive
    kept = [c for c in conditions if c != neutral]
    if len(kept) <= 1:
        return kept[0] if kept else neutral
    return "(" + word.join(kept) + ")"


def _has_label(labels: Sequence[str], node: str, *, holds: bool) -> str:
    if not labels:
        return FALSE if holds else TRUE
    test = f"{node}:{'|'.join(map(quoted, labels))}"
    return test if holds else f"NOT {test}"


def _comparison(wanted: Compare, node: str, parameters: Parameters, *, holds: bool) -> str:
    key, operator = item(node, wanted.property.key), wanted.operator
    if operator is Operator.IS_NULL:
        return f"{key} IS NULL" if bool(wanted.value) is holds else f"{key} IS NOT NULL"
    if operator is Operator.NE:
        return _comparison(Compare(wanted.property, Operator.EQ, wanted.value), node, parameters, holds=not holds)
    test = _test(wanted.property, operator).format(key, parameters.bind(wanted.value))
    return test if holds else f"NOT coalesce({test}, false)"


def _test(prop: Property, operator: Operator) -> str:
    return _ELEMENT if operator is Operator.CONTAINS and prop.many else _COMPARED[operator]


def _through(wanted: Through, node: str, parameters: Parameters, *, holds: bool) -> str:
    far, edge = parameters.name("n"), edge_name(wanted.filter, parameters)
    every = wanted.quantifier is Quantifier.ALL
    inner = condition(wanted.filter, far, parameters, edge=edge, holds=not every)
    exists = f"EXISTS {{ MATCH {pattern(wanted.relation, node, edge, far, labelled=inner != TRUE)}{where(inner)} }}"
    return exists if (wanted.quantifier is Quantifier.SOME) is holds else f"NOT {exists}"
