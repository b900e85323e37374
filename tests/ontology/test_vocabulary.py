"""Laws of the vocabulary file: made from the model alone, the same each time, every term described once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.collection import Collection

from graph.model import MODEL
from ontology.checking import breaches
from ontology.data import Data
from ontology.examples import example_triples, examples, turtle
from ontology.header import FOREIGN, IRI, LOGO, PRIOR, VERSION
from ontology.namespaces import BIBO, CG, DCTERMS, FOAF, OWL, RDFS, SKOS, VANN, VOCABULARIES, VS, XSD
from ontology.terms import concept_names, entailing
from ontology.vocabulary import PATH, generated, vocabulary

ROOT = Path(__file__).resolve().parents[2]
WRITE = "import sys; from ontology.vocabulary import generated; sys.stdout.buffer.write(b''.join(generated().values()))"
HEADER = (
    DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.license, OWL.versionIRI, OWL.versionInfo,
    VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri, DCTERMS.created, DCTERMS.issued,
    DCTERMS.bibliographicCitation, DCTERMS.publisher, BIBO.status, DCTERMS.source, OWL.priorVersion, FOAF.logo,
)  # fmt: skip
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)


@pytest.fixture(scope="module")
def terms() -> Graph:
    """The vocabulary."""
    return vocabulary()


def test_the_committed_file_is_the_generated_one() -> None:
    assert (ROOT / PATH).read_bytes() == generated()[PATH]


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_every_process_writes_the_same_bytes(seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", WRITE], env=environment, cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == generated()[PATH]


def test_the_file_reads_back_as_the_vocabulary(terms: Graph) -> None:
    assert len(Graph().parse(ROOT / PATH)) == len(terms)


def test_the_header_says_whose_it_is_which_version_and_what_went_before(terms: Graph) -> None:
    said = {p: list(terms.objects(URIRef(IRI), URIRef(p))) for p in HEADER}
    assert (len(HEADER), [p for p, values in said.items() if not values]) == (16, [])
    iris = (DCTERMS.license, OWL.versionIRI, OWL.priorVersion, FOAF.logo, BIBO.status)
    assert [p for p in iris if not all(isinstance(value, URIRef) for value in said[p])] == []
    assert said[OWL.versionIRI] != said[OWL.priorVersion]
    assert (ROOT / "ontology" / str(said[FOAF.logo][0]).rsplit("/", 1)[1]).read_text("utf-8").startswith("<svg")


def test_every_example_parses_and_keeps_to_the_shapes() -> None:
    """Each is of the example data, or puts another value in the place of one; values of one place in turn."""
    data = set(example_triples())
    shown = {name: set(parse(turtle(found), format=RdfFormat.TURTLE)) for name, found in examples().items()}
    plain = {name: {q.triple for q in found} for name, found in shown.items()}
    assert plain == {name: set(found) for name, found in examples().items()}
    assert breaches(Data.of_quads(iter(data))) == ()
    other = [triple for found in plain.values() for triple in found - data if triple.subject.value not in CG_IRIS]
    while other:
        taken = {(t.subject, t.predicate): t for t in other}
        changed = [taken.get((t.subject, t.predicate), t) for t in data]
        assert breaches(Data.of_quads(iter(changed))) == ()
        other = [t for t in other if t not in taken.values()]


def test_the_core_imports_nothing_and_names_no_class_or_property_above_its_own(terms: Graph) -> None:
    assert not list(terms.objects(None, URIRef("http://www.w3.org/2002/07/owl#imports")))
    above = {str(o) for p in (RDFS.subClassOf, RDFS.subPropertyOf) for o in terms.objects(None, URIRef(p))}
    assert {iri for iri in above if iri.startswith("http") and iri not in CG_IRIS} == {SKOS.Concept}


def test_every_term_has_one_english_label_one_definition_an_example_and_its_home(terms: Graph) -> None:
    faults = []
    for name in CG:
        term = URIRef(CG[name])
        for predicate in (RDFS.label, SKOS.definition):
            found = list(terms.objects(term, URIRef(predicate)))
            if [getattr(o, "language", None) for o in found] != ["en"]:
                faults.append((name, predicate, found))
        faults += [
            (name, p, []) for p in (VS.term_status, SKOS.example) if len(list(terms.objects(term, URIRef(p)))) != 1
        ]
        if list(terms.objects(term, URIRef(RDFS.isDefinedBy))) != [URIRef(IRI)]:
            faults.append((name, RDFS.isDefinedBy, []))
    assert faults == []


def test_every_term_is_one_kind_of_thing(terms: Graph) -> None:
    subjects = {*(CG[name] for name in CG), *(iri for iris in FOREIGN.values() for iri in iris)}
    kinds = {
        iri: [k for k in (*KINDS, OWL.AnnotationProperty) if (URIRef(iri), RDF.type, URIRef(k)) in terms]
        for iri in subjects
    }
    assert {iri: found for iri, found in kinds.items() if len(found) != 1} == {}


def test_only_declared_terms_are_used(terms: Graph) -> None:
    known = {vocabulary[term] for vocabulary in VOCABULARIES for term in vocabulary}
    spaces = tuple(vocabulary.iri for vocabulary in VOCABULARIES)
    used = {
        str(term) for triple in terms for term in triple if isinstance(term, URIRef) and str(term).startswith(spaces)
    }
    assert used - known - {f"{IRI}/{VERSION}", f"{IRI}/{PRIOR}", LOGO} == set()


def test_every_property_has_a_domain_and_a_range(terms: Graph) -> None:
    properties = [
        term
        for name in CG
        for term in [URIRef(CG[name])]
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        if (term, RDF.type, URIRef(kind)) in terms
    ]
    assert properties
    without = [p for p in properties for q in (RDFS.domain, RDFS.range) if len(list(terms.objects(p, URIRef(q)))) != 1]
    assert without == []


def test_the_ends_of_a_relationship_are_those_of_the_model(terms: Graph) -> None:
    for relationship in MODEL.relationships:
        starts = {CG[pair.start] for pair in relationship.pairs}
        ends = {CG[pair.end] for pair in relationship.pairs}
        term = URIRef(relationship.iri)
        assert (classes(terms, term, RDFS.domain), classes(terms, term, RDFS.range)) == (starts, ends)


def test_a_date_is_any_literal_since_owl_knows_no_day_month_or_year(terms: Graph) -> None:
    assert classes(terms, URIRef(CG.periodEnd), RDFS.range) == {RDFS.Literal}
    known = {XSD.string, XSD.integer, XSD.boolean, XSD.anyURI, XSD.dateTime, RDFS.Literal}
    data = terms.subjects(RDF.type, URIRef(OWL.DatatypeProperty))
    assert {r for p in data if str(p) in CG_IRIS for r in classes(terms, p, RDFS.range)} <= known  # type: ignore[arg-type]


def test_no_end_of_a_chain_is_functional(terms: Graph) -> None:
    chained = {URIRef(r.iri) for r in MODEL.relationships if r.cited}
    functional = set(terms.subjects(RDF.type, URIRef(OWL.FunctionalProperty)))
    assert set(terms.subjects(URIRef(OWL.propertyChainAxiom), None)) == chained
    assert chained & functional == set()
    assert URIRef(CG.fromDocument) in functional


def test_an_exclusion_entails_no_scope(terms: Graph) -> None:
    for relationship in MODEL.relationships:
        if relationship.cited:
            chain = terms.value(URIRef(relationship.iri), URIRef(OWL.propertyChainAxiom))
            assert chain is not None
            steps = [CG.subjectOf, CG[entailing(relationship)], CG.object]
            assert [str(step) for step in Collection(terms, chain)] == steps
    assert set(terms.objects(URIRef(CG.excludedFrom), URIRef(RDFS.label))) == {Literal("excluded from", lang="en")}
    assert (URIRef(CG.excludedFrom), URIRef(RDFS.subPropertyOf), None) not in terms


def test_every_value_of_a_closed_set_is_a_concept_with_its_notation(terms: Graph) -> None:
    found = {
        str(concept): str(terms.value(concept, URIRef(SKOS.notation)))
        for concept in terms.subjects(RDF.type, URIRef(SKOS.Concept))
    }
    assert found == {CG[name]: value for (_, value), name in concept_names().items()}


CG_IRIS = frozenset(CG[name] for name in CG)


def classes(terms: Graph, term: URIRef, predicate: str) -> set[str]:
    """The classes of a domain or range, whether one or a union."""
    end = terms.value(term, URIRef(predicate))
    union = terms.value(end, URIRef(OWL.unionOf))
    return {str(end)} if union is None else {str(item) for item in Collection(terms, union)}
