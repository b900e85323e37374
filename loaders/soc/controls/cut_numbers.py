"""Numbers of controls that the width of their column cuts at the hyphen: `ELC-` with `01` below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

Line = tuple[int, str]

_LETTERS = re.compile(r"^\s*\|?\s*(?P<letters>[A-Z]{2,8}-)(?P<gap>\s{2,}|\s*(?=\|)|\s*$)")
_DIGITS = re.compile(r"\d{1,4}(?:\.\d{1,3})*(?=\s{2}|\s*\||\s*$)")
_FEWEST_BLANKS = 2


def with_whole_numbers(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with each such number whole on its first line, where the digits stand right below in the same column.

    A number that would come nearer to the next column than two blanks stays cut.
    """
    found = list(lines)
    for at in range(len(found) - 1):
        (number, text), (below, rest) = found[at], found[at + 1]
        joined = _joined(text, rest)
        if joined:
            found[at], found[at + 1] = (number, joined[0]), (below, joined[1])
    return tuple(found)


def _joined(text: str, below: str) -> tuple[str, str] | None:
    """Two lines with the digits moved up behind their letters; None where no number is cut, or has no room."""
    letters = _LETTERS.match(text)
    digits = _DIGITS.match(below, letters.start("letters")) if letters else None
    if letters is None or digits is None or below[: digits.start()].strip(" |"):
        return None
    blanks, behind, size = len(letters["gap"]), text[letters.end() :], len(digits.group())
    if behind and not behind.startswith("|") and blanks < size + _FEWEST_BLANKS:
        return None
    whole = text[: letters.end("letters")] + digits.group() + " " * max(0, blanks - size) + behind
    return whole, below[: digits.start()] + " " * size + below[digits.end() :]
