"""The law of the ledger on real stores: any history ends in the bytes of loading what is left into an empty store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.ledger import put
from graph.neo4j.store import Neo4jStore
from graph.sqlite.store import SqliteStore
from graph.store import Store
from tests.graph.histories import Step, dumped, exported, live, steps
from tests.stores.dicts import DictStore
from tests.stores.holding import whole

Empty: TypeAlias = Callable[[], Store]


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Empty]:
    """Gives a new SQLite file each time."""
    with files(tmp_path_factory.mktemp("histories")) as made:
        yield made


@pytest.fixture(scope="module")
def empty_server(neo4j_prepared: Neo4jStore, wipe: Callable[[], None]) -> Iterator[Empty]:
    """Gives the store on the server, emptied each time; in the end it has remarked nothing."""

    def wiped() -> Store:
        wipe()
        return neo4j_prepared

    yield wiped
    assert list(neo4j_prepared.notices) == []


def bounded(examples: int) -> settings:
    """So many examples; shrinking on a server would take longer than to read the failure."""
    phases = [Phase.explicit, Phase.reuse, Phase.generate]
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=phases)


@contextmanager
def files(folder: Path) -> Iterator[Empty]:
    """Gives a new file each time; the one before is closed."""
    stores: list[SqliteStore] = []

    def made() -> Store:
        for store in stores[-1:]:
            store.close()
            store.path.unlink()
        stores.append(SqliteStore(folder / f"{len(stores)}.db"))
        stores[-1].prepare()
        return stores[-1]

    yield made
    for store in stores[-1:]:
        store.close()


def same_in_the_end(empty: Empty, history: list[Step], data: st.DataObject) -> None:
    """A history of a store ends in the bytes of loading what is left, and in those of the naive store."""
    store = empty()
    left = live(history, store)
    lived = (exported(store), dumped(whole(store)))
    fresh = empty()
    for sha in data.draw(st.permutations(sorted(left))):
        put(fresh, left[sha])
    assert lived == (exported(fresh), dumped(whole(fresh)))
    naive = DictStore()
    live(history, naive)
    assert lived == (exported(naive), dumped(naive.graph))


@bounded(30)
@given(history=steps(), data=st.data())
def test_any_history_of_a_file_ends_in_the_bytes_of_loading_what_is_left(
    empty_file: Empty, history: list[Step], data: st.DataObject
) -> None:
    same_in_the_end(empty_file, history, data)


@bounded(10)
@given(history=steps(), data=st.data())
def test_any_history_of_a_server_ends_in_the_bytes_of_loading_what_is_left(
    empty_server: Empty, history: list[Step], data: st.DataObject
) -> None:
    same_in_the_end(empty_server, history, data)
