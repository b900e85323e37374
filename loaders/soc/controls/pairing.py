"""Which result belongs to which test of a control, and which response to which deviation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.identifiers import fold
from loaders.soc.controls.labels import Role
from loaders.soc.controls.results import is_reference, result_of
from loaders.soc.controls.values import Cell, ControlRow, Tables, Test


def add_tests(control: ControlRow, cells: Sequence[Cell], tables: Tables) -> None:
    """Adds the tests of those cells to a control, each with its result; a test that is known has one more place."""
    tests = _paired(control, cells, tables)
    known = {fold(test.procedure): test for test in control.tests}
    for test in tests:
        same = known.get(fold(test.procedure))
        if same is None:
            control.tests.append(test)
        elif not same.result or fold(same.result) == fold(test.result):
            same.places.append((test.first_line, test.last_line))
            same.result = same.result or test.result
        else:
            said = f"control {control.number}: the test that line {same.first_line} states has another result here"
            tables.doubts.append((test.first_line, said))


def _paired(control: ControlRow, cells: Sequence[Cell], tables: Tables) -> list[Test]:
    cells = _own(cells)
    procedures = [cell for cell in cells if cell.role is Role.PROCEDURE]
    results = [cell for cell in cells if cell.role is Role.RESULT]
    marks = [cell.number for cell in procedures]
    if not any(marks):
        marks = [str(place) for place in range(1, len(procedures) + 1)]
    answered = [mark for result in results for mark in result.number.split()]
    by_mark = _is_set(marks) and _is_set(answered) and {*answered} <= {*marks} and all(r.number for r in results)
    tests = [Test(p.first_line, p.last_line, p.text) for p in procedures]
    if not tests and results:
        control.remarks.extend(results)
        return []
    if by_mark and results:
        for result in results:
            _give_marked(result, dict(zip(marks, tests, strict=True)))
    elif len(results) == len(tests):
        for test, result in zip(tests, results, strict=True):
            _give(test, result, "test")
    elif len(results) == 1:
        for test in tests:
            _give(test, results[0], "control")
    else:
        _give_in_order(control, cells, tests, tables)
    _add_responses(cells, tests)
    return tests


def _own(cells: Sequence[Cell]) -> list[Cell]:
    """The cells without tests that stand elsewhere and without as many results that point there too."""
    pointing = sum(cell.role is Role.PROCEDURE and is_reference(cell.text) for cell in cells)
    found: list[Cell] = []
    for cell in cells:
        if not is_reference(cell.text):
            found.append(cell)
        elif cell.role is Role.RESULT and not pointing:
            # Where a test is stated its result is what its line says, also if that is not known.
            found.append(cell)
        elif cell.role is Role.RESULT:
            pointing -= 1
    return found


def _is_set(marks: Sequence[str]) -> bool:
    return len({*marks}) == len(marks)


def _give_marked(result: Cell, tests: Mapping[str, Test]) -> None:
    """Gives a result to the tests that it names; of some of several tests the model's scope says nothing."""
    marks = result.number.split()
    scope = "test" if len(marks) == 1 else "control" if len(marks) == len(tests) else None
    for mark in marks:
        _give(tests[mark], result, scope)


def _give(test: Test, result: Cell, scope: str | None) -> None:
    test.result, test.scope = result.text, scope
    test.result_lines = (result.first_line, result.last_line)
    if scope == "test" and result.first_line <= test.last_line + 1 and test.first_line <= result.last_line + 1:
        test.first_line = min(test.first_line, result.first_line)
        test.last_line = max(test.last_line, result.last_line)


def _give_in_order(control: ControlRow, cells: Sequence[Cell], tests: Sequence[Test], tables: Tables) -> None:
    """A result that follows a procedure at once is its own; what is not told apart is named and given to none."""
    place = -1
    for before, cell in zip([None, *cells], cells, strict=False):
        if cell.role is Role.PROCEDURE:
            place += 1
        elif cell.role is Role.RESULT and before is not None and before.role is Role.PROCEDURE:
            _give(tests[place], cell, "test")
        elif cell.role is Role.RESULT:
            said = f"control {control.number}: of which test this is the result is not told: {cell.text!r}"
            tables.doubts.append((cell.first_line, said))


def _add_responses(cells: Sequence[Cell], tests: Sequence[Test]) -> None:
    """A response is to the nearest deviation above it, or beside it; below it is the only one of the control."""
    for cell in cells:
        if cell.role is Role.RESPONSE:
            deviating = [test for test in tests if result_of(test.result) == "deviation"]
            unanswered = [test for test in deviating if test.response is None]
            above = [test for test in unanswered if _result_line(test) <= cell.last_line]
            above = above or (unanswered if len(unanswered) == len(deviating) == 1 else [])
            test = max(above, key=_result_line, default=None)
            for one in tests if test is not None and test.scope == "control" else (test,):
                if one is not None:
                    one.response = cell
        elif cell.role is Role.REMEDIATED:
            answered = [test for test in tests if test.response is not None]
            if answered:
                answered[-1].remediated = cell


def _result_line(test: Test) -> int:
    return test.result_lines[0] if test.result_lines else test.first_line
