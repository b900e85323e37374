"""How nodes and relationships are read whole from their tables."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from graph.identifiers import label_of
from graph.merging import Edge, Node
from graph.model import MODEL, Property
from graph.records import Value
from graph.sqlite.schema import decode, edge_columns, node_table


def by_label(ids: Sequence[str]) -> dict[str, list[str]]:
    """The ids by the label of their nodes."""
    groups = defaultdict[str, list[str]](list)
    for id_ in ids:
        groups[label_of(id_)].append(id_)
    return groups


def read_whole(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Node]:
    """The nodes with those ids, by a statement for each label."""
    found: list[Node] = []
    for label, members in by_label(ids).items():
        statement = f"SELECT n.* FROM json_each(?) JOIN {node_table(label)} AS n ON n.id = value"
        found += read_nodes(connection, label, statement, (json.dumps(members),))
    return found


def read_nodes(connection: sqlite3.Connection, label: str, statement: str, values: Sequence[str]) -> Iterator[Node]:
    """The nodes that a statement selects whole, in the order of the table's columns."""
    properties = {p.key: p for p in MODEL.node(label).stored}
    cursor = connection.execute(statement, values)
    keys = [d[0] for d in cursor.description]
    for row in cursor:
        found = dict(zip(keys, row, strict=True))
        id_ = found.pop("id")
        yield Node(label, id_, _decoded(properties, found))


def read_edges(
    connection: sqlite3.Connection, type_: str, statement: str, values: Sequence[str] | Mapping[str, str | int]
) -> Iterator[Edge]:
    """The relationships that a statement selects whole."""
    properties = {p.key: p for p in edge_columns(MODEL.relationship(type_))}
    cursor = connection.execute(statement, values)
    keys = [d[0] for d in cursor.description]
    for row in cursor:
        found = dict(zip(keys, row, strict=True))
        start, end, states = found.pop("start"), found.pop("end"), found.pop("states", None)
        carried = {k: tuple(v) if isinstance(v, list) else v for k, v in orjson.loads(states or "{}").items()}
        yield Edge(type_, start, end, {**carried, **_decoded(properties, found)})


def _decoded(properties: Mapping[str, Property], found: Mapping[str, Any]) -> dict[str, Value]:
    return {key: decode(properties[key], value) for key, value in found.items() if value is not None}
