"""Columns of text side by side, as a page shows them: where each begins, and what stands in it on each line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_WIDE_GAP = re.compile(r" {4,}")
_TOUCHING = re.compile(r"(?<=\S )(?:[^\W_a-z]|\d)")
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """Words with single spaces between them, and where they begin on their line."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where the words end."""
        return self.start + len(self.text)


def segments(line: str) -> list[Segment]:
    """The runs of words of a line that two or more spaces keep apart."""
    return [Segment(m.start(), m.group()) for m in _SEGMENT.finditer(line.expandtabs())]


def starts_of(heading: Sequence[int], lines: Sequence[str]) -> tuple[int, ...]:
    """Where the columns below a heading begin: there where most lines begin nearest to each of its cells."""
    seen = Counter(s.start for line in lines for s in segments(line))
    found: list[int] = []
    for index, start in enumerate(heading):
        low = heading[index - 1] + 1 if index else 0
        high = heading[index + 1] - 1 if index + 1 < len(heading) else start + _FAR
        reach = [
            at for at in seen if max(low, start - _FAR) <= at <= min(high, start + _FAR) and at > max(found, default=-1)
        ]
        best = max(reach, key=lambda at: (seen[at], -abs(at - start)), default=start)
        best = best if seen[best] >= _FEWEST or seen[best] > seen[start] else start
        # Lines that go on below a letter or a bullet are indented: the column begins where those begin.
        hung = [at for at in reach if best - _HUNG <= at < best and seen[at] >= _FEWEST and at >= start - _NEAR]
        found.append(min(hung, default=best))
    return tuple(found)


_FAR = 14
_FEWEST = 2
_HUNG = 5


def cells_of(line: str, starts: Sequence[int]) -> list[str]:
    """What stands in each column of a line; words that reach over the beginning of the next one are cut there."""
    found = [""] * len(starts)
    for segment in segments(line):
        for text, start in _cut(segment, starts):
            column = _column(start, starts)
            found[column] = f"{found[column]} {text}".strip()
    return found


def parted(line: str, starts: Sequence[int]) -> str:
    """A line whose words run over a column's beginning, with a gap before the word that begins just before that.

    The same line where that does not give each column a cell, and where no gap at all tells it from a sentence.
    """
    text = line.expandtabs()
    if not crosses(line, starts) or len(segments(text)) == 1:
        return line
    for start in starts[1:]:
        at = next((at for at in range(start - 1, start - _NEAR - 1, -1) if _TOUCHING.match(text, at)), start)
        gap = _WIDE_GAP.search(text, at)
        rest = text[at : gap.start()] + text[gap.start() + start - at :] if gap else text[at:]
        text = text[:at] + " " * (start - at) + rest
    columns = [_column(segment.start, starts) for segment in segments(text)]
    return text if columns == list(range(len(starts))) else line


def crosses(line: str, starts: Sequence[int]) -> bool:
    """Whether words of a line run over the beginning of a column without a gap there."""
    text = line.expandtabs()
    return any(
        segment.start < start - _NEAR and segment.end > start + _NEAR and " " not in text[start - 1 : start]
        for segment in segments(line)
        for start in starts[1:]
    ) or any(
        segment.start < start - _NEAR and segment.end > start + 3 * _NEAR and not _parted(text, start)
        for segment in segments(line)
        for start in starts[1:]
    )


def _parted(text: str, start: int) -> bool:
    """Whether a column begins right there: a space before its first letter."""
    return text[start - 1 : start] == " " and text[start : start + 1] != " "


def _cut(segment: Segment, starts: Sequence[int]) -> list[tuple[str, int]]:
    """The parts of a segment that stand in different columns, parted by but one space at the column's beginning."""
    at = [
        start - segment.start
        for start in starts
        if segment.start < start - _NEAR and segment.end > start and segment.text[start - segment.start - 1] == " "
    ]
    edges = [0, *at, len(segment.text)]
    return [(segment.text[a:b].strip(), segment.start + a) for a, b in pairwise(edges) if segment.text[a:b].strip()]


def _column(start: int, starts: Sequence[int]) -> int:
    return max((index for index, at in enumerate(starts) if at <= start + _NEAR), default=0)
