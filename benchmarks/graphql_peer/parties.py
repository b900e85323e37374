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

OURS, PEER, HAND, SQLITE = "ours", "peer", "by hand", "ours on SQLite"

Asking = Callable[[Question, Mapping[str, Any]], bytes]


@dataclass(frozen=True, slots=True)
class Party:
    """One that answers; `opened` gives a connection of its own for each client."""

    name: str
    opened: Callable[[], Asking]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where all of them are."""

    bolt: str
    ours: int
    sqlite: int
    peer: int

    def parties(self) -> list[Party]:
        """The parties in the order of the table."""
        return [
            Party(OURS, lambda: _over_http(self.ours)),
            Party(PEER, lambda: _peer(self.peer)),
            Party(HAND, lambda: _by_hand(self.bolt)),
            Party(SQLITE, lambda: _over_http(self.sqlite)),
        ]


@contextmanager
def addresses(bolt: str, sqlite: str, folder: Path) -> Iterator[Addresses]:
    """The servers on one Neo4j and on one SQLite file, while they run."""
    with ExitStack() as running:
        on_neo4j, on_sqlite = (running.enter_context(servers.ours(store)) for store in (bolt, sqlite))
        peer = running.enter_context(servers.peer(servers.installed(folder), bolt))
        yield Addresses(bolt, on_neo4j, on_sqlite, peer)


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
