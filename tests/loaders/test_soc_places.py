"""Facilities and Regions in small tables: the words above a table or its columns say what kind of place it lists."""

from __future__ import annotations

import pytest

from loaders.layout.pieces import Kind, Piece
from loaders.soc.opinion import distribution_of
from tests.loaders.larkspur import links, scope, with_part
from tests.loaders.soc_facts import Stated

OFFICES = """
Offices

| City | Country | Function |
|---|---|---|
| Leeds | United Kingdom | Support |
| Cork | Ireland | Engineering |
"""
ROLES = """
Places

| Type | Location | Use | Role |
|---|---|---|---|
| Data center | Oslo, Norway | Ledgers | Primary |
| Data center | Cork, Ireland | Copies of ledgers | Backup |
| Office | Leeds, United Kingdom | Support | — |
"""
CITIES = """
Offices

| Office | Function |
|---|---|
| Gdynia | Engineering |
| Cape Town | Support |
| Austin, Texas | Accounts |
| Paper and ink (see below) | Print |
"""
TABBED = """
Office\tFunction
Golden, Colorado\tOperations Center
Salem, Oregon (closed March 31, 2023)\tSupport
"""
SITES = """
Sites

| Site | City | Country | Type | Status |
|---|---|---|---|---|
| LHR2 | Slough | United Kingdom | Data centre | In operation |
| OSL1 | Oslo | Norway | Data centre | Planned, opening in Q2 2024 |
| CPH1 | Aarhus | Denmark | Data centre | Closed on 31 March 2022 |
| MMX1 | Lund | Sweden | Data centre | Closed on 31 March 2023 |
| HQ | Leeds | United Kingdom | Office and warehouse | In operation |
"""
LISTED = """
Personnel work from the following offices:

- Toronto, Ontario, Canada
- Halifax, Nova Scotia, Canada: support
- Spare parts warehouse – Bergen, Norway
"""
COLUMNS = """
 Offices

  City               Country            Type           Use
  Dublin             Ireland            Office         Accounts, and
                                                       support
  Luxembourg         Luxembourg Office                 Clients
  Gdynia (since 1    Poland             Processing     Reports
  March 2023)                           center
"""
CODED = """
Backups are kept by Amazon Web Services, a subservice organization, by the carve-out method.

The system runs in these regions:

| Region | Region Name | Available since |
|---|---|---|
| us-west-2 | US West (Oregon) | March 1, 2023 |
| north-3 | Central Norway | 2019 |
"""
RULED = """
The work is done at these sites:

    Facility             City           State         Purpose
    -----------------------------------------------------------------
    Claims office        Duluth         Minnesota     Examination
    Print facility       Macon          Georgia       Letters
                                                      (until March 31, 2023)
    -------------------  -------------  ------------  ---------------
    Data center          Mesa           Arizona       Records
    -----------------------------------------------------------------

The sites are guarded.
"""
OWN = """
  Region                      Location                            Country
  north-osl                   Oslo                                Norway
  south-lis                   Lisbon (since January 15, 2023)     Portugal
  east-per                    Perth                               Australia
"""
DATED = """
The system runs in these regions of Amazon Web Services:

  Region            Code         Role

  Ohio              us-east-2    Backup

  Ireland           eu-west-1    Primary (orders of guests), from February 1,
                                 2023

All regions are watched.
"""
USES = """
  City        State        Type           Use

  Salem       Oregon       Data center    Records

  Mesa        Arizona      Data center    Backup (until March 31, 2023)
"""
REGIONS = """
| AWS Region | Location | Use |
|---|---|---|
| us-east-2 | Ohio, United States | Primary |
| ap-southeast-1 | Singapore | Standby |
"""
HEADED = """
Offices

- Leeds, United Kingdom – head office, claims and letters
- Cork, Ireland – accounts (closed on March 31, 2023)
- Lund, Sweden – warehouse: paper

Data centers

- Oslo, Norway (backup)
"""

