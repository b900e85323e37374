"""Codes of another framework below or beside the criteria of a control: `CCM: IAM-01, IAM-02`, or without its name.

Those below are taken out of the lines before these are read as a table, as a code looks like the number of a control.
Of which framework those without a name are is told once all codes of the report are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.layout.table_columns import segments
from loaders.soc.controls.labels import Role
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import is_codes_alone, without_codes
from loaders.soc.controls.values import Cell, ControlRow, Tables

_CODE = (
    r"(?:[A-Z][A-Z&]{0,3}(?:\.[A-Z]{1,3})?[-. ]?\d{1,4}(?:[.-]\d{1,3})*[a-z]?|§? ?\d{1,4}(?:\.\d{1,4}){1,4})"
    r"(?:\([a-z0-9]{1,4}\))*"
)
_CODES = rf"{_CODE}(?:[,;] {_CODE})*[,;]?"
_NAME = r"[A-Z][\w/.-]*(?: [A-Z0-9][\w/.-]*){0,3}(?::(?:19|20)\d{2})?"
_LABELLED = re.compile(rf"(?P<name>{_NAME}): ?(?P<codes>{_CODES})?")
_CONTINUED = re.compile(_CODES)
_IN_CELL = re.compile(rf"(?<![\w.:-])(?P<name>{_NAME}): (?P<codes>{_CODE}(?:[,;] {_CODE})*)(?![\w-])")
_LETTERS = r"[A-Z](?:&?[A-Z]){0,5}"
# Without a name a code has letters, or is of the form of sections of a law: `IDM-05`, `A.5.15`, `164.312(a)(1)`.
_BARE = re.compile(
    rf"(?:(?:{_LETTERS}[.-])*(?:(?<=[.-])|{_LETTERS}-?)\d{{1,3}}(?:[.-]\d{{1,3}})*|\d{{3}}\.\d{{3}})(?:\(\w{{1,4}}\))*"
)
_BETWEEN = re.compile(r"[,;/\s]+(?:(?:and|&)\s+)?")
_NEAR = 1
_BELOW = 4


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of a framework, by the name before them, and where they stand."""

    name: str
    text: str
    first_line: int
    last_line: int

    def cell(self) -> Cell:
        """The codes as a cell of a column that is headed by the framework."""
        return Cell(Role.REQUIREMENT, self.text, self.first_line, self.last_line, self.name)


def codes_apart(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Codes, ...]]:
    """The lines without codes of other frameworks below criteria in the first column, and these codes."""
    kept, found, open_ = list[Line](), list[Codes](), False
    above: int | None = None
    for number, text in lines:
        first = next(iter(segments(text)), None)
        begins = _LABELLED.fullmatch(first.text) if first else None
        is_below = first is not None and above is not None and abs(first.start - above) <= _NEAR
        if first and is_below and begins:
            found.append(Codes(begins["name"], begins["codes"] or "", number, number))
        elif first and is_below and open_ and _CONTINUED.fullmatch(first.text):
            last = found.pop()
            found.append(Codes(last.name, f"{last.text} {first.text}".strip(), last.first_line, number))
        else:
            above = first.start if first and is_codes_alone(first.text) else above if first is None else None
            kept.append((number, text))
            open_ = False
            continue
        open_ = not found[-1].text or found[-1].text.endswith((",", ";"))
        kept.append((number, " " * first.end + text.expandtabs()[first.end :]))
    return tuple(kept), tuple(one for one in found if one.text)


def give_codes(tables: Tables, codes: Iterable[Codes]) -> None:
    """Gives the codes to the controls below whose criteria they stand; what stands below none is a doubt."""
    for one in codes:
        above = [(one.first_line - last, control) for control, last in _ends(tables) if last < one.first_line]
        nearest = min((distance for distance, _ in above), default=_BELOW)
        meant = [control for distance, control in above if distance == nearest < _BELOW]
        for control in meant:
            control.attributes.append(one.cell())
        if not meant:
            tables.doubts.append((one.first_line, f"of which control the codes {one.text!r} are is not told"))


def codes_in(cell: Cell) -> list[Cell]:
    """The codes of other frameworks that stand beside those of criteria in a cell.

    Codes without the name of a framework are one cell without a number, where the cell says nothing else.
    """
    rest = without_codes(cell.text)
    found = [(one["name"], one["codes"]) for one in _IN_CELL.finditer(rest)]
    bare = [part for part in _BETWEEN.split(rest) if part]
    if bare and all(_BARE.fullmatch(part) for part in bare):
        found = [("", ", ".join(bare))]
    return [Codes(name, codes, cell.first_line, cell.last_line).cell() for name, codes in found]


def _ends(tables: Tables) -> list[tuple[ControlRow, int]]:
    """The controls with the last lines of the codes of their own criteria."""
    places = [(control, where) for control in tables.controls.values() for where in control.criteria.values()]
    return [(control, last) for control, where in places for _, last in where]
