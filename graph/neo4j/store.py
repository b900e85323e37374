"""The store on a Neo4j server: writes each change in one transaction, reads in transactions that only read."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from time import monotonic
from typing import Any, TypeAlias

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Bookmarks,
    GraphDatabase,
    ManagedTransaction,
    Query,
    Result,
    Session,
    Transaction,
)
from neo4j.exceptions import Neo4jError

from graph.errors import QueryTimedOut
from graph.identifiers import label_of
from graph.merging import Edge, Node
from graph.model import MODEL
from graph.neo4j import schema
from graph.neo4j.errors import translated
from graph.neo4j.snapshot import Neo4jSnapshot, Stream, read_edges, read_nodes
from graph.neo4j.words import ENTITY
from graph.neo4j.writing import Run, write
from graph.store import Change

SECONDS_TO_CONNECT = 5.0
SECONDS_TO_RETRY = 10.0
SECONDS_TO_READ = 60.0
SECONDS_TO_LOOK_AGAIN = 0.5
TRIES_TO_PREPARE = 20
POOL_SIZE = 16
NOTICES_KEPT = 100

_WANTED = f"MATCH (n:{ENTITY}) WHERE n.id IN $ids"

AnyTransaction: TypeAlias = Transaction | ManagedTransaction


class Neo4jStore:
    """A graph in a database of a Neo4j server, reached when it is first asked. Safe to share between threads.

    `seconds` is how long the server lets a reading transaction run. `notices` holds what the server last remarked about
    our statements, such as a misspelt word or a Cartesian product: there should be none. Every method raises
    `StoreUnreachable` where the server does not answer, refuses the user, or has no such database.
    """

    def __init__(
        self,
        url: str,
        auth: tuple[str, str] | None = None,
        database: str = "neo4j",
        *,
        seconds: float = SECONDS_TO_READ,
        pool: int = POOL_SIZE,
    ) -> None:
        self.url = url
        self.statements = 0
        self.notices: deque[str] = deque(maxlen=NOTICES_KEPT)
        self._database = database
        self._seconds = seconds
        self._translated = partial(translated, url, auth[0] if auth else None, database)
        # After a load, reads by the same process see it, on a cluster too.
        self._bookmarks: Bookmarks | None = None
        with self._translated():
            self._driver = GraphDatabase.driver(
                url,
                auth=auth,
                max_connection_pool_size=pool,
                connection_timeout=SECONDS_TO_CONNECT,
                max_transaction_retry_time=SECONDS_TO_RETRY,
            )

    def close(self) -> None:
        """Closes every connection."""
        self._driver.close()

    def prepare(self) -> None:
        """Makes the constraints, indexes and words that are missing, and waits for the indexes.

        Where another prepares the same database at that moment, the server refuses one of the two, which looks again.
        A server that does not answer is asked once.
        """
        with self._translated():
            self._driver.verify_connectivity()
        for part in (schema.make_words, schema.fill_hidden):
            self._write(part)
        for tries_left in reversed(range(TRIES_TO_PREPARE)):
            try:
                self._write(schema.make_indexes)
                break
            except Neo4jError as error:
                if "already exists" not in str(error) or not tries_left:
                    raise
                time.sleep(SECONDS_TO_LOOK_AGAIN)
        self._write(schema.await_indexes)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Other writers of this kind wait until it ends: a transaction that is never committed holds a lock for it."""
        with self._opened(WRITE_ACCESS) as transaction:
            self._run(transaction, "MERGE (lock:LoadRun {id: $id})", {"id": "load-run/lock"})
            try:
                yield
            finally:
                transaction.rollback()

    def documents(self) -> list[Node]:
        """The Document nodes, sorted by id."""
        with self.snapshot() as snapshot:
            return list(snapshot.scan("Document"))

    def runs(self) -> list[Node]:
        """The LoadRun nodes."""
        with self.snapshot() as snapshot:
            return list(snapshot.scan("LoadRun"))

    def citations_of(self, sha256: str) -> list[Node]:
        """The Citation nodes of a document, in the order of lines."""
        cited = "MATCH (c:Citation) WHERE c.id STARTS WITH $prefix"
        order = "ORDER BY c.first_line, c.last_line"
        records = self._read(f"{cited} RETURN c.id, properties(c) {order}", prefix=f"citation/{sha256}/")
        return list(read_nodes("Citation", iter(records)))

    def nodes(self, ids: Sequence[str]) -> list[Node]:
        """The nodes with those ids."""
        records = self._read(f"{_WANTED} RETURN n.id, properties(n)", ids=list(ids)) if ids else []
        return [node for record in records for node in read_nodes(label_of(record[0]), iter([record]))]

    def leaving(self, ids: Sequence[str], types: Sequence[str]) -> list[Edge]:
        """The relationships of those types that start at one of the nodes."""
        return self._joined("(n)-[r]->(m)", "n.id, m.id", ids, types)

    def arriving(self, ids: Sequence[str], types: Sequence[str]) -> list[Edge]:
        """The relationships of those types that end at one of the nodes."""
        return self._joined("(m)-[r]->(n)", "m.id, n.id", ids, types)

    def _joined(self, way: str, ends: str, ids: Sequence[str], types: Sequence[str]) -> list[Edge]:
        # The types are a parameter, so that a server that has just started compiles one statement for all of them.
        text = f"{_WANTED} MATCH {way} WHERE type(r) IN $types RETURN type(r), {ends}, properties(r)"
        return list(read_edges(iter(self._read(text, ids=list(ids), types=list(types))))) if ids else []

    def stated(self, ids: Sequence[str], without: Sequence[str]) -> list[Edge]:
        """EVIDENCED_BY of those nodes, one for each set of values of a node."""
        others = "MATCH (n)-[r:EVIDENCED_BY]->(c:Citation) WHERE none(p IN $without WHERE c.id STARTS WITH p)"
        text = f"{_WANTED} {others} RETURN type(r), n.id, min(c.id), properties(r)"
        prefixes = [f"citation/{sha256}/" for sha256 in without]
        return list(read_edges(iter(self._read(text, ids=list(ids), without=prefixes)))) if ids else []

    def apply(self, change: Change) -> None:
        """Writes the change in one transaction, again from its start where the server asks for that."""
        self._write(lambda run: write(run, change))

    def _write(self, work: Callable[[Run], None]) -> None:
        def begun(transaction: ManagedTransaction) -> None:
            work(partial(self._run, transaction))

        with self._translated(), self._session(WRITE_ACCESS) as session:
            session.execute_write(begun)
            self._bookmarks = session.last_bookmarks()

    def counts(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """The number of nodes by label and of relationships by type, from the counts that the server keeps."""
        ((found,),) = self._read("CALL db.stats.retrieve('GRAPH COUNTS') YIELD data RETURN data")
        nodes = {row["label"]: row["count"] for row in found["nodes"] if "label" in row}
        edges = {
            row["relationshipType"]: row["count"]
            for row in found["relationships"]
            if "relationshipType" in row and not row.keys() & {"startLabel", "endLabel"}
        }
        types = [relationship.type for relationship in MODEL.relationships]
        return {label: nodes.get(label, 0) for label in MODEL.labels}, {type_: edges.get(type_, 0) for type_ in types}

    @contextmanager
    def snapshot(self, seconds: float | None = None) -> Iterator[Neo4jSnapshot]:
        """What may be read until so many seconds are over, when the server stops what runs; `QueryTimedOut` then.

        A statement that answers in one record is a transaction of its own, which takes one message each way where one
        that is begun and ended takes three, and sees no less: the server gives what is committed when a statement runs.
        What is streamed stands in one transaction, so that several streams can be open beside each other.
        """
        until = monotonic() + (self._seconds if seconds is None else seconds)
        with self._translated(), ExitStack() as opened:
            session = opened.enter_context(self._session(READ_ACCESS))
            yield Neo4jSnapshot(partial(self._ask, session, until), cache(partial(self._begin, opened, until)))

    def _ask(self, session: Session, until: float, text: str, values: Mapping[str, Any]) -> Iterator[list[Any]]:
        query = Query(text, timeout=self._left(until))
        return self._records(text, session.run(query, dict(values)))

    def _begin(self, opened: ExitStack, until: float) -> Stream:
        return partial(self._stream, opened.enter_context(self._opened(READ_ACCESS, self._left(until))))

    def _read(self, text: str, **values: Any) -> list[list[Any]]:
        with self._opened(READ_ACCESS) as transaction:
            return self._run(transaction, text, values)

    @contextmanager
    def _opened(self, access: str, seconds: float | None = None) -> Iterator[Transaction]:
        with (
            self._translated(),
            self._session(access) as session,
            session.begin_transaction(timeout=seconds) as transaction,
        ):
            yield transaction

    def _session(self, access: str) -> Session:
        return self._driver.session(database=self._database, default_access_mode=access, bookmarks=self._bookmarks)

    def _run(self, transaction: AnyTransaction, text: str, values: Mapping[str, Any]) -> list[list[Any]]:
        return list(self._stream(transaction, text, values))

    def _stream(self, transaction: AnyTransaction, text: str, values: Mapping[str, Any]) -> Iterator[list[Any]]:
        return self._records(text, transaction.run(text, values))  # type: ignore[arg-type]

    def _records(self, text: str, result: Result) -> Iterator[list[Any]]:
        self.statements += 1
        for record in result:
            yield record.values()
        remarks = result.consume().gql_status_objects
        self.notices += [f"{r.status_description} in: {text}" for r in remarks if r.is_notification]

    def _left(self, until: float) -> float:
        """Seconds until a time of the clock `monotonic`, a millisecond at least; raises `QueryTimedOut` after it."""
        left = until - monotonic()
        if left <= 0:
            raise QueryTimedOut(self.url)
        return max(0.001, left)
