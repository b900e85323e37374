"""How the cells of tables of controls, in the order of reading, become objectives, criteria, controls and tests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from loaders.layout.hyphens import glued
from loaders.soc.controls.brackets import brackets_of
from loaders.soc.controls.cell_labels import holds_label, without_labelled
from loaders.soc.controls.deviations import without_response
from loaders.soc.controls.foreign_codes import codes_in
from loaders.soc.controls.labels import Role
from loaders.soc.controls.numbers import criteria_in
from loaders.soc.controls.pairing import add_tests
from loaders.soc.controls.results import result_of
from loaders.soc.controls.values import Cell, ControlRow, CriterionRow, Fragment, ObjectiveRow, Tables

_LIST = re.compile(r"(?<![\w.-])(?:[A-Z]{1,4}-?)?\d{1,3}(?:\.\d{1,2})*(?![\w-])")
_NOT_APPLICABLE = re.compile(
    r"\W*(?:this (?:criterion|requirement) (?:is |was )?|(?:is |was )?)(?:not applicable|does not apply|N/A)\b"
    r"(?:\s*[.:;,–—-]+|\s+(?:because|as|since)\b)*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Register:
    """Takes cells and keeps the control to which they belong; `unread` are lines of rows that could not be read,
    and of what stands in place of controls.
    """

    unread: frozenset[int] = frozenset()
    tables: Tables = field(default_factory=Tables)
    objective: ObjectiveRow | None = None
    criteria: list[Cell] = field(default_factory=list)
    control: ControlRow | None = None
    _cells: list[Cell] = field(default_factory=list)
    _open: bool = False
    _answers: list[Cell] = field(default_factory=list)
    _mapped: list[Cell] = field(default_factory=list)

    def take(self, cells: Iterable[Cell]) -> None:
        """Takes all cells of a reading."""
        for cell in cells:
            _TAKING[cell.role](self, cell)

    def close(self) -> Tables:
        """What was taken, with each result beside its test."""
        self._finish()
        for cell in self._mapped:
            _map(self.tables, cell)
        for cell in self._answers:
            _answer(self.tables, cell)
        return self.tables

    def take_objective(self, cell: Cell) -> None:
        """A title of an objective, or the statement below it, or the objectives of a control by number."""
        if cell.number and self.objective is not None and self.objective.number == cell.number:
            self.objective.places.append((cell.first_line, cell.last_line))
        elif cell.number:
            self._finish()
            self.control, self.criteria, self._open = None, [], False
            known = self.tables.objectives.setdefault(cell.number, ObjectiveRow(cell.number))
            known.title = known.title or cell.text
            known.places.append((cell.first_line, cell.last_line))
            self.objective = known
        elif self.objective is not None and (cell.first_line, cell.last_line) == self.objective.places[-1]:
            self._word_objective(self.objective, cell)
        elif self.control is not None:
            if self.control.objective and not self.control.stated:
                self.control.objectives.clear()
                self.control.stated = True
            for number in _LIST.findall(cell.text):
                self.control.objectives.setdefault(number, []).append((cell.first_line, cell.last_line))
        elif self.objective is not None:
            self._word_objective(self.objective, cell)

    def _word_objective(self, objective: ObjectiveRow, cell: Cell) -> None:
        """Takes the wording of an objective from the lines of its title, or notes that these have another one."""
        objective.statement = objective.statement or cell.text
        objective.places[-1] = (objective.places[-1][0], cell.last_line)
        if objective.statement != cell.text:
            objective.others.append(objective.places[-1])

    def take_criterion(self, cell: Cell) -> None:
        """A heading of a criterion with its statement, or the criteria of a control by code."""
        where = (cell.first_line, cell.last_line)
        if cell.number and cell.number in {criterion.number for criterion in self.criteria}:
            self._know(cell.number, cell.text, where)
            return
        if cell.number:
            if self._open or self.control is not None or self._has_unread(cell.first_line):
                self._finish()
                self.control, self.criteria, self._open = None, [], False
            self._know(cell.number, cell.text, where)
            self.criteria.append(cell)
            return
        for code in criteria_in(cell.text):
            self._know(code, "", where)
            if self.control is not None:
                self.control.criteria.setdefault(code, []).append(where)
        if self.control is not None:
            self.control.attributes.extend(codes_in(cell))

    def _has_unread(self, line: int) -> bool:
        """Whether a row that could not be read stands between the criteria and a line: they are of its control.

        So it is with a sentence in place of their controls.
        """
        last = self.criteria[-1].last_line if self.criteria else line
        return any(last < row < line for row in self.unread)

    def forget_criteria(self, cell: Cell) -> None:
        """Criteria that stand above a table whose controls have their own are not theirs."""
        self.criteria = []

    def _know(self, code: str, statement: str, where: tuple[int, int]) -> None:
        known = self.tables.criteria.setdefault(code, CriterionRow(code))
        if where not in known.places:
            known.places.append(where)
        if statement and known.statement in ("", statement):
            known.statement = statement
            known.stated.append(where)

    def take_control(self, cell: Cell) -> None:
        """The number of a control with the beginning of its wording, or more of it."""
        if cell.number:
            self._finish()
            self._begin(cell)
        elif self.control is not None and cell.text and not self.control.referred:
            self.control.wording = glued(self.control.wording, cell.text)
            self.control.last_line = max(self.control.last_line, cell.last_line)

    def _begin(self, cell: Cell) -> None:
        where = (cell.first_line, cell.last_line)
        number, objective = cell.number, self.objective.number if self.objective else ""
        key = number if _own(number) else f"{objective}/{number}"
        known = self.tables.controls.get(key)
        if known is None:
            known = ControlRow(objective, number, *where, wording=cell.text)
            self.tables.controls[key] = known
            if self.objective:
                self.objective.controls.append(known)
        elif not known.wording:
            known.objective = known.objective or objective
            known.wording, known.first_line, known.last_line = cell.text, *where
        else:
            known.referred = True
        known.places.append(where)
        for criterion in self.criteria:
            lines = (criterion.first_line, criterion.last_line)
            known.criteria.setdefault(criterion.number, []).extend((lines, where))
        if self.objective:
            self.tables.objectives[objective].places[-1:] = self.tables.objectives[objective].places[-1:]
            known.objectives.setdefault(objective, []).extend((where, self.objective.places[-1]))
        self.control, self._open = known, True

    def take_attribute(self, cell: Cell) -> None:
        """The owner, the frequency or the nature of the control."""
        if self.control is not None and cell.text:
            self.control.attributes.append(cell)

    def take_test(self, cell: Cell) -> None:
        """A procedure, a result or a response, kept until the control is complete."""
        if cell.role is Role.RESPONSE and cell.number and cell.text:
            self._answers.append(cell)
        elif self.control is not None and cell.text:
            said, answer = without_response(cell.text) if cell.role is Role.RESULT else (cell.text, "")
            self._cells.append(replace(cell, text=said))
            if answer:
                self._cells.append(replace(cell, role=Role.RESPONSE, text=answer))
        elif cell.text and self.criteria and says_not_applicable(cell.text):
            for criterion in self.criteria:
                self._exclude(criterion.number, cell)
            self._open = True
        elif cell.text and result_of(cell.text) is not None:
            self.tables.doubts.append((cell.first_line, f"no control stands above {cell.text!r}"))

    def _exclude(self, code: str, cell: Cell) -> None:
        known = self.tables.criteria[code]
        if known.rationale is None or not known.rationale.text:
            known.rationale = replace(cell, text=reason_in(cell.text))

    def take_mapped(self, cell: Cell) -> None:
        """The controls of a criterion or objective by number, or that it does not apply."""
        where = (cell.first_line, cell.last_line)
        for code in criteria_in(cell.number):
            self._know(code, "", where)
            if says_not_applicable(cell.text):
                self._exclude(code, cell)
        self._mapped.append(cell)
        self._open = True

    def _take_brackets(self, control: ControlRow) -> None:
        """What stands in brackets at the end of a control's wording: criteria, who performs it, how often."""
        for text, cell in brackets_of(control):
            control.wording = text
            if cell.role is Role.CRITERION:
                for code in criteria_in(cell.text):
                    self._know(code, "", (cell.first_line, cell.last_line))
                    control.criteria.setdefault(code, []).append((cell.first_line, cell.last_line))
            else:
                control.attributes.append(cell)

    def _take_labelled(self, control: ControlRow) -> None:
        """What labels say at the end of a control's wording; a wording that is not told from them is not stated."""
        whole = Fragment(control.first_line, control.wording, last=control.last_line)
        wording, cells = without_labelled([whole])
        control.wording = " ".join(part.text for part in wording)
        if holds_label(control.wording):
            said = f"the wording of control {control.number} is not told from its labels: {control.wording!r}"
            self.tables.doubts.append((control.first_line, said))
            control.wording, cells = "", []
        for cell in cells:
            _TAKING[cell.role](self, cell)

    def take_remark(self, cell: Cell) -> None:
        """A sentence below a criterion in place of its controls: those of the next criterion are not its own."""
        if self.control is None and self.criteria and not self._open:
            codes = ", ".join(criterion.number for criterion in self.criteria)
            self.tables.doubts.append((cell.first_line, f"no control stands below {codes}, but {cell.text!r}"))
            self._open = True

    def _finish(self) -> None:
        if self.control is not None:
            self._take_labelled(self.control)
            self._take_brackets(self.control)
        if self.control is not None and self._cells:
            add_tests(self.control, self._cells, self.tables)
        if self.control is not None:
            self.control.referred = False
        self._cells = []


