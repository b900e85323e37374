"""Tables of complementary controls in print say the same wherever cells stand, where headings wrap and words touch."""

from __future__ import annotations

import pytest

from loaders.layout.layout import Kind
from loaders.soc.complementary_tables import ComplementaryTables
from loaders.soc.controls.column_tables import ColumnTables
from loaders.soc.controls.joining import joining_of

TOP = """\
  Subservice                     Expected Control                                    Related Control
  Organization                                                                       Objective
  Harbor Light                   Lamps are lit at dusk and are put out               2
  Company                        at dawn by the keeper.
  Tidewater Ropes                Ropes are counted each night and are 1, 3
                                 kept dry.
"""
MIDDLE = """\
  Subservice                                                                         Control
                                 Complementary Subservice Organization Control
  Organization                                                                       Objective
  Harbor Light                   Lamps are lit at dusk and are put out
                                                                                     2
  Company                        at dawn by the keeper.
                                 Ropes are counted each night and are
  Tidewater Ropes                                                                    1, 3
                                 kept dry.
"""
BOTTOM = """\
  Subservice                     Complementary Subservice Organization Control
  Organization                   Control                               Objective
  Harbor Light                   Lamps are lit at dusk and are put out
  Company                        at dawn by the keeper.                              2
                                 Ropes are counted each night and are
  Tidewater Ropes                kept dry.                                           1, 3
"""
NUMBERED = """\
  Ref.     Complementary User Entity Control               Related
                                                           Criteria
  CUEC- User entities lock the gate of their own quay.     CC6.1
  1
  CUEC-    User entities tell the harbor who may           CC6.2,
  2        enter, and who may no more.                     CC6.3
 Weights and Measures

 The scales are tried each year.
"""


def rows(text: str) -> tuple[list[tuple[str, ...]], int]:
    lines = list(enumerate(text.split("\n"), 1))
    table = ComplementaryTables(lines, joining_of(lines)).table_at(0)
    assert table is not None
    assert all(piece.kind is Kind.ROW for piece in table[0])
    return [piece.cells for piece in table[0]], table[1]


@pytest.mark.parametrize("text", [TOP, MIDDLE, BOTTOM])
def test_each_control_has_its_organization_and_its_objectives(text: str) -> None:
    found, end = rows(text)
    assert found[1:] == [
        ("Harbor Light Company", "Lamps are lit at dusk and are put out at dawn by the keeper.", "2"),
        ("Tidewater Ropes", "Ropes are counted each night and are kept dry.", "1, 3"),
    ]
    assert [cell.replace("Related ", "") for cell in found[0]][::2] == ["Subservice Organization", "Control Objective"]
    assert end == len(text.rstrip().split("\n"))


def test_numbers_that_a_line_cuts_are_whole_and_a_title_below_is_no_row() -> None:
    found, end = rows(NUMBERED)
    assert found == [
        ("Ref.", "Complementary User Entity Control", "Related Criteria"),
        ("CUEC-1", "User entities lock the gate of their own quay.", "CC6.1"),
        ("CUEC-2", "User entities tell the harbor who may enter, and who may no more.", "CC6.2, CC6.3"),
    ]
    assert end == 6


def test_a_table_goes_on_under_its_repeated_heading() -> None:
    again = "\n\n\n\n" + MIDDLE.replace("Lamps", "Lanterns").replace("Ropes are counted", "Ropes are weighed")
    found, _ = rows(MIDDLE + again)
    assert [row[1].split()[0] for row in found[1:]] == ["Lamps", "Ropes", "Lanterns", "Ropes"]


CUT = """\
  Subservice organization        Expected control                                    Criteria
  Harbor Light                   Lamps are lit at dusk by the keeper of the          CC6.4
"""
REST = """\
  Subservice organization        Expected control                                    Criteria
                                 quay.
                                 Ropes are counted each night and are                CC6.5
                                 kept dry.
"""


def test_a_row_that_a_page_cuts_ends_at_the_top_of_the_next() -> None:
    found, _ = rows(f"{CUT}\n\n\n{REST}")
    assert [row[1:] for row in found[1:]] == [
        ("Lamps are lit at dusk by the keeper of the quay.", "CC6.4"),
        ("Ropes are counted each night and are kept dry.", "CC6.5"),
    ]


def test_other_tables_are_left_to_others() -> None:
    lines = list(enumerate(["  City       Function", "  Leeds      Ropes", "  Kobe       Lamps"], 1))
    assert ComplementaryTables(lines, joining_of(lines)).table_at(0) is None


def test_one_line_between_a_heading_and_a_gap_is_what_the_table_says() -> None:
    lines = list(
        enumerate(["  Subservice Organization   Service Provided", "  Harbor Light Company      Lamps", "", ""], 1)
    )
    table = ColumnTables(lines, joining_of(lines)).table_at(0)
    assert table is not None
    assert [piece.cells for piece in table[0]][1] == ("Harbor Light Company", "Lamps")


APART = """
  Service             Contents                Covered

  Rope walks          Ropes of hemp and
                      of flax

  Lamp rooms          Lamps

  Bell towers                                 from 1 April 2023

{further}
"""


@pytest.mark.parametrize(
    "further",
    [
        "  Location            Function\n\n  Leeds               Ropes",
        "  Rope and lamps are kept apart.\n\n  Leeds               Ropes",
        "  Kind   Town\n\n  Quay   Leeds",
        "\n\n  Quays               Ropes\n\n  Wharves             Lamps",
    ],
)
def test_a_row_that_stands_apart_may_have_empty_cells_and_the_heading_of_a_further_table_is_none(further: str) -> None:
    lines = list(enumerate(APART.format(further=further).strip("\n").split("\n"), 1))
    table = ColumnTables(lines, joining_of(lines)).table_at(0)
    assert table is not None
    assert [piece.cells for piece in table[0]][1:] == [
        ("Rope walks", "Ropes of hemp and of flax", ""),
        ("Lamp rooms", "Lamps", ""),
        ("Bell towers", "", "from 1 April 2023"),
    ]
