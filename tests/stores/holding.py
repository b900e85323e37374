"""What a store holds."""

from __future__ import annotations

from graph.merging import Graph
from graph.model import MODEL
from graph.store import Store


def whole(store: Store) -> Graph:
    """All that a store holds."""
    graph = Graph()
    with store.snapshot() as snapshot:
        for label in MODEL.labels:
            graph.put(*snapshot.scan(label))
        for relationship in MODEL.relationships:
            graph.put(*snapshot.scan_edges(relationship.type))
    return graph
