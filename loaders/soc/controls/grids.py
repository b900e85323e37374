"""Tables of controls in columns side by side, read page by page: first the columns, then the rows, then the cells.

All lines of a table on a page tell together where its columns begin, however the words of the heading stand over them;
the lines of a row tell it for the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise

from loaders.layout.hyphens import glued
from loaders.layout.table_block import BlockRows
from loaders.layout.table_columns import segments
from loaders.layout.table_cuts import RowCuts
from loaders.layout.table_grid import fit
from loaders.layout.table_middle import Standing
from loaders.layout.table_places import HALF, Placed, with_whole_numbers
from loaders.layout.text import ends_sentence
from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.columns import is_marked, is_number
from loaders.soc.controls.deviations import without_response
from loaders.soc.controls.headings import heading_at
from loaders.soc.controls.labels import Role
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import criteria_in, objective_in
from loaders.soc.controls.results import is_procedure, result_of
from loaders.soc.controls.tables import TableReader

_PROSE = frozenset((Role.CONTROL, Role.PROCEDURE, Role.RESULT, Role.RESPONSE))
_LONGEST_BLOCK = 120
_MOST = 2.0
_KEPT = 16
_AGAIN = 3.0


def _is_numbered(text: str) -> bool:
    """Whether a line begins with the number of a control, or the first half of one."""
    found = segments(text)
    return bool(found) and (is_marked(found[0].text) or bool(HALF.fullmatch(found[0].text)))


@dataclass(slots=True)
class GridReader(TableReader):
    """Reads the lines of the part with the controls; each table of columns side by side is read page by page.

    `_seen` is where the columns began in the rows above.
    """

    _seen: list[tuple[int, ...]] = field(default_factory=list)

    def _reads_groups(self) -> bool:
        return bool(self._columns.starts)

    def _heading_of_columns(self, position: int) -> int:
        """Takes the heading of columns side by side that fits the lines below best; answers its number of lines."""
        found = [heading_at(self.lines, position), heading_at(self.lines, position, parting=True)]
        known = [one for one in found if one is not None]
        if not known:
            return 0
        number = self.lines[position][0]
        costs = [
            # The heading of the page before is repeated rather than another one.
            self._cost(position + size, starts) - (_AGAIN if roles == self._columns.roles else 0.0)
            for roles, starts, size, _ in known
        ]
        roles, starts, size, self._words = known[costs.index(min(costs))]
        if roles != self._columns.roles:
            self._seen = []
        self._take_heading(roles, tuple(starts), number, "grids")
        return size

    def _cost(self, position: int, starts: Sequence[int]) -> float:
        """What it costs that columns begin there in the lines of a table."""
        return Placed.of(self._block(position), starts, _is_numbered).cost

    def _block(self, position: int) -> list[Line]:
        """The written lines from there to the next page, heading or title, or to words across all columns."""
        found: list[Line] = []
        for index in range(position, min(len(self.lines), position + _LONGEST_BLOCK)):
            number, text = self.lines[index]
            if not text.strip():
                continue
            if index > position and (number in self.pages or objective_in(text) or heading_at(self.lines, index)):
                break
            if len(self._columns.starts) > 1 and found and self._columns.stand_aside(text):
                break
            found.append((number, text))
        return found

    def _read_group(self, position: int) -> int:
        """Reads the lines of the table on this page."""
        block = self._block(position)
        if not block or self._columns.stand_aside(block[0][1]):
            self._outside(*self.lines[position])
            return 1
        self._end_title()
        placed = Placed.of(block, self._columns.starts, _is_numbered)
        after = next(at for at in range(position, len(self.lines)) if self.lines[at][0] == block[-1][0]) + 1
        if placed.cost > _MOST * len(block):
            self._end_row()
            said = f"the lines to {block[-1][0]} stand in no columns of their table: their controls are not read"
            self.doubts.append((block[0][0], said))
            return after - position
        cells = [self._columns.cells(text, None, placed.starts[at]) for at, (_, text) in enumerate(block)]
        cells = with_whole_numbers(cells, self._columns.key or 0)
        standing, rows = self._rows(block, cells)
        for first, last in rows:
            lines = block[first : last + 1]
            numbered = any(is_number(row[self._columns.key or 0]) for row in cells[first : last + 1])
            is_cut = last + 1 == len(block) and self._is_cut(block[-1][0])
            starts = placed.starts[first : last + 1]
            if standing is not Standing.TOP:
                starts = Placed.whole(lines, self._columns.starts).starts
            found = with_whole_numbers(
                self._cut(lines, starts, numbered=numbered, is_cut=is_cut), self._columns.key or 0
            )
            if standing is Standing.TOP:
                self._read_lines(lines, found)
            else:
                self._read_cells(lines, found)
        return after - position

    def _rows(self, block: Sequence[Line], cells: Sequence[Sequence[str]]) -> tuple[Standing, list[tuple[int, int]]]:
        """Where the cells of the lines on a page stand, and which lines are the rows."""
        open_ = {n for n, role in enumerate(self._columns.roles) if role is None and _holds_sentences(cells, n)}
        gaps = frozenset(at for at, (above, below) in enumerate(pairwise(block), 1) if below[0] > above[0] + 1)
        return BlockRows(
            cells,
            self._columns.key or 0,
            is_number,
            self._prose | open_,
            Role.PROCEDURE in self._columns.roles,
            self._row is not None,
            self._is_cut(block[-1][0]),
            gaps,
        ).rows()

    @property
    def _prose(self) -> frozenset[int]:
        return frozenset(n for n, role in enumerate(self._columns.roles) if role in _PROSE)

    def _is_cut(self, line: int) -> bool:
        """Whether a page ends below a line, so that its row may go on there."""
        below = (number for number, text in self.lines if number > line and text.strip())
        return next(below, 0) >= min((page for page in self.pages if page > line), default=10**9)

    def _cut(
        self, lines: Sequence[Line], starts: Sequence[Sequence[int]], *, numbered: bool, is_cut: bool
    ) -> list[tuple[str, ...]]:
        """The cells of the lines of a row."""
        columns, row = self._columns, self._row
        known = {role: n for n, role in enumerate(columns.roles) if role}
        filled = frozenset(known[role] for role in _FILLED if numbered and known.get(role))
        cuts = RowCuts(
            self._prose,
            filled,
            lambda column, words: columns.begins(column, words, row),
            lambda column, words: _reads(columns.roles[column], words),
            goes_on=not numbered,
            is_cut=is_cut,
        )
        texts = [text for _, text in lines]
        others = [[fit(texts, seen)[1]] * len(texts) for seen in self._seen]
        found = cuts.cells(texts, [starts, *others])
        if filled and tuple(starts[0]) not in self._seen:
            self._seen = [tuple(starts[0]), *self._seen][:_KEPT]
        return found

    def _read_lines(self, lines: Sequence[Line], rows: Sequence[Sequence[str]]) -> None:
        """Reads lines as one row whose cells begin at its top."""
        above = 0
        for (number, _), cells in zip(lines, rows, strict=True):
            given = [(role, cell) for role, cell in zip(self._columns.roles, cells, strict=False) if role and cell]
            if not above:
                self._begin_row(number, given)
            assert self._row is not None
            for role, cell in given:
                self._row.add(role, number, self._without_number(role, cell), gap=bool(above) and number > above + 1)
            self._add_others(number, cells)
            above = number
        self._gap = False

    def _read_cells(self, lines: Sequence[Line], rows: Sequence[Sequence[str]]) -> None:
        """Reads lines as one row whose cells stand anywhere in it."""
        first = lines[0][0]
        parts = [
            [(line[0], row[n]) for line, row in zip(lines, rows, strict=True) if row[n]] for n in range(len(rows[0]))
        ]
        whole = [(reduce(glued, (text for _, text in part), ""), part[-1][0] if part else 0) for part in parts]
        given = [(role, whole[n][0], n) for n, role in enumerate(self._columns.roles) if role and whole[n][0]]
        self._begin_row(first, [(role, text) for role, text, _ in given])
        assert self._row is not None
        for role, cell, n in given:
            if role is Role.PROCEDURE:
                for at, (line, text) in enumerate(parts[n]):
                    self._row.add_whole(role, line if at else first, text, line, gap=False)
            else:
                self._row.add_whole(role, first, self._without_number(role, cell), whole[n][1], gap=self._gap)
        self._add_others(first, [text for text, _ in whole])
        self._gap = False

    def _add_others(self, line: int, cells: Sequence[str]) -> None:
        for known, word, cell in zip(self._columns.roles, self._words, cells, strict=False):
            if known is None and word and cell.strip(" –-"):
                assert self._row is not None
                self._row.add_other(word, line, cell)


def _holds_sentences(cells: Sequence[Sequence[str]], column: int) -> bool:
    """Whether sentences end in a column."""
    return any(ends_sentence(row[column]) and " " in row[column] for row in cells)


_FILLED = (Role.CONTROL, Role.OWNER, Role.FREQUENCY, Role.NATURE, Role.CRITERION, Role.PROCEDURE, Role.RESULT)


def _reads(role: Role | None, words: str) -> bool:
    """Whether words read as a whole cell of a column does."""
    if role is Role.PROCEDURE:
        return is_procedure(words)
    if role is Role.RESULT:
        return words[:1].isupper() and result_of(without_response(words)[0]) is not None
    if role is Role.CRITERION:
        return bool(criteria_in(words))
    if role is Role.FREQUENCY:
        return frequency_of(words) is not None
    return role is not Role.NATURE or nature_of(words) is not None