CUT = """
The following regions are in scope:

  Region                   Region code     Country      Remarks
  Norway (Oslo)            no-harbor-1     Norway       In scope from March 1, 2023
  Portugal (Lisbon)        pt-lighthouse-  Portugal
                           2
  Japan (Kobe)             jp-bay-1        Japan        In scope from April 1,
                                                        2023
"""


def facilities(found: Stated) -> dict[str, dict[str, object]]:
    told: dict[str, dict[str, object]] = {}
    for id_, key, value in found.values:
        if id_.startswith("facility/") and key in ("kind", "use"):
            told.setdefault(id_.split("/")[-1], {})[key] = value
    return told


def test_the_heading_above_a_table_of_places_says_what_kind_they_are() -> None:
    assert facilities(with_part("D", OFFICES)) == {
        "leeds-united-kingdom": {"kind": "office", "use": "Support"},
        "cork-ireland": {"kind": "office", "use": "Engineering"},
    }


def test_headings_of_kinds_below_one_of_places_say_what_the_places_below_them_are() -> None:
    found = with_part("D", HEADED, "Locations")
    assert facilities(found) == {
        "leeds-united-kingdom": {"kind": "office", "use": "head office, claims and letters"},
        "cork-ireland": {"kind": "office", "use": "accounts"},
        "lund-sweden": {"kind": "warehouse", "use": "paper"},
        "oslo-norway": {"kind": "data_center"},
    }
    said = links(found, "facility", "IN_SCOPE_OF")
    assert any(start == "cork-ireland" and "to=2023-03-31" in end for start, end in said)
    assert any(start == "oslo-norway" and "role=backup" in end for start, end in said)


@pytest.mark.parametrize("above", ["Suppliers", "Clients", "Former locations"])
def test_below_a_heading_of_something_else_a_kind_may_be_of_others(above: str) -> None:
    assert "oslo-norway" not in facilities(with_part("D", HEADED, above))


def test_the_title_of_the_column_of_places_says_what_kind_they_are() -> None:
    found = with_part("D", TABBED)
    assert facilities(found)["golden-colorado"] == {"kind": "office", "use": "Operations Center"}
    assert any(start == "salem-oregon" and "to=2023-03-31" in end for start, end in links(found, "fac", "IN_SCOPE_OF"))


def test_the_words_above_a_table_say_what_kind_its_places_are_and_a_sentence_below_when_one_was_given_up() -> None:
    told = "\nClerks sit at offices in the following towns:\n"
    below = "The Cork office ceased operations on March 31, 2023. The Leeds office will close in June 2030.\n"
    found = with_part("D", told + OFFICES.replace("\nOffices\n", "") + "\n" + below)
    assert set(facilities(found)) == {"leeds-united-kingdom", "cork-ireland"}
    spans = {start: "to=2023-03-31" in end for start, end in links(found, "facility", "IN_SCOPE_OF")}
    assert spans == {"leeds-united-kingdom": False, "cork-ireland": True}
    other = told.replace("at offices", "at offices or, other than in a data center,")
    assert facilities(with_part("D", other + OFFICES.replace("\nOffices\n", ""))) == {}


def test_a_table_of_places_of_no_known_kind_is_warned_of() -> None:
    found = with_part("D", OFFICES.replace("Offices", "Places"))
    assert facilities(found) == {}
    assert any(said.startswith("the table below 'Places' could not be read: 2 entries") for said in found.warnings)


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


def test_a_column_of_notes_tells_roles_and_days_and_what_is_but_planned() -> None:
    rows = [("Cork", "Opened on 1 March 2023"), ("Leeds", "Primary"), ("Bray", "Planned for 2030"), ("Tuam", "Leased")]
    told = "".join(f"| {city}, {'UK' if city == 'Leeds' else 'Ireland'} | Office | {note} |\n" for city, note in rows)
    found = with_part("D", f"\n| Place | Kind | Notes |\n|---|---|---|\n{told}")
    assert scope(found, "facility") == {"cork-ireland": "from=2023-03-01", "leeds-uk": "", "tuam-ireland": ""}
    assert any(start == "leeds-uk" and "role=primary" in end for start, end in links(found, "facility", "IN_SCOPE_OF"))
    assert "use" not in {key for id_, key, _ in found.values if id_.startswith("facility/")}


