"""What a client calls an entity: the words of documents before namespaces, and the ways in which names are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from api.schema import Api
from graph.ledger import put
from graph.records import DocumentFacts
from graph.sqlite.store import SqliteStore
from loaders.facts import Notebook
from loaders.inputs.documents import document_from
from tests.northwind import PROVIDER

NAMES = {
    "boats": {"Northwind Elastic Boats": "canonical", "EB1": "acronym", "eb1": "namespace"},
    "blocks": {"Northwind Blocks": "canonical", "eb1": "namespace", "Blk": "acronym"},
    "quay": {"Northwind Quay 53": "canonical", "quay53": "namespace", "BLK": "acronym"},
    "ferry": {"Southwind Ferry": "canonical", "fy": "namespace"},
    "launch": {"Northwind Launch": "canonical", "fy": "namespace", "twin": "acronym"},
    "raft": {"Northwind Raft": "canonical", "Twin": "variant", "TWIN": "acronym"},
}
REGION = "region/northwind/nw-harbour-1"


def facts() -> DocumentFacts:
    """Services that share short names, and a Region whose code is written without its number."""
    book = Notebook(document_from(b"Northwind Cloud\nThe list\n", "list"))
    cited = book.cite(2)
    provider = book.state("Organization", PROVIDER, book.cite(1), name="Northwind Cloud")
    for key, names in NAMES.items():
        id_ = book.state("Service", f"service/northwind/{key}", cited, name=next(iter(names)))
        for text, kind in names.items():
            book.name(id_, text, kind, cited)
        book.link("OF_PROVIDER", id_, provider, cited)
    region = book.state("Region", REGION, cited, name="Harbour", code="nw-harbour-1")
    book.name(region, "Harbour", "canonical", cited)
    book.name(region, "nw-harbour", "variant", cited)
    return book.close({"title": "List", "kind": "other"}).facts


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The API over these services."""
    store = SqliteStore(tmp_path_factory.mktemp("named") / "named.db")
    store.prepare()
    put(store, facts())
    yield Api(store)
    store.close()


def answer(api: Api, query: str, **variables: Any) -> tuple[Any, str | None]:
    """The data, and the code of the first error."""
    body = orjson.loads(api.run(query, variables).json())
    return body.get("data"), body["errors"][0]["extensions"]["code"] if "errors" in body else None


LOOK_UP = "query($name: String) { service(name: $name) { id } }"
COVERAGE = "query($name: String!) { coverage(services: [$name], frameworks: []) { cells { status } } }"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("EB1", "boats"),
        ("eb1", "boats"),
        ("Blk", "blocks"),
        ("BLK", "quay"),
        ("quay53", "quay"),
        ("TWIN", "raft"),
        ("Northwind Elastic Boats (EB1)", "boats"),
        ("Northwind  blocks (eb1)", "blocks"),
        ("Northwind Blocks (EB1, Blk)", "blocks"),
        ("Quay 53", "quay"),
        ("elastic boats", "boats"),
    ],
)
def test_a_service_goes_by_its_words_then_by_its_namespaces(shared: Api, name: str, key: str) -> None:
    found, error = answer(shared, LOOK_UP, name=name)
    assert (found["service"], error) == ({"id": f"service/northwind/{key}"}, None)
    assert answer(shared, COVERAGE, name=name)[1] is None


@pytest.mark.parametrize("name", ["blk", "fy", "tWIN"])
def test_a_name_of_two_that_nothing_tells_apart_is_refused(shared: Api, name: str) -> None:
    assert answer(shared, LOOK_UP, name=name)[1] == "AMBIGUOUS"
    assert answer(shared, COVERAGE, name=name)[1] == "AMBIGUOUS"


@pytest.mark.parametrize(
    "name", ["Boats", "Ferry", "Northwind Blocks (BLK2)", "Northwind Quay 53 (eb1)", "uay 53", "Northwind", ""]
)
def test_no_other_part_of_a_name_is_a_name(shared: Api, name: str) -> None:
    found, error = answer(shared, LOOK_UP, name=name)
    assert (found, error) == ({"service": None}, None)
    assert answer(shared, COVERAGE, name=name)[1] == "BAD_USER_INPUT"


@pytest.mark.parametrize(("code", "found"), [("nw-harbour-1", True), ("nw-harbour", True), ("Harbour", False)])
def test_a_region_goes_by_its_code_as_documents_write_it(shared: Api, code: str, found: bool) -> None:
    data, error = answer(shared, "query($code: String) { region(code: $code) { id } }", code=code)
    assert (data["region"], error) == ({"id": REGION} if found else None, None)
