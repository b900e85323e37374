"""How a relationship type is declared: which labels it joins, under which fields, with what it always carries."""

from __future__ import annotations

from graph.model.types import Cardinality, Pair, Property, RelationshipType
from graph.model.vocabulary import choice, text

ASSERTION = choice(
    "assertion", "Assertion", ("stated", "derived"), "Whether a document states it or a rule derives it."
)
RULE = text("rule", "The rule that derived it.")
CLAIMS = Property(
    "claims",
    "What each document states of it, as JSON, where that is more than its citations.",
    internal=True,
)

ONE_TO_MANY = Cardinality.ONE_TO_MANY
MANY_TO_ONE = Cardinality.MANY_TO_ONE
MANY_TO_MANY = Cardinality.MANY_TO_MANY


def joins(starts: str, start_field: str, ends: str, end_field: str) -> tuple[Pair, ...]:
    """Every start with every end, under one field name at either side; several labels are separated by spaces."""
    return tuple(Pair(s, start_field, e, end_field) for s in starts.split() for e in ends.split())


def fans(pairs: str, start_field: str, end: str) -> tuple[Pair, ...]:
    """`Service:services Region:regions` to one end, each start under a field of its own at the end."""
    return tuple(Pair(s, start_field, end, f) for s, f in (p.split(":") for p in pairs.split()))


def stated(
    type_: str,
    cardinality: Cardinality,
    pairs: tuple[Pair, ...],
    description: str,
    *properties: Property,
    shared: bool = False,
) -> RelationshipType:
    """A relationship that documents state: besides its own properties it has an assertion and its claims."""
    own = (*properties, ASSERTION, RULE, CLAIMS)
    return RelationshipType(type_, description, pairs, cardinality, own, shared)
