"""Laws of writing, the same on every store: a document's facts come, change and go in one transaction."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from graph.answering import Answering
from graph.errors import LooseRelationships
from graph.ledger import put, stated_by, take
from graph.merging import Edge, Graph, Node
from graph.model import MODEL
from graph.neo4j.store import Neo4jStore
from graph.planner import default_orders
from graph.records import DocumentFacts
from graph.selection import Connection, Field, Many, Nodes, Page, Shape, Total, Value
from graph.sqlite.store import SqliteStore
from graph.store import Change, Store
from tests.northwind import SOC, page, report
from tests.stores.holding import whole
from tests.stores.invented import document, documents
from tests.stores.referee import Referee

RAIN = Node("Service", "service/nimbus/rain", {"name": "Rain", "namespaces": ("rn", "rain")})
REPORT = Node("Assessment", "assessment/nimbus/soc-1", {"name": "SOC 1", "period_months": (12, 6)})
SCOPE = Edge("IN_SCOPE_OF", RAIN.id, REPORT.id, {"citations": ("citation/a/1-1",), "assertion": "stated"})


@pytest.fixture(autouse=True)
def no_remarks(store: Store) -> Iterator[None]:
    """The server remarks nothing: no misspelt word, no Cartesian product."""
    yield
    if isinstance(store, Neo4jStore):
        assert list(store.notices) == []


def refereed(*facts: DocumentFacts) -> Graph:
    """What the referee holds after those documents."""
    referee = Referee()
    for one in facts:
        put(referee, one)
    return referee.graph


def test_a_new_store_is_empty(store: Store) -> None:
    assert store.documents() == []
    assert set(store.counts()[0].values()) | set(store.counts()[1].values()) == {0}
    assert whole(store) == Graph()


def test_a_total_is_of_what_was_written_last(store: Store) -> None:
    listed = Connection("list", Page(1), default_orders("Service"), (Total("total"),))
    for change, total in ((Change([RAIN]), 1), (Change(delete_nodes=[RAIN.id]), 0), (Change([RAIN, REPORT]), 1)):
        store.apply(change)
        with store.snapshot() as snapshot:
            assert Answering(snapshot).connection("Service", listed) == {"total": total}
        assert store.counts()[0]["Service"] == total


def test_what_is_put_is_read_back_whole(store: Store) -> None:
    store.apply(Change([RAIN, REPORT], [SCOPE]))
    assert store.nodes([RAIN.id, "service/nimbus/none"]) == [RAIN]
    assert store.leaving([RAIN.id], ["IN_SCOPE_OF", "PART_OF"]) == [SCOPE]
    assert store.arriving([REPORT.id], ["IN_SCOPE_OF", "HAS_CONTROL"]) == [SCOPE]
    assert store.leaving([REPORT.id], ["IN_SCOPE_OF"]) + store.arriving([RAIN.id], ["IN_SCOPE_OF"]) == []
    assert store.leaving([RAIN.id], ["PART_OF"]) == []
    assert whole(store) == Graph({RAIN.id: RAIN, REPORT.id: REPORT}, {SCOPE.key: SCOPE})


def test_a_node_that_is_put_again_is_replaced_whole(store: Store) -> None:
    store.apply(Change([RAIN, REPORT], [SCOPE]))
    dry = replace(RAIN, values={"description": "Dry."})
    partly = replace(SCOPE, values={**SCOPE.values, "qualification": "in part", "only_regions": ("a", "b")})
    store.apply(Change([dry], [partly]))
    assert whole(store) == Graph({RAIN.id: dry, REPORT.id: REPORT}, {SCOPE.key: partly})


def test_what_is_deleted_is_gone_and_all_else_stays(store: Store) -> None:
    store.apply(Change([RAIN, REPORT], [SCOPE]))
    store.apply(Change(delete_nodes=[RAIN.id], delete_edges=[SCOPE.key]))
    assert whole(store) == Graph({REPORT.id: REPORT})


def test_preparing_twice_changes_nothing(store: Store) -> None:
    store.apply(Change([RAIN]))
    store.prepare()
    assert whole(store) == Graph({RAIN.id: RAIN})


def test_a_document_is_read_back_from_the_store(store: Store) -> None:
    put(store, report())
    put(store, page())
    sha = report().sha256
    assert [node.values["sha256"] for node in store.documents()] == sorted([sha, page().sha256])
    assert [node.values["first_line"] for node in store.citations_of(sha)] == sorted(
        c.first_line for c in report().citations
    )
    evidence = store.arriving([node.id for node in store.citations_of(sha)], ["EVIDENCED_BY"])
    assert sorted((e.start, e.end) for e in evidence) == sorted((c.id, c.citation) for c in report().claims)
    assert sorted(stated_by(store, sha).citations, key=lambda c: c.id) == sorted(report().citations, key=lambda c: c.id)


def test_documents_that_come_change_and_go_leave_the_graph_of_what_is_left(store: Store) -> None:
    first, second, third = documents(3)
    for one in (first, second, third):
        put(store, one)
    assert whole(store) == refereed(first, second, third)
    changed = replace(document(0, Random(99)), document=first.document)
    put(store, changed)
    assert whole(store) == refereed(second, changed, third)
    take(store, second.sha256)
    assert whole(store) == refereed(changed, third)
    put(store, second, replaces=third.sha256)
    assert whole(store) == refereed(second, changed)


def test_the_same_document_again_writes_nothing(store: Store) -> None:
    put(store, report())
    assert put(store, report()).changed is False


@pytest.mark.parametrize("store", ["neo4j", "sqlite"], indirect=True)
def test_a_transaction_that_fails_in_the_middle_leaves_nothing(store: Store) -> None:
    with pytest.raises(KeyError, match="NO_SUCH_TYPE"):
        store.apply(Change([RAIN, REPORT], [SCOPE, replace(SCOPE, type="NO_SUCH_TYPE")]))
    assert whole(store) == Graph()


@pytest.mark.parametrize("store", ["neo4j", "sqlite"], indirect=True)
def test_a_relationship_without_an_end_is_refused_with_all_of_its_change(store: Store) -> None:
    with pytest.raises(LooseRelationships, match="1 relationships IN_SCOPE_OF"):
        store.apply(Change([RAIN], [SCOPE]))
    assert whole(store) == Graph()


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_node_that_still_has_a_relationship_is_not_deleted(store: Store) -> None:
    store.apply(Change([RAIN, REPORT], [SCOPE]))
    with pytest.raises(LooseRelationships, match="1 relationships IN_SCOPE_OF"):
        store.apply(Change(delete_nodes=[RAIN.id]))
    assert RAIN.id in whole(store).nodes


@pytest.mark.parametrize("store", ["neo4j", "sqlite"], indirect=True)
def test_writers_wait_for_one_another(store: Store) -> None:
    done: list[str] = []

    def tell() -> None:
        put(other, report())
        done.append("other")

    with ThreadPoolExecutor() as pool, closing(again(store)) as other:
        with store.alone():
            waiting = pool.submit(tell)
            time.sleep(0.5)
            assert done == []
            done.append("first")
        waiting.result(30)
    assert done == ["first", "other"]


def again(store: Store) -> Store:
    """The same store, opened once more."""
    if isinstance(store, SqliteStore):
        return SqliteStore(store.path)
    assert isinstance(store, Neo4jStore)
    return Neo4jStore(store.url)


def many(label: str, name: str, *fields: Field) -> Many:
    """All of a list below a node, with its names."""
    relation = MODEL.relations(label)[name]
    target = str(relation.target)
    return Many(name, relation, everything(target, *fields))


def everything(label: str, *fields: Field) -> Connection:
    """All nodes of a label, with their names."""
    shape = Shape({label: (Value("name", MODEL.node(label).prop("name")), *fields)})
    return Connection(label, Page(100), default_orders(label), (Nodes("nodes", shape),))


def test_four_levels_take_two_statements_whatever_the_number_of_rows(store: Store) -> None:
    tree = everything(
        "Service", many("Service", "assessments", many("Assessment", "controls", many("Control", "tests")))
    )

    def asked() -> tuple[int, Any]:
        before = store.statements
        with store.snapshot() as snapshot:
            answer = Answering(snapshot).connection("Service", tree)
        return store.statements - before, answer

    put(store, report())
    few, small = asked()
    services = [Node("Service", f"service/nimbus/{n}", {"name": f"Rain {n}"}) for n in range(50)]
    store.apply(Change([*services], [replace(SCOPE, start=s.id, end=SOC) for s in services]))
    more, great = asked()
    assert (few, more) == (2, 2)
    assert (len(small["nodes"]), len(great["nodes"])) == (3, 53)


def test_a_name_that_is_missing_stands_at_the_end_of_its_list(store: Store) -> None:
    nameless = Node("Service", "service/a/a", {})
    store.apply(Change([nameless, RAIN]))
    with store.snapshot() as snapshot:
        found = Answering(snapshot).connection("Service", everything("Service"))
    assert found == {"nodes": [{"name": "Rain"}, {"name": None}]}
