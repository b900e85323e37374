"""What a statement gives as the answer itself: JSON put together as text, which nothing parses before the client."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, TypeGuard

import orjson

from graph.model import Property, ValueType
from graph.plan import Block, Column, EdgeColumn, EndColumn, NestColumn, PropertyColumn
from graph.sqlite.conditions import Parameters, column, ends, joined, ordering
from graph.sqlite.schema import quoted
from graph.whole import NODES

Where = Callable[[NestColumn, str, Parameters, str], str]
"""The condition of a page of related nodes: the second argument names their table, the last that of relationships."""


def is_whole(wanted: Column) -> TypeGuard[NestColumn]:
    """Whether a column is a relation that is given as the answer has it."""
    return isinstance(wanted, NestColumn) and wanted.whole


def spliced(block: Block, cells: Sequence[Any]) -> list[Any]:
    """A row of a block: its array, and what is given whole in its places, taken over as it is."""
    row: list[Any] = orjson.loads(cells[0])
    places = [place for place, wanted in enumerate(block.columns) if is_whole(wanted)]
    for place, text in zip(places, cells[1:], strict=True):
        row[place] = orjson.Fragment(text)
    return row


def whole_text(wanted: NestColumn, alias: str, parameters: Parameters, where: Where) -> str:
    """The JSON text of a relation: one object or null, or `{"nodes": [...]}`."""
    edge, node, page = parameters.alias(), parameters.alias(), parameters.alias()
    near, _ = ends(wanted.relation)
    assert wanted.block, "what is given whole has a block"
    row = _object(wanted.block, page, parameters, where)
    condition = f"{where(wanted, node, parameters, edge)} AND {edge}.{near} = {alias}.id"
    order, limit = ordering(wanted.orders, node, edge, parameters), parameters.bind(wanted.limit)
    picked = f"SELECT {carried(wanted.block.columns, node)} FROM {joined(wanted.relation, edge, node)}"
    rows = f"({picked} WHERE {condition} ORDER BY {order} LIMIT {limit}) AS {page}"
    if wanted.relation.one:
        return f"ifnull((SELECT {row} FROM {rows}), 'null')"
    return f"""'{{"{NODES}":[' || ifnull((SELECT group_concat({row}) FROM {rows}), '') || ']}}'"""


def carried(columns: Sequence[Column | EdgeColumn], node: str) -> str:
    """The columns of the table of a node that rows are made of.

    They are taken to where the page is cut, so that nothing is put together for what is not on the page.
    """
    keys = dict.fromkeys(["id", *(c.property.key for c in columns if isinstance(c, PropertyColumn | EndColumn))])
    return ", ".join(f"{node}.{quoted(key)} AS {quoted(key)}" for key in keys)


def _object(block: Block, alias: str, parameters: Parameters, where: Where) -> str:
    """The JSON text of a node under the keys of the block, which are fields of the model.

    SQLite makes one object of plain values faster than text of each, so that only what is no plain value is put
    beside; an object without its braces is members.
    """
    parts = [
        (plain, list(members))
        for plain, members in groupby(zip(block.keys, block.columns, strict=True), key=lambda m: _is_plain(m[1]))
    ]
    if len(parts) == 1 and parts[0][0]:
        return _plain_object(parts[0][1], alias)
    texts = [
        [f"trim({_plain_object(members, alias)}, '{{}}')"]
        if plain
        else [f"""'"{key}":' || {_member(wanted, alias, parameters, where)}""" for key, wanted in members]
        for plain, members in parts
    ]
    return "'{' || " + " || ',' || ".join(text for some in texts for text in some) + " || '}'"


def _is_plain(wanted: Column) -> bool:
    """Whether a column is a value of SQL as it is one of JSON."""
    return (
        isinstance(wanted, PropertyColumn)
        and not wanted.property.many
        and wanted.property.type is not ValueType.BOOLEAN
    )


def _plain_object(members: Sequence[tuple[str, Column]], alias: str) -> str:
    values = [(key, wanted.property) for key, wanted in members if isinstance(wanted, PropertyColumn)]
    pairs = (f"'{key}', {_plain(prop, alias)}" for key, prop in values)
    return f"json_object({', '.join(pairs)})"


def _plain(prop: Property, alias: str) -> str:
    name = column(alias, prop)
    return f"upper({name})" if prop.values else name


def _member(wanted: Column, alias: str, parameters: Parameters, where: Where) -> str:
    if is_whole(wanted):
        return whole_text(wanted, alias, parameters, where)
    assert isinstance(wanted, PropertyColumn), "what is given whole holds properties and what is given whole"
    return _answered(wanted.property, alias)


def _answered(prop: Property, alias: str) -> str:
    """The JSON text of a list, which is never null, with enum values upper case, or of a truth value."""
    name = column(alias, prop)
    if prop.many:
        text = f"ifnull({name}, '[]')"
        return f"upper({text})" if prop.values else text
    return f"CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END"
