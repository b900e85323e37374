"""Tables of complementary controls in columns side by side: a heading that names them, and rows wherever cells stand.

Each row has one number, or names one set of criteria or objectives: these tell how many rows there are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.layout.pieces import Kind, Piece
from loaders.layout.table_block import BlockRows
from loaders.layout.table_columns import segments
from loaders.layout.table_cuts import RowCuts
from loaders.layout.table_places import Placed, with_whole_numbers
from loaders.layout.text import clean, ends_sentence
from loaders.names.proper_names import LEGAL_FORMS
from loaders.soc.complementary_headings import AIMS, Heading, Holds, headings_at, is_of_heading
from loaders.soc.controls.joining import Joining
from loaders.soc.controls.lines import Line

_SENTENCES = re.compile(r"[.;] [A-Z]")
_LONGEST_TABLE = 120
_PAGE = 2
_FARTHEST = 12
_MOST = 2.0
_FEW = 2


@dataclass(frozen=True, slots=True)
class ComplementaryTables:
    """Reads the tables of complementary controls among the lines of a report."""

    lines: Sequence[Line]
    joining: Joining

    def table_at(self, at: int) -> tuple[list[Piece], int] | None:
        """The rows of the table whose heading begins there, the heading first, and where the table ends."""
        heading = self._heading(at)
        if heading is None:
            return None
        rows: list[Piece] = []
        end, last = heading.end, at
        block = self._block(heading.end, heading)
        while block:
            read = self._rows(heading, block, goes_on=bool(rows) and not self._is_whole(heading, rows[-1]))
            if read is None:
                return None
            rows = self._joined(heading, rows, read)
            end = last = self._after(block[-1])
            following = self._next(last)
            again = self._heading(following) if following is not None else None
            if again is None or again.titles != heading.titles:
                break
            heading, block = again, self._block(again.end, again)
        if not rows:
            return None
        words = " ".join(heading.titles)
        first, below = self.lines[at][0], self.lines[self._below(at, heading) - 1][0]
        return [Piece(Kind.ROW, words, first, below, words, heading.titles), *rows], end

    def _below(self, at: int, heading: Heading) -> int:
        own = self._heading(at)
        return own.end if own else heading.end

    def _after(self, line: Line) -> int:
        return next(at for at, (number, _) in enumerate(self.lines) if number == line[0]) + 1

    def _next(self, at: int) -> int | None:
        """The next written line, where a page can end between."""
        for index in range(at, min(len(self.lines), at + _FARTHEST)):
            if self.lines[index][1].strip():
                return index
        return None

    def _heading(self, at: int) -> Heading | None:
        """The heading that fits the lines below best; None where none begins there."""
        found = headings_at(self.lines, at)
        costs = [Placed.of(self._block(one.end, one), one.starts, one.begins).cost for one in found]
        return found[costs.index(min(costs))] if found else None

    # The rows

    def _block(self, start: int, heading: Heading) -> list[Line]:
        """The written lines of the table from there, up to a gap as a page break leaves or to other text."""
        found: list[Line] = []
        blank = 0
        for number, text in self.lines[start : start + _LONGEST_TABLE]:
            if not text.strip():
                blank += 1
                continue
            if blank >= _PAGE or _is_aside(text, heading, below_gap=blank > 0) or "\t" in text or "|" in text:
                break
            found.append((number, text))
            blank = 0
        return found

    def _is_whole(self, heading: Heading, row: Piece) -> bool:
        return ends_sentence(row.cells[heading.holds.index(Holds.CONTROL)])

    def _joined(self, heading: Heading, rows: Sequence[Piece], further: Sequence[Piece]) -> list[Piece]:
        """The rows with those of a further page, whose first is the rest of the last where it has no key."""
        if not rows or heading.is_key(further[0].cells[heading.key]):
            return [*rows, *further]
        last, rest = rows[-1], further[0]
        cells = tuple(self.joining.join(above, below) for above, below in zip(last.cells, rest.cells, strict=True))
        text = " ".join(cells)
        return [*rows[:-1], Piece(Kind.ROW, text.strip(), last.first_line, rest.last_line, text, cells), *further[1:]]

    def _rows(self, heading: Heading, block: Sequence[Line], *, goes_on: bool) -> list[Piece] | None:
        """The rows of a block: with what touches a number in front or at the end of a line set apart, or as it is."""
        apart = [(n, heading.apart(text)) for n, text in block]
        ways = [self._read(heading, lines, goes_on=goes_on) for lines in (apart, block)]
        return max((way for way in ways if way), key=lambda way: self._whole(heading, way), default=None)

    def _whole(self, heading: Heading, rows: Sequence[Piece]) -> int:
        """How many rows have one whole sentence, and criteria or objectives alone beside it, less the others."""
        control, last = heading.holds.index(Holds.CONTROL), len(heading.holds) - 1
        aim = heading.holds.index(Holds.AIM) if Holds.AIM in heading.holds else last
        whole = sum(
            ends_sentence(row.cells[control])
            and row.cells[control][:1].isupper()
            and not _SENTENCES.search(row.cells[control])
            and bool(heading.holds[aim] is not Holds.AIM or AIMS.fullmatch(row.cells[aim]))
            for row in rows
        )
        return 2 * whole - len(rows)

    def _read(self, heading: Heading, block: Sequence[Line], *, goes_on: bool) -> list[Piece] | None:
        """The rows of lines; with `goes_on` the first ones without a key may be the rest of a row."""
        placed = Placed.of(block, heading.starts, heading.begins)
        if placed.cost > _MOST * len(block):
            return None
        prose = frozenset(n for n, one in enumerate(heading.holds) if one is Holds.CONTROL)
        each = [self._cut(heading, [line], [starts])[0] for line, starts in zip(block, placed.starts, strict=True)]
        cells = _with_whole_aims(with_whole_numbers(each, heading.key), heading.key)
        gaps = frozenset(at for at, (above, below) in enumerate(pairwise(block), 1) if below[0] > above[0] + 1)
        _, rows = BlockRows(cells, heading.key, heading.is_key, prose, goes_on=goes_on, gaps=gaps).rows()
        whole = [any(heading.is_key(cells[line][heading.key]) for line in range(a, b + 1)) for a, b in rows]
        if not all(whole[goes_on:]):
            return None
        return [self._row(heading, block[a : b + 1]) for a, b in rows]

    def _row(self, heading: Heading, lines: Sequence[Line]) -> Piece:
        starts = Placed.whole(lines, heading.starts).starts
        cells = [""] * len(heading.titles)
        for row in with_whole_numbers(self._cut(heading, lines, starts), heading.key):
            cells = [self.joining.join(above, below) for above, below in zip(cells, row, strict=True)]
        given = tuple(clean(cell) for cell in cells)
        return Piece(Kind.ROW, " ".join(given).strip(), lines[0][0], lines[-1][0], " ".join(cells), given)

    def _cut(self, heading: Heading, lines: Sequence[Line], starts: Sequence[Sequence[int]]) -> Sequence[Sequence[str]]:
        prose = frozenset(n for n, one in enumerate(heading.holds) if one is Holds.CONTROL)
        filled = frozenset(n for n in range(len(heading.holds)) if n) if len(lines) > 1 else frozenset[int]()

        def reads(column: int, words: str) -> bool:
            if heading.holds[column] is Holds.ORGANIZATION:
                return LEGAL_FORMS.isdisjoint(words.split()[:1])
            return heading.holds[column] is not Holds.AIM or bool(AIMS.fullmatch(words))

        def begins(column: int, words: str) -> bool:
            return heading.holds[column] is Holds.AIM and bool(AIMS.fullmatch(words))

        return RowCuts(prose, filled, begins, reads, goes_on=len(lines) == 1, is_cut=len(lines) == 1).cells(
            [text for _, text in lines], [starts]
        )


def _is_aside(text: str, heading: Heading, *, below_gap: bool) -> bool:
    """Whether a line stands at the margin and is no cell: below a gap, or left of the cells or the name of a table."""
    found = segments(text)
    if len(found) != 1 or found[0].start > heading.starts[0] or heading.is_key(found[0].text):
        return False
    return below_gap or (len(text.split()) > _FEW and (found[0].start < heading.starts[0] or is_of_heading(text)))


def _with_whole_aims(rows: Sequence[Sequence[str]], column: int) -> list[list[str]]:
    """The rows, with criteria and objectives beside those after whose comma they stand."""
    found = [list(row) for row in rows]
    for at, row in enumerate(found):
        below = next((other for other in found[at + 1 :] if other[column]), None)
        if below is not None and row[column].endswith(","):
            row[column], below[column] = f"{row[column]} {below[column]}", ""
    return found
