"""How a loader writes down what it finds: citations, claims, names and links, in the order in which it finds them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graph.identifiers import citation_id, name_id
from graph.records import Citation, Claim, DocumentFacts, Link, Value, Values, check
from loaders.inputs.damage import must_be_named, undamaged
from loaders.inputs.documents import Document

_APART = 4
_SAID_ANYWHERE = frozenset({"name", "name_as_written"})


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader of the load report should look at: what was found, and on which line; 0 is none."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Seen:
    """How a loader understood lines of the file, such as the columns of a table; `cg load --explain` shows it."""

    first_line: int
    last_line: int
    what: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a loader made of a document: its facts, what a person should look at, how it understood the lines."""

    facts: DocumentFacts
    warnings: tuple[Remark, ...]
    seen: tuple[Seen, ...] = ()


@dataclass(slots=True)
class Notebook:
    """Collects the facts of one document. Saying one thing twice adds the second citation to the first."""

    document: Document
    _citations: dict[tuple[int, int], Citation] = field(default_factory=dict)
    _claims: dict[tuple[str, str], Claim] = field(default_factory=dict)
    _links: dict[tuple[str, str, str], Link] = field(default_factory=dict)
    _warnings: list[Remark] = field(default_factory=list)
    _seen: list[Seen] = field(default_factory=list)

    def cite(self, first_line: int, last_line: int | None = None, section: Iterable[str] = ()) -> str:
        """The id of the citation of those lines; `section` holds the headings above them, outermost first."""
        return self._cited(self.document.in_file(first_line, last_line or first_line), tuple(section))

    def _cited(self, lines: tuple[int, int], section: tuple[str, ...]) -> str:
        """The id of the citation of those lines of the file; of two headings above them the first stays."""
        if lines not in self._citations:
            quote = self.document.quote(*lines)
            digest = hashlib.sha256(quote.encode()).hexdigest()
            page = self.document.page_of(lines[0])
            self._citations[lines] = Citation(self.document.sha256, *lines, (), quote, digest, page)
        if section and not self._citations[lines].section:
            self._citations[lines] = replace(self._citations[lines], section=section)
        return self._citations[lines].id

    def state(self, label: str, id_: str, citation: str, precedence: int = 0, **values: Value | None) -> str:
        """States values of a node, on a citation; None is not stated. Answers the id.

        `precedence` says where the fact stands: 0 a scope list or table, 1 a heading, 2 running text (rule 3).
        """
        given = {key: value for key, value in values.items() if value is not None and value != ()}
        own, citation = citation, self._apart(id_, citation, given)
        precedence += own != citation
        known = self._claims.get((id_, citation))
        if known:
            self._tell(id_, citation, known.values, given)
            first = precedence < known.precedence
            lists = _unions(known.values, given)
            given = {**known.values, **given, **lists} if first else {**given, **known.values, **lists}
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
        known = self._links.setdefault((type_, start, end), Link(type_, start, end, citations, {}, "derived", rule))
        if known.rule == rule:
            cited = tuple(dict.fromkeys((*known.citations, *citations)))
            self._links[(type_, start, end)] = replace(known, citations=cited)

    def name(self, entity: str, text: str, kind: str, *citations: str) -> None:
        """States a name of an entity; kinds are those of the label Name."""
        self.link("HAS_NAME", entity, name_id(entity, text), *citations, text=text, kind=kind)

    def claims(self, *labels: str) -> tuple[Claim, ...]:
        """What was stated so far of the nodes of those labels."""
        return tuple(claim for claim in self._claims.values() if claim.label in labels)

    def links(self, *types: str) -> tuple[Link, ...]:
        """The relationships of those types that were stated so far."""
        return tuple(link for link in self._links.values() if link.type in types)

    def warn(self, line: int, message: str) -> None:
        """Adds a line to the load report."""
        self._warn(self.document.in_file(line, line)[0], message)

    def warn_of(self, first_line: int, last_line: int, message: str) -> None:
        """Adds lines to the load report; where they are several, the message says which they are."""
        first, last = self.document.in_file(first_line, last_line)
        self._warn(first, f"{message} (lines {first} to {last})" if last > first else message)

    def cites(self, first_line: int, last_line: int) -> bool:
        """Whether something was stated so far on one of those lines."""
        first, last = self.document.in_file(first_line, last_line)
        return any(a <= last and first <= b for a, b in self._citations)

    def remarks_on(self, first_line: int, last_line: int) -> bool:
        """Whether something was stated or warned of on one of those lines."""
        first, last = self.document.in_file(first_line, last_line)
        return self.cites(first_line, last_line) or any(first <= one.line <= last for one in self._warnings)

    def see(self, first_line: int, last_line: int, what: str) -> None:
        """Notes how lines were understood, for `cg load --explain`; it is no fact."""
        self._seen.append(Seen(*self.document.in_file(first_line, last_line), what))

    def _warn(self, line: int, message: str) -> None:
        self._warnings.append(Remark(line, message))

    def _tell(self, what: str, citation: str, known: Values, given: Values) -> None:
        """Warns where one place states another value than was noted before, of which one alone can be kept."""
        line = int(citation.rsplit("/", 1)[1].split("-", maxsplit=1)[0])
        for key in sorted(known.keys() & given.keys()):
            if _differs(known, given, key):
                self._warn(line, f"{what}: {key} is {known[key]!r} and also {given[key]!r}; one is kept")

    def _apart(self, id_: str, citation: str, given: Values) -> str:
        """The citation, or a wider one by a few lines above where its own lines were noted with another value.

        A node has one claim a citation, so that of two values in one place each needs a citation of its own.
        """
        first, last = map(int, citation.rsplit("/", 1)[1].split("-"))
        section = self._citations[(first, last)].section if (first, last) in self._citations else ()
        for line in range(first, max(0, first - _APART), -1):
            wider = citation_id(self.document.sha256, line, last)
            known = self._claims.get((id_, wider))
            if known is None or not any(_differs(known.values, given, key) for key in given):
                return self._cited((line, last), section)
        return citation

    def close(self, values: Mapping[str, Value | None], recency: str = "") -> Extraction:
        """The facts, checked against the model; `values` are those of the Document node, without its hash and lines.

        Only citations that something refers to are kept.
        """
        document: dict[str, Value] = {
            "sha256": self.document.sha256,
            "media_type": self.document.media_type,
            "lines": self.document.file_lines,
            **({"pages": self.document.pages} if self.document.pages else {}),
            **{key: value for key, value in values.items() if value is not None and value != ()},
        }
        must_be_named(self.document, document)
        for page in self.document.pictures:
            message = f"page {page} holds no text; if it is the image of a text, nothing of it is stated"
            self._warn(self.document.page_starts[page - 1], message)
        for line in self.document.damaged:
            self._warn(line, "characters that are no text stand there; nothing is stated of which they are a part")
        stated, joined = undamaged(self._claims.values(), self._links.values())
        used = {c.citation for c in stated} | {i for x in joined for i in x.citations}
        used |= {link.end for link in joined}
        citations = tuple(c for _, c in sorted(self._citations.items()) if c.id in used)
        claims = tuple(sorted(stated, key=lambda c: (c.id, c.citation)))
        links = tuple(sorted(joined, key=lambda x: (x.type, x.start, x.end)))
        return Extraction(
            check(DocumentFacts(document, recency, citations, claims, links)),
            tuple(sorted(self._warnings, key=lambda w: (w.line, w.message))),
            tuple(sorted(self._seen, key=lambda s: (s.first_line, s.last_line, s.what))),
        )


def _differs(known: Values, given: Values, key: str) -> bool:
    """Whether two statements give one value each of which one alone can be kept."""
    alone = key in known and key in given and not isinstance(given[key], tuple) and key not in _SAID_ANYWHERE
    return alone and known[key] != given[key]


def _unions(known: Values, given: Values) -> dict[str, Value]:
    """The lists that both give, each with the members of both."""
    return {key: _union(known[key], value) for key, value in given.items() if key in known and isinstance(value, tuple)}


def _union(known: Value, given: Value) -> Value:
    if isinstance(known, tuple) and isinstance(given, tuple):
        return tuple(dict.fromkeys((*known, *given)))
    return known
