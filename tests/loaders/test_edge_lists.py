"""Edge locations below a heading, below those of areas, and in tables; what is no list of them states none."""

from __future__ import annotations

import pytest

from tests.loaders.larkspur import links, scope, with_part
from tests.loaders.soc_facts import Stated

AREAS = """
As of December 31, 2023, these edge locations were in scope.

Europe

- Porto, Portugal
- Oslo, Norway

North America

- Athens, Georgia, United States
- Toronto, Canada

Asia Pacific

- Singapore

Offices

- Leeds, United Kingdom
"""
TABLE = """
The points of presence in use are listed in the table below.

| City | State | Country | Opened |
|---|---|---|---|
| Porto | | Portugal | 2019 |
| Portland | Oregon | United States | 2020 |
| Portland | Maine | United States | 2021 |
"""
BY_AREA = """
| Region | PoPs |
|---|---|
| Europe | Porto, Portugal; Oslo, Norway |
| Asia Pacific | Singapore |
"""


def edges(found: Stated) -> set[str]:
    """The edge locations in scope."""
    return set(scope(found, "edge"))


@pytest.mark.parametrize("title", ["Edge Locations", "Points of Presence (PoPs)", "3.2 Edge Locations in Scope"])
def test_the_lists_below_headings_of_areas_are_those_of_the_heading_above(title: str) -> None:
    found = with_part("C", AREAS, title)
    assert edges(found) == {
        "porto-portugal",
        "oslo-norway",
        "athens-georgia-united-states",
        "toronto-canada",
        "singapore",
    }
    assert ("athens-georgia-united-states", "country/us") in links(found, "edge", "LOCATED_IN")


def test_edge_locations_that_are_left_out_are_none() -> None:
    told = AREAS.replace("these edge locations were in scope", "the following edge locations are not in scope")
    assert edges(with_part("C", told, "Edge Locations")) == set()


def test_the_columns_of_a_table_are_the_parts_of_a_place() -> None:
    found = with_part("C", TABLE, "Points of Presence")
    assert edges(found) == {"porto-portugal", "portland-oregon-united-states", "portland-maine-united-states"}
    values = {(id_.split("/")[-1], key): value for id_, key, value in found.values if id_.startswith("edge")}
    assert values["portland-maine-united-states", "name"] == "Portland"
    assert values["portland-maine-united-states", "subdivision"] == "US-ME"
    assert links(found, "edge", "LOCATED_IN") == {
        ("porto-portugal", "country/pt"),
        ("portland-oregon-united-states", "country/us"),
        ("portland-maine-united-states", "country/us"),
    }


def test_a_cell_may_hold_the_places_of_an_area() -> None:
    found = with_part("C", BY_AREA, "Edge Locations")
    assert edges(found) == {"porto-portugal", "oslo-norway", "singapore"}


def test_a_list_with_an_entry_that_is_no_place_is_none_of_edge_locations() -> None:
    assert edges(with_part("C", AREAS.replace("- Oslo, Norway", "- Night shift"), "Edge Locations")) == set()


def test_services_set_in_below_their_heading_may_be_explained_behind_a_dash() -> None:
    told = "\nServices in Scope\n\n      Rill Ledger – keeps the accounts of mills that have no books of their own\n"
    found = with_part(
        "B", f"{told}      Rill Vault – keeps the keys of sluices and hands them out again\n", "The company"
    )
    assert set(scope(found, "service")) == {"rill-ledger", "rill-vault"}
