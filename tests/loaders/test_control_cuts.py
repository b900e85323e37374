"""What tables of controls lose at the ends of lines and pages: numbers cut at a hyphen, titles between, rows unread."""

from __future__ import annotations

import pytest

from loaders.inputs.documents import document_from
from loaders.soc.controls.cut_numbers import with_whole_numbers
from loaders.soc.controls.labels import Role
from loaders.soc.controls.reading import read_tables
from loaders.soc.controls.register import Register
from loaders.soc.controls.rows import Row
from loaders.soc.controls.values import Cell, Tables

MARKED = "SECTION IV – Criteria, Controls, Tests and Results\n\n"
TABLES = """Domain 1: Berths

  No.      Control description         TSC        Tests of controls             Results of tests
  PIER-    Berths are assigned by      CC6.1      Inspected the berth list of   No exceptions noted.
  01       the harbor master.                     ten days.
  PIER-    Berths are inspected        CC6.2      Observed an inspection.       No exceptions noted.
  02       every week.

Domain 2: Ropes and Chains


  No.      Control description         TSC        Tests of controls             Results of tests
  ROPE-    Ropes are replaced once     CC7.1      Inspected the rope book of    No exceptions noted.
  01       a year.                                two years.
"""
BULLETS = """Domain 1: Berths

  No.   Control Activity                        Test of Controls                         Results
  1.1   Berths are given to guests              Inspected the berth list of ten          No exceptions noted.
        by the harbor master.                   days.
  1.2   Lamps on the pier are lit, • Observed the lamps of the pier       No exceptions noted.
        counted and cleaned at dusk  at dusk.
        by the lamp keeper.        • For a sample of 25 days, inspected
                                     the book of lamps.
  1.3   Gates are shut at night by the          Observed the gates at night.             No exceptions noted.
        gate keeper.
"""
DESIGNED = """Report on Controls as of 1 March 2024

{description}

3.1 What customers do

  No.   Control of the customer                  Criteria
  U1    Guests lock their boats at night.        CC6.4
  U2    Guests tell the harbor of a lost key.    CC6.4
  U3    Guests moor at both rings.               A1.2

3.2 Criteria that are not applicable

• CC6.7 – The harbor keeps no data of its guests.

{controls}

  No.    Control                               Criteria    Owner
  H1     The harbor master keeps the keys.     CC6.1       Harbor master
  H2     Lamps are lit at dusk.                A1.1        Lamp keeper
  H3     Gates are shut at night.              CC6.4       Gate keeper
"""


def _tables(text: str) -> Tables:
    return read_tables(document_from(text.encode(), "report.txt")).tables


def test_a_number_cut_at_its_hyphen_is_whole_and_a_title_between_tables_is_no_statement() -> None:
    found = {number: control.wording for number, control in _tables(MARKED + TABLES).controls.items()}
    assert found == {
        "PIER-01": "Berths are assigned by the harbor master.",
        "PIER-02": "Berths are inspected every week.",
        "ROPE-01": "Ropes are replaced once a year.",
    }


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["  LA-    Lamps", "  01     burn."], ["  LA-01  Lamps", "         burn."]),
        (["  LA-", "  01", "  Lamps"], ["  LA-01", "    ", "  Lamps"]),
        (["|LA-  |Lamps|", "|01   |burn.|"], ["|LA-01|Lamps|", "|     |burn.|"]),
        (["  LA-  Lamps", "  01   burn."], None),
        (["  LA-    Lamps", "         burn", "  01"], None),
        (["  LA-    Lamps", "  lit 01 burn"], None),
        (["  La-    Lamps", "  01     burn."], None),
    ],
)
def test_digits_right_below_letters_with_a_hyphen_are_their_number(lines: list[str], whole: list[str] | None) -> None:
    assert [text.rstrip() for _, text in with_whole_numbers(list(enumerate(lines, 1)))] == [
        text.rstrip() for text in whole or lines
    ]


