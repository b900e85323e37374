"""How the statements of several documents become one graph: one value, all evidence (rules 2 to 4 of the model)."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from graph.digests import stated_sha256
from graph.identifiers import document_id, document_of, fold, label_of, name_id, natural_order
from graph.model import MODEL, Cardinality, NodeType
from graph.records import DERIVED, STATED, Citation, Claim, DocumentFacts, Link, Value, Values

Slot: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Node:
    """A node as a store keeps it: only values that are stated, and the keys of order beside natural ones."""

    label: str
    id: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship as a store keeps it, with its citations, its assertion and its own values."""

    type: str
    start: str
    end: str
    values: Mapping[str, Value]

    @property
    def key(self) -> tuple[str, str, str]:
        """What there is only one of."""
        return (self.type, self.start, self.end)


@dataclass(slots=True)
class Graph:
    """Nodes by id and relationships by type and ends."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str, str], Edge] = field(default_factory=dict)

    def put(self, *items: Node | Edge) -> None:
        """Adds nodes and relationships; the later of two with one id or key stays."""
        for item in items:
            if isinstance(item, Node):
                self.nodes[item.id] = item
            else:
                self.edges[item.key] = item


@dataclass(frozen=True, slots=True)
class Difference:
    """Two documents, or two places of one, state different values of one property; the first is shown."""

    id: str
    key: str
    shown: Value
    citation: str
    other: Value
    other_citation: str


@dataclass(slots=True)
class Statements:
    """Statements of any number of documents, with the recency of each document.

    A link can carry the citations of several documents, in the order of their places, where all state exactly the same
    of a relationship: most documents say the same of what they share, and it is merged at once.
    """

    recency: dict[str, str] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def add(self, facts: DocumentFacts) -> None:
        """Adds all that a document states."""
        self.recency[facts.sha256] = facts.recency
        self.claims += facts.claims
        self.links += map(_in_order, facts.links)


def merge(statements: Statements) -> tuple[Graph, list[Difference]]:
    """The graph of the statements, whatever their order, and where they differ.

    Values of the newest document win; in one document the lower precedence, then the earlier line. Lists are the
    union within the newest document that states them. Documents without a date are older than all others, and the
    hash orders what nothing else does, so that the order of loading never shows.
    """
    graph, differences = Graph(), list[Difference]()
    texts, link_differences = defaultdict[str, list[str]](list), list[Difference]()
    for slot in _slots(statements.links):
        ranked = sorted(slot, key=lambda x: _link_rank(statements, x)) if len(slot) > 1 else slot
        graph.put(_edge(ranked))
        link_differences += _link_differences(statements, ranked) if len(slot) > 1 else ()
        if ranked[0].type == "HAS_NAME":
            _put_name(graph, ranked[0], texts)
    for id_, group in _by_id(statements.claims).items():
        sorted_claims = sorted(group, key=lambda c: rank(statements.recency, c.citation, c.precedence))
        graph.put(_node(sorted_claims, texts.get(id_, ()), differences))
        graph.put(*(_evidence(claim) for claim in group))
    _mark_canonical(graph)
    return graph, differences + link_differences


def agree(values: Iterable[Mapping[str, Value]]) -> bool:
    """Whether no two of the sets of values state different values under one key."""
    shown: dict[str, Value] = {}
    return all(shown.setdefault(key, value) == value for one in values for key, value in one.items())


def slot_of(type_: str, start: str, end: str) -> Slot:
    """Those of one slot exclude each other: there is one relationship from the start, to the end, or between both."""
    cardinality = MODEL.relationship(type_).cardinality
    if cardinality is Cardinality.ONE_TO_MANY:
        return (type_, "", end)
    return (type_, start, "" if cardinality is Cardinality.MANY_TO_ONE else end)


TOLD_OF_FACTS = frozenset({"recency", "stated_facts", "stated_sha256"})
"""What a document's node has beside the values that its facts give it."""


def document_graph(facts: DocumentFacts) -> Graph:
    """The document's own node and its citations, which no other document states."""
    graph = Graph()
    recency = {"recency": facts.recency} if facts.recency else {}
    values = {"name": document_name(facts.document, facts.recency), **facts.document, **recency}
    told: Values = {"stated_facts": facts.size, "stated_sha256": stated_sha256(facts, values)}
    graph.put(Node("Document", facts.id, {**values, **told}))
    for citation in facts.citations:
        graph.put(_citation(citation), Edge("FROM_DOCUMENT", citation.id, document_id(citation.document), {}))
    return graph


def document_name(values: Mapping[str, Value], recency: str) -> str:
    """What a document is called whose facts give it no name: its title, else its kind and date, or start of hash."""
    kind = str(values.get("kind", "document")).replace("_", " ")
    return str(values.get("title", f"{kind} {recency or str(values['sha256'])[:8]}"))


def _link_rank(statements: Statements, link: Link) -> tuple[object, ...]:
    return (*min(rank(statements.recency, citation) for citation in link.citations), link.start, link.end)


