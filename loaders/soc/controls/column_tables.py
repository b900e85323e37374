"""Tables of a report in columns side by side: a heading of short cells, below it rows whose cells run over lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from loaders.layout.layout import Kind, Piece
from loaders.layout.table_columns import Segment, cells_of, crosses, parted, segments, starts_of
from loaders.layout.text import clean, ends_sentence, has_bullet, is_unfinished
from loaders.soc.column_titles import (
    are_titles,
    begins_small,
    heads_services,
    is_next_service,
    is_title,
    may_name_service,
)
from loaders.soc.controls.cell_ends import reference_apart
from loaders.soc.controls.joining import Joining
from loaders.soc.controls.lines import Line
from loaders.soc.scope_items import read_beside

_FEWEST = 2
_LONGEST_TABLE = 40
_LONGEST_TITLE = 60
_LONGEST_SECOND = 25
_MOST_HEADING_LINES = 3
_ABBREVIATED = 5
_NEAR = 8
_DRIFT = 12
_PAGE = 2
_RIGHT_BELOW = 3
_BESIDE = 1
_PROSE = 4
_FARTHEST = 6
_PLACED = re.compile(r"[A-Z][\w.’' -]*, [A-Z][\w.’' -]*")
_TITLE_WORDS = re.compile(
    r"(?:(?:sub)?service )?organi[sz]ations?|(?:control )?objectives?|criteri(?:a|on)|controls?|provided|method"
    r"|services?|reference|number",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Table:
    starts: tuple[int, ...]
    rows: list[tuple[int, int, list[str]]] = field(default_factory=list)
    margin: int = 0
    above: Sequence[str] = ()


@dataclass(slots=True)
class ColumnTables:
    """Reads the tables in columns among lines; `seen` are the headings of those that were read before."""

    lines: Sequence[Line]
    joining: Joining
    seen: list[list[str]] = field(default_factory=list)

    def table_at(self, at: int) -> tuple[list[Piece], int] | None:
        """The rows of the table whose heading begins there, the heading first, and where the table ends."""
        heading = self._heading_lines(at)
        if not heading:
            return None
        size, starts, titles = heading
        places = starts_of(starts, list(self._below(at + size, starts, titles)))
        table = _Table(places, margin=self._margin(at, places[1]))
        table.rows.append((self.lines[at][0], self.lines[at + size - 1][0], titles))
        end = at + size
        blank = 0
        while end < len(self.lines):
            number, text = self.lines[end]
            if not text.strip():
                blank, end = blank + 1, end + 1
                continue
            if blank >= _PAGE:
                self._move(table, end, titles)
            text = parted(text, table.starts)
            if not self._goes_on(table, text, end, after_gap=blank > 0):
                break
            reach = len(text.rstrip()) - table.starts[-1]
            cells = reference_apart(cells_of(text, table.starts), table.rows[0][2][-1], reach)
            self._add(table, number, cells, after_gap=blank > 0)
            table.above, blank, end = cells, 0, end + 1
        if len(table.rows) < _FEWEST:
            return None
        self.seen.append(_cleaned(titles))
        return [_row(*one) for one in table.rows], end - blank

    def _margin(self, at: int, before: int) -> int:
        """Where the nearest line above begins of those that begin before a column; there where none does."""
        above = (_indent(text) for _, text in reversed(self.lines[max(0, at - _FARTHEST) : at]) if text.strip())
        return next((indent for indent in above if indent < before), before)

    def _move(self, table: _Table, at: int, titles: Sequence[str]) -> None:
        """On a further page the columns may begin elsewhere: all by about as much, as the lines there show."""
        below = list(self._below(at, table.starts, titles))
        first = [segment.start for segment in segments(below[0])] if below else []
        moved = tuple(first) if len(first) == len(table.starts) else starts_of(table.starts, below)
        if all(abs(new - old) <= _DRIFT for new, old in zip(moved, table.starts, strict=True)):
            table.starts = moved

    def _below(self, at: int, starts: Sequence[int], titles: Sequence[str]) -> Iterator[str]:
        """The lines below a heading that may be rows: up to one over two columns, or to the heading of any table.

        Below a gap a title left of the cells ends them too.
        """
        blank, any_ = 0, False
        for _, text in self.lines[at : at + _LONGEST_TABLE]:
            found = segments(text)
            aside = len(found) == 1 and found[0].start < starts[0]
            if any_ and ((found and blank and (aside or are_titles(text))) or (not found and blank + 1 >= _PAGE)):
                return
            blank = 0 if found else blank + 1
            any_ = any_ or bool(found)
            if (
                [segment.text for segment in found] == list(titles)
                or len(found) > len(starts)
                or (len(found) == 1 and found[0].start < starts[1] < found[0].end - 1)
            ):
                return
            if found:
                yield text

    def _heading_lines(self, at: int, known: Sequence[str] = ()) -> tuple[int, list[int], list[str]] | None:
        """The lines of a heading of columns: short cells side by side, above lines with as many columns."""
        first = segments(self.lines[at][1])
        if len(first) < _FEWEST or any(len(s.text) > _LONGEST_TITLE or _is_sentence(s.text) for s in first):
            return None
        starts = [s.start for s in first]
        titles = [s.text for s in first]
        size = 1
        while at + size < len(self.lines) and size < _MOST_HEADING_LINES:
            text = self.lines[at + size][1]
            below = segments(text)
            if not text.strip() or not below or any(len(s.text) > _LONGEST_SECOND for s in below):
                break
            cells = cells_of(text, starts)
            whole = heads_services(titles) or all(map(is_title, titles))
            if whole and cells[0][:1].isupper() and not is_title(cells[0]):
                break  # Below titles that are whole a name begins the first row.
            after = self.lines[at + size + 1][1] if at + size + 1 < len(self.lines) else ""
            if (
                after.strip()
                or any(c[:1].isdigit() for c in cells)
                or self._filled(starts, at + size) == len(starts) > _FEWEST
            ):
                break
            if any(abs(s.start - start) <= _RIGHT_BELOW for s in below for start in starts) and any(cells):
                titles = [f"{a} {b}".strip() for a, b in zip(titles, cells, strict=True)]
                size += 1
                continue
            break
        # A line between the first and a gap is more of the heading, or all that the table says.
        ways = [(size, titles), (1, [s.text for s in first])]
        return next(((n, starts, named) for n, named in ways if self._stands_over(at + n, starts, named, known)), None)

    def _stands_over(self, at: int, starts: Sequence[int], titles: list[str], known: Sequence[str]) -> bool:
        """Whether lines with as many columns follow, or the heading of a table that is known."""
        near = (i for i in range(at, min(len(self.lines), at + 4)) if self.lines[i][1].strip())
        following = next(near, None)
        again = titles == list(known) or self._repeated(titles)
        if following is None:
            return False
        return self._near(starts, following) >= _FEWEST or again or self._names_below(following, starts, titles)

    def _names_below(self, at: int, starts: Sequence[int], titles: Sequence[str]) -> bool:
        """Whether services stand one below another in the first column, whatever is remarked of some of them."""
        if not heads_services(titles):
            return False
        names = list(takewhile(lambda text: self._names(text, starts[0]), self._below(at, starts, titles)))
        return len(names) >= _FEWEST or (bool(names) and self._filled(starts, self._next(at)) > 1)

    def _next(self, at: int) -> int:
        """The next written line below one; that one where there is none."""
        return next((i for i in range(at + 1, min(len(self.lines), at + 1 + _PAGE)) if self.lines[i][1].strip()), at)

    def _names(self, text: str, start: int) -> bool:
        """Whether a line begins there with what may be the name of a service, and holds nothing else."""
        found = segments(text)
        return len(found) == 1 and abs(found[0].start - start) <= 1 and may_name_service(found[0].text)

    def _is_service(self, table: _Table, at: int) -> bool:
        """Whether a line alone below a gap is one more service of a table that is set in, or has a remark below it."""
        start = self._margin(at, table.starts[1])
        if not heads_services(table.rows[0][2]) or not self._names(self.lines[at][1], start):
            return False
        if not self.lines[at - 2][1].strip():
            return False
        if table.margin < start and _stand_apart(table):
            return True
        below = self._next(at)
        cells = cells_of(self.lines[below][1], table.starts)
        if below == at or not (cells[0] and any(map(read_beside, cells[1:]))):
            return below > at and self._is_service(table, below)
        return _stand_below(segments(self.lines[below][1]), table.starts)

    def _filled(self, starts: Sequence[int], at: int) -> int:
        return sum(bool(cell) for cell in cells_of(self.lines[at][1], starts))

    def _near(self, starts: Sequence[int], at: int) -> int:
        """How many cells of a line or of the next begin near a column of the heading."""
        found = set()
        for index in (at, at + 1):
            for segment in segments(self.lines[index][1]) if index < len(self.lines) else ():
                found |= {i for i, start in enumerate(starts) if abs(segment.start - start) <= _NEAR}
        return len(found)

    def _repeated(self, titles: list[str]) -> bool:
        return _cleaned(titles) in self.seen

    def _goes_on(self, table: _Table, text: str, at: int, *, after_gap: bool) -> bool:
        if has_bullet(text) and len(segments(text)) == 1:
            return False
        cells = cells_of(text, table.starts)
        filled = [i for i, cell in enumerate(cells) if cell]
        found = segments(text)
        over = len(found) == 1 and found[0].start < table.starts[1] < found[0].end - 1
        # A sentence at the margin, left of the cells, is none of them, nor is a title there below a gap.
        aside = len(found) == 1 and found[0].start < table.starts[0]
        over = over or (aside and (after_gap or len(text.split()) > _PROSE))
        if over or len(found) > len(table.starts) or crosses(text, table.starts):
            return False
        heading = self._heading_lines(at, table.rows[0][2]) if after_gap else None
        if heading and not set(_cleaned(heading[2])).isdisjoint(_cleaned(table.rows[0][2])):
            return False  # The same heading again, or that of a further table with a column called alike.
        if len(table.rows) == 1 or not after_gap:
            return True
        if filled == [0] or (len(found) == 1 and found[0].start < table.starts[1] - 1 < found[0].end):
            block = self.lines[at + 1][1] if at + 1 < len(self.lines) else ""
            wrapped = bool(text.strip()[:1].islower()) and not block.strip()
            return wrapped or self._is_service(table, at)
        whole = len(filled) == len(table.starts) or (
            bool(self.lines[at - 2][1].strip()) and self._has_gaps(table, found)
        )
        return heading is None or whole or _stand_below(found, table.starts[1:])

    def _has_gaps(self, table: _Table, found: Sequence[Segment]) -> bool:
        """Whether a line right below a row is one with empty cells, and no heading of a further table.

        Where rows stand one blank line apart it may be a row that has words in one title's place.
        """
        titles = [is_title(segment.text) for segment in found]
        return (_stand_in(found, table.starts) and not any(titles)) or (
            _stand_apart(table) and _stand_below(found, table.starts) and not all(titles)
        )

    def _add(self, table: _Table, line: int, cells: list[str], *, after_gap: bool) -> None:
        """A line begins a row where its first cell is filled and another too; else it goes on with the row above."""
        if len(table.rows) == 1 and not after_gap and all(_TITLE_WORDS.fullmatch(c) for c in cells if c):
            first, _, above = table.rows[0]
            table.rows[0] = (first, line, [f"{a} {b}".strip() for a, b in zip(above, cells, strict=True)])
            return
        if len(table.rows) > 1:
            first, _, above = table.rows[-1]
            filled = sum(bool(cell) for cell in cells)
            small = begins_small(next((c for c in cells if c), ""))
            new = (after_gap and not small and bool(cells[0])) or (bool(cells[0]) and filled > 1 and not small)
            if (
                after_gap
                and not cells[0]
                and not small
                and all(ends_sentence(a) for a, c in zip(above, cells, strict=True) if c and a)
            ):
                new = True
            new = new or (not small and _is_spanned(table, cells, after_gap=after_gap))
            partly = any(a and not c for a, c in zip(above, cells, strict=True))
            if not after_gap and any(_is_rest(a, c, partly=partly) for a, c in zip(above, cells, strict=True)):
                new = new and _begins_anew(above, cells)
            if not new and not _is_next_service(table, cells, after_gap=after_gap):
                joined = [self.joining.join(a, b) for a, b in zip(above, cells, strict=True)]
                table.rows[-1] = (first, line, joined)
                return
        table.rows.append((line, line, cells))


def _is_next_service(table: _Table, cells: Sequence[str], *, after_gap: bool) -> bool:
    """Whether a cell names one more service: below a gap, beside a first cell, or where its first word fitted above."""
    first = table.rows[-1][2][0]
    close = bool(cells[0]) and not (first and is_unfinished([first])) and not _all_apart(table)
    apart = after_gap or close
    for at, (title, above, cell) in enumerate(zip(table.rows[0][2], table.rows[-1][2], cells, strict=True)):
        if is_next_service(title, above, cell):
            width = (*table.starts, 0)[at + 1] - table.starts[at]
            return apart or len(above) + len(cell.split(maxsplit=1)[0]) < width - _NEAR
    return False


def _is_spanned(table: _Table, cells: Sequence[str], *, after_gap: bool) -> bool:
    """Whether a line begins a row whose first cell is that above: all others are filled, none in the last line."""
    others = cells[1:]
    return len(others) >= _FEWEST and not cells[0] and all(others) and (after_gap or not any(table.above[1:]))


def _is_rest(above: str, cell: str, *, partly: bool) -> bool:
    """Whether a cell goes on with the one above: in the middle of a sentence, or behind the comma of a name."""
    prose = len(above.split()) >= _PROSE and not ends_sentence(above)
    return bool(above and cell) and (above.endswith(",") or (prose and (partly or cell[:1].islower())))


def _begins_anew(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether the cells of a line may begin a row though one above it ends open, as names do.

    None is small but below another that began small. Where some are empty there are several others, or one is alike.
    """
    beside = [(a, c) for a, c in zip(above, cells, strict=True) if a and c]
    small = any(begins_small(cell) for _, cell in beside)
    if any(a.endswith(",") or (begins_small(c) and not a[:1].islower()) for a, c in beside):
        return False
    alike = any(a == c or (_PLACED.fullmatch(a) and _PLACED.fullmatch(c)) for a, c in beside)
    return all(cells) or alike or (sum(map(bool, cells)) > _FEWEST and not small)


