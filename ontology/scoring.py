"""Scores of the vocabulary and its shapes: for each check how many pass, of how many, and which do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import RdfFormat, parse
from rdflib import Graph, URIRef

from graph.model import MODEL
from ontology import terms
from ontology.alignments import alignment, kind_of
from ontology.checking import breaches
from ontology.data import Data
from ontology.examples import example_triples, examples, turtle
from ontology.header import IRI
from ontology.matching import MATCHES
from ontology.namespaces import BIBO, CG, DCTERMS, FOAF, OWL, RDFS, SH, SKOS, VANN, VS
from ontology.shacl import shacl
from ontology.shapes import shapes
from ontology.vocabulary import vocabulary

HEADER = (
    DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.license, OWL.versionIRI, OWL.versionInfo,
    VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri, DCTERMS.created, DCTERMS.issued,
    DCTERMS.bibliographicCitation, DCTERMS.publisher, BIBO.status, DCTERMS.source, OWL.priorVersion, FOAF.logo,
)  # fmt: skip
"""What a complete header says."""

_IRIS = frozenset({DCTERMS.license, OWL.versionIRI, OWL.priorVersion, FOAF.logo, BIBO.status})


@dataclass(frozen=True, slots=True)
class Score:
    """How many of what a check looks at pass it; `failed` names some that do not."""

    group: str
    check: str
    passed: int
    of: int
    failed: tuple[str, ...] = ()

    @property
    def below(self) -> bool:
        """Whether it is below its target, which is all."""
        return self.passed < self.of


def score(group: str, check: str, looked_at: Iterable[str], passes: Callable[[str], bool]) -> Score:
    """The score of a check over named things."""
    names = list(looked_at)
    failed = tuple(name for name in names if not passes(name))
    return Score(group, check, len(names) - len(failed), len(names), failed)


def of_vocabulary() -> Iterator[Score]:
    """The header and the terms."""
    graph = vocabulary()
    yield score("header", "what a header says", HEADER, lambda predicate: _said(graph, predicate))
    yield score("terms", "one English label", CG, lambda name: _english(graph, name, RDFS.label))
    yield score("terms", "one English definition", CG, lambda name: _english(graph, name, SKOS.definition))
    yield score("terms", "where it is defined", CG, lambda name: _values(graph, name, RDFS.isDefinedBy) == [IRI])
    yield score("terms", "status", CG, lambda name: len(_values(graph, name, VS.term_status)) == 1)
    properties = [name for name in CG if kind_of(name) in (OWL.ObjectProperty, OWL.DatatypeProperty)]
    ends = (RDFS.domain, RDFS.range)
    yield score("terms", "domain and range", properties, lambda n: all(len(_values(graph, n, p)) == 1 for p in ends))
    yield _examples()
    classes = [name for name in CG if kind_of(name) == OWL.Class and name not in (terms.ENTITY, terms.STATEMENT)]
    yield score("terms", "classes below another", classes, lambda name: bool(_values(graph, name, RDFS.subClassOf)))
    known = _matched()
    yield score("terms", "labels known elsewhere", MODEL.labels, lambda label: label in known)


def of_shapes() -> Iterator[Score]:
    """That every class, property and relationship is shaped, and that each message is in words."""
    graph = shacl(shapes())
    shaped = {str(iri) for p in (SH.targetClass, SH.targetSubjectsOf) for iri in graph.objects(None, URIRef(p))}
    stated = [terms.statement_class(r) for r in MODEL.relationships if terms.has_statements(r)]
    yield score("shapes", "classes", (*MODEL.labels, *stated), lambda name: CG[name] in shaped)
    named = (*terms.properties(), *(r.term for r in MODEL.relationships))
    yield score("shapes", "properties and relationships", named, lambda name: CG[name] in shaped)
    rules = [f"{shape.name}: {rule.message}" for shape in shapes() for rule in shape.rules]
    yield score("shapes", "rules with words", rules, lambda rule: rule.endswith("."))


def _said(graph: Graph, predicate: str) -> bool:
    values = list(graph.objects(URIRef(IRI), URIRef(predicate)))
    return bool(values) and (predicate not in _IRIS or all(isinstance(value, URIRef) for value in values))


def _english(graph: Graph, name: str, predicate: str) -> bool:
    found = list(graph.objects(URIRef(CG[name]), URIRef(predicate)))
    return [getattr(value, "language", None) for value in found] == ["en"]


def _values(graph: Graph, name: str, predicate: str) -> list[str]:
    return [str(value) for value in graph.objects(URIRef(CG[name]), URIRef(predicate))]


def _examples() -> Score:
    """Each example parses, and the data of which it is, or in which it stands, keep to the shapes."""
    data = set(example_triples())
    whole = not breaches(Data.of_quads(iter(data)))

    def passes(name: str) -> bool:
        found = {quad.triple for quad in parse(turtle(examples()[name]), format=RdfFormat.TURTLE)}
        return found == set(examples()[name]) and whole

    return score("terms", "an example that keeps to the shapes", CG, passes)


def _matched() -> frozenset[str]:
    """The names of the terms that an alignment matches."""
    graphs = (alignment(matches) for matches in MATCHES)
    predicates = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch)
    subjects = {str(s) for graph in graphs for p in predicates for s in graph.subjects(URIRef(p), None)}
    return frozenset(name for name in CG if CG[name] in subjects)
