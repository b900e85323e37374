"""What stands between a control's wording and its tests where no gap parts it: frequency, nature, owner, codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from loaders.layout.hyphens import glued
from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.flow_pieces import Piece
from loaders.soc.controls.labels import Role
from loaders.soc.controls.numbers import is_codes_alone
from loaders.soc.controls.values import Cell

_OWNER = re.compile(r"[A-Z][\w&/’'-]*(?:,? [A-Za-z&][\w&/’'-]*)*")
_MOST_WORDS = {Role.FREQUENCY: 4, Role.NATURE: 3, Role.OWNER: 6, Role.CRITERION: 16}
_KNOWN: dict[Role, Callable[[str], bool]] = {
    Role.FREQUENCY: lambda text: frequency_of(text) is not None,
    Role.NATURE: lambda text: nature_of(text) is not None,
    Role.CRITERION: is_codes_alone,
    Role.OWNER: lambda text: bool(_OWNER.fullmatch(text)),
}


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its piece."""

    text: str
    piece: Piece
    begins: bool


def attributes_in(pieces: Sequence[Piece], roles: Sequence[Role]) -> Iterator[tuple[tuple[Cell, ...], list[Piece]]]:
    """The ways in which pieces begin with cells of those roles, in their order, each with what follows them."""
    most = sum(_MOST_WORDS[role] for role in roles) + 1
    words: list[_Word] = []
    taken = 0
    for piece in pieces:
        if len(words) >= most:
            break
        words += [_Word(text, piece, n == 0) for n, text in enumerate(piece.text.split())]
        taken += 1
    for cells, end in _ways(words, 0, roles):
        yield cells, [*_rest(words[end:]), *pieces[taken:]]


def _ways(words: Sequence[_Word], at: int, roles: Sequence[Role]) -> Iterator[tuple[tuple[Cell, ...], int]]:
    if not roles:
        yield (), at
        return
    found = [one for one in _cells(words, at, roles[0])]
    # Of codes the longest run is the cell: a shorter one would leave codes to the next cell.
    for cell, end in found[-1:] if roles[0] is not Role.OWNER else found:
        yield from (((cell, *rest), last) for rest, last in _ways(words, end, roles[1:]))


def _cells(words: Sequence[_Word], at: int, role: Role) -> Iterator[tuple[Cell, int]]:
    """The cells of a role that may begin with a word, and where each ends."""
    text = ""
    for end in range(at, min(len(words), at + _MOST_WORDS[role])):
        text = glued(text, words[end].text)
        if _KNOWN[role](text) and not text.endswith(","):
            yield Cell(role, text, words[at].piece.line, words[end].piece.line), end + 1


def _rest(words: Sequence[_Word]) -> Iterator[Piece]:
    """The words as pieces, that of which some are taken without them."""
    held: list[_Word] = []
    for word in words:
        if held and word.piece is not held[-1].piece:
            yield _piece(held)
            held = []
        held.append(word)
    if held:
        yield _piece(held)


def _piece(words: Sequence[_Word]) -> Piece:
    first = words[0]
    text = " ".join(word.text for word in words)
    return Piece(first.piece.line, text, True if not first.begins else first.piece.begins, first.piece.broken)
