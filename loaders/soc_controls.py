"""The tables of control objectives, controls, tests and results of a SOC 1 report, as values.

A table is cut by page breaks and goes on under a repeated heading; so may every cell of a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from loaders.layout import Kind, Piece
from loaders.layout_text import clean, ends_sentence

_OBJECTIVE = re.compile(r"^Control Objective (?P<number>\d+(?:\.\d+)*)\s*[:.–—-]\s*(?P<title>\S.*)$")
_COLUMNS = re.compile(r"\bControls?\b.*\bTests?\b.*\bResults?\b", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:(?P<prefix>[A-Z]{2,})-)?(?P<number>\d+(?:\.\d+)*)(?P<end>[.:])?\s+(?=\S)")
_SPECIFIC = re.compile(r"^(?P<names>[A-Z0-9][\w ./&+-]*?)\s*-?\s*Specific\s*[–—-]\s*(?=\S)")
_CITED = re.compile(r"\b(?P<prefix>[A-Z]{2,10})-(?P<number>\d+(?:\.\d+)+)")
_CELLS = 3


@dataclass(slots=True)
class Test:
    """A test of a control: what was done, with what result, and the lines on which that stands."""

    first_line: int
    last_line: int
    procedure: str
    result: str = ""


@dataclass(slots=True)
class ControlRow:
    """A control of the table: its number there, its wording with marks, the lines of its wording, its tests."""

    objective: str
    number: str
    first_line: int
    last_line: int
    section: tuple[str, ...]
    wording: str
    prefix: str | None = None
    tests: list[Test] = field(default_factory=list)

    @property
    def specific_to(self) -> tuple[str, ...]:
        """The services for which alone the control is marked, as the mark writes them."""
        mark = _SPECIFIC.match(self.wording)
        return tuple(name.strip() for name in mark["names"].split("/")) if mark else ()

    @property
    def statement(self) -> str:
        """The wording without the mark."""
        return _SPECIFIC.sub("", self.wording, count=1)


@dataclass(slots=True)
class ObjectiveRow:
    """A control objective with the pieces that repeat its title and its statement, and its controls."""

    number: str
    title: str
    statement: str = ""
    headings: list[tuple[Piece, Piece]] = field(default_factory=list)
    controls: list[ControlRow] = field(default_factory=list)


def read_objectives(pieces: Sequence[Piece]) -> list[ObjectiveRow]:
    """The objectives of a report with their controls and tests, in order."""
    found: dict[str, ObjectiveRow] = {}
    current: ObjectiveRow | None = None
    for piece, following in _tables(pieces):
        title = _OBJECTIVE.match(piece.text)
        if title and following is not None:
            current = found.setdefault(title["number"], ObjectiveRow(title["number"], title["title"]))
            current.statement = current.statement or following.text
            current.headings.append((piece, following))
        elif current is not None and piece.text != current.statement and not _COLUMNS.search(piece.text):
            _add_row(current, piece)
    return list(found.values())


def _tables(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Piece | None]]:
    """The rows of the tables of controls, each title of an objective with the row of its statement."""
    for index, piece in enumerate(pieces):
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        is_title = following is not None and len(following.cells) >= _CELLS and bool(_OBJECTIVE.match(piece.text))
        if is_title:
            yield piece, following
        elif piece.kind is Kind.ROW and len(piece.cells) == _CELLS:
            yield piece, None


def _add_row(objective: ObjectiveRow, row: Piece) -> None:
    control_cell, procedure, result = (clean(cell) for cell in row.cells)
    number = _new_number(objective, control_cell)
    if number is not None:
        wording = control_cell[number.end() :]
        line = row.first_line
        objective.controls.append(
            ControlRow(objective.number, number["number"], line, line, row.section, wording, number["prefix"])
        )
    elif not objective.controls:
        return
    elif control_cell:
        _lengthen(objective.controls[-1], control_cell, row.first_line)
    _add_test(objective.controls[-1].tests, row.first_line, procedure, result, new_control=number is not None)


def _new_number(objective: ObjectiveRow, cell: str) -> re.Match[str] | None:
    """The number with which a cell begins, where it is that of a further control and no number in a sentence."""
    found = _NUMBER.match(cell)
    if found is None or not (found["end"] or "." in found["number"]):
        return None
    before = objective.controls[-1].number if objective.controls else "0"
    return found if _parts(found["number"]) > _parts(before) else None


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


def _lengthen(control: ControlRow, text: str, line: int) -> None:
    control.wording = f"{control.wording} {text}"
    control.last_line = line


def _add_test(tests: list[Test], line: int, procedure: str, result: str, *, new_control: bool) -> None:
    """A row without a result goes on in the next one; so does a procedure that ends in the middle of a sentence."""
    last = tests[-1] if tests and not new_control else None
    goes_on = last is not None and (
        not procedure or not last.result or procedure[:1].islower() or _is_cut(last, result)
    )
    if last is None or not goes_on:
        if procedure or result:
            tests.append(Test(line, line, procedure, result))
        return
    if procedure or result:
        last.procedure = f"{last.procedure} {procedure}".strip()
        last.result = f"{last.result} {result}".strip()
        last.last_line = line


def _is_cut(test: Test, result: str) -> bool:
    """Whether a procedure ends in the middle of a sentence, and no further result stands beside what comes next."""
    ended = ends_sentence(test.procedure) or not test.procedure
    return not ended and (not result or not ends_sentence(test.result))


@dataclass(frozen=True, slots=True)
class Mention:
    """A place at which the narrative cites a control: the prefix and the number, and the piece of text."""

    prefix: str
    number: str
    piece: Piece


def mentions(pieces: Iterable[Piece]) -> list[Mention]:
    """Every control number with a prefix in running text."""
    running = (piece for piece in pieces if piece.kind in (Kind.PARAGRAPH, Kind.ITEM))
    return [Mention(m["prefix"], m["number"], piece) for piece in running for m in _CITED.finditer(piece.text)]


def usual_prefix(found: Iterable[Mention], numbers: frozenset[str]) -> str | None:
    """The prefix under which the narrative cites most controls of the tables; None where it cites none."""
    counts = Counter(mention.prefix for mention in found if mention.number in numbers)
    return max(sorted(counts), key=lambda prefix: counts[prefix]) if counts else None