@pytest.mark.parametrize(
    "told",
    [
        "It runs in the regions us-east-1 (Virginia), which is the primary region, and us-west-2 (Oregon), which is "
        "the disaster recovery region, of Amazon Web Services, Inc.",
        "It is hosted in AWS. The primary region is US East (N. Virginia) (us-east-1), and the disaster recovery "
        "region is US West (Oregon) (us-west-2).",
        "It runs in two AWS Regions: us-east-1 (Virginia), the primary Region, and us-west-2 (Oregon), the disaster "
        "recovery Region.",
        "It is hosted in AWS. The primary region is us-east-1; us-west-2 serves as the disaster recovery region.",
    ],
)
def test_a_clause_says_the_role_of_a_region(told: str) -> None:
    found = links(with_part("C", f"\n{told}\n"), "region", "IN_SCOPE_OF")
    roles = {start: end.rsplit("role=", 1)[-1] for start, end in found}
    assert roles == {"us-east-1": "primary", "us-west-2": "disaster_recovery"}


def test_an_item_says_for_whom_a_region_has_its_role() -> None:
    told = (
        "\nIt runs in the following regions of AWS:\n\n- eu-north-1 (Stockholm), primary for boats in the north\n"
        "- us-east-2 (Ohio), archive of old logs\n- sa-east-1 (Brazil), made ready for 2030\n"
    )
    found = with_part("C", told)
    roles = {start: "role=primary" in end for start, end in links(found, "region", "IN_SCOPE_OF")}
    assert roles["eu-north-1"]
    names = {str(value) for id_, key, value in found.values if key == "name" and id_.startswith("region/")}
    assert {"Stockholm", "Ohio"} <= names
    assert "role=archive" in dict(links(found, "region", "IN_SCOPE_OF"))["us-east-2"]
    assert "role=" not in dict(links(found, "region", "IN_SCOPE_OF")).get("sa-east-1", "")


def test_a_code_of_a_site_is_no_city_and_what_is_planned_or_closed_before_is_not_in_scope() -> None:
    found = with_part("D", SITES)
    kinds = {(start, end.split()[0]) for start, end in links(found, "facility/", "LOCATED_IN")}
    assert kinds == {
        ("slough-united-kingdom", "country/gb"),
        ("lund-sweden", "country/se"),
        ("leeds-united-kingdom", "country/gb"),
    }
    assert {value for id_, _, value in found.links if _ == "HAS_NAME" and "LHR2" in str(value)}
    assert any("to=2023-03-31" in end for start, end in links(found, "facility/", "IN_SCOPE_OF") if "lund" in start)
    assert any("OSL1" in said for said in found.warnings)
    assert any("CPH1" in said and "on no day" in said for said in found.warnings)


def test_capitals_in_a_column_of_another_title_are_no_codes_of_sites() -> None:
    for title in ("Country code", "Area"):
        told = SITES.replace("Site |", f"{title} |").replace("| HQ |", "| UK |")
        names = {str(end) for _, type_, end in with_part("D", told).links if type_ == "HAS_NAME"}
        assert not any("LHR2" in name for name in names), title


def test_two_kinds_at_one_place_are_two_facilities() -> None:
    found = {id_ for id_, _, _ in with_part("D", SITES).values if "leeds" in id_}
    assert {id_.split("/")[2] for id_ in found} == {"office", "warehouse"}


def test_the_words_above_a_list_say_what_kind_its_places_are() -> None:
    found = with_part("D", LISTED)
    assert facilities(found) == {
        "toronto-ontario-canada": {"kind": "office"},
        "halifax-nova-scotia-canada": {"kind": "office", "use": "support"},
        "bergen-norway": {"kind": "warehouse"},
    }


