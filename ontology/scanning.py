"""What the export reads: a snapshot of a store label by label and type by type, and what it knows of all documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from graph.continuing import continued, reports_before
from graph.merging import Edge, Graph, Node, Statements, document_graph, merge
from graph.records import DocumentFacts


class Scanned(Protocol):
    """What is read whole, label by label and type by type, as a snapshot of a store is."""

    def scan(self, label: str) -> Iterator[Node]:
        """Every node of a label, sorted by id."""

    def scan_edges(self, type_: str) -> Iterator[Edge]:
        """Every relationship of a type, sorted by start, then end."""


class Merged:
    """What a store would hold of some documents and of nothing else."""

    def __init__(self, documents: Iterable[DocumentFacts], *more: Node) -> None:
        graph = _merged(tuple(documents))
        graph.put(*more)
        self._nodes, self._edges = defaultdict[str, list[Node]](list), defaultdict[str, list[Edge]](list)
        for _, node in sorted(graph.nodes.items()):
            self._nodes[node.label].append(node)
        for _, edge in sorted(graph.edges.items()):
            self._edges[edge.type].append(edge)

    def scan(self, label: str) -> Iterator[Node]:
        """Every node of a label, sorted by id."""
        return iter(self._nodes[label])

    def scan_edges(self, type_: str) -> Iterator[Edge]:
        """Every relationship of a type, sorted by start, then end."""
        return iter(self._edges[type_])


def _merged(documents: tuple[DocumentFacts, ...]) -> Graph:
    """What they state together, with what the ledger's rule derives from it."""
    statements = Statements()
    for facts in documents:
        statements.add(facts)
    graph, _ = merge(statements)
    for facts in documents:
        own = document_graph(facts)
        graph.put(*own.nodes.values(), *own.edges.values())
    graph.edges = {**continued(graph, reports_before(graph)), **graph.edges}
    return graph


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents by their hashes: those whose wording is left out, and the recency of each."""

    hidden: frozenset[str]
    recency: Mapping[str, str]

    @classmethod
    def of(cls, snapshot: Scanned, with_quotes: bool) -> Documents:
        """Those of a snapshot; hidden are those that say themselves that not everybody may read them."""
        return cls.among(snapshot.scan("Document"), with_quotes)

    @classmethod
    def among(cls, nodes: Iterable[Node], with_quotes: bool = False) -> Documents:
        """Those among nodes."""
        found = {str(node.values["sha256"]): node.values for node in nodes if node.label == "Document"}
        hidden = {sha for sha, values in found.items() if values.get("distribution") == "restricted"}
        recency = {sha: str(values.get("recency", "")) for sha, values in found.items()}
        return cls(frozenset() if with_quotes else frozenset(hidden), recency)
