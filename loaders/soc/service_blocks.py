"""The parts of a section in which services are listed: a list that headings of categories part is one list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.layout.layout import Kind, Piece
from loaders.layout.text import ends_sentence
from loaders.soc.sections import Section
from loaders.soc.topics import Theme

Block = tuple[Piece | None, tuple[Piece, ...]]

_NO_CATEGORY = re.compile(
    r"\bregions?\b|\bedge\b|\boffices?\b|\bfacilit|\blocations?\b|\bsites?\b|\bdata cent|\binfrastructure\b"
    r"|\bsoftware\b|\bpeople\b|\bpersonnel\b|\bprocedures?\b|^data$|\bpolic|\bcommitments?\b|\bcontrols?\b|\bcriteria\b|\bvendors?\b"
    r"|\bthird[- ]part|\bglossary\b|\bboundar|\boverview\b|\bbackground\b|\bscope\b|\bexclu|\bnot\b|^\d|^[A-Z]\.\s",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(r"\s+[–—-]\s+|:\s+")
_MOST_WORDS = 9
_LONGEST_CATEGORY = 60


def under_headings(section: Section) -> Iterator[Block]:
    """The pieces of a section below each of its headings."""
    heading: Piece | None = None
    block: list[Piece] = []
    for piece in section.pieces:
        if piece.kind is Kind.HEADING:
            if heading is not None or block:
                yield heading, tuple(block)
            heading, block = piece, []
        else:
            block.append(piece)
    yield heading, tuple(block)


def with_categories(blocks: Sequence[Block], leads: re.Pattern[str]) -> Iterator[Block]:
    """The blocks, one that ends in words that lead to a list of services with the blocks of its categories."""
    at = 0
    while at < len(blocks):
        heading, pieces = blocks[at]
        at += 1
        while pieces and _leads(pieces[-1], leads) is not None and at < len(blocks) and _is_category(*blocks[at]):
            inside = blocks[at][1]
            at += 1
            while at < len(blocks) and _is_category(*blocks[at]) and inside[-1].kind is Kind.ITEM:
                inside = (*inside, *blocks[at][1])
                at += 1
            pieces = (*pieces, *inside)
        yield heading, pieces


def _leads(piece: Piece, leads: re.Pattern[str]) -> re.Match[str] | None:
    promised = piece.kind is Kind.PARAGRAPH and piece.text.endswith(":")
    return leads.search(re.split(r"(?<=[.;])\s+(?=[A-Z])", piece.text)[-1]) if promised else None


def _is_category(heading: Piece | None, pieces: Sequence[Piece]) -> bool:
    """Whether a heading stands right above names and is of no other matter."""
    if heading is None or not pieces or pieces[0].kind is not Kind.ITEM or len(heading.text) > _LONGEST_CATEGORY:
        return False
    if _NO_CATEGORY.search(heading.text) or any(theme.titles(heading.text) for theme in Theme):
        return False
    items = [_DESCRIBED.split(piece.text, maxsplit=1)[0] for piece in pieces if piece.kind is Kind.ITEM]
    names = [text for text in items if len(text.split()) <= _MOST_WORDS and not ends_sentence(text)]
    return 2 * len(names) > len(items)
