"""Rows of columns side by side that some program folded at a width, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from loaders.soc.controls.lines import Line

_NARROWEST = 50
_SHARE = 0.1
_FEWEST = 4


def unfolded(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with those joined that were one line wider than all; the same lines where nothing was folded.

    A line was folded where the first word of the next one would not have fitted behind it. A joined line has the
    number of its first part.
    """
    width = max((len(text) for _, text in lines if 2 * len(text.lstrip(" ")) > len(text)), default=0)
    if width < _NARROWEST or not _was_folded(lines, width):
        return tuple(lines)
    found: list[Line] = []
    above = ""
    for number, text in lines:
        if found and _fills(above, text, width):
            found[-1] = (found[-1][0], f"{found[-1][1]} {text}")
        else:
            found.append((number, text))
        above = text
    return tuple(found)


def _was_folded(lines: Sequence[Line], width: int) -> bool:
    full = sum(_fills(above, below, width) for (_, above), (_, below) in pairwise(lines))
    return full >= max(_FEWEST, _SHARE * sum(bool(text.strip()) for _, text in lines))


def _fills(text: str, below: str, width: int) -> bool:
    """Whether the first word of the line below would not have fitted behind a line."""
    word = below.split(" ", maxsplit=1)[0]
    if not below.strip() or not text.strip():
        return bool(below.strip()) and len(text) == width
    if len(text) > width:
        return bool(word)
    # A line that goes on with spaces was cut between two columns, right at the width.
    return len(text) + 1 + len(word) > width if word else len(text) == width


_RULE = re.compile(r"\|(?:\s*:?-{2,}:?\s*\|)+")


def whole_bars(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with each row of a table by bars on one line, where the rule below its heading tells its columns."""
    found: list[Line] = []
    block: list[Line] = []
    count = 0
    for line in (*lines, (0, "")):
        if (block or line[1].startswith("|")) and line[1].strip():
            block.append(line)
            continue
        rule = _RULE.search("\n".join(text for _, text in block))
        # A table that goes on after a page break has no further rule.
        count = rule.group().count("|") - 1 if rule else count
        found.extend(_rows(block, count))
        block = []
        if line[0]:
            found.append(line)
    return tuple(found)


def _rows(block: Sequence[Line], count: int) -> list[Line]:
    """The rows of a block; the block as it is where its cells do not make whole rows."""
    text = "\n".join(line for _, line in block)
    if not count or not block:
        return list(block)
    cells = text.split("|")
    rows = [cells[at : at + count + 1] for at in range(0, len(cells) - 1, count + 1)]
    if any(row[0].strip() or len(row) <= count for row in rows) or cells[-1].strip():
        return list(block)
    found, at = list[Line](), 0
    for row in rows:
        start = text.count("\n", 0, at + len(row[0]))
        found.append((block[start][0], "| " + " | ".join(" ".join(cell.split()) for cell in row[1:]) + " |"))
        at += sum(len(cell) + 1 for cell in row)
    return found
