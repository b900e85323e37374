"""Who has to do what for a service: what is marked for it, and what holds for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.northwind import SOC

Ask = Callable[..., Any]
Refused = Callable[..., tuple[str, str]]
QUERY = """query($service: String!, $assessment: ID) { responsibilities(service: $service, assessment: $assessment) {
    service { name } assessment { id } category
    controls { specific { number } general { number } } userEntityControls { specific { id } general { id } } } }"""
NOTHING: dict[str, list[Any]] = {"specific": [], "general": []}


def test_what_is_marked_for_the_service_and_what_holds_for_all(ask: Ask) -> None:
    assert ask(QUERY, service="Northwind Queue Service")["responsibilities"] == {
        "service": {"name": "Northwind Queues"},
        "assessment": {"id": SOC},
        "category": None,
        "controls": {"specific": [], "general": [{"number": n} for n in ("1.1", "1.2", "1.10", "2.1")]},
        "userEntityControls": NOTHING,
    }
    assert ask(QUERY, service="Northwind Objects")["responsibilities"]["controls"]["specific"] == [{"number": "2.2"}]


def test_an_assessment_can_be_named(ask: Ask) -> None:
    found = ask(QUERY, service="Northwind Objects", assessment="assessment/northwind/iso-27001/2021")
    assert found["responsibilities"]["controls"] == NOTHING


def test_unknown_services_and_assessments_are_refused(refused: Refused) -> None:
    assert refused(QUERY, service="Rockets")[1].startswith("no Service is called 'Rockets'")
    assert refused(QUERY, service="Northwind Objects", assessment="x")[1].startswith("no assessment has the id 'x'")
