"""Rows of columns side by side whose columns drift: where the columns of one row begin, and what stands in them.

A program that prints a page as text puts each cell where its letters would stand, so that a column begins at another
place from row to row, and a full cell touches the next one: but one space parts them there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from loaders.layout.table_columns import Segment, segments

_HANG = 5
_HUNG, _ASTRAY, _OUTSIDE, _TOUCHING, _CUT, _MISSED, _EMPTY = 0.8, 3.0, 12.0, 0.3, 3.0, 0.3, 1.5
_DRIFT, _FARTHEST = 0.1, 3.0
_NEAR = 2
_OVER = 14
_BEFORE = 8
_FAR = 30
_TOUCHED = 6
_NARROWEST = 4
# `2 of 25` stands in one cell.
_COUNT = re.compile(r"\b\d+ of (?:the )?\d+\b")
_ITEM = re.compile(r"(?:^|(?<= ))(?:\([a-z]\)|[a-z][.)]|[•●○◦▪■‣►▶➢➤∙⁃]) ")
_WIDEST = 10_000
_HOPELESS = 1e9

Begins = Callable[[int, str], bool | None]


def _nothing(column: int, text: str) -> None:
    return None


def fitted(lines: Sequence[str], starts: Sequence[int]) -> tuple[int, ...]:
    """Where the columns begin in the lines of one row, near to where they begin in their table."""
    return fit(lines, starts)[1]


def fit(lines: Sequence[str], starts: Sequence[int], *, full: bool = False) -> tuple[float, tuple[int, ...]]:
    """What it costs to have columns in those lines, and where they begin then, near to the given places.

    Each segment should begin where a column does, or hang a little behind it; none should reach over the beginning
    of a column, unless a space stands right there. In `full` lines something stands in each column.
    """
    found = [segment for line in lines for segment in segments(line)]
    edges = [word_edges(segment.text) for segment in found]
    places = sorted({*starts, *(segment.start for segment in found), *_touches(found, edges, starts)})
    written = _Written.of(found)
    crossing = {place: _crossing(found, edges, place) for place in places}
    crossed = {place for place in places if any(s.start < place < s.end for s in found)}

    def empty(left: int, right: int) -> float:
        return 0.0 if not full or left in crossed or written.before(right) > written.before(left) else _EMPTY

    best: dict[int, tuple[float, tuple[int, ...]]] = {
        place: (_drift(place, starts[0]) + _OUTSIDE * written.before(place - _NEAR), (place,)) for place in places
    }
    for start in starts[1:]:
        now: dict[int, tuple[float, tuple[int, ...]]] = {}
        for place in places:
            own = crossing[place] + _drift(place, start)
            ways = [
                (cost + written.astray(left, place) + empty(left, place) + own, chosen)
                for left, (cost, chosen) in best.items()
                if left + _NARROWEST <= place
            ]
            if ways:
                cost, chosen = min(ways)
                now[place] = (cost, (*chosen, place))
        best = now
    ends = [
        (cost + written.astray(place, _WIDEST) + empty(place, _WIDEST), chosen)
        for place, (cost, chosen) in best.items()
    ]
    return min(ends) if ends else (_HOPELESS, tuple(starts))


@dataclass(frozen=True, slots=True)
class _Written:
    """How many segments begin before each place of the lines."""

    counts: tuple[int, ...]

    @classmethod
    def of(cls, found: Sequence[Segment]) -> _Written:
        """Counts where segments begin."""
        at = Counter(segment.start for segment in found)
        return cls((0, *accumulate(at[place] for place in range(max(at, default=0) + 1))))

    def before(self, place: int) -> int:
        """How many segments begin before a place."""
        return self.counts[max(0, min(place, len(self.counts) - 1))]

    def astray(self, left: int, right: int) -> float:
        """What it costs that segments begin behind the beginning of their column."""
        hung = min(left + _HANG + 1, right)
        return _HUNG * (self.before(hung) - self.before(left + 1)) + _ASTRAY * (self.before(right) - self.before(hung))


def cells_in(line: str, starts: Sequence[int], begins: Begins = _nothing) -> list[str] | None:
    """What stands in each column of a line; None where words reach over a column's beginning and no space parts them.

    `begins` knows words with which a cell of a column surely begins, or surely does not: they tell where cells touch.
    """
    cells = [""] * len(starts)
    for segment in segments(line):
        for part in _parted(segment, starts, begins):
            if part is None:
                return None
            column = max((n for n, start in enumerate(starts) if start <= part.start + _NEAR), default=0)
            cells[column] = f"{cells[column]} {part.text}".strip()
    return cells


def _parted(segment: Segment, starts: Sequence[int], begins: Begins) -> list[Segment | None]:
    """The parts of a segment that stand in different columns; None for one of which that is not told."""
    for column, start in enumerate(starts):
        if not (segment.start < start - _NEAR and start - _FAR < segment.end):
            continue
        at = _edge(segment, column, start, begins)
        if at > 0:
            left = Segment(segment.start, segment.text[:at].rstrip())
            right = Segment(max(start, segment.start + at), segment.text[at:].strip())
            return [left, *_parted(right, starts, begins)]
        if segment.end - start > _OVER:  # Too much for the end of a long line.
            return [None]
    return [segment]


def _edge(segment: Segment, column: int, start: int, begins: Begins) -> int:
    """Where in a segment a column begins: at known words, right at its place, at a capital letter, near its place."""
    text, at = segment.text, start - segment.start
    inside = {at for found in _COUNT.finditer(text) for at in range(found.start() + 1, found.end())} | _marked(text)
    edges = [n + 1 for n, letter in enumerate(text[: at + _OVER]) if letter == " " and n not in inside]
    known = [edge for edge in edges if _is_near(text, edge, at) and begins(column, text[edge:])]
    edges = [edge for edge in edges if edge > at - _BEFORE and begins(column, text[edge:]) is not False]
    if known or at >= len(text):
        return min(known, key=lambda edge: abs(edge - at), default=0)
    if at in edges:
        return at
    capital = [
        edge
        for edge in edges
        if (text[edge].isupper() or _COUNT.match(text, edge)) and text[:edge].split()[-1][:1].islower()
    ]
    near = [edge for edge in edges if abs(edge - at) <= _NEAR]
    return min(capital or near, key=lambda edge: abs(edge - at), default=0)


def _is_near(text: str, edge: int, at: int) -> bool:
    """Whether a column may begin there: near its place, or far before it in the middle of a sentence."""
    return edge > at - _BEFORE or (edge > at - _FAR and text[edge - 2] not in ".:;")


def _drift(place: int, start: int) -> float:
    return min(_FARTHEST, _DRIFT * abs(place - start))


def word_edges(text: str) -> list[int]:
    """Where in words a cell may begin: behind a space, and where a capital letter stands right behind a small one.

    None begins behind the letter or the bullet of an item of a list, which is the beginning of the item.
    """
    marked = _marked(text)
    return [
        at
        for at in range(1, len(text))
        if (text[at - 1] == " " and at not in marked)
        or (text[at].isupper() and (text[at - 1].islower() or text[at - 1] in ".,;)"))
    ]


def _marked(text: str) -> set[int]:
    return {found.end() for found in _ITEM.finditer(text)}


def _touches(found: Sequence[Segment], edges: Sequence[Sequence[int]], starts: Sequence[int]) -> set[int]:
    """Where near the beginning of a column a word begins behind no more than one space."""
    return {
        segment.start + edge
        for segment, inside in zip(found, edges, strict=True)
        for edge in inside
        if any(abs(segment.start + edge - start) <= _TOUCHED for start in starts)
    }


def _crossing(found: Sequence[Segment], edges: Sequence[Sequence[int]], place: int) -> float:
    """What it costs that segments reach over a place."""
    return sum(
        min(_CUT, _TOUCHING + _MISSED * _to_edge(inside, place - s.start))
        for s, inside in zip(found, edges, strict=True)
        if s.start < place - _NEAR and place < s.end
    )


def _to_edge(edges: Sequence[int], at: int) -> int:
    """How far from a place in a text a word begins: words that touch stand before their column rather than behind."""
    return min((at - edge if edge <= at else 2 * (edge - at) for edge in edges), default=_FAR)
