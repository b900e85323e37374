"""Each invented report is read as its truth says, no fact more and none less, but for what is known to be misread."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reports.scoring import REPORTS, score_files

FOLDERS = sorted(path.parent for path in REPORTS.glob("*/expected.json"))
KNOWN = {"brindlewood-payroll": ("subservice control", 6, 3)}
"""The kind of facts that are lost in a report, how many are missing and how many wrong."""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_report_is_read_as_its_truth_says(folder: Path) -> None:
    kind, missing, wrong = KNOWN.get(folder.name, ("", 0, 0))
    tally, refused = score_files(folder / "report.txt", folder / "expected.json")
    assert refused is None
    assert {fact for fact in tally.missing | tally.wrong if fact.kind != kind} == set()
    assert (len(tally.missing), len(tally.wrong)) == (missing, wrong)
    assert len(tally.true) > 50
