"""Facilities and Regions in small tables: the words above a table or its columns say what kind of place it lists."""

from __future__ import annotations

from tests.loaders.soc_facts import Stated, fixture_text, stated

LARKSPUR = fixture_text("soc_2_larkspur")

OFFICES = """
Offices

| City | Country | Function |
|---|---|---|
| Leeds | United Kingdom | Support |
| Cork | Ireland | Engineering |
"""
TABBED = """
Office\tFunction
Golden, Colorado\tOperations Center
Salem, Oregon (closed March 31, 2023)\tSupport
"""
REGIONS = """
| AWS Region | Location | Use |
|---|---|---|
| us-east-2 | Ohio, United States | Primary |
| ap-southeast-1 | Singapore | Standby |
"""


def with_part(letter: str, text: str) -> Stated:
    start = LARKSPUR.index(f"\n{letter}. ")
    end = LARKSPUR.index(f"\n{chr(ord(letter) + 1)}. ", start)
    return stated(f"{LARKSPUR[:start]}\n{letter}. Where it runs\n{text}\n{LARKSPUR[end:]}")


def facilities(found: Stated) -> dict[str, dict[str, object]]:
    told: dict[str, dict[str, object]] = {}
    for id_, key, value in found.values:
        if id_.startswith("facility/") and key in ("kind", "use"):
            told.setdefault(id_.split("/")[-1], {})[key] = value
    return told


def links(found: Stated, label: str, type_: str) -> set[tuple[str, str]]:
    pairs = ((start, str(end)) for start, name, end in found.links if name == type_)
    return {(start.split("/")[-1], end) for start, end in pairs if start.startswith(label)}


def test_the_heading_above_a_table_of_places_says_what_kind_they_are() -> None:
    assert facilities(with_part("D", OFFICES)) == {
        "leeds-united-kingdom": {"kind": "office", "use": "Support"},
        "cork-ireland": {"kind": "office", "use": "Engineering"},
    }


def test_the_title_of_the_column_of_places_says_what_kind_they_are() -> None:
    found = with_part("D", TABBED)
    assert facilities(found)["golden-colorado"] == {"kind": "office", "use": "Operations Center"}
    assert any(start == "salem-oregon" and "to=2023-03-31" in end for start, end in links(found, "fac", "IN_SCOPE_OF"))


def test_a_table_of_places_of_no_known_kind_is_silent() -> None:
    assert facilities(with_part("D", OFFICES.replace("Offices", "Places"))) == {}


def test_a_location_holds_the_country_and_the_title_of_a_column_the_operator() -> None:
    found = with_part("C", REGIONS)
    assert links(found, "region", "LOCATED_IN") == {("us-east-2", "country/us"), ("ap-southeast-1", "country/sg")}
    assert {start for start, _ in links(found, "region", "OPERATED_BY")} == {"us-east-2", "ap-southeast-1"}


def test_the_operator_of_regions_is_no_region() -> None:
    told = "It runs in the following regions of Amazon Web Services, Inc.:\n\n- us-east-2 (Ohio, United States)"
    assert {start for start, _ in links(with_part("C", told), "region", "IN_SCOPE_OF")} == {"us-east-2"}


def test_a_heading_of_edge_locations_stands_above_their_list() -> None:
    found = with_part("C", "\nEdge Locations in Scope\n\n·\tVienna, Austria\n·\tPorto, Portugal\n")
    assert {start for start, _ in links(found, "edge", "IN_SCOPE_OF")} == {"vienna-austria", "porto-portugal"}


def test_each_region_of_a_sentence_has_its_own_role_and_time() -> None:
    told = (
        "\nIt runs in the following AWS regions: us-east-1 (primary), eu-west-1 (disaster recovery), and us-west-2 "
        "(archive).\nThe us-west-2 region was added on June 1, 2023.\n"
    )
    scope = links(with_part("C", told), "region", "IN_SCOPE_OF")
    said = {start: (end.rsplit("role=", 1)[-1], "from=2023-06-01" in end) for start, end in scope}
    assert said == {
        "us-east-1": ("primary", False),
        "eu-west-1": ("disaster_recovery", False),
        "us-west-2": ("archive", True),
    }
