"""A SOC 3 report of a provider that no table knows: wrapped lines, bare lists, categories as headings."""

from __future__ import annotations

import pytest

from graph.errors import BrokenDocument
from loaders.inputs.documents import document_from
from loaders.soc.report import SocReport
from tests.loaders.soc_facts import change, extraction, fixture_text, lines_of, replaced, stated

REPORT = "assessment/nimbus-harbor/soc-3/2020-12-31"
KEEP = "nimbus-keep-vault-store-for-very-long-winter-nights"
TEXT = fixture_text("soc_3_nimbus")
STATED = stated(TEXT)


def ends(type_: str) -> set[tuple[str, object]]:
    return {(start, end) for start, name, end in STATED.links if name == type_}


def test_the_kind_is_recognised_by_content() -> None:
    assert SocReport().accepts(document_from(TEXT.encode(), "notes.md")) == "soc_3_report"


def test_the_assessment_says_what_the_report_says_and_nothing_of_an_opinion() -> None:
    assert {(key, value) for id_, key, value in STATED.values if id_ == REPORT} == {
        ("name", "SOC 3 (2020-07-01 to 2020-12-31)"),
        ("system_name", "Nimbus Harbor System"),
        ("period_start", "2020-07-01"),
        ("period_end", "2020-12-31"),
        ("trust_services_categories", ("security", "availability")),
    }
    assert (ends("EXAMINED_BY"), ends("AGAINST")) == (set(), {(REPORT, "framework/soc-3")})


def test_a_wrapped_item_of_a_bare_list_is_one_service() -> None:
    assert {
        (start, str(end).split("=", 1)[1]) for start, end in ends("IN_SCOPE_OF") if start.startswith("service/")
    } == {
        ("service/nimbus-harbor/barrel", "Barrel"),
        ("service/nimbus-harbor/nimbus-crane", "Nimbus Crane (CR)"),
        (f"service/nimbus-harbor/{KEEP}", "Nimbus Keep Vault Store for Very Long Winter Nights"),
        ("service/nimbus-harbor/nimbus-lamp", "Nimbus Lamp"),
    }
    assert lines_of(extraction(TEXT), "IN_SCOPE_OF", f"service/nimbus-harbor/{KEEP}") == [(20, 21)]


def test_regions_of_a_sentence_are_cited_by_the_lines_on_which_they_stand() -> None:
    found = extraction(TEXT)
    regions = {start for start, _ in ends("IN_SCOPE_OF") if start.startswith("region/")}
    assert {region: lines_of(found, "IN_SCOPE_OF", region) for region in regions} == {
        "region/nimbus-harbor/north-sea-leeds": [(27, 27)],
        "region/nimbus-harbor/far-east-kobe": [(27, 28)],
        "region/nimbus-harbor/far-east-nara": [(28, 28)],
    }


def test_a_list_of_places_ends_at_the_next_heading() -> None:
    assert {start for start, _ in ends("IN_SCOPE_OF") if start.startswith("edge-location/")} == {
        "edge-location/nimbus-harbor/leeds-england",
        "edge-location/nimbus-harbor/kobe-japan",
        "edge-location/nimbus-harbor/hong-kong-china",
        "edge-location/nimbus-harbor/texas-united-states",
    }


def test_a_service_is_in_the_category_under_whose_heading_it_is_described() -> None:
    assert ends("IN_CATEGORY") == {
        ("service/nimbus-harbor/nimbus-crane", "service-category/nimbus-harbor/lifting"),
        ("service/nimbus-harbor/barrel", "service-category/nimbus-harbor/keeping"),
        (f"service/nimbus-harbor/{KEEP}", "service-category/nimbus-harbor/keeping"),
        ("service/nimbus-harbor/nimbus-lamp", "service-category/nimbus-harbor/lighting"),
    }


def test_a_category_below_which_no_service_stands_holds_none_and_is_no_part_of_a_description() -> None:
    crane = TEXT[TEXT.index("Nimbus Crane (CR)\nNimbus Crane lifts") : TEXT.index("Keeping\nBarrel")]
    changed = change(TEXT, replaced("Keeping\nBarrel", "Mooring\nKeeping\nBarrel", 1))
    assert (changed.gone, changed.new) == (frozenset(), frozenset())
    emptied = change(TEXT, replaced(crane, "", 1))
    assert not {fact for fact in emptied.new if fact[1] != "HAS_NAME"}
    assert ("service/nimbus-harbor/nimbus-crane", "IN_CATEGORY") in {fact[:2] for fact in emptied.gone}
    assert not {fact for fact in emptied.gone if "nimbus-crane" not in fact[0] and "lifting" not in fact[0]}


def test_a_service_that_is_described_but_in_no_list_is_a_service_out_of_scope() -> None:
    changed = change(TEXT, replaced("Nimbus Lamp\n\n", "\n", 1))
    lamp = "service/nimbus-harbor/nimbus-lamp"
    assert changed.gone == {(lamp, "IN_SCOPE_OF", f"{REPORT} name_as_written=Nimbus Lamp")}
    assert changed.new == frozenset()
    assert changed.warnings == {"Nimbus Lamp is described, but stands in no list of the scope"}


def test_a_service_that_is_renamed_in_the_list_alone_is_another_service() -> None:
    changed = change(TEXT, replaced("Nimbus Lamp\n", "Nimbus Candle\n", 1))
    old, new = "service/nimbus-harbor/nimbus-lamp", "service/nimbus-harbor/nimbus-candle"
    assert changed.gone == {(old, "IN_SCOPE_OF", f"{REPORT} name_as_written=Nimbus Lamp")}
    assert {fact for fact in changed.new if fact[1] != "HAS_NAME"} == {
        (new, "name", "Nimbus Candle"),
        (new, "OF_PROVIDER", "organization/nimbus-harbor"),
        (new, "IN_SCOPE_OF", f"{REPORT} name_as_written=Nimbus Candle"),
    }
    assert changed.warnings == {
        "Nimbus Candle stands in the scope, but is not described",
        "Nimbus Lamp is described, but stands in no list of the scope",
        "Service 'Nimbus Candle' is known by no rule and no row of names.toml: an entity of its own",
    }


@pytest.mark.parametrize(
    ("end", "what"),
    [
        ("Harbor Background", "ends before it describes its services"),
        ("The scope of places", "ends before it describes its services"),
        ("These harbor Edge", "ends before it describes its services"),
        ("Ground\n", "ends before it describes its services"),
        ("Keeping\n", "ends within the descriptions"),
        ("month.", "in the middle of a sentence"),
    ],
)
def test_a_report_that_was_cut_says_what_is_missing(end: str, what: str) -> None:
    with pytest.raises(BrokenDocument, match=what):
        extraction(TEXT[: TEXT.index(end)])