def test_cells_of_places_go_on_below_and_may_touch_the_next_column() -> None:
    found = with_part("D", COLUMNS)
    assert facilities(found) == {
        "dublin-ireland": {"kind": "office", "use": "Accounts, and support"},
        "luxembourg-luxembourg": {"kind": "office", "use": "Clients"},
        "gdynia-poland": {"kind": "processing_center", "use": "Reports"},
    }


def test_rules_between_the_lines_of_a_table_part_nothing_and_its_column_says_what_is_a_state() -> None:
    found = with_part("D", RULED)
    kept = {id_.split("/")[-1]: value for id_, key, value in found.values if key == "subdivision"}
    assert kept == {"duluth-minnesota": "US-MN", "macon-georgia": "US-GA", "mesa-arizona": "US-AZ"}
    uses = {value for id_, key, value in found.values if key == "use" and id_.startswith("facility/")}
    assert uses == {"Examination", "Letters", "Records"}


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("Staff work in offices in Cork, Ireland; the old office in Sligo, Ireland was closed in 2020.", {"Cork"}),
        ("Offices in Cork, Ireland are planned; the office in Sligo, Ireland will open in 2030.", set()),
        ("Staff work in offices in Cork, Ireland; both offices in Sligo, Ireland were closed.", set()),
        ("A lease of an office in Sligo, Ireland was signed. The office will open in 2030.", set()),
        ("Staff work in an office in Cork, Ireland. The office in Sligo, Ireland will open in 2030.", {"Cork"}),
    ],
)
def test_a_clause_of_its_own_on_another_place_leaves_out_that_place_alone(text: str, cities: set[str]) -> None:
    found = with_part("D", f"\n{text}\n")
    assert {value for id_, key, value in found.values if key == "city" and id_.startswith("facility/")} == cities


def test_a_service_apart_and_not_covered_is_excluded_and_nobody_else_may_rely_on_the_report() -> None:
    said = "\nThe report covers Route Planner. Waybill Ferry is a separate product and not covered.\n"
    found = with_part("C", said, "Scope of services")
    assert ("waybill-ferry", "EXCLUDED_FROM") in {(start.split("/")[-1], type_) for start, type_, _ in found.links}
    text = "This report is for clients of Larkspur; nobody else may rely on it."
    assert distribution_of([Piece(Kind.PARAGRAPH, text, 1, 1, text)]) == "restricted"


def test_a_code_that_one_operator_has_tells_it_and_a_name_its_country() -> None:
    found = with_part("C", CODED)
    assert links(found, "region/", "OPERATED_BY") == {("us-west-2", "organization/aws")}
    countries = {(start, end.split()[0]) for start, end in links(found, "region/", "LOCATED_IN")}
    assert countries == {("us-west-2", "country/us"), ("central-norway-north-3", "country/no")}
    spans = {start: "from=2023-03-01" in end for start, end in links(found, "region/", "IN_SCOPE_OF")}
    assert spans == {"us-west-2": True, "central-norway-north-3": False}


def test_a_role_of_a_region_has_dates_behind_it_and_the_year_of_a_date_below_it_is_no_page() -> None:
    found = with_part("C", DATED)
    scopes = links(found, "region/", "IN_SCOPE_OF")
    assert {start: ("role=primary" in end, "from=2023-02-01" in end) for start, end in scopes} == {
        "us-east-2": (False, False),
        "eu-west-1": (True, True),
    }


@pytest.mark.parametrize("title", ["Use", "Uses", "Functions", "Purposes of the site"])
def test_a_role_is_a_use_where_places_of_its_kind_have_other_uses(title: str) -> None:
    found = with_part("D", USES.replace("  Use\n", f"  {title}\n"))
    assert {value for id_, key, value in found.values if key == "use" and id_.startswith("facility/")} == {
        "Records",
        "Backup",
    }
    ends = dict(links(found, "facility/", "IN_SCOPE_OF"))
    assert "to=2023-03-31" in ends["mesa-arizona"]
    assert "role=" not in ends["mesa-arizona"]
    for old, new in (("Records", "Primary"), ("Data center    Records", "Office         Records")):
        alone = dict(links(with_part("D", USES.replace(old, new)), "facility/", "IN_SCOPE_OF"))
        assert "role=backup" in alone["mesa-arizona"]


