"""A report as a web page: what stands in the lists of its cells and behind the dashes of its bullets."""

from __future__ import annotations

from functools import cache

import pytest

from graph.records import Value
from loaders.inputs.documents import document_from
from loaders.names.resolution import read_names
from loaders.soc.report import SocReport
from tests.loaders.soc_facts import FIXTURES

TEXT = (FIXTURES / "soc_2_sorrel.html").read_text(encoding="utf-8")
CONTROL = "control/sorrel-tide-boats/soc-2-type-2/2032-02-29"


@cache
def _values(text: str = TEXT) -> dict[str, dict[str, Value]]:
    found = SocReport().extract(document_from(text.encode(), "report.html"), read_names())
    values: dict[str, dict[str, Value]] = {}
    for claim in found.facts.claims:
        values.setdefault(claim.id, {}).update(claim.values)
    for link in found.facts.links:
        values.setdefault(f"{link.start} {link.type}", {}).setdefault(link.end, str(dict(link.values)))
    return values


def _said(id_: str, *keys: str) -> tuple[Value | None, ...]:
    return tuple(_values()[id_].get(key) for key in keys)


@pytest.mark.parametrize(
    ("number", "attributes"),
    [
        ("boat-01", ("Harbor Master", "weekly", "manual")),
        ("boat-02", ("Watch of the Eastern Pier", "continuous", "automated")),
        ("boat-03", (None, None, None)),  # Two owners are none that can be told.
        ("boat-04", (None, None, None)),
    ],
)
def test_the_attributes_of_a_control_stand_with_their_labels_in_one_cell(
    number: str, attributes: tuple[Value | None, ...]
) -> None:
    assert _said(f"{CONTROL}/{number}", "owner", "frequency", "nature") == attributes


def test_a_line_with_a_label_says_who_performs_a_control() -> None:
    assert _said(f"{CONTROL}/boat-03", "statement") == ("Crews are trained.",)
    assert list(_values()[f"{CONTROL}/boat-03 PERFORMED_BY"]) == ["organization/quenby-sail-school"]


def test_what_a_service_is_stands_behind_its_name_and_is_none_of_it() -> None:
    names = {id_: said["name"] for id_, said in _values().items() if id_.startswith("service/") and "name" in said}
    assert sorted(map(str, names.values())) == ["Berth Ledger", "Hull Watch", "Sorrel Charts – Coastal Edition"]
    ledger = next(id_ for id_, name in names.items() if name == "Berth Ledger")
    assert "'from': '2031-06-02'" in str(_values()[f"{ledger} IN_SCOPE_OF"])


@pytest.mark.parametrize(
    ("code", "role", "start", "end"),
    [
        ("us-east-2", "primary", "2031-04-07", None),
        ("ca-central-1", "archive", None, "2032-01-09"),
        ("eu-north-1", None, None, None),
    ],
)
def test_the_role_of_a_region_and_its_time_stand_behind_a_dash(
    code: str, role: str | None, start: str | None, end: str | None
) -> None:
    region = next(id_ for id_, said in _values().items() if said.get("code") == code and id_.startswith("region/"))
    said = str(_values()[f"{region} IN_SCOPE_OF"])
    expected = {"role": role, "from": start, "to": end}
    assert [f"'{key}': '{value}'" in said for key, value in expected.items()] == [
        v is not None for v in expected.values()
    ]
    assert "hull" not in str(_values()[region].get("name"))


def test_a_city_stands_beside_its_state_or_country() -> None:
    offices = {
        (said.get("city"), said.get("subdivision"), said.get("use"))
        for id_, said in _values().items()
        if id_.startswith("facility/") and "kind" in said
    }
    assert offices == {("Duluth", "US-MN", "Headquarters"), ("Bergen", None, "Sale of charts")}


def test_policies_stand_below_the_words_that_the_auditor_inspected_them() -> None:
    found = {id_: list(said) for id_, said in _values().items() if id_.endswith(" INSPECTED_IN")}
    assert {id_.split("/")[-1].removesuffix(" INSPECTED_IN") for id_ in found} == {
        "anchor-policy", "access-policy", "rope-policy"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "examined"),
    [("Section 5: Other Information Provided by Sorrel", False), ("Section 5: Controls, Further Notes", None)],
)
def test_a_section_of_other_information_says_that_it_was_not_examined(title: str, examined: bool | None) -> None:
    text = TEXT.replace("Section 5: Other Information Provided by Sorrel", title)
    (deviation,) = (id_ for id_, said in _values(text).items() if id_.startswith("deviation/") and "statement" in said)
    assert _values(text)[deviation].get("response_examined") == examined


