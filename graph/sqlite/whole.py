"""What a statement gives as the answer itself: JSON put together as text, which nothing parses before the client."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeGuard

import orjson

from graph.model import Property, ValueType
from graph.plan import Block, Column, NestColumn, PropertyColumn
from graph.sqlite.conditions import Parameters, column, ends, joined, ordering
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
    edge, node = parameters.alias(), parameters.alias()
    near, _ = ends(wanted.relation)
    assert wanted.block, "what is given whole has a block"
    row = _object(wanted.block, node, parameters, where)
    condition = where(wanted, node, parameters, edge)
    order, limit = ordering(wanted.orders, node, edge, parameters), parameters.bind(wanted.limit)
    rows = (
        f"SELECT {row} AS j FROM {joined(wanted.relation, edge, node)} "
        f"WHERE {condition} AND {edge}.{near} = {alias}.id ORDER BY {order} LIMIT {limit}"
    )
    if wanted.relation.one:
        return f"ifnull(({rows}), 'null')"
    return f"""'{{"{NODES}":[' || ifnull((SELECT group_concat(j) FROM ({rows})), '') || ']}}'"""


def _object(block: Block, alias: str, parameters: Parameters, where: Where) -> str:
    """The JSON text of a node under the keys of the block, which are fields of the model."""
    values = [_member(wanted, alias, parameters, where) for wanted in block.columns]
    members = [f"""'"{key}":' || {value}""" for key, value in zip(block.keys, values, strict=True)]
    return "'{' || " + " || ',' || ".join(members) + " || '}'"


def _member(wanted: Column, alias: str, parameters: Parameters, where: Where) -> str:
    if isinstance(wanted, PropertyColumn):
        return answered(wanted.property, alias)
    assert is_whole(wanted), "what is given whole holds properties and what is given whole"
    return whole_text(wanted, alias, parameters, where)


def answered(prop: Property, alias: str) -> str:
    """The JSON text of a property as an answer has it: enum values upper case, lists never null."""
    name = column(alias, prop)
    if prop.many:
        text = f"ifnull({name}, '[]')"
        return f"upper({text})" if prop.values else text
    if prop.type is ValueType.BOOLEAN:
        return f"CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END"
    return f"json_quote(upper({name}))" if prop.values else f"json_quote({name})"
