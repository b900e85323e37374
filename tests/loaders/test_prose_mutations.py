"""Laws of changed copies: exactly what was changed in a prose document changes in its facts, folding nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.records import DocumentFacts, Value
from loaders.base import Loader
from loaders.inputs.documents import document_from
from loaders.names.resolution import read_names
from loaders.pages.frameworks import read_frameworks
from loaders.pages.quick_reference import QuickReference
from loaders.pages.security_overview import SecurityOverview
from loaders.pages.soc_overview import SocOverview
from tests.loaders.stated import fixture

Fact = tuple[str, str, str]

TABLE = read_frameworks()
LOADERS: tuple[Loader, ...] = (SocOverview(TABLE), QuickReference(TABLE), SecurityOverview(TABLE))
KINDS = ("quick_reference", "security_overview", "soc_overview")
FIXTURES = tuple(f"{kind}_{provider}.txt" for kind in KINDS for provider in ("nimbus", "tidewater"))
WIDTHS = (60, 67, 82, 120, 200)


def facts(text: str) -> frozenset[Fact]:
    """The facts of a text without their lines: values of nodes, and relationships with how they are asserted."""
    document = document_from(text.encode(), "changed.txt")
    loader = next(loader for loader in LOADERS if loader.accepts(document))
    return frozenset(_facts(loader.extract(document, read_names()).facts))


def _facts(stated: DocumentFacts) -> Iterator[Fact]:
    def plain(id_: str) -> str:
        return id_.replace(stated.sha256, "sha").replace(stated.sha256[:8], "sha8")

    for claim in stated.claims:
        for key, value in claim.values.items():
            yield from ((plain(claim.id), key, shown) for shown in _shown(value))
    for link in stated.links:
        end = str(link.values["text"]) if link.type == "HAS_NAME" else plain(link.end)
        yield (plain(link.start), f"{link.type} {link.assertion}", end)
    for key in stated.document.keys() - {"sha256", "lines"}:
        yield from (("document", key, shown) for shown in _shown(stated.document[key]))


def _shown(value: Value) -> list[str]:
    """The members of a list, or the one value, in single spaces: a fold may bring two lists into one citation."""
    return [" ".join(str(item).split()) for item in (value if isinstance(value, tuple) else (value,))]


def folded(text: str, width: int) -> str:
    """Every line is folded at spaces."""
    return "\n".join(part for line in text.split("\n") for part in _parts(line, width))


def _parts(line: str, width: int) -> Iterator[str]:
    while len(line) > width and (at := line.rfind(" ", 1, width + 1)) > 0 and line[:at].strip():
        yield line[:at]
        line = line[at + 1 :]
    yield line


def _unsaid(text: str) -> list[str]:
    """The names and addresses that do not stand in every place that is cited for them."""
    document = document_from(text.encode(), "cited.txt")
    stated = next(loader for loader in LOADERS if loader.accepts(document)).extract(document, read_names()).facts
    quotes = {c.id: "".join((c.quote or "").split()) for c in stated.citations}
    named = [(str(x.values["text"]), c) for x in stated.links if x.type == "HAS_NAME" for c in x.citations]
    named += [(str(c.values["url"]), c.citation) for c in stated.claims if "url" in c.values]
    return [f"{words} {cited}" for words, cited in named if "".join(words.split()) not in quotes[cited]]


@pytest.mark.parametrize("name", FIXTURES)
def test_every_name_and_address_stands_in_the_lines_that_are_cited_for_it(name: str) -> None:
    assert _unsaid(fixture(name)) == []


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_every_name_and_address_of_a_real_document_stands_in_its_lines(number: str, documents: Path) -> None:
    assert _unsaid(next(documents.glob(f"{number}_*.txt")).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", FIXTURES)
def test_folding_changes_no_fact(name: str) -> None:
    text = fixture(name)
    whole = facts(text)
    assert {width: facts(folded(text, width)) ^ whole for width in WIDTHS} == {width: frozenset() for width in WIDTHS}


@pytest.mark.parametrize("bullet", ["–", "*", "o"])
@pytest.mark.parametrize("name", FIXTURES)
def test_other_bullets_change_no_fact(name: str, bullet: str) -> None:
    text = fixture(name)
    assert facts(re.sub(r"^[•o] ", f"{bullet} ", text, flags=re.MULTILINE)) == facts(text)


@pytest.mark.parametrize(
    ("name", "old", "new", "lost", "found"),
    [
        ("quick_reference_tidewater.txt", "TISAX at Levels 2 and 3", "TISAX at Level 1",
         {("levels", "2"), ("levels", "3")}, {("levels", "1")}),
        ("quick_reference_tidewater.txt", "PCI DSS v4.0", "PCI DSS v3.2.1",
         {("framework_edition", "4.0"), ("edition", "4.0")}, {("framework_edition", "3.2.1"), ("edition", "3.2.1")}),
        ("quick_reference_tidewater.txt", "has been awarded an", "has not been awarded an",
         {("status", "certified")}, set()),
        ("quick_reference_tidewater.txt", "conducted\nunder AT-C 205", "conducted\nunder AT-C 210",
         {("PERFORMED_UNDER stated", "framework/at-c-205"), ("name", "AT-C 205"), ("HAS_NAME stated", "AT-C 205")},
         {("PERFORMED_UNDER stated", "framework/at-c-210"), ("name", "AT-C 210"), ("HAS_NAME stated", "AT-C 210")}),
        ("quick_reference_tidewater.txt", "SSAE 18 replaced SSAE 16", "SSAE 16 gave way to SSAE 18",
         {("SUPERSEDES stated", "framework/ssae-16")}, set()),
        ("quick_reference_nimbus.txt", "limited to \nNorth (Harbour) region", "limited to \nNorth (Quay) region",
         {("LIMITED_TO stated", "region/nimbus-cloud/north-harbour"), ("name", "North (Harbour)"),
          ("HAS_NAME stated", "North (Harbour)"), ("OPERATED_BY derived", "organization/nimbus-cloud")},
         {("LIMITED_TO stated", "region/nimbus-cloud/north-quay"), ("name", "North (Quay)"),
          ("HAS_NAME stated", "North (Quay)"), ("OPERATED_BY derived", "organization/nimbus-cloud")}),
        ("quick_reference_nimbus.txt", "provides 140 ", "provides 150 ",
         {("element_count", "140")}, {("element_count", "150")}),
        ("quick_reference_nimbus.txt", "complies with the FBI's CJIS", "no longer complies with the FBI's CJIS",
         {("status", "compliant")}, set()),
        ("security_overview_tidewater.txt", "ISO 27001 and ISO 9001 certified", "ISO 27001 certified",
         {("AGAINST stated", "framework/iso-9001"), ("LIMITED_TO stated", "region/tidewater-compute/flanders-bruges"),
          ("OF_PROVIDER stated", "organization/tidewater-compute"), ("HAS_NAME stated", "ISO 9001"),
          ("REFERS_TO stated", "resource/https-tidewater.example-compliance-certificates-iso.pdf"),
          ("name", "ISO 9001"), ("status", "certified")}, set()),
        ("security_overview_tidewater.txt", "NIST SP 800-171", "NIST SP 800-172",
         {("AGAINST stated", "framework/nist-sp-800-171"), ("HAS_NAME stated", "NIST SP 800-171"),
          ("OF_PROVIDER stated", "organization/tidewater-compute"), ("name", "NIST SP 800-171"),
          ("status", "aligned"), ("status", "assessed")},
         {("AGAINST stated", "framework/nist-sp-800-172"), ("HAS_NAME stated", "NIST SP 800-172"),
          ("OF_PROVIDER stated", "organization/tidewater-compute"), ("name", "NIST SP 800-172"),
          ("status", "aligned"), ("status", "assessed")}),
        ("security_overview_tidewater.txt", "a SOC 2 Type I", "a SOC 2 Type II", None, None),
        ("security_overview_nimbus.txt", "(NHS) and Nimbus Drizzle (ND), and the cellar", "(NHS) and the cellar",
         {("INCLUDES_SERVICE stated", "service/nimbus-cloud/nimbus-drizzle"), ("name", "Nimbus Drizzle"),
          ("HAS_NAME stated", "Nimbus Drizzle"), ("HAS_NAME stated", "ND"),
          ("OF_PROVIDER derived", "organization/nimbus-cloud")}, set()),
        ("security_overview_nimbus.txt", "FISMA-Low", "FISMA-High", {("levels", "Low")}, {("levels", "High")}),
        ("security_overview_nimbus.txt", "Revision 2", "Revision 4",
         {("edition", "2"), ("HAS_NAME stated", "NIST Special Publication 800-53, Revision 2")},
         {("edition", "4"), ("HAS_NAME stated", "NIST Special Publication 800-53, Revision 4")}),
        ("soc_overview_tidewater.txt", "| 6 months | 12", "| 9 months | 12",
         {("period_months", "6")}, {("period_months", "9")}),
        ("soc_overview_tidewater.txt", "every six months", "every quarter",
         {("cadences", "semiannual")}, {("cadences", "quarterly")}),
        ("soc_overview_tidewater.txt", "Ebb, Flow & Sons LLP", "Spring & Neap LLP",
         {("EXAMINED_BY stated", "organization/ebb-flow-sons-llp"), ("name", "Ebb, Flow & Sons LLP"),
          ("HAS_NAME stated", "Ebb, Flow & Sons LLP")},
         {("EXAMINED_BY stated", "organization/spring-neap-llp"), ("name", "Spring & Neap LLP"),
          ("HAS_NAME stated", "Spring & Neap LLP")}),
        ("soc_overview_nimbus.txt", "mid-March and mid-September for SOC 1", "mid-March and mid-October for SOC 1",
         {("release_months", "September")}, {("release_months", "October")}),
        ("soc_overview_nimbus.txt", "AT-C section 205", "AT-C section 215",
         {("PERFORMED_UNDER stated", "framework/at-c-205"), ("name", "AT-C 205"),
          ("HAS_NAME stated", "AT-C section 205")},
         {("PERFORMED_UNDER stated", "framework/at-c-215"), ("name", "AT-C 215"),
          ("HAS_NAME stated", "AT-C section 215")}),
    ],
)  # fmt: skip
def test_one_change_changes_one_thing(
    name: str, old: str, new: str, lost: set[tuple[str, str]] | None, found: set[tuple[str, str]] | None
) -> None:
    text = fixture(name)
    assert text.count(old) == 1
    before, after = facts(text), facts(text.replace(old, new))
    if lost is None or found is None:
        assert {fact[1:] for fact in before} ^ {fact[1:] for fact in after} == {
            ("report_type", "type_1"), ("report_type", "type_2"),
        }  # fmt: skip
    else:
        assert {fact[1:] for fact in before - after} == lost
        assert {fact[1:] for fact in after - before} == found


NAMED = {"name", "HAS_NAME stated"}
REAL = [
    ("000", "Levels 2 and 4", "Levels 2 and 5", NAMED | {"levels"}),
    ("000", "ISO 9001:2008", "ISO 9001:2015", {"framework_edition", "edition", "HAS_NAME stated"}),
    ("000", "Moderate impact level", "High impact level", {"levels"}),
    ("000", "298 \nquestions", "310 \nquestions", {"element_count"}),
    ("000", "• Leadership", "• Courage", {"HAS_REQUIREMENT stated", "name"}),
    ("000", "Incident Handling", "Incident Response", {"name"}),
    ("000", "ISO 27001/02", "ISO 27001", {"BASED_ON stated"}),
    ("000", "AWS complies with", "AWS no longer complies with", {"status"}),
    ("000", "AWS Sydney Region", "Sydney Region", NAMED),
    ("001", "Ernst & Young LLP performs", "Ernst & Younger LLP performs", NAMED | {"EXAMINED_BY stated"}),
    ("001", "quarterly", "annually", {"cadences"}),
    ("001", "mid-February", "mid-March", {"release_months"}),
    ("003", "Revision 3", "Revision 4", {"edition", "HAS_NAME stated"}),
    ("003", "FISMA-Low", "FISMA-High", {"levels"}),
    (
        "003",
        "Amazon Relational Database Service (RDS), ",
        "",
        NAMED | {"INCLUDES_SERVICE stated", "OF_PROVIDER stated"},
    ),
]


@pytest.mark.parametrize(("number", "old", "new", "changed"), REAL)
def test_one_change_in_a_real_document_changes_one_thing(
    number: str, old: str, new: str, changed: set[str], documents: Path
) -> None:
    text = next(documents.glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    assert old in text
    difference = facts(text) ^ facts(text.replace(old, new))
    assert {fact[1] for fact in difference} == changed


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_folding_a_real_document_changes_no_fact(number: str, documents: Path) -> None:
    text = next(documents.glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    whole = facts(text)
    for width in (60, 72, 90, 120, 200):
        assert facts(folded(text, width)) ^ whole == frozenset(), width
