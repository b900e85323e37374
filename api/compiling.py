"""A field of an operation as a Selection: fragments, directives, aliases and coercion are graphql-core's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

from graphql import FieldNode, GraphQLField, GraphQLObjectType, VariableNode, get_named_type
from graphql.execution.collect_fields import FieldDetails
from graphql.execution.executor import Executor
from graphql.execution.values import get_argument_values

from api.conditions import EDGE
from api.filters import orders, page_of, plain, properties, refuse_wording, size_of, where
from api.grouping import words
from api.interfaces import base_of
from graph.model import MODEL, Property, Relation
from graph.selection import (
    Compare,
    Connection,
    Constant,
    Cursor,
    EdgeCitations,
    EdgeField,
    EdgeNode,
    Edges,
    EdgeStates,
    Facets,
    Field,
    GroupField,
    Groups,
    Many,
    Nodes,
    Not,
    One,
    OneEdge,
    Operator,
    PageInfo,
    Part,
    Quantifier,
    Shape,
    StatesField,
    Through,
    Total,
    Value,
    Wording,
)

Details = list[FieldDetails]
Target: TypeAlias = str | Relation | None
"""Of what a list is: nodes of a label, of any label, or what a relation leads to."""
TYPENAME = "__typename"
NOT_RESTRICTED = Not(Compare(MODEL.node("Document").prop("distribution"), Operator.EQ, "restricted"))
_EDGE = "Edge"


class Compiler:
    """Compiles the fields of one operation; with `public` the wording of restricted documents is null."""

    def __init__(self, executor: Executor[Any], *, public: bool = False) -> None:
        self._executor = executor
        self._types = executor.schema.type_map
        self._public = public

    def arguments(self, parent: GraphQLObjectType, name: str, details: Details) -> dict[str, Any]:
        """The coerced arguments of a field, defaults included; `first` has none where `last` is given.

        An argument that is a variable without a value counts as not given, as GraphQL has it.
        """
        asked = details[0]
        variables = self._executor.variable_values
        found = get_argument_values(self._field(parent, name), asked.node, variables, asked.fragment_variable_values)
        if found.get("last") is not None and not self._is_given("first", asked.node):
            found["first"] = None
        return found

    def _is_given(self, name: str, node: FieldNode) -> bool:
        values = [argument.value for argument in node.arguments or () if argument.name.value == name]
        known = self._executor.variable_values.coerced
        return any(not isinstance(value, VariableNode) or value.name.value in known for value in values)

    def shape(self, labels: tuple[str, ...], details: Details) -> Shape:
        """What is wanted of a node that has one of the labels."""
        return Shape({label: tuple(self._node_fields(label, details)) for label in labels})

    def connection(
        self,
        list_: str,
        target: Target,
        type_: GraphQLObjectType,
        details: Details,
        arguments: Mapping[str, Any],
    ) -> Connection:
        """A page of a list of nodes of a label, or of what a relation leads to, with what is wanted of it."""
        relation = target if isinstance(target, Relation) else None
        label = target.target if isinstance(target, Relation) else target
        condition = where(label, arguments.get("where"), relation)
        order = orders(label, arguments.get("orderBy"), relation)
        if self._public:
            refuse_wording(condition, order)
        return Connection(
            list_, page_of(list_, order, arguments), order, self._parts(target, type_, details), condition
        )

    def _parts(self, of: Target, type_: GraphQLObjectType, details: Details) -> tuple[Part, ...]:
        return tuple(self._part(key, name, of, type_, group) for key, name, group in self._grouped(type_, details))

    def _part(self, key: str, name: str, of: Target, type_: GraphQLObjectType, group: Details) -> Part:
        if name == TYPENAME:
            return Constant(key, type_.name)
        if name == "facets":
            return self._facets(key, of, type_, group)
        target = of.target if isinstance(of, Relation) else of
        if name == "totalCount":
            return Total(key)
        if name == "nodes":
            return Nodes(key, self.shape(labels_of(target), group))
        inner = self._object(type_, name)
        if name == "pageInfo":
            return PageInfo(key, tuple((k, n) for k, n, _ in self._grouped(inner, group)))
        return Edges(key, self._edge_fields(target, inner, group, None))

    def _facets(self, key: str, of: Target, type_: GraphQLObjectType, details: Details) -> Facets:
        arguments, inner = self.arguments(type_, "facets", details), self._object(type_, "facets")
        label, relation = (of.target, of) if isinstance(of, Relation) else (of, None)
        word, first = plain(arguments["by"]), size_of("first", arguments["first"])
        by, _ = words(label, relation)[word]
        found: list[Constant | Total | Groups] = []
        for name_key, name, group in self._grouped(inner, details):
            if name == TYPENAME:
                found.append(Constant(name_key, inner.name))
            elif name == "totalCount":
                found.append(Total(name_key))
            else:
                found.append(Groups(name_key, self._group_fields(by, self._object(inner, name), group)))
        return Facets(key, by, first, tuple(found), edge=word.startswith(f"{EDGE}_".upper()))

    def _group_fields(
        self, by: Property | Relation, type_: GraphQLObjectType, details: Details
    ) -> tuple[Constant | GroupField | EdgeNode, ...]:
        found: list[Constant | GroupField | EdgeNode] = []
        for key, name, group in self._grouped(type_, details):
            if name == TYPENAME:
                found.append(Constant(key, type_.name))
            elif name != "node":
                found.append(GroupField(key, name))
            elif isinstance(by, Relation):
                found.append(EdgeNode(key, self.shape(by.targets, group)))
            else:
                found.append(Constant(key, None))
        return tuple(found)

    def _edge_fields(
        self, target: str | None, type_: GraphQLObjectType, details: Details, relation: Relation | None
    ) -> tuple[EdgeField, ...]:
        return tuple(
            self._edge_field(key, name, target, type_, group, relation or self._relation_of(type_))
            for key, name, group in self._grouped(type_, details)
        )

    def _edge_field(
        self,
        key: str,
        name: str,
        target: str | None,
        type_: GraphQLObjectType,
        group: Details,
        relation: Relation | None,
    ) -> EdgeField:
        if name == TYPENAME:
            return Constant(key, type_.name)
        if name == "cursor":
            return Cursor(key)
        if name == "node":
            return EdgeNode(key, self.shape(labels_of(target), group))
        if name == "citations":
            return EdgeCitations(key, self.shape(("Citation",), group))
        if name == "states":
            inner = self._object(type_, name)
            fields = [(k, n) for k, n, _ in self._grouped(inner, group)]
            return EdgeStates(
                key,
                facts_only=self._public,
                fields=tuple(Constant(k, inner.name) if n == TYPENAME else StatesField(k, n) for k, n in fields),
            )
        assert relation is not None, "only the edges of a relationship have properties"
        prop = {p.field: p for p in relation.type.shown}[name]
        return Constant(key, None) if self._public and prop.verbatim else Value(key, prop)

    def _node_fields(self, label: str, details: Details) -> list[Field]:
        type_ = self._types[label]
        assert isinstance(type_, GraphQLObjectType)
        return [self._node_field(key, name, label, type_, group) for key, name, group in self._grouped(type_, details)]

    def _node_field(self, key: str, name: str, label: str, type_: GraphQLObjectType, group: Details) -> Field:
        if name == TYPENAME:
            return Constant(key, label)
        if name in properties(label):
            return self._value(key, label, properties(label)[name])
        relation = MODEL.relations(label).get(name)
        if relation is None:
            relation = MODEL.relations(label)[name.removesuffix(_EDGE)]
            return OneEdge(
                key, relation, self._edge_fields(relation.target, self._object(type_, name), group, relation)
            )
        if relation.one:
            return One(key, relation, self.shape(relation.targets, group))
        arguments = self.arguments(type_, name, group)
        inner = self._object(type_, name)
        return Many(key, relation, self.connection(f"{label}.{name}", relation, inner, group, arguments))

    def _value(self, key: str, label: str, prop: Property) -> Field:
        """A property; in public the wording of a document that may be shown, or null."""
        return wording(key, label, prop) if self._public and prop.verbatim else Value(key, prop)

    def _grouped(self, type_: GraphQLObjectType, details: Details) -> list[tuple[str, str, Details]]:
        collected = self._executor.collect_subfields(type_, details)
        return [(key, group[0].node.name.value, group) for key, group in collected.grouped_field_set.items()]

    def _field(self, parent: GraphQLObjectType, name: str) -> GraphQLField:
        field: GraphQLField = parent.fields[name]
        return field

    def _object(self, parent: GraphQLObjectType, name: str) -> GraphQLObjectType:
        type_ = get_named_type(self._field(parent, name).type)
        assert isinstance(type_, GraphQLObjectType)
        return type_

    def _relation_of(self, edge: GraphQLObjectType) -> Relation | None:
        return _relations_by_edge().get(edge.name)


def wording(key: str, label: str, prop: Property) -> Wording:
    """A property that holds a document's wording, as far as a document that may be shown states it."""
    relations = MODEL.relations(label)
    if label == "Citation":
        return Wording(key, prop, relations["document"], NOT_RESTRICTED)
    shown = Through(MODEL.relations("Citation")["document"], Quantifier.SOME, NOT_RESTRICTED)
    return Wording(key, prop, relations["citations"], shown)


def labels_of(target: str | None) -> tuple[str, ...]:
    """The labels that a field leads to: one, or any."""
    return (target,) if target else MODEL.labels


@cache
def _relations_by_edge() -> Mapping[str, Relation]:
    return {
        base_of(relation) + _EDGE: relation for label in MODEL.labels for relation in MODEL.relations(label).values()
    }
