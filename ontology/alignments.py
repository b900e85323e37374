"""The alignments as files, one for each known vocabulary: they stand beside the vocabulary, which imports none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import Graph, Literal, URIRef

from graph.model import MODEL
from ontology import terms
from ontology.header import IRI, LICENCE, VERSION
from ontology.matching import MATCHES, Matches
from ontology.namespaces import CG, DCTERMS, OWL, RDF, RDFS, SKOS, prefixes

FOLDER = "ontology/alignments"


def generated() -> Mapping[str, bytes]:
    """The generated files by their paths in the project."""
    return {f"{FOLDER}/{m.name}.ttl": alignment(m).serialize(format="turtle").encode() for m in MATCHES}


def alignment(matches: Matches) -> Graph:
    """The matches with one vocabulary, under a header of their own."""
    graph = Graph(bind_namespaces="none")
    for prefix, iri in prefixes((CG, RDF, RDFS, OWL, DCTERMS, SKOS, *matches.vocabularies)).items():
        graph.bind(prefix, iri)
    _describe(graph, matches)
    graph.add((URIRef(SKOS.closeMatch), URIRef(RDF.type), URIRef(OWL.ObjectProperty)))
    for ours, foreign in matches.broader.items():
        kind = kind_of(ours)
        above = RDFS.subClassOf if kind == OWL.Class else RDFS.subPropertyOf
        graph.add((URIRef(CG[ours]), URIRef(above), URIRef(matches.iri(foreign))))
        graph.add((URIRef(matches.iri(foreign)), URIRef(RDF.type), URIRef(kind)))
        graph.add((URIRef(CG[ours]), URIRef(RDF.type), URIRef(kind)))
    for ours, foreign in matches.close.items():
        graph.add((URIRef(CG[ours]), URIRef(SKOS.closeMatch), URIRef(matches.iri(foreign))))
    return graph


def kind_of(name: str) -> str:
    """What kind of term of OWL one of ours is."""
    if name in set(_classes()):
        return OWL.Class
    uses = terms.properties().get(name)
    if uses and not uses[0].property.enum:
        return OWL.DatatypeProperty
    if name in set(terms.predicates()):
        return OWL.ObjectProperty
    return OWL.NamedIndividual


def _classes() -> Iterator[str]:
    yield from (terms.ENTITY, terms.STATEMENT, *MODEL.labels, *terms.concept_sets())
    yield from (terms.statement_class(r) for r in MODEL.relationships if terms.has_statements(r))


def _describe(graph: Graph, matches: Matches) -> None:
    own = URIRef(f"{IRI}/alignments/{matches.name}")
    described = f"Which terms of {matches.title} are broader than those of compliance-graph, and which come close."
    graph.add((own, URIRef(RDF.type), URIRef(OWL.Ontology)))
    graph.add((own, URIRef(DCTERMS.title), Literal(f"compliance-graph and {matches.title}", lang="en")))
    graph.add((own, URIRef(DCTERMS.description), Literal(described, lang="en")))
    graph.add((own, URIRef(DCTERMS.license), URIRef(LICENCE)))
    graph.add((own, URIRef(OWL.versionInfo), Literal(VERSION)))
    graph.add((own, URIRef(RDFS.seeAlso), URIRef(IRI)))
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.license):
        graph.add((URIRef(predicate), URIRef(RDF.type), URIRef(OWL.AnnotationProperty)))
