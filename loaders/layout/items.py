"""Items of lists that a page break cuts: their rest stands at the top of the next page, without a bullet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.inputs.normalising import joint
from loaders.layout.pieces import Kind, Piece
from loaders.layout.text import bullet_of, clean, ends_sentence, is_unfinished

_SHORT = 110
_NEARLY = 0.75
_REST = (Kind.HEADING, Kind.LINE, Kind.PARAGRAPH)


def joined_over_pages(pieces: Sequence[Piece], tops: Sequence[int]) -> Iterator[Piece]:
    """The pieces, with the rest of each item that a page break cut; `tops` are the first lines of pages."""
    widest = max((len(piece.raw) for piece in pieces if piece.kind is Kind.ITEM), default=0)
    open_: Piece | None = None
    between: list[Piece] = []
    for index, piece in enumerate(pieces):
        below = pieces[index + 1] if index + 1 < len(pieces) else None
        if open_ is not None and piece.kind is Kind.FOOTNOTE:
            between.append(piece)
            continue
        if open_ is not None and _page_between(open_, piece, tops) and _is_rest(open_, piece, below, widest):
            raw = joint(open_.raw, piece.raw)
            open_ = replace(open_, raw=raw, text=clean(raw), last_line=piece.last_line)
            continue
        if open_ is not None:
            yield from (open_, *between)
            open_, between = None, []
        if piece.kind is Kind.ITEM and not ends_sentence(piece.raw):
            open_ = piece
        else:
            yield piece
    if open_ is not None:
        yield from (open_, *between)


def _page_between(above: Piece, below: Piece, tops: Sequence[int]) -> bool:
    at = bisect_right(tops, below.first_line)
    return at > 0 and tops[at - 1] > above.last_line


def _is_rest(item: Piece, piece: Piece, below: Piece | None, widest: int) -> bool:
    """Whether a short text is the rest of an item: it begins small, or the item visibly goes on.

    What stands right above the next item is a rest too, where the item is about as wide as items are.
    """
    if piece.kind not in _REST or len(piece.raw) > _SHORT or piece.raw.endswith(":"):
        return False
    if piece.raw[:1].islower() or is_unfinished([item.raw]):
        return True
    if below is None or below.kind is not Kind.ITEM or below.first_line != piece.last_line + 1:
        return False
    return bullet_of(below.raw) == bullet_of(item.raw) and len(item.raw) >= _NEARLY * widest
