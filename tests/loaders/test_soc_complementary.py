"""Complementary controls and organizations in tables as a page shows them, whose columns drift and touch."""

from __future__ import annotations

import pytest

from tests.loaders.soc_facts import Stated, change, fixture_text, replaced, stated

FERRUM = fixture_text("soc_1_ferrum")

USERS = """
  No. Area                  Complementary User Entity Control                                        Control
                                                                                                     Objective
  1       Logical Access            User entities remove the accounts of their                            1
          Management                leavers from the service within a day.
  2       Master                    User entities review the rates that they enter into               2
          Data                    the service against those of the contracts
                                          of their employees.
  3       Payroll                   Users approve the payroll register before they release 2
          Release                 it, and keep the evidence of it for as
                                          long as the law demands.
  4       Reports                    User entities compare the totals with those of the law 1, 2
          Review                  and of the ledger every month.
"""
ORGANIZATIONS = """
Subservice Organizations

Quince Lockbox, Inc. (“Quince”) is an independent subservice organization that provides lockbox processing to Ferrum.
The description includes its controls (inclusive method).

Complementary Subservice Organization Controls

  Expected control                        Organization                  Objective
  Access to cages is restricted to        Boreal Colocation,            1
  those who are authorized.               LLC
  Generators are tested.                  Boreal Colocation, Quince     1, 2
                                          Lockbox
"""
TOUCHING = """
Complementary Subservice Organization Controls

Ferrum assumes that the following controls are in operation at Boreal Colocation LLC:

  Expected control                                                Related control
                                                                  objective
  Access to the cages of the colocation is restricted to staff 1
  and guests.
  Generators are tested within the first 30                       2
  days of a year.
"""
OF_THE_ONE = """
Complementary Subservice Organization Controls

Ferrum expects the following controls to be in place at the subservice organization:

  Complementary subservice organization control                   Objective
  Access to the cages is restricted.                              1
  Generators are tested twice a year.                             2
"""
TWO_TABLES = """
Subservice Organizations

Ferrum uses the organizations below by the carve-out method, and expects of them the complementary subservice
organization controls that the second table lists.

  Subservice organization         Services provided                        Method
  Boreal Colocation, LLC          Housing of servers                       Carve-out

  Quince Lockbox, Inc.            Lockbox processing                       Carve-out


  Subservice organization         Complementary subservice organization control       Objective
  Boreal Colocation, LLC          Access to the cages is restricted to those who      1
                                  are authorized.

  Quince Lockbox, Inc.            Mail is opened by two persons together.             1, 2
"""
SEVERAL = """
Subservice Organizations

Ferrum uses the organizations below by the carve-out method.

  Subservice organization         Services provided                        Method
  Boreal Colocation, LLC          Housing of servers                       Carve-out
  Quince Lockbox Ltd.             Lockbox processing                       Carve-out


  No.        Complementary subservice organization control    Organization                 Objective
  CSOC-1     Access to the cages is restricted to those       Boreal Colocation, LLC;      1
             who are authorized.                              Quince Lockbox Ltd.
  CSOC-2     Mail is opened by two persons together, and then Quince Lockbox Ltd.          1, 2
             it is counted.
"""
NAMED_SHORTLY = """
Complementary Subservice Organization Controls

  Subservice organization         CSOC                                                Objective
  Boreal Colocation, LLC          Access to the cages is restricted to those who      1
                                  are authorized.

  Boreal Colocation, LLC          Generators are tested twice a year.                 2
"""
SUPPLIERS = """
Subservice suppliers

  Supplier                  Service                        Method
  Kabelhaus Nord K/S        Lines between the sites        Carve-out

  Boreal Colocation, LLC    Housing of servers             Carve-out


Ferrum assumes that the suppliers have these controls:

  Supplier                  Expected control                                          Control objective
  Kabelhaus Nord K/S        Faults of lines are remedied within six hours.            1

  Boreal Colocation, LLC    Generators are tested twice a year.                       2

"""
ONE_ALONE = """
Complementary Subservice Organization Controls

The following control is expected to be implemented by the subservice organization:

- Guards are trained before they are sent to a cage.
"""
BY_OBJECTIVE = """
Complementary User Entity Controls

Ferrum's controls were designed with the assumption that the following controls are in operation at user entities.

Control Objective 1: Logical Access
User entities remove the accounts of their leavers
from the service within a day.

Control Objective 2: Payroll Processing
User entities review the totals. User entities keep the evidence of it.
"""