_TAKING = {
    Role.OBJECTIVE: Register.take_objective,
    Role.CRITERION: Register.take_criterion,
    Role.NUMBER: Register.take_control,
    Role.CONTROL: Register.take_control,
    Role.OWNER: Register.take_attribute,
    Role.FREQUENCY: Register.take_attribute,
    Role.NATURE: Register.take_attribute,
    Role.PERFORMER: Register.take_attribute,
    Role.PROCEDURE: Register.take_test,
    Role.RESULT: Register.take_test,
    Role.RESPONSE: Register.take_test,
    Role.REMEDIATED: Register.take_test,
    Role.REMARK: Register.take_remark,
    Role.MAPPED: Register.take_mapped,
    Role.REQUIREMENT: Register.take_attribute,
    Role.OWN_CRITERIA: Register.forget_criteria,
}


def says_not_applicable(text: str) -> bool:
    """Whether a text says first that something does not apply."""
    return bool(_NOT_APPLICABLE.match(text))


def names_no_controls(text: str) -> bool:
    """Whether a cell of controls says that there are none."""
    return bool(_NO_CONTROLS.match(text))


_NO_CONTROLS = re.compile(r"\W*(?:none\b|no (?:\w+ )?controls?\b)", re.IGNORECASE)


def reason_in(text: str) -> str:
    """Why something does not apply, without the words that say so; empty where they say no more."""
    return re.sub(r"^\W+|\s+$", "", _NOT_APPLICABLE.sub("", text, count=1))


