"""Titles of sections may wrap over lines and stand right above their text; a report is read whichever it is."""

from __future__ import annotations

import pytest

from loaders.inputs.documents import document_from
from loaders.soc.pieces import read_soc_pieces
from loaders.soc.section_titles import with_titles_apart
from loaders.soc.sections import Part, read_sections
from tests.loaders.soc_facts import change, fixture_text, stated

LARKSPUR = fixture_text("soc_2_larkspur")
CONTENTS = LARKSPUR[LARKSPUR.index(" TABLE OF") : LARKSPUR.index("I. Independent Service Auditor’s Report\n")]
UNLISTED = LARKSPUR.replace(CONTENTS, "\n")
AUDITOR = "I. Independent Service Auditor’s Report\n\nTo: Management"
ASSERTION = "II. Assertion of Larkspur Management\n\n"
DESCRIPTION = "III. Description of the Dispatch Cloud Platform\n\n"
TESTS = "IV. Trust Services Criteria, Related Controls, and Tests of Controls\n\n"
OTHER = "V. Other Information Provided by Larkspur\n\n"

WRAPPED = {
    AUDITOR: "I. Independent Service Auditor’s\nReport\nTo: Management",
    ASSERTION: "II. Assertion of Larkspur\nManagement\n",
    DESCRIPTION: "III. Description of the Dispatch\nCloud Platform\n",
    TESTS: "IV. Trust Services Criteria,\nRelated Controls, and\nTests of Controls\n",
    OTHER: "V. Other Information Provided by\nLarkspur\n",
}
BARE = {
    AUDITOR: "Independent Service Auditor’s Report\nTo: Management",
    ASSERTION: "Assertion of Larkspur\nManagement\n",
    DESCRIPTION: "Description of the Dispatch\nCloud Platform\n",
    TESTS: "Trust Services Criteria,\nRelated Controls, and\nTests of Controls\n",
    OTHER: "Other Information Provided by\nLarkspur\n",
}


def _edited(text: str, edits: dict[str, str]) -> str:
    for old, new in edits.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def _parts(text: str) -> list[tuple[Part, str]]:
    document = document_from(text.encode(), "report.txt")
    return [(section.part, section.title) for section in read_sections(read_soc_pieces(document))]


@pytest.mark.parametrize("text", [LARKSPUR, UNLISTED])
@pytest.mark.parametrize("edits", [WRAPPED, BARE])
def test_a_title_that_wraps_above_its_text_begins_the_same_section(text: str, edits: dict[str, str]) -> None:
    assert _parts(_edited(text, edits)) == _parts(text)


@pytest.mark.parametrize("edits", [WRAPPED, BARE])
def test_a_report_with_such_titles_states_the_same(edits: dict[str, str]) -> None:
    changed = change(UNLISTED, lambda text: _edited(text, edits))
    assert (changed.gone, changed.new) == (frozenset(), frozenset())


def test_a_title_in_capitals_goes_on_in_capitals() -> None:
    lines = ["SECTION III – DESCRIPTION OF THE LANTERN", "TOWER WATCH", "The tower was built of brick."]
    numbered = list(enumerate(lines, 1))
    assert with_titles_apart(numbered, lines) == [
        (1, "SECTION III – DESCRIPTION OF THE LANTERN TOWER WATCH"),
        (2, ""),
        (2, ""),
        (3, "The tower was built of brick."),
    ]


@pytest.mark.parametrize(
    "first",
    [
        "The description of the system was prepared by those who keep the tower and",
        "Section IV holds the tests of controls and their results, which the auditor",
        "Independent auditors opined in their report of last spring that the tower",
    ],
)
def test_a_sentence_is_no_title(first: str) -> None:
    lines = list(enumerate([first, "The tower stands on a hill above the town, and is lit by night."], 1))
    assert with_titles_apart(lines, [text for _, text in lines]) == lines


def test_a_report_whose_auditors_report_has_no_title_is_read() -> None:
    untitled = UNLISTED.replace("I. Independent Service Auditor’s Report\n", "")
    found = {value[1:] for value in stated(untitled).values}
    assert {("period_end", "2023-09-30"), ("number", "LF-01")} <= found
