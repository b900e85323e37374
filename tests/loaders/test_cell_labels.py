"""Labelled lines in the cells of controls: at their head or foot, one or several, in whichever form a table comes."""

from __future__ import annotations

import pytest

from loaders.inputs.documents import document_from
from loaders.soc.controls.cell_labels import holds_label, with_ends, without_labelled
from loaders.soc.controls.heading_ways import heading_ways
from loaders.soc.controls.labels import Role
from loaders.soc.controls.reading import read_tables
from loaders.soc.controls.register import Register
from loaders.soc.controls.values import Cell, Fragment, Tables
from tests.loaders.labelled_tables import Labelled

ALL = (Role.OWNER, Role.FREQUENCY, Role.NATURE)
BROKEN = """SECTION IV – Criteria, Controls, Tests and Results

 Ref.     Control description        Criteria   Tests of controls             Results of tests
 DCK-01   Moorings are looked over   CC6.4      Observed the look over the    No exceptions noted.
          before the first sailing.             moorings.
\f
 Ref.     Control description        Criteria   Tests of controls             Results of tests
          Owner: Harbor Master
 DCK-02   Gangways close by          CC6.4      Observed the closing of a     No exceptions noted.
          themselves.                           gangway.
          Owner: Purser
"""
ENDED = """SECTION IV – Controls, Tests and Results

 Control activity                   Tests of controls             Results of tests

 7.1 Moorings are looked over       Observed the look over the    No exceptions noted.
 before the first sailing.          moorings.

 7.2 Gangways close by              Observed the closing of a     No exceptions noted.
 themselves.                        gangway.

Annex 1 Timetable
The ferries sail from the first of March to the last of October, on each day and at each full hour,
and in the other months on Sundays alone.
"""


def read(content: bytes) -> Tables:
    return read_tables(document_from(content, "made")).tables


def said(tables: Tables) -> list[tuple[object, ...]]:
    return [
        (
            one.number,
            one.statement,
            [(cell.role, cell.text) for cell in one.attributes],
            list(one.criteria),
            [(test.procedure, test.result) for test in one.tests],
        )
        for one in tables.controls.values()
    ]


@pytest.mark.parametrize("form", ["text", "bars", "page", "printed"])
@pytest.mark.parametrize("families", [False, True])
@pytest.mark.parametrize("tight", [False, True])
@pytest.mark.parametrize("head", [False, True])
@pytest.mark.parametrize("labels", [(), (Role.OWNER,), (Role.FREQUENCY,), ALL], ids=len)
def test_labelled_lines_are_told_from_wordings(
    labels: tuple[Role, ...], form: str, *, head: bool, tight: bool, families: bool
) -> None:
    table = Labelled(labels, head, tight, families)
    content = getattr(table, form)()
    tables = read(content if isinstance(content, bytes) else content.encode())
    assert said(tables) == list(table.truth())
    assert tables.doubts == []


def test_a_labelled_line_below_a_repeated_heading_is_of_the_control_before_the_page() -> None:
    owners = {one.number: [cell.text for cell in one.attributes] for one in read(BROKEN.encode()).controls.values()}
    assert owners == {"DCK-01": ["Harbor Master"], "DCK-02": ["Purser"]}


def test_a_title_with_its_text_right_below_a_table_is_none_of_its_cells() -> None:
    wordings = {one.number: one.statement for one in read(ENDED.encode()).controls.values()}
    assert wordings["7.2"] == "Gangways close by themselves."


@pytest.mark.parametrize(
    ("lines", "wording", "values"),
    [
        (["Gates close.", "Owner: Head of", "Gates"], "Gates close.", ["Head of Gates"]),
        (["Gates close.", "Owner: Gate and", "lamp keepers"], "Gates close.", ["Gate and lamp keepers"]),
        (["Owner: Chief Gate", "Keeper", "Gates close."], "Gates close.", ["Chief Gate Keeper"]),
        (["Owner: Purser", "Chief Gate Keepers", "close gates."], "Chief Gate Keepers close gates.", ["Purser"]),
        (["Gates close. Owner: Purser; Frequency: Daily"], "Gates close.", ["Purser", "Daily"]),
        (["Gates close.", "Performed by: Harbor Watch Ltd.", "Type: Manual."], "Gates close.", None),
        (["Gates close.", "- Frequency: As", "needed"], "Gates close.", ["As needed"]),
        (["Gates close.", "Criteria: CC6.4,", "CC7.1"], "Gates close.", ["CC6.4, CC7.1"]),
        (["Gates close.", "Control owner – Purser"], "Gates close.", ["Purser"]),
    ],
)
def test_a_value_goes_on_as_a_name_does(lines: list[str], wording: str, values: list[str] | None) -> None:
    kept, cells = without_labelled([Fragment(at, text) for at, text in enumerate(lines)])
    assert " ".join(one.text for one in kept) == wording
    assert [cell.text for cell in cells] == (values or ["Harbor Watch Ltd.", "Manual"])


@pytest.mark.parametrize(
    "lines",
    [
        ["Passes name the", "Owner: the field is filled by the purser."],
        ["Gates close", "owner: Purser"],
        ["Of each pass is noted:", "Owner: name of the guest", "Type: day or year"],
        ["Of each pass is noted: Owner: name of the guest"],
        ["Gates close.", "[Owner: Purser]"],
        ["Owner: Purser"],
        ["Gates close.", "Owner: Purser CC6.4"],
    ],
)
def test_what_is_no_labelled_line_stays_as_it_is(lines: list[str]) -> None:
    fragments = [Fragment(at, text) for at, text in enumerate(lines)]
    assert without_labelled(fragments) == (fragments, [])


def test_a_wording_that_is_not_told_from_a_label_is_named_and_not_stated() -> None:
    register = Register()
    text = "Owner: Chief Gate Keeper The watch closes gates at dusk."
    register.take(
        [Cell(Role.CONTROL, text, 3, 4, "G-01"), Cell(Role.CONTROL, "Lamps burn. Owner: Purser", 5, 5, "G-02")]
    )
    tables = register.close()
    assert [(one.wording, [cell.text for cell in one.attributes]) for one in tables.controls.values()] == [
        ("", []),
        ("Lamps burn.", ["Purser"]),
    ]
    assert [line for line, _ in tables.doubts] == [3]


def test_labels_without_those_of_tests_make_no_blocks() -> None:
    cells = "{n}\nGates close at dusk.\nOwner: Purser\nCC6.4\nObserved the gates.\nNo exceptions noted.\n"
    text = "SECTION IV – Controls and Tests\n\n" + "".join(cells.format(n=f"G-0{n}") for n in range(1, 6))
    owners = {cell.text for one in read(text.encode()).controls.values() for cell in one.attributes}
    assert owners <= {"Purser"}


def test_labelled_values_end_as_sentences_do() -> None:
    cells = ["Gates close.", "Owner: Chief Gate", "Keeper", "Lamps burn.", ""]
    assert with_ends(cells, [True, False, False, True, False]) == [*cells[:2], "Keeper.", *cells[3:]]
    assert not holds_label("Owner:")


def test_a_labelled_line_is_no_title_of_a_column() -> None:
    lines = [(1, " Ref.    Control description     Results of tests"), (2, "         Owner: Purser")]
    assert {way.size for way in heading_ways(lines, 0)} == {1}
