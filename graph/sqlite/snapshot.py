"""One read transaction on a SQLite file, and what a connection that only reads remembers between them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import orjson

from graph.errors import NoWords, QueryTimedOut, StoreUnreachable, TooDeep
from graph.merging import Edge, Node
from graph.model import MODEL, Direction
from graph.plan import Block, Grouping, Rooted
from graph.remembering import statement
from graph.searching import Matches, Wanted
from graph.sqlite import compiling
from graph.sqlite.conditions import Parameters
from graph.sqlite.reading import by_label, read_edges, read_nodes, read_whole
from graph.sqlite.schema import ENTITY, edge_table, node_table, quoted
from graph.sqlite.searching import WORDS, search_statement
from graph.sqlite.whole import spliced
from graph.store import Key, Rows, Step


class Counting(Protocol):
    """The store that a snapshot is of: where its file is, and how many statements were sent to it."""

    path: Path
    statements: int


@dataclass(slots=True)
class Reading:
    """A connection that never writes, and the sizes of tables in the version of the file that it counted them in."""

    connection: sqlite3.Connection
    version: int | None = None
    sizes: dict[str, int] = field(default_factory=dict)


class SqliteSnapshot:
    """One read transaction."""

    def __init__(self, store: Counting, reading: Reading) -> None:
        self._store = store
        self._reading = reading
        self._connection = reading.connection

    def roots(self, rooted: Rooted, block: Block) -> Rows:
        """The rows of a root list and its total."""
        total, rows = self._total(rooted, block) if rooted.total else None, list[list[Any]]()
        if rooted.limit is not None:
            write = partial(compiling.root_statement, rooted, block)
            found = self._run(*statement(rooted.made, block, "rows", Parameters, write))
            rows = [spliced(block, row) for row in found]
        return Rows(rows, total, [self._groups(rooted, grouping) for grouping in rooted.groupings])

    def _total(self, rooted: Rooted, block: Block) -> int:
        write = partial(compiling.total_statement, rooted)
        text, parameters = statement(rooted.made, block, "total", Parameters, write)
        if text == compiling.size_statement(node_table(rooted.label)):
            self._store.statements += 1
            return self.size(node_table(rooted.label))
        return int(self._run(text, parameters)[0][0])

    def size(self, table: str) -> int:
        """How many rows a table has, which is counted once as long as nobody writes."""
        with self._translated():
            ((version,),) = self._connection.execute("PRAGMA data_version")
            if version != self._reading.version:
                self._reading.version, self._reading.sizes = version, {}
            if table not in self._reading.sizes:
                ((self._reading.sizes[table],),) = self._connection.execute(compiling.size_statement(table))
        return self._reading.sizes[table]

    def _groups(self, rooted: Rooted, grouping: Grouping) -> list[Any]:
        parameters = Parameters()
        found = self._run(compiling.groups_statement(rooted, grouping, parameters), parameters)
        return list(orjson.loads(found[0][0]))

    def rows(self, label: str, ids: Sequence[str], block: Block) -> dict[str, list[Any]]:
        """The row of each node of that label among the ids."""
        write = partial(compiling.rows_statement, label, block)
        text, parameters = statement(block.made, block, label, Parameters, write)
        found = self._run(text, parameters, **{compiling.IDS: json.dumps(list(ids))})
        return {row[0]: spliced(block, row[1:]) for row in found}

    def labels(self, ids: Sequence[str]) -> dict[str, str]:
        """The label of each id that is there."""
        parameters = Parameters()
        wanted = parameters.bind(json.dumps(list(ids)))
        text = f"SELECT e.id, e.label FROM json_each({wanted}) JOIN {ENTITY} AS e ON e.id = value"
        return dict(self._run(text, parameters))

    def whole(self, ids: Sequence[str]) -> list[Node]:
        """The nodes with those ids, whole."""
        self._store.statements += len(by_label(ids))
        with self._translated():
            return read_whole(self._connection, ids)

    def joined(self, id_: str, type_: str, direction: Direction, after: str, most: int | None) -> list[Edge]:
        """The relationships of a type from a node or to it."""
        here, other = ("start", "end") if direction is Direction.OUT else ("end", "start")
        where = f"{quoted(here)} = ? AND {quoted(other)} > ?"
        order = f"ORDER BY {quoted(other)} LIMIT {-1 if most is None else int(most)}"
        return self._found(type_, f"SELECT * FROM {edge_table(type_)} WHERE {where} {order}", (id_, after))

    def edge(self, type_: str, start: str, end: str) -> Edge | None:
        """The relationship of that type between those ids."""
        text = f'SELECT * FROM {edge_table(type_)} WHERE "start" = ? AND "end" = ?'
        return next(iter(self._found(type_, text, (start, end))), None)

    def citing(self, citation: str, after: Key, most: int) -> list[Edge]:
        """The relationships that a citation states: each table is looked through, in the order of the types."""
        found = list[Edge]()
        for type_ in sorted(r.type for r in MODEL.relationships if r.cited and r.type >= after[0]):
            told = "instr(citations, :cited) OR instr(claims, :cited)"
            behind = '("start", "end") > (:start, :end)'
            text = f'SELECT * FROM {edge_table(type_)} WHERE ({told}) AND {behind} ORDER BY "start", "end" LIMIT :most'
            start, end = after[1:] if type_ == after[0] else ("", "")
            given: dict[str, str | int] = {
                "cited": f'"{citation}"',
                "start": start,
                "end": end,
                "most": most - len(found),
            }
            found += self._found(type_, text, given)
        return found

    def _found(self, type_: str, text: str, values: Sequence[str] | Mapping[str, str | int]) -> list[Edge]:
        self._store.statements += 1
        with self._translated():
            return list(read_edges(self._connection, type_, text, values))

    def steps(self, ids: Sequence[str], types: Sequence[str]) -> list[Step]:
        """Every relationship of those types that starts or ends at one of the nodes."""
        parameters = Parameters()
        wanted = parameters.bind(json.dumps(list(ids)))
        halves = [
            f'SELECT {parameters.bind(type_)}, e."start", e."end", {"e.citations" if _cited(type_) else "NULL"} '
            f"FROM json_each({wanted}) JOIN {edge_table(type_)} AS e ON e.{end} = value"
            for type_ in types
            for end in ('"start"', '"end"')
        ]
        found = self._run(" UNION ".join(halves), parameters) if halves else []
        return sorted(Step(type_, start, end, tuple(json.loads(cited or "[]"))) for type_, start, end, cited in found)

    def search(self, wanted: Wanted) -> Matches:
        """How many nodes match, and the ranks and ids of the page."""
        parameters = Parameters()
        total, hits = self._run(search_statement(wanted, parameters), parameters)[0]
        return Matches(total, [(rank, id_) for rank, id_ in orjson.loads(hits)])

    def scan(self, label: str) -> Iterator[Node]:
        """Every node of a label, sorted by id."""
        self._store.statements += 1
        return read_nodes(self._connection, label, f"SELECT * FROM {node_table(label)} ORDER BY id", ())

    def scan_edges(self, type_: str) -> Iterator[Edge]:
        """Every relationship of a type, sorted by start, then end."""
        self._store.statements += 1
        text = f'SELECT * FROM {edge_table(type_)} ORDER BY "start", "end"'
        return read_edges(self._connection, type_, text, ())

    def _run(self, text: str, parameters: Parameters, **more: str) -> list[tuple[Any, ...]]:
        self._store.statements += 1
        with self._translated():
            return self._connection.execute(text, {**parameters.values, **more}).fetchall()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        path = self._store.path
        try:
            yield
        except sqlite3.Error as error:
            if "interrupted" in str(error):
                raise QueryTimedOut(f"sqlite:///{path}") from error
            if "parser stack overflow" in str(error) or "too large" in str(error):
                raise TooDeep(str(error)) from error
            if f"no such table: {WORDS}" in str(error):
                raise NoWords(str(path)) from error
            raise StoreUnreachable(f"sqlite:///{path}: {error}") from error


def _cited(type_: str) -> bool:
    return MODEL.relationship(type_).cited
