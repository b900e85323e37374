"""Laws of documents about things: each IRI of the export leads to one, which holds all that is said, and no more."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from graph.differing import otherwise
from graph.identifiers import differing_id, document_of, path_of
from graph.ledger import put
from graph.merging import Edge
from graph.model import MODEL
from graph.sqlite.store import SqliteStore
from graph.store import Store
from graph.surroundings import citations_of, is_there, surroundings
from ontology.description import Descriptions
from ontology.export import export
from ontology.namespaces import CG, DEFAULT_BASE, FOAF, VOID
from tests.ontology import harbour
from tests.stores.invented import documents
from tests.stores.referee import Referee

PAGE = "https://harbour.example/doc"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Both documents of the harbour."""
    found = harbour.store(tmp_path_factory.mktemp("harbour"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def contested() -> Referee:
    """Invented documents that differ in much of what they state, some of them restricted."""
    found = Referee()
    found.prepare()
    for facts in documents(2):
        put(found, facts)
    return found


@pytest.mark.parametrize(("name", "least"), [("store", 30), ("contested", 500)])
def test_every_iri_leads_to_all_that_is_said_of_it_and_to_nothing_else(
    name: str, least: int, request: pytest.FixtureRequest
) -> None:
    """Where a document states another end than is shown, that end does not lead to it, as a search in SPARQL does."""
    store = request.getfixturevalue(name)
    whole = exported(store)
    by_subject, by_node = defaultdict[object, set[Triple]](set), defaultdict[object, set[Triple]](set)
    for t in whole:
        by_subject[t.subject].add(t)
        for node in {t.subject, t.object}:
            by_node[node].add(t)
    otherwise = {t.subject for t in whole if t.object == NamedNode(CG.DifferingStatement)}
    iris = {node.value for node in by_node if isinstance(node, NamedNode) and node.value.startswith(DEFAULT_BASE)}
    assert len(iris) > least
    for iri in (iri for iri in iris if "#" not in iri):
        found, of = document(store, iri.removeprefix(DEFAULT_BASE)), NamedNode(iri)
        about = {t for t in found if t.subject == NamedNode(PAGE)}
        assert found - about <= whole, iri
        said = {t for t in by_node[of] if t.subject == of or t.subject not in otherwise}
        assert said <= found, iri
        for statement in {t.subject for t in said if t.predicate.value in (CG.subject, CG.object, CG.citation)}:
            assert by_subject[statement] <= found, iri


def test_what_is_stated_otherwise_is_what_differs_in_the_export(contested: Referee) -> None:
    """But for what differs by the wording of restricted documents alone, which an export leaves out."""
    found = {t.subject for t in exported(contested) if t.object == NamedNode(CG.DifferingStatement)}
    with contested.snapshot() as snapshot:
        edges = [edge for relationship in MODEL.relationships for edge in snapshot.scan_edges(relationship.type)]
    told = {_differing(one) for edge in edges if edge.type != "EVIDENCED_BY" for one in otherwise(edge)}
    restricted = {
        str(d.values["sha256"]) for d in contested.documents() if d.values.get("distribution") == "restricted"
    }
    more = {id_ for id_ in told if NamedNode(DEFAULT_BASE + path_of(id_)) not in found}
    assert (len(told) - len(more), {id_.rpartition("~")[2] for id_ in more} <= restricted) == (len(found), True)


def _differing(edge: Edge) -> str:
    return differing_id(edge.type, edge.start, edge.end, document_of(citations_of(edge)[0]))


def test_a_document_says_what_it_is_about_and_where_it_belongs(store: SqliteStore) -> None:
    found = {t for t in document(store, harbour.BARGE) if t.subject == NamedNode(PAGE)}
    joined = {(t.predicate.value, t.object) for t in found}
    assert (FOAF.primaryTopic, NamedNode(DEFAULT_BASE + harbour.BARGE)) in joined
    assert (VOID.inDataset, NamedNode(f"{DEFAULT_BASE}dataset")) in joined


@pytest.mark.parametrize("id_", [harbour.BARGE, harbour.CRANE, f"citation/{harbour.SECRET}/3-4", harbour.OBJECTIVE])
def test_wording_that_only_restricted_documents_state_is_in_none(store: SqliteStore, id_: str) -> None:
    texts = {str(t.object) for t in document(store, id_)}
    assert not [wording for wording in harbour.SECRET_WORDING if any(wording in text for text in texts)]


@pytest.mark.parametrize(
    "id_",
    ["", "service", "service/", "service/harbour/none", "load-run/1", "graph/identity", "statement", "statement/x/y~z",
     f"statement/located-in/{harbour.BARGE}~{harbour.SOC}",
     f"statement/in-scope-of/{harbour.BARGE}~{harbour.SOC}~{'c' * 64}",
     f"statement/from-document/{harbour.BARGE}~{harbour.SOC}"],
)  # fmt: skip
def test_what_is_not_there_is_not_there(store: SqliteStore, id_: str) -> None:
    with store.snapshot() as snapshot:
        assert (is_there(snapshot, id_), surroundings(snapshot, id_)) == (False, None)


def test_the_same_thing_gives_the_same_bytes(store: SqliteStore, tmp_path: Path) -> None:
    again = harbour.store(tmp_path)
    contents = []
    for made in (store, again):
        with made.snapshot() as snapshot:
            found = surroundings(snapshot, harbour.BARGE)
        assert found
        contents.append([Descriptions().write(found, name, PAGE) for name in ("turtle", "rdfxml", "jsonld")])
    assert contents[0] == contents[1]
    again.close()


def exported(store: Store) -> set[Triple]:
    """The export."""
    sink = io.BytesIO()
    export(store, "ntriples", sink)
    return {plain(quad) for quad in parse(sink.getvalue(), format=RdfFormat.N_TRIPLES)}


def document(store: Store, id_: str) -> set[Triple]:
    """The document about a thing, read back."""
    with store.snapshot() as snapshot:
        found = surroundings(snapshot, unquote(id_))
    assert found, id_
    content = Descriptions().write(found, "ntriples", PAGE)
    return {plain(quad) for quad in parse(content, format=RdfFormat.N_TRIPLES)}


def plain(quad: Quad) -> Triple:
    """A quad without its graph."""
    return Triple(quad.subject, quad.predicate, quad.object)
