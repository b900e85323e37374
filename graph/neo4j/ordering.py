"""Orders and the places of pages in Cypher: the keys by which nodes are sorted, and what comes after given keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import ValueType
from graph.neo4j.filters import FALSE, TRUE, Parameters, both, joined
from graph.neo4j.words import item, pattern
from graph.plan import PathColumn
from graph.planner import key_column
from graph.records import Scalar
from graph.selection import Order, is_id, turned


@dataclass(frozen=True, slots=True)
class Sorting:
    """An order with the expression of each key; `bound` names those that have to be computed for each node first."""

    orders: tuple[Order, ...]
    keys: tuple[str, ...]
    bound: tuple[str, ...] = ()

    @property
    def turned(self) -> Sorting:
        """The same order the other way round."""
        return Sorting(turned(self.orders), self.keys, self.bound)

    @property
    def rest(self) -> Sorting:
        """The order without its first key."""
        return Sorting(self.orders[1:], self.keys[1:])


def sorting(orders: tuple[Order, ...], node: str, edge: str, parameters: Parameters) -> Sorting:
    """The order of nodes that are reached over an edge; by the id where nothing is asked for."""
    keys, bound = [], []
    for order in orders:
        column = key_column(order)
        if isinstance(column, PathColumn):
            keys.append(parameters.name("k"))
            bound.append(f"{end_of_path(column, node, parameters)} AS {keys[-1]}")
        else:
            keys.append(item(edge if order.edge else node, column.property.key))
    return Sorting(orders, tuple(keys) or (item(node, "id"),), tuple(bound))


def end_of_path(wanted: PathColumn, node: str, parameters: Parameters) -> str:
    """The value to which relations lead from a node, or null."""
    match, near = [], node
    for relation in wanted.path:
        far = parameters.name("n")
        match.append(f"MATCH {pattern(relation, near, '', far, labelled=True)}")
        near = far
    value, way = item(near, wanted.property.key), " ".join(match)
    if all(relation.one for relation in wanted.path):
        return f"COLLECT {{ {way} RETURN {value} }}[0]"
    least = f"RETURN {value} ORDER BY {value}{' DESC' if wanted.greatest else ''} LIMIT 1"
    return f"COLLECT {{ {way} WHERE {value} IS NOT NULL {least} }}[0]"


def cut(wanted: Sorting, variables: Sequence[str], between: str, limit: str) -> str:
    """What takes the page of the nodes that a MATCH found; `between` is the condition that is asked of bound keys."""
    carried = ", ".join(variables)
    directions = [" DESC" if order.descending else "" for order in wanted.orders] or [""]
    by = ", ".join(key + way for key, way in zip(wanted.keys, directions, strict=True))
    if not wanted.bound:
        return f"WITH {carried} ORDER BY {by} LIMIT {limit}"
    filtered = "" if between == TRUE else f" WHERE {between} WITH *"
    return f"WITH {carried}, {', '.join(wanted.bound)}{filtered} ORDER BY {by} LIMIT {limit}"


def after(wanted: Sorting, places: Sequence[Scalar | None], parameters: Parameters) -> str:
    """The condition that a node comes after the one with those keys of the order."""
    if not wanted.orders:
        return FALSE
    order, key, value = wanted.orders[0], wanted.keys[0], places[0]
    beyond = _beyond(order, key, value, parameters)
    rest = after(wanted.rest, places[1:], parameters)
    if rest == FALSE:
        return beyond
    same = f"{key} IS NULL" if value is None else f"{key} = {bind_key(order, value, parameters)}"
    return joined([beyond, both(same, rest)], all_of=False)


def bind_key(order: Order, value: Scalar | None, parameters: Parameters) -> str:
    """A place for a key of an order; of a truth value other stores keep a number in their cursors."""
    truth = order.property.type is ValueType.BOOLEAN and value is not None
    return parameters.bind(bool(value) if truth else value)


def _beyond(order: Order, key: str, value: Scalar | None, parameters: Parameters) -> str:
    if value is None:
        return f"{key} IS NOT NULL" if order.descending else FALSE
    place = bind_key(order, value, parameters)
    if order.descending:
        return f"{key} < {place}"
    return f"{key} > {place}" if is_id(order) else f"({key} > {place} OR {key} IS NULL)"
