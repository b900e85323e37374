"""Lists in lists: items that say nothing themselves, and are but the headings of the items set in below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from loaders.layout.pieces import Kind, Piece
from loaders.layout.text import ends_sentence
from loaders.soc.controls.lines import Line

_FEWEST = 2
_DEEPER = 2
_LONGEST = 100


def with_areas(pieces: Sequence[Piece], lines: Sequence[Line]) -> list[Piece]:
    """The pieces, with an `AREA` for each such item: two of a list at least, all of which have items of their own."""
    indents = {number: len(text) - len(text.lstrip()) for number, text in lines}
    found: list[Piece] = []
    for is_item, run in groupby(pieces, key=lambda piece: piece.kind is Kind.ITEM):
        together = tuple(run)
        found += _nested(together, indents) if is_item else together
    return found


def _nested(items: Sequence[Piece], indents: Mapping[int, int]) -> list[Piece]:
    """The items of a list without others between, those of the outer list as areas.

    Where nothing is set in, as in a text without its layout, those that end in a colon may be the outer ones.
    """
    places = [indents.get(item.first_line, 0) for item in items]
    set_out = [at for at, place in enumerate(places) if place < min(places) + _DEEPER]
    colons = [at for at, item in enumerate(items) if item.text.endswith(":")]
    for outer in (set_out, colons):
        if _all_lead(items, outer):
            return [replace(item, kind=Kind.AREA) if at in outer else item for at, item in enumerate(items)]
    return list(items)


def _all_lead(items: Sequence[Piece], outer: Sequence[int]) -> bool:
    """Whether a list is of nothing but such items and those below each of them."""
    lead = all(begin + 1 < end for begin, end in pairwise([*outer, len(items)]))
    return len(outer) >= _FEWEST and outer[0] == 0 and lead and not any(_says_something(items[at].text) for at in outer)


def _says_something(text: str) -> bool:
    return len(text) > _LONGEST or (ends_sentence(text) and not text.endswith(":"))
