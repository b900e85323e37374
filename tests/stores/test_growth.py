"""Laws of cost: what a statement reads is bounded by what it answers or writes, not by how much else there is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from neo4j import Session

from graph.merging import Edge, Node
from graph.model import MODEL
from graph.neo4j.server import RunningServer
from graph.neo4j.store import AnyTransaction, Neo4jStore
from graph.plan import Block, PropertyColumn, Rooted
from graph.planner import ID, default_orders
from graph.selection import Compare, Operator, Quantifier, Through
from graph.sqlite import compiling
from graph.sqlite.conditions import Parameters
from graph.sqlite.store import SqliteStore
from graph.store import Change

FEW, MANY = 100, 400


class Profiled(Neo4jStore):
    """A store that counts what its statements read and write in the database."""

    hits = 0

    def _ask(self, session: Session, until: float, text: str, values: Mapping[str, Any]) -> Iterator[list[Any]]:
        result = session.run(f"PROFILE {text}", dict(values))
        yield from result.values()
        self.hits += _hits(result.consume().profile or {})

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


def controls(count: int, report_: str = "soc-1") -> Change:
    """A report with so many controls."""
    report = Node("Assessment", f"assessment/nimbus/{report_}", {"name": report_})
    nodes = [Node("Control", f"control/nimbus/{report_}/{n}", {"name": f"Control {n}"}) for n in range(count)]
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


def test_a_list_of_one_report_costs_by_that_report(profiled: Profiled, tmp_path: Path) -> None:
    profiled.apply(controls(FEW))
    profiled.apply(controls(MANY, "soc-2"))
    named = Compare(ID, Operator.EQ, "assessment/nimbus/soc-1")
    ours = Through(MODEL.relations("Control")["assessment"], Quantifier.SOME, named)
    rooted = Rooted("Control", 10, default_orders("Control"), filter=ours, total=True)
    block, before = Block("Control", (PropertyColumn(ID),)), profiled.hits
    with profiled.snapshot() as snapshot:
        rows = snapshot.roots(rooted, block)
    assert (rows.total, len(rows.rows)) == (FEW, 10)
    assert profiled.hits - before < 20 * FEW
    with closing(SqliteStore(tmp_path / "store.db")) as store:
        store.prepare()
        parameters = Parameters()
        statement = compiling.root_statement(rooted, block, parameters)
        with closing(sqlite3.connect(store.path)) as connection:
            steps = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters.values).fetchall()
    assert "SEARCH t1 USING PRIMARY KEY (id=?)" in [step for *_, step in steps]
