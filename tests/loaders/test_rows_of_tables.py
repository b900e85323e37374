"""Rows of a table in a description: which the end of a page cuts, and which stand below a cell that spans them."""

from __future__ import annotations

import pytest

from loaders.inputs.documents import document_from
from loaders.layout.table_columns import parted
from loaders.soc.pieces import read_soc_pieces
from loaders.soc.topics import grids

HEADING = "Bay\tHarbour\tShort name\tUse\n"


def rows(text: str) -> list[tuple[str, ...]]:
    """The rows of the one table of a text."""
    document = document_from(f"Harbours\n\nThe harbours are these.\n\n{HEADING}{text}\n".encode(), "made.txt")
    [grid] = grids(read_soc_pieces(document))
    return [row.cells for row in grid.rows]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("North Quay\tnorthquay\tFish", "South Quay\tsouthquay\tIce"),
        ("North Quay\tNQ\tFish", "South Quay\tSQ\tIce"),
    ],
)
def test_a_row_that_fills_all_columns_but_a_spanned_one_is_its_own(above: str, below: str) -> None:
    assert rows(f"Wide Bay\t{above}\n\t{below}") == [
        ("Wide Bay", *above.split("\t")),
        ("Wide Bay", *below.split("\t")),
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("North Quay\tnorth\tFish and", "Upper End\tquay\tIce"),
        ("North Quay\tNQ\tFish of the", "South Quay\tSQ\tIce"),
        ("North Quay\tNQ\tFish", "South Quay\t\tIce"),
        ("North Quay\tNQ (old\tFish", "South Quay\tname)\tIce"),
    ],
)
def test_a_row_whose_cells_go_on_is_cut(above: str, below: str) -> None:
    assert len(rows(f"Wide Bay\t{above}\n\t{below}")) == 1


def test_a_row_with_a_first_cell_goes_on_with_no_empty_cell_above() -> None:
    assert rows("North Quay\tNorth End\tNQ\t\nSouth Quay\tSouth End\tSQ\tfrom 1 March 2023, for fish alone") == [
        ("North Quay", "North End", "NQ", ""),
        ("South Quay", "South End", "SQ", "from 1 March 2023, for fish alone"),
    ]


@pytest.mark.parametrize("lead", ["The harbours are named in a table.", "Each harbour stands in the list below:"])
def test_a_table_stands_right_below_the_end_of_a_sentence(lead: str) -> None:
    table = (
        "Kind                 Place                      Use\nQuay                 Leeds, Ohio                Fish\n"
    )
    text = f"Harbours\n{lead}\n{table}Wharf                Kobe, Ohio                 Ice and ropes\n\n"
    [grid] = grids(read_soc_pieces(document_from((text * 2 + text).encode(), "made.txt")))
    assert grid.titles == ("kind", "place", "use")
    assert grid.rows[0].cells == ("Quay", "Leeds, Ohio", "Fish")


def test_a_sentence_whose_word_begins_just_before_a_column_is_no_row() -> None:
    sentence = "Tidal wheels, which are let to Corbel Works, are outside."
    assert parted(sentence, (1, 26)) == sentence
    assert parted("Wheels  of oak and of ash Corbel Works  1990", (0, 8, 27, 40)) == (
        "Wheels  of oak and of ash  Corbel Works  1990"
    )
