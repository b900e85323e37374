"""The SOC 3 report of 2017: what it holds, name by name, beside the SOC 1 report of 2020."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.errors import BrokenDocument
from loaders.facts import Extraction
from loaders.inputs.documents import Document, read_document
from loaders.soc.report import SocReport
from tests.loaders.soc_facts import NAMES, change, extraction, lines_of, replaced

REPORT = "assessment/aws/soc-3/2017-09-30"


@pytest.fixture(scope="module")
def reports(documents: Path) -> dict[str, Document]:
    read = (read_document(path) for path in sorted(documents.glob("*.txt")))
    kinds = ((SocReport().accepts(one), one) for one in read)
    return {kind: one for kind, one in kinds if kind}


@pytest.fixture(scope="module")
def found(reports: dict[str, Document]) -> Extraction:
    return SocReport().extract(reports["soc_3_report"], NAMES)


def in_scope(found: Extraction) -> set[str]:
    return {link.start for link in found.facts.links if link.type == "IN_SCOPE_OF"}


def test_the_scope_holds_services_regions_and_edge_locations(found: Extraction) -> None:
    assert Counter(id_.split("/")[0] for id_ in in_scope(found)) == {"service": 51, "region": 15, "edge-location": 46}


def test_beside_the_later_report_only_three_services_and_one_place_are_dropped(
    reports: dict[str, Document], found: Extraction
) -> None:
    later = in_scope(SocReport().extract(reports["soc_1_report"], NAMES))
    assert in_scope(found) - later == {
        "service/aws/aws-lambda-edge",
        "service/aws/amazon-s3-transfer-acceleration",
        "service/aws/amazon-cloudwatch-logs",
        "edge-location/aws/missouri-united-states",
    }
    assert {id_.split("/")[-1] for id_ in later - in_scope(found) if id_.startswith("region/")} == {
        "ap-east-1",
        "ap-northeast-3",
        "eu-north-1",
        "eu-west-3",
        "me-south-1",
        "us-gov-east-1",
    }


def test_a_service_that_lives_on_in_another_is_a_part_of_it_by_a_named_rule(found: Extraction) -> None:
    parts = [(x.start, x.end, x.assertion, x.rule) for x in found.facts.links if x.type == "PART_OF"]
    logs, whole = "service/aws/amazon-cloudwatch-logs", "service/aws/amazon-cloudwatch"
    assert parts == [(logs, whole, "derived", "namespace-of-another-service")]
    assert whole not in in_scope(found)


def test_each_service_has_one_category(found: Extraction) -> None:
    categories = [(x.start.split("/")[-1], x.end.split("/")[-1]) for x in found.facts.links if x.type == "IN_CATEGORY"]
    assert len(dict(categories)) == len(categories) == 51
    chosen = ("amazon-elastic-file-system", "aws-waf", "vm-import-export", "amazon-cloudwatch-logs", "aws-iot-core")
    assert {name: dict(categories)[name] for name in chosen} == {
        "amazon-elastic-file-system": "storage",
        "aws-waf": "security-identity",
        "vm-import-export": "compute",
        "amazon-cloudwatch-logs": "management-tools",
        "aws-iot-core": "internet-of-things",
    }
    assert len({category for _, category in categories}) == 14


def test_a_name_wrapped_in_the_list_is_cited_by_both_lines(found: Extraction) -> None:
    assert lines_of(found, "IN_SCOPE_OF", "service/aws/aws-directory-service") == [(98, 99)]
    assert lines_of(found, "IN_SCOPE_OF", "edge-location/aws/pennsylvania-united-states") == [(248, 249)]
    assert lines_of(found, "IN_SCOPE_OF", "region/aws/ca-central-1") == [(168, 169)]


def test_the_assessment_is_silent_on_auditor_and_opinion(found: Extraction) -> None:
    values = {key: value for c in found.facts.claims if c.id == REPORT for key, value in c.values.items()}
    assert values == {
        "name": "SOC 3 (2017-04-01 to 2017-09-30)",
        "system_name": "Amazon Web Services System",
        "period_start": "2017-04-01",
        "period_end": "2017-09-30",
        "trust_services_categories": ("security", "availability", "confidentiality"),
    }
    assert {link.type for link in found.facts.links if link.start == REPORT} == {"AGAINST", "OF_PROVIDER"}
    assert [said.message.split(":")[0] for said in found.warnings] == ["no part is titled as the auditor's report"]


def test_a_page_break_at_another_place_changes_nothing(reports: dict[str, Document]) -> None:
    text = reports["soc_3_report"].text
    for item in ("\nAWS Shield\n", "\nPennsylvania, United\nStates\n"):
        changed = change(text, replaced(item, f"\n\n\n{item}\n\n\n", 1))
        assert (changed.gone, changed.new, changed.warnings) == (frozenset(), frozenset(), frozenset())


def test_a_region_deleted_from_the_sentence_is_gone_alone(reports: dict[str, Document]) -> None:
    changed = change(reports["soc_3_report"].text, replaced("AWS GovCloud (US-West), ", ""))
    assert {start for start, *_ in changed.gone} == {"region/aws/us-gov-west-1"}
    assert (changed.new, changed.warnings) == (frozenset(), frozenset())


@pytest.mark.parametrize("line", [60, 100, 170, 200, 253, 262, 300, 400, 493, 520])
def test_a_report_that_was_cut_is_refused(reports: dict[str, Document], line: int) -> None:
    with pytest.raises(BrokenDocument):
        extraction("\n".join(reports["soc_3_report"].lines[:line]))
