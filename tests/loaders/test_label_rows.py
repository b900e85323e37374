"""Controls as blocks whose labels stand in a column of their own, as programs that keep places write printed ones."""

from __future__ import annotations

import pytest

from loaders.soc.controls.furniture import without_furniture
from loaders.soc.controls.labels import Role
from loaders.soc.controls.values import ControlRow
from tests.loaders.test_control_habits import tables

NONE = "No exceptions noted."

APART = """Moorings

  Control           MO-1.01 Berths are given in writing by the harbor watch, and a copy of each letter is
                    kept for 90 days.

  Criteria          CC6.2, CC6.3,
                    CC6.4

  Owner             Harbor Watch

  Performed         Gullwing Moorings, Inc.
  by

  Frequency         Daily

  Test               • Inspected the letters for a sample of 12 berths and compared their
  procedures           dates.
                     • Observed the giving of a berth.

  Results            • Exception noted. For 2 of 12     Management’s     Letters are written
                       berths sampled, no letter was    response         first. The exception
                       written.                                          was remediated on
                     • No exceptions noted.                              May 3,
                                                                         2031.


  Control           MO-1.02 Ropes are renewed.

  Criteria          CC6.7

  Owner             Head of Ropes

  Frequency         Annual

  Test              • Inspected the purchase of ropes.
  procedures

  Results           No exceptions noted.
"""

DENSE = """Moorings

  Control           MO-1.01
  ID
  Control           Berths are given in writing by the harbor watch, and a copy of each letter is
  activity          kept for 90 days.
  Related           CC6.2, CC6.3,
  criteria          CC6.4
  Control           Harbor Watch
  owner
  Performed         Gullwing Moorings, Inc.
  by
  Frequency         Daily
  Tests             1. Inspected the letters for a sample of 12 berths and compared their
  performed            dates.
                    2. Observed the giving of a berth.
  Results           1. Exception noted. For 2 of 12 berths sampled, no letter was written.
  of tests          2. No exceptions noted.
  Management        Letters are written first. The exception was remediated on May 3,
  response          2031.

  Control           MO-1.02
  ID
  Control           Ropes are renewed.
  activity
  Related           CC6.7
  criteria
  Control           Head of Ropes
  owner
  Frequency         Annual
  Tests             1. Inspected the purchase of ropes.
  performed
  Results           No exceptions noted.
  of tests
"""

HEADED = """Moorings

MO-1.01 – Letters for berths

  Description:       Berths are given in writing by the harbor watch, and a copy of each letter is
                     kept for 90 days.

  Criteria:          CC6.2, CC6.3, CC6.4

  Owner:             Harbor Watch            Frequency:      Daily

  Performed by:      Gullwing Moorings, Inc.

                     • Inspected the letters for a sample of 12 berths and compared their
  Test                 dates.
  procedures:        • Observed the giving of a berth.

                     • Exception noted. For 2 of 12                       Letters are written
  Results:             berths sampled, no letter was    Response:         first. The exception
                       written.                                           was remediated on
                     • No exceptions noted.                               May 3, 2031.

MO-1.02 – Renewal of ropes

  Description:       Ropes are renewed.

  Criteria:          CC6.7

  Owner:             Head of Ropes           Frequency:      Annual

  Test               • Inspected the purchase of ropes.
  procedures:

  Results:           No exceptions noted.
"""


TABBED = """Moorings
Control\tMO-1.01 Berths are given in writing by the harbor watch, and a copy of each letter is kept for 90 days.\t\t
Criteria\tCC6.2, CC6.3, CC6.4\t\t
Owner\tHarbor Watch\t\t
Performed by\tGullwing Moorings, Inc.\t\t
Frequency\tDaily\t\t
Test procedures\t- Inspected the letters for a sample of 12 berths and compared their dates.\t\t
\t- Observed the giving of a berth.\t\t
Results\t- Exception noted. For 2 of 12 berths sampled, no letter was written.\tManagement’s response\tLetters are written first. The exception was remediated on May 3, 2031.
\t- No exceptions noted.\t\t

Ropes
Control\tMO-1.02 Ropes are renewed.\t\t
Criteria\tCC6.7\t\t
Owner\tHead of Ropes\t\t
Frequency\tAnnual\t\t
Test procedures\t- Inspected the purchase of ropes.\t\t
Results\tNo exceptions noted.\t\t
"""  # noqa: E501

