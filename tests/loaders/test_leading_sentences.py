"""What stands before a list says whether it is in scope; a sentence about something else says nothing of it."""

from __future__ import annotations

import pytest

from loaders.soc.leading_sentences import besides, leading, leaves_out
from tests.loaders.larkspur import links, scope, with_part

HOSTED = "The platform runs on Amazon Web Services, Inc. (“AWS”), a subservice organization (carve-out method).\n\n"
REGIONS = """

| AWS Region | Use |
|---|---|
| eu-west-1 | Primary |
| eu-central-1 | Backup |
"""
BULLETS = """

- eu-west-1 (primary)
- eu-central-1 (backup)
"""
OFFICES = """

| Location | Type |
|---|---|
| Oslo, Norway | Office |
| Cork, Ireland | Office |
"""
SERVICES = """

| Service | Reason |
|---|---|
| Rill Ledger | Trial |
| Rill Vault | Trial |
"""
ITEMS = """

- Rill Ledger
- Rill Vault
"""
BOTH = {"rill-ledger", "rill-vault"}


@pytest.mark.parametrize(
    "words",
    [
        "The table lists the AWS Regions. A third Region, Stockholm (eu-north-1), is planned for 2025.",
        "The AWS Regions are shown below. Larkspur considered Milan as a further Region, and stores nothing there.",
        "Stockholm will be added as a Region in 2025.",
    ],
)
@pytest.mark.parametrize("table", [REGIONS, BULLETS])
def test_a_region_that_is_not_used_silences_no_list_below_its_sentence(words: str, table: str) -> None:
    lead = "The platform runs in the following Regions. " if table is BULLETS else ""
    assert set(scope(with_part("C", f"{HOSTED}{lead}{words}{table}"), "region")) == {"eu-west-1", "eu-central-1"}


@pytest.mark.parametrize(
    "words",
    [
        "The following Regions were evaluated and are not used:",
        "The AWS Regions below were not used in the period.",
        "The Regions are planned for January 2025.",
        "They are planned.",
        "The following Regions were retired. What they held was erased.",
        "The AWS Regions are listed below. These are planned, as is Stockholm.",
    ],
)
@pytest.mark.parametrize("table", [REGIONS, BULLETS])
def test_words_about_the_list_itself_silence_it(words: str, table: str) -> None:
    assert scope(with_part("C", f"{HOSTED}{words}{table}"), "region") == {}


def test_a_member_that_the_words_above_a_table_call_unused_is_not_read() -> None:
    words = "The table lists the AWS Regions. Larkspur reserved the Region eu-central-1 and stores nothing there."
    assert set(scope(with_part("C", f"{HOSTED}{words}{REGIONS}"), "region")) == {"eu-west-1"}


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("The offices are listed below. An office in Bergen, Norway is planned.", True),
        ("The following offices were closed before the period:", False),
        ("The table names offices that were formerly used.", False),
    ],
)
def test_offices_in_a_table_are_read_unless_its_own_words_say_that_they_are_not_in_use(words: str, read: bool) -> None:
    found = set(scope(with_part("C", f"{words}{OFFICES}"), "facility"))
    assert (found & {"oslo-norway", "cork-ireland"} == {"oslo-norway", "cork-ireland"}) is read
    assert read or not found & {"oslo-norway", "cork-ireland"}


@pytest.mark.parametrize(
    "words",
    [
        "The following services are not in the scope of this report.",
        "The services in the table are excluded from the scope of this report:",
        "The following services are sold by Larkspur and are not in the scope of this report.",
    ],
)
def test_a_table_of_services_that_its_words_leave_out_is_left_out(words: str) -> None:
    found = with_part("B", words + SERVICES, "Products")
    assert scope(found, "service") == {}
    assert {start for start, _ in links(found, "service", "EXCLUDED_FROM")} == BOTH


@pytest.mark.parametrize(
    ("words", "below"),
    [
        ("The following services are in the scope of this report. Rill Market, a trial, is not in scope.", SERVICES),
        ("This report covers the following services and excludes all others:", ITEMS),
        ("The following services are in the scope of this report; Rill Market, a trial, is not in scope:", ITEMS),
    ],
)
def test_words_that_leave_out_something_else_leave_the_list_in(words: str, below: str) -> None:
    found = with_part("B", words + below, "Products")
    assert set(scope(found, "service")) == BOTH
    assert not BOTH & {start for start, _ in links(found, "service", "EXCLUDED_FROM")}


