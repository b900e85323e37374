"""Tests of controls, their results and deviations, and that a control did not operate, become facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.identifiers import identify_below
from loaders.soc.controls.deviations import deviations_in
from loaders.soc.controls.responses import Response
from loaders.soc.controls.results import had_no_occasion, methods_of, result_of
from loaders.soc.controls.telling import Telling
from loaders.soc.controls.values import ControlRow, Test


class Tests:
    """States tests, and keeps the deviations to which management may respond."""

    def __init__(self, told: Telling) -> None:
        self.told, self.reading, self.read = told, told.reading, told.read
        self.notes, self.cite, self.warn = told.reading.notes, told.cite, told.warn
        self.responses: list[Response] = []

    def state(self, control: ControlRow, id_: str, number: str) -> None:
        """States all tests of a control, and whether it operated."""
        for ordinal, test in enumerate(control.tests, 1):
            self._state_test(id_, number, ordinal, test, control)
        self._state_operated(control, id_, number)

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
        number, criteria = self.told.number(control), frozenset(control.criteria)
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
        results = {result_of(test.result) for test in control.tests}
        for test in control.tests:
            if results == {"not_tested"} and had_no_occasion(test.result):
                lines = test.result_lines or (test.first_line, test.last_line)
                self.notes.state("Control", id_, self.cite(lines), operated=False)
        for remark in control.remarks:
            cited = self.cite((remark.first_line, remark.last_line))
            if result_of(remark.text) == "not_tested" and had_no_occasion(remark.text):
                self.notes.state("Control", id_, cited, operated=False)
            else:
                self.warn(remark.first_line, f"{number}: a result without a test: {remark.text!r}")


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
