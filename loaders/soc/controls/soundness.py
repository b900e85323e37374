"""Whether what a reading of the tables of controls says can be trusted, and what of it can not.

Where cells are not told apart, words of one stand in another: tests and names in wordings, marks of lists as numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from loaders.layout.text import ends_sentence, reads_as_title
from loaders.soc.controls.numbers import criterion_in, is_codes_alone, shape
from loaders.soc.controls.results import is_procedure, is_reference, result_of
from loaders.soc.controls.values import ControlRow, Tables, Test

_MOST_UNSOUND = 0.3
_FEW, _MOST_CRITERIA = 0.45, 0.75
_ITEM = "•"
_TEST_INSIDE = re.compile(
    r"(?<=\S\s)(?:No (?:relevant )?(?:exceptions?|deviations?)\b|For an? (?:sample|selection) of\b"
    r"|(?:Inspected|Enquired of|Inquired of|Observed) (?:the|an?|that|each|all)\b)"
)
# A control begins behind a whole sentence; words of a title can stand between.
_BEGUN = re.compile(r"[.!?] (?:[a-z]+ ){0,3}(?P<number>[A-Z]{0,6}-?\d[\w.-]*) (?=[A-Z][a-z]|[A-Z] )")
_BELOW_SENTENCE = re.compile(r"[a-z)]\.\s+(?P<cell>[A-Z][^.!?]{2,60}(?:\.\d[^.!?]{0,9})*)$")


def is_sound(tables: Tables) -> bool:
    """Whether most tests are tests, and most wordings hold neither a test nor the cell beside them."""
    controls = list(tables.controls.values())
    tests = [test for control in controls for test in control.tests]
    bad = sum(not (is_procedure(test.procedure) or result_of(test.result)) or not test.result for test in tests)
    mixed = sum(not is_procedure(test.procedure) for test in tests)
    numbers = frozenset(tables.numbers())
    swallowing = sum(_swallows(control, numbers) for control in controls)
    held = max(sum(map(holds_test, controls)), sum(map(_holds_cell, controls)), swallowing)
    told = held <= max(1, _MOST_UNSOUND * len(controls))
    return told and max(bad, mixed) <= max(1, _MOST_UNSOUND * len(tests))


def _swallows(control: ControlRow, numbers: frozenset[str]) -> bool:
    """Whether another control begins in the wording of one or in its tests."""
    shapes = {shape(number) for number in numbers}
    texts = (control.wording, *(text for test in control.tests for text in (test.procedure, test.result)))
    return any(shape(found["number"]) in shapes for text in texts for found in _BEGUN.finditer(text))


def without_cut(tables: Tables) -> None:
    """Takes away wordings and tests that are cut where nearly all others are whole, each with a doubt."""
    controls = list(tables.controls.values())
    numbers = frozenset(tables.numbers())
    for control in _few(controls, lambda one: bool(one.wording) and (holds_test(one) or _is_cut(one.wording, numbers))):
        control.wording = ""
        tables.doubts.append((control.first_line, f"the wording of control {control.number} is cut"))
    for control in _few(controls, lambda one: any(_is_cut_test(test, numbers) for test in one.tests)):
        _without_tests(tables, control)


def _without_tests(tables: Tables, control: ControlRow) -> None:
    control.tests.clear()
    tables.doubts.append((control.first_line, f"the tests of control {control.number} are cut"))


def without_counted(tables: Tables) -> None:
    """Takes away the few controls with bare numbers among others with marks: these count off tests, or sections.

    So it does with criteria among controls whose numbers are of another form.
    """
    odd = [*_few(list(tables.controls.values()), lambda one: one.number.isdigit()), *_criteria(tables)]
    for above, control in pairwise(list(tables.controls.values())):
        if control in odd and above.tests:
            _without_tests(tables, above)
    tables.controls = {key: one for key, one in tables.controls.items() if one not in odd}
    for control in odd:
        for objective in tables.objectives.values():
            objective.controls = [one for one in objective.controls if one is not control]
        said = f"{control.number} is no number of a control here, and what stands below it is not read"
        tables.doubts.append((control.first_line, said))


def _criteria(tables: Tables) -> list[ControlRow]:
    """The controls whose numbers are the codes of criteria, where many have numbers of another form."""
    controls = list(tables.controls.values())
    found = [one for one in controls if (code := criterion_in(one.number)) and code.number == one.number]
    others = {shape(one.number) for one in controls if one not in found}
    alike = any(shape(one.number) in others for one in found)
    return [] if alike or len(found) > _MOST_CRITERIA * len(controls) else found


def _few(controls: Sequence[ControlRow], wanted: Callable[[ControlRow], bool]) -> list[ControlRow]:
    """The controls of which something is so; none where it is so of many, who write like that."""
    found = [control for control in controls if wanted(control)]
    return found if len(found) <= _FEW * len(controls) else []


def _is_cut(text: str, numbers: frozenset[str]) -> bool:
    """Whether a text ends within a sentence, or begins with what another control or a criterion begins with.

    The items of a list need not be sentences.
    """
    first = text.split(maxsplit=1)[0]
    shapes = {shape(number) for number in numbers}
    begun = first in numbers or any(shape(found["number"]) in shapes for found in _BEGUN.finditer(text))
    return not (ends_sentence(text) or _ITEM in text) or begun or criterion_in(text) is not None


def _is_cut_test(test: Test, numbers: frozenset[str]) -> bool:
    """Whether a procedure is cut, or the number of another control stands in a result that does not refer to it."""
    others = not is_reference(test.result) and not numbers.isdisjoint(test.result.split())
    return others or _is_cut(test.procedure, numbers)


def holds_test(control: ControlRow) -> bool:
    """Whether words of a test or of a result stand in the wording of a control."""
    return bool(_TEST_INSIDE.search(control.wording))


def _holds_cell(control: ControlRow) -> bool:
    """Whether the cell beside it stands at the end of a control's wording: a name or codes below a whole sentence."""
    found = _BELOW_SENTENCE.search(control.wording)
    if not found or ends_sentence(found["cell"]):
        return False
    return is_codes_alone(found["cell"].rstrip(",;").split()[-1]) or reads_as_title(found["cell"])
