"""How a value may stand in the lines that it cites, and that another value does not stand there."""

from __future__ import annotations

import pytest

from graph.records import Value
from loaders.evidence import has_words, stands


@pytest.mark.parametrize(
    ("text", "words", "stand"),
    [
        ("- **Amber Store** (`amber`)", "Amber Store (amber)", True),
        ("Amber Stores", "Amber Store", False),
        ("the Quiet¹ Region", "Quiet Region", True),
        ("| • Keys are\n\n\nHarbor Desk\n\ncounted daily", "Keys are counted daily", True),
        ("Keys are daily counted", "Keys are counted daily", False),
        ("one two three four", "one three", False),
    ],
)
def test_words_stand_in_order_but_for_markup_and_breaks(text: str, words: str, stand: bool) -> None:
    assert has_words(text, words) is stand


@pytest.mark.parametrize(
    ("text", "label", "key", "right", "wrong"),
    [
        ("For the Period July 1, 2021 - June 30, 2022", "Assessment", "period_end", "2022-06-30", "2022-06-03"),
        ("signed on 9 August 2022", "Assessment", "opinion_date", "2022-08-09", "2022-08-19"),
        ("in March 2017", "DocumentRevision", "date", "2017-03", "2017-05"),
        ("Leeds, England", "Country", "code", "GB", "FR"),
        ("| • Texas, United States | • Kobe, Japan |", "EdgeLocation", "subdivision", "US-TX", "US-TN"),
        ("2. Doors are locked.\tInspected the doors.\tNo deviations noted.", "Control", "number", "AB-1.2", "AB-1.3"),
        ("Inspected the doors.\tNo deviations noted.", "ControlTest", "result", "no_deviation", "deviation"),
        ("Inspected the doors.\tNo deviations noted.", "ControlTest", "methods", ("inspection",), ("inquiry",)),
        ("as the primary services", "Service", "content_storage", "primary", "local"),
        ("It has twelve questions", "Framework", "element_count", 12, 2),
        ("see https://example.org/a-\nb", "Resource", "url", "https://example.org/a-b", "https://example.org/ab"),
        ("In our opinion, in all material respects,", "Assessment", "opinion", "unqualified", "adverse"),
        ("a Type II report", "Assessment", "report_type", "type_2", "type_1"),
        ("ending 3/31, 9/3012 months:", "Assessment", "period_months", 12, 30),
        ("3 Doors Controls are kept", "ControlObjective", "number", "3", "4"),
        ("served by ELBs", "Service", "name", "ELB", "EL"),
    ],
)
def test_a_value_stands_in_its_own_wording_alone(text: str, label: str, key: str, right: Value, wrong: Value) -> None:
    assert stands(text, label, key, right)
    assert not stands(text, label, key, wrong)
