"""The columns of a table of controls as a page shows them side by side: where each begins, and what stands in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce

from loaders.layout.hyphens import glued
from loaders.layout.table_bars import is_row, row_cells
from loaders.layout.table_columns import cells_of, crosses, is_centred, segments, starts_of
from loaders.layout.table_grid import cells_in, fitted
from loaders.layout.table_middle import MiddleRows, in_the_middle
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.headings import heading_at
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import Numbered, criterion_in, follows, is_label_of_control, number_in, objective_in
from loaders.soc.controls.results import begins_test, result_of
from loaders.soc.controls.rows import Row, lists_controls

_NAMING = (Role.OWNER, Role.PERFORMER, Role.FREQUENCY, Role.NATURE)
_PROSE = frozenset((Role.CONTROL, Role.PROCEDURE, Role.RESULT, Role.RESPONSE))
_BEGINNINGS: dict[Role, Callable[[str], object]] = {
    Role.PROCEDURE: begins_test,
    Role.RESULT: result_of,
    Role.FREQUENCY: frequency_of,
    Role.NATURE: nature_of,
    Role.CRITERION: criterion_in,
}
_LONGEST_BLOCK = 90
_LONGEST_ROW = 60
_NEAR = 2
_SHORT = 40
_MOST_PARTS = 2


@dataclass(slots=True)
class Columns:
    """What the columns hold and where they begin; `centred` says whether cells stand at half the height of rows.

    `fitted` is where they begin in the row that is read, `names` what stands alone in columns of names.
    """

    roles: list[Role | None] = field(default_factory=list)
    starts: tuple[int, ...] = ()
    centred: bool = False
    fitted: tuple[int, ...] = ()
    names: dict[Role, set[str]] = field(default_factory=dict)

    def take(self, roles: list[Role | None], starts: tuple[int, ...]) -> None:
        """Takes the columns below another heading; without starts their cells are kept apart by tabs or bars."""
        self.roles, self.starts, self.fitted, self.centred = roles, starts, (), False

    def settle(self, heading: Sequence[int], rows: Sequence[str], texts: Sequence[str], *, centred: bool) -> _Counts:
        """Finds out from the lines below whether cells stand at half height; answers how many numbers do and do not."""
        self._keep_names(rows)
        key = self.key
        if key is None:
            return 0, 0
        worded = Role.NUMBER in self.roles and Role.CONTROL in self.roles
        beside = self.roles.index(Role.CONTROL) if worded else None
        middle, top = in_the_middle([self.cells(line, None) for line in rows], key, is_number, beside)
        self.centred = centred or is_centred(texts, self.starts, key) or middle > top
        self.starts = fitted(rows, heading) if self.centred else self.starts
        return middle, top

    def move(self, rows: Sequence[str]) -> None:
        """On a page without a heading of its own the columns begin near those of the page before."""
        if self.starts:
            self.starts = fitted(rows, self.starts) if self.centred else starts_of(self.starts, rows)
            self.fitted = ()

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
        if found is None or not found.marked:
            return None
        again = found.number == last and Role.PROCEDURE not in self.roles and gap
        return found if again or follows(found.number, last) else None

    def begins_criterion(self, by_role: dict[Role, str], row: Row | None, beside: str, *, gap: bool) -> bool:
        """Whether another criterion begins in the first column."""
        above = row.cells.get(Role.CRITERION, []) if row else []
        if self.roles[0] is not Role.CRITERION or (above and re.search(r"(?:[,;&]|\band)$", above[-1].text)):
            return False
        control = clean(by_role.get(Role.CONTROL, "")) or beside
        code = criterion_in(by_role.get(Role.CRITERION, ""))
        return bool(code) and (gap or (bool(control) and not control[0].islower()))

    def begins_row(self, text: str) -> bool:
        """Whether a line begins with a number in the first column."""
        found = segments(text)
        return bool(found) and abs(found[0].start - self.starts[0]) <= _NEAR and is_marked(found[0].text)

    def stand_aside(self, text: str) -> bool:
        """Whether a line is but words at the margin, as a heading after the table, and no cell of it."""
        found = segments(text)
        return (
            len(found) == 1
            and found[0].start <= self.starts[0] + _NEAR
            and found[0].end > self.starts[1]
            and not is_marked(text)
        )

    def fit(self, lines: Sequence[str]) -> None:
        """Fits the columns to the lines of the row that begins."""
        self.fitted = fitted(lines, self.starts)

    def told_apart(self, text: str, row: Row | None) -> list[str] | None:
        """The cells of a line; None where they touch and are not told apart, or words stand across all columns."""
        if self._is_across(text):
            return None
        return cells_in(text, self.fitted or self.starts, lambda column, words: self.begins(column, words, row))

    def cells(self, text: str, row: Row | None, starts: Sequence[int] = ()) -> list[str]:
        """The cells of a line, cut where the columns begin if they are not told apart."""
        at = starts or self.starts
        return cells_in(text, at, lambda column, words: self.begins(column, words, row)) or cells_of(text, at)

    def rows_of(self, group: Sequence[Line]) -> Iterator[Sequence[Line]]:
        """The rows among lines without a blank one, where cells stand at half height."""
        cells = [self.cells(text, None) for _, text in group]
        prose = frozenset(n for n, role in enumerate(self.roles) if role in _PROSE)
        rows = MiddleRows(cells, self.key or 0, is_number, prose, Role.PROCEDURE in self.roles).rows()
        yield from (group[first : last + 1] for first, last in rows)

    def whole_cells(self, lines: Sequence[Line]) -> dict[int, tuple[str, int]]:
        """What stands in each column of a row, with its last line."""
        starts = fitted([text for _, text in lines], self.starts)
        parts: dict[int, list[Line]] = {}
        for number, text in lines:
            for column, cell in enumerate(self.cells(text, None, starts)):
                if cell:
                    parts.setdefault(column, []).append((number, cell))
        return {n: (reduce(glued, (cell for _, cell in part)), part[-1][0]) for n, part in parts.items()}

    def _is_across(self, text: str) -> bool:
        found, starts = segments(text), self.fitted or self.starts
        if len(found) != 1:
            return False
        label = label_in(text)
        if label and label[0] is Role.RESPONSE and found[0].start < starts[-1] - _NEAR:
            return True
        return found[0].start < starts[1] - _NEAR and crosses(text, starts) and not is_marked(text)

    def begins(self, column: int, text: str, row: Row | None) -> bool | None:
        """Whether a cell of that column surely begins with those words, or surely not; None where that is open."""
        role = self.roles[column] or Role.REMARK
        above = row.cells.get(role, []) if row else []
        if text[:1].islower() and above and ends_sentence(above[-1].text):
            return False
        if role is Role.CONTROL and self.roles[0] is Role.CRITERION and lists_controls(text):
            return True
        if not text[:1].isupper():
            return None
        known = _BEGINNINGS.get(role)
        repeated = any(f"{text} ".startswith(f"{words} ") for words in self.names.get(role, ()))
        return True if repeated or (known is not None and known(text)) else None

    def _keep_names(self, lines: Sequence[str]) -> None:
        """Keeps the names that stand alone right where a column begins, to know them where cells touch."""
        seen = Counter((segment.start, segment.text) for line in lines for segment in segments(line))
        for place, text in seen:
            column = next((n for n, start in enumerate(self.starts) if abs(place - start) <= _NEAR), 0)
            role = self.roles[column]
            if role in _NAMING and text[:1].isupper() and len(text) <= _SHORT:
                self.names.setdefault(role, set()).add(text)


_Counts = tuple[int, int]


def block_at(lines: Sequence[Line], pages: frozenset[int], position: int) -> list[str]:
    """The lines from there to the next page, heading or title."""
    found: list[str] = []
    for index in range(position, min(len(lines), position + _LONGEST_BLOCK + 1)):
        number, text = lines[index]
        if index > position and (number in pages or objective_in(text)):
            break
        if index > position and text.strip() and heading_at(lines, index):
            break
        if segments(text):
            found.append(text)
    return found


def group_at(lines: Sequence[Line], pages: frozenset[int], position: int, columns: Columns) -> list[Line]:
    """The lines from there to a blank one, or to the next page, heading or title."""
    group: list[Line] = []
    for index in range(position, len(lines)):
        number, text = lines[index]
        title = group and (objective_in(text) or heading_at(lines, index))
        if not text.strip() or title or columns.stand_aside(text) or (group and number in pages):
            break
        group.append((number, text))
    return group


def row_at(lines: Sequence[Line], pages: frozenset[int], position: int, columns: Columns) -> list[str]:
    """The lines of the row that begins there."""
    found = [lines[position][1]]
    for index in range(position + 1, min(len(lines), position + _LONGEST_ROW)):
        number, text = lines[index]
        if number in pages or columns.begins_row(text) or objective_in(text) or heading_at(lines, index):
            break
        if text.strip():
            found.append(text)
    return found


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
