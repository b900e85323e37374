"""Laws of the alignments: each foreign term is one that its vocabulary has, and data say no more than they do."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef, namespace

from ontology.alignment import CLASSES, VALUES
from ontology.alignments import generated
from ontology.matching import MATCHES, Matches
from ontology.namespaces import CG, OWL, VOCABULARIES
from tests.facts import CHECKOUT

THEIRS = {"schema": "SDO", "prov": "PROV", "skos": "SKOS", "dcat": "DCAT", "dcterms": "DCTERMS"}
"""Known vocabularies by our prefix, as rdflib calls them."""


def test_the_committed_files_are_the_generated_ones() -> None:
    assert {path: (CHECKOUT / path).read_bytes() for path in generated()} == dict(generated())


@pytest.mark.parametrize("matches", MATCHES, ids=lambda matches: matches.name)
def test_every_match_is_between_terms_that_there_are(matches: Matches) -> None:
    for ours, theirs in [*matches.broader.items(), *matches.close.items()]:
        assert CG[ours] and matches.iri(theirs)


@pytest.mark.parametrize("prefix", THEIRS)
def test_terms_that_we_borrow_are_known_to_another_library(prefix: str) -> None:
    closed = [v for m in MATCHES for v in (*m.vocabularies, *VOCABULARIES) if v.prefix == prefix]
    theirs = set(getattr(namespace, THEIRS[prefix]).__annotations__)
    assert {term for v in closed for term in v} - theirs == set()


def test_what_data_have_beside_our_terms_is_aligned() -> None:
    above = {(ours, m.iri(theirs)) for m in MATCHES for ours, theirs in m.broader.items()}
    near = {(ours, m.iri(theirs)) for m in MATCHES for ours, theirs in m.close.items()}
    assert set(CLASSES.items()) - above == set()
    assert {(key, iri) for (_, key), iri in VALUES.items()} - above - near == set()


def test_an_alignment_imports_nothing_and_declares_no_term_of_ours_otherwise() -> None:
    core = Graph().parse(CHECKOUT / "ontology" / "compliance-graph.ttl")
    kinds = [URIRef(k) for k in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)]
    for path in generated():
        graph = Graph().parse(CHECKOUT / path)
        assert not list(graph.objects(None, URIRef(f"{OWL.iri}imports")))
        typed = [t for t in graph if t[2] in kinds and str(t[0]).startswith(CG.iri)]
        assert [t for t in typed if t not in core] == [], path
