"""Orders through relations and by relationships, and the pages that are read in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from api.schema import Api
from graph.sqlite.store import SqliteStore
from tests.northwind import SOC

Ask = Callable[..., Any]
Refused = Callable[..., tuple[str, str]]


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        ("{objectives: {number: ASC}}", ["1.1", "1.10", "1.2", "2.1", "2.2"]),
        ("{objectives: {number: DESC}}", ["2.2", "2.1", "1.1", "1.10", "1.2"]),
        ("{objectives: {name: ASC}}, {number: DESC}", ["1.10", "1.2", "1.1", "2.1", "2.2"]),
        ("{tests: {result: ASC}}, {number: ASC}", ["1.2", "1.1", "2.1", "1.10", "2.2"]),
        ("{services: {name: ASC}}, {number: ASC}", ["2.2", "1.1", "1.2", "1.10", "2.1"]),
        ("{assessment: {periodEnd: ASC}}, {number: ASC}", ["1.1", "1.2", "1.10", "2.1", "2.2"]),
        ("{assessment: {objectives: {number: DESC}}}, {number: DESC}", ["2.2", "2.1", "1.10", "1.2", "1.1"]),
        ("{id: DESC}, {objectives: {number: ASC}}", ["2.2", "2.1", "1.2", "1.10", "1.1"]),
    ],
)
def test_a_key_of_an_order_can_stand_at_the_end_of_relations(ask: Ask, order: str, numbers: list[str]) -> None:
    found = ask(f"{{ controls(orderBy: [{order}]) {{ nodes {{ number }} }} }}")["controls"]["nodes"]
    assert [node["number"] for node in found] == numbers


def test_a_key_of_several_nodes_is_their_least_ascending_and_their_greatest_descending(ask: Ask) -> None:
    query = """{ up: assessments(orderBy: [{services: {name: ASC}}, {name: ASC}]) { nodes { name } }
        down: controlObjectives(orderBy: [{controls: {number: DESC}}]) { nodes { number } }
        least: controlObjectives(orderBy: [{controls: {number: ASC}}]) { nodes { number } } }"""
    found = ask(query)
    assert [n["name"] for n in found["up"]["nodes"]] == ["SOC 1 Type 2 2023", "ISO 27001"]
    assert [n["number"] for n in found["down"]["nodes"]] == ["2", "1"]
    assert [n["number"] for n in found["least"]["nodes"]] == ["1", "2"]


def test_a_list_below_a_node_is_ordered_by_its_relationships(ask: Ask) -> None:
    query = """query($id: ID!) { assessment(id: $id) {
        up: services(orderBy: [{edge: {qualification: ASC}}, {name: ASC}]) { nodes { name } }
        down: services(orderBy: [{edge: {qualification: DESC}}, {edge: {nameAsWritten: DESC}}]) { nodes { name } }
        } }"""
    found = {
        key: [n["name"].split()[1] for n in value["nodes"]] for key, value in ask(query, id=SOC)["assessment"].items()
    }
    assert found == {"up": ["Queues", "Objects", "Tables"], "down": ["Tables", "Objects", "Queues"]}


@pytest.mark.parametrize("size", [1, 2])
@pytest.mark.parametrize("order", ["{objectives: {number: ASC}}", "{objectives: {number: DESC}}, {number: ASC}"])
def test_pages_in_such_an_order_are_the_whole_list_from_either_end(ask: Ask, order: str, size: int) -> None:
    whole = ask(f"{{ controls(orderBy: [{order}]) {{ nodes {{ number }} }} }}")["controls"]["nodes"]
    assert walked(ask, f"orderBy: [{order}]", ("first", size, "after", "endCursor", "hasNextPage")) == whole
    back = walked(ask, f"orderBy: [{order}]", ("last", size, "before", "startCursor", "hasPreviousPage"))
    assert back == whole


def walked(ask: Ask, order: str, way: tuple[str, int, str, str, str]) -> list[Any]:
    """The nodes of all pages, in the order of the list."""
    page, size, place, end, more = way
    query = f"""query($c: String) {{ controls({page}: {size}, {place}: $c, {order}) {{
        nodes {{ number }} pageInfo {{ {end} {more} }} }} }}"""
    pages, cursor = [], None
    while True:
        found = ask(query, c=cursor)["controls"]
        pages.append(found["nodes"])
        if not found["pageInfo"][more]:
            return [node for nodes in (pages if page == "first" else pages[::-1]) for node in nodes]
        cursor = found["pageInfo"][end]


@pytest.mark.parametrize("size", [1, 2])
def test_pages_in_the_order_of_relationships_are_the_whole_list(ask: Ask, size: int) -> None:
    query = f"""query($id: ID!, $c: String) {{ assessment(id: $id) {{
        services(first: {size}, after: $c, orderBy: [{{edge: {{qualification: ASC}}}}]) {{
        nodes {{ name }} pageInfo {{ endCursor hasNextPage }} }} }} }}"""
    names, cursor, more = [], None, True
    while more:
        found = ask(query, id=SOC, c=cursor)["assessment"]["services"]
        names += [node["name"].split()[1] for node in found["nodes"]]
        cursor, more = found["pageInfo"]["endCursor"], found["pageInfo"]["hasNextPage"]
    assert names == ["Queues", "Objects", "Tables"]


def test_a_cursor_belongs_to_the_path_of_its_order(ask: Ask, refused: Refused) -> None:
    query = "query($c: String) { controls(first: 1, after: $c, orderBy: [%s]) { pageInfo { endCursor } } }"
    cursor = ask(query % "{objectives: {number: ASC}}")["controls"]["pageInfo"]["endCursor"]
    for order in ("{number: ASC}", "{objectives: {number: DESC}}", "{objectives: {name: ASC}}", "{tests: {name: ASC}}"):
        assert refused(query % order, c=cursor)[0] == "BAD_CURSOR"


@pytest.mark.parametrize(
    ("order", "code", "message"),
    [
        (
            "{tests: {control: {assessment: {provider: {name: ASC}}}}}",
            "BAD_USER_INPUT",
            "through 4 relations; at most 3",
        ),
        ("{objectives: {number: ASC, name: ASC}}", "GRAPHQL_VALIDATION_FAILED", "OneOf"),
        ("{objectives: {}}", "GRAPHQL_VALIDATION_FAILED", "OneOf"),
        ("{edge: {assertion: ASC}}", "GRAPHQL_VALIDATION_FAILED", "unknown field 'edge'"),
    ],
)
def test_orders_that_cannot_be_are_refused(refused: Refused, order: str, code: str, message: str) -> None:
    found = refused(f"{{ controls(orderBy: [{order}]) {{ totalCount }} }}")
    assert found[0] == code
    assert message in found[1]


def test_in_public_nothing_is_ordered_by_wording_at_the_end_of_relations(store: SqliteStore) -> None:
    query = "{ services(orderBy: [{controls: {statement: ASC}}]) { totalCount } }"
    body = orjson.loads(Api(store, public=True).run(query).json())
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
