"""Lists of a scope as pages print them: without bullets, in columns, under categories, with marks and legends."""

from __future__ import annotations

import pytest

from tests.loaders.larkspur import links, scope, with_part
from tests.loaders.soc_facts import Stated

BARE = """
The following services are included in the scope of this report:

        Rill Ledger
        Rill Vault (beginning March 1, 2023)

Rill Sandbox, a trial environment, is not included in the scope of this report.
"""
CATEGORIES = """
The System includes the following services:

Storage

        Rill Ledger                      Rill Tables (read replicas
        Rill Vault                       only)
                                         Rill Cache†

Networking

        Rill Mesh*                       Rill Gate

* In scope beginning March 1, 2023.

† In scope through April 30, 2023, when the service was retired.

The following services are not in scope: Rill Market and Rill Preview.
"""
DESCRIBED = """
The services in the scope of this report are:

  Service        Description

  Rill Ledger    Books entries.

  Rill Vault     Keeps keys. In scope from March 1, 2023.

  Rill Mesh      Joins nodes that were offered since March 1, 2023.

"""
BULLETED = """
The System includes the following services:

 • Rill Ledger                   • Rill Tables (read replicas
 • Rill Vault                      only)
"""
EDGES = """
Edge Locations in Scope

        Oslo, Norway                     Leeds, United             Singapore
        Boston, United States            Kingdom                   Auckland, New
                                         Porto, Portugal           Zealand
"""


HEADED = """
3.2 Services covered by this report
Rill Ledger
Rill Vault

3.3 Services not covered by this report
Rill Market
Rill Preview
"""
LOST = """
The following services are in the scope of this report:

They are named in the order form of each customer.
"""

WITHOUT_GAP = """
The following services are in the scope of this report:

  • Rill Ledger
  • Rill Vault (until December 31, 2022)
{margin}The following services are not covered by this report:

  • Rill Market
  • Rill Preview
"""
PROSE_BELOW = """
The following services are in the scope of this report:

  • Rill Ledger
  • Rill Vault
 Rill Ledger records what each mill takes out of the river. Rill Vault keeps
 these records for ten years.
"""
BY_CATEGORY = """
The following services are in the scope of this report.

  Category             Service                           Note
  Records              Rill Ledger

                       Rill Vault

                       Rill Tables                       Excludes tables that
                                                         customers share

  Networks             Rill Mesh
  and gates

                       Rill Gate                         In scope from March 1, 2023

                       Rill Weir                         Full period

  Trials               Rill Sluice                       Not in scope
"""

POINTS = """
Points of presence
The gateway is also delivered from points of presence in the following cities:

  Macon, Georgia          Leeds, United Kingdom        Porto, Portugal

  Boise, Idaho            Singapore                    Oslo, Norway

  Turin, Italy            Perth, Australia
"""
TITLED_EDGES = """
Edge sites

| City | Country |
|---|---|
| Leeds | United Kingdom |
"""
APPLICATIONS = """
The mills are run with the systems that are named here.

Applications

| Application | Purpose | Source | Platform |
|---|---|---|---|
| Sluice Planner | Water levels | Purchased | Virtual machines |
| Night Batch | Reports | Developed by Larkspur | Containers |
"""
LED = """
This report covers the following services that Larkspur provides by means of the mill:

- Rill Ledger
- Rill Vault
"""

CLOSE = """
The following services are in the scope of this report.

  Category             Service                           Note
  Records              Rill Ledger
                       Rill Tables of Tolls and          Excludes tables that
                       Weirs                             customers share
  Networks             Rill Mesh
                       Rill Gate                         In scope from March 1, 2023
"""


