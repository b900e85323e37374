"""Habits of printed tables: cells that touch, columns that drift, cells at half height, parts within a section."""

from __future__ import annotations

import pytest

from loaders.inputs.documents import document_from
from loaders.layout.pieces import Kind, Piece
from loaders.soc.controls.exclusions import exclusions
from loaders.soc.controls.furniture import without_furniture
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.numbers import number_in
from loaders.soc.controls.prefix import usual_prefix
from loaders.soc.controls.reading import read_tables
from loaders.soc.controls.values import ControlRow, Tables

HEAD = """Report on Controls, Type 2 Report

SECTION IV – Objectives, Criteria, Controls, Tests and Results

"""
TAIL = """
SECTION V – Other Information

The harbor plans a new pier.
"""
OBJECTIVE = """Control Objective 7: Refunds and Keys

Controls provide reasonable assurance that refunds are approved and keys are kept.

"""
DRIFTING = """  No.   Control Activity         Test of Operating            Results of
                                 Effectiveness                Testing
  7.01  Fares above the          Inspected the approval of 25 No exceptions
        limit need two           fares and determined that    noted.
        approvals.               two persons had approved.
  7.02  Crews are screened and   Inspected the screening      No exceptions
        approved by Harbor Watch record of a sample of 10.    noted.
  7.03  Keys are                         Observed the               No exceptions noted.
        kept in a safe.                  key cabinet.
  7.04  The ledger prevents  Reperformed a posting to a   No
        a posting to a closed closed month and determined exceptions
        month by user, date,  that the ledger refused it. noted.
        and amount.
  7.05  Owners review passes Inspected the review of two No exceptions noted.
        each quarter.        quarters.

                             For the changes of the two
\f No.   Control Activity     Test of Operating             Results of
                             Effectiveness                 Testing
                             quarters, inspected the       No exceptions
                             listing of users.             noted.
"""
MIDDLE = """Criteria that do not apply

The following criteria are not applicable to the system; all other criteria are met by controls:

  Criterion    Reason

  CC6.6        The harbor has no walls.
               The harbor has no rooms of
  CC6.4        its own in which data stand.
               Nothing is ever disposed
  CC6.5        of by the harbor, which
               owns no media.

Controls

           Control as
   No.     Described by     Owner       Operates    Criteria
           Management
           Passes are issued
   K01     once the list was  Office     Daily Manual CC6.1
           compared.
           Ropes are copied
           to a second pier     Head of                A1.2,
   K02                                   Daily
           and are tried        Ropes                  CC7.5
           in a storm.
           Crews sign a
   K03     register.            Office     Ad hoc      CC6.3

Criteria and controls

  Criterion    Statement                          Controls
  CC6.1        Access is restricted.              K01
  CC6.2        Registration of users K02
  CC7.4        Storms are handled by the          None (see the auditor’s report)
               crews.
"""


def tables(body: str) -> Tables:
    return read_tables(document_from(f"{HEAD}{body}{TAIL}".encode(), "report.txt")).tables


def said(control: ControlRow) -> tuple[str, list[tuple[str, str]]]:
    return control.statement, [(test.procedure, test.result) for test in control.tests]


def test_columns_that_touch_and_drift_keep_their_cells() -> None:
    found = {number: said(control) for number, control in tables(OBJECTIVE + DRIFTING).controls.items()}
    none = "No exceptions noted."
    assert found == {
        "7.01": (
            "Fares above the limit need two approvals.",
            [("Inspected the approval of 25 fares and determined that two persons had approved.", none)],
        ),
        "7.02": (
            "Crews are screened and approved by Harbor Watch",
            [("Inspected the screening record of a sample of 10.", none)],
        ),
        "7.03": ("Keys are kept in a safe.", [("Observed the key cabinet.", none)]),
        "7.04": (
            "The ledger prevents a posting to a closed month by user, date, and amount.",
            [("Reperformed a posting to a closed month and determined that the ledger refused it.", none)],
        ),
        "7.05": (
            "Owners review passes each quarter.",
            [
                ("Inspected the review of two quarters.", none),
                ("For the changes of the two quarters, inspected the listing of users.", none),
            ],
        ),
    }


def test_cells_at_half_height_belong_to_the_number_in_their_middle() -> None:
    found = tables(MIDDLE)
    assert {control.number: control.statement for control in found.controls.values()} == {
        "K01": "Passes are issued once the list was compared.",
        "K02": "Ropes are copied to a second pier and are tried in a storm.",
        "K03": "Crews sign a register.",
    }
    assert [cell.text for cell in found.controls["K02"].attributes] == ["Head of Ropes", "Daily"]
    assert {number: set(control.criteria) for number, control in found.controls.items()} == {
        "K01": {"CC6.1"},
        "K02": {"A1.2", "CC7.5", "CC6.2"},
        "K03": {"CC6.3"},
    }


