"""What the executor over dicts knows of the schema, and what is left out, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)

from graph.model import MODEL, Relation
from tests.api.operations.conditions import LOGIC, OF_ANY, OPERATORS, QUANTIFIERS
from tests.api.operations.dicts import properties
from tests.api.operations.resolving import LISTS, LOOKUPS

LEFT_OUT: Mapping[str, str] = {
    "Query.compare": "two assessments matched by names and numbers: test_comparison.py states the answers",
    "Query.coverage": "a reading of periods and claims: test_coverage.py states the answers",
    "Query.path": "a search for paths with an order of its own: test_paths.py states the answers",
    "Query.responsibilities": "a choice of controls of one service: test_responsibilities.py states the answers",
    "Query.stats": "counts of the store, not of a selection: test_status.py states the answers",
    "Query.loadStatus": "the clock of the last load: test_status.py states the answers",
    "Query.limits": "constants of the server: test_status.py states the answers",
}
"""Parts of the schema that no random operation asks for, and why."""

PAGE_ARGUMENTS = frozenset({"first", "after", "last", "before", "where", "orderBy"})
CONNECTION = frozenset({"edges", "nodes", "pageInfo", "totalCount"})
FIXED: Mapping[str, frozenset[str]] = {
    "Node": frozenset({"id", "name", "aliases"}),
    "PageInfo": frozenset({"hasNextPage", "hasPreviousPage", "startCursor", "endCursor"}),
    "StatedValue": frozenset({"property", "value"}),
    "Query": frozenset({"node", "nodes", *LISTS, *LOOKUPS}),
}


def unknown(schema: GraphQLSchema) -> list[str]:
    """All of the schema that random operations reach and the executor over dicts does not know."""
    assert schema.query_type is not None
    found, seen, waiting = list[str](), set[str](), list[GraphQLNamedType]([schema.query_type])
    while waiting:
        type_ = waiting.pop()
        if type_.name in seen:
            continue
        seen.add(type_.name)
        if isinstance(type_, GraphQLInterfaceType):
            waiting += schema.get_possible_types(type_)
        for name, below in _parts(type_):
            waiting.append(below)
            found += [] if name in _known(type_.name) else [f"{type_.name}.{name}"]
    return sorted(found)


def _parts(type_: GraphQLNamedType) -> Iterator[tuple[str, GraphQLNamedType]]:
    """The fields of a type, and their arguments as `field(argument)`, with their types; what is left out is not."""
    if isinstance(type_, GraphQLInputObjectType):
        yield from ((name, get_named_type(field.type)) for name, field in type_.fields.items())
    elif isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in type_.fields.items():
            if f"{type_.name}.{name}" not in LEFT_OUT:
                yield name, get_named_type(field.type)
                yield from ((f"{name}({key})", get_named_type(arg.type)) for key, arg in field.args.items())
    else:
        assert isinstance(type_, GraphQLEnumType) or type_.name in SCALARS, f"an unknown type: {type_.name}"


SCALARS = frozenset({"ID", "String", "Int", "Boolean", "Date", "DateTime", "URL"})


@cache
def _known(type_name: str) -> frozenset[str]:
    """The fields of a type that are known, with the arguments that are."""
    if type_name in FIXED:
        return FIXED[type_name] | _arguments_of_query() if type_name == "Query" else FIXED[type_name]
    if type_name in MODEL.labels:
        return _of_label(type_name)
    if type_name.endswith("Connection"):
        return CONNECTION
    if type_name.endswith("Edge"):
        return _of_edge(type_name)
    return _of_input(type_name)


def _arguments_of_query() -> frozenset[str]:
    lists = {f"{name}({key})" for name in LISTS for key in PAGE_ARGUMENTS}
    by = {name: {*properties(label), "assessment"} for name, label in LOOKUPS.items()}
    return frozenset(
        lists | {f"{name}({key})" for name, keys in by.items() for key in keys} | {"node(id)", "nodes(ids)"}
    )


def _of_label(label: str) -> frozenset[str]:
    relations = MODEL.relations(label).values()
    edges = {f"{r.field}Edge" for r in relations if r.one}
    pages = {f"{r.field}({key})" for r in relations if not r.one for key in PAGE_ARGUMENTS}
    return frozenset({*properties(label), *(r.field for r in relations)} | edges | pages)


def _of_edge(type_name: str) -> frozenset[str]:
    relation = _edges().get(type_name)
    if relation is None:
        return frozenset({"node", "cursor"})
    known = {"node", *(prop.field for prop in relation.type.shown)}
    known |= set() if relation.one else {"cursor"}
    known |= {"citations"} if relation.type.cited else set()
    return frozenset(known | ({"states"} if relation.type.carries_values else set()))


@cache
def _edges() -> Mapping[str, Relation]:
    relations = (relation for label in MODEL.labels for relation in MODEL.relations(label).values())
    return {f"{r.label}{r.field[0].upper()}{r.field[1:]}Edge": r for r in relations}


def _of_input(type_name: str) -> frozenset[str]:
    if type_name.endswith("Filter"):
        return frozenset(OPERATORS)
    if type_name.endswith("Quantified"):
        return frozenset(QUANTIFIERS)
    if type_name.endswith("Where"):
        label = type_name.removesuffix("Where")
        return LOGIC | (OF_ANY if label == "Node" else {*properties(label), *MODEL.relations(label)})
    if type_name.endswith("Order"):
        label = type_name.removesuffix("Order")
        return frozenset({"id", "name"} if label == "Node" else properties(label))
    return frozenset()
