"""The doors of linked data, asked as a client of linked data asks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape, unescape
from pathlib import Path

import pyoxigraph
import pytest
from starlette.testclient import TestClient

from api.app import Doors, create_app
from api.representing import RDF_TYPES, SUFFIXES
from cli.serve import linking
from graph.identifiers import name_id
from graph.ledger import put
from graph.records import DocumentFacts
from graph.sqlite.store import SqliteStore
from loaders.facts import Notebook
from loaders.inputs.documents import document_from
from ontology.dataset import Datasets
from ontology.export import MEDIA_TYPES, export
from ontology.header import LICENCE
from ontology.namespaces import CG, DEFAULT_BASE, RDF
from ontology.parts import PARTS
from tests.stores.invented import documents

OBJECTS, QUEUES = "service/northwind/northwind-objects", "service/northwind/northwind-queues"
STATEMENT = f"statement/in-scope-of/{QUEUES}~assessment/northwind/soc-1-type-2/2023-12-31"


@pytest.fixture(scope="module")
def client(store: SqliteStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the application over both documents."""
    folder, linked = tmp_path_factory.mktemp("pages"), linking(DEFAULT_BASE, LICENCE)
    doors = Doors(export, MEDIA_TYPES, {}, folder, parts=PARTS, linking=linked)
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


@pytest.mark.parametrize("id_", [OBJECTS, STATEMENT, "country/no"])
@pytest.mark.parametrize(("suffix", "media"), list(SUFFIXES.items()))
def test_a_thing_leads_to_the_document_about_it_in_the_format_asked_for(
    client: TestClient, id_: str, suffix: str, media: str
) -> None:
    thing = client.get(f"/id/{id_}", headers={"Accept": f"{media}, */*;q=0.1"})
    assert (thing.status_code, thing.headers["location"], thing.headers["vary"]) == (303, f"/doc/{id_}", "Accept")
    document = client.get(thing.headers["location"], headers={"Accept": f"{media}, */*;q=0.1"})
    assert (document.status_code, document.headers["vary"]) == (200, "Accept")
    assert document.headers["content-type"].split(";")[0] == media
    own = client.get(document.headers["content-location"])
    assert document.headers["content-location"] == f"/data/{id_}.{suffix}"
    assert (own.content, own.headers["etag"]) == (document.content, document.headers["etag"])
    assert f'<{DEFAULT_BASE}{id_}>; rel="describes"' in document.headers["link"]
    again = client.get(f"/doc/{id_}", headers={"Accept": media, "If-None-Match": document.headers["etag"]})
    head = client.head(f"/doc/{id_}", headers={"Accept": media})
    assert (again.status_code, head.status_code, head.headers["etag"]) == (304, 200, document.headers["etag"])


def test_a_page_leads_to_where_others_have_the_thing(client: TestClient) -> None:
    page = client.get("/doc/country/no", headers={"Accept": "text/html"}).text
    assert '<a href="http://publications.europa.eu/resource/authority/country/NOR">' in page
    assert "Elsewhere" not in client.get(f"/doc/{OBJECTS}", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize(
    ("address", "accept", "status", "said"),
    [
        (f"/id/{OBJECTS}", "image/png, text/turtle;q=0", 406, "text/turtle"),
        (f"/doc/{OBJECTS}", "image/png", 406, "text/html"),
        ("/id/service/northwind/nothing", "*/*", 404, "there is nothing that is called"),
        ("/doc/load-run/1", "*/*", 404, "there is nothing"),
        ("/id/what/is/this", "*/*", 404, "there is nothing"),
        (f"/id/statement/in-scope-of/{OBJECTS}~country/no", "*/*", 404, "there is nothing"),
        (f"/id/statement/of/{OBJECTS}", "*/*", 404, "there is nothing"),
        (f"/data/{OBJECTS}.xlsx", "*/*", 404, "one of ttl, jsonld, rdf, nt, html"),
        (f"/doc/{OBJECTS}?after=somewhere", "*/*", 400, "no place in a list"),
        (f"/doc/{OBJECTS}?after=HAS_TEST.out.x", "*/*", 400, "no such relationship"),
    ],
)
def test_what_there_is_not_is_explained(client: TestClient, address: str, accept: str, status: int, said: str) -> None:
    answer = client.get(address, headers={"Accept": accept})
    assert (answer.status_code, said in answer.text) == (status, True), answer.text
    assert "etag" not in answer.headers


@pytest.mark.parametrize("place", ["dataset", "graph/identity"])
def test_the_data_set_and_the_graph_of_identity_are_described_elsewhere(client: TestClient, place: str) -> None:
    answer = client.get(f"/id/{place}", follow_redirects=True)
    assert (answer.history[0].status_code, answer.status_code) == (303, 200)


@pytest.mark.parametrize("accept", ["application/n-quads", "text/turtle"])
def test_the_graph_of_identity_is_had_in_each_format_of_an_export(client: TestClient, accept: str) -> None:
    answer = client.get("/id/graph/identity", headers={"Accept": accept}, follow_redirects=True)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, accept)


