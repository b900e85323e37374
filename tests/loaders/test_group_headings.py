"""Headings of groups that begin as controls do, and controls whose titles look like such headings."""

from __future__ import annotations

import pytest

from loaders.soc.controls.group_headings import group_headings

TITLE = ("SECTION IV – Criteria, Controls and Tests",)


def told(text: str, titles: tuple[str, ...] = TITLE) -> list[str]:
    lines = list(enumerate(text.splitlines()))
    found = group_headings(lines, titles)
    return [line for number, line in lines if number in found]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("4.1 Berths\n\nMO-01 Berths are given.\n\n4.2 Ropes\n\nMO-02 Ropes are dry.\n", ["4.1 Berths", "4.2 Ropes"]),
        ("IV.1  Berths of\nguests\n\nMO-01 Berths are given.\n", ["IV.1  Berths of", "guests"]),
        ("4.1 Berths\n\n4.1.1 Berths are given.\n\n4.1.2 Ropes are dry.\n", ["4.1 Berths"]),
        ("CC6 – Berths and ropes\n\nNo.  Control  Test  Result\nCC6.1 Berths are kept.\n", ["CC6 – Berths and ropes"]),
        (
            "CC6.0  Berths\n\nCC6.1 Berths are kept.\n\nA1: Tides\n\nA1.1 Tides are known.\n",
            ["CC6.0  Berths", "A1: Tides"],
        ),
        ("4.1 Berths of guests\nMO-01 Berths are given.\n", ["4.1 Berths of guests"]),
        ("MO-01 Keys  A key  None\nCC6 – Berths\nCC6.1 Berths are kept.\n", ["CC6 – Berths"]),
        ("CC6 – Berths\t\t\nCC6.1\tBerths are kept.\tNone\n", ["CC6 – Berths\t\t"]),
        ("MO-01  Keys  None\nBerths and Ropes\nMO-02  Ropes  None\n", ["Berths and Ropes"]),
        (" Ropes\n\n        Ropes are\n MO-02  dry.  None\n", [" Ropes"]),
        (
            "MO-01 Keys\n\nBerths and ropes\nCC6.1 – Berths are kept.\n\nMO-02 Dry\n\nTides\nCC7.1 – Tides come.\n",
            ["Berths and ropes", "Tides"],
        ),
        ("| MO-01 | Keys | None |\n| Ropes | | |\n| MO-02 | Dry | None |\n", ["| Ropes | | |"]),
    ],
)
def test_a_heading_counts_on_from_its_section_or_names_the_series_of_the_criteria_below(
    text: str, headings: list[str]
) -> None:
    assert told(text) == headings


@pytest.mark.parametrize(
    "text",
    [
        "4.1 Berths\n\nOwner: Harbor Watch\n\nMO-01 Ropes are dry.\n",
        "4.1 Berths\n\nInspected a berth.\n\nMO-01 Ropes are dry.\n",
        "4.1 Berths\n\n4.2 Ropes\n\n4.3 Tides\n",
        "3.1 Berths\n\nMO-01 Ropes are dry.\n",
        "4.1 Berths are given.\n\nMO-01 Ropes are dry.\n",
        "C1 Berths\n\nCriteria: C1.1\n\nC2 Ropes\n\nCriteria: C1.2\n",
        "A1 Berths\n\nCC6.1 Berths are kept.\n",
        "MO-01  Keys  None\n       Berths and Ropes\nMO-02  Ropes  None\n",
        "MO-01  Keys  None\nBerths are given.\nMO-02  Ropes  None\n",
        "MO-01 The watch of\nBerths and Ropes\nMO-02 Ropes are dry.\n",
        "MO-01 The watch of\n\nBerths\nCC6.1 – Berths are kept.\n\nMO-02 Ropes\n",
        "MO-01 The watch of\n\nBerths\nCC6.2 – Berths are kept.\n\nMO-02 A\n\nRope\nCC6.3 – Ropes are dry.\n",
        "Berths and Ropes\nNo.    Control  Result\nMO-02  Ropes    None\n",
    ],
)
def test_what_has_labels_or_tests_or_counts_alone_is_a_control(text: str) -> None:
    assert told(text) == []
