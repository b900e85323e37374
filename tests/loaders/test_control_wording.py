"""Numbers, titles, labels, results and responses of tables of controls mean what the reviewed tables say."""

from __future__ import annotations

import pytest

from loaders.layout.hyphens import Hyphens
from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.deviations import (
    date_in,
    deviations_in,
    examined_by,
    matching,
    remediated_on,
    without_response,
)
from loaders.soc.controls.exclusions import exclusions
from loaders.soc.controls.labels import Role, column_role, label_in
from loaders.soc.controls.numbers import criteria_in, criterion_in, families, follows, number_in, objective_in
from loaders.soc.controls.responses import entries, examinations
from loaders.soc.controls.results import Counted, count_in, had_no_occasion, is_procedure, is_reference, result_of


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("1. Keys are counted.", "1", "Keys are counted."),
        ("1.01 Keys are counted.", "1.01", "Keys are counted."),
        ("LA-07 Keys are counted.", "LA-07", "Keys are counted."),
        ("AC.7 Keys", "AC.7", "Keys"),
        ("CC6.1.2 Keys", "CC6.1.2", "Keys"),
        ("HR1 Keys", "HR1", "Keys"),
        ("Control No. 5 – Keys", "5", "Keys"),
        ("**Control 1.01**", "1.01", ""),
    ],
)
def test_a_control_may_have_any_numbering(text: str, number: str, rest: str) -> None:
    found = number_in(text)
    assert found is not None
    assert (found.number, found.rest) == (number, rest)


@pytest.mark.parametrize("text", ["AES-256 keys are used", "TLS1.2 is used", "ISO-27001 is held", "Keys are counted."])
def test_what_names_a_protocol_or_a_standard_is_no_control(text: str) -> None:
    assert number_in(text) is None


def test_numbers_of_one_report_are_alike_and_follow_one_another() -> None:
    numbers = [found for text in ("LA-01 a", "LA-02 b", "CM-01 c", "X9 d") if (found := number_in(text))]
    assert families(numbers) == {"LA", "CM"}
    assert follows("1.02", "1.01")
    assert follows("2.01", "1.05")
    assert not follows("1.01", "1.02")
    assert not follows("90", "3")


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("Control Objective 1: Key Keeping", "1", "Key Keeping"),
        ("CO-3 – Water", "CO-3", "Water"),
        ("Objective 2 – Ropes", "2", "Ropes"),
        ("Control Objective 4", "4", ""),
    ],
)
def test_an_objective_may_be_numbered_in_any_way(text: str, number: str, title: str) -> None:
    found = objective_in(text)
    assert found is not None
    assert (found.number, found.rest) == (number, title)


def test_criteria_are_known_by_their_codes_and_ranges_are_filled() -> None:
    assert criteria_in("CC1.1 - CC1.3, A1.2 and P8.1; not CC6.1.2") == ("CC1.1", "CC1.2", "CC1.3", "A1.2", "P8.1")
    found = criterion_in("Criterion CC6.1: The harbor keeps its gates.")
    assert found is not None
    assert (found.number, found.rest) == ("CC6.1", "The harbor keeps its gates.")
    assert criterion_in("CC6.1.2 Gates are kept.") is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Controls Specified by the Harbor", Role.CONTROL),
        ("Control #", Role.NUMBER),
        ("Tests of Controls", Role.PROCEDURE),
        ("Results of Tests", Role.RESULT),
        ("Control Owner", Role.OWNER),
        ("Management's Response", Role.RESPONSE),
        ("Statement of the management", Role.RESPONSE),
        ("Remediated on", Role.REMEDIATED),
        ("Remedied on", Role.REMEDIATED),
        ("Planned Completion Date", Role.REMARK),
        ("Trust Services Criteria", Role.CRITERION),
        ("Weather", None),
    ],
)
def test_a_column_holds_what_its_heading_says(text: str, role: Role | None) -> None:
    assert column_role(text) is role


@pytest.mark.parametrize(
    ("line", "role", "rest"),
    [
        ("Control activity: Keys are counted.", Role.CONTROL, "Keys are counted."),
        ("**Frequency:** Quarterly", Role.FREQUENCY, "Quarterly"),
        ("Test performed: Inspected the book.", Role.PROCEDURE, "Inspected the book."),
        ("Results of tests", Role.RESULT, ""),
        ("Management comment on 1.2 (not covered by our opinion): We agree.", Role.RESPONSE, "We agree."),
        ("Also supports: CC6.1", Role.CRITERION, "CC6.1"),
    ],
)
def test_a_label_says_what_stands_behind_it(line: str, role: Role, rest: str) -> None:
    label = label_in(line)
    assert label is not None
    assert label[:2] == (role, rest)


def test_a_procedure_begins_with_a_past_verb_of_the_auditor() -> None:
    assert is_procedure("Inspected the book.")
    assert is_procedure("For a sample of 25 keys, inspected the book.")
    assert is_procedure("b. Observed the count.")
    assert not is_procedure("Keys are inspected each day.")
    assert is_reference("Refer to the test of CC6.2.")
    assert not is_reference("Inspected the book to which CC6.2 refers.")