FAMILIES = """
The boundaries of the system comprise the following products:

Rill Water

- Rill Ledger – accounts of ponds and of all the streams that lead into them
- Rill Vault – keys for locks and sluices that nobody else may turn

Rill Wind

- Rill Gale: forecasts of storms and of the waves that go with them
- Rill Mist – Pictures of mornings on which nobody sees the pond.

Products outside the boundaries of the system

The following are sold by Larkspur but are not within the boundaries of the system:

- Rill Academy
- Rill Market
"""
DATED = """
The following services are in the scope of this report:

- Rill Ledger
- Rill Vault
- Rill Mesh

Rill Vault was introduced during the period and is in scope from April 1, 2023. Rill Mesh was introduced in the
spring. Rill Ledger was introduced on March 1, 2011. Wharf Notes, a public web site with tales for sailors, is not part
of the system and is outside the scope of this report.
"""
OFFERED = """
Services in Scope

| Service | Purpose |
|---|---|
| Rill Ledger | Keeps accounts. |
| Rill Vault | Keeps keys. Introduced on March 1, 2023. |
| Rill Mesh | Joins ponds. In scope from April 1, 2023. |
| Rill Gate | Retired on April 30, 2023. |
"""


NOT_SET_IN = """
 The System includes the following services:

 Records

  Rill Ledger (RL)                 Rill Tables (Trial ponds excluded)
  Rill Vault                       Rill Cache**

 Trades

  Rill Market                      Rill Broker
  Rill Toll

 * In scope from March 1, 2023.
 ** In scope from April 1, 2023.
"""
NOT_OF_A_FAMILY = """
 The System includes the following services:

  Rill Ledger                      North Mill
  Rill Vault                       South Mill
"""
WITH_TITLES = """
 The System includes the following services:

  Offering                         Replaced By
  Rill Ledger                      Rill Books
  Rill Vault                       Rill Safe
"""
BRACKETED = """
Services in Scope

| Service | Purpose | In scope |
|---|---|---|
| Rill Ledger | Keeps accounts | Yes |
| Rill Vault | Keeps keys | Yes (keys of ponds excluded) |
"""

REMARKED = """
{lead}
{margin}Service                          {title}
{gap}{margin}Rill Ledger
{gap}{margin}Rill Vault
{gap}{margin}Rill Mesh                        In scope from March 1, 2023
{gap}{margin}Rill Cache
{gap}{margin}Rill Tables                      Excludes tables of customers

Services not in scope

The following services of Larkspur are excluded from the scope of this report.

        Rill Market
        Rill Preview

The mills stand by the river and are run by hand.
"""
NOT_REMARKED = """
  Service            Remarks
  Rill Ledger
  Rill Vault

The mills stand by the river.
"""
SPACED_AT_ITS_END = """
   Service                     Remarks

   Rill Ledger                 -

   Rill Vault                  In scope from March 1, 2023

   Rill Gate

 Ponds

 The mills stand by the river.
"""
WRAPPED = """
  Service                    Remarks

  Rill Ledger

  Rill Mesh

  Rill Billing and Accounts
  Tables of the Whole

  Rill Gate                  In scope from March 1, 2023

"""
NOT_SET_IN_TABLE = """
Product                    Comments

Rill Ledger

Rill Mesh                  From March 1, 2023

Infrastructure

{title}
Switches                   Network
"""
FROM_UNTIL = """
  Service                    From              Until
  Rill Ledger
  Rill Mesh                  March 1, 2023
  Rill Gate                                    April 30, 2023
"""
WITHOUT_COLON = """
The services below are in the scope of this report.

  • Rill Ledger
  • Rill Vault

The products below are not covered by this report.

  • Rill Market
  • Rill Preview
"""
TOLD_BELOW = """
The following services are described by the mill that runs them.

     The mill stands by the river, and whoever passes it
     hears its wheel.
"""


def services(found: Stated) -> dict[str, str]:
    return scope(found, "service")


def excluded(found: Stated) -> set[str]:
    return {start for start, _ in links(found, "service", "EXCLUDED_FROM")}


