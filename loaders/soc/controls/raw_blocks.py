"""Blocks of lines in which cells of a table stand one below the other, as a text in reading order has them.

Such a text has no gaps that part columns: a block is told by how it begins, and by whether it is whole sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from loaders.layout.hyphens import glued
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.labels import Role
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import number_in
from loaders.soc.controls.results import begins_test, is_procedure, is_reference, result_of
from loaders.soc.controls.values import Cell

_BEGINS_RESULT = re.compile(
    r"No\s+(?:relevant\s+)?(?:deviation|exception)s?\b|(?:Deviation|Exception)s?\s+(?:noted|identified)\b|Not tested\b"
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_OF_RESULTS = re.compile(r"\b(?:deviations?|exceptions?)\s+(?:were\s+|was\s+)?(?:noted|identified)\b|\bnoted\.$")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines without a blank one between them."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return joined(self.lines)

    def cell(self, role: Role, number: str = "", text: str | None = None) -> Cell:
        """The block as one cell."""
        said = self.text if text is None else text
        return Cell(role, said, self.lines[0][0], self.lines[-1][0], number)


def joined(lines: Sequence[Line]) -> str:
    """The text of lines, whole where a hyphen cuts a word at the end of one."""
    return reduce(glued, (clean(text) for _, text in lines), "")


def blocks_of(lines: Sequence[Line]) -> Iterator[Block]:
    """The blocks among lines, each up to a blank line."""
    held: list[Line] = []
    for number, text in lines:
        if text.strip():
            held.append((number, " ".join(text.split())))
        elif held:
            yield Block(tuple(held))
            held = []
    if held:
        yield Block(tuple(held))


def parts_of(block: Block) -> list[Block]:
    """The block cut where, below the end of a sentence, a line begins a control, a test or a result."""
    edges = [0, *(at for at in range(1, len(block.lines)) if _begins(block.lines, at)), len(block.lines)]
    return [Block(block.lines[a:b]) for a, b in pairwise(edges)]


def _begins(lines: Sequence[Line], at: int) -> bool:
    ahead = joined(lines[at : at + _AHEAD])
    if not ends_sentence(lines[at - 1][1]) or ahead[:1].islower():
        return False
    return _is_numbered(ahead) or begins_test(ahead) or bool(_BEGINS_RESULT.match(ahead))


_AHEAD = 6


def _is_numbered(text: str) -> bool:
    found = number_in(text)
    return found is not None and found.marked


def cell_of(block: Block) -> Cell | None:
    """The one cell that a block is, a remark where it is of no known kind; None where words of several stand in it."""
    text, found = block.text, number_in(block.text)
    if found and found.marked and not found.rest[:1].islower():
        return block.cell(Role.CONTROL, found.number, found.rest) if is_plain(found.rest, block) else None
    if is_reference(text):
        return block.cell(Role.PROCEDURE)
    if is_procedure(text):
        return block.cell(Role.PROCEDURE) if may_be_test(text) else None
    if _BEGINS_RESULT.match(text) or result_of(text) is not None:
        return block.cell(Role.RESULT) if result_of(text) and is_written(text) else None
    return block.cell(Role.REMARK) if is_plain(text, block) else None


def is_plain(wording: str, block: Block) -> bool:
    """Whether a control's wording holds no words of a test and of a result."""
    begun = [text for _, text in block.lines if _BEGINS_RESULT.search(text) or begins_test(text)]
    begun += [text for text in _SENTENCES.split(wording)[1:] if is_procedure(text) or _is_numbered(text)]
    return not wording or (is_written(wording[:1].upper() + wording[1:]) and not begun and not _CAPITAL.search(wording))


_CAPITAL = re.compile(
    r"(?<=[a-z,]\s)(?:(?:Inspected|Enquired|Inquired|Observed|Examined|Obtained|Selected|Reperformed|Re-performed"
    r"|Recalculated|Compared|Traced|Reviewed)\s+[a-z]|For an? (?:sample|selection) of\b)"
)


def is_test(text: str) -> bool:
    """Whether a text is a whole procedure: it begins as one, no sentence in it is cut, and no result stands in it."""
    return ends_sentence(text) and may_be_test(text)


def may_be_test(text: str) -> bool:
    """Whether a text begins as a procedure does, and neither a cut sentence nor words of a result stand in it."""
    return is_procedure(text) and is_written(text) and not (_OF_RESULTS.search(text) or _BEGINS_RESULT.search(text))


def is_whole(text: str) -> bool:
    """Whether a text is whole sentences."""
    return ends_sentence(text) and is_written(text)


def is_written(text: str) -> bool:
    """Whether each sentence of a text begins with a capital letter or a number."""
    return not any(sentence[:1].islower() for sentence in _SENTENCES.split(text)) and bool(text)
