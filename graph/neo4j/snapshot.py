"""One read transaction on Neo4j, and how nodes and relationships are read whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from graph.identifiers import label_of
from graph.merging import Edge, Node
from graph.model import MODEL, Direction
from graph.neo4j import cypher
from graph.neo4j.filters import Parameters
from graph.neo4j.searching import search
from graph.neo4j.words import ENTITY, HIDDEN, quoted
from graph.plan import Block, Rooted
from graph.records import Value
from graph.remembering import statement
from graph.searching import Matches, Wanted
from graph.store import Key, Rows, Step

Stream = Callable[[str, Mapping[str, Any]], Iterator[list[Any]]]


class Neo4jSnapshot:
    """What is read for one answer; each statement gives what is committed when it runs.

    `ask` runs a statement whose answer is read at once, `streaming` begins what runs statements that are read slowly.
    """

    def __init__(self, ask: Stream, streaming: Callable[[], Stream]) -> None:
        self._ask = ask
        self._streaming = streaming

    def roots(self, rooted: Rooted, block: Block) -> Rows:
        """The rows of a root list and its total, in one statement."""
        write = partial(cypher.root_statement, rooted, block)
        text, parameters = statement(rooted.made, block, "rows", Parameters, write)
        ((total, rows, *groups),) = self._ask(text, parameters.values)
        return Rows(rows, total, groups)

    def rows(self, label: str, ids: Sequence[str], block: Block) -> dict[str, list[Any]]:
        """The row of each node of that label among the ids."""
        write = partial(cypher.rows_statement, label, block)
        text, parameters = statement(block.made, block, label, Parameters, write)
        ((found,),) = self._ask(text, {**parameters.values, cypher.IDS: list(ids)})
        return dict(found)

    def labels(self, ids: Sequence[str]) -> dict[str, str]:
        """The label of each id that is there."""
        parameters = Parameters()
        ((found,),) = self._ask(cypher.labels_statement(ids, parameters), parameters.values)
        return dict(found)

    def whole(self, ids: Sequence[str]) -> list[Node]:
        """The nodes with those ids, whole."""
        wanted = f"MATCH (n:{ENTITY}) WHERE n.id IN $ids RETURN n.id, properties(n)"
        records = self._ask(wanted, {"ids": list(ids)}) if ids else ()
        return [node for record in records for node in read_nodes(label_of(record[0]), iter([record]))]

    def joined(self, id_: str, type_: str, direction: Direction, after: str, most: int | None) -> list[Edge]:
        """The relationships of a type from a node or to it."""
        out = direction is Direction.OUT
        way = f"-[r:{quoted(type_)}]->" if out else f"<-[r:{quoted(type_)}]-"
        ends = "n.id, m.id" if out else "m.id, n.id"
        source = f"MATCH (n:{ENTITY} {{id: $id}}){way}(m:{ENTITY}) WHERE m.id > $after"
        order = f"ORDER BY m.id{'' if most is None else ' LIMIT $most'}"
        given = {"id": id_, "after": after, **({} if most is None else {"most": most})}
        return list(read_edges(self._ask(f"{source} RETURN '{type_}', {ends}, properties(r) {order}", given)))

    def edge(self, type_: str, start: str, end: str) -> Edge | None:
        """The relationship of that type between those ids."""
        source = f"MATCH (a:{ENTITY} {{id: $start}})-[r:{quoted(type_)}]->(b:{ENTITY} {{id: $end}})"
        wanted = f"{source} RETURN '{type_}', a.id, b.id, properties(r)"
        return next(read_edges(self._ask(wanted, {"start": start, "end": end})), None)

    def citing(self, citation: str, after: Key, most: int) -> list[Edge]:
        """The relationships that a citation states: each is looked at."""
        told = "($cited IN r.citations OR r.claims CONTAINS $quoted) AND [type(r), a.id, b.id] > $after"
        source = (
            f"MATCH (a:{ENTITY})-[r:{'|'.join(quoted(r.type) for r in MODEL.relationships if r.cited)}]->(b:{ENTITY})"
        )
        wanted = "RETURN type(r), a.id, b.id, properties(r) ORDER BY type(r), a.id, b.id LIMIT $most"
        given = {"cited": citation, "quoted": f'"{citation}"', "after": list(after), "most": most}
        return list(read_edges(self._ask(f"{source} WHERE {told} {wanted}", given)))

    def steps(self, ids: Sequence[str], types: Sequence[str]) -> list[Step]:
        """Every relationship of those types that starts or ends at one of the nodes."""
        if not types:
            return []
        way = f"MATCH (n:{ENTITY}) WHERE n.id IN $ids MATCH (n)-[r:{'|'.join(map(quoted, types))}]-(:{ENTITY})"
        wanted = "RETURN DISTINCT type(r), startNode(r).id, endNode(r).id, coalesce(r.citations, [])"
        records = self._ask(f"{way} {wanted}", {"ids": list(ids)})
        return sorted(Step(type_, start, end, tuple(cited)) for type_, start, end, cited in records)

    def search(self, wanted: Wanted) -> Matches:
        """How many nodes match, and the ranks and ids of the page."""
        ((total, hits),) = self._ask(*search(wanted))
        return Matches(total, [(rank, id_) for rank, id_ in hits])

    def scan(self, label: str) -> Iterator[Node]:
        """Every node of a label, sorted by id, streamed from the index over its ids."""
        source = f"MATCH (n:{quoted(label)}) WHERE n.id IS NOT NULL"
        return read_nodes(label, self._streaming()(f"{source} RETURN n.id, properties(n) ORDER BY n.id", {}))

    def scan_edges(self, type_: str) -> Iterator[Edge]:
        """Every relationship of a type, sorted by start, then end."""
        source = f"MATCH (a:{ENTITY})-[r:{quoted(type_)}]->(b:{ENTITY})"
        return read_edges(
            self._streaming()(f"{source} RETURN '{type_}', a.id, b.id, properties(r) ORDER BY a.id, b.id", {})
        )


def read_nodes(label: str, records: Iterator[list[Any]]) -> Iterator[Node]:
    """The nodes of records that hold the id and all properties."""
    for id_, values in records:
        yield Node(label, id_, {k: _value(value) for k, value in values.items() if k != "id" and k not in HIDDEN})


def read_edges(records: Iterator[list[Any]]) -> Iterator[Edge]:
    """The relationships of records that hold the type, the ids of both ends and all properties."""
    for type_, start, end, values in records:
        yield Edge(type_, start, end, {key: _value(value) for key, value in values.items()})


def _value(stored: Any) -> Value:
    return tuple(stored) if isinstance(stored, list) else stored