def test_a_last_column_of_ids_beside_criteria_lists_the_controls_that_meet_them() -> None:
    ids = MIDDLE.replace("Controls\n  CC6.1", "Control IDs\n  CC6.1").replace("users K02", "users K01, K02")
    found = {number: set(control.criteria) for number, control in tables(ids).controls.items()}
    assert found == {"K01": {"CC6.1", "CC6.2"}, "K02": {"A1.2", "CC7.5", "CC6.2"}, "K03": {"CC6.3"}}


def test_criteria_that_do_not_apply_stand_at_half_height_too() -> None:
    reasons = {code: one.rationale.text for code, one in tables(MIDDLE).criteria.items() if one.rationale}
    assert reasons == {
        "CC6.4": "The harbor has no rooms of its own in which data stand.",
        "CC6.5": "Nothing is ever disposed of by the harbor, which owns no media.",
        "CC6.6": "The harbor has no walls.",
    }


BLOCK = """Control QA-01: Gates close at dusk.
Control owner: Harbor
Tests performed
(1) Inspected the list of passes.
(2) For a sample of 30 users, inspected the removal of access.
Results of tests
(1) No deviations noted.
(2) Deviation noted: For 2 of 30 users selected, access was not removed.
"""


NO_ROOMS = "The harbor has no rooms in which data stand."
WITHOUT = """  No.   Control Activity         Test of Operating Effectiveness  Results of Testing
  CC6.3 Access is changed by role.
  K01   Passes follow roles.     Inspected the roles.             No exceptions noted.
  CC6.4 Physical access is restricted
  {}
  CC6.5 Media are disposed of.
\f  No.   Control Activity         Test of Operating Effectiveness  Results of Testing
  {}
  CC6.6 Boundaries are protected.
  K02   The gate is locked.      Observed the gate.               No exceptions noted.
"""


@pytest.mark.parametrize(
    "said",
    [
        "This criterion is addressed by the subservice organization.",
        "Carved out – see Section III.",
        "Not applicable. The harbor has no rooms in which data\n  stand.",
    ],
)
def test_a_sentence_in_place_of_controls_hands_no_criterion_on(said: str) -> None:
    found = tables(WITHOUT.format(said, said))
    assert {number: [*control.criteria] for number, control in found.controls.items()} == {
        "K01": ["CC6.3"],
        "K02": ["CC6.6"],
    }
    assert {code: one.statement for code, one in found.criteria.items() if code in ("CC6.4", "CC6.5")} == {
        "CC6.4": "",
        "CC6.5": "Media are disposed of.",
    }
    reasons = {code: one.rationale.text for code, one in found.criteria.items() if one.rationale}
    assert reasons == (dict.fromkeys(("CC6.4", "CC6.5"), NO_ROOMS) if said.startswith("Not") else {})


def test_a_deviation_behind_its_head_is_a_result() -> None:
    results = [test.result for test in tables(OBJECTIVE + BLOCK).controls["QA-01"].tests]
    assert results == [
        "No deviations noted.",
        "Deviation noted: For 2 of 30 users selected, access was not removed.",
    ]


def test_a_part_of_a_section_does_not_end_it() -> None:
    matrix = """### Part A – Criteria and related controls
| TSC Ref. | Criterion | Related controls |
|---|---|---|
| CC2.1 | Quality information is used. | OPS-01 |
| CC6.4 | Physical access is restricted. | Not applicable |

### Part B – Controls and tests
| Control | Description | Test | Result |
|---|---|---|---|
| OPS-01 | Logs are kept by the watch. | Inspected the logs. | No exceptions noted. |
"""
    found = tables(matrix)
    assert set(found.controls["OPS-01"].criteria) == {"CC2.1"}
    assert found.criteria["CC6.4"].rationale is not None
    assert found.criteria["CC6.4"].rationale.text == ""


def test_a_result_that_is_not_known_is_what_its_line_says() -> None:
    rows = """Controls Specified\tTests Performed\tResults of Tests
QA-01 Gates close at dusk.\tObserved a watchman close the gates.\tNo exceptions noted.
\tInspected the key book for a sample of 8 days.\tSee above.
"""
    tests = tables(OBJECTIVE + rows).controls["QA-01"].tests
    assert [(test.result, test.scope) for test in tests] == [("No exceptions noted.", "test"), ("See above.", "test")]


