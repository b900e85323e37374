"""What the README shows is what a reader gets: its question in three languages, its folders, its files."""

from __future__ import annotations

import io
import json
import re

import pyoxigraph
import pytest
from neo4j import GraphDatabase

from api.schema import Api
from graph.store import Store
from ontology.export import export
from tests.facts import CHECKOUT, LoadedServer

README = (CHECKOUT / "README.md").read_text("utf-8")
ROW = ("AWSCA-1.10", "not_tested", 1803, "System and Organization Controls 1 (SOC 1) Type 2 Report")


def block(language: str) -> str:
    """The only block of code in that language that is more than a line."""
    (found,) = [text for text in re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL) if "\n" in text.strip()]
    return str(found)


def test_graphql_gives_the_answer_that_is_shown(bundled_store: Store) -> None:
    answer = json.loads(Api(bundled_store).run(block("graphql")).json())
    assert {"data": answer["data"]} == json.loads(block("json"))


def test_cypher_gives_the_same_row(neo4j_loaded: LoadedServer) -> None:
    with GraphDatabase.driver(neo4j_loaded.bolt_url) as driver:
        records, _, _ = driver.execute_query(block("cypher"))
    assert [tuple(record.values()) for record in records] == [ROW]


def test_sparql_gives_the_same_row(bundled_store: Store) -> None:
    content = io.BytesIO()
    export(bundled_store, "nquads", content)
    store = pyoxigraph.Store()
    store.bulk_load(content.getvalue(), format=pyoxigraph.RdfFormat.N_QUADS)
    found = store.query(block("sparql"), use_default_graph_as_union=True)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    rows = [tuple(str(term.value).rpartition("#")[2] for term in solution) for solution in found]
    number, _, line, title = ROW
    assert rows == [(number, "notTested", str(line), title)]


@pytest.mark.parametrize("folder", re.findall(r"^\| `(\w+(?:/\w+)*)/` \|", README, re.MULTILINE))
def test_every_folder_is_there(folder: str) -> None:
    assert (CHECKOUT / folder).is_dir()


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#:]+)\)", README))
def test_every_link_leads_to_a_file(link: str) -> None:
    assert (CHECKOUT / link).is_file()
