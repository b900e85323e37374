"""Blocks of labels: padded columns without colons, a control's own criterion, results of the tests that they name."""

from __future__ import annotations

from loaders.soc.controls.padded_labels import with_colons
from loaders.soc.controls.values import ControlRow
from tests.loaders.test_control_habits import tables

BLOCKS = """Moorings

Control MO-01   Berths are given in writing.
Criteria        CC6.2
Owner           Harbor Watch
Frequency       Daily
Type            Manual

Tests of the control
  1. Inquired of the harbor watch about berths.
  2. Inspected the letters of a sample of 12 berths.
  3. Observed the giving of a berth.
Results of the tests
  Tests 1 and 3: No exceptions noted.
  Test 2: Exception noted: for 2 of 12 berths no letter was written.
     Management's response: Letters are now written first.

Control MO-02   Ropes are renewed.
Criteria        CC6.7
Owner           Head of Ropes
Frequency       Annual
Type            Manual

Tests of the control
  1. Inspected the purchase of ropes.
  2. Inquired of the head of ropes.
Results of the tests
  Tests 1 to 2: No exceptions noted.
"""


def _results(control: ControlRow) -> list[tuple[str, str | None]]:
    return [(test.result, test.scope) for test in control.tests]


def test_padded_labels_one_criterion_and_results_of_counted_tests() -> None:
    first, second = tables(BLOCKS).controls.values()
    assert [(c.number, [*c.criteria]) for c in (first, second)] == [("MO-01", ["CC6.2"]), ("MO-02", ["CC6.7"])]
    assert [cell.text for cell in first.attributes] == ["Harbor Watch", "Daily", "Manual"]
    none = "No exceptions noted."
    assert [result for result, _ in _results(first)] == [none, first.tests[1].result, none]
    assert "2 of 12" in first.tests[1].result
    assert [scope for _, scope in _results(first)] == [None, "test", None]
    assert first.tests[1].response is not None
    assert _results(second) == [(none, "control")] * 2


def test_a_gap_behind_a_word_alone_makes_no_label() -> None:
    lines = [
        (1, "Owner      of the berth is told."),
        (2, "Owner      of the rope is told."),
        (3, "Type  two is known."),
    ]
    assert with_colons(lines) == lines
