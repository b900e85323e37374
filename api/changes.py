"""What changed between two schemas, and what of it can break a client's operations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from graphql import GraphQLError, GraphQLSchema, build_schema
from graphql.utilities import BreakingChange, DangerousChange, SchemaChange, find_schema_changes

from graph.errors import InputRefused


class Weight(Enum):
    """What a change means for operations that were valid: those that break come first."""

    BREAKING = "breaking"
    DANGEROUS = "dangerous"
    SAFE = "safe"


@dataclass(frozen=True, slots=True)
class Change:
    """A change by its weight, its kind (graphql-core's name of it) and its description."""

    weight: Weight
    kind: str
    description: str


class NotASchema(InputRefused):
    """A text that is no schema, with what it is."""


def changes(before: str, now: str) -> list[Change]:
    """The changes from one schema to another, both as text: breaking, dangerous, safe, each sorted.

    Raises `NotASchema` where a text is none.
    """
    found = find_schema_changes(_schema("the schema before", before), _schema("the schema", now))
    weighed = [Change(_weight(change), change.type.name, change.description) for change in found]
    order = list(Weight)
    return sorted(weighed, key=lambda change: (order.index(change.weight), change.kind, change.description))


def listed(found: Sequence[Change], *, whole: bool = False) -> list[str]:
    """The changes as lines; the safe ones, of which there can be thousands, as a number of each kind unless `whole`."""
    lines = [_line(change) for change in found if whole or change.weight is not Weight.SAFE]
    kinds = Counter(change.kind for change in found if not whole and change.weight is Weight.SAFE)
    return lines + [f"{Weight.SAFE.value}: {kind}: {number}" for kind, number in sorted(kinds.items())]


def _line(change: Change) -> str:
    return f"{change.weight.value}: {change.kind}: {change.description}"


def _weight(change: SchemaChange) -> Weight:
    if isinstance(change, BreakingChange):
        return Weight.BREAKING
    return Weight.DANGEROUS if isinstance(change, DangerousChange) else Weight.SAFE


def _schema(what: str, text: str) -> GraphQLSchema:
    try:
        return build_schema(text)
    except (GraphQLError, TypeError) as error:
        raise NotASchema(f"{what} is none: {error}") from error
