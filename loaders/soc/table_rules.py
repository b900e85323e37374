"""Rules that are drawn in tables in columns: below the titles of their columns, and between their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.layout.table_columns import segments

Line = tuple[int, str]

_RULE = re.compile(r"\s*(?:[-–—=_]{3,}[ +]*)+\s*")
_FEWEST = 2


def without_rules(lines: Sequence[Line]) -> list[Line]:
    """The lines without the rules right above or below a line with cells side by side; one beside text is a gap."""
    found: list[Line] = []
    for at, (number, text) in enumerate(lines):
        above, below = (lines[i][1] if 0 <= i < len(lines) else "" for i in (at - 1, at + 1))
        if not _RULE.fullmatch(text) or not (_is_row(above) or _is_row(below)):
            found.append((number, text))
        elif not _is_within(above, below):
            found.append((number, ""))
    return found


def _is_within(above: str, below: str) -> bool:
    """Whether a rule stands between lines of one table."""
    return _is_row(below) and (_is_row(above) or (bool(above.strip()) and _goes_on(above, below)))


def _is_row(text: str) -> bool:
    """Whether a line has cells side by side that neither bars nor tabs keep apart."""
    return "|" not in text and "\t" not in text.strip() and len(segments(text)) >= _FEWEST


def _goes_on(above: str, below: str) -> bool:
    """Whether a line has but the end of a cell of a column behind the first."""
    found, begun = segments(above), segments(below)
    return len(found) == 1 and found[0].start >= begun[1].start
