"""Documents over time, on the command line: named by the start of a hash, with and without their wording."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from graph.continuing import RULE
from graph.merging import Graph
from loaders.jsonl import write_facts
from loaders.pipeline import LoadOptions, load
from tests.facts import CHECKOUT, cg
from tests.graph.test_continuing import control, report
from tests.stores.dicts import DictStore

FIXTURES = CHECKOUT / "tests" / "loaders" / "fixtures"
REPORT = FIXTURES / "soc_1_nimbus.txt"
SHA = hashlib.sha256(REPORT.read_bytes()).hexdigest()


@pytest.fixture
def address(tmp_path: Path) -> str:
    """The address of a store that holds the report."""
    made = f"sqlite:///{tmp_path / 'facts.db'}"
    assert cg("load", REPORT, "--store", made).returncode == 0
    return made


def documents(address: str) -> list[str]:
    """The hashes of the documents of a store."""
    found = json.loads(cg("stats", "--store", address, "--format", "json").stdout)
    return [document["sha256"] for document in found["documents"]]


def test_the_start_of_a_hash_is_enough_to_unload_and_the_whole_hash_is_told(address: str) -> None:
    done = cg("unload", SHA[:8], "--store", address)
    assert (done.returncode, done.stderr.startswith(f"{SHA}: ")) == (0, True)
    assert documents(address) == []


def test_fewer_than_eight_digits_name_no_document(address: str) -> None:
    done = cg("unload", SHA[:7], "--store", address)
    assert (done.returncode, SHA in done.stderr, documents(address)) == (1, True, [SHA])


def test_the_start_of_a_hash_is_enough_to_replace(address: str, tmp_path: Path) -> None:
    newer = tmp_path / "newer.txt"
    newer.write_bytes(REPORT.read_bytes() + b"\n")
    assert cg("load", "--replace", SHA[:8], newer, "--store", address).returncode == 0
    assert documents(address) == [hashlib.sha256(newer.read_bytes()).hexdigest()]


def loaded(paths: Sequence[Path]) -> Graph:
    """What a store holds after those files, one after the other; the runs aside, which hold a clock."""
    store = DictStore()
    for path in paths:
        assert load([path], store, LoadOptions()).ok
    return Graph({id_: n for id_, n in store.graph.nodes.items() if n.label != "LoadRun"}, store.graph.edges)


def test_facts_without_wording_and_the_document_give_the_same_graph_in_any_order(address: str, tmp_path: Path) -> None:
    other = FIXTURES / "soc_3_nimbus.txt"
    bare, worded = tmp_path / "bare.jsonl", tmp_path / "worded.jsonl"
    bare.write_text(cg("export", "--store", address, "--format", "jsonl").stdout, encoding="utf-8")
    worded.write_text(cg("export", "--store", address, "--format", "jsonl", "--with-quotes").stdout, encoding="utf-8")
    whole = loaded([REPORT, other])
    for first in (REPORT, worded):
        for order in permutations([first, bare, other]):
            assert loaded(order) == whole


def test_what_continues_stands_in_the_graph_the_api_and_rdf_but_in_no_document(tmp_path: Path) -> None:
    address, files = f"sqlite:///{tmp_path / 'facts.db'}", [tmp_path / "old.jsonl", tmp_path / "new.jsonl"]
    for file, day in zip(files, ("2020-12-31", "2021-12-31"), strict=True):
        lines = write_facts(report(day, ("1.1",)), with_quotes=True)
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert cg("load", *files, "--store", address).returncode == 0
    asked = "{ controls { edges { node { id continues { edges { assertion rule node { id } } } } } } }"
    found = json.loads(cg("query", "-", "--store", address, given=asked).stdout)["data"]["controls"]["edges"]
    old, new = control("2020-12-31"), control("2021-12-31")
    joined = [{"assertion": "DERIVED", "rule": RULE, "node": {"id": old}}]
    assert {each["node"]["id"]: each["node"]["continues"]["edges"] for each in found} == {old: [], new: joined}
    quads = cg("export", "--no-check", "--format", "nquads", "--store", address).stdout.splitlines()
    (triple,) = [line for line in quads if "#continues>" in line and f"/{new}>" in line.split()[0]]
    assert [old in triple, triple.endswith("graph/identity> .")] == [True, True]
    facts = cg("export", "--format", "jsonl", "--with-quotes", "--store", address).stdout
    assert sorted(facts.splitlines()) == sorted("".join(file.read_text() for file in files).splitlines())
