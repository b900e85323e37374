"""The layout of a document: its pieces in order, each with the headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from graph.identifiers import fold
from loaders.inputs.documents import Document
from loaders.layout.blocks import read_pieces
from loaders.layout.pieces import Kind, Piece, row_of

__all__ = ["Kind", "Layout", "Piece", "read_layout"]

_PART = re.compile(r"^(?:SECTION|PART|APPENDIX)\b")
_LETTERED = re.compile(r"^[A-Z]\.\s+\S")
_FEWEST_CONTENTS = 3
_FIRST_PAGES = 200
_FRONT = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """The pieces of a document in order, and the entries of its table of contents, where it has one."""

    pieces: tuple[Piece, ...]
    contents: tuple[Piece, ...]


def read_layout(document: Document) -> Layout:
    """The layout of a document."""
    found = list(read_pieces(document.lines))
    contents = _contents(found)
    body = [_as_row(p) if p.kind is Kind.CONTENTS else p for p in found if p not in contents]
    levels = _levels(contents)
    return Layout(tuple(_with_sections(_titles_as_headings(body, levels), levels)), contents)


def _contents(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The first run of at least three lines that end with a page number, as a table of contents does.

    Such a table stands before what it names; the rows of others may end with numbers too.
    """
    front = max(_FIRST_PAGES, pieces[-1].last_line // _FRONT) if pieces else 0
    for kind, run in groupby(pieces, key=lambda piece: piece.kind):
        found = tuple(run)
        ahead = found[0].first_line <= front
        if kind is Kind.CONTENTS and ahead and len(found) >= _FEWEST_CONTENTS:
            return found
    return ()


def _as_row(piece: Piece) -> Piece:
    cells = [cell.strip() for cell in piece.raw.split("\t")]
    return replace(row_of([(piece.first_line, piece.raw)], cells), last_line=piece.last_line)


def _levels(contents: Sequence[Piece]) -> dict[str, int]:
    """The level of each title of the table of contents, as written and folded; parts are above all others."""
    levels: dict[str, int] = {}
    for entry in contents:
        level = 0 if _PART.match(entry.text) else 1
        levels.setdefault(entry.text, level)
        levels.setdefault(fold(entry.text), level)
    return levels


def _titles_as_headings(pieces: Iterable[Piece], levels: dict[str, int]) -> Iterator[Piece]:
    """What the table of contents names is a heading, be it the title row of a table or the first line of a title."""
    for piece in pieces:
        known = piece.text in levels or fold(piece.text) in levels
        known = known or bool(_PART.match(piece.text) and any(title.startswith(f"{piece.text} ") for title in levels))
        title = known and piece.kind in (Kind.LINE, Kind.ROW, Kind.PARAGRAPH)
        yield replace(piece, kind=Kind.HEADING) if title else piece


def _with_sections(pieces: Iterable[Piece], levels: dict[str, int]) -> Iterator[Piece]:
    stack: list[tuple[int, str]] = []
    letter, above_letter = "", list[tuple[int, str]]()
    for piece, following in pairwise((*pieces, None)):
        assert piece is not None
        if piece.kind is Kind.HEADING:
            level = _level(piece, following, levels)
            if _LETTERED.match(piece.text):
                # `D.` goes on where `C.` stood, though a title of the contents came between.
                next_ = bool(letter) and ord(piece.text[0]) == ord(letter) + 1 and stack[:1] == above_letter[:1]
                stack = list(above_letter) if next_ else stack
                letter, above_letter = piece.text[0], [one for one in stack if one[0] < level]
            stack = [(depth, title) for depth, title in stack if depth < level]
            stack.append((level, piece.text))
        yield replace(piece, section=tuple(title for _, title in stack))


def _level(piece: Piece, following: Piece | None, levels: dict[str, int]) -> int:
    """Titles of the table of contents are above lettered headings, those above the first of two in a row."""
    known = levels.get(piece.text, levels.get(fold(piece.text)))
    if known is not None:
        return known
    if _LETTERED.match(piece.text):
        return 2
    first = following and following.kind is Kind.HEADING and following.first_line == piece.last_line + 1
    return 3 if first else 4