def test_names_with_a_description_stand_under_families_and_what_is_outside_is_excluded() -> None:
    found = with_part("B", FAMILIES, "Services in Scope")
    assert services(found) == {"rill-ledger": "", "rill-vault": "", "rill-gale": "", "rill-mist": ""}
    assert excluded(found) == {"rill-academy", "rill-market"}


def test_a_day_in_the_period_that_a_sentence_tells_bounds_the_scope_of_its_service() -> None:
    found = with_part("B", DATED, "Services in Scope")
    assert services(found) == {"rill-ledger": "", "rill-vault": "from=2023-04-01", "rill-mesh": ""}
    assert excluded(found) == {"wharf-notes"}
    found = with_part("B", OFFERED, "Services in Scope")
    begun = {"rill-vault": "from=2023-03-01", "rill-mesh": "from=2023-04-01"}
    assert services(found) == {"rill-ledger": "", "rill-gate": "", **begun}
    assert {start for start, end in links(found, "service", "IN_SCOPE_OF") if "to=2023-04-30" in end} == {"rill-gate"}


def test_a_service_that_was_added_may_be_covered_from_that_day_on() -> None:
    told = DATED.replace("is in scope from April 1, 2023", "was added on April 1, 2023, and is covered from that date")
    told = told.replace("Rill Vault was introduced during the period and was added", "Rill Vault was added")
    assert "from that date" in told
    assert services(with_part("B", told, "Services in Scope"))["rill-vault"] == "from=2023-04-01"


def test_lines_set_in_below_words_that_lead_to_a_list_are_its_items() -> None:
    found = with_part("B", BARE, "Services in Scope")
    assert services(found) == {"rill-ledger": "", "rill-vault": "from=2023-03-01"}
    assert excluded(found) == {"rill-sandbox"}


def test_headings_of_categories_part_a_list_whose_marks_lead_to_words_below_it() -> None:
    found = with_part("B", CATEGORIES, "Services in Scope")
    assert services(found) == {
        "rill-ledger": "",
        "rill-vault": "",
        "rill-tables": "",
        "rill-cache": "",
        "rill-mesh": "from=2023-03-01",
        "rill-gate": "",
    }
    ends = {start: end for start, end in links(found, "service", "IN_SCOPE_OF")}
    assert "qualification=read replicas only" in ends["rill-tables"]
    assert "to=2023-04-30" in ends["rill-cache"]
    assert excluded(found) == {"rill-market", "rill-preview"}


def test_a_sentence_beside_a_service_says_since_when_it_is_in_scope() -> None:
    found = with_part("B", DESCRIBED, "Services in Scope")
    assert services(found) == {"rill-ledger": "", "rill-vault": "from=2023-03-01", "rill-mesh": ""}


def test_each_column_of_items_with_bullets_is_read_from_its_top() -> None:
    found = with_part("B", BULLETED, "Services in Scope")
    assert set(services(found)) == {"rill-ledger", "rill-vault", "rill-tables"}


def test_edge_locations_in_columns_go_on_with_the_rest_of_their_country() -> None:
    found = with_part("C", EDGES)
    assert set(scope(found, "edge")) == {
        "oslo-norway",
        "boston-united-states",
        "leeds-united-kingdom",
        "porto-portugal",
        "singapore",
        "auckland-new-zealand",
    }


def test_names_right_below_a_heading_of_what_is_covered_are_its_list() -> None:
    found = with_part("B", HEADED, "The company")
    assert set(services(found)) == {"rill-ledger", "rill-vault"}
    assert excluded(found) == {"rill-market", "rill-preview"}


@pytest.mark.parametrize(("gap", "between"), [("", "\t"), ("", "          "), ("\n", "          ")])
def test_a_table_right_below_the_words_that_lead_to_it_is_no_list_of_its_cells(gap: str, between: str) -> None:
    rows = f"{gap}Service    {between}Description\nRill Ledger{between}A book\nRill Vault {between}Keys\n"
    told = f"\nThe following services are in scope of this report:\n{rows}"
    assert set(services(with_part("B", told, "Services in Scope"))) == {"rill-ledger", "rill-vault"}


