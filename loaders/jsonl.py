"""Facts as JSON lines: one line an item, in a fixed order, so that the same facts are the same bytes everywhere.

A document opens with its own line; its citations, claims and links follow, and a line that counts them ends it: a file
that was cut is not read as a smaller one. Lines are written `17-19`, the document itself `document`, a citation of it
`citation/17-19`, since all of them belong to the document above.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.errors import BadFacts, BrokenLine
from graph.identifiers import citation_id, document_id
from graph.model import MODEL, Property
from graph.records import STATED, Citation, Claim, DocumentFacts, Link, Value, Values, check

_SPAN = re.compile(r"([1-9]\d*)-([1-9]\d*)")
_DATE = re.compile(r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?)?")
_SENTENCE = re.compile(r"[.?!]$")
_SHA = re.compile(r"[0-9a-f]{64}")
_UNWRITABLE = re.compile(
    r"[\ufffe\uffff]|(?<!\\)(?:\\\\)*\\(?:[bf]|u00(?:0[0-8bcef]|1[0-9a-f])|ufff[ef])", re.IGNORECASE
)
"""Characters that no XML can hold, as they are or escaped; JSON itself forbids the control characters as they are."""

_KINDS = "a line is of type document, citation, claim, link or end"
_ENDED = "the last line of a document is of type end and counts its citations, claims and links"
_KEYS = {
    "document": ({"values", "recency"}, set()),
    "citation": ({"lines", "section", "sha256"}, {"quote", "page"}),
    "claim": ({"id", "label", "at"}, {"values", "precedence"}),
    "link": ({"link", "start", "end", "at"}, {"values", "assertion", "rule"}),
    "end": ({"citations", "claims", "links"}, set()),
}


def write_facts(facts: DocumentFacts, with_quotes: bool) -> Iterator[str]:
    """The lines of a document's facts, each without its line feed.

    Without quotes every wording of the document is left out (rule 8 of the model), headings that are sentences too; a
    claim that states nothing but wording stays as evidence.
    """
    writer = _Writer(facts.sha256, with_quotes)
    yield _line({"type": "document", "values": dict(facts.document), "recency": facts.recency})
    for citation in sorted(facts.citations, key=lambda c: (c.first_line, c.last_line)):
        yield _line(writer.citation(citation))
    for claim in sorted(facts.claims, key=lambda c: (c.id, _span(c.citation))):
        yield _line(writer.claim(claim))
    for link in sorted(facts.links, key=lambda x: (x.type, x.start, x.end)):
        yield _line(writer.link(link))
    yield _line(
        {"type": "end", "citations": len(facts.citations), "claims": len(facts.claims), "links": len(facts.links)}
    )


def read_facts(lines: Iterable[str], where: str) -> tuple[DocumentFacts, ...]:
    """The facts of all documents in a file; raises `BrokenLine` for the first line that cannot be read or kept."""
    parts: list[_Part] = []
    number = 1
    for number, line in enumerate(lines, 1):
        item = _parse(where, number, line)
        if item["type"] == "document":
            _must_have_ended(parts, where, number)
            parts.append(_open(where, number, item, {part.sha256 for part in parts}))
        elif not parts:
            raise BrokenLine(where, number, "no document is open", "the first line of a document is of type document")
        else:
            parts[-1].read(where, number, item)
    if not parts:
        raise BrokenLine(where, 1, "the file holds no facts", "the first line is of type document")
    _must_have_ended(parts, where, number)
    return tuple(part.close(where) for part in parts)


@dataclass(frozen=True, slots=True)
class _Writer:
    sha256: str
    with_quotes: bool

    def citation(self, citation: Citation) -> dict[str, Any]:
        optional = {"quote": citation.quote if self.with_quotes else None, "page": citation.page}
        return {
            "type": "citation",
            "lines": f"{citation.first_line}-{citation.last_line}",
            "section": [text for text in citation.section if self.with_quotes or not _SENTENCE.search(text)],
            "sha256": citation.quote_sha256,
            **{key: value for key, value in optional.items() if value is not None},
        }

    def claim(self, claim: Claim) -> dict[str, Any]:
        item = {"type": "claim", "label": claim.label, "id": claim.id, "at": _lines(claim.citation)}
        values = self._kept(claim.values, MODEL.node(claim.label).properties)
        return {**item, **({"values": values} if values else {}), **_unless("precedence", claim.precedence, 0)}

    def link(self, link: Link) -> dict[str, Any]:
        at = [_lines(citation) for citation in sorted(link.citations, key=_span)]
        start, end = self._short(link.start), self._short(link.end)
        item = {"type": "link", "link": link.type, "start": start, "end": end, "at": at}
        named = link.type == "HAS_NAME"
        owned = MODEL.node("Name").properties if named else MODEL.relationship(link.type).properties
        values = self._kept(link.values, owned)
        rest = {**_unless("assertion", link.assertion, STATED), **_unless("rule", link.rule, None)}
        return {**item, **({"values": values} if values else {}), **rest}

    def _kept(self, values: Values, properties: Iterable[Property]) -> dict[str, Value]:
        hidden = set() if self.with_quotes else {p.key for p in properties if p.verbatim}
        return {key: value for key, value in values.items() if key not in hidden}

    def _short(self, id_: str) -> str:
        if id_ == document_id(self.sha256):
            return "document"
        return f"citation/{_lines(id_)}" if id_.startswith(f"citation/{self.sha256}/") else id_


@dataclass(slots=True)
class _Part:
    """One document while it is read; `places` says on which line each item stands."""

    line: int
    document: Values
    recency: str
    citations: list[Citation] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    ended: bool = False

    @property
    def sha256(self) -> str:
        return str(self.document["sha256"])

    def read(self, where: str, number: int, item: Mapping[str, Any]) -> None:
        if self.ended:
            raise BrokenLine(where, number, "the document above has ended", "the next line is of type document")
        if item["type"] == "end":
            self._end(where, number, item)
            return
        made = _ITEMS[item["type"]](self, _Checked(where, number, item))
        if isinstance(made, Citation):
            key = made.id
            self.citations.append(made)
        elif isinstance(made, Claim):
            key = f"{made.id} at {made.citation}"
            self.claims.append(made)
            self.places.setdefault(made.id, number)
        else:
            key = f"({made.start})-[{made.type}]->({made.end})"
            self.links.append(made)
        if key in self.places and self.places[key] != number:
            valid = "a citation, a claim on a citation and a link stand once in a document"
            raise BrokenLine(where, number, f"{key} stands on line {self.places[key]} already", valid)
        self.places[key] = number

    def _end(self, where: str, number: int, item: Mapping[str, Any]) -> None:
        counts = {"citations": len(self.citations), "claims": len(self.claims), "links": len(self.links)}
        for key, count in counts.items():
            if item[key] != count:
                why = f"the document has {count} {key} and was written with {json.dumps(item[key])}"
                raise BrokenLine(where, number, why, _ENDED)
        self.ended = True

    def close(self, where: str) -> DocumentFacts:
        facts = DocumentFacts(self.document, self.recency, tuple(self.citations), tuple(self.claims), tuple(self.links))
        try:
            return check(facts)
        except BadFacts as error:
            placed = ((self._place(breach), breach) for breach in error.breaches)
            line, breach = min(placed)
            raise BrokenLine(where, line, breach, "facts keep to the model of the data dictionary") from error

    def _place(self, breach: str) -> int:
        found = [key for key in self.places if breach.startswith((f"{key}:", f"{key}."))]
        return self.places[max(found, key=len)] if found else self.line

    def long(self, id_: str) -> str:
        """The whole id of a short one."""
        if id_ == "document":
            return document_id(self.sha256)
        span = _SPAN.fullmatch(id_.removeprefix("citation/")) if id_.startswith("citation/") else None
        return citation_id(self.sha256, int(span[1]), int(span[2])) if span else id_


@dataclass(frozen=True, slots=True)
class _Checked:
    """An item of which every part is checked as it is taken out."""

    where: str
    number: int
    item: Mapping[str, Any]

    def text(self, key: str, default: str = "") -> str:
        value = self.item.get(key, default)
        return value if isinstance(value, str) else self.refuse(key, "text")

    def number_(self, key: str) -> int | None:
        value = self.item.get(key)
        return value if value is None or type(value) is int else self.refuse(key, "a whole number")

    def values(self, key: str = "values") -> Values:
        value = self.item.get(key, {})
        if not isinstance(value, dict):
            return self.refuse(key, "an object")  # type: ignore[no-any-return]
        return {name: tuple(one) if isinstance(one, list) else one for name, one in value.items()}

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.item.get(key)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            return self.refuse(key, "a list of texts")  # type: ignore[no-any-return]
        return tuple(value)

    def span(self, text: str, key: str) -> tuple[int, int]:
        match = _SPAN.fullmatch(text)
        if match is None or int(match[1]) > int(match[2]):
            return self.refuse(key, "a span of lines such as 17-19")  # type: ignore[no-any-return]
        return int(match[1]), int(match[2])

    def refuse(self, key: str, valid: str) -> Any:
        raise BrokenLine(self.where, self.number, f"{key} is {json.dumps(self.item.get(key))}", f"{key} is {valid}")


def _citation(part: _Part, checked: _Checked) -> Citation:
    first, last = checked.span(checked.text("lines"), "lines")
    quote = checked.text("quote") if "quote" in checked.item else None
    sha, page = checked.text("sha256"), checked.number_("page")
    if not _SHA.fullmatch(sha):
        checked.refuse("sha256", "64 hexadecimal digits")
    return Citation(part.sha256, first, last, checked.texts("section"), quote, sha, page)


def _claim(part: _Part, checked: _Checked) -> Claim:
    at = citation_id(part.sha256, *checked.span(checked.text("at"), "at"))
    label = checked.text("label")
    return Claim(label, checked.text("id"), at, checked.values(), checked.number_("precedence") or 0)


def _link(part: _Part, checked: _Checked) -> Link:
    at = tuple(citation_id(part.sha256, *checked.span(text, "at")) for text in checked.texts("at"))
    start, end = part.long(checked.text("start")), part.long(checked.text("end"))
    assertion, rule = checked.text("assertion", STATED), checked.text("rule")
    if assertion not in MODEL.relationship("AGAINST").prop("assertion").values:
        checked.refuse("assertion", "stated or derived")
    return Link(checked.text("link"), start, end, at, checked.values(), assertion, rule or None)


_ITEMS: Mapping[str, Callable[[_Part, _Checked], Citation | Claim | Link]] = {
    "citation": _citation,
    "claim": _claim,
    "link": _link,
}


def _must_have_ended(parts: Sequence[_Part], where: str, number: int) -> None:
    if parts and not parts[-1].ended:
        raise BrokenLine(where, number, "the document above has no end: the file was cut", _ENDED)


def _parse(where: str, number: int, line: str) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BrokenLine(where, number, f"it is no JSON ({error})", "each line is one JSON object") from error
    if _UNWRITABLE.search(line) or not _is_text(item, line):
        raise BrokenLine(where, number, "it holds a character that is no text", "text has no control characters")
    if not isinstance(item, dict):
        raise BrokenLine(where, number, f"it is {json.dumps(item)[:40]}", "each line is one JSON object")
    kind = item.get("type")
    if not isinstance(kind, str) or kind not in _KEYS:
        raise BrokenLine(where, number, f"its type is {json.dumps(kind)}", _KINDS)
    needed, optional = _KEYS[kind]
    keys = item.keys() - {"type"}
    if not needed <= keys or not keys <= needed | optional:
        rest = f" and can have {', '.join(sorted(optional))}" if optional else ""
        valid = f"a {kind} has {', '.join(sorted(needed))}{rest}"
        raise BrokenLine(where, number, f"it has {', '.join(sorted(keys)) or 'nothing'}", valid)
    return item


def _is_text(item: object, line: str) -> bool:
    """Whether no half of a surrogate pair stands alone."""
    if "\\ud" not in line.lower():
        return True
    try:
        json.dumps(item, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _open(where: str, number: int, item: Mapping[str, Any], seen: set[str]) -> _Part:
    checked = _Checked(where, number, item)
    part = _Part(number, checked.values(), checked.text("recency"))
    if not _SHA.fullmatch(str(part.document.get("sha256"))):
        raise BrokenLine(where, number, "the document has no sha256", "values.sha256 is 64 hexadecimal digits")
    if not _DATE.fullmatch(part.recency):
        checked.refuse("recency", "a date such as 2017, 2017-03 or 2017-03-31, or empty")
    if part.sha256 in seen:
        raise BrokenLine(where, number, f"document {part.sha256} stands twice", "a file holds each document once")
    return part


def _line(item: Mapping[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _lines(citation: str) -> str:
    return citation.rsplit("/", 1)[1]


def _span(citation: str) -> tuple[int, int]:
    first, last = _lines(citation).split("-")
    return int(first), int(last)


def _unless(key: str, value: object, usual: object) -> dict[str, object]:
    return {} if value == usual else {key: value}
