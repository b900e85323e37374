"""What the vocabulary says of itself, and which borrowed terms it uses as what."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import Graph, Literal, URIRef

from graph.model import NAMESPACE
from ontology.namespaces import BIBO, DCTERMS, FOAF, OWL, RDF, RDFS, SCHEMA, SKOS, VANN, VS, XSD

IRI = NAMESPACE.rstrip("#")
SHAPES = f"{NAMESPACE.removesuffix('ontology#')}shapes#"
"""The namespace of the shapes."""
VERSION = "0.2.0"
PRIOR = "0.1.0"
CREATED = "2026-11-21"
ISSUED = "2026-11-28"
LOGO = f"{IRI}/logo.svg"
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"

_TITLE = "compliance-graph"
_DESCRIPTION = (
    "A vocabulary for what a cloud provider's assurance documents state: which services, Regions and places are in "
    "scope of which assessment, which controls were tested with which result, and on which lines of which document "
    "each fact stands."
)
_SHAPES_DESCRIPTION = (
    "What data in the vocabulary of compliance-graph must hold, in SHACL with SPARQL constraints: each message says "
    "what would be valid. The IRIs of things are checked against the base of the published data."
)
_SOURCES = (
    "https://www.w3.org/TR/annotation-vocab/",
    "https://www.w3.org/TR/prov-o/",
    "https://www.w3.org/TR/skos-reference/",
    "https://www.w3.org/TR/EARL10-Schema/",
    "https://www.rfc-editor.org/rfc/rfc5147",
)

FOREIGN: Mapping[str, tuple[str, ...]] = {
    OWL.Class: (SKOS.Concept, SKOS.ConceptScheme),
    OWL.ObjectProperty: (SKOS.inScheme, SKOS.topConceptOf, SKOS.hasTopConcept),
    OWL.DatatypeProperty: (SKOS.notation,),
    OWL.AnnotationProperty: (
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.creator,
        DCTERMS.publisher,
        DCTERMS.license,
        DCTERMS.created,
        DCTERMS.issued,
        DCTERMS.source,
        DCTERMS.bibliographicCitation,
        VANN.preferredNamespacePrefix,
        VANN.preferredNamespaceUri,
        BIBO.status,
        VS.term_status,
        FOAF.logo,
        SKOS.definition,
        SKOS.example,
        SKOS.prefLabel,
        SKOS.scopeNote,
        SCHEMA.rangeIncludes,
    ),
}
"""Borrowed terms by what kind of term OWL is to take them for."""


def describe(graph: Graph) -> None:
    """Adds the header of the ontology."""
    texts = {DCTERMS.title: _TITLE, DCTERMS.description: _DESCRIPTION, RDFS.label: _TITLE}
    plain = {
        DCTERMS.creator: "compliance-graph",
        DCTERMS.publisher: "compliance-graph",
        DCTERMS.bibliographicCitation: f"compliance-graph ontology, version {VERSION}, {ISSUED}. {IRI}",
        OWL.versionInfo: VERSION,
        VANN.preferredNamespacePrefix: "cg",
        VANN.preferredNamespaceUri: NAMESPACE,
    }
    iris = {
        RDF.type: (OWL.Ontology,),
        OWL.versionIRI: (f"{IRI}/{VERSION}",),
        OWL.priorVersion: (f"{IRI}/{PRIOR}",),
        FOAF.logo: (LOGO,),
        DCTERMS.license: (LICENCE,),
        DCTERMS.source: _SOURCES,
        BIBO.status: (BIBO["status/draft"],),
    }
    dates = {DCTERMS.created: CREATED, DCTERMS.issued: ISSUED}
    for predicate, text in texts.items():
        _add(graph, predicate, Literal(text, lang="en"))
    for predicate, text in plain.items():
        _add(graph, predicate, Literal(text))
    for predicate, values in iris.items():
        for value in values:
            _add(graph, predicate, URIRef(value))
    for predicate, day in dates.items():
        _add(graph, predicate, Literal(day, datatype=URIRef(XSD.date)))


def describe_shapes(graph: Graph) -> None:
    """Adds what the file of shapes says of itself."""
    shapes = URIRef(SHAPES.rstrip("#"))
    graph.add((shapes, URIRef(RDF.type), URIRef(OWL.Ontology)))
    graph.add((shapes, URIRef(DCTERMS.title), Literal(f"{_TITLE}: shapes", lang="en")))
    graph.add((shapes, URIRef(DCTERMS.description), Literal(_SHAPES_DESCRIPTION, lang="en")))
    graph.add((shapes, URIRef(DCTERMS.license), URIRef(LICENCE)))
    graph.add((shapes, URIRef(OWL.versionInfo), Literal(VERSION)))
    graph.add((shapes, URIRef(RDFS.seeAlso), URIRef(IRI)))


def _add(graph: Graph, predicate: str, value: Literal | URIRef) -> None:
    graph.add((URIRef(IRI), URIRef(predicate), value))
