"""Laws of groups: all stores count the same ones, of root lists and below nodes, and members add up."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import orjson
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graph.answering import Answering
from graph.model import MODEL, UNCITED_LABELS, Property
from graph.neo4j.store import Neo4jStore
from graph.planner import default_orders
from graph.selection import Connection, Many, Page, Shape, Total
from graph.store import Store
from tests.stores import selections
from tests.stores.invented import ids_of

SEEDS = st.integers(0, 2**32)
SETTINGS = settings(max_examples=40, deadline=None, derandomize=True, phases=[Phase.generate])


def plainly(answer: Any) -> Any:
    """An answer as a client reads it."""
    return orjson.loads(orjson.dumps(answer))


@SETTINGS
@given(SEEDS)
def test_all_stores_group_a_root_list_alike(loaded: dict[str, Store], seed: int) -> None:
    rng = Random(seed)
    label = rng.choice(MODEL.labels)
    facets, condition = selections.facets(rng, "facets", label, None), selections.condition(rng, label, 1)
    wanted = Connection(label, Page(1), default_orders(label), (Total("total"), facets), condition)
    answers: dict[str, Any] = {}
    for name, store in loaded.items():
        with store.snapshot() as snapshot:
            answers[name] = plainly(Answering(snapshot).connection(label, wanted))
    assert answers == dict.fromkeys(loaded, answers["referee"])
    found = answers["referee"]["facets"]
    if isinstance(facets.by, Property) and not facets.by.many and facets.first >= found["total"]:
        assert sum(group["c"] for group in found["groups"]) == answers["referee"]["total"]


@SETTINGS
@given(SEEDS)
def test_all_stores_group_what_a_relation_leads_to_alike(loaded: dict[str, Store], seed: int) -> None:
    rng = Random(seed)
    label = rng.choice([label for label in MODEL.labels if label not in UNCITED_LABELS])
    relation = rng.choice([r for r in MODEL.relations(label).values() if not r.one])
    parts = tuple(selections.facets(rng, f"facets{n}", relation.target, relation) for n in range(2))
    condition = selections.condition(rng, relation.target, 1, relation)
    wanted = Connection("below", Page(1), default_orders(relation.target), parts, condition)
    answers: dict[str, Any] = {}
    for name, store in loaded.items():
        with store.snapshot() as snapshot:
            shape = Shape({label: (Many("many", relation, wanted),)})
            answers[name] = plainly(Answering(snapshot).nodes(ids_of(label), shape))
    assert answers == dict.fromkeys(loaded, answers["referee"])


@pytest.fixture(autouse=True)
def no_remarks(loaded: dict[str, Store]) -> Iterator[None]:
    """The server remarks nothing: no misspelt word, no Cartesian product."""
    yield
    neo4j = loaded["neo4j"]
    assert isinstance(neo4j, Neo4jStore)
    assert list(neo4j.notices) == []
