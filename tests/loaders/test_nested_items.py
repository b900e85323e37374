"""Items that are but headings of items of their own: of services, Regions and commitments."""

from __future__ import annotations

import pytest

from loaders.inputs.documents import document_from
from loaders.layout.layout import Kind
from loaders.soc.pieces import read_soc_pieces
from tests.loaders.larkspur import links, scope, with_part

SERVICES = """
The following services are in the scope of this report:

  • Records
      ◦ Rill Ledger
      ◦ Rill Vault (from March 1, 2023)
  • Trades
      ◦ Rill Market
"""
REGIONS = """
The system relies on Tarn Hosting and on Weir Hosting, subservice organizations (carve-out method).

The following Regions are in scope:

  • Tarn Hosting, which holds books and ledgers:
      ◦ North Vale, northvale – primary Region
      ◦ South Vale 2, southvale2 – backup Region
  • Weir Hosting, which holds copies:
      ◦ East Vale, east-vale1 – from March 1, 2023
"""
COMMITMENTS = """
The principal ones are the following:

  • Security
      ◦ The books of each mill are closed to all others.
      ◦ Keys are changed once a year by their keepers.
  • Availability
      ◦ Ponds are told of works five days ahead.
"""


def areas(text: str) -> list[str]:
    document = document_from(f"Mills\n\nThe mills are these:\n\n{text}\n".encode(), "made.txt")
    return [piece.text for piece in read_soc_pieces(document) if piece.kind is Kind.AREA]


def test_families_of_services_are_no_services() -> None:
    found = with_part("B", SERVICES, "Services in Scope")
    assert scope(found, "service") == {"rill-ledger": "", "rill-vault": "from=2023-03-01", "rill-market": ""}


def test_an_operator_above_its_regions_is_none_of_them() -> None:
    found = with_part("C", REGIONS)
    codes = {value for _, key, value in found.values if key == "code"}
    assert {"northvale", "southvale2", "east-vale1"} <= codes
    said = {end.split(" name_as_written=")[-1] for _, end in links(found, "region", "IN_SCOPE_OF")}
    assert any("role=backup" in one for one in said)
    assert len(scope(found, "region")) == len(REGIONS.split("◦")) - 1


@pytest.mark.parametrize("areas", [("Americas", "Europe"), ("Offices", "Data centers:")])
def test_places_in_an_inner_list_are_of_the_kind_above_it(areas: tuple[str, str]) -> None:
    lead = "offices" if areas[0] == "Americas" else "facilities"
    items = "\n".join(
        f"• {area}\n    ◦ {city}" for area, city in zip(areas, ("Cork, Ireland", "Oslo, Norway"), strict=True)
    )
    found = with_part("C", f"\nThe following {lead} are in use:\n\n{items}\n").values
    kinds = {id_.rsplit("/", 1)[-1]: kind for id_, key, kind in found if key == "kind"}
    assert kinds["cork-ireland"] == "office"
    assert kinds["oslo-norway"] == ("data_center" if lead == "facilities" else "office")


def test_a_category_above_commitments_is_theirs() -> None:
    found = with_part("D", COMMITMENTS, "Principal Service Commitments and System Requirements").values
    own = {id_: value for id_, key, value in found if key == "statement" and str(value) in COMMITMENTS}
    told = {str(own[id_])[:5]: value for id_, key, value in found if key == "category" and id_ in own}
    assert told == {"The b": "Security", "Keys ": "Security", "Ponds": "Availability"}


@pytest.mark.parametrize(
    "text",
    [
        "• North\n    ◦ A mill\n• South\n    ◦ A pond",
        "• North, where it rains:\n    ◦ A mill\n    ◦ A weir\n• South, where it does not:\n    ◦ A pond",
    ],
)
def test_items_that_lead_to_items_are_areas(text: str) -> None:
    assert len(areas(text)) == len(text.split("•")) - 1


def test_items_that_end_in_a_colon_are_areas_where_nothing_is_set_in() -> None:
    assert areas("• North:\n• A mill\n• A weir\n• South:\n• A pond") == ["North:", "South:"]


@pytest.mark.parametrize(
    "text",
    [
        "• North\n    ◦ A mill",
        "• North\n    ◦ A mill\n• South",
        "• North is wet.\n    ◦ A mill\n• South is dry.\n    ◦ A pond",
        "• North\n• A mill\n• South\n• A pond",
        "• A mill\n• North:\n• A weir\n• South:\n• A pond",
    ],
)
def test_items_that_stand_alone_or_say_something_are_items(text: str) -> None:
    assert areas(text) == []
