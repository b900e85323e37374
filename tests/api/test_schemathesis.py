"""What schemathesis asks the server that `cg serve` starts: no field of the API fails, however it is asked."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from graphql import (
    FieldNode,
    GraphQLResolveInfo,
    GraphQLSchema,
    NameNode,
    SelectionSetNode,
    Visitor,
    build_schema,
    execute_sync,
    parse,
    print_ast,
    visit,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.graphql import nodes

from tests.facts import CHECKOUT

PRINTED = build_schema((CHECKOUT / "schema.graphql").read_text("utf-8"))
assert PRINTED.query_type is not None
FIELDS = sorted(PRINTED.query_type.fields)
ASKED = os.environ.get("FUZZ_EXAMPLES")
FEW = 4
"""How many requests each field gets, always the same; FUZZ_EXAMPLES asks for so many times more, others each time."""
SECONDS = 120
FAILURES = frozenset({"INTERNAL_SERVER_ERROR", "STORE_UNREACHABLE"})
"""The codes of what the server did not foresee; every other one refuses what was asked."""

schemathesis.graphql.scalar("Date", st.dates().map(str).map(nodes.String))
schemathesis.graphql.scalar("DateTime", st.datetimes().map(lambda time: nodes.String(f"{time.isoformat()}Z")))
schemathesis.graphql.scalar("URL", st.sampled_from(["https://example.com/", "x"]).map(nodes.String))


@pytest.fixture(scope="module")
def asked(served_app: str) -> Any:
    """The schema as schemathesis reads it from the server, by introspection."""
    return schemathesis.graphql.from_url(f"{served_app}/graphql", wait_for_schema=SECONDS)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_answers_or_refuses_whatever_is_asked(asked: Any, field: str) -> None:
    @settings(
        max_examples=FEW * int(ASKED or 1),
        deadline=None,
        database=None,
        derandomize=not ASKED,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(asked["Query"][field].as_strategy())
    def check(case: Any) -> None:
        case.body = print_ast(visit(parse(case.body), Typed()))
        response = case.call(timeout=SECONDS)
        assert response.status_code < 500, case.body
        answer = response.json()
        errors = answer.get("errors", [])
        codes = {error["extensions"]["code"] for error in errors}
        assert not codes & FAILURES, (errors, case.body)
        if "data" in answer and not errors:
            assert completed(PRINTED, case.body, answer["data"]) == answer["data"]

    check()


class Typed(Visitor):
    """Asks for the type of everything, by which an answer can be judged."""

    def leave_selection_set(self, node: SelectionSetNode, *_: Any) -> SelectionSetNode:
        """The same fields and the type."""
        return SelectionSetNode(selections=(*node.selections, FieldNode(name=NameNode(value="__typename"))))


def completed(schema: GraphQLSchema, document: str, data: Any) -> Any:
    """An answer put through graphql-core again: the same where every value is of the type that the schema says."""
    result = execute_sync(schema, parse(document), data, field_resolver=_kept, type_resolver=_type_of)
    assert result.errors is None, result.errors
    return result.data


def _kept(value: Any, info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    return value[info.path.key]


def _type_of(value: Any, *_: Any) -> str:
    return str(value["__typename"])
