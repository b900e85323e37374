"""A table of controls says the same wherever its cells stand in print, however columns drift and words touch."""

from __future__ import annotations

import pytest

from loaders.inputs.documents import document_from
from loaders.layout.table_block import BlockRows
from loaders.layout.table_cuts import RowCuts
from loaders.layout.table_middle import Standing
from loaders.soc.controls.furniture import without_furniture
from loaders.soc.controls.heading_ways import heading_ways
from loaders.soc.controls.reading import read_tables
from loaders.soc.controls.values import Tables
from tests.loaders.printed_tables import STANDING, Print, truth


def read(text: str) -> Tables:
    return read_tables(document_from(text.encode(), "report.txt")).tables


def said(tables: Tables) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    return [
        (c.objective, c.number, c.statement, [(test.procedure, test.result) for test in c.tests])
        for c in tables.controls.values()
    ]


@pytest.mark.parametrize("rows", [1000, 1])
@pytest.mark.parametrize("touching", [False, True])
@pytest.mark.parametrize("drifts", [False, True])
@pytest.mark.parametrize("gap", [1, 3])
@pytest.mark.parametrize("standing", STANDING)
def test_a_printed_table_says_the_same(standing: str, gap: int, rows: int, *, drifts: bool, touching: bool) -> None:
    tables = read(Print(standing, gap, drifts, touching, rows).text())
    assert said(tables) == truth()
    assert tables.doubts == []


@pytest.mark.parametrize("standing", STANDING)
def test_numbers_that_a_narrow_column_cuts_are_whole(standing: str) -> None:
    assert said(read(Print(standing, numbers=6).text())) == truth()


def test_each_line_of_a_row_of_centred_cells_is_cited() -> None:
    text = Print("middle").text()
    lines = text.split("\n")
    for control in read(text).controls.values():
        stands = [at for at, line in enumerate(lines, 1) if line.strip().startswith(control.number)]
        assert control.first_line <= stands[0] <= control.last_line
        assert control.statement.split()[0] in " ".join(lines[control.first_line - 1 : control.last_line])


CELLS = {
    Standing.TOP: [("1", "It begins"), ("", "and ends."), ("2", "It goes"), ("", "on."), ("", "It ends.")],
    Standing.MIDDLE: [("", "It begins"), ("1", "and goes on"), ("", "and ends."), ("2", "It ends.")],
    Standing.BOTTOM: [("", "It begins"), ("1", "and ends."), ("", "It goes"), ("2", "on.")],
}


@pytest.mark.parametrize("standing", Standing)
def test_where_cells_stand_is_told_by_the_sentences_that_are_whole_then(standing: Standing) -> None:
    found, rows = BlockRows(CELLS[standing], 0, str.isdigit, frozenset({1})).rows()
    numbers = [sum(bool(CELLS[standing][line][0]) for line in range(first, last + 1)) for first, last in rows]
    assert (found, numbers) == (standing, [1, 1])


def test_words_that_touch_are_cut_where_each_cell_reads_as_its_column_does() -> None:
    lines = ["Gates are locked Inspected the gate log No exceptions", "at nightfall.    and the keys.         noted."]
    cuts = RowCuts(frozenset({0, 1, 2}), frozenset({2}), _begins, lambda column, text: column < 2 or "noted" in text)
    assert cuts.cells(lines, [[(0, 15, 37)] * 2]) == [
        ("Gates are locked", "Inspected the gate log", "No exceptions"),
        ("at nightfall.", "and the keys.", "noted."),
    ]


def _begins(column: int, text: str) -> bool:
    return text.startswith("Inspected") if column == 1 else column == 2 and text.startswith("No ")


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("No.   Control Activity Specified by Test of Operating   Results", ["No.", "Control Activity Specified by"]),
        ("Control Control    Owner Frequency Nature    Test of Controls", ["Control", "Control", "Owner"]),
        ("Criterion Topic        Controls", ["Criterion", "Topic", "Controls"]),
    ],
)
def test_words_of_a_heading_that_touch_name_a_column_each(heading: str, words: list[str]) -> None:
    assert any(list(way.titles)[: len(words)] == words for way in heading_ways([(1, heading)], 0))


def test_a_number_in_a_cell_between_other_lines_is_no_number_of_a_page() -> None:
    lines = ["CC6.1   Access is given.        PK-02, PK-", " " * 32 + "03", "CC6.2   Access is taken.        PK-04"]
    assert [text for _, text in without_furniture(lines)] == lines


def test_what_touches_begins_before_its_column_rather_than_behind_it() -> None:
    lines = [
        "Keys are kept by the Inspected the key book",
        "one keeper who may new entries and the",
        "not leave the lodge. lamps.",
    ]
    cuts = RowCuts(frozenset({0, 1}), frozenset({1}), _begins, lambda column, text: text.startswith("Inspected"))
    assert [row[1] for row in cuts.cells(lines, [[(0, 21)] * 3])] == [
        "Inspected the key book",
        "new entries and the",
        "lamps.",
    ]


def test_the_column_is_moved_whose_other_beginning_lets_all_cells_read_as_those_of_their_columns() -> None:
    kinds = ("Lamp Keeper", "Daily", "By hand")
    begins = {"Daily": True, "Daily By hand": False}
    cuts = RowCuts(frozenset(), frozenset({1, 2}), lambda _, text: begins.get(text), lambda n, text: text == kinds[n])
    assert cuts.cells(["Lamp", "             Daily By hand", "Keeper"], [[(0, 13, 30)] * 3]) == [
        ("Lamp", "", ""),
        ("", "Daily", "By hand"),
        ("Keeper", "", ""),
    ]


LETTERED = """SECTION IV – Controls, Tests and Results

Control Objective 1: Lamps

No.    Control                       Tests                           Results
       [Owner]

1.01   Lamps are lit when night      a. Inquired of the keeper       a. No exceptions noted.
       falls.                           about the lamps.             b. Exception noted. For 1 of
       [Lamp Keeper]                 b. Inspected the lamp book         8 nights, no entry was
                                        of 8 nights.                    made.

1.02   Oil is kept dry.              a. Observed the cellar.         a. No exceptions noted.
       [Cellar Keeper]
"""


def test_an_item_of_a_list_stands_in_one_cell_with_its_letter_and_a_remark_in_brackets_ends_a_cell() -> None:
    assert said(read(LETTERED)) == [
        (
            "1",
            "1.01",
            "Lamps are lit when night falls.",
            [
                ("Inquired of the keeper about the lamps.", "No exceptions noted."),
                (
                    "Inspected the lamp book of 8 nights.",
                    "Exception noted. For 1 of 8 nights, no entry was made.",
                ),
            ],
        ),
        ("1", "1.02", "Oil is kept dry.", [("Observed the cellar.", "No exceptions noted.")]),
    ]
