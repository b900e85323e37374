"""What the narratives of the real SOC 1 and SOC 3 report say, name by name, against searches of the text."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from graph.records import Value
from loaders.facts import Extraction
from loaders.inputs.documents import Document, read_document
from loaders.soc.report import SocReport
from tests.loaders.soc_facts import NAMES, lines_of

CONTROL = "control/aws/soc-1-type-2/2020-03-31"
KMS = "service/aws/aws-key-management-service"


def read(documents: Path, kind: str) -> tuple[Document, Extraction]:
    files = (read_document(path) for path in sorted(documents.glob("*.txt")))
    document = next(one for one in files if SocReport().accepts(one) == kind)
    return document, SocReport().extract(document, NAMES)


@pytest.fixture(scope="module")
def soc_1(documents: Path) -> tuple[Document, Extraction]:
    return read(documents, "soc_1_report")


@pytest.fixture(scope="module")
def soc_3(documents: Path) -> tuple[Document, Extraction]:
    return read(documents, "soc_3_report")


def values(found: Extraction, key: str, label: str = "") -> dict[str, Value]:
    claims = (c for c in found.facts.claims if key in c.values and c.id.startswith(label))
    return {claim.id.rsplit("/", 1)[-1]: claim.values[key] for claim in claims}


def starts(found: Extraction, type_: str) -> set[str]:
    return {link.start.rsplit("/", 1)[-1] for link in found.facts.links if link.type == type_}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"\]\(#\)|[¹²³]", "", text))


def test_every_service_of_the_scope_has_its_description(
    soc_1: tuple[Document, Extraction], soc_3: tuple[Document, Extraction]
) -> None:
    for (_, found), count in ((soc_1, 120), (soc_3, 51)):
        scope = {link.start for link in found.facts.links if link.type == "IN_SCOPE_OF" and "service/" in link.start}
        assert len(scope) == count
        assert set(values(found, "description")) == {id_.rsplit("/", 1)[-1] for id_ in scope}


def test_the_descriptions_hold_every_word_between_the_headings(
    soc_1: tuple[Document, Extraction], soc_3: tuple[Document, Extraction]
) -> None:
    for (document, found), (first, last) in ((soc_1, (910, 1529)), (soc_3, (266, 493))):
        cited = {c.id: c for c in found.facts.citations}
        described = [c for c in found.facts.claims if "description" in c.values]
        spans = sorted((cited[c.citation].first_line, cited[c.citation].last_line, c) for c in described)
        headings = {n for c in found.facts.claims if c.precedence == 1 for n in (cited[c.citation].first_line,)}
        between = set(range(first, last + 1)) - {n for a, b, _ in spans for n in range(a, b + 1)}
        assert {n for n in between if document.lines[n - 1].strip()} <= headings
        for a, b, claim in spans:
            assert words(str(claim.values["description"])) == words(document.quote(a, b)), claim.id


def test_mentions_are_those_of_an_independent_search(soc_1: tuple[Document, Extraction]) -> None:
    _, found = soc_1
    text = {c.id: str(c.values["description"]) for c in found.facts.claims if "description" in c.values}
    services = {
        "Amazon S3": "amazon-simple-storage-service",
        "Amazon EC2": "amazon-elastic-compute-cloud",
        "AWS Lambda": "aws-lambda",
        "Amazon Redshift": "amazon-redshift",
    }
    for name, service in services.items():
        full = f"service/aws/{service}"
        mentioned = {link.start for link in found.facts.links if (link.type, link.end) == ("MENTIONS", full)}
        named = {id_ for id_, said in text.items() if re.search(rf"\b{name}\b(?! (?:Systems|Container))", said)}
        assert named - {full} <= mentioned
    assert not [link for link in found.facts.links if link.type == "MENTIONS" and link.start == link.end]
    sms = ("service/aws/amazon-pinpoint", "service/aws/aws-server-migration-service")
    assert sms not in {(link.start, link.end) for link in found.facts.links}


def test_responsibilities(soc_1: tuple[Document, Extraction]) -> None:
    assert values(soc_1[1], "responsibility") == {
        "amazon-elastic-compute-cloud": "infrastructure",
        "amazon-virtual-private-cloud": "infrastructure",
        "amazon-relational-database-service": "container",
        "amazon-emr": "container",
        "aws-elastic-beanstalk": "container",
        "amazon-simple-storage-service": "abstracted",
        "amazon-glacier": "abstracted",
        "amazon-dynamodb": "abstracted",
        "amazon-simple-queue-service": "abstracted",
        "amazon-simple-email-service": "abstracted",
    }


def test_content_storage(soc_1: tuple[Document, Extraction]) -> None:
    primary = ("simple-storage-service", "elastic-compute-cloud", "elastic-block-store", "dynamodb")
    local = ("glacier", "simpledb", "simple-queue-service", "cloud-directory", "cloudfront")
    assert values(soc_1[1], "content_storage") == {
        **{f"amazon-{name}": "primary" for name in primary},
        **{f"amazon-{name}": "local" for name in local},
        "aws-key-management-service": "local",
        "rds-aurora": "local",
    }
    parts = {(x.start, x.end, x.rule) for x in soc_1[1].facts.links if x.type == "PART_OF"}
    whole = "service/aws/amazon-relational-database-service"
    assert parts == {("service/aws/rds-aurora", whole, "name-within-a-name")}


def test_twenty_two_services_are_integrated_with_kms(soc_1: tuple[Document, Extraction]) -> None:
    document, found = soc_1
    line = next(text for text in document.lines if "Services integrated with KMS" in text)
    listed = line.split("include: ")[1].split(". Integrated")[0]
    names = re.split(r", | and (?=AWS X)", re.sub(r" \((?!with)[^()]*\)", "", listed))
    ids = {NAMES.resolve("Service", name, "aws").id for name in names}
    links = {(link.start, link.end) for link in found.facts.links if link.type == "INTEGRATES_WITH"}
    assert links == {(id_, KMS) for id_ in ids}
    assert len(links) == 22


def test_policies_and_glossary(soc_1: tuple[Document, Extraction]) -> None:
    document, found = soc_1
    table = [cell for line in document.lines[795:807] for cell in line.split("\t")]
    assert sorted(str(name) for name in values(found, "name", "policy/").values()) == sorted(table)
    assert len(table) == 24
    assert len(starts(found, "INSPECTED_IN")) == 24
    terms = [line.split(":")[0] for line in document.lines[2326:] if line.strip()]
    assert sorted(str(name) for name in values(found, "name", "glossary-term/").values()) == sorted(terms)
    assert len(terms) == 21


def test_controls_are_cited_where_an_independent_search_finds_them(soc_1: tuple[Document, Extraction]) -> None:
    document, found = soc_1
    changed = 2319  # the table of changed controls, which is no narrative
    outside = [(n, line) for n, line in enumerate(document.lines, 1) if not 1711 <= n <= 2290 and n != changed]
    searched = {(m[1], n) for n, line in outside for m in re.finditer(r"\bAWS(?:CA)?-(\d+\.\d+)", line)}
    cited = {
        (link.start.rsplit("-", 1)[1], lines[0])
        for link in found.facts.links
        if link.type == "CITED_IN"
        for lines in lines_of(found, "CITED_IN", link.start)
    }
    assert cited == searched
    controls = {claim.id for claim in found.facts.claims if claim.label == "Control"}
    assert controls - {link.start for link in found.facts.links if link.type == "CITED_IN"} == {f"{CONTROL}/awsca-9.4"}


def test_the_reworded_control(soc_1: tuple[Document, Extraction]) -> None:
    _, found = soc_1
    revision = "control-revision/aws/soc-1-type-2/2020-03-31/awsca-2.3/1"
    stated = {key: v for c in found.facts.claims if c.id == revision for key, v in c.values.items()}
    assert stated.keys() == {
        "name",
        "ordinal",
        "from_statement",
        "to_statement",
        "from_period",
        "to_period",
        "rationale",
    }
    assert ("quarterly" in str(stated["from_statement"]), "periodic" in str(stated["to_statement"])) == (True, True)
    assert stated["from_period"] == "Fall 2019 (4/1/2019 – 9/30/2019)"
    assert stated["to_period"] == "Spring 2020 (10/1/2019 – 3/31/2020)"
    assert Counter(link.type for link in found.facts.links if link.start == revision) == {"REVISES": 1}
