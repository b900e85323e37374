"""What a SOC report states, for comparison: values and relationships without their citations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.records import Link, Value
from loaders.facts import Extraction
from loaders.inputs.documents import document_from
from loaders.names.resolution import Names, read_names
from loaders.soc.report import SocReport

FIXTURES = Path(__file__).parent / "fixtures"
NAMES = read_names()

Fact = tuple[str, str, Value]


@dataclass(frozen=True, slots=True)
class Stated:
    """All facts of a report: (id, key, value) and (start, type, end with values)."""

    values: frozenset[Fact]
    links: frozenset[Fact]
    warnings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Change:
    """What a changed copy of a report states no more, and what it states beside the rest."""

    gone: frozenset[Fact]
    new: frozenset[Fact]
    warnings: frozenset[str]


def fixture_text(name: str) -> str:
    return (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")


def extraction(text: str, names: Names = NAMES) -> Extraction:
    document = document_from(text.encode(), "report.txt")
    assert SocReport().accepts(document) is not None
    return SocReport().extract(document, names)


def stated(text: str) -> Stated:
    found = extraction(text)
    sha256 = found.facts.sha256
    values = {(_id(c.id, sha256), key, value) for c in found.facts.claims for key, value in c.values.items()}
    links = {_link(link, sha256) for link in found.facts.links if link.type != "CITED_IN"}
    return Stated(frozenset(values), frozenset(links), frozenset(w.message for w in found.warnings))


def change(text: str, edit: Callable[[str], str]) -> Change:
    """What an edit of a report changes; the edit must change the text."""
    edited = edit(text)
    assert edited != text
    before, after = stated(text), stated(edited)
    gone = (before.values - after.values) | (before.links - after.links)
    new = (after.values - before.values) | (after.links - before.links)
    return Change(frozenset(gone), frozenset(new), after.warnings - before.warnings)


def replaced(old: str, new: str, count: int = -1) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, count)


def lines_of(found: Extraction, type_: str, start: str) -> list[tuple[int, int]]:
    """The lines that state a relationship of a node."""
    citations = {c.id: (c.first_line, c.last_line) for c in found.facts.citations}
    return [
        citations[c] for link in found.facts.links if (link.type, link.start) == (type_, start) for c in link.citations
    ]


def _id(id_: str, sha256: str) -> str:
    """An id that is the same in a changed copy of the document."""
    return id_.replace(sha256, "THIS")


def _link(link: Link, sha256: str) -> Fact:
    values = ", ".join(f"{key}={value}" for key, value in sorted(link.values.items()))
    return (_id(link.start, sha256), link.type, f"{_id(link.end, sha256)} {values}".strip())
