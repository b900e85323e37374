"""The layout of a compliance quick reference: its headings, footnotes, table of objectives and revision history."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from loaders.documents import Document
from loaders.prose import Numbered, Passage, closed, passage

_ADDRESS = re.compile(r"https?://\S+")
_BULLET = re.compile(r"^[•●▪*|-]\s")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_REVISION = re.compile(rf"^({'|'.join(_MONTHS)})\s+(?:\d{{1,2}},\s+)?(\d{{4}})\b\s*(.*)$")
_HISTORY = re.compile(r"\b(?:Revisions?|Revision History|Change History|Version History)$")
_TABLE = re.compile(r"^Objective\b.*\bDescription$")
_DESCRIPTION = re.compile(r"\bControls? (?:provides?|are|is|ensures?)\b")
_HEADING_WIDTH, _PROSE_WIDTH, _HEADING_LINES = 42, 45, 3


@dataclass(frozen=True, slots=True)
class Footnote:
    """An address that stands alone on a line, at the foot of a page."""

    line: int
    url: str
    page: int


@dataclass(slots=True)
class Section:
    """A heading with the lines below it; a heading may be split over several lines."""

    title: str
    first_line: int
    last_line: int
    page: int
    body: list[Numbered] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)

    @property
    def text(self) -> Passage:
        """The prose below the heading."""
        return passage(self.body)


@dataclass(frozen=True, slots=True)
class Revision:
    """One row of the revision history; the date at the precision that is stated."""

    date: str
    written: str
    description: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One row of a table of control objectives."""

    title: str
    statement: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A quick reference, taken apart."""

    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    revisions: tuple[Revision, ...]


def take_apart(document: Document) -> Reference:
    """The sections, footnotes and revisions of a document."""
    lines = document.lines
    history = _history(lines)
    pages = list(_pages(lines))
    feet = _feet(lines)
    footnotes = tuple(Footnote(index + 1, lines[index].strip(), pages[index]) for index in sorted(feet))
    sections: list[Section] = []
    heads = {first: last for first, last in _headings(lines) if first < history}
    skip = -1
    for index, line in enumerate(lines[:history]):
        if index in heads:
            skip = heads[index]
            title = " ".join(text.strip() for text in lines[index : skip + 1])
            sections.append(Section(title, index + 1, skip + 1, pages[index]))
        if sections and index > skip and index not in feet:
            sections[-1].body.append((index + 1, line))
            if line.strip():
                sections[-1].pages.add(pages[index])
        if sections:
            sections[-1].pages.add(sections[-1].page)
    return Reference(tuple(sections), footnotes, tuple(_revisions(lines, history)))


def objectives(section: Section) -> tuple[ObjectiveRow, ...]:
    """The rows of the table of control objectives in a section; a title may stand in a block of its own.

    The heading of the table comes again after a page break.
    """
    blocks = _blocks(section.body)
    start = next((n for n, block in enumerate(blocks) if _TABLE.match(_joined(block))), len(blocks))
    rows: list[ObjectiveRow] = []
    title: list[Numbered] = []
    for block in blocks[start:]:
        text = passage(block).text
        cut = _DESCRIPTION.search(text)
        if _TABLE.match(text):
            continue
        if cut is None and all(len(line.strip()) < _HEADING_WIDTH for _, line in block):
            title = block
        elif cut and bool(cut.start()) != bool(title) and cut.start() < _PROSE_WIDTH:
            whole = [*title, *block]
            name = _joined(title) if title else text[: cut.start()].strip()
            rows.append(ObjectiveRow(name, text[cut.start() :], whole[0][0], whole[-1][0]))
            title = []
        else:
            break
    return tuple(rows)


def _feet(lines: Sequence[str]) -> set[int]:
    """The indices of footnotes: an address alone on a line that does not go on with the sentence of the line above."""
    feet: set[int] = set()
    for index, line in enumerate(lines):
        above = lines[index - 1].strip() if index else ""
        apart = not above or closed(above) or index - 1 in feet
        if apart and _ADDRESS.fullmatch(line.strip()):
            feet.add(index)
    return feet


def _pages(lines: Sequence[str]) -> Iterator[int]:
    """The number of each line's page; a page begins with a line that is set in by a space or a form feed."""
    page = 0
    for line in lines:
        page += bool(line.strip()) and line[0] in " \f"
        yield page


def _headings(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The index of the first and the last line of each heading."""
    for index, line in enumerate(lines):
        before = lines[index - 1].strip() if index else ""
        starts = not before or _ADDRESS.fullmatch(before) or (line[:1] in " \f")
        if not starts or not _is_short(line):
            continue
        size = 1
        while size < _HEADING_LINES and index + size < len(lines) and _is_short(lines[index + size]):
            size += 1
        if index + size < len(lines) and _is_prose(lines[index + size]):
            yield index, index + size - 1


def _is_short(line: str) -> bool:
    text = line.strip()
    plain = bool(text) and len(text) <= _HEADING_WIDTH and text[-1] not in ".:;,?!"
    return plain and (text[0].isupper() or text[0].isdigit()) and not _ADDRESS.match(text) and not _REVISION.match(text)


def _is_prose(line: str) -> bool:
    text = line.strip()
    return (len(text) >= _PROSE_WIDTH or text.endswith(".")) and not _BULLET.match(text) and not _ADDRESS.match(text)


def _history(lines: Sequence[str]) -> int:
    """The index at which the revision history begins; the number of lines where there is none."""
    for index in range(len(lines) - 1, -1, -1):
        if _HISTORY.search(lines[index].strip()) and len(lines[index].strip()) <= _HEADING_WIDTH:
            return index
    return len(lines)


def _revisions(lines: Sequence[str], start: int) -> Iterator[Revision]:
    found: list[tuple[re.Match[str], list[Numbered]]] = []
    for index in range(start, len(lines)):
        text = lines[index].strip()
        match = _REVISION.match(text)
        if match:
            found.append((match, [(index + 1, match[3])]))
        elif found and text and index == found[-1][1][-1][0]:
            found[-1][1].append((index + 1, text))
    for match, rows in found:
        date = f"{match[2]}-{_MONTHS.index(match[1]) + 1:02}"
        yield Revision(date, f"{match[1]} {match[2]}", passage(rows).text, rows[0][0], rows[-1][0])


def _blocks(lines: Sequence[Numbered]) -> list[list[Numbered]]:
    blocks: list[list[Numbered]] = [[]]
    for number, line in lines:
        if line.strip() and (not _TABLE.match(line.strip()) or not blocks[-1]):
            blocks[-1].append((number, line))
        elif line.strip():
            blocks.append([(number, line)])
        else:
            blocks.append([])
    return [block for block in blocks if block]


def _joined(block: Sequence[Numbered]) -> str:
    return " ".join(line.strip() for _, line in block)
