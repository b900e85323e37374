"""Text without blank lines, as a plain copy of a report has it: titles, signatures and furniture among sentences."""

from __future__ import annotations

from loaders.inputs.documents import document_from
from loaders.names.resolution import read_names
from loaders.soc.pieces import read_soc_pieces
from loaders.soc.provider import introductions, read_provider
from tests.loaders.larkspur import with_part
from tests.loaders.soc_facts import fixture_text, stated

LARKSPUR = fixture_text("soc_2_larkspur")
OPINION = ("opinion", "opinion_date", "emphasis")


def without_blank_lines(text: str) -> str:
    start, end = text.index("Service Auditor’s Responsibilities"), text.index("II. Assertion of Larkspur Man", 1200)
    bare = "\n".join(line for line in text[start:end].split("\n") if line.strip())
    return f"{text[:start]}{bare}\n{text[end:]}"


def told(text: str) -> set[tuple[str, str]]:
    found = stated(text)
    links = {(name, str(end)) for _, name, end in found.links if name in ("QUALIFIED_ON", "EXAMINED_BY")}
    return links | {(key, str(value)) for _, key, value in found.values if key in OPINION}


def test_titles_and_signatures_are_found_without_blank_lines() -> None:
    assert told(without_blank_lines(LARKSPUR)) == told(LARKSPUR)
    assert len(told(LARKSPUR)) == 5


def test_a_running_header_that_is_the_auditors_name_hides_no_signature() -> None:
    numbers = [line for line in LARKSPUR.split("\n") if line.strip().isdigit()]
    assert len(numbers) > 5
    paged = LARKSPUR
    for line in numbers:
        paged = paged.replace(f"\n{line}\n", f"\n{line}\nTamarind Assurance LLP\n")
    assert told(paged) == told(LARKSPUR)


def test_an_item_goes_on_in_a_line_that_is_not_set_in() -> None:
    services = (
        "B. Services Included in the Scope of This Report\n\n"
        "·\tRoute Planner\n·\tDesk for Merchants and Their\nAffiliated Groups\n"
        "·\tWaybill Hub (through 31 March 2023, when the service was discontinued)\n\n"
        "Services Not Included in the Scope of This Report\n\n·\tFleet Tracker\n"
    )
    start, end = LARKSPUR.index("B. Services in Scope"), LARKSPUR.index("C. Infrastructure")
    found = stated(f"{LARKSPUR[:start]}{services}\n{LARKSPUR[end:]}")
    scope = {(name, start.split("/")[-1]) for start, name, _ in found.links if start.startswith("service/")}
    assert scope >= {
        ("IN_SCOPE_OF", "route-planner"),
        ("IN_SCOPE_OF", "desk-for-merchants-and-their-affiliated-groups"),
        ("IN_SCOPE_OF", "waybill-hub"),
        ("EXCLUDED_FROM", "fleet-tracker"),
    }
    assert any("to=2023-03-31" in str(end) for _, _, end in found.links)


def test_an_item_with_an_open_bracket_goes_on_below_the_end_of_a_page() -> None:
    text = (
        "Users\n\n  (a) Users lock doors. (Related\n\n\f\n      criterion CC6.4)\n  (b) Users shut gates. (CC6.5)\n\n"
    )
    pieces = read_soc_pieces(document_from(text.encode(), "report.txt"))
    assert [piece.text for piece in pieces[1:]] == [
        "Users lock doors. (Related criterion CC6.4)",
        "Users shut gates. (CC6.5)",
    ]


def test_a_provider_has_its_short_name_also_behind_that_of_its_system() -> None:
    text = "We have examined the Harbor Booking System of Larkspur Freight, Inc. (“Larkspur”)."
    pieces = read_soc_pieces(document_from(text.encode(), "report.txt"))
    assert [one[:2] for one in introductions(pieces)] == [("Larkspur Freight, Inc.", "Larkspur")]


def test_codes_alone_on_a_line_are_of_the_control_above_where_codes_stand_behind_the_others() -> None:
    said = """
The list is not complete.

- CUEC-1 User entities name those who may sign. CC6.1
- CUEC-2 User entities tell of storms without delay. CC7.3, CC7.4
- CUEC-3 User entities answer the letters that the harbor sends to
  them.

P5.1, P5.2

- CUEC-4 User entities keep plans of their own. A1.3
"""
    found = with_part("F", said, "Complementary User Entity Controls")
    ends = {(start[-1], str(end).split("/")[-1]) for start, type_, end in found.links if type_ == "COMPLEMENTS"}
    assert {end for end in ends if end[0] in "1234"} >= {("1", "cc6.1"), ("2", "cc7.3"), ("2", "cc7.4"), ("4", "a1.3")}
    assert ("4", "p5.1") not in ends
    assert {value for _, key, value in found.values if key == "statement" and "User" in str(value)} == {
        "User entities name those who may sign.",
        "User entities tell of storms without delay.",
        "User entities answer the letters that the harbor sends to them.",
        "User entities keep plans of their own.",
    }


def test_the_head_of_a_long_name_of_a_system_is_no_provider() -> None:
    text = (
        "SECTION I – Independent Service Auditors’ Report\n\nWe have examined the description of the Larkspur Cargo "
        "Booking and Customs System of Larkspur Freight, Inc. (“Larkspur”) for the period.\n\n"
    )
    pieces = read_soc_pieces(document_from(text.encode(), "report.txt"))
    found = read_provider(read_names(), [], pieces)
    assert found is not None
    assert found.found.name == "Larkspur Freight"


def test_numbers_that_touch_the_controls_of_users_are_none_of_their_words() -> None:
    said = """
   # Control to be in place at the user entity                                          Related criteria

   1 User entities name those who may sign.                                             CC6.1

   2 User entities tell of storms without delay.                                        CC7.3
"""
    values = with_part("F", said, "Complementary User Entity Controls").values
    told = {(key, value) for id_, key, value in values if "user-entity" in id_ and key in ("number", "statement")}
    assert told == {
        ("number", "1"),
        ("number", "2"),
        ("statement", "User entities name those who may sign."),
        ("statement", "User entities tell of storms without delay."),
    }
