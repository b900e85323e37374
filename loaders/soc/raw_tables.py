"""Tables of a description in reading order: the titles of the columns one below the other, then the cells of each row.

No gap tells which cells stand side by side. Rows are told where the cells of a column are of a closed kind: countries,
kinds of facilities, methods, numbers of objectives, meanings that are sentences. Other tables are not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from loaders.layout.layout import Kind, Piece
from loaders.layout.text import clean, ends_sentence
from loaders.names.places import find_country
from loaders.soc.column_titles import is_title
from loaders.soc.complementary_headings import AIMS
from loaders.soc.controls.joining import Joining
from loaders.soc.controls.lines import Line
from loaders.soc.facility_kinds import kinds_of

_METHOD = re.compile(r"(?:the )?(?:carve[- ]?d?[- ]?out|inclusive)(?: method)?", re.IGNORECASE)
_FEWEST = 2
_MOST_COLUMNS = 6
_MOST_LINES = 12
_FARTHEST = 4
_LONGEST_TITLE = 60
_SECTION = re.compile(r"^(?:\d+(?:\.\d+)+\.?|[A-Z]\.|(?:Section|SECTION|Part|PART)\s\w+[:.]?)\s")


def _is_meaning(text: str) -> bool:
    return text.endswith(".") and " " in text


# By its title, what a cell of a column is and nothing else.
_CLOSED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"country", re.IGNORECASE), lambda text: find_country(text) is not None),
    (re.compile(r"(?:facility |site )?(?:type|kind)", re.IGNORECASE), lambda text: bool(kinds_of(text))),
    (re.compile(r"(?:reporting )?method(?: of \w+)?", re.IGNORECASE), lambda text: bool(_METHOD.fullmatch(text))),
    (
        re.compile(r"(?:related |relevant )?(?:control )?(?:objectives?|criteri(?:a|on))(?: no\.?)?", re.IGNORECASE),
        lambda text: bool(AIMS.fullmatch(text)),
    ),
    (re.compile(r"meaning|definition|explanation", re.IGNORECASE), _is_meaning),
)
Check = Callable[[str], bool] | None


@dataclass(frozen=True, slots=True)
class _Cell:
    """The text of a cell, its lines, and the place among all lines where it ends."""

    text: str
    lines: tuple[Line, ...]
    end: int


_Rows = tuple[tuple[_Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class RawTables:
    """Reads the tables in reading order among the lines of a report."""

    lines: Sequence[Line]
    joining: Joining

    def table_at(self, at: int) -> tuple[list[Piece], int] | None:
        """The rows of the table whose titles begin there, the titles first, and where the table ends."""
        titles = self._titles(at)
        checks = [_closed(title.text) for title in titles]
        if len(titles) < _FEWEST or not any(checks):
            return None
        found = _Reading(self, [title.text for title in titles], checks).read(titles[-1].end)
        if found is None or len(found[0]) < _FEWEST:
            return None
        return [_row(row) for row in (titles, *found[0])], found[1]

    def _titles(self, at: int) -> list[_Cell]:
        """The titles of columns that stand one below the other there."""
        found: list[_Cell] = []
        for _ in range(_MOST_COLUMNS):
            cell = next(self.cells(found[-1].end if found else at), None)
            if cell is None or len(cell.text) > _LONGEST_TITLE or not is_title(cell.text):
                break
            found.append(cell)
        return found

    def again(self, titles: Sequence[str], at: int) -> int:
        """Where the rows go on: below the titles, where these stand there again."""
        found = self._titles(at)
        return found[-1].end if [title.text for title in found] == list(titles) else at

    def cells(self, at: int) -> Iterator[_Cell]:
        """The cells that may begin at a line: up to a blank one, or to the end of a sentence above another one."""
        first = next((n for n in range(at, len(self.lines)) if self.lines[n][1].strip()), len(self.lines))
        end = next((n for n in range(first, len(self.lines)) if not self.lines[n][1].strip()), len(self.lines))
        block = tuple(self.lines[first:end])
        if not block or len(block) > _MOST_LINES or any(_is_set_apart(text) for _, text in block):
            return
        yield self._cell(block, end)
        for size in range(1, len(block)):
            if ends_sentence(block[size - 1][1]) and block[size][1].strip()[:1].isupper():
                yield self._cell(block[:size], first + size)

    def _cell(self, lines: tuple[Line, ...], end: int) -> _Cell:
        return _Cell(clean(self.joining.lines(lines)), lines, end)

    def parted(self, cell: _Cell) -> Iterator[tuple[_Cell, _Cell]]:
        """The ways in which the end of a cell's first line is the cell beside it."""
        number, text = cell.lines[0]
        words = text.split()
        for cut in range(max(1, len(words) - _FARTHEST), len(words)):
            left = ((number, " ".join(words[:cut])), *cell.lines[1:])
            right = " ".join(words[cut:])
            yield self._cell(left, cell.end), _Cell(right, ((number, right),), cell.end)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the rows below the titles of a table are, by what the cells of closed kinds are."""

    tables: RawTables
    titles: Sequence[str]
    checks: Sequence[Check]

    def read(self, at: int) -> tuple[_Rows, int] | None:
        """The rows from a line on and where they end, where they are told in one way alone."""
        reached: dict[int, list[_Rows]] = {at: [()]}
        ended: list[tuple[_Rows, int]] = []
        while reached:
            now = min(reached)
            ways = reached.pop(now)
            below = self.tables.again(self.titles, now)
            found = list(self._rows_at(below))
            for row, end in found:
                more = reached.setdefault(end, [])
                more += [(*rows, row) for rows in ways]
                del more[_FEWEST:]
            if not found and not self._is_stray(below):
                ended += [(rows, now) for rows in ways]
        return ended[0] if len(ended) == 1 else None

    def _is_stray(self, at: int) -> bool:
        """Whether a cell of a closed kind stands there, which no row has."""
        cell = next(self.tables.cells(at), None)
        return cell is not None and any(check(cell.text) for check in self.checks if check)

    def _rows_at(self, at: int) -> Iterator[tuple[tuple[_Cell, ...], int]]:
        """The rows that may begin at a line, and where they end: as the cells come, else with some in other places."""
        found = [row for row in self._in_order(at, 0) if _SECTION.match(row[0].text) is None]
        if not found:
            cells = tuple(self._whole(at))
            orders = _orders([cell.text for cell in cells], self.checks)
            found = [tuple(cells[n] for n in order) for order in orders] if len(orders) == 1 else []
        yield from ((row, max(cell.end for cell in row)) for row in found)

    def _whole(self, at: int) -> Iterator[_Cell]:
        for _ in self.checks:
            cell = next(self.tables.cells(at), None)
            if cell is None:
                return
            yield cell
            at = cell.end

    def _in_order(self, at: int, column: int) -> Iterator[tuple[_Cell, ...]]:
        """The rows whose cells from a column on begin at a line."""
        if column == len(self.checks):
            yield ()
            return
        for cell in self.tables.cells(at):
            if self._fits(cell.text, column):
                yield from ((cell, *rest) for rest in self._in_order(cell.end, column + 1))
            if column + 1 < len(self.checks) and self.checks[column + 1]:
                for left, right in self.tables.parted(cell):
                    if self._fits(left.text, column) and self._fits(right.text, column + 1):
                        yield from ((left, right, *rest) for rest in self._in_order(cell.end, column + 2))

    def _fits(self, text: str, column: int) -> bool:
        check = self.checks[column]
        return check(text) if check else text[:1].isupper() or column > 0


def _is_set_apart(text: str) -> bool:
    """Whether a line is one of a table with bars or tabs."""
    return text.strip().startswith("|") or "\t" in text.strip()


def _closed(title: str) -> Check:
    """What tells the cells below a title, where they are of a closed kind."""
    return next((check for pattern, check in _CLOSED if pattern.fullmatch(title.strip())), None)


def _orders(texts: Sequence[str], checks: Sequence[Check]) -> list[tuple[int, ...]]:
    """The orders in which cells fill their columns where those of closed kinds alone change place, never the first."""
    if len(texts) != len(checks) or not texts[0][:1].isupper() or any(_SECTION.match(text) for text in texts):
        return []
    open_ = [n for n, check in enumerate(checks) if check is None]
    found = []
    for order in permutations(range(len(texts))):
        in_order = [order[n] for n in open_]
        closed = all(check(texts[n]) for n, check in zip(order, checks, strict=True) if check)
        if order[0] == 0 and in_order == sorted(in_order) and closed:
            found.append(order)
    return found


def _row(cells: Sequence[_Cell]) -> Piece:
    given = tuple(cell.text for cell in cells)
    numbers = [number for cell in cells for number, _ in cell.lines]
    return Piece(Kind.ROW, " ".join(given), min(numbers), max(numbers), " ".join(given), given)