def test_a_list_of_which_a_sentence_says_both_is_neither_in_scope_nor_out_of_it() -> None:
    words = "The following services were included in the scope of the last report and are not included in this report:"
    for below in (ITEMS, SERVICES):
        found = with_part("B", words + below, "Products")
        assert scope(found, "service") == {}
        assert links(found, "service", "EXCLUDED_FROM") == set()


@pytest.mark.parametrize(
    ("sentence", "out"),
    [
        ("The following services are in scope:", False),
        ("The report does not cover the following services, which are covered by another report:", True),
        ("Services that are not listed are out of scope; the following services are in scope:", False),
        ("The system includes the following services, but the following are not examined:", None),
        ("The services not in scope are listed in the second table, those in scope in the first.", None),
    ],
)
def test_what_a_sentence_says_of_its_list(sentence: str, out: bool | None) -> None:
    assert leaves_out(sentence) is out


def test_the_sentences_of_a_paragraph_are_parted_by_whether_they_speak_of_the_list() -> None:
    text = "Larkspur is old. The sites are listed below. Bergen is planned. All of them are locked."
    assert leading(text) == ("The sites are listed below.", "All of them are locked.")
    assert besides(text) == ("Larkspur is old.", "Bergen is planned.")


def test_the_services_that_a_clause_speaks_of_are_no_name() -> None:
    words = "The services that are not in the scope of this report have trial users alone."
    assert links(with_part("B", words, "Services in Scope"), "service", "EXCLUDED_FROM") == set()


@pytest.mark.parametrize(
    "words",
    [
        "The sites are below. An office in Bergen was closed, and one in Sarpsborg is planned; neither is covered.",
        "The sites are below. A site in Bergen was closed, and one in Sarpsborg is planned, neither of which is used.",
        "The sites are below; an office in Bergen was closed.",
        "The sites are below. Offices in Bergen and Moss were closed in 2021; both are out of scope.",
        "The sites are below. A site in Bergen was closed in 2021. It is not covered.",
        "The sites are below. A site in Bergen was closed and one in Sarpsborg is planned. They are not covered.",
    ],
)
def test_what_takes_up_another_place_says_nothing_of_the_list(words: str) -> None:
    assert leading(words)[0].startswith("The sites are below")
    assert set(scope(with_part("C", f"{words}{OFFICES}"), "facility")) >= {"oslo-norway", "cork-ireland"}


@pytest.mark.parametrize(
    "words",
    [
        "The sites are below. Neither is covered.",
        "The sites are below. A site in Bergen was closed in 2021. They are not covered.",
        "The sites are below. They were closed in 2021.",
        "The sites are below; they were closed in 2021.",
    ],
)
def test_what_may_mean_the_list_silences_it(words: str) -> None:
    assert not {"oslo-norway", "cork-ireland"} & set(scope(with_part("C", f"{words}{OFFICES}"), "facility"))


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("The platform runs in the AWS Regions below. A customer chooses the Region when it is set up.", True),
        ("The platform runs in the AWS Regions below. Customers may select one of them.", True),
        ("The platform runs in the AWS Regions below. The Region can be chosen by the customer.", True),
        ("The platform may run in the AWS Regions below. A customer chooses the Region.", False),
        ("The platform runs in the AWS Regions below. Customers will choose among them from 2026.", False),
        ("Customers may choose among the following AWS Regions.", False),
    ],
)
def test_that_customers_choose_a_region_of_a_list_does_not_silence_it(words: str, *, read: bool) -> None:
    assert bool(scope(with_part("C", f"{HOSTED}{words}{REGIONS}"), "region")) is read


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("The sites are below. The office in Cork is not in scope.", False),
        ("The sites are below. Cork, Ireland is planned for 2025 and was not in use.", False),
        ("The sites are below. An office in Cork, Canada is planned for 2025.", True),
        ("The sites are below. An office in Corkham is planned for 2025.", True),
        ("The sites are below. Offices in Cork and Moss are planned for 2025.", False),
        ("The sites are below. The office in Cork, Ireland was closed on March 31, 2023.", True),
    ],
)
def test_a_place_that_the_words_above_a_table_leave_out_is_not_read(words: str, *, read: bool) -> None:
    found = set(scope(with_part("C", f"{words}{OFFICES}"), "facility"))
    assert "oslo-norway" in found
    assert ("cork-ireland" in found) is read
