"""The signature below the auditor's report: who signed, where, and on which day, in whatever order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.layout.layout import Kind, Piece
from loaders.layout.text import ends_sentence
from loaders.names.proper_names import LEGAL_FORMS
from loaders.soc.dated_lines import dated
from loaders.soc.reading import Reading

_SIGNED = re.compile(r"^/s/\s*|^(?:signed|for and on behalf of|by):?\s+", re.IGNORECASE)
_PLACE = re.compile(r"^[^\W\d_][^\W\d_.'’ -]*(?:[ .'’-][^\W\d_.'’ -]+)*(?:, [^\W\d_][\w .'’-]+){1,2}$")
_FIRM = re.compile(
    r"\b(?:LLP|PLLC|P\.C\.|CPAs?|Chartered Accountants|Certified Public Accountants|& Co\b|Partners|Associates"
    r"|Audit|Auditing|Auditores|Assurance|Accountants|Accountancy|Revisjon|Revision\w*|Revisor\w*|Auditors|PAC|GmbH"
    r"|Statsautoriserede?|\w*[Pp]artnerselskab|Tilintarkastus\w*|Treuhand\w*|Wirtschafts(?:prüf|treuhand)\w*)\b"
    r"|\s&\s",
)
_DESIGNATION = re.compile(
    r"\W*(?:(?:an?|independent|chartered|certified|licensed|registered|state|authori[sz]ed|professional|public"
    r"|statutory|service|accountants?|auditors?|accounting|audit|firm|cpas?|and|of)\b\W*)+",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?:Partner|Director|Principal|Officer|Manager|Auditor|Accountant|Wirtschaftsprüfer|CPA|License)\b"
)
_OTHERS = re.compile(r"\b(?:statement|assertion|representation)s? (?:of|by)\b(?!.*\bauditor)", re.IGNORECASE)
_ADDRESSED = re.compile(r"(?:to|attention|attn\.?)(?: the\b|:)", re.IGNORECASE)
_LONGEST = 120
_LINE = 80


@dataclass(frozen=True, slots=True)
class _Signature:
    """The lines of a signature by what they are; `place` may stand on the line of the date."""

    date: tuple[str, Piece] | None
    place: tuple[str, Piece] | None
    firm: Piece | None


def read_signature(reading: Reading, report: Sequence[Piece]) -> str | None:
    """States the auditor with the place, and the date of the opinion; answers the date."""
    found = _signature(_lines(report))
    while found.firm is not None and reading.names.resolve("Organization", found.firm.text).id == reading.provider.id:
        # Management signs its own statement; the auditor's signature stands above it.
        report = [piece for piece in report if piece.first_line < min(_signed_lines(found))]
        found = _signature(_lines(report))
    if not report:
        return None
    if found.date is None:
        reading.notes.warn(report[-1].last_line, "the report has no dated signature of the auditor")
    if found.firm is None:
        reading.notes.warn(report[-1].last_line, "no auditor has signed the report by name")
    else:
        _state_auditor(reading, found.firm, found.place)
    if found.date is None:
        return None
    value, piece = found.date
    on = reading.notes.cite(piece.first_line, piece.last_line, reading.section_at(piece.first_line)[:1])
    reading.notes.state("Assessment", reading.assessment, on, opinion_date=value)
    return value


def _signed_lines(found: _Signature) -> list[int]:
    """The lines on which firm and day of a signature stand."""
    return [piece.first_line for piece in (found.firm, found.date[1] if found.date else None) if piece is not None]


def _lines(report: Sequence[Piece]) -> list[Piece]:
    """The short lines with which the report ends, without what the firm may call itself; none where a paragraph follows
    the last date.
    """
    found: list[Piece] = []
    for piece in reversed(list(_of_auditor(report))):
        if piece.kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW) and len(piece.text) > _LONGEST:
            if any(dated(p.text) for p in found):
                break
            found = []
            continue
        if not _DESIGNATION.fullmatch(piece.text):
            found.append(piece)
    return list(reversed(found))


def _of_auditor(report: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces up to the title of another party's statement, which a section may hold too."""
    end = next(
        (i for i, p in enumerate(report) if i and p.kind is Kind.HEADING and _OTHERS.search(p.text)), len(report)
    )
    return report[:end]


def _signature(lines: Sequence[Piece]) -> _Signature:
    at = next((i for i in reversed(range(len(lines))) if dated(lines[i].text)), None)
    if at is None:
        firm = next((p for p in lines if _is_firm(p.text)), None)
        return _Signature(None, None, firm)
    day = dated(lines[at].text)
    assert day is not None
    value, before = day
    near = [p for p in (*reversed(lines[max(0, at - 4) : at]), *lines[at + 1 : at + 4]) if len(p.text) <= _LINE]
    near = [p for p in near if p.kind is not Kind.PARAGRAPH or not ends_sentence(p.text) or _is_firm(p.text)]
    firm = next((p for p in near if _is_firm(p.text)), None)
    place = (before, lines[at]) if before else next(((p.text, p) for p in near if _is_place(p.text)), None)
    rest = [p for p in near if p is not firm and (place is None or p is not place[1]) and not dated(p.text)]
    if firm is None:
        above = [p for p in rest if p.first_line < lines[at].first_line and not _TITLED.search(p.text)]
        firm = above[0] if len(above) == 1 else None
    elif place is None:
        between = [p for p in rest if firm.first_line < p.first_line < lines[at].first_line and " " not in p.text]
        place = (between[0].text, between[0]) if len(between) == 1 else None
    return _Signature((value, lines[at]), place, firm)


def _is_firm(text: str) -> bool:
    name = _SIGNED.sub("", text)
    if _ADDRESSED.match(name):
        return False
    return bool(_FIRM.search(name)) or (name.split()[-1:] != [] and name.split()[-1] in LEGAL_FORMS)


def _is_place(text: str) -> bool:
    return bool(_PLACE.match(text)) and not _is_firm(text) and not dated(text)


def _state_auditor(reading: Reading, firm: Piece, place: tuple[str, Piece] | None) -> None:
    notes = reading.notes
    name = _SIGNED.sub("", firm.text).strip()
    signature = notes.cite(firm.first_line, firm.last_line, reading.section_at(firm.first_line)[:1])
    auditor = reading.resolve("Organization", name, firm.first_line)
    notes.state("Organization", auditor.id, signature, name=auditor.name)
    reading.state_names(auditor, signature)
    cited = [signature]
    if place:
        where = place[1]
        cited.append(notes.cite(where.first_line, where.last_line, reading.section_at(where.first_line)[:1]))
    notes.link("EXAMINED_BY", reading.assessment, auditor.id, *cited, signed_at=place[0] if place else None)
