"""Filters, orders and pages as SQL conditions; every value is a parameter."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Direction, Property, Relation
from graph.plan import PathColumn
from graph.planner import key_column
from graph.records import Scalar
from graph.selection import And, Compare, Filter, HasLabel, Not, OnEdge, Operator, Or, Order, Quantifier, Through
from graph.sqlite.schema import ENTITY, edge_table, node_table, quoted

TRUE, FALSE = "1", "0"

_COMPARED = {
    Operator.EQ: "=",
    Operator.LT: "<",
    Operator.LTE: "<=",
    Operator.GT: ">",
    Operator.GTE: ">=",
}


class Parameters:
    """The values of one statement, and fresh names for its tables."""

    def __init__(self) -> None:
        self.values: dict[str, Scalar | None] = {}
        self._aliases = 0

    def bind(self, value: Scalar | None) -> str:
        """A place for the value in the text."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def alias(self) -> str:
        """A name that no other table of the statement has."""
        self._aliases += 1
        return f"t{self._aliases}"


def column(alias: str, prop: Property) -> str:
    """A column of a table in the statement."""
    return f"{alias}.{quoted(prop.key)}"


def joined(relation: Relation, edge: str, node: str) -> str:
    """The tables of a relation: its relationships joined to the nodes at the other end."""
    _, far = ends(relation)
    target = node_table(relation.target) if relation.target else ENTITY
    return f"{edge_table(relation.type.type)} AS {edge} JOIN {target} AS {node} ON {node}.id = {edge}.{far}"


def ends(relation: Relation) -> tuple[str, str]:
    """The quoted columns of this end and of the other end."""
    near, far = ("start", "end") if relation.direction is Direction.OUT else ("end", "start")
    return quoted(near), quoted(far)


def condition(wanted: Filter, alias: str, parameters: Parameters, *, edge: str = "", holds: bool = True) -> str:
    """The condition that a filter of a node, reached over the edge, holds, or that it does not.

    A missing value makes a comparison null, which WHERE takes as false: that is what a filter means as long as nothing
    negates it. So negation is carried down to the comparisons, and those that stay bare can use an index.
    """
    match wanted:
        case And(filters) | Or(filters):
            inside = [condition(f, alias, parameters, edge=edge, holds=holds) for f in filters]
            return _joined(inside, all_of=isinstance(wanted, And) is holds)
        case Not(inner):
            return condition(inner, alias, parameters, edge=edge, holds=not holds)
        case OnEdge(inner):
            return condition(inner, edge, parameters, holds=holds)
        case HasLabel(labels):
            return _negated(_in(f"{alias}.label", labels, parameters), holds)
        case Compare():
            return _comparison(wanted, alias, parameters, holds)
        case Through():
            return _through(wanted, alias, parameters, holds)


def ordering(orders: Sequence[Order], alias: str, edge: str, parameters: Parameters) -> str:
    """The order; nulls come last ascending, first descending."""
    ways = {True: "DESC NULLS FIRST", False: "ASC NULLS LAST"}
    keys = (f"{key_of(order, alias, edge, parameters)} {ways[order.descending]}" for order in orders)
    return ", ".join(keys) or f"{alias}.id"


def key_of(order: Order, alias: str, edge: str, parameters: Parameters) -> str:
    """The expression of a key of an order."""
    wanted = key_column(order)
    if isinstance(wanted, PathColumn):
        return end_of_path(wanted, alias, parameters)
    return column(edge if order.edge else alias, wanted.property)


def end_of_path(wanted: PathColumn, alias: str, parameters: Parameters) -> str:
    """The value to which relations lead from a node, or null."""
    tables, conditions, node = [], [], alias
    for relation in wanted.path:
        edge, far = parameters.alias(), parameters.alias()
        near, _ = ends(relation)
        conditions.append(f"{edge}.{near} = {node}.id")
        tables.append(joined(relation, edge, far))
        node = far
    value = column(node, wanted.property)
    source = f"SELECT {value} FROM {' JOIN '.join(tables)} WHERE {' AND '.join(conditions)}"
    if all(relation.one for relation in wanted.path):
        return f"({source})"
    return f"({source} AND {value} IS NOT NULL ORDER BY {value}{' DESC' if wanted.greatest else ''} LIMIT 1)"


def after(orders: Sequence[Order], keys: Sequence[Scalar | None], alias: str, edge: str, parameters: Parameters) -> str:
    """The condition that a node comes after the one with those keys of the order."""
    terms = [(key_of(o, alias, edge, parameters), o, v) for o, v in zip(orders, keys, strict=True)]
    options = []
    for place, (name, order, value) in enumerate(terms):
        same = [f"{n} IS {parameters.bind(v)}" for n, _, v in terms[:place]]
        options.append(_joined([*same, _beyond(name, order.descending, value, parameters)], all_of=True))
    return "(" + " OR ".join(options) + ")"


def _beyond(name: str, descending: bool, value: Scalar | None, parameters: Parameters) -> str:
    if descending:
        return f"{name} IS NOT NULL" if value is None else f"ifnull({name} < {parameters.bind(value)}, 0)"
    return "0" if value is None else f"ifnull({name} > {parameters.bind(value)}, 1)"


def _comparison(wanted: Compare, alias: str, parameters: Parameters, holds: bool) -> str:
    name, value = column(alias, wanted.property), wanted.value
    if wanted.operator is Operator.IS_NULL:
        return f"{name} IS NULL" if bool(value) is holds else f"{name} IS NOT NULL"
    if wanted.operator is Operator.NE:
        return _comparison(Compare(wanted.property, Operator.EQ, value), alias, parameters, not holds)
    if isinstance(value, tuple):
        return _negated(_in(name, value, parameters), holds)
    return _negated(_matched(wanted, name, parameters.bind(value)), holds)


def _negated(compared: str, holds: bool) -> str:
    """The comparison, or that it is false or null."""
    return compared if holds else f"NOT ifnull({compared}, 0)"


def _matched(wanted: Compare, name: str, place: str) -> str:
    if wanted.operator is Operator.STARTS_WITH:
        return f"substr({name}, 1, length({place})) = {place}"
    if wanted.operator is not Operator.CONTAINS:
        return f"{name} {_COMPARED[wanted.operator]} {place}"
    if wanted.property.many:
        return f"EXISTS (SELECT 1 FROM json_each({name}) AS item WHERE item.value = {place})"
    return f"instr({name}, {place}) > 0"


def _in(name: str, values: Sequence[Scalar], parameters: Parameters) -> str:
    return f"{name} IN ({', '.join(parameters.bind(value) for value in values)})"


def _through(wanted: Through, alias: str, parameters: Parameters, holds: bool) -> str:
    """What is deep stands first, since the parser of SQLite keeps what stands before it."""
    edge, node = parameters.alias(), parameters.alias()
    near, _ = ends(wanted.relation)
    every = wanted.quantifier is Quantifier.ALL
    inner = condition(wanted.filter, node, parameters, edge=edge, holds=not every)
    tables = joined(wanted.relation, edge, node)
    exists = f"EXISTS (SELECT 1 FROM {tables} WHERE {inner} AND {edge}.{near} = {alias}.id)"
    return exists if (wanted.quantifier is Quantifier.SOME) is holds else f"NOT {exists}"


def _joined(conditions: Sequence[str], *, all_of: bool) -> str:
    if not conditions:
        return TRUE if all_of else FALSE
    if len(conditions) == 1:
        return conditions[0]
    return "(" + (" AND " if all_of else " OR ").join(conditions) + ")"
