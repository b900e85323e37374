"""Tables in columns side by side whose rows are numbered: a number begins each row, however its columns drift."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.layout.pieces import Kind, Piece
from loaders.layout.table_columns import cells_of, segments, starts_of
from loaders.layout.table_grid import Begins, cells_in, fitted
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.joining import Joining
from loaders.soc.controls.lines import Line

_HEADING = re.compile(r"^(?P<indent>\s{0,12})(?P<number>No\.?|Nr\.?|#|Ref\.?|ID|Number|Item)(?P<gap>\s+)(?=[A-Z])")
_ROW = re.compile(r"^\s{0,12}(?P<number>\d{1,3}|[A-Z]{2,6}[- ]?\d{1,3})\s{2,}\S")
_REFERENCES = re.compile(r"(?:(?:CC|PI|A|C|P|CO)?-?\d{1,2}(?:\.\d{1,2})?(?:,\s*|\s+and\s+|,\s+and\s+|$))+")
_AT_END = re.compile(rf"(?<=\s){_REFERENCES.pattern}$")
_HEADING_LINES = 4
_PAGE = 12
_NEAR = 6
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class NumberedTables:
    """Reads the numbered tables among the lines of a report."""

    lines: Sequence[Line]
    joining: Joining

    def table_at(self, at: int) -> tuple[list[Piece], int] | None:
        """The rows of the table whose heading begins there, the heading first, and where the table ends."""
        heading = self._heading(at)
        if heading is None:
            return None
        titles, starts, first = heading
        rows, end = self._rows(at, first)
        if len(rows) < _FEWEST:
            return None
        starts = list(starts_of(starts, [text for row in rows for _, text in row]))
        last = _holds_references(rows, starts)
        above = Piece(Kind.ROW, " ".join(titles), self.lines[at][0], self.lines[first - 1][0], " ".join(titles), titles)
        return [above, *(self._row(row, starts, last=last) for row in rows)], end

    def _heading(self, at: int) -> tuple[tuple[str, ...], list[int], int] | None:
        """The titles, where their columns begin, and the first line below them."""
        found = _HEADING.match(self.lines[at][1])
        below = range(at + 1, min(len(self.lines), at + 1 + _HEADING_LINES))
        first = next((i for i in below if _ROW.match(self.lines[i][1])), None)
        if found is None or first is None or len(segments(self.lines[at][1])) < _FEWEST:
            return None
        parts = [(found.start("number"), found["number"])]
        rest = " " * found.end() + self.lines[at][1][found.end() :]
        parts += [(segment.start, segment.text) for segment in segments(rest)]
        if any(ends_sentence(text) for _, text in parts[1:]):
            return None
        for _, text in self.lines[at + 1 : first]:
            for segment in segments(text):
                near = min(range(len(parts)), key=lambda i: abs(parts[i][0] - segment.start))
                if abs(parts[near][0] - segment.start) <= _NEAR:
                    parts[near] = (parts[near][0], f"{parts[near][1]} {segment.text}")
        return tuple(clean(text) for _, text in parts), [start for start, _ in parts], first

    def _rows(self, heading: int, first: int) -> tuple[list[list[Line]], int]:
        """The lines of each row, and where the last one ends; the heading is repeated on further pages."""
        rows: list[list[Line]] = []
        at, blank, end = first, 0, first
        while at < len(self.lines) and blank <= _PAGE:
            text = self.lines[at][1]
            if not text.strip():
                at, blank = at + 1, blank + 1
                continue
            if text.split() == self.lines[heading][1].split():
                at, blank = at + first - heading, 0
                continue
            if self._begins(rows, text):
                rows.append([])
            elif blank or not text[:1].isspace():
                break
            rows[-1].append(self.lines[at])
            at, blank = at + 1, 0
            end = at
        return rows, end

    def _begins(self, rows: Sequence[Sequence[Line]], text: str) -> bool:
        """Whether a line begins a row: with a number, the next of the row above where it has no letters."""
        found = _ROW.match(text)
        above = _ROW.match(rows[-1][0][1]) if rows else None
        if found is None or above is None or not (found["number"].isdigit() and above["number"].isdigit()):
            return found is not None
        return int(found["number"]) == int(above["number"]) + 1

    def _row(self, row: Sequence[Line], starts: Sequence[int], *, last: bool) -> Piece:
        own = fitted([text for _, text in row], starts)
        cells = [""] * len(starts)
        for at, (_, text) in enumerate(row):
            end = _AT_END.search(text.rstrip()) if last and at == 0 else None
            begins = _begins_last(len(starts) - 1, end.group().strip() if end else None) if last else None
            found = cells_in(text, own, begins) if begins else cells_in(text, own)
            pairs = zip(cells, found or cells_of(text, own), strict=True)
            cells = [self.joining.join(above, below) for above, below in pairs]
        given = tuple(clean(cell) for cell in cells)
        return Piece(Kind.ROW, " ".join(given).strip(), row[0][0], row[-1][0], " ".join(cells), given)


def _begins_last(column: int, references: str | None) -> Begins:
    """Knows that the cell of the last column is those references, and stands on the first line of its row."""

    def begins(of: int, text: str) -> bool | None:
        return text.strip() == references if of == column else None

    return begins


def _holds_references(rows: Sequence[Sequence[Line]], starts: Sequence[int]) -> bool:
    """Whether the last column holds numbers of objectives or codes of criteria and nothing else."""
    ends = [segments(row[0][1])[-1] for row in rows]
    last = [end.text for end in ends if end.start >= starts[-1] - _NEAR]
    return len(last) >= _FEWEST and all(_REFERENCES.fullmatch(text) for text in last)
