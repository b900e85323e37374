"""Tables of controls in columns side by side, read page by page: first the columns, then the rows, then the cells.

All lines of a table on a page tell together where its columns begin, however the words of the heading stand over them;
the lines of a row tell it for the row.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise

from loaders.layout.hyphens import glued
from loaders.layout.table_block import BlockRows, Standings
from loaders.layout.table_columns import segments
from loaders.layout.table_cuts import RowCuts
from loaders.layout.table_grid import fit
from loaders.layout.table_middle import Standing
from loaders.layout.table_places import Placed, with_whole_numbers
from loaders.layout.table_wrapping import Pairs, Wrapping
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.cell_labels import with_ends
from loaders.soc.controls.cell_wording import FILLED, PROSE, holds_sentences, reads
from loaders.soc.controls.columns import is_marked, is_number
from loaders.soc.controls.grid_evidence import are_across, heads_prose, is_short_title, row_begins, unread
from loaders.soc.controls.heading_choice import Headings
from loaders.soc.controls.heading_ways import HeadingWay
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import number_in, objective_in
from loaders.soc.controls.rows import refers
from loaders.soc.controls.tables import TableReader

_LONGEST_BLOCK = 120
_MOST = 2.0
_KEPT = 16
_PRIOR = 1.5
_NEAR = 2
_A_NUMBER = "1.1"


@dataclass(slots=True)
class GridReader(TableReader):
    """Reads the lines of the part with the controls; each table of columns side by side is read page by page.

    `_seen` is where the columns began in the rows above.
    """

    _position: int = 0
    _seen: list[tuple[int, ...]] = field(default_factory=list)
    _pairs: Pairs | None = None
    _standing: Standings = field(default_factory=Standings)
    _wrapping: Wrapping = field(default_factory=Wrapping)
    _headings: Headings = field(init=False)
    _written: tuple[int, ...] = field(init=False)
    _tops: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Looks through the lines once."""
        self._headings = Headings(self.lines, self._cost)
        self._written = tuple(number for number, text in self.lines if text.strip())
        self._tops = tuple(sorted(self.pages))

    def _heading_of_columns(self, position: int) -> int:
        """Takes the heading of columns side by side that fits the lines below best; answers its number of lines."""
        best = self._headings.best(position)
        if best is None:
            return 0
        self._words = list(best.titles)
        if list(best.roles) != self._columns.roles:
            self._seen, self._wrapping = [], Wrapping()
        self._take_heading(list(best.roles), best.starts, self.lines[position][0], "grids")
        return best.size

    def _cost(self, position: int, way: HeadingWay) -> float:
        """What it costs that those columns stand in the lines of a table."""
        block = self._block(position, way.starts)
        cost = _PRIOR * way.cost
        return cost + Placed.of(block, way.starts, row_begins(way.starts)).cost + unread(block, way) if block else cost

    def _block(self, position: int, starts: Sequence[int]) -> list[Line]:
        """The written lines from there to the next page, heading or title, or to words across all columns."""
        found: list[Line] = []
        last = self._last
        for index in range(position, min(len(self.lines), position + _LONGEST_BLOCK)):
            number, text = self.lines[index]
            if not text.strip():
                continue
            if index > position and (number in self.pages or self._ends_table(index, starts)):
                break
            if found and self._stands_aside(index, starts, last):
                break
            last = last or self._number_at(text, starts)
            found.append((number, text))
        return found

    def _ends_table(self, index: int, starts: Sequence[int]) -> bool:
        """Whether a title stands there, or the heading of a further table."""
        number, text = self.lines[index]
        if objective_in(text) or self._headings.ways(index):
            return True
        if self._columns.roles and self._columns.stand_below(clean(text), text):
            return True
        is_apart = not self.lines[index - 1][1].strip()
        return (is_apart or are_across(text, starts)) and self._title_at(number, clean(text), text) is not None

    def _number_at(self, text: str, starts: Sequence[int]) -> str | None:
        found = number_in(clean(text)) if row_begins(starts)(text) else None
        return found.number if found else None

    def _stands_aside(self, index: int, starts: Sequence[int], last: str | None) -> bool:
        """Whether words across all columns begin there, rather than cells that touch each other.

        `last` is the number of a control above.
        """
        text = self.lines[index][1]
        label = label_in(text)
        if label and label[0] is Role.RESPONSE:
            found = segments(text)
            return len(found) == 1 and (len(starts) < 2 or found[0].start < starts[1] - _NEAR)
        if self._is_title_of_others(index, starts) or self._heads_prose(index, starts):
            return True
        begins = row_begins(starts)(text) and _is_numbered_alike(text, last)
        if not are_across(text, starts) or begins or text.strip()[:1].islower():
            return False
        # Right below a title no row has begun whose cells might touch.
        is_first = self._title is not None and index == self._position and are_across(text, starts[1:])
        return is_first or not self.lines[index - 1][1].strip()

    def _is_title_of_others(self, index: int, starts: Sequence[int]) -> bool:
        """Whether a short title stands apart where the rows of a table without tests have their numbers or codes."""
        numbered = self._columns.roles[:1] in ([Role.NUMBER], [Role.CRITERION])
        apart = numbered and Role.PROCEDURE not in self._columns.roles and not self.lines[index - 1][1].strip()
        return apart and is_short_title(self.lines[index][1], starts)

    def _heads_prose(self, index: int, starts: Sequence[int]) -> bool:
        """Whether a title stands apart there, with sentences below it that reach over all columns."""
        if index and self.lines[index - 1][1].strip():
            return False
        below = next((text for _, text in self.lines[index + 1 :] if text.strip()), "")
        return heads_prose(self.lines[index][1], below, starts)

    def _read_group(self, position: int) -> int:
        """Reads the lines of the table on this page."""
        self._position = position
        block = self._block(position, self._columns.starts)
        if (
            not block
            or self._stands_aside(position, self._columns.starts, self._last)
            or self._goes_on_aside(block[0][1])
            or self._is_of_another_table(block)
        ):
            self._outside(*self.lines[position])
            self._gap = False
            return 1
        self._end_answer()
        self._is_outside = False
        self._end_title()
        placed = Placed.of(block, self._columns.starts, row_begins(self._columns.starts))
        after = next(at for at in range(position, len(self.lines)) if self.lines[at][0] == block[-1][0]) + 1
        if placed.cost > _MOST * len(block):
            self._end_row()
            said = f"the lines to {block[-1][0]} stand in no columns of their table: their controls are not read"
            self.doubts.append((block[0][0], said))
            return after - position
        self._read_rows(block, placed.starts)
        return after - position

    def _read_rows(self, block: Sequence[Line], placed: Sequence[tuple[int, ...]]) -> None:
        """Reads the lines of a page as rows: where each begins, where its columns do, and what stands in them then."""
        key = self._columns.key or 0
        cells = [self._columns.cells(text, placed[at]) for at, (_, text) in enumerate(block)]
        cells = with_whole_numbers(cells, key)
        standing, rows = self._rows(block, self._with_ends(self._keyed(cells, key), key))
        starts = list(placed)
        if standing is not Standing.TOP:
            parts = (block[first : last + 1] for first, last in rows)
            starts = [at for part in parts for at in Placed.whole(part, self._columns.starts).starts]
        self._wrapping = Wrapping.of([text for _, text in block], starts).beside(self._wrapping)
        read = self._read_lines if standing is Standing.TOP else self._read_cells
        for first, last in rows:
            lines, own = block[first : last + 1], starts[first : last + 1]
            numbered = any(is_number(row[key]) for row in cells[first : last + 1])
            is_cut = last + 1 == len(block) and self._is_cut(block[-1][0])
            read(lines, with_whole_numbers(self._cut(lines, own, numbered=numbered, is_cut=is_cut), key))

    def _keyed(self, cells: Sequence[Sequence[str]], key: int) -> list[list[str]]:
        """The cells, with the number of a control in the key, where each control stands beside criteria of several."""
        roles, found = self._columns.roles, [list(row) for row in cells]
        if roles[key] is not Role.CRITERION or Role.NUMBER in roles or not {Role.CONTROL, Role.PROCEDURE} <= set(roles):
            return found
        column, above = roles.index(Role.CONTROL), ""
        for row in found:
            text = row[column]
            begins = bool(text) and (not above or ends_sentence(above)) and (is_marked(text) or refers(text))
            row[key] = _A_NUMBER if begins else row[key]
            above = text or above
        return found

    def _is_of_another_table(self, block: Sequence[Line]) -> bool:
        """Whether lines below a paragraph across all columns begin no row of the table above it.

        The tests of a control may go on there without its number.
        """
        begins = row_begins(self._columns.starts)
        return self._is_outside and Role.PROCEDURE not in self._columns.roles and not any(begins(t) for _, t in block)

    def _with_ends(self, cells: Sequence[Sequence[str]], key: int) -> list[list[str]]:
        """The cells, with labelled values in the column of wordings as sentences."""
        if Role.CONTROL not in self._columns.roles:
            return [list(row) for row in cells]
        column = self._columns.roles.index(Role.CONTROL)
        ended = with_ends([row[column] for row in cells], [is_number(row[key]) for row in cells])
        return [[*row[:column], text, *row[column + 1 :]] for row, text in zip(cells, ended, strict=True)]

    def _goes_on_aside(self, text: str) -> bool:
        return self._goes_on_outside(text) and not row_begins(self._columns.starts)(text)

    def _rows(self, block: Sequence[Line], cells: Sequence[Sequence[str]]) -> tuple[Standing, list[tuple[int, int]]]:
        """Where the cells of the lines on a page stand, and which lines are the rows."""
        open_ = {n for n, role in enumerate(self._columns.roles) if role is None and holds_sentences(cells, n)}
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
        return frozenset(n for n, role in enumerate(self._columns.roles) if role in PROSE)

    def _is_cut(self, line: int) -> bool:
        """Whether a page ends below a line, so that its row may go on there."""
        below, top = bisect_right(self._written, line), bisect_right(self._tops, line)
        return top < len(self._tops) and below < len(self._written) and self._written[below] >= self._tops[top]

    def _cut(
        self, lines: Sequence[Line], starts: Sequence[Sequence[int]], *, numbered: bool, is_cut: bool
    ) -> list[tuple[str, ...]]:
        """The cells of the lines of a row."""
        columns, row = self._columns, self._row
        known = {role: n for n, role in enumerate(columns.roles) if role}
        filled = frozenset(known[role] for role in FILLED if numbered and known.get(role))
        cuts = RowCuts(
            self._prose,
            filled,
            lambda column, words: columns.begins(column, words, row),
            lambda column, words: reads(columns.roles[column], words),
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
        above: dict[Role, int] = {}
        for at, ((number, _), cells) in enumerate(zip(lines, rows, strict=True)):
            given = [(role, cell) for role, cell in zip(self._columns.roles, cells, strict=False) if role and cell]
            if not at:
                self._begin_row(number, given)
            assert self._row is not None
            for role, cell in given:
                gap = number > above.get(role, number) + 1
                self._row.add(role, number, self._without_number(role, cell), gap=gap)
                above[role] = number
            self._add_others(number, cells)
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
            if role in (Role.PROCEDURE, Role.CONTROL):
                for at, (line, text) in enumerate(parts[n]):
                    self._row.add_whole(role, line if at else first, self._without_number(role, text), line, gap=False)
            else:
                self._row.add_whole(role, first, self._without_number(role, cell), whole[n][1], gap=self._gap)
        self._add_others(first, [text for text, _ in whole])
        self._gap = False

    def _add_others(self, line: int, cells: Sequence[str]) -> None:
        for known, word, cell in zip(self._columns.roles, self._words, cells, strict=False):
            if known is None and word and cell.strip(" –-"):
                assert self._row is not None
                self._row.add_other(word, line, cell)


def _is_numbered_alike(text: str, last: str | None) -> bool:
    """Whether the number with which words begin is as that of a control above: with letters, or without."""
    found = number_in(clean(text))
    return found is None or last is None or last[0].isdigit() or bool(found.letters)
