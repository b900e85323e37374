"""What can be asked of relationships themselves: conditions on their properties, at every place where there is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from api.schema import Api
from graph.model import MODEL
from graph.sqlite.store import SqliteStore
from tests.northwind import SOC

Ask = Callable[..., Any]
Refused = Callable[..., tuple[str, str]]


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("{edge: {}}", ["Objects", "Queues", "Tables"]),
        ("{edge: {qualification: {isNull: false}}}", ["Queues"]),
        ("{edge: {not: {qualification: {isNull: false}}}}", ["Objects", "Tables"]),
        ("{edge: {assertion: {eq: DERIVED}}}", []),
        ('{edge: {or: [{nameAsWritten: {eq: "Northwind Objects"}}, {role: {eq: "none"}}]}}', ["Objects"]),
        ('{edge: {assertion: {eq: STATED}, nameAsWritten: {contains: "e"}}, name: {contains: "T"}}', ["Tables"]),
        ('{or: [{edge: {qualification: {isNull: false}}}, {name: {contains: "Tab"}}]}', ["Queues", "Tables"]),
        ("{not: {edge: {qualification: {isNull: false}}}}", ["Objects", "Tables"]),
    ],
)
def test_a_connection_below_a_node_is_filtered_by_its_relationships(ask: Ask, where: str, names: list[str]) -> None:
    query = (
        f"query($id: ID!) {{ assessment(id: $id) {{ services(where: {where}) {{ totalCount nodes {{ name }} }} }} }}"
    )
    found = ask(query, id=SOC)["assessment"]["services"]
    assert [node["name"].removeprefix("Northwind ") for node in found["nodes"]] == names
    assert found["totalCount"] == len(names)


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("{assessments: {some: {edge: {qualification: {isNull: false}}}}}", ["Queues"]),
        ("{assessments: {none: {edge: {qualification: {isNull: false}}}}}", ["Objects", "Tables"]),
        ("{assessments: {all: {edge: {qualification: {isNull: true}}}}}", ["Objects", "Tables"]),
        ("{assessments: {some: {edge: {qualification: {isNull: true}}, status: {eq: CERTIFIED}}}}", []),
        ("{provider: {edge: {assertion: {eq: STATED}}}}", ["Objects", "Queues", "Tables"]),
        ('{provider: {edge: {rule: {isNull: false}}, name: {eq: "Northwind Cloud"}}}', []),
        ("{assessments: {some: {regions: {some: {edge: {assertion: {ne: STATED}}}}}}}", []),
    ],
)
def test_related_nodes_are_quantified_with_their_relationships(ask: Ask, where: str, names: list[str]) -> None:
    found = ask(f"{{ services(where: {where}) {{ nodes {{ name }} }} }}")["services"]["nodes"]
    assert [node["name"].removeprefix("Northwind ") for node in found] == names


@pytest.mark.parametrize(
    ("where", "code", "message"),
    [
        ("{edge: {}}", "GRAPHQL_VALIDATION_FAILED", "not to include unknown field 'edge'"),
        ("{citations: {some: {edge: {}}}}", "GRAPHQL_VALIDATION_FAILED", "not to include unknown field 'edge'"),
        ("{assessments: {some: {edge: null}}}", "BAD_USER_INPUT", "where.edge is null; give an object"),
        ("{assessments: {some: {edge: {role: null}}}}", "BAD_USER_INPUT", "where.edge.role is null; give an object"),
        ("{assessments: {some: {edge: {or: null}}}}", "BAD_USER_INPUT", "where.or is null; give conditions"),
        ("{assessments: {some: {edge: " + "{not: " * 8 + "{}" + "}" * 11, "BAD_USER_INPUT", "levels"),
    ],
)
def test_conditions_on_relationships_that_cannot_be_are_refused(
    refused: Refused, where: str, code: str, message: str
) -> None:
    found = refused(f"{{ services(where: {where}) {{ totalCount }} }}")
    assert found[0] == code
    assert message in found[1]


def test_in_public_nothing_is_filtered_by_the_wording_of_a_relationship(store: SqliteStore) -> None:
    where = '{qualifiedOn: {some: {edge: {reason: {contains: "a"}}}}}'
    body = orjson.loads(Api(store, public=True).run(f"{{ assessments(where: {where}) {{ totalCount }} }}").json())
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_no_word_of_a_condition_is_a_field_of_a_label_or_a_property_of_a_relationship() -> None:
    words = {"edge", "and", "or", "not", "node"}
    fields = {f for n in MODEL.nodes for f in (*(p.field for p in n.shown), *MODEL.relations(n.label))}
    properties = {p.field for r in MODEL.relationships for p in r.shown}
    assert words & (fields | properties) == set()
