"""The vocabulary in OWL 2 DL: header, classes, properties and concepts, all made from the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from graph.model import MODEL, Cardinality, RelationshipType, ValueType
from ontology import terms
from ontology.examples import examples, turtle
from ontology.header import FOREIGN, IRI, describe
from ontology.namespaces import CG, DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS, VOCABULARIES, VS, XSD, prefixes
from ontology.terms import Use

PATH = "ontology/compliance-graph.ttl"

_RANGES = {
    ValueType.STRING: XSD.string,
    ValueType.INTEGER: XSD.integer,
    ValueType.BOOLEAN: XSD.boolean,
    ValueType.URL: XSD.anyURI,
    ValueType.DATETIME: XSD.dateTime,
    ValueType.DATE: RDFS.Literal,
}
_FEW = 3
_DATES = (XSD.date, XSD.gYearMonth, XSD.gYear, DCTERMS.W3CDTF)
_DATE_NOTE = (
    "The literal has the precision that is stated: xsd:date, xsd:gYearMonth or xsd:gYear. JSON under the context has "
    "dcterms:W3CDTF for all three."
)


def generated() -> Mapping[str, bytes]:
    """The generated file by its path in the project; the same model gives the same bytes."""
    return {PATH: vocabulary().serialize(format="turtle").encode()}


def vocabulary() -> Graph:
    """The whole vocabulary; blank nodes have names made from the terms that they belong to."""
    writer = Writer()
    describe(writer.graph)
    writer.structure()
    writer.classes()
    writer.relationships()
    for name, uses in terms.properties().items():
        writer.property(name, uses)
    writer.concepts()
    writer.foreign()
    return writer.graph


class Writer:
    """Adds terms to one graph."""

    def __init__(self) -> None:
        self.graph = Graph(bind_namespaces="none")
        for prefix, iri in prefixes(VOCABULARIES).items():
            self.graph.bind(prefix, iri)

    def structure(self) -> None:
        """What statements are made of, whatever the model holds."""
        for name, definition in terms.STRUCTURE.items():
            kind = OWL.Class if name[0].isupper() else OWL.ObjectProperty
            self._term(name, kind, definition)
        self._ends(terms.SUBJECT, [terms.STATEMENT], [terms.ENTITY])
        self._ends(terms.SUBJECT_OF, [terms.ENTITY], [terms.STATEMENT])
        self._ends(terms.OBJECT, [terms.STATEMENT], [terms.ENTITY])
        self._ends(terms.CITATION, [terms.STATEMENT], ["Citation"])
        self._add(terms.SUBJECT_OF, OWL.inverseOf, CG.subject)
        self._add(terms.DIFFERING, RDFS.subClassOf, CG.Statement)
        self._ends(terms.DIFFERS, [terms.DIFFERING], [terms.STATEMENT])
        for functional in (terms.SUBJECT, terms.OBJECT, terms.DIFFERS):
            self._add(functional, RDF.type, OWL.FunctionalProperty)

    def classes(self) -> None:
        """A class for each label, each apart from all others and from statements."""
        for node in MODEL.nodes:
            self._term(node.label, OWL.Class, node.description)
            self._add(node.label, RDFS.subClassOf, CG.Entity)
        apart = BNode("apart")
        members = [CG[name] for name in (*MODEL.labels, terms.STATEMENT)]
        self.graph.add((apart, URIRef(RDF.type), URIRef(OWL.AllDisjointClasses)))
        self.graph.add((apart, URIRef(OWL.members), self._list("apart", map(URIRef, members))))

    def relationships(self) -> None:
        """An object property for each relationship type and, where something is said of it, its statements."""
        for relationship in MODEL.relationships:
            name = relationship.term
            self._term(name, OWL.ObjectProperty, relationship.description)
            starts = dict.fromkeys(pair.start for pair in relationship.pairs)
            ends = dict.fromkeys(pair.end for pair in relationship.pairs)
            self._ends(name, list(starts), list(ends))
            if terms.has_statements(relationship):
                self._statement(relationship)
            if relationship.cited:
                self._entailment(relationship)
            elif relationship.cardinality is Cardinality.MANY_TO_ONE:
                self._add(name, RDF.type, OWL.FunctionalProperty)

    def property(self, name: str, uses: Sequence[Use]) -> None:
        """A property with all its uses: of concepts where its values are a closed set, else of literals."""
        first = uses[0].property
        kind = OWL.ObjectProperty if first.enum else OWL.DatatypeProperty
        self._term(name, kind, _definition(uses))
        if first.enum:
            ranges = [CG[enum] for enum in dict.fromkeys(use.property.enum for use in uses)]
        else:
            ranges = [_RANGES[first.type]]
        self._union(name, RDFS.domain, [CG[owner] for owner in terms.owners(uses)])
        self._union(name, RDFS.range, ranges)
        if first.type is ValueType.DATE:
            self._add_literal(name, SKOS.scopeNote, _DATE_NOTE)
            for datatype in _DATES:
                self._add(name, SCHEMA.rangeIncludes, datatype)
        if not any(use.property.many for use in uses):
            self._add(name, RDF.type, OWL.FunctionalProperty)

    def concepts(self) -> None:
        """A class and a concept scheme for each closed set, a concept for each of its values."""
        for concepts in terms.concept_sets().values():
            what = terms.words(concepts.name)
            self._term(concepts.name, OWL.Class, f"The closed set of values of {_used(concepts.uses)}.")
            self._add(concepts.name, RDFS.subClassOf, SKOS.Concept)
            self._term(concepts.scheme, OWL.NamedIndividual, f"The scheme of the {what} concepts.")
            self._add(concepts.scheme, RDF.type, SKOS.ConceptScheme)
            for value in concepts.values:
                self._concept(concepts, value)

    def foreign(self) -> None:
        """Says what kind of term each borrowed one is, since the file imports nothing."""
        for kind, iris in FOREIGN.items():
            for iri in iris:
                self.graph.add((URIRef(iri), URIRef(RDF.type), URIRef(kind)))

    def _statement(self, relationship: RelationshipType) -> None:
        name = terms.statement_class(relationship)
        what = terms.words(relationship.term)
        carried = ", with the values that it states" if relationship.carries_values else ""
        self._term(name, OWL.Class, f"A statement that its subject is related to its object by “{what}”{carried}.")
        self._add(name, RDFS.subClassOf, CG.Statement)

    def _entailment(self, relationship: RelationshipType) -> None:
        """Subject, statement, object: the chain that entails the plain triple.

        OWL 2 DL lets no property be both the end of a chain and functional, so how many a relationship joins is said
        by the model and the shapes, not here.
        """
        name, statement = terms.entailing(relationship), terms.statement_class(relationship)
        self._term(
            name,
            OWL.ObjectProperty,
            f"Joins each {terms.words(statement)} to itself; through it the statement entails the plain triple.",
        )
        self._ends(name, [statement], [statement])
        itself = BNode(name)
        self._add(statement, RDFS.subClassOf, itself)
        self.graph.add((itself, URIRef(RDF.type), URIRef(OWL.Restriction)))
        self.graph.add((itself, URIRef(OWL.onProperty), URIRef(CG[name])))
        self.graph.add((itself, URIRef(OWL.hasSelf), Literal(True)))
        chain = [URIRef(CG[step]) for step in (terms.SUBJECT_OF, name, terms.OBJECT)]
        self._add(relationship.term, OWL.propertyChainAxiom, self._list(f"{name}-chain", chain))

    def _concept(self, concepts: terms.Concepts, value: str) -> None:
        name = terms.concept_names()[concepts.name, value]
        said = terms.words(value)
        definition = f"“{said}” as a value of {_used(concepts.uses)}."
        self._term(name, OWL.NamedIndividual, definition, said)
        for kind in (SKOS.Concept, CG[concepts.name]):
            self._add(name, RDF.type, kind)
        self._add_literal(name, SKOS.prefLabel, said)
        self.graph.add((URIRef(CG[name]), URIRef(SKOS.notation), Literal(value)))
        for predicate in (SKOS.inScheme, SKOS.topConceptOf):
            self._add(name, predicate, CG[concepts.scheme])
        self._add(concepts.scheme, SKOS.hasTopConcept, CG[name])

    def _term(self, name: str, kind: str, definition: str, label: str | None = None) -> None:
        self._add(name, RDF.type, kind)
        self._add_literal(name, RDFS.label, label or terms.words(name))
        self._add_literal(name, SKOS.definition, definition)
        self._add(name, RDFS.isDefinedBy, IRI)
        self.graph.add((URIRef(CG[name]), URIRef(VS.term_status), Literal("testing")))
        self.graph.add((URIRef(CG[name]), URIRef(SKOS.example), Literal(turtle(examples()[name]))))

    def _ends(self, name: str, starts: Sequence[str], ends: Sequence[str]) -> None:
        self._union(name, RDFS.domain, [CG[start] for start in starts])
        self._union(name, RDFS.range, [CG[end] for end in ends])

    def _union(self, name: str, predicate: str, classes: Sequence[str]) -> None:
        if len(classes) == 1:
            self._add(name, predicate, classes[0])
            return
        key = f"{name}-{predicate.rsplit('#', 1)[1]}"
        union = BNode(key)
        self._add(name, predicate, union)
        self.graph.add((union, URIRef(RDF.type), URIRef(OWL.Class)))
        self.graph.add((union, URIRef(OWL.unionOf), self._list(key, map(URIRef, classes))))

    def _list(self, key: str, items: Iterable[Node]) -> BNode:
        """An RDF list whose cells are named after the key, so that every run writes the same bytes."""
        found = list(items)
        cells = [BNode(f"{key}-{place}") for place in range(len(found))]
        rest = [*cells[1:], _NIL]
        for cell, item, following in zip(cells, found, rest, strict=True):
            self.graph.add((cell, _FIRST, item))
            self.graph.add((cell, _REST, following))
        return cells[0]

    def _add(self, name: str, predicate: str, value: str) -> None:
        node = value if isinstance(value, BNode) else URIRef(value)
        self.graph.add((URIRef(CG[name]), URIRef(predicate), node))

    def _add_literal(self, name: str, predicate: str, text: str) -> None:
        self.graph.add((URIRef(CG[name]), URIRef(predicate), Literal(text, lang="en")))


_FIRST, _REST, _NIL = URIRef(RDF.first), URIRef(RDF.rest), URIRef(RDF.nil)


def _definition(uses: Sequence[Use]) -> str:
    """The description, or each of several with the classes that it is about."""
    owners: dict[str, list[str]] = {}
    for use in uses:
        owners.setdefault(use.property.description, []).append(terms.words(use.owner))
    if len(owners) == 1:
        return next(iter(owners))
    return " ".join(f"{text} ({', '.join(of)})" for text, of in owners.items())


def _used(uses: Sequence[Use]) -> str:
    """The property that takes the values, and the classes that have it where they are few."""
    owners = [terms.words(use.owner) for use in uses]
    place = f" ({', '.join(owners)})" if len(owners) <= _FEW else ""
    return f"“{terms.words(uses[0].property.key)}”{place}"
