"""The page about one thing for people: what is stated of it, where, and what it is related to both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from api.framing import Frame, link, page, section, table, words
from graph.differing import otherwise
from graph.identifiers import differing_id, document_id, document_of, label_of, path_of, statement_id
from graph.merging import Edge, Node
from graph.model import MODEL, Property, ValueType
from graph.records import Scalar, Value
from graph.surroundings import Linked, Surroundings, citations_of

ID = "/id/"
ONTOLOGY = "/ontology"
_EVIDENCE = "EVIDENCED_BY"
_HEAD = ("From", "Relationship", "To", "Where it is stated", "How")


@dataclass(frozen=True, slots=True)
class ThingPage:
    """What a page shows; in `public` the wording of restricted documents is left out."""

    about: Surroundings
    public: bool
    iri: str
    alternates: Mapping[str, str]
    data: bytes
    following: str | None = None
    """The address of the next part of the page."""
    outward: str | None = None
    """Where others have the thing, which no document states."""

    def html(self) -> str:
        """The whole HTML document; every value in it is escaped."""
        node, more = self.about.node, self.following
        label = node.label if node else "Statement"
        kind = link(words(label), f"{ONTOLOGY}#{label}")
        frame = Frame(self._title(), f"{kind} <code>{escape(self.iri)}</code>", self.alternates, self.data)
        sections = [section("values", "What is stated", self._values(node)), *self._relations()] if node else []
        sections += [] if node else self._statement()
        sections.append(section("cited", "What cites it", table(_HEAD, map(self._whole, self.about.cited))))
        elsewhere = f"<p>{link(self.outward, self.outward)}</p>" if self.outward else ""
        sections.append(section("elsewhere", "Elsewhere", elsewhere))
        sections += [f'<p><a class="action" rel="next" href="{escape(more)}">More of it</a></p>'] if more else []
        return page(frame, sections)

    def _title(self) -> str:
        if self.about.node:
            return _name(self.about.node)
        edge = self._own()
        return f"{self._named(edge.start)}: {words(MODEL.relationship(edge.type).term)}: {self._named(edge.end)}"

    def _values(self, node: Node) -> str:
        shown = ((p, node.values.get(p.key)) for p in MODEL.node(node.label).shown if p.key != "id")
        rows = [(_term(p), _value(p, value)) for p, value in shown if value is not None and self._may_show(p, value)]
        return table(("Property", "Value"), [(_term(MODEL.node(node.label).prop("id")), escape(node.id)), *rows])

    def _may_show(self, prop: Property, value: Value) -> bool:
        """Wording is shown, in public only where a document that is not restricted states exactly it."""
        if not (self.public and prop.verbatim):
            return True
        node = self.about.node
        if node and node.label == "Citation":
            return document_of(node.id) not in self.about.restricted()
        return self.about.is_open(self.about.id, prop.key, value)

    def _own(self) -> Edge:
        """The relationship that a statement states: as it is shown, or as its document states it otherwise."""
        edge = self.about.links[0].edge
        return next((one for one in otherwise(edge) if _differing(one) == self.about.id), edge)

    def _statement(self) -> Iterator[str]:
        """What a statement states, what is shown in its place, and what others state."""
        own, edge = self._own(), self.about.links[0].edge
        shown = [edge] if own is not edge else []
        yield section("values", "What is stated", table(_HEAD, [self._whole(own)]))
        yield section("shown", "What is shown", table(_HEAD, map(self._whole, shown)))
        others = [one for one in otherwise(edge) if one != own]
        yield section("otherwise", "What others state", table(_HEAD, map(self._whole, others)))

    def _relations(self) -> Iterator[str]:
        groups: dict[str, list[Linked]] = {}
        for one in self.about.links:
            groups.setdefault(self._field(one), []).append(one)
        for name, links in groups.items():
            head = ("What", "Kind", "Where it is stated", "How")
            yield section(f"links-{name}", words(name), table(head, map(self._row, links)))

    def _field(self, one: Linked) -> str:
        """The name of a relationship as the model has it from that end."""
        target = label_of(one.other)
        fields = MODEL.relations(label_of(self.about.id)).items()
        return next(
            name
            for name, relation in fields
            if (relation.type.type, relation.direction) == (one.edge.type, one.direction) and target in relation.targets
        )

    def _row(self, one: Linked) -> Iterator[str]:
        label = label_of(one.other)
        yield link(self._named(one.other), ID + path_of(one.other))
        yield escape(words(label))
        yield self._stating(citations_of(one.edge) if label_of(one.other) != "Citation" else (one.other,))
        yield self._how(one.edge)

    def _whole(self, edge: Edge) -> Iterator[str]:
        """A relationship with both of its ends."""
        term = MODEL.relationship(edge.type).term
        yield link(self._named(edge.start), ID + path_of(edge.start))
        yield link(words(term), f"{ONTOLOGY}#{term}")
        yield link(self._named(edge.end), ID + path_of(edge.end))
        yield self._stating(citations_of(edge) if edge.type != _EVIDENCE else (edge.end,))
        yield self._how(edge)

    def _stating(self, citations: tuple[str, ...]) -> str:
        return "".join(f"<p>{self._citation(id_)}</p>" for id_ in citations)

    def _how(self, edge: Edge) -> str:
        """The values of a relationship, and its own page; of evidence the values that the citation states."""
        relationship = MODEL.relationship(edge.type)
        carried = MODEL.node(label_of(edge.start)).shown if relationship.carries_values else ()
        shown = [
            f"{_term(p)}: {_value(p, edge.values[p.key])}"
            for p in (*relationship.shown, *carried)
            if p.key in edge.values and not (p.verbatim and self._hides(edge, p.key))
        ]
        shown += [link(name, ID + path_of(id_)) for name, id_ in self._statements(edge) if id_ != self.about.id]
        return "<br>".join(shown)

    def _statements(self, edge: Edge) -> Iterator[tuple[str, str]]:
        """The statement of a relationship, and those of documents that state it otherwise."""
        shown = self.about.links[0].edge if self.about.node is None else None
        if shown and edge in otherwise(shown):
            yield "this statement", _differing(edge)
            return
        if self.about.is_statement(edge):
            yield "this statement", statement_id(edge.type, edge.start, edge.end)
        for one in otherwise(edge):
            yield f"stated otherwise in {self._named(_document(one))}", _differing(one)

    def _hides(self, edge: Edge, key: str) -> bool:
        """Whether the wording in a relationship is left out; only of evidence it is known which documents have it."""
        open_ = edge.type == _EVIDENCE and self.about.is_open(edge.start, key, edge.values[key])
        return self.public and not open_

    def _citation(self, id_: str) -> str:
        """The document, the lines, the headings above them and, where it may be shown, their text."""
        node, document = self.about.nodes.get(id_), self.about.nodes.get(document_id(document_of(id_)))
        if not (node and document):
            return link(id_, ID + path_of(id_))
        lines = link(str(node.values["name"]), ID + path_of(id_))
        of = link(_name(document), ID + path_of(document.id))
        above, quote = node.values.get("section", ()), node.values.get("quote")
        under = f" <small>{escape(' › '.join(map(str, above)))}</small>" if isinstance(above, tuple) and above else ""
        hidden = self.public and document_of(id_) in self.about.restricted()
        text = f"<blockquote>{escape(str(quote))}</blockquote>" if quote is not None and not hidden else ""
        return f"{of}, {lines}{under}{text}"

    def _named(self, id_: str) -> str:
        node = self.about.nodes.get(id_)
        return _name(node) if node else id_


def _differing(edge: Edge) -> str:
    """The id of what a document states otherwise than it is shown."""
    return differing_id(edge.type, edge.start, edge.end, document_of(citations_of(edge)[0]))


def _document(edge: Edge) -> str:
    return document_id(document_of(citations_of(edge)[0]))


def _name(node: Node) -> str:
    return str(node.values.get("name", node.id))


def _term(prop: Property) -> str:
    return link(words(prop.field), f"{ONTOLOGY}#{prop.field}")


def _value(prop: Property, value: Value) -> str:
    return "<br>".join(_scalar(prop, item) for item in (value if isinstance(value, tuple) else (value,)))


def _scalar(prop: Property, value: Scalar) -> str:
    if prop.type is ValueType.URL:
        return link(str(value), str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return escape(words(str(value)) if prop.enum else str(value))
