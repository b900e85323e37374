"""What is said where a Neo4j server cannot be used: one line with what, where, and what would be valid."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from graph.errors import QueryTimedOut, StoreUnreachable
from graph.neo4j.errors import ServerUnreachable, UnknownDatabase, WrongCredentials
from graph.neo4j.server import RunningServer, ServerSettings, start, stop
from graph.neo4j.store import Neo4jStore

PASSWORD = "correct horse"
WRONG = "battery staple"


@pytest.fixture(scope="module")
def locked(neo4j_server: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server that asks for a password."""
    home = tmp_path_factory.mktemp("locked")
    try:
        yield start(ServerSettings(home, password=PASSWORD))
    finally:
        stop(home)


def refusal(url: str, auth: tuple[str, str] | None = None, database: str = "neo4j") -> StoreUnreachable:
    """The error with which reading ends."""
    store = Neo4jStore(url, auth, database)
    with pytest.raises(StoreUnreachable) as caught:
        store.documents()
    store.close()
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_is_not_there_is_named(scheme: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"{scheme}://127.0.0.1:{closed.getsockname()[1]}"
        error = refusal(url)
    assert isinstance(error, ServerUnreachable)
    assert str(error).startswith(f"{url}: no Neo4j server answers (")


def test_a_host_that_nobody_knows_is_named() -> None:
    error = refusal("bolt://no-such-host.invalid:7687")
    assert isinstance(error, ServerUnreachable)
    assert str(error).startswith("bolt://no-such-host.invalid:7687: no Neo4j server answers (")


def test_a_server_that_speaks_http_is_none(neo4j_server: RunningServer) -> None:
    error = refusal(f"bolt://127.0.0.1:{neo4j_server.http_port}")
    assert isinstance(error, ServerUnreachable)


def test_a_database_that_the_server_lacks_is_named(neo4j_server: RunningServer) -> None:
    error = refusal(neo4j_server.bolt_url, database="nowhere")
    assert isinstance(error, UnknownDatabase)
    assert str(error) == (
        f"{neo4j_server.bolt_url}: it has no database nowhere; set NEO4J_DATABASE to one that it has, such as neo4j"
    )


def test_a_wrong_password_is_said_and_never_shown(locked: RunningServer) -> None:
    error = refusal(locked.bolt_url, ("neo4j", WRONG))
    assert isinstance(error, WrongCredentials)
    assert str(error) == (
        f"{locked.bolt_url}: the password of user neo4j is wrong; "
        "set NEO4J_USERNAME and NEO4J_PASSWORD to those of the server"
    )
    assert WRONG not in str(error)


def test_a_missing_password_is_asked_for(locked: RunningServer) -> None:
    error = refusal(locked.bolt_url)
    assert isinstance(error, WrongCredentials)
    assert str(error).startswith(f"{locked.bolt_url}: it asks for a password; ")


def test_the_right_password_opens_the_store(locked: RunningServer) -> None:
    store = Neo4jStore(locked.bolt_url, ("neo4j", PASSWORD))
    store.prepare()
    assert store.documents() == []
    store.close()


def test_a_transaction_that_takes_too_long_is_stopped_by_the_server(neo4j_store: Neo4jStore) -> None:
    with (
        pytest.raises(QueryTimedOut, match="took longer than is allowed"),
        neo4j_store.snapshot(seconds=0.5) as snapshot,
    ):
        list(snapshot.scan("Service"))  # the transaction of what is streamed stays open until the snapshot ends
        time.sleep(5)  # the server looks at its clock every two seconds
        list(snapshot.scan("Service"))


def test_no_statement_begins_when_the_time_is_over(neo4j_store: Neo4jStore) -> None:
    with neo4j_store.snapshot(seconds=0.01) as snapshot:
        time.sleep(0.02)
        before = neo4j_store.statements
        with pytest.raises(QueryTimedOut, match="took longer than is allowed"):
            snapshot.labels([])
        assert neo4j_store.statements == before