PROMISES = """<h3>Service commitments</h3><p>Sorrel promises the following:</p><dl>
<dt>Security</dt><dd>Sheds are locked at night.</dd><dd>Keys are handed out to skippers alone.</dd>
<dt>Availability</dt><dd>A boat is ready on each day of the season.</dd></dl>
<h2>Section 4"""


def test_the_commitments_of_a_list_of_definitions_stand_under_its_terms() -> None:
    said = [one for id_, one in _values(TEXT.replace("<h2>Section 4", PROMISES)).items() if "/commitment" in f"/{id_}"]
    assert [(one.get("category"), one.get("statement")) for one in said if "statement" in one] == [
        ("Security", "Sheds are locked at night."),
        ("Security", "Keys are handed out to skippers alone."),
        ("Availability", "A boat is ready on each day of the season."),
    ]


CATALOGUE = """<h3>Our controls</h3><section><h5>BOAT-04</h5><dl><dt>Control activity</dt><dd>Hulls are painted.</dd>
<dt>Owner</dt><dd>Paint Crew</dd><dt>Frequency</dt><dd>Every year</dd><dt>Type</dt><dd>Manual</dd></dl></section>
<section><h5>BOAT-01</h5><dl><dt>Owner</dt><dd>Somebody else</dd><dt>Type</dt><dd>Manual</dd></dl></section>
<h2>Section 4"""


def test_a_catalogue_tells_the_attributes_that_the_tables_of_tests_leave_out() -> None:
    values = _values(TEXT.replace("<h2>Section 4", CATALOGUE))
    said = values[f"{CONTROL}/boat-04"]
    assert [said.get(key) for key in ("owner", "frequency", "nature")] == ["Paint Crew", "annual", "manual"]
    assert values[f"{CONTROL}/boat-01"]["owner"] == "Harbor Master"


SPANNED = """<p>The platform runs in these Regions:</p><table>
<tr><th>Country</th><th>Region</th><th>Region ID</th><th>Role</th></tr>
<tr><td rowspan=2>Germany</td><td>Germany North</td><td>germanynorth</td><td>Backup</td></tr>
<tr><td>Germany West Central</td><td>germanywestcentral</td><td>Primary</td></tr>
<tr><td>Norway</td><td>Norway East</td><td>norwayeast</td><td>Primary</td></tr></table><h3>Offices</h3>"""


def test_a_country_that_spans_the_rows_of_its_regions_is_that_of_each() -> None:
    values = _values(TEXT.replace("<h3>Offices</h3>", SPANNED))
    regions = {str(said["code"]): id_ for id_, said in values.items() if id_.startswith("region/") and "code" in said}
    told = {
        code: (
            values[id_].get("name"),
            next(iter(values[f"{id_} LOCATED_IN"])),
            "primary" in str(values[f"{id_} IN_SCOPE_OF"]),
        )
        for code, id_ in regions.items()
        if "-" not in code
    }
    assert told == {
        "germanynorth": ("Germany North", "country/de", False),
        "germanywestcentral": ("Germany West Central", "country/de", True),
        "norwayeast": ("Norway East", "country/no", True),
    }


INSIDE = "<p>Sorrel sails on the Tide suite. It is made up of the modules below.</p><ul><li>Hull Watch</li></ul>"
OUTSIDE = "<p>Outside the scope of this report, and no part of the suite:</p><ul><li>Sail Rental</li></ul>"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{INSIDE}{OUTSIDE}", (["hull-watch"], ["sail-rental"])),
        (OUTSIDE, ([], [])),
        (
            f"<p>What is made up of the modules below is sold by others:</p><ul><li>Hull Watch</li></ul>{OUTSIDE}",
            ([], []),
        ),
    ],
)
def test_what_is_outside_below_a_list_of_services_are_services_that_are_left_out(
    text: str, found: tuple[list[str], list[str]]
) -> None:
    start, end = TEXT.index("<h3>Services in scope"), TEXT.index("<h3>Infrastructure")
    values = _values(f"{TEXT[:start]}<h3>The firm</h3>{text}{TEXT[end:]}")
    ends = [[key.split(" ")[0].rsplit("/", 1)[1] for key in values if key.endswith(kind)] for kind in _SCOPES]
    assert tuple(sorted(one for one in some if one in ("hull-watch", "sail-rental")) for some in ends) == found


_SCOPES = (" IN_SCOPE_OF", " EXCLUDED_FROM")
