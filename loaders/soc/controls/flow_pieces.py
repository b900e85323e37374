"""Pieces of a row whose cells flow into each other: each line, parted where a sentence ends within it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from loaders.layout.hyphens import glued
from loaders.layout.text import clean, has_bullet, is_abbreviated

_ENDED = re.compile(r"(?<=[.!?])\s+(?=[(“\"]?[A-Z\d])")
_MARK_ALONE = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]")
_MARK = re.compile(r"^\(?(?P<mark>\d{1,2}|[a-z])[.)]\s+(?=[A-Z“\"])")
_NO_END = re.compile(r"\b(?:No|Nos|e\.g|i\.e|St|Dr|vs|approx)\.$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; `begins` says whether a line begins with it, `broken` whether a page ends above it."""

    line: int
    text: str
    begins: bool = True
    broken: bool = False

    @property
    def is_set_apart(self) -> bool:
        """Whether a bullet or the mark of a counted list stands before it."""
        return self.begins and (has_bullet(self.text) or bool(self.mark))

    @property
    def mark(self) -> str:
        """The number or letter under which it is counted off."""
        found = _MARK.match(self.text)
        return found["mark"] if found else ""

    @property
    def words(self) -> str:
        """Its text without bullet and mark."""
        return clean(_MARK.sub("", self.text))


def pieces_of(line: int, text: str, *, broken: bool = False) -> Iterator[Piece]:
    """The pieces of a line."""
    plain = " ".join(text.split())
    edges = [0]
    for found in _ENDED.finditer(plain):
        before = plain[edges[-1] : found.start()]
        if not (_MARK_ALONE.fullmatch(before) or is_abbreviated(before) or _NO_END.search(before)):
            edges.append(found.end())
    for first, last in pairwise([*edges, len(plain)]):
        if plain[first:last].strip():
            yield Piece(line, plain[first:last].strip(), first == 0, broken and first == 0)


def text_of(pieces: Sequence[Piece]) -> str:
    """The words of pieces as one text."""
    return reduce(glued, (piece.words if piece.begins else piece.text for piece in pieces), "")
