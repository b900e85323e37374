"""The schema: the whole model, described, printed from the code; and the hooks on which the executor stands."""

from __future__ import annotations

import inspect
from pathlib import Path

import orjson
import pytest
from graphql import GraphQLNonNull, GraphQLObjectType, GraphQLSchema, build_schema, execute_sync, get_named_type
from graphql.execution.collect_fields import FieldDetails
from graphql.execution.executor import Executor
from graphql.execution.values import get_argument_values

from api.execution import GraphExecutor
from api.schema import Api, schema_text
from api.specials import SPECIALS
from graph.model import MODEL

SDL = Path(__file__).resolve().parents[2] / "schema.graphql"


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    """The schema as a client reads it."""
    return build_schema(schema_text())


def object_type(schema: GraphQLSchema, name: str) -> GraphQLObjectType:
    found = schema.type_map[name]
    assert isinstance(found, GraphQLObjectType)
    return found


def test_the_file_is_what_the_code_prints() -> None:
    assert SDL.read_text("utf-8") == schema_text()


def test_every_label_has_both_root_fields(schema: GraphQLSchema) -> None:
    query = object_type(schema, "Query").fields
    expected = {"node", "nodes"} | {n.singular for n in MODEL.nodes} | {n.plural for n in MODEL.nodes}
    assert set(query) == expected | {special.name for special in SPECIALS}
    wrong = [n.plural for n in MODEL.nodes if str(query[n.plural].type) != f"{n.label}Connection!"]
    assert wrong == []


def test_every_property_and_relation_is_a_field_and_nothing_else_is(schema: GraphQLSchema) -> None:
    differing = {}
    for node in MODEL.nodes:
        relations = MODEL.relations(node.label)
        expected = {p.field for p in node.shown} | set(relations)
        expected |= {f"{name}Edge" for name, relation in relations.items() if relation.one}
        difference = expected ^ set(object_type(schema, node.label).fields)
        if difference:
            differing[node.label] = difference
    assert differing == {}


def test_every_to_many_field_is_a_connection(schema: GraphQLSchema) -> None:
    wrong = []
    for label in MODEL.labels:
        for name, relation in MODEL.relations(label).items():
            if relation.one:
                continue
            field = object_type(schema, label).fields[name]
            target = get_named_type(field.type)
            parts = set(object_type(schema, target.name).fields)
            if parts != {"edges", "facets", "nodes", "pageInfo", "totalCount"} or set(field.args) != {
                "first",
                "after",
                "last",
                "before",
                "where",
                "orderBy",
            }:
                wrong.append(f"{label}.{name}")
    assert wrong == []


def test_every_edge_carries_its_relationship_s_properties_and_citations(schema: GraphQLSchema) -> None:
    wrong = []
    for label in MODEL.labels:
        for name, relation in MODEL.relations(label).items():
            field = object_type(schema, label).fields[f"{name}Edge" if relation.one else name]
            edge = get_named_type(field.type)
            if not relation.one:
                edge = get_named_type(object_type(schema, edge.name).fields["edges"].type)
            expected = {"node", *(p.field for p in relation.type.shown)}
            expected |= {"citations"} if relation.type.cited else set()
            expected |= {"states"} if relation.type.carries_values else set()
            expected |= set() if relation.one else {"cursor"}
            if set(object_type(schema, edge.name).fields) != expected:
                wrong.append(edge.name)
    assert wrong == []


def test_everything_is_described(schema: GraphQLSchema) -> None:
    bare = []
    for name, type_ in schema.type_map.items():
        if name.startswith("__") or name in ("String", "Int", "Boolean", "ID", "Float"):
            continue
        if not type_.description:
            bare.append(name)
        for field_name, field in getattr(type_, "fields", {}).items():
            bare += [] if field.description else [f"{name}.{field_name}"]
            bare += [
                f"{name}.{field_name}({a})" for a, arg in getattr(field, "args", {}).items() if not arg.description
            ]
    assert bare == []


def test_the_api_is_read_only(schema: GraphQLSchema) -> None:
    assert schema.mutation_type is None
    assert schema.subscription_type is None


def test_lists_are_never_null(schema: GraphQLSchema) -> None:
    fields = object_type(schema, "Service").fields
    assert isinstance(fields["namespaces"].type, GraphQLNonNull)


def test_the_hooks_of_graphql_core_are_as_the_executor_expects_them() -> None:
    ours = list(inspect.signature(GraphExecutor.complete_value).parameters)
    theirs = list(inspect.signature(Executor.complete_value).parameters)
    assert ours == theirs
    assert list(inspect.signature(Executor.collect_subfields).parameters) == [
        "self",
        "return_type",
        "field_details_list",
    ]
    assert list(inspect.signature(get_argument_values).parameters)[:4] == [
        "type_def",
        "node",
        "variable_values",
        "fragment_variable_values",
    ]
    assert "executor_class" in inspect.signature(execute_sync).parameters
    assert {"node", "fragment_variable_values"} <= set(FieldDetails._fields)


def test_the_executor_asks_graphql_core_for_every_field_and_answers_from_the_store(api: Api) -> None:
    """Where graphql-core completed values by itself, `RootField` would reach strawberry and every answer be null."""
    query = """query($yes: Boolean!) { services(first: 1) { ...F @include(if: $yes) } }
        fragment F on ServiceConnection { nodes { n: name } }"""
    body = orjson.loads(api.run(query, {"yes": True}).json())
    assert body["data"] == {"services": {"nodes": [{"n": "Northwind Objects"}]}}
