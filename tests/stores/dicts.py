"""The naive store: one graph in plain dicts, written to be read; the referee of all stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

from graph.identifiers import document_of
from graph.merging import Edge, Graph, Node
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

    def runs(self) -> list[Node]:
        """The LoadRun nodes."""
        return [node for node in self.graph.nodes.values() if node.label == "LoadRun"]

    def citations_of(self, sha256: str) -> list[Node]:
        """The Citation nodes of a document, in the order of lines."""
        nodes = (n for n in self.graph.nodes.values() if n.label == "Citation" and document_of(n.id) == sha256)
        return sorted(nodes, key=lambda n: (n.values["first_line"], n.values["last_line"]))

    def nodes(self, ids: Sequence[str]) -> list[Node]:
        """The nodes with those ids, as far as they are there."""
        return [self.graph.nodes[id_] for id_ in dict.fromkeys(ids) if id_ in self.graph.nodes]

    def leaving(self, ids: Sequence[str], types: Sequence[str]) -> list[Edge]:
        """The relationships of those types that start at one of the nodes."""
        wanted = set(ids)
        return [edge for edge in self.graph.edges.values() if edge.start in wanted and edge.type in types]

    def arriving(self, ids: Sequence[str], types: Sequence[str]) -> list[Edge]:
        """The relationships of those types that end at one of the nodes."""
        wanted = set(ids)
        return [edge for edge in self.graph.edges.values() if edge.end in wanted and edge.type in types]

    def stated(self, ids: Sequence[str], without: Sequence[str]) -> list[Edge]:
        """EVIDENCED_BY of those nodes: one of those that state the same values of a node."""
        edges = (e for e in self.leaving(ids, ["EVIDENCED_BY"]) if document_of(e.end) not in without)
        return list({(e.start, tuple(sorted(e.values.items(), key=str))): e for e in edges}.values())

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