def with_part(title: str, following: str, text: str) -> Stated:
    start, end = FERRUM.index(title), FERRUM.index(following)
    return stated(f"{FERRUM[:start]}{text}\n\n{FERRUM[end:]}")


def values(found: Stated, label: str, key: str) -> dict[str, object]:
    return {id_.split("/")[-1]: value for id_, name, value in found.values if name == key and id_.startswith(label)}


def ends(found: Stated, label: str, type_: str) -> set[tuple[str, str]]:
    pairs = ((start, str(end)) for start, name, end in found.links if name == type_ and start.startswith(label))
    return {(start.split("/")[-1], end.split("/")[-1]) for start, end in pairs}


def test_a_numbered_table_is_read_by_its_numbers() -> None:
    users = f"Complementary User Entity Controls\n\nUser entities should have these controls.\n{USERS}"
    found = with_part("Complementary User Entity Controls", "Complementary Subservice", users)
    assert values(found, "user-entity", "area")["1"] == "Logical Access Management"
    assert values(found, "user-entity", "statement") == {
        "1": "User entities remove the accounts of their leavers from the service within a day.",
        "2": "User entities review the rates that they enter into the service against those of the contracts of their "
        "employees.",
        "3": "Users approve the payroll register before they release it, and keep the evidence of it for as long as "
        "the law demands.",
        "4": "User entities compare the totals with those of the law and of the ledger every month.",
    }
    assert ends(found, "user-entity", "COMPLEMENTS") == {("1", "1"), ("2", "2"), ("3", "2"), ("4", "1"), ("4", "2")}


def test_a_cell_may_name_several_organizations() -> None:
    found = with_part("Complementary Subservice", "Section 4", ORGANIZATIONS)
    assert ends(found, "subservice-control", "EXPECTED_OF") == {
        ("1", "boreal-colocation"),
        ("2", "boreal-colocation"),
        ("2", "quince-lockbox"),
    }


def test_organizations_stand_in_a_column_of_suppliers() -> None:
    found = with_part("Complementary Subservice", "Section 4", SUPPLIERS)
    relied = {end for _, end in ends(found, "assessment", "RELIES_ON")}
    assert "kabelhaus-nord method=carve_out, service=Lines between the sites" in relied
    assert ends(found, "subservice-control", "EXPECTED_OF") == {
        ("1", "kabelhaus-nord"),
        ("2", "boreal-colocation"),
    }


def test_a_partnership_that_a_sentence_names_has_its_legal_form() -> None:
    lead = "Ferrum Payroll uses Boreal Colocation, LLC and Kabelhaus Nord K/S as subservice organizations."
    found = with_part("Complementary Subservice", "Section 4", lead)
    names = {str(end) for _, type_, end in found.links if type_ == "HAS_NAME"}
    assert any("text=Kabelhaus Nord K/S" in name for name in names)


@pytest.mark.parametrize("text", [OF_THE_ONE, ONE_ALONE])
def test_where_there_is_one_subservice_organization_the_words_above_its_controls_need_no_name(text: str) -> None:
    start, end = FERRUM.index("Complementary Subservice"), FERRUM.index("Section 4")
    mail = FERRUM[FERRUM.index(" Statement delivery is performed by Ferrum Mail") : FERRUM.index("inclusive method.")]
    report = f"{FERRUM[:start]}{text}\n\n{FERRUM[end:]}"
    alone = report.replace(f"{mail}inclusive method.", "")
    assert {whose for _, whose in ends(stated(alone), "subservice-control", "EXPECTED_OF")} == {"boreal-colocation"}
    assert not ends(stated(report), "subservice-control", "EXPECTED_OF")


def test_controls_expected_of_others_that_are_not_read_are_warned_of() -> None:
    lead = "Ferrum assumes that the following controls are in operation at Boreal Colocation LLC:"
    rows = "Guests of the cages are named within 2\nhours.\nLamps are tested.\n\n1"
    below = f"Control\n\nRelated control\nobjective\n\n{rows}"
    text = f"Complementary Subservice Organization Controls\n{lead}\n\n{below}"
    found = with_part("Complementary Subservice", "Section 4", text)
    assert not values(found, "subservice-control", "statement")
    assert any(said.startswith("no list and no table of controls of subservice") for said in found.warnings)