def _answer(tables: Tables, cell: Cell) -> None:
    """Puts a response that names its control or criterion beside the one deviation there without a response."""
    controls = [c for c in tables.controls.values() if c.number == cell.number or cell.number in c.criteria]
    tests = [t for c in controls for t in c.tests if result_of(t.result) == "deviation" and t.response is None]
    if len(tests) == 1:
        tests[0].response = cell
    else:
        said = f"to which deviation of {cell.number} management responds here is not told"
        tables.doubts.append((cell.first_line, said))


def _map(tables: Tables, cell: Cell) -> None:
    if says_not_applicable(cell.text):
        return
    where = (cell.first_line, cell.last_line)
    by_number = {control.number: control for control in tables.controls.values()}
    for number in _TOKEN.findall(cell.text):
        control = by_number.get(number)
        if control is None:
            said = f"the table maps control {number}, which the report does not state"
            tables.doubts.append((cell.first_line, said))
            continue
        for code in criteria_in(cell.number):
            control.criteria.setdefault(code, []).append(where)
        for objective in [] if criteria_in(cell.number) else _LIST.findall(cell.number):
            control.objectives.setdefault(objective, []).append(where)


_TOKEN = re.compile(r"[\w.-]*\d")


def _own(number: str) -> bool:
    """Whether a number stands for itself; bare counting numbers begin anew under each objective."""
    return not number.isdigit()
