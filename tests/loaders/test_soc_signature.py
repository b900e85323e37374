"""Who signs the auditor's report, in whatever order; what the firm calls itself below its name is no name."""

from __future__ import annotations

import pytest

from loaders.soc.controls.results import methods_of
from loaders.soc.wording import standards_followed
from tests.loaders.soc_facts import fixture_text, stated

LARKSPUR = fixture_text("soc_2_larkspur")
SIGNED = "Tamarind Assurance LLP\nRotterdam, Netherlands\n17 November 2023\n"
REPORT = "assessment/larkspur-freight-systems/soc-2-type-2/2023-09-30"


def _auditor(signature: str) -> set[str]:
    assert LARKSPUR.count(SIGNED) == 1
    links = stated(LARKSPUR.replace(SIGNED, signature)).links
    return {str(end) for start, type_, end in links if start == REPORT and type_ == "EXAMINED_BY"}


@pytest.mark.parametrize(
    "signature",
    [
        "Tamarind & Sloe LLP\nChartered Professional Accountants\nLicensed Public Accountants\n{}\n17 November 2023\n",
        "{}, 17 November 2023\n\nTamarind & Sloe LLP\nState Authorised Public Accountants\n",
        "Tamarind & Sloe LLP\nCertified Public Accountants and Statutory Auditors\n17 November 2023\n{}\n",
    ],
)
def test_designations_below_the_name_of_the_firm_are_not_its_name(signature: str) -> None:
    found = _auditor(signature.format("Rotterdam, Netherlands"))
    assert found == {"organization/tamarind-sloe-llp signed_at=Rotterdam, Netherlands"}


@pytest.mark.parametrize("form", ["Statsautoriseret Revisionspartnerselskab", "Revisjon AS", "Wirtschaftstreuhand"])
def test_a_firm_of_another_country_signs_below_place_and_date(form: str) -> None:
    found = _auditor(f"Rotterdam, Netherlands, 17 November 2023\n\nSloe {form}\n")
    assert {one.split(" ", 1)[1] for one in found} == {"signed_at=Rotterdam, Netherlands"}


@pytest.mark.parametrize(
    ("text", "standards"),
    [
        ("in accordance with Canadian Standard on Assurance Engagements (CSAE) 3000, Attestation", {"CSAE 3000"}),
        ("under CSAE 3416 and International Standard on Assurance Engagements 3402", {"CSAE 3416", "ISAE 3402"}),
        ("in accordance with Australian Standard on Assurance Engagements 3402", {"ASAE 3402"}),
        ("in accordance with AT-C sections 105, 205, and 320", {"AT-C 105", "AT-C 205", "AT-C 320"}),
        ("with the attestation standards established by the AICPA", {"AICPA attestation standards"}),
    ],
)
def test_standards_are_those_of_their_body_and_number(text: str, standards: set[str]) -> None:
    assert set(standards_followed(text)) == standards


@pytest.mark.parametrize(
    ("procedure", "methods"),
    [
        ("Enquired of the keeper about the lamps.", ("inquiry",)),
        ("Recalculated the dues of ten ships.", ("reperformance",)),
        ("Re-performed the count of the ropes and enquired of the mate.", ("inquiry", "reperformance")),
        ("For a sample of days, recalculated the height of the tide.", ("reperformance",)),
        ("Compared the log with the register by inspection of both.", ("inspection",)),
        ("Confirmed through observation and inquiry that the gate was shut.", ("inquiry", "observation")),
        ("Inspected the recalculation of the dues.", ("inspection",)),
        ("Compared the log with the register of inspection.", ()),
    ],
)
def test_verbs_and_nouns_say_how_it_was_tested(procedure: str, methods: tuple[str, ...]) -> None:
    assert methods_of(procedure) == methods
