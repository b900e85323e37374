"""A report whose titles are numbered with a gap, with a letter of an auditor of another country, and lists set in."""

from __future__ import annotations

import pytest

from loaders.facts import Extraction
from loaders.inputs.documents import document_from
from loaders.names.resolution import read_names
from loaders.soc.report import SocReport

TEXT = """GANNET PASSES B.V.

SOC 2 TYPE 1 REPORT

Description of the Gannet Pass System and the suitability of the design
of its controls relevant to security
as of 30 April 2025

\f1   ASSURANCE REPORT OF THE INDEPENDENT SERVICE AUDITOR

To the Board of Directors of Gannet Passes Limited

Scope

We were engaged to report on the description of Gannet Passes B.V. of its Gannet Pass
System as of 30 April 2025 and on the suitability of the design of its controls.

Opinion

In our opinion, in all material respects, the description fairly presents the Gannet Pass
System as of 30 April 2025, and the controls were suitably designed.

Van der Lek Accountants
Middelburg, 27 June 2025
\f
2   STATEMENT OF THE MANAGEMENT OF GANNET PASSES B.V.

We have prepared the description of the Gannet Pass System as of 30 April 2025.

Middelburg, 27 June 2025
\f
3   DESCRIPTION OF THE GANNET PASS SYSTEM

3.1   Services in scope

This report covers the following services:

  • Gannet Gate
  • Gannet Quay (added to the scope on 1 October 2024)

The boundaries of the system do not include:

  • Gannet Parking

3.2   Regions

The system runs in these Regions:

Region            Region Name            Use
sea-north-1       North (Vlissingen)     Primary
sea-south-1       South (Dover)          Backup

3.3   Subservice Organisations and Complementary Subservice Organisation Controls
Gannet Passes uses Petrel Hosting B.V. for its servers under the carve-out method.

Gannet Passes expects the following complementary subservice organisation controls:

   Petrel Hosting B.V.

      - Doors of the server rooms are locked at all times.

3.4   Complementary user entity controls

Harbours should have the following controls in place:

    Passes

      UEC 1  Harbours collect the passes of those who leave. (CC6.2)
      UEC 2  Harbours name the persons who may ask for passes. (CC6.2)

    Gates

      UEC 3  Harbours report broken gates within one day. (CC7.3)

4   TRUST SERVICES CRITERIA AND RELATED CONTROLS

4.1   Passes

GA.1   Passes are approved by the harbour master.
       Criteria:    CC6.1, CC6.2
       Owner:       Harbour master

4.2   Servers (performed by Petrel Hosting B.V.)

GA.2   Gates are tested each week.
       Criteria:    CC6.4, CC7.3
       Owner:       Gate keeper

5   OTHER INFORMATION PROVIDED BY GANNET PASSES B.V.

5.1   Mapping

CC6.1    GA.1
CC6.4    GA.2
"""


@pytest.fixture(scope="module")
def found() -> Extraction:
    return SocReport().extract(document_from(TEXT.encode(), "report.txt"), read_names())


def values(found: Extraction, label: str, *keys: str) -> list[tuple[object, ...]]:
    """The values of the nodes of a label, in their order."""
    nodes: dict[str, dict[str, object]] = {}
    for claim in found.facts.claims:
        if claim.label == label:
            nodes.setdefault(claim.id, {}).update(claim.values)
    return [tuple(node.get(key) for key in keys) for node in nodes.values()]


def links(found: Extraction, type_: str) -> list[tuple[str, str]]:
    return [(one.start.rsplit("/", 1)[1], one.end.rsplit("/", 1)[1]) for one in found.facts.links if one.type == type_]


def test_the_auditor_and_the_day_are_those_of_the_signature_though_pages_begin_below(found: Extraction) -> None:
    assert ("unqualified", "2025-06-27") in values(found, "Assessment", "opinion", "opinion_date")
    assert [end for _, end in links(found, "EXAMINED_BY")] == ["van-der-lek-accountants"]


def test_lists_below_numbered_titles_are_the_scope(found: Extraction) -> None:
    assert ("gannet-parking", "2025-04-30") in links(found, "EXCLUDED_FROM")
    spans = {
        one.start.rsplit("/", 1)[1]: one.values.get("from") for one in found.facts.links if one.type == "IN_SCOPE_OF"
    }
    assert {"gannet-gate": None, "gannet-quay": "2024-10-01"}.items() <= spans.items()
    assert values(found, "Region", "code", "name") == [
        ("sea-north-1", "North (Vlissingen)"),
        ("sea-south-1", "South (Dover)"),
    ]


def test_controls_of_others_stand_below_names_set_in_and_numbers_without_bullets(found: Extraction) -> None:
    assert values(found, "SubserviceControl", "statement") == [("Doors of the server rooms are locked at all times.",)]
    assert [end for _, end in links(found, "EXPECTED_OF")] == ["petrel-hosting"]
    assert values(found, "UserEntityControl", "number", "area", "statement") == [
        ("UEC 1", "Passes", "Harbours collect the passes of those who leave."),
        ("UEC 2", "Passes", "Harbours name the persons who may ask for passes."),
        ("UEC 3", "Gates", "Harbours report broken gates within one day."),
    ]
    told = [one.values.get("service") for one in found.facts.links if one.type == "RELIES_ON"]
    assert "its servers" in told or "servers" in told


def test_titles_that_count_on_from_a_section_are_no_controls_and_say_who_performs_those_below(
    found: Extraction,
) -> None:
    assert values(found, "Control", "number", "owner") == [("GA.1", "Harbour master"), ("GA.2", "Gate keeper")]
    assert links(found, "PERFORMED_BY") == [("ga.2", "petrel-hosting")]


def test_what_a_report_lacks_is_named(found: Extraction) -> None:
    assert not [said for said in found.warnings if "no part is titled" in said.message]
    cut = TEXT.replace("ASSURANCE REPORT OF THE INDEPENDENT SERVICE AUDITOR", "A LETTER TO OUR READERS")
    without = SocReport().extract(document_from(cut.encode(), "report.txt"), read_names())
    assert [said for said in without.warnings if "no part is titled as the auditor's report" in said.message]


def test_the_provider_is_the_company_that_the_description_introduces_where_no_letter_names_one() -> None:
    text = TEXT.replace("GANNET PASSES B.V.\n", "").replace("Gannet Passes B.V. of its ", "the ")
    text = text.replace("To the Board of Directors of Gannet Passes Limited", "To the Board and Management")
    text = text.replace("STATEMENT OF THE MANAGEMENT OF GANNET PASSES B.V.", "MANAGEMENT’S ASSERTION")
    introduced = "3.1   Services in scope\n\nGannet Passes B.V. (‘Gannet’) issues passes.\n"
    found = SocReport().extract(
        document_from(text.replace("3.1   Services in scope\n", introduced).encode(), "report.txt"), read_names()
    )
    assert {end for _, end in links(found, "OF_PROVIDER")} == {"gannet-passes"}


@pytest.mark.parametrize("whom", ["The Directors of", "The Board of Directors and Management of", "Management of the"])
def test_those_to_whom_a_letter_is_addressed_are_no_part_of_the_providers_name(whom: str) -> None:
    text = TEXT.replace("To the Board of Directors of Gannet Passes Limited", f"To: {whom} Gannet Passes (“Gannet”)")
    text = text.replace("GANNET PASSES B.V.\n", "").replace("Gannet Passes B.V. of its ", "the ")
    found = SocReport().extract(document_from(text.encode(), "report.txt"), read_names())
    assert {end for _, end in links(found, "OF_PROVIDER")} == {"gannet-passes"}