def test_an_organization_that_a_sentence_introduces_has_its_whole_name_method_and_service() -> None:
    found = with_part("Complementary Subservice", "Section 4", ORGANIZATIONS)
    relied = {end for _, end in ends(found, "assessment", "RELIES_ON")}
    assert "quince-lockbox method=inclusive, service=lockbox processing" in relied
    names = {str(end) for start, name, end in found.links if name == "HAS_NAME" and "quince" in start}
    assert any("text=Quince Lockbox, Inc." in name for name in names)


@pytest.mark.parametrize("whose", ["its controls", "the controls of the subservice organization"])
def test_the_sentence_behind_says_by_which_method_an_organization_is_treated(whose: str) -> None:
    said = ORGANIZATIONS.replace("includes its controls (inclusive method)", f"excludes {whose} (carve-out method)")
    found = with_part("Complementary Subservice", "Section 4", said)
    relied = {end for _, end in ends(found, "assessment", "RELIES_ON")}
    assert "quince-lockbox method=carve_out, service=lockbox processing" in relied


def test_a_criterion_that_slips_into_a_statement_is_that_of_its_empty_column() -> None:
    text = fixture_text("soc_2_larkspur")
    old = "    Quillon Print Services       Misprinted waybills are shredded daily.            C1.2\n"
    new = """    Quillon Print Services       Misprinted waybills are kept under lock until they C1.2
                                 are shredded.
"""
    assert old in text
    found = stated(text.replace(old, new))
    said = {
        str(value) for id_, key, value in found.values if id_.startswith("subservice-control/") and key == "statement"
    }
    assert "Misprinted waybills are kept under lock until they are shredded." in said
    ends = {
        end for start, type_, end in found.links if type_ == "COMPLEMENTS" and start.startswith("subservice-control/")
    }
    assert "requirement/trust-services-criteria/c1.2" in ends


def test_a_reference_may_stand_one_blank_behind_a_full_cell_but_a_number_in_a_sentence_is_none() -> None:
    found = with_part("Complementary Subservice", "Section 4", TOUCHING)
    assert values(found, "subservice-control", "statement") == {
        "1": "Access to the cages of the colocation is restricted to staff and guests.",
        "2": "Generators are tested within the first 30 days of a year.",
    }
    assert ends(found, "subservice-control", "COMPLEMENTS") == {("1", "1"), ("2", "2")}


def test_sentences_of_users_under_the_title_of_an_objective_are_their_controls() -> None:
    found = with_part("Complementary User Entity Controls", "Complementary Subservice", BY_OBJECTIVE)
    assert values(found, "user-entity", "statement") == {
        "1": "User entities remove the accounts of their leavers from the service within a day.",
        "2": "User entities review the totals.",
        "3": "User entities keep the evidence of it.",
    }
    assert ends(found, "user-entity", "COMPLEMENTS") == {("1", "1"), ("2", "2"), ("3", "2")}


def test_a_sentence_above_controls_says_who_performs_them_up_to_the_next_objective() -> None:
    title = "Control Objective 1: Logical Access\t\t\n"
    said = change(FERRUM, replaced(title, f"{title}The following controls are performed by Ferrum Mail AG.\n"))
    performs = {(start.split("/")[-1], end) for start, type_, end in said.new if type_ == "PERFORMED_BY"}
    assert performs == {("1.01", "organization/ferrum-mail")}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "Control Objective 1: Logical Access\t\t\n",
            "{}Controls performed by Ferrum Mail AG (inclusive organization)\n",
        ),
        ("Scope\n\n", "{}Controls that are performed by Ferrum Mail AG are 1.01 and 9.09.\n\n"),
    ],
)
def test_a_title_or_the_description_may_say_who_performs_controls(old: str, new: str) -> None:
    said = change(FERRUM, replaced(old, new.format(old)))
    performs = {(start.split("/")[-1], end) for start, type_, end in said.new if type_ == "PERFORMED_BY"}
    assert performs == {("1.01", "organization/ferrum-mail")}


def test_a_board_of_managers_is_that_of_the_provider_whatever_others_are_named() -> None:
    text = FERRUM.replace("To the Board of Directors of", "To the Board of Managers of")
    others = "The management of Ferrum Mail has made an assertion.\n\nThe management of Ferrum Mail has signed it.\n\n"
    found = stated(text.replace("Scope\n\n", f"Scope\n\n{others}"))
    assert {end for _, end in ends(found, "assessment", "OF_PROVIDER")} == {"ferrum-payroll"}


