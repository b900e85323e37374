"""Laws of LoadRun on real stores: runs side by side lose nothing, and one that died stays incomplete."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from graph.addresses import parse_address
from graph.ledger import put
from graph.merging import Graph, Node
from graph.model import MODEL
from graph.neo4j.server import RunningServer
from graph.opening import Credentials, open_store
from graph.store import Store
from loaders.jsonl import write_facts
from loaders.pipeline import LoadOptions, load
from loaders.registry import VERSION
from tests.graph.test_continuing import report
from tests.stores.dicts import DictStore

REPORTS = [report(f"20{year}-12-31") for year in range(16, 22)]
PROCESSES = multiprocessing.get_context("spawn")


@pytest.fixture(params=["sqlite", "neo4j"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is empty, and of a file that is not there yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'runs.db'}"
    server: RunningServer = request.getfixturevalue("neo4j_server")
    wipe: Callable[[], None] = request.getfixturevalue("wipe")
    wipe()
    return server.bolt_url


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """Files with one report each."""
    for number, one in enumerate(REPORTS):
        lines = write_facts(one, with_quotes=True)
        (tmp_path / f"{number}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return sorted(tmp_path.glob("*.jsonl"))


def opened(address: str) -> Store:
    """The store at an address."""
    return open_store(parse_address(address), Credentials(), create=True)


def load_one_by_one(address: str, paths: Sequence[Path]) -> bool:
    """Loads files, each in a run of its own; whether all went well."""
    with closing(opened(address)) as store:
        return all(load([path], store, LoadOptions()).ok for path in paths)


def load_until_killed(address: str, paths: Sequence[Path]) -> None:
    """Loads a file, and is killed before the second."""
    with closing(opened(address)) as store:
        load(paths, store, LoadOptions(progress=lambda done, total, name: kill() if done else None))


def kill() -> None:
    """Ends this process as a machine does that loses its power."""
    os.kill(os.getpid(), signal.SIGKILL)


def held(address: str) -> tuple[list[Node], Graph]:
    """The runs of a store in their order, and all else that it holds."""
    graph = Graph()
    with closing(opened(address)) as store, store.snapshot() as snapshot:
        for label in MODEL.labels:
            graph.put(*snapshot.scan(label))
        for relationship in MODEL.relationships:
            graph.put(*snapshot.scan_edges(relationship.type))
    runs = [graph.nodes.pop(id_) for id_, node in list(graph.nodes.items()) if node.label == "LoadRun"]
    return sorted(runs, key=lambda run: int(str(run.values["ordinal"]))), graph


def test_runs_side_by_side_have_ordinals_of_their_own_and_lose_nothing(address: str, paths: list[Path]) -> None:
    with ProcessPoolExecutor(2, PROCESSES) as pool:
        done = [pool.submit(load_one_by_one, address, paths[half::2]) for half in (0, 1)]
        assert [one.result(120) for one in done] == [True, True]
    runs, graph = held(address)
    assert [run.values["ordinal"] for run in runs] == [1, 2, 3, 4, 5, 6]
    assert sorted(sha for run in runs for sha in run.values["documents"]) == sorted(one.sha256 for one in REPORTS)  # type: ignore[union-attr]
    assert {(run.values["complete"], run.values["loader_version"]) for run in runs} == {(True, VERSION)}
    naive = DictStore()
    for one in REPORTS:
        put(naive, one)
    assert graph == naive.graph


def test_a_run_that_died_stays_incomplete_and_what_it_loaded_is_whole(address: str, paths: list[Path]) -> None:
    died = PROCESSES.Process(target=load_until_killed, args=(address, paths))
    died.start()
    died.join(120)
    (run,), graph = held(address)
    assert (died.exitcode, run.values["complete"], "finished_at" in run.values) == (-signal.SIGKILL, False, False)
    naive = DictStore()
    put(naive, REPORTS[0])
    assert graph == naive.graph
    assert load_one_by_one(address, [paths[0]])
    runs, again = held(address)
    assert [(one.values["ordinal"], one.values["complete"]) for one in runs] == [(1, False), (2, True)]
    assert again == graph
