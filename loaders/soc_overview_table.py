"""The table of a SOC overview page, whose cells ran together: which text answers which question for which report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_REPORTS = ("1", "2", "3")
_ROWS = {
    "standard": re.compile(r"[A-Z][^.?!]*\b[Ss]tandard\b[^.?!]*\?"),
    "purpose": re.compile(r"(?:What's|What is|What)[^.?!]*\b[Pp]urpose\b[^.?!]*\?"),
    "audience": re.compile(r"(?:Who|What)[^.?!]*\b[Aa]udience\b[^.?!]*\?"),
    "period": re.compile(r"What[^.?!]*\b[Pp]eriod\b[^.?!]*\?"),
}
_PERIOD = re.compile(r"(?P<months>\d+) months:?\s*ending (?P<ends>\d{1,2}/\d\d(?:, \d{1,2}/\d\d)*)")
_CELL = re.compile(r"(?<=[a-z]) (?=[A-Z][a-z]+ )")
_HERE = re.compile(r"\s+here$")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row of the table says of one report."""

    report: str
    question: str
    first_line: int
    last_line: int
    standards: str = ""
    audience: str | None = None
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SocTable:
    """The cells, the lines on which the table stands, and the rows that it lacks."""

    cells: tuple[Cell, ...]
    lines: frozenset[int]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """The text between a row's question and the next, with the offsets of its lines."""

    question: str
    text: str
    starts: tuple[tuple[int, int], ...]

    def lines(self, start: int, end: int) -> tuple[int, int]:
        below = [line for offset, line in self.starts if offset <= start]
        within = [line for offset, line in self.starts if offset < max(end, start + 1)]
        return (max(below), max(within))


def read_table(lines: Sequence[str]) -> SocTable:
    """The table among the lines of a page; a row without a cell for each of the three reports gives none."""
    rows = {name: _row(lines, name) for name in _ROWS}
    cells: list[Cell] = []
    for name, row in rows.items():
        if row and name in _READERS:
            cells += _READERS[name](row)
    numbers = [line for row in rows.values() if row for _, line in row.starts]
    span = frozenset(range(min(numbers), max(numbers) + 1)) if numbers else frozenset[int]()
    missing = tuple(name for name, row in rows.items() if row is None or not row.text.strip())
    return SocTable(tuple(cells), span, missing)


def _row(lines: Sequence[str], name: str) -> _Row | None:
    for index, line in enumerate(lines):
        match = _ROWS[name].search(line)
        if match:
            question = match.group()
            return _collect(lines, index, match.end(), question[question.rfind("? ") + 1 :].strip())
    return None


def _collect(lines: Sequence[str], index: int, offset: int, question: str) -> _Row:
    """The text from a question to the next question or to the separator below the table."""
    text, starts = "", list[tuple[int, int]]()
    for number in range(index, len(lines)):
        piece = lines[number][offset:] if number == index else lines[number]
        asked = next((m for m in (row.search(piece) for row in _ROWS.values()) if m), None)
        piece, ended = (piece[: asked.start()], True) if asked else (piece, False)
        if piece.strip() == "-" or piece.strip().endswith("?"):
            break
        joint = "" if not text or re.search(r"\d$", text) else "\n"
        starts.append((len(text) + len(joint), number + 1))
        text += joint + piece.strip().removesuffix(" -")
        if ended or piece.rstrip().endswith(" -"):
            break
    return _Row(question, text, tuple(starts))


def _standards(row: _Row) -> Iterator[Cell]:
    """Each cell begins with the standard with which the first one begins."""
    words = row.text.strip().split(",")[0].split()
    first = " ".join(words[:3])
    starts = [match.start() for match in re.finditer(re.escape(first), row.text)] if first else []
    if len(starts) == len(_REPORTS):
        for report, start, end in zip(_REPORTS, starts, [*starts[1:], len(row.text)], strict=True):
            yield Cell(report, row.question, *row.lines(start, end), standards=row.text[start:end])


def _audiences(row: _Row) -> Iterator[Cell]:
    """Cells are told apart by the capital letter with which each begins."""
    found = [cell.strip() for cell in _CELL.split(row.text.strip()) if cell.strip()]
    if len(found) == len(_REPORTS):
        for report, text in zip(_REPORTS, found, strict=True):
            yield Cell(report, row.question, *row.lines(0, len(row.text)), audience=_HERE.sub("", text))


def _periods(row: _Row) -> Iterator[Cell]:
    found = list(_PERIOD.finditer(row.text))
    if len(found) == len(_REPORTS):
        for report, match in zip(_REPORTS, found, strict=True):
            yield Cell(report, row.question, *row.lines(match.start(), match.end()), months=(int(match["months"]),))


# Which lines of the purposes belong to which report only their content tells, so none is taken.
_READERS = {"standard": _standards, "audience": _audiences, "period": _periods}
