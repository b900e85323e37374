"""A SOC 3 report whose description is titled by the boundaries of its system, with tables whose rows stand apart."""

from __future__ import annotations

from tests.loaders.soc_facts import change, replaced

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


def test_a_title_by_the_boundaries_of_the_system_begins_the_description() -> None:
    moved = change(TEXT, replaced("3 Boundaries of the System", "3 Description of the System"))
    assert (moved.gone, moved.new) == (frozenset(), frozenset())
