"""The naive store: one graph in plain dicts, written to be read; the referee of all stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

from graph.identifiers import document_of
from graph.merging import Graph, Node
from graph.model import MODEL
from graph.store import Change


class DictStore:
    """Keeps the graph that it is told, and nothing else."""

    def __init__(self) -> None:
        self.graph = Graph()

    def prepare(self) -> None:
        """Dicts need no constraint: a key is unique by itself."""

    def alone(self) -> AbstractContextManager[None]:
        """Nobody else writes."""
        return nullcontext()

    def documents(self) -> list[Node]:
        """The Document nodes, sorted by id."""
        return sorted((n for n in self.graph.nodes.values() if n.label == "Document"), key=lambda n: n.id)

    def claimed_by(self, sha256: str) -> list[str]:
        """The ids of all nodes of which a document states something, sorted."""
        edges = self.graph.edges.values()
        return sorted({e.start for e in edges if e.type == "EVIDENCED_BY" and document_of(e.end) == sha256})

    def citations_of(self, sha256: str) -> list[Node]:
        """The Citation nodes of a document, in the order of lines."""
        nodes = (n for n in self.graph.nodes.values() if n.label == "Citation" and document_of(n.id) == sha256)
        return sorted(nodes, key=lambda n: (n.values["first_line"], n.values["last_line"]))

    def around(self, ids: Sequence[str]) -> Graph:
        """The nodes with those ids and every relationship that starts at one of them."""
        wanted, found = set(ids), Graph()
        found.put(*(node for id_, node in self.graph.nodes.items() if id_ in wanted))
        found.put(*(edge for edge in self.graph.edges.values() if edge.start in wanted))
        return found

    def apply(self, change: Change) -> None:
        """Writes the change: deletions first, since what is put replaces what was there."""
        for key in change.delete_edges:
            del self.graph.edges[key]
        for id_ in change.delete_nodes:
            del self.graph.nodes[id_]
        self.graph.put(*change.put_nodes, *change.put_edges)
        for edge in self.graph.edges.values():
            assert edge.start in self.graph.nodes and edge.end in self.graph.nodes, f"{edge.key} hangs in the air"

    def counts(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """The number of nodes by label and of relationships by type, in the order of the model, zeros included."""
        nodes, edges = dict.fromkeys(MODEL.labels, 0), {r.type: 0 for r in MODEL.relationships}
        for node in self.graph.nodes.values():
            nodes[node.label] += 1
        for edge in self.graph.edges.values():
            edges[edge.type] += 1
        return nodes, edges
