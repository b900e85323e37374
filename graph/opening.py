"""Opens the store that an address names; the only module of the graph that knows both stores.

A store is imported when it is opened: the driver of Neo4j takes longer to import than a small store to answer.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from graph.addresses import StoreAddress, StoreKind
from graph.errors import ForeignFile, MissingStore
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Credentials:
    """How a Neo4j server is entered; without a password, without authentication."""

    username: str = "neo4j"
    password: str | None = None
    database: str = "neo4j"

    def __repr__(self) -> str:
        return f"Credentials({self.username!r}, ***, {self.database!r})"


def open_store(address: StoreAddress, credentials: Credentials, *, create: bool = False) -> Store:
    """The store at an address, ready to be read; with `create` also to be written.

    One that was filled before there was a search gets its index of words, a file as far as it can be written.
    Raises `MissingStore` where a SQLite file is not there and is not to be made, `StoreUnreachable` where the store
    does not answer.
    """
    if address.kind is StoreKind.SQLITE:
        return _sqlite(address, create)
    from graph.neo4j.store import Neo4jStore

    auth = (credentials.username, credentials.password) if credentials.password is not None else None
    store = Neo4jStore(address.place, auth, credentials.database)
    store.prepare()
    return store


def _sqlite(address: StoreAddress, create: bool) -> Store:
    from graph.sqlite.store import SqliteStore

    path = Path(address.place)
    if not create and not path.is_file():
        raise MissingStore(str(address))
    store = SqliteStore(path)
    if create:
        store.prepare()
    elif not store.holds_facts:
        raise ForeignFile(address.place)
    elif not store.holds_words and os.access(path, os.W_OK):
        store.prepare()
    return store
