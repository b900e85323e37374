"""GraphQL over HTTP and the other routes, asked as a client does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pyoxigraph
import pytest
from starlette.testclient import TestClient

from api.app import Doors, create_app
from api.graphql_http import GRAPHQL_JSON, JSON
from api.limits import Limits
from api.saved import SavedText
from graph.ledger import put
from graph.sqlite.store import SqliteStore
from ontology.export import MEDIA_TYPES, export
from tests.northwind import report

QUERY = "{ services { totalCount } }"
COST = {"cost": {"depth": 2, "fields": 2, "aliases": 0, "directives": 0, "nodes": 0}}
BODY_MOST = Limits().body_bytes
ANSWER = {"data": {"services": {"totalCount": 3}}, "extensions": COST}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the application over the report, with pages that are built."""
    folder = tmp_path_factory.mktemp("app")
    (folder / "graphiql.html").write_text("<title>GraphiQL</title>")
    store = SqliteStore(folder / "northwind.db")
    store.prepare()
    put(store, report())
    question = SavedText("scope", "What is in <scope>?", QUERY, folder, "3")
    files = {"/ontology": (b"@prefix", "text/turtle; charset=utf-8")}
    with TestClient(create_app(store, Doors(export, MEDIA_TYPES, files, folder, (question,)))) as made:
        yield made


def post(client: TestClient, body: Any, accept: str = JSON, media: str = JSON) -> tuple[int, Any]:
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    answer = client.post("/graphql", content=content, headers={"Accept": accept, "Content-Type": media})
    return answer.status_code, answer.json()


def test_a_post_is_answered(client: TestClient) -> None:
    assert post(client, {"query": QUERY}) == (200, ANSWER)


def test_a_get_is_answered(client: TestClient) -> None:
    variables = '{"n": "Northwind Tables"}'
    query = "query Q($n: String) { service(name: $n) { name } } query R { services { totalCount } }"
    answer = client.get("/graphql", params={"query": query, "variables": variables, "operationName": "Q"})
    assert (answer.status_code, answer.json()["data"]) == (200, {"service": {"name": "Northwind Tables"}})


@pytest.mark.parametrize(("accept", "media"), [(GRAPHQL_JSON, GRAPHQL_JSON), (JSON, JSON), ("*/*", JSON), ("", JSON)])
def test_the_media_type_is_the_one_asked_for(client: TestClient, accept: str, media: str) -> None:
    answer = client.post("/graphql", json={"query": QUERY}, headers={"Accept": accept})
    assert answer.headers["content-type"].split(";")[0] == media


@pytest.mark.parametrize(("accept", "status"), [(GRAPHQL_JSON, 400), (JSON, 200)])
@pytest.mark.parametrize("query", ["{ nothing }", "{", "query($a: Int!) { services(first: $a) { totalCount } }"])
def test_what_was_not_executed_has_errors_and_no_data(client: TestClient, accept: str, status: int, query: str) -> None:
    found, body = post(client, {"query": query}, accept)
    assert found == status
    assert set(body) == {"errors", "extensions"}
    assert all(error["extensions"]["code"] for error in body["errors"])


def test_an_error_while_executing_leaves_the_status_at_200(client: TestClient) -> None:
    status, body = post(client, {"query": "{ services(first: 0) { totalCount } }"}, GRAPHQL_JSON)
    assert status == 200
    assert body["data"] is None
    assert body["errors"][0]["path"] == ["services"]


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"{", JSON, 400),
        (b"\xff\xfe", JSON, 400),
        (b"null", JSON, 400),
        (b"[]", JSON, 400),
        (b'[{"query": "{ services { totalCount } }"}]', JSON, 400),
        ({}, JSON, 400),
        ({"query": 3}, JSON, 400),
        ({"query": " "}, JSON, 400),
        ({"query": QUERY, "variables": []}, JSON, 400),
        ({"query": QUERY, "operationName": 3}, JSON, 400),
        (b"query", "text/plain", 415),
        (b" " * (BODY_MOST + 1), JSON, 413),
    ],
)
def test_what_is_no_request_is_refused(client: TestClient, body: Any, media: str, status: int) -> None:
    found, answer = post(client, body, media=media)
    assert found == status
    codes = {400: "BAD_REQUEST", 413: "BODY_TOO_LARGE", 415: "UNSUPPORTED_MEDIA_TYPE"}
    assert answer["errors"][0]["extensions"]["code"] == codes[status]


def test_a_body_without_a_length_is_cut_off(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(20):
            yield b" " * 8192

    assert client.post("/graphql", content=chunks(), headers={"Content-Type": JSON}).status_code == 413


def test_a_mutation_over_get_is_not_allowed(client: TestClient) -> None:
    answer = client.get("/graphql", params={"query": "mutation { x }"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("accept", ["*/*", GRAPHQL_JSON, "text/html"])
@pytest.mark.parametrize(
    "address",
    ["/graphql", "/graphql?query={__typename}", "/graphql?query={", "/graphql?query=mutation{x}", "/", "/healthz"],
)
def test_head_answers_as_get_does_without_a_body(client: TestClient, address: str, accept: str) -> None:
    headers = {"Accept": accept, "X-Request-Id": "same"}
    head, get = (client.request(method, address, headers=headers) for method in ("HEAD", "GET"))
    assert (head.status_code, head.headers) == (get.status_code, get.headers)
    assert (head.content, bool(get.content)) == (b"", True)


def test_a_browser_gets_graphiql(client: TestClient) -> None:
    answer = client.get("/graphql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.text == "<title>GraphiQL</title>"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_the_start_page_shows_what_is_here(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    for text in ("SOC 1 report", "What is in &lt;scope&gt;?", "/export?format=trig", "/schema.graphql"):
        assert text in page.text


def test_the_export_has_the_media_type_of_its_format(client: TestClient) -> None:
    answer = client.get("/export", params={"format": "trig"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/trig")
    read = pyoxigraph.Dataset(pyoxigraph.parse(answer.content, format=pyoxigraph.RdfFormat.TRIG))
    assert len(read) > 100


def test_an_unknown_format_is_refused_with_those_that_are_known(client: TestClient) -> None:
    answer = client.get("/export?format=xlsx")
    assert answer.status_code == 400
    assert "one of trig" in answer.text


def test_a_fixed_file_is_served(client: TestClient) -> None:
    assert client.get("/ontology").text == "@prefix"


def test_alive_is_not_ready_where_no_load_is_recorded(client: TestClient) -> None:
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert "no load has been recorded" in ready.text
