"""Small tables in columns: rows without a last cell, rows that all begin small, one row alone on the next page."""

from __future__ import annotations

import pytest

from loaders.inputs.documents import document_from
from loaders.layout.pieces import Kind
from loaders.soc.pieces import read_soc_pieces

APART = """
 The platform runs here.

   Bay              Harbour name       Keeper              Use          Remarks

   quay-1           Low End            Rill Keepers        Fish

   quay-2           High End           Rill Keepers        Ice

   quay-3           Far End            Rill Keepers        Salt         From March 1, 2024

 The bays are guarded.
"""
UNLIKE = """
 Harbours

   Location         Type               Use

   Oslo             Office

   Cork             Warehouse

   Lund             Print shop

 The places are guarded.
"""
DATES = """
 Harbours

  Harbour                Short            Keeper                 Use          In scope
  North Quay             quay-north1      Rill Keepers           Fish         from December 4, 2023
  South Quay             quay-east1       Rill Keepers           Ice          from December 4, 2023
  West Quay              quay-west1       Rill Keepers           Salt         full period
"""
WRAPPED = """
 Harbours

  Harbour                Keeper                   What is done there
  North Quay at the      Rill Keepers and         fish is sorted by hand and
  old harbour            their sons               put on ice
  South Quay             Rill Keepers             ice is made
"""
REMARKS = """
 Harbours

  Type               Location               Use                                  Remarks
  Quay               Low End, North         Fish, ice and salt of Rill           From March 1, 2023
  Quay               High End, North        Claims and care of keepers
  Landing stage      Far End, South         Sorting of the fish                  Not for ice
  Storehouse         Old End, South         Archive of the plans
"""
NEXT_PAGE = """
 Harbours

   Harbour                  Code            Operator               Use           Period
   North Quay               quay-1          Rill Keepers           Fish          entire period
   South Quay               quay-2          Rill Keepers           Ice           entire period


 Larkspur                                                          Page 6
\fLarkspur                                                         Report



   Harbour                  Code                 Operator               Use           Period
   West Quay                quaywestcentral      Old Rill Keepers       Salt          from April 15, 2024

 Places

   Location                      Type       Use                          Period
   Oslo, Norway                  Office     headquarters                 entire period
   Cork, Ireland                 Office     engineering                  until June 30, 2024
"""


def rows(text: str) -> list[tuple[str, ...]]:
    """The rows of the tables of a text."""
    document = document_from(text.encode(), "made.txt")
    return [piece.cells for piece in read_soc_pieces(document) if piece.kind is Kind.ROW]


def test_rows_that_stand_apart_need_no_last_cell() -> None:
    assert rows(APART)[1:] == [
        ("quay-1", "Low End", "Rill Keepers", "Fish", ""),
        ("quay-2", "High End", "Rill Keepers", "Ice", ""),
        ("quay-3", "Far End", "Rill Keepers", "Salt", "From March 1, 2024"),
    ]


def test_the_titles_of_a_further_table_are_no_row_that_stands_apart() -> None:
    titles = "   Location         Type               Use\n\n   Oslo             Office             Ledgers\n"
    assert ("Location", "Type", "Use") not in rows(APART.replace(" The bays are guarded.\n", titles))[1:4]


@pytest.mark.parametrize("last", ["from December 4, 2023", "until December 3, 2023", "since the autumn of 2023"])
def test_rows_whose_last_cells_begin_small_are_rows(last: str) -> None:
    found = rows(DATES.replace("from December 4, 2023", last))
    assert [(row[0], row[-1]) for row in found[1:]] == [
        ("North Quay", last),
        ("South Quay", last),
        ("West Quay", "full period"),
    ]


def test_rows_without_remarks_are_rows_below_one_that_has_some() -> None:
    assert [(row[1], row[3]) for row in rows(REMARKS)[1:]] == [
        ("Low End, North", "From March 1, 2023"),
        ("High End, North", ""),
        ("Far End, South", "Not for ice"),
        ("Old End, South", ""),
    ]


def test_two_cells_that_go_on_beside_an_empty_one_are_no_row() -> None:
    text = """
 Keepers

  Keeper               What the keeper does                      Harbour
  Rill Keepers         Fish is sorted, as told by the            North
  of the North         Keeper of Ice
  Larkspur             Ice is made                               South
"""
    assert [row[0] for row in rows(text)[1:]] == ["Rill Keepers of the North", "Larkspur"]


def test_a_row_whose_cells_all_go_on_is_one() -> None:
    assert rows(WRAPPED)[1:] == [
        ("North Quay at the old harbour", "Rill Keepers and their sons", "fish is sorted by hand and put on ice"),
        ("South Quay", "Rill Keepers", "ice is made"),
    ]


def test_one_row_below_titles_that_stand_again_is_one_beside_whatever_follows() -> None:
    assert ("West Quay", "quaywestcentral", "Old Rill Keepers", "Salt", "from April 15, 2024") in rows(NEXT_PAGE)
    assert ("Cork, Ireland", "Office", "engineering", "until June 30, 2024") in rows(NEXT_PAGE)


def test_places_in_two_columns_that_stand_apart_are_rows() -> None:
    assert [row[0] for row in rows(UNLIKE)[1:]] == ["Oslo", "Cork", "Lund"]
