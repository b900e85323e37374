"""The doors of linked data, asked as a client of linked data asks."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph
import pytest
from starlette.testclient import TestClient

from api.app import Doors, create_app
from api.representing import RDF_TYPES
from graph.sqlite.store import SqliteStore
from ontology.dataset import Datasets
from ontology.export import MEDIA_TYPES, export


@pytest.fixture(scope="module")
def client(store: SqliteStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the application over both documents."""
    doors = Doors(export, MEDIA_TYPES, {}, tmp_path_factory.mktemp("pages"), dataset=Datasets().write)
    yield TestClient(create_app(store, doors), follow_redirects=False)


@pytest.mark.parametrize(("media", "format_"), list(RDF_TYPES.items()))
def test_the_description_comes_as_it_is_asked_for(
    client: TestClient, store: SqliteStore, media: str, format_: str
) -> None:
    answer = client.get("/.well-known/void", headers={"Accept": media})
    assert answer.content == Datasets().write(store, format_, "http://testserver")
    assert (answer.headers["content-type"].split(";")[0], answer.headers["vary"]) == (media, "Accept")
    again = client.get("/.well-known/void", headers={"Accept": media, "If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_description_is_turtle_to_whom_it_is_all_the_same(client: TestClient) -> None:
    answers = [client.get("/.well-known/void", headers=headers) for headers in ({}, {"Accept": "*/*"})]
    assert {answer.headers["content-type"].split(";")[0] for answer in answers} == {"text/turtle"}
    head = client.head("/.well-known/void")
    assert (head.status_code, head.headers["etag"], head.content) == (200, answers[0].headers["etag"], b"")
    assert client.get("/.well-known/void", headers={"Accept": "image/png"}).status_code == 406


def test_a_host_that_is_none_stands_in_no_address(client: TestClient) -> None:
    answer = client.get("/.well-known/void", headers={"Host": 'x"><y'})
    assert (answer.status_code, b'x"><y' in answer.content) == (200, False)
    assert list(pyoxigraph.parse(answer.content, format=pyoxigraph.RdfFormat.TURTLE))
