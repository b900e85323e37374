"""Labels within a row of labels, such as `Response` beside a result, each with its lines of the row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from loaders.soc.controls.label_columns import Column, role_of, role_of_parts
from loaders.soc.controls.labelled_cells import ATTRIBUTES
from loaders.soc.controls.labels import Role
from loaders.soc.controls.lines import Line

_CELL = re.compile(r"\S+(?: \S+)*")
_WORD = re.compile(r"[^\W\d_]{2}")
_GAP = 2
_WIDE = 4


def labels_apart(label: str, lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The labels of a row, from left to right, each with the lines of what it says.

    What stands in a further column without a label belongs to no result and no attribute.
    """
    for at in range(len(lines)):
        cells = list(_CELL.finditer(lines[at][1]))
        for one, beside in pairwise(cells[1:]):
            inner = Column(one.start(), beside.start())
            found = _inner_label(inner, lines, at)
            if found is not None:
                values = [(number, " " * inner.value + text[inner.value :]) for number, text in lines]
                yield label, _until(inner.start, lines)
                yield from labels_apart(found, _written(values))
                return
    yield label, _alone(lines) if role_of(label) in (*ATTRIBUTES, Role.RESULT) else list(lines)


def _inner_label(inner: Column, lines: Sequence[Line], at: int) -> str | None:
    """The label in a column within a row that begins on one of its lines; None where words cross that column."""
    parts: list[str] = []
    for below, (_, text) in enumerate(lines):
        cut = inner.cut(f"{' ' * inner.start}{text[inner.start :]}")
        if cut is None or not _is_blank(text, inner.start, _GAP) or (cut[0] and below < at):
            return None
        parts += [cut[0].rstrip(" :")] if cut[0] else []
    return " ".join(parts) if role_of_parts(parts) is not None else None


def _alone(lines: Sequence[Line]) -> list[Line]:
    """The lines without what stands in a further column, a wide gap apart on each of them."""
    places = sorted({cell.start() for _, text in lines for cell in list(_CELL.finditer(text))[1:]})
    for place in places:
        before = [text[:place] for _, text in lines if text[:place].strip()]
        apart = all(_is_blank(text, place, _WIDE) for _, text in lines)
        if apart and before and all(map(_WORD.search, before)):
            return _until(place, lines)
    return list(lines)


def _is_blank(text: str, place: int, width: int) -> bool:
    """Whether a gap of that width stands before a place of a line."""
    return not text[place - width : place].strip()


def _until(place: int, lines: Sequence[Line]) -> list[Line]:
    return _written([(number, text[:place].rstrip()) for number, text in lines])


def _written(lines: Sequence[Line]) -> list[Line]:
    return [(number, text) for number, text in lines if text.strip()]
