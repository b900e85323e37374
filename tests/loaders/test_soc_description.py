"""Reports of providers that no table knows, in other habits than those of the large ones: what their prose states."""

from __future__ import annotations

import pytest

from graph.records import Value
from loaders.inputs.documents import document_from
from loaders.soc.kinds import read_kind
from loaders.soc.pieces import read_soc_pieces
from loaders.soc.report import SocReport
from loaders.soc.sections import Part, read_sections
from tests.loaders.soc_facts import Stated, change, fixture_text, replaced, stated

BY_STANDARD = """Teal Wages A/S
{title}

We conducted our engagement in accordance with International Standard on Assurance
Engagements (ISAE) 3402. The control objectives are stated in the description. In our
opinion the controls operated effectively throughout the period.
"""
LARKSPUR, FERRUM, OSPREY = (fixture_text(name) for name in ("soc_2_larkspur", "soc_1_ferrum", "soc_3_osprey"))


def values(found: Stated, label: str, *keys: str) -> dict[str, dict[str, Value]]:
    told: dict[str, dict[str, Value]] = {}
    for id_, key, value in found.values:
        if id_.startswith(f"{label}/") and key in keys:
            told.setdefault(id_.split("/")[-1], {})[key] = value
    return told


def ends(found: Stated, type_: str, label: str = "") -> set[tuple[str, str]]:
    links = ((start, str(end)) for start, name, end in found.links if name == type_ and start.startswith(label))
    return {(start.split("/")[-1], end.split("/")[-1]) for start, end in links}


@pytest.mark.parametrize(
    ("text", "kind", "report_type"),
    [
        (LARKSPUR, "soc_2_report", "type_2"),
        (FERRUM, "soc_1_report", "type_1"),
        (OSPREY, "soc_3_report", None),
        (BY_STANDARD.format(title="Assurance report on the wage service"), "soc_1_report", "type_2"),
        (BY_STANDARD.format(title="ISAE 3402 Type 1 assurance report"), "soc_1_report", "type_1"),
        (BY_STANDARD.format(title="").replace("3402", "3000"), None, None),
        ("We read the SOC 2 Type 2 report of Osprey, and we think that it is a good one.", None, None),
        ("SOC 2 reports\n\nAsk us for our SOC 2 Type 2 report. It was made by Heron Audit PLLC.", None, None),
    ],
)
def test_a_report_is_known_by_its_title_and_its_words(text: str, kind: str | None, report_type: str | None) -> None:
    found = read_kind(document_from(text.encode(), "report.txt"))
    assert (found.kind if found else None, found.report_type if found else None) == (kind, report_type)


def test_the_sections_are_found_in_any_order_and_beyond_a_table_of_contents() -> None:
    parts = {
        name: [section.part for section in read_sections(read_soc_pieces(document_from(text.encode(), name)))]
        for name, text in (("larkspur", LARKSPUR), ("ferrum", FERRUM), ("osprey", OSPREY))
    }
    assert parts == {
        "larkspur": [Part.TITLE, Part.AUDITOR, Part.ASSERTION, Part.DESCRIPTION, Part.TESTS, Part.OTHER],
        "ferrum": [Part.TITLE, Part.AUDITOR, Part.ASSERTION, Part.DESCRIPTION, Part.TESTS],
        "osprey": [Part.TITLE, Part.AUDITOR, Part.ASSERTION, Part.DESCRIPTION],
    }


def test_what_the_auditor_says_of_the_tests_before_signing_is_of_the_report_of_the_auditor() -> None:
    words = "Description of tests of controls\n\nThe tests that we made are listed in Section IV.\n\n"
    for at in ("Opinion\n\n", "Heron Audit PLLC\n\n"):
        changed = change(_bare(OSPREY), replaced(at, words + at))
        assert (changed.gone, changed.new) == (frozenset(), frozenset())


def test_management_does_not_sign_the_report_of_the_auditor() -> None:
    signed = "Osprey Ledger Ltd\n\n12 August 2024\n\nAttachment A"
    for title in ("Management's Report of Its Assertions on the Osprey Ledger Service", "What we say of ourselves"):
        edited = replaced("Assertion of Osprey Management\n", f"{title}\n")(
            _bare(OSPREY).replace("Attachment A", signed)
        )
        assert ends(stated(edited), "EXAMINED_BY") == ends(stated(OSPREY), "EXAMINED_BY")


def _bare(text: str) -> str:
    """A report without the marks of its sections."""
    return text.replace("Section I\n\n", "").replace("Section II\n\n", "").replace("Section II\n", "")


def test_the_head_names_provider_system_and_time() -> None:
    keys = ("system_name", "report_type", "period_start", "period_end", "as_of", "trust_services_categories")
    assert values(stated(LARKSPUR), "assessment", *keys) == {
        "2023-09-30": {
            "system_name": "Dispatch Cloud Platform",
            "report_type": "type_2",
            "period_start": "2022-10-01",
            "period_end": "2023-09-30",
            "trust_services_categories": ("security", "availability", "confidentiality"),
        }
    }
    assert values(stated(FERRUM), "assessment", *keys) == {
        "2023-06-30": {"system_name": "Payday Hub System", "report_type": "type_1", "as_of": "2023-06-30"}
    }
    assert ends(stated(OSPREY), "OF_PROVIDER", "assessment") == {("2024-06-30", "osprey-ledger")}
    named = stated(FERRUM.replace("Payday Hub System", "Løn payroll service"))
    assert values(named, "assessment", "system_name") == {"2023-06-30": {"system_name": "Løn payroll service"}}


