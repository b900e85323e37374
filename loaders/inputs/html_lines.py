"""Text of a page as lines: a block is a line, a list item begins with its mark, a row has tabs between its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

_SPACES = re.compile(r"[ \t\r\n\f]+")
_BULLET = "-"
_INDENT = "  "


@dataclass(slots=True)
class _Level:
    """A list that is open: the number of its next item, or None where its items have bullets."""

    number: int | None


@dataclass(slots=True)
class _Cell:
    """A cell with its lines; `listed` where one of them is a list item."""

    lines: list[str] = field(default_factory=list)
    listed: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class _Table:
    """A table with its rows so far; `spans` says for how many further rows a column is taken by a cell above."""

    rows: list[list[_Cell]] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Lines:
    """Collects the lines of a page in the order of its text."""

    done: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _blank: bool = False
    _mark: str = ""
    _lists: list[_Level] = field(default_factory=list)
    _tables: list[_Table] = field(default_factory=list)
    _cells: list[_Cell] = field(default_factory=list)

    @property
    def in_cell(self) -> bool:
        """Whether a cell of a table is open."""
        return bool(self._cells)

    def text(self, text: str) -> None:
        """Adds running text, in which any white space is one space."""
        self._open.append(text)

    def verbatim(self, text: str) -> None:
        """Adds text whose lines and spaces stay as they are."""
        first, *rest = text.split("\n")
        self._open.append(first)
        for line in rest:
            self._flush(verbatim=True)
            self._open.append(line)

    def end_verbatim(self) -> None:
        """Ends text whose spaces stay."""
        if "".join(self._open).strip():
            self._flush(verbatim=True)
        self._open.clear()
        self.apart()

    def end_line(self) -> None:
        """Ends the line, where there is one."""
        self._flush()

    def apart(self) -> None:
        """Ends the line; what follows stands apart by a blank line."""
        self._flush()
        self._blank = True

    def begin_list(self, start: int | None) -> None:
        """Begins a list; `start` is the number of its first item, None where its items have bullets."""
        self._begin(apart=not self._lists)
        self._lists.append(_Level(start))

    def end_list(self) -> None:
        """Ends the innermost list."""
        self._flush()
        self._mark = ""
        self._lists.pop()
        self._blank = self._blank or not self._lists

    def begin_item(self, number: int | None) -> None:
        """Begins an item, with a number of its own where it has one."""
        self._flush()
        level = self._lists[-1] if self._lists else _Level(None)
        if level.number is not None:
            level.number = number if number is not None else level.number
        mark = _BULLET if level.number is None else f"{level.number}."
        self._mark = f"{_INDENT * (len(self._lists) - 1)}{mark} "
        if level.number is not None:
            level.number += 1
        if self._cells:
            self._cells[-1].listed = True

    def begin_table(self) -> None:
        """Begins a table; one within a cell is read as lines of that cell."""
        self._begin(apart=True)
        self._tables.append(_Table())

    def begin_row(self) -> None:
        """Begins a row of the innermost table."""
        self._flush()
        table = self._tables[-1]
        table.rows.append([])
        self._fill(table)

    def begin_cell(self, columns: int, rows: int) -> None:
        """Begins a cell that takes so many columns and rows."""
        self._flush()
        self._cells.append(_Cell(columns=columns, rows=rows))

    def end_cell(self) -> None:
        """Ends the innermost cell; those that it spans are empty."""
        self._flush()
        self._mark, self._blank = "", False
        table, cell = self._tables[-1], self._cells.pop()
        if not table.rows:
            table.rows.append([])
        row = table.rows[-1]
        for column in range(len(row), len(row) + cell.columns):
            if cell.rows > 1:
                table.spans[column] = cell.rows - 1
        row.extend([cell, *(_Cell() for _ in range(cell.columns - 1))])
        self._fill(table)

    def end_table(self) -> None:
        """Ends the innermost table and puts its rows down, as lines where it has but one column."""
        self._flush()
        table = self._tables.pop()
        for row in table.rows:
            for line in _row_lines(row):
                self._put(line)
        self.apart()

    def _fill(self, table: _Table) -> None:
        """Leaves the cells empty that a cell of a row above takes."""
        row = table.rows[-1]
        while table.spans.get(len(row), 0):
            table.spans[len(row)] -= 1
            row.append(_Cell())

    def _begin(self, *, apart: bool) -> None:
        self._flush()
        self._blank = self._blank or apart

    def _flush(self, *, verbatim: bool = False) -> None:
        text = "".join(self._open)
        self._open.clear()
        line = text if verbatim else _SPACES.sub(" ", text).strip(" ")
        if line or verbatim:
            self._put(self._mark + line)
            self._mark = ""

    def _put(self, line: str) -> None:
        if self._cells:
            self._cells[-1].lines.append(line)
            return
        if self._blank and self.done and self.done[-1]:
            self.done.append("")
        self._blank = False
        self.done.append(line)


def _row_lines(row: Sequence[_Cell]) -> list[str]:
    """A row as one line; as several where a cell holds a list, the cells side by side."""
    filled = [cell for cell in row if any(map(str.strip, cell.lines))]
    if not filled:
        return []
    if len(row) == 1:
        return row[0].lines
    if not any(cell.listed for cell in row):
        return ["\t".join("<br>".join(line for line in cell.lines if line) for cell in row)]
    return ["\t".join(line) for line in zip_longest(*(cell.lines for cell in row), fillvalue="")]
