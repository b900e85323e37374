"""How full the lines of cells are: a line ends where the next word has no room, which tells whose words are whose.

How wide print is depends on its letters; text that was never printed has letters of one width. What both say counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from loaders.layout.table_columns import segments
from loaders.layout.text import ends_sentence

_NARROW, _SMALL, _WIDE, _WIDEST = 0.27, 0.35, 0.72, 0.88
_LETTER, _SLIM, _CAPITAL = 0.56, 0.5, 0.67
_WIDTHS = {
    **dict.fromkeys("iljI|!.,:;'’‘ ", _NARROW),
    **dict.fromkeys('ftr()[]-/“”"', _SMALL),
    **dict.fromkeys("ckvxyzsJ", _SLIM),
    **dict.fromkeys("wCDGHNOQRU&", _WIDE),
    **dict.fromkeys("mMW%–—", _WIDEST),
}
_SLACK, _ROOM = 1.0, 0.04
_PER_LETTER, _MOST, _PER_OVER, _MOST_OVER = 0.25, 1.5, 0.3, 1.5
_FEWEST, _OFTEN = 3, 2


@dataclass(frozen=True, slots=True)
class Pairs:
    """The words that stand next to each other several times in a text."""

    known: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Pairs:
        """Counts the pairs of words of lines."""
        seen = Counter(pair for text in texts for one in segments(text) for pair in pairwise(one.text.lower().split()))
        return cls(frozenset(pair for pair, count in seen.items() if count >= _OFTEN))

    def has(self, above: str, cell: str) -> bool:
        """Whether the last word of a line and the first one of the line below are such a pair."""
        last, first = above.lower().split()[-1:], cell.lower().split()[:1]
        return bool(last and first) and (last[0], first[0]) in self.known


@dataclass(frozen=True, slots=True)
class Measure:
    """How long words are: in letters of their own width, and in letters of one width."""

    print: float
    letters: float

    @classmethod
    def of(cls, text: str) -> Measure:
        """Measures words."""
        return cls(sum(map(_width, text)) / _LETTER, len(text))


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How wide the columns of a table are, None where that is not known: the longest of the lines that stand alone."""

    widths: tuple[Measure | None, ...] = ()

    @classmethod
    def of(cls, texts: Sequence[str], starts: Sequence[Sequence[int]]) -> Wrapping:
        """Measures the lines of a table whose cells touch no other, where the columns begin there."""
        found: list[list[Measure]] = [[] for _ in starts[0]] if starts else []
        for text, places in zip(texts, starts, strict=True):
            ends = (*places[1:], 10_000)
            for segment in segments(text):
                column = next((n for n, place in enumerate(places) if abs(place - segment.start) <= 1), None)
                if column is not None and segment.end < ends[column]:
                    found[column].append(Measure.of(segment.text))
        return cls(tuple(_widest(one) for one in found))

    def beside(self, before: Wrapping) -> Wrapping:
        """The widths of these lines; where they do not tell one, that of the lines before."""
        known = before.widths or (None,) * len(self.widths)
        return Wrapping(tuple(own or other for own, other in zip(self.widths, known, strict=True)))

    def cost(self, column: int, above: str, cell: str) -> float:
        """What it costs that a line of a cell stands below another one."""
        width = self.widths[column] if column < len(self.widths) else None
        if width is None:
            return 0.0
        own = Measure.of(cell)
        over = min(own.print - width.print * (1 + _ROOM), own.letters - width.letters) - _SLACK
        cost = min(_MOST_OVER, _PER_OVER * max(0.0, over))
        if above and not ends_sentence(above):
            longer = Measure.of(f"{above} {cell.split(maxsplit=1)[0]}")
            room = min(width.print * (1 - _ROOM) - longer.print, width.letters - longer.letters) - _SLACK
            cost += min(_MOST, _PER_LETTER * max(0.0, room))
        return cost


@cache
def _width(letter: str) -> float:
    return _WIDTHS.get(letter, _CAPITAL if letter.isupper() else _LETTER)


def _widest(found: Sequence[Measure]) -> Measure | None:
    if len(found) < _FEWEST:
        return None
    return Measure(max(one.print for one in found), max(one.letters for one in found))
