"""Laws of reading side by side: the same in the same order as one after the other, even where a process is killed."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE, Popen
from types import MappingProxyType

import pytest

from loaders.base import Loader
from loaders.facts import Extraction
from loaders.inputs.documents import Document
from loaders.inputs.sources import sources
from loaders.names.resolution import Names, read_names
from loaders.pages.frameworks import read_frameworks
from loaders.pages.soc_overview import SocOverview
from loaders.pipeline import LoadOptions, load
from loaders.reading import Reader
from loaders.registry import own_loaders
from tests.loaders.stated import FIXTURES
from tests.loaders.test_pipeline import exported, without_runs
from tests.stores.dicts import DictStore

REFERENCE = "quick_reference_nimbus.txt"
PAGE = "soc_overview_nimbus.txt"


class Counting:
    """A loader that counts what it reads in its own process, and can kill every other one."""

    name, version = "counting", "1"
    kinds, facts = ("soc_overview_page",), ("Assessment",)

    def __init__(self, *, kills: bool) -> None:
        self.own = SocOverview(read_frameworks())
        self.process = os.getpid()
        self.kills = kills
        self.read_here = 0

    def accepts(self, document: Document) -> str | None:
        """As the loader of that kind does."""
        return self.own.accepts(document)

    def extract(self, document: Document, names: Names) -> Extraction:
        """As the loader of that kind does, where it lives to do it."""
        if os.getpid() != self.process and self.kills:
            os.kill(os.getpid(), signal.SIGKILL)
        self.read_here += 1
        return self.own.extract(document, names)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents, one of them twice, facts of others, and files that are refused for several reasons."""
    shutil.copy(FIXTURES / REFERENCE, tmp_path / "a.txt")
    shutil.copy(FIXTURES / PAGE, tmp_path / "b.txt")
    shutil.copy(FIXTURES / PAGE, tmp_path / "c.txt")
    (tmp_path / "d.jsonl").write_text("".join(f"{line}\n" for line in exported(PAGE)), encoding="utf-8")
    (tmp_path / "e.txt").write_text("Dear aunt, the rain is fine.\n")
    (tmp_path / "f.txt").write_bytes(b"a\0b")
    (tmp_path / "g.jsonl").write_text("{}\n")
    for number in range(5):
        (tmp_path / f"h{number}.txt").write_text((FIXTURES / PAGE).read_text(encoding="utf-8") + f"\n{number} more\n")
    return tmp_path


def reader(*loaders: Loader) -> Reader:
    """A reader with those loaders, or ours."""
    return Reader(read_names(), loaders or own_loaders())


@pytest.mark.parametrize("processes", [2, 3, 9])
def test_several_processes_load_as_one_does(folder: Path, processes: int) -> None:
    one, other = DictStore(), DictStore()
    alone = load([folder], one, LoadOptions())
    together = load([folder], other, LoadOptions(processes=processes))
    assert {document.status.value for document in alone.documents} == {"loaded", "duplicate", "refused"}
    assert together.documents == alone.documents
    assert without_runs(other.graph) == without_runs(one.graph)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forks, which Linux alone has for sure")
def test_documents_are_read_in_other_processes(folder: Path) -> None:
    loader = Counting(kills=False)
    found = sources([folder])
    together = list(reader(loader).read_all(found, 2))
    assert loader.read_here == 0
    assert together == list(reader(loader).read_all(found, 1))
    assert loader.read_here > 1


class Unsendable(Counting):
    """A loader whose facts hold what no process can send to another."""

    def extract(self, document: Document, names: Names) -> Extraction:
        """As the loader of that kind does, with values that nobody can change."""
        found = super().extract(document, names)
        fixed = MappingProxyType(dict(found.facts.document))
        return replace(found, facts=replace(found.facts, document=fixed))


def test_facts_that_can_not_be_sent_are_read_here(folder: Path) -> None:
    loader, found = Unsendable(kills=False), sources([folder])
    assert [one.refused for one in reader(loader).read_all(found, 2)] == [
        one.refused for one in reader(Counting(kills=False)).read_all(found, 1)
    ]
    assert loader.read_here > 1


SLOW = """
import sys, time
from loaders.inputs.sources import sources
from tests.loaders.test_side_by_side import Counting, reader

class Slow(Counting):
    def extract(self, document, names):
        print("reading", flush=True)
        time.sleep(60)

list(reader(Slow(kills=False)).read_all(sources(sys.argv[1:]), 2))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forks, which Linux alone has for sure")
def test_an_interrupt_ends_all_processes_and_the_command_alone_tells_of_it(folder: Path) -> None:
    command = [sys.executable, "-c", SLOW, str(folder)]
    root = Path(__file__).parents[2]
    with Popen(command, stdout=PIPE, stderr=PIPE, text=True, start_new_session=True, cwd=root) as running:
        assert running.stdout
        assert running.stdout.readline() == "reading\n"
        os.killpg(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=50)
    assert told.count("Traceback") == told.count("KeyboardInterrupt") == 1
    assert "ForkProcess" not in told


def test_what_a_killed_process_did_not_read_is_read_here(folder: Path) -> None:
    killing, alone = Counting(kills=True), Counting(kills=False)
    found = sources([folder])
    assert list(reader(killing).read_all(found, 2)) == list(reader(alone).read_all(found, 1))
    assert killing.read_here == alone.read_here
