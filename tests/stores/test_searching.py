"""Searching: the same nodes in the same order with the same ranks in every store, whatever was written, and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.identifiers import name_id
from graph.ledger import put, take
from graph.merging import Edge, Node
from graph.model import MODEL
from graph.neo4j.store import Neo4jStore
from graph.searching import PLAIN_KINDS, Kind, Matches, Wanted, searched, searched_labels, texts
from graph.sqlite.store import SqliteStore
from graph.store import Change, Store
from graph.words import parse
from tests.northwind import report
from tests.stores.holding import whole
from tests.stores.invented import document, documents
from tests.stores.referee import Referee

MOST = 32
PIECES = ("s3", "S3", "key", "Kéy", "keys", "us-east-1", "east", "a.b", "x" * 70, "and", "OR", "東京", "🌀", "1.4", "–")
LABELS = ("Service", "Control", "Region", "Citation")
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join)
SIGNS = (
    '"',
    "*",
    "(",
    ")",
    "+",
    "-",
    "~",
    "^",
    ":",
    "\\",
    "/",
    "{",
    "]",
    "&&",
    "||",
    "!",
    "?",
    "'",
    "`",
    ";",
    "$p0",
    "\x00",
)
ASKED = st.lists(st.sampled_from((*PIECES, *SIGNS)), min_size=1, max_size=5).map(" ".join)


@pytest.fixture(autouse=True)
def no_remarks(request: pytest.FixtureRequest) -> Iterator[None]:
    """The server remarks nothing."""
    yield
    store = request.node.funcargs.get("store")
    if isinstance(store, Neo4jStore):
        assert list(store.notices) == []


def search(store: Store, text: str, wanted: Wanted | None = None) -> Matches:
    """What a store finds."""
    query = parse(text, MOST)
    with store.snapshot() as snapshot:
        return snapshot.search(replace(wanted, query=query) if wanted else Wanted(query))


def ids(store: Store, text: str) -> list[str]:
    """The ids of what a store finds, the highest rank first."""
    return [id_ for _, id_ in search(store, text).hits]


def named(entity: str, text: str, kind: str = "variant") -> tuple[Node, Edge]:
    """A name of an entity."""
    name = Node("Name", name_id(entity, text), {"name": text, "text": text, "folded": text, "kind": kind})
    return name, Edge("HAS_NAME", entity, name.id, {"citations": ("citation/a/1-1",), "assertion": "stated"})


def test_where_and_how_a_text_matches_gives_the_rank(store: Store) -> None:
    values: dict[str, dict[str, str | tuple[str, ...]]] = {
        "whole": {"name": "Objects"},
        "begin": {"name": "Objects Archive"},
        "within": {"name": "Archive of objects"},
        "spaces": {"name": "A", "namespaces": ("objects", "other")},
        "value": {"name": "B", "responsibility": "container", "description": "About objects."},
        "nothing": {"name": "Objection"},
    }
    nodes = [Node("Service", f"service/{key}", value) for key, value in values.items()]
    facility = Node("Facility", "facility/use", {"name": "C", "use": "for objects"})
    alias, edge = named("service/nothing", "objects")
    begun, other = named("facility/use", "objects archive")
    store.apply(Change([*nodes, facility, alias, begun], [edge, other]))
    assert search(store, "Objects").hits == [
        (10998, "service/whole"),
        (9998, "service/nothing"),
        (8998, "service/spaces"),
        (7997, "service/begin"),
        (6997, "facility/use"),
        (4996, "service/within"),
        (997, "service/value"),
    ]


def test_equal_ranks_are_in_the_order_of_ids_and_shorter_texts_go_first(store: Store) -> None:
    names = {"c": "key one", "b": "key two", "a": "key one two three"}
    store.apply(Change([Node("Policy", f"policy/{key}", {"name": name}) for key, name in names.items()]))
    assert ids(store, "key") == ["policy/b", "policy/c", "policy/a"]


def test_identifiers_are_found_whole_and_by_part_and_no_others_that_begin_so(store: Store) -> None:
    numbers = ("AWSCA-1.4", "AWSCA-1.40", "AWSCA-1.4.2", "AWSCA-11.4")
    store.apply(Change([Node("Control", f"control/a/{n}", {"name": "c", "number": n}) for n in numbers]))
    assert ids(store, "awsca-1.4") == ["control/a/AWSCA-1.4", "control/a/AWSCA-1.4.2"]
    assert ids(store, "1.4*") == ["control/a/AWSCA-1.4", "control/a/AWSCA-1.40", "control/a/AWSCA-1.4.2"]
    assert set(ids(store, "awsca")) == set(ids(store, "AWS*")) == {f"control/a/{n}" for n in numbers}
    assert ids(store, "4-awsca") == []


def test_all_words_have_to_stand_in_one_text(store: Store) -> None:
    store.apply(Change([Node("Service", "service/a", {"name": "Rain", "description": "falls on roofs"})]))
    assert ids(store, "roofs falls") == ["service/a"]
    assert ids(store, '"roofs falls"') == ids(store, "rain falls") == []


def test_what_is_changed_is_found_as_it_is_and_what_is_gone_is_not(store: Store) -> None:
    rain = Node("Service", "service/a", {"name": "Rain"})
    name, edge = named(rain.id, "Drizzle")
    store.apply(Change([rain, name], [edge]))
    assert ids(store, "rain") == ids(store, "drizzle") == [rain.id]
    store.apply(Change([replace(rain, values={"name": "Snow"})]))
    assert (ids(store, "rain"), ids(store, "snow")) == ([], [rain.id])
    store.apply(Change(delete_edges=[edge.key], delete_nodes=[name.id]))
    assert ids(store, "drizzle") == []
    store.apply(Change(delete_nodes=[rain.id]))
    assert ids(store, "snow") == []


def test_every_text_of_every_node_is_found_by_its_words_however_documents_came_and_went(store: Store) -> None:
    first, second, third = documents(3)
    for one in (first, second, third):
        put(store, one)
    put(store, replace(document(0, Random(99)), document=first.document))
    take(store, second.sha256)
    put(store, second, replaces=third.sha256)
    graph = whole(store)
    named_by = {edge.end: edge.start for edge in graph.edges.values() if edge.type == "HAS_NAME"}
    held: dict[str, set[str]] = {}
    for node in graph.nodes.values():
        for text in texts(node):
            held.setdefault(text.text, set()).add(named_by.get(node.id, node.id))
    lost = {
        text: owners - set(ids(store, f'"{text}"')) for text, owners in held.items() if any(c.isalnum() for c in text)
    }
    assert {text: owners for text, owners in lost.items() if owners} == {}
    quotes = {citation.quote for facts in (first, third) for citation in facts.citations if citation.quote}
    assert {quote for quote in quotes - held.keys() if ids(store, f'"{quote}"')} == set()


def test_the_words_that_are_indexed_are_no_property_that_is_read(store: Store) -> None:
    put(store, report())
    keys = {node.label: set(node.values) for node in whole(store).nodes.values()}
    assert {key for label, found in keys.items() for key in found - {p.key for p in MODEL.node(label).stored}} == set()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_all_stores_find_the_same_in_the_same_order(loaded_anew: dict[str, Store], data: st.DataObject) -> None:
    changes = {f"{label}/{n}": data.draw(TEXTS, label=f"{label} {n}") for label in LABELS for n in range(3)}
    nodes = []
    for place, text in changes.items():
        label, number = place.split("/")
        key = data.draw(st.sampled_from([p.key for _, p in searched(label) if not p.many]))
        nodes.append(Node(label, f"{MODEL.node(label).prefix}/invented/{number}", {"name": "n", key: text}))
    name, edge = named(nodes[0].id, data.draw(TEXTS), data.draw(st.sampled_from(("acronym", "namespace"))))
    for store in loaded_anew.values():
        old = [e for e in store.leaving([nodes[0].id], ["HAS_NAME"])]
        store.apply(Change(delete_edges=[e.key for e in old], delete_nodes=[e.end for e in old]))
        store.apply(Change([*nodes, name], [edge]))
    for text in data.draw(st.lists(ASKED.filter(lambda t: any(c.isalnum() for c in t)), min_size=3, max_size=6)):
        wanted = data.draw(wanteds(text))
        found = {name: search(store, text, wanted) for name, store in loaded_anew.items()}
        assert found["sqlite"] == found["referee"], (text, wanted)
        assert found["neo4j"] == found["referee"], (text, wanted)


def wanteds(text: str) -> st.SearchStrategy[Wanted]:
    """A page of a search for some labels and kinds of text."""
    return st.builds(
        Wanted,
        st.just(parse(text, MOST)),
        st.none() | st.lists(st.sampled_from(searched_labels()), max_size=20).map(tuple),
        st.sampled_from((tuple(Kind), PLAIN_KINDS, (Kind.WORDING,))),
        st.none() | st.integers(1, 5),
        st.none() | st.tuples(st.integers(0, 11000), st.sampled_from(["a", "service/invented/1", "z"])),
    )


@pytest.fixture
def loaded_anew(neo4j_store: Neo4jStore, tmp_path: Path) -> Iterator[dict[str, Store]]:
    """The stores by name, empty."""
    sqlite = SqliteStore(tmp_path / "store.db")
    sqlite.prepare()
    yield {"referee": Referee(), "sqlite": sqlite, "neo4j": neo4j_store}
    assert list(neo4j_store.notices) == []
    sqlite.close()


def test_pages_of_a_search_are_its_whole_list(store: Store) -> None:
    for one in documents(3):
        put(store, one)
    everything = search(store, "rain*")
    assert everything.total == len(everything.hits) > 20
    for size in (1, 7, 100):
        walked: list[tuple[int, str]] = []
        after: tuple[int, str] | None = None
        while hits := search(store, "rain*", Wanted(parse("x", MOST), limit=size, after=after)).hits:
            walked += hits
            after = hits[-1]
        assert walked == list(everything.hits)