def test_regions_may_have_codes_of_their_own() -> None:
    found = with_part("C", OWN)
    codes = {(value, id_.split("/")[-1]) for id_, key, value in found.values if key == "code" and "region" in id_}
    assert codes == {("north-osl", "north-osl"), ("south-lis", "south-lis"), ("east-per", "east-per")}
    assert {value for id_, key, value in found.values if key == "name" and id_.startswith("region/")} == {
        "Oslo",
        "Lisbon",
        "Perth",
    }
    assert any("from=2023-01-15" in end for start, end in links(found, "region", "IN_SCOPE_OF") if start == "south-lis")


def test_a_column_of_offices_may_name_cities_alone() -> None:
    found = with_part("D", CITIES)
    assert {(value, id_.split("/")[-1]) for id_, key, value in found.values if key == "city" and "office" in id_} == {
        ("Gdynia", "gdynia"),
        ("Cape Town", "cape-town"),
        ("Austin", "austin-texas"),
    }
    assert "no country is known of the place 'Gdynia'" in found.warnings


@pytest.mark.parametrize(
    ("written", "city"), [("Old Quay, Leeds", None), ("Kraków, Małopolskie", "Kraków"), ("Pune, Maharashtra", "Pune")]
)
def test_what_stands_before_no_known_region_may_be_a_part_of_a_city(written: str, city: str | None) -> None:
    found = with_part("D", CITIES.replace("Gdynia", written))
    cities = {value for id_, key, value in found.values if key == "city" and "office" in id_}
    assert cities - {"Cape Town", "Austin"} == ({city} if city else set())
    assert f"no country is known of the place {written!r}" in found.warnings


def test_a_column_of_roles_may_stand_beside_one_of_uses() -> None:
    found = with_part("D", ROLES)
    roles = {
        start: next((r for r in ("primary", "backup") if f"role={r}" in end), "")
        for start, end in links(found, "facility/", "IN_SCOPE_OF")
    }
    assert roles == {"oslo-norway": "primary", "cork-ireland": "backup", "leeds-united-kingdom": ""}
    uses = {value for id_, key, value in found.values if key == "use" and id_.startswith("facility/")}
    assert uses == {"Ledgers", "Copies of ledgers", "Support"}


def test_a_code_goes_on_below_its_hyphen_and_remarks_tell_since_when_a_region_is_in_scope() -> None:
    assert scope(with_part("C", CUT), "region") == {
        "no-harbor-1": "from=2023-03-01",
        "pt-lighthouse-2": "",
        "jp-bay-1": "from=2023-04-01",
    }


COVERAGE = """
3.1 Regions

  Region code       Region name          Coverage

  no-harbor-1       NO North (Oslo)      Full period

  pt-lighthouse-2   PT South (Lisbon)    From March 1, 2023

3.2 Locations

  Location          Type           Use          Coverage

  Oslo, Norway      Data center    Production   Full period

  Cork, Ireland     Data center    Production   From April 1, 2023

"""


def test_a_column_of_coverage_tells_since_when_regions_and_places_are_in_scope() -> None:
    found = with_part("C", COVERAGE)
    assert scope(found, "region") == {"no-harbor-1": "", "pt-lighthouse-2": "from=2023-03-01"}
    assert scope(found, "facility").items() >= {"oslo-norway": "", "cork-ireland": "from=2023-04-01"}.items()


SHORT_CODES = """
The platform runs on Tarn Hosting, a subservice organization (carve-out method).

The system runs in these Regions of Tarn Hosting:

| Region | Code | Country | Remarks |
|---|---|---|---|
| Gravelines | GRA11 | France | |
| Lund | lun1 | Sweden | from 1 March 2023 |
| Malmo | malmo | Sweden | none |
| Cork | n/a | Ireland | |
"""