def test_words_that_lead_to_services_left_out_are_no_service() -> None:
    told = "\nThe following services are not in the scope of this report:\n\n- Rill Market\n- Rill Preview\n"
    assert excluded(with_part("B", told, "Services in Scope")) == {"rill-market", "rill-preview"}


def test_a_service_that_a_sentence_calls_one_is_left_out_wherever_it_stands() -> None:
    told = "\nRill Advisory, a consulting service, is outside the scope of this report.\n"
    assert "rill-advisory" in excluded(with_part("A", told, "Company Background"))
    bare = "\nRill Harbor is outside the scope of this report.\n"
    assert "rill-harbor" not in excluded(with_part("A", bare, "Company Background"))


def test_a_sentence_that_names_the_services_left_out_says_so_wherever_it_stands() -> None:
    told = "\nSince then, the following services were not examined for this report: Rill Market and Rill Preview.\n"
    assert {"rill-market", "rill-preview"} <= excluded(with_part("A", told, "Company Background"))


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "Berth booking services and the pilot service are not within the scope of this report.",
            {"berth-booking-services", "pilot"},
        ),
        ("The services mooring and towing are not covered by the description.", {"mooring", "towing"}),
        ("Waybill Ferry, which was on trial until May 2, 2023, is out of scope of this report.", {"waybill-ferry"}),
        ("Controls at harbors and customer applications are not included in the scope of this report.", set()),
        ("Third-party products are not in the scope of this report.", set()),
        ("Waybill GmbH is not within the scope of this report.", set()),
        ("Waybill Ferry is not covered by the insurance of the harbor.", set()),
    ],
)
def test_what_a_sentence_leaves_out_of_the_report_is_a_service_by_its_noun_or_its_family(
    sentence: str, names: set[str]
) -> None:
    before = excluded(with_part("A", "\nIt ships.\n", "Company Background"))
    assert excluded(with_part("A", f"\nIt ships. {sentence}\n", "Company Background")) - before == names


def test_words_that_lead_to_no_list_are_warned_of() -> None:
    found = with_part("B", LOST, "Offer")
    assert any(said.startswith("no list could be read to which 'The following services") for said in found.warnings)


def test_text_set_in_below_a_heading_is_no_list() -> None:
    told = "\n    Rill offers a ledger and a vault for its\n    customers and keeps both of them.\n"
    assert services(with_part("B", told, "Services in Scope")) == {}


def test_text_on_a_page_that_is_set_in_further_is_no_item_of_the_list_above() -> None:
    told = "\nThe services in scope of this report are:\n\n    • Rill Ledger\n    • Rill Vault\n\n\f"
    text = "     Rill was founded in Leeds and serves harbors\n     in the north of Europe with both of them.\n"
    assert set(services(with_part("B", told + text, "Services in Scope"))) == {"rill-ledger", "rill-vault"}


def test_what_stands_right_below_a_table_and_is_no_row_is_warned_of() -> None:
    told = (
        "\n  Service                                     Description\n"
        "  Rill Ledger                                 A ledger of all that is stored.\n"
        "  Rill Vault                                  A vault for keys.\n"
        "  Rill Exchange (in scope as of September Comparison of a harbor with its peers.\n"
        "  1, 2023)\n"
    )
    found = with_part("B", told, "Services in Scope")
    assert set(services(found)) == {"rill-ledger", "rill-vault"}
    assert any("right below the table of" in said for said in found.warnings)


@pytest.mark.parametrize("margin", ["", " ", "  ", "    "])
def test_a_list_ends_at_words_that_lead_to_another_without_a_blank_line(margin: str) -> None:
    found = with_part("B", WITHOUT_GAP.format(margin=margin), "The company")
    assert set(services(found)) == {"rill-ledger", "rill-vault"}
    assert excluded(found) == {"rill-market", "rill-preview"}


