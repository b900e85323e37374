"""Tables from criteria, or from the requirements of another framework, to the controls that meet each.

Such a table stands beside those of controls. It is told by its cells, not by its titles: codes in the first column, and
in another one but the numbers of controls, or that the requirement does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from loaders.layout.hyphens import glued
from loaders.layout.table_bars import is_row, row_cells
from loaders.layout.table_columns import cells_of, segments
from loaders.layout.table_middle import MiddleRows, in_the_middle
from loaders.layout.table_places import Placed
from loaders.layout.text import clean, ends_sentence
from loaders.soc.column_titles import is_title_of_controls
from loaders.soc.controls.labels import Role, column_role
from loaders.soc.controls.lines import Line
from loaders.soc.controls.matrix_codes import codes_of, is_code, is_rest_of_code, ranges_filled, with_rest
from loaders.soc.controls.numbers import criterion_in, shape
from loaders.soc.controls.register import says_not_applicable
from loaders.soc.controls.rows import lists_controls
from loaders.soc.framework_names import frameworks_named

_OTHERWISE = re.compile(r"\b(?:objectives?|risks?|users?|subservice|customers?|tests?)\b", re.IGNORECASE)
_THAT_MEET = re.compile(r"(?:[\w’'-]+ ){0,3}controls?(?:\(s\))?(?: [\w’'-]+){0,4}", re.IGNORECASE)
_NUMBER = re.compile(r"[\w.-]*\d")
_FEWEST, _MOST_TITLES, _ABOVE = 2, 3, 8


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A requirement by its code, what stands in the column of its controls, and the lines of both."""

    code: str
    said: str
    first_line: int
    last_line: int

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the controls that it lists."""
        return tuple(_NUMBER.findall(self.said))


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table from requirements to controls: the frameworks that its titles and what stands above it name, its rows."""

    frameworks: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    lines: tuple[int, int]

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers of the controls that its rows list."""
        return frozenset(number for row in self.rows for number in row.numbers)

    @property
    def is_of_criteria(self) -> bool:
        """Whether its requirements are criteria of the trust services."""
        return all(criterion_in(row.code) for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Heading:
    titles: tuple[str, ...]
    starts: tuple[int, ...]
    controls: int
    size: int


def requirement_matrices(lines: Sequence[Line]) -> list[Matrix]:
    """The tables from criteria, or from requirements of another framework, to controls among those lines."""
    found: list[Matrix] = []
    at = 0
    while at < len(lines):
        heading = _heading(lines, at)
        end = _end(lines, at, heading) if heading else at + 1
        rows = _rows(lines, at, end, heading) if heading else ()
        if heading and len(rows) >= _FEWEST and not _numbers_controls(rows) and not _is_mixed(rows):
            named = frameworks_named(" ".join(heading.titles)) or _named_above(lines, at)
            found.append(Matrix(named, rows, (lines[at][0], lines[end - 1][0])))
        at = end if rows else at + 1
    return found


def _heading(lines: Sequence[Line], at: int) -> _Heading | None:
    """The titles of columns there, with a column of controls right above the row of a requirement."""
    text = lines[at][1]
    if is_row(text):
        cells = [clean(cell) for cell in row_cells(text)]
        return _named(lines, at, cells, (), 1)
    first = segments(text)
    starts = tuple(segment.start for segment in first)
    titles = [segment.text for segment in first]
    for size in range(1, _MOST_TITLES + 1):
        if len(titles) < _FEWEST:
            return None
        found = _named(lines, at, titles, starts, size)
        if found is not None:
            return found
        below = lines[at + size][1] if at + size < len(lines) else ""
        if not below.strip() or is_row(below):
            return None
        titles = [f"{a} {b}".strip() for a, b in zip(titles, cells_of(below, starts), strict=True)]
    return None


def _named(
    lines: Sequence[Line], at: int, titles: Sequence[str], starts: tuple[int, ...], size: int
) -> _Heading | None:
    controls = next((n for n, title in enumerate(titles) if n and _is_of_controls(title)), None)
    if controls is None or any(map(_OTHERWISE.search, titles)) or column_role(titles[0]) is Role.CONTROL:
        return None
    below = next((text for _, text in lines[at + size : at + size + _ABOVE] if text.strip()), "")
    return _Heading(tuple(titles), starts, controls, size) if _begins(below) else None


def _is_of_controls(title: str) -> bool:
    return is_title_of_controls(title) or bool(_THAT_MEET.fullmatch(title.strip()))


def _begins(text: str) -> bool:
    """Whether a line begins with the code of a requirement."""
    first = row_cells(text)[0] if is_row(text) else next((segment.text for segment in segments(text)), "")
    return is_code(clean(first))


def _end(lines: Sequence[Line], at: int, heading: _Heading) -> int:
    """Where the table ends: with the last line that stands in its columns, or repeats its titles."""
    end = index = at + heading.size
    while index < len(lines):
        text = lines[index][1]
        if text.strip():
            again = _heading(lines, index)
            if again is not None and again.titles == heading.titles:
                index += again.size
                continue
            if _is_other(again, heading):
                break
            if not _is_group(lines, index, heading):
                if not _stands_in(text, heading):
                    break
                end = index + 1
        index += 1
    return end


def _is_other(again: _Heading | None, heading: _Heading) -> bool:
    """Whether titles are those of a further table, and no row with words such as `access controls`."""
    at = min(heading.controls, len(again.titles) - 1) if again else 0
    return again is not None and not _is_listed(again.titles[at])


def _stands_in(text: str, heading: _Heading) -> bool:
    """Whether a line begins a row, or goes on with the cells of one."""
    if not heading.starts or is_row(text):
        return bool(not heading.starts and is_row(text) and (_begins(text) or not row_cells(text)[0]))
    found = segments(text)
    goes_on = found[0].start >= heading.starts[1] - _NEAR or is_rest_of_code(found[0].text)
    return goes_on or (_begins(text) and found[0].start < heading.starts[1])


def _is_group(lines: Sequence[Line], index: int, heading: _Heading) -> bool:
    """Whether a title of the rows below it stands apart there: alone in its row, or below a gap and above a row."""
    text = lines[index][1]
    if is_row(text):
        first, *others = row_cells(text)
        return not heading.starts and bool(first.strip()) and not any(cell.strip() for cell in others)
    found = segments(text)
    if not heading.starts or len(found) != 1 or lines[index - 1][1].strip() or not found[0].text[:1].isupper():
        return False
    below = next((row for _, row in lines[index + 1 : index + _GAP] if row.strip()), "")
    is_title = " " in found[0].text and not ends_sentence(found[0].text) and found[0].start < heading.starts[1] - _NEAR
    return is_title and _begins(below) and len(segments(below)) > 1


_NEAR, _GAP = 6, 4


def _rows(lines: Sequence[Line], at: int, end: int, heading: _Heading) -> tuple[MatrixRow, ...]:
    """The rows of a table, each with the titles above it on its page."""
    found: list[MatrixRow] = []
    block: list[Line] = []
    now, index = heading, at + heading.size
    while index <= end:
        again = _heading(lines, index) if index < end and lines[index][1].strip() else None
        if index == end or (again is not None and again.titles == heading.titles):
            found += _rows_of(block, now)
            block, now = [], again or now
            index += again.size if again else 1
            continue
        if lines[index][1].strip() and not _is_group(lines, index, heading):
            block.append(lines[index])
        index += 1
    return tuple(found) if all(_is_listed(row.said) for row in found) else ()


def _rows_of(block: Sequence[Line], heading: _Heading) -> list[MatrixRow]:
    if not block:
        return []
    cells = _cells(block, heading)
    others = frozenset(range(1, len(heading.titles)))
    middle, top = in_the_middle(cells, 0, is_code)
    if middle > top:
        spans = MiddleRows(cells, 0, is_code, others - {heading.controls}).rows()
    else:
        begun = [n for n, row in enumerate(cells) if is_code(row[0])]
        spans = [(a, b - 1) for a, b in zip(begun, [*begun[1:], len(cells)], strict=True)]
    return [row for a, b in spans for row in _row(block[a : b + 1], cells[a : b + 1], heading)]


def _cells(block: Sequence[Line], heading: _Heading) -> list[list[str]]:
    """What stands in the columns of each line."""
    if not heading.starts:
        rows = [[clean(cell) for cell in row_cells(text)] for _, text in block]
        return [[*row, *([""] * (len(heading.titles) - len(row)))] for row in rows]
    placed = Placed.of(block, heading.starts, _begins)
    return [cells_of(text, placed.starts[n]) for n, (_, text) in enumerate(block)]


def _row(lines: Sequence[Line], cells: Sequence[Sequence[str]], heading: _Heading) -> list[MatrixRow]:
    first = reduce(with_rest, (row[0] for row in cells))
    said = reduce(glued, (row[heading.controls] for row in cells if row[heading.controls]), "")
    said = ranges_filled(said)
    return [MatrixRow(code, said, lines[0][0], lines[-1][0]) for code in codes_of(first)]


def _is_listed(said: str) -> bool:
    """Whether a cell holds but the numbers of controls, or says that the requirement does not apply."""
    return lists_controls(said) or says_not_applicable(said)


def _numbers_controls(rows: Sequence[MatrixRow]) -> bool:
    """Whether the codes are numbered as the controls are, so that they may be controls themselves."""
    listed = {shape(number) for row in rows for number in row.numbers}
    return all(shape(row.code) in listed for row in rows)


def _is_mixed(rows: Sequence[MatrixRow]) -> bool:
    """Whether the codes are partly criteria of the trust services."""
    return 0 < sum(criterion_in(row.code) is not None for row in rows) < len(rows)


def _named_above(lines: Sequence[Line], at: int) -> tuple[str, ...]:
    """The frameworks that the nearest line above names, among the lines between this table and the one before."""
    above = [text for _, text in lines[max(0, at - 3 * _ABOVE) : at] if text.strip()][-_ABOVE:]
    for text in reversed(above):
        if is_row(text) or len(segments(text)) > _FEWEST:
            return ()
        if named := frameworks_named(text):
            return named
    return ()
