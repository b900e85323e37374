"""A SOC 3 report whose description is titled by the boundaries of its system, with tables whose rows stand apart."""

from __future__ import annotations

import pytest

from tests.loaders.soc_facts import change, extraction, replaced, stated

TEXT = """Tidewater Mail Inc.
System and Organization Controls (SOC) 3 Report

Report on the Tidewater Mail as a Service System relevant to Security

January 1, 2024 to December 31, 2024

1 Independent Service Auditor’s Report

To the Management of Tidewater Mail Inc.

We have examined management’s assertion that the controls within the Tidewater
Mail as a Service System (the “system”) were effective throughout the period
January 1, 2024 to December 31, 2024, based on the criteria relevant to security.

In our opinion, management’s assertion is fairly stated, in all material respects.

Okoro Brandt LLP
Halifax, Nova Scotia
February 3, 2025

2 Assertion of the Management of Tidewater Mail Inc.

We assert that the controls within the system were effective throughout the period.

3 Boundaries of the System

3.1 Services

The system consists of the services in the following table.

  Service                     What it does                          Offered in the
                                                                    period

  Tidewater Inbox             Letters to and from members           Whole period

  Tidewater Long Letter       Letters and parcels that are kept     Whole period
  Archive                     for many years

  Tidewater Post Room         Letters on paper                      From May 6, 2024

3.2 Cloud Regions

Letters are held in the following Regions of cloud operators.

  Cloud operator        Region                 Region code            In scope

  Amazon Web            Europe (London)        eu-west-2              Whole period
  Services
                        Canada West            ca-west-1              From May 1,
                        (Calgary)                                     2024

                        Europe (Zurich)        eu-central-2           Whole period

  Google Cloud          Belgium                europe-west1           Whole period

                        Toronto                northamerica-northeast2   Whole period

Regions in the United States, such as us-east-1, are not offered.

3.3 Offices

Staff work from the offices below or at home. No letters are kept in an office.

    • Truro, Nova Scotia – head office and sorting
    • Moncton, New Brunswick – answers to members

4 Subservice Organizations

Tidewater Mail relies on the following subservice organizations by the carve-out method.

  Subservice organization         Service provided

  Amazon Web Services             Object storage

  Google Cloud                    Object storage
"""
FOUND = stated(TEXT)


def _in_scope(kind: str) -> dict[str, str]:
    return {
        start.split("/", 1)[1]: str(end).split("{", 1)[-1]
        for start, type_, end in FOUND.links
        if type_ == "IN_SCOPE_OF" and start.startswith(f"{kind}/")
    }


@pytest.mark.parametrize("title", ["3 Description of the System", "3 How Tidewater Mail Works"])
def test_a_chapter_behind_the_assertion_is_the_description_whatever_its_title(title: str) -> None:
    moved = change(TEXT, replaced("3 Boundaries of the System", title))
    assert (moved.gone, moved.new) == (frozenset(), frozenset())


def test_a_title_by_the_boundaries_of_the_system_begins_the_description() -> None:
    moved = change(TEXT, replaced("3 Boundaries of the System", "Boundaries of the System"))
    assert (moved.gone, moved.new) == (frozenset(), frozenset())


def test_what_is_sold_as_a_service_is_part_of_the_name_of_a_system() -> None:
    assert {value for _, key, value in FOUND.values if key == "system_name"} == {"Tidewater Mail as a Service System"}


def test_a_wrapped_name_beside_a_sentence_that_goes_on_is_one_service() -> None:
    assert set(_in_scope("service")) == {
        "tidewater-mail/tidewater-inbox",
        "tidewater-mail/tidewater-long-letter-archive",
        "tidewater-mail/tidewater-post-room",
    }


def test_rows_below_one_cell_for_several_have_their_own_names_and_its_operator() -> None:
    codes = {value: id_ for id_, key, value in FOUND.values if id_.startswith("region/") and key == "code"}
    assert set(codes) == {"eu-west-2", "ca-west-1", "eu-central-2", "europe-west1", "northamerica-northeast2"}
    operators = {(start, end) for start, type_, end in FOUND.links if type_ == "OPERATED_BY"}
    by_google = {"europe-west1", "northamerica-northeast2"}
    for code, id_ in codes.items():
        key = "google" if code in by_google else "aws"
        assert [str(end) for start, end in operators if start == id_ and key in str(end)], code


def test_a_month_says_nothing_of_what_might_be() -> None:
    days = {one.values.get("from") for one in extraction(TEXT).facts.links if one.type == "IN_SCOPE_OF"}
    assert days == {None, "2024-05-06", "2024-05-01"}


def test_places_below_a_sentence_that_leads_to_them_are_of_the_kind_of_their_heading() -> None:
    cities = {value for id_, key, value in FOUND.values if id_.startswith("facility/") and key == "city"}
    assert cities == {"Truro", "Moncton"}
    another = ("Staff work from the offices below or at home.", "Staff work at home, and in warehouses:")
    said = change(TEXT, replaced(*another))
    assert any("moncton" in str(fact).lower() for fact in said.gone)


def test_a_row_whose_cells_touch_just_before_a_column_ends_no_table() -> None:
    wide = "  Google Cloud          Belgium                europe-west1           Whole period"
    touching = "  Google Cloud Hosting Belgium                 europe-west1           Whole period"
    assert len(wide) == len(touching)
    found = stated(replaced(wide, touching)(TEXT))
    codes = {value for id_, key, value in found.values if id_.startswith("region/") and key == "code"}
    assert codes == {"eu-west-2", "ca-west-1", "eu-central-2", "europe-west1", "northamerica-northeast2"}
