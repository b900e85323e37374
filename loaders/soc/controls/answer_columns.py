"""Results with management's responses beside them, in columns of their own within a block of labelled lines.

The titles of the columns stand above them, and again where a page cuts the cells; they are written as labelled lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.layout.table_columns import segments
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.label_columns import role_of
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import number_in

_ROLES = (Role.RESULT, Role.RESPONSE)


@dataclass(slots=True)
class _Columns:
    """The titles of the columns, where each begins on the page at hand, and the lines of the cells below them."""

    titles: tuple[str, ...]
    starts: tuple[int, ...]
    cells: tuple[list[Line], ...] = field(default_factory=lambda: ([], []))

    def take(self, line: Line) -> bool:
        """Takes a line that has words in the columns and none between them."""
        found = segments(line[1].expandtabs())
        columns = [self._column(segment.start) for segment in found]
        if not found or None in columns or len(set(columns)) < len(columns):
            return False
        for column, segment in zip(columns, found, strict=True):
            self.cells[column or 0].append((line[0], segment.text))
        return True

    def _column(self, start: int) -> int | None:
        return next((n for n, at in enumerate(self.starts) if abs(start - at) <= 1), None)

    def are_whole(self) -> bool:
        """Whether all cells end as sentences do, so that what follows may be something else."""
        return all(ends_sentence(cell[-1][1]) for cell in self.cells if cell)

    def written(self) -> list[Line]:
        """The cells one below the other, each behind its title."""
        lines: list[Line] = []
        for title, cell in zip(self.titles, self.cells, strict=True):
            lines += [(number, text if at else f"{title}: {text}") for at, (number, text) in enumerate(cell)]
        return lines


def answers_as_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines, with the columns of results and responses written as labelled lines in their place."""
    out: list[Line] = []
    open_: _Columns | None = None
    blank: list[Line] = []
    for line in lines:
        if not line[1].strip():
            blank.append(line)
            continue
        titled = _titles(line[1])
        if titled and open_ and not open_.are_whole() and titled[0] == open_.titles:
            open_.starts = titled[1]
        elif open_ and not titled and not _begins(line[1]) and open_.take(line):
            pass
        else:
            out += [*(open_.written() if open_ else []), *blank]
            open_ = _Columns(*titled) if titled else None
            out += [] if titled else [line]
        blank = []
    return [*out, *(open_.written() if open_ else []), *blank]


def _titles(text: str) -> tuple[tuple[str, ...], tuple[int, ...]] | None:
    """The titles on a line of nothing else, a result's before a response's, and where they begin."""
    found = segments(text.expandtabs())
    if tuple(role_of(segment.text) for segment in found) != _ROLES:
        return None
    return tuple(clean(segment.text).rstrip(" :") for segment in found), tuple(segment.start for segment in found)


def _begins(text: str) -> bool:
    """Whether a line begins something else: with a label, or with the number of a control."""
    found = number_in(clean(text))
    return label_in(text) is not None or (found is not None and found.marked)
