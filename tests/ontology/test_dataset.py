"""Laws of the description of the data set: every number is what SPARQL counts, every checksum is of its file."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from graph.ledger import take
from graph.sqlite.store import SqliteStore
from ontology.dataset import Datasets
from ontology.export import Format, export
from ontology.namespaces import DCAT, DCTERMS, DEFAULT_BASE, DESCRIBED, PROV, SD, SPDX, VOCABULARIES, VOID
from tests.ontology import harbour

DATASET = NamedNode(f"{DEFAULT_BASE}dataset")
ADDRESS = "https://harbour.example"
COUNTS = {
    VOID.triples: "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }",
    VOID.entities: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s cg:id ?id }",
    VOID.distinctSubjects: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    VOID.distinctObjects: "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    VOID.classes: "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }",
    VOID.properties: "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
}
BY_CLASS = "SELECT ?of (COUNT(DISTINCT ?s) AS ?n) { ?s a ?of } GROUP BY ?of"
BY_PROPERTY = "SELECT ?of (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?of ?o { ?s ?of ?o } } GROUP BY ?of"
BY_GRAPH = "SELECT ?of (COUNT(*) AS ?n) { GRAPH ?of { ?s ?p ?o } } GROUP BY ?of"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Both documents of the harbour."""
    found = harbour.store(tmp_path_factory.mktemp("harbour"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def exported(store: SqliteStore) -> Store:
    """The export, to be asked in SPARQL."""
    found = Store()
    found.load(written(store, Format.NQUADS), format=RdfFormat.N_QUADS)
    return found


@pytest.fixture(scope="module")
def described(store: SqliteStore) -> set[Quad]:
    """The description that a server gives."""
    return set(parse(Datasets().write(store, address=ADDRESS), format=RdfFormat.TURTLE))


@pytest.mark.parametrize("number", list(COUNTS))
def test_each_number_is_what_sparql_counts(described: set[Quad], exported: Store, number: str) -> None:
    ((counted,),) = rows(exported, COUNTS[number])
    assert [q.object for q in described if q.subject == DATASET and q.predicate.value == number] == [counted]


@pytest.mark.parametrize(
    ("query", "by", "of", "number"),
    [
        (BY_CLASS, VOID.classPartition, VOID["class"], VOID.entities),
        (BY_PROPERTY, VOID.propertyPartition, VOID.property, VOID.triples),
        (BY_GRAPH, VOID.subset, SD.name, VOID.triples),
    ],
)
def test_each_partition_is_what_sparql_counts(
    described: set[Quad], exported: Store, query: str, by: str, of: str, number: str
) -> None:
    parts = [q.object for q in described if q.subject == DATASET and q.predicate.value == by]
    found = {(one(described, part, of), one(described, part, number)) for part in parts}
    assert found == set(rows(exported, query))
    assert len(found) == len(parts) > 1


@pytest.mark.parametrize("format_", list(Format))
def test_each_file_has_its_size_and_its_checksum(described: set[Quad], store: SqliteStore, format_: Format) -> None:
    content, file = written(store, format_), NamedNode(f"{DATASET.value}#{format_.value}")
    checksum = one(described, file, SPDX.checksum)
    assert one(described, file, DCAT.downloadURL) == NamedNode(f"{ADDRESS}/export?format={format_.value}")
    assert getattr(one(described, file, DCAT.byteSize), "value", None) == str(len(content))
    assert getattr(one(described, checksum, SPDX.checksumValue), "value", None) == hashlib.sha256(content).hexdigest()


def test_each_document_has_its_title_and_the_checksum_of_its_bytes(described: set[Quad]) -> None:
    for sha256, title in ((harbour.SECRET, "Report"), (harbour.PUBLIC, "Page")):
        document = NamedNode(f"{DEFAULT_BASE}document/{sha256}")
        checksum = one(described, document, SPDX.checksum)
        assert one(described, document, DCTERMS.title) == Literal(title)
        assert getattr(one(described, checksum, SPDX.checksumValue), "value", None) == sha256
        assert document in {q.object for q in described if q.predicate.value == PROV.wasDerivedFrom}


@pytest.mark.parametrize("format_", [Format.TURTLE, Format.NTRIPLES, Format.RDFXML, Format.JSONLD])
def test_it_is_the_same_in_each_format_for_two_engines(
    store: SqliteStore, described: set[Quad], format_: Format
) -> None:
    content = Datasets().write(store, format_, ADDRESS)
    assert set(parse(content, format=format_.rdf)) == described
    assert len(rdflib.Graph().parse(data=content, format=format_.media_type)) == len(described)


def test_its_terms_are_known_and_it_has_no_blank_nodes(described: set[Quad]) -> None:
    assert {q.predicate.value for q in described} <= {v[term] for v in (*VOCABULARIES, *DESCRIBED) for term in v}
    assert not [q for q in described if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]


def test_it_follows_a_load_and_is_found_out_once_for_each_state(tmp_path: Path) -> None:
    store, datasets = harbour.store(tmp_path), Datasets()
    before = datasets.write(store)
    asked = store.statements
    assert datasets.write(store) == before
    assert store.statements == asked + 1
    take(store, harbour.SECRET)
    after = datasets.write(store)
    assert after != before
    assert harbour.SECRET.encode() not in after
    assert after == Datasets().write(store)
    store.close()


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    """The rows of a query over all graphs."""
    prefix = "PREFIX cg: <https://w3id.org/compliance-graph/ontology#> "
    found = store.query(prefix + query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [tuple(solution) for solution in found]


def one(described: set[Quad], subject: object, predicate: str) -> object:
    """The one object of a subject under a predicate."""
    (found,) = {q.object for q in described if q.subject == subject and q.predicate.value == predicate}
    return found


def written(store: SqliteStore, format_: Format) -> bytes:
    """The export in a format."""
    sink = io.BytesIO()
    export(store, format_, sink)
    return sink.getvalue()
