"""Reports of service auditors: SOC 1 reports and SOC 3 reports of any provider, recognised by what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.errors import BrokenDocument
from graph.identifiers import fold, identify
from loaders.documents import Document
from loaders.facts import Extraction, Notebook
from loaders.layout import Kind, Layout, Piece, read_layout
from loaders.layout_text import ends_sentence
from loaders.resolution import Names, Resolved
from loaders.soc_control_facts import read_controls
from loaders.soc_opinion import Examination, read_opinion
from loaders.soc_reading import Reading
from loaders.soc_scope import read_scope
from loaders.soc_services import read_descriptions
from loaders.wording import period_of, trust_services_categories

_SOC_1_TITLE = re.compile(r"^(?P<full>.*?)\W*\bSOC 1\b\W*\bType (?P<type>1|2|II|I)\b.*\breport\b", re.IGNORECASE)
_SOC_3_CRITERIA = re.compile(r"\busing the criteria for\s+(?P<categories>[\w\s,]+?)\s*\(", re.IGNORECASE)
_EVALUATED = re.compile(r"\bevaluation of the effectiveness of the controls\b", re.IGNORECASE)
_TESTS = re.compile(r"\bResults? of Tests?\b|\bControl Objective 1\b")
_SYSTEM = re.compile(r"\b(?:Description of(?: the)?|controls over the|maintaining effective controls over the) "
                     r"(?P<system>(?P<provider>[A-Z][^\"“”,]*?) System)\b")  # fmt: skip
_MANAGEMENT = re.compile(r"\bmanagement of,? (?P<provider>[A-Z][^()]*?) \((?P<acronym>[A-Z]{2,})\)")
_TITLE_LENGTH = 120
_TITLE_LINES = 60

_COMMON = ("scope", "services", "regions", "edge locations", "period", "provider")
_OF_CONTROLS = ("namespaces", "control objectives", "controls", "tests", "deviations", "citations of controls")
_SOC_1_FACTS = (*_COMMON, *_OF_CONTROLS, "auditor", "opinion", "standards")
_SOC_3_FACTS = (*_COMMON, "service categories", "trust services categories")
_FACTS = {"soc_1_report": _SOC_1_FACTS, "soc_3_report": _SOC_3_FACTS}


@dataclass(frozen=True, slots=True)
class SocReport:
    """The loader of SOC 1 and SOC 3 reports."""

    name: str = "soc_report"
    version: str = "1"
    kinds: tuple[str, ...] = ("soc_1_report", "soc_3_report")
    facts: tuple[str, ...] = tuple(dict.fromkeys((*_SOC_1_FACTS, *_SOC_3_FACTS)))

    def accepts(self, document: Document) -> str | None:
        """The kind of report that the document is; None where it is none."""
        if _soc_1_title(document):
            return "soc_1_report"
        criteria = _SOC_3_CRITERIA.search(document.text) and _EVALUATED.search(document.text)
        return "soc_3_report" if criteria and not _TESTS.search(document.text) else None

    def extract(self, document: Document, names: Names) -> Extraction:
        """All facts of a report; raises `BrokenDocument` where it was cut."""
        layout = read_layout(document)
        _must_reach_its_end(document, layout)
        return (
            _soc_1(self, document, names, layout) if _soc_1_title(document) else _soc_3(self, document, names, layout)
        )


@dataclass(frozen=True, slots=True)
class _Head:
    """What a report says first: the provider and its system, the period, and the pieces that say so."""

    provider: Resolved
    provider_piece: Piece
    system: str
    period: tuple[str, str]
    period_piece: Piece


def _soc_1_title(document: Document) -> tuple[int, re.Match[str]] | None:
    for line, text in enumerate(document.lines[:_TITLE_LINES], 1):
        found = _SOC_1_TITLE.search(text) if len(text) <= _TITLE_LENGTH else None
        if found:
            return line, found
    return None


def _must_reach_its_end(document: Document, layout: Layout) -> None:
    """The text must end as a sentence does, and hold the last part that its table of contents names."""
    end = layout.pieces[-1] if layout.pieces else None
    if end is None or (end.kind is Kind.PARAGRAPH and not ends_sentence(end.text)):
        why = "the document ends in the middle of a sentence"
        raise BrokenDocument(document.where, len(document.lines), why, "a whole report ends with one")
    headings = {fold(piece.text) for piece in layout.pieces}
    missing = [entry for entry in layout.contents if fold(entry.text) not in headings]
    if missing and missing[-1] == layout.contents[-1]:
        why = f"the document ends before {missing[0].text!r}, which its table of contents names"
        raise BrokenDocument(document.where, len(document.lines), why, "a whole report holds all parts of its contents")


def _soc_1(loader: SocReport, document: Document, names: Names, layout: Layout) -> Extraction:
    titled = _soc_1_title(document)
    assert titled is not None
    line, title = titled
    report_type = {"1": "type_1", "I": "type_1"}.get(title["type"].upper(), "type_2")
    head = _head(document, names, layout)
    kind = f"SOC 1 {report_type.replace('_', ' ').capitalize()}"
    reading = _reading(document, names, layout, head, kind)
    cited = reading.notes.cite(line)
    framework = reading.resolve("Framework", "SOC 1", line)
    full_name = title["full"].strip(" -–—(") or None
    reading.notes.state("Framework", framework.id, cited, name=framework.name, full_name=full_name)
    name = _assessment_name(kind, head)
    reading.notes.state("Assessment", reading.assessment, cited, name=name, status="attested", report_type=report_type)
    reading.notes.link("AGAINST", reading.assessment, framework.id, cited)
    read_descriptions(reading, read_scope(reading))
    read_controls(reading)
    examination = read_opinion(reading)
    _warn_of_missing_parts(reading)
    return _close(loader, reading, head, "soc_1_report", document.lines[line - 1].strip(), examination)


def _soc_3(loader: SocReport, document: Document, names: Names, layout: Layout) -> Extraction:
    head = _head(document, names, layout)
    reading = _reading(document, names, layout, head, "SOC 3")
    criteria = next(piece for piece in layout.pieces if _SOC_3_CRITERIA.search(piece.text))
    found = _SOC_3_CRITERIA.search(criteria.text)
    cited = reading.cite(criteria)
    framework = reading.resolve("Framework", "SOC 3", criteria.first_line)
    reading.notes.state("Framework", framework.id, cited, name=framework.name)
    categories = trust_services_categories(found["categories"] if found else "")
    name = _assessment_name("SOC 3", head)
    reading.notes.state(
        "Assessment", reading.assessment, cited, name=name, status="attested", trust_services_categories=categories
    )
    # Its text does not say SOC 3: that it is one follows from management's assertion on these criteria.
    reading.notes.derive("AGAINST", reading.assessment, framework.id, cited, rule="kind-of-document")
    read_descriptions(reading, read_scope(reading))
    return _close(loader, reading, head, "soc_3_report", None, Examination(None, restricted=False))


def _head(document: Document, names: Names, layout: Layout) -> _Head:
    """The provider, its system and the period; raises `BrokenDocument` where the document does not say them."""
    system = _first(layout.pieces, _SYSTEM)
    period = next((piece for piece in layout.pieces if period_of(piece.text)), None)
    dates = period_of(period.text) if period else None
    if system is None or period is None or dates is None:
        missing = "the system that it describes" if system is None else "the period that it covers"
        line = len(document.lines)
        raise BrokenDocument(document.where, line, f"the document does not name {missing}", "a SOC report names both")
    piece, found = system
    return _Head(names.resolve("Organization", found["provider"]), piece, found["system"], dates, period)


def _first(pieces: Iterable[Piece], pattern: re.Pattern[str]) -> tuple[Piece, re.Match[str]] | None:
    return next(((piece, found) for piece in pieces if (found := pattern.search(piece.text))), None)


def _reading(document: Document, names: Names, layout: Layout, head: _Head, kind: str) -> Reading:
    assessment = identify("Assessment", head.provider.key, kind, head.period[1])
    reading = Reading(document, layout, names, Notebook(document), head.provider, assessment)
    said, covered = reading.cite(head.provider_piece), reading.cite(head.period_piece)
    _state_provider(reading, head, said)
    reading.notes.state("Assessment", assessment, said, system_name=head.system)
    start, end = head.period
    reading.notes.state("Assessment", assessment, covered, period_start=start, period_end=end)
    reading.notes.link("OF_PROVIDER", assessment, head.provider.id, said)
    return reading


def _state_provider(reading: Reading, head: _Head, citation: str) -> None:
    line = head.provider_piece.first_line
    provider = reading.resolve("Organization", head.provider.name, line)
    reading.notes.state("Organization", provider.id, citation, name=provider.name)
    reading.state_names(provider, citation)
    introduced = _first(reading.layout.pieces, _MANAGEMENT)
    if introduced and reading.names.resolve("Organization", introduced[1]["provider"]).id == provider.id:
        other = reading.names.resolve("Organization", introduced[1]["provider"])
        cited = reading.cite(introduced[0])
        reading.state_names(other, cited)
        reading.notes.name(provider.id, introduced[1]["acronym"], "acronym", cited)


def _assessment_name(kind: str, head: _Head) -> str:
    return f"{kind} ({head.period[0]} to {head.period[1]})"


def _warn_of_missing_parts(reading: Reading) -> None:
    headings = {fold(piece.text) for piece in reading.layout.pieces}
    for entry in reading.layout.contents:
        if fold(entry.text) not in headings:
            reading.notes.warn(entry.first_line, f"the contents name {entry.text!r}, which is no heading of the text")


def _close(
    loader: SocReport, reading: Reading, head: _Head, kind: str, title: str | None, examination: Examination
) -> Extraction:
    of = f"{kind.replace('_', ' ').replace('soc', 'SOC')} of {head.provider.name}"
    values = {
        "name": title or f"{of} ({head.period[0]} to {head.period[1]})",
        "title": title,
        "kind": kind,
        "publisher": head.provider.name,
        "published": examination.opinion_date,
        "distribution": "restricted" if examination.restricted else None,
        "loader": loader.name,
        "loader_version": loader.version,
        "loaded_facts": _FACTS[kind],
    }
    return reading.notes.close(values, head.period[1])
