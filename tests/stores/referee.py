"""The referee: answers plans over plain dicts, as naively as the words of the plan allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from graph import searching
from graph.merging import Edge, Graph, Node, all_citations
from graph.model import Direction, Property, Relation
from graph.plan import (
    Block,
    CitationsColumn,
    Column,
    EdgeColumn,
    EndColumn,
    Grouping,
    NestColumn,
    PathColumn,
    PropertyColumn,
    Rooted,
)
from graph.planner import order_property
from graph.records import Scalar
from graph.searching import Matches, Wanted
from graph.selection import (
    And,
    Compare,
    Filter,
    HasLabel,
    Not,
    OnEdge,
    Or,
    Order,
    Quantifier,
    Through,
    turned,
)
from graph.store import Key, Rows, Step
from graph.words import words
from tests.stores.dicts import DictStore
from tests.stores.grouped import Group, grouped, groups_by_property
from tests.stores.values import compares, plain, value

Way = tuple[Edge | None, Node]


class Referee(DictStore):
    """The graph in dicts, read by a naive reader."""

    def __init__(self) -> None:
        super().__init__()
        self.statements = 0

    @contextmanager
    def snapshot(self, seconds: float | None = None) -> Iterator[RefereeSnapshot]:
        """What the dicts hold; they are never slow."""
        yield RefereeSnapshot(self)

    def close(self) -> None:
        """Dicts hold nothing open."""


class RefereeSnapshot:
    """Reads the graph; every question counts as one statement."""

    def __init__(self, store: Referee) -> None:
        self._store = store
        self._graph = store.graph

    def roots(self, rooted: Rooted, block: Block) -> Rows:
        """The rows of a root list and its total."""
        self._store.statements += 1
        ways: list[Way] = [(None, node) for node in self._graph.nodes.values() if node.label == rooted.label]
        total, page = listed(self._graph, ways, rooted)
        rows = [row(self._graph, node, block) for _, node in page]
        return Rows(rows, total, groups(self._graph, ways, rooted))

    def rows(self, label: str, ids: Sequence[str], block: Block) -> dict[str, list[Any]]:
        """The row of each node of that label among the ids."""
        self._store.statements += 1
        found = [self._graph.nodes[id_] for id_ in ids if id_ in self._graph.nodes]
        return {node.id: row(self._graph, node, block) for node in found if node.label == label}

    def labels(self, ids: Sequence[str]) -> dict[str, str]:
        """The label of each id that is there."""
        self._store.statements += 1
        return {id_: self._graph.nodes[id_].label for id_ in ids if id_ in self._graph.nodes}

    def whole(self, ids: Sequence[str]) -> list[Node]:
        """The nodes with those ids."""
        self._store.statements += 1
        return self._store.nodes(ids)

    def search(self, wanted: Wanted) -> Matches:
        """The nodes that match by one of their texts."""
        self._store.statements += 1
        return searched(self._graph, wanted)

    def joined(self, id_: str, type_: str, direction: Direction, after: str, most: int | None) -> list[Edge]:
        here, other = ("start", "end") if direction is Direction.OUT else ("end", "start")
        found = [e for e in self._graph.edges.values() if (e.type, getattr(e, here)) == (type_, id_)]
        behind = [e for e in found if getattr(e, other) > after]
        return sorted(behind, key=lambda e: str(getattr(e, other)))[:most]

    def edge(self, type_: str, start: str, end: str) -> Edge | None:
        return self._graph.edges.get((type_, start, end))

    def citing(self, citation: str, after: Key, most: int) -> list[Edge]:
        """The relationships that a citation states."""
        found = [e for e in self._graph.edges.values() if e.key > after and citation in all_citations(e)]
        return sorted(found, key=lambda e: e.key)[:most]

    def steps(self, ids: Sequence[str], types: Sequence[str]) -> list[Step]:
        """Every relationship of those types that starts or ends at one of the nodes."""
        self._store.statements += 1
        edges = (e for e in self._graph.edges.values() if e.type in types and {e.start, e.end} & set(ids))
        return sorted(Step(e.type, e.start, e.end, tuple(cited(e)) if "citations" in e.values else ()) for e in edges)

    def scan(self, label: str) -> Iterator[Node]:
        """Every node of a label, sorted by id."""
        return iter(sorted((n for n in self._graph.nodes.values() if n.label == label), key=lambda n: n.id))

    def scan_edges(self, type_: str) -> Iterator[Edge]:
        """Every relationship of a type, sorted by start, then end."""
        return iter(sorted((e for e in self._graph.edges.values() if e.type == type_), key=lambda e: e.key))


def searched(graph: Graph, wanted: Wanted) -> Matches:
    """Every text of every node is read, those of names as texts of what they name."""
    named = {edge.end: edge.start for edge in graph.edges.values() if edge.type == "HAS_NAME"}
    found: dict[str, int] = {}
    for node in graph.nodes.values():
        owner = graph.nodes[named.get(node.id, node.id)]
        for text in searching.texts(node) if wanted.labels is None or owner.label in wanted.labels else ():
            place = searching.rank(wanted.query, text.kind, words(text.text)) if text.kind in wanted.kinds else None
            found[owner.id] = max(found.get(owner.id, -1), -1 if place is None else place)
    hits = sorted((-place, id_) for id_, place in found.items() if place >= 0)
    left = [hit for hit in hits if wanted.after is None or hit > (-wanted.after[0], wanted.after[1])]
    return Matches(len(hits), [(-place, id_) for place, id_ in left[: wanted.limit]])


def row(graph: Graph, node: Node, block: Block) -> list[Any]:
    """The columns of a node."""
    return [column(graph, node, c) for c in block.columns]


def column(graph: Graph, node: Node, wanted: Column) -> Any:
    """One column of a node."""
    if isinstance(wanted, NestColumn):
        return nest(graph, node, wanted)
    if isinstance(wanted, PathColumn):
        return end_of_path(graph, node, wanted.path, wanted.property, wanted.greatest)
    return plain(value(node, wanted.property.key))


def nest(graph: Graph, node: Node, column: NestColumn) -> list[Any]:
    """What a relation leads to: the total where it is asked, and the rows."""
    ways = ways_from(graph, node, column.relation)
    total, page = listed(graph, ways, column)
    rows = [[*(cell(graph, way, c) for c in column.edge), child(graph, way[1], column)] for way in page]
    return [total, rows, *groups(graph, ways, column)]


def groups(graph: Graph, ways: Sequence[Way], wanted: Rooted | NestColumn) -> list[list[Any]]:
    """The groups of a list for each of its groupings."""
    left = [way for way in ways if holds(graph, way, wanted.filter)]
    return [grouped([(way[1], groups_of(graph, way, g)) for way in left], g) for g in wanted.groupings]


def groups_of(graph: Graph, way: Way, grouping: Grouping) -> list[Group]:
    """The groups in which a node stands."""
    edge, node = way
    if not isinstance(grouping.by, Relation):
        return groups_by_property(node, edge, grouping)
    shared = (far for _, far in ways_from(graph, node, grouping.by))
    return [(value(far, "name"), value(far, "name"), far.id) for far in shared]


def child(graph: Graph, node: Node, column: NestColumn) -> Any:
    """The last of an entry."""
    if column.block:
        return row(graph, node, column.block)
    return node.id if column.relation.target else [node.id, node.label]


def cell(graph: Graph, way: Way, column: EdgeColumn) -> Any:
    """One column of a relationship."""
    edge, node = way
    assert edge is not None
    if isinstance(column, PropertyColumn):
        return plain(edge.values.get(column.property.key))
    if isinstance(column, EndColumn):
        return plain(value(node, column.property.key))
    if isinstance(column, PathColumn):
        return end_of_path(graph, node, column.path, column.property, column.greatest)
    if isinstance(column, CitationsColumn):
        return [row(graph, graph.nodes[c], column.block) if column.block else c for c in cited(edge)]
    return {key: plain(v) for key, v in edge.values.items()}


def cited(edge: Edge) -> list[str]:
    """The ids of a relationship's citations, in its order."""
    citations = edge.values["citations"]
    assert isinstance(citations, tuple)
    return [str(c) for c in citations]


