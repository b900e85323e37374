"""Values for the arguments of a random operation, taken from the graph, as literals and as variables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    get_nullable_type,
)
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from graph.model import MODEL
from tests.api.operations.dicts import Dicts, edge_properties, label_of, properties, shown, stored
from tests.api.operations.ordering import EDGE

Draw = DrawFn
DEEPEST = 2
"""How many relations conditions lead through: SQLite 3.40 takes no more of them three lists below a root."""
PATH_MOST = 3
"""Through how many relations an order leads."""


class Pools:
    """The values that a graph holds, by label and field, so that conditions meet some of them."""

    def __init__(self, dicts: Dicts) -> None:
        self._values = {
            (label, name): _distinct(shown(prop, stored(node, prop)) for node in dicts.labelled(label))
            for label in MODEL.labels
            for name, prop in properties(label).items()
        }
        edges = [(edge, name, prop) for edge in dicts.edges.values() for name, prop in edge_properties(edge).items()]
        self._edges = {
            name: _distinct(shown(prop, edge.values.get(prop.key)) for edge, own, prop in edges if own == name)
            for name in {name for _, name, _ in edges}
        }
        self.ids = _distinct(list(dicts.nodes))

    def of(self, label: str | None, name: str) -> Sequence[Any]:
        """The values of a field of a label; of ids and names of all nodes where the label is None."""
        if label is not None:
            return self._values[label, name] if (label, name) in self._values else self._edges.get(name, ())
        names = (self._values[label, "name"] for label in MODEL.labels)
        return {"id": self.ids, "name": _distinct(names)}.get(name, self._edges.get(name, ()))


def _distinct(values: Iterable[Any]) -> list[Any]:
    flat = (item for value in values for item in (value if isinstance(value, list) else [value]))
    return sorted({item for item in flat if item is not None})


@dataclass(slots=True)
class Values:
    """Draws values and writes them down; what becomes a variable is declared here, with its value."""

    draw: Draw
    pools: Pools
    declared: list[str] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)

    def seldom(self, times: int = 4) -> bool:
        """True once in so many times; the simplest operation has nothing that is seldom."""
        return self.draw(st.integers(1, times)) == times

    def one_of(self, values: Sequence[Any]) -> Any:
        """One of the values."""
        return self.draw(st.sampled_from(values))

    def condition(self, type_: GraphQLInputObjectType, deep: int = 0) -> dict[str, Any]:
        """A `where` object."""
        label = label_of(type_.name)
        filters = [key for key, known in type_.fields.items() if _is_filter(known.type)]
        others = [key for key in type_.fields if key not in filters and deep < DEEPEST]
        found: dict[str, Any] = {}
        for _ in range(self.one_of((1, 2, 0))):
            key = EDGE if EDGE in others and self.seldom(3) else self.one_of(self.one_of([filters, others or filters]))
            found[key] = self._asked(type_.fields[key].type, label, key, deep + 1)
        return found

    def _asked(self, type_: GraphQLInputType, label: str | None, key: str, deep: int) -> Any:
        inner = get_named_type(type_)
        assert isinstance(inner, GraphQLInputObjectType)
        if isinstance(get_nullable_type(type_), GraphQLList):
            return [self.condition(inner, deep) for _ in range(self.draw(st.integers(0, 2)))]
        if inner.name.endswith("Where"):
            return self.condition(inner, deep)
        names = self.draw(st.lists(st.sampled_from(list(inner.fields)), min_size=1, max_size=2, unique=True))
        if not _is_filter(inner):
            return {name: self._asked(inner.fields[name].type, label, key, deep) for name in names}
        return {name: self._operand(inner.fields[name].type, name, label, key) for name in names}

    def _operand(self, type_: GraphQLInputType, operator: str, label: str | None, key: str) -> Any:
        if operator == "isNull":
            return self.draw(st.booleans())
        inner = get_named_type(type_)
        if operator == "in":
            return [self._value(inner, label, key) for _ in range(self.draw(st.integers(0, 3)))]
        value = self._value(inner, label, key)
        parts = operator in ("contains", "startsWith") and inner.name in ("String", "URL")
        return value[: self.draw(st.integers(1, 4))] if parts and self.seldom(2) else value

    def _value(self, type_: Any, label: str | None, key: str) -> Any:
        if isinstance(type_, GraphQLEnumType):
            return self.one_of(list(type_.values))
        known = self.pools.of(label, key)
        return self.one_of(known) if known else {"Int": 1, "Boolean": True}.get(type_.name, "2017")

    def order(self, type_: GraphQLInputObjectType) -> list[dict[str, str]]:
        """An `orderBy` list."""
        return [self._key(type_, 0) for _ in range(self.draw(st.integers(0, 3)))]

    def _key(self, type_: GraphQLInputObjectType, deep: int) -> dict[str, Any]:
        leaves = [key for key, known in type_.fields.items() if isinstance(known.type, GraphQLEnumType)]
        leads = [key for key in type_.fields if key not in leaves and deep < PATH_MOST]
        key = self.one_of(leads if leads and self.seldom(3) else leaves)
        below = type_.fields[key].type
        return {key: self._key(below, deep + 1) if isinstance(below, GraphQLInputObjectType) else self._direction()}

    def _direction(self) -> str:
        return str(self.one_of(["ASC", "DESC"]))

    def written(self, value: Any, type_: GraphQLInputType, *, in_one_of: bool = False) -> str:
        """A value as it stands in the document: a literal, in which parts may be variables."""
        if value is not None and self.seldom(8):
            return self._variable(value, type_, required=in_one_of)
        kind = get_nullable_type(type_)
        if isinstance(kind, GraphQLList) and isinstance(value, list):
            items = [self.written(item, kind.of_type) for item in value]
            alone = len(items) == 1 and not items[0].startswith("$") and self.seldom()
            return items[0] if alone else f"[{', '.join(items)}]"
        if isinstance(kind, GraphQLInputObjectType) and isinstance(value, Mapping):
            one = bool(kind.is_one_of)
            parts = [f"{k}: {self.written(v, kind.fields[k].type, in_one_of=one)}" for k, v in value.items()]
            return f"{{{', '.join(parts)}}}"
        return literal(value, type_)

    def unset(self, type_: GraphQLInputType) -> str:
        """A variable that has no value: as if nothing stood there."""
        name = f"v{len(self.declared)}"
        self.declared.append(f"${name}: {get_nullable_type(type_)}")
        return f"${name}"

    def _variable(self, value: Any, type_: GraphQLInputType, *, required: bool) -> str:
        name, plain = f"v{len(self.declared)}", get_nullable_type(type_)
        how = self.one_of(["given", "default", "both"]) if not required else "given"
        default = "" if how == "given" else f" = {literal(value if how == 'default' else _other(value), type_)}"
        non_null = how == "given" and (required or isinstance(type_, GraphQLNonNull) or self.seldom(2))
        self.declared.append(f"${name}: {plain}{'!' if non_null else ''}{default}")
        if how != "default":
            self.given[name] = value
        return f"${name}"


def literal(value: Any, type_: GraphQLInputType) -> str:
    """A value as a literal of GraphQL."""
    kind = get_nullable_type(type_)
    if isinstance(kind, GraphQLList) and isinstance(value, list):
        return f"[{', '.join(literal(item, kind.of_type) for item in value)}]"
    if isinstance(kind, GraphQLInputObjectType) and isinstance(value, Mapping):
        return f"{{{', '.join(f'{k}: {literal(v, kind.fields[k].type)}' for k, v in value.items())}}}"
    if isinstance(kind, GraphQLEnumType) and value is not None:
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def _other(value: Any) -> Any:
    """A default that the value of the variable takes the place of."""
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else value


def _is_filter(type_: Any) -> bool:
    return str(get_named_type(type_)).endswith("Filter")
