"""Glyphs of a page as lines of text: what stands apart on paper stands apart by spaces, as far as it does there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_SAME_LINE = 0.4
_WORD_GAP, _SPACE = 0.28, 0.05
_COLUMN_GAP, _CELL_GAP, _WIDER = 0.95, 0.35, 1.4
_AROUND, _ALIGNED, _INDENT = 6, 0.5, 5.0
"""How many rows around tell where columns begin, how near to that, in points, a cell of another row does, and how far
from the margin, in heights, a line stands that goes on in a column."""

_BLANK_FROM = 1.35
_USUAL_LEADING = 1.0
_MOST_BLANK = 2
_FARTHEST = 200
"""Columns or lines that a gap can have: a glyph can be drawn anywhere."""

_LOW = "_,"
_LEADINGS = (0.7, 2.6)
_FEWEST_SMALL = 8
_RAISED = 0.12
_SMALLER = 0.8
_NARROW_SHARE = 10
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Glyph(NamedTuple):
    """A character on a page: its edges, base line (upwards) and height; `spaced` where a space stands before."""

    text: str
    left: float
    right: float
    base: float
    height: float
    spaced: bool


class _Row(NamedTuple):
    glyphs: tuple[Glyph, ...]
    base: float
    height: float


def pages_of_lines(pages: Sequence[Sequence[Glyph]]) -> tuple[tuple[str, ...], ...]:
    """The lines of each page; a distance between lines that is wider than the usual one of the document is blank.

    So is room at the foot of a page, unless the next page goes on with a sentence.
    """
    rows = [list(_rows(page)) for page in _with_low_marks(pages)]
    leading = _leading(rows)
    foot = min((page[-1].base for page in rows if page), default=0.0)
    found: list[tuple[str, ...]] = []
    for page, following in pairwise((*rows, [])):
        goes_on = not following or following[0].glyphs[0].text.islower()
        room = 0 if goes_on or not page else _room(page[-1], foot, leading)
        found.append((*_lines(page, leading), *[""] * room))
    return tuple(found)


def _with_low_marks(pages: Sequence[Sequence[Glyph]]) -> list[list[Glyph]]:
    """The pages, where browsers draw the low marks of a page's last line above the first line of the next page."""
    found: list[list[Glyph]] = []
    for page in pages:
        first = next(_rows(page), None)
        if first and found and found[-1] and all(glyph.text in _LOW for glyph in first.glyphs):
            base = min(glyph.base for glyph in found[-1])
            found[-1].extend(glyph._replace(base=base) for glyph in first.glyphs)
            found.append([glyph for glyph in page if glyph not in first.glyphs])
        else:
            found.append(list(page))
    return found


def _room(row: _Row, foot: float, leading: float) -> int:
    """How many lines there is room for below the last row of a page."""
    return min(_MOST_BLANK, round((row.base - foot) / (leading * row.height)))


def _rows(glyphs: Sequence[Glyph]) -> Iterator[_Row]:
    """Glyphs on one base line, from the top; what is raised or lowered a little belongs to the line."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: (-one.base, one.left)):
        if row and row[-1].base - glyph.base > _SAME_LINE * max(glyph.height, row[-1].height):
            yield _row(row)
            row = []
        row.append(glyph)
    if row:
        yield _row(row)


def _row(glyphs: Sequence[Glyph]) -> _Row:
    height = median(glyph.height for glyph in glyphs)
    base = median(glyph.base for glyph in glyphs)
    ordered = sorted(glyphs, key=lambda glyph: glyph.left)
    single = [ordered[0], *(b for a, b in pairwise(ordered) if not _again(a, b))]
    return _Row(tuple(_raised(glyph, base, height) for glyph in single), base, height)


def _again(before: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph is drawn a second time to look bold."""
    return before.text == glyph.text and glyph.left - before.left < 0.3 * (before.right - before.left)


def _raised(glyph: Glyph, base: float, height: float) -> Glyph:
    """A small raised digit is the mark of a footnote."""
    if glyph.text.isdecimal() and glyph.height < _SMALLER * height and glyph.base - base > _RAISED * height:
        return glyph._replace(text=glyph.text.translate(_SUPERSCRIPTS))
    return glyph


