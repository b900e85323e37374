"""What a document states: citations, claims about nodes, links between them; each checked against the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from graph.errors import BadFacts
from graph.identifiers import citation_id, document_id, label_of, name_id
from graph.model import MODEL, UNCITED_LABELS, Property, RelationshipType, ValueType

Scalar: TypeAlias = str | int | bool
Value: TypeAlias = Scalar | tuple[str, ...] | tuple[int, ...]
Values: TypeAlias = Mapping[str, Value]

STATED, DERIVED = "stated", "derived"
ASSERTIONS = frozenset({STATED, DERIVED})
NAME_KEYS = frozenset({"text", "kind", "valid_from", "valid_to"})

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INTEGERS = 2**63
"""Both stores hold whole numbers of 64 bits."""

_PYTHON = {ValueType.INTEGER: int, ValueType.BOOLEAN: bool}


@dataclass(frozen=True, slots=True)
class Citation:
    """Lines of a document, counted from 1 by line feed only, with the headings above them and their text.

    `quote` is None in facts that were exported without wording; its hash stays.
    """

    document: str
    first_line: int
    last_line: int
    section: tuple[str, ...]
    quote: str | None
    quote_sha256: str
    page: int | None = None

    @property
    def id(self) -> str:
        """The citation's id."""
        return citation_id(self.document, self.first_line, self.last_line)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one citation states of one node; of two claims of one document the lower precedence wins (rule 3)."""

    label: str
    id: str
    citation: str
    values: Values = field(default_factory=dict)
    precedence: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship that one document states, with all citations that state it there.

    A link of type HAS_NAME carries the values of its Name node: text, kind, valid_from, valid_to.
    """

    type: str
    start: str
    end: str
    citations: tuple[str, ...]
    values: Values = field(default_factory=dict)
    assertion: str = STATED
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """All that one document states. `recency` orders documents (rule 3): ISO date text, empty where undated."""

    document: Values
    recency: str
    citations: tuple[Citation, ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]

    @property
    def sha256(self) -> str:
        """The hash of the document's bytes."""
        return str(self.document["sha256"])

    @property
    def id(self) -> str:
        """The document's id."""
        return document_id(self.sha256)

    @property
    def size(self) -> int:
        """How many citations, claims and links there are."""
        return len(self.citations) + len(self.claims) + len(self.links)


@dataclass(frozen=True, slots=True)
class FactsRead:
    """What a file of facts holds: those of each document, and what a person should look at, with its line."""

    documents: tuple[DocumentFacts, ...]
    remarks: tuple[tuple[int, str], ...] = ()


def check(facts: DocumentFacts) -> DocumentFacts:
    """The same facts, when they keep to the model; raises `BadFacts` with every breach otherwise."""
    found = sorted(set(_breaches(facts)))
    if found:
        raise BadFacts(facts.sha256, found)
    return facts


def _breaches(facts: DocumentFacts) -> Iterator[str]:
    citations = {c.id for c in facts.citations}
    known = {claim.id for claim in facts.claims} | citations | {facts.id}
    yield from _value_breaches("Document", MODEL.node("Document").properties, facts.document)
    if facts.recency and not _is_date(facts.recency):
        yield f"{facts.id}: recency {facts.recency!r} is not a date"
    for claim in facts.claims:
        yield from _claim_breaches(claim, citations)
    for link in facts.links:
        yield from _link_breaches(link, citations, known)
    named = {claim.id for claim in facts.claims if "name" in claim.values}
    yield from (
        f"{claim.id}: no citation of the document states its name" for claim in facts.claims if claim.id not in named
    )


def _claim_breaches(claim: Claim, citations: set[str]) -> Iterator[str]:
    if claim.label not in MODEL.labels or claim.label in UNCITED_LABELS:
        yield f"{claim.id}: no claim can be made about the label {claim.label}"
        return
    if not claim.id.startswith(MODEL.node(claim.label).prefix + "/"):
        yield f"{claim.id}: not an id of {claim.label}"
    if claim.citation not in citations:
        yield f"{claim.id}: cites {claim.citation}, which is not in the document"
    yield from _value_breaches(claim.id, MODEL.node(claim.label).properties, claim.values)


def _link_breaches(link: Link, citations: set[str], known: set[str]) -> Iterator[str]:
    what = f"({link.start})-[{link.type}]->({link.end})"
    try:
        relationship = MODEL.relationship(link.type)
        ends = (label_of(link.start), label_of(link.end))
    except KeyError as error:
        yield f"{what}: unknown {error}"
        return
    if not relationship.cited:
        yield f"{what}: a citation states claims; it is no link"
    if link.assertion not in ASSERTIONS or (link.assertion == STATED) != (link.rule is None):
        yield f"{what}: assertion {link.assertion} with rule {link.rule}; it is stated, or derived by a rule"
    if not any((p.start, p.end) == ends for p in relationship.pairs):
        yield f"{what}: {link.type} does not join {ends[0]} to {ends[1]}"
    if not link.citations or not set(link.citations) <= citations:
        yield f"{what}: needs citations of its own document"
    if link.type == "HAS_NAME" and not {"text", "kind"} <= link.values.keys():
        yield f"{what}: a name has text and kind"
    elif link.type == "HAS_NAME" and link.end != name_id(link.start, str(link.values["text"])):
        yield f"{what}: the id of a name is made of its entity and its text"
    ends_known = (link.start,) if link.type == "HAS_NAME" else (link.start, link.end)
    yield from (f"{what}: {end} is claimed nowhere in the document" for end in ends_known if end not in known)
    yield from _value_breaches(what, _properties(relationship), link.values)


def _properties(relationship: RelationshipType) -> tuple[Property, ...]:
    if relationship.type == "HAS_NAME":
        return tuple(p for p in MODEL.node("Name").properties if p.key in NAME_KEYS)
    return relationship.properties


def _value_breaches(owner: str, properties: tuple[Property, ...], values: Values) -> Iterator[str]:
    by_key = {p.key: p for p in properties}
    for key, value in values.items():
        if key not in by_key:
            yield f"{owner}.{key}: not in the model; it has {', '.join(by_key)}"
        elif not _holds(by_key[key], value):
            yield f"{owner}.{key}: {value!r} is not {_expected(by_key[key])}"


def _holds(prop: Property, value: Value) -> bool:
    if prop.many:
        return isinstance(value, tuple) and bool(value) and all(holds_one(prop, item) for item in value)
    return not isinstance(value, tuple) and holds_one(prop, value)


def holds_one(prop: Property, value: Scalar) -> bool:
    """Whether a value can be one of the property: of its type, of its set, a day of the calendar, text that is text."""
    if type(value) is not _PYTHON.get(prop.type, str):
        return False
    if isinstance(value, int):
        return abs(value) < _INTEGERS
    if prop.type is ValueType.DATE:
        return _is_date(value)
    return _is_text(value) and (not prop.values or value in prop.values)


def _is_date(text: str) -> bool:
    """Whether it is a year, a month or a day of the calendar."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "0000-01-01"[len(text) :])
    except ValueError:
        return False
    return True


def _is_text(text: str) -> bool:
    """Whether it can be written in UTF-8 and in XML."""
    return not _UNWRITABLE.search(text)


def _expected(prop: Property) -> str:
    kind = f"one of {', '.join(prop.values)}" if prop.values else f"a {prop.type.value}"
    return f"a list of {kind}" if prop.many else kind
