"""What management responds to each deviation, beside it or in a later section, and whether that was examined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graph.records import Value
from loaders.layout.hyphens import Hyphens
from loaders.layout.table_bars import is_row, row_cells
from loaders.soc.controls.attempts import mended
from loaders.soc.controls.blocks import BlockReader
from loaders.soc.controls.deviations import (
    Deviating,
    date_in,
    examined_by,
    matching,
    remediated_on,
)
from loaders.soc.controls.grids import GridReader
from loaders.soc.controls.labels import Role
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import criteria_in, number_in, without_codes
from loaders.soc.controls.reading import ControlsRead
from loaders.soc.controls.taken_up import taken_up
from loaders.soc.controls.values import Cell
from loaders.soc.reading import Reading
from loaders.soc.sections import Part, below_mark, part_of

_SENTENCES = re.compile(r"(?<=\.)\s+(?=[A-Z])|(?<=;)\s+")
# The number of a section in its title ends no sentence.
_NUMBERED_TITLE = re.compile(r"(?:Section|SECTION|Part|PART)\s+\w{1,4}\.\s+")
_WINDOW = 6


@dataclass(frozen=True, slots=True)
class Response:
    """A deviation that was stated, with its control and criteria, and what stands beside it of management's."""

    id: str
    name: str
    control: str
    criteria: frozenset[str]
    deviating: Deviating
    beside: Cell | None = None
    remediated: Cell | None = None


@dataclass(slots=True)
class Entry:
    """A response of a later section: to which control or criterion, to which deviation, when it was remediated."""

    number: str
    line: int
    criteria: tuple[str, ...] = ()
    told: Cell | None = None
    response: Cell | None = None
    remediated: Cell | None = None
    cells: list[Cell] = field(default_factory=list)


def state_responses(reading: Reading, read: ControlsRead, deviations: Sequence[Response]) -> None:
    """States the responses that stand beside deviations, and those of later sections that tell which they mean."""
    if not deviations:
        return
    examined, teller = examinations(read.source.lines), _Teller(reading, read)
    for one in deviations:
        if one.beside is not None:
            teller.state(one, one.beside, one.remediated, examined.at(one.beside.first_line, later=False))
    for entry in entries(read.after, Hyphens(read.source.lines)):
        teller.state_entry(entry, deviations, examined.at(entry.line, later=True))


def entries(lines: Sequence[Line], hyphens: Hyphens) -> list[Entry]:
    """The responses of the lines after the controls, from tables or from labelled blocks."""
    tables = GridReader(lines)
    cells = mended(tables.read(), hyphens)
    found = list(_entries(cells)) if tables.headings else []
    if not any(entry.response for entry in found):
        found = list(_entries(mended(BlockReader(lines, anonymous=True).read(), hyphens)))
    return [entry for entry in found if entry.response is not None]


def _entries(cells: Iterable[Cell]) -> Iterator[Entry]:
    entry: Entry | None = None
    for cell in cells:
        begins = (cell.role is Role.CONTROL and cell.number) or cell.role is Role.CRITERION
        if begins and not (entry and entry.told is None and entry.response is None and cell.role is Role.CRITERION):
            if entry is not None:
                yield entry
            entry = Entry(cell.number if cell.role is Role.CONTROL else "", cell.first_line)
        if entry is None:
            continue
        if cell.role is Role.CRITERION:
            entry.criteria = (*entry.criteria, *criteria_in(f"{cell.number} {cell.text}"))
            entry.number = entry.number or _number_beside(cell.text)
        elif cell.role is Role.CONTROL and cell.text and entry.told is None and cell.number:
            entry.cells.append(cell)
        elif cell.role in (Role.RESULT, Role.PROCEDURE):
            entry.told = entry.told or cell
        elif cell.role is Role.RESPONSE:
            entry.response = entry.response or cell
        elif cell.role is Role.REMEDIATED:
            entry.remediated = cell
    if entry is not None:
        yield entry


def _number_beside(criteria: str) -> str:
    """The number of a control that stands beside codes of criteria in one cell."""
    found = number_in(without_codes(criteria))
    return found.number if found and found.marked and not found.rest else ""


