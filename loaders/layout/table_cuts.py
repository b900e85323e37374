"""The cells of one row of columns side by side where words of neighbours touch: the cheapest way to cut its lines.

In print each letter has a width of its own, so that a cell that is full touches the next one, and words stand some
places before or behind the beginning of their column. What tells them apart is all that a row says: where words stand,
that cells go on in the middle of sentences, that their last sentence ends, with which words cells begin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from itertools import product
from math import prod

from loaders.layout.hyphens import glued
from loaders.layout.table_columns import Segment, segments
from loaders.layout.table_grid import word_edges
from loaders.layout.table_wrapping import Pairs, Wrapping
from loaders.layout.text import ends_sentence

_NEAR, _REACH = 2, 7
_LEFT, _RIGHT, _MOST_RIGHT = 0.3, 0.1, 2.0
_TOUCHING, _OVER, _MOST_OVER = 0.1, 0.5, 6.0
_SMALL_AFTER_END, _CAPITAL_INSIDE, _SMALL_FIRST, _UNENDED, _KNOWN, _STRANGE = 2.0, 0.7, 1.5, 1.0, 1.0, 2.0
_EMPTY, _UNREAD, _SMALL_NAME, _CAPITAL, _AGAIN = 4.0, 2.0, 0.8, 1.0, 1.5
_NARROWEST, _WIDEST = 4, 10_000
_BEFORE, _BEHIND = 0.2, 0.4
_USUAL = 0.6
_BEAM = 24
_GLANCE, _EARNEST = 3, 6
_MOST_OPTIONS = 64

Begins = Callable[[int, str], bool | None]
Reads = Callable[[int, str], bool]
Places = Sequence[int]
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """Lines that were cut in one way: the cells of each, what the cells say by now, and what that costs."""

    cost: float
    lines: tuple[Cells, ...]
    said: Cells
    last: Cells


@dataclass(frozen=True, slots=True)
class RowCuts:
    """Cuts the lines of a row; those of the columns in `prose` hold sentences, those in `filled` are never empty.

    `begins` knows words with which a cell surely begins, `reads` whether a whole cell reads as those of its column do;
    `goes_on` says that the row began on a page before, `is_cut` that it ends on one that follows.
    """

    prose: frozenset[int]
    filled: frozenset[int]
    begins: Begins
    reads: Reads
    goes_on: bool = False
    is_cut: bool = False
    wrapping: Wrapping = field(default_factory=Wrapping)
    pairs: Pairs = field(default_factory=Pairs)
    known: dict[tuple[int, str, str, str], float] = field(default_factory=dict, compare=False)
    """What it costs that a cell goes on so, where that was asked before."""

    def cells(self, texts: Sequence[str], ways: Sequence[Sequence[Places]]) -> list[Cells]:
        """What stands in each column, line by line; `ways` are where the columns may begin in each line, best first.

        Where a column does not read as it should, its words touch those of the column before, or begin elsewhere.
        """
        best, starts = self._way(texts, ways[0]), ways[0]
        if not all(self._is_read(column, best.said[column]) for column in self.filled):
            best, starts = self._best(texts, best, starts, ways[1:])
        for _ in self.filled:  # Each time the column whose other beginning tells most.
            unread = [
                column for column in sorted(self.filled) if column and not self._is_read(column, best.said[column])
            ]
            moved = [_moved(starts, column, place) for column in unread for place in _places(texts, starts, column)]
            before, (best, starts) = best, self._best(texts, best, starts, moved)
            if best is before:
                break
        return list(best.lines)

    def _best(
        self, texts: Sequence[str], best: _Way, starts: Sequence[Places], others: Sequence[Sequence[Places]]
    ) -> tuple[_Way, Sequence[Places]]:
        """The cheapest way to cut the lines, and where the columns begin then.

        Of many beginnings those that look best at a glance are tried in earnest.
        """
        if len(others) > _EARNEST:
            others = nsmallest(_EARNEST, others, key=lambda starts: self._way(texts, starts, _GLANCE).cost)
        for other in others:
            way = self._way(texts, other)
            if way.cost < best.cost:
                best, starts = way, other
        return best, starts

    def _is_read(self, column: int, said: str) -> bool:
        return bool(said) and self.reads(column, said)

    def _way(self, texts: Sequence[str], starts: Sequence[Places], beam: int = _BEAM) -> _Way:
        """The cheapest way to cut the lines where the columns begin there, with so many ways kept in each line."""
        empty = ("",) * len(starts[0])
        ways = [_Way(0.0, (), empty, empty)]
        for text, places in zip(texts, starts, strict=True):
            options = list(_Line(places).options(text))
            costs = ((way.cost + cost + self._joint(way, cells), way, cells) for way in ways for cost, cells in options)
            ways = [
                _Way(cost, (*way.lines, cells), _further(way.said, cells), _below(way.last, cells))
                for cost, way, cells in nsmallest(beam, costs, key=lambda found: found[0])
            ]
        return min((replace(way, cost=way.cost + self._end(way.said)) for way in ways), key=lambda way: way.cost)

    def _joint(self, way: _Way, cells: Cells) -> float:
        """What it costs that cells go on in this way."""
        total = 0.0
        for column, cell in enumerate(cells):
            if cell:
                about = (column, way.said[column], way.last[column], cell)
                cost = self.known.get(about)
                total += self.known.setdefault(about, self._below(*about)) if cost is None else cost
        return total

    def _below(self, column: int, said: str, last: str, cell: str) -> float:
        """What it costs that a line of a cell stands below the others."""
        own = self._goes_on(column, said, cell) + self.wrapping.cost(column, last, cell)
        return own - _USUAL * self.pairs.has(last, cell)

    def _goes_on(self, column: int, said: str, cell: str) -> float:
        ended = not said or ends_sentence(said) or said.endswith((",", "-"))
        begun = self.begins(column, cell)
        cost = -_KNOWN if ended and begun else _STRANGE if begun is False and not said else 0.0
        if column not in self.prose:
            return cost + (_SMALL_NAME if cell[:1].islower() else 0.0)
        small = cell[:1].islower()
        if not said:
            return cost + (_SMALL_FIRST if small and not self.goes_on else 0.0)
        if ended:
            return cost + (_SMALL_AFTER_END if small else 0.0)
        return cost + (_CAPITAL_INSIDE if cell[:1].isupper() else 0.0)

    def _end(self, said: Cells) -> float:
        """What it costs that cells say no more than that."""
        open_ = sum(not ends_sentence(said[column]) and not self.is_cut for column in self.prose if said[column])
        empty = sum(not said[column] for column in self.filled)
        unread = sum(bool(said[column]) and not self.reads(column, said[column]) for column in self.filled)
        return _UNENDED * open_ + _EMPTY * empty + _UNREAD * unread


@dataclass(frozen=True, slots=True)
class _Line:
    """Where the columns begin in one line."""

    starts: Places

    def options(self, text: str) -> Iterator[tuple[float, Cells]]:
        """The ways to cut a line, each with what it costs by the places of its words."""
        each = [self._cut(segment, 0) for segment in segments(text)]
        if prod(map(len, each)) > _MOST_OPTIONS:
            each = [sorted(options, key=lambda option: option[0])[:2] for options in each]
        for chosen in product(*each):
            cost, cells, last = 0.0, [""] * len(self.starts), -1
            for own, parts in chosen:
                cost += own
                for column, words in parts:
                    cost += _MOST_OVER if column < last else _AGAIN if column == last else 0.0
                    cells[column] = f"{cells[column]} {words}".strip()
                    last = column
            yield cost, tuple(cells)

    def _cut(self, segment: Segment, least: int, *, touches: bool = False) -> list[tuple[float, list[tuple[int, str]]]]:
        """The ways to give the words of a segment to columns from `least` on; with `touches` words stand before it."""
        found: list[tuple[float, list[tuple[int, str]]]] = []
        for column in self._columns(segment.start, least):
            own = self._placed(column, segment.start, touches=touches)
            found.append((own + self._over(column, segment.end), [(column, segment.text)]))
            if column + 1 == len(self.starts):
                continue
            for at in _edges(segment, self.starts[column + 1]):
                left, right = segment.text[:at].rstrip(), Segment(segment.start + at, segment.text[at:])
                over = self._over(column, segment.start + len(left))
                # A capital letter in the middle of a sentence begins a cell rather than a name.
                touch = _TOUCHING - (_CAPITAL if right.text[:1].isupper() and _is_small(left) else 0.0)
                found += [
                    (own + over + touch + cost, [(column, left), *parts])
                    for cost, parts in self._cut(right, column + 1, touches=True)
                    if parts[0][0] == column + 1
                ]
        return found

    def _columns(self, start: int, least: int) -> list[int]:
        """The columns in which words that begin there may stand."""
        behind = max((n for n, at in enumerate(self.starts) if at <= start + _NEAR), default=0)
        near = [n for n in (behind, behind + 1) if least <= n < len(self.starts)]
        return [n for n in near if n == behind or self.starts[n] - start <= _REACH] or [
            min(least, len(self.starts) - 1)
        ]

    def _placed(self, column: int, start: int, *, touches: bool) -> float:
        off = start - self.starts[column]
        if touches:  # Print joins words that stand near: those behind begin before their column, not behind it.
            return (_BEHIND if off >= 0 else _BEFORE) * abs(off)
        return min(_MOST_RIGHT, _RIGHT * off) if off >= 0 else -_LEFT * off

    def _over(self, column: int, end: int) -> float:
        """What it costs that words reach over the beginning of the next column."""
        if column + 1 == len(self.starts):
            return 0.0
        return min(_MOST_OVER, _OVER * max(0, end - self.starts[column + 1] - _NEAR))


def _is_small(text: str) -> bool:
    return not ends_sentence(text) and text.rsplit(maxsplit=1)[-1][:1].islower()


def _further(said: Cells, cells: Cells) -> Cells:
    return tuple(glued(words, cell) if cell else words for words, cell in zip(said, cells, strict=True))


def _below(last: Cells, cells: Cells) -> Cells:
    return tuple(cell or above for above, cell in zip(last, cells, strict=True))


def _edges(segment: Segment, start: int) -> list[int]:
    """Where in a segment a word begins, near to the beginning of a column."""
    low, high = start - _REACH - segment.start, start + _REACH - segment.start
    return [at for at in word_edges(segment.text) if low <= at <= high]


def _places(texts: Sequence[str], starts: Sequence[Places], column: int) -> list[int]:
    """Where a column may begin whose words touch those of the column before: at words behind but one space."""
    before = starts[0][column - 1]
    after = starts[0][column + 1] if column + 1 < len(starts[0]) else _WIDEST
    found = [segment for text in texts for segment in segments(text)]
    words = {one.start + at for one in found for at in word_edges(one.text)}
    return sorted(place for place in words if before + _NARROWEST < place < after - _NARROWEST)


def _moved(starts: Sequence[Places], column: int, place: int) -> list[Places]:
    return [(*one[:column], place, *one[column + 1 :]) for one in starts]
