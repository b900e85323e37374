"""The lines of a document as pieces: paragraphs, headings, items, rows, footnotes; blank lines part them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from loaders.layout_text import clean, ends_sentence, has_bullet, is_footnote, is_page_number, letterheads

_RULE = re.compile(r"\s*\|?[\s|:-]*-{3,}[\s|:-]*\|?\s*")
_CONTENTS = re.compile(r"^(?P<title>.*\S)(?:\s*\t\s*|\s*\.{3,}\s*)(?P<page>\d{1,4})\s*$")
_HEADING_LENGTH = 110
_WIDEST_WRAP = 160
_HEADINGS_IN_A_ROW = 2
_SHORT_SHARE = 0.62
_FULL_SHARE = 0.9
_NARROW = 64


class Kind(Enum):
    """What a piece is; a `LINE` is a short line that is neither heading nor part of a paragraph."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    LINE = "line"
    ROW = "row"
    FOOTNOTE = "footnote"
    CONTENTS = "contents"


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


def read_pieces(lines: Sequence[str]) -> Iterator[Piece]:
    """The pieces of those lines, without page breaks, letterheads, page numbers and rules of tables."""
    skipped = letterheads(lines)
    wrapped = _is_wrapped(lines)
    block: list[tuple[int, str]] = []
    for index, line in enumerate(lines):
        bare = line.strip()
        if bare and index not in skipped and not is_page_number(bare) and not _RULE.fullmatch(line):
            block.append((index + 1, line))
        elif not bare and block:
            yield from _block_pieces(block, wrapped)
            block = []
    yield from _block_pieces(block, wrapped)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether paragraphs are broken into lines: most long lines that end no sentence go on in the next line."""
    plain = [(a, b) for a, b in pairwise((*lines, "")) if not ("\t" in a or "|" in a or has_bullet(a))]
    if any(len(line) > _WIDEST_WRAP for line, _ in plain):
        return False
    goes_on = [bool(below.strip()) for line, below in plain if len(line) > _NARROW and not ends_sentence(line)]
    return 2 * sum(goes_on) > len(goes_on)


def _block_pieces(block: Sequence[tuple[int, str]], wrapped: bool) -> Iterator[Piece]:
    """The pieces of lines between blank lines."""
    text: list[tuple[int, str]] = []
    last: Piece | None = None
    for number, line in block:
        piece = _marked_piece(number, line)
        if piece is None and last is not None and _goes_on(line):
            last = _joined(last, number, line)
            continue
        if last is not None:
            yield last
        last = piece
        if piece is None:
            text.append((number, line))
        elif text:
            yield from _text_pieces(text, wrapped)
            text = []
    if last is not None:
        yield last
    yield from _text_pieces(text, wrapped)


def _goes_on(line: str) -> bool:
    return line[:1].isspace() or line[:1].islower()


def _joined(piece: Piece, number: int, line: str) -> Piece:
    raw = f"{piece.raw} {line.strip()}"
    return replace(piece, text=f"{piece.text} {clean(line)}", raw=raw, last_line=number)


def _marked_piece(number: int, line: str) -> Piece | None:
    """The piece that a line is by its own marks; None where it is plain text."""
    bare = line.strip()
    if has_bullet(bare) and bare[1:].lstrip().startswith("|"):
        bare = bare[1:].lstrip()
    if bare.startswith("|"):
        return row(number, line, tuple(cell.strip() for cell in bare.strip("|").split("|")))
    contents = _CONTENTS.match(line)
    if contents and line.count("\t") <= 1:
        return Piece(Kind.CONTENTS, clean(contents["title"]), number, number, line)
    if "\t" in line:
        return row(number, line, tuple(cell.strip() for cell in line.split("\t")))
    if is_footnote(line):
        return Piece(Kind.FOOTNOTE, clean(line), number, number, line.strip())
    if has_bullet(line):
        return Piece(Kind.ITEM, clean(line), number, number, line.strip())
    return None


def row(number: int, line: str, cells: tuple[str, ...]) -> Piece:
    return Piece(Kind.ROW, clean(" ".join(cells)), number, number, line.strip(), cells)


def _text_pieces(text: Sequence[tuple[int, str]], wrapped: bool) -> Iterator[Piece]:
    if not text:
        return
    if not wrapped:
        yield from _unwrapped(text)
        return
    start = 0
    while start < len(text):
        run = _short_run(text, start)
        if run > start:
            heads = run < len(text) and run - start <= _HEADINGS_IN_A_ROW
            yield from (_piece(Kind.HEADING if heads else Kind.LINE, text[i : i + 1]) for i in range(start, run))
        end = _paragraph_end(text, run)
        if end > run:
            yield _piece(Kind.PARAGRAPH, text[run:end])
        start = end


def _unwrapped(text: Sequence[tuple[int, str]]) -> Iterator[Piece]:
    """Where lines are paragraphs, a short line between blank lines is a heading, as are lines in bold."""
    bold = text[0][1].strip().startswith("**") and text[-1][1].strip().endswith("**")
    short = sum(len(line) for _, line in text) <= 2 * _HEADING_LENGTH
    if (bold and short) or (len(text) == 1 and _may_be_heading(text[0][1])):
        yield _piece(Kind.HEADING, text)
        return
    for entry in text:
        yield _piece(Kind.LINE if _may_be_heading(entry[1]) else Kind.PARAGRAPH, (entry,))


def _may_be_heading(line: str) -> bool:
    return len(line) <= _HEADING_LENGTH and not ends_sentence(line)


def _short_run(text: Sequence[tuple[int, str]], start: int) -> int:
    """The end of the run of short lines that begins there: headings, or a list without bullets."""
    width = max(len(line) for _, line in text)
    end = start
    while end < len(text) and _is_short(text[end][1], width) and not ends_sentence(text[end][1]):
        end += 1
    return end


def _is_short(line: str, width: int) -> bool:
    return width <= _NARROW or len(line.strip()) <= _SHORT_SHARE * width


def _paragraph_end(text: Sequence[tuple[int, str]], start: int) -> int:
    """A paragraph ends with a sentence: on a line that is not full, or before lines that are short."""
    width = max(len(line) for _, line in text)
    for end in range(start, len(text)):
        line = text[end][1]
        if not ends_sentence(line):
            continue
        following = text[end + 1][1] if end + 1 < len(text) else ""
        if _is_short(line, width) or (_is_short(following, width) and not ends_sentence(following)):
            return end + 1
        if len(line.strip()) < _FULL_SHARE * width:
            return end + 1
    return len(text)


def _piece(kind: Kind, text: Sequence[tuple[int, str]]) -> Piece:
    raw = " ".join(line.strip() for _, line in text)
    return Piece(kind, clean(raw), text[0][0], text[-1][0], raw)