def listed(graph: Graph, ways: Sequence[Way], wanted: Rooted | NestColumn) -> tuple[int | None, list[Way]]:
    """The total and the page of a list."""
    left = [way for way in ways if holds(graph, way, wanted.filter)]
    left.sort(key=lambda way: way[1].id)
    for order in reversed(wanted.orders):
        left.sort(key=lambda way, order=order: rank(key(graph, way, order)), reverse=order.descending)  # type: ignore[misc]
    total = len(left) if wanted.total else None
    if wanted.after is not None:
        after = wanted.after
        left = [way for way in left if comes_after(graph, way, wanted.orders, after)]
    if wanted.before is not None:
        before = wanted.before
        left = [way for way in left if comes_after(graph, way, turned(wanted.orders), before)]
    return total, left[: wanted.limit] if wanted.limit is not None else []


def key(graph: Graph, way: Way, order: Order) -> Any:
    """The value by which an order sorts."""
    edge, node = way
    prop = order_property(order.property)
    if order.edge:
        assert edge is not None
        return edge.values.get(prop.key)
    return end_of_path(graph, node, order.path, prop, order.greatest)


def end_of_path(graph: Graph, node: Node, path: Sequence[Relation], prop: Property, greatest: bool) -> Any:
    """The property of the node, or of what the relations lead to from there: the least value, or the greatest."""
    nodes = [node]
    for relation in path:
        nodes = [far for near in nodes for _, far in ways_from(graph, near, relation)]
    stated = sorted(v for v in (value(far, prop.key) for far in nodes) if v is not None)
    return stated[-1 if greatest else 0] if stated else None