def test_a_list_ends_at_a_text_that_is_set_in_less_than_its_bullets() -> None:
    assert set(services(with_part("B", PROSE_BELOW, "The company"))) == {"rill-ledger", "rill-vault"}


def test_a_category_that_stands_in_its_first_row_alone_has_a_service_in_each_row() -> None:
    found = with_part("B", BY_CATEGORY, "Services in Scope")
    assert set(services(found)) == {"rill-ledger", "rill-vault", "rill-tables", "rill-mesh", "rill-gate", "rill-weir"}
    ends = {start: end for start, end in links(found, "service", "IN_SCOPE_OF")}
    assert "qualification=Excludes tables that customers share" in ends["rill-tables"]
    assert "from=2023-03-01" in ends["rill-gate"]
    assert excluded(found) == {"rill-sluice"}


def test_points_of_presence_stand_in_columns_without_titles() -> None:
    found = with_part("C", POINTS)
    assert set(scope(found, "edge")) == {
        "macon-georgia",
        "leeds-united-kingdom",
        "porto-portugal",
        "boise-idaho",
        "singapore",
        "oslo-norway",
        "turin-italy",
        "perth-australia",
    }
    assert not links(found, "edgelocation/larkspur-freight-systems-b-v/macon-georgia", "LOCATED_IN")


def test_titles_of_columns_are_no_edge_locations() -> None:
    assert set(scope(with_part("C", TITLED_EDGES), "edge")) == {"leeds-united-kingdom"}


def test_a_table_of_the_applications_that_a_company_runs_lists_no_services() -> None:
    assert services(with_part("B", APPLICATIONS, "The company")) == {}


def test_words_behind_the_following_services_are_the_name_of_none() -> None:
    assert set(services(with_part("B", LED, "The company"))) == {"rill-ledger", "rill-vault"}


def test_names_of_services_in_close_rows_are_told_by_whether_they_would_have_fitted_above() -> None:
    found = with_part("B", CLOSE, "Services in Scope")
    assert set(services(found)) == {"rill-ledger", "rill-tables-of-tolls-and-weirs", "rill-mesh", "rill-gate"}


@pytest.mark.parametrize(("title", "names"), [("Services Covered", {"rill-ledger", "rill-vault"}), ("Sea", set())])
def test_below_a_heading_of_services_a_platform_consists_of_those_of_its_list(title: str, names: set[str]) -> None:
    told = "\nThe platform is made up of these products:\n\n- Rill Ledger – its books\n- Rill Vault – its keys\n"
    assert set(scope(with_part("B", told, title), "service")) == names


def test_services_in_columns_are_told_by_their_names_where_they_are_not_set_in() -> None:
    found = with_part("B", NOT_SET_IN, "Services in Scope")
    whole = {"rill-ledger", "rill-vault", "rill-tables", "rill-market", "rill-broker", "rill-toll"}
    assert services(found) == {**dict.fromkeys(whole, ""), "rill-cache": "from=2023-04-01"}
    ends = {start: end for start, end in links(found, "service", "IN_SCOPE_OF")}
    assert "qualification=Trial ponds excluded" in ends["rill-tables"]


def test_columns_that_share_no_word_of_a_name_are_no_list_of_services() -> None:
    assert not {"north-mill", "south-mill"} & set(services(with_part("B", NOT_OF_A_FAMILY, "Services in Scope")))
    assert not {"offering", "rill-books"} & set(services(with_part("B", WITH_TITLES, "Services in Scope")))


def test_what_brackets_behind_yes_say_qualifies_a_service_without_them() -> None:
    ends = {start: end for start, end in links(with_part("B", BRACKETED, "x"), "service", "IN_SCOPE_OF")}
    assert "qualification=keys of ponds excluded" in ends["rill-vault"]


