"""Coverage: what is stated of services under frameworks, and that silence is not a no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.coverage import Claims
from graph.sqlite.store import SqliteStore

Ask = Callable[..., Any]
Refused = Callable[..., tuple[str, str]]
CELLS = "cells { service { name } framework { name } status claims { status assessment { name } } }"


def cells(ask: Ask, arguments: str) -> dict[tuple[str, str], tuple[str, list[tuple[str, str]]]]:
    found = ask(f"{{ coverage({arguments}) {{ {CELLS} }} }}")["coverage"]["cells"]
    return {
        (cell["service"]["name"], cell["framework"]["name"]): (
            cell["status"],
            [(claim["assessment"]["name"], claim["status"]) for claim in cell["claims"]],
        )
        for cell in found
    }


def test_each_pair_has_a_cell_with_the_claims_behind_it(ask: Ask) -> None:
    assert cells(
        ask, 'services: ["northwind queue  SERVICE", "Northwind Tables"], frameworks: ["SOC 1", "framework/iso-27001"]'
    ) == {
        ("Northwind Queues", "SOC 1"): ("IN_SCOPE", [("SOC 1 Type 2 2023", "IN_SCOPE")]),
        ("Northwind Queues", "ISO 27001"): ("NAMED", [("ISO 27001", "NAMED")]),
        ("Northwind Tables", "SOC 1"): ("IN_SCOPE", [("SOC 1 Type 2 2023", "IN_SCOPE")]),
        ("Northwind Tables", "ISO 27001"): ("NOT_STATED", []),
    }


def test_no_list_means_all(ask: Ask) -> None:
    assert len(cells(ask, "asOf: null")) == 3 * 2
    assert len(cells(ask, 'frameworks: ["ISO 27001"]')) == 3
    assert cells(ask, "services: []") == {}


@pytest.mark.parametrize(
    ("day", "soc", "iso"),
    [
        ("2020-12-31", "NOT_STATED", "NOT_STATED"),
        ("2021-06-30", "NOT_STATED", "NAMED"),
        ("2023-01-01", "IN_SCOPE", "NAMED"),
        ("2023-12-31", "IN_SCOPE", "NAMED"),
        ("2024-01-01", "NOT_STATED", "NAMED"),
    ],
)
def test_a_day_keeps_periods_that_contain_it_and_earlier_claims_without_one(
    ask: Ask, day: str, soc: str, iso: str
) -> None:
    found = cells(ask, f'services: ["Northwind Objects"], asOf: "{day}"')
    assert {framework: status for (_, framework), (status, _) in found.items()} == {"SOC 1": soc, "ISO 27001": iso}


def test_a_claim_without_any_date_holds_on_no_day() -> None:
    claim = Claims("assessment/x", (), {}, None, None, None, ())
    assert (claim.holds(None), claim.holds("2023-01-01")) == (True, False)


@pytest.mark.parametrize(("start", "end", "holds"), [("2023", "2023", True), ("2023-02", "2023-03", False)])
def test_a_period_of_coarser_dates_holds_as_far_as_they_say(start: str, end: str, holds: bool) -> None:
    assert Claims("assessment/x", (), {}, start, end, None, ()).holds("2023-01-15") is holds


def test_unknown_names_are_refused(refused: Refused) -> None:
    code, message = refused('{ coverage(services: ["Northwind Rockets"]) { cells { status } } }')
    assert code == "BAD_USER_INPUT"
    assert message.startswith("no Service is called 'Northwind Rockets'")


def test_the_number_of_statements_does_not_grow_with_the_cells(ask: Ask, store: SqliteStore) -> None:
    before = store.statements
    ask('{ coverage(services: ["Northwind Tables"]) { cells { status service { name } } } }')
    one = store.statements - before
    ask("{ coverage { cells { status service { name } } } }")
    assert store.statements - before - one <= one
