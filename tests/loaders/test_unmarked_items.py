"""Lists whose bullets are lost, tables of sites with codes and states, and services that a sentence leaves out."""

from __future__ import annotations

import pytest

from loaders.layout.layout import Kind, Piece
from loaders.soc.controls.joining import joining_of
from loaders.soc.unmarked_lists import UnmarkedLists
from tests.loaders.soc_facts import change, fixture_text, stated

LARKSPUR = fixture_text("soc_2_larkspur")
REPORT = "assessment/larkspur-freight-systems/soc-2-type-2/2023-09-30"
FACILITIES = LARKSPUR[LARKSPUR.index("    • Office – Rotterdam") : LARKSPUR.index("The office in Lyon")]
COMMITMENTS = LARKSPUR[LARKSPUR.index("    Security\n") : LARKSPUR.index("F. Complementary User")]
UNMARKED = """Security

        Customer data is encrypted in transit and at rest.
        Access is granted on a
        need-to-know basis.

Availability

        The platform is available for 99.5% of every calendar month.

"""
DUTIES = """Access

        Customers remove the accounts of leavers from the planner within a day of the end
        of their work.
        Keys are kept apart.

Cargo

        Customers correct their waybills.

"""
SITES = """    Site    City         Country        Type           Status
    ROT1    Rotterdam    Netherlands    Office         In operation
    GRN2    Groningen    Netherlands    Data center    Closed on 31 March 2023
    PAR1    Paris        France         Data center    Closed in May 2022
    OSL1    Oslo         Norway         Office         Planned, opening in Q2 2024

"""


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        (["    Lamps", "    Ropes", "    Keys (of the lodge", "    and the gate)"], [1, 1, 2]),
        (["    Lamps are lit.", "    Ropes are", "    replaced. They are burnt."], [1, 2]),
        (["    Lamps of the harbor and of the long pier behind the old church", "    Tower"], [2]),
        (["    Lamps of", "    Harbors", "    Ropes"], [2, 1]),
        (["    Lamps     Ropes", "    Keys      Oars (of the", "              north)"], [1, 1, 1, 2]),
        (["  Lamps", "  Ropes"], []),
        (["    Lamp      Place", "    Tower     Hill"], []),
        (["    lamps and ropes", "    Keys"], []),
        (["      Lamps", "  Ropes"], []),
        (["    Lamps", "    - Ropes"], []),
    ],
)
def test_lines_set_in_below_their_announcement_are_items(lines: list[str], items: list[int]) -> None:
    text = [(1, "There are:"), (2, ""), *enumerate(lines, 3)]
    above = Piece(Kind.PARAGRAPH, "There are:", 1, 1, "There are:")
    found = UnmarkedLists(text, joining_of(text), 68).list_at(2, [above])
    assert [1 + item.last_line - item.first_line for item in (found[0] if found else ())] == items


def test_commitments_without_bullets_are_those_with_them() -> None:
    changed = change(LARKSPUR, lambda text: text.replace(COMMITMENTS, UNMARKED))
    assert (changed.gone, changed.new) == (frozenset(), frozenset())


def test_a_site_stands_in_its_town_and_is_in_scope_while_it_is_in_use() -> None:
    links = stated(LARKSPUR.replace(FACILITIES, SITES)).links
    scope = [link for link in links if link[1] == "IN_SCOPE_OF" and link[0].startswith("facility/")]
    found = {(start.split("/", 2)[2], str(end)) for start, _, end in scope}
    assert {start for start, _ in found} == {"office/rotterdam-netherlands", "data-center/groningen-netherlands"}
    assert [end for start, end in found if "groningen" in start] == [
        f"{REPORT} name_as_written=GRN2 Groningen Netherlands Data center Closed on 31 March 2023, to=2023-03-31"
    ]


def test_services_below_a_sentence_that_leaves_them_out_are_not_its_words() -> None:
    old = "The Fleet Tracker service is excluded from the scope of this report."
    listed = "The following services are not in the scope of this report:\n\n    • Fleet Tracker"
    said = "The following services are not in scope: Fleet Tracker and Tariff Finder."
    for new in (listed, said):
        links = stated(LARKSPUR.replace(old, new)).links
        found = {start.rsplit("/", 1)[1] for start, type_, _ in links if type_ == "EXCLUDED_FROM"}
        assert found == {"fleet-tracker", *(["tariff-finder"] if new is said else [])}


def _of_users(intro: str) -> dict[str, str | None]:
    """What users do by a report that says so in lines without bullets, with their areas."""
    table = LARKSPUR[
        LARKSPUR.index("    Number     Complementary user") : LARKSPUR.index("G. Complementary Subservice")
    ]
    values = stated(LARKSPUR.replace(table, f"{intro}\n\n{DUTIES}")).values
    areas = {id_: str(value) for id_, key, value in values if key == "area"}
    said = {
        id_: str(value) for id_, key, value in values if key == "statement" and id_.startswith("user-entity-control/")
    }
    return {statement: areas.get(id_) for id_, statement in said.items()}


@pytest.mark.parametrize(
    "intro",
    [
        "Customers should consider whether the controls below are in place.",
        "Harbors differ. The following complementary controls are expected of user entities.",
        "Customers are expected to have these controls:",
    ],
)
def test_controls_of_users_are_lines_set_in_below_a_sentence_that_leads_to_them(intro: str) -> None:
    assert _of_users(intro) == {
        "Customers remove the accounts of leavers from the planner within a day of the end of their work.": "Access",
        "Keys are kept apart.": "Access",
        "Customers correct their waybills.": "Cargo",
    }


@pytest.mark.parametrize(
    "intro", ["Customers should read the tariffs below.", "The following controls of customers were not tested."]
)
def test_lines_set_in_below_other_sentences_are_no_controls_of_users(intro: str) -> None:
    assert "Keys are kept apart." not in _of_users(intro)
