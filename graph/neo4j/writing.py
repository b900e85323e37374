"""How a change becomes write statements: nodes by label, relationships by type, in batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from graph.errors import LooseRelationships
from graph.merging import Edge, Node
from graph.model import MODEL
from graph.neo4j.lacking import lacks
from graph.neo4j.searching import entries
from graph.neo4j.words import ENTITY
from graph.records import Value
from graph.store import Change

BATCH = 5_000
"""Rows in one statement: enough to make its cost small, few enough to keep the message small."""

_ENDS = f"MATCH (a:{ENTITY} {{id: row[0]}}) MATCH (b:{ENTITY} {{id: row[1]}})"
"""Both ends by the index over the ids of all labels. Labels and types are values of the model in one statement for
all: a server that has just started takes longer to compile a statement than to run it."""

Run = Callable[[str, Mapping[str, Any]], list[list[Any]]]
Item = TypeVar("Item")


def write(run: Run, change: Change) -> None:
    """Writes a change: what goes first, then nodes, then the relationships between them.

    Raises `LooseRelationships` where a relationship has an end that is not there.
    """
    _delete_edges(run, change.delete_edges)
    _delete_nodes(run, change.delete_nodes)
    fresh = _put_nodes(run, change.put_nodes)
    edges = {edge.key: edge for edge in change.put_edges}.values()
    _put_edges(run, "CREATE", [edge for edge in edges if edge.start in fresh or edge.end in fresh])
    _put_edges(run, "MERGE", [edge for edge in edges if not (edge.start in fresh or edge.end in fresh)])


def _delete_edges(run: Run, keys: Sequence[tuple[str, str, str]]) -> None:
    # Between both ends the server looks from the one that has fewer relationships: never through a hub.
    for some in _batches(keys):
        rows = [[start, end, MODEL.relationship(type_).type] for type_, start, end in some]
        run(f"UNWIND $rows AS row {_ENDS} MATCH (a)-[r]->(b) WHERE type(r) = row[2] DELETE r", {"rows": rows})


def _delete_nodes(run: Run, ids: Sequence[str]) -> None:
    for some in _batches(ids):
        # Not DETACH: a relationship that nobody meant to delete stops the transaction.
        run(f"UNWIND $ids AS id MATCH (n:{ENTITY} {{id: id}}) DELETE n", {"ids": some})


def _put_nodes(run: Run, nodes: Sequence[Node]) -> set[str]:
    """Puts nodes; gives the ids of those that were not there, which have no label of their own yet."""
    merge = f"MERGE (n:{ENTITY} {{id: row[1].id}}) WITH row, n, size(labels(n)) = 1 AS fresh"
    put = f"{merge} SET n = row[1], n:$(row[0]) WITH row, fresh WHERE fresh RETURN row[1].id"
    found: set[str] = set()
    for some in _batches(nodes):
        rows = [[MODEL.node(n.label).label, {**_plain(n.values), **entries(n), **lacks(n), "id": n.id}] for n in some]
        found.update(id_ for (id_,) in run(f"UNWIND $rows AS row {put}", {"rows": rows}))
    return found


def _put_edges(run: Run, how: str, edges: Sequence[Edge]) -> None:
    """Puts relationships: those of a node that was not there are made and not looked for.

    To look for them in a database that had few or none before the transaction, the server reads all that the
    transaction has written for each: it plans by what was committed.
    """
    put = f"{how} (a)-[r:$(row[3])]->(b) SET r = row[2]"
    for some in _batches(edges):
        rows = [[e.start, e.end, _plain(e.values), MODEL.relationship(e.type).type] for e in some]
        written = run(f"UNWIND $rows AS row {_ENDS} {put} RETURN row[3], count(*)", {"rows": rows})
        missing = Counter(edge.type for edge in some) - Counter({type_: count for type_, count in written})
        if missing:
            raise LooseRelationships(*min(missing.items()))


def _plain(values: Mapping[str, Value]) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for first in range(0, len(items), BATCH):
        yield items[first : first + BATCH]