def rank(wanted: Any) -> tuple[bool, Any]:
    """A missing value is greater than all others."""
    return (wanted is None, 0 if wanted is None else wanted)


def comes_after(graph: Graph, way: Way, orders: Sequence[Order], keys: Sequence[Scalar | None]) -> bool:
    """Whether a node stands after those keys of the order."""
    for order, place in zip(orders, keys, strict=True):
        own, other = rank(key(graph, way, order)), rank(place)
        if own != other:
            return (own < other) if order.descending else (own > other)
    return False


def ways_from(graph: Graph, node: Node, relation: Relation) -> list[Way]:
    """The relationships of a relation and the nodes that they lead to."""
    out = relation.direction is Direction.OUT
    edges = (e for e in graph.edges.values() if e.type == relation.type.type and node.id == (e.start if out else e.end))
    ways = ((edge, graph.nodes[edge.end if out else edge.start]) for edge in edges)
    return [way for way in ways if way[1].label in relation.targets]


def holds(graph: Graph, way: Way, wanted: Filter) -> bool:
    """Whether a node, and the relationship over which it is reached, match a filter."""
    edge, node = way
    match wanted:
        case And(filters) | Or(filters):
            matching = (holds(graph, way, f) for f in filters)
            return all(matching) if isinstance(wanted, And) else any(matching)
        case Not(inner):
            return not holds(graph, way, inner)
        case OnEdge(inner):
            assert edge is not None
            return holds(graph, (None, Node(node.label, node.id, edge.values)), inner)
        case HasLabel(labels):
            return node.label in labels
        case Compare():
            return compares(value(node, wanted.property.key), wanted.operator, wanted.value)
        case Through(relation, quantifier, inner):
            matches = [holds(graph, far, inner) for far in ways_from(graph, node, relation)]
            return all(matches) if quantifier is Quantifier.ALL else any(matches) is (quantifier is Quantifier.SOME)
