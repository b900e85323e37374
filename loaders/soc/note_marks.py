"""Marks behind the names of a list, such as `*` and `†`, and the words below the list to which they lead."""

from __future__ import annotations

import re
from collections.abc import Iterable

from loaders.layout.layout import Kind, Piece
from loaders.layout.lists import Entry
from loaders.soc.scope_items import Beside, read_beside

_MARKS = re.compile(r"(?<=[\w)\]])\s*(?P<marks>(?:[*†‡§¶]|\[\d\]|\(\*+\)){1,3})$")
_LEGEND = re.compile(r"^\s*(?P<mark>[*†‡§¶]{1,3}|\[\d\]|\(\*+\))\s*(?P<text>\S.*)$", re.DOTALL)


def without_marks(text: str) -> tuple[str, str]:
    """A name without the marks behind it, and these."""
    found = _MARKS.search(text)
    return (text[: found.start()], found["marks"]) if found else (text, "")


def mark_behind(piece: Piece) -> str:
    """The marks behind a name, two stars among them, which are none where they stand before it too, as bold words."""
    mark = without_marks(piece.raw.strip())[1] or without_marks(piece.text)[1]
    return "" if mark == "**" and piece.raw.count(mark) > 1 else mark


def legend(mark: str, below: Iterable[Piece]) -> tuple[Beside, Piece] | None:
    """What the words below a list say of the names with that mark, and where they stand; None where none do."""
    if not mark:
        return None
    for piece in below:
        found = _LEGEND.match(piece.raw) if piece.kind is not Kind.ROW else None
        said = read_beside(found["text"]) if found and found["mark"] == mark else None
        if said:
            return said, piece
    return None


def is_legend(piece: Piece | Entry) -> bool:
    """Whether a piece is the words to which a mark leads, and no member of a list."""
    found = _LEGEND.match(piece.raw)
    return bool(found) and read_beside(str(found["text"] if found else "")) is not None
