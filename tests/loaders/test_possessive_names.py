"""Providers whose names begin with a possessive: it is a part of the name where nobody is called so alone."""

from __future__ import annotations

import pytest

from loaders.soc.possessive_names import possessive_names
from tests.loaders.soc_facts import extraction, fixture_text

FERRUM = fixture_text("soc_1_ferrum")


@pytest.mark.parametrize("short", ["Miller's Forge", "Miller’s Forge"])
def test_a_provider_may_have_a_possessive_in_its_name(short: str) -> None:
    text = FERRUM.replace("Ferrum Mail", "Quick Mail").replace("Ferrum", short).replace("FERRUM", short.upper())
    found = extraction(text)
    names = {str(c.values["name"]) for c in found.facts.claims if c.id == "organization/miller-s-forge-payroll"}
    assert {name.replace("’", "'") for name in names} == {"Miller's Forge Payroll"}
    forms = {str(link.values.get("text")) for link in found.facts.links if link.type == "HAS_NAME"}
    assert short in forms
    assert {"Miller", "Forge Payroll", "Forge Payroll, Inc."}.isdisjoint(forms)


@pytest.mark.parametrize(
    "text",
    [
        "Miller's Forge Payroll, Inc. is a part of Miller.",
        "Management's Assertion of Forge Payroll, Inc.",
        "Miller's Description of Forge Payroll, Inc.",
        "Miller's Forge",
    ],
)
def test_whoever_has_a_name_alone_has_but_something_of_theirs(text: str) -> None:
    assert possessive_names([text]) == ()


def test_the_longest_form_comes_first() -> None:
    text = "We examined the system of Cooper's Wharf Holdings, LLC, called Cooper's Wharf."
    assert possessive_names([text]) == ("Cooper's Wharf Holdings, LLC", "Cooper's Wharf Holdings", "Cooper's Wharf")
