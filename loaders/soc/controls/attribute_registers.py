"""Registers of controls by number that say but who owns each, how often it operates and by which hand.

One is a table, as in an appendix, with a column of numbers of controls that the report states elsewhere, columns of
attributes, and neither wordings nor tests; or blocks of labelled lines, each below the number of such a control.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.records import Value
from loaders.layout.layout import Piece
from loaders.soc.controls.attribute_blocks import AttributeBlock, attribute_blocks
from loaders.soc.controls.attribute_facts import Attributes
from loaders.soc.controls.labelled_cells import ATTRIBUTES
from loaders.soc.controls.labels import Role, column_role, label_in
from loaders.soc.controls.numbers import number_in
from loaders.soc.controls.telling import Telling
from loaders.soc.controls.values import Cell, ControlRow
from loaders.soc.topics import Grid, grids

_NUMBERED = (Role.NUMBER, Role.CONTROL)
_OF_TESTS = (Role.PROCEDURE, Role.RESULT, Role.RESPONSE, Role.REMEDIATED)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The column of numbers, and those of attributes with what each holds; each attribute has one column."""

    number: int
    attributes: tuple[tuple[int, Role], ...]


class AttributeRegisters:
    """States what such tables and blocks say of the controls of a report."""

    def __init__(self, told: Telling, attributes: Attributes) -> None:
        self.told, self.attributes, self.notes = told, attributes, told.reading.notes
        self._controls: dict[str, list[ControlRow]] = {}
        for control in told.read.tables.controls.values():
            for number in {control.number, told.completed(control), told.number(control)}:
                self._controls.setdefault(number, []).append(control)

    def state(self, pieces: Sequence[Piece]) -> None:
        """States the rows of each table outside of those in which the controls stand; names what is not joined."""
        lines = [self.told.read.line(number) for number, _ in self.told.read.lines]
        first, last = (lines[0], lines[-1]) if lines else (0, 0)
        for grid in grids(pieces):
            columns = None if first <= grid.heading.first_line <= last else _columns(grid)
            if columns is not None and any(grid.cell(row, columns.number) in self._controls for row in grid.rows):
                for row in grid.rows:
                    self._state_row(grid, row, columns)
        document = enumerate(self.told.reading.document.lines, 1)
        outside = [(number, text) for number, text in document if not first <= number <= last]
        for block in attribute_blocks(outside, self._controls.__contains__):
            self._state_block(block)

    def _state_row(self, grid: Grid, row: Piece, columns: _Columns) -> None:
        number = grid.cell(row, columns.number)
        controls = self._controls.get(number, [])
        if len(controls) != 1:
            of = "no control" if not controls else "several controls"
            self.notes.warn(row.first_line, f"the table tells attributes of {number}, the number of {of} of the report")
            return
        cited = self.told.reading.cite(row)
        cells = (Cell(role, grid.cell(row, n), row.first_line, row.last_line) for n, role in columns.attributes)
        self._state_cells(number, controls[0], ((cell, cited) for cell in cells))

    def _state_block(self, block: AttributeBlock) -> None:
        controls = self._controls[block.number]
        if len(controls) != 1:
            self.notes.warn(block.line, f"the lines tell attributes of {block.number}, the number of several controls")
            return
        for cell in block.cells:
            if not cell.text:
                self.notes.warn(cell.first_line, f"{block.number}: its {cell.role.value} is not told")
        section = self.told.reading.section_at(block.line)
        cite = self.notes.cite
        cited = ((cell, cite(cell.first_line, cell.last_line, section)) for cell in block.cells)
        self._state_cells(block.number, controls[0], cited)

    def _state_cells(self, number: str, control: ControlRow, cells: Iterable[tuple[Cell, str]]) -> None:
        """States the attributes that the control's own row leaves out; names wordings that are not known."""
        id_ = self.told.id_of(control)
        known = self._known(id_)
        for cell, cited in cells:
            if cell.role.value not in known and not self.attributes.state_cell(
                cell, id_, cited, owned="owner" in known
            ):
                self.notes.warn(cell.first_line, f"{number}: no known wording of a {cell.role.value}: {cell.text!r}")

    def _known(self, id_: str) -> dict[str, Value]:
        """What the control's own row says of it."""
        claims = (claim for claim in self.notes.claims("Control") if claim.id == id_)
        return {key: value for claim in claims for key, value in claim.values.items()}


def _columns(grid: Grid) -> _Columns | None:
    """The columns of a table of attributes; None where it is another one."""
    roles = [column_role(title) for title in grid.titles]
    numbers = [n for n, role in enumerate(roles) if role in _NUMBERED and _holds_numbers(grid, n)]
    attributes = tuple((n, role) for n, role in enumerate(roles) if role in ATTRIBUTES)
    once = len({role for _, role in attributes}) == len(attributes)
    if len(numbers) != 1 or not attributes or not once or any(role in _OF_TESTS for role in roles):
        return None
    # The owner of a risk, or the frequency of a test, is none of the control.
    own = all((label := label_in(grid.titles[n])) and label[0] is role for n, role in attributes)
    worded = any(role is Role.CONTROL and n != numbers[0] for n, role in enumerate(roles))
    return _Columns(numbers[0], attributes) if own and not worded else None


def _holds_numbers(grid: Grid, column: int) -> bool:
    """Whether the cells of a column are numbers of controls and nothing else."""
    found = [number_in(grid.cell(row, column)) for row in grid.rows]
    return bool(found) and all(one is not None and not one.rest for one in found)
