"""A graph asked from one node to its neighbours, and what the nodes are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.identifiers import fold
from graph.merging import Graph, Node
from graph.records import Value

End = tuple[Node, Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class View:
    """The relationships of a graph by type and end, in the order of the nodes' ordinals."""

    starting: dict[tuple[str, str], list[End]] = field(default_factory=lambda: defaultdict(list))
    ending: dict[tuple[str, str], list[End]] = field(default_factory=lambda: defaultdict(list))

    def out(self, type_: str, node: Node) -> list[End]:
        """The ends of the relationships of a type that start at a node, with the values on them."""
        return sorted(self.starting.get((type_, node.id), []), key=_order)

    def into(self, type_: str, node: Node) -> list[End]:
        """The starts of those that end at a node."""
        return sorted(self.ending.get((type_, node.id), []), key=_order)

    def names(self, node: Node) -> list[str]:
        """Every name of a node, the shown one first."""
        given = [str(name.values["text"]) for name, _ in self.out("HAS_NAME", node)]
        codes = [str(node.values[key]) for key in ("code", "number") if key in node.values]
        return [str(node.values.get("name", node.id)), *given, *codes]

    def called(self, node: Node, names: Iterable[str | None]) -> str:
        """The one of those names that the node bears, else its own."""
        own = self.names(node)
        folded = {fold(name) for name in own}
        return next((name for name in names if name and fold(name) in folded), own[0])


def view(graph: Graph) -> View:
    """The view of a graph."""
    found = View()
    for edge in graph.edges.values():
        start, end = graph.nodes.get(edge.start), graph.nodes.get(edge.end)
        if start and end:
            found.starting[(edge.type, edge.start)].append((end, edge.values))
            found.ending[(edge.type, edge.end)].append((start, edge.values))
    return found


def _order(end: End) -> tuple[int, str]:
    return (int(str(end[0].values.get("ordinal", 0))), end[0].id)
