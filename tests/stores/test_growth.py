"""Laws of cost: what a statement reads is bounded by what it answers or writes, not by how much else there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any

import pytest

from graph.merging import Edge, Node
from graph.neo4j.server import RunningServer
from graph.neo4j.store import AnyTransaction, Neo4jStore
from graph.store import Change

FEW, MANY = 100, 400


class Profiled(Neo4jStore):
    """A store that counts what its statements read and write in the database."""

    hits = 0

    def _run(self, transaction: AnyTransaction, text: str, values: Mapping[str, Any]) -> list[list[Any]]:
        result = transaction.run(f"PROFILE {text}", values)  # type: ignore[arg-type]
        rows = result.values()
        self.hits += _hits(result.consume().profile or {})
        return rows


def _hits(plan: Mapping[str, Any]) -> int:
    return int(plan.get("dbHits", 0)) + sum(map(_hits, plan.get("children", ())))


@pytest.fixture
def profiled(neo4j_server: RunningServer, neo4j_store: Neo4jStore) -> Iterator[Profiled]:
    """Such a store, empty, with its indexes."""
    with closing(Profiled(neo4j_server.bolt_url)) as store:
        yield store


def controls(count: int) -> Change:
    """A report with so many controls."""
    report = Node("Assessment", "assessment/nimbus/soc-1", {"name": "SOC 1"})
    nodes = [Node("Control", f"control/nimbus/soc-1/{n}", {"name": f"Control {n}"}) for n in range(count)]
    edges = [Edge("HAS_CONTROL", report.id, node.id, {"citations": (), "assertion": "stated"}) for node in nodes]
    return Change([report, *nodes], edges)


def test_the_first_facts_of_a_database_cost_by_their_number(profiled: Profiled, wipe: Callable[[], None]) -> None:
    """The server plans by what was committed before, where there was nothing yet."""
    hits = {}
    for count in (FEW, MANY):
        wipe()
        before = profiled.hits
        profiled.apply(controls(count))
        hits[count] = profiled.hits - before
    assert hits[MANY] <= hits[FEW] * MANY / FEW
    profiled.apply(controls(MANY))
    assert profiled.counts()[1]["HAS_CONTROL"] == MANY
