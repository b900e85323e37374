"""Control objectives, criteria, controls, tests and deviations of a report of a service auditor become facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.identifiers import identify, identify_below
from loaders.layout.layout import Piece
from loaders.soc.controls.attribute_facts import Attributes
from loaders.soc.controls.attribute_registers import AttributeRegisters
from loaders.soc.controls.matrix_facts import MatrixFacts
from loaders.soc.controls.reading import ControlsRead, read_tables
from loaders.soc.controls.responses import state_responses
from loaders.soc.controls.result_facts import Tests
from loaders.soc.controls.telling import Telling
from loaders.soc.controls.values import ControlRow, CriterionRow, ObjectiveRow, Tables
from loaders.soc.other_requirements import OtherRequirements, other_requirements
from loaders.soc.profile import read_profile
from loaders.soc.reading import Reading

TRUST_SERVICES_CRITERIA = "Trust Services Criteria"
_RESULT_WITHIN = re.compile(r"(?<=[a-z,] )(?:No (?:relevant )?(?:exception|deviation)|(?:Exception|Deviation))s?\b")


def read_controls(reading: Reading, pieces: Sequence[Piece]) -> ControlsRead:
    """States all objectives, criteria, controls and tests; warns where their tables are not whole.

    Among the pieces of the report may be tables of its controls' attributes.
    """
    read = read_tables(reading.document)
    _note_gaps(reading, read)
    facts = _Facts(Telling(reading, read))
    facts.state()
    AttributeRegisters(facts.told, facts.attributes).state(pieces)
    state_responses(reading, read, facts.tests.responses)
    if read.lines:
        for remark in read.remarks:
            reading.notes.see(read.line(read.lines[0][0]), read.line(read.lines[-1][0]), remark)
    for line, doubt in read.tables.doubts:
        facts.warn(line, doubt)
    return read


def requirement_id(code: str) -> str:
    """The id of a trust services criterion, which all reports share."""
    return identify("Requirement", TRUST_SERVICES_CRITERIA, code)


def _note_gaps(reading: Reading, read: ControlsRead) -> None:
    """Doubts where no control could be read; drops what stands in rows that are not whole."""
    tables = read.tables
    if not tables.objectives and not tables.controls and not tables.criteria:
        if read.lines:
            tables.doubts.append((read.lines[0][0], "no control could be read in the part that begins here"))
        else:
            reading.notes.warn(len(reading.document.lines), "the document ends, and no table of its controls was found")
        return
    ends = not any(text.strip() for _, text in read.after)
    last = next(reversed(tables.controls.values()), None)
    if ends and last and tables.tested and last.tests and not last.tests[-1].result:
        _drop(tables, last)
    _drop_tests(tables)


def _drop(tables: Tables, control: ControlRow) -> None:
    """Takes away the last control of a document that ends before its result."""
    said = f"control {_called(control)} has no result of its last test, with which the document ends; it is not read"
    tables.doubts.append((control.first_line, said))
    tables.controls = {key: one for key, one in tables.controls.items() if one is not control}
    for objective in tables.objectives.values():
        objective.controls = [one for one in objective.controls if one is not control]


def _drop_tests(tables: Tables) -> None:
    """Takes away tests without a result in whose procedure words of one stand: their cells are mixed."""
    for control in tables.controls.values():
        mixed = [test for test in control.tests if not test.result and _RESULT_WITHIN.search(test.procedure)]
        for test in mixed:
            said = f"the cells of a test of control {_called(control)} are not told apart; it is not read"
            tables.doubts.append((test.first_line, said))
        if mixed:
            control.tests = []


def _called(control: ControlRow) -> str:
    below = control.number.isdigit() and control.objective
    return f"{control.objective}.{control.number}" if below else control.number


class _Facts:
    """Writes the facts of the tables of one report into its notebook."""

    def __init__(self, told: Telling) -> None:
        self.told, self.reading, self.read = told, told.reading, told.read
        self.tables, self.notes, self.cite, self.warn = told.read.tables, told.reading.notes, told.cite, told.warn
        self.attributes, self.tests = Attributes(told), Tests(told)

    def state(self) -> None:
        """States everything, in the order of the report."""
        for objective in self.tables.objectives.values():
            self._state_objective(objective)
        for criterion in self.tables.criteria.values():
            self._state_criterion(criterion)
        for control in self.tables.controls.values():
            self._state_control(control)
        MatrixFacts(self.told).state()
        others = other_requirements(self.reading)
        for control in self.tables.controls.values():
            self.attributes.state_beside_criteria(control, others)
        self._state_excluded(others)
        self._warn_of_gaps()

    def _objective_id(self, number: str) -> str:
        return identify_below("ControlObjective", self.reading.assessment, number)

    def _state_objective(self, objective: ObjectiveRow) -> None:
        id_ = self._objective_id(objective.number)
        name = objective.title or f"Control Objective {objective.number}"
        for place in objective.places:
            stated = place not in objective.others and (place[1] > place[0] or not objective.title)
            statement = objective.statement if stated else None
            if place in objective.others:
                self.warn(place[0], f"control objective {objective.number} is worded otherwise than above")
            self.notes.state(
                "ControlObjective",
                id_,
                self.cite(place),
                number=objective.number,
                name=name,
                statement=statement or None,
            )
            if objective.title:
                self.notes.name(id_, name, "canonical", self.cite(place))
            self.notes.link("HAS_OBJECTIVE", self.reading.assessment, id_, self.cite(place))

    def _state_criterion(self, criterion: CriterionRow) -> None:
        id_, framework = requirement_id(criterion.code), identify("Framework", TRUST_SERVICES_CRITERIA)
        for place in criterion.places:
            cited = self.cite(place)
            statement = criterion.statement if place in criterion.stated else None
            self.notes.state("Framework", framework, cited, 2, name=TRUST_SERVICES_CRITERIA)
            self.notes.state(
                "Requirement",
                id_,
                cited,
                name=criterion.code,
                code=criterion.code,
                kind="criterion",
                statement=statement,
            )
            self.notes.link("HAS_REQUIREMENT", framework, id_, cited)
            self._evaluate(criterion, id_, cited)

    def _state_excluded(self, others: OtherRequirements) -> None:
        """States which requirements of other frameworks do not apply, and why."""
        met = {link.end for link in self.notes.links("ADDRESSES")}
        for one in self.tables.excluded:
            requirement = others.find(one.number)
            said = f"{one.number} is declared not applicable, "
            if requirement is None:
                self.warn(one.first_line, f"{said}and is the code of no one framework of the report; it is not read")
            elif requirement in met:
                self.warn(one.first_line, f"{said}and controls meet it")
            else:
                cited = self.cite((one.first_line, one.last_line))
                others.state(requirement, cited)
                why = {"applicable": False, "rationale": one.text or None}
                self.notes.link("EVALUATES", self.reading.assessment, requirement, cited, **why)

    def _evaluate(self, criterion: CriterionRow, id_: str, cited: str) -> None:
        rationale = criterion.rationale
        if rationale is None:
            self.notes.link("EVALUATES", self.reading.assessment, id_, cited, applicable=True)
        else:
            why = self.cite((rationale.first_line, rationale.last_line))
            said = {"applicable": False, "rationale": rationale.text or None}
            self.notes.link("EVALUATES", self.reading.assessment, id_, why, **said)

    def _state_control(self, control: ControlRow) -> None:
        number, id_ = self.told.number(control), self.told.id_of(control)
        row = self.cite((control.first_line, control.first_line))
        whole = self.cite((control.first_line, control.last_line))
        title = read_profile(self.reading.provider.key).title(self.reading.assessment, number)
        marked = any(other.specific_to for other in self.tables.controls.values())
        specific = bool(control.specific_to) if marked else None
        self.notes.state("Control", id_, row, name=number, number=number, service_specific=specific, title=title)
        self.notes.state("Control", id_, whole, name=number, statement=control.statement or None)
        self.notes.name(id_, number, "canonical", row)
        self.notes.link("HAS_CONTROL", self.reading.assessment, id_, row)
        for place in control.places[1:]:
            self.notes.state("Control", id_, self.cite(place), name=number, number=number)
        self._state_aims(control, id_)
        self._state_services(control, id_, row)
        self.attributes.state(control, id_, number)
        self.tests.state(control, id_, number)

    def _state_aims(self, control: ControlRow, id_: str) -> None:
        for number, places in control.objectives.items():
            if number in self.tables.objectives:
                cited = dict.fromkeys(self.cite(place) for place in places)
                self.notes.link("ACHIEVES", id_, self._objective_id(number), *cited)
            else:
                said = f"control {control.number} names objective {number}, which the report does not state"
                self.warn(places[0][0], said)
        for code, places in control.criteria.items():
            cited = dict.fromkeys(self.cite(place) for place in places)
            self.notes.link("ADDRESSES", id_, requirement_id(code), *cited)

    def _state_services(self, control: ControlRow, id_: str, row: str) -> None:
        for name in control.specific_to:
            service = self.reading.resolve("Service", name, self.read.line(control.first_line))
            self.reading.state_service(service, row, 2)
            self.notes.link("SPECIFIC_TO", id_, service.id, row)

    def _warn_of_gaps(self) -> None:
        for objective in self.tables.objectives.values():
            if not any(objective.number in c.objectives for c in self.tables.controls.values()):
                line = objective.places[0][0]
                self.warn(line, f"no control stands under control objective {objective.number}")
            last = 0
            for control in objective.controls:
                if not self.told.completed(control).rsplit(".", 1)[-1].isdigit():
                    continue
                now = int(self.told.completed(control).rsplit(".", 1)[-1])
                if now != last + 1 and control.number[:1].isdigit():
                    said = f"the controls before {self.told.completed(control)} are missing"
                    self.warn(control.first_line, said)
                last = now