LISTED = """
The following services are in the scope of this report:

• Rill Ledger – Books are kept for as long as the law asks, {}.
• Rill Vault – Keys of all ponds lie apart from the data that they open.

"""
SPACED = """
  Service                           Description                                      Note

  Rill Ledger                       Books of mills on shared and dedicated
                                    shelves

  Rill Vault                        Keys of ponds

  Rill Tables                       Tables of tolls and
                                    weirs

  Rill Mesh                         Joined nodes                                     In scope from March 1,
                                                                                     2023

"""
COVERAGE = """
  Service                           Coverage

  Rill Ledger                       Full period

  Rill Vault                        From March 1, 2023

"""
BELOW = """
The services below are offered by Larkspur but are not covered by this report.

     • Rill Market
     • Rill Labs previews

"""


def test_a_day_at_the_end_of_what_a_service_is_bounds_its_scope_and_is_none_of_its_name() -> None:
    found = with_part("B", LISTED.format("in use since March 1, 2023"))
    assert services(found) == {"rill-ledger": "from=2023-03-01", "rill-vault": ""}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "Pond insurance plans are administered on another platform and are not covered by this report.",
            {"pond-insurance-plans"},
        ),
        (
            "Rill Badges, the cards of the doors, is run by another team and therefore is not covered by this report.",
            {"rill-badges"},
        ),
        (
            "Rill Market and Rill Preview, the trials of last year, are not part of the system.",
            {"rill-market", "rill-preview"},
        ),
        (
            "The following are not in scope of this report: Rill Market and Rill Preview.",
            {"rill-market", "rill-preview"},
        ),
        ("Data that crosses the open sea is outside our control.", set()),
        ("Controls of ponds are run by others and are not covered by this report.", set()),
        ("Ponds that are leased are looked after by us and are not covered by this report.", set()),
        ("Brook Hosting GmbH is used by us and is not covered by this report.", set()),
        ("Ponds are fed by springs and are not covered by ice.", set()),
    ],
)
def test_below_a_list_of_services_a_sentence_leaves_its_subject_out_whatever_else_it_says(
    sentence: str, names: set[str]
) -> None:
    assert excluded(with_part("B", f"{LISTED.format('without end')}{sentence}\n")) == names


def test_rows_with_an_empty_last_cell_go_on_with_their_table() -> None:
    found = services(with_part("B", SPACED, "Services in Scope"))
    assert found == {"rill-ledger": "", "rill-vault": "", "rill-tables": "", "rill-mesh": "from=2023-03-01"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Services in Scope", {"rill-ledger": "", "rill-vault": "from=2023-03-01"}), ("Support by telephone", {})],
)
def test_a_column_of_coverage_tells_days_and_makes_no_table_one_of_the_scope(
    title: str, expected: dict[str, str]
) -> None:
    assert services(with_part("B", COVERAGE, title)) == expected


@pytest.mark.parametrize("title", ["Services Out of Scope", "Other services"])
def test_a_sentence_that_ends_may_say_that_services_below_it_are_left_out(title: str) -> None:
    found = with_part("B", BELOW, title)
    assert {start for start, _ in links(found, "service", "EXCLUDED_FROM")} == {"rill-market", "rill-labs-previews"}


@pytest.mark.parametrize("lead", ["", "The following services are in the scope of this report.\n"])
@pytest.mark.parametrize("margin", ["", "  ", "      "])
@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize("title", ["Remarks", "In scope since", "Period"])
def test_a_table_lists_its_services_though_hardly_any_is_remarked_on(
    lead: str, margin: str, gap: str, title: str
) -> None:
    found = with_part("B", REMARKED.format(lead=lead, margin=margin, gap=gap, title=title), "Services in Scope")
    whole = {"rill-ledger": "", "rill-vault": "", "rill-mesh": "from=2023-03-01", "rill-cache": "", "rill-tables": ""}
    assert services(found) == whole
    assert excluded(found) == {"rill-market", "rill-preview"}


