"""What stands around one thing: a node with its relationships both ways, or one statement; a page of it at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.differing import otherwise
from graph.errors import InputRefused
from graph.identifiers import document_id, document_of, ends_of, label_of, stating_otherwise
from graph.merging import Edge, Node, all_citations, decode_links
from graph.model import MODEL, Cardinality, Direction, RelationshipType
from graph.records import Value
from graph.store import Key, Snapshot

MOST = 200
"""How many relationships a page holds."""

_CURSOR = re.compile(r"([A-Z_]+)\.(out|in)\.(.+)", re.DOTALL)
_CITED = re.compile(r"([A-Z_]*)\.cited\.([^~]*)~(.*)", re.DOTALL)
_EVIDENCE, _SOURCE = "EVIDENCED_BY", "FROM_DOCUMENT"
_NOT_SHOWN = "LoadRun"
_FIRST: Key = ("", "", "")


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

    `evidence` is all evidence of each node whose wording the page holds, so that who states it can be told; of others
    it is that of the page. `cited` are the relationships that a citation states, which come behind all of `links`.
    `nodes` are those at the other ends, with the citations and documents of all that is said.
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
    cited: tuple[Edge, ...] = ()

    def restricted(self) -> frozenset[str]:
        """The hashes of those of the documents that say themselves that not everybody may read them."""
        documents = (node.values for node in self.nodes.values() if node.label == "Document")
        return frozenset(str(d["sha256"]) for d in documents if d.get("distribution") == "restricted")

    def is_open(self, id_: str, key: str, value: Value) -> bool:
        """Whether a document that is not restricted states exactly this value of a node that is cited."""
        hidden, stating = self.restricted(), (e for e in self.evidence if e.start == id_ and e.values.get(key) == value)
        return any(document_of(edge.end) not in hidden for edge in stating)

    def is_statement(self, edge: Edge) -> bool:
        """Whether a relationship of the page has a statement: evidence where it carries a value that may be shown."""
        relationship = MODEL.relationship(edge.type)
        if not relationship.carries_values:
            return relationship.cited
        carried = [prop for prop in MODEL.node(label_of(edge.start)).shown if prop.key in edge.values]
        if edge.values.get("precedence") or not all(prop.verbatim for prop in carried):
            return True
        return any(self.is_open(edge.start, prop.key, edge.values[prop.key]) for prop in carried)


def surroundings(snapshot: Snapshot, id_: str, after: str | None = None) -> Surroundings | None:
    """The page about the thing of that id which begins after that place; None where there is no such thing."""
    if id_.startswith("statement/"):
        return _of_statement(snapshot, id_)
    node = _node(snapshot, id_)
    if node is None:
        return None
    key = _key(node, after)
    links, following = ([], None) if key else _links(snapshot, node, after)
    cited, following = ([], following) if following else _cited(snapshot, node, key or _FIRST, MOST - len(links))
    evidence = tuple(_evidence(snapshot, node, links))
    nodes = _nodes(snapshot, [*(link.edge for link in links), *cited], (*evidence, *_own(node)))
    return Surroundings(id_, node, evidence, tuple(links), {**nodes, id_: node}, following, after, tuple(cited))


def is_there(snapshot: Snapshot, id_: str) -> bool:
    """Whether there is a thing of that id."""
    return (_statement(snapshot, id_) if id_.startswith("statement/") else _node(snapshot, id_)) is not None


def _of_statement(snapshot: Snapshot, id_: str) -> Surroundings | None:
    edge = _statement(snapshot, id_)
    if edge is None:
        return None
    evidence = tuple(_evidence_of(snapshot, [edge]))
    nodes = _nodes(snapshot, [edge, *otherwise(edge)], evidence)
    return Surroundings(id_, None, evidence, (Linked(Direction.OUT, edge),), nodes)


def _statement(snapshot: Snapshot, id_: str) -> Edge | None:
    """The relationship that is stated; of a statement that differs from what is shown, that which is shown."""
    found, sha256 = ends_of(id_), stating_otherwise(id_)
    if found is None:
        return None
    relationship = MODEL.relationship(found[0])
    if sha256:
        return _shown_instead(snapshot, relationship, found[1:], sha256)
    edge = snapshot.edge(*found) if relationship.cited or relationship.carries_values else None
    return None if edge and relationship.carries_values and not _states(snapshot, edge) else edge


def _shown_instead(
    snapshot: Snapshot, relationship: RelationshipType, ends: tuple[str, str], sha256: str
) -> Edge | None:
    """The one relationship of which the document states those ends, beside another that states something else."""
    start, end = ends
    if relationship.cardinality is Cardinality.ONE_TO_MANY:
        around = snapshot.joined(end, relationship.type, Direction.IN, "", None)
    elif relationship.cardinality is Cardinality.MANY_TO_ONE:
        around = snapshot.joined(start, relationship.type, Direction.OUT, "", None)
    else:
        around = [edge for edge in (snapshot.edge(relationship.type, start, end),) if edge]
    return next((edge for edge in around if _is_contested(edge, ends, sha256)), None)


def _is_contested(edge: Edge, ends: tuple[str, str], sha256: str) -> bool:
    stated = decode_links(edge) if "claims" in edge.values else []
    of_document = any((x.start, x.end) == ends and document_of(x.citations[0]) == sha256 for x in stated)
    return of_document and len(stated) > 1


def _states(snapshot: Snapshot, edge: Edge) -> bool:
    """Whether evidence carries a value that may be shown, without which it is no statement."""
    carried = [prop for prop in MODEL.node(label_of(edge.start)).shown if prop.key in edge.values]
    if edge.values.get("precedence") or not all(prop.verbatim for prop in carried):
        return True
    same = {(prop.key, edge.values[prop.key]) for prop in carried}
    stating = [e for e in _evidence_of(snapshot, [edge]) if same & set(e.values.items())]
    documents = snapshot.whole(list(dict.fromkeys(document_id(document_of(e.end)) for e in stating)))
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


def _key(node: Node, after: str | None) -> Key | None:
    """The key behind which a page of what a citation states begins; None on other pages."""
    found = _CITED.fullmatch(after or "")
    return (found[1], found[2], found[3]) if found and node.label == "Citation" else None


def _cited(snapshot: Snapshot, node: Node, after: Key, room: int) -> tuple[list[Edge], str | None]:
    """What a citation states, as much as there is room for, and where the next page begins."""
    found = snapshot.citing(node.id, after, room + 1) if node.label == "Citation" else []
    if len(found) <= room:
        return found, None
    type_, start, end = found[room - 1].key if room else after
    return found[:room], f"{type_}.cited.{start}~{end}"


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
    """The evidence that tells who states the wording of the page, else that of the page."""
    if MODEL.node(node.label).cited and _has_wording(node.label, node.values):
        return _all_evidence(snapshot, node.id)
    if node.label == "Citation":
        return _evidence_of(snapshot, [link.edge for link in links if link.edge.type == _EVIDENCE])
    return [link.edge for link in links if link.edge.type == _EVIDENCE and link.direction is Direction.OUT]


def _evidence_of(snapshot: Snapshot, edges: Iterable[Edge]) -> list[Edge]:
    """All evidence of the nodes whose wording some of the relationships carry, if these are evidence."""
    worded = (e.start for e in edges if e.type == _EVIDENCE and _has_wording(label_of(e.start), e.values))
    return [edge for id_ in dict.fromkeys(worded) for edge in _all_evidence(snapshot, id_)]


def _all_evidence(snapshot: Snapshot, id_: str) -> list[Edge]:
    return snapshot.joined(id_, _EVIDENCE, Direction.OUT, "", None)


def _has_wording(label: str, values: Mapping[str, Value]) -> bool:
    return any(prop.verbatim and prop.key in values for prop in MODEL.node(label).shown)


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
        wanted |= dict.fromkeys((edge.start, edge.end, *all_citations(edge)))
    cited = (id_ for id_ in wanted if id_.startswith("citation/"))
    documents = dict.fromkeys(document_id(document_of(id_)) for id_ in cited)
    return {node.id: node for node in snapshot.whole(list({**wanted, **documents}))}


def citations_of(edge: Edge) -> tuple[str, ...]:
    """The citations that state a relationship."""
    stated = edge.values.get("citations")
    return tuple(map(str, stated)) if isinstance(stated, tuple) else ()
