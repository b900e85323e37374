"""Tables of controls, by tabs, by bars or by columns side by side, read into cells with their roles.

The heading over a table says what its columns hold. It is repeated from page to page, at other positions; a row that a
page break cuts goes on below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.layout.table_bars import is_row, row_cells
from loaders.layout.table_columns import cells_of, crosses, is_centred, segments, starts_of
from loaders.layout.text import clean
from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.blocks import BlockReader
from loaders.soc.controls.headings import bracketed_role, heading_at, roles_of
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import Numbered, criterion_in, follows, is_label_of_control, number_in, objective_in
from loaders.soc.controls.results import begins_test
from loaders.soc.controls.rows import Fragment, Row
from loaders.soc.controls.titles import Title, begin_title, is_statement
from loaders.soc.controls.values import Cell

_RULE = re.compile(r"^[\s|:+=_–—-]*$")


@dataclass(slots=True)
class TableReader:
    """Reads the lines of the part with the controls; `pages` are the lines with which a page begins."""

    lines: Sequence[Line]
    pages: frozenset[int] = frozenset()
    letters: frozenset[str] | None = None
    cells: list[Cell] = field(default_factory=list)
    headings: dict[int, list[Role | None]] = field(default_factory=dict)
    ways: list[str] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)
    _roles: list[Role | None] = field(default_factory=list)
    _starts: tuple[int, ...] = ()
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
    _is_centred: bool = False
    _loose: list[Line] = field(default_factory=list)
    _answer: Cell | None = None
    _answers: list[Cell] = field(default_factory=list)
    _aim: list[Line] = field(default_factory=list)
    _aim_at: int = 0
    _carried: list[Fragment] = field(default_factory=list)
    _open_label: tuple[Role, list[Line]] | None = None

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
        if number in self.pages and self._active and not is_row(text):
            self._move(position)
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
        elif self._title and self._title.open(gap=self._gap) and self._is_statement(text):
            self._title.add(number, bare, gap=self._gap)
        elif self._begins_above(bare, text):
            self._end_row()
            self._active, self._loose = False, [(number, text)]
        elif not self._active:
            self._loose.append((number, text))
        elif self._is_centred and not is_row(text):
            return self._read_group(position)
        else:
            self._read_row(number, text)
        self._gap = False
        return 1

    def _begins_above(self, bare: str, text: str) -> bool:
        """Whether a control begins that stands above the table of its tests."""
        if not self._active or {Role.NUMBER, Role.CONTROL, Role.CONTROL_OR_TEST}.intersection(self._roles):
            return False
        found = number_in(bare)
        return bool(found and found.marked and not text[:1].isspace()) and (
            is_label_of_control(bare) or not (found and criterion_in(bare))
        )

    def _read_loose(self, roles: Sequence[Role | None]) -> None:
        """Reads the lines above a table that has no column of controls: its control stands there."""
        loose, self._loose = self._loose, []
        if loose and not {Role.NUMBER, Role.CONTROL, Role.CONTROL_OR_TEST}.intersection(roles):
            self._end_row()
            self.cells.extend(BlockReader(loose).read())

    def _read_group(self, position: int) -> int:
        """Reads the lines up to a blank one as one row, where cells stand at half the height of their row."""
        group: list[Line] = []
        for number, text in self.lines[position:]:
            if not text.strip() or objective_in(text) or (group and number in self.pages):
                break
            group.append((number, text))
        parts: dict[int, list[Line]] = {}
        for number, text in group:
            for column, cell in enumerate(cells_of(text, self._starts)):
                if cell:
                    parts.setdefault(column, []).append((number, cell))
        given = [
            (role, " ".join(cell for _, cell in parts[n])) for n, role in enumerate(self._roles) if role and n in parts
        ]
        lines = {role: (parts[n][0][0], parts[n][-1][0]) for n, role in enumerate(self._roles) if role and n in parts}
        self._end_title()
        self._begin_row(group[0][0], given)
        assert self._row is not None
        for role, cell in given:
            text = self._without_number(role, cell)
            self._row.add_whole(role, group[0][0], text, lines[role][1], gap=self._gap)
        self._gap = False
        return len(group)

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
        found = heading_at(self.lines, position)
        if found is None:
            return 0
        roles, starts, size, self._words = found
        below = [line for _, line in self._block(position + size)]
        at = starts_of(starts, below)
        self._take_heading(roles, at, number, f"columns at {'/'.join(map(str, at))}")
        if Role.NUMBER in roles:
            texts = [text for _, text in self.lines[position + size : position + size + _LONGEST_BLOCK]]
            self._is_centred = is_centred(texts, at, roles.index(Role.NUMBER))
        return size

    def _repeated(self, line: int, cells: Sequence[str]) -> int:
        """A repeated heading whose last cell runs into the cell that goes on below it, as where lines were joined."""
        words, last = self._words, clean(cells[-1])
        joined = (
            self._active and [clean(cell) for cell in cells[:-1]] == words[:-1] and last.startswith(f"{words[-1]} ")
        )
        if not joined or self._roles[0] is None:
            return 0
        self._end_title()
        self._read_row(line, last[len(words[-1]) :].strip() + "\t" * (len(words) - 1))
        return 1

    def _take_heading(self, roles: list[Role | None], starts: tuple[int, ...], line: int, how: str) -> None:
        self._end_title()
        if roles != self._roles:
            self._end_row()
            self._last = None
        self._read_loose(roles)
        self._roles, self._starts, self._active = roles, starts, True
        self.headings[line] = roles
        self.ways.append(how)

    def _block(self, position: int) -> Iterator[Line]:
        """The lines from there to the next page, heading or title."""
        for index in range(position, len(self.lines)):
            number, text = self.lines[index]
            if index > position and (number in self.pages or objective_in(text)):
                return
            if index - position > _LONGEST_BLOCK:
                return
            if segments(text) and not (index > position and heading_at(self.lines, index)):
                yield number, text
            elif text.strip():
                return

    def _move(self, position: int) -> None:
        """A page without a heading of its own: its columns begin near those of the page before."""
        if self._starts:
            self._starts = starts_of(self._starts, [line for _, line in self._block(position)])

    def _title_at(self, line: int, bare: str, text: str) -> Title | None:
        if len(segments(text)) > 2 or (is_row(text) and sum(bool(c.strip()) for c in row_cells(text)) > 1):
            return None
        title = begin_title(line, bare)
        return None if title is None or (self._active and title.role in self._roles) else title

    def _begin_title(self, title: Title) -> None:
        self._end_title()
        self._end_answer()
        if title.key != self._current:
            self._end_row()
            self._last = None if title.role is Role.OBJECTIVE else self._last
        self._title = title

    def _is_statement(self, text: str) -> bool:
        """Whether a line below a title is its statement, and no row of a table."""
        if is_row(text):
            cells = [cell for cell in row_cells(text) if cell.strip()]
            return len(cells) == 1 and not _numbered(cells[0])
        return len(segments(text)) <= 2 and not (_numbered(text) and self._active) and not label_in(text)

    def _end_title(self) -> None:
        if self._title is not None:
            self.cells.extend(self._title.cells(again=self._title.key == self._current))
            self._parted = None if self._title.statement or self._title.key == self._current else self._title
            self._current = self._title.key
            self._title = None

    def _read_row(self, line: int, text: str) -> None:
        if is_row(text):
            cells = row_cells(text, len(self._roles))
        elif not self._starts or crosses(text, self._starts) or self._goes_on_outside(text):
            self._outside(line, text)
            return
        else:
            cells = cells_of(text, self._starts)
        if len(cells) < len(self._roles):
            cells += [""] * (len(self._roles) - len(cells))
        if any(cell.strip() for cell in cells[len(self._roles) :]):
            self._break(line, "the row has more cells than its table has columns")
            return
        self._end_title()
        self._end_answer()
        self._is_outside = False
        given = [(role, cell) for role, cell in zip(self._roles, cells, strict=False) if role and cell.strip()]
        given = [(self._tier(role, cell), cell) for role, cell in given]
        given = [one for one in given if not self._is_aim(line, *one)]
        self._begin_row(line, given)
        if self._row is not None:
            if self._is_stray(dict(given)):
                self._break(line, "in which column these words stand is not told")
            for role, cell in given:
                self._row.add(role, line, self._without_number(role, cell), gap=self._gap)
            for known, word, cell in zip(self._roles, self._words, cells, strict=False):
                if known is None and word and cell.strip(" –-"):
                    self._row.add_other(word, line, cell)

    def _is_stray(self, by_role: dict[Role, str]) -> bool:
        """Whether words stand in the column of numbers that are no number."""
        cell = clean(by_role.get(Role.NUMBER, ""))
        return bool(cell) and number_in(cell) is None and bool(re.search(r"[a-z]{2}", cell))

    def _break(self, line: int, why: str) -> None:
        """Names a line that can not be read; the row that it breaks states but its number."""
        self.doubts.append((line, f"{why}: the control is not read"))
        if self._row is not None:
            self._row.is_broken = True

    def _is_aim(self, line: int, role: Role, cell: str) -> bool:
        """Takes the words of an objective whose title and statement stand in the first column of its controls."""
        if role is not Role.OBJECTIVE or self._roles[0] is not Role.OBJECTIVE:
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
                self.cells[self._aim_at : self._aim_at] = list(title.cells(again=False))
            self._aim = []

    def _tier(self, role: Role, cell: str) -> Role:
        """Which of two headings over a column a cell belongs to, by its words and by what the row has already."""
        tested = self._row is not None and Role.PROCEDURE in self._row.cells
        if role is Role.CONTROL_OR_TEST:
            return Role.PROCEDURE if tested or begins_test(clean(cell)) else Role.CONTROL
        if role is Role.ATTRIBUTE_OR_RESULT:
            if not tested and frequency_of(clean(cell)):
                return Role.FREQUENCY
            return Role.NATURE if not tested and nature_of(clean(cell)) else Role.RESULT
        return role

    def _outside(self, line: int, text: str) -> None:
        """A line across all columns: a labelled response to what stands above, or nothing of the table."""
        labelled = label_in(text)
        if labelled and labelled[0] is Role.RESPONSE:
            number = labelled[2] if number_in(labelled[2]) or criterion_in(labelled[2]) else ""
            self._end_answer()
            self._answer = Cell(Role.RESPONSE, labelled[1], line, line, number)
        elif self._answer is not None and not self._gap:
            words = f"{self._answer.text} {clean(text)}".strip()
            self._answer = replace(self._answer, text=words, last_line=line)
        self._is_outside = True

    def _goes_on_outside(self, text: str) -> bool:
        """Whether a short line goes on with a paragraph across all columns."""
        return self._is_outside and not self._gap and len(segments(text)) == 1 and not _numbered(text)

    def _end_answer(self) -> None:
        if self._answer is not None:
            if not self._answer.number:
                self._end_row()
            self._answers.append(self._answer)
            self._answer = None
            self.cells.extend(self._answers)
            self._answers.clear()

    def _begin_row(self, line: int, given: Sequence[tuple[Role, str]]) -> None:
        by_role = dict(given)
        found = self._new_number(by_role)
        if found is not None:
            self._end_row()
            bracket = bracketed_role(self._words, self._roles)
            self._row, self._last = Row(found.number, line, bracket=bracket), found.number
            self._number_written = False
        elif self._begins_criterion(by_role):
            self._end_row()
            self._row = Row()
        elif self._row is None:
            self._row = Row()

    def _begins_criterion(self, by_role: dict[Role, str]) -> bool:
        """Whether another criterion begins in the first column."""
        cell = by_role.get(Role.CRITERION, "")
        leading = Role.CRITERION in self._roles and self._roles.index(Role.CRITERION) == 0
        above = self._row.cells.get(Role.CRITERION, []) if self._row else []
        if above and re.search(r"(?:[,;&]|\band)$", above[-1].text):
            return False
        control = clean(by_role.get(Role.CONTROL, ""))
        return leading and bool(criterion_in(cell)) and (self._gap or (bool(control) and not control[0].islower()))

    def _new_number(self, by_role: dict[Role, str]) -> Numbered | None:
        if Role.NUMBER in self._roles:
            cell = clean(by_role.get(Role.NUMBER, ""))
            found = number_in(cell) if cell else None
            # Among numbers with letters one without is that of a page.
            alike = self._last is None or self._last[0].isdigit() or bool(found and found.letters)
            return found if alike else None
        found = number_in(clean(by_role.get(Role.CONTROL, "")))
        if found is None or not found.marked or (self.letters is not None and found.letters not in self.letters):
            return None
        again = found.number == self._last and Role.PROCEDURE not in self._roles and self._gap
        return found if again or follows(found.number, self._last) else None

    def _without_number(self, role: Role, cell: str) -> str:
        """The wording of a control without its number, where both stand in one cell."""
        if role is Role.CONTROL and Role.NUMBER not in self._roles and not self._number_written:
            self._number_written = True
            found = number_in(clean(cell))
            if found and self._row is not None and found.number == self._row.number:
                return found.rest or " "
        return cell

    def _end_row(self) -> None:
        if self._row is None:
            return
        row, self._row = self._row, None
        leading = Role.CRITERION in self._roles and self._roles.index(Role.CRITERION) == 0
        if leading and row.number:
            self._carried = row.cells.setdefault(Role.CRITERION, self._carried)
        self.cells.extend(row.read())


_LONGEST_BLOCK = 90


def _numbered(text: str) -> bool:
    found = number_in(clean(text))
    return bool(found and found.marked)
