"""Items without bullets that stand one below another: where each begins, and where it goes on in the next line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.layout.text import ends_sentence, is_unfinished
from loaders.names.places import find_country, find_state

Line = tuple[int, str]

_SHARE = 10
_LEAST_WIDTH = 60
_OPEN = re.compile(r"(?:[&/–—-]|\b(?:and|or|of|the|for|on|in|its|to|by|with|from|at|as|an?))$", re.IGNORECASE)
_ENDED = re.compile(r"[;.]\s+(?:and|or)$")


def usual_end(lines: Sequence[Line]) -> int:
    """The column at which nine of ten long lines of a text have ended; 0 where it has no long lines."""
    ends = sorted(len(text.rstrip()) for _, text in lines if len(text.strip()) >= _LEAST_WIDTH)
    return ends[len(ends) - 1 - len(ends) // _SHARE] if ends else 0


def unmarked_items(block: Sequence[Line], end: int) -> list[list[Line]]:
    """The items of lines between blank ones, each with the lines in which it goes on; `end` is where lines usually end.

    A line begins an item where the one above ends a sentence, or, among items that end none, wherever its first word
    would still have fitted above.
    """
    sentences = ends_sentence(block[-1][1]) and not block[-1][1].rstrip().endswith(":")
    items: list[list[Line]] = []
    for line in block:
        if items and _goes_on(items[-1][-1][1], line[1].strip(), end, sentences=sentences):
            items[-1].append(line)
        else:
            items.append([line])
    return items


def _goes_on(above: str, text: str, end: int, *, sentences: bool) -> bool:
    """Whether a line goes on with the item above."""
    bare = above.strip()
    if sentences:
        return not ends_sentence(bare) and not _ENDED.search(bare)
    full = 0 < end < len(above.rstrip()) + 1 + len(text.split(" ", maxsplit=1)[0])
    return full or bool(_OPEN.search(bare)) or is_cut(bare, text)


def is_cut(above: str, text: str) -> bool:
    """Whether a name goes on in the line below: within a bracket, in small letters, with the rest of a country."""
    if text.strip()[:1].islower() or is_unfinished([above]):
        return True
    last = above.rsplit(", ", 1)[-1]
    whole = f"{last} {text}"
    return "," in above and not _is_land(last) and _is_land(whole)


def _is_land(text: str) -> bool:
    return find_country(text) is not None or find_state(text) is not None
