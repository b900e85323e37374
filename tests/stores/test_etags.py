"""ETags over real stores: they change when, and only when, the data or the question does, whoever changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from api.app import Doors, create_app
from api.graphql_http import GRAPHQL_JSON, JSON
from api.saved import SavedText
from cli.serve import sparql
from graph.addresses import parse_address
from graph.neo4j.server import RunningServer
from graph.opening import Credentials, open_store
from graph.store import Store
from ontology.export import MEDIA_TYPES, export
from ontology.namespaces import CG
from tests.facts import CHECKOUT, cg

FIXTURES = CHECKOUT / "tests" / "loaders" / "fixtures"
DOCUMENTS = (FIXTURES / "soc_1_nimbus.txt", FIXTURES / "quick_reference_nimbus.txt")
SERVICES = "/graphql?query={services{nodes{name}}}"
SAVED = "/saved/services"
LOADS = "/graphql?query={loadRuns{totalCount}}"
EXPORT = "/export?format=nquads"
SPARQL = f"/sparql?{urlencode({'query': f'SELECT (COUNT(*) AS ?n) {{ ?s a <{CG.Assessment}> }}'})}"
SCHEMA = "/schema.graphql"


@pytest.fixture(scope="module", params=["sqlite", "neo4j"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store that holds the first document."""
    address = f"sqlite:///{tmp_path_factory.mktemp('etags') / 'facts.db'}"
    if request.param == "neo4j":
        server: RunningServer = request.getfixturevalue("neo4j_server")
        wipe: Callable[[], None] = request.getfixturevalue("wipe")
        wipe()
        address = server.bolt_url
    changed("load", DOCUMENTS[0], address)
    return address


@pytest.fixture(scope="module")
def store(address: str) -> Iterator[Store]:
    """The store as the server has it open."""
    opened = open_store(parse_address(address), Credentials())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a server over that store."""
    folder = tmp_path_factory.mktemp("pages")
    question = SavedText("services", "Services", "query($n: Int) { services(first: $n) { nodes { name } } }", folder)
    with TestClient(create_app(store, Doors(export, MEDIA_TYPES, {}, folder, (question,), sparql=sparql))) as made:
        yield made


def changed(verb: str, what: Path | str, address: str) -> None:
    """Another process changes what the store holds."""
    done = cg(verb, what, "--store", address)
    assert done.returncode == 0, done.stderr


def tags(client: TestClient) -> dict[str, str]:
    """The ETag of each address."""
    return {place: client.get(place).headers["etag"] for place in (SERVICES, SAVED, LOADS, EXPORT, SPARQL, SCHEMA)}


def test_etags_follow_what_another_process_loads_and_unloads(client: TestClient, address: str) -> None:
    first, before = tags(client), counted(client)
    assert tags(client) == first
    assert len(set(first.values())) == len(first)
    changed("load", DOCUMENTS[0], address)
    assert tags(client) == first
    changed("load", DOCUMENTS[1], address)
    more = tags(client)
    assert {place for place in first if more[place] != first[place]} == {SERVICES, SAVED, LOADS, EXPORT, SPARQL}
    assert counted(client) > before
    (sha,) = (d["sha256"] for d in ask(client, "{documents{nodes{sha256 kind}}}") if d["kind"] != "SOC_1_REPORT")
    changed("unload", sha, address)
    assert tags(client) | {LOADS: ""} == first | {LOADS: ""}
    assert counted(client) == before


def counted(client: TestClient) -> int:
    """How many assessments there are, which SPARQL and GraphQL tell alike."""
    (row,) = client.get(SPARQL).json()["results"]["bindings"]
    found = client.get("/graphql?query={assessments{totalCount}}").json()["data"]
    assert found == {"assessments": {"totalCount": int(row["n"]["value"])}}
    return int(row["n"]["value"])


def ask(client: TestClient, query: str) -> list[dict[str, str]]:
    (found,) = client.post("/graphql", json={"query": query}).json()["data"].values()
    return list(found["nodes"])


def test_an_answer_that_the_client_has_is_not_executed(client: TestClient, store: Store) -> None:
    for place, statements in ((SERVICES, 1), (SAVED, 1), (LOADS, 2), (EXPORT, 1), (SPARQL, 1), (SCHEMA, 0)):
        given = client.get(place).headers
        before = store.statements
        kept = client.get(place, headers={"If-None-Match": f'"other", W/{given["etag"]}'})
        assert (kept.status_code, kept.content, kept.headers["etag"]) == (304, b"", given["etag"])
        assert kept.headers["cache-control"] == given["cache-control"] == "public, no-cache"
        assert store.statements - before == statements
        assert client.get(place, headers={"If-None-Match": '"other"'}).status_code == 200


def test_another_question_has_another_etag_and_the_same_one_in_other_writing_the_same(client: TestClient) -> None:
    def tag(media: str = JSON, **params: str) -> str:
        return client.get("/graphql", params=params, headers={"Accept": media}).headers["etag"]

    query = "query A($n: Int) { services(first: $n) { totalCount } } query B { regions { totalCount } }"
    asked = [
        tag(query=query, operationName="A"),
        tag(query=query, operationName="B"),
        tag(query=query, operationName="A", variables='{"n": 1}'),
        tag(query=query, operationName="A", variables='{"n": 2}'),
        tag(query="{ services { totalCount } }"),
        tag(GRAPHQL_JSON, query="{ services { totalCount } }"),
    ]
    assert len(set(asked)) == len(asked)
    assert tag(query="{services{totalCount}} # the same") == asked[4]
    assert tag(query=query, operationName="A", variables='{ "n":1 }') == asked[2]


@pytest.mark.parametrize("query", ["{", "{ nothing }", "{ services(first: 0) { totalCount } }"])
def test_what_is_refused_has_no_etag_and_is_kept_by_nobody(client: TestClient, query: str) -> None:
    headers = client.get("/graphql", params={"query": query}).headers
    assert ("etag" in headers, headers["cache-control"]) == (False, "no-store")
