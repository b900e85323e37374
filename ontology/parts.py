"""Which part of the graph an export holds: all of it, one named graph, one class, or what one document states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from pyoxigraph import NamedNode

from graph.errors import UsageError
from graph.identifiers import document_id, document_of, label_of
from graph.merging import Edge, Node, all_citations, is_of_rule
from graph.model import MODEL
from graph.store import Snapshot
from ontology.stating import Graphs
from ontology.things import Things

GRAPH, CLASS, DOCUMENT = "graph", "class", "document"
PARTS = (GRAPH, CLASS, DOCUMENT)
UNEXPORTED = "LoadRun"
EXPORTED_LABELS = tuple(label for label in MODEL.labels if label != UNEXPORTED)


class UnknownPart(UsageError):
    """A part that the graph does not have, or more than one part."""


class Part:
    """The whole graph; a part says less."""

    def node(self, found: Node, evidence: Sequence[Edge] = ()) -> bool:
        """Whether a node is written; `evidence` is that of what is cited."""
        return True

    def edge(self, edge: Edge) -> bool:
        """Whether a relationship is written."""
        return True

    def citation(self, id_: str) -> bool:
        """Whether a citation of what is written is named."""
        return True

    def graphs(self, found: Graphs) -> Graphs:
        """Those of the graphs in which a fact stands that are written."""
        return found


class OneGraph(Part):
    """What stands in one named graph."""

    def __init__(self, graph: NamedNode) -> None:
        self._graph = (graph,)

    def graphs(self, found: Graphs) -> Graphs:
        """That graph, where the fact stands in it."""
        return self._graph if self._graph[0] in found else ()


class OneClass(Part):
    """The nodes of a label with all that is said of them, and the citations and documents that say it."""

    def __init__(self, label: str, edges: Iterable[Edge]) -> None:
        self._label = label
        self._cited = {citation for edge in edges if self.edge(edge) for citation in _cited(edge)}
        self._documents = {document_of(citation) for citation in self._cited}

    def node(self, found: Node, evidence: Sequence[Edge] = ()) -> bool:
        """Whether the node is of the label, names such a node, or says something of it."""
        if found.label == "Citation":
            return found.label == self._label or found.id in self._cited
        if found.label == "Document":
            return found.label == self._label or document_of(found.id) in self._documents
        named = found.label == "Name" and label_of(found.id.split("/", 1)[1]) == self._label
        return named or found.label == self._label

    def edge(self, edge: Edge) -> bool:
        """Whether the relationship starts or ends at a node of the label, or says where a citation of one stands."""
        if self._label in (label_of(edge.start), label_of(edge.end)):
            return True
        return edge.type == "FROM_DOCUMENT" and edge.start in self._cited


class OneDocument(Part):
    """What a document states, with the ids and names of the things that it speaks of."""

    def __init__(self, sha256: str, things: Things, names: Iterable[Edge]) -> None:
        self._sha256 = sha256
        self._graphs = frozenset((things.identity, things.thing(document_id(sha256))))
        self._names = {edge.end for edge in names if self.edge(edge)}

    def node(self, found: Node, evidence: Sequence[Edge] = ()) -> bool:
        """Whether the document states the node."""
        if found.label == "Name":
            return found.id in self._names
        if found.label in ("Citation", "Document"):
            return self.citation(found.id)
        return any(self.citation(edge.end) for edge in evidence)

    def edge(self, edge: Edge) -> bool:
        """Whether the document states the relationship."""
        if edge.type == "FROM_DOCUMENT":
            return self.citation(edge.start)
        return not is_of_rule(edge) and any(self.citation(c) for c in _cited(edge))

    def citation(self, id_: str) -> bool:
        """Whether the citation stands in the document."""
        return document_of(id_) == self._sha256

    def graphs(self, found: Graphs) -> Graphs:
        """The graphs of the document and of identity."""
        return tuple(graph for graph in found if graph in self._graphs)


WHOLE = Part()


def part(snapshot: Snapshot, things: Things, wanted: Mapping[str, str]) -> Part:
    """The part that is wanted: nothing, or one of `graph` (an IRI), `class` (a label) and `document` (a hash).

    Raises `UnknownPart` for what the snapshot does not hold; the message names what it holds.
    """
    if len(wanted) > 1 or not wanted.keys() <= set(PARTS):
        raise UnknownPart(f"{', '.join(wanted)}: a part is given by one of {', '.join(PARTS)}")
    for key, value in wanted.items():
        return {GRAPH: _one_graph, CLASS: _one_class, DOCUMENT: _one_document}[key](snapshot, things, value)
    return WHOLE


def _one_graph(snapshot: Snapshot, things: Things, iri: str) -> Part:
    documents = (things.thing(node.id) for node in snapshot.scan("Document"))
    graphs = {graph.value: graph for graph in (things.identity, *documents)}
    if iri not in graphs:
        raise UnknownPart(f"graph {iri!r} is none of the export; it has {', '.join(graphs)}")
    return OneGraph(graphs[iri])


def _one_class(snapshot: Snapshot, things: Things, label: str) -> Part:
    if label not in EXPORTED_LABELS:
        near = get_close_matches(label, EXPORTED_LABELS, 1)
        meant = f"; the nearest is {near[0]}" if near else ""
        raise UnknownPart(f"class {label!r} is none of the export{meant}; it has {', '.join(EXPORTED_LABELS)}")
    return OneClass(label, _edges_at(snapshot, label))


def _one_document(snapshot: Snapshot, things: Things, given: str) -> Part:
    known = [str(node.values["sha256"]) for node in snapshot.scan("Document")]
    found = [sha256 for sha256 in known if given and sha256.startswith(given)]
    if len(found) != 1:
        why = "begins the hash of several documents" if found else "is no document that is loaded"
        raise UnknownPart(f"document {given!r} {why}; loaded are {', '.join(found or known) or 'none'}")
    return OneDocument(found[0], things, snapshot.scan_edges("HAS_NAME"))


def _edges_at(snapshot: Snapshot, label: str) -> Iterator[Edge]:
    for relationship in MODEL.relationships:
        if any(label in (pair.start, pair.end) for pair in relationship.pairs):
            yield from snapshot.scan_edges(relationship.type)


def _cited(edge: Edge) -> Sequence[str]:
    """The citations of all that is stated of a relationship; evidence is a citation itself."""
    return (edge.end,) if edge.type == "EVIDENCED_BY" else all_citations(edge)
