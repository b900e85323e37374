"""Reports of service auditors: SOC 1, SOC 2 and SOC 3 reports of any provider, recognised by what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import BrokenDocument
from graph.identifiers import identify
from loaders.facts import Extraction, Notebook
from loaders.inputs.documents import Document
from loaders.layout.layout import Layout, read_layout
from loaders.names.resolution import Names
from loaders.soc.absent import warn_of_absent
from loaders.soc.commitments import read_commitments
from loaders.soc.controls.facts import read_controls
from loaders.soc.ending import read_ending, warn_of_missing_parts, without_lines
from loaders.soc.facilities import read_facilities
from loaders.soc.head import Head, read_head
from loaders.soc.kinds import ReportKind, read_kind
from loaders.soc.narrative.narrative import read_narrative
from loaders.soc.opinion import Examination, has_opinion, read_categories, read_opinion
from loaders.soc.organizations import read_organizations
from loaders.soc.other_frameworks import read_other_frameworks
from loaders.soc.pieces import read_soc_pieces
from loaders.soc.qualification import read_qualifications
from loaders.soc.reading import Reading
from loaders.soc.references import references
from loaders.soc.region_scope import read_regions
from loaders.soc.scope import read_scope
from loaders.soc.sections import Part, Section, read_sections
from loaders.soc.service_changes import read_service_changes
from loaders.soc.services import read_descriptions
from loaders.soc.subservice_controls import read_subservice_controls
from loaders.soc.unread import warn_of_unread_scope
from loaders.soc.user_controls import read_user_controls
from loaders.soc.written_names import name_what_is_written

_KEY_LENGTH = 8

_COMMON = (
    *("service descriptions", "mentions", "policies", "glossary"),
    *("scope", "services", "regions", "edge locations", "facilities", "period", "provider", "auditor", "opinion"),
    *("standards", "subservice organizations", "commitments", "user entity controls", "subservice controls"),
)
_OF_NARRATIVE = ("responsibility categories", "content storage", "integrations", "revisions")
_OF_CONTROLS = ("namespaces", "controls", "tests", "deviations", "citations of controls")
_FACTS = {
    "soc_1_report": (*_COMMON, *_OF_CONTROLS, *_OF_NARRATIVE, "control objectives"),
    "soc_2_report": (*_COMMON, *_OF_CONTROLS, *_OF_NARRATIVE, "criteria", "trust services categories"),
    "soc_3_report": (*_COMMON, "service categories", "trust services categories"),
}


@dataclass(frozen=True, slots=True)
class SocReport:
    """The loader of SOC 1, SOC 2 and SOC 3 reports."""

    name: str = "soc_report"
    version: str = "2"
    kinds: tuple[str, ...] = ("soc_1_report", "soc_2_report", "soc_3_report")
    facts: tuple[str, ...] = tuple(dict.fromkeys(fact for facts in _FACTS.values() for fact in facts))

    def accepts(self, document: Document) -> str | None:
        """The kind of report that the document is; None where it is none."""
        kind = read_kind(document)
        return kind.kind if kind else None

    def why(self, document: Document) -> str | None:
        """The lines of its title, or the words by which the kind was recognised."""
        kind = read_kind(document)
        return kind.why if kind else None

    def extract(self, document: Document, names: Names) -> Extraction:
        """All facts of a report; raises `BrokenDocument` where it was cut, or does not say whose report it is."""
        kind = read_kind(document)
        if kind is None:
            raise BrokenDocument(document.where, 1, "the document is no report of a service auditor", "SOC 1, 2 or 3")
        layout = read_layout(document)
        pieces = read_soc_pieces(document)
        sections = read_sections(pieces)
        titled = any(section.part is Part.AUDITOR for section in sections)
        is_sure = kind.stated or titled or has_opinion(pieces)
        ending = read_ending(document, layout, pieces, sections, is_sure=is_sure)
        if ending.unfinished:
            document = without_lines(document, *ending.unfinished)
            layout, pieces = read_layout(document), read_soc_pieces(document)
            sections = read_sections(pieces)
        head = read_head(document, names, sections)
        reading = _begin(document, names, layout, head, kind)
        for line, said in ending.doubts:
            reading.notes.warn(line, said)
        _note_sections(reading, sections)
        reading.sectioned = is_sure
        examination = _read_parts(reading, kind, sections)
        return _close(self, reading, head, kind, examination)


def _read_parts(reading: Reading, kind: ReportKind, sections: Sequence[Section]) -> Examination:
    if kind.number != "1":
        read_categories(reading, sections)
    organizations = read_organizations(reading, sections)
    members = read_scope(reading, sections, organizations)
    read_service_changes(reading, sections, members)
    described = read_descriptions(reading, members)
    read_regions(reading, sections, organizations)
    read_facilities(reading, sections, organizations)
    read_other_frameworks(reading, sections)
    if kind.number != "3":
        read_controls(reading, [piece for section in sections for piece in section.pieces])
    refers = references(reading)
    read_user_controls(reading, sections, refers)
    read_subservice_controls(reading, sections, organizations, refers)
    read_commitments(reading, sections)
    # A list that names what is in scope may be one of controls or of commitments.
    warn_of_unread_scope(reading, sections)
    examination = read_opinion(reading, sections)
    read_qualifications(reading, examination, refers)
    # The narrative speaks of the auditor and of the standards, which have to be known.
    read_narrative(reading, described)
    name_what_is_written(reading)
    warn_of_missing_parts(reading)
    warn_of_absent(reading, kind, sections)
    return examination


def _note_sections(reading: Reading, sections: Sequence[Section]) -> None:
    """Shows which lines are read as which part of a report."""
    for section in sections:
        title = f": {section.title}" if section.title else ""
        reading.notes.see(section.first_line, section.last_line, f"{section.part.value}{title}")


def _begin(document: Document, names: Names, layout: Layout, head: Head, kind: ReportKind) -> Reading:
    """The reading of a report, with its assessment, its provider, its kind and its period stated."""
    provider, notes = head.provider.found, Notebook(document)
    key = head.date or document.sha256[:_KEY_LENGTH]
    assessment = identify("Assessment", provider.key, kind.key, key)
    reading = Reading(document, layout, names, notes, provider, assessment, covered=_days(head))
    _state_provider(reading, head)
    _state_kind(reading, head, kind)
    if head.system:
        where = head.system
        said = notes.cite(where.first_line, where.last_line, reading.section_at(where.first_line))
        notes.state("Assessment", assessment, said, system_name=where.text)
    else:
        notes.warn(1, "the report does not name the system that it describes")
    if head.where:
        covered = notes.cite(head.where.first_line, head.where.last_line, reading.section_at(head.where.first_line))
        start, end = head.period or (None, None)
        notes.state("Assessment", assessment, covered, period_start=start, period_end=end, as_of=head.as_of)
    else:
        notes.warn(1, "the report names no period and no date as of which it holds")
    return reading


def _state_provider(reading: Reading, head: Head) -> None:
    notes, provider = reading.notes, head.provider
    line = provider.piece.first_line
    said = notes.cite(line, provider.piece.last_line, reading.section_at(line))
    found = reading.resolve("Organization", provider.found.name, line)
    notes.state("Organization", found.id, said, name=found.name)
    reading.state_names(found, said)
    for text, kind, piece in dict.fromkeys(provider.names):
        cited = notes.cite(piece.first_line, piece.last_line, reading.section_at(piece.first_line))
        notes.name(found.id, text, kind, cited)
    notes.link("OF_PROVIDER", reading.assessment, found.id, said)


def _state_kind(reading: Reading, head: Head, kind: ReportKind) -> None:
    """States what the report is; one that does not say so on its title page is one by the kind of document.

    Such a one has no status either: no line states it.
    """
    notes = reading.notes
    cited = notes.cite(kind.first_line, kind.last_line, reading.section_at(kind.first_line))
    if not kind.stated:
        where = head.where or head.provider.piece
        cited = notes.cite(where.first_line, where.last_line, reading.section_at(where.first_line))
    framework = reading.resolve("Framework", kind.framework, kind.first_line)
    notes.state("Framework", framework.id, cited, name=framework.name, full_name=kind.full_name)
    status = "attested" if kind.stated else None
    name = f"{kind.key}{_covered(head)}"
    notes.state("Assessment", reading.assessment, cited, name=name, status=status)
    typed = notes.cite(*kind.typed) if kind.typed else cited
    notes.state("Assessment", reading.assessment, typed, name=name, report_type=kind.report_type)
    if kind.stated:
        notes.link("AGAINST", reading.assessment, framework.id, cited)
    else:
        notes.derive("AGAINST", reading.assessment, framework.id, cited, rule="kind-of-document")


def _covered(head: Head) -> str:
    if head.period:
        return f" ({head.period[0]} to {head.period[1]})"
    return f" (as of {head.as_of})" if head.as_of else ""


def _days(head: Head) -> tuple[str, str] | None:
    """The first and the last day that a report covers."""
    return head.period or ((head.as_of, head.as_of) if head.as_of else None)


def _close(loader: SocReport, reading: Reading, head: Head, kind: ReportKind, examination: Examination) -> Extraction:
    provider = head.provider.found.name
    values = {
        "name": kind.title or f"{kind.framework} report of {provider}{_covered(head)}",
        "title": kind.title,
        "kind": kind.kind,
        "publisher": provider,
        "published": examination.opinion_date,
        "distribution": examination.distribution,
        "loader": loader.name,
        "loader_version": loader.version,
        "loaded_facts": _FACTS[kind.kind],
    }
    return reading.notes.close(values, head.date or examination.opinion_date or "")
