"""Numbers of pages are told from numbers that are all that a line of a table holds."""

from __future__ import annotations

import pytest

from loaders.soc.controls.page_numbers import PageNumbers

PAGES = ["", "        Lamps", f"{'4':>40}", "", "Ropes", f"{'5':>40}", "Keys", "", f"{'11':>40}", ""]


@pytest.mark.parametrize(
    ("changes", "is_page"),
    [
        ({}, True),
        ({2: f"{'6':>40}"}, False),
        ({8: f"{'5':>40}"}, False),
        ({5: f"{'5':>20}"}, False),
        ({5: f"{'5':>20}", 6: ""}, True),
        ({4: "AC-     Ropes"}, False),
    ],
)
def test_a_number_between_lines_is_that_of_a_page_where_it_counts_on_from_those_apart(
    changes: dict[int, str], *, is_page: bool
) -> None:
    lines = [changes.get(index, line) for index, line in enumerate(PAGES)]
    assert PageNumbers(lines).is_one(5, lines[5]) is is_page