STACKED = """Moorings
Control

MO-1.01 Berths are given in writing by the harbor watch, and a copy of each letter is
kept for 90 days.

Criteria

CC6.2, CC6.3, CC6.4

Owner

Harbor Watch

Performed
by

Gullwing Moorings, Inc.

Frequency

Daily

Test
procedures

• Inspected the letters for a sample of 12 berths and compared their
dates.
• Observed the giving of a berth.

Results

• Exception noted. For 2 of 12
berths sampled, no letter was
written.
• No exceptions noted.

Management’s
response

Letters are written first. The exception
was remediated on May 3, 2031.

Control

MO-1.02 Ropes are renewed.

Criteria

CC6.7

Owner

Head of Ropes

Frequency

Annual

Test
procedures

• Inspected the purchase of ropes.

Results

No exceptions noted.
"""
BARS = "\n".join(f"| {' | '.join(line.split(chr(9)))} |" if "\t" in line else line for line in TABBED.splitlines())


def _told(control: ControlRow) -> dict[Role, str]:
    return {cell.role: cell.text for cell in control.attributes}


@pytest.mark.parametrize(
    "text",
    [APART, DENSE, HEADED, TABBED, BARS, STACKED],
    ids=["apart", "dense", "headed", "tabbed", "bars", "stacked"],
)
def test_the_same_controls_are_read_from_rows_of_labels(text: str) -> None:
    read = tables(text)
    first, second = read.controls.values()
    assert (first.number, second.number) == ("MO-1.01", "MO-1.02")
    assert first.statement == (
        "Berths are given in writing by the harbor watch, and a copy of each letter is kept for 90 days."
    )
    assert second.statement == "Ropes are renewed."
    assert [*first.criteria] == ["CC6.2", "CC6.3", "CC6.4"]
    assert [*second.criteria] == ["CC6.7"]
    assert _told(first) == {
        Role.OWNER: "Harbor Watch",
        Role.PERFORMER: "Gullwing Moorings, Inc.",
        Role.FREQUENCY: "Daily",
    }
    assert _told(second) == {Role.OWNER: "Head of Ropes", Role.FREQUENCY: "Annual"}
    assert [(test.procedure, test.result, test.scope) for test in first.tests] == [
        (
            "Inspected the letters for a sample of 12 berths and compared their dates.",
            "Exception noted. For 2 of 12 berths sampled, no letter was written.",
            "test",
        ),
        ("Observed the giving of a berth.", NONE, "test"),
    ]
    response = first.tests[0].response
    assert response is not None
    assert response.text == "Letters are written first. The exception was remediated on May 3, 2031."
    assert [(test.procedure, test.result) for test in second.tests] == [("Inspected the purchase of ropes.", NONE)]
    assert not read.doubts


def test_the_criteria_of_a_control_may_stand_on_several_lines() -> None:
    assert tables(APART).controls["MO-1.01"].criteria["CC6.4"] == [(10, 11)]


def _cut(text: str, before: str) -> str:
    """The text with the end of a page before its first line that holds those words."""
    above, found, below = text.partition(before)
    cut = above.rfind("\n") + 1
    return f"{above[:cut]}\n\n{above[cut:]}{found}{below}"


@pytest.mark.parametrize(
    ("text", "before"),
    [(APART, "dates."), (APART, "• Observed"), (DENSE, "2. Observed"), (DENSE, "2031."), (HEADED, "kept for")],
)
def test_a_row_goes_on_below_the_end_of_a_page(text: str, before: str) -> None:
    first = tables(_cut(text, before)).controls["MO-1.01"]
    whole = tables(text).controls["MO-1.01"]
    assert first.statement == whole.statement
    assert [(t.procedure, t.result) for t in first.tests] == [(t.procedure, t.result) for t in whole.tests]
    assert _response(first) == _response(whole)


def _response(control: ControlRow) -> str | None:
    response = control.tests[0].response
    return response.text if response else None


TITLED = """Moorings

  Criterion         CC6.2

  Control           MO-1.01 Berths are given in writing.

  Owner             Harbor Watch

  Frequency         Daily

  Tests             Inspected the letters for a sample of 12 berths.

  Results           No exceptions noted.

  Criterion         CC6.3

  Control           MO-1.02 Ropes are renewed.

  Owner             Head of Ropes

  Frequency         Annual

  Tests             Inspected the purchase of ropes.

  Results           No exceptions noted.
"""


