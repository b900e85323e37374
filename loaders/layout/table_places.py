"""Where the columns of a table on a page begin: all its lines tell it together, those of a row for the row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.layout.pieces import Numbered
from loaders.layout.table_grid import fit, fitted

_MOVED, _LEAST = 2.0, 2

Begins = Callable[[str], bool]
"""Whether a row begins with a line."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the columns begin in each line of a table, and what it costs that they do."""

    cost: float
    starts: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, lines: Sequence[Numbered], starts: Sequence[int], begins: Begins) -> Placed:
        """Fits the columns to what stands together, from one line with which a row begins or blank line to the next."""
        marked = frozenset(at for at, (_, text) in enumerate(lines) if begins(text))
        apart = (at for at, (above, below) in enumerate(pairwise(lines), 1) if below[0] > above[0] + 1)
        return cls._cheapest(lines, starts, sorted({0, *marked, *apart, len(lines)}), marked)

    @classmethod
    def whole(cls, lines: Sequence[Numbered], starts: Sequence[int]) -> Placed:
        """Fits the columns to the lines of one row, in which they may move once."""
        best = cls._cheapest(lines, starts, [0, len(lines)], frozenset({0}))
        if best.cost < _MOVED:
            return best
        texts, size = [text for _, text in lines], len(lines)
        moved = (cls._fitted(texts, [0, at, size], starts, frozenset({0, at})) for at in range(_LEAST, size - _LEAST))
        return min([best, *(replace(one, cost=one.cost + _MOVED) for one in moved)], key=lambda one: one.cost)

    @classmethod
    def _cheapest(
        cls, lines: Sequence[Numbered], starts: Sequence[int], edges: Sequence[int], marked: frozenset[int]
    ) -> Placed:
        texts = [text for _, text in lines]
        ways = dict.fromkeys((tuple(starts), fitted(texts, starts)))
        return min(
            (cls._fitted(texts, edges, way, marked, exact=not n) for n, way in enumerate(ways)),
            key=lambda placed: placed.cost,
        )

    @classmethod
    def _fitted(
        cls,
        texts: Sequence[str],
        edges: Sequence[int],
        starts: Sequence[int],
        marked: frozenset[int],
        *,
        exact: bool = False,
    ) -> Placed:
        """Fits the columns from edge to edge: near to those of their table in a new row, else to those above.

        With `exact` what stands right below the names of columns stands in these.
        """
        cost, found = 0.0, list[tuple[int, ...]]()
        for first, end in pairwise(edges):
            own, places = fit(texts[first:end], starts, full=first in marked)
            if found and first not in marked and not (exact and own == 0):
                own, places = fit(texts[first:end], found[-1])
            cost += own
            found += [places] * (end - first)
        return cls(cost, tuple(found))


def with_whole_numbers(rows: Sequence[Sequence[str]], column: int) -> list[list[str]]:
    """The rows, with numbers whole that the end of a line cuts after their hyphen."""
    found = [list(row) for row in rows]
    for at, row in enumerate(found):
        below = next((other for other in found[at + 1 :] if other[column]), None)
        if below is not None and HALF.fullmatch(row[column]) and below[column][0].isdigit():
            row[column], below[column] = f"{row[column]}{below[column]}", ""
    return found


HALF = re.compile(r"[A-Z]{1,8}\d{0,2}-")
"""The first half of a number that the end of a line cuts."""
