"""The words in which the model is declared: properties, node types, relationship types, and what may not be said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

NAMESPACE = "https://w3id.org/compliance-graph/ontology#"


class ValueType(Enum):
    """What a property holds; `DATE` is ISO 8601 text at the precision that is stated (`2017`, `2017-03-31`)."""

    STRING = "string"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    URL = "url"


class Cardinality(Enum):
    """How many ends a relationship joins: `ONE_TO_MANY` means that the start has many and the end has one."""

    ONE_TO_MANY = "1-n"
    MANY_TO_ONE = "n-1"
    MANY_TO_MANY = "n-n"


class Direction(Enum):
    """The way in which a relationship is walked from a node."""

    OUT = "out"
    IN = "in"


class ContradictoryModel(ValueError):
    """The declaration contradicts itself; the message lists every breach at once."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or of a relationship.

    `verbatim` marks a document's own wording (rule 8 of the model): it leaves no export of facts. `natural` marks text
    that is ordered as people count, 1.2 before 1.10. `internal` marks what a store keeps for itself and no door shows;
    what of it is `exported` is written in RDF, since nobody could read a document's facts back without it. `ordered`
    marks a list whose order says something: RDF, whose values have none, has it told beside them.
    """

    key: str
    description: str
    type: ValueType = ValueType.STRING
    many: bool = False
    values: tuple[str, ...] = ()
    enum: str = ""
    verbatim: bool = False
    natural: bool = False
    internal: bool = False
    exported: bool = False
    ordered: bool = False

    @property
    def field(self) -> str:
        """The property's name in GraphQL and as an RDF term: camelCase."""
        return camel(self.key)

    @property
    def iri(self) -> str:
        """The property's IRI in the ontology."""
        return NAMESPACE + self.field

    @property
    def in_order(self) -> Property:
        """What tells the order of a list beside its items."""
        told = f"The values of “{self.key.replace('_', ' ')}” in their order, as a JSON list, where there are several."
        return Property(f"{self.key}_in_order", told, internal=True)

    @property
    def order_key(self) -> str:
        """The stored key that gives the order of this property."""
        return f"{self.key}_order" if self.natural else self.key


@dataclass(frozen=True, slots=True)
class NodeType:
    """A label: its root fields, how its id is made, its properties, its default order, how a picture shows it.

    `required` are the keys of the properties without which there is no such node: those that its id is made of.
    """

    label: str
    plural: str
    description: str
    key: str
    properties: tuple[Property, ...]
    order: tuple[str, ...] = ("name",)
    lookups: tuple[tuple[str, ...], ...] = ()
    root: str = ""
    colour: str = "#8A8F98"
    cited: bool = True
    required: tuple[str, ...] = ("id", "name")

    @property
    def singular(self) -> str:
        """The root field that looks one up."""
        return self.root or self.label[0].lower() + self.label[1:]

    @property
    def prefix(self) -> str:
        """The first part of its ids: the label in kebab-case."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", self.label).lower()

    @property
    def iri(self) -> str:
        """The IRI of its class in the ontology."""
        return NAMESPACE + self.label

    def prop(self, key: str) -> Property:
        """The property of that key; `KeyError` where the label has none."""
        return property_of(self.properties, key, self.label)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all declared properties, internal ones included."""
        return frozenset(p.key for p in self.properties)

    @property
    def shown(self) -> tuple[Property, ...]:
        """The properties that doors show."""
        return tuple(p for p in self.properties if not p.internal)

    @property
    def written(self) -> tuple[Property, ...]:
        """The properties that RDF has."""
        return _written(self.properties)

    @property
    def stored(self) -> tuple[Property, ...]:
        """What a store keeps: the declared properties, and a key of order beside each natural one."""
        orders = (Property(p.order_key, f"The order of {p.key}.", internal=True) for p in self.properties if p.natural)
        return (*self.properties, *orders)


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of labels that a relationship joins, with the field at either end."""

    start: str
    start_field: str
    end: str
    end_field: str


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """A relationship type.

    `shared` says of n-n that one child commonly has many parents (the planner splits there); `cited` that each one has
    citations; `carries_values` that each one carries property values of its start under their own keys.
    """

    type: str
    description: str
    pairs: tuple[Pair, ...]
    cardinality: Cardinality
    properties: tuple[Property, ...] = ()
    shared: bool = False
    cited: bool = True
    carries_values: bool = False

    @property
    def term(self) -> str:
        """Its name in RDF: camelCase of the type."""
        return camel(self.type.lower())

    @property
    def iri(self) -> str:
        """The IRI of its object property in the ontology."""
        return NAMESPACE + self.term

    @property
    def shown(self) -> tuple[Property, ...]:
        """The properties that doors show."""
        return tuple(p for p in self.properties if not p.internal)

    @property
    def written(self) -> tuple[Property, ...]:
        """The properties that RDF has."""
        return _written(self.properties)

    def prop(self, key: str) -> Property:
        """The property of that key; `KeyError` where the relationship has none."""
        return property_of(self.properties, key, self.type)

    def one(self, direction: Direction) -> bool:
        """Whether a node has at most one neighbour over this relationship in that direction."""
        single = Cardinality.MANY_TO_ONE if direction is Direction.OUT else Cardinality.ONE_TO_MANY
        return self.cardinality is single


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship seen from one label: the field of that label, the direction, and the labels it leads to."""

    label: str
    field: str
    type: RelationshipType
    direction: Direction
    targets: tuple[str, ...]

    @property
    def one(self) -> bool:
        """Whether the field leads to at most one node."""
        return self.type.one(self.direction)

    @property
    def target(self) -> str | None:
        """The single label it leads to, or None where it leads to several."""
        return self.targets[0] if len(self.targets) == 1 else None


@cache
def camel(key: str) -> str:
    """`signed_at` -> `signedAt`."""
    first, *rest = key.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _written(properties: tuple[Property, ...]) -> tuple[Property, ...]:
    found = (((p, p.in_order) if p.ordered else (p,)) for p in properties if p.exported or not p.internal)
    return tuple(prop for some in found for prop in some)


def property_of(properties: tuple[Property, ...], key: str, owner: str) -> Property:
    """The property of that key; `KeyError` that names the owner where there is none."""
    for candidate in properties:
        if candidate.key == key:
            return candidate
    raise KeyError(f"{owner}.{key}")