def test_a_document_holds_all_that_is_said_of_a_thing_and_nothing_else_than_the_export(
    client: TestClient, store: SqliteStore
) -> None:
    sink = io.BytesIO()
    export(store, "ntriples", sink)
    whole = set(sink.getvalue().decode().splitlines())
    for id_ in (OBJECTS, QUEUES, "country/no", "organization/northwind", name_id(QUEUES, "Northwind Queues")):
        found = client.get(f"/data/{id_}.nt")
        thing = f"<{DEFAULT_BASE}{id_}>"
        lines = set(found.text.splitlines())
        about = {line for line in lines if line.startswith("<http://testserver/doc/")}
        assert lines - about <= whole
        assert {line for line in whole if line.startswith(thing) or line.endswith(f"{thing} .")} <= lines
        statements = {line.split()[0] for line in lines if line.endswith(f"{thing} .") and "/statement/" in line}
        assert {line for line in whole if line.split()[0] in statements} <= lines


def test_pages_of_a_thing_with_many_relationships_add_up(tmp_path: Path) -> None:
    made = SqliteStore(tmp_path / "many.db")
    made.prepare()
    put(made, facts := many(450))
    doors = Doors(export, MEDIA_TYPES, {}, tmp_path, linking=linking(DEFAULT_BASE, LICENCE))
    asked = TestClient(create_app(made, doors))
    provider, heading = "organization/many", facts.citations[0].id
    joined = {line for line in all_pages(asked, provider) if line.endswith(f"<{DEFAULT_BASE}{provider}> .")}
    assert len({line for line in joined if "ofProvider" in line}) == 450
    cited = {line for line in all_pages(asked, heading) if line.endswith(f"<{DEFAULT_BASE}{heading}> .")}
    assert len({line for line in cited if f"<{CG.citation}>" in line and "/of-provider/" in line}) == 450
    first = asked.get(f"/data/{heading}.html").text
    assert 'id="cited"' in first and 'href="/id/statement/of-provider/service/many/0~organization/many"' in first
    made.close()


def test_a_page_leads_to_all_that_is_said_of_a_thing_and_to_all_that_a_statement_says(tmp_path: Path) -> None:
    """Of one thing or statement of each class in documents that differ in much of what they state."""
    made = SqliteStore(tmp_path / "contested.db")
    made.prepare()
    for facts in documents(2):
        put(made, facts)
    sink = io.BytesIO()
    export(made, "ntriples", sink)
    whole = list(pyoxigraph.parse(sink.getvalue(), format=pyoxigraph.RdfFormat.N_TRIPLES))
    first = {str(q.object): q.subject.value for q in whole if q.predicate.value == RDF.type}
    differing = {q.subject for q in whole if q.object == pyoxigraph.NamedNode(CG.DifferingStatement)}
    asked = TestClient(
        create_app(made, Doors(export, MEDIA_TYPES, {}, tmp_path, linking=linking(DEFAULT_BASE, LICENCE)))
    )
    for iri in (iri for iri in first.values() if "#" not in iri):
        of = pyoxigraph.NamedNode(iri)
        about = [q for q in whole if of in (q.subject, q.object) and q.predicate.value.startswith(CG.iri)]
        ends = {q.object if q.subject == of else q.subject for q in about if q.subject not in differing - {of}}
        things = {end.value for end in ends if isinstance(end, pyoxigraph.NamedNode)}
        wanted = {one.replace(DEFAULT_BASE, "/id/") for one in things if one.startswith(DEFAULT_BASE)}
        assert wanted <= all_links(asked, iri.replace(DEFAULT_BASE, "/doc/")), iri
    made.close()


