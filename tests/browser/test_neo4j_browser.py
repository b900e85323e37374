"""Neo4j Browser on the loaded graph: it connects by its address, takes our two files, draws what it finds."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from neo4j import GraphDatabase, Result
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.browsing import Visit, drop_file, visit

QUERY = "MATCH path = (:Service)-[:IN_SCOPE_OF]->(:Assessment) RETURN path LIMIT 10"
WINDOW = '[data-testid="main"]'
MOST_NODES_DRAWN = 300
"""Neo4j Browser draws no more nodes than this at first."""


class LoadedServer(Protocol):
    """A running Neo4j that holds the graph and asks for no password."""

    @property
    def http_port(self) -> int: ...

    @property
    def bolt_port(self) -> int: ...


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One file of the archive: the folder it lies in, the title of its first line, its Cypher."""

    folder: str
    title: str
    cypher: str


@pytest.fixture
def connected(browser: Browser, neo4j_loaded: LoadedServer) -> Iterator[Visit]:
    """Neo4j Browser, connected by its address alone, with QUERY in its editor."""
    parameters = {
        "dbms": f"neo4j://localhost:{neo4j_loaded.bolt_port}",
        "preselectAuthMethod": "NO_AUTH",
        "cmd": "edit",
        "arg": QUERY,
    }
    with visit(browser) as seen:
        seen.page.goto(f"http://127.0.0.1:{neo4j_loaded.http_port}/browser/?{urlencode(parameters)}")
        expect(editor(seen.page)).to_contain_text("IN_SCOPE_OF")
        expect(seen.page.get_by_text("You have a working connection")).to_be_attached()
        yield seen


@pytest.fixture(scope="module")
def style(served_app: str) -> bytes:
    return downloaded(f"{served_app}/browser/style.grass")


@pytest.fixture(scope="module")
def archive(served_app: str) -> bytes:
    return downloaded(f"{served_app}/browser/queries.zip")


def downloaded(address: str) -> bytes:
    with urlopen(address, timeout=120) as response:
        content = response.read()
    assert isinstance(content, bytes)
    return content


def editor(page: Page) -> Locator:
    return page.locator('[data-testid="activeEditor"]')


def run(page: Page) -> None:
    page.locator('[data-testid="editor-Run"]').click()
    expect(page.locator("svg g.node").first).to_be_visible()


def saved_queries(archive: bytes) -> list[SavedQuery]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return [saved_query(name, opened.read(name).decode()) for name in opened.namelist()]


def saved_query(path: str, text: str) -> SavedQuery:
    title, _, cypher = text.partition("\n")
    assert title.startswith("// "), f"{path}: the first line must be '// ' and the title, not {title!r}"
    folder, _, _ = path.rpartition("/")
    return SavedQuery(folder, title.removeprefix("// "), cypher)


def nodes_found(server: LoadedServer, query: SavedQuery) -> tuple[int, int]:
    """How many nodes and relationships the query's answer holds, as the driver counts them."""
    with GraphDatabase.driver(f"bolt://127.0.0.1:{server.bolt_port}") as driver:
        found = driver.execute_query(query.cypher, result_transformer_=Result.graph)
    return len(found.nodes), len(found.relationships)


def joined(server: LoadedServer, cypher: str) -> tuple[int, int]:
    """How many nodes the query's answer holds, and how many relationships the graph has among them."""
    among = "MATCH (a)-[r]->(b) WHERE elementId(a) IN $nodes AND elementId(b) IN $nodes RETURN count(r) AS lines"
    with GraphDatabase.driver(f"bolt://127.0.0.1:{server.bolt_port}") as driver:
        nodes = [node.element_id for node in driver.execute_query(cypher, result_transformer_=Result.graph).nodes]
        lines = driver.execute_query(among, nodes=nodes, result_transformer_=Result.single)
    assert lines is not None
    return len(nodes), int(lines["lines"])


def fills_by_label(page: Page, label: str) -> set[str | None]:
    """The colours of the circles, after a query whose nodes all have this label."""
    circles = page.locator("svg g.node circle.b-outline").all()
    assert circles, f"no {label} is drawn"
    return {circle.get_attribute("fill") for circle in circles}


def test_the_graph_that_a_query_finds_is_drawn(connected: Visit, neo4j_loaded: LoadedServer) -> None:
    """Neo4j Browser adds the relationships among the nodes that a query finds."""
    page, (nodes, lines) = connected.page, joined(neo4j_loaded, QUERY)
    run(page)
    expect(page.locator("svg g.relationship")).to_have_count(lines)
    expect(page.locator("svg g.node")).to_have_count(nodes)
    expect(page.get_by_text(f"Displaying {nodes} nodes, ")).to_be_visible()


def test_a_saved_query_is_a_favourite_and_draws_what_it_finds(
    connected: Visit, neo4j_loaded: LoadedServer, archive: bytes
) -> None:
    queries = {query: nodes_found(neo4j_loaded, query) for query in saved_queries(archive)}
    drawable = [query for query, (nodes, lines) in queries.items() if lines and nodes <= MOST_NODES_DRAWN]
    assert drawable, "no saved query returns paths that could be drawn"
    query, page = drawable[0], connected.page
    drop_file(page, WINDOW, "queries.zip", archive)
    page.locator('[data-testid="navigationFavorites"]').click()
    page.get_by_text(query.folder, exact=True).click()
    page.get_by_text(query.title, exact=True).click()
    expect(editor(page)).to_contain_text(query.title)
    run(page)
    expect(page.locator("svg g.node")).to_have_count(queries[query][0])


@pytest.mark.parametrize("label", ["Service", "Assessment"])
def test_the_style_file_colours_each_label(connected: Visit, style: bytes, label: str) -> None:
    rule = re.search(rf"node\.{label}\s*{{[^}}]*?(?<!-)\bcolor:\s*(#\w+)", style.decode())
    assert rule, f"the style file has no colour for {label}"
    page = connected.page
    drop_file(page, WINDOW, "style.grass", style)
    expect(page.get_by_text(f"node.{label} {{")).to_be_visible()
    editor(page).click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(f"MATCH (n:{label}) RETURN n LIMIT 5")
    run(page)
    assert fills_by_label(page, label) == {rule.group(1)}
