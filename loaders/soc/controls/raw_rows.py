"""Rows of tables of controls whose cells come in reading order: which tests and results are those of which control."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.layout.hyphens import glued
from loaders.layout.text import ends_sentence
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.results import count_in, result_of
from loaders.soc.controls.values import Cell

Doubts = list[tuple[int, str]]

_WORD = re.compile(r"[a-z]{4,}|\d+")
_COMMON = frozenset(
    (
        *("inspected", "enquired", "inquired", "observed", "examined", "obtained", "selected", "noted", "sample"),
        *("evidence", "with", "that", "were", "from", "each", "which", "their", "this", "have", "been", "controls"),
        *("control", "period", "during", "management", "performed", "process", "days", "months", "during", "record"),
        *("records", "list", "whether", "determined", "items", "reviewed", "compared", "before", "after", "the"),
    )
)
_FEWEST_SHARED = 3


@dataclass(slots=True)
class RawRow:
    """A control with the cells that follow it; a broken one has tests that are not told apart."""

    control: Cell
    cells: list[Cell] = field(default_factory=list)
    is_broken: bool = False

    @property
    def last(self) -> Cell:
        """The cell that came last."""
        return self.cells[-1] if self.cells else self.control

    def of(self, role: Role) -> list[Cell]:
        """The cells of a role."""
        return [cell for cell in self.cells if cell.role is role]

    def replace(self, cell: Cell, other: Cell) -> None:
        """Puts another cell in the place of one."""
        if cell is self.control:
            self.control = other
        else:
            self.cells[self.cells.index(cell)] = other

    def break_(self, doubts: Doubts) -> None:
        """Names the row as one whose tests are not told apart."""
        if not self.is_broken:
            said = f"the tests and results of control {self.control.number} are not told apart; they are not read"
            doubts.append((self.control.first_line, said))
        self.is_broken = True

    def close(self, doubts: Doubts) -> None:
        """Breaks the row where a test or a result of it is cut, or a test has no result."""
        tests, results = self.of(Role.PROCEDURE), self.of(Role.RESULT)
        if bool(tests) != bool(results) or not all(ends_sentence(cell.text) for cell in (*tests, *results)):
            self.break_(doubts)

    def read(self) -> Iterator[Cell]:
        """The cells that are told: the control with its wording where that is whole, and its tests."""
        whole = not self.control.text or ends_sentence(self.control.text) or not self.is_broken
        yield self.control if whole else replace(self.control, text="")
        if not self.is_broken:
            yield from self.cells


def rows_of(cells: Sequence[Cell], before: RawRow | None, doubts: Doubts) -> list[RawRow]:
    """The rows of a table, or of the part of it on one page; what belongs to none without doubt is named.

    `before` is the last row of the page before, whose cells may go on.
    """
    found: list[RawRow] = []
    for group in _with_results(list(_groups(cells))):
        controls = [cell for cell in group if cell.role is Role.CONTROL]
        rest = group[len(controls) :]
        if not controls:
            _go_on_from(before, rest, doubts)
        elif len(controls) > 1:
            found.extend(_by_column(controls, rest, doubts))
        else:
            found.append(_by_row(controls[0], rest, found, doubts))
    return found


def _with_results(groups: list[list[Cell]]) -> list[list[Cell]]:
    """The rows, each with its result where those of several follow the last of them, one for each in their order."""
    without: list[list[Cell]] = []
    for group in groups:
        order = "".join(_LETTERS.get(cell.role, "?") for cell in group)
        if re.fullmatch("CP+", order):
            without.append(group)
            continue
        told = re.fullmatch("CP+(?P<results>RR+)", order)
        if told and without and len(told["results"]) == len(without) + 1:
            results = group[told.start("results") :]
            del group[told.start("results") + 1 :]
            for row, result in zip([*without, group], results, strict=True):
                row[len(row) - (row is group) :] = [result]
        without = []
    return groups


_LETTERS = {Role.CONTROL: "C", Role.PROCEDURE: "P", Role.RESULT: "R"}


def _groups(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """The cells from each run of controls to the next one."""
    held: list[Cell] = []
    for cell in cells:
        if cell.role is Role.CONTROL and held and held[-1].role is not Role.CONTROL:
            yield held
            held = []
        held.append(cell)
    if held:
        yield held


def _by_row(control: Cell, rest: Sequence[Cell], above: Sequence[RawRow], doubts: Doubts) -> RawRow:
    """A control with the tests and results that follow it; a test below the result is of that of which it speaks."""
    row = RawRow(control)
    for cell in rest:
        _add(row, cell)
    _end_below_result(row, doubts)
    order = "".join("R" if cell.role is Role.RESULT else "P" for cell in row.cells if cell.role in _TESTING)
    astray = _ASTRAY.fullmatch(order)
    if astray:
        loose = row.of(Role.PROCEDURE)[-len(astray["loose"]) :]
        row.cells = [cell for cell in row.cells if cell not in loose]
        for cell in loose:
            _give_astray(cell, [*above, row], doubts)
    elif not _IN_ORDER.fullmatch(order) or row.of(Role.REMARK):
        row.break_(doubts)
    for cell in row.of(Role.PROCEDURE)[1:]:
        if _of_whom(cell, [*above, row]) in above:
            row.cells.remove(cell)
            doubts.append((cell.first_line, f"the test stands beside {control.number} and speaks of another control"))
    return row


def _end_below_result(row: RawRow, doubts: Doubts) -> None:
    """Takes words of no known kind away that stand below a result which asks for no more."""
    while row.last.role is Role.REMARK and row.last.text:
        above = next((cell for cell in reversed(row.cells) if cell.role is not Role.REMARK), row.control)
        if above.role is not Role.RESULT or result_of(above.text) == "deviation":
            return
        said = f"to what these words belong is not told: {row.last.text!r}"
        doubts.append((row.cells.pop().first_line, said))


_TESTING = (Role.PROCEDURE, Role.RESULT)
_IN_ORDER = re.compile(r"(?:P+R|(?:PR)+|PPRR|PPPRRR)?")
_ASTRAY = re.compile(r"P+R(?P<loose>P+)")


def _add(row: RawRow, cell: Cell) -> None:
    """Adds a cell to a row; words of no known kind go on with the cell above, where that is cut."""
    last = row.last
    if cell.role is not Role.REMARK or not cell.text:
        row.cells.append(cell)
    elif label := label_in(cell.text):
        row.cells.append(replace(cell, role=label[0], text=label[1]) if label[0] is Role.RESPONSE else cell)
    elif (cell.text[:1].islower() and not ends_sentence(last.text)) or _is_deviation(last, cell) or not last.text:
        row.replace(last, replace(last, text=glued(last.text, cell.text), last_line=cell.last_line))
    else:
        row.cells.append(cell)


def _is_deviation(above: Cell, cell: Cell) -> bool:
    """Whether a cell says what a deviation was of which the one above but says that it was noted."""
    noted = above.role is Role.RESULT and result_of(above.text) == "deviation"
    return noted and ends_sentence(cell.text) and count_in(cell.text) is not None


def _by_column(controls: Sequence[Cell], rest: Sequence[Cell], doubts: Doubts) -> list[RawRow]:
    """Controls whose tests all follow them, and whose results follow these: as many of each, or they are not told."""
    size, bare = len(controls), not any(control.text for control in controls)
    if bare and all(cell.role is Role.REMARK for cell in rest[:size]) and len(rest) >= size:
        worded = zip(controls, rest[:size], strict=True)
        controls = [replace(one, text=cell.text, last_line=cell.last_line) for one, cell in worded]
        rest = rest[size:]
    rows = [RawRow(control) for control in controls]
    roles = [cell.role for cell in rest]
    if roles == [Role.PROCEDURE] * size + [Role.RESULT] * size:
        for row, test, result in zip(rows, rest[:size], rest[size:], strict=True):
            row.cells = [test, result]
    elif rest:
        for row in rows:
            row.break_(doubts)
    return rows


def _go_on_from(row: RawRow | None, cells: Sequence[Cell], doubts: Doubts) -> None:
    """Gives what stands above the first control of a page to the last one of the page before."""
    if row is None or not cells:
        return
    cut = [cell for cell in (row.control, *row.cells) if not ends_sentence(cell.text)]
    rest = [cell for cell in cells if cell.role is Role.REMARK]
    more = [cell for cell in cells if cell.role is not Role.REMARK]
    results = [result_of(cell.text) for cell in row.of(Role.RESULT)]
    if len(rest) != len(cut) or (more and results not in ([], ["no_deviation"])):
        row.break_(doubts)
        return
    for begun, cell in zip(cut, rest, strict=True):
        row.replace(begun, replace(begun, text=glued(begun.text, cell.text), last_line=cell.last_line))
    tests = [cell for cell in more if cell.role is Role.PROCEDURE]
    row.cells[len(row.of(Role.PROCEDURE)) : 0] = tests
    row.cells.extend(cell for cell in more if cell not in tests)


def _give_astray(cell: Cell, rows: Sequence[RawRow], doubts: Doubts) -> None:
    """Gives a test that stands apart to the one control on its page of whose words it speaks."""
    row = _of_whom(cell, rows)
    if row is None:
        doubts.append((cell.first_line, f"of which control this is a test is not told: {cell.text!r}"))
        return
    at = max(n for n, one in enumerate(row.cells) if one.role is Role.PROCEDURE) + 1
    row.cells.insert(at, cell)


def _of_whom(cell: Cell, rows: Sequence[RawRow]) -> RawRow | None:
    """The one of the controls whose wording a text takes up, where it takes up hardly a word of the others."""
    said = _words(cell.text)
    shared = sorted(((len(said & _words(row.control.text)), n) for n, row in enumerate(rows)), reverse=True)
    most, at = shared[0]
    next_ = shared[1][0] if len(shared) > 1 else 0
    return rows[at] if most >= _FEWEST_SHARED and _FEWEST_SHARED * next_ <= most else None


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower()) if word not in _COMMON)


_STEM = 6
