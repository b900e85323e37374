"""Texts that count off their parts by a., b., c. or by 1., 2., 3."""

from __future__ import annotations

import re

_COUNTED_OFF = re.compile(r"(?:^|(?<=\s))\(?(?P<mark>[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s+(?=[A-Z“\"])")


def parts_of(text: str) -> list[str]:
    """The parts of a text that letters or numbers count off, without those; all of it where none do."""
    marks = [m for m in _COUNTED_OFF.finditer(text)]
    first = next((m for m in marks if m["mark"] in ("a", "1", "i")), None)
    if first is None or first.start() > 0:
        return [text[marks[0].end() :].strip() if marks and marks[0].start() == 0 else text]
    wanted, taken = _series(first["mark"]), [first]
    for mark in marks:
        if mark.start() > taken[-1].start() and len(taken) < len(wanted) and mark["mark"] == wanted[len(taken)]:
            taken.append(mark)
    if len(taken) == 1:
        return [text[first.end() :].strip()]
    ends = [*(m.start() for m in taken[1:]), len(text)]
    return [text[m.end() : end].strip() for m, end in zip(taken, ends, strict=True)]


def _series(mark: str) -> tuple[str, ...]:
    if mark == "1":
        return tuple(str(n) for n in range(1, 40))
    if mark == "i":
        return ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
    return tuple("abcdefghijklmnopqrstuvwxyz")
