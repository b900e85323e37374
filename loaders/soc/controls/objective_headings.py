"""Titles of control objectives that a number of the report and a code begin: `4.2 A.1 Personnel`, stated right below.

They are written as the other titles of objectives are before the lines are read, each on its line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.soc.controls.titles import is_statement

Line = tuple[int, str]

_TITLE = re.compile(
    r"\s*(?:\d{1,2}(?:\.\d{1,2})+\.?\s+)?(?P<code>[A-Z]{1,3}[.-]?\d{1,2}(?:\.\d{1,2})?)\s*[:.–—-]?\s+"
    r"(?P<title>[A-Z](?:(?!\s{3})[^.;:|\t]){2,90})$"
)
_STATED = re.compile(r"\s*(?:Control\s+)?Objective\s*:\s+(?P<statement>\S.*)$", re.IGNORECASE)
_BELOW = 3


def with_objective_titles(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, with `Control Objective A.1: Personnel` where a code and a title stand above `Control objective:`."""
    found = list(lines)
    for at, (number, text) in enumerate(lines):
        title = _TITLE.match(text.rstrip())
        below = next((i for i in range(at + 1, min(len(lines), at + _BELOW)) if lines[i][1].strip()), None)
        stated = _STATED.match(lines[below][1]) if title and below is not None else None
        alone = at == 0 or not lines[at - 1][1].strip()
        if title and alone and below is not None and stated and is_statement(stated["statement"]):
            found[at] = (number, f"Control Objective {title['code']}: {title['title']}")
            found[below] = (lines[below][0], stated["statement"])
    return tuple(found)
