"""Laws of reading: all stores answer every Selection alike, and the server never has anything to remark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import orjson
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graph.answering import Answering
from graph.cursors import decode_cursor
from graph.model import MODEL, UNCITED_LABELS, Direction
from graph.neo4j.store import Neo4jStore
from graph.planner import ID, default_orders
from graph.selection import (
    And,
    Compare,
    Connection,
    Cursor,
    EdgeNode,
    Edges,
    Filter,
    Many,
    Nodes,
    Operator,
    Or,
    Page,
    PageInfo,
    Part,
    Quantifier,
    Shape,
    Through,
    Value,
)
from graph.store import Store
from tests.stores import selections
from tests.stores.invented import ids_of

SEEDS = st.integers(0, 2**32)
SETTINGS = settings(max_examples=80, deadline=None, derandomize=True, phases=[Phase.generate])
"""A smaller seed is no simpler Selection, so that nothing is shrunk."""
BACK = PageInfo("page", (("more", "hasPreviousPage"), ("start", "startCursor")))
PAGES = PageInfo("page", (("more", "hasNextPage"), ("end", "endCursor")))


def answer(store: Store, label: str, connection: Connection) -> bytes:
    """The answer as it would be sent."""
    with store.snapshot() as snapshot:
        return orjson.dumps(Answering(snapshot).connection(label, connection))


@SETTINGS
@given(SEEDS)
def test_all_stores_answer_a_selection_alike(loaded: dict[str, Store], seed: int) -> None:
    label, connection = selections.root(Random(seed))
    answers = {name: orjson.loads(answer(store, label, connection)) for name, store in loaded.items()}
    assert answers["sqlite"] == answers["referee"]
    assert answers["neo4j"] == answers["referee"]


def test_a_deep_condition_below_three_lists_has_an_answer(loaded: dict[str, Store]) -> None:
    """The parser of SQLite has a bottom, so that a list with a deep condition is taken out of what nests it."""
    wanted: Filter = Compare(MODEL.node("Control").prop("name"), Operator.CONTAINS, "rain")
    for relation in ("tests", "control", "tests", "control"):
        label = "Control" if relation == "tests" else "ControlTest"
        wanted = Or((wanted, Through(MODEL.relations(label)[relation], Quantifier.SOME, wanted)))
    parts: tuple[Part, ...] = (Edges("edges", (EdgeNode("node", Shape({"ControlTest": (Value("id", ID),)})),)),)
    for label, field in (("Control", "tests"), ("ControlObjective", "controls"), ("Assessment", "objectives")):
        relation_ = MODEL.relations(label)[field]
        page = Connection(field, Page(3), default_orders(relation_.target), parts, wanted)
        many, wanted = Many(field, relation_, page), And(())
        parts = (Edges("edges", (Cursor("cursor"), EdgeNode("node", Shape({label: (many,)})))),)
    connection = Connection("list", Page(3), default_orders("Assessment"), parts)
    answers = {name: answer(store, "Assessment", connection) for name, store in loaded.items()}
    assert answers == dict.fromkeys(loaded, answers["referee"])


@SETTINGS
@given(SEEDS, st.sampled_from((1, 2, 7)))
def test_the_pages_of_a_root_list_are_the_whole_list(loaded: dict[str, Store], seed: int, size: int) -> None:
    rng = Random(seed)
    label = rng.choice(MODEL.labels)
    shape = Shape({label: (Value("id", ID),)})
    whole = Connection(label, Page(1000), selections.orders(rng, label), (Nodes("nodes", shape), PAGES))
    whole = replace(whole, filter=selections.condition(rng, label, 1))

    def ask(store: Store, connection: Connection) -> Any:
        return orjson.loads(answer(store, label, connection))

    walks = {name: list(walked(lambda page, s=store: ask(s, page), whole, size)) for name, store in loaded.items()}
    assert walks == dict.fromkeys(loaded, ask(loaded["referee"], whole)["nodes"])


@SETTINGS
@given(SEEDS, st.sampled_from((1, 2, 7)))
def test_the_pages_of_a_nested_list_are_the_whole_list(loaded: dict[str, Store], seed: int, size: int) -> None:
    rng = Random(seed)
    label = rng.choice([label for label in MODEL.labels if label not in UNCITED_LABELS])
    relation = rng.choice([r for r in MODEL.relations(label).values() if not r.one])
    shape = Shape({target: (Value("id", ID),) for target in relation.targets})
    orders = selections.orders(rng, relation.target, relation)
    whole = Connection("nested", Page(1000), orders, (Nodes("nodes", shape), PAGES))

    def ask(store: Store, connection: Connection) -> Any:
        with store.snapshot() as snapshot:
            wanted = Shape({label: (Many("many", relation, connection),)})
            (found,) = Answering(snapshot).nodes([ids_of(label)[0]], wanted)
        return orjson.loads(orjson.dumps(found))["many"]

    walks = {name: list(walked(lambda page, s=store: ask(s, page), whole, size)) for name, store in loaded.items()}
    assert walks == dict.fromkeys(loaded, ask(loaded["referee"], whole)["nodes"])


@SETTINGS
@given(SEEDS, st.sampled_from((1, 2, 7)))
def test_a_list_walked_from_its_end_is_the_whole_list(loaded: dict[str, Store], seed: int, size: int) -> None:
    rng = Random(seed)
    label = rng.choice(MODEL.labels)
    shape = Shape({label: (Value("id", ID),)})
    whole = Connection(label, Page(1000), selections.orders(rng, label), (Nodes("nodes", shape), BACK))
    whole = replace(whole, filter=selections.condition(rng, label, 1))

    def ask(store: Store, connection: Connection) -> Any:
        return orjson.loads(answer(store, label, connection))

    walks = {name: list(walked_back(lambda page, s=store: ask(s, page), whole, size)) for name, store in loaded.items()}
    assert walks == dict.fromkeys(loaded, ask(loaded["referee"], whole)["nodes"][::-1])


def walked_back(ask: Any, whole: Connection, size: int) -> Iterator[Any]:
    """The nodes of a list from its end, page by page."""
    before = None
    while True:
        found = ask(replace(whole, page=Page(None, before=before, last=size)))
        yield from found["nodes"][::-1]
        if not found["page"]["more"]:
            return
        before = decode_cursor(whole.list, whole.orders, found["page"]["start"])


def walked(ask: Any, whole: Connection, size: int) -> Iterator[Any]:
    """The nodes of a list, page by page."""
    after = None
    while True:
        found = ask(replace(whole, page=Page(size, after)))
        yield from found["nodes"]
        if not found["page"]["more"]:
            return
        after = decode_cursor(whole.list, whole.orders, found["page"]["end"])


def test_all_stores_hold_the_same_nodes_in_the_order_of_ids(loaded: dict[str, Store]) -> None:
    def scanned(store: Store) -> list[Any]:
        with store.snapshot() as snapshot:
            return [node for label in MODEL.labels for node in snapshot.scan(label)]

    expected = scanned(loaded["referee"])
    assert {name: scanned(store) for name, store in loaded.items()} == dict.fromkeys(loaded, expected)


def test_all_stores_hold_the_same_relationships_in_the_order_of_their_ends(loaded: dict[str, Store]) -> None:
    def scanned(store: Store) -> list[Any]:
        with store.snapshot() as snapshot:
            return [edge for relationship in MODEL.relationships for edge in snapshot.scan_edges(relationship.type)]

    expected = scanned(loaded["referee"])
    assert {name: scanned(store) for name, store in loaded.items()} == dict.fromkeys(loaded, expected)


def test_every_label_and_type_is_counted(loaded: dict[str, Store]) -> None:
    expected = loaded["referee"].counts()
    assert {name: store.counts() for name, store in loaded.items()} == dict.fromkeys(loaded, expected)
    assert [label for label, count in expected[0].items() if not count] == ["LoadRun"]
    assert [type_ for type_, count in expected[1].items() if not count] == []


@SETTINGS
@given(SEEDS)
def test_all_stores_know_the_same_steps(loaded: dict[str, Store], seed: int) -> None:
    rng = Random(seed)
    types = rng.sample([r.type for r in MODEL.relationships], rng.choice((0, 1, 3)))
    ids = [id_ for label in rng.sample(MODEL.labels, 3) for id_ in ids_of(label)]
    steps = {}
    for name, store in loaded.items():
        with store.snapshot() as snapshot:
            steps[name] = snapshot.steps(ids, types)
    assert steps == dict.fromkeys(loaded, steps["referee"])


@SETTINGS
@given(SEEDS)
def test_all_stores_read_the_same_page_of_what_is_joined_to_a_node(loaded: dict[str, Store], seed: int) -> None:
    rng = Random(seed)
    relationship, direction, most = (
        rng.choice(MODEL.relationships),
        rng.choice(list(Direction)),
        rng.choice((1, 3, None)),
    )
    here = [pair.start if direction is Direction.OUT else pair.end for pair in relationship.pairs]
    id_, pages = rng.choice(ids_of(rng.choice(here))), dict[str, list[Any]]()
    for name, store in loaded.items():
        with store.snapshot() as snapshot:
            first = snapshot.joined(id_, relationship.type, direction, "", most)
            after = (first[-1].end if direction is Direction.OUT else first[-1].start) if first else ""
            pages[name] = [first, snapshot.joined(id_, relationship.type, direction, after, most)]
            pages[name] += [snapshot.edge(edge.type, edge.start, edge.end) == edge for edge in first]
            pages[name].append(snapshot.edge(relationship.type, id_, "nothing"))
    assert pages == dict.fromkeys(loaded, pages["referee"])
    assert (pages["referee"][-1], all(pages["referee"][2:-1])) == (None, True)


@SETTINGS
@given(SEEDS)
def test_all_stores_read_the_same_page_of_what_a_citation_states(loaded: dict[str, Store], seed: int) -> None:
    rng = Random(seed)
    id_, most, pages = rng.choice(ids_of("Citation")), rng.choice((1, 3, 1000)), dict[str, list[Any]]()
    for name, store in loaded.items():
        with store.snapshot() as snapshot:
            first = snapshot.citing(id_, ("", "", ""), most)
            pages[name] = [first, snapshot.citing(id_, first[-1].key, most) if first else []]
    assert pages == dict.fromkeys(loaded, pages["referee"])


def test_every_id_is_found_under_its_label_alone(loaded: dict[str, Store]) -> None:
    asked = ["region/invented/0", "service/invented/1", "service/invented/none", "nothing"]
    expected = {"region/invented/0": "Region", "service/invented/1": "Service"}
    for store in loaded.values():
        with store.snapshot() as snapshot:
            assert snapshot.labels(asked) == expected


@pytest.fixture(autouse=True)
def no_remarks(loaded: dict[str, Store]) -> Iterator[None]:
    """The server remarks nothing: no misspelt word, no Cartesian product."""
    yield
    neo4j = loaded["neo4j"]
    assert isinstance(neo4j, Neo4jStore)
    assert list(neo4j.notices) == []
