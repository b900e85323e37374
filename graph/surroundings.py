"""What stands around one thing: a node with its relationships both ways, or one statement; a page of it at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.errors import InputRefused
from graph.identifiers import document_id, document_of, ends_of, label_of
from graph.merging import Edge, Node
from graph.model import MODEL, Direction, RelationshipType
from graph.store import Snapshot

MOST = 200
"""How many relationships a page holds."""

_CURSOR = re.compile(r"([A-Z_]+)\.(out|in)\.(.+)", re.DOTALL)
_EVIDENCE, _SOURCE = "EVIDENCED_BY", "FROM_DOCUMENT"
_NOT_SHOWN = "LoadRun"


@dataclass(frozen=True, slots=True)
class Linked:
    """A relationship as it is seen from the thing: the way it is walked, and the id at the other end."""

    direction: Direction
    edge: Edge

    @property
    def other(self) -> str:
        """The id at the other end."""
        return self.edge.end if self.direction is Direction.OUT else self.edge.start


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A page about a thing; `node` is None where it is a statement, which is the only one of `links` then.

    `evidence` is all evidence of a node that holds wording, so that who states it can be told; of others it is that of
    the page. `nodes` are the nodes at the other ends, with the citations and documents of all that is said.
    """

    id: str
    node: Node | None
    evidence: tuple[Edge, ...]
    links: tuple[Linked, ...]
    nodes: Mapping[str, Node]
    following: str | None = None
    """Where the next page begins; None on the last one."""
    begun: str | None = None
    """Where this one begins; None on the first one."""

    def restricted(self) -> frozenset[str]:
        """The hashes of those of the documents that say themselves that not everybody may read them."""
        documents = (node.values for node in self.nodes.values() if node.label == "Document")
        return frozenset(str(d["sha256"]) for d in documents if d.get("distribution") == "restricted")


def surroundings(snapshot: Snapshot, id_: str, after: str | None = None) -> Surroundings | None:
    """The page about the thing of that id which begins after that place; None where there is no such thing."""
    if id_.startswith("statement/"):
        return _of_statement(snapshot, id_)
    node = _node(snapshot, id_)
    if node is None:
        return None
    links, following = _links(snapshot, node, after)
    evidence = tuple(_evidence(snapshot, node, links))
    nodes = _nodes(snapshot, [link.edge for link in links], (*evidence, *_own(node)))
    return Surroundings(id_, node, evidence, tuple(links), {**nodes, id_: node}, following, after)


def is_there(snapshot: Snapshot, id_: str) -> bool:
    """Whether there is a thing of that id."""
    return (_statement(snapshot, id_) if id_.startswith("statement/") else _node(snapshot, id_)) is not None


def _of_statement(snapshot: Snapshot, id_: str) -> Surroundings | None:
    edge = _statement(snapshot, id_)
    if edge is None:
        return None
    return Surroundings(id_, None, (), (Linked(Direction.OUT, edge),), _nodes(snapshot, [edge], ()))


def _statement(snapshot: Snapshot, id_: str) -> Edge | None:
    found = ends_of(id_)
    if found is None:
        return None
    relationship = MODEL.relationship(found[0])
    edge = snapshot.edge(*found) if relationship.cited or relationship.carries_values else None
    return None if edge and relationship.carries_values and not _states(snapshot, edge) else edge


def _states(snapshot: Snapshot, edge: Edge) -> bool:
    """Whether evidence carries a value that may be shown, without which it is no statement."""
    carried = [prop for prop in MODEL.node(label_of(edge.start)).shown if prop.key in edge.values]
    if not all(prop.verbatim for prop in carried):
        return True
    documents = snapshot.whole([document_id(document_of(edge.end))]) if carried else []
    return any(document.values.get("distribution") != "restricted" for document in documents)


def _node(snapshot: Snapshot, id_: str) -> Node | None:
    if id_.split("/", 1)[0] not in {n.prefix for n in MODEL.nodes if n.label != _NOT_SHOWN}:
        return None
    return next(iter(snapshot.whole([id_])), None)


def _links(snapshot: Snapshot, node: Node, after: str | None) -> tuple[list[Linked], str | None]:
    """One page of relationships, in the order of the model, out before in, then by the id at the other end."""
    found: list[Linked] = []
    for relationship, direction, behind in _places(node.label, after):
        wanted = MOST - len(found) + 1
        edges = snapshot.joined(node.id, relationship.type, direction, behind, wanted)
        found += (Linked(direction, edge) for edge in edges)
        if len(found) > MOST:
            last = found[MOST - 1]
            return found[:MOST], f"{last.edge.type}.{last.direction.value}.{last.other}"
    return found, None


def _places(label: str, after: str | None) -> Iterator[tuple[RelationshipType, Direction, str]]:
    """The relationship types of a label both ways, from the place on, each with the id behind which it is read."""
    place = _place(after) if after else None
    for relationship, direction in _ways(label):
        if place and place[:2] == (relationship.type, direction):
            yield relationship, direction, place[2]
            place = None
        elif not place:
            yield relationship, direction, ""
    if place:
        raise InputRefused(f"after={after}: {label} has no such relationship; a page names where the next one begins")


def _place(after: str) -> tuple[str, Direction, str]:
    found = _CURSOR.fullmatch(after)
    if not found:
        raise InputRefused(f"after={after}: no place in a list; a page names where the next one begins")
    return found[1], Direction(found[2]), found[3]


def _ways(label: str) -> dict[tuple[RelationshipType, Direction], None]:
    relations = MODEL.relations(label).values()
    ordered = sorted(relations, key=lambda relation: relation.type.carries_values)  # evidence is many and comes last
    return dict.fromkeys((relation.type, relation.direction) for relation in ordered)


def _evidence(snapshot: Snapshot, node: Node, links: Iterable[Linked]) -> list[Edge]:
    """The evidence that tells who states the node's wording, else that of the page."""
    if MODEL.node(node.label).cited and any(p.verbatim and p.key in node.values for p in MODEL.node(node.label).shown):
        return snapshot.joined(node.id, _EVIDENCE, Direction.OUT, "", None)
    return [link.edge for link in links if link.edge.type == _EVIDENCE and link.direction is Direction.OUT]


def _own(node: Node) -> list[Edge]:
    """Of a citation, where it stands."""
    return [source_of(node.id)] if node.label == "Citation" else []


def source_of(citation: str) -> Edge:
    """The relationship from a citation to its document, which its id tells."""
    return Edge(_SOURCE, citation, document_id(document_of(citation)), {})


def _nodes(snapshot: Snapshot, edges: Iterable[Edge], more: Iterable[Edge]) -> dict[str, Node]:
    """The nodes at the ends, the citations that state the relationships, and the documents of all citations."""
    wanted = dict[str, None]()
    for edge in (*edges, *more):
        wanted |= dict.fromkeys((edge.start, edge.end, *citations_of(edge)))
    cited = (id_ for id_ in wanted if id_.startswith("citation/"))
    documents = dict.fromkeys(document_id(document_of(id_)) for id_ in cited)
    return {node.id: node for node in snapshot.whole(list({**wanted, **documents}))}


def citations_of(edge: Edge) -> tuple[str, ...]:
    """The citations that state a relationship."""
    stated = edge.values.get("citations")
    return tuple(map(str, stated)) if isinstance(stated, tuple) else ()