def _leading(pages: Sequence[Sequence[_Row]]) -> float:
    """The usual distance between lines of the document, in heights of a line.

    A line that begins in small letters goes on with the one above: these tell it, where there are some. Others may
    be rows of tables, which stand further apart.
    """
    alike = [
        (round((above.base - below.base) / below.height, 1), below.glyphs[0].text.islower())
        for rows in pages
        for above, below in pairwise(rows)
        if abs(above.height - below.height) < 0.1 * below.height
    ]
    usual = [(step, small) for step, small in alike if _LEADINGS[0] <= step <= _LEADINGS[1]]
    small = [step for step, small in usual if small]
    steps = Counter(small if len(small) >= _FEWEST_SMALL else [step for step, _ in usual])
    return -max((count, -step) for step, count in steps.items())[1] if steps else _USUAL_LEADING


def _lines(rows: Sequence[_Row], leading: float) -> Iterator[str]:
    if not rows:
        return
    margin = min(row.glyphs[0].left for row in rows)
    segments = _parted(rows, [tuple(_segments(row)) for row in rows])
    pitch = _pitch([segment for found in segments for segment in found])
    above: _Row | None = None
    for row, found in zip(rows, segments, strict=True):
        if above is not None:
            yield from [""] * _blanks(above, row, leading)
        yield _placed(found, margin, pitch)
        above = row


def _blanks(above: _Row, below: _Row, leading: float) -> int:
    steps = (above.base - below.base) / (leading * max(above.height, below.height))
    return min(_FARTHEST, max(1, round(steps) - 1)) if steps >= _BLANK_FROM else 0


def _parted(rows: Sequence[_Row], segments: Sequence[tuple[_Segment, ...]]) -> list[tuple[_Segment, ...]]:
    """The segments of each row, parted where full cells touch and columns of the rows around begin."""
    found: list[tuple[_Segment, ...]] = []
    for at, row in enumerate(rows):
        around = segments[max(0, at - _AROUND) : at + _AROUND + 1]
        margin = min(inside[0].left for inside in around) + _INDENT * row.height
        lefts = sorted(s.left for inside in around for n, s in enumerate(inside) if n or s.left > margin)
        edges = [a for a, b in pairwise(lefts) if b - a < _ALIGNED]
        found.append(tuple(_segments(row, edges)) if edges else segments[at])
    return found


class _Segment(NamedTuple):
    """Words of a line with no more than usual spaces between them."""

    text: str
    left: float
    right: float


def _segments(row: _Row, edges: Sequence[float] = ()) -> Iterator[_Segment]:
    text, left, before = "", 0.0, None
    least = _least_gap(row) if edges else 0.0
    for glyph in row.glyphs:
        gap = glyph.left - before.right if before else 0.0
        aligned = bool(edges) and gap > least and any(abs(glyph.left - edge) < _ALIGNED for edge in edges)
        if before and (gap > _COLUMN_GAP * row.height or aligned):
            yield _Segment(text, left, before.right)
            text = ""
        if not text:
            left = glyph.left
        elif gap > (_SPACE if glyph.spaced else _WORD_GAP) * row.height:
            text += " "
        text += glyph.text
        before = glyph
    if before:
        yield _Segment(text, left, before.right)


def _least_gap(row: _Row) -> float:
    """How far cells that nearly touch stand apart on a line: further than its words do."""
    gaps = (after.left - before.right for before, after in pairwise(row.glyphs))
    words = [gap for gap in gaps if _SPACE * row.height < gap <= _COLUMN_GAP * row.height]
    return max(_CELL_GAP * row.height, _WIDER * median(words) if len(words) > 1 else 0.0)


def _pitch(segments: Sequence[_Segment]) -> float:
    """How wide a column of text is on the page: the width of a character where they are narrow."""
    widths = sorted((s.right - s.left) / len(s.text) for s in segments if len(s.text) > _NARROW_SHARE)
    widths = widths or sorted((s.right - s.left) / len(s.text) for s in segments)
    return max(widths[len(widths) // _NARROW_SHARE], 0.01)


def _placed(segments: Sequence[_Segment], margin: float, pitch: float) -> str:
    line = ""
    for segment in segments:
        column = min(round((segment.left - margin) / pitch), len(line) + _FARTHEST)
        line = line.ljust(max(column, len(line) + 2 if line else 0)) + segment.text
    return line
