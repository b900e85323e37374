"""The SPARQL 1.1 Protocol, asked as a client does; what its tests ask for is asked here of our own graphs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph
import pytest
import rdflib
from httpx2 import Response
from rdflib.query import Result
from starlette.testclient import TestClient

from api.app import Doors, create_app
from api.limits import Limits
from api.tokens import hashed
from cli.serve import sparql
from graph.ledger import put, take
from graph.sqlite.store import SqliteStore
from ontology.export import MEDIA_TYPES, export
from ontology.namespaces import CG, DEFAULT_BASE
from tests.northwind import SOC, page, report

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
GRAPH_TYPES = {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
REPORT, PAGE = (f"{DEFAULT_BASE}document/{facts().document['sha256']}" for facts in (report, page))
SELECT = f"SELECT ?s WHERE {{ ?s a <{CG.Service}> }} ORDER BY ?s"
ASSESSMENTS = f"SELECT ?s WHERE {{ ?s a <{CG.Assessment}> }} ORDER BY ?s"
CONSTRUCT = f"CONSTRUCT {{ ?s a <{CG.Service}> }} WHERE {{ ?s a <{CG.Service}> }}"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {' . '.join(f'?s{i} ?p{i} ?o{i}' for i in range(5))} }}"
DESCRIBED = "http://www.w3.org/ns/sparql-service-description#"


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Doors:
    """Doors with SPARQL, and a query page that is built."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "sparql.html").write_text("<title>SPARQL</title>")
    limits = Limits(seconds=1, response_bytes=100_000)
    return Doors(export, MEDIA_TYPES, {}, folder, sparql=sparql, limits=limits)


@pytest.fixture(scope="module")
def client(store: SqliteStore, doors: Doors) -> Iterator[TestClient]:
    """A client of a server over both documents; nothing closes the store, which other tests have too."""
    made = create_app(Kept(store), doors)
    with TestClient(made, raise_server_exceptions=False) as opened:
        yield opened


@pytest.mark.parametrize("ask", ["get", "post"])
def test_a_term_that_the_vocabulary_does_not_have_is_told_beside_the_answer(client: TestClient, ask: str) -> None:
    query = f"PREFIX cg: <{CG.iri}> SELECT ?s {{ ?s cg:inScpeOf ?o ; cg:größe ?n }} # cg:alsoNone"
    how: Any = {"params": {"query": query}} if ask == "get" else {"data": {"query": query}}
    found = client.request(ask, "/sparql", **how)
    assert (found.status_code, found.json()["results"]["bindings"]) == (200, [])
    assert found.headers["Query-Hint"] == (
        "cg:inScpeOf is no term of the vocabulary; did you mean cg:inScopeOf?; "
        r"cg:gr\xf6\xdfe is no term of the vocabulary"
    )
    assert "Query-Hint" not in client.get("/sparql", params={"query": SELECT}).headers


