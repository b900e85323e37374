"""Tables of controls, read into cells with their roles: what their headings say, their titles, rows by tabs or bars.

The heading over a table says what its columns hold. It is repeated from page to page; a row that a page break cuts goes
on below it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from loaders.layout.hyphens import glued
from loaders.layout.table_bars import is_row, row_cells
from loaders.layout.table_columns import segments
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.blocks import BlockReader
from loaders.soc.controls.columns import Columns, is_marked, is_stray, may_be_statement, tier
from loaders.soc.controls.headings import bracketed_role, roles_of
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import criteria_in, criterion_in, number_in, objective_in
from loaders.soc.controls.rows import Row, refers
from loaders.soc.controls.titles import Title, begin_title, is_statement
from loaders.soc.controls.values import Cell, Fragment

_RULE = re.compile(r"^[\s|:+=_–—-]*$")
_PAIR, _BESIDE, _WORDING = 2, 2, 5


@dataclass(slots=True)
class TableReader:
    """Reads the lines of the part with the controls; `pages` are the lines with which a page begins."""

    lines: Sequence[Line]
    pages: frozenset[int] = frozenset()
    cells: list[Cell] = field(default_factory=list)
    headings: dict[int, list[Role | None]] = field(default_factory=dict)
    ways: list[str] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)
    _columns: Columns = field(default_factory=Columns)
    _beside: str = ""
    _words: list[str] = field(default_factory=list)
    _row: Row | None = None
    _last: str | None = None
    _title: Title | None = None
    _current: tuple[Role, str] | None = None
    _gap: bool = False
    _active: bool = False
    _parted: Title | None = None
    _number_written: bool = False
    _is_outside: bool = False
    _loose: list[Line] = field(default_factory=list)
    _answer: Cell | None = None
    _aim: list[Line] = field(default_factory=list)
    _aim_at: int = 0
    _carried: list[Fragment] = field(default_factory=list)

    def read(self) -> list[Cell]:
        """All cells of the tables, in order."""
        position = 0
        while position < len(self.lines):
            position += self._line(position)
        self._end_title()
        self._end_answer()
        self._end_aim()
        self._end_row()
        return self.cells

    def _line(self, position: int) -> int:
        """Reads what begins with a line; answers how many lines that are."""
        number, text = self.lines[position]
        if _RULE.match(text):
            self._gap = self._gap or not text.strip()
            return 1
        size = self._heading(position)
        if size:
            return size
        bare = clean(text.strip("| \t"))
        title = self._title_at(number, bare, text)
        if title is not None:
            self._begin_title(title)
        elif self._parted is not None and is_statement(bare):
            self._parted.add(number, bare)
            self._title, self._parted, self._current = self._parted, None, None
        elif self._title and self._title.open(bare) and may_be_statement(text, active=self._active):
            self._title.add(number, bare, gap=self._gap)
        elif self._active and self._columns.stand_below(bare, text):
            self._end_row()
            self._active, self._loose = False, [(number, text)]
        elif not self._active:
            self._loose.append((number, text))
        elif self._columns.starts and not is_row(text):
            return self._read_group(position)
        else:
            self._read_row(number, text)
        self._gap = False
        return 1

    def _read_loose(self, roles: Sequence[Role | None]) -> None:
        """Reads the lines above a table that has no column of controls: its control stands there."""
        loose, self._loose = self._loose, []
        if loose and not {Role.NUMBER, Role.CONTROL, Role.CONTROL_OR_TEST}.intersection(roles):
            self._end_row()
            self.cells.extend(BlockReader(loose).read())

    def _read_group(self, position: int) -> int:
        """Reads the lines of a table in columns side by side; answers how many."""
        self._outside(*self.lines[position])
        return 1

    def _heading_of_columns(self, position: int) -> int:
        """Takes the heading of columns side by side there; answers its number of lines."""
        return 0

    def _heading(self, position: int) -> int:
        """Takes the heading of a table there; answers its number of lines, 0 where there is none."""
        number, text = self.lines[position]
        if is_row(text):
            cells = row_cells(text)
            roles = roles_of(cells)
            if roles is None:
                return self._repeated(number, cells)
            self._words = [clean(cell) for cell in cells]
            self._take_heading(roles, (), number, "bars" if "|" in text else "tabs")
            return 1
        return self._heading_of_columns(position)

    def _repeated(self, line: int, cells: Sequence[str]) -> int:
        """A repeated heading whose last cell runs into the cell that goes on below it, as where lines were joined."""
        words, last = self._words, clean(cells[-1])
        joined = (
            self._active and [clean(cell) for cell in cells[:-1]] == words[:-1] and last.startswith(f"{words[-1]} ")
        )
        if not joined or self._columns.roles[0] is None:
            return 0
        self._end_title()
        self._read_row(line, last[len(words[-1]) :].strip() + "\t" * (len(words) - 1))
        return 1

    def _take_heading(self, roles: list[Role | None], starts: tuple[int, ...], line: int, how: str) -> None:
        self._end_title()
        if roles != self._columns.roles:
            self._end_row()
            self._last = None
        self._read_loose(roles)
        self._columns.take(roles, starts)
        self._active = True
        if Role.CRITERION in roles and Role.CONTROL in roles:
            self.cells.append(Cell(Role.OWN_CRITERIA, "", line, line))
        self.headings[line] = roles
        self.ways.append(how)

    def _title_at(self, line: int, bare: str, text: str) -> Title | None:
        if len(segments(text)) > 2 or (is_row(text) and sum(bool(c.strip()) for c in row_cells(text)) > 1):
            return None
        title = begin_title(line, bare)
        if title is None or (self._active and (title.role in self._columns.roles or self._is_numbered_row(text))):
            return None
        return title

    def _is_numbered_row(self, text: str) -> bool:
        """Whether a line is a row of a number and a wording, though numbers such as `CO-01` may be of objectives."""
        found, starts = segments(text), self._columns.starts
        beside = len(found) == _PAIR and bool(starts) and self._columns.roles[0] is Role.NUMBER
        if not beside or any(abs(one.start - at) > _BESIDE for one, at in zip(found, starts, strict=False)):
            return False
        return len(found[1].text.split()) >= _WORDING or ends_sentence(found[1].text)

    def _begin_title(self, title: Title) -> None:
        self._end_title()
        self._end_answer()
        if title.key != self._current:
            self._end_row()
            self._last = None
        self._title = title

    def _end_title(self) -> None:
        if self._title is not None:
            self.cells.extend(self._title.cells())
            self._parted = None if self._title.statement or self._title.key == self._current else self._title
            self._current = self._title.key
            self._title = None

    def _read_row(self, line: int, text: str) -> None:
        if not is_row(text):
            self._outside(line, text)
            return
        cells = row_cells(text, len(self._columns.roles))
        if len(cells) < len(self._columns.roles):
            cells += [""] * (len(self._columns.roles) - len(cells))
        if any(cell.strip() for cell in cells[len(self._columns.roles) :]):
            self._break(line, "the row has more cells than its table has columns")
            return
        self._end_title()
        self._end_answer()
        self._is_outside = False
        given = [(role, cell) for role, cell in zip(self._columns.roles, cells, strict=False) if role and cell.strip()]
        given = [(tier(role, cell, self._row), cell) for role, cell in given]
        given = [one for one in given if not self._is_aim(line, *one)]
        self._beside = next(
            (clean(cell) for role, cell in zip(self._columns.roles, cells, strict=False) if not role), ""
        )
        self._begin_row(line, given)
        if self._row is not None:
            if is_stray(clean(dict(given).get(Role.NUMBER, ""))):
                self._break(line, "in which column these words stand is not told")
            for role, cell in given:
                self._row.add(role, line, self._without_number(role, cell), gap=self._gap)
            for known, word, cell in zip(self._columns.roles, self._words, cells, strict=False):
                if known is None and word and cell.strip(" –-"):
                    self._row.add_other(word, line, cell)

    def _break(self, line: int, why: str) -> None:
        """Names a line that can not be read; the row that it breaks states but its number."""
        self.doubts.append((line, f"{why}: the control is not read"))
        if self._row is not None:
            self._row.is_broken = True

    def _is_aim(self, line: int, role: Role, cell: str) -> bool:
        """Takes the words of an objective whose title and statement stand in the first column of its controls."""
        if role is not Role.OBJECTIVE or self._columns.roles[0] is not Role.OBJECTIVE:
            return False
        text = clean(cell)
        if objective_in(text):
            self._end_aim()
            self._end_row()
            self._aim, self._aim_at, self._last = [(line, text)], len(self.cells), None
        elif self._aim:
            self._aim.append((line, text))
        return bool(self._aim)

    def _end_aim(self) -> None:
        """Puts the title of an objective before the controls beside which it stands."""
        if self._aim:
            self._end_row()
            title = begin_title(self._aim[0][0], " ".join(text for _, text in self._aim))
            if title is not None:
                title.last_line = self._aim[-1][0]
                self.cells[self._aim_at : self._aim_at] = list(title.cells())
            self._aim = []

    def _outside(self, line: int, text: str) -> None:
        """A line across all columns: a labelled response to what stands above, or nothing of the table."""
        labelled = label_in(text)
        if labelled and labelled[0] is Role.RESPONSE:
            number = labelled[2] if number_in(labelled[2]) or criterion_in(labelled[2]) else ""
            self._end_answer()
            self._answer = Cell(Role.RESPONSE, labelled[1], line, line, number)
        elif self._answer is not None and not self._gap:
            words = glued(self._answer.text, clean(text))
            self._answer = replace(self._answer, text=words, last_line=line)
        elif self._row is None and ends_sentence(text):
            self._end_title()
            self.cells.append(Cell(Role.REMARK, clean(text), line, line))
        self._is_outside = True

    def _goes_on_outside(self, text: str) -> bool:
        """Whether a short line goes on with a paragraph across all columns."""
        return self._is_outside and not self._gap and len(segments(text)) == 1 and not is_marked(text)

    def _end_answer(self) -> None:
        if self._answer is not None:
            if not self._answer.number:
                self._end_row()
            self.cells.append(self._answer)
            self._answer = None

    def _begin_row(self, line: int, given: Sequence[tuple[Role, str]]) -> None:
        by_role = dict(given)
        found = self._columns.new_number(by_role, self._last, gap=self._gap)
        if found is not None:
            self._end_row()
            bracket = bracketed_role(self._words, self._columns.roles)
            self._row, self._last = Row(found.number, line, bracket=bracket), found.number
            self._number_written = False
        elif self._row is not None and self._answers_again(self._row, by_role):
            self._end_row()
            self._row = Row(self._last or "", line)
        elif (
            self._columns.begins_criterion(by_role, self._row, self._beside, gap=self._gap)
            or self._row is None
            or self._points_elsewhere(by_role)
        ):
            self._end_row()
            self._row = Row()

    def _answers_again(self, above: Row, by_role: Mapping[Role, str]) -> bool:
        """Whether a row responds to another deviation of the control above, whose number it has again."""
        found = number_in(clean(by_role.get(Role.NUMBER) or by_role.get(Role.CONTROL) or ""))
        again = found is not None and found.number == above.number
        ends = [one[-1].text for role in (Role.RESULT, Role.RESPONSE) if (one := above.cells.get(role))]
        begins = [clean(by_role.get(role, ""))[:1] for role in (Role.RESULT, Role.RESPONSE)]
        whole = len(ends) == len(begins) and all(map(ends_sentence, ends))
        return again and whole and all(one and not one.islower() for one in begins)

    def _points_elsewhere(self, by_role: Mapping[Role, str]) -> bool:
        """Whether a row begins that but points to other controls, of the criteria above."""
        return self._columns.roles[0] is Role.CRITERION and refers(clean(by_role.get(Role.CONTROL, "")))

    def _without_number(self, role: Role, cell: str) -> str:
        """The wording of a control without its number, where both stand in one cell."""
        if role is Role.CONTROL and Role.NUMBER not in self._columns.roles and not self._number_written:
            self._number_written = True
            found = number_in(clean(cell))
            if found and self._row is not None and found.number == self._row.number:
                return found.rest or " "
        return cell

    def _end_row(self) -> None:
        if self._row is None:
            return
        row, self._row = self._row, None
        pointing = refers(" ".join(one.text for one in row.cells.get(Role.CONTROL, [])))
        if (row.number or pointing) and self._columns.roles[:1] == [Role.CRITERION]:
            # Words beside a further control may be the rest of those of the criterion above.
            own = row.cells.get(Role.CRITERION, [])
            self._carried = own if criteria_in(" ".join(one.text for one in own)) else self._carried or own
            row.cells[Role.CRITERION] = self._carried
        self.cells.extend(row.read())
