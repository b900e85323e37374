"""Groups of lists: by properties, items of lists, relations and relationships, whatever the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from graphql import parse

from api.costs import Cost, measured
from api.schema import Api
from graph.model import MODEL
from graph.sqlite.store import SqliteStore
from tests.northwind import SOC

Ask = Callable[..., Any]
Refused = Callable[..., tuple[str, str]]
GROUPS = "totalCount groups { value count isNull }"


def shown(facets: Any) -> list[tuple[str | None, int]]:
    """The groups as pairs; the one of what is not stated is the only one without a value."""
    assert [g["isNull"] for g in facets["groups"]] == [g["value"] is None for g in facets["groups"]]
    return [(group["value"], group["count"]) for group in facets["groups"]]


@pytest.mark.parametrize(
    ("list_", "by", "groups"),
    [
        ("controlTests", "RESULT", [("NO_DEVIATION", 2), ("DEVIATION", 1), ("NOT_TESTED", 1)]),
        ("controlTests", "METHODS", [("INSPECTION", 2), ("INQUIRY", 1), ("OBSERVATION", 1)]),
        ("controlTests", "ORDINAL", [("1", 4)]),
        ("controls", "SERVICE_SPECIFIC", [("false", 4), ("true", 1)]),
        ("controls", "NATURE", [(None, 5)]),
        ("controls", "NUMBER", [("1.1", 1), ("1.2", 1), ("1.10", 1), ("2.1", 1), ("2.2", 1)]),
        ("controls", "OBJECTIVES", [("Access", 3), ("Change", 1), (None, 1)]),
        ("controls", "ASSESSMENT", [("SOC 1 Type 2 2023", 5)]),
        ("services", "NAMESPACES", [("objects", 1), ("queues", 1), (None, 1)]),
        ("assessments", "PERIOD_END", [("2023-12-31", 1), (None, 1)]),
        ("regions", "PARTITION", [(None, 1)]),
        ("policies", "PROVIDER", []),
    ],
)
def test_a_list_is_counted_in_groups_the_largest_first(
    ask: Ask, list_: str, by: str, groups: list[tuple[str | None, int]]
) -> None:
    found = ask(f"{{ {list_} {{ facets(by: {by}) {{ {GROUPS} }} }} }}")[list_]["facets"]
    assert shown(found) == groups
    assert found["totalCount"] == len(groups)


def test_groups_are_of_what_the_filter_leaves_whatever_the_page(ask: Ask) -> None:
    query = """{ controlTests(first: 1, where: {result: {ne: DEVIATION}}) {
        nodes { name } totalCount facets(by: RESULT) { groups { value count } } } }"""
    assert ask(query)["controlTests"] == {
        "nodes": [{"name": "1.1 test 1"}],
        "totalCount": 3,
        "facets": {"groups": [{"value": "NO_DEVIATION", "count": 2}, {"value": "NOT_TESTED", "count": 1}]},
    }


@pytest.mark.parametrize(("by", "first"), [("RESULT", 1), ("RESULT", 2), ("NAME", 3), ("CONTROL", 1)])
def test_only_the_first_groups_come_and_all_are_counted(ask: Ask, by: str, first: int) -> None:
    all_ = f"all: facets(by: {by}) {{ {GROUPS} }}"
    query = f"{{ controlTests {{ some: facets(by: {by}, first: {first}) {{ {GROUPS} }} {all_} }} }}"
    found = ask(query)["controlTests"]
    assert found["some"] == {**found["all"], "groups": found["all"]["groups"][:first]}
    assert found["some"]["totalCount"] > first


def test_a_group_by_a_relation_has_the_related_node(ask: Ask) -> None:
    query = """{ controls { facets(by: OBJECTIVES) { __typename groups { __typename count
        node { name ... on ControlObjective { number controls { totalCount } } } same: node { id } } } } }"""
    objective = "control-objective/northwind/soc-1-type-2/2023-12-31"

    def group(name: str, number: str, count: int) -> dict[str, Any]:
        node = {"name": name, "number": number, "controls": {"totalCount": count}}
        return {"__typename": "Facet", "count": count, "node": node, "same": {"id": f"{objective}/{number}"}}

    nothing = {"__typename": "Facet", "count": 1, "node": None, "same": None}
    groups = [group("Access", "1", 3), group("Change", "2", 1), nothing]
    assert ask(query) == {"controls": {"facets": {"__typename": "Facets", "groups": groups}}}


def test_a_list_below_a_node_is_grouped_for_each_node(ask: Ask) -> None:
    query = """{ controlObjectives { nodes { number controls { nodes { number }
        facets(by: TESTS) { groups { node { name } } }
        specific: facets(by: SERVICE_SPECIFIC) { groups { count } } } } } }"""
    found = ask(query)["controlObjectives"]["nodes"]
    names = [[group["node"]["name"] for group in node["controls"]["facets"]["groups"]] for node in found]
    assert names == [["1.1 test 1", "1.10 test 1", "1.2 test 1"], ["2.1 test 1"]]
    assert [node["controls"]["specific"]["groups"] for node in found] == [[{"count": 3}], [{"count": 1}]]
    assert [len(node["controls"]["nodes"]) for node in found] == [3, 1]


def test_groups_stand_at_any_depth(ask: Ask) -> None:
    query = """{ services(first: 1) { nodes { assessments { nodes { name controls { nodes { number
        tests { facets(by: RESULT) { groups { value } } } } } } } } } }"""
    controls = ask(query)["services"]["nodes"][0]["assessments"]["nodes"][0]["controls"]["nodes"]
    results = [[g["value"] for g in control["tests"]["facets"]["groups"]] for control in controls]
    assert results == [["NO_DEVIATION"], ["DEVIATION"], ["NOT_TESTED"], ["NO_DEVIATION"], []]


def test_a_list_below_a_node_is_grouped_by_its_relationships(ask: Ask) -> None:
    query = "query($id: ID!) { assessment(id: $id) { services { facets(by: EDGE_QUALIFICATION) { %s } } } }"
    found = ask(query % GROUPS, id=SOC)["assessment"]["services"]["facets"]
    assert shown(found) == [(None, 2), ("without dead letters", 1)]


def test_nodes_of_any_label_are_grouped_by_their_label(ask: Ask) -> None:
    query = "{ citations(where: {firstLine: {eq: 4}}) { nodes { evidences { facets(by: LABEL) { %s } } } } }"
    found = [node["evidences"]["facets"] for node in ask(query % GROUPS)["citations"]["nodes"]]
    assert [shown(facets) for facets in found] == [[("ASSESSMENT", 1), ("FRAMEWORK", 1)], [("SERVICE", 1)]]


def test_the_number_of_statements_does_not_grow_with_groups_or_rows(ask: Ask, store: SqliteStore) -> None:
    def statements(query: str) -> int:
        before = store.statements
        ask(query)
        return store.statements - before

    assert statements("{ controlTests { facets(by: RESULT) { groups { count } } } }") == 1
    assert statements("{ controls { facets(by: OBJECTIVES) { groups { node { name } } } } }") == 2
    assert statements("{ controls { nodes { tests { facets(by: RESULT) { groups { count } } } } } }") == 1
    below = "assessments { nodes { controls { facets(by: OBJECTIVES) { groups { node { name } } } } } }"
    assert statements(f"{{ services {{ nodes {{ {below} }} }} }}") == 3


@pytest.mark.parametrize(
    ("facets", "code", "message"),
    [
        ("facets(by: RESULT, first: 0)", "BAD_USER_INPUT", "first is 0; it can be from 1 to 1000"),
        ("facets(by: RESULT, first: 1001)", "BAD_USER_INPUT", "first is 1001; it can be from 1 to 1000"),
        ("facets(by: PROCEDURE)", "GRAPHQL_VALIDATION_FAILED", "PROCEDURE"),
        ("facets", "GRAPHQL_VALIDATION_FAILED", "by"),
    ],
)
def test_groups_that_cannot_be_are_refused(refused: Refused, facets: str, code: str, message: str) -> None:
    found = refused(f"{{ controlTests {{ {facets} {{ groups {{ count }} }} }} }}")
    assert found[0] == code
    assert message in found[1]


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("{ controls { facets(by: NATURE) { totalCount } } }", 0),
        ("{ controls { facets(by: NATURE) { groups { count } } } }", 25),
        ("{ controls(first: 100) { facets(by: NATURE, first: 3) { groups { count } } nodes { id } } }", 103),
        (
            "{ controls { ...F } } "
            "fragment F on ControlConnection { facets(by: TESTS, first: 4) { groups { node { id } } } }",
            8,
        ),
        ("{ controls(first: 5) { nodes { tests { facets(by: RESULT, first: 3) { groups { count } } } } } }", 20),
    ],
)
def test_groups_count_once_whatever_the_page(api: Api, query: str, nodes: int) -> None:
    cost = measured(api.schema, parse(query), None, {})
    assert cost.nodes == nodes
    assert set(cost.as_json()) == set(Cost().as_json())


def test_no_list_is_grouped_by_the_wording_of_documents(api: Api) -> None:
    keys = {n.label: api.schema.type_map[f"{n.label}FacetKey"] for n in MODEL.nodes}
    offered = {label: set(enum.values) for label, enum in keys.items()}  # type: ignore[attr-defined]
    wording = [(n.label, p.key.upper()) for n in MODEL.nodes for p in n.properties if p.verbatim]
    assert len(wording) > 10
    assert [f"{label}.{word}" for label, word in wording if word in offered[label]] == []


def test_groups_are_the_same_in_public(store: SqliteStore, ask: Ask) -> None:
    query = f"{{ controls {{ facets(by: OBJECTIVES) {{ {GROUPS} }} }} }}"
    assert orjson.loads(Api(store, public=True).run(query).json())["data"] == ask(query)
