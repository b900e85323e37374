"""`cg sparql` as a user has it: the answer on standard output in the format that is asked, exit codes as promised."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from graph.ledger import put
from graph.sqlite.store import SqliteStore
from ontology.namespaces import CG
from tests.facts import CHECKOUT, cg
from tests.northwind import report

SERVICES = f"SELECT ?name {{ ?s a <{CG.Service}> ; <{CG.name}> ?name }} ORDER BY ?name"
NAMES = ["Northwind Objects", "Northwind Queues", "Northwind Tables"]
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {' . '.join(f'?s{i} ?p{i} ?o{i}' for i in range(5))} }}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store with the report."""
    path = tmp_path_factory.mktemp("sparql") / "northwind.db"
    store = SqliteStore(path)
    store.prepare()
    put(store, report())
    store.close()
    return f"sqlite:///{path}"


def test_a_file_is_answered_in_the_format_that_is_asked(address: str, tmp_path: Path) -> None:
    file = tmp_path / "services.rq"
    file.write_text(SERVICES)
    rows, objects = (cg("sparql", "--store", address, "--format", form, file) for form in ("csv", "json"))
    assert [row["name"] for row in csv.DictReader(rows.stdout.splitlines())] == NAMES
    assert [row["name"]["value"] for row in json.loads(objects.stdout)["results"]["bindings"]] == NAMES
    assert (rows.stderr, objects.stderr) == ("", "")


def test_a_misspelt_term_is_told_beside_the_answer(address: str) -> None:
    done = cg("sparql", "-", "--store", address, given=f"SELECT ?s {{ ?s <{CG.iri}inScpeOf> ?o }}")
    assert (done.returncode, json.loads(done.stdout)["results"]["bindings"]) == (0, [])
    assert done.stderr == "cg:inScpeOf is no term of the vocabulary; did you mean cg:inScopeOf?\n"


def test_standard_input_is_answered_and_a_graph_is_turtle(address: str) -> None:
    done = cg("sparql", "-", "--store", address, given="DESCRIBE <service/northwind/northwind-tables>")
    assert (done.returncode, done.stdout.startswith(f"@prefix cg: <{CG.iri}> .")) == (0, True)


@pytest.mark.parametrize(
    ("options", "query", "code", "said"),
    [
        ((), "SELECT * {\n ?s a }", 1, "line 2, column 8: expected"),
        ((), "DROP ALL", 1, "DROP is an update"),
        ((), f"ASK {'{' * 20_000}{'}' * 20_000}", 1, "nested too deep"),
        (("--format", "turtle"), "ASK {}", 2, "the answer to ASK is written in json, xml, csv or tsv"),
        (("--format", "json"), "DESCRIBE <a:b>", 2, "the answer to DESCRIBE is written in turtle"),
        (("--store", "sqlite:////nowhere.db"), "ASK {}", 3, "there is no such file"),
    ],
)
def test_what_cannot_be_answered_is_told_with_its_exit_code(
    address: str, options: tuple[str, ...], query: str, code: int, said: str
) -> None:
    done = cg("sparql", "--store", address, *options, "-", given=query)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr


def test_a_query_that_never_ends_ends_with_its_command(address: str, tmp_path: Path) -> None:
    (tmp_path / "endless.rq").write_text(ENDLESS)
    command = [sys.executable, "-m", "cli", "sparql", "--store", address, str(tmp_path / "endless.rq")]
    # Each process of the command holds the pipe of standard output: it closes when the last one has ended.
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as running:
        sleep(2)
        assert running.poll() is None
        running.kill()
        assert running.communicate(timeout=120)[0] == b""
