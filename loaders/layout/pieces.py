"""What a layout is made of: pieces of text, each of a kind, with its lines and the headings above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce

from loaders.inputs.normalising import joint
from loaders.layout.text import clean

Numbered = tuple[int, str]


class Kind(Enum):
    """What a piece is; a `LINE` is a short line that is neither heading nor part of a paragraph.

    An `AREA` is an item that says nothing itself and leads to items of its own.
    """

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    LINE = "line"
    ROW = "row"
    FOOTNOTE = "footnote"
    CONTENTS = "contents"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece with its lines (from 1), its text without bullet and markup, and the headings above it.

    `raw` keeps markup and marks; `cells` are those of a row, as written. A heading's section ends with it.
    """

    kind: Kind
    text: str
    first_line: int
    last_line: int
    raw: str = ""
    cells: tuple[str, ...] = ()
    section: tuple[str, ...] = ()


def piece_of(kind: Kind, lines: Sequence[Numbered]) -> Piece:
    """The piece that lines make together."""
    raw = reduce(joint, (line.strip() for _, line in lines))
    return Piece(kind, clean(raw), lines[0][0], lines[-1][0], raw)


def row_of(lines: Sequence[Numbered], cells: Sequence[str]) -> Piece:
    """The row of a table that lines make together."""
    raw = reduce(joint, (line.strip() for _, line in lines))
    return Piece(Kind.ROW, clean(" ".join(cells)), lines[0][0], lines[-1][0], raw, tuple(cells))