def test_the_criterion_of_a_row_that_is_not_read_is_not_that_of_the_next_control() -> None:
    register = Register(unread=frozenset({2}))
    register.take(
        [
            Cell(Role.CRITERION, "Keys are kept.", 1, 1, "CC6.1"),
            Cell(Role.CRITERION, "Lamps are lit.", 3, 3, "CC6.2"),
            Cell(Role.CONTROL, "The keeper lights the lamps.", 4, 4, "LA-02"),
        ]
    )
    tables = register.close()
    assert sorted(tables.criteria) == ["CC6.1", "CC6.2"]
    assert sorted(tables.controls["LA-02"].criteria) == ["CC6.2"]


def test_the_first_words_of_a_reference_that_touch_the_cell_before_are_its_own() -> None:
    row = Row("BE-01", 1)
    for role, line, text in (
        (Role.CONTROL, 1, "Berths are assigned by Please refer"),
        (Role.PROCEDURE, 1, "to the test in CC3.1. See"),
        (Role.RESULT, 1, "the result in CC3.1."),
        (Role.CONTROL, 2, "the Harbor"),
        (Role.PROCEDURE, 3, "to which they belong."),
    ):
        row.add(role, line, text)
    said = {role: [one.text for one in fragments] for role, fragments in row.cells.items()}
    assert said == {
        Role.CONTROL: ["Berths are assigned by", "the Harbor"],
        Role.PROCEDURE: ["Please refer to the test in CC3.1.", "to which they belong."],
        Role.RESULT: ["See the result in CC3.1."],
    }


@pytest.mark.parametrize(
    ("description", "controls"),
    [
        ("3. Description of the Harbor System", "4. Trust Services Criteria and Related Controls"),
        ("Description of the Harbor System", "Trust Services Criteria and Related Controls"),
        ("SECTION III – Description of the Harbor System", "SECTION IV – Criteria and Related Controls"),
    ],
)
def test_controls_of_customers_in_the_description_are_not_the_providers(description: str, controls: str) -> None:
    tables = _tables(DESIGNED.format(description=description, controls=controls))
    assert sorted(tables.controls) == ["H1", "H2", "H3"]
    rationale = tables.criteria["CC6.7"].rationale
    assert rationale is not None and rationale.text == "The harbor keeps no data of its guests."


def test_neither_a_title_of_criteria_nor_a_sentence_in_place_of_controls_gives_a_control_what_is_not_its_own() -> None:
    text = f"""SECTION IV - Trust Services Criteria, Controls, Tests of Controls and Results of Tests

CC6 – Logical and Physical Access Controls

{COLUMNS_OF_GATES}
CC6.4 The entity restricts access to its vaults.
Criterion is met by the organization that runs the vaults, which Section III of this report names for its readers.
CC6.6 The entity keeps strangers out of its network.
GT-01      Gates are locked when night     Inspected the gate log for a      No exceptions noted.
           falls over the yard.            sample of 12 nights.
GT-02      The gate book is kept and Inspected the gate book and the         No exceptions noted.
           signed by the watch.      signatures of the watch in it.
"""
    found = read_tables(document_from(text.encode(), "report.txt")).tables
    assert {c.number: (tuple(c.criteria), c.statement) for c in found.controls.values()} == {
        "GT-01": (("CC6.6",), "Gates are locked when night falls over the yard."),
        "GT-02": (("CC6.6",), "The gate book is kept and signed by the watch."),
    }
    assert [said.split(",")[0] for _, said in found.doubts] == ["no control stands below CC6.4"]


COLUMNS_OF_GATES = """Control    Control Activity                Tests Performed by Marl & Results of Tests
No.                                        Quince LLP
"""


def test_a_bullet_that_touches_the_cell_before_is_of_the_words_behind_it() -> None:
    found = _tables(MARKED + BULLETS).controls["1.2"]
    assert found.wording == "Lamps on the pier are lit, counted and cleaned at dusk by the lamp keeper."
    assert [test.procedure for test in found.tests] == [
        "Observed the lamps of the pier at dusk.",
        "For a sample of 25 days, inspected the book of lamps.",
    ]
