"""What inputs are made of: scalars, closed sets as enums, conditions on one value, and how an input type is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, NewType

import strawberry
from graphql import GraphQLError

from api.errors import BAD_INPUT
from graph.model import MODEL, Property, RelationshipType, ValueType

ANY = "Node"
"""The interface over every label; a field that leads to several labels is a connection over it."""

Date = NewType("Date", str)
DateTime = NewType("DateTime", str)
URL = NewType("URL", str)

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_TIME = re.compile(r"\d{4}(-\d{2}(-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?)?)?")
_TEXT_OF_URL = re.compile(r".*")


def _matching(pattern: re.Pattern[str], given: object, valid: str) -> str:
    """The text, where it is of the form; GraphQL tells the client what is raised."""
    if not isinstance(given, str) or not pattern.fullmatch(given):
        raise GraphQLError(f"{given!r} is not {valid}", extensions={"code": BAD_INPUT})
    return given


SCALARS: dict[object, Any] = {
    Date: strawberry.scalar(
        name="Date",
        description="An ISO 8601 date at the precision that is stated: 2017, 2017-03 or 2017-03-31.",
        specified_by_url="https://www.iso.org/iso-8601-date-and-time-format.html",
        serialize=str,
        parse_value=lambda given: _matching(_DATE, given, "a date such as 2017, 2017-03 or 2017-03-31"),
    ),
    DateTime: strawberry.scalar(
        name="DateTime",
        description="A date and time in UTC, as RFC 3339 writes it.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=str,
        parse_value=lambda given: _matching(_TIME, given, "a time such as 2017-03-31T12:00:00Z"),
    ),
    URL: strawberry.scalar(
        name="URL",
        description="An address on the web.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3986",
        serialize=str,
        parse_value=lambda given: _matching(_TEXT_OF_URL, given, "an address as text"),
    ),
}

_PYTHON: Mapping[ValueType, Any] = {
    ValueType.STRING: str,
    ValueType.INTEGER: int,
    ValueType.BOOLEAN: bool,
    ValueType.DATE: Date,
    ValueType.DATETIME: DateTime,
    ValueType.URL: URL,
}
_EXACT = ("eq", "ne", "in", "isNull")
_ORDERED = ("eq", "ne", "in", "lt", "lte", "gt", "gte", "isNull")
_TEXT = (*_ORDERED, "contains", "startsWith")
_OPERATORS = {
    "eq": "Equal to it; false where nothing is stated.",
    "ne": "Not equal to it; true where nothing is stated.",
    "in": "One of them; false where nothing is stated.",
    "lt": "Before it in code point order.",
    "lte": "Before it in code point order, or equal.",
    "gt": "After it in code point order.",
    "gte": "After it in code point order, or equal.",
    "contains": "Contains it: a text as a part, a list as an element.",
    "startsWith": "Starts with it.",
    "isNull": "True: nothing is stated. False: something is.",
}


class SortDirection(Enum):
    """Nulls come last ascending, first descending; text goes by code point, numbers of controls as people count."""

    ASC = "asc"
    DESC = "desc"


strawberry.enum(SortDirection, description=SortDirection.__doc__)


@cache
def enum_type(name: str, values: tuple[str, ...]) -> Any:
    """The enum of a closed set: values are UPPER_SNAKE in GraphQL."""
    made = Enum(name, {value.upper(): value for value in values})  # type: ignore[misc]
    return strawberry.enum(made, description=f"Closed set: {', '.join(values)}.")


@cache
def label_enum() -> Any:
    """The enum of all labels: UPPER_SNAKE as all enums are."""
    made = Enum("EntityType", {n.prefix.replace("-", "_").upper(): n.label for n in MODEL.nodes})  # type: ignore[misc]
    return strawberry.enum(made, description="The labels of the graph.")


@cache
def relationship_enum() -> Any:
    """The enum of all relationship types, by their own names."""
    made = Enum("RelationshipType", {r.type: r.type for r in MODEL.relationships})  # type: ignore[misc]
    return strawberry.enum(made, description="The types of relationships of the graph.")


def scalar(prop: Property) -> Any:
    """The type of one value of a property."""
    if prop.values:
        return enum_type(prop.enum, prop.values)
    return strawberry.ID if prop.key == "id" else _PYTHON[prop.type]


@cache
def value_filter(prop_type: Any, name: str, many: bool) -> Any:
    """The filter input of a type of value."""
    if many:
        operators: tuple[str, ...] = ("contains", "isNull")
    elif prop_type in (str, URL):
        operators = _TEXT
    elif prop_type in (int, Date, DateTime):
        operators = (*_ORDERED, "startsWith") if prop_type is Date else _ORDERED
    else:
        operators = ("eq", "ne", "isNull") if prop_type is bool else _EXACT
    types = {"in": list[prop_type], "isNull": bool}
    fields = {o: (types.get(o, prop_type), _OPERATORS[o]) for o in operators}
    return input_type(name, "Conditions on one value; several of them mean AND.", fields)


def filter_of(prop: Property) -> Any:
    """The filter input of a property."""
    kind = scalar(prop)
    base = {str: "String", int: "Int", bool: "Boolean", strawberry.ID: "ID"}.get(kind) or prop.enum or kind.__name__
    return value_filter(kind, f"{base}{'List' if prop.many else ''}Filter", prop.many)


def input_type(name: str, description: str, fields: Mapping[str, tuple[Any, str]], *, one_of: bool = False) -> Any:
    """An input type with those optional fields: type and description by GraphQL name."""
    return fill_input(type(name, (), {}), description, fields, one_of=one_of)


def fill_input(made: Any, description: str, fields: Mapping[str, tuple[Any, str]], *, one_of: bool = False) -> Any:
    """Gives an input class its fields; classes come first so that they can name one another."""
    made.__annotations__ = {f"{name}_": kind | None for name, (kind, _) in fields.items()}
    for name, (_, text) in fields.items():
        setattr(made, f"{name}_", strawberry.field(name=name, description=text, default=strawberry.UNSET))
    return strawberry.input(made, name=made.__name__, description=description, one_of=one_of)


def edge_properties(relationship: RelationshipType) -> tuple[Property, ...]:
    """The properties that stand on the edge of a connection over the relationship."""
    return relationship.shown
