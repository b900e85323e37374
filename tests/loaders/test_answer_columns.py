"""Results with responses beside them in columns of their own, within blocks and in later sections."""

from __future__ import annotations

from loaders.layout.hyphens import Hyphens
from loaders.soc.controls.answer_columns import answers_as_lines
from loaders.soc.controls.lines import Line
from loaders.soc.controls.responses import entries, examinations
from tests.loaders.test_control_habits import tables

BLOCK = """
 Criterion   Topic                      Controls
 CC6.1       Access to the berths       PIER-1, PIER-2
 CC6.2       Registration of crews      PIER-2
 CC8.1       Changes                    PIER-1

 Control PIER-1
 Criteria: CC6.1, CC8.1
 Control activity: Keys of the berths are counted each evening.
 Owner: Berth master        Frequency: Daily
 Test 1: Inquired of the berth master about the count.
 Result: No exceptions noted.
 Test 2: Inspected the count of a sample of 25 evenings.

   Result                                     Management's response

   Exception noted. For 2 of 25 evenings      The berth master was ill, and a deputy
   sampled, no count was                      has been

\f
   Result                                  Management's response
   made.                                   named.

 Control PIER-2
 Criteria: CC6.1, CC6.2
 Control activity: Crews are registered before they board.
 Owner: Crew office        Frequency: As needed
 Test 1: Inspected the register for a sample of 10 crews.
 Result: No exceptions noted.
"""
LATER = """Management's Responses
Control\tException\tManagement's response
PIER-1\tFor 2 of 25 evenings, no count was made.\tA deputy has been named.
PIER-1\t3 of 10 keys were lost.\tThe locks were changed.
PIER-2\tFor 1 of 10 crews, the register was\tThe form was
PIER-2\tleft empty.\tmended.
"""


def numbered(text: str) -> list[Line]:
    """The lines with their numbers."""
    return list(enumerate(text.split("\n"), 1))


def test_columns_of_results_and_responses_are_labelled_lines_across_pages() -> None:
    found = tables(BLOCK).controls
    assert [(test.procedure, test.result, test.response.text) for test in found["PIER-1"].tests if test.response] == [
        (
            "Inspected the count of a sample of 25 evenings.",
            "Exception noted. For 2 of 25 evenings sampled, no count was made.",
            "The berth master was ill, and a deputy has been named.",
        )
    ]
    assert [(test.result, test.response) for test in found["PIER-2"].tests] == [("No exceptions noted.", None)]


def test_rows_that_map_criteria_head_no_blocks_and_a_control_serves_those_that_it_names() -> None:
    found = tables(BLOCK).controls
    assert {number: sorted(control.criteria) for number, control in found.items()} == {
        "PIER-1": ["CC6.1", "CC8.1"],
        "PIER-2": ["CC6.1", "CC6.2"],
    }


def test_a_line_that_fits_no_column_ends_them() -> None:
    lines = numbered("  Result            Response\n  Exception noted.  It was mended.\nThe crew is paid on Fridays.")
    assert [text for _, text in answers_as_lines(lines)] == [
        "Result: Exception noted.",
        "Response: It was mended.",
        "The crew is paid on Fridays.",
    ]


def test_each_row_of_a_later_section_responds_to_a_deviation_of_its_own_unless_it_goes_on() -> None:
    found = entries(numbered(LATER), Hyphens([]))
    said = [(one.number, one.told.text, one.response.text) for one in found if one.told and one.response]
    assert said == [
        ("PIER-1", "For 2 of 25 evenings, no count was made.", "A deputy has been named."),
        ("PIER-1", "3 of 10 keys were lost.", "The locks were changed."),
        ("PIER-2", "For 1 of 10 crews, the register was left empty.", "The form was mended."),
    ]


def test_what_is_the_same_of_responses_is_what_the_sentence_before_says() -> None:
    about = "Part V is no part of the description, and we express no opinion on it."
    same = "The same applies to the responses of management to exceptions."
    assert examinations([f"{about} {same}"]).at(9, later=False) == (False, 1)
    assert examinations([f"The piers are long. {same}"]).at(9, later=False) is None


def test_they_are_the_responses_of_which_the_sentence_before_speaks() -> None:
    said = ["Responses of management stand below the exceptions. They are unaudited."]
    assert examinations(said).at(9, later=False) == (False, 1)
