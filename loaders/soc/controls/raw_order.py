"""Tables of controls in reading order: the cells of each row one after the other, or those of each column of a page.

A row begins with the number of a control; tests and results are told by their words. What follows in no order that
tells its row is a doubt, and the tests of that control are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from loaders.layout.hyphens import glued
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.heading_words import are_of_headings
from loaders.soc.controls.labels import Role, column_role
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import number_in
from loaders.soc.controls.raw_blocks import Block, blocks_of, joined
from loaders.soc.controls.raw_mixed import read_block
from loaders.soc.controls.raw_rows import RawRow, rows_of
from loaders.soc.controls.raw_settling import Read, codes_alone, settled
from loaders.soc.controls.results import result_of
from loaders.soc.controls.titles import Title, begin_title, is_statement
from loaders.soc.controls.values import Cell

_MOST_OPEN = 0.2


@dataclass(slots=True)
class RawReader:
    """Reads the lines of the part with the controls as blocks in reading order; `headed` counts headings of columns."""

    lines: Sequence[Line]
    headed: int = 0
    doubts: list[tuple[int, str]] = field(default_factory=list)
    _read: list[Read] = field(default_factory=list)
    _table: list[Cell] = field(default_factory=list)

    def read(self) -> list[Cell]:
        """All cells, in order."""
        for block in blocks_of(self.lines):
            self._take(block)
        self._end_table()
        rows = [one for one in self._read if isinstance(one, RawRow)]
        for row in rows:
            row.close(self.doubts)
        open_ = [row for row in rows if not ends_sentence(row.control.text)]
        for row in open_ if len(open_) <= _MOST_OPEN * len(rows) else ():
            row.control = replace(row.control, text="")
            self.doubts.append((row.control.first_line, f"the wording of control {row.control.number} is cut"))
        read = settled(self._read, self.doubts)
        return [cell for one in read for cell in (one.read() if isinstance(one, RawRow) else one.cells())]

    def _take(self, block: Block) -> None:
        for is_heading, part in _headings_apart(block):
            if is_heading:
                self._end_table()
                self.headed += 1
            else:
                for one in _titles_apart(part):
                    self._take_block(one)

    def _take_block(self, block: Block) -> None:
        codes = codes_alone(block)
        title, rest = _title_of(block) if codes is None else (None, ())
        if codes is not None:
            self._end_table()
            self._read.append(codes)
        elif title is not None:
            self._end_table()
            self._read.append(title)
            if rest:
                self._take_cells(Block(rest))
        elif not self._states(block):
            self._take_cells(block)

    def _states(self, block: Block) -> bool:
        """Takes the statement that stands below the title of an objective or criterion."""
        title = self._read[-1] if self._read and not self._table else None
        if not isinstance(title, Title) or title.statement or not is_statement(block.text):
            return False
        title.statement, title.last_line = block.text, block.lines[-1][0]
        return True

    def _take_cells(self, block: Block) -> None:
        for part, cells in read_block(block):
            if cells is None:
                self.doubts.append((part.lines[0][0], "the cells in these lines run into each other"))
            self._table.extend(cells or _mixed(part))

    def _end_table(self) -> None:
        before = self._read[-1] if self._read else None
        row = before if isinstance(before, RawRow) else None
        self._read.extend(rows_of(self._table, row, self.doubts))
        self._table = []


def _mixed(part: Block) -> Iterator[Cell]:
    """Cells that are not told apart: the number with which they begin, and one without text for the rest."""
    found = number_in(part.text)
    if found and found.marked:
        yield part.cell(Role.CONTROL, found.number, "")
    yield part.cell(Role.REMARK, text="")


def _headings_apart(block: Block) -> Iterator[tuple[bool, Block]]:
    """The block cut where headings of columns begin and end: lines of their words alone, which name two columns."""
    runs = [(key, list(lines)) for key, lines in groupby(block.lines, lambda line: are_of_headings(line[1]))]
    held: list[Line] = []
    for of_headings, lines in runs:
        if of_headings:
            above = _ended(lines)
            held += lines[:above]
            del lines[:above]
        if of_headings and _is_heading(lines, alone=len(runs) == 1):
            if held:
                yield False, Block(tuple(held))
            held = []
            yield True, Block(tuple(lines))
        else:
            held += lines
    if held:
        yield False, Block(tuple(held))


def _ended(lines: Sequence[Line]) -> int:
    """How many lines end what stands above: a sentence, or a result, whose words are those of headings too."""
    stops = [at for at, (_, text) in enumerate(lines, 1) if ends_sentence(text) and not _SHORT.search(text)]
    results = [size for size in range(1, _LONGEST_RESULT + 1) if result_of(joined(lines[:size]))]
    return max([0, *stops, *results])


_SHORT = re.compile(r"\b(?:No|Nos|Nr|Ref|Freq|Id)\.$")
_LONGEST_RESULT = 4


def _is_heading(lines: Sequence[Line], *, alone: bool) -> bool:
    """Whether lines of words of headings are one: they name a column, or two where other lines stand beside them."""
    named = {role for _, line in lines if (role := column_role(line))}
    return not joined(lines).endswith(":") and len(named) >= (1 if alone else _FEWEST_NAMED)


_FEWEST_NAMED = 2


def _titles_apart(block: Block) -> Iterator[Block]:
    """The block cut where, below the end of a sentence, the title of an objective or criterion begins."""
    lines = block.lines
    starts = [at for at in range(1, len(lines)) if _begins_title(lines[at - 1][1], *lines[at])]
    for first, last in pairwise((0, *starts, len(lines))):
        yield Block(lines[first:last])


def _begins_title(above: str, line: int, text: str) -> bool:
    """Whether a line begins a title: below the end of a sentence, or with a mark behind its number."""
    return begin_title(line, text) is not None and (ends_sentence(above) or bool(_MARKED.match(text)))


_MARKED = re.compile(r"^[\w .-]{3,24}(?<=\d)\s?[:–—]\s")


def _title_of(block: Block) -> tuple[Title | None, tuple[Line, ...]]:
    """The title of an objective or criterion that a block begins with, with its statement, and the lines below."""
    number, first = block.lines[0]
    title = begin_title(number, clean(first))
    if title is None:
        return None, ()
    for at, (line, text) in enumerate(block.lines[1:], 1):
        if title.statement or is_statement(text) or title.role is Role.CRITERION:
            if not title.open(clean(text)):
                return title, block.lines[at:]
            title.add(line, text)
        else:
            title.text, title.last_line = glued(title.text, text), line
    return title, ()
