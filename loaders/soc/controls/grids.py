"""Tables of controls in columns side by side, read page by page: first the columns, then the rows, then the cells.

All lines of a table on a page tell together where its columns begin, however the words of the heading stand over them;
the lines of a row tell it for the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise

from loaders.layout.hyphens import glued
from loaders.layout.table_block import BlockRows, Standings
from loaders.layout.table_columns import cells_of, segments
from loaders.layout.table_cuts import RowCuts
from loaders.layout.table_grid import fit
from loaders.layout.table_middle import Standing
from loaders.layout.table_places import HALF, Placed, with_whole_numbers
from loaders.layout.table_wrapping import Pairs, Wrapping
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.columns import is_marked, is_number
from loaders.soc.controls.deviations import without_response
from loaders.soc.controls.heading_ways import HeadingWay, heading_ways
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import criteria_in, objective_in
from loaders.soc.controls.results import is_procedure, is_reference, result_of
from loaders.soc.controls.tables import TableReader

_PROSE = frozenset((Role.CONTROL, Role.PROCEDURE, Role.RESULT, Role.RESPONSE))
_LONGEST_BLOCK = 120
_MOST = 2.0
_KEPT = 16
_ELSEWHERE = 6.0
_PRIOR = 1.5
_NEAR = 2


def _is_numbered(text: str) -> bool:
    """Whether a line begins with the number of a control, or the first half of one."""
    found = segments(text)
    return bool(found) and (is_marked(found[0].text) or bool(HALF.fullmatch(found[0].text.split()[0])))


@dataclass(slots=True)
class GridReader(TableReader):
    """Reads the lines of the part with the controls; each table of columns side by side is read page by page.

    `_seen` is where the columns began in the rows above.
    """

    _seen: list[tuple[int, ...]] = field(default_factory=list)
    _pairs: Pairs | None = None
    _standing: Standings = field(default_factory=Standings)
    _wrapping: Wrapping = field(default_factory=Wrapping)
    _headings: dict[int, list[HeadingWay]] = field(default_factory=dict)
    _titles: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    def _heading_of_columns(self, position: int) -> int:
        """Takes the heading of columns side by side that fits the lines below best; answers its number of lines."""
        ways = self._ways(position)
        if not ways:
            return 0
        titles = self._titles_of(self._words_at(position))
        best = next((way for way in ways if way.titles == titles), ways[0])
        self._words = list(best.titles)
        if list(best.roles) != self._columns.roles:
            self._seen, self._wrapping = [], Wrapping()
        self._take_heading(list(best.roles), best.starts, self.lines[position][0], "grids")
        return best.size

    def _ways(self, position: int) -> list[HeadingWay]:
        found = self._headings.get(position)
        if found is None:
            found = self._headings[position] = heading_ways(self.lines, position)
        return found

    def _words_at(self, position: int) -> tuple[str, ...]:
        """The words of a heading, in whichever lines they stand."""
        size = self._ways(position)[0].size
        return tuple(sorted("".join("".join(text.split()) for _, text in self.lines[position : position + size])))

    def _titles_of(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The titles of columns that those words are: the same wherever they stand, so that all tables tell it."""
        if words not in self._titles:
            costs: dict[tuple[str, ...], list[float]] = {}
            count = 0
            for position in self._heads():
                if self._words_at(position) == words:
                    count += 1
                    for way in self._ways(position):
                        costs.setdefault(way.titles, []).append(self._cost(position + way.size, way))
            whole = {titles: sum(found) + _ELSEWHERE * (count - len(found)) for titles, found in costs.items()}
            self._titles[words] = min(whole, key=lambda titles: whole[titles])
        return self._titles[words]

    def _heads(self) -> Iterator[int]:
        """Where headings begin."""
        position = 0
        while position < len(self.lines):
            ways = self._ways(position)
            if ways:
                yield position
            position += ways[0].size if ways else 1

    def _cost(self, position: int, way: HeadingWay) -> float:
        """What it costs that those columns stand in the lines of a table."""
        block = self._block(position, way.starts)
        cost = _PRIOR * way.cost
        return cost + Placed.of(block, way.starts, _is_numbered).cost + _unread(block, way) if block else cost

    def _block(self, position: int, starts: Sequence[int]) -> list[Line]:
        """The written lines from there to the next page, heading or title, or to words across all columns."""
        found: list[Line] = []
        for index in range(position, min(len(self.lines), position + _LONGEST_BLOCK)):
            number, text = self.lines[index]
            if not text.strip():
                continue
            if index > position and (number in self.pages or self._ends_table(index, starts)):
                break
            if found and self._stands_aside(index, starts):
                break
            found.append((number, text))
        return found

    def _ends_table(self, index: int, starts: Sequence[int]) -> bool:
        """Whether a title stands there, or the heading of a further table."""
        number, text = self.lines[index]
        if objective_in(text) or self._ways(index):
            return True
        if self._columns.roles and self._columns.stand_below(clean(text), text):
            return True
        is_apart = not self.lines[index - 1][1].strip()
        return (is_apart or _are_across(text, starts)) and self._title_at(number, clean(text), text) is not None

    def _stands_aside(self, index: int, starts: Sequence[int]) -> bool:
        """Whether words across all columns begin there, rather than cells that touch each other."""
        text = self.lines[index][1]
        label = label_in(text)
        if label and label[0] is Role.RESPONSE:
            found = segments(text)
            return len(found) == 1 and (len(starts) < 2 or found[0].start < starts[1] - _NEAR)
        is_apart = not self.lines[index - 1][1].strip() and not text.strip()[:1].islower()
        return is_apart and _are_across(text, starts) and not _is_numbered(text)

    def _read_group(self, position: int) -> int:
        """Reads the lines of the table on this page."""
        block = self._block(position, self._columns.starts)
        if not block or self._stands_aside(position, self._columns.starts) or self._goes_on_aside(block[0][1]):
            self._outside(*self.lines[position])
            self._gap = False
            return 1
        self._end_answer()
        self._is_outside = False
        self._end_title()
        placed = Placed.of(block, self._columns.starts, _is_numbered)
        after = next(at for at in range(position, len(self.lines)) if self.lines[at][0] == block[-1][0]) + 1
        if placed.cost > _MOST * len(block):
            self._end_row()
            said = f"the lines to {block[-1][0]} stand in no columns of their table: their controls are not read"
            self.doubts.append((block[0][0], said))
            return after - position
        cells = [self._columns.cells(text, placed.starts[at]) for at, (_, text) in enumerate(block)]
        cells = with_whole_numbers(cells, self._columns.key or 0)
        standing, rows = self._rows(block, cells)
        starts = list(placed.starts)
        if standing is not Standing.TOP:
            starts = [
                at for first, last in rows for at in Placed.whole(block[first : last + 1], self._columns.starts).starts
            ]
        self._wrapping = Wrapping.of([text for _, text in block], starts).beside(self._wrapping)
        for first, last in rows:
            lines = block[first : last + 1]
            numbered = any(is_number(row[self._columns.key or 0]) for row in cells[first : last + 1])
            is_cut = last + 1 == len(block) and self._is_cut(block[-1][0])
            found = with_whole_numbers(
                self._cut(lines, starts[first : last + 1], numbered=numbered, is_cut=is_cut), self._columns.key or 0
            )
            if standing is Standing.TOP:
                self._read_lines(lines, found)
            else:
                self._read_cells(lines, found)
        return after - position

    def _goes_on_aside(self, text: str) -> bool:
        return self._goes_on_outside(text) and not _is_numbered(text)

    def _rows(self, block: Sequence[Line], cells: Sequence[Sequence[str]]) -> tuple[Standing, list[tuple[int, int]]]:
        """Where the cells of the lines on a page stand, and which lines are the rows."""
        open_ = {n for n, role in enumerate(self._columns.roles) if role is None and _holds_sentences(cells, n)}
        gaps = frozenset(at for at, (above, below) in enumerate(pairwise(block), 1) if below[0] > above[0] + 1)
        return self._standing.rows(
            BlockRows(
                cells,
                self._columns.key or 0,
                is_number,
                self._prose | open_,
                Role.PROCEDURE in self._columns.roles,
                self._row is not None,
                self._is_cut(block[-1][0]),
                gaps,
            )
        )

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
            wrapping=self._wrapping,
            pairs=self._usual(),
        )
        texts = [text for _, text in lines]
        others = [[fit(texts, seen)[1]] * len(texts) for seen in self._seen]
        found = cuts.cells(texts, [starts, *others])
        if filled and tuple(starts[0]) not in self._seen:
            self._seen = [tuple(starts[0]), *self._seen][:_KEPT]
        return found

    def _usual(self) -> Pairs:
        if self._pairs is None:
            self._pairs = Pairs.of(text for _, text in self.lines)
        return self._pairs

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


def _are_across(text: str, starts: Sequence[int]) -> bool:
    """Whether words at the margin reach over the beginning of the second column."""
    found = segments(text)
    return len(found) == 1 and len(starts) > 1 and found[0].start <= starts[0] + _NEAR and found[0].end > starts[1]


def _unread(block: Sequence[Line], way: HeadingWay) -> float:
    """How many cells of a table do not read as those of their columns do, where those are the columns."""
    placed = Placed.of(block, way.starts, _is_numbered)
    begun = [at for at, (_, text) in enumerate(block) if _is_numbered(text)]
    cost = 0.0
    for first, last in pairwise((*begun, len(block))):
        rows = [cells_of(text, placed.starts[at]) for at, (_, text) in enumerate(block[first:last], first)]
        for column, role in enumerate(way.roles):
            said = reduce(glued, (row[column] for row in rows if row[column]), "")
            if role in _TOLD and said:
                cost += _UNREAD * (not _reads(role, said) and not is_reference(said))
    return cost


_TOLD = frozenset((Role.PROCEDURE, Role.RESULT, Role.CRITERION, Role.FREQUENCY, Role.NATURE))
_UNREAD = 2.0


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
