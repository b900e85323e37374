"""Laws of the description of the data set: every number is what SPARQL counts, every checksum is of its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from graph.ledger import take
from graph.sqlite.store import SqliteStore
from ontology.dataset import Datasets
from ontology.formats import Format
from ontology.namespaces import DCAT, DCTERMS, DEFAULT_BASE, DESCRIBED, PROV, SPDX, VOCABULARIES
from ontology.scoring_dataset import of_dataset
from tests.ontology import harbour

DATASET = NamedNode(f"{DEFAULT_BASE}dataset")
ADDRESS = "https://harbour.example"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Both documents of the harbour."""
    found = harbour.store(tmp_path_factory.mktemp("harbour"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def described(store: SqliteStore) -> set[Quad]:
    """The description that a server gives."""
    return set(parse(Datasets().write(store, address=ADDRESS), format=RdfFormat.TURTLE))


def test_each_number_each_part_and_each_file_is_what_the_export_has(store: SqliteStore) -> None:
    found = {one.check: (one.passed, one.of) for one in of_dataset(store, Datasets().write(store, address=ADDRESS))}
    assert (found["numbers that SPARQL counts too"], found["files with their size and checksum"]) == ((6, 6), (10, 10))
    assert all(passed == of > 1 for passed, of in found.values())


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        (r"(void:distinctObjects) \d+", "numbers that SPARQL counts too"),
        (r"(void:class cg:Service ;\s+void:entities) \d+", "parts by class"),
        (r"(void:property cg:name ;\s+void:triples) \d+", "parts by property"),
        (r"(dcat:byteSize) \"\d+\"", "files with their size and checksum"),
    ],
)
def test_a_description_that_says_otherwise_is_below(store: SqliteStore, wrong: str, check: str) -> None:
    described = re.sub(wrong, r'\1 "7"', Datasets().write(store).decode(), count=1).encode()
    below = [(one.check, one.of - one.passed) for one in of_dataset(store, described) if one.below]
    assert below == [(check, 1)]


def test_each_file_says_where_it_is_had(described: set[Quad]) -> None:
    for format_ in Format:
        file = NamedNode(f"{DATASET.value}#{format_.value}")
        assert one(described, file, DCAT.downloadURL) == NamedNode(f"{ADDRESS}/export?format={format_.value}")


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


def one(described: set[Quad], subject: object, predicate: str) -> object:
    """The one object of a subject under a predicate."""
    (found,) = {q.object for q in described if q.subject == subject and q.predicate.value == predicate}
    return found
