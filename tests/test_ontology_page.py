"""What the page about the ontology shows is what a reader gets."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from pyoxigraph import QuerySolutions, RdfFormat, Triple, parse

from api.schema import Api
from graph.store import Store
from ontology.data import Data
from ontology.example import example
from ontology.export import triples
from ontology.facts import facts
from ontology.reader import RdfReader
from ontology.things import Things
from tests.facts import CHECKOUT, cg

PAGE = (CHECKOUT / "docs" / "ontology.md").read_text("utf-8")
FACT, BROKEN, LOADED, MISSPELT, REGION = re.findall(r"```turtle\n(.*?)```", PAGE, re.DOTALL)
SAID = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
QUERIES = re.findall(r"```sparql\n(.*?)```\n\n((?:\|[^\n]*\n)+)", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def bundled(bundled_store: Store) -> Data:
    """The export of the bundled facts."""
    return Data.of_reader(bundled_store)


def test_the_fact_is_written_as_shown() -> None:
    assert read(FACT) - set(triples(facts(example(), Things()))) == set()


@pytest.mark.parametrize(("query", "table"), QUERIES)
def test_a_question_has_the_answer_that_is_shown(bundled: Data, query: str, table: str) -> None:
    solutions = bundled.store.query(query)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    rows = [[solution[name].value for name in names] for solution in solutions]
    assert [names, *rows] == [cells(line) for line in table.splitlines() if not line.startswith("|---")]


def test_every_question_is_shown_with_its_answer() -> None:
    assert len(QUERIES) == PAGE.count("```sparql") > 1


def test_the_report_on_broken_data_is_the_one_that_is_shown(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text(BROKEN, "utf-8")
    assert cg("validate", tmp_path / "broken.ttl").stdout == SAID[0]


def test_the_facts_that_are_shown_can_be_loaded() -> None:
    (facts,) = RdfReader().read(LOADED.encode(), "facts.ttl").documents
    assert [claim.values for claim in facts.claims] == [{"name": "Barge Storage"}]


def test_the_file_that_is_refused_is_refused_as_shown(tmp_path: Path) -> None:
    (tmp_path / "quay.ttl").write_text(MISSPELT, "utf-8")
    done = cg("load", tmp_path / "quay.ttl", "--dry-run", "--store", f"sqlite:///{tmp_path / 'none.db'}")
    assert done.stderr.replace(f"{tmp_path}/", "").replace("would be loaded", "loaded") == SAID[1]


def test_the_json_of_a_node_becomes_the_triples_that_are_shown(bundled_store: Store) -> None:
    (query,) = re.findall(r"```graphql\n(.*?)```", PAGE, re.DOTALL)
    (node,) = json.loads(Api(bundled_store).run(query).json())["data"]["regions"]["nodes"]
    context = json.loads((CHECKOUT / "ontology" / "context.jsonld").read_text("utf-8"))
    lines: Any = jsonld.to_rdf({**context, **node}, {"format": "application/n-quads"})
    assert {quad.triple for quad in parse(lines, format=RdfFormat.N_QUADS)} == read(REGION)


@pytest.mark.parametrize("file", re.findall(r"^\| `(ontology/[^`]+)` \|", PAGE, re.MULTILINE))
def test_every_file_is_there(file: str) -> None:
    assert list(CHECKOUT.glob(file))


def read(turtle: str) -> set[Triple]:
    """The triples of a block."""
    return {quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)}


def cells(line: str) -> list[str]:
    """The cells of a row of a table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
