"""Ends of cells that touch the next column: a full cell leaves but one blank before what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CODES = r"(?:CC|PI|A|C|P)\d{1,2}\.\d{1,2}"
_CRITERIA = re.compile(rf"(?<=\w)[.,;]? (?P<end>{_CODES}(?:, {_CODES})*)$")
_OBJECTIVES = re.compile(r"(?<=[a-z.]) (?P<end>\d{1,2}(?:\.\d{1,2})?(?:, \d{1,2}(?:\.\d{1,2})?)*)$")
_COUNTS = re.compile(
    r"\b(?:within|every|than|of|for|least|most|last|past|first|to|by|the|after|and|or|is|are|every) \d[\d., ]*$"
)
_OF_CRITERIA = re.compile(r"\bcriteri|\btsc\b|^related\b", re.IGNORECASE)
_OF_OBJECTIVES = re.compile(r"\bobjectives?\b", re.IGNORECASE)
_NEAR = -12


def reference_apart(cells: Sequence[str], title: str, reach: int) -> list[str]:
    """The cells of a line, with a reference that stands one blank behind the words before it in the last one.

    `title` is that of the last column, `reach` how far behind the beginning of that column the line ends.
    """
    *before, words, last = ("", *cells)
    if last or reach < _NEAR or not words:
        return list(cells)
    found = _CRITERIA.search(words) if _OF_CRITERIA.search(title) else None
    if found is None and _OF_OBJECTIVES.search(title) and not _COUNTS.search(words):
        found = _OBJECTIVES.search(words)
    return [*before, words[: found.start("end")].rstrip(), found["end"]][1:] if found else list(cells)
