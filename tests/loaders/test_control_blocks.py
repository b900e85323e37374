"""Blocks of labels: padded columns without colons, a control's own criterion, results of the tests that they name."""

from __future__ import annotations

import pytest

from loaders.soc.controls.label_rows import rows_as_lines
from loaders.soc.controls.labels import Role, label_in
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
    assert rows_as_lines(lines) == lines


PERFORMED = """Control 4.1
Performed by Gullwing Moorings, Inc.

Ropes are counted each evening by two hands.

Tests of operating effectiveness

    • Inspected the count of a sample of 15 evenings.

Results of tests

Exception noted. For 2 of 15 evenings sampled, one hand alone had counted.

Management’s response (unaudited)

A second hand was hired. The exception was remediated on May 3, 2031.

Control 4.2
Performed by two hands, the count of lamps is written down.

Tests of operating effectiveness

    • Inspected the count of a sample of 15 lamps.

Results of tests

No exceptions noted.

Control 4.3
Performed by Night Crews each week.

Tests of operating effectiveness

    • Inspected the count of a sample of 15 oars.

Results of tests

No exceptions noted.
"""


def test_a_line_alone_below_a_number_says_who_performs_the_control_and_a_sentence_is_its_wording() -> None:
    found = tables(PERFORMED).controls
    assert {number: control.statement for number, control in found.items()} == {
        "4.1": "Ropes are counted each evening by two hands.",
        "4.2": "Performed by two hands, the count of lamps is written down.",
        "4.3": "Performed by Night Crews each week.",
    }
    told = [(cell.role.value, cell.text) for control in found.values() for cell in control.attributes]
    assert told == [("performer", "Gullwing Moorings, Inc.")]


def test_a_response_is_below_a_label_that_says_that_it_was_not_audited() -> None:
    (test,) = tables(PERFORMED).controls["4.1"].tests
    assert test.response is not None
    assert test.response.text == "A second hand was hired. The exception was remediated on May 3, 2031."
    assert test.result == "Exception noted. For 2 of 15 evenings sampled, one hand alone had counted."


@pytest.mark.parametrize("label", ["Response (unaudited)", "Management’s response (not examined): They were told."])
def test_a_remark_in_brackets_leaves_a_label_of_a_response_one(label: str) -> None:
    found = label_in(label)
    assert found is not None
    assert found[0] is Role.RESPONSE


def test_a_remark_in_brackets_is_part_of_no_other_label() -> None:
    assert label_in("Results of tests (unaudited)") is None


def test_a_year_that_the_end_of_a_line_cuts_from_its_date_is_no_control() -> None:
    first, second = tables(BLOCKS.replace("Letters are now written first.", "Letters came on May 3,\n2031.")).controls
    assert (first, second) == ("MO-01", "MO-02")
