"""The SOC 1 report of 2020: what it holds, name by name, and that a changed copy changes exactly those facts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from graph.errors import BrokenDocument
from loaders.facts import Extraction
from loaders.inputs.documents import Document, read_document
from loaders.soc.report import SocReport
from tests.loaders.soc_facts import NAMES, change, extraction, lines_of, replaced

REPORT = "assessment/aws/soc-1-type-2/2020-03-31"
CONTROL = "control/aws/soc-1-type-2/2020-03-31"
TEST = "control-test/aws/soc-1-type-2/2020-03-31"

SPECIFIC = {
    "aws-key-management-service": {"1.6", *(f"4.{n}" for n in range(5, 15))},
    "amazon-simple-storage-service": {"3.7", "3.8", "4.4", *(f"7.{n}" for n in range(1, 6))},
    "amazon-elastic-compute-cloud": {"3.9", "3.10", "3.11", "3.12", "4.1", "4.2"},
    "amazon-virtual-private-cloud": {"3.13", "3.14", "3.15", "4.3"},
    "amazon-relational-database-service": {"7.6"},
}


@pytest.fixture(scope="module")
def document(documents: Path) -> Document:
    read = (read_document(path) for path in sorted(documents.glob("*.txt")))
    return next(one for one in read if SocReport().accepts(one) == "soc_1_report")


@pytest.fixture(scope="module")
def found(document: Document) -> Extraction:
    return SocReport().extract(document, NAMES)


def starts(found: Extraction, type_: str, label: str = "") -> set[str]:
    return {link.start for link in found.facts.links if link.type == type_ and link.start.startswith(label)}


def test_the_scope_is_the_union_of_three_equal_lists(document: Document, found: Extraction) -> None:
    by_label = Counter(id_.split("/")[0] for id_ in starts(found, "IN_SCOPE_OF"))
    assert by_label == {"service": 120, "region": 21, "edge-location": 72}
    cited = Counter(len(link.citations) for link in found.facts.links if link.type == "IN_SCOPE_OF")
    assert cited == {3: 212, 4: 1}
    assert not [w for w in found.warnings if "lacks" in w.message]


def test_services_are_those_of_an_independent_search_of_the_text(document: Document, found: Extraction) -> None:
    begins = ("- Amazon ", "- AWS ", "- CloudWatch ", "- Elastic ", "- VM ")
    items = [line for line in document.lines[:700] if line.startswith(begins)]
    plain = Counter(re.sub(r" \((?!with ).*| – .*", "", item)[2:] for item in items)
    scope = {link.start for link in found.facts.links if link.type == "IN_SCOPE_OF"}
    claims = [c for c in found.facts.claims if c.label == "Service" and c.id in scope and c.precedence == 0]
    names = {str(c.values["name"]) for c in claims if "name" in c.values}
    assert plain == dict.fromkeys(names, 3)


def test_what_the_items_add_is_kept(found: Extraction) -> None:
    added = {
        link.start.split("/")[-1]: link.values["qualification"]
        for link in found.facts.links
        if link.type == "IN_SCOPE_OF" and "qualification" in link.values
    }
    assert added == {
        "aws-directory-service": "Excludes Simple Active Directory",
        "amazon-elastic-container-service": "both Fargate and EC2 launch types",
        "ap-northeast-3": "Local Region",
    }


def test_namespaces_are_those_of_the_lists(found: Extraction) -> None:
    spaces = {c.id.split("/")[-1]: c.values["namespaces"] for c in found.facts.claims if "namespaces" in c.values}
    assert {
        key: spaces.get(key) for key in ("amazon-cloudwatch", "amazon-textract", "aws-shield", "vm-import-export")
    } == {
        "amazon-cloudwatch": ("cloudwatch", "events", "logs"),
        "amazon-textract": ("textract",),
        "aws-shield": ("shield", "DDoSProtection"),
        "vm-import-export": None,
    }
    assert [w.line for w in found.warnings if "textextract" in w.message] == [1466]


def test_every_region_has_its_code_and_country(found: Extraction) -> None:
    where = {x.start.split("/")[-1]: x.end.split("/")[-1] for x in found.facts.links if x.type == "LOCATED_IN"}
    regions = {code: where[code] for code in (id_.split("/")[-1] for id_ in starts(found, "OPERATED_BY"))}
    assert regions == {
        "ap-east-1": "hk", "ap-northeast-1": "jp", "ap-northeast-2": "kr", "ap-northeast-3": "jp", "ap-south-1": "in",
        "ap-southeast-1": "sg", "ap-southeast-2": "au", "ca-central-1": "ca", "eu-central-1": "de", "eu-north-1": "se",
        "eu-west-1": "ie", "eu-west-2": "gb", "eu-west-3": "fr", "me-south-1": "bh", "sa-east-1": "br",
        "us-east-1": "us", "us-east-2": "us", "us-gov-east-1": "us", "us-gov-west-1": "us", "us-west-1": "us",
        "us-west-2": "us",
    }  # fmt: skip


def test_controls_by_objective_and_tests_by_result(found: Extraction) -> None:
    achieved = Counter(link.end.split("/")[-1] for link in found.facts.links if link.type == "ACHIEVES")
    assert [achieved[str(number)] for number in range(1, 10)] == [10, 6, 16, 14, 13, 7, 8, 2, 9]
    tests = {c.id: c.values.get("result") for c in found.facts.claims if c.label == "ControlTest"}
    assert Counter(tests.values()) == {"no_deviation": 233, "not_tested": 1}
    assert tests[f"{TEST}/awsca-1.10/2"] == "not_tested"


def test_controls_are_specific_to_the_services_of_their_marks(found: Extraction) -> None:
    specific = defaultdict[str, set[str]](set)
    for link in found.facts.links:
        if link.type == "SPECIFIC_TO" and link.start.startswith("control/"):
            specific[link.end.split("/")[-1]].add(link.start.split("awsca-")[1])
    assert specific == SPECIFIC
    marked = [c.id for c in found.facts.claims if c.values.get("service_specific")]
    assert len(marked) == sum(len(numbers) for numbers in SPECIFIC.values())


def test_every_control_has_a_number_a_statement_and_a_title_of_ours(document: Document, found: Extraction) -> None:
    controls = defaultdict[str, dict[str, object]](dict)
    for claim in found.facts.claims:
        if claim.label == "Control":
            controls[claim.id].update(claim.values)
    assert len(controls) == 85
    assert all(
        values.keys() >= {"name", "number", "statement", "title", "service_specific"} for values in controls.values()
    )
    assert all(str(values["number"]).startswith("AWSCA-") for values in controls.values())
    assert not any(str(values["statement"])[:20].count("Specific") for values in controls.values())
    assert not any(
        str(values["title"]) in document.text for values in controls.values() if len(str(values["title"])) > 40
    )


def test_a_number_under_another_prefix_is_a_variant_of_it(found: Extraction) -> None:
    names = (x for x in found.facts.links if x.type == "HAS_NAME" and x.start.startswith("control/"))
    variants = {str(name.values["text"]) for name in names if name.values["kind"] == "variant"}
    assert {"AWS-9.5", "AWS-2.1", "AWS-4.14"} <= variants
    assert all(name.startswith("AWS-") for name in variants)


def test_the_examination_is_the_auditors(found: Extraction) -> None:
    values = {key: value for c in found.facts.claims if c.id == REPORT for key, value in c.values.items()}
    assert values == {
        "name": "SOC 1 Type 2 (2019-10-01 to 2020-03-31)",
        "status": "attested",
        "report_type": "type_2",
        "system_name": "Amazon Web Services System",
        "period_start": "2019-10-01",
        "period_end": "2020-03-31",
        "opinion": "unqualified",
        "opinion_date": "2020-04-20",
    }
    ends = {link.type: set[str]() for link in found.facts.links if link.start == REPORT}
    for link in found.facts.links:
        if link.start == REPORT:
            ends[link.type].add(link.end)
    assert ends["EXAMINED_BY"] == {"organization/ernst-young"}
    assert ends["PERFORMED_UNDER"] == {"framework/aicpa-attestation-standards", "framework/isae-3402"}
    assert (ends["AGAINST"], ends["OF_PROVIDER"]) == ({"framework/soc-1"}, {"organization/aws"})


def test_the_load_report_names_what_is_doubtful_and_nothing_else(found: Extraction) -> None:
    assert [(w.line, w.message.split(":")[0]) for w in found.warnings] == [
        (964, "'Amazon CloudFront (cloudfront)' names 'Amazon Cloud Extension', which stands in no list and no table"),
        (994, "'AWS CodeDeploy (codedeploy)' names 'AWS Fargate', which stands in no list and no table"),
        (1192, "'AWS IoT Events (iotevents)' names 'AWS IoT Analytics', which stands in no list and no table"),
        (1466, "the heading gives Amazon Textract the namespace textextract, the lists give textract"),
        (1969, "AWSCA-4.2 test 3"),
    ]


def test_a_citation_knows_the_headings_above_it(found: Extraction) -> None:
    sections = {(c.first_line, c.last_line): c.section for c in found.facts.citations}
    assert sections[(545, 545)][0].startswith("SECTION III")
    assert sections[(545, 545)][1:] == ("Amazon Web Services System Overview",)
    assert sections[(1763, 1770)][-1] == "Control Objective 1: Security Organization"


def test_a_renamed_service_is_another_service_and_no_other_fact_changes(document: Document) -> None:
    changed = change(document.text, replaced("AWS Batch", "AWS Bundle"))
    assert {start for start, *_ in changed.gone} == {"service/aws/aws-batch"}
    assert {start for start, *_ in changed.new} == {"service/aws/aws-bundle"}
    assert changed.warnings == {
        "Service 'AWS Bundle' is known by no rule and no row of names.toml: an entity of its own"
    }


def test_a_region_deleted_everywhere_is_gone_alone(document: Document) -> None:
    changed = change(document.text, replaced("- **Sweden:** Europe (Stockholm) (eu-north-1)\n", ""))
    assert {start for start, *_ in changed.gone} == {"region/aws/eu-north-1"}
    assert (changed.new, changed.warnings) == (frozenset(), frozenset())


def test_a_region_deleted_in_one_list_stays_with_two_citations(document: Document) -> None:
    once = replaced("- **Sweden:** Europe (Stockholm) (eu-north-1)\n", "", 1)
    changed = change(document.text, once)
    assert (changed.gone, changed.new) == (frozenset(), frozenset())
    assert {w.split(",")[0] for w in changed.warnings} == {
        "the list of Regions that begins here lacks Europe (Stockholm)"
    }
    cited = lines_of(extraction(once(document.text)), "IN_SCOPE_OF", "region/aws/eu-north-1")
    assert cited == [(424, 424), (660, 660)]


def test_an_edge_location_deleted_from_one_cell_stays_and_is_named(document: Document) -> None:
    changed = change(document.text, replaced("• Chennai, India", "", 1))
    assert (changed.gone, changed.new) == (frozenset(), frozenset())
    assert {w.split(",")[0] for w in changed.warnings} == {"the list of edge locations that begins here lacks Chennai"}


def test_a_page_break_at_another_place_of_a_list_or_table_changes_nothing(document: Document) -> None:
    title = "Control Objective 1: Security Organization\t\t\n"

    def moved(text: str) -> str:
        first, second = text.index(title), text.index(title, text.index(title) + 1)
        start = text.rindex("\n\n\n\n", 0, second)
        end = text.index("Results of Tests\n", second) + len("Results of Tests\n")
        heading = text[start:end]
        without = text[:start] + "\n" + text[end:]
        at = without.index("\n\tInspected", first) + 1
        return without[: at - 1] + heading + without[at:]

    changed = change(document.text, moved)
    assert (changed.gone, changed.new, changed.warnings) == (frozenset(), frozenset(), frozenset())
    letterhead = change(
        document.text, replaced("\n\n\n\nAmazon Web Services\n\n410", "\n\nAmazon Web Services\n\n410", 1)
    )
    assert (letterhead.gone, letterhead.new, letterhead.warnings) == (frozenset(), frozenset(), frozenset())
    listed = change(document.text, replaced("- AWS Batch (batch)\n", "- AWS Batch (batch)\n\n\n\n", 1))
    assert (listed.gone, listed.new, listed.warnings) == (frozenset(), frozenset(), frozenset())


def test_a_statement_cut_at_another_place_changes_nothing(document: Document) -> None:
    def recut(text: str) -> str:
        lines = text.split("\n")
        upper, lower = lines[1762].split("\t"), lines[1769].split("\t")
        words = f"{upper[0]} {lower[0]}".split(" ")
        lines[1762] = "\t".join([" ".join(words[:9]), *upper[1:]])
        lines[1769] = "\t".join([" ".join(words[9:]), *lower[1:]])
        return "\n".join(lines)

    changed = change(document.text, recut)
    assert (changed.gone, changed.new, changed.warnings) == (frozenset(), frozenset(), frozenset())


def test_a_deviation_added_to_a_test_is_its_result_and_a_node(document: Document) -> None:
    wording = "Deviation noted. For 2 of 25 teams the evidence was missing."

    def deviating(text: str) -> str:
        lines = text.split("\n")
        lines[1749] = lines[1749].replace("No deviations noted.", wording)
        return "\n".join(lines)

    changed = change(document.text, deviating)
    test, node = f"{TEST}/awsca-1.1/2", "deviation/aws/soc-1-type-2/2020-03-31/awsca-1.1/2/1"
    assert changed.gone == {(test, "result", "no_deviation"), (test, "result_text", "No deviations noted.")}
    assert changed.new == {
        (test, "result", "deviation"),
        (test, "result_text", wording),
        (test, "HAS_DEVIATION", node),
        (node, "name", "AWSCA-1.1 test 2 deviation 1"),
        (node, "ordinal", 1),
        (node, "statement", wording),
        (node, "occurrences", 2),
        (node, "sample_size", 25),
    }


@pytest.mark.parametrize("line", [100, 190, 300, 600, 1184, 1500, 1751, 1803, 2000, 2290])
def test_a_report_that_was_cut_anywhere_before_its_last_part_is_refused(document: Document, line: int) -> None:
    with pytest.raises(BrokenDocument, match="which its table of contents names"):
        extraction("\n".join(document.lines[:line]))


def test_user_entity_controls_have_area_objective_and_service(found: Extraction) -> None:
    areas = {c.id: str(c.values["area"]) for c in found.facts.claims if "area" in c.values}
    assert Counter(areas.values()) == {
        "Security Organization": 2,
        "Logical Security": 8,
        "Secure Data Handling": 3,
        "Change Management": 1,
        "Data Integrity, Availability and Redundancy": 11,
        "Incident Handling": 1,
    }
    complements = [link for link in found.facts.links if link.type == "COMPLEMENTS"]
    assert {link.start for link in complements} == set(areas)
    assert {link.rule for link in complements} == {"area-titled-as-objective"}
    assert Counter(link.end.split("/")[-1] for link in complements) == {"1": 2, "3": 8, "4": 3, "6": 1, "7": 11, "8": 1}
    specific = defaultdict[str, set[str]](set)
    for link in found.facts.links:
        if link.type == "SPECIFIC_TO" and link.start in areas:
            specific[link.start.split("/")[-1]].add(link.end.split("/")[-1])
    assert sorted(map(sorted, specific.values())) == [
        ["amazon-appstream-2.0"],
        ["amazon-elastic-block-store"],
        ["amazon-elastic-compute-cloud", "amazon-virtual-private-cloud"],
        ["amazon-simple-storage-service"],
        ["amazon-simple-storage-service"],
        ["amazon-virtual-private-cloud"],
        ["aws-snowball", "aws-snowball-edge", "aws-snowmobile"],
        ["aws-snowball-edge", "aws-snowmobile"],
    ]
