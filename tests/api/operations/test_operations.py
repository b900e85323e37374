"""Random valid operations have the same answer from every store and from a plain executor over dicts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from random import Random

import pytest
from graphql import GraphQLSchema, parse, validate
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from graph.neo4j.store import Neo4jStore
from graph.store import Store
from tests.api.operations.comparing import Bench
from tests.api.operations.knowledge import LEFT_OUT, unknown
from tests.api.operations.values import Pools
from tests.api.operations.writing import operations

ASKED = int(os.environ.get("FUZZ_EXAMPLES", "0"))
EXAMPLES = {"sqlite": 100, "neo4j": 25}
"""How many operations are tried, always the same.

FUZZ_EXAMPLES asks for so many times more, others each time, and has one that fails made smaller, which takes minutes.
"""
PHASES = (Phase.generate, Phase.shrink) if ASKED else (Phase.generate,)
ONE_AND_THE_SIMPLEST = 2
"""Further examples of one seed would be near to the first: hypothesis tries its neighbours."""
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_store_answers_as_the_executor_over_dicts(
    name: str, benches: dict[str, Bench], schema: GraphQLSchema, pools: Pools
) -> None:
    first = Random().randrange(2**32) if ASKED else 0
    for number in range(first, first + EXAMPLES[name] * max(ASKED, 1)):
        seed(number)(checking(benches[name], schema, pools))()


def checking(bench: Bench, schema: GraphQLSchema, pools: Pools) -> Callable[[], None]:
    """A test of one random operation."""

    @settings(
        max_examples=ONE_AND_THE_SIMPLEST, deadline=None, database=None, phases=PHASES, suppress_health_check=SLOW
    )
    @given(st.data())
    def check(data: st.DataObject) -> None:
        operation = data.draw(operations(schema, pools))
        assert validate(schema, parse(operation.document)) == [], operation.document
        bench.check(operation)

    return check


def test_the_executor_over_dicts_knows_the_schema(schema: GraphQLSchema) -> None:
    assert unknown(schema) == []


def test_what_is_left_out_is_in_the_schema(schema: GraphQLSchema) -> None:
    assert schema.query_type is not None
    assert [name for name in LEFT_OUT if name.removeprefix("Query.") not in schema.query_type.fields] == []


@pytest.fixture(autouse=True)
def no_remarks(loaded: dict[str, Store]) -> Iterator[None]:
    """The server remarks nothing: no misspelt word, no Cartesian product."""
    yield
    neo4j = loaded["neo4j"]
    assert isinstance(neo4j, Neo4jStore)
    assert list(neo4j.notices) == []
