"""What stands in the appendices of a report: who owns its controls, how often they operate, and what terms mean."""

from __future__ import annotations

import pytest

from tests.loaders.soc_facts import Stated, change, fixture_text, replaced, stated

LARKSPUR = fixture_text("soc_2_larkspur")
TABLE = LARKSPUR[
    LARKSPUR.index("    Criteria   Control  ") : LARKSPUR.index("V. Other Information Provided by Larkspur\n\n")
]
CONTROLS = """
    Control    Description                      Criteria   Test of controls               Result

    LF-01      Access is granted after          CC6.2      Inspected a sample of          No exceptions noted.
               approval.                                   approvals.

    LF-02      Keys of the cranes are           CC6.4      Inspected the list of keys.    No exceptions noted.
               counted.

    LF-03      Screens are locked.              CC6.1      Inspected a sample of          No exceptions noted.
                                                           screens.
"""
REGISTER = """
Appendix A Register of the crews
The table tells who answers for each control.

    Control      Owner                    Frequency              Type

    LF-01        Pier Office              Weekly                 Manual

    LF-02        Crane Crew               Every other tide       Manual

    LF-03        Pier Office              Continuous             Automated
"""
TERMS = """
Appendix B Glossary

    Term              Meaning

    Berth             A place at which a ship lies.

    Crane crew        Those who may move a crane.

"""
TEXT = LARKSPUR.replace(TABLE, CONTROLS).replace(
    "V. Other Information Provided by Larkspur\n\n", f"{REGISTER}\nV. Other Information Provided by Larkspur\n\n"
)


def _attributes(found: Stated) -> dict[str, dict[str, object]]:
    told: dict[str, dict[str, object]] = {}
    for id_, key, value in found.values:
        if id_.startswith("control/") and key in ("owner", "frequency", "nature"):
            told.setdefault(id_.split("/")[-1], {})[key] = value
    return told


JOINED = {
    "lf-01": {"owner": "Pier Office", "frequency": "weekly", "nature": "manual"},
    "lf-02": {"owner": "Crane Crew", "nature": "manual"},
    "lf-03": {"owner": "Pier Office", "frequency": "continuous", "nature": "automated"},
}


def test_a_table_of_numbers_and_attributes_in_an_appendix_is_joined_to_the_controls() -> None:
    found = stated(TEXT)
    assert _attributes(found) == JOINED
    assert "LF-02: no known wording of a frequency: 'Every other tide'" in found.warnings
    statements = {value for id_, key, value in found.values if id_.startswith("control/") and key == "statement"}
    assert statements == {"Access is granted after approval.", "Keys of the cranes are counted.", "Screens are locked."}


def test_such_a_table_may_stand_in_rows_by_tabs_before_the_controls() -> None:
    rows = "\n".join("\t".join(line.split("  ")) for line in (
        "Control ID  Control owner  Nature", "LF-01  Pier Office  Manual", "LF-03  Crane Crew  Automated"
    ))  # fmt: skip
    text = TEXT.replace(REGISTER, "").replace("D. Facilities", f"{rows}\n\nD. Facilities")
    assert _attributes(stated(text)) == {
        "lf-01": {"owner": "Pier Office", "nature": "manual"},
        "lf-03": {"owner": "Crane Crew", "nature": "automated"},
    }


def test_a_number_that_no_control_has_is_named() -> None:
    found = stated(TEXT.replace("    LF-02        Crane Crew", "    LF-09        Crane Crew"))
    assert {number: said for number, said in JOINED.items() if number != "lf-02"} == _attributes(found)
    assert "the table tells attributes of LF-09, the number of no control of the report" in found.warnings


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "Owner                    Frequency              Type",
            "Risk owner               Risk                   Kind",
        ),
        (
            "Owner                    Frequency              Type",
            "Owner                    Response               Kind",
        ),
        (
            "Owner                    Frequency              Type",
            "Tide                     Test frequency         Wind",
        ),
    ],
)
def test_the_owner_of_a_risk_or_of_a_response_is_none_of_the_control(old: str, new: str) -> None:
    assert not _attributes(stated(TEXT.replace(old, new)))


