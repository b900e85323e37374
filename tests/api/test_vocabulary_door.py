"""The door of the vocabulary: every format has the same content, and the page has every term."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse
from starlette.testclient import TestClient

from api.app import Doors, create_app
from api.representing import SUFFIXES
from cli.serve import linking
from graph.model import MODEL
from graph.sqlite.store import SqliteStore
from ontology.export import MEDIA_TYPES, export
from ontology.header import LICENCE, VERSION
from ontology.namespaces import CG, DEFAULT_BASE
from ontology.picture import picture
from ontology.publishing import Published
from tests.facts import CHECKOUT

FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/n-triples": RdfFormat.N_TRIPLES,
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def client(store: SqliteStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the application with the vocabulary of the checkout."""
    files = {f"/ontology/{path}": file for path, file in Published(CHECKOUT).files().items()}
    linked = linking(DEFAULT_BASE, LICENCE)
    yield TestClient(create_app(store, Doors(export, MEDIA_TYPES, files, tmp_path_factory.mktemp("p"), linking=linked)))


@pytest.mark.parametrize(("suffix", "media"), list(SUFFIXES.items()))
def test_it_comes_as_it_is_asked_for_and_under_an_address_of_its_own(
    client: TestClient, suffix: str, media: str
) -> None:
    asked = {"Accept": f"image/png, {media};q=0.4"}
    answer, own = client.get("/ontology", headers=asked), client.get(f"/ontology.{suffix}")
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, media)
    assert (answer.content, answer.headers["etag"]) == (own.content, own.headers["etag"])
    assert (answer.headers["content-location"], answer.headers["vary"]) == (f"/ontology.{suffix}", "Accept")
    had = client.get("/ontology", headers={**asked, "If-None-Match": answer.headers["etag"]})
    assert (had.status_code, had.headers["vary"]) == (304, "Accept")
    head = client.head("/ontology", headers=asked)
    assert (head.status_code, head.headers["etag"], head.content) == (200, answer.headers["etag"], b"")
    assert client.get(f"/ontology/{VERSION}", headers=asked).content == answer.content
    lines = [("Accept", "image/png"), ("Accept", media), ("If-None-Match", '"other"'), ("If-None-Match", "*")]
    assert client.get("/ontology", headers=lines[:3]).content == answer.content
    assert client.get("/ontology", headers=lines).status_code == 304


def test_every_format_holds_the_same(client: TestClient) -> None:
    found = {hashed(client.get("/ontology", headers={"Accept": media}).content, media) for media in FORMATS}
    assert len(found) == 1


def test_two_servers_write_the_same_bytes() -> None:
    first, second = Published(CHECKOUT), Published(CHECKOUT)
    assert all(first.write(name) == second.write(name) for name in ("ntriples", "rdfxml", "jsonld"))


def test_it_is_turtle_to_whom_it_is_all_the_same_and_nothing_to_whom_nothing_suits(client: TestClient) -> None:
    assert client.get("/ontology").content == (CHECKOUT / "ontology" / "compliance-graph.ttl").read_bytes()
    refused = client.get("/ontology", headers={"Accept": "image/png"})
    assert (refused.status_code, all(media in refused.text for media in SUFFIXES.values())) == (406, True)
    assert client.get("/ontology.xlsx").status_code == 404


def test_the_page_has_an_anchor_for_each_term_and_each_link_within_it_leads_to_one(client: TestClient) -> None:
    text = client.get("/ontology.html").text
    anchors = re.findall(r'id="([^"]+)"', text)
    assert len(anchors) == len(set(anchors))
    assert set(CG) <= set(anchors)
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(anchors)


def test_the_page_says_what_a_term_means(client: TestClient) -> None:
    text = client.get("/ontology.html").text
    article = text[text.index('id="inScopeOf"') :].split("</article>")[0]
    for said in ("in scope of", "The report or certificate covers it.", 'href="#Facility"', 'href="#Assessment"'):
        assert said in article
    assert 'href="http://www.w3.org/ns/earl#passed">earl:passed</a>' in text


def test_the_picture_shows_every_class_that_documents_speak_of(client: TestClient) -> None:
    drawn = ElementTree.fromstring(client.get("/ontology/picture.svg").content)
    shown = {text.text for text in drawn.iter(f"{SVG}text")}
    assert set(MODEL.labels) - shown == {"Name", "LoadRun"}
    assert picture() == picture()


def test_the_files_beside_it_are_served_where_they_are_there(client: TestClient) -> None:
    there = Published(CHECKOUT).files()
    answers = {path: client.get(f"/ontology/{path}") for path in there}
    assert {path: (answer.content, answer.status_code) for path, answer in answers.items()} == {
        path: (content, 200) for path, (content, _) in there.items()
    }


def test_programs_in_browsers_fetch_it_and_what_stands_beside_it_and_no_facts(client: TestClient) -> None:
    for address in ("/ontology", "/ontology.ttl", "/ontology/context.jsonld", "/ontology/shapes.ttl"):
        fields = client.get(address, headers={"Origin": "https://playground.example"}).headers
        assert (fields["access-control-allow-origin"], fields["cross-origin-resource-policy"]) == ("*", "cross-origin")
    for address in ("/.well-known/void", "/export?format=trig"):
        fields = client.get(address, headers={"Origin": "https://playground.example"}).headers
        assert (fields.get("access-control-allow-origin"), fields["cross-origin-resource-policy"]) == (
            None,
            "same-origin",
        )


def hashed(content: bytes, media: str) -> str:
    """The hash of the canonical form."""
    dataset = Dataset(parse(content, format=FORMATS[media]))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256("\n".join(sorted(map(str, dataset))).encode()).hexdigest()
