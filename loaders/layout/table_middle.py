"""Rows whose cells stand at half their height: which lines are one row, where no blank line parts the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.layout.text import ends_sentence

_LONGEST = 40
_OFF, _BROKEN, _NEW, _NUMBERLESS = 1.0, 2.0, 0.4, 4.0


@dataclass(frozen=True)
class MiddleRows:
    """The lines of a table, each with its cells; `numbers` is the column in which each row has its number.

    The cells of `prose` are sentences: a row neither begins nor ends in the middle of one.
    """

    cells: Sequence[Sequence[str]]
    numbers: int
    is_number: Callable[[str], bool]
    prose: frozenset[int]
    numberless: bool = False

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
        middle = (start + end - 1) / 2
        cost = _NEW if has_number else _NUMBERLESS * (0.2 if self.numberless else 1.0)
        for column in range(len(self.cells[0])):
            lines = [line for line in range(start, end) if self.cells[line][column]]
            if lines:
                cost += self._column_cost(column, lines, middle)
        return cost

    def _column_cost(self, column: int, lines: Sequence[int], middle: float) -> float:
        """What it costs that a cell does not stand about the middle, or is cut."""
        first, last = self.cells[lines[0]][column], self.cells[lines[-1]][column]
        cost = _OFF * max(0.0, abs((lines[0] + lines[-1]) / 2 - middle) - 0.5)
        if column in self.prose:
            cost += _BROKEN * (first[:1].islower() + (not ends_sentence(last)))
        elif last.endswith(","):
            cost += _BROKEN
        inside = pairwise(lines)
        # Where a sentence ends above a gap and another begins below it, there are two cells.
        return cost + sum(
            b - a > 1 and ends_sentence(self.cells[a][column]) and self.cells[b][column][:1].isupper()
            for a, b in inside
        )


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
