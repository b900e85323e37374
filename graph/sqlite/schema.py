"""The tables: one for each label and each relationship type, derived from the model, and how values lie in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache

import orjson

from graph.model import MODEL, NodeType, Property, RelationshipType, ValueType
from graph.records import Value

ENTITY = "entity"
_INTEGERS = (ValueType.INTEGER, ValueType.BOOLEAN)


def quoted(name: str) -> str:
    """A name as SQL wants it; names come from the model alone."""
    return f'"{name}"'


@cache
def node_table(label: str) -> str:
    """The quoted table of a label."""
    return quoted(MODEL.node(label).prefix.replace("-", "_"))


@cache
def edge_table(type_: str) -> str:
    """The quoted table of a relationship type."""
    return quoted(type_.lower())


@cache
def edge_columns(relationship: RelationshipType) -> tuple[Property, ...]:
    """What a relationship's table holds beside its ends."""
    cited = (Property("citations", "The ids of its citations.", many=True),) if relationship.cited else ()
    states = (Property("states", "The values it carries, as JSON."),) if relationship.carries_values else ()
    return (*cited, *relationship.properties, *states)


def statements() -> Iterator[str]:
    """What makes every table and index that is missing."""
    yield f"CREATE TABLE IF NOT EXISTS {ENTITY} (id TEXT PRIMARY KEY, label TEXT NOT NULL, name TEXT) WITHOUT ROWID"
    yield f"CREATE INDEX IF NOT EXISTS entity_by_name ON {ENTITY} (name, id)"
    for node in MODEL.nodes:
        yield from _node_statements(node)
    for relationship in MODEL.relationships:
        yield from _edge_statements(relationship)


def make_tables(cursor: sqlite3.Cursor) -> None:
    """Makes every table, column and index that is missing: a file of an older model gets the properties of this one."""
    for table, columns in _columns():
        present = {row[1] for row in cursor.execute(f"PRAGMA table_info({table})")}
        for prop in columns:
            if present and prop.key not in present:
                cursor.execute(f"ALTER TABLE {table} ADD COLUMN {_column(prop)}")
    for statement in statements():
        cursor.execute(statement)


def _columns() -> Iterator[tuple[str, tuple[Property, ...]]]:
    for node in MODEL.nodes:
        yield node_table(node.label), node.stored
    for relationship in MODEL.relationships:
        yield edge_table(relationship.type), edge_columns(relationship)


def encode(value: Value | None) -> str | int | None:
    """A value as it lies in a column."""
    return orjson.dumps(value).decode() if isinstance(value, tuple) else value


def decode(prop: Property, value: str | int) -> Value:
    """A value from a column; null is left out before."""
    if prop.many:
        return tuple(orjson.loads(str(value)))
    return bool(value) if prop.type is ValueType.BOOLEAN else value


def _node_statements(node: NodeType) -> Iterator[str]:
    table = node_table(node.label)
    columns = ", ".join(_column(p) for p in node.stored if p.key != "id")
    yield f"CREATE TABLE IF NOT EXISTS {table} (id TEXT PRIMARY KEY, {columns}) WITHOUT ROWID"
    for key in indexed_keys(node):
        index = quoted(f"{table.strip(chr(34))}_by_{key}")
        yield f"CREATE INDEX IF NOT EXISTS {index} ON {table} ({quoted(key)}, id)"


def _edge_statements(relationship: RelationshipType) -> Iterator[str]:
    table = edge_table(relationship.type)
    columns = "".join(", " + _column(p) for p in edge_columns(relationship))
    ends = '"start" TEXT NOT NULL, "end" TEXT NOT NULL'
    yield f'CREATE TABLE IF NOT EXISTS {table} ({ends}{columns}, PRIMARY KEY ("start", "end")) WITHOUT ROWID'
    back = quoted(f"{relationship.type.lower()}_back")
    yield f'CREATE INDEX IF NOT EXISTS {back} ON {table} ("end", "start")'


def indexed_keys(node: NodeType) -> list[str]:
    """The stored keys by which nodes of a label are ordered or looked up."""
    keys = [node.prop(key).order_key for key in ("name", *node.order)]
    keys += [key for lookup in node.lookups for key in lookup if key in node.keys]
    return list(dict.fromkeys([*keys, *(["folded"] if node.label == "Name" else [])]))


def _column(prop: Property) -> str:
    kind = "INTEGER" if prop.type in _INTEGERS and not prop.many else "TEXT"
    return f"{quoted(prop.key)} {kind}"
