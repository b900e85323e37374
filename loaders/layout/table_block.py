"""Rows of a table between its heading and the end of its page: which lines are one row, wherever its cells stand in it.

The cells of a row stand at its top, about its middle or at its bottom. What is tried is how well the rows would then be
whole: no sentence that begins in the middle, none without an end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.layout.table_middle import MiddleRows, Standing, ends_cell, off

_BROKEN, _OFF, _NUMBERLESS = 2.0, 1.0, 4.0
_MOST_OFF = 2.0

Rows = list[tuple[int, int]]


@dataclass
class Standings:
    """Where the cells of a table stand, which is the same on all its pages: what each page said of it."""

    costs: dict[Standing, float] = field(default_factory=lambda: dict.fromkeys(Standing, 0.0))

    def rows(self, block: BlockRows) -> tuple[Standing, Rows]:
        """The rows of a further page."""
        ways = block.ways()
        best = min(ways, key=lambda standing: self.costs[standing] + ways[standing][0])
        self.costs = {standing: cost + ways[standing][0] for standing, cost in self.costs.items()}
        return best, ways[best][1]


@dataclass(frozen=True)
class BlockRows:
    """The lines of a table on one page, each with its cells; `numbers` is the column in which rows have their number.

    The cells of `prose` are sentences. With `numberless` a control can have rows without a number below its own, with
    `goes_on` the first lines may be the rest of a row that began on the page before, with `is_cut` the last ones the
    beginning of one. At `gaps` a blank line stands above.
    """

    cells: Sequence[Sequence[str]]
    numbers: int
    is_number: Callable[[str], bool]
    prose: frozenset[int]
    numberless: bool = False
    goes_on: bool = False
    is_cut: bool = False
    gaps: frozenset[int] = frozenset()

    def rows(self) -> tuple[Standing, Rows]:
        """Where cells stand, and the first and the last line of each row, so that most cells are whole."""
        return Standings().rows(self)

    def ways(self) -> dict[Standing, tuple[float, Rows]]:
        """The rows if cells stood there, and what that would cost."""
        ways = {standing: self._rows(standing) for standing in Standing}
        return {
            standing: (sum(self._cost(standing, first, last) for first, last in rows), rows)
            for standing, rows in ways.items()
        }

    def _rows(self, standing: Standing) -> Rows:
        if standing is not Standing.TOP:
            known = (self.numberless, self.goes_on, self.is_cut, standing, self.gaps)
            return MiddleRows(self.cells, self.numbers, self.is_number, self.prose, *known).rows()
        numbered = [at for at, row in enumerate(self.cells) if self.is_number(row[self.numbers])]
        return [(start, end - 1) for start, end in pairwise(sorted({0, *numbered, len(self.cells)}))]

    def _cost(self, standing: Standing, first: int, last: int) -> float:
        """What it costs that cells of a row are cut, or stand elsewhere in it."""
        begun, ended = first > 0 or not self.goes_on, last + 1 < len(self.cells) or not self.is_cut
        has_number = any(self.is_number(self.cells[line][self.numbers]) for line in range(first, last + 1))
        cost = 0.0 if has_number or self.numberless or not (begun and ended) else _NUMBERLESS
        for column in range(len(self.cells[0])):
            lines = [line for line in range(first, last + 1) if self.cells[line][column]]
            if not lines:
                continue
            cost += _OFF * min(_MOST_OFF, off(standing, lines, first, last)) if has_number and ended else 0.0
            if column in self.prose:
                small = begun and self.cells[lines[0]][column][:1].islower()
                cost += _BROKEN * (small + (ended and not ends_cell(self.cells[lines[-1]][column])))
        return cost
