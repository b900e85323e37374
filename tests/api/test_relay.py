"""Relay's rules: the pages of cursor connections, and the identification of nodes by ids that are valid anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import pytest
from graphql import GraphQLInterfaceType, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, build_schema, get_named_type

from api.schema import schema_text
from graph.model import MODEL
from tests.northwind import SOC

Ask = Callable[..., Any]

PAGE = "edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
AT_THE_ROOT = "query(%s) { found: controls(%s) { %s } }"
BELOW = 'query(%s) { assessment(id: "' + SOC + '") { found: controls(%s) { %s } } }'
DECLARED = "$first: Int, $last: Int, $after: String, $before: String"
GIVEN = "first: $first, last: $last, after: $after, before: $before"
SIZES = (None, 1, 2, 4, 5, 9)
"""Sizes of pages of a list of five."""


def page(ask: Ask, document: str, **given: Any) -> Any:
    """A page of the five controls."""
    asked = {name: value for name, value in given.items() if value is not None}
    data = ask(document % (DECLARED, GIVEN, PAGE), **asked)
    return (data.get("assessment") or data)["found"]


def edges_to_return(edges: Sequence[Any], given: dict[str, Any]) -> Sequence[Any]:
    """The algorithm of the specification, step by step (EdgesToReturn, ApplyCursorsToEdges)."""
    left = list(edges)
    cursors = [edge["cursor"] for edge in edges]
    if given["before"] is not None:
        left = left[: cursors.index(given["before"])]
    if given["after"] is not None:
        left = [edge for edge in left if cursors.index(edge["cursor"]) > cursors.index(given["after"])]
    if given["first"] is not None:
        left = left[: given["first"]]
    if given["last"] is not None:
        left = left[max(0, len(left) - given["last"]) :]
    return left


@pytest.mark.parametrize("document", [AT_THE_ROOT, BELOW])
def test_first_last_after_and_before_together_are_as_the_specification_has_them(ask: Ask, document: str) -> None:
    whole = page(ask, document, first=9)["edges"]
    cursors = [None, *(edge["cursor"] for edge in whole)]
    differing = []
    for first, last, after, before in product(SIZES, SIZES, cursors[:4], cursors[::2]):
        given = {"first": first, "last": last, "after": after, "before": before}
        found = page(ask, document, **given)["edges"]
        if found != edges_to_return(whole, given):
            differing.append(given)
    assert differing == []


@pytest.mark.parametrize("document", [AT_THE_ROOT, BELOW])
@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
def test_a_walk_forward_and_one_backward_know_where_they_end(ask: Ask, document: str, size: int) -> None:
    whole = [edge["node"]["id"] for edge in page(ask, document, first=9)["edges"]]
    forward, backward = list[str](), list[str]()
    after = before = None
    for number in range(1, -(-len(whole) // size) + 1):
        ahead = page(ask, document, first=size, after=after)
        back = page(ask, document, last=size, before=before)
        forward += [node["id"] for node in ahead["nodes"]]
        backward = [*(node["id"] for node in back["nodes"]), *backward]
        is_last = number * size >= len(whole)
        assert ahead["pageInfo"]["hasNextPage"] is back["pageInfo"]["hasPreviousPage"] is not is_last
        after, before = ahead["pageInfo"]["endCursor"], back["pageInfo"]["startCursor"]
    assert forward == backward == whole


@pytest.mark.parametrize("document", [AT_THE_ROOT, BELOW])
def test_a_page_says_the_cursors_of_its_ends(ask: Ask, document: str) -> None:
    found = page(ask, document, first=3)
    assert found["pageInfo"]["startCursor"] == found["edges"][0]["cursor"]
    assert found["pageInfo"]["endCursor"] == found["edges"][-1]["cursor"]
    assert [edge["node"] for edge in found["edges"]] == found["nodes"]


@pytest.mark.parametrize("document", [AT_THE_ROOT, BELOW])
def test_an_empty_page_has_no_cursors(ask: Ask, document: str) -> None:
    end = page(ask, document, last=1)["pageInfo"]["endCursor"]
    assert page(ask, document, first=2, after=end) == {
        "edges": [],
        "nodes": [],
        "pageInfo": {"hasNextPage": False, "hasPreviousPage": True, "startCursor": None, "endCursor": None},
    }


def test_a_cursor_is_the_same_whatever_the_page(ask: Ask) -> None:
    whole = {edge["node"]["id"]: edge["cursor"] for edge in page(ask, AT_THE_ROOT, first=9)["edges"]}
    end = {edge["node"]["id"]: edge["cursor"] for edge in page(ask, AT_THE_ROOT, last=2)["edges"]}
    assert end.items() <= whole.items()
    assert len(set(whole.values())) == len(whole)


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    """The schema as a client reads it."""
    return build_schema(schema_text())


def test_nodes_are_identified_by_an_interface_with_an_id(schema: GraphQLSchema) -> None:
    node = schema.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    assert str(node.fields["id"].type) == "ID!"
    assert {type_.name for type_ in schema.get_possible_types(node)} == set(MODEL.labels)
    assert schema.query_type is not None
    field = schema.query_type.fields["node"]
    assert (str(field.type), {name: str(argument.type) for name, argument in field.args.items()}) == (
        "Node",
        {"id": "ID!"},
    )


def test_the_id_of_every_node_leads_back_to_it(ask: Ask) -> None:
    lists = {node.plural: node.label for node in MODEL.nodes}
    found = ask("{ " + " ".join(f"{plural}(first: 100) {{ nodes {{ id name }} }}" for plural in lists) + " }")
    differing = []
    for plural, label in lists.items():
        for node in found[plural]["nodes"]:
            query = (
                "query($id: ID!) { node(id: $id) { __typename id name } nodes(ids: [$id, $id]) { __typename id name } }"
            )
            expected = {"__typename": label, **node}
            if ask(query, id=node["id"]) != {"node": expected, "nodes": [expected, expected]}:
                differing.append(node["id"])
    assert len(found["controls"]["nodes"]) == 5
    assert differing == []


def test_no_connection_is_without_cursors(schema: GraphQLSchema) -> None:
    wrong = []
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLObjectType) and type_.name.endswith("Connection"):
            edge = get_named_type(type_.fields["edges"].type)
            assert isinstance(edge, GraphQLObjectType)
            if not isinstance(edge.fields["cursor"].type, GraphQLNonNull) or "pageInfo" not in type_.fields:
                wrong.append(type_.name)
    assert wrong == []
