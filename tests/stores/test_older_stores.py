"""Stores that were filled before there was a search get their index of words when they are opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from graph.addresses import StoreAddress, StoreKind
from graph.errors import NoWords
from graph.ledger import put
from graph.merging import Node
from graph.neo4j.store import Neo4jStore
from graph.opening import Credentials, open_store
from graph.searching import Matches, Wanted
from graph.sqlite.store import SqliteStore
from graph.store import Change, Store
from graph.words import parse
from tests.northwind import page, report
from tests.stores.holding import whole

TEXTS = ("northwind", "objects", "queue*", "rotated", "nw-harbour-1", "1.10")
OLD_FILE = ("DROP TABLE search_words", "DROP TABLE search_text")


def found(store: Store) -> list[Matches]:
    """What a store finds for each of the texts."""
    with store.snapshot() as snapshot:
        return [snapshot.search(Wanted(parse(text, 9))) for text in TEXTS]


def filled(store: Store) -> list[Matches]:
    """What a store finds that was filled with both documents."""
    for facts in (report(), page()):
        put(store, facts)
    everything = found(store)
    assert all(matches.total for matches in everything)
    return everything


@pytest.fixture
def old_file(tmp_path: Path) -> tuple[Path, list[Matches]]:
    """A file as it was before there was a search, and what is to be found in it."""
    path = tmp_path / "old.db"
    with closing(SqliteStore(path)) as store:
        store.prepare()
        expected = filled(store)
    with closing(sqlite3.connect(path)) as connection:
        for statement in OLD_FILE:
            connection.execute(statement)
    return path, expected


@pytest.mark.parametrize("create", [False, True])
def test_a_file_without_words_gets_them_when_it_is_opened(old_file: tuple[Path, list[Matches]], create: bool) -> None:
    path, expected = old_file
    with closing(open_store(StoreAddress(StoreKind.SQLITE, str(path)), Credentials(), create=create)) as store:
        assert found(store) == expected
        put(store, report())
        assert found(store) == expected


def test_a_search_in_a_file_without_words_says_how_to_get_them(old_file: tuple[Path, list[Matches]]) -> None:
    path, _ = old_file
    with closing(SqliteStore(path)) as store, pytest.raises(NoWords, match="cg stats --store sqlite:///"):
        found(store)


def test_a_database_without_words_gets_them_when_it_is_prepared(neo4j_store: Neo4jStore) -> None:
    expected, before = filled(neo4j_store), whole(neo4j_store)
    with GraphDatabase.driver(neo4j_store.url) as driver:
        driver.execute_query("DROP INDEX entity_search")
        driver.execute_query("MATCH (n:Entity) REMOVE n.search")
    neo4j_store.prepare()
    assert found(neo4j_store) == expected
    assert whole(neo4j_store) == before


def test_a_database_without_what_nodes_lack_gets_it_when_it_is_prepared(neo4j_store: Neo4jStore) -> None:
    neo4j_store.apply(Change([Node("Region", "region/nimbus/east", {"name": "East"})]))
    lacked = "MATCH (n:Entity) WHERE n.lacking IS NOT NULL RETURN n.id, n.lacking ORDER BY n.id"
    with GraphDatabase.driver(neo4j_store.url) as driver:
        expected = [record.values() for record in driver.execute_query(lacked).records]
        driver.execute_query("DROP INDEX entity_by_lacking")
        driver.execute_query("MATCH (n:Entity) REMOVE n.lacking")
        neo4j_store.prepare()
        assert [record.values() for record in driver.execute_query(lacked).records] == expected
        assert expected == [["region/nimbus/east", "Region code"]]
