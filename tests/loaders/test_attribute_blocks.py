"""Blocks of labelled lines below the number of a control: what is told there, and what is none of the control's."""

from __future__ import annotations

import pytest

from loaders.soc.controls.attribute_blocks import attribute_blocks

KNOWN = frozenset(("SAIL-1", "SAIL-2"))
TOLD = [("owner", "Sail Loft"), ("frequency", "Each week")]


def blocks(text: str) -> dict[str, list[tuple[str, str]]]:
    """The attributes of each block of a text, by the number of its control."""
    lines = tuple(enumerate(text.split("\n"), 1))
    found = attribute_blocks(lines, KNOWN.__contains__)
    return {one.number: [(cell.role.value, cell.text) for cell in one.cells] for one in found}


@pytest.mark.parametrize(
    "text",
    [
        "SAIL-1\n\nControl: Sails are mended.\nOwner: Sail Loft\nFrequency: Each week",
        "SAIL-1 Mending of sails\nOwner: Sail Loft\nFrequency: Each week\n\nThe loft is in the harbour.",
        "SAIL-1\n\nSails are mended.\n\nOwner: Sail Loft\n\nFrequency: Each week",
        "Control: SAIL-1\nControl activity: Sails are mended.\nOwner: Sail Loft\nFrequency: Each week",
        "Control ID\tSAIL-1\nOwner\tSail Loft\nFrequency\tEach week",
        "SAIL-1\nOwner\nSail Loft\nFrequency\nEach week\n",
        "SAIL-1\nOwner\tSail Loft\nFrequency:\tEach week",
        "SAIL-1\n- Owner: Sail Loft\n- Frequency: Each week\n\nSAIL-9\nOwner: Nobody\nType: Manual",
    ],
)
def test_labels_below_the_number_of_a_control_tell_its_attributes(text: str) -> None:
    assert blocks(text) == {"SAIL-1": TOLD}


def test_each_number_begins_a_block_of_its_own() -> None:
    text = "SAIL-1\nOwner: Sail Loft\nFrequency: Each week\nSAIL-2\nOwner: Mate\nType: Manual"
    assert blocks(text) == {"SAIL-1": TOLD, "SAIL-2": [("owner", "Mate"), ("nature", "Manual")]}


@pytest.mark.parametrize(
    "text",
    [
        "SAIL-1\nOwner: Sail Loft\nOwner: Mate",
        "SAIL-1\nOwner: Sail Loft",
        "SAIL-1\nException: 1 of 3 sails was torn.\nOwner: Sail Loft\nFrequency: Each week",
        "SAIL-1\nOwner: Sail Loft\nFrequency: Each week\nDue date: 1 May 2033",
        "SAIL-1 is performed by the loft.\nOwner: Sail Loft\nFrequency: Each week",
        "SAIL-1\n\nOne.\nTwo.\nThree.\nFour.\nOwner: Sail Loft\nFrequency: Each week",
        "SAIL-1\tSails are mended.\nOwner: Sail Loft\nFrequency: Each week",
    ],
)
def test_what_may_be_said_of_anything_else_is_no_block(text: str) -> None:
    assert blocks(text) == {}


@pytest.mark.parametrize("said", ["Head of the\nSail Loft", "Sail Loft   Criteria: CC6.1", ""])
def test_an_attribute_whose_end_is_not_told_is_left_empty(said: str) -> None:
    assert blocks(f"SAIL-1\nFrequency: Each week\nOwner: {said}") == {"SAIL-1": [TOLD[1], ("owner", "")]}