def test_the_title_of_other_information_begins_a_part_though_it_is_longer_than_a_line() -> None:
    rows = """Control\tDescription\tTest\tResult
QA-01\tGates close at dusk.\tObserved a watchman close the gates.\tException noted: For 1 of 5 days the gate was open.
"""
    title = "Section V: Other Information Provided by Harbor Watch, Limited That Is Not Examined by the Auditors"
    other = f"{title} of the Harbors\n\nControl\tException\tManagement’s Response\nQA-01\tIt was open.\tIt is shut.\n"
    text = f"{HEAD}{OBJECTIVE}{rows}\n{other}"
    read = read_tables(document_from(text.encode(), "report.txt"))
    assert [len(control.tests) for control in read.tables.controls.values()] == [1]
    assert read.lines[-1][1] == "" and read.after[0][1].startswith(title)


def test_a_numbered_title_on_the_page_below_a_table_is_no_row_of_it() -> None:
    table = """   No.    Control                        Our test                    Result of test

   F.1    Boats are counted each         We inspected the            No deviations noted.
          morning, and lost ones are     counts of 15 days.
          looked for.

   F.2    Ropes are tried every          We inspected the            No deviations noted.
          quarter.                       trials of 2 quarters.

\f
 5. Pictures of the harbor by night, taken by the watch in
 its boats
 These pictures have been taken by the watch and say nothing of controls.
"""
    found = {number: said(control) for number, control in tables(OBJECTIVE + table).controls.items()}
    assert found == {
        "F.1": (
            "Boats are counted each morning, and lost ones are looked for.",
            [("We inspected the counts of 15 days.", "No deviations noted.")],
        ),
        "F.2": ("Ropes are tried every quarter.", [("We inspected the trials of 2 quarters.", "No deviations noted.")]),
    }


def pieces(*texts: str) -> list[Piece]:
    return [Piece(Kind.PARAGRAPH, text, line, line) for line, text in enumerate(texts, 1)]


def test_a_prefix_is_one_of_controls_or_stands_before_several_numbers() -> None:
    numbers = frozenset(("1.1", "1.2", "2.1"))
    assert usual_prefix(pieces("The form AB-1.1 is filled in."), numbers) is None
    assert usual_prefix(pieces("The form AB-1.1 is kept (Control QA-1.2)."), numbers) == "QA"
    assert usual_prefix(pieces("See QA-1.1, QA-1.2 and QA-2.1, or AB-1.1."), numbers) == "QA"


BETWEEN = """
  No.     Control                  Tests performed             Results

  HA-1    Gates are closed at      Inspected the book of the   No exceptions noted.
          night by the keeper,     gates.
          who tells his mate
          of it.                   Observed the keeper close
                                   the gates.

                                   Counted the keys on the
                                   board of the keeper.

  HA-2    Keys hang on a board.    Inspected the board.        No exceptions noted.
"""


def test_a_gap_between_tests_is_one_of_their_own_column() -> None:
    found = tables(BETWEEN).controls["HA-1"]
    assert [test.procedure for test in found.tests] == [
        "Inspected the book of the gates.",
        "Observed the keeper close the gates.",
        "Counted the keys on the board of the keeper.",
    ]


APART = """
  No.     Control                  Tests performed             Results

  HA-1    Gates are closed.        Inspected the book.         No exceptions noted.

  HA-2    Keys hang on a board.    Inspected the board.        No exceptions noted.

 Section 5
 Other Information Provided by the Harbor That Is Not
 Covered by the Report

 Appendix A
 Criteria and the Controls of the Harbor

  Criterion     Summary of the criterion                           Controls

  CC6.1         Access is restricted to those who need it in the   HA-1
                harbor.

  CC6.4         Places are locked.                                 HA-1, HA-2
"""


def test_a_table_in_an_appendix_maps_criteria_to_controls_whose_own_tables_name_none() -> None:
    controls = tables(APART).controls
    assert {number: list(one.criteria) for number, one in controls.items()} == {
        "HA-1": ["CC6.1", "CC6.4"],
        "HA-2": ["CC6.4"],
    }
    assert controls["HA-2"].tests[0].result == "No exceptions noted."


def test_a_number_of_a_section_alone_at_the_top_of_a_page_is_that_of_no_page() -> None:
    pages = [
        f"\fSection {n}\nThings of the harbor, chapter {n}\n\nIt is wet.\n\nHarbor report   {n}\n" for n in range(1, 6)
    ]
    found = [text.strip() for _, text in without_furniture("\n".join(pages).split("\n")) if text.strip()]
    assert [text for text in found if text.startswith("Section")] == [f"Section {n}" for n in range(1, 6)]
    assert not [text for text in found if text.startswith("Harbor report")]


