"""Titles that are numbered through a report, with a gap behind the number as columns have one: `3.2   Locations`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.layout.text import is_abbreviated, reads_as_title
from loaders.soc.controls.numbers import number_in

Line = tuple[int, str]

_TITLE = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?[ \t]{2,}(?P<title>[A-Z](?:(?! {2}|\t).){1,100})$")
_FEWEST = 3


def with_narrow_gaps(lines: Sequence[Line]) -> list[Line]:
    """The lines with one blank behind the numbers of titles, where those count through the whole text.

    Such titles stand at the margin, each below a blank line, and those of parts below those of the whole.
    """
    found = {at: title for at, title in enumerate(map(_title, lines)) if title and _is_alone(lines, at)}
    numbers = [_key(title["number"]) for title in found.values()]
    if len(numbers) < _FEWEST or not all(map(follows, numbers, numbers[1:])) or max(map(len, numbers)) < _PARTS:
        return list(lines)
    return [
        (number, f"{found[at]['number']} {found[at]['title']}" if at in found else text)
        for at, (number, text) in enumerate(lines)
    ]


_PARTS = 2


def _title(line: Line) -> re.Match[str] | None:
    found = _TITLE.match(line[1].rstrip())
    if found is None or found["title"][-1] in ";:,":
        return None
    return found if found["title"][-1] != "." or is_abbreviated(found["title"]) else None


def _is_alone(lines: Sequence[Line], at: int) -> bool:
    """Whether a title stands between blank lines, in the words of one right above a text at the margin, or above what
    has a number with letters.
    """
    above, below = (lines[i][1] if 0 <= i < len(lines) else "" for i in (at - 1, at + 1))
    if above.strip():
        return False
    title, numbered = _title(lines[at]), number_in(below)
    text = bool(title and reads_as_title(title["title"]) and below[:1].isupper())
    return not below.strip() or text or bool(numbered and numbered.letters and numbered.rest)


def _key(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split(".")))


def follows(above: tuple[int, ...], below: tuple[int, ...]) -> bool:
    """Whether a number is the next one: the first of a part, or one more at any level; one may be missing."""
    if len(below) > len(above):
        return below == (*above, 1)
    return below[:-1] == above[: len(below) - 1] and 0 < below[-1] - above[len(below) - 1] <= _MOST_MISSING


_MOST_MISSING = 2
