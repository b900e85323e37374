"""The stores with the same invented documents in them, and the executor over the dicts of the referee."""

from __future__ import annotations

import pytest
from graphql import GraphQLSchema

from api.limits import Limits
from api.schema import Api
from graph.store import Store
from tests.api.operations.comparing import Bench
from tests.api.operations.dicts import Dicts
from tests.api.operations.resolving import Executor, printed_schema
from tests.api.operations.values import Pools
from tests.stores.conftest import loaded, neo4j_prepared, wipe
from tests.stores.dicts import DictStore

__all__ = ["loaded", "neo4j_prepared", "wipe"]

WIDE = Limits(tokens=100_000, aliases=1_000, directives=1_000, fields=10_000, repeats=1_000, nodes=10**15)
"""Limits that no random operation meets: what is refused has tests of its own."""


@pytest.fixture(scope="session")
def schema() -> GraphQLSchema:
    """The printed schema."""
    return printed_schema()


@pytest.fixture(scope="module")
def dicts(loaded: dict[str, Store]) -> Dicts:
    """The graph of the invented documents."""
    referee = loaded["referee"]
    assert isinstance(referee, DictStore)
    return Dicts(referee.graph)


@pytest.fixture(scope="module")
def pools(dicts: Dicts) -> Pools:
    """The values of that graph."""
    return Pools(dicts)


@pytest.fixture(scope="module")
def benches(loaded: dict[str, Store], dicts: Dicts, schema: GraphQLSchema) -> dict[str, Bench]:
    """Each store beside the executor over dicts."""
    executor = Executor(schema, dicts)
    return {name: Bench(Api(loaded[name], limits=WIDE), executor) for name in ("sqlite", "neo4j")}