def all_links(asked: TestClient, address: str) -> set[str]:
    """Where the page of a thing leads, in all of its parts."""
    found = set[str]()
    while address:
        page = asked.get(address, headers={"Accept": "text/html"})
        found |= {unescape(place) for place in re.findall(r'href="([^"]*)"', page.text)}
        address = page.links.get("next", {}).get("url", "")
    return found


def all_pages(asked: TestClient, id_: str) -> set[str]:
    """The lines of a thing's document, of all of its pages."""
    found, address = set[str](), f"/doc/{id_}"
    for _ in range(4):
        page = asked.get(address, headers={"Accept": "application/n-triples"})
        found |= set(page.text.splitlines())
        html = asked.get(address, headers={"Accept": "text/html"})
        assert ('rel="next"' in html.text) == ("next" in page.links)
        if "next" not in page.links:
            return found
        address = page.links["next"]["url"]
    raise AssertionError(f"{id_} has no last page")


def many(count: int) -> DocumentFacts:
    """A provider with so many services, which the first line states to be its own."""
    book = Notebook(document_from("".join(f"Service {n}\n" for n in range(count)).encode(), "many"))
    provider = book.state("Organization", "organization/many", book.cite(1), name="Many")
    for number in range(count):
        service = book.state("Service", f"service/many/{number}", book.cite(number + 1), name=f"Service {number}")
        book.link("OF_PROVIDER", service, provider, book.cite(1))
    return book.close({"title": "Many", "kind": "other"}, "2024").facts


def test_a_page_shows_wording_as_far_as_it_may_be_shown(store: SqliteStore, tmp_path: Path) -> None:
    doors = Doors(export, MEDIA_TYPES, {}, tmp_path, linking=linking(DEFAULT_BASE, LICENCE))
    everything, public = (TestClient(create_app(store, replace(doors, public=hidden))) for hidden in (False, True))
    control = "/data/control/northwind/soc-1-type-2/2023-12-31/1.2"
    assert "Access is reviewed." in everything.get(f"{control}.html").text
    assert "Access is reviewed." not in public.get(f"{control}.html").text
    assert "What objects do." in public.get(f"/data/{OBJECTS}.html").text
    for suffix in ("ttl", "jsonld", "nt", "rdf"):
        assert "Access is reviewed." not in everything.get(f"{control}.{suffix}").text


def test_a_page_leads_to_its_neighbours_here_and_to_its_data(client: TestClient) -> None:
    answer = client.get(f"/data/{QUEUES}.html")
    for text in (
        'href="/id/assessment/northwind/soc-1-type-2/2023-12-31"',
        f'<link rel="alternate" type="text/turtle" href="/data/{QUEUES}.ttl">',
        "line 4",
        "Northwind Cloud › Scope",
        "without dead letters",
        'href="/ontology#qualification"',
    ):
        assert text in answer.text, text
    assert "script" not in answer.headers["content-security-policy"]
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text, re.DOTALL)
    embedded = set(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.JSON_LD))
    assert embedded == set(
        pyoxigraph.parse(client.get(f"/data/{QUEUES}.jsonld").content, format=pyoxigraph.RdfFormat.JSON_LD)
    )


def test_no_value_can_leave_its_place_on_a_page(tmp_path: Path) -> None:
    hostile = "</script></title><script>alert(1)</script>\" onclick='x' &"
    made = SqliteStore(tmp_path / "hostile.db")
    made.prepare()
    book = Notebook(document_from(f"{hostile}\n".encode(), "hostile"))
    book.state("Service", "service/x/y", book.cite(1, section=[hostile]), name=hostile, description=hostile)
    book.state("Resource", "resource/x", book.cite(1), name=hostile, url="javascript:alert(1)", kind="other")
    put(made, book.close({"title": hostile, "kind": "other"}, "2024").facts)
    doors = Doors(export, MEDIA_TYPES, {}, tmp_path, linking=linking(DEFAULT_BASE, LICENCE))
    asked = TestClient(create_app(made, doors))
    for id_ in ("service/x/y", "resource/x"):
        text = asked.get(f"/data/{id_}.html").text
        assert text.count("<script") == text.count("</script>") == 1
        shown = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
        assert ("onclick='" in shown, 'href="javascript' in shown) == (False, False)
        assert escape(hostile) in text
    made.close()
