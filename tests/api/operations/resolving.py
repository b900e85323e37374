"""The executable schema over dicts: each value of the answer knows its own fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from graphql import ExecutionResult, GraphQLResolveInfo, GraphQLSchema, build_schema, execute_sync, parse

from graph.merging import Edge, Node
from graph.model import MODEL, Relation
from tests.api.operations import grouping, lookups, paging
from tests.api.operations.dicts import Dicts, Way, properties, shown, stated, stored

SDL = Path(__file__).resolve().parents[3] / "schema.graphql"
LISTS = {node.plural: node.label for node in MODEL.nodes}
LOOKUPS = {node.singular: node.label for node in MODEL.nodes}

Given = Mapping[str, Any]


class Unknown(Exception):
    """Something was asked that the executor over dicts does not know."""


class Shown(Protocol):
    """A value of the answer."""

    def field(self, name: str, given: Given) -> Any:
        """The value of one of its fields; `KeyError` where it knows none of that name."""


@dataclass(frozen=True, slots=True)
class Root:
    """The type Query."""

    dicts: Dicts

    def field(self, name: str, given: Given) -> Any:
        """A root list, a look-up, or nodes by their ids."""
        if name in LISTS:
            label = LISTS[name]
            ways = [Way(node) for node in self.dicts.labelled(label)]
            return Connection(self.dicts, paging.page(self.dicts, ways, label, name, given), None)
        if name in LOOKUPS:
            found = lookups.one(self.dicts, LOOKUPS[name], given)
            return Entity(self.dicts, found) if found else None
        many: dict[str, Callable[[], Any]] = {
            "node": lambda: self._node(given["id"]),
            "nodes": lambda: [self._node(id_) for id_ in given["ids"]],
        }
        return many[name]()

    def _node(self, id_: str) -> Entity | None:
        return Entity(self.dicts, self.dicts.nodes[id_]) if id_ in self.dicts.nodes else None


@dataclass(frozen=True, slots=True)
class Entity:
    """A node."""

    dicts: Dicts
    node: Node

    def field(self, name: str, given: Given) -> Any:
        """A property, or what a relationship leads to."""
        label = self.node.label
        known = properties(label)
        if name in known:
            return shown(known[name], stored(self.node, known[name]))
        relation = MODEL.relations(label).get(name)
        if relation is None:
            return next(iter(self._ways(MODEL.relations(label)[name.removesuffix("Edge")])), None)
        if relation.one:
            return next((way.field("node", {}) for way in self._ways(relation)), None)
        ways = self.dicts.ways(self.node, relation)
        found = paging.page(self.dicts, ways, relation.target, f"{label}.{name}", given)
        return Connection(self.dicts, found, relation)

    def _ways(self, relation: Relation) -> list[Joint]:
        return [Joint(self.dicts, way, relation, None) for way in self.dicts.ways(self.node, relation)]


@dataclass(frozen=True, slots=True)
class Connection:
    """A page of a list."""

    dicts: Dicts
    page: paging.Page
    relation: Relation | None

    def field(self, name: str, given: Given) -> Any:
        """Its edges, nodes, total, or where it stands in its list."""
        known: dict[str, Callable[[], Any]] = {
            "edges": lambda: [Joint(self.dicts, way, self.relation, self.page) for way in self.page.ways],
            "nodes": lambda: [Entity(self.dicts, way.node) for way in self.page.ways],
            "pageInfo": lambda: PageInfo(self.page),
            "totalCount": lambda: len(self.page.members),
            "facets": lambda: Facets(
                self.dicts, grouping.grouped(self.dicts, self.page.members, given["by"]), given["first"]
            ),
        }
        return known[name]()


@dataclass(frozen=True, slots=True)
class Facets:
    """The nodes of a list in groups."""

    dicts: Dicts
    groups: Sequence[tuple[grouping.Group, int]]
    first: int

    def field(self, name: str, given: Given) -> Any:
        """The largest of the groups, or how many there are."""
        groups = [Facet(self.dicts, *pair) for pair in self.groups[: self.first]]
        return {"groups": groups, "totalCount": len(self.groups)}[name]


@dataclass(frozen=True, slots=True)
class Facet:
    """A group."""

    dicts: Dicts
    group: grouping.Group
    count: int

    def field(self, name: str, given: Given) -> Any:
        """What its members share, and how many there are."""
        node = Entity(self.dicts, self.group.node) if self.group.node else None
        is_null = self.group.value is None
        return {"value": self.group.value, "isNull": is_null, "node": node, "count": self.count}[name]


@dataclass(frozen=True, slots=True)
class Joint:
    """An edge: a node with the relationship that leads to it."""

    dicts: Dicts
    way: Way
    relation: Relation | None
    page: paging.Page | None

    def field(self, name: str, given: Given) -> Any:
        """The node, its place, or what the relationship has."""
        if name == "node":
            return Entity(self.dicts, self.way.node)
        if name == "cursor" and self.page:
            return self.page.cursor(self.way)
        if self.relation is None or self.way.edge is None:
            raise KeyError(name)
        return self._of_relationship(name, self.relation, self.way.edge)

    def _of_relationship(self, name: str, relation: Relation, edge: Edge) -> Any:
        if name == "citations" and relation.type.cited:
            return [Entity(self.dicts, node) for node in self.dicts.citations(edge)]
        if name == "states" and relation.type.carries_values:
            return [Stated(key, value) for key, value in stated(edge)]
        prop = {prop.field: prop for prop in relation.type.shown}[name]
        return shown(prop, edge.values.get(prop.key))


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where a page stands in its list."""

    page: paging.Page

    def field(self, name: str, given: Given) -> Any:
        """Whether there is more on either side, and the cursors of the ends."""
        ways = self.page.ways
        return {
            "hasNextPage": self.page.has_next,
            "hasPreviousPage": self.page.has_previous,
            "startCursor": self.page.cursor(ways[0]) if ways else None,
            "endCursor": self.page.cursor(ways[-1]) if ways else None,
        }[name]


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a citation states."""

    property: str
    value: str

    def field(self, name: str, given: Given) -> Any:
        """The property or its value."""
        return {"property": self.property, "value": self.value}[name]


def printed_schema() -> GraphQLSchema:
    """The schema as it is printed; `first` has no default, since it has none where `last` is given."""
    schema = build_schema(SDL.read_text("utf-8"))
    for type_ in schema.type_map.values():
        for field in getattr(type_, "fields", {}).values():
            if {"first", "last"} <= getattr(field, "args", {}).keys():
                field.args["first"].default = None
    return schema


class Executor:
    """graphql-core over dicts."""

    def __init__(self, schema: GraphQLSchema, dicts: Dicts) -> None:
        self._schema = schema
        self._root = Root(dicts)

    def run(self, query: str, variables: Mapping[str, Any], operation: str | None = None) -> ExecutionResult:
        """The result of an operation; raises `Unknown` where it asks for what is not known here."""
        result = execute_sync(
            self._schema,
            parse(query),
            root_value=self._root,
            variable_values=dict(variables),
            operation_name=operation,
            field_resolver=_resolved,
            type_resolver=lambda value, *_: value.node.label,
        )
        for error in result.errors or ():
            if isinstance(error.original_error, KeyError):
                raise Unknown(f"{error.path}: {error.message}") from error.original_error
        return result


def _resolved(value: Shown, info: GraphQLResolveInfo[Any], **given: Any) -> Any:
    return value.field(info.field_name, given)
