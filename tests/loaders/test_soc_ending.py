"""A report that was cut before its last part is refused; one that ends with the furniture of its last page is whole."""

from __future__ import annotations

import pytest

from graph.errors import BrokenDocument
from tests.loaders.soc_facts import extraction, fixture_text, stated

LARKSPUR = fixture_text("soc_2_larkspur")
LAST = (
    "Management will train all those who review the access of users, and has added the reviews to the calendar of\n"
    "the quarter. The responses above were not examined by the auditor."
)


@pytest.mark.parametrize(
    "end",
    [
        "Page 15 / 15",
        "Larkspur Freight Systems B.V. | SOC 2 Type 2\nPage 15 / 15",
        "Larkspur – Confidential                40",
        "END OF REPORT",
        "- 40 -",
        "Larkspur and the Readers of It",
    ],
)
def test_the_furniture_of_the_last_page_ends_no_sentence(end: str) -> None:
    assert stated(f"{LARKSPUR.rstrip()}\n\n{LAST}\n{end}\n").values >= stated(LARKSPUR).values


@pytest.mark.parametrize("end", ["", "\nPage 15 / 15"])
def test_an_unfinished_last_paragraph_is_not_read_and_warned_of(end: str) -> None:
    cut = LAST.removesuffix(" examined by the auditor.")
    found = stated(f"{LARKSPUR.rstrip()}\n\n{cut}{end}\n")
    assert found.values == stated(LARKSPUR).values
    assert [said for said in found.warnings if "middle of a sentence" in said]


def test_a_footer_in_the_contents_is_no_part_of_the_report() -> None:
    at = [f"Larkspur Freight Systems B.V. – Confidential{' ' * 60}{page}" for page in range(1, 6)]
    contents = LARKSPUR.replace("\n IV.  Trust", f"\n{at[0]}\n IV.  Trust").replace("40\n\n", f"40\n{at[1]}\n\n", 1)
    paged = contents + "".join(f"\n{line}\n" for line in at[2:])
    assert stated(paged).values >= stated(LARKSPUR).values


def test_the_last_part_of_the_contents_must_be_there() -> None:
    with pytest.raises(BrokenDocument, match="Other Information"):
        extraction(LARKSPUR[: LARKSPUR.rindex("V. Other")])
    renamed = LARKSPUR.replace("V. Other Information", "V. What Else There Is").rstrip()
    assert stated(f"{renamed}\n\n{' ' * 40}44\n").values