class _Descending(str):
    """Text that sorts the other way round."""

    __slots__ = ()

    def __lt__(self, other: str) -> bool:
        return str.__gt__(self, other)


def _by_id(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    groups = defaultdict[str, list[Claim]](list)
    for claim in claims:
        groups[claim.id].append(claim)
    return groups


def _put_name(graph: Graph, best: Link, texts: dict[str, list[str]]) -> None:
    """Puts the Name that a link states; notes its text for the aliases of the entity, namespaces aside."""
    text = str(best.values["text"])
    graph.put(Node("Name", best.end, {"name": text, "folded": fold(text), **best.values}))
    if best.values["kind"] != "namespace":
        texts[best.start].append(text)


def _node(ranked: Sequence[Claim], names: Iterable[str], differences: list[Difference]) -> Node:
    label, id_ = ranked[0].label, ranked[0].id
    node = MODEL.node(label)
    values: dict[str, Value] = {}
    for prop in node.properties:
        stating = [claim for claim in ranked if prop.key in claim.values]
        if stating:
            values[prop.key] = _union(prop.key, stating) if prop.many else _first(prop.key, stating, differences)
    aliases = tuple(sorted(set(names) - {values.get("name")}))
    if aliases:
        values["aliases"] = aliases
    return Node(label, id_, {**values, **_orders(node, values)})


def _first(key: str, stating: Sequence[Claim], differences: list[Difference]) -> Value:
    first = stating[0]
    value = first.values[key]
    if key != "name":
        differences += [
            Difference(first.id, key, value, first.citation, other.values[key], other.citation)
            for other in stating[1:]
            if other.values[key] != value
        ]
    return value


def _union(key: str, stating: Sequence[Claim]) -> Value:
    newest = document_of(stating[0].citation)
    lists = [claim.values[key] for claim in stating if document_of(claim.citation) == newest]
    return tuple(dict.fromkeys(item for items in lists if isinstance(items, tuple) for item in items))  # type: ignore[return-value]


def _orders(node: NodeType, values: Mapping[str, Value]) -> dict[str, Value]:
    return {p.order_key: natural_order(str(values[p.key])) for p in node.properties if p.natural and p.key in values}


def _evidence(claim: Claim) -> Edge:
    return Edge("EVIDENCED_BY", claim.id, claim.citation, {**claim.values, "precedence": claim.precedence})


def _mark_canonical(graph: Graph) -> None:
    for id_, node in list(graph.nodes.items()):
        if node.label == "Name":
            continue
        name = node.values.get("name")
        canonical = graph.nodes.get(name_id(id_, str(name)))
        if canonical:
            graph.put(Node("Name", canonical.id, {**canonical.values, "kind": "canonical"}))


def _slots(links: Iterable[Link]) -> list[list[Link]]:
    """Links that speak of one relationship, those joined into one that state the same of it."""
    slots = defaultdict[Slot, dict[object, list[Link]]](dict)
    for link in links:
        said = (link.start, link.end, tuple(sorted(link.values.items())), link.assertion, link.rule)
        slots[slot_of(link.type, link.start, link.end)].setdefault(said, []).append(link)
    return [[_joined(group) for group in slot.values()] for slot in slots.values()]


def _joined(links: Sequence[Link]) -> Link:
    if len(links) == 1:
        return links[0]
    first, *rest = sorted(links, key=lambda link: -len(link.citations))
    return replace(first, citations=_with(first.citations, (c for link in rest for c in link.citations)))


def _with(citations: Sequence[str], more: Iterable[str]) -> tuple[str, ...]:
    """The citations and more of them, in the order of their places; those that are there are in that order already."""
    found = list(citations)
    for citation in more:
        place = bisect_left(found, _place(citation), key=_place)
        if found[place : place + 1] != [citation]:
            found.insert(place, citation)
    return tuple(found)


def _edge(ranked: Sequence[Link]) -> Edge:
    best = ranked[0]
    agreeing = [link for link in ranked if (link.start, link.end) == (best.start, best.end)]
    values: dict[str, Value] = {}
    for link in agreeing if best.type != "HAS_NAME" else ():
        values = {**link.values, **values}
    values["citations"] = _with(best.citations, (c for link in agreeing[1:] for c in link.citations))
    values["assertion"] = STATED if any(link.assertion == STATED for link in agreeing) else best.assertion
    if best.rule and values["assertion"] != STATED:
        values["rule"] = best.rule
    if len(ranked) > 1 or best.values or best.assertion != STATED:
        values["claims"] = encode_links(ranked)
    return Edge(best.type, best.start, best.end, values)


def _link_differences(statements: Statements, ranked: Sequence[Link]) -> Iterator[Difference]:
    """Other ends of a relationship that has but one, and other values of one, than those that are shown."""
    single = [link for joint in ranked for link in by_document(joint)]
    best, *others = sorted(single, key=lambda link: _link_rank(statements, link))
    here = min(best.citations, key=_place)
    shown = {key: (value, here) for key, value in best.values.items()}
    for link in others:
        if (link.start, link.end) != (best.start, best.end):
            yield _other_end(best, here, link)
        elif link.type != "HAS_NAME":
            yield from _other_values(link, shown)


def _other_end(best: Link, here: str, other: Link) -> Difference:
    if MODEL.relationship(best.type).cardinality is Cardinality.ONE_TO_MANY:
        return Difference(best.end, best.type, best.start, here, other.start, other.citations[0])
    return Difference(best.start, best.type, best.end, here, other.end, other.citations[0])


def _other_values(link: Link, shown: dict[str, tuple[Value, str]]) -> Iterator[Difference]:
    for key, value in sorted(link.values.items()):
        first, here = shown.setdefault(key, (value, link.citations[0]))
        if value != first and key != "name_as_written":
            what = f"{link.start} {link.type} {link.end}"
            yield Difference(what, key, first, here, value, link.citations[0])


def _in_order(link: Link) -> Link:
    if len(link.citations) == 1:
        return link
    return replace(link, citations=tuple(sorted(link.citations, key=_place)))


def _place(citation: str) -> tuple[str, int, int]:
    sha, lines = citation.split("/")[1:]
    first, last = lines.split("-")
    return (sha, int(first), int(last))


def encode_links(links: Sequence[Link]) -> str:
    """What documents state of a relationship, as JSON in a fixed order, those that say the same in one row.

    A row that stands alone has all citations of the relationship, which are not repeated. `decode_links` reads it back.
    """
    alone = len(links) == 1
    rows = [[x.start, x.end, None if alone else x.citations, dict(x.values), x.assertion, x.rule] for x in links]
    ordered = sorted(rows, key=lambda row: row[:3])
    return json.dumps(ordered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decode_joint_links(edge: Edge) -> list[Link]:
    """What documents state of a relationship that a store keeps, those joined that state the same.

    Nobody states what the ledger's own rule derives: such a relationship is derived and keeps no claims.
    """
    claims, cited = edge.values.get("claims"), edge.values.get("citations")
    citations = tuple(map(str, cited)) if isinstance(cited, tuple) else ()
    if isinstance(claims, str):
        rows = json.loads(claims)
        return [Link(edge.type, s, e, tuple(c or citations), _tuples(v), a, r) for s, e, c, v, a, r in rows]
    if is_of_rule(edge):
        return []
    return [Link(edge.type, edge.start, edge.end, citations)]


def is_of_rule(edge: Edge) -> bool:
    """Whether no document states the relationship: the ledger's own rule derives it from what they state."""
    return edge.values.get("assertion") == DERIVED and "claims" not in edge.values


def joined_citations(edges: Iterable[Edge]) -> tuple[str, ...]:
    """The citations of relationships, in the order of their places."""
    cited = (edge.values["citations"] for edge in edges)
    return tuple(sorted({str(c) for some in cited if isinstance(some, tuple) for c in some}, key=_place))


def decode_links(edge: Edge) -> list[Link]:
    """What each document states of a relationship that a store keeps."""
    return [link for joint in decode_joint_links(edge) for link in by_document(joint)]


def all_citations(edge: Edge) -> tuple[str, ...]:
    """The citations of all that documents state of a relationship, also of what is not shown."""
    cited = edge.values.get("citations")
    shown = tuple(map(str, cited)) if isinstance(cited, tuple) else ()
    if "claims" not in edge.values:
        return shown
    return tuple(dict.fromkeys((*shown, *(c for link in decode_joint_links(edge) for c in link.citations))))


def rank(recency: Mapping[str, str], citation: str, precedence: int = 0) -> tuple[_Descending, str, int, int, int]:
    """By what a statement comes before others (rule 3); `recency` is that of each document by its hash."""
    sha = document_of(citation)
    first, last = citation.rsplit("/", 1)[1].split("-")
    return (_Descending(recency[sha]), sha, precedence, int(first), int(last))


def by_document(joint: Link) -> list[Link]:
    """A link for each document that states it."""
    if len({document_of(citation) for citation in joint.citations}) == 1:
        return [joint]
    found = defaultdict[str, list[str]](list)
    for citation in joint.citations:
        found[document_of(citation)].append(citation)
    return [replace(joint, citations=tuple(group)) for group in found.values()]


def decode_claim(edge: Edge) -> Claim:
    """What a citation states of a node, from the relationship that a store keeps."""
    values = {k: v for k, v in edge.values.items() if k != "precedence"}
    precedence = edge.values.get("precedence", 0)
    return Claim(label_of(edge.start), edge.start, edge.end, values, int(precedence))  # type: ignore[arg-type]


def _tuples(values: Mapping[str, object]) -> dict[str, Value]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}  # type: ignore[misc]


def _citation(citation: Citation) -> Node:
    first, last = citation.first_line, citation.last_line
    values: dict[str, Value] = {
        "name": f"line {first}" if first == last else f"lines {first}-{last}",
        "first_line": first,
        "last_line": last,
        "quote_sha256": citation.quote_sha256,
    }
    optional = {"section": citation.section, "quote": citation.quote, "page": citation.page}
    return Node("Citation", citation.id, {**values, **{k: v for k, v in optional.items() if v is not None and v != ()}})
