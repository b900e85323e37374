"""What the vocabulary says of itself, and which borrowed terms it uses as what."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import Graph, Literal, URIRef

from graph.model import NAMESPACE
from ontology.alignment import CLASSES, CONCEPTS, RELATIONSHIPS
from ontology.namespaces import BIBO, DCTERMS, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, VANN, VS, XSD

IRI = NAMESPACE.rstrip("#")
VERSION = "0.1.0"
CREATED = "2026-11-21"
ISSUED = "2026-11-21"
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"

_TITLE = "compliance-graph"
_DESCRIPTION = (
    "A vocabulary for what a cloud provider's assurance documents state: which services, Regions and places are in "
    "scope of which assessment, which controls were tested with which result, and on which lines of which document "
    "each fact stands."
)
_SOURCES = (
    "https://www.w3.org/TR/annotation-vocab/",
    "https://www.w3.org/TR/prov-o/",
    "https://www.w3.org/TR/skos-reference/",
    "https://www.w3.org/TR/EARL10-Schema/",
    "https://www.rfc-editor.org/rfc/rfc5147",
)

FOREIGN: Mapping[str, tuple[str, ...]] = {
    OWL.Class: (*dict.fromkeys((*CLASSES.values(), SKOS.Concept, SKOS.ConceptScheme)),),
    OWL.ObjectProperty: (
        *RELATIONSHIPS.values(),
        PROV.wasDerivedFrom,
        SKOS.inScheme,
        SKOS.topConceptOf,
        SKOS.hasTopConcept,
        SKOS.closeMatch,
    ),
    OWL.DatatypeProperty: (SKOS.notation,),
    OWL.NamedIndividual: tuple(CONCEPTS.values()),
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
        SKOS.definition,
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


def _add(graph: Graph, predicate: str, value: Literal | URIRef) -> None:
    graph.add((URIRef(IRI), URIRef(predicate), value))
