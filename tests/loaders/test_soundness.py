"""What of a reading of the tables of controls is not trusted: it is not stated, and its lines are named."""

from __future__ import annotations

import pytest

from loaders.inputs.documents import document_from
from loaders.soc.controls import values
from loaders.soc.controls.reading import read_tables
from loaders.soc.controls.soundness import is_sound, without_counted, without_cut
from loaders.soc.controls.values import ControlRow, Tables

HEAD = """Gannet Passes plc
Report on Controls Relevant to Security, Type 1

Section 4: Trust services criteria and related controls
"""
FLOWING = """Deck
Control ID Control description Control owner TSC reference
GAN-01 The purser reviews the list of passes at each
quarterly muster.
Ship Secretary CC1.2, CC2.2,
CC4.2
GAN-02 Duties for passes are documented and assigned.
Head of Deck CC1.3, CC1.5
Engine
Control ID Control description Control owner TSC reference
GAN-03 The pass policy is approved by the first mate every year.
First Mate CC5.3
"""
ONE_BELOW_THE_OTHER = """
GAN-01

The purser reviews the list of passes.

Ship Secretary

CC1.2

GAN-02

Duties for passes are documented.

Head of Deck

CC1.3, CC1.5

GAN-03

The pass policy is approved every year.

First Mate

CC5.3
"""
ND = "No exceptions noted."


def _tables(rows: str) -> Tables:
    return read_tables(document_from((HEAD + rows).encode(), "report.txt")).tables


def _row(number: str, wording: str, *tests: tuple[str, str]) -> ControlRow:
    return ControlRow("", number, 1, 2, wording, tests=[values.Test(1, 2, *test) for test in tests])


def _of(*rows: ControlRow) -> Tables:
    """Those rows after enough whole ones that they are few."""
    whole = [_row(f"GAN-{n:02}", f"Rope {n} is counted.", (f"Inspected rope {n}.", ND)) for n in range(1, 11)]
    return Tables(controls={row.number: row for row in (*whole, *rows)})


def test_owners_and_codes_below_a_row_are_its_own_and_no_heading_of_a_group() -> None:
    controls = _tables(FLOWING).controls.values()
    assert [(c.number, [a.text for a in c.attributes], list(c.criteria)) for c in controls] == [
        ("GAN-01", ["Ship Secretary"], ["CC1.2", "CC2.2", "CC4.2"]),
        ("GAN-02", ["Head of Deck"], ["CC1.3", "CC1.5"]),
        ("GAN-03", ["First Mate"], ["CC5.3"]),
    ]


def test_wordings_that_end_in_the_cells_beside_them_are_not_stated() -> None:
    tables = _tables(ONE_BELOW_THE_OTHER)
    assert not tables.controls
    assert [said for _, said in tables.doubts if "can not be read" in said]


def test_sentences_of_a_wording_are_no_cells_beside_it() -> None:
    rows = [_row(f"GAN-{n}", "Gates are closed. They are watched") for n in range(5)]
    assert is_sound(Tables(controls={row.number: row for row in rows}))


def test_a_mark_that_counts_off_is_no_control_and_the_tests_above_it_are_not_told() -> None:
    tables = _of(_row("2", "Exceptions were noted.", ("Inspected the gate.", ND)))
    without_counted(tables)
    assert "2" not in tables.controls
    assert not tables.controls["GAN-10"].tests
    assert tables.controls["GAN-09"].tests
    assert [said for _, said in tables.doubts if said.startswith(("2 is no number", "the tests of control GAN-10"))]


def test_bare_numbers_of_all_controls_are_their_numbers() -> None:
    tables = Tables(controls={str(n): _row(str(n), f"Rope {n} is counted.") for n in range(1, 5)})
    without_counted(tables)
    assert len(tables.controls) == 4


def test_what_is_cut_among_whole_ones_is_not_stated() -> None:
    tables = _of(
        _row("GAN-11", "Gates are considered as", ("Inspected the gate.", ND)),
        _row("GAN-12", "Gates are watched.", ("Inspected the approval of the", ND)),
    )
    without_cut(tables)
    assert (tables.controls["GAN-11"].wording, len(tables.controls["GAN-11"].tests)) == ("", 1)
    assert (tables.controls["GAN-12"].wording, tables.controls["GAN-12"].tests) == ("Gates are watched.", [])
    assert len(tables.doubts) == 2


def test_the_number_of_another_control_in_a_result_means_that_rows_are_mixed() -> None:
    tables = _of(
        _row("GAN-11", "Gates are closed.", ("Inspected the gate.", "Not tested. No gate was open. GAN-03")),
        _row("GAN-12", "Gates are watched.", ("Inspected the watch.", "Refer to GAN-03")),
    )
    without_cut(tables)
    assert not tables.controls["GAN-11"].tests
    assert tables.controls["GAN-12"].tests


def test_what_many_write_is_their_habit() -> None:
    tables = Tables(controls={f"G-{n}": _row(f"G-{n}", "Gates are closed at night") for n in range(4)})
    without_cut(tables)
    assert all(control.wording for control in tables.controls.values())


FLOW = """Criteria of the deck
CC1.1: Honesty is valued.
No. Control Specified by Gannet Test Performed by the Auditor Test Result
GAN-01 Passes are signed by the purser. Inspected a sample of 25 passes. No exceptions noted.
GAN-02 Gates are closed at night. Inspected the book of gates. No exceptions noted.
Criteria of the engine
CC2.1: Word is passed on.
No. Control Specified by Gannet Test Performed by the Auditor Test Result
GAN-01 Passes are signed by the purser. Refer to CC1.1. Refer to CC1.1.
GAN-03 Lamps are lit at dusk. Observed the lamps at dusk. No exceptions noted.
"""


@pytest.mark.parametrize(
    "text",
    [FLOW, FLOW.replace("CC1.1:", "CC1.1").replace("CC2.1:", "CC2.1").replace("Test Result\n", "Results\nof tests\n")],
)
def test_words_that_point_to_another_place_are_a_test_and_its_result_and_hide_no_control(text: str) -> None:
    controls = {one.number: one for one in _tables(text).controls.values()}
    assert {number: (one.wording, list(one.criteria)) for number, one in controls.items()} == {
        "GAN-01": ("Passes are signed by the purser.", ["CC1.1", "CC2.1"]),
        "GAN-02": ("Gates are closed at night.", ["CC1.1"]),
        "GAN-03": ("Lamps are lit at dusk.", ["CC2.1"]),
    }
    assert [test.procedure for test in controls["GAN-03"].tests] == ["Observed the lamps at dusk."]


def test_a_wording_in_which_another_control_begins_is_not_stated() -> None:
    names = [f"1.{n}" for n in range(1, 12)]
    controls = {name: ControlRow("", name, n, n, wording="Gates are closed.") for n, name in enumerate(names, 1)}
    tables = Tables(controls=controls)
    controls["1.3"].wording = "Gates are closed. of tests 1.4 The purser counts passes."
    without_cut(tables)
    assert [one.number for one in tables.controls.values() if not one.wording] == ["1.3"]


def test_a_reading_in_which_many_controls_swallow_others_is_not_sound() -> None:
    tests = [values.Test(1, 1, "Inspected the book of gates.", ND)]
    names = [f"G-{n}" for n in range(1, 6)]
    whole = {name: ControlRow("", name, 1, 1, wording="Gates are closed.", tests=list(tests)) for name in names}
    assert is_sound(Tables(controls=whole))
    for control in list(whole.values())[:3]:
        control.wording = "Gates are closed. G-9 Lamps are lit."
    assert not is_sound(Tables(controls=whole))
