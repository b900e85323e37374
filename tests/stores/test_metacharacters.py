"""Metacharacters of Cypher, SQL and full-text queries in every text that the schema takes are nothing but text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import orjson
import pytest
from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    get_named_type,
    is_required_argument,
)

from api.limits import Limits
from api.schema import Api
from graph.store import Store

TEXTS = (
    "'",
    '"',
    "`",
    "\\",
    "%_*?",
    "rain%",
    "it's `quoted`",
    "' OR '1'='1",
    "'); DROP TABLE entity; --",
    '"}) MATCH (n) DETACH DELETE n //',
    "`}) RETURN n UNION MATCH (m) RETURN m",
    "$ids ?1 :name @x {y} ${z}",
    "name:* AND (rain~2 OR text:[a TO z])^3",
    "NEAR(rain beta, 2) -rain +beta !x && y || z",
    "[[:alpha:]].*+?",
    "\x00",
    "a\x00b\u2028\ufffe\U0001f300",
    "",
)
WORDS = ("String", "ID", "URL")
REFUSALS = {"BAD_USER_INPUT", "BAD_CURSOR", "AMBIGUOUS", "NOTHING_TO_SEARCH"}
EACH = 5
"""Texts for each argument; the next argument takes the next ones."""
EXACT = ("eq", "contains", "startsWith")
FEW = "{ totalCount nodes { id } }"


@pytest.fixture(scope="module")
def apis(loaded: dict[str, Store]) -> list[Api]:
    """The API on SQLite and on Neo4j, over the same documents."""
    return [Api(loaded[name], limits=Limits(seconds=60)) for name in ("sqlite", "neo4j")]


def connections(api: Api) -> Iterator[tuple[str, GraphQLInputObjectType]]:
    """The root lists and what they are filtered by."""
    for name, field in api.schema.query_type.fields.items():  # type: ignore[union-attr]
        if "where" in field.args:
            where = get_named_type(field.args["where"].type)
            assert isinstance(where, GraphQLInputObjectType)
            yield name, where


def conditions(where: GraphQLInputObjectType, texts: Iterator[str]) -> Iterator[dict[str, Any]]:
    """A condition on every text of a type, with every operator that compares texts."""
    for name, field in where.fields.items():
        operators = get_named_type(field.type)
        if name in ("and", "or", "not") or not isinstance(operators, GraphQLInputObjectType):
            continue
        if "eq" in operators.fields and get_named_type(operators.fields["eq"].type).name in WORDS:
            yield from ({name: {operator: next(texts)}} for operator in EXACT if operator in operators.fields)
            yield {name: {"in": list(TEXTS)}}


def answers(apis: list[Api], query: str, variables: dict[str, Any]) -> list[dict[str, Any]]:
    return [orjson.loads(api.run(query, variables).json()) for api in apis]


def test_texts_of_every_filter_are_compared_as_they_are(apis: list[Api]) -> None:
    texts, asked = cycle(TEXTS), 0
    for name, where in connections(apis[0]):
        branches = list(conditions(where, texts))
        for start in range(0, len(branches), 20):
            query = f"query($w: {where.name}) {{ {name}(where: $w, first: 9) {FEW} }}"
            first, second = answers(apis, query, {"w": {"or": branches[start : start + 20]}})
            assert "errors" not in first, (name, first["errors"])
            assert first == second
        asked += len(branches)
    assert asked > 300


def arguments(name: str, field: GraphQLField, some: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Questions with some texts in each argument of a root field that takes texts; what else it needs is filled in."""
    texts = {key: a for key, a in field.args.items() if get_named_type(a.type).name in WORDS}
    needed = {key: a for key, a in field.args.items() if is_required_argument(a) and key not in texts}
    declared = ", ".join(f"${key}: {a.type}" for key, a in texts.items())
    for one in texts:
        for text in islice(some, EACH):
            given = {key: text for key, a in texts.items() if key == one or isinstance(a.type, GraphQLNonNull)}
            values = {key: [value] if is_list(texts[key].type) else value for key, value in given.items()}
            filled = [f"{key}: ${key}" for key in values] + [f"{key}: [PART_OF]" for key in needed]
            used = ", ".join(part for part in declared.split(", ") if part[1:].split(":")[0] in values)
            yield f"query({used}) {{ {name}({', '.join(filled)}) {below(field)} }}", values


def is_list(type_: Any) -> bool:
    return isinstance(type_.of_type if isinstance(type_, GraphQLNonNull) else type_, GraphQLList)


def below(field: GraphQLField) -> str:
    """The first leaf below a field."""
    type_, path = get_named_type(field.type), ""
    while not isinstance(type_, GraphQLScalarType):
        fields = getattr(type_, "fields", {})
        leaves = [name for name, f in fields.items() if not getattr(get_named_type(f.type), "fields", None)]
        if leaves:
            return f"{path}{{ {leaves[0]} }}{' }' * path.count('{')}"
        name, field = next((n, f) for n, f in fields.items() if not f.args)
        path, type_ = f"{path}{{ {name} ", get_named_type(field.type)
    return path


def test_texts_of_every_argument_find_nothing_or_are_refused_by_name(apis: list[Api], loaded: dict[str, Store]) -> None:
    before = [store.counts() for store in loaded.values()]
    query_type = apis[0].schema.query_type
    assert isinstance(query_type, GraphQLObjectType)
    texts = cycle(TEXTS)
    asked = [one for name, field in query_type.fields.items() for one in arguments(name, field, texts)]
    for query, values in asked:
        first, second = answers(apis, query, values)
        codes = {error["extensions"]["code"] for error in first.get("errors", ())}
        assert codes <= REFUSALS, (query, values, first["errors"])
        assert (first.get("data"), codes) == (
            second.get("data"),
            {error["extensions"]["code"] for error in second.get("errors", ())},
        )
    assert len(asked) > 60 * EACH
    assert [store.counts() for store in loaded.values()] == before
