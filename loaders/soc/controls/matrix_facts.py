"""Requirements of another framework, and the controls that a table of the report says meet each, become facts."""

from __future__ import annotations

from dataclasses import dataclass

from graph.identifiers import fold
from loaders.names.resolution import Resolved
from loaders.soc.controls.register import reason_in, says_not_applicable
from loaders.soc.controls.requirement_matrices import Matrix, MatrixRow
from loaders.soc.controls.telling import Telling
from loaders.soc.framework_names import headings_of
from loaders.soc.other_requirements import state_requirement


@dataclass(frozen=True)
class MatrixFacts:
    """States what the tables from requirements to controls say, where the auditor reports against their framework."""

    told: Telling

    def state(self) -> None:
        """States the rows of each table; warns of a table of no framework of the report."""
        for matrix in self.told.read.matrices:
            framework = self._framework(matrix)
            if framework is None:
                first, last = (self.told.read.line(line) for line in matrix.lines)
                said = f"the table in lines {first}-{last} maps controls to requirements of no framework of the report"
                self.told.warn(matrix.lines[0], f"{said}; it is not read")
                continue
            for row in matrix.rows:
                self._state_row(row, framework)

    def _framework(self, matrix: Matrix) -> Resolved | None:
        """The one framework of the report that stands over the table."""
        known = self.told.reading.frameworks
        names = (fold(heading) for name in matrix.frameworks for heading in headings_of(name))
        found = {known[name].id: known[name] for name in names if name in known}
        return next(iter(found.values())) if len(found) == 1 else None

    def _state_row(self, row: MatrixRow, framework: Resolved) -> None:
        notes, assessment = self.told.reading.notes, self.told.reading.assessment
        cited = self.told.cite((row.first_line, row.last_line))
        requirement = state_requirement(self.told.reading, framework, row.code, cited)
        if says_not_applicable(row.said):
            said = {"applicable": False, "rationale": reason_in(row.said) or None}
            notes.link("EVALUATES", assessment, requirement, cited, **said)
            return
        notes.link("EVALUATES", assessment, requirement, cited, applicable=True)
        for number in row.numbers:
            self._link(number, requirement, row, cited)

    def _link(self, number: str, requirement: str, row: MatrixRow, cited: str) -> None:
        controls = [one for one in self.told.read.tables.controls.values() if one.number == number]
        if len(controls) == 1:
            self.told.reading.notes.link("ADDRESSES", self.told.id_of(controls[0]), requirement, cited)
        else:
            said = f"the table maps control {number}, which the report does not state"
            self.told.warn(row.first_line, said)
