"""How output types are made for strawberry: fields with descriptions and arguments, and no resolvers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField


@dataclass(frozen=True, slots=True)
class Made:
    """A field to be: its type and what it means."""

    type: Any
    description: str
    arguments: tuple[StrawberryArgument, ...] = ()


def object_type(name: str, description: str, fields: Mapping[str, Made]) -> Any:
    """An object type with those fields by GraphQL name."""
    return fill(type(name, (), {}), description, fields)


def fill(made: Any, description: str, fields: Mapping[str, Made], *, interface: bool = False) -> Any:
    """Gives a class its fields; classes come first so that they can name one another."""
    made.__annotations__ = {f"{name}_": field.type for name, field in fields.items()}
    for name, field in fields.items():
        declared = strawberry.field(name=name, description=field.description)
        assert isinstance(declared, StrawberryField)
        declared.arguments = list(field.arguments)
        setattr(made, f"{name}_", declared)
    decorate = strawberry.interface if interface else strawberry.type
    return decorate(made, name=made.__name__, description=description)


def argument(name: str, kind: Any, description: str, *default: Any) -> StrawberryArgument:
    """An argument of a field; it has a default where one is given."""
    annotation = StrawberryAnnotation(kind)
    if default:
        return StrawberryArgument(name, name, annotation, description=description, default=default[0])
    return StrawberryArgument(name, name, annotation, description=description)
