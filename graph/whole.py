"""Which related nodes a store gives as the answer itself, so that nothing is left to do for each row.

These are lists of nodes alone and single nodes, under the model's own names for their fields: what a client renames,
pages through with cursors, counts or asks of relationships is shaped from rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.plan import Block, Column, NestColumn
from graph.selection import Field, Many, Nodes, One, OneEdge, Value

NODES = "nodes"
"""The only part of a list that is given whole."""


def whole(wanted: One | OneEdge | Many, fields: Sequence[Field], column: NestColumn) -> NestColumn | None:
    """The column that gives a field whole, with those fields of its nodes; None where rows have to be shaped."""
    block = column.block
    if block is None or wanted.key != wanted.relation.field or not _is_alone(wanted):
        return None
    if len(fields) != len(block.columns) or not all(map(_is_named, fields, block.columns)):
        return None
    limit = wanted.connection.page.size if isinstance(wanted, Many) else 1
    return replace(column, limit=limit, block=Block(block.label, block.columns, _keys(fields)), whole=True)


def _is_alone(wanted: One | OneEdge | Many) -> bool:
    """Whether the nodes are all that is wanted of the relation, in the order in which they are read."""
    if not isinstance(wanted, Many):
        return isinstance(wanted, One)
    parts = wanted.connection.parts
    return wanted.connection.page.last is None and [(type(p), p.key) for p in parts] == [(Nodes, NODES)]


def _is_named(field: Field, column: Column) -> bool:
    """Whether a column is the value of a field under the field's own name."""
    if isinstance(field, Value):
        return field.key == field.property.field
    return isinstance(column, NestColumn) and column.whole


def _keys(fields: Sequence[Field]) -> tuple[str, ...]:
    return tuple(field.key for field in fields)
