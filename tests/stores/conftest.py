"""The stores on which one test body runs: a real Neo4j, a SQLite file, and the referee over plain dicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from graph.ledger import put
from graph.neo4j.server import RunningServer
from graph.neo4j.store import Neo4jStore
from graph.sqlite.store import SqliteStore
from graph.store import Store
from tests.stores.invented import documents
from tests.stores.referee import Referee

WIPE = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"


@pytest.fixture(scope="session")
def wipe(neo4j_server: RunningServer) -> Iterator[Callable[[], None]]:
    """Deletes every node of the server's database."""
    with GraphDatabase.driver(neo4j_server.bolt_url) as driver:

        def wiped() -> None:
            with driver.session(database="neo4j") as session:
                session.run(WIPE).consume()

        yield wiped


@pytest.fixture(scope="session")
def neo4j_prepared(neo4j_server: RunningServer) -> Iterator[Neo4jStore]:
    """The store on the server, with its indexes, whatever it holds."""
    store = Neo4jStore(neo4j_server.bolt_url)
    store.prepare()
    yield store
    store.close()


@pytest.fixture
def neo4j_store(neo4j_prepared: Neo4jStore, wipe: Callable[[], None]) -> Neo4jStore:
    """The store on the server, empty, and without a remark of the server."""
    wipe()
    neo4j_prepared.notices.clear()
    return neo4j_prepared


@pytest.fixture(params=["neo4j", "sqlite", "referee"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Each of the stores, empty."""
    if request.param == "neo4j":
        yield request.getfixturevalue("neo4j_store")
        return
    made: Store = SqliteStore(tmp_path / "store.db") if request.param == "sqlite" else Referee()
    made.prepare()
    yield made
    made.close()


@pytest.fixture(scope="module")
def loaded(
    neo4j_prepared: Neo4jStore, wipe: Callable[[], None], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Store]]:
    """All stores by name, the referee first, with the same invented documents in them."""
    wipe()
    neo4j_prepared.notices.clear()
    sqlite = SqliteStore(tmp_path_factory.mktemp("stores") / "store.db")
    stores: dict[str, Store] = {"referee": Referee(), "sqlite": sqlite, "neo4j": neo4j_prepared}
    for made in stores.values():
        made.prepare()
        for facts in documents(3):
            put(made, facts)
    yield stores
    wipe()
    sqlite.close()