def test_a_table_lists_its_services_where_none_is_remarked_on() -> None:
    assert services(with_part("B", NOT_REMARKED, "Services in Scope")) == {"rill-ledger": "", "rill-vault": ""}


def test_a_name_that_stands_below_its_titles_is_none_of_them_and_the_last_may_stand_alone() -> None:
    found = services(with_part("B", SPACED_AT_ITS_END, "Services in Scope"))
    assert found == {"rill-ledger": "", "rill-vault": "from=2023-03-01", "rill-gate": ""}


def test_a_name_goes_on_right_below_in_a_table_whose_rows_stand_apart() -> None:
    found = services(with_part("B", WRAPPED, "Services in Scope"))
    assert set(found) == {"rill-ledger", "rill-mesh", "rill-billing-and-accounts-tables-of-the-whole", "rill-gate"}


@pytest.mark.parametrize("title", ["Component                  Purpose", "Rack servers               Hosting of ponds"])
def test_a_title_below_a_table_that_is_not_set_in_is_no_service(title: str) -> None:
    found = with_part("B", NOT_SET_IN_TABLE.format(title=title), "Services in Scope")
    assert services(found) == {"rill-ledger": "", "rill-mesh": "from=2023-03-01"}


def test_a_day_below_a_title_that_says_from_or_until_bounds_the_scope() -> None:
    found = with_part("B", FROM_UNTIL, "Services in Scope")
    ends = {start: end for start, end in links(found, "service", "IN_SCOPE_OF")}
    assert set(ends) == {"rill-ledger", "rill-mesh", "rill-gate"}
    assert "from=2023-03-01" in ends["rill-mesh"]
    assert "to=2023-04-30" in ends["rill-gate"]


def test_items_follow_a_sentence_about_services_that_ends_in_a_full_stop() -> None:
    found = with_part("B", WITHOUT_COLON, "The company")
    assert set(services(found)) == {"rill-ledger", "rill-vault"}
    assert excluded(found) == {"rill-market", "rill-preview"}


def test_a_text_set_in_below_a_sentence_about_services_is_no_list() -> None:
    assert services(with_part("B", TOLD_BELOW, "Services in Scope")) == {}


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Services not covered by this report: Rill Market and Rill Preview.", True),
        ("Services that are not in scope: Rill Market and Rill Preview.", True),
        ("Excluded services: Rill Market; Rill Preview.", True),
        ("Products excluded from the scope: Rill Market, and Rill Preview; neither was examined.", True),
        ("Out of scope: Rill Market and Rill Preview are not covered by this report.", True),
        ("Not covered by this report: Rill Market, which is sold apart, and Rill Preview.", True),
        ("Services not covered by this report: none.", False),
        ("Services outside the scope of this report: not applicable.", False),
        ("Services not in scope: services of subservice organizations.", False),
        ("Services not included in the fee: Rill Market and Rill Preview.", False),
        ("Out of scope: an office in Denver and a warehouse in Ghent.", False),
        ("Out of scope: the controls of customers.", False),
        ("Exclusions: The system does not cover the mill.", False),
    ],
)
def test_names_behind_a_label_of_what_is_left_out_are_left_out(said: str, *, names: bool) -> None:
    found = with_part("B", f"\nThis report covers these services:\n\n- Rill Ledger\n\n{said}\n", "The company")
    assert excluded(found) == ({"rill-market", "rill-preview"} if names else set())
    assert set(services(found)) == {"rill-ledger"}


@pytest.mark.parametrize("what", ["locations", "places", "premises"])
def test_places_below_are_no_service(what: str) -> None:
    said = f"\nThe report covers the {what} below. An office in Ghent was closed in 2019.\n"
    assert services(with_part("B", said, "Services in Scope")) == {}
