"""Rows whose cells stand at half their height, or at their bottom: which lines are one row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from loaders.layout.text import ends_sentence

_LONGEST = 40
_APART = 2
_HALF = 0.3
_OFF, _BROKEN, _NEW, _NUMBERLESS, _GAP = 1.0, 2.0, 0.4, 4.0, 1.0


class Standing(Enum):
    """Where in their rows the cells of a table stand."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@dataclass(frozen=True)
class MiddleRows:
    """The lines of a table, each with its cells; `numbers` is the column in which each row has its number.

    The cells of `prose` are sentences: a row neither begins nor ends in the middle of one. With `goes_on` the first
    lines may be the rest of a row that began before, with `is_cut` the last ones the beginning of one. At `gaps` a
    blank line stands above.
    """

    cells: Sequence[Sequence[str]]
    numbers: int
    is_number: Callable[[str], bool]
    prose: frozenset[int]
    numberless: bool = False
    goes_on: bool = False
    is_cut: bool = False
    standing: Standing = Standing.MIDDLE
    gaps: frozenset[int] = frozenset()

    def rows(self) -> list[tuple[int, int]]:
        """The first and the last line of each row: each row's cells stand about its middle, and none is cut."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        numbered = [self.is_number(row[self.numbers]) for row in self.cells]
        for end in range(1, len(self.cells) + 1):
            count = int(numbered[end - 1])
            least = (best[end - 1][0] + self._cost(end - 1, end, bool(count)), end - 1)
            for start in range(end - 2, max(-1, end - 1 - _LONGEST), -1):
                count += numbered[start]
                if count > 1:
                    break
                least = min(least, (best[start][0] + self._cost(start, end, bool(count)), start))
            best.append(least)
        found, end = list[tuple[int, int]](), len(self.cells)
        while end:
            start = best[end][1]
            found.append((start, end - 1))
            end = start
        return found[::-1]

    def _cost(self, start: int, end: int, has_number: bool) -> float:
        rest = (self.goes_on and start == 0) or (self.is_cut and end == len(self.cells))
        cost = _NEW if has_number or rest else _NUMBERLESS * (0.2 if self.numberless else 1.0)
        cost -= _GAP if start in self.gaps else 0.0
        for column in range(len(self.cells[0])):
            lines = [line for line in range(start, end) if self.cells[line][column]]
            if lines:
                astray = off(self.standing, lines, start, end - 1)
                # What a page break cuts stands at its top.
                cut = self.is_cut and end == len(self.cells)
                astray = min(astray, off(Standing.TOP, lines, start, end - 1)) if cut else astray
                cost += self._column_cost(column, lines, astray)
        return cost

    def _column_cost(self, column: int, lines: Sequence[int], astray: float) -> float:
        """What it costs that a cell does not stand where it should, or is cut."""
        first, last = self.cells[lines[0]][column], self.cells[lines[-1]][column]
        cost = _OFF * astray
        if column in self.prose:
            cost += _BROKEN * (first[:1].islower() + (not ends_cell(last)))
        elif last.endswith(","):
            cost += _BROKEN
        inside = pairwise(lines)
        # Where a sentence ends above a gap and another begins below it, there are two cells.
        return cost + sum(
            b - a > _APART and ends_sentence(self.cells[a][column]) and self.cells[b][column][:1].isupper()
            for a, b in inside
        )


def ends_cell(text: str) -> bool:
    """Whether a cell of sentences may end with those words: with a sentence, or with a remark in brackets."""
    return ends_sentence(text) or text.endswith("]") or (text.startswith("(") and text.endswith(")"))


def off(standing: Standing, lines: Sequence[int], first: int, last: int) -> float:
    """How far a cell on those lines stands from where it should stand in a row."""
    if standing is Standing.TOP:
        return lines[0] - first
    if standing is Standing.BOTTOM:
        return last - lines[-1]
    # In print lines stand at half heights, too.
    astray = abs((lines[0] + lines[-1]) - (first + last)) / 2
    return max(0.0, astray - 0.5) + _HALF * min(astray, 0.5)


def in_the_middle(
    cells: Sequence[Sequence[str]], numbers: int, is_number: Callable[[str], bool], beside: int | None = None
) -> tuple[int, int]:
    """How many numbers stand in the middle of their rows, where words go on from above them, and how many do not.

    The words are those of one column, where it is told.
    """
    places = [at for at, row in enumerate(cells) if is_number(row[numbers])]
    middle = top = 0
    for before, at, after in zip([-1, *places], places, [*places[1:], len(cells)], strict=False):
        around = [column for column in range(len(cells[at])) if column != numbers and beside in (None, column)]
        goes_on = any(_goes_on(cells, column, range(before + 1, at), range(at, after)) for column in around)
        middle, top = middle + goes_on, top + (not goes_on)
    return middle, top


def _goes_on(cells: Sequence[Sequence[str]], column: int, above: range, below: range) -> bool:
    """Whether a cell goes on from the lines above a number to that line or those below it."""
    over = next((cells[line][column] for line in reversed(above) if cells[line][column]), "")
    under = next((cells[line][column] for line in below if cells[line][column]), "")
    cut = len(over.split()) > _FEW and not ends_sentence(over)
    return bool(over and under) and (cut or under[:1].islower())


_FEW = 2
