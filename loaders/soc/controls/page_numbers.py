"""Numbers of pages on lines of their own, told from numbers that are all a line of a table holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.layout.text import is_page_number

PAGE = re.compile(
    r"\s*(?:[-–—|•▪·●*o‣◦]\s*)?(?:[Pp](?:age|\.)\s*)?\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?\s*(?:[-–—|])?\s*"
)
"""A line that holds the number of a page, with what may stand around it."""

_WORD = re.compile(r"\bp(?:age|\.)", re.IGNORECASE)
_BARE = re.compile(r"\s*(?P<number>\d{1,4})\s*")
_CUT_CODE = re.compile(r"(?:[A-Z]{2,8}|[a-z]{2,}(?:-[a-z]+)+)-(?:\s|$)")
_CUT_NUMBER = re.compile(r"\s{0,8}[A-Z]{1,8}-(?:\s{2,}|$)")
_CUT_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s+\d{1,2},?)?\s*$"
)
_YEAR = re.compile(r"\s*(?:19|20)\d{2}\s*")
_SET_IN = 12


@dataclass(frozen=True, slots=True)
class _Bare:
    """A number alone on its line: the line's index, where it begins and ends, and its value."""

    index: int
    start: int
    end: int
    value: int

    def is_below(self, other: _Bare) -> bool:
        """Whether the two are aligned at the left or at the right, and this one counts on."""
        aligned = self.start == other.start or self.end == other.end
        return aligned and other.index < self.index and other.value < self.value


class PageNumbers:
    """Tells the numbers of the pages of a text."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        found = (_bare(index, line) for index, line in enumerate(lines) if not self._is_between(index))
        self._apart = [one for one in found if one is not None]
        self._edges = _edges(lines)

    def is_one(self, index: int, text: str) -> bool:
        """Whether a line is the number of a page, and none in a cell: those stand set in between other lines."""
        if not (PAGE.fullmatch(text) or is_page_number(text)):
            return False
        if self._edges and index not in self._edges and _BARE.fullmatch(text):
            return False
        if index > 1 and any(_CUT_NUMBER.match(one) for one in self.lines[index - 2 : index]):
            return False
        if self.is_rest(index, text):
            return False
        in_cell = text[:_SET_IN].isspace() and self._is_between(index) and not _WORD.search(text)
        return not in_cell or self._is_in_turn(_bare(index, text))

    def is_rest(self, index: int, text: str) -> bool:
        """Whether a number alone on a line is the end of a code, or the year of a date, that the line above cuts."""
        above = self.lines[index - 1] if index else ""
        return bool(_BARE.fullmatch(text)) and (_ends_code(above, text) or _ends_date(above, text))

    def _is_between(self, index: int) -> bool:
        """Whether words stand on the lines above and below."""
        beside = [self.lines[at].strip(" \t\f\r") for at in (index - 1, index + 1) if 0 <= at < len(self.lines)]
        return len(beside) > 1 and all(beside)

    def _is_in_turn(self, one: _Bare | None) -> bool:
        """Whether a number counts on from the nearest above that stands apart, and the nearest below from it."""
        if one is None:
            return False
        above = next((other for other in reversed(self._apart) if other.index < one.index), None)
        below = next((other for other in self._apart if other.index > one.index), None)
        return above is not None and below is not None and one.is_below(above) and below.is_below(one)


def _edges(lines: Sequence[str]) -> frozenset[int]:
    """The lines at the edges of pages, where form feeds part these and nearly each has a number alone there."""
    starts = [0, *(at for at, line in enumerate(lines) if "\f" in line), len(lines)]
    edges: list[set[int]] = []
    for first, end in pairwise(starts):
        written = [at for at in range(first, end) if lines[at].strip(" \t\f\r")]
        edges.append({*written[:_DEEP], *written[-_DEEP:]})
    numbered = sum(any(_BARE.fullmatch(lines[at].replace("\f", "")) for at in page) for page in edges)
    enough = len(edges) >= _FEWEST_PAGES and numbered >= _NEARLY_EACH * len(edges)
    return frozenset().union(*edges) if enough else frozenset()


_DEEP = 3
_FEWEST_PAGES = 4
_NEARLY_EACH = 0.8


def _bare(index: int, line: str) -> _Bare | None:
    text = line.replace("\f", "")
    found = _BARE.fullmatch(text)
    return _Bare(index, found.start("number"), found.end("number"), int(found["number"])) if found else None


def _ends_code(above: str, text: str) -> bool:
    """Whether digits alone on a line stand right below letters with a hyphen, whose number they are."""
    return bool(_CUT_CODE.match(above, len(text) - len(text.lstrip())))


def _ends_date(above: str, text: str) -> bool:
    """Whether a year alone on a line stands right below the day or the month of its date."""
    return bool(_YEAR.fullmatch(text) and _CUT_DATE.search(above))
