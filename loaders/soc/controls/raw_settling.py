"""What cells in reading order leave open once all rows are read: criteria before several controls, tests in a pile.

Where the columns of a page come one after the other, its criteria stand before all of its controls, and its tests
behind a control that is not theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from loaders.soc.controls.labels import Role
from loaders.soc.controls.numbers import criteria_in, is_codes_alone
from loaders.soc.controls.raw_blocks import Block
from loaders.soc.controls.raw_rows import Doubts, RawRow
from loaders.soc.controls.titles import Title
from loaders.soc.controls.values import Cell

_MOST = 0.7
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Codes:
    """Criteria by their codes alone, as a column of them has them; those of nobody end what the ones above are of."""

    codes: tuple[str, ...]
    first_line: int
    last_line: int

    def cells(self) -> Iterator[Cell]:
        """Each code as a title of the controls below."""
        where = (self.first_line, self.last_line)
        yield Cell(Role.OWN_CRITERIA, "", *where)
        yield from (Cell(Role.CRITERION, "", *where, code) for code in self.codes)


Read = Title | Codes | RawRow


def codes_alone(block: Block) -> Codes | None:
    """The criteria that a block is, where it is nothing else."""
    where = (block.lines[0][0], block.lines[-1][0])
    return Codes(criteria_in(block.text), *where) if is_codes_alone(block.text) else None


def settled(read: Sequence[Read], doubts: Doubts) -> list[Read]:
    """The titles and rows with each control below its own criteria; what can not be told is not stated but named."""
    _break_piles([one for one in read if isinstance(one, RawRow)], doubts)
    runs = [(key, list(run)) for key, run in groupby(read, type)]
    found: list[Read] = []
    for at, (_, run) in enumerate(runs):
        criteria = [one for one in runs[at - 1][1] if isinstance(one, Codes)] if at else []
        rows = [one for one in run if isinstance(one, RawRow)]
        if criteria and rows:
            found[-len(criteria) :] = _paired(criteria, rows, doubts)
        else:
            found += run
    return found


def _paired(criteria: Sequence[Codes], rows: Sequence[RawRow], doubts: Doubts) -> list[Read]:
    """Criteria by code alone with the rows below them: one for each row, or all for all where one of the two is one."""
    if len(criteria) == len(rows):
        return [one for pair in zip(criteria, rows, strict=True) for one in pair]
    first, last = criteria[0], criteria[-1]
    if len(criteria) == 1:
        return [first, *rows]
    if len(rows) == 1:
        codes = tuple(dict.fromkeys(code for one in criteria for code in one.codes))
        return [Codes(codes, first.first_line, last.last_line), *rows]
    said = f"of the criteria in {len(criteria)} cells and of {len(rows)} controls it is not told which belong together"
    doubts.append((first.first_line, said))
    return [Codes((), first.first_line, last.last_line), *rows]


def _break_piles(rows: Sequence[RawRow], doubts: Doubts) -> None:
    """Breaks a row with several tests above controls that have none, where nearly all others have some."""
    tested = [bool(row.of(Role.PROCEDURE)) or row.is_broken for row in rows]
    if sum(tested) < _MOST * len(rows):
        return
    for at, row in enumerate(rows[:-1]):
        if len(row.of(Role.PROCEDURE)) >= _SEVERAL and not tested[at + 1]:
            row.break_(doubts)
