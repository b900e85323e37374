"""What the graph states, triple by triple in a fixed order, each with the named graphs in which it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from graph.differing import differs, items
from graph.identifiers import document_of, label_of
from graph.merging import Edge, Node, is_of_rule
from graph.model import MODEL, RelationshipType
from graph.records import Value, Values
from ontology.alignment import CLASSES
from ontology.columns import (
    CG_TERMS,
    Column,
    Term,
    edge_columns,
    edge_wording,
    evidence_columns,
    node_columns,
    node_wording,
)
from ontology.links import outward
from ontology.namespaces import DCTERMS, OA, RDF, RDFS, SCHEMA
from ontology.parts import UNEXPORTED, WHOLE, Part
from ontology.scanning import Documents, Scanned
from ontology.stating import (
    Evidence,
    Graphs,
    Said,
    Stated,
    graphs_of,
    newest,
    said_of,
    shown,
    stating,
    writable,
)
from ontology.terms import CITATION, DIFFERING, DIFFERS, OBJECT, SUBJECT, statement_class
from ontology.things import Things

Fact: TypeAlias = tuple[NamedNode, NamedNode, Term | Triple, Graphs]

RFC_5147 = NamedNode("http://tools.ietf.org/rfc/rfc5147")

_RDF, _OA, _DCTERMS = RDF.made(NamedNode), OA.made(NamedNode), DCTERMS.made(NamedNode)
_TYPE, _REIFIES = _RDF.type, _RDF.reifies
_LABEL = NamedNode(RDFS.label)
_SAME_AS = NamedNode(SCHEMA.sameAs)
_SUBJECT, _OBJECT, _CITATION = CG_TERMS[SUBJECT], CG_TERMS[OBJECT], CG_TERMS[CITATION]
_EVIDENCED_BY = MODEL.relationship("EVIDENCED_BY")
_EVIDENCED = CG_TERMS[_EVIDENCED_BY.term]
_HAS_NAME = "HAS_NAME"
_ASSERTED = frozenset({"assertion", "rule"})
_USUAL = ("precedence", 0)
_RESOLVED = frozenset({"id", "name", "aliases"})


def facts(
    snapshot: Scanned, things: Things, with_quotes: bool = False, part: Part = WHOLE, *, reified: bool = False
) -> Iterator[Fact]:
    """Every fact of a part: nodes by id with what is said of each, then relationships by type, start and end.

    A document's graph holds what it states; the graph of identity holds which things there are, their ids and names,
    which are the project's reading of all documents. Wording that only restricted documents state is left out unless
    `with_quotes`; a document whose distribution is not stated does not count as restricted. LoadRun is left out.
    With `reified` each statement also reifies its triple, as RDF 1.2 says it.
    """
    documents = Documents.of(snapshot, with_quotes)
    walk = Walk(things, documents, part, reified=reified)
    found = chain(walk.nodes(snapshot), walk.relationships(snapshot))
    if part is WHOLE:
        return found
    narrowed = ((s, p, o, part.graphs(graphs)) for s, p, o, graphs in found)
    return (fact for fact in narrowed if fact[3])


class Walk:
    """One pass over a part of a snapshot."""

    def __init__(self, things: Things, documents: Documents, part: Part = WHOLE, *, reified: bool = False) -> None:
        self._things = things
        self._documents = documents
        self._part = part
        self._reified = reified
        self._identity = (things.identity,)

    def nodes(self, snapshot: Scanned) -> Iterator[Fact]:
        """The nodes of all labels in one order of ids, beside the evidence in the same order."""
        evidence = Evidence(snapshot.scan_edges(_EVIDENCED_BY.type))
        for type_ in sorted(MODEL.nodes, key=lambda n: f"{n.prefix}/"):
            for found in snapshot.scan(type_.label) if type_.label != UNEXPORTED else ():
                stated = evidence.of(found.id) if type_.cited else ()
                if self._part.node(found, stated):
                    yield from self.node(found, stated)
        evidence.close()

    def node(self, found: Node, evidence: Sequence[Edge]) -> Iterator[Fact]:
        """One node, with its evidence where it is cited."""
        if MODEL.node(found.label).cited:
            stated = self._all_stated(evidence)
            written = writable(stated, node_wording(found.label))
            yield from self._values(found, stated, written)
            yield from self._evidences(evidence, written)
        elif found.label == "Name":
            yield from self._node(found, self._identity, ())
        else:
            yield from self._provenance(found)

    def relationships(self, snapshot: Scanned) -> Iterator[Fact]:
        """The relationships of all types but evidence, which stands with the nodes."""
        for relationship in MODEL.relationships:
            if not relationship.carries_values:
                found = snapshot.scan_edges(relationship.type)
                whole = self._part is WHOLE
                yield from self.edges(relationship, found if whole else filter(self._part.edge, found))

    def edges(self, relationship: RelationshipType, found: Iterable[Edge]) -> Iterator[Fact]:
        """The plain triple of each relationship and, where it is cited, its statement."""
        predicate = CG_TERMS[relationship.term]
        for edge in found:
            start, end = self._things.thing(edge.start), self._things.thing(edge.end)
            if relationship.cited:
                graphs = self._citing(edge)
                yield start, predicate, end, graphs
                yield from self._cited(relationship, edge, graphs)
            else:
                graphs = (self._things.graph_of(edge.start),)
                yield start, predicate, end, graphs
                yield start, _OA.hasSource, end, graphs

    def values(self, found: Node, evidence: Sequence[Edge]) -> Iterator[Fact]:
        """What a cited node is, by its evidence."""
        stated = self._all_stated(evidence)
        yield from self._values(found, stated, writable(stated, node_wording(found.label)))

    def evidence(self, evidence: Sequence[Edge], among: Sequence[Edge] | None = None) -> Iterator[Fact]:
        """The citations of a node, then what each of them states; `among` is all evidence of it, where that is more."""
        every = evidence if among is None else among
        wording = node_wording(label_of(evidence[0].start)) if evidence else frozenset[str]()
        written = dict(zip([edge.end for edge in every], writable(self._all_stated(every), wording), strict=True))
        yield from self._evidences(evidence, [written[edge.end] for edge in evidence])

    def _values(self, found: Node, stated: Sequence[Stated], written: Sequence[Stated]) -> Iterator[Fact]:
        """What a cited node is; `written` is what is stated without the wording that is left out."""
        values = shown(found.values, stated, node_wording(found.label), self._documents.recency)
        node = found if values is found.values else replace(found, values=values)
        yield from self._node(node, self._identity, written)

    def _evidences(self, evidence: Sequence[Edge], stated: Sequence[Stated]) -> Iterator[Fact]:
        for edge, said in zip(evidence, stated, strict=True):
            yield self._things.thing(edge.start), _EVIDENCED, self._things.thing(edge.end), (said.graph,)
        for edge, said in zip(evidence, stated, strict=True):
            yield from self._evidence(edge, said)

    def brief(self, found: Node) -> Iterator[Fact]:
        """What a node is and what it is called."""
        thing = self._things.thing(found.id)
        yield thing, _TYPE, CG_TERMS[found.label], self._identity
        if "name" in found.values:
            yield thing, _LABEL, Literal(str(found.values["name"])), self._identity

    def _all_stated(self, evidence: Sequence[Edge]) -> list[Stated]:
        return [self._stated(edge.end, edge.values) for edge in evidence]

    def _provenance(self, found: Node) -> Iterator[Fact]:
        """A document or a citation: all of it stands in the graph of its document."""
        stated = self._stated(found.id, found.values)
        yield from self._node(found, (stated.graph,), (stated,))
        if found.label == "Citation":
            yield from self._selectors(found, stated)

    def _node(self, found: Node, own: Graphs, stated: Sequence[Stated]) -> Iterator[Fact]:
        thing, label = self._things.thing(found.id), found.label
        yield thing, _TYPE, CG_TERMS[label], own
        if label in CLASSES:
            yield thing, _TYPE, NamedNode(CLASSES[label]), own
        for column in node_columns(label):
            value = found.id if column.key == "id" else column.of(found.values)
            if value is not None:
                said = () if column.key in _RESOLVED else stated
                yield from _written(thing, column, value, own, said)
        if link := outward(found):
            yield thing, _SAME_AS, NamedNode(link), self._identity

    def _selectors(self, citation: Node, stated: Stated) -> Iterator[Fact]:
        thing, lines, graphs = self._things.thing(citation.id), self._things.lines(citation.id), (stated.graph,)
        first, last = citation.values["first_line"], citation.values["last_line"]
        yield thing, _OA.hasSelector, lines, graphs
        yield lines, _TYPE, _OA.FragmentSelector, graphs
        yield lines, _DCTERMS.conformsTo, RFC_5147, graphs
        yield lines, _RDF.value, Literal(f"line={int(str(first)) - 1},{last}"), graphs
        text = citation.values.get("quote")
        if text is not None and stated.open:
            quoted = self._things.quote(citation.id)
            yield thing, _OA.hasSelector, quoted, graphs
            yield quoted, _TYPE, _OA.TextQuoteSelector, graphs
            yield quoted, _OA.exact, Literal(str(text)), graphs

    def _evidence(self, edge: Edge, said: Stated) -> Iterator[Fact]:
        """A statement with the values that a citation states, where it states any that may be shown."""
        graphs = (said.graph,)
        values = said.values
        columns = [c for c in evidence_columns(label_of(edge.start)) if c.key in values]
        if columns and (columns[-1].key, values[columns[-1].key]) == _USUAL:
            del columns[-1]
        if columns:
            statement = self._things.statement(_EVIDENCED_BY, edge.start, edge.end)
            yield from self._ends(statement, _EVIDENCED_BY, edge, graphs)
            for column in columns:
                for item in items(values[column.key]):
                    yield statement, column.predicates[0], column.term(item), graphs

    def _cited(self, relationship: RelationshipType, edge: Edge, graphs: Graphs) -> Iterator[Fact]:
        """The statement that is shown, and those of documents that state something else."""
        said = said_of(edge, self._things.graph_of, self._documents.hidden, edge_wording(edge.type))
        same = [one.stated for one in said if one.ends == (edge.start, edge.end)]
        values = edge.values
        if same:
            if edge.type == _HAS_NAME:
                values = {**newest(same, self._documents.recency).values, **values}
            values = shown(values, same, edge_wording(edge.type), self._documents.recency)
        shown_edge = edge if values is edge.values else replace(edge, values=values)
        yield from self._statement(relationship, shown_edge, graphs, same)
        for one in said if len(said) > 1 else ():
            if one.ends != (edge.start, edge.end) or differs(one.stated.values, values):
                yield from self._differing(relationship, edge, one)

    def _differing(self, relationship: RelationshipType, edge: Edge, said: Said) -> Iterator[Fact]:
        link, graphs, values = said.link, (said.stated.graph,), said.stated.values
        statement = self._things.differing(relationship, link.start, link.end, document_of(link.citations[0]))
        yield statement, _TYPE, CG_TERMS[DIFFERING], graphs
        yield statement, CG_TERMS[DIFFERS], self._things.statement(relationship, edge.start, edge.end), graphs
        yield statement, _SUBJECT, self._things.thing(link.start), graphs
        yield statement, _OBJECT, self._things.thing(link.end), graphs
        for citation in filter(self._part.citation, link.citations):
            yield statement, _CITATION, self._things.thing(citation), graphs
        for column in edge_columns(relationship.type):
            for item in items(values.get(column.key, ())):
                yield statement, column.predicates[0], column.term(item), graphs

    def _statement(
        self, relationship: RelationshipType, edge: Edge, graphs: Graphs, stated: Sequence[Stated]
    ) -> Iterator[Fact]:
        statement = self._things.statement(relationship, edge.start, edge.end)
        yield from self._ends(statement, relationship, edge, graphs)
        named = graphs == self._identity
        for citation in items(edge.values["citations"]):
            if not self._part.citation(str(citation)):
                continue
            place = graphs if named else (self._things.graph_of(str(citation)),)
            yield statement, _CITATION, self._things.thing(str(citation)), place
        for column in edge_columns(relationship.type):
            if column.key in edge.values:
                told = () if named and column.key in _ASSERTED else stated
                yield from _written(statement, column, edge.values[column.key], graphs, told)

    def _ends(self, statement: NamedNode, relationship: RelationshipType, edge: Edge, graphs: Graphs) -> Iterator[Fact]:
        yield statement, _TYPE, CG_TERMS[statement_class(relationship)], graphs
        yield statement, _SUBJECT, self._things.thing(edge.start), graphs
        yield statement, _OBJECT, self._things.thing(edge.end), graphs
        if self._reified:
            start, end = self._things.thing(edge.start), self._things.thing(edge.end)
            yield statement, _REIFIES, Triple(start, CG_TERMS[relationship.term], end), graphs

    def _citing(self, edge: Edge) -> Graphs:
        """The graphs of the documents that state the relationship; in that of identity stand names, and what is
        derived from several documents together."""
        if edge.type == _HAS_NAME or is_of_rule(edge):
            return self._identity
        return tuple(dict.fromkeys(self._things.graph_of(str(c)) for c in items(edge.values["citations"])))

    def _stated(self, place: str, values: Values) -> Stated:
        """What stands in the document with that id, or in that of the citation with that id."""
        return Stated(place, self._things.graph_of(place), document_of(place) not in self._documents.hidden, values)


def _written(thing: NamedNode, column: Column, value: Value, own: Graphs, stated: Sequence[Stated]) -> Iterator[Fact]:
    """The triples of one property, each in the graphs of those who state that value, else in `own`.

    Wording is written only where someone open states exactly it: what is of no known origin stays inside.
    """
    for item in items(value):
        told = stating(column.key, item, stated) if stated else []
        if column.verbatim and not any(one.open for one in told):
            continue
        term, graphs = column.term(item), graphs_of(told) if told else own
        for predicate in column.predicates:
            yield thing, predicate, term, graphs
