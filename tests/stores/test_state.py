"""Laws of a store's state: it follows the facts alone, whatever the store, the order and the history."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StoreChanging
from graph.ledger import put, stated_by, take
from graph.merging import Node
from graph.records import DocumentFacts
from graph.sqlite.store import SqliteStore
from graph.state import loaded, recorded
from graph.store import Change, Store
from ontology.export import export
from tests.northwind import page, report
from tests.stores.referee import Referee

RUN = Node("LoadRun", "load-run/1", {"name": "1", "ordinal": 1, "complete": False})


def state_of(store: Store) -> str | None:
    with store.snapshot() as snapshot:
        return loaded(snapshot)


def state_with(*facts: DocumentFacts) -> str | None:
    """The state of the plain store that holds those facts."""
    store = Referee()
    for one in facts:
        put(store, one)
    return state_of(store)


def test_the_same_facts_give_the_same_state_in_any_order_and_however_often(store: Store) -> None:
    for one in (page(), report(), page()):
        put(store, one)
    assert state_of(store) == state_with(report(), page())


def test_every_change_of_facts_changes_the_state_and_taking_it_back_brings_it_back(store: Store) -> None:
    states = [state_of(store)]
    for one in (report(), page(), replace(report(), links=report().links[1:]), replace(page(), recency="2024")):
        put(store, one)
        states.append(state_of(store))
    assert len(set(states)) == 5
    assert None not in states
    put(store, page())
    put(store, report())
    assert state_of(store) == states[2]
    take(store, page().sha256)
    assert state_of(store) == states[1]
    take(store, report().sha256)
    assert state_of(store) == states[0]


def test_what_is_exported_while_documents_are_loaded_is_of_one_state_or_refused(store: Store) -> None:
    """SQLite reads on in the state that it began with; other stores answer with what is there, and are found out."""
    put(store, report())
    before = io.BytesIO()
    export(store, "nquads", before)
    sink = Loading(store)
    if isinstance(store, SqliteStore):
        export(store, "nquads", sink)
        assert sink.getvalue() == before.getvalue()
    else:
        with pytest.raises(StoreChanging):
            export(store, "nquads", sink)
    assert state_of(store) == state_with(report(), page())


class Loading(io.BytesIO):
    """While the first piece is written to it, another document is loaded."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    def write(self, piece: Any) -> int:
        """Keeps the piece."""
        if not self.tell():
            put(self._store, page())
        return super().write(piece)


def test_a_document_without_its_wording_is_another_state(store: Store) -> None:
    put(store, replace(report(), citations=tuple(replace(c, quote=None) for c in report().citations)))
    without = state_of(store)
    put(store, report())
    assert without != state_of(store) == state_with(report())


def test_facts_that_are_read_back_have_the_state_of_those_that_were_put(store: Store) -> None:
    put(store, report())
    assert state_with(stated_by(store, report().sha256)) == state_of(store)


def test_a_load_is_no_fact_and_has_a_state_of_its_own(store: Store) -> None:
    put(store, report())
    before = state_of(store)
    found = []
    for run in (RUN, replace(RUN, values={**RUN.values, "complete": True})):
        store.apply(Change([run]))
        with store.snapshot() as snapshot:
            found.append(recorded(snapshot))
    assert state_of(store) == before
    assert found[0] != found[1]


def test_a_file_of_a_release_without_digests_has_no_state_until_its_documents_are_loaded_again(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    with closing(SqliteStore(path)) as store:
        store.prepare()
        put(store, report())
    with closing(sqlite3.connect(path)) as older:
        older.execute("ALTER TABLE document DROP COLUMN stated_sha256")
    with closing(SqliteStore(path)) as store:
        assert state_of(store) is None
        store.prepare()
        assert state_of(store) is None
        put(store, report())
        assert state_of(store) == state_with(report())
