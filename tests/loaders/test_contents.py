"""Tables of contents whose titles and pages a single space parts."""

from __future__ import annotations

import pytest

from loaders.layout.contents import contents_entries, with_tabs

LISTED = ["Table of Contents", "", "Harbor Rules 1", "Water  3", "The Year 1999 4", "", "Harbor Rules"]


def test_the_page_of_each_entry_stands_behind_a_tab() -> None:
    assert with_tabs(LISTED) == [
        *("Table of Contents", "", "Harbor Rules\t1", "Water\t3", "The Year 1999\t4", "", "Harbor Rules"),
    ]


@pytest.mark.parametrize(
    ("lines", "entries"),
    [
        (LISTED, {2, 3, 4}),
        (LISTED[1:], set()),
        (["Contents", "Rules 1", "Water 3"], set()),
        (["CONTENTS", "Rules 4", "Water 4", "Moon 9", "Founded in 3", "Ends 12"], {1, 2, 3}),
        (["Contents of a barrel", "Apples 1", "Pears 2", "Plums 3"], set()),
    ],
)
def test_entries_stand_below_the_title_as_long_as_pages_go_on(lines: list[str], entries: set[int]) -> None:
    assert contents_entries(lines) == entries
