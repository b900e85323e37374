"""What every answer has whatever it answers: headers of security, an id; and who may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO

import orjson
import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.testclient import TestClient

from api.app import Doors, create_app
from api.border import SECURITY_HEADERS
from api.tokens import hashed, new_token
from api.tracing import OpenTelemetry
from graph.sqlite.snapshot import SqliteSnapshot
from graph.sqlite.store import SqliteStore
from graph.store import Store
from ontology.export import MEDIA_TYPES

QUERY = "/graphql?query={services{totalCount}}"
PAGE = {"Origin": "https://compliance.example"}
TRACE = "0af7651916cd43dd8448eb211c80319c"
TOKEN = new_token()


def broken(store: Store, format_: str, content: IO[bytes], /, *, wanted: Mapping[str, str]) -> None:
    """An export that fails as nobody foresaw."""
    raise RuntimeError("what nobody is to read")


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Doors:
    """Doors with an export that fails, and a file of the built pages."""
    folder = tmp_path_factory.mktemp("border")
    (folder / "page.js").write_text("1")
    return Doors(broken, MEDIA_TYPES, {}, folder)


class Failing(SqliteStore):
    """A store that fails as nobody foresaw, from when it is told to."""

    fails = False

    @contextmanager
    def snapshot(self, seconds: float | None = None) -> Iterator[SqliteSnapshot]:
        """A snapshot of a sound store."""
        if self.fails:
            raise RuntimeError("what nobody is to read")
        with super().snapshot(seconds) as found:
            yield found


@pytest.fixture(scope="module")
def serve(store: SqliteStore, doors: Doors) -> Callable[..., TestClient]:
    """Serves whatever is said of the doors."""
    return lambda **said: TestClient(create_app(store, replace(doors, **said)), raise_server_exceptions=False)


@pytest.fixture(scope="module")
def client(serve: Callable[..., TestClient]) -> TestClient:
    """A client of a server without settings."""
    return serve()


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/", 200),
        ("GET", QUERY, 200),
        ("HEAD", QUERY, 200),
        ("POST", "/graphql", 415),
        ("PUT", "/graphql", 405),
        ("GET", "/saved", 200),
        ("GET", "/schema.graphql", 200),
        ("GET", "/static/page.js", 200),
        ("GET", "/healthz", 200),
        ("GET", "/metrics", 200),
        ("GET", "/nothing", 404),
        ("GET", "/export?format=nquads", 500),
        ("OPTIONS", "/graphql", 405),
    ],
)
def test_every_answer_has_the_headers_of_security_and_no_cookie(
    client: TestClient, method: str, address: str, status: int
) -> None:
    answer = client.request(method, address)
    assert answer.status_code == status
    policy = "Content-Security-Policy"
    fixed = {name: value for name, value in SECURITY_HEADERS.items() if name != policy}
    assert {name: answer.headers.get(name) for name in fixed} == fixed
    assert "default-src" in answer.headers[policy]
    assert not {"set-cookie", "access-control-allow-origin"} & answer.headers.keys()


def test_an_id_that_is_given_is_kept_and_any_other_is_made(client: TestClient) -> None:
    given = [
        client.get("/healthz", headers={"X-Request-Id": id_}).headers["x-request-id"] for id_ in ("a-1.B_2", "a b")
    ]
    assert given[0] == "a-1.B_2"
    assert given[1] != "a b"
    assert len({client.get("/healthz").headers["x-request-id"] for _ in range(5)}) == 5


def test_what_was_not_foreseen_is_masked_under_the_id_of_the_request(client: TestClient) -> None:
    answer = client.get("/export?format=nquads", headers={"X-Request-Id": "abc"})
    assert (answer.status_code, answer.text) == (500, "An unexpected error; the log has it under abc.\n")


def test_pages_of_other_origins_read_answers_only_where_that_is_set(serve: Callable[..., TestClient]) -> None:
    open_, closed = serve(origins=(PAGE["Origin"],)), serve()
    answer = open_.get(QUERY, headers=PAGE)
    assert answer.headers["access-control-allow-origin"] == PAGE["Origin"]
    assert "access-control-allow-credentials" not in answer.headers
    assert {"ETag", "Query-Hint", "X-Request-Id"} == set(answer.headers["access-control-expose-headers"].split(", "))
    asked = {**PAGE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert open_.options("/graphql", headers=asked).status_code == 200
    for other, headers in ((closed, asked), (open_, {**asked, "Origin": "https://other.example"})):
        assert "access-control-allow-origin" not in other.options("/graphql", headers=headers).headers


def test_without_a_token_that_is_known_nothing_but_healthz_is_answered(
    serve: Callable[..., TestClient], store: SqliteStore
) -> None:
    client = serve(tokens={"someone": hashed(new_token()), "us": hashed(TOKEN)}, origins=(PAGE["Origin"],))
    before = store.statements
    for given, challenge in (
        ({}, 'Bearer realm="compliance-graph"'),
        ({"Authorization": f"Basic {TOKEN}"}, 'Bearer realm="compliance-graph"'),
        ({"Authorization": "Bearer wrong"}, 'Bearer realm="compliance-graph", error="invalid_token"'),
        ({"Authorization": f"Bearer {hashed(TOKEN)}"}, 'Bearer realm="compliance-graph", error="invalid_token"'),
    ):
        for address in ("/", QUERY, "/saved", "/metrics", "/readyz", "/export?format=nquads"):
            answer = client.get(address, headers={**given, **PAGE})
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, challenge)
            assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
            assert answer.headers["access-control-allow-origin"] == PAGE["Origin"]
    assert store.statements == before
    assert client.get("/healthz").status_code == 200
    assert client.get(QUERY, headers={"Authorization": f"bearer {TOKEN}"}).json()["data"] is not None


def test_requests_cost_the_store_and_refusals_are_measured(serve: Callable[..., TestClient]) -> None:
    client = serve()
    client.get(QUERY)
    client.post("/graphql", content=orjson.dumps({"query": "{"}), headers={"Content-Type": "application/json"})
    client.post("/graphql", content=b"", headers={"Content-Type": "text/plain"})
    client.get("/some/where")
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    for line in (
        'compliance_graph_request_seconds_count{method="GET",place="/graphql",status="200"} 1.0',
        'compliance_graph_request_seconds_count{method="GET",place="other",status="404"} 1.0',
        'compliance_graph_store_seconds_count{step="roots"} 1.0',
        'compliance_graph_cost_bucket{le="10.0",measure="fields"} 2.0',
        'compliance_graph_refusals_total{code="GRAPHQL_PARSE_FAILED"} 1.0',
        'compliance_graph_refusals_total{code="UNSUPPORTED_MEDIA_TYPE"} 1.0',
    ):
        assert line in answer.text.splitlines()


def test_a_request_is_a_span_above_those_of_the_store_in_the_trace_of_the_client(
    serve: Callable[..., TestClient],
) -> None:
    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    client = serve(tracing=OpenTelemetry(provider))
    client.get(QUERY, headers={"traceparent": f"00-{TRACE}-b7ad6b7169203331-01", "X-Request-Id": "abc"})
    spans = {span.name: span for span in kept.get_finished_spans()}
    assert {"GET /graphql", "store roots"} <= spans.keys()
    request, step = spans["GET /graphql"], spans["store roots"]
    assert {f"{span.context.trace_id:032x}" for span in spans.values()} == {TRACE}
    assert step.parent is not None and step.parent.span_id == request.context.span_id
    assert request.attributes is not None and request.attributes["compliance_graph.request_id"] == "abc"


def test_a_file_of_the_pages_may_load_what_the_page_may(client: TestClient) -> None:
    assert "default-src 'self'" in client.get("/static/page.js").headers["content-security-policy"]


def test_what_nobody_foresaw_of_a_known_question_is_masked_under_its_id(tmp_path: Path, doors: Doors) -> None:
    store = Failing(tmp_path / "graph.db")
    store.prepare()
    client = TestClient(create_app(store, doors), raise_server_exceptions=False)
    ask = partial(client.post, "/graphql", json={"query": "{services{nodes{id}}}"}, headers={"X-Request-Id": "asked"})
    assert [ask().status_code for _ in range(2)] == [200, 200]
    store.fails = True
    answer = ask()
    store.close()
    message = "An unexpected error; the log has it under asked."
    (error,) = answer.json()["errors"]
    assert (error["message"], error["path"], error["extensions"]["id"]) == (message, ["services"], "asked")
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
