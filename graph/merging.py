"""How the statements of several documents become one graph: one value, all evidence (rules 2 to 4 of the model)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.identifiers import document_id, document_of, fold, label_of, name_id, natural_order
from graph.model import MODEL, Cardinality, NodeType
from graph.records import STATED, Citation, Claim, DocumentFacts, Link, Value


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
    """Statements of any number of documents, with the recency of each document."""

    recency: dict[str, str] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def add(self, facts: DocumentFacts) -> None:
        """Adds all that a document states."""
        self.recency[facts.sha256] = facts.recency
        self.claims += facts.claims
        self.links += facts.links


def merge(statements: Statements) -> tuple[Graph, list[Difference]]:
    """The graph of the statements, whatever their order, and where they differ.

    Values of the newest document win; in one document the lower precedence, then the earlier line. Lists are the
    union within the newest document that states them. Documents without a date are older than all others, and the
    hash orders what nothing else does, so that the order of loading never shows.
    """
    graph, differences = Graph(), list[Difference]()
    names = _names(statements, graph)
    claims = defaultdict[str, list[Claim]](list)
    for claim in statements.claims:
        claims[claim.id].append(claim)
    for id_, group in claims.items():
        ranked = sorted(group, key=lambda c: _rank(statements, c.citation, c.precedence))
        graph.put(_node(ranked, names.get(id_, ()), differences))
        graph.put(*(_evidence(claim) for claim in group))
    _mark_canonical(graph)
    for slot in _slots(statements.links):
        ranked_links = sorted(slot, key=lambda link: _link_rank(statements, link))
        graph.put(_edge(ranked_links))
        differences += _link_differences(ranked_links)
    return graph, differences


def document_graph(facts: DocumentFacts) -> Graph:
    """The document's own node and its citations, which no other document states."""
    graph = Graph()
    values = {**facts.document, "recency": facts.recency} if facts.recency else facts.document
    graph.put(Node("Document", facts.id, {"name": document_name(facts.document, facts.recency), **values}))
    for citation in facts.citations:
        graph.put(_citation(citation), Edge("FROM_DOCUMENT", citation.id, document_id(citation.document), {}))
    return graph


def document_name(values: Mapping[str, Value], recency: str) -> str:
    """What a document is called whose facts give it no name: its title, else its kind and date, or start of hash."""
    kind = str(values.get("kind", "document")).replace("_", " ")
    return str(values.get("title", f"{kind} {recency or str(values['sha256'])[:8]}"))


def _rank(statements: Statements, citation: str, precedence: int) -> tuple[_Descending, str, int, int, int]:
    sha = document_of(citation)
    first, last = citation.rsplit("/", 1)[1].split("-")
    return (_Descending(statements.recency[sha]), sha, precedence, int(first), int(last))


def _link_rank(statements: Statements, link: Link) -> tuple[object, ...]:
    return (*_rank(statements, min(link.citations, key=_place), 0), link.end)


class _Descending(str):
    """Text that sorts the other way round."""

    __slots__ = ()

    def __lt__(self, other: str) -> bool:
        return str.__gt__(self, other)


def _names(statements: Statements, graph: Graph) -> dict[str, list[str]]:
    """Puts a Name for each name that a document uses; answers the texts of each entity, namespaces aside."""
    texts = defaultdict[str, list[str]](list)
    groups = defaultdict[str, list[Link]](list)
    for link in statements.links:
        if link.type == "HAS_NAME":
            groups[link.end].append(link)
    for id_, links in groups.items():
        best = min(links, key=lambda link: _link_rank(statements, link))
        text = str(best.values["text"])
        graph.put(Node("Name", id_, {"name": text, "folded": fold(text), **best.values}))
        if best.values["kind"] != "namespace":
            texts[best.start].append(text)
    return texts


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
    """Links that speak of one relationship; of n-1 a start has one slot, whatever the end."""
    slots = defaultdict[tuple[str, ...], list[Link]](list)
    for link in links:
        single = MODEL.relationship(link.type).cardinality is Cardinality.MANY_TO_ONE
        slots[(link.type, link.start) if single else (link.type, link.start, link.end)].append(link)
    return list(slots.values())


def _edge(ranked: Sequence[Link]) -> Edge:
    best = ranked[0]
    agreeing = [link for link in ranked if link.end == best.end]
    values: dict[str, Value] = {}
    for link in agreeing if best.type != "HAS_NAME" else ():
        values = {**link.values, **values}
    values["citations"] = tuple(sorted({c for link in agreeing for c in link.citations}, key=_place))
    values["assertion"] = STATED if any(link.assertion == STATED for link in agreeing) else best.assertion
    if best.rule and values["assertion"] != STATED:
        values["rule"] = best.rule
    if not all(_plain(link, best.end) for link in ranked):
        values["claims"] = encode_links(ranked)
    return Edge(best.type, best.start, best.end, values)


def _link_differences(ranked: Sequence[Link]) -> Iterator[Difference]:
    """Other ends of a to-one relationship, and other values of one, than those that are shown."""
    best = ranked[0]
    what = f"{best.start} {best.type}"
    for other in ranked[1:] if best.type != "HAS_NAME" else ():
        here, there = min(best.citations, key=_place), min(other.citations, key=_place)
        if other.end != best.end:
            yield Difference(best.start, best.type, best.end, here, other.end, there)
            continue
        for key in sorted(best.values.keys() & other.values.keys()):
            if best.values[key] != other.values[key] and key != "name_as_written":
                yield Difference(f"{what} {best.end}", key, best.values[key], here, other.values[key], there)


def _place(citation: str) -> tuple[str, int, int]:
    sha, lines = citation.split("/")[1:]
    first, last = lines.split("-")
    return (sha, int(first), int(last))


def _plain(link: Link, end: str) -> bool:
    return not link.values and link.assertion == STATED and link.end == end


def encode_links(links: Iterable[Link]) -> str:
    """What each document states of a relationship, as JSON in a fixed order; `decode_links` reads it back."""
    rows = [[x.start, x.end, sorted(x.citations, key=_place), dict(x.values), x.assertion, x.rule] for x in links]
    return json.dumps(sorted(rows, key=lambda row: row[:3]), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decode_links(edge: Edge) -> list[Link]:
    """What each document states of a relationship that a store keeps."""
    claims = edge.values.get("claims")
    if isinstance(claims, str):
        return [Link(edge.type, s, e, tuple(c), _tuples(v), a, r) for s, e, c, v, a, r in json.loads(claims)]
    by_document = defaultdict[str, list[str]](list)
    cited = edge.values["citations"]
    for citation in cited if isinstance(cited, tuple) else ():
        by_document[document_of(str(citation))].append(str(citation))
    return [Link(edge.type, edge.start, edge.end, tuple(group)) for group in by_document.values()]


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
    return Node("Citation", citation.id, {**values, **{k: v for k, v in optional.items() if v}})