def test_a_criterion_above_the_first_control_is_that_of_the_controls_below_it() -> None:
    found = tables(TITLED).controls.values()
    assert [(control.number, [*control.criteria]) for control in found] == [
        ("MO-1.01", ["CC6.2"]),
        ("MO-1.02", ["CC6.3"]),
    ]


def test_a_label_with_its_value_at_the_foot_of_pages_is_no_footer() -> None:
    page = ["Words of a page stand here.", "", "  Frequency         Quarterly", "\f"]
    kept = [text.strip() for _, text in without_furniture(page * 6)]
    assert kept.count("Frequency         Quarterly") == 6


@pytest.mark.parametrize("said", ["12 of 80", "Jane Gull, who was there for two days and saw\n{} all of the quay."])
@pytest.mark.parametrize(("text", "width"), [(APART, 18), (DENSE, 18), (HEADED, 19)])
def test_a_row_with_an_unknown_label_goes_on_with_none_above(text: str, width: int, said: str) -> None:
    whole = tables(text).controls["MO-1.02"]
    row = f"  {'Sampled':{width}}{said.format(' ' * (width + 1))}"
    found = tables(f"{text.rstrip()}\n{row}\n").controls["MO-1.02"]
    assert [test.result for test in found.tests] == [test.result for test in whole.tests] == [NONE]
    assert (found.statement, _told(found)) == (whole.statement, _told(whole))


def test_a_further_column_without_a_label_is_part_of_no_result() -> None:
    text = DENSE.replace(f"{NONE}\n  of tests", f"{NONE}       The ropes are new.\n  of tests")
    assert [test.result for test in tables(text).controls["MO-1.02"].tests] == [NONE]


def test_a_response_beside_the_first_of_two_results_is_to_the_one_that_deviates() -> None:
    lines = TABBED.splitlines()
    results = next(at for at, line in enumerate(lines) if line.startswith("Results"))
    none, deviating = lines[results + 1].split("\t")[1], lines[results].split("\t")[1]
    turned = TABBED.replace(f"\t{none}\t\t", "\t(below)\t\t").replace(deviating, none).replace("(below)", deviating)
    first, second = tables(turned).controls["MO-1.01"].tests
    assert first.response is None
    assert second.response is not None


def test_a_response_that_comes_apart_from_its_result_is_left_out() -> None:
    before, label, rest = STACKED.partition("Management’s\n")
    response, control, after = rest.partition("Control\n")
    wandered = f"{before}{control}{after}\n{label}{response}"
    found = tables(wandered).controls
    assert [test.response for control in found.values() for test in control.tests] == [None] * 3
    assert [test.result for test in found["MO-1.02"].tests] == [NONE]


PARAGRAPHS = """Moorings

Control MO-1.01

  Control activity         Berths are given in writing by the harbor watch, and a copy of each letter
                           is kept.

  Control owner            Harbor Watch                     Frequency      Daily

  Related criteria         CC6.2; CC6.3

  Tests performed          Inspected the letters for a sample of 12 berths and compared

                           their dates.

                           Observed the giving of a berth.

  Test results             Exception noted. For 2 of 12 berths sampled, no letter was written.

                           No exceptions noted.

  Management response      Letters are written first.

Control MO-1.02

  Control activity         Ropes are renewed.

  Control owner            Head of Ropes                    Frequency      Annual

  Tests performed          Inspected the purchase of ropes.

  Test results             No exceptions noted.
"""


def test_paragraphs_in_a_row_are_tests_and_results_of_their_own() -> None:
    first = tables(PARAGRAPHS).controls["MO-1.01"]
    assert [(test.procedure, test.result) for test in first.tests] == [
        (
            "Inspected the letters for a sample of 12 berths and compared their dates.",
            "Exception noted. For 2 of 12 berths sampled, no letter was written.",
        ),
        ("Observed the giving of a berth.", NONE),
    ]
    assert _told(first) == {Role.OWNER: "Harbor Watch", Role.FREQUENCY: "Daily"}
    assert _response(first) == "Letters are written first."


def test_the_second_word_of_a_label_may_be_a_label_too() -> None:
    text = DENSE.replace("on May 3,\n  response          2031.", "last year.\n  Response")
    response = _response(tables(text).controls["MO-1.01"])
    assert response == "Letters are written first. The exception was remediated last year."
