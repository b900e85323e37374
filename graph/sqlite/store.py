"""The store on one SQLite file: writes each change in one transaction, reads snapshots from pooled connections."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from graph.errors import ForeignFile, StoreUnreachable
from graph.merging import Edge, Node
from graph.model import MODEL
from graph.searching import searched_labels
from graph.sqlite.reading import by_label, read_edges, read_nodes, read_whole
from graph.sqlite.schema import (
    ENTITY,
    edge_table,
    make_tables,
    node_table,
    quoted,
)
from graph.sqlite.searching import TEXTS, index, index_statements
from graph.sqlite.snapshot import Reading, SqliteSnapshot
from graph.sqlite.writing import write
from graph.store import Change

_READERS = 8
_STEPS = 10_000
_SECONDS_TO_WAIT, _SECONDS_TO_LOOK_AGAIN = 10.0, 0.05
"""How many instructions of its virtual machine SQLite runs between two looks at the clock."""


class SqliteStore:
    """A graph in a SQLite file; the file is made where it is missing. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.statements = 0
        self._idle: list[Reading] = []
        self._lock = threading.RLock()
        self._writer = self._connect()

    def close(self) -> None:
        """Closes every connection."""
        with self._lock:
            for connection in (*(reader.connection for reader in self._idle), self._writer):
                connection.close()
            self._idle.clear()

    def prepare(self) -> None:
        """Makes the tables, columns and indexes that are missing; refuses a file that is another program's."""
        if self._tables() and not self.holds_facts:
            raise ForeignFile(str(self.path))
        with self._translated():
            self._keep_a_log()
        with self._transaction() as cursor:
            filled = self.holds_facts and not self.holds_words
            make_tables(cursor)
            for statement in index_statements():
                cursor.execute(statement)
            for label in (*searched_labels(), "Name") if filled else ():
                index(cursor, list(self._nodes(label, f"SELECT * FROM {node_table(label)}", ())))

    def _keep_a_log(self) -> None:
        """Has the file keep a write-ahead log, so that readers and the writer do not wait.

        SQLite does not wait by itself here where another process does the same with a new file at that moment.
        """
        until = monotonic() + _SECONDS_TO_WAIT
        while True:
            try:
                self._writer.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or monotonic() > until:
                    raise
            sleep(_SECONDS_TO_LOOK_AGAIN)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One transaction around reads and the change that is made of them; other writers wait for its end."""
        with self._transaction():
            yield

    @property
    def holds_facts(self) -> bool:
        """Whether the file has our tables."""
        return ENTITY in self._tables()

    @property
    def holds_words(self) -> bool:
        """Whether the file has the index of words; one that was filled before there was a search has none."""
        return TEXTS in self._tables()

    def documents(self) -> list[Node]:
        """The Document nodes, sorted by id."""
        return list(self._nodes("Document", f"SELECT * FROM {node_table('Document')} ORDER BY id", ()))

    def runs(self) -> list[Node]:
        """The LoadRun nodes."""
        return list(self._nodes("LoadRun", f"SELECT * FROM {node_table('LoadRun')}", ()))

    def citations_of(self, sha256: str) -> list[Node]:
        """The Citation nodes of a document, in the order of lines."""
        statement = f"SELECT * FROM {node_table('Citation')} WHERE id > ? AND id < ? ORDER BY first_line, last_line"
        return list(self._nodes("Citation", statement, citations_between(sha256)))

    def nodes(self, ids: Sequence[str]) -> list[Node]:
        """The nodes with those ids."""
        return read_whole(self._writer, ids)

    def leaving(self, ids: Sequence[str], types: Sequence[str]) -> list[Edge]:
        """The relationships of those types that start at one of the nodes."""
        return self._joined("start", ids, types)

    def arriving(self, ids: Sequence[str], types: Sequence[str]) -> list[Edge]:
        """The relationships of those types that end at one of the nodes."""
        return self._joined("end", ids, types)

    def _joined(self, end: str, ids: Sequence[str], types: Sequence[str]) -> list[Edge]:
        groups, found = by_label(ids), list[Edge]()
        for type_ in types:
            labels = {getattr(pair, end) for pair in MODEL.relationship(type_).pairs}
            members = [id_ for label in sorted(labels & groups.keys()) for id_ in groups[label]]
            statement = f"SELECT e.* FROM json_each(?) JOIN {edge_table(type_)} AS e ON e.{quoted(end)} = value"
            found += self._edges(type_, statement, (json.dumps(members),)) if members else ()
        return found

    def stated(self, ids: Sequence[str], without: Sequence[str]) -> list[Edge]:
        """EVIDENCED_BY of those nodes, one for each set of values of a node."""
        source = f'json_each(?) JOIN {edge_table("EVIDENCED_BY")} AS e ON e."start" = value'
        others = "".join(' AND NOT (e."end" > ? AND e."end" < ?)' for _ in without)
        columns = 'e."start", min(e."end") AS "end", e.precedence, e.states'
        grouped = 'GROUP BY e."start", e.precedence, e.states'
        bounds = [bound for sha256 in without for bound in citations_between(sha256)]
        statement = f"SELECT {columns} FROM {source} WHERE TRUE{others} {grouped}"
        return list(self._edges("EVIDENCED_BY", statement, (json.dumps(list(ids)), *bounds)))

    def apply(self, change: Change) -> None:
        """Writes the change in one transaction."""
        with self._transaction() as cursor:
            write(cursor, change)

    def counts(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """The number of nodes by label and of relationships by type."""
        with self.snapshot() as snapshot:
            nodes = {n.label: snapshot.size(node_table(n.label)) for n in MODEL.nodes}
            edges = {r.type: snapshot.size(edge_table(r.type)) for r in MODEL.relationships}
        return nodes, edges

    @contextmanager
    def snapshot(self, seconds: float | None = None) -> Iterator[SqliteSnapshot]:
        """A read transaction on a connection of its own; `QueryTimedOut` when so many seconds are over."""
        with self._lock:
            reader = self._idle.pop() if self._idle else None
        reader = reader or Reading(self._connect())
        reader.connection.execute("BEGIN")
        _stop_after(reader.connection, seconds)
        try:
            yield SqliteSnapshot(self, reader)
        finally:
            _stop_after(reader.connection, None)
            reader.connection.execute("ROLLBACK")
            with self._lock:
                keep = len(self._idle) < _READERS
                if keep:
                    self._idle.append(reader)
            if not keep:
                reader.connection.close()

    def _connect(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                self.path,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=512,
                timeout=_SECONDS_TO_WAIT,
            )
            connection.execute("PRAGMA synchronous = NORMAL")
        except (OSError, sqlite3.Error) as error:
            raise StoreUnreachable(
                f"sqlite:///{self.path}: {error}; give the address of a SQLite file that can be written"
            ) from error
        return connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        with self._lock:
            cursor = self._writer.cursor()
            if self._in_transaction():  # the one that `alone` opened, which also ends it
                yield cursor
                return
            try:
                cursor.execute("BEGIN IMMEDIATE")
                yield cursor
                cursor.execute("COMMIT")
            except sqlite3.Error as error:
                raise StoreUnreachable(f"sqlite:///{self.path}: {error}; nothing was written") from error
            finally:
                if self._in_transaction():
                    cursor.execute("ROLLBACK")

    def _in_transaction(self) -> bool:
        return self._writer.in_transaction

    def _tables(self) -> set[str]:
        with self._translated():
            return {row[0] for row in self._writer.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreUnreachable(f"sqlite:///{self.path}: {error}") from error

    def _nodes(self, label: str, statement: str, values: Sequence[str]) -> Iterator[Node]:
        return read_nodes(self._writer, label, statement, values)

    def _edges(self, type_: str, statement: str, values: Sequence[str]) -> Iterator[Edge]:
        return read_edges(self._writer, type_, statement, values)


def citations_between(sha256: str) -> tuple[str, str]:
    """Two texts between which the ids of a document's citations stand, and no other ids."""
    return f"citation/{sha256}/", f"citation/{sha256}0"


def _stop_after(connection: sqlite3.Connection, seconds: float | None) -> None:
    """Has SQLite look at the clock now and then, and stop what runs when the time is over; None takes it back."""
    deadline = None if seconds is None else monotonic() + seconds
    connection.set_progress_handler(None if deadline is None else lambda: monotonic() > deadline, _STEPS)
