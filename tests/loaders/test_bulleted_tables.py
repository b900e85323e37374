"""Controls of others in a table of two columns: objectives, criteria or names, beside each a list with bullets."""

from __future__ import annotations

import pytest

from tests.loaders.test_soc_complementary import ends, values, with_part

USERS = """
Complementary User Entity Controls

  Control Objective                   Complementary User Entity Controls

  Control Objective 1: Logical        • User entities remove the accounts of their leavers from the
  Access                                service within a day.
                                      • User entities name those who may grant rights.

  Control Objective 2: Payroll        • User entities review the totals.
  Processing
"""
CUT = USERS.replace(
    "                                      • User entities name",
    "\n\n\f\n\n  Control Objective                   Complementary User Entity Controls\n\n"
    "                                      • User entities name",
)
BY_NUMBER = """
Complementary User Entity Controls

  Related                             Complementary User Entity Controls
  Objective
  1                                   • User entities remove the accounts of their leavers from the
                                        service within a day.
                                      • User entities name those who may grant rights.
  2                                   • User entities review the totals.
"""
ORGANIZATIONS = """
Complementary Subservice Organization Controls

  Subservice Organization             Complementary Subservice Organization Controls

  Boreal Colocation, LLC              • Access to the cages is restricted.
                                      • Generators are tested twice a year.

  Ferrum Mail                         • Letters are counted
                                        before they are sent.
"""
IN_CELLS = """
Complementary User Entity Controls

| {}Control Objective | Complementary User Entity Controls |
|{}---|---|
| {}Control Objective 1: Logical Access | • User entities name a keeper.<br>• User entities count keys. |
| {}2 | • User entities review the totals. |
"""
IN_THE_MIDDLE = """
Complementary User Entity Controls

  Control Objective                   Complementary User Entity Controls
  Control Objective 1: Logical Access • User entities remove the accounts of their leavers.
                                      • User entities review the totals.
  Control Objective 2: Payroll        • User entities keep the totals.
                                      • User entities file the totals.
"""


@pytest.mark.parametrize("text", [USERS, USERS.replace("\n\n  Control Objective 2", "\n  Control Objective 2"), CUT])
def test_each_item_complements_the_objective_that_its_list_stands_beside(text: str) -> None:
    found = with_part("Complementary User", "Complementary Subservice", text)
    assert values(found, "user-entity", "statement") == {
        "1": "User entities remove the accounts of their leavers from the service within a day.",
        "2": "User entities name those who may grant rights.",
        "3": "User entities review the totals.",
    }
    assert ends(found, "user-entity", "COMPLEMENTS") == {("1", "1"), ("2", "1"), ("3", "2")}
    assert not values(found, "user-entity", "area")


def test_numbers_of_objectives_stand_below_a_title_of_two_lines() -> None:
    found = with_part("Complementary User", "Complementary Subservice", BY_NUMBER)
    assert ends(found, "user-entity", "COMPLEMENTS") == {("1", "1"), ("2", "1"), ("3", "2")}


def test_each_item_is_expected_of_the_organization_that_its_list_stands_beside() -> None:
    found = with_part("Complementary Subservice", "Section 4", ORGANIZATIONS)
    assert values(found, "subservice-control", "statement")["3"] == "Letters are counted before they are sent."
    assert ends(found, "subservice-control", "EXPECTED_OF") == {
        ("1", "boreal-colocation"),
        ("2", "boreal-colocation"),
        ("3", "ferrum-mail"),
    }


def test_items_that_may_be_of_the_next_objective_complement_none() -> None:
    found = with_part("Complementary User", "Complementary Subservice", IN_THE_MIDDLE)
    assert ("2", "1") not in ends(found, "user-entity", "COMPLEMENTS")


def test_items_of_a_cell_are_controls_unless_one_number_stands_beside_them() -> None:
    text = IN_CELLS.format("", "", "", "")
    found = with_part("Complementary User", "Complementary Subservice", text)
    assert set(values(found, "user-entity", "statement").values()) == {
        "User entities name a keeper.",
        "User entities count keys.",
        "User entities review the totals.",
    }
    assert ends(found, "user-entity", "COMPLEMENTS") == {("1", "1"), ("2", "1"), ("3", "2")}
    numbered = IN_CELLS.format("No. | ", "---|", "U1 | ", "U2 | ")
    whole = with_part("Complementary User", "Complementary Subservice", numbered)
    assert len(values(whole, "user-entity", "statement")) == len(("U1", "U2"))
