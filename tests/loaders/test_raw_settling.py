"""Criteria before several controls and tests in a pile are told apart where there are as many, else named."""

from __future__ import annotations

from loaders.soc.controls.labels import Role
from loaders.soc.controls.raw_blocks import Block
from loaders.soc.controls.raw_rows import RawRow
from loaders.soc.controls.raw_settling import Codes, Read, codes_alone, settled
from loaders.soc.controls.values import Cell


def row(number: str, tests: int = 1) -> RawRow:
    """A control with so many tests."""
    cells = [Cell(role, "Said.", 1, 1) for _ in range(tests) for role in (Role.PROCEDURE, Role.RESULT)]
    return RawRow(Cell(Role.CONTROL, "Gates are closed.", 1, 1, number), cells)


def told(read: list[Read]) -> list[object]:
    """Codes and numbers in their order."""
    return [
        one.codes if isinstance(one, Codes) else one.control.number for one in read if not hasattr(one, "statement")
    ]


def test_as_many_criteria_as_controls_are_one_for_each() -> None:
    doubts: list[tuple[int, str]] = []
    read: list[Read] = [Codes(("CC6.1",), 1, 1), Codes(("CC6.2", "CC6.3"), 3, 3), row("G-1"), row("G-2")]
    assert told(settled(read, doubts)) == [("CC6.1",), "G-1", ("CC6.2", "CC6.3"), "G-2"]
    assert doubts == []


def test_one_cell_of_criteria_is_of_all_controls_below_and_all_of_one() -> None:
    above: list[Read] = [Codes(("CC6.1",), 1, 1), row("G-1"), row("G-2")]
    assert told(settled(above, [])) == [("CC6.1",), "G-1", "G-2"]
    several: list[Read] = [Codes(("CC6.1",), 1, 1), Codes(("CC6.2",), 2, 2), row("G-1")]
    assert told(settled(several, [])) == [("CC6.1", "CC6.2"), "G-1"]


def test_criteria_that_are_not_told_apart_are_of_none_and_named() -> None:
    doubts: list[tuple[int, str]] = []
    read: list[Read] = [Codes(("CC6.1",), 7, 7), Codes(("CC6.2",), 8, 8), row("G-1"), row("G-2"), row("G-3")]
    assert told(settled(read, doubts)) == [(), "G-1", "G-2", "G-3"]
    assert [line for line, _ in doubts] == [7]


def test_tests_in_a_pile_above_controls_without_any_are_not_read() -> None:
    rows = [row("G-1"), row("G-2"), row("G-3", 3), row("G-4", 0), row("G-5"), row("G-6")]
    doubts: list[tuple[int, str]] = []
    settled(rows, doubts)
    assert [one.control.number for one in rows if one.is_broken] == ["G-3"]
    assert len(doubts) == 1


def test_codes_alone_are_criteria_and_codes_with_words_are_none() -> None:
    found = codes_alone(Block(((3, "CC6.1,"), (4, "CC6.2"))))
    assert found is not None and (found.codes, found.first_line, found.last_line) == (("CC6.1", "CC6.2"), 3, 4)
    assert codes_alone(Block(((3, "CC6.1 Gates are closed."),))) is None
