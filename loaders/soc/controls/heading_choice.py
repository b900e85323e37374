"""The headings of tables of controls among lines: where they stand, and which columns those of the same words name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from loaders.layout.table_columns import segments
from loaders.soc.controls.heading_ways import HeadingWay, heading_ways
from loaders.soc.controls.lines import Line

_ELSEWHERE = 6.0
_APART = 3.0

_Titles = tuple[str, ...]


@dataclass(slots=True)
class Headings:
    """Reads the headings of lines; `cost` tells what it costs that columns stand in the lines from there."""

    lines: Sequence[Line]
    cost: Callable[[int, HeadingWay], float]
    _ways: dict[int, list[HeadingWay]] = field(default_factory=dict)
    _places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _titles: dict[str, _Titles] = field(default_factory=dict)

    def ways(self, position: int) -> list[HeadingWay]:
        """The ways to read the heading that begins at a line, the likeliest first."""
        found = self._ways.get(position)
        if found is None:
            found = heading_ways(self.lines, position)
            found = self._ways[position] = [] if found and self._is_title_above(position, found[0]) else found
        return found

    def _is_title_above(self, position: int, way: HeadingWay) -> bool:
        """Whether the line is no part of a heading but a title right above one, which reads better without it."""
        for above in range(1, way.size):
            if len(segments(self.lines[position + above - 1][1])) > 1:
                return False
            below = self.ways(position + above)
            if below:
                return below[0].size + above == way.size and below[0].cost + _APART <= way.cost
        return False

    def best(self, position: int) -> HeadingWay | None:
        """The way that fits the lines below best; where its words stand over several tables, those of all of them."""
        ways = self.ways(position)
        if not ways:
            return None
        titles = self._titles_of(position)
        return next((way for way in ways if way.titles == titles), ways[0])

    def _titles_of(self, position: int) -> _Titles:
        """The titles of columns that the words there are: the same wherever they stand, so that all tables tell it."""
        if not self._places:
            for head in self._heads():
                self._places[self._words(head)].append(head)
        words = self._words(position)
        if words not in self._titles:
            places = self._places.get(words) or [position]
            costs: dict[_Titles, list[float]] = {}
            for head in places:
                for way in self.ways(head):
                    costs.setdefault(way.titles, []).append(self.cost(head + way.size, way))
            whole = {titles: sum(found) + _ELSEWHERE * (len(places) - len(found)) for titles, found in costs.items()}
            self._titles[words] = min(whole, key=lambda titles: whole[titles])
        return self._titles[words]

    def _words(self, position: int) -> str:
        """The letters of a heading, in whichever lines they stand."""
        size = self.ways(position)[0].size
        return "".join(sorted("".join("".join(text.split()) for _, text in self.lines[position : position + size])))

    def _heads(self) -> Iterator[int]:
        """Where headings begin."""
        position = 0
        while position < len(self.lines):
            ways = self.ways(position)
            if ways:
                yield position
            position += ways[0].size if ways else 1