def _stand_below(found: Sequence[Segment], starts: Sequence[int]) -> bool:
    """Whether all cells of a line begin where columns do."""
    return all(any(abs(segment.start - start) <= _RIGHT_BELOW for start in starts) for segment in found)


def _stand_in(found: Sequence[Segment], starts: Sequence[int]) -> bool:
    """Whether each cell of a line begins right where a column does."""
    return all(any(abs(segment.start - start) <= _BESIDE for start in starts) for segment in found)


def _row(first: int, last: int, cells: Sequence[str]) -> Piece:
    given = tuple(clean(cell) for cell in cells)
    return Piece(Kind.ROW, " ".join(given).strip(), first, last, " ".join(cells), given)


def _stand_apart(table: _Table) -> bool:
    """Whether the rows of a table stand one blank line apart."""
    return table.rows[1][0] > table.rows[0][1] + 1


def _all_apart(table: _Table) -> bool:
    """Whether a blank line stands between any two rows, as far as these tell: words right below go on with one."""
    pairs = list(pairwise(table.rows[1:]))
    return bool(pairs) and all(below[0] > above[1] + 1 for above, below in pairs)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _cleaned(titles: Sequence[str]) -> list[str]:
    return [clean(title) for title in titles]


def _is_sentence(text: str) -> bool:
    return ends_sentence(text) and len(text) > _ABBREVIATED
