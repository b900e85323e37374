"""A row of a table of controls whose cells flow into each other: its control, what stands beside it, tests and results.

A cell ends where a sentence does, and the next one is told by how it begins. A cell that a page cuts goes on below the
break. Where that does not tell each cell, the tests of the row are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from loaders.layout.text import ends_sentence
from loaders.soc.controls.flow_attributes import attributes_in
from loaders.soc.controls.flow_pieces import Piece, text_of
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.results import begins_test, is_reference, result_of
from loaders.soc.controls.values import Cell

_BEGINS_RESULT = re.compile(
    r"No\s+(?:relevant\s+)?(?:deviation|exception)s?\b|(?:Deviation|Exception)s?\s+(?:noted|identified)\b|Not tested\b"
    r"|(?:We|The (?:service )?auditors?) (?:was|were|have been) (?:informed|told|advised)\b"
)
_AHEAD = 6
_LONGEST = 12
_EARLY = 2


@dataclass(slots=True)
class _Open:
    """A cell of a row with its pieces."""

    role: Role
    pieces: list[Piece]
    mark: str = ""

    @property
    def text(self) -> str:
        """Its words."""
        return text_of(self.pieces)

    @property
    def is_whole(self) -> bool:
        """Whether it ends as sentences do."""
        return ends_sentence(self.text)

    def cell(self, number: str = "") -> Cell:
        """The cell as it is."""
        lines = [piece.line for piece in self.pieces]
        text = self.text
        if self.role is Role.RESPONSE and (label := label_in(text)):
            text = label[1]
        return Cell(self.role, text, min(lines), max(lines), number or self.mark)


@dataclass(slots=True)
class FlowRow:
    """The pieces of a row below its number, in a table with columns of those roles."""

    number: str
    line: int
    roles: tuple[Role, ...]
    pieces: list[Piece] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)
    _cells: list[_Open] = field(default_factory=list)
    _cut: list[_Open] = field(default_factory=list)
    _loose: list[Piece] = field(default_factory=list)

    @property
    def is_tested(self) -> bool:
        """Whether the table has tests."""
        return Role.PROCEDURE in self.roles or Role.RESULT in self.roles

    @property
    def is_cut(self) -> bool:
        """Whether a page ends within the row."""
        return any(piece.broken for piece in self.pieces)

    def read(self) -> list[Cell]:
        """The cells of the row, as far as they are told."""
        told = self._control_apart()
        if told is None:
            return self._broken("the cells of control {} are not told apart")
        size, attributes, rest = told
        control = _Open(Role.CONTROL, self.pieces[:size])
        doubtful = self._take_tests(control, rest) if self.is_tested else ""
        if not control.is_whole:
            return self._broken("the cells of control {} are not told apart")
        cells = [control.cell(self.number), *attributes]
        if doubtful:
            return [*cells, *self._broken(f"the tests and results of control {{}} are not told apart: {doubtful}")[1:]]
        return [*cells, *(cell.cell() for cell in self._cells)]

    def _broken(self, said: str) -> list[Cell]:
        self.doubts.append((self.line, f"{said.format(self.number)}; they are not read"))
        return [Cell(Role.CONTROL, "", self.line, self.line, self.number)]

    def _control_apart(self) -> tuple[int, tuple[Cell, ...], list[Piece]] | None:
        """How many pieces the wording of the control takes, the attributes below it, and the pieces of the tests."""
        beside = tuple(role for role in self.roles if role in _BESIDE)
        cut: tuple[int, tuple[Cell, ...], list[Piece]] | None = None
        found: list[tuple[int, tuple[Cell, ...], list[Piece]]] = []
        for size in range(1, len(self.pieces) + 1):
            whole = ends_sentence(text_of(self.pieces[max(0, size - 1) : size]))
            if not whole and (size == len(self.pieces) or not self.pieces[size].begins or cut):
                continue
            for attributes, rest in attributes_in(self.pieces[size:], beside):
                if self._may_follow(rest):
                    if whole:
                        found.append((size, attributes, rest))
                    elif self.is_cut:
                        cut = cut or (size, attributes, rest)
            if found and self.is_tested:
                break
        if cut and (not found or cut[0] < found[0][0]):
            return cut
        return found[0] if found and (self.is_tested or len({one[:2] for one in found}) == 1) else None

    def _may_follow(self, rest: Sequence[Piece]) -> bool:
        """Whether pieces are what stands behind a control and its attributes: tests, or nothing."""
        if not self.is_tested:
            return not rest
        return bool(rest) and _begins(rest, 0)

    def _take_tests(self, control: _Open, pieces: Sequence[Piece]) -> str:
        """Takes the tests and results; answers what is not told, if anything is."""
        parted = control.is_whole is False
        for at, piece in enumerate(pieces):
            if piece.broken:
                self._cut = [cell for cell in (control, *self._cells) if not cell.is_whole]
                parted = True
            last = self._cells[-1] if self._cells else None
            role = self._role_at(pieces, at, last)
            if role is not None:
                self._cells.append(_Open(role, [piece], piece.mark))
            elif last is None:
                return piece.text
            elif self._is_loose(last, piece):
                self._loose.append(piece)
            elif last.role is Role.RESULT and last.is_whole and result_of(last.text) == "no_deviation":
                self.doubts.append((piece.line, f"to what these words belong is not told: {text_of(pieces[at:])!r}"))
                break
            else:
                last.pieces.append(piece)
        return self._join_cut() or self._fault(parted=parted and self.is_cut)

    def _is_loose(self, last: _Open, piece: Piece) -> bool:
        """Whether a piece below the end of a page goes on with one of the cells that this cuts."""
        return bool(self._cut) and (last.is_whole or piece.broken or last in self._cut)

    def _role_at(self, pieces: Sequence[Piece], at: int, last: _Open | None) -> Role | None:
        """What begins with a piece: a test, a result, a response; None where it goes on."""
        piece = pieces[at]
        below = bool(self._cut) and piece.begins
        label = label_in(piece.text) if piece.begins else None
        if label and label[0] is Role.RESPONSE and last is not None:
            return Role.RESPONSE
        if last is not None and last.role is Role.RESPONSE and not (piece.is_set_apart or below):
            return None
        if _begins_test(pieces, at):
            return Role.PROCEDURE if last is None or _is_new_test(pieces, at, last, below=below) else None
        if last is None or last.role not in (Role.PROCEDURE, Role.RESULT):
            return None
        return Role.RESULT if _is_result(pieces, at, last, below=below) else None

    def _join_cut(self) -> str:
        """Gives what stands below the end of a page to the cells that it cut, in their order."""
        if not self._loose:
            return ""
        groups: list[list[Piece]] = [[]]
        for piece in self._loose:
            if groups[-1] and ends_sentence(groups[-1][-1].text):
                groups.append([])
            groups[-1].append(piece)
        groups = [group for group in groups if group]
        if len(groups) > len(self._cut):
            groups = _by_small_letters(groups)
        if len(groups) != len(self._cut):
            return text_of(self._loose)
        for cell, group in zip(self._cut, groups, strict=True):
            # What began below the break and stands whole is no cell that the page cut.
            cell.pieces.extend(group)
        return ""

    def _fault(self, *, parted: bool) -> str:
        """What of the tests and results is not told."""
        order = "".join("R" if cell.role is Role.RESULT else "P" for cell in self._cells if cell.role in _TESTING)
        cut = next((cell.text for cell in self._cells if not cell.is_whole), "")
        unknown = next((c.text for c in self._cells if c.role is Role.RESULT and result_of(c.text) is None), "")
        fits = _IN_ORDER.fullmatch(order) or (parted and _PARTED.fullmatch(order)) or self._are_counted_off()
        return cut or unknown or ("" if fits else " ".join(order))

    def _are_counted_off(self) -> bool:
        """Whether all tests and results are counted off, each result under the mark of a test."""
        tests = [cell.mark for cell in self._cells if cell.role is Role.PROCEDURE]
        results = [cell.mark for cell in self._cells if cell.role is Role.RESULT]
        return all(tests) and sorted(tests) == sorted(results) and len({*tests}) == len(tests)


_BESIDE = (Role.OWNER, Role.FREQUENCY, Role.NATURE, Role.CRITERION)
_TESTING = (Role.PROCEDURE, Role.RESULT)
_IN_ORDER = re.compile(r"P+R|(?:PR)+")
_PARTED = re.compile(r"P+RP+")


def _is_new_test(pieces: Sequence[Piece], at: int, last: _Open, *, below: bool) -> bool:
    """Whether words of a test begin another one below a cell."""
    piece = pieces[at]
    if not piece.begins or not (last.is_whole or below):
        return False
    return piece.is_set_apart or last.role is not Role.PROCEDURE or _ended_early(pieces, at)


def _is_result(pieces: Sequence[Piece], at: int, last: _Open, *, below: bool) -> bool:
    """Whether a result begins below a cell."""
    piece = pieces[at]
    if _BEGINS_RESULT.match(_ahead(pieces, at)) and (last.is_whole or piece.begins):
        return last.role is Role.PROCEDURE or piece.is_set_apart or below
    return last.is_whole and last.role is Role.PROCEDURE and result_of(_sentence(pieces, at)) is not None


def _begins(pieces: Sequence[Piece], at: int) -> bool:
    return _begins_test(pieces, at) or is_reference(_ahead(pieces, at))


def _begins_test(pieces: Sequence[Piece], at: int) -> bool:
    return begins_test(_ahead(pieces, at))


def _ahead(pieces: Sequence[Piece], at: int) -> str:
    """The words from a piece on, as far as they are needed to tell how a cell begins."""
    return text_of(list(_up_to_break(pieces[at : at + _AHEAD])))


def _sentence(pieces: Sequence[Piece], at: int) -> str:
    """The sentence that begins with a piece."""
    held: list[Piece] = []
    for piece in pieces[at : at + _LONGEST]:
        held.append(piece)
        if ends_sentence(piece.text):
            break
    return text_of(held)


def _up_to_break(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for n, piece in enumerate(pieces):
        if n and piece.broken:
            return
        yield piece


def _ended_early(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the line above a piece ended though its first word would have fitted there."""
    lines: dict[int, int] = {}
    for piece in pieces:
        lines[piece.line] = lines.get(piece.line, 0) + len(piece.text) + 1
    above = max((line for line in lines if line < pieces[at].line), default=0)
    first = len(pieces[at].text.split(" ", maxsplit=1)[0])
    return lines.get(above, 0) + first + _EARLY < max(lines.values())


def _by_small_letters(groups: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Groups of sentences, those that begin with a small letter go on with a cut cell."""
    found: list[list[Piece]] = []
    for group in groups:
        if found and not group[0].text[:1].islower():
            found[-1] = [*found[-1], *group]
        else:
            found.append(list(group))
    return found