def test_a_glossary_may_be_an_appendix_and_a_footer_is_no_term() -> None:
    last = "Larkspur will open a data center in Gdansk, Poland."
    pages = "".join(f"\n\nOpen to crews alone                                Page {n}\n\f" for n in (1, 2, 3))
    found = change(TEXT, replaced(last, f"{last}\n{TERMS}{pages}"))
    terms = {(key, value) for id_, key, value in found.new if id_.startswith("glossary-term/") and key == "name"}
    assert {value for _, value in terms} == {"Berth", "Crane crew"}


def test_a_glossary_ends_with_its_section_where_the_title_of_the_next_stands_right_above_a_text() -> None:
    title = "IV. Criteria, Related Controls, Tests of Controls and Results"
    contents = f"Table of Contents\n  I. Report of the Service Auditor      1\n  {title}      9\n\n"
    last = "Larkspur will open a data center in Gdansk, Poland."
    below = f"{title}\nThe crews are called to the piers by a bell.\n\nTide – it comes and goes.\n"
    found = stated(f"{contents}{TEXT.replace(last, f'{last}{chr(10)}{TERMS}{below}')}")
    names = {value for id_, key, value in found.values if id_.startswith("glossary-term/") and key == "name"}
    assert names == {"Berth", "Crane crew"}


def test_a_glossary_that_a_list_of_contents_names_without_its_page_is_none_there() -> None:
    last = "Larkspur will open a data center in Gdansk, Poland."
    contents = "1 Register\n\nAppendix A Register of the crews\n\nAppendix B Glossary\n\n\n\f\nPreface\n\n"
    text = TEXT.replace(last, f"{last}\n{TERMS}")
    start = text.index("I. Independent Service Auditor’s Report\n\nTo")
    found = stated(f"{text[:start]}{contents}{text[start:]}")
    names = {value for id_, key, value in found.values if id_.startswith("glossary-term/") and key == "name"}
    assert names == {"Berth", "Crane crew"}


@pytest.mark.parametrize("title", ["VI. Key Terms", "Terms", "XIV. List of Terms"])
def test_a_glossary_may_be_called_by_its_terms_below_the_number_of_a_section(title: str) -> None:
    last = "Larkspur will open a data center in Gdansk, Poland."
    terms = "Berth – a place at which a ship lies.\n\nCrane crew – those who may move\na crane.\n"
    found = change(TEXT, replaced(last, f"{last}\n\n\n{title}\n\n{terms}"))
    told = {str(value) for id_, key, value in found.new if id_.startswith("glossary-term/") and key == "definition"}
    assert told == {"a place at which a ship lies.", "those who may move a crane."}


def test_the_system_is_named_behind_its_system_of_and_no_company_is_one() -> None:
    own = "Larkspur’s accompanying description of its Dispatch Cloud Platform (the\n“System”) found"
    words = "Larkspur’s accompanying description, in Section III, of its system of Dispatch and Towing Services found"
    text = LARKSPUR.replace(own, words).replace("Dispatch Cloud Platform", "system")
    assert text != LARKSPUR.replace("Dispatch Cloud Platform", "system")
    text = text.replace(
        "The description\nexcludes the controls of these subservice organizations",
        "The description\nexcludes the controls of Amazon Web Services, Inc. and Quillon Print Services\nLtd.",
    )
    assert "Dispatch and Towing Services" in {value for _, key, value in stated(text).values if key == "system_name"}


def test_a_sentence_beside_a_service_says_since_when_it_is_in_scope_where_it_says_nothing_else() -> None:
    own = (
        "The services in scope of this report are Route Planner, Waybill Hub, and Customs Gateway (from 1\nApril 2023)."
    )
    rows = (
        "The following services are in the scope of this report:\n\n"
        "Service\tContent\n"
        "Route Planner\tRoutes of ships. Offered since 2 May 2023.\n"
        "Waybill Hub\tBills of ships. Its first bill was printed on 3 March 2023.\n\n"
    )
    assert own in LARKSPUR
    found = {
        start.split("/")[-1]: str(end)
        for start, type_, end in stated(LARKSPUR.replace(own, rows)).links
        if type_ == "IN_SCOPE_OF"
    }
    assert "from=2023-05-02" in found["route-planner"] and "2023-03-03" not in found["waybill-hub"]