def test_a_code_is_the_one_word_in_a_column_of_codes() -> None:
    found = with_part("C", SHORT_CODES)
    codes = {value for id_, key, value in found.values if key == "code" and id_.startswith("region/")}
    names = {value for id_, key, value in found.values if key == "name" and id_.startswith("region/")}
    assert codes == {"GRA11", "lun1", "malmo"}
    assert names >= {"Gravelines", "Lund", "Malmo"}


def test_a_short_code_in_brackets_ends_in_a_digit() -> None:
    items = "The system runs in these Regions of Tarn Hosting:\n\n- Lund (lun1)\n- Gravelines (gra2, primary)\n"
    found = with_part("C", f"{SHORT_CODES.split('The system', maxsplit=1)[0]}{items}")
    assert {value for _, key, value in found.values if key == "code"} >= {"lun1", "gra2"}


@pytest.mark.parametrize(("lead", "use"), [("offices", {"headquarters"}), ("places", set()), ("sites", set())])
def test_headquarters_are_a_use_in_a_list_of_offices(lead: str, use: set[str]) -> None:
    found = with_part(
        "C", f"\nPeople work at the following {lead}:\n\n- Cork, Ireland – headquarters\n- Oslo, Norway – ropes\n"
    )
    assert {v for i, k, v in found.values if k == "use" and i.endswith("cork-ireland")} == use


def test_a_column_may_say_in_words_that_it_holds_uses() -> None:
    table = "| Site | Kind | What it is used for |\n|---|---|---|\n| Cork, Ireland | Office | Backup desk |\n"
    found = with_part("C", f"\nThe sites are these.\n\n{table}")
    assert {v for i, k, v in found.values if k == "use" and i.endswith("cork-ireland")} == {"Backup desk"}


@pytest.mark.parametrize(
    ("item", "name", "role"),
    [
        ("North Vale, north-vale1: fish of guests", "North Vale", None),
        ("North Vale (north-vale1): disaster recovery, since March 1, 2023", "North Vale", "disaster_recovery"),
        ("Backup: North Vale (north-vale1)", "North Vale", "backup"),
        ("Production – North Vale, north-vale1", "North Vale", None),
        ("north-vale1: North Vale", "North Vale", None),
    ],
)
def test_a_colon_parts_the_name_of_a_region_from_its_role(item: str, name: str, role: str | None) -> None:
    lead = "The system runs in these Regions of Tarn Hosting, a subservice organization (carve-out method):"
    found = with_part("C", f"\n{lead}\n\n- {item}\n- South Vale (south-vale1, primary)\n")
    [region] = [id_ for id_, key, value in found.values if key == "code" and value == "north-vale1"]
    assert (region, "name", name) in found.values
    ends = {str(end) for start, type_, end in found.links if start == region and type_ == "IN_SCOPE_OF"}
    assert any(f"role={role}" in end for end in ends) is (role is not None)


@pytest.mark.parametrize("title", ["In scope", "Covered by this report", "Included"])
@pytest.mark.parametrize("no", ["No", "Not in scope", "no, not yet", "Excluded"])
def test_what_a_column_says_is_not_covered_is_not_in_scope(title: str, no: str) -> None:
    cells = ("Since March 1, 2023", no, "Yes")
    sites = zip(("Cork, Ireland", "Leeds, United Kingdom", "Oslo, Norway"), cells, strict=True)
    regions = zip(
        ("North Vale | north-vale1", "South Vale | south-vale1", "West Vale | west-vale1"), cells, strict=True
    )
    offices = "\n".join(f"| {site} | Office | {cell} |" for site, cell in sites)
    hosts = "\n".join(f"| {region} | {cell} |" for region, cell in regions)
    text = (
        "Tarn Hosting is a subservice organization (carve-out method).\n\n"
        f"The sites are these.\n\n| Site | Kind | {title} |\n|---|---|---|\n{offices}\n\n"
        f"The Regions of Tarn Hosting are these.\n\n| Region | Code | {title} |\n|---|---|---|\n{hosts}\n"
    )
    found = with_part("C", text)
    places = scope(found, "facility")
    assert {"cork-ireland", "oslo-norway"} <= set(places)
    assert "leeds-united-kingdom" not in places
    assert {one.rsplit("/", 1)[-1] for one in scope(found, "region")} == {"north-vale1", "west-vale1"}


