"""Complementary user entity controls that stand among the tests, under the objective to which they belong."""

from __future__ import annotations

from tests.loaders.soc_facts import Stated, fixture_text, stated

FERRUM = fixture_text("soc_1_ferrum")
TESTS = """Section 4: Ferrum's Control Objectives and Related Controls
\f
Control Objective 1: Logical Access
Controls provide reasonable assurance that access to the hub
is limited.

Complementary User Entity Controls

 • Employers are expected to name those who may sign in,
   and to tell Ferrum of changes.
 • Employers are expected to keep tokens under lock and key.

Controls
1.01 Access is approved.
 • Approvals of administrators are kept in the register of the hub.
\f
Control Objective 2: Payroll Processing
Controls provide reasonable assurance that payroll is
complete.

Complementary User Entity Controls

 • Employers are expected to send the hours of a week by Monday.

Controls
2.01 Totals are compared.
\f
Control Objective 3: Delivery
Controls provide reasonable assurance that statements are
delivered.

Controls
3.01 Statements are counted.
"""


def _with_tests(users: str) -> Stated:
    start, end = FERRUM.index("Complementary User Entity"), FERRUM.index("Complementary Subservice")
    return stated(f"{FERRUM[:start]}{users}\n\n{FERRUM[end : FERRUM.index('Section 4')]}{TESTS}")


def _statements(found: Stated) -> dict[str, object]:
    of = (fact for fact in found.values if fact[0].startswith("user-entity-control/") and fact[1] == "statement")
    return {id_.split("/")[-1]: value for id_, _, value in of}


def test_items_below_the_heading_of_each_objective_complement_it_though_its_words_come_again_on_each_page() -> None:
    found = _with_tests("Controls of employers stand in Section 4.")
    assert _statements(found) == {
        "1": "Employers are expected to name those who may sign in, and to tell Ferrum of changes.",
        "2": "Employers are expected to keep tokens under lock and key.",
        "3": "Employers are expected to send the hours of a week by Monday.",
    }
    ends = {(start, str(end)) for start, type_, end in found.links if type_ == "COMPLEMENTS" and "user-" in start}
    assert {(start[-1], end[-1]) for start, end in ends} == {("1", "1"), ("2", "1"), ("3", "2")}


def test_what_the_description_lists_already_is_not_told_twice() -> None:
    said = "Employers are expected to keep tokens under lock and key."
    found = _with_tests(f"Complementary User Entity Controls\n\n- {said}")
    assert sorted(map(str, _statements(found).values())).count(said) == 1
    assert len(_statements(found)) == 3