def test_a_cell_may_name_several_organizations_and_touch_the_one_before() -> None:
    found = with_part("Complementary Subservice", "Section 4", SEVERAL)
    assert values(found, "subservice-control", "statement") == {
        "1": "Access to the cages is restricted to those who are authorized.",
        "2": "Mail is opened by two persons together, and then it is counted.",
    }
    expected = {("1", "boreal-colocation"), ("1", "quince-lockbox"), ("2", "quince-lockbox")}
    assert ends(found, "subservice-control", "EXPECTED_OF") == expected
    relied = {end.split(" ")[0] for _, end in ends(found, "assessment", "RELIES_ON")}
    assert relied == {"boreal-colocation", "quince-lockbox", "ferrum-mail"}


def test_a_second_table_below_one_is_told_by_a_column_called_alike() -> None:
    found = with_part("Complementary Subservice", "Section 4", TWO_TABLES)
    assert values(found, "subservice-control", "statement") == {
        "1": "Access to the cages is restricted to those who are authorized.",
        "2": "Mail is opened by two persons together.",
    }
    assert ends(found, "subservice-control", "EXPECTED_OF") == {("1", "boreal-colocation"), ("2", "quince-lockbox")}
    relied = {end for _, end in ends(found, "assessment", "RELIES_ON")}
    assert "quince-lockbox method=carve_out, service=Lockbox processing" in relied
    assert not any(end.startswith("subservice-organization") for end in relied)


def test_a_column_called_by_an_acronym_holds_controls_where_these_are_no_numbers() -> None:
    found = with_part("Complementary Subservice", "Section 4", NAMED_SHORTLY)
    assert set(values(found, "subservice-control", "statement")) == {"1", "2"}
    assert not values(found, "subservice-control", "number")


def test_users_controls_may_stand_in_a_column_called_by_their_acronym() -> None:
    table = "\n| CUEC | Objective |\n|---|---|\n| User entities review the totals of each month. | 2 |\n"
    users = f"Complementary User Entity Controls\n\nUser entities should have these controls.\n{table}"
    found = with_part("Complementary User Entity Controls", "Complementary Subservice", users)
    assert values(found, "user-entity", "statement") == {"1": "User entities review the totals of each month."}
    assert not values(found, "user-entity", "number")


@pytest.mark.parametrize(
    ("title", "area"), [("Control Objective 2: Payroll Processing", None), ("Payroll Processing", "Payroll Processing")]
)
def test_a_heading_that_names_an_objective_by_its_number_is_no_area(title: str, area: str | None) -> None:
    users = f"Complementary User Entity Controls\n\nUser entities should do what follows.\n\n{title}\n\n"
    text = f"{users}- User entities review the totals of each month.\n"
    found = with_part("Complementary User Entity Controls", "Complementary Subservice", text)
    assert values(found, "user-entity", "area").get("1") == area
    assert ends(found, "user-entity", "COMPLEMENTS") == {("1", "2")}


@pytest.mark.parametrize(
    ("clause", "method"),
    [
        ("whose controls are presented by the inclusive method", "inclusive"),
        ("the controls of which are not covered by this report", "carve_out"),
    ],
)
def test_a_list_of_organizations_says_of_their_controls_but_how_they_are_treated(clause: str, method: str) -> None:
    text = f"""
Subservice Organizations

Ferrum works with the following subservice organizations, {clause}:

 • Quince Lockbox, Inc. – opening and sorting of mail
 • Tern Archive GmbH – storage of paper records
"""
    found = with_part("Complementary Subservice", "Section 4", text)
    assert not values(found, "subservice-control", "statement")
    relied = {end for _, end in ends(found, "assessment", "RELIES_ON")}
    assert f"quince-lockbox method={method}, service=opening and sorting of mail" in relied
    assert f"tern-archive method={method}, service=storage of paper records" in relied


def test_a_list_of_controls_of_organizations_names_none_that_are_used() -> None:
    text = """
Subservice Organizations

Ferrum works with these subservice organizations, whose complementary controls are expected to be in place:

 • Quince Lockbox, Inc. – mail is opened by two persons together.
"""
    found = with_part("Complementary Subservice", "Section 4", text)
    assert not {end for _, end in ends(found, "assessment", "RELIES_ON") if end.startswith("quince")}
