"""How a change is written: what goes first, then nodes, then the relationships between them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from graph.errors import LooseRelationships
from graph.identifiers import label_of
from graph.merging import Edge, Node
from graph.model import MODEL
from graph.sqlite.schema import ENTITY, edge_columns, edge_table, encode, node_table, quoted
from graph.sqlite.searching import forget, index
from graph.store import Change

_CARRIED = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def write(cursor: sqlite3.Cursor, change: Change) -> None:
    """Writes a change in the cursor's transaction; `LooseRelationships` where an end is not there."""
    _delete(cursor, change)
    _put_nodes(cursor, change.put_nodes)
    _put_edges(cursor, change.put_edges)
    _refuse_loose_ends(cursor, change)


def _delete(cursor: sqlite3.Cursor, change: Change) -> None:
    for type_, start, end in change.delete_edges:
        cursor.execute(f'DELETE FROM {edge_table(type_)} WHERE "start" = ? AND "end" = ?', (start, end))
    forget(cursor, change.delete_nodes)
    for id_ in change.delete_nodes:
        cursor.execute(f"DELETE FROM {node_table(label_of(id_))} WHERE id = ?", (id_,))
        cursor.execute(f"DELETE FROM {ENTITY} WHERE id = ?", (id_,))


def _put_nodes(cursor: sqlite3.Cursor, nodes: Sequence[Node]) -> None:
    groups = defaultdict[str, list[Node]](list)
    for node in nodes:
        groups[node.label].append(node)
    for label, members in groups.items():
        keys = [p.key for p in MODEL.node(label).stored if p.key != "id"]
        places = ", ".join("?" for _ in ("id", *keys))
        columns = ", ".join(map(quoted, ("id", *keys)))
        cursor.executemany(
            f"INSERT OR REPLACE INTO {node_table(label)} ({columns}) VALUES ({places})",
            [(n.id, *(encode(n.values.get(k)) for k in keys)) for n in members],
        )
    cursor.executemany(
        f"INSERT OR REPLACE INTO {ENTITY} VALUES (?, ?, ?)",
        [(n.id, n.label, n.values.get("name")) for n in nodes],
    )
    index(cursor, nodes)


def _put_edges(cursor: sqlite3.Cursor, edges: Sequence[Edge]) -> None:
    groups = defaultdict[str, list[Edge]](list)
    for edge in edges:
        groups[edge.type].append(edge)
    for type_, members in groups.items():
        keys = [p.key for p in edge_columns(MODEL.relationship(type_))]
        columns = ", ".join(map(quoted, ("start", "end", *keys)))
        places = ", ".join("?" for _ in ("start", "end", *keys))
        cursor.executemany(
            f"INSERT OR REPLACE INTO {edge_table(type_)} ({columns}) VALUES ({places})",
            [(e.start, e.end, *(_cell(e, k) for k in keys)) for e in members],
        )


def _refuse_loose_ends(cursor: sqlite3.Cursor, change: Change) -> None:
    """Raises `LooseRelationships` where a relationship that was put has no end, or a deleted node still has one."""
    ends = f"SELECT 1 FROM {ENTITY} WHERE id ="
    for type_ in sorted({edge.type for edge in change.put_edges}):
        keys = json.dumps([[edge.start, edge.end] for edge in change.put_edges if edge.type == type_])
        loose = f"NOT EXISTS ({ends} json_extract(value, '$[0]')) OR NOT EXISTS ({ends} json_extract(value, '$[1]'))"
        _none_loose(cursor, type_, f"SELECT count(*) FROM json_each(?) WHERE {loose}", keys)
    gone = json.dumps(change.delete_nodes)
    for type_ in (r.type for r in MODEL.relationships if change.delete_nodes):
        table = edge_table(type_)
        for end in ('"start"', '"end"'):
            _none_loose(cursor, type_, f"SELECT count(*) FROM json_each(?) JOIN {table} AS e ON e.{end} = value", gone)


def _none_loose(cursor: sqlite3.Cursor, type_: str, statement: str, values: str) -> None:
    loose = int(cursor.execute(statement, (values,)).fetchone()[0])
    if loose:
        raise LooseRelationships(type_, loose)


def _cell(edge: Edge, key: str) -> str | int | None:
    if key != "states":
        return encode(edge.values.get(key))
    carried = {k: v for k, v in edge.values.items() if k != "precedence"}
    return _CARRIED.encode(carried)