def test_no_occasion_is_told_from_no_samples() -> None:
    assert result_of("Not tested. No gate was closed in the period.") == "not_tested"
    assert had_no_occasion("Not tested. No gate was closed in the period.")
    assert had_no_occasion("The control was not tested because the spare key was not used in the period.")
    assert had_no_occasion("There were no new gates, therefore no samples were available.")
    assert had_no_occasion("Not tested: in the period from 02.03.2023 to 01.03.2024 no user asked for a key.")
    assert not had_no_occasion("Not tested: no user list shows the keys.")
    assert not had_no_occasion("No samples were available to test.")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2 of 25 keys", (2, 25)),
        ("two of the 25 keys", (2, 25)),
        ("one out of a sample of 40 keys", (1, 40)),
        ("Of 25 keys sampled, 1 was lost.", (1, 25)),
        ("3 of the 10 retired keys", (3, 10)),
        ("25 of 2 keys", None),
        ("Only one of the two drills was held.", None),
    ],
)
def test_counts_are_read_in_either_order(text: str, count: tuple[int, int] | None) -> None:
    assert count_in(text) == (Counted(*count) if count else None)


def test_several_deviations_of_one_result_are_one_each() -> None:
    two = "Exceptions noted. For 2 of 25 keys there was no keeper. For 1 of 8 gates the lock was open."
    assert [(one.statement, one.count) for one in deviations_in(two)] == [
        ("For 2 of 25 keys there was no keeper.", Counted(2, 25)),
        ("For 1 of 8 gates the lock was open.", Counted(1, 8)),
    ]
    headed = "Deviation noted: For 2 of 25 keys there was no keeper. Deviation noted: The book was lost."
    assert len(deviations_in(headed)) == 2
    one = "Deviation noted. For 2 of 25 keys there was no keeper."
    assert [(d.statement, d.count) for d in deviations_in(one)] == [(one, Counted(2, 25))]
    assert deviations_in("No deviations noted.") == []


def test_a_response_in_the_cell_of_a_result_is_taken_apart() -> None:
    text = "Exception noted. 1 of 8 gates was open. Management’s response: The gate was closed."
    assert without_response(text) == ("Exception noted. 1 of 8 gates was open.", "The gate was closed.")


def test_a_date_of_remediation_is_that_of_what_was_done() -> None:
    assert remediated_on("We agree. The exception was remediated on October 31, 2023.") == "2023-10-31"
    assert remediated_on("The lock was replaced; the exception was remediated on 12 June 2023.") == "2023-06-12"
    assert remediated_on("The exception was remediated in June 2023.") == "2023-06"
    assert remediated_on("The lock will be replaced by June 30, 2024.") is None
    assert remediated_on("Lamps are counted twice now. The change took effect on June 2, 2024.") == "2024-06-02"
    assert remediated_on("A gate with a lock was taken into use on 3 June 2024.") == "2024-06-03"
    assert remediated_on("A gate with a lock is to be taken into use on 3 June 2024.") is None
    assert remediated_on("The entry was made by hand in the course of a storm.") is None
    assert remediated_on("The entry was made by hand during a storm on June 2, 2024.") is None
    assert remediated_on("Keys were lent out until May 3, 2023, and all of them were removed.") is None
    assert remediated_on("A second keeper has been in place since 1 July 2023.") is None
    assert remediated_on("Keys are counted, and the loss was corrected on 1 July 2023.") == "2023-07-01"
    assert date_in("30 November 2023") == "2023-11-30"
    assert date_in("Open") is None


def test_a_response_was_examined_only_where_the_text_says_so() -> None:
    assert examined_by("We performed no procedures on management's responses to exceptions.", here=False) is False
    assert examined_by("Management's responses were subjected to our procedures.", here=False) is True
    assert examined_by("The information in this section was not subjected to the procedures.", here=True) is False
    assert examined_by("Management's responses stand below.", here=True) is None


def test_a_repeated_deviation_is_the_one_of_the_same_numbers() -> None:
    stated = ["For 2 of 25 keys there was no keeper.", "For 1 of 8 gates the lock was open."]
    assert matching(stated, "1 of 8 gates had an open lock.") == 1
    assert matching(stated, "Something else.") is None


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("Quarterly", "quarterly"),
        ("Half-yearly", "semiannual"),
        ("As needed", "ad_hoc"),
        ("Upon hire", "ad_hoc"),
        ("At dusk", None),
    ],
)
def test_a_frequency_has_a_known_wording_or_is_unknown(text: str, frequency: str | None) -> None:
    assert frequency_of(text) == frequency


def test_a_nature_is_one_of_two_or_unknown() -> None:
    assert (nature_of("Manual"), nature_of("Automated, preventive"), nature_of("Manual / Automated")) == (
        "manual",
        "automated",
        None,
    )