def _same(control: str, number: str) -> bool:
    """Whether a number is that of a control, with or without the prefix of the report."""
    return control == number or (number[:1].isdigit() and control.endswith(f"-{number}"))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Writes responses down, each with the lines that state it."""

    reading: Reading
    read: ControlsRead

    def state_entry(self, entry: Entry, deviations: Sequence[Response], examined: tuple[bool, int] | None) -> None:
        """States a response of a later section on the one deviation that it tells; a doubtful one is named."""
        assert entry.response is not None
        meant = [d for d in deviations if entry.number and _same(d.control, entry.number)]
        if not meant and not entry.number:
            meant = [d for d in deviations if d.criteria.intersection(entry.criteria)]
        told = entry.told or (entry.cells[0] if entry.cells else None)
        place = matching([d.deviating.statement for d in meant], told.text if told else "") if meant else None
        if place is None:
            of = entry.number or ", ".join(entry.criteria) or "no control"
            said = f"to which deviation management responds here is not told ({of})"
            self.reading.notes.warn(self.read.line(entry.response.first_line), said)
            return
        one = meant[place]
        if told is not None:
            self._note(one, (told.first_line, told.last_line), statement=None)
        self.state(one, entry.response, entry.remediated, examined)

    def state(self, one: Response, response: Cell, remediated: Cell | None, examined: tuple[bool, int] | None) -> None:
        """States a response with the date and the examination that belong to it."""
        on = date_in(remediated.text) if remediated else remediated_on(response.text)
        self._note(one, (response.first_line, response.last_line), response=response.text)
        where = remediated or response
        if on is not None:
            self._note(one, (where.first_line, where.last_line), remediated_on=on)
        if examined is not None:
            self._note(one, (examined[1], examined[1]), response_examined=examined[0])

    def _note(self, one: Response, lines: tuple[int, int], **values: Value | None) -> None:
        first, last = self.read.line(lines[0]), self.read.line(lines[1])
        cited = self.reading.notes.cite(first, last, self.reading.section_at(first))
        self.reading.notes.state("Deviation", one.id, cited, 0, name=one.name, **values)


@dataclass(frozen=True, slots=True)
class _Examined:
    """Where the report says that responses were examined or not; `general` for all, `sections` for what follows."""

    general: tuple[tuple[bool, int], ...]
    sections: tuple[tuple[bool, int], ...]

    def at(self, line: int, *, later: bool) -> tuple[bool, int] | None:
        """What the report says of a response on a line: by name, or of the information of a later section."""
        if self.general:
            values = {value for value, _ in self.general}
            return self.general[0] if len(values) == 1 else None
        above = [one for one in self.sections if one[1] < line]
        return above[-1] if above and later else (self.sections[0] if self.sections and later else None)


def examinations(lines: Sequence[str]) -> _Examined:
    """What the sentences of the report say of responses and of other information."""
    general, sections = list[tuple[bool, int]](), list[tuple[bool, int]]()
    for index, line in enumerate(lines):
        if not _SPEAKS.search(line):
            continue
        text, at = _paragraph(lines, index)
        for said in taken_up(_sentences(text)):
            value = examined_by(said, here=True)
            if value is None or (_ITSELF.match(said) and not _is_of_other_information(lines, index)):
                continue
            named = examined_by(said, here=False) is not None and not _is_of_section(said)
            (general if named else sections).append((value, at))
    return _Examined(tuple(dict.fromkeys(general)), tuple(dict.fromkeys(sections)))


def _sentences(text: str) -> list[str]:
    """The sentences of a text, the first with the mark of a section before it where it is a title."""
    title = _NUMBERED_TITLE.match(text)
    first, *others = _SENTENCES.split(text[title.end() :] if title else text)
    return [f"{title.group() if title else ''}{first}", *others]


_ITSELF = re.compile(r"\W*this section\b(?!.*\binformation\b)", re.IGNORECASE)


def _is_of_other_information(lines: Sequence[str], index: int) -> bool:
    """Whether the nearest marked title of a section above a line is that of other information."""
    titles = (line.strip() for line in reversed(lines[:index]))
    return next((part for title in titles if below_mark(title) and (part := part_of(title))), None) is Part.OTHER


_PART = re.compile(r"\b(?:section|part|appendix)\s+(?:[IVX]+|\d{1,2}|[A-Z])\b", re.IGNORECASE)


def _is_of_section(sentence: str) -> bool:
    """Whether a sentence speaks of one section, in which responses may stand, and not of the responses everywhere."""
    named = list(_PART.finditer(sentence))
    speaks = re.search(r"\bresponses?\b", sentence)
    return len(named) == 1 and speaks is not None and named[0].start() < speaks.start()


_SPEAKS = re.compile(
    r"\b(?:not|no|were|was)\b.{0,40}\b(?:subjected|examined|audited|tested|procedures|covered|part)\b"
    r"|\bunaudited\b|\bno (?:opinion|assurance|procedures)\b|\bwe (?:subjected|examined|tested"
    r"|inspected)\b",
    re.IGNORECASE,
)


def _paragraph(lines: Sequence[str], index: int) -> tuple[str, int]:
    """The lines around one up to blank ones, and the line itself; the cells of a row are sentences of their own."""
    if is_row(lines[index]):
        return "; ".join(part for cell in row_cells(lines[index]) for part in cell.split("<br>")), index + 1
    first = index
    while first > max(0, index - _WINDOW) and _is_text(lines[first - 1]):
        first -= 1
    last = index
    while last < min(len(lines) - 1, index + _WINDOW) and _is_text(lines[last + 1]):
        last += 1
    return " ".join(line.strip() for line in lines[first : last + 1]), index + 1


def _is_text(line: str) -> bool:
    return bool(line.strip()) and not is_row(line)
