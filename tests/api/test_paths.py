"""Paths: the shortest first, over allowed types alone, each step with its direction and its citations."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.paths import Ways, paths
from graph.store import Step
from tests.northwind import ISO, SOC

Ask = Callable[..., Any]
Refused = Callable[..., tuple[str, str]]
OBJECTS = "service/northwind/northwind-objects"
QUERY = """query($from: ID!, $to: ID!, $via: [RelationshipType!]!, $most: Int!, $first: Int!) {
    path(from: $from, to: $to, via: $via, maxLength: $most, first: $first) {
        length steps { relationship direction node { id } citations { firstLine } } } }"""


def asked(ask: Ask, start: str, end: str, *via: str, most: int = 4, first: int = 10) -> list[Any]:
    found: list[Any] = ask(QUERY, **{"from": start, "to": end}, via=list(via), most=most, first=first)["path"]
    return found


def test_a_path_tells_each_step_with_the_lines_that_state_it(ask: Ask) -> None:
    assert asked(ask, "framework/soc-1", "region/northwind/nw-harbour-1", "AGAINST", "IN_SCOPE_OF") == [
        {
            "length": 2,
            "steps": [
                {
                    "relationship": "AGAINST",
                    "direction": "IN",
                    "node": {"id": SOC},
                    "citations": [{"firstLine": 2}],
                },
                {
                    "relationship": "IN_SCOPE_OF",
                    "direction": "IN",
                    "node": {"id": "region/northwind/nw-harbour-1"},
                    "citations": [{"firstLine": 6}],
                },
            ],
        }
    ]


def test_the_shortest_comes_first_and_no_node_is_visited_twice(ask: Ask) -> None:
    found = asked(ask, OBJECTS, ISO, "INCLUDES_SERVICE", "OF_PROVIDER", most=3)
    lengths = [path["length"] for path in found]
    assert lengths == sorted(lengths)
    assert lengths[0] == 1
    for path in found:
        visited = [OBJECTS, *(step["node"]["id"] for step in path["steps"])]
        assert len(visited) == len(set(visited))


def test_types_that_are_not_allowed_are_not_taken(ask: Ask) -> None:
    assert asked(ask, OBJECTS, "framework/iso-27001", "IN_SCOPE_OF", "AGAINST") == []


def test_a_path_to_itself_has_no_steps(ask: Ask) -> None:
    assert asked(ask, SOC, SOC, "AGAINST") == [{"length": 0, "steps": []}]


def test_first_cuts(ask: Ask) -> None:
    assert len(asked(ask, OBJECTS, ISO, "INCLUDES_SERVICE", "OF_PROVIDER", most=3, first=1)) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"via": []}, "via is empty"),
        ({"most": 7}, "maxLength is 7; it can be from 1 to 6"),
        ({"most": 0}, "maxLength is 0; it can be from 1 to 6"),
        ({"first": 101}, "first is 101; it can be from 1 to 100"),
        ({"to": "service/none"}, "no node has the id 'service/none'"),
    ],
)
def test_what_cannot_be_asked_is_refused(refused: Refused, change: dict[str, Any], message: str) -> None:
    usual = {"from": OBJECTS, "to": ISO, "via": ["AGAINST"], "most": 4, "first": 10}
    code, said = refused(QUERY, **{**usual, **change})
    assert code == "BAD_USER_INPUT"
    assert said.startswith(message)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_all_simple_paths_of_a_random_graph_are_found(seed: int) -> None:
    rng = Random(seed)
    names = [f"n{n}" for n in range(6)]
    pairs = [rng.sample(names, 2) for _ in range(rng.randint(1, 12))]
    steps = {Step("T", start, end) for start, end in pairs}
    ways: Ways = {n: sorted(s for s in steps if n in (s.start, s.end)) for n in names}
    far = _far(ways, "n1")
    found = list(paths("n0", "n1", ways, far, 4))
    assert len(found) == len(set(found))
    assert [len(path) for path in found] == sorted(len(path) for path in found)
    assert set(found) == set(_naive("n0", "n1", steps, 4))


def _far(ways: Ways, end: str) -> dict[str, int]:
    far, edge = {end: 0}, [end]
    while edge:
        id_ = edge.pop(0)
        for step in ways[id_]:
            other = step.end if step.start == id_ else step.start
            if other not in far:
                far[other] = far[id_] + 1
                edge.append(other)
    return far


def _naive(start: str, end: str, steps: set[Step], most: int) -> list[tuple[Step, ...]]:
    """Every sequence of steps that leads there and visits no node twice."""
    open_: list[tuple[tuple[str, ...], tuple[Step, ...]]] = [((start,), ())]
    done: list[tuple[Step, ...]] = []
    while open_:
        visited, path = open_.pop()
        if visited[-1] == end:
            done.append(path)
            continue
        for step in steps:
            if visited[-1] in (step.start, step.end) and len(path) < most:
                other = step.end if step.start == visited[-1] else step.start
                if other not in visited:
                    open_.append(((*visited, other), (*path, step)))
    return done
