"""How a loader writes down what it finds: citations, claims, names and links, in the order in which it finds them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.identifiers import name_id
from graph.records import Citation, Claim, DocumentFacts, Link, Value, Values, check
from loaders.documents import Document


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader of the load report should look at: what was found, and on which line."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a loader made of a document."""

    facts: DocumentFacts
    warnings: tuple[Remark, ...]


@dataclass(slots=True)
class Notebook:
    """Collects the facts of one document. Saying one thing twice adds the second citation to the first."""

    document: Document
    _citations: dict[tuple[int, int], Citation] = field(default_factory=dict)
    _claims: dict[tuple[str, str], Claim] = field(default_factory=dict)
    _links: dict[tuple[str, str, str], Link] = field(default_factory=dict)
    _warnings: list[Remark] = field(default_factory=list)

    def cite(self, first_line: int, last_line: int | None = None, section: Iterable[str] = ()) -> str:
        """The id of the citation of those lines; `section` holds the headings above them, outermost first."""
        lines = (first_line, last_line or first_line)
        if lines not in self._citations:
            quote = self.document.quote(*lines)
            digest = hashlib.sha256(quote.encode()).hexdigest()
            self._citations[lines] = Citation(self.document.sha256, *lines, tuple(section), quote, digest)
        return self._citations[lines].id

    def state(self, label: str, id_: str, citation: str, precedence: int = 0, **values: Value | None) -> str:
        """States values of a node, on a citation; None is not stated. Answers the id.

        `precedence` says where the fact stands: 0 a scope list or table, 1 a heading, 2 running text (rule 3).
        """
        given = {key: value for key, value in values.items() if value is not None and value != ()}
        known = self._claims.get((id_, citation))
        if known:
            self._tell(id_, citation, known.values, given)
            first = precedence < known.precedence
            given = {**known.values, **given} if first else {**given, **known.values}
            precedence = min(precedence, known.precedence)
        self._claims[(id_, citation)] = Claim(label, id_, citation, given, precedence)
        return id_

    def link(self, type_: str, start: str, end: str, *citations: str, **values: Value | None) -> None:
        """States a relationship, on citations; the values of the first statement stay."""
        given = {key: value for key, value in values.items() if value is not None and value != ()}
        known = self._links.get((type_, start, end))
        if known:
            self._tell(f"{start} {type_} {end}", citations[0], known.values, given)
            given = {**given, **known.values}
            citations = tuple(dict.fromkeys((*known.citations, *citations)))
        self._links[(type_, start, end)] = Link(type_, start, end, citations, given)

    def derive(self, type_: str, start: str, end: str, *citations: str, rule: str) -> None:
        """Writes down a relationship that a named rule derives, unless the document states it."""
        self._links.setdefault((type_, start, end), Link(type_, start, end, citations, {}, "derived", rule))

    def name(self, entity: str, text: str, kind: str, *citations: str) -> None:
        """States a name of an entity; kinds are those of the label Name."""
        self.link("HAS_NAME", entity, name_id(entity, text), *citations, text=text, kind=kind)

    def warn(self, line: int, message: str) -> None:
        """Adds a line to the load report."""
        self._warnings.append(Remark(line, message))

    def _tell(self, what: str, citation: str, known: Values, given: Values) -> None:
        """Warns where one place states another value than was noted before, of which one alone can be kept."""
        line = int(citation.rsplit("/", 1)[1].split("-", maxsplit=1)[0])
        for key in sorted(known.keys() & given.keys() - {"name", "name_as_written"}):
            if known[key] != given[key] and not isinstance(given[key], tuple):
                self.warn(line, f"{what}: {key} is {known[key]!r} and also {given[key]!r}; one is kept")

    def close(self, values: Mapping[str, Value | None], recency: str = "") -> Extraction:
        """The facts, checked against the model; `values` are those of the Document node, without its hash and lines.

        Only citations that something refers to are kept.
        """
        document: dict[str, Value] = {
            "sha256": self.document.sha256,
            "media_type": self.document.media_type,
            "lines": len(self.document.lines),
            **{key: value for key, value in values.items() if value is not None and value != ()},
        }
        used = {c.citation for c in self._claims.values()} | {i for x in self._links.values() for i in x.citations}
        used |= {link.end for link in self._links.values()}
        citations = tuple(c for _, c in sorted(self._citations.items()) if c.id in used)
        claims = tuple(sorted(self._claims.values(), key=lambda c: (c.id, c.citation)))
        links = tuple(sorted(self._links.values(), key=lambda x: (x.type, x.start, x.end)))
        return Extraction(
            check(DocumentFacts(document, recency, citations, claims, links)),
            tuple(sorted(self._warnings, key=lambda w: (w.line, w.message))),
        )