SEVERAL = """
   Criteria                 Controls specified                  Tests performed                     Results

   CC6.1 Access is          1.1 Gates are closed at night.      Inspected the book of the gates.    No exceptions noted.
   restricted to those
   who need it.             1.2 Keys hang on a board that       Inspected the board.                No exceptions noted.
                            the keeper looks after.

   CC6.4 Places are         1.3 Lamps are lit.                  Observed the lamps.                 No exceptions noted.
   locked, and few
   have keys to them.       Refer to control 1.2.               Refer to the tests listed there.    Refer to the results
                                                                                                    listed there.

   CC7.2 Storms are         Refer to controls 1.1 and 1.3.      Refer to the tests listed there.    Refer to the results
   seen.                                                                                            listed there.
"""


def test_several_controls_stand_beside_one_criterion_and_references_add_to_theirs() -> None:
    found = {number: (list(one.criteria), said(one)) for number, one in tables(SEVERAL).controls.items()}
    none = "No exceptions noted."
    assert found == {
        "1.1": (["CC6.1", "CC7.2"], ("Gates are closed at night.", [("Inspected the book of the gates.", none)])),
        "1.2": (
            ["CC6.1", "CC6.4"],
            ("Keys hang on a board that the keeper looks after.", [("Inspected the board.", none)]),
        ),
        "1.3": (["CC6.4", "CC7.2"], ("Lamps are lit.", [("Observed the lamps.", none)])),
    }


NUMBERED_AS_OBJECTIVES = """
  Control number     Control description

  CO-01              Tides are told to the crews and published on the board of the
                     harbor.

  CO-02              Crews are told by letter of changes to their berths.

  PI-01              Pilots are examined before they are sent out.
"""


def test_rows_of_a_table_may_be_numbered_as_objectives_are() -> None:
    found = tables(NUMBERED_AS_OBJECTIVES)
    assert [control.wording for control in found.controls.values()] == [
        "Tides are told to the crews and published on the board of the harbor.",
        "Crews are told by letter of changes to their berths.",
        "Pilots are examined before they are sent out.",
    ]
    assert not found.objectives


IN_PLACE = """  CC7.2 Events are watched.

   Control #    Controls in place                Test procedures                     Test results

   SOC-01       The watch looks at the lamps     Inspected the list of the watch     No exceptions noted.
                all night.                       to determine that it was whole.

   SOC-11       Forms 1099-                      Inspected the count of Forms        Exception noted. For 1
                R are counted by the mates.      1099-R.                             of 9 days, no count was
                Performed by Lantern Mail                                            made. Refer to Section V
                Services, Inc.                                                       for management's response.
"""


def test_columns_may_be_named_with_small_words_and_controls_of_a_family_called_soc() -> None:
    found = tables(IN_PLACE).controls
    assert {number: said(control) for number, control in found.items()} == {
        "SOC-01": (
            "The watch looks at the lamps all night.",
            [("Inspected the list of the watch to determine that it was whole.", "No exceptions noted.")],
        ),
        "SOC-11": (
            "Forms 1099-R are counted by the mates.",
            [("Inspected the count of Forms 1099-R.", "Exception noted. For 1 of 9 days, no count was made.")],
        ),
    }
    assert [cell.text for cell in found["SOC-11"].attributes] == ["Lantern Mail Services, Inc."]


@pytest.mark.parametrize("text", ["SOC 1 Type 2", "SOC-2 reports", "AES-256 is used", "TLS-1.2 is used", "ISO-27001"])
def test_names_of_standards_and_reports_are_no_numbers_of_controls(text: str) -> None:
    assert number_in(text) is None


@pytest.mark.parametrize("label", ["Management’s comment", "Comments of management", "Management's reply"])
def test_responses_have_labels_of_several_words(label: str) -> None:
    assert label_in(f"{label}: It was mended.") == (Role.RESPONSE, "It was mended.", "")


@pytest.mark.parametrize(
    ("said_", "reason"),
    [
        ("is not applicable to the system. The harbor has no walls.", "The harbor has no walls."),
        ("is not applicable to the system for the reason stated in Part 4. All other criteria are met.", ""),
        ("does not apply, as the harbor has no walls. All of the other criteria are met.", "the harbor has no walls."),
    ],
)
def test_to_what_a_criterion_does_not_apply_is_no_reason_and_that_others_do_is_none(said_: str, reason: str) -> None:
    lines = [(1, "Criteria that are not applicable"), (2, ""), (3, f"Criterion CC6.6 {said_}")]
    assert [one.reason for one in exclusions(lines)] == [reason]
