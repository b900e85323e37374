"""The columns of a table of controls: what each holds, where it begins on a page, with which words its cells begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from loaders.layout.table_bars import is_row, row_cells
from loaders.layout.table_columns import cells_of, segments
from loaders.layout.table_grid import cells_in
from loaders.layout.table_places import HALF
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.numbers import (
    Numbered,
    criterion_in,
    follows,
    is_label_of_control,
    number_in,
    shape,
)
from loaders.soc.controls.results import begins_test, result_of
from loaders.soc.controls.rows import Row, lists_controls

_BEGINNINGS: dict[Role, Callable[[str], object]] = {
    Role.PROCEDURE: begins_test,
    Role.RESULT: result_of,
    Role.FREQUENCY: frequency_of,
    Role.NATURE: nature_of,
    Role.CRITERION: criterion_in,
}
_MOST_PARTS = 2


@dataclass(slots=True)
class Columns:
    """What the columns hold, and where they begin where no tabs and no bars keep their cells apart."""

    roles: list[Role | None] = field(default_factory=list)
    starts: tuple[int, ...] = ()

    def take(self, roles: list[Role | None], starts: tuple[int, ...]) -> None:
        """Takes the columns below another heading; without starts their cells are kept apart by tabs or bars."""
        self.roles, self.starts = roles, starts

    @property
    def key(self) -> int | None:
        """The column whose cells number the rows: that of the controls, else that of criteria in front."""
        if Role.NUMBER in self.roles:
            return self.roles.index(Role.NUMBER)
        return 0 if self.roles[0] is Role.CRITERION else None

    def stand_below(self, bare: str, text: str) -> bool:
        """Whether a control begins that stands above the table of its tests."""
        if {Role.NUMBER, Role.CONTROL, Role.CONTROL_OR_TEST}.intersection(self.roles):
            return False
        found = number_in(bare)
        return bool(found and found.marked and not text[:1].isspace()) and (
            is_label_of_control(bare) or not criterion_in(bare)
        )

    def new_number(self, by_role: dict[Role, str], last: str | None, *, gap: bool) -> Numbered | None:
        """The number of the control that a line begins; `last` is that of the control above."""
        if Role.NUMBER in self.roles:
            cell = clean(by_role.get(Role.NUMBER, ""))
            found = number_in(cell) if cell else None
            # Among numbers with letters one without is that of a page.
            alike = last is None or last[0].isdigit() or bool(found and found.letters)
            return found if alike else None
        found = number_in(clean(by_role.get(Role.CONTROL, "")))
        if found is None or not found.marked or (self._lists and lists_controls(clean(by_role[Role.CONTROL]))):
            return None
        again = found.number == last and Role.PROCEDURE not in self.roles and gap
        alike = last is not None and bool(found.letters) and found.number != last and shape(found.number) == shape(last)
        return found if again or alike or follows(found.number, last) else None

    @property
    def _lists(self) -> bool:
        """Whether the last column lists the controls of a criterion or objective, beside words of its own at most."""
        first, last = self.roles[0], self.roles[-1]
        return first in (Role.CRITERION, Role.OBJECTIVE) and last is Role.CONTROL and not any(self.roles[1:-1])

    def begins_criterion(self, by_role: dict[Role, str], row: Row | None, beside: str, *, gap: bool) -> bool:
        """Whether another criterion begins in the first column."""
        above = row.cells.get(Role.CRITERION, []) if row else []
        if self.roles[0] is not Role.CRITERION or (above and re.search(r"(?:[,;&]|\band)$", above[-1].text)):
            return False
        of_controls = {Role.NUMBER, Role.CONTROL, Role.CONTROL_OR_TEST}.intersection(self.roles)
        control = clean(by_role.get(Role.CONTROL if of_controls else Role.RESULT, "")) or beside
        code = criterion_in(by_role.get(Role.CRITERION, ""))
        return bool(code) and (gap or (bool(control) and not control[0].islower()))

    def cells(self, text: str, starts: Sequence[int]) -> list[str]:
        """The cells of a line, cut where the columns begin if they are not told apart."""
        return cells_in(text, starts, lambda column, words: self.begins(column, words, None)) or cells_of(text, starts)

    def begins(self, column: int, text: str, row: Row | None) -> bool | None:
        """Whether a cell of that column surely begins with those words, or surely not; None where that is open."""
        role = self.roles[column] or Role.REMARK
        if role is Role.NUMBER:
            return is_number(text.split(maxsplit=1)[0]) or bool(HALF.fullmatch(text.split(maxsplit=1)[0]))
        above = row.cells.get(role, []) if row else []
        if text[:1].islower() and above and ends_sentence(above[-1].text):
            return False
        if role is Role.CONTROL and self.roles[0] is Role.CRITERION and lists_controls(text):
            return True
        if not text[:1].isupper():
            return None
        known = _BEGINNINGS.get(role)
        return True if known is not None and known(text) else None


def is_number(text: str) -> bool:
    """Whether a cell holds the number of a control or the code of a criterion."""
    return number_in(clean(text)) is not None or criterion_in(clean(text)) is not None


def is_marked(text: str) -> bool:
    """Whether a text begins with a number that is surely one of a control."""
    found = number_in(clean(text))
    return bool(found and found.marked)


def may_be_statement(text: str, *, active: bool) -> bool:
    """Whether a line below a title is its statement, and no row of a table."""
    if is_row(text):
        cells = [cell for cell in row_cells(text) if cell.strip()]
        return len(cells) == 1 and not is_marked(cells[0])
    return len(segments(text)) <= _MOST_PARTS and not (is_marked(text) and active) and not label_in(text)


def is_stray(cell: str) -> bool:
    """Whether words stand in the column of numbers that are no number."""
    return bool(cell) and number_in(cell) is None and bool(re.search(r"[a-z]{2}", cell))


def tier(role: Role, cell: str, row: Row | None) -> Role:
    """Which of two headings over a column a cell belongs to, by its words and by what the row has already."""
    tested = row is not None and Role.PROCEDURE in row.cells
    if role is Role.CONTROL_OR_TEST:
        return Role.PROCEDURE if tested or begins_test(clean(cell)) else Role.CONTROL
    if role is Role.ATTRIBUTE_OR_RESULT:
        if not tested and frequency_of(clean(cell)):
            return Role.FREQUENCY
        return Role.NATURE if not tested and nature_of(clean(cell)) else Role.RESULT
    return role
