"""The shapes as SHACL: core constraints where there are any, SPARQL constraints for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.header import IRI, SHAPES, describe_shapes
from ontology.namespaces import RDF, RDFS, SH, SHAPED, prefixes
from ontology.rules import WRITTEN, OfClasses, Path, Query, Shape, SubjectsOf, Values
from ontology.shapes import shapes

PATH = "ontology/shapes.ttl"


def generated() -> Mapping[str, bytes]:
    """The generated file by its path in the project; the same model gives the same bytes."""
    return {PATH: shacl(shapes()).serialize(format="turtle").encode()}


def shacl(found: Iterable[Shape]) -> Graph:
    """The shapes in SHACL; blank nodes have names made from the shapes that they belong to."""
    graph = Graph(bind_namespaces="none")
    for prefix, iri in prefixes(SHAPED).items():
        graph.bind(prefix, iri)
    graph.bind("shapes", SHAPES)
    describe_shapes(graph)
    for shape in found:
        _Writer(graph, shape).write()
    return graph


class _Writer:
    """Adds one shape to a graph."""

    def __init__(self, graph: Graph, shape: Shape) -> None:
        self._graph = graph
        self._shape = shape
        self._subject = URIRef(SHAPES + shape.name)

    def write(self) -> None:
        self._add(self._subject, RDF.type, URIRef(SH.NodeShape))
        self._add(self._subject, RDFS.label, Literal(self._shape.label, lang="en"))
        self._add(self._subject, RDFS.isDefinedBy, URIRef(SHAPES.rstrip("#")))
        self._target()
        for place, rule in enumerate(self._shape.rules):
            name = f"{self._shape.name}-{place}"
            if isinstance(rule, Query):
                self._query(rule, name)
            elif rule.path is None:
                self._node(rule, name)
            else:
                self._property(rule, rule.path, name)

    def _target(self) -> None:
        target = self._shape.target
        if isinstance(target, OfClasses):
            for iri in target.classes:
                self._add(self._subject, SH.targetClass, URIRef(iri))
        elif isinstance(target, SubjectsOf):
            self._add(self._subject, SH.targetSubjectsOf, URIRef(target.predicate))
        else:
            self._add(self._subject, SH.targetNode, URIRef(IRI))

    def _node(self, rule: Values, name: str) -> None:
        """What is asked of the node itself stands in a shape of its own, so that it has words of its own."""
        own = URIRef(f"{SHAPES}{self._shape.name}.{name.rsplit('-', 1)[1]}")
        self._add(own, RDF.type, URIRef(SH.NodeShape))
        for predicate in (SH.targetClass, SH.targetSubjectsOf):
            for target in self._graph.objects(self._subject, URIRef(predicate)):
                self._add(own, predicate, target)
        self._constraints(own, rule, name)

    def _property(self, rule: Values, path: Path, name: str) -> None:
        own = BNode(name)
        self._add(self._subject, SH.property, own)
        self._add(own, SH.path, self._path(path, name))
        self._constraints(own, rule, name)

    def _path(self, path: Path, name: str) -> Node:
        if not path.inverse:
            return URIRef(path.predicate)
        back = BNode(f"{name}-path")
        self._add(back, SH.inversePath, URIRef(path.predicate))
        return back

    def _constraints(self, own: Node, rule: Values, name: str) -> None:
        self._add(own, SH.message, Literal(rule.message, lang="en"))
        self._alternatives(own, SH.datatype, rule.datatypes, f"{name}-datatypes")
        self._alternatives(own, SH["class"], rule.classes, f"{name}-classes")
        if rule.members:
            self._add(own, SH["in"], self._list(f"{name}-in", map(URIRef, rule.members)))
        numbers = {SH.minCount: rule.least or None, SH.maxCount: rule.most, SH.minInclusive: rule.minimum}
        for predicate, number in numbers.items():
            if number is not None:
                self._add(own, predicate, Literal(number))
        if rule.pattern:
            self._add(own, SH.pattern, Literal(rule.pattern))
        if rule.not_above:
            self._add(own, SH.lessThanOrEquals, URIRef(rule.not_above))

    def _alternatives(self, own: Node, predicate: str, iris: tuple[str, ...], name: str) -> None:
        if len(iris) == 1:
            self._add(own, predicate, URIRef(iris[0]))
        elif iris:
            choices = [BNode(f"{name}-{place}") for place in range(len(iris))]
            for choice, iri in zip(choices, iris, strict=True):
                self._add(choice, predicate, URIRef(iri))
                if iri in WRITTEN:
                    self._add(choice, SH.pattern, Literal(WRITTEN[iri]))
            self._add(own, SH["or"], self._list(name, choices))

    def _query(self, rule: Query, name: str) -> None:
        own = BNode(name)
        self._add(self._subject, SH.sparql, own)
        self._add(own, RDF.type, URIRef(SH.SPARQLConstraint))
        self._add(own, SH.message, Literal(rule.message, lang="en"))
        self._add(own, SH.select, Literal(select(rule)))

    def _list(self, key: str, items: Iterable[Node]) -> BNode:
        found = list(items)
        cells = [BNode(f"{key}-cell-{place}") for place in range(len(found))]
        for cell, item, rest in zip(cells, found, [*cells[1:], URIRef(RDF.nil)], strict=True):
            self._add(cell, RDF.first, item)
            self._add(cell, RDF.rest, rest)
        return cells[0]

    def _add(self, subject: Node, predicate: str, value: Node) -> None:
        self._graph.add((subject, URIRef(predicate), value))


def select(rule: Query) -> str:
    """The query of one node, as SHACL asks for it: without MINUS and VALUES."""
    variable, terms = rule.outside
    outside = f" FILTER(?{variable} NOT IN ({', '.join(f'<{term}>' for term in terms)}))" if variable else ""
    unless = f" FILTER NOT EXISTS {{ {rule.unless} }}" if rule.unless else ""
    return f"SELECT ?this ?value WHERE {{ {rule.where}{outside}{unless} }}".replace("?this", "$this")
