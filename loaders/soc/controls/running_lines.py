"""Running heads and feet: what stands at the very edge of many pages, alike but for its numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from loaders.layout.pages import page_tops

_SECTION_ALONE = re.compile(r"\W*(?:SECTION|Section|PART|Part)\s+\d{1,2}\W*")
_DIGITS = re.compile(r"\d+")
_DEEPEST = 4
_FEWEST = 3
_SHARE = 3


def running_lines(lines: Sequence[str], may_run: Callable[[str], bool]) -> frozenset[int]:
    """The indices of the lines at the edge of a third of the pages, and of at least three, that may run through them.

    A running foot of several lines is taken off line by line, the outermost first.
    """
    fed = [index for index, line in enumerate(lines) if "\f" in line]
    starts = [0, *(fed or page_tops(lines)), len(lines)]
    pages = [[at for at in range(*page) if lines[at].strip()] for page in pairwise(starts)]
    often = max(_FEWEST, sum(map(bool, pages)) // _SHARE)
    found: set[int] = set()
    for side in (0, -1):
        inner = [list(page) for page in pages]
        for _ in range(_DEEPEST):
            edge = {page[side]: shape_of(lines[page[side]]) for page in inner if page and may_run(lines[page[side]])}
            seen = Counter(edge.values())
            taken = {at for at, shape in edge.items() if seen[shape] >= often}
            found |= taken
            inner = [[at for at in page if at not in taken] for page in inner if taken & set(page)]
    return frozenset(at for at in found if _begins(lines, at, found))


def _begins(lines: Sequence[str], at: int, found: Collection[int]) -> bool:
    """Whether a line is none that goes on with a text of the page: what begins small needs a running line above it."""
    while lines[at].strip()[:1].islower():
        at -= 1
        if at not in found:
            return False
    return True


def shape_of(line: str) -> str:
    """A line with its numbers alike, but for that of a section, which no page counts."""
    words = " ".join(line.split())
    return words if _SECTION_ALONE.fullmatch(words) else _DIGITS.sub("#", words)
