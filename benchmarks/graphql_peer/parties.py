"""Who is asked: our API on Neo4j, the peer, Cypher by hand through the driver, our API on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from neo4j import READ_ACCESS, GraphDatabase

from benchmarks.graphql_peer import servers
from benchmarks.graphql_peer.client import Client
from benchmarks.graphql_peer.questions import Question
from benchmarks.graphql_peer.servers import Server

OURS, PEER, HAND, SQLITE = "ours", "peer", "by hand", "ours on SQLite"

Asking = Callable[[Question, Mapping[str, Any]], bytes]


@dataclass(frozen=True, slots=True)
class Party:
    """One that answers; `opened` gives a connection of its own for each client, `processes` are those that work."""

    name: str
    opened: Callable[[], Asking]
    processes: tuple[Server, ...] = ()

    def cpu(self) -> float:
        """Milliseconds that its processes have computed."""
        return sum(server.cpu() for server in self.processes)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where all of them are."""

    neo4j: Server
    ours: Server
    sqlite: Server
    peer: Server | None = None

    def parties(self) -> list[Party]:
        """The parties in the order of the table."""
        peer = self.peer
        return [
            Party(OURS, lambda: _over_http(self.ours.port), (self.ours, self.neo4j)),
            *([Party(PEER, lambda: _peer(peer.port), (peer, self.neo4j))] if peer else ()),
            Party(HAND, lambda: _by_hand(self.neo4j.address)),
            Party(SQLITE, lambda: _over_http(self.sqlite.port), (self.sqlite,)),
        ]


@contextmanager
def addresses(neo4j: Server, sqlite: str, folder: Path | None) -> Iterator[Addresses]:
    """The servers on one Neo4j and on one SQLite file, while they run; without a folder for its packages no peer."""
    with ExitStack() as running:
        on_neo4j, on_sqlite = (running.enter_context(servers.ours(store)) for store in (neo4j.address, sqlite))
        peer = running.enter_context(servers.peer(servers.installed(folder), neo4j.address)) if folder else None
        yield Addresses(neo4j, on_neo4j, on_sqlite, peer)


def _over_http(port: int) -> Asking:
    client = Client(port, "/graphql")
    return lambda question, picks: client.ask(question.ours, question.values(picks))


def _peer(port: int) -> Asking:
    client = Client(port, "/")
    return lambda question, picks: client.ask(question.peer, question.peer_values(picks))


def _by_hand(bolt: str) -> Asking:
    driver = GraphDatabase.driver(bolt)

    def asked(question: Question, picks: Mapping[str, Any]) -> bytes:
        with driver.session(database="neo4j", default_access_mode=READ_ACCESS) as session:
            ((value,),) = session.run(question.cypher or "", dict(picks)).values()
            return orjson.dumps(value)

    return asked
