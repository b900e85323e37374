"""Rows as answers, fast: for fields that need nothing but their row the way is worked out once, not for each row.

What needs more, such as cursors, properties of relationships or wording that may not be shown, is left to `answering`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeAlias

from graph.model import Property, ValueType
from graph.planner import Listing, PlannedField
from graph.selection import Constant, Many, Nodes, One, Total, Value

Row: TypeAlias = list[Any]
Fetched: TypeAlias = Mapping[int, Mapping[str, tuple[Any, ...]]]
"""For each listing (by identity) the nodes of its own step: by id, one value for each shape."""

Shaper: TypeAlias = Callable[[Row], Any]
"""From the row of a node, or from the entry of a list, to its value in the answer."""


def shaper(view: Sequence[PlannedField], fetched: Fetched) -> Shaper | None:
    """How rows become answers under a view; None where a field needs more than its row and the steps below it."""
    fields = [(planned.field.key, _getter(planned, fetched)) for planned in view]
    if not all(get for _, get in fields):
        return None
    if _are_plain(view):
        keys = tuple(key for key, _ in fields)
        return lambda row: dict(zip(keys, row, strict=False))
    known = [(key, get) for key, get in fields if get]
    return lambda row: {key: get(row) for key, get in known}


def children(listing: Listing, fetched: Fetched) -> list[Shaper] | None:
    """How the entries of a listing become nodes, for each shape that is wanted; None where `shaper` has no way."""
    if listing.cut:
        return [_from_step(listing, place, fetched) for place in range(len(listing.shapes))]
    found = [shaper(view, fetched) for view in (listing.child.views if listing.child else ())]
    return [_of_entry(shape) for shape in found if shape] if all(found) else None


def converter(prop: Property) -> Callable[[Any], Any]:
    """How the stored value of a property becomes its value in an answer."""
    if prop.many:
        return _upper_all if prop.values else _list
    if prop.values:
        return _upper
    return _bool if prop.type is ValueType.BOOLEAN else _same


def child_id(child: Any) -> str:
    """The id of a child that a step of its own fetches; it stands beside its label where several are possible."""
    return str(child[0]) if isinstance(child, list) else str(child)


def _are_plain(view: Sequence[PlannedField]) -> bool:
    """Whether the fields are the first columns of the row in their order, none of them changed."""
    return all(map(_is_as_stored, view)) and [p.place for p in view] == list(range(len(view)))


def _is_as_stored(planned: PlannedField) -> bool:
    if isinstance(planned.field, Value):
        return converter(planned.field.property) is _same
    return _is_whole(planned)


def _is_whole(planned: PlannedField) -> bool:
    """Whether the store gave the field as it stands in the answer."""
    return isinstance(planned.field, One | Many) and planned.listing is None


def _getter(planned: PlannedField, fetched: Fetched) -> Shaper | None:
    wanted, place = planned.field, planned.place
    if isinstance(wanted, Value):
        return _value(place, converter(wanted.property))
    if isinstance(wanted, Constant):
        value = wanted.value
        return lambda row: value
    if _is_whole(planned):
        return itemgetter(place)
    if planned.listing is None or not isinstance(wanted, One | Many):
        return None
    nodes = children(planned.listing, fetched)
    if nodes is None:
        return None
    return _one(place, nodes[0]) if isinstance(wanted, One) else _many(wanted, place, nodes)


def _value(place: int, convert: Callable[[Any], Any]) -> Shaper:
    return itemgetter(place) if convert is _same else lambda row: convert(row[place])


def _one(place: int, node: Shaper) -> Shaper:
    def shaped(row: Row) -> Any:
        entries = row[place][1]
        return node(entries[0]) if entries else None

    return shaped


def _many(wanted: Many, place: int, nodes: Sequence[Shaper]) -> Shaper | None:
    connection = wanted.connection
    if connection.page.last is not None or not all(isinstance(p, Nodes | Total | Constant) for p in connection.parts):
        return None
    size, waiting = connection.page.size, iter(nodes)
    parts = [(p.key, _part(p, size, waiting)) for p in connection.parts]
    if len(parts) == 1:
        ((key, get),) = parts
        return lambda row: {key: get(row[place])}
    return lambda row: {key: get(row[place]) for key, get in parts}


def _part(part: Any, size: int, waiting: Any) -> Shaper:
    """From the cell of a relation, which is its total and its entries, to a part of the connection."""
    if isinstance(part, Total):
        return itemgetter(0)
    if isinstance(part, Constant):
        value = part.value
        return lambda cell: value
    node = next(waiting)
    return lambda cell: [node(entry) for entry in (cell[1] or ())[:size]]


def _of_entry(shape: Shaper) -> Shaper:
    return lambda entry: shape(entry[-1])


def _from_step(listing: Listing, place: int, fetched: Fetched) -> Shaper:
    found, none = fetched[id(listing)], (None,) * len(listing.shapes)
    return lambda entry: found.get(child_id(entry[-1]), none)[place]


def _same(value: Any) -> Any:
    return value


def _bool(value: Any) -> bool | None:
    return None if value is None else bool(value)


def _upper(value: Any) -> str | None:
    return None if value is None else str(value).upper()


def _list(value: Any) -> list[Any]:
    return value or []


def _upper_all(value: Any) -> list[str]:
    return [item.upper() for item in value or []]
