"""The lines of a document as pieces: paragraphs, headings, items, rows, footnotes; blank lines part them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from itertools import pairwise, takewhile

from loaders.inputs.normalising import joint
from loaders.layout.contents import with_tabs
from loaders.layout.items import joined_over_pages
from loaders.layout.pages import letterheads, page_tops, running_lines
from loaders.layout.pieces import Kind, Numbered, Piece, piece_of, row_of
from loaders.layout.plain import plain_pieces, wrapped_at
from loaders.layout.text import (
    bullet_of,
    ends_sentence,
    follows,
    has_bullet,
    is_footnote,
    is_page_number,
    is_rule,
    is_unfinished,
    leads_to_list,
    number_of,
)

_CONTENTS = re.compile(r"^(?P<title>.*\S)(?:\s*\t\s*|\s*\.{3,}\s*|\s{2,})(?P<page>\d{1,4})\s*$")

_NEAR = 8


def read_pieces(lines: Sequence[str]) -> Iterator[Piece]:
    """The pieces of those lines, without page breaks, letterheads, page numbers and rules of tables."""
    tops = tuple(index + 1 for index in page_tops(lines))
    return joined_over_pages(tuple(_pieces(with_tabs(lines))), tops)


def _pieces(lines: Sequence[str]) -> Iterator[Piece]:
    skipped = letterheads(lines) | running_lines(lines)
    usual = wrapped_at(lines)
    block: list[Numbered] = []
    for index, line in enumerate(lines):
        bare = line.strip()
        if bare and index not in skipped and not is_page_number(bare) and not is_rule(line):
            block.append((index + 1, line))
        elif not bare and block:
            yield from _block_pieces(block, usual)
            block = []
    yield from _block_pieces(block, usual)


def _block_pieces(block: Sequence[Numbered], usual: int) -> Iterator[Piece]:
    """The pieces of lines between blank lines: those with a mark, each with the lines in which it goes on."""
    numbered = _numbered(block)
    marked = [_is_marked(line) or number in numbered for number, line in block]
    below = _below(block, marked)
    plain: list[Numbered] = []
    open_: list[Numbered] = []
    for at, entry in enumerate(block):
        if open_ and not marked[at] and _goes_on(open_, _plain(block, marked, at), below[at]):
            open_.append(entry)
            continue
        if open_:
            yield _marked_piece(open_)
            open_ = []
        if marked[at]:
            yield from plain_pieces(plain, usual)
            plain, open_ = [], [entry]
        else:
            plain.append(entry)
    if open_:
        yield _marked_piece(open_)
    yield from plain_pieces(plain, usual)


def _plain(block: Sequence[Numbered], marked: Sequence[bool], at: int) -> list[Numbered]:
    """The plain lines that begin there, the first few at most."""
    near = range(at, min(len(block), at + _NEAR))
    return [block[i] for i in takewhile(lambda i: not marked[i], near)]


class _Below(Enum):
    """What stands below plain lines: nothing with a mark, an item, or a list to which their last line leads."""

    NOTHING = 0
    ITEM = 1
    LIST = 2


def _below(block: Sequence[Numbered], marked: Sequence[bool]) -> list[_Below]:
    """What stands below each line and the plain ones that go on with it."""
    found = [_Below.NOTHING] * len(block)
    for at in reversed(range(len(block))):
        last = at + 1 == len(block)
        if block[at][1].rstrip().endswith(":") and (last or marked[at + 1]):
            found[at] = _Below.LIST
        elif not last:
            found[at] = _Below.ITEM if marked[at + 1] else found[at + 1]
    return found


def _goes_on(open_: Sequence[Numbered], lines: Sequence[Numbered], below: _Below) -> bool:
    """Whether a marked line goes on in the first of the plain ones below it.

    It does where that is set in as far as the mark, or begins small; an item also in whatever stands before the next
    item, and where it is not at its end: a bullet alone, an open bracket. What leads to a list of its own does not.
    """
    first, last, line = open_[0][1], open_[-1][1], lines[0][1]
    indent, mark = (len(text) - len(text.lstrip()) for text in (line, first))
    open_end = is_unfinished([text for _, text in open_[-_NEAR:]])
    led = below is _Below.LIST and line.strip()[:1].isupper() and not open_end
    if led and (indent <= mark or leads_to_list(" ".join(text for _, text in lines))):
        return False
    if indent >= mark > 0 or indent > mark or line.strip()[:1].islower():
        return True
    if "\t" in first or "|" in first or is_footnote(first):
        return False
    return open_end or (below is _Below.ITEM and not ends_sentence(last))


def _numbered(block: Sequence[Numbered]) -> frozenset[int]:
    """The numbers of the lines that are items of a numbered list: two at least, each the next."""
    found = [(line, mark) for line, text in block if (mark := number_of(text))]
    pairs = [(a, b) for (a, above), (b, below) in pairwise(found) if follows(above, below)]
    return frozenset(line for pair in pairs for line in pair)


def _is_marked(line: str) -> bool:
    marks = "\t" in line or line.lstrip().startswith("|") or is_footnote(line) or has_bullet(line)
    return marks or bool(_CONTENTS.match(line))


def _marked_piece(lines: Sequence[Numbered]) -> Piece:
    """The piece that a line is by its own marks, with the lines in which it goes on."""
    line = lines[0][1]
    bare = line.strip()
    mark = bullet_of(bare)
    bare = bare.removeprefix(mark).lstrip() if mark and bare.removeprefix(mark).lstrip().startswith("|") else bare
    if bare.startswith("|"):
        return _row(lines, bare.strip("|").split("|"))
    contents = _CONTENTS.match(line)
    if contents and line.count("\t") <= 1:
        rest = piece_of(Kind.CONTENTS, [(lines[0][0], contents["title"]), *lines[1:]])
        return replace(rest, raw=line)
    if "\t" in line:
        return _row(lines, line.split("\t"))
    return piece_of(Kind.FOOTNOTE if is_footnote(line) else Kind.ITEM, lines)


def _row(lines: Sequence[Numbered], cells: Sequence[str]) -> Piece:
    """A row of those cells; what stands below it goes on with the last cell, where that ends no sentence."""
    *before, last = (cell.strip() for cell in cells)
    for _, line in lines[1:] if last and not ends_sentence(last) else ():
        last = joint(last, line.strip())
    return row_of(lines, [*before, last])
