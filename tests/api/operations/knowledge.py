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
from tests.api.operations.dicts import label_of, properties
from tests.api.operations.ordering import EDGE
from tests.api.operations.resolving import LISTS, LOOKUPS

LEFT_OUT: Mapping[str, str] = {
    "Query.compare": "two assessments matched by names and numbers: test_comparison.py states the answers",
    "Query.coverage": "a reading of periods and claims: test_coverage.py states the answers",
    "Query.path": "a search for paths with an order of its own: test_paths.py states the answers",
    "Query.search": "ranks of texts: tests/stores/test_searching.py asks the stores and a referee",
    "Query.responsibilities": "a choice of controls of one service: test_responsibilities.py states the answers",
    "Query.stats": "counts of the store, not of a selection: test_status.py states the answers",
    "Query.loadStatus": "the clock of the last load: test_status.py states the answers",
    "Query.limits": "constants of the server: test_status.py states the answers",
}
"""Parts of the schema that no random operation asks for, and why."""

PAGE_ARGUMENTS = frozenset({"first", "after", "last", "before", "where", "orderBy"})
CONNECTION = frozenset({"edges", "nodes", "pageInfo", "totalCount", "facets", "facets(by)", "facets(first)"})


def _pages(name: str) -> frozenset[str]:
    """A connection with its arguments."""
    return frozenset({name, *(f"{name}({key})" for key in PAGE_ARGUMENTS)})


FIXED: Mapping[str, frozenset[str]] = {
    "Node": frozenset({"id", "name", "aliases"}),
    "Cited": frozenset({"id", "name", "aliases", *_pages("citations"), *_pages("names")}),
    "Facets": frozenset({"groups", "totalCount"}),
    "Facet": frozenset({"value", "isNull", "node", "count"}),
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
    by = {name: {*properties(label), "assessment"} for name, label in LOOKUPS.items()}
    given = {f"{name}({key})" for name, keys in by.items() for key in keys}
    return frozenset({"node(id)", "nodes(ids)"}.union(given, *map(_pages, LISTS)))


def _of_label(label: str) -> frozenset[str]:
    relations = MODEL.relations(label).values()
    ones = {name for r in relations if r.one for name in (r.field, f"{r.field}Edge")}
    return frozenset(ones.union(properties(label), *(_pages(r.field) for r in relations if not r.one)))


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
    relations = [relation for label in MODEL.labels for relation in MODEL.relations(label).values()]
    of_labels = {f"{r.label}{r.field[0].upper()}{r.field[1:]}Edge": r for r in relations}
    cited = {f"Cited{r.field[0].upper()}{r.field[1:]}Edge": r for r in relations if r.field in ("citations", "names")}
    return {**of_labels, **cited}


def _of_input(type_name: str) -> frozenset[str]:
    if type_name.endswith("Filter"):
        return frozenset(OPERATORS)
    if type_name.endswith("Quantified"):
        return frozenset(QUANTIFIERS)
    if not type_name.endswith(("Where", "Order")):
        return frozenset()
    logic = LOGIC if type_name.endswith("Where") else frozenset()
    return logic | _of_node_or_edge(type_name)


def _of_node_or_edge(type_name: str) -> frozenset[str]:
    """The fields of an input about a node of some label, of any, or about a relationship."""
    label = label_of(type_name)
    if label:
        return frozenset({*properties(label), *MODEL.relations(label), EDGE})
    if type_name.startswith("Node"):
        return OF_ANY | {EDGE}
    assert type_name.endswith(("EdgeWhere", "EdgeOrder")), f"an unknown input: {type_name}"
    return frozenset(prop.field for relationship in MODEL.relationships for prop in relationship.shown)
