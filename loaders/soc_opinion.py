"""What a SOC 1 report says of its examination: auditor, opinion, standards, and who may read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.layout import Kind, Piece
from loaders.soc_reading import Reading
from loaders.wording import date_of, opinion_of, standards_in

_AUDITORS_REPORT = re.compile(r"\bservice auditor.s (?:assurance )?report\b", re.IGNORECASE)
_OPINION = re.compile(r"^(?:\w+ )?(?:of )?opinion$", re.IGNORECASE)
_RESTRICTED = re.compile(
    r"\bintended solely for the (?:information and )?use\b.*\b(?:not intended to be|should not be)\b",
    re.IGNORECASE,
)
_PERFORMED = re.compile(r"\b(?:conducted|performed) in accordance with\b", re.IGNORECASE)
_PLACE = re.compile(r"^[A-Z][\w .'-]+, [A-Z][\w .'-]+$")


@dataclass(frozen=True, slots=True)
class Examination:
    """What belongs to the document as well as to the assessment."""

    opinion_date: str | None
    restricted: bool


def read_opinion(reading: Reading) -> Examination:
    """States the auditor, the opinion with its date, and the standards; warns of what the report does not say."""
    report = _auditors_report(reading.layout.pieces)
    _state_opinion(reading, report)
    _state_standards(reading, report)
    date = _state_signature(reading, report)
    restricted = any(_RESTRICTED.search(piece.text) for piece in report)
    return Examination(date, restricted)


def _auditors_report(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The part of the report below the title that names the auditor's report, or else all of it."""
    for piece in pieces:
        if piece.kind is Kind.HEADING and _AUDITORS_REPORT.search(piece.text):
            return tuple(p for p in pieces if p.section[:1] == piece.section[:1])
    return tuple(pieces)


def _state_opinion(reading: Reading, report: Sequence[Piece]) -> None:
    heading = next((p for p in report if p.kind is Kind.HEADING and _OPINION.match(p.text)), None)
    if heading is None:
        reading.notes.warn(1, "the report has no heading under which the auditor's opinion stands")
        return
    text = next((p for p in report if p.first_line > heading.last_line and p.kind is Kind.PARAGRAPH), heading)
    opinion = opinion_of(heading.text, text.text)
    if opinion is None:
        reading.notes.warn(text.first_line, f"no known wording of an opinion: {text.text!r}")
        return
    citation = reading.notes.cite(heading.first_line, text.last_line, heading.section)
    reading.notes.state("Assessment", reading.assessment, citation, opinion=opinion)


def _state_standards(reading: Reading, report: Sequence[Piece]) -> None:
    for piece in report:
        for name in standards_in(piece.text) if _PERFORMED.search(piece.text) else ():
            standard = reading.resolve("Framework", name, piece.first_line)
            citation = reading.cite(piece)
            reading.notes.state("Framework", standard.id, citation, 2, name=standard.name)
            reading.notes.link("PERFORMED_UNDER", reading.assessment, standard.id, citation)


def _state_signature(reading: Reading, report: Sequence[Piece]) -> str | None:
    """The auditor signs above the date, with or without the place between; answers the date."""
    lines = [piece for piece in report if piece.kind in (Kind.HEADING, Kind.LINE)]
    dated = next((i for i in reversed(range(len(lines))) if date_of(lines[i].text)), None)
    if not dated:
        reading.notes.warn(1, "the report has no dated signature of the auditor")
        return None
    place = lines[dated - 1] if dated > 1 and _PLACE.match(lines[dated - 1].text) else None
    signed, date = lines[dated - (2 if place else 1)], lines[dated]
    signature = reading.notes.cite(signed.first_line, None, signed.section[:1])
    auditor = reading.resolve("Organization", signed.text, signed.first_line)
    reading.notes.state("Organization", auditor.id, signature, name=auditor.name)
    reading.state_names(auditor, signature)
    at = place.text if place else None
    cited = [signature] if place is None else [signature, reading.notes.cite(place.first_line, None, place.section[:1])]
    reading.notes.link("EXAMINED_BY", reading.assessment, auditor.id, *cited, signed_at=at)
    on = reading.notes.cite(date.first_line, None, date.section[:1])
    value = date_of(date.text)
    reading.notes.state("Assessment", reading.assessment, on, opinion_date=value)
    return value