def test_a_day_long_before_the_period_bounds_no_part_of_it() -> None:
    rows = [("Cork", "Opened on 1 March 2011"), ("Bray", "Opened on 1 March 2023"), ("Tuam", "Until 1 March 2031")]
    told = "".join(f"| {city}, Ireland | Office | {note} |\n" for city, note in rows)
    found = with_part("D", f"\n| Place | Kind | Notes |\n|---|---|---|\n{told}")
    assert scope(found, "facility") == {"cork-ireland": "", "bray-ireland": "from=2023-03-01", "tuam-ireland": ""}


def test_a_heading_of_what_is_in_scope_says_what_kind_the_places_below_it_are() -> None:
    found = with_part(
        "D", HEADED.replace("Offices\n", "Offices in Scope\n").replace("Data centers\n", "Suppliers\n"), "Us"
    )
    assert set(facilities(found)) == {"leeds-united-kingdom", "cork-ireland", "lund-sweden"}


def test_the_kind_of_a_place_may_stand_in_brackets_behind_it() -> None:
    rows = [("Leeds, United Kingdom (office)", "Books"), ("Cork, Ireland (office; until March 31, 2023)", "Letters")]
    told = "".join(f"| {place} | {use} |\n" for place, use in [*rows, ("Lund, Sweden (print facility)", "Print")])
    found = with_part("D", f"\n| Location | Function |\n|---|---|\n{told}")
    assert {place: one["kind"] for place, one in facilities(found).items()} == {
        "leeds-united-kingdom": "office",
        "cork-ireland": "office",
        "lund-sweden": "print_facility",
    }
    ends = {start: end for start, end in links(found, "facility", "IN_SCOPE_OF")}
    assert "to=2023-03-31" in ends["cork-ireland"]


def test_the_place_beside_a_code_is_the_name_of_a_region_that_has_no_other() -> None:
    rows = "| us-east4 | Northern Virginia | Primary |\n| europe-west4 | Netherlands | Backup |\n"
    found = with_part("C", f"\n| Google Cloud Region | Location | Role |\n|---|---|---|\n{rows}")
    names = {
        id_.split("/")[-1]: value for id_, key, value in found.values if id_.startswith("region") and key == "name"
    }
    assert names == {"us-east4": "Northern Virginia", "europe-west4": "Netherlands"}


def test_the_title_of_a_column_of_locations_may_name_their_kind() -> None:
    rows = "| Leeds, United Kingdom | Books |\n| Cork, Ireland | Letters |\n"
    found = with_part("D", f"\n| Office Location | Function |\n|---|---|\n{rows}")
    assert {place: one["kind"] for place, one in facilities(found).items()} == {
        "leeds-united-kingdom": "office",
        "cork-ireland": "office",
    }


def test_regions_that_the_provider_operates_are_called_as_their_place_without_their_code() -> None:
    told = "\nLarkspur operates the regions below on its own servers.\n\n| Region | Location | Role |\n|---|---|---|\n"
    found = with_part("C", f"{told}| wst-1 | Porto | Primary |\n| est-1 | Gdansk | Backup |\n")
    names = {value for id_, key, value in found.values if id_.startswith("region") and key == "name"}
    assert names == {"Porto", "Gdansk"}
    operators = {end for _, end in links(found, "region", "OPERATED_BY")}
    assert operators == {end for _, end in links(found, "assessment", "OF_PROVIDER")}
    others = with_part("C", f"{told.replace('Larkspur operates', 'A friend runs')}| wst-1 | Porto | Primary |\n")
    assert not links(others, "region", "OPERATED_BY")
