"""Items whose bullets an extraction lost: lines set in below the sentence that announces them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.layout.text import ends_sentence

Line = tuple[int, str]

_SET_IN = 3
_SHARE = 10
_OPEN = re.compile(r"(?:[,&/–—-]|\b(?:and|or|of|the|for|on|in|its|to|by|with|from|at|as|an?))$", re.IGNORECASE)
_LEAST_WIDTH = 60


def usual_end(lines: Sequence[Line]) -> int:
    """The column at which nine of ten long lines of a text have ended."""
    ends = sorted(len(text.rstrip()) for _, text in lines if len(text.strip()) >= _LEAST_WIDTH)
    return ends[len(ends) - 1 - len(ends) // _SHARE] if ends else 0


def unmarked_items(block: Sequence[Line], announced_at: int, end: int) -> list[list[Line]]:
    """The items of lines between blank ones, each with the lines in which it goes on; none where they are no list.

    A list is set in further than the sentence that announces it begins. A line begins an item where the one above ends
    a sentence, or, among items that end none, wherever its first word would still have fitted above.
    """
    indents = {len(text) - len(text.lstrip()) for _, text in block}
    if len(indents) != 1 or min(indents) < announced_at + _SET_IN or any("  " in text.strip() for _, text in block):
        return []
    sentences = ends_sentence(block[-1][1])
    items: list[list[Line]] = []
    for line in block:
        if items and not _begins(items[-1], line[1].strip(), end, sentences=sentences):
            items[-1].append(line)
        else:
            items.append([line])
    return items if items[0][0][1].strip()[:1].isupper() else []


def _begins(item: Sequence[Line], text: str, end: int, *, sentences: bool) -> bool:
    """Whether a line begins an item below another one."""
    above = " ".join(line.strip() for _, line in item)
    if not (text[:1].isupper() or text[:1].isdigit()) or above.count("(") > above.count(")") or _OPEN.search(above):
        return False
    if sentences:
        return ends_sentence(above)
    return len(item[-1][1].rstrip()) + 1 + len(text.split(" ", maxsplit=1)[0]) <= end