def test_criteria_that_do_not_apply_are_read_from_lists_and_sentences() -> None:
    lines = [
        "Criteria That Are Not Applicable",
        "",
        "- CC6.4: The harbor has no vaults; its",
        "  guests keep theirs.",
        "- CC6.5: The harbor has no media.",
        "",
        "Criterion P1.1 is not applicable because the harbor keeps no names.",
    ]
    found = {one.code: (one.reason, one.first_line, one.last_line) for one in exclusions(list(enumerate(lines, 1)))}
    assert found == {
        "CC6.4": ("The harbor has no vaults; its guests keep theirs.", 3, 4),
        "CC6.5": ("The harbor has no media.", 5, 5),
        "P1.1": ("the harbor keeps no names.", 7, 7),
    }


def test_a_hyphen_of_a_cut_word_goes_and_that_of_a_word_stays() -> None:
    hyphens = Hyphens(["The documented count is a follow-up of the day.", "A sign for the crew that went off."])
    assert hyphens.mended("docu-mented follow-up, multi-factor and sign-off") == (
        "documented follow-up, multi-factor and sign-off"
    )


def test_cells_of_a_table_are_no_sentence_that_says_who_examined_responses() -> None:
    rows = [
        "| RO-01 | Exception noted.<br>Management response: the ropes were replaced |",
        "| RO-02 | responses to storms are not tested in calm weather |",
    ]
    assert examinations(rows).at(1, later=False) is None
    said = [*rows, "", "Management's responses were not subjected to our procedures."]
    assert examinations(said).at(1, later=False) == (False, 4)


@pytest.mark.parametrize(
    "said",
    [
        "Part C holds what the mates add, with the responses to deviations. We have not examined that information.",
        "Management's responses stand last. We express no opinion on such information and performed no procedures.",
    ],
)
def test_information_of_which_the_sentence_before_speaks_is_that_of_responses(said: str) -> None:
    assert examinations([said]).at(9, later=False) == (False, 1)


@pytest.mark.parametrize(
    ("said", "examined"),
    [
        ("It includes the crew's responses to the exceptions. It has not been subject to our procedures.", False),
        ("It holds the responses of management. This information was not examined.", False),
        ("It includes the crew's responses to the exceptions. It was subjected to our procedures.", True),
        ("It includes the crew's responses to the exceptions. The mates praise it and have not examined fog.", None),
    ],
)
def test_information_of_a_section_may_include_responses(said: str, examined: bool | None) -> None:
    text = f"The information in section 5 is given by the crew. {said}"
    assert examinations([text]).at(9, later=False) == (None if examined is None else (examined, 1))


def test_information_of_a_section_that_holds_no_responses_is_that_of_those_below_it() -> None:
    found = examinations(["Section 5 gives more information. It has not been subject to our procedures."])
    assert found.at(9, later=True) == (False, 1)
    assert found.at(9, later=False) is None


def test_information_that_is_of_no_responses_says_nothing_of_them() -> None:
    said = ["The crew trains its response to storms. We have not examined that information."]
    assert examinations(said).at(9, later=True) is None


def test_the_title_of_a_section_says_that_its_information_was_not_examined() -> None:
    said = ["Section 5. Further information from the crew (not examined)", "", "BOAT-02 was mended."]
    assert examinations(said).at(3, later=True) == (False, 1)


DOUBLE = """
Management's Responses to Exceptions
 Criterion /    Exception                                       Management's Response
 Control
 CC6.1          For 2 of 25 keys that were sampled, the book    The keeper reads the book each morning. The
 KEY-01         of keys was signed late.                        change took effect on June 2, 2024.
 CC7.2          For 1 of 8 gates, the lock was not tried in     Management agrees with the finding.
 GAT-04         the period.
"""


def test_responses_stand_under_a_criterion_with_its_control_below_it() -> None:
    lines = list(enumerate(DOUBLE.splitlines(), 1))
    found = [(one.number, one.criteria, one.told, one.response) for one in entries(lines, Hyphens(DOUBLE.splitlines()))]
    said = [(number, criteria, told and told.text, answer and answer.text) for number, criteria, told, answer in found]
    assert said == [
        (
            "KEY-01",
            ("CC6.1",),
            "For 2 of 25 keys that were sampled, the book of keys was signed late.",
            "The keeper reads the book each morning. The change took effect on June 2, 2024.",
        ),
        (
            "GAT-04",
            ("CC7.2",),
            "For 1 of 8 gates, the lock was not tried in the period.",
            "Management agrees with the finding.",
        ),
    ]


def test_a_table_below_the_next_heading_is_no_part_of_the_last_response() -> None:
    below = """
     Glossary
     The words of this report are used as follows.

      Term                                        Meaning
      Berth                                       A place at the quay where a ship lies while her cargo is
                                                  taken ashore.
"""
    text = f"{DOUBLE}{below}"
    found = entries(list(enumerate(text.splitlines(), 1)), Hyphens(text.splitlines()))
    assert [one.response and one.response.text for one in found][-1] == "Management agrees with the finding."
