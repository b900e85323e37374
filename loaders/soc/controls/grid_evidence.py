"""What lines tell of the columns of a table that may stand in them: its rows begin, words cross, cells read as such."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import reduce
from itertools import pairwise

from loaders.layout.hyphens import glued
from loaders.layout.table_columns import cells_of, segments
from loaders.layout.table_places import HALF, Placed
from loaders.layout.text import ends_sentence
from loaders.soc.controls.cell_wording import TOLD, reads
from loaders.soc.controls.columns import is_marked, is_number
from loaders.soc.controls.heading_ways import HeadingWay
from loaders.soc.controls.lines import Line

_NEAR, _FEWEST = 2, 2
_UNREAD = 2.0
_SHORT_TITLE = re.compile(r"[A-Z][a-z]{3,}(?: [A-Za-z][a-z]*){0,4}")


def row_begins(starts: Sequence[int]) -> Callable[[str], bool]:
    """What tells whether a line begins with the number of a control, or with the first half of one in its column."""

    # Codes of another framework stand further to the right.
    end = starts[min(2, len(starts) - 1)] if len(starts) > 1 else None

    def at(text: str) -> bool:
        found = segments(text)
        if not found or (end is not None and found[0].start >= end):
            return False
        return is_marked(found[0].text) or bool(HALF.fullmatch(found[0].text.split()[0]))

    return at


def are_across(text: str, starts: Sequence[int]) -> bool:
    """Whether words at the margin reach over the beginning of the second column."""
    found = segments(text)
    return len(found) == 1 and len(starts) > 1 and found[0].start <= starts[0] + _NEAR and found[0].end > starts[1]


def is_short_title(text: str, starts: Sequence[int]) -> bool:
    """Whether a few words, and no number, stand alone in the first column."""
    found = segments(text)
    is_alone = len(found) == 1 and len(starts) > 1 and found[0].end <= starts[1]
    return is_alone and bool(_SHORT_TITLE.fullmatch(found[0].text)) and not is_number(found[0].text)


def heads_prose(text: str, below: str, starts: Sequence[int]) -> bool:
    """Whether a line is the title of a paragraph below that reaches over all columns: no row begins in either."""
    title, prose = segments(text), segments(below)
    if len(title) != 1 or len(prose) != 1 or len(starts) < _FEWEST or row_begins(starts)(text):
        return False
    margin = starts[0] + _NEAR
    begun = title[0].start <= margin and title[0].text[0].isupper() and not ends_sentence(title[0].text)
    across = prose[0].start <= margin and prose[0].end > starts[-1] + _NEAR and prose[0].text[0].isupper()
    return begun and across and not row_begins(starts)(below)


def unread(block: Sequence[Line], way: HeadingWay) -> float:
    """How many cells of a table do not read as those of their columns do, where those are the columns."""
    placed = Placed.of(block, way.starts, row_begins(way.starts))
    begun = [at for at, (_, text) in enumerate(block) if row_begins(way.starts)(text)]
    cost = 0.0
    for first, last in pairwise((*begun, len(block))):
        rows = [cells_of(text, placed.starts[at]) for at, (_, text) in enumerate(block[first:last], first)]
        for column, role in enumerate(way.roles):
            said = reduce(glued, (row[column] for row in rows if row[column]), "")
            if role in TOLD and said:
                cost += _UNREAD * (not reads(role, said))
    return cost
