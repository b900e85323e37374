"""The vocabularies in use, each closed: a term that it does not have raises, and the nearest one is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import Generic, TypeVar

from graph.model import NAMESPACE
from ontology.terms import local_names

DEFAULT_BASE = "https://w3id.org/compliance-graph/id/"

T = TypeVar("T")
U = TypeVar("U")


class UnknownTerm(AttributeError, KeyError):
    """A term that its vocabulary does not have."""

    def __init__(self, prefix: str, term: str, nearest: str | None) -> None:
        meant = f"; the nearest is {prefix}:{nearest}" if nearest else ""
        super().__init__(f"{prefix}:{term} is no term in use{meant}")

    def __str__(self) -> str:
        return str(self.args[0])


class Vocabulary(Generic[T]):
    """A closed set of terms under one namespace: `OA.exact`, or `CG["from"]` where the name is a word of Python."""

    def __init__(self, prefix: str, iri: str, terms: Iterable[str], make: Callable[[str], T]) -> None:
        self.prefix = prefix
        self.iri = iri
        self._terms = {term: make(iri + term) for term in terms}

    def __getitem__(self, term: str) -> T:
        try:
            return self._terms[term]
        except KeyError:
            nearest = get_close_matches(term, self._terms, 1, 0)
            raise UnknownTerm(self.prefix, term, nearest[0] if nearest else None) from None

    def __getattr__(self, term: str) -> T:
        if term.startswith("_"):
            raise AttributeError(term)
        return self[term]

    def __contains__(self, term: object) -> bool:
        return term in self._terms

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def made(self, make: Callable[[str], U]) -> Vocabulary[U]:
        """The same vocabulary whose terms are what a library takes for an IRI."""
        return Vocabulary(self.prefix, self.iri, self._terms, make)


def _terms(prefix: str, iri: str, names: str) -> Vocabulary[str]:
    return Vocabulary(prefix, iri, names.split(), str)


CG = Vocabulary("cg", NAMESPACE, local_names(), str)
RDF = _terms("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type value first rest nil reifies")
RDFS = _terms(
    "rdfs",
    "http://www.w3.org/2000/01/rdf-schema#",
    "label domain range subClassOf subPropertyOf isDefinedBy seeAlso Literal Datatype",
)
OWL = _terms(
    "owl",
    "http://www.w3.org/2002/07/owl#",
    "Ontology Class ObjectProperty DatatypeProperty AnnotationProperty FunctionalProperty InverseFunctionalProperty "
    "NamedIndividual Restriction AllDisjointClasses unionOf members onProperty hasSelf inverseOf "
    "propertyChainAxiom versionIRI versionInfo priorVersion",
)
XSD = _terms(
    "xsd",
    "http://www.w3.org/2001/XMLSchema#",
    "string integer boolean anyURI date gYear gYearMonth dateTime hexBinary nonNegativeInteger",
)
SKOS = _terms(
    "skos",
    "http://www.w3.org/2004/02/skos/core#",
    "Concept ConceptScheme prefLabel altLabel definition example scopeNote notation inScheme hasTopConcept "
    "topConceptOf closeMatch mappingRelation",
)
SKOSXL = _terms("skosxl", "http://www.w3.org/2008/05/skos-xl#", "Label literalForm")
DCTERMS = _terms(
    "dcterms",
    "http://purl.org/dc/terms/",
    "title description creator publisher license created issued source bibliographicCitation conformsTo Standard "
    "replaces isPartOf references BibliographicResource Policy Location Frequency RightsStatement accessRights format "
    "type identifier audience accrualPeriodicity date modified hasPart subject W3CDTF",
)
OA = _terms(
    "oa",
    "http://www.w3.org/ns/oa#",
    "SpecificResource TextQuoteSelector FragmentSelector hasSource hasSelector exact",
)
PROV = _terms(
    "prov",
    "http://www.w3.org/ns/prov#",
    "Entity Activity Organization Revision wasDerivedFrom wasRevisionOf hadPrimarySource startedAtTime endedAtTime "
    "value",
)
EARL = _terms(
    "earl",
    "http://www.w3.org/ns/earl#",
    "TestCase TestRequirement TestCriterion TestMode OutcomeValue Fail outcome mode info passed failed untested",
)
SCHEMA = _terms(
    "schema",
    "https://schema.org/",
    "Place Country Service WebPage DefinedTerm Organization DigitalDocument CategoryCode Report containedInPlace "
    "rangeIncludes identifier name alternateName description url addressLocality addressRegion provider isPartOf "
    "mentions inDefinedTermSet encodingFormat numberOfPages sha256 audience validFrom validThrough publisher isBasedOn "
    "termCode category sameAs",
)
FOAF = _terms("foaf", "http://xmlns.com/foaf/0.1/", "Document primaryTopic logo")
D3F = _terms(
    "d3f",
    "http://d3fend.mitre.org/ontologies/d3fend.owl#",
    "Organization DigitalDocument PhysicalLocation ExternalControl URL",
)
DPV = _terms(
    "dpv",
    "https://w3id.org/dpv#",
    "Organisation Service Country Standard Policy ConformanceAssessment TechnicalOrganisationalMeasure Obligation "
    "ConformanceStatus Frequency hasCountry hasServiceProvider hasOutcome hasFrequency",
)
VANN = _terms("vann", "http://purl.org/vocab/vann/", "preferredNamespacePrefix preferredNamespaceUri")
BIBO = _terms("bibo", "http://purl.org/ontology/bibo/", "status status/draft")
VS = _terms("vs", "http://www.w3.org/2003/06/sw-vocab-status/ns#", "term_status")

VOID = _terms(
    "void",
    "http://rdfs.org/ns/void#",
    "Dataset DatasetDescription triples entities distinctSubjects distinctObjects classes properties classPartition "
    "propertyPartition class property subset vocabulary uriSpace feature dataDump sparqlEndpoint exampleResource "
    "inDataset",
)
DCAT = _terms(
    "dcat",
    "http://www.w3.org/ns/dcat#",
    "Dataset Distribution distribution accessURL downloadURL mediaType byteSize keyword startDate endDate landingPage "
    "Resource",
)
SPDX = _terms(
    "spdx",
    "http://spdx.org/rdf/terms#",
    "Checksum checksum algorithm checksumValue checksumAlgorithm_sha256",
)
SD = _terms("sd", "http://www.w3.org/ns/sparql-service-description#", "NamedGraph name")
DESCRIBED: tuple[Vocabulary[str], ...] = (CG, RDF, RDFS, XSD, DCTERMS, PROV, VOID, DCAT, FOAF, SPDX, SD)
"""Those of the description of the data set."""
SH = _terms(
    "sh",
    "http://www.w3.org/ns/shacl#",
    "NodeShape SPARQLConstraint targetClass targetSubjectsOf targetNode property path inversePath message datatype "
    "class in or minCount maxCount minInclusive pattern lessThanOrEquals sparql select ValidationResult sourceShape "
    "focusNode value resultMessage",
)

VOCABULARIES: tuple[Vocabulary[str], ...] = (
    CG, RDF, RDFS, OWL, XSD, SKOS, SKOSXL, DCTERMS, OA, PROV, EARL, SCHEMA, VANN, BIBO, VS, FOAF,
)  # fmt: skip
SHAPED: tuple[Vocabulary[str], ...] = (CG, RDF, RDFS, OWL, XSD, DCTERMS, OA, SH)
EXPORTED: tuple[Vocabulary[str], ...] = (CG, RDF, RDFS, XSD, SKOS, SKOSXL, DCTERMS, OA, PROV, EARL, SCHEMA)


def prefixes(vocabularies: Iterable[Vocabulary[str]]) -> dict[str, str]:
    """Namespace by prefix."""
    return {vocabulary.prefix: vocabulary.iri for vocabulary in vocabularies}