class Kept:
    """A store that stays open when the application ends."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def close(self) -> None:
        """Does nothing."""


def get(client: TestClient, query: str, accept: str = JSON, **said: Any) -> Response:
    return client.get("/sparql", params={"query": query, **said}, headers={"Accept": accept})


def post(client: TestClient, content: str, media: str = QUERY, accept: str = JSON, place: str = "/sparql") -> Response:
    return client.post(place, content=content, headers={"Content-Type": media, "Accept": accept})


def refusal(answer: Response) -> tuple[int, str]:
    (error,) = answer.json()["errors"]
    return answer.status_code, error["extensions"]["code"]


def names(answer: Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["s"]["value"].rpartition("/")[2] for row in answer.json()["results"]["bindings"]]


SERVICES = ["northwind-objects", "northwind-queues", "northwind-tables"]


def test_a_query_comes_by_get_by_a_form_or_as_the_body(client: TestClient) -> None:
    found = [
        get(client, SELECT),
        post(client, urlencode({"query": SELECT}), FORM),
        post(client, urlencode({"query": SELECT}), f"{FORM}; charset=UTF-8"),
        post(client, SELECT),
        post(client, SELECT, f"{QUERY};charset=utf-8"),
    ]
    assert {tuple(names(answer)) for answer in found} == {tuple(names(found[0]))}
    assert set(SERVICES) <= set(names(found[0]))
    assert {answer.headers["content-type"] for answer in found} == {JSON}
    assert {answer.headers["vary"] for answer in found} == {"Accept"}


DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
IDENTITY = f"{DEFAULT_BASE}graph/identity"
ONE, TWO = f"<{DEFAULT_BASE}{SOC}> <{CG.hasControl}> ?c", f"?s <{CG.includesService}> ?o"
THREE = f"<{DEFAULT_BASE}{SOC}> <{CG.name}> ?name"
BOTH, GRAPHS = f"ASK {{ {ONE} . {TWO} }}", f"ASK {{ GRAPH ?g1 {{ {ONE} }} GRAPH ?g2 {{ {TWO} }} }}"
FULL = f"ASK {{ {THREE} . GRAPH ?g1 {{ {ONE} }} GRAPH ?g2 {{ {TWO} }} }}"
IN_BOTH = ((DEFAULT, REPORT), (DEFAULT, PAGE))
USING = (("using-graph-uri", REPORT), ("using-graph-uri", PAGE))
USING_NAMED = (("using-named-graph-uri", REPORT), ("using-named-graph-uri", PAGE))
UPDATE, DROP = "application/sparql-update", "DROP ALL"
READ_ONLY, NO_MEDIA = (403, "READ_ONLY"), (415, "UNSUPPORTED_MEDIA_TYPE")


def form(*said: tuple[str, str]) -> str:
    return urlencode(said)


@pytest.mark.parametrize(
    ("test", "asked", "media", "content", "expected"),
    [
        ("query_get", ("GET", ("query", "ASK {}")), None, "", True),
        ("query_post_form", ("POST", (DEFAULT, REPORT)), FORM, form(("query", "ASK {}")), True),
        ("query_post_direct", ("POST", (DEFAULT, REPORT)), QUERY, "ASK {}", True),
        ("query_dataset_default_graphs_get", ("GET", ("query", BOTH), *IN_BOTH), None, "", True),
        ("query_dataset_default_graphs_post", ("POST", *IN_BOTH), QUERY, BOTH, True),
        ("query_dataset_named_graphs_get", ("GET", ("query", GRAPHS), (NAMED, REPORT), (NAMED, PAGE)), None, "", True),
        ("query_dataset_named_graphs_post", ("POST", (NAMED, REPORT), (NAMED, PAGE)), QUERY, GRAPHS, True),
        ("query_dataset_full", ("POST", (DEFAULT, IDENTITY), (NAMED, REPORT), (NAMED, PAGE)), QUERY, FULL, True),
        ("query_multiple_dataset", ("POST", *IN_BOTH), QUERY, BOTH.replace("ASK", f"ASK FROM <{REPORT}>"), True),
        ("query_content_type_select", ("POST",), FORM, form(("query", SELECT)), {JSON, XML, CSV, TSV}),
        ("query_content_type_ask", ("POST",), FORM, form(("query", "ASK {}")), {JSON, XML, CSV, TSV}),
        ("query_content_type_describe", ("POST",), FORM, form(("query", "DESCRIBE <a>")), GRAPH_TYPES),
        ("query_content_type_construct", ("POST",), FORM, form(("query", CONSTRUCT)), GRAPH_TYPES),
        ("bad_query_method", ("PUT", ("query", "ASK {}")), None, "", 405),
        ("bad_multiple_queries", ("GET", ("query", "ASK {}"), ("query", "ASK")), None, "", (400, "BAD_REQUEST")),
        ("bad_query_wrong_media_type", ("POST",), "text/plain", "ASK {}", NO_MEDIA),
        ("bad_query_missing_form_type", ("POST",), None, form(("query", "ASK {}")), NO_MEDIA),
        ("bad_query_missing_direct_type", ("POST",), None, "ASK {}", NO_MEDIA),
        ("bad_query_non_utf8", ("POST",), f"{QUERY};charset=UTF-16", "ASK {}", NO_MEDIA),
        ("bad_query_syntax", ("GET", ("query", "ASK {")), None, "", (400, "BAD_QUERY")),
        ("update_post_form", ("POST",), FORM, form(("update", DROP)), READ_ONLY),
        ("update_post_direct", ("POST",), UPDATE, DROP, READ_ONLY),
        ("update_base_uri", ("POST",), FORM, form(("update", "INSERT DATA { <a> <b> <c> }")), READ_ONLY),
        ("update_dataset_default_graph", ("POST",), FORM, form(("using-graph-uri", PAGE), ("update", DROP)), READ_ONLY),
        ("update_dataset_default_graphs", ("POST", *USING), UPDATE, DROP, READ_ONLY),
        ("update_dataset_named_graphs", ("POST",), FORM, form(*USING_NAMED, ("update", DROP)), READ_ONLY),
        ("update_dataset_full", ("POST", *USING, *USING_NAMED), UPDATE, DROP, READ_ONLY),
        ("bad_update_get", ("GET", ("update", DROP)), None, "", READ_ONLY),
        ("bad_multiple_updates", ("POST",), FORM, form(("update", DROP), ("update", DROP)), READ_ONLY),
        ("bad_update_wrong_media_type", ("POST",), "text/plain", DROP, NO_MEDIA),
        ("bad_update_missing_form_type", ("POST",), None, form(("update", DROP)), NO_MEDIA),
        ("bad_update_non_utf8", ("POST",), f"{UPDATE};charset=UTF-16", DROP, READ_ONLY),
        ("bad_update_syntax", ("POST",), FORM, form(("update", "DROP NOTHING AT ALL")), READ_ONLY),
        ("bad_update_dataset_conflict", ("POST", ("using-graph-uri", PAGE)), UPDATE, "DELETE WHERE {}", READ_ONLY),
    ],
)  # fmt: skip
def test_the_tests_of_the_protocol_pass(
    client: TestClient, test: str, asked: tuple[Any, ...], media: str | None, content: str, expected: Any
) -> None:
    """By their names in the list of the W3C, of our own graphs; updates, bad or good, are refused."""
    place, encoded = f"/sparql?{urlencode(asked[1:])}", content.encode("utf-16" if "UTF-16" in str(media) else "utf-8")
    headers = {"Accept": "application/json" if isinstance(expected, tuple) else "*/*"}
    answer = client.request(
        asked[0], place, content=encoded, headers=headers | ({"Content-Type": media} if media else {})
    )
    if isinstance(expected, tuple):
        assert refusal(answer) == expected
    elif isinstance(expected, set):
        assert answer.headers["content-type"].partition(";")[0] in expected
    else:
        assert (answer.json()["boolean"] if expected is True else answer.status_code) == expected


def ask(client: TestClient, way: str, query: str, *said: tuple[str, str]) -> bool:
    if way == "get":
        answer = client.get("/sparql", params=[("query", query), *said])
    elif way == "form":
        answer = post(client, urlencode([("query", query), *said]), FORM)
    else:
        answer = post(client, query, place=f"/sparql?{urlencode(said)}")
    assert answer.status_code == 200, answer.text
    return bool(answer.json()["boolean"])


@pytest.mark.parametrize("way", ["get", "form", "body"])
def test_the_data_set_is_that_of_the_request_else_that_of_the_query(client: TestClient, way: str) -> None:
    assert {
        "no data set": ask(client, way, BOTH),
        "one default graph": ask(client, way, BOTH, (DEFAULT, REPORT)),
        "two default graphs": ask(client, way, BOTH, *IN_BOTH),
        "no named graph": ask(client, way, GRAPHS, *IN_BOTH),
        "two named graphs": ask(client, way, GRAPHS, (NAMED, REPORT), (NAMED, PAGE)),
        "one of each": ask(client, way, f"ASK {{ {ONE} GRAPH ?g {{ {TWO} }} }}", (DEFAULT, REPORT), (NAMED, PAGE)),
        "the query's own": ask(client, way, f"ASK FROM <{REPORT}> {{ {TWO} }}"),
        "the request before it": ask(client, way, f"ASK FROM <{REPORT}> {{ {TWO} }}", (DEFAULT, PAGE)),
    } == {
        "no data set": True,
        "one default graph": False,
        "two default graphs": True,
        "no named graph": False,
        "two named graphs": True,
        "one of each": True,
        "the query's own": False,
        "the request before it": True,
    }


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (JSON, JSON),
        (XML, XML),
        (CSV, CSV),
        (TSV, TSV),
        ("application/json", "application/json"),
        ("*/*", JSON),
        (f"{CSV};q=0.5, {XML};q=0.6, */*;q=0.1", XML),
        (f"{JSON};q=0, */*", XML),
    ],
)
def test_rows_are_written_in_the_format_that_is_most_wanted(client: TestClient, accept: str, media: str) -> None:
    expected = [DEFAULT_BASE + "service/northwind/" + name for name in names(get(client, SELECT))]
    answer = get(client, SELECT, accept)
    assert answer.headers["content-type"].partition(";")[0] == media
    kind = {JSON: "json", XML: "xml", CSV: "csv", TSV: "tsv"}.get(media, "json")
    read = Result.parse(io.BytesIO(answer.content), format=kind)
    assert [str(row[0]) for row in read] == expected  # type: ignore[index]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("*/*", "text/turtle"),
        ("application/*;q=0.5, application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_a_graph_is_written_in_the_format_that_is_most_wanted(client: TestClient, accept: str, media: str) -> None:
    answer = get(client, CONSTRUCT, accept)
    assert answer.headers["content-type"].partition(";")[0] == media
    read = pyoxigraph.parse(answer.content, format=pyoxigraph.RdfFormat.from_media_type(media))
    found = sorted(str(quad.subject.value).rpartition("/")[2] for quad in read)
    assert found == names(get(client, SELECT))


def test_yes_and_no_are_answered_and_a_thing_is_described(client: TestClient) -> None:
    assert [get(client, q).json()["boolean"] for q in ("ASK {}", "ASK { FILTER(false) }")] == [True, False]
    described = get(client, "DESCRIBE <service/northwind/northwind-objects>", "application/n-triples").text
    assert f"<{DEFAULT_BASE}service/northwind/northwind-objects> <{CG.name}>" in described


@pytest.mark.parametrize(
    ("query", "accept"), [(SELECT, "text/turtle"), ("ASK {}", "image/png"), (CONSTRUCT, JSON), (None, JSON)]
)
def test_what_is_not_offered_is_told_with_what_is(client: TestClient, query: str | None, accept: str) -> None:
    answer = client.get("/sparql", params={"query": query} if query else {}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["vary"]) == (406, "Accept")
    assert ("text/turtle" if query in (CONSTRUCT, None) else CSV) in answer.text


@pytest.mark.parametrize("way", ["get", "form", "body"])
@pytest.mark.parametrize(
    ("query", "line", "column"), [("SELECT * WHERE {\n  ?s a }", 2, 9), ("SERVICE", 1, 1), ("", 1, 1)]
)
def test_a_query_that_is_none_is_refused_with_line_and_column(
    client: TestClient, way: str, query: str, line: int, column: int
) -> None:
    for accept in ("application/json", f"text/plain, {CSV};q=0.5", JSON):
        if way == "get":
            answer = get(client, query, accept)
        else:
            form = way == "form"
            content, media = (urlencode({"query": query}), FORM) if form else (query, QUERY)
            answer = post(client, content, media, accept=accept)
        assert answer.status_code == 400
        if accept == "application/json":
            told = answer.json()["errors"][0]["extensions"]
            assert told == {"code": "BAD_QUERY", "line": line, "column": column}
        else:
            assert answer.headers["content-type"].startswith("text/plain")
            assert answer.text.startswith(f"line {line}, column {column}: ")


PRODUCT = f"?{urlencode({'query': 'SELECT * { ?a ?b ?c . ?d ?e ?f }'})}"
PARTLY = "default-graph-uri=https%3A%2F%2Fa.example%2F"


@pytest.mark.parametrize(
    ("asked", "media", "content", "refused"),
    [
        (("GET", f"?{PARTLY}"), None, b"", (400, "BAD_REQUEST")),
        (("GET", "?query=%FF"), None, b"", (400, "BAD_REQUEST")),
        (("GET", "?query=ASK%20%7B%7D&named-graph-uri=relative"), None, b"", (400, "BAD_QUERY")),
        (("GET", "?query=DROP%20ALL"), None, b"", (400, "BAD_QUERY")),
        (("POST", ""), FORM, b"", (400, "BAD_REQUEST")),
        (("POST", ""), FORM, b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", (400, "BAD_REQUEST")),
        (("POST", "?query=ASK%20%7B%7D"), QUERY, b"ASK {}", (400, "BAD_REQUEST")),
        (("POST", ""), FORM, b"query=%FF", (400, "BAD_REQUEST")),
        (("POST", ""), FORM, b"&a=b" * 2000, (400, "BAD_REQUEST")),
        (("POST", ""), QUERY, b"ASK { \xff }", (400, "BAD_REQUEST")),
        (("POST", ""), QUERY, "ASK {}".encode("utf-16"), (400, "BAD_REQUEST")),
        (("POST", ""), QUERY, b"#" * 70_000, (413, "BODY_TOO_LARGE")),
        (("GET", PRODUCT), None, b"", (400, "RESPONSE_TOO_LARGE")),
        (("POST", ""), QUERY, f"ASK {'{' * 20_000}{'}' * 20_000}".encode(), (503, "TOO_MUCH_MEMORY")),
        (("POST", ""), QUERY, ENDLESS.encode(), (504, "TIMED_OUT")),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_has_its_status_and_code_and_the_server_lives(
    client: TestClient, asked: tuple[str, str], media: str | None, content: bytes, refused: tuple[int, str]
) -> None:
    headers = {"Accept": "application/json", **({"Content-Type": media} if media else {})}
    answer = client.request(asked[0], f"/sparql{asked[1]}", content=content, headers=headers)
    assert refusal(answer) == refused
    assert (answer.headers["cache-control"], answer.headers.get("etag")) == ("no-store", None)
    assert get(client, "ASK {}").json()["boolean"] is True


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_no_other_method_is_answered(client: TestClient, method: str) -> None:
    answer = client.request(method, "/sparql", content=b"ASK {}", headers={"Content-Type": QUERY})
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_a_service_without_a_query_says_what_it_is(client: TestClient) -> None:
    for media in ("text/turtle", "application/rdf+xml", "application/ld+json"):
        answer = client.get("/sparql", headers={"Accept": media})
        assert answer.headers["content-type"].partition(";")[0] == media
        found = rdflib.Graph().parse(data=answer.text, format=media)
        (service,) = found.subjects(rdflib.RDF.type, rdflib.URIRef(f"{DESCRIBED}Service"))
        assert found.value(service, rdflib.URIRef(f"{DESCRIBED}endpoint")) == rdflib.URIRef("http://testserver/sparql")
        named = {str(name) for name in found.objects(None, rdflib.URIRef(f"{DESCRIBED}name"))}
        assert named == {REPORT, PAGE, f"{DEFAULT_BASE}graph/identity"}
    counts = {row["g"]["value"]: int(row["n"]["value"]) for row in get(client, COUNTS).json()["results"]["bindings"]}
    told = {str(row[0]): int(row[1]) for row in found.query(TOLD)}  # type: ignore[index, arg-type]
    assert told == counts
    assert client.get("/sparql").headers["content-type"].startswith("text/turtle")


SAME = ("content-type", "content-length", "etag", "vary", "cache-control")
COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
TOLD = f"SELECT ?g ?n {{ ?x <{DESCRIBED}name> ?g ; <{DESCRIBED}graph>/<http://rdfs.org/ns/void#triples> ?n }}"


def test_a_browser_gets_the_query_page(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"Accept": BROWSER})
    assert answer.text == "<title>SPARQL</title>"
    assert (answer.headers["vary"], "default-src 'self'" in answer.headers["content-security-policy"]) == (
        "Accept",
        True,
    )


def test_an_answer_is_not_asked_again_until_the_facts_or_the_question_change(doors: Doors, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "facts.db")
    store.prepare()
    put(store, report())
    put(store, page())
    with TestClient(create_app(store, doors)) as client:
        first = get(client, ASSESSMENTS)
        tag = {"Accept": JSON, "If-None-Match": first.headers["etag"]}

        def again(**other: str) -> int:
            return client.get("/sparql", params={"query": ASSESSMENTS, **other}, headers=tag).status_code

        assert (again(), again(**{"default-graph-uri": REPORT})) == (304, 200)
        others = [get(client, ASSESSMENTS, CSV), get(client, f"{ASSESSMENTS} "), client.get("/sparql")]
        assert len({answer.headers["etag"] for answer in (first, *others)}) == 4
        head = client.head("/sparql", params={"query": ASSESSMENTS}, headers={"Accept": JSON})
        assert [head.headers[name] for name in SAME] == [first.headers[name] for name in SAME]
        take(store, str(page().document["sha256"]))
        assert again() == 200
        assert names(get(client, ASSESSMENTS)) != names(first)
        put(store, page())
        assert again() == 304
        assert get(client, ASSESSMENTS).content == first.content
        for changing in ("SELECT (NOW() AS ?n) {}", "SELECT (RAND() AS ?n) {}"):
            headers = get(client, changing).headers
            assert (headers["cache-control"], headers.get("etag")) == ("no-store", None)


def test_no_more_queries_run_at_once_than_are_allowed_and_who_waits_too_long_is_told(
    store: SqliteStore, doors: Doors
) -> None:
    narrow = replace(doors, limits=Limits(seconds=0.5, sparql_together=1))
    with TestClient(create_app(Kept(store), narrow)) as client, ThreadPoolExecutor(6) as pool:
        get(client, "ASK {}")
        found = list(pool.map(lambda _: get(client, ENDLESS, "application/json"), range(6)))
        told = [refusal(answer) for answer in found]
        assert set(told) == {(504, "TIMED_OUT"), (503, "BUSY")}
        assert {answer.headers.get("retry-after") for answer in found if answer.status_code == 503} == {"1"}
        assert client.get("/graphql?query={__typename}").status_code == 200
        assert get(client, "ASK {}").json()["boolean"] is True


def test_it_is_shut_where_saved_questions_alone_are_answered(store: SqliteStore, doors: Doors) -> None:
    with TestClient(create_app(Kept(store), replace(doors, only_saved=True))) as client:
        for accept in ("application/json", f"application/json, {BROWSER}"):
            for params in ({}, {"query": "ASK {}"}):
                answer = client.get("/sparql", params=params, headers={"Accept": accept})
                assert refusal(answer) == (403, "ONLY_SAVED")
        assert "/sparql" not in client.get("/").text


def test_tokens_and_origins_are_those_of_the_other_routes(store: SqliteStore, doors: Doors) -> None:
    origin = {"Origin": "https://compliance.example"}
    shut = replace(doors, tokens={"us": hashed("token")}, origins=(origin["Origin"],))
    with TestClient(create_app(Kept(store), shut)) as client:
        assert client.get("/sparql?query=ASK%7B%7D", headers=origin).status_code == 401
        answer = client.get("/sparql?query=ASK%7B%7D", headers={**origin, "Authorization": "Bearer token"})
        assert answer.json()["boolean"] is True
        assert answer.headers["access-control-allow-origin"] == origin["Origin"]


def test_requests_and_refusals_are_measured(client: TestClient) -> None:
    get(client, "nothing")
    lines = client.get("/metrics").text
    assert 'compliance_graph_request_seconds_count{method="GET",place="/sparql",status="400"}' in lines
    assert 'compliance_graph_refusals_total{code="BAD_QUERY"}' in lines


def test_what_is_written_is_read_by_two_engines(client: TestClient) -> None:
    answer = get(client, "CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle")
    ours = pyoxigraph.Dataset(pyoxigraph.parse(answer.content, format=pyoxigraph.RdfFormat.TURTLE))
    assert len(ours) == len(rdflib.Graph().parse(data=answer.text, format="turtle"))
