"""Control objectives, criteria, controls, tests and deviations of a report of a service auditor become facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from graph.errors import BrokenDocument
from graph.identifiers import identify, identify_below
from graph.records import Value
from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.deviations import deviations_in
from loaders.soc.controls.labels import Role
from loaders.soc.controls.prefix import usual_prefix
from loaders.soc.controls.reading import ControlsRead, read_tables
from loaders.soc.controls.responses import Response, state_responses
from loaders.soc.controls.results import had_no_occasion, methods_of, result_of
from loaders.soc.controls.values import Cell, ControlRow, CriterionRow, ObjectiveRow, Test
from loaders.soc.profile import read_profile
from loaders.soc.reading import Reading

TRUST_SERVICES_CRITERIA = "Trust Services Criteria"


def read_controls(reading: Reading) -> ControlsRead:
    """States all objectives, criteria, controls and tests; raises `BrokenDocument` where their tables are not whole."""
    read = read_tables(reading.document)
    _must_be_whole(reading, read)
    facts = _Facts(reading, read)
    facts.state()
    state_responses(reading, read, facts.responses)
    for line, doubt in read.tables.doubts:
        facts.warn(line, doubt)
    return read


def requirement_id(code: str) -> str:
    """The id of a trust services criterion, which all reports share."""
    return identify("Requirement", TRUST_SERVICES_CRITERIA, code)


def _must_be_whole(reading: Reading, read: ControlsRead) -> None:
    tables, where, end = read.tables, reading.document.where, len(reading.document.lines)
    if not tables.objectives and not tables.controls and not tables.criteria:
        if read.lines:
            tables.doubts.append((read.lines[0][0], "no control could be read in the part that begins here"))
            return
        valid = "a whole report has tables of its controls"
        raise BrokenDocument(where, end, "the document ends before its controls", valid)
    last = list(tables.objectives.values())[-1:]
    served = {number for control in tables.controls.values() for number in control.objectives}
    if last and tables.controls and not last[0].controls and last[0].number not in served:
        why = f"control objective {last[0].number} has no controls"
        raise BrokenDocument(where, last[0].places[-1][0], why, "each objective has a table of controls")
    final = list(tables.controls.values())[-1:]
    if tables.tested and final and final[0].tests and not final[0].tests[-1].result:
        number = _completed(final[0], {})
        why = f"control {number} has no result of its last test"
        raise BrokenDocument(where, final[0].first_line, why, "each control has tests with results")


def _completed(control: ControlRow, bare: dict[str, bool]) -> str:
    """The number with that of the objective, which tables leave out below its title."""
    if not control.number.isdigit() or not control.objective or not bare.get("restart", True):
        return control.number
    return f"{control.objective}.{control.number}"


_CODE = re.compile(r"[\w§][\w.()/-]*[\w)]")
_COMPANY = re.compile(
    r"(?:\b(?:LLC|Inc|Incorporated|Ltd|Limited|Corp|Corporation|Company|LLP|PLC|plc|GmbH|AG|SE|S\.?A|SAS|B\.?V"
    r"|N\.?V|AS|ASA|AB|Oy|SIA|ApS|A/S|Pty|Pte|Co|S\.?p\.?A|s\.r\.o|K\.K|KK)\b\.?)\s*$"
)


_EXPLICIT = re.compile(
    r"\s+(?:criteri(?:a|on)|requirements?|safeguards?|references?|controls?|articles?|clauses?)$", re.IGNORECASE
)
_PERFORMED = re.compile(
    r"(?P<numbers>[A-Z0-9][\w.-]*(?:(?:,| and|, and)\s+[A-Z0-9][\w.-]*)*) (?:is|are) performed by"
    r" (?P<name>[A-Z][^;,]{2,80}(?:,\s+(?:Inc|LLC|Ltd)\.?)?)"
)
_NUMBERS = re.compile(r"[A-Z0-9][\w.-]*\w")


class _Facts:
    """Writes the facts of the tables of one report into its notebook."""

    def __init__(self, reading: Reading, read: ControlsRead) -> None:
        tables = read.tables
        self.reading, self.read, self.tables, self.notes = reading, read, tables, reading.notes
        counts = Counter(control.number for control in tables.controls.values() if control.number.isdigit())
        self._bare = {"restart": any(n > 1 for n in counts.values()) or len(tables.objectives) == 1}
        self._controls = {_completed(c, self._bare): c for c in tables.controls.values()}
        numbers = frozenset(n for n, c in self._controls.items() if n[:1].isdigit())
        self._prefix = usual_prefix(reading.layout.pieces, numbers)
        self._doubted = set[str]()
        self._told_performers = [line for line in read.lines if " performed by " in line[1]]
        self.responses: list[Response] = []

    def state(self) -> None:
        """States everything, in the order of the report."""
        for objective in self.tables.objectives.values():
            self._state_objective(objective)
        for criterion in self.tables.criteria.values():
            self._state_criterion(criterion)
        for control in self.tables.controls.values():
            self._state_control(control)
        self._warn_of_gaps()

    def cite(self, place: tuple[int, int]) -> str:
        """The citation of lines, below the headings that stand above them."""
        first, last = self.read.line(place[0]), self.read.line(place[1])
        return self.notes.cite(first, last, self.reading.section_at(first))

    def warn(self, line: int, message: str) -> None:
        """Adds a line to the load report, by the number of a line that was read."""
        self.notes.warn(self.read.line(line), message)

    def number(self, control: ControlRow) -> str:
        """The full number of a control, with the prefix under which the narrative cites it."""
        number = _completed(control, self._bare)
        return f"{self._prefix}-{number}" if self._prefix and number[:1].isdigit() else number

    def id_of(self, control: ControlRow) -> str:
        """The id of a control of the report."""
        return identify_below("Control", self.reading.assessment, self.number(control))

    def _objective_id(self, number: str) -> str:
        return identify_below("ControlObjective", self.reading.assessment, number)

    def _state_objective(self, objective: ObjectiveRow) -> None:
        id_ = self._objective_id(objective.number)
        name = objective.title or f"Control Objective {objective.number}"
        for place in objective.places:
            statement = objective.statement if place[1] > place[0] or not objective.title else None
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

    def _evaluate(self, criterion: CriterionRow, id_: str, cited: str) -> None:
        rationale = criterion.rationale
        if rationale is None:
            self.notes.link("EVALUATES", self.reading.assessment, id_, cited, applicable=True)
        else:
            why = self.cite((rationale.first_line, rationale.last_line))
            said = {"applicable": False, "rationale": rationale.text or None}
            self.notes.link("EVALUATES", self.reading.assessment, id_, why, **said)

    def _state_control(self, control: ControlRow) -> None:
        number, id_ = self.number(control), self.id_of(control)
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
        self._state_attributes(control, id_, number)
        self._state_told_performer(control, id_)
        for ordinal, test in enumerate(control.tests, 1):
            self._state_test(id_, number, ordinal, test, control)
        self._state_operated(control, id_, number)

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

    def _state_attributes(self, control: ControlRow, id_: str, number: str) -> None:
        reads = {Role.FREQUENCY: frequency_of, Role.NATURE: nature_of}
        owned = any(cell.role is Role.OWNER for cell in control.attributes)
        for cell in control.attributes:
            cited = self.cite((cell.first_line, cell.last_line))
            read, role = reads.get(cell.role), cell.role
            if not re.search(r"\w", cell.text):
                continue
            if role is Role.REQUIREMENT:
                self._state_other_requirements(cell, id_, cited)
                continue
            if role is Role.PERFORMER and (owned or self._is_organization(cell.text)):
                self._state_performer(cell, id_, cited)
                continue
            value = read(cell.text) if read else cell.text
            if value is None:
                self.warn(cell.first_line, f"{number}: no known wording of a {role.value}: {cell.text!r}")
            key = "owner" if role is Role.PERFORMER else role.value
            said: dict[str, Value] = {key: value} if value else {}
            self.notes.state("Control", id_, cited, 0, **said)

    def _is_organization(self, text: str) -> bool:
        known = {claim.id for claim in self.notes.claims("Organization")}
        found = self.reading.names.resolve("Organization", text)
        return found.id in known or bool(_COMPANY.search(text)) or self._organizations_named(text) is not None

    def _organizations_named(self, short: str) -> str | None:
        """The one organization of the report whose name begins with a shorter one."""
        claims = self.notes.claims("Organization")
        names = {str(claim.values["name"]) for claim in claims if "name" in claim.values}
        longer = [name for name in names if name.startswith(f"{short} ") and short[:1].isupper()]
        return longer[0] if len(longer) == 1 else None

    def _state_performer(self, cell: Cell, id_: str, cited: str) -> None:
        if not self._is_organization(cell.text):
            return
        name = self._organizations_named(cell.text) or cell.text
        found = self.reading.resolve("Organization", name, self.read.line(cell.first_line))
        if found.id == self.reading.provider.id:
            return
        self.notes.state("Organization", found.id, cited, name=found.name)
        self.reading.state_names(found, cited)
        self.notes.link("PERFORMED_BY", id_, found.id, cited)

    def _state_told_performer(self, control: ControlRow, id_: str) -> None:
        """A sentence of the part with the controls can say who performs one, such as `LA-07 is performed by ...`."""
        for line, text in self._told_performers:
            for found in _PERFORMED.finditer(text):
                if control.number in _NUMBERS.findall(found["numbers"]):
                    cell = Cell(Role.PERFORMER, found["name"].strip(), line, line)
                    self._state_performer(cell, id_, self.cite((line, line)))

    def _state_other_requirements(self, cell: Cell, id_: str, cited: str) -> None:
        """The units of another framework that a column names, where its heading is a framework that is known."""
        explicit = _EXPLICIT.search(cell.number)
        name = _EXPLICIT.sub("", cell.number)
        framework = self.reading.names.resolve("Framework", name)
        if not framework.known and not explicit:
            said = f"{cell.number!r} is the heading of no known framework; what stands below it is not read"
            self.doubt_once(cell.first_line, said)
            return
        framework = self.reading.resolve("Framework", name, self.read.line(cell.first_line))
        self.notes.state("Framework", framework.id, cited, 2, name=framework.name)
        for code in _CODE.findall(cell.text):
            requirement = identify("Requirement", framework.key, code)
            self.notes.state("Requirement", requirement, cited, name=code, code=code)
            self.notes.link("HAS_REQUIREMENT", framework.id, requirement, cited)
            self.notes.link("ADDRESSES", id_, requirement, cited)
            self.notes.link("EVALUATES", self.reading.assessment, requirement, cited, applicable=True)

    def doubt_once(self, line: int, said: str) -> None:
        """Warns of something for the first time alone."""
        if said not in self._doubted:
            self._doubted.add(said)
            self.warn(line, said)

    def _state_test(self, control_id: str, number: str, ordinal: int, test: Test, control: ControlRow) -> None:
        id_ = identify_below("ControlTest", control_id, str(ordinal))
        citation = self.cite((test.first_line, test.last_line))
        methods, result = methods_of(test.procedure), result_of(test.result)
        name = f"{number} test {ordinal}"
        self.notes.state(
            "ControlTest", id_, citation, name=name, ordinal=ordinal, procedure=test.procedure or None, methods=methods
        )
        said = self.cite(test.result_lines) if test.result_lines and test.scope == "control" else citation
        self.notes.state(
            "ControlTest", id_, said, name=name, result=result, result_text=test.result or None, result_scope=test.scope
        )
        self.notes.link("HAS_TEST", control_id, id_, citation)
        for place in test.places:
            self.notes.state("ControlTest", id_, self.cite(place), name=name, procedure=test.procedure)
        for message in _doubts(test, methods, result):
            self.warn(test.first_line, f"{name}: {message}")
        if result == "deviation":
            self._state_deviations(id_, name, said, test, control)

    def _state_deviations(self, test_id: str, name: str, citation: str, test: Test, control: ControlRow) -> None:
        """One result for all tests of a control states its deviations on the test of that sample, else on the first."""
        if test.scope == "control" and test is not _deviating_test(control):
            return
        number, criteria = self.number(control), frozenset(control.criteria)
        for ordinal, deviating in enumerate(deviations_in(test.result), 1):
            id_ = identify_below("Deviation", test_id, str(ordinal))
            count = deviating.count
            self.notes.state(
                "Deviation",
                id_,
                citation,
                name=f"{name} deviation {ordinal}",
                ordinal=ordinal,
                statement=deviating.statement,
                occurrences=count.occurrences if count else None,
                sample_size=count.sample_size if count else None,
            )
            self.notes.link("HAS_DEVIATION", test_id, id_, citation)
            beside = (test.response, test.remediated)
            self.responses.append(Response(id_, f"{name} deviation {ordinal}", number, criteria, deviating, *beside))

    def _state_operated(self, control: ControlRow, id_: str, number: str) -> None:
        for test in control.tests:
            if result_of(test.result) == "not_tested" and had_no_occasion(test.result):
                lines = test.result_lines or (test.first_line, test.last_line)
                self.notes.state("Control", id_, self.cite(lines), operated=False)
        for remark in control.remarks:
            cited = self.cite((remark.first_line, remark.last_line))
            if result_of(remark.text) == "not_tested" and had_no_occasion(remark.text):
                self.notes.state("Control", id_, cited, operated=False)
            else:
                self.warn(remark.first_line, f"{number}: a result without a test: {remark.text!r}")

    def _warn_of_gaps(self) -> None:
        for objective in self.tables.objectives.values():
            if not any(objective.number in c.objectives for c in self.tables.controls.values()):
                line = objective.places[0][0]
                self.warn(line, f"no control stands under control objective {objective.number}")
            last = 0
            for control in objective.controls:
                if not _completed(control, self._bare).rsplit(".", 1)[-1].isdigit():
                    continue
                now = int(_completed(control, self._bare).rsplit(".", 1)[-1])
                if now != last + 1 and control.number[:1].isdigit():
                    said = f"the controls before {_completed(control, self._bare)} are missing"
                    self.warn(control.first_line, said)
                last = now


def _deviating_test(control: ControlRow) -> Test:
    """The test to which a deviation belongs that one result states for all tests: that of its sample size."""
    sizes = {one.count.sample_size for test in control.tests[:1] for one in deviations_in(test.result) if one.count}
    alike = [t for t in control.tests if any(re.search(rf"\b{size}\b", t.procedure) for size in sizes)]
    return alike[0] if len(alike) == 1 else control.tests[0]


def _doubts(test: Test, methods: tuple[str, ...], result: str | None) -> Iterator[str]:
    if not methods:
        yield f"no known verb says how it was tested: {test.procedure!r}"
    if result is None:
        yield f"no known wording of a result: {test.result!r}" if test.result else "no result stands beside it"
