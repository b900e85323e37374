"""Laws of reasoning: vocabulary, alignments and data together are consistent, and nothing becomes what it is not."""

from __future__ import annotations

import io
from collections import defaultdict

import pytest
from owlrl import DeductiveClosure
from owlrl.OWLRLExtras import OWLRL_Extension  # OWL 2 RL and `owl:hasSelf`, on which the chains stand
from pyoxigraph import RdfFormat, Triple, serialize
from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from graph.model import MODEL
from ontology.alignments import generated
from ontology.data import Data
from ontology.example import example
from ontology.export import triples
from ontology.facts import facts
from ontology.matching import MATCHES
from ontology.namespaces import CG, DCTERMS, DEFAULT_BASE, RDFS, SKOS, VS
from ontology.things import Things
from ontology.vocabulary import vocabulary
from tests.ontology import harbour

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
SAID = (SKOS.example, SKOS.definition, SKOS.prefLabel, SKOS.notation, RDFS.label, VS.term_status, DCTERMS.source)
PLAIN = frozenset(URIRef(r.iri) for r in MODEL.relationships if r.cited)
Statements = set[tuple[Node, Node, Node]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Statements:
    """The harbour, and the example with something of every relationship."""
    store = harbour.store(tmp_path_factory.mktemp("harbour"))
    found = {quad.triple for quad in Data.of_reader(store).store} | set(triples(facts(example(), Things())))
    store.close()
    return read(found)


@pytest.fixture(scope="module")
def closed(data: Statements) -> Graph:
    """What follows from the statements, the plain triples of cited relationships taken away."""
    return closure({triple for triple in data if triple[1] not in PLAIN})


def test_nothing_contradicts_and_contradictions_are_seen(closed: Graph) -> None:
    assert list(closed.objects(None, ERROR)) == []
    both: Statements = {
        (URIRef(f"{DEFAULT_BASE}x"), RDF.type, URIRef(CG.Service)),
        (URIRef(f"{DEFAULT_BASE}x"), RDF.type, URIRef(CG.Region)),
    }
    assert list(closure(both).objects(None, ERROR)) != []


def test_statements_entail_the_plain_triples_and_no_others(data: Statements, closed: Graph) -> None:
    assert {t for t in closed if t[1] in PLAIN} == {t for t in data if t[1] in PLAIN}


def test_an_exclusion_never_becomes_scope(closed: Graph) -> None:
    crane, soc = (URIRef(DEFAULT_BASE + id_) for id_ in (harbour.CRANE, harbour.SOC))
    assert (crane, URIRef(CG.excludedFrom), soc) in closed
    assert (crane, URIRef(CG.inScopeOf), soc) not in closed


def test_nothing_is_of_another_class_than_it_was(data: Statements, closed: Graph) -> None:
    """Classes of ours and of those that the alignments put above them."""
    above = defaultdict[str, set[str]](set)
    for matches in MATCHES:
        for ours, theirs in matches.broader.items():
            above[CG[ours]].add(matches.iri(theirs))
    wrong = []
    for thing in {s for s, p, _ in data if p == RDF.type}:
        before = {str(o) for s, p, o in data if (s, p) == (thing, RDF.type)}
        after = {str(o) for o in closed.objects(thing, RDF.type) if isinstance(o, URIRef)}
        known = before.union({CG.Entity, CG.Statement}, *(above[kind] for kind in before | {CG.Statement}))
        wrong += [(thing, kind) for kind in after - known if "owl#" not in kind and "rdf-schema#" not in kind]
    assert wrong == []


def closure(found: Statements) -> Graph:
    """All that follows from triples, the vocabulary and the alignments by OWL 2 RL."""
    graph = vocabulary()
    for content in generated().values():
        graph.parse(data=content, format="turtle")
    for predicate in SAID:
        graph.remove((None, URIRef(predicate), None))
    for triple in found:
        graph.add(triple)
    closing = DeductiveClosure(OWLRL_Extension, rdfs_closure=False, axiomatic_triples=False, datatype_axioms=False)
    closing.expand(graph)
    return graph


def read(found: set[Triple]) -> Statements:
    """Triples of the one library as those of the other."""
    sink = io.BytesIO()
    serialize(found, sink, RdfFormat.N_TRIPLES)
    return set(Graph().parse(data=sink.getvalue(), format="nt"))
