"""Numbers of pages are told from numbers that are all that a line of a table holds."""

from __future__ import annotations

import pytest

from loaders.soc.controls.furniture import without_furniture
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
        ({4: f"Oslo{'no-oslo-':>43}", 6: ""}, False),
        ({4: f"Oslo{'re-use-':>40}", 6: ""}, True),
    ],
)
def test_a_number_between_lines_is_that_of_a_page_where_it_counts_on_from_those_apart(
    changes: dict[int, str], *, is_page: bool
) -> None:
    lines = [changes.get(index, line) for index, line in enumerate(PAGES)]
    assert PageNumbers(lines).is_one(5, lines[5]) is is_page


def test_a_foot_of_small_letters_far_apart_right_below_a_full_page_is_no_part_of_its_table() -> None:
    pages = [f"QA-0{n} Gates close.   None noted.\n\nharbor.example report{' ' * 120}{n + 6}\n\f" for n in range(1, 6)]
    full = "".join(pages).replace("None noted.\n\n", "None noted.\n", 2)
    kept = [text.strip() for _, text in without_furniture(full.split("\n")) if text.strip()]
    assert kept == [f"QA-0{n} Gates close.   None noted." for n in range(1, 6)]


def test_the_end_of_a_date_or_of_a_code_at_the_foot_of_a_page_is_none_of_its_furniture() -> None:
    page = "Lamps     Lit since May 2,\n          {}\n\nRopes     no-oslo-\n          {}\n\n\f"
    kept = [text.strip() for _, text in without_furniture((page.format(2022, 1) * 4).split("\n"))]
    assert (kept.count("2022"), kept.count("1")) == (4, 4)


NOTICE = "Only the harbor board, those who moor at the quay and their auditors may read these pages; none else rely on"


@pytest.mark.parametrize(
    "foot",
    [
        "{} | These pages are for few eyes. See the notice in front.",
        f"{{}} | {NOTICE} them.",
        f"{NOTICE} them. Page {{}}",
        f"{NOTICE} them.",
        f"{NOTICE}\n    the words above.\n    {{}}",
    ],
)
def test_sentences_that_run_at_the_foot_of_pages_are_furniture(foot: str) -> None:
    rows = ["The mooring is free.", "2 | The lamp is lit and", "3 | Ropes are new.", "the gate is shut."]
    text = "\n\f".join(f"{row}\n\n\n    {foot.format(n)}\n" for n, row in enumerate(rows, 8))
    assert [text.strip() for _, text in without_furniture(text.split("\n")) if text.strip()] == rows


def test_what_goes_on_with_the_text_of_a_page_is_no_running_foot() -> None:
    text = "".join(f"LM-{n} Lamps of quay {n}.\n\nNo exceptions noted at\nthe gate.\n\f" for n in range(1, 9))
    kept = [line.strip() for _, line in without_furniture(text.split("\n"))]
    assert (kept.count("No exceptions noted at"), kept.count("the gate.")) == (8, 8)
