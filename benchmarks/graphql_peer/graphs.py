"""The graphs that are asked, each in a Neo4j and in a SQLite file of its own, written once for a folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.graphql_peer.data import fill
from benchmarks.graphql_peer.servers import CHECKOUT, Server, neo4j
from graph.addresses import parse_address
from graph.neo4j.server.jars import NEO4J_VERSION
from graph.opening import Credentials, open_store

__all__ = ["GRAPHS", "NEO4J_VERSION", "counts", "opened"]

HUNDRED, MILLION = 100, 2_057


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph by its title, and what writes it into the store at an address."""

    title: str
    write: Callable[[str], None]


def _bundled(store: str) -> None:
    subprocess.run([sys.executable, "-m", "cli", "load", "data", "--store", store], cwd=CHECKOUT, check=True)


def _invented(providers: int, store: str, *, linked: bool = False) -> None:
    with closing(open_store(parse_address(store), Credentials(), create=True)) as opened_store:
        fill(opened_store, providers, linked=linked)


GRAPHS = {
    "real": Graph("The bundled facts", _bundled),
    "hundred": Graph("100 providers", partial(_invented, HUNDRED)),
    "million": Graph("2,057 providers, joined more than once", partial(_invented, MILLION, linked=True)),
}


@contextmanager
def opened(name: str, folder: Path) -> Iterator[tuple[Server, str]]:
    """The Neo4j, while it runs, and the address of the SQLite file that hold the graph."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    sqlite, written = f"sqlite:///{place}/graph.db", place / "written"
    with neo4j(place / "neo4j") as server:
        if not written.exists():
            for store in (sqlite, server.address):
                GRAPHS[name].write(store)
            written.touch()
        yield server, sqlite


def counts(store: str) -> tuple[int, str]:
    """The number of nodes of a store, and with that of relationships in words."""
    with closing(open_store(parse_address(store), Credentials())) as opened_store:
        nodes, edges = opened_store.counts()
    return sum(nodes.values()), f"{sum(nodes.values()):,} nodes, {sum(edges.values()):,} relationships"
