"""Tables of what others do by objective, area or organization: one column of these, beside each a list with bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.layout.pieces import Kind, Piece
from loaders.layout.table_columns import segments
from loaders.layout.text import clean, ends_sentence, has_bullet
from loaders.soc.complementary_headings import AIMS, Heading, Holds, headings_at, held, is_of_heading
from loaders.soc.controls.joining import Joining
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import objective_in

_BULLETS = re.compile(r"(?:^|\s)[•●○◦▪■□‣►➢∙⁃](?:\s+|$)")
_COLUMNS = 2
_NEAR = 3
_FARTHEST = 16
_FIRST = (Holds.AIM, Holds.AREA, Holds.ORGANIZATION)


def items_in(cell: str) -> tuple[str, ...]:
    """The items of a list with bullets that one cell holds; the cell itself where it holds none."""
    parts = tuple(part.strip() for part in _BULLETS.split(cell) if part.strip())
    return parts if len(parts) > 1 and all(map(ends_sentence, parts)) else (cell,)


@dataclass(slots=True)
class _Row:
    """A row: its first line, the words beside its list, and the lines of each item."""

    first: int
    beside: list[Line]
    items: list[list[Line]] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """A table as far as it is read: where its lists begin, and what tells whether each stands beside its words.

    `apart` says whether a gap stands above each row, `close` whether none stands above other items.
    """

    heading: Heading
    start: int
    rows: list[_Row] = field(default_factory=list)
    apart: bool = True
    close: bool = True
    doubtful: bool = False

    @property
    def by_name(self) -> bool:
        """Whether the first column holds names, of which only a gap tells whether a line begins a further one."""
        return self.heading.holds[0] is not Holds.AIM

    def begins(self, beside: str, *, gap: bool) -> bool:
        """Whether words in the first column begin a row: a further objective, or a name below a gap."""
        return gap if self.by_name else bool(objective_in(beside) or AIMS.fullmatch(beside))

    def is_sure(self) -> bool:
        """Whether each list stands beside the words at its top: gaps part the rows, or the first list shows it."""
        first = self.rows[0].items if self.rows else []
        shown = self.close and sum(map(len, first)) > _COLUMNS
        return bool(first) and not self.doubtful and all(row.items for row in self.rows) and (self.apart or shown)


@dataclass(frozen=True, slots=True)
class BulletedTables:
    """Reads such tables among the lines of a report."""

    lines: Sequence[Line]
    joining: Joining

    def table_at(self, at: int) -> tuple[list[Piece], int] | None:
        """The rows of the table whose heading begins there, one for each item, and where the table ends."""
        table = self._heading(at)
        if table is None:
            return None
        index, end, blank = table.heading.end, table.heading.end, 1
        while index < len(self.lines) and blank <= _FARTHEST:
            if not self.lines[index][1].strip():
                blank, index = blank + 1, index + 1
                continue
            again = self._heading(index) if blank else None
            if again is not None and again.heading.titles == table.heading.titles:
                table.start, index, blank = again.start, again.heading.end, 1
                continue
            if not self._take(table, self.lines[index], gap=blank > 0):
                break
            index, end, blank = index + 1, index + 1, 0
        return ([self._title(at, table), *self._pieces(table)], end) if table.is_sure() else None

    def _heading(self, at: int) -> _Table | None:
        """The table of which lines name the two columns, where a list with bullets begins below the second."""
        heading = self._named(at)
        if heading is None or heading.holds[0] not in _FIRST or heading.holds[1] is not Holds.CONTROL:
            return None
        below = next((line for _, line in self.lines[heading.end : heading.end + _NEAR] if line.strip()), "")
        bullet = next((one.start for one in segments(below) if has_bullet(one.text)), None)
        near = bullet is not None and abs(bullet - heading.starts[1]) <= _NEAR
        return _Table(heading, bullet) if bullet is not None and near else None

    def _named(self, at: int) -> Heading | None:
        """The heading of two columns that begins there, be it of one line or of several."""
        known = next((one for one in headings_at(self.lines, at) if len(one.holds) == _COLUMNS), None)
        found = segments(self.lines[at][1]) if is_of_heading(self.lines[at][1]) else []
        holds = tuple(one for segment in found if (one := held(segment.text)))
        if known or len(found) != _COLUMNS or len(holds) != _COLUMNS:
            return known
        return Heading(tuple(clean(one.text) for one in found), holds, tuple(one.start for one in found), at + 1)

    def _take(self, table: _Table, line: Line, *, gap: bool) -> bool:
        """Whether a line belongs to the table, to which it is added then."""
        number, text = line[0], line[1].expandtabs()
        beside, said = text[: table.start - 1].strip(), text[table.start - 1 :].strip()
        if any(one.start < table.start - 1 < one.end for one in segments(text)) or "|" in text:
            return False
        item, new = has_bullet(said), bool(beside) and table.begins(beside, gap=gap)
        if new and item:
            table.apart = table.apart and gap
            table.rows.append(_Row(number, []))
        elif not table.rows or new or (gap and not self._goes_on(table, beside, said)):
            return False
        row = table.rows[-1]
        table.close = table.close and (new or not gap)
        table.doubtful = table.doubtful or (table.by_name and item and bool(beside) and not new)
        row.beside += [(number, beside)] if beside else []
        row.items += [[]] if item else []
        if said:
            row.items[-1].append((number, said))
        return True

    def _goes_on(self, table: _Table, beside: str, said: str) -> bool:
        """Whether a line below a gap goes on with the list above it: by a further item, or with one that is open."""
        return not beside and (has_bullet(said) or not ends_sentence(table.rows[-1].items[-1][-1][1]))

    def _title(self, at: int, table: _Table) -> Piece:
        words, last = " ".join(table.heading.titles), self.lines[table.heading.end - 1][0]
        return Piece(Kind.ROW, words, self.lines[at][0], last, words, table.heading.titles)

    def _pieces(self, table: _Table) -> list[Piece]:
        """A row for each item, from the first line of its list to its own last."""
        return [self._piece(row, item) for row in table.rows for item in row.items]

    def _piece(self, row: _Row, item: Sequence[Line]) -> Piece:
        cells = (clean(self.joining.lines(row.beside)), clean(self.joining.lines(item)))
        last = max(item[-1][0], row.beside[-1][0])
        return Piece(Kind.ROW, " ".join(cells), row.first, last, " ".join(cells), cells)
