"""Laws of the pages: what they say of reports and programmes, contradictions and all."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BrokenDocument
from loaders.names.resolution import NAMES_FILE, read_names
from loaders.pages.frameworks import read_frameworks
from loaders.pages.security_overview import SecurityOverview
from loaders.pages.soc_overview import SocOverview
from loaders.pages.soc_overview_words import cadences_in, numbers_in, releases_in
from tests.loaders.stated import cited, document, extracted, fixture, joined, shown

SOC = SocOverview(read_frameworks())
SECURITY = SecurityOverview(read_frameworks())
SOC_PAGE = fixture("soc_overview_nimbus.txt")
SECURITY_PAGE = fixture("security_overview_nimbus.txt")


def test_reports_stand_side_by_side_with_every_stated_value() -> None:
    keys = ("report_type", "cadences", "period_months", "release_months", "availability", "audience")
    assert shown(extracted(SOC, SOC_PAGE).facts, "Assessment", *keys) == {
        "SOC 1": (
            "type_2",
            ("quarterly", "semiannual"),
            (12, 6),
            ("March", "June", "September", "December"),
            "under_nda",
            "Keepers of books",
        ),
        "SOC 2": (None, ("annual", "semiannual"), (12, 6), ("June", "December"), "customers", "Keepers of drains"),
        "SOC 3": (None, ("annual", "semiannual"), (6, 12), ("June", "December"), "public", "Publicly available"),
    }


def test_a_page_that_contradicts_itself_keeps_both_values_each_with_its_lines() -> None:
    facts = extracted(SOC, SOC_PAGE).facts
    id_ = f"assessment/nimbus-cloud/soc-1-type-2/{facts.sha256[:8]}"
    assert cited(facts, id_, "cadences") == {"24-24": ("quarterly",), "33-33": ("semiannual",)}
    assert cited(facts, id_, "period_months") == {"16-17": (12,), "24-24": (12,), "33-33": (6,)}
    assert cited(facts, id_, "availability") == {"4-4": "customers", "30-30": "under_nda"}


def test_standards_auditors_and_summaries_are_those_of_each_report() -> None:
    facts = extracted(SOC, SOC_PAGE).facts
    assert joined(facts, "PERFORMED_UNDER") == {
        ("SOC 1", "SSAE 18"),
        ("SOC 1", "AT-C 320"),
        ("SOC 1", "ISAE 3402"),
        ("SOC 2", "SSAE 18"),
        ("SOC 2", "AT-C 205"),
        ("SOC 3", "SSAE 18"),
        ("SOC 3", "AT-C 105"),
    }
    assert joined(facts, "EXAMINED_BY") == {("SOC 1", "Storm & Gale LLP"), ("SOC 3", "Storm & Gale LLP")}
    assert joined(facts, "SUMMARIZES") == {("SOC 3", "SOC 2")}


def test_a_report_is_stated_by_the_lines_that_name_it() -> None:
    facts = extracted(SOC, SOC_PAGE).facts
    found = {
        (link.type, link.start.split("/")[2][:5], *(c.rsplit("/", 1)[1] for c in link.citations))
        for link in facts.links
        if link.type in ("AGAINST", "OF_PROVIDER") and link.start.startswith("assessment/")
    }
    owned = {("OF_PROVIDER", f"soc-{n}", lines) for n, lines in ((1, "24-24"), (2, "24-24"), (3, "33-33"))}
    assert found == {("AGAINST", f"soc-{n}", f"{n + 3}-{n + 3}") for n in (1, 2, 3)} | owned


def test_an_agreement_that_is_not_required_is_no_availability_and_a_warning() -> None:
    found = extracted(SOC, SOC_PAGE.replace("An NDA is required", "No NDA is required"))
    assert shown(found.facts, "Assessment", "availability")["SOC 1"] == ("customers",)
    assert [(w.line, w.message) for w in found.warnings if "negated" in w.message] == [
        (30, "'NDA is required' is negated there; it is read as no claim")
    ]


@pytest.mark.parametrize(
    "claim",
    ["is not yet compliant with PCI DSS", "is not ISO 27001 certified", "is no longer PCI DSS compliant",
     "is never PCI DSS compliant"],
)  # fmt: skip
def test_a_negated_status_is_none_and_a_warning(claim: str) -> None:
    found = extracted(
        SECURITY, f"{SECURITY_PAGE.rstrip()}\n\nNimbus Cloud {claim}, as the keeper says{' again and again' * 12}.\n"
    )
    before = shown(extracted(SECURITY, SECURITY_PAGE).facts, "Assessment", "status")
    assert shown(found.facts, "Assessment", "status") == before
    assert [w.line for w in found.warnings if "negated" in w.message] == [len(SECURITY_PAGE.rstrip().split("\n")) + 2]


def test_an_undated_document_is_older_than_all_others() -> None:
    assert [extracted(*pair).facts.recency for pair in ((SOC, SOC_PAGE), (SECURITY, SECURITY_PAGE))] == ["", ""]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("SOC 1, SOC 2, and SOC 3 papers", "123"),
        ("SOC 2 / 3 reports", "23"),
        ("SOC 1/2/3)", "123"),
        ("SOC 1 only", "1"),
    ],
)
def test_reports_named_together_are_each_named(text: str, numbers: str) -> None:
    assert numbers_in(text) == tuple(numbers)


def test_each_report_has_the_cadence_and_the_months_that_stand_with_it() -> None:
    often = "A issues papers on SOC 1 quarterly, those on SOC 2 / 3 twice per year."
    months = "(mid-May and mid-August for SOC 2 only and early March and late December for SOC 1/2)"
    assert cadences_in(often) == [(("1",), "quarterly"), (("2", "3"), "semiannual")]
    assert releases_in(months) == [(("1",), ("March", "December")), (("2",), ("March", "May", "August", "December"))]


@pytest.mark.parametrize(
    ("size", "why"), [(9, "ends in the middle"), (20, "ends in the middle"), (31, "ends in the middle")]
)
def test_a_soc_page_that_was_cut_is_refused(size: int, why: str) -> None:
    cut = document("\n".join(SOC_PAGE.split("\n")[:size]))
    with pytest.raises(BrokenDocument, match=why):
        SOC.extract(cut, read_names())


def test_a_soc_page_without_its_table_is_refused_with_the_rows_that_it_lacks() -> None:
    without = [line for line in SOC_PAGE.split("\n") if "Audience" not in line]
    with pytest.raises(BrokenDocument, match="the table lacks audience, period"):
        SOC.extract(document("\n".join(without)), read_names())


def test_a_paragraph_that_words_a_status_is_a_claim_against_its_framework() -> None:
    assert shown(extracted(SECURITY, SECURITY_PAGE).facts, "Assessment", "status", "levels", "report_type") == {
        "SOC 1": ("attested", None, "type_2"),
        "FISMA": ("authorized", ("Moderate", "Low"), None),
        "PCI DSS": ("compliant", ("2",), None),
        "ISO 27001": ("certified", None, None),
        "ITAR": ("enables", None, None),
        "HIPAA": ("enables", None, None),
    }


def test_a_security_page_relates_frameworks_regions_and_services() -> None:
    facts = extracted(SECURITY, SECURITY_PAGE).facts
    types = ("PERFORMED_UNDER", "SUPERSEDES", "ASSESSED_UNDER", "LIMITED_TO", "INCLUDES_SERVICE")
    assert {type_: joined(facts, type_) for type_ in types} == {
        "PERFORMED_UNDER": {("SOC 1", "SSAE 16"), ("SOC 1", "ISAE 3402")},
        "SUPERSEDES": {("SSAE 16", "SAS 70")},
        "ASSESSED_UNDER": {("FISMA", "NIST SP 800-53")},
        "LIMITED_TO": {("ITAR", "South Cove")},
        "INCLUDES_SERVICE": {
            ("PCI DSS", "Nimbus Rain"),
            ("PCI DSS", "Nimbus Hail and Sleet"),
            ("PCI DSS", "Nimbus Drizzle"),
            ("ISO 27001", "Nimbus Rain"),
            ("ISO 27001", "Nimbus Fog"),
        },
    }
    assert shown(facts, "Framework", "edition")["NIST SP 800-53"] == ("2",)


def test_a_table_between_strokes_gives_each_report_its_cells() -> None:
    facts = extracted(SOC, fixture("soc_overview_tidewater.txt")).facts
    keys = ("report_type", "cadences", "period_months", "release_months", "availability", "audience", "purpose")
    assert shown(facts, "Assessment", *keys) == {
        "SOC 1": ("type_1", ("semiannual",), (6,), None, "customers", "Book keepers", "Boats in the books"),
        "SOC 2": ("type_2", ("annual",), (12,), ("March",), "under_nda", "Those with a boat", "Boats that float"),
        "SOC 3": (None, ("annual",), (12,), None, "public", "Anyone", "A poster about boats"),
    }
    assert shown(facts, "Assessment", "trust_services_categories")["SOC 3"] == (("security", "availability"),)
    assert joined(facts, "EXAMINED_BY") == {(f"SOC {n}", "Ebb, Flow & Sons LLP") for n in (1, 2, 3)}
    assert joined(facts, "REFERS_TO") == {("SOC 3", "https://tidewater.example/reports/soc-3-report.pdf")}
    assert joined(facts, "PERFORMED_UNDER") == {
        ("SOC 1", "SSAE 18"), ("SOC 1", "AT-C 320"), ("SOC 1", "ISAE 3402"), ("SOC 2", "SSAE 18"),
        ("SOC 2", "AT-C 205"), ("SOC 3", "AT-C 205"),
    }  # fmt: skip


def test_purposes_that_speak_of_financial_reporting_are_those_of_soc_1() -> None:
    facts = extracted(SOC, SOC_PAGE).facts
    found = {name: str(value)[:60] for name, (value,) in shown(facts, "Assessment", "purpose").items()}
    assert found == {
        "SOC 1": "To tell about matters of internal controls over financial re",
        "SOC 2": "To give users an independent assessment of Security and Avai",
        "SOC 3": "To give users an independent assessment of Security and Avai",
    }


def test_purposes_that_are_too_many_are_none_and_a_warning() -> None:
    more = SOC_PAGE.replace("To give users an independent", "To warn of rain\nTo give users an independent", 1)
    found = extracted(SOC, more)
    assert set(shown(found.facts, "Assessment", "purpose").values()) == {(None,)}
    assert ["purpose" in w.message.lower() for w in found.warnings if "cannot be told apart" in w.message] == [True]


def test_one_paragraph_can_hold_several_claims_and_one_sentence_several_frameworks() -> None:
    found = extracted(SECURITY, fixture("security_overview_tidewater.txt"))
    assert shown(found.facts, "Assessment", "status", "report_type") == {
        "ISO 27001": ("certified", None),
        "ISO 9001": ("certified", None),
        "NIST SP 800-171": ("aligned", None),
        "Harbour Trust Mark": ("certified", None),
        "SOC 2": ("attested", "type_1"),
        "FIPS 140-3": ("validated", None),
    }
    assert joined(found.facts, "INCLUDES_SERVICE") == {
        ("SOC 2", f"Tide {name}") for name in ("Boats", "Ropes", "Knots")
    }
    assert [w.line for w in found.warnings if "negated" in w.message] == [9]


def test_two_values_on_one_line_stay_each_with_a_citation() -> None:
    page = SECURITY_PAGE.replace(
        "NC has achieved Level 2 PCI compliance.", "NC is aligned with and compliant with PCI DSS."
    )
    facts = extracted(SECURITY, page).facts
    id_ = next(claim.id for claim in facts.claims if claim.id.startswith("assessment/nimbus-cloud/pci-dss"))
    assert cited(facts, id_, "status") == {"6-6": "aligned", "5-6": "compliant"}
    assert shown(facts, "Assessment", "status")["PCI DSS"] == ("aligned",)


def test_cells_that_run_into_a_question_are_no_part_of_the_heading() -> None:
    table = "SOC 1 SOC 2\nSOC 3\nWhat is it? Things about rain\nOther things about rain\n"
    at = next(line for line in SOC_PAGE.split("\n") if "tandard" in line and "?" in line)
    facts = extracted(SOC, SOC_PAGE.replace(at, table + at, 1)).facts
    headings = {title for citation in facts.citations for title in citation.section}
    assert at[: at.index("?") + 1] in headings
    assert not any("rain" in title and "tandard" in title for title in headings)


def test_what_a_sentence_about_one_report_names_is_mentioned_by_it() -> None:
    said = "\nThe SOC 3 report tells how Nimbus Cloud meets the AICPA's Trust Services Principles in SOC 2.\n"
    asked = "\nHow does SOC 3 meet the Trust Services Principles?\n"
    plain, more, none = (extracted(SOC, SOC_PAGE + text).facts for text in ("", said, f"{asked}It does.\n"))
    assert joined(more, "MENTIONS") - joined(plain, "MENTIONS") == {("SOC 3", "Trust Services Criteria")}
    assert joined(none, "MENTIONS") == joined(plain, "MENTIONS")


def test_a_clause_names_the_services_that_operate_with_what_is_validated(tmp_path: Path) -> None:
    table = tmp_path / "names.toml"
    row = '[[known]]\nlabel = "Service"\nscope = "nimbus-cloud"\nreason = "A test."\nnames = ["Nimbus Rain", "Fog"]'
    table.write_text(f"{NAMES_FILE.read_text(encoding='utf-8')}\n{row}", encoding="utf-8")
    said = (
        "Of Fog little is known, the Nimbus Rain endpoints operate using FIPS 140-2 validated locks, as Fog does not."
    )
    page = f"{SECURITY_PAGE.rstrip()}\n\n{said} {'It is wet as well. ' * 9}\n"
    facts = SECURITY.extract(document(page), read_names(table)).facts
    found = {(start, end) for start, end in joined(facts, "INCLUDES_SERVICE") if start == "FIPS 140-2"}
    assert found == {("FIPS 140-2", "Nimbus Rain")}


def test_a_list_of_services_is_cited_by_its_own_lines() -> None:
    links = (link for link in extracted(SECURITY, SECURITY_PAGE).facts.links if link.type == "INCLUDES_SERVICE")
    lines = {c.rsplit("/", 1)[1] for link in links if "/iso-27001/" in link.start for c in link.citations}
    assert lines == {"8-8"}


def test_a_security_page_that_ends_within_a_sentence_is_refused() -> None:
    with pytest.raises(BrokenDocument, match="line 14: the page ends in the middle of a sentence"):
        SECURITY.extract(document(SECURITY_PAGE[:-20]), read_names())


def test_each_page_is_accepted_by_its_own_loader_alone() -> None:
    names = (
        "soc_overview_nimbus.txt",
        "security_overview_nimbus.txt",
        "quick_reference_nimbus.txt",
        "soc_1_nimbus.txt",
    )
    accepted = [(SOC.accepts(document(fixture(n))), SECURITY.accepts(document(fixture(n)))) for n in names]
    assert accepted == [("soc_overview_page", None), (None, "security_overview_page"), (None, None), (None, None)]


def test_the_real_soc_page_gives_two_cadences_and_two_periods(documents: Path) -> None:
    text = next(documents.glob("001_*.txt")).read_text(encoding="utf-8")
    facts = extracted(SOC, text).facts
    keys = ("cadences", "period_months", "release_months", "availability")
    assert shown(facts, "Assessment", *keys) == {
        "SOC 1": (("quarterly", "semiannual"), (12, 6), ("February", "May", "August", "November"), "under_nda"),
        "SOC 2": (("semiannual",), (12, 6), ("May", "November"), "under_nda"),
        "SOC 3": (("semiannual",), (12, 6), ("May", "November"), "public"),
    }
    standards = {end for start, end in joined(facts, "PERFORMED_UNDER") if start == "SOC 1"}
    assert standards == {"SSAE 18", "AT-C 320", "ISAE 3402"}
    assert joined(facts, "EXAMINED_BY") == {(f"SOC {n}", "Ernst & Young LLP") for n in (1, 2, 3)}
    aicpa = "American Institute of Certified Public Accountants"
    issued = {(name, aicpa) for name in ("SSAE 18", "TSP section 100A", "Trust Services Criteria")}
    assert joined(facts, "ISSUED_BY") == issued
    titled = {name for name, (value,) in shown(facts, "Framework", "full_name").items() if value}
    assert titled == {"SSAE 18", "AT-C 105", "AT-C 205", "AT-C 320", "TSP section 100A", "ISAE 3402"}


def test_the_real_security_page_claims_seven_programmes(documents: Path) -> None:
    text = next(documents.glob("003_*.txt")).read_text(encoding="utf-8")
    facts = extracted(SECURITY, text).facts
    assert shown(facts, "Assessment", "status", "levels") == {
        "SOC 1": ("attested", None),
        "FISMA": ("authorized", ("Moderate", "Low")),
        "PCI DSS": ("compliant", ("1",)),
        "ISO 27001": ("certified", None),
        "ITAR": ("enables", None),
        "FIPS 140-2": ("validated", None),
        "HIPAA": ("enables", None),
    }
    named = joined(facts, "INCLUDES_SERVICE")
    assert [sum(1 for start, _ in named if start == name) for name in ("PCI DSS", "ISO 27001")] == [7, 3]
    assert {end for start, end in named if start == "FIPS 140-2"} == {"Amazon Virtual Private Cloud"}
    assert ("NIST SP 800-53", "National Institute of Standards and Technology") in joined(facts, "ISSUED_BY")
    assert joined(facts, "SUPERSEDES") == {("SSAE 16", "SAS 70")}
