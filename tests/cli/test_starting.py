"""A command starts with what it needs: packages that take long to import are for the commands that use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.facts import CHECKOUT, cg

REPORT = CHECKOUT / "tests" / "loaders" / "fixtures" / "soc_1_nimbus.txt"
API = frozenset({"api.app", "graphql", "strawberry", "starlette", "uvicorn"})
NEO4J = frozenset({"graph.neo4j", "jgo", "neo4j"})
OTHER_INPUTS = frozenset({"pypdfium2", "selectolax"})
RDF = frozenset({"pyoxigraph", "rdflib"})


def imported(*arguments: str | Path) -> set[str]:
    """The modules that a command imports, as the interpreter tells them."""
    done = cg(*arguments, environment={"PYTHONPROFILEIMPORTTIME": "1"})
    told = (line.split("|") for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {columns[-1].strip() for columns in told}


def test_a_load_of_a_text_into_sqlite_imports_nothing_for_anything_else(tmp_path: Path) -> None:
    found = imported("load", REPORT, "--store", f"sqlite:///{tmp_path / 'facts.db'}")
    assert {"loaders.pipeline", "graph.sqlite.store"} <= found
    assert found & (API | NEO4J | OTHER_INPUTS | RDF) == set()


@pytest.mark.parametrize("verb", ("load", "serve", "stats", "neo4j"))
def test_help_imports_neither_a_store_nor_a_loader_nor_the_api(verb: str) -> None:
    found = imported(verb, "--help")
    assert "cli.main" in found
    assert found & (API | NEO4J | OTHER_INPUTS | RDF | {"graph.sqlite", "loaders"}) == set()


def test_a_store_on_neo4j_imports_the_driver_and_not_the_other_store() -> None:
    found = imported("stats", "--store", "bolt://127.0.0.1:1")
    assert "neo4j" in found
    assert "graph.sqlite" not in found