def test_the_opinion_is_qualified_on_a_criterion_in_one_respect() -> None:
    found = stated(LARKSPUR)
    qualified = [str(end) for _, type_, end in found.links if type_ == "QUALIFIED_ON"]
    assert len(qualified) == 1
    assert qualified[0].startswith("requirement/trust-services-criteria/cc6.2 aspect=operating_effectiveness")
    assert values(found, "assessment", "opinion", "opinion_date")["2023-09-30"] == {
        "opinion": "qualified",
        "opinion_date": "2023-11-17",
    }
    assert ends(found, "PERFORMED_UNDER") == {
        ("2023-09-30", name) for name in ("aicpa-attestation-standards", "at-c-105", "at-c-205", "isae-3000")
    }


def test_services_stand_in_a_sentence_or_a_list_and_what_is_left_out_is_not_in_scope() -> None:
    found = stated(LARKSPUR)
    scope = {(start.split("/")[-1], str(end).split(" ", 1)[1]) for start, type_, end in found.links
             if type_ == "IN_SCOPE_OF" and start.startswith("service/")}  # fmt: skip
    assert scope == {
        ("route-planner", "name_as_written=Route Planner"),
        ("waybill-hub", "name_as_written=Waybill Hub"),
        ("customs-gateway", "from=2023-04-01, name_as_written=Customs Gateway (from 1 April 2023)"),
    }
    assert ends(found, "EXCLUDED_FROM") == {("fleet-tracker", "2023-09-30")}
    other = stated(FERRUM)
    assert {start for start, _ in ends(other, "EXCLUDED_FROM")} == {"time-clock", "expense-desk"}
    scoped = {start for start, _ in ends(other, "IN_SCOPE_OF", "service/")}
    assert scoped == {"wage-calculation", "tax-remittance", "benefit-postings"}


def test_former_and_planned_places_are_not_in_scope() -> None:
    found = stated(LARKSPUR)
    assert {start for start, _ in ends(found, "IN_SCOPE_OF", "region/")} == {"eu-west-1", "eu-central-1"}
    assert {start for start, _ in ends(found, "IN_SCOPE_OF", "facility/")} == {
        "rotterdam-netherlands",
        "groningen-netherlands",
        "antwerp-belgium",
    }
    assert ends(found, "OPERATED_BY") == {("eu-west-1", "aws"), ("eu-central-1", "aws")}


def test_a_state_says_the_country_of_its_places() -> None:
    found = values(stated(FERRUM), "facility", "kind", "city", "subdivision")
    assert found["columbus-ohio-united-states"] == {
        "kind": "processing_center",
        "city": "Columbus",
        "subdivision": "US-OH",
    }
    assert {start for start, _ in ends(stated(OSPREY), "IN_SCOPE_OF", "facility/")} == {"leeds-england", "cork-ireland"}


def test_subservice_organizations_have_their_method_and_what_they_do() -> None:
    relied = {str(end).split("/")[-1] for _, type_, end in stated(FERRUM).links if type_ == "RELIES_ON"}
    assert relied == {"boreal-colocation method=carve_out, service=colocation services", "ferrum-mail method=inclusive"}


def test_complementary_controls_complement_what_they_refer_to() -> None:
    found = stated(LARKSPUR)
    assert ends(found, "COMPLEMENTS", "user-entity-control/") == {("1", "cc6.1"), ("1", "cc6.2"), ("2", "cc7.3")}
    assert ends(found, "EXPECTED_OF") == {("1", "aws"), ("2", "quillon-print-services")}
    other = stated(FERRUM)
    assert ends(other, "COMPLEMENTS", "user-entity-control/") == {("1", "1"), ("2", "1"), ("3", "2")}
    assert ends(other, "COMPLEMENTS", "subservice-control/") == {("1", "1"), ("2", "2")}
    assert ends(other, "SPECIFIC_TO") == {("2", "wage-calculation")}


def test_commitments_have_the_category_above_them_or_before_them() -> None:
    assert values(stated(LARKSPUR), "commitment", "category") == {
        "1": {"category": "Security"},
        "2": {"category": "Security"},
        "3": {"category": "Availability"},
    }
    assert values(stated(OSPREY), "commitment", "category", "statement") == {
        "1": {"category": "Security", "statement": "customer ledgers are encrypted."},
        "2": {"category": "Privacy", "statement": "personal data is deleted upon request."},
    }


def test_a_statement_that_begins_in_small_letters_is_a_row_of_its_own_where_its_category_stands_beside_it() -> None:
    listed = LARKSPUR[LARKSPUR.index("    Security\n    • Customer") : LARKSPUR.index("F. Complementary User")]
    table = """    Category            Commitment

    Security            Seals are checked by two persons, and keys to containers are kept apart from
                        them in a safe.

    Availability        eSeals are read at all hours of the day and at each quay.

"""
    assert values(stated(LARKSPUR.replace(listed, table)), "commitment", "category") == {
        "1": {"category": "Security"},
        "2": {"category": "Availability"},
    }


def test_an_unknown_wording_of_the_opinion_is_silent_and_a_warning() -> None:
    changed = change(OSPREY, replaced("In our opinion, management's", "We like that management's"))
    assert {(key, value) for _, key, value in changed.gone} == {("opinion", "unqualified")}
    assert any("opinion" in message for message in changed.warnings)


def test_a_report_without_lists_is_still_a_report() -> None:
    bare = OSPREY[: OSPREY.index("Attachment A")]
    assert SocReport().accepts(document_from(bare.encode(), "report.txt")) == "soc_3_report"
    assert ends(stated(bare), "IN_SCOPE_OF") == set()
