"""What a store is asked: blocks of columns, rooted in a list or in ids; a row comes back as a list in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from graph.model import Property, Relation
from graph.remembering import Memory
from graph.selection import And, Filter, Keys, Order


@dataclass(frozen=True, slots=True)
class PropertyColumn:
    """A property of the node or, among edge columns, of the relationship."""

    property: Property


@dataclass(frozen=True, slots=True)
class EndColumn:
    """A property of the node at the other end of a relationship: the keys of order, for cursors."""

    property: Property


@dataclass(frozen=True, slots=True)
class PathColumn:
    """A property of what relations lead to from the node, null aside: the least value, or the greatest."""

    path: tuple[Relation, ...]
    property: Property
    greatest: bool = False


@dataclass(frozen=True, slots=True)
class CitationsColumn:
    """The rows of the citations of a relationship, in the order in which it lists them; their ids where None."""

    block: Block | None


@dataclass(frozen=True, slots=True)
class StatesColumn:
    """The values that an EVIDENCED_BY relationship carries, as a mapping of property key to value."""


EdgeColumn: TypeAlias = PropertyColumn | EndColumn | PathColumn | CitationsColumn | StatesColumn


@dataclass(frozen=True, slots=True)
class Grouping:
    """How the nodes of a list are counted in groups: `[number of groups, [[value, count], ...]]`.

    Of a relation the entries are `[name, count, id]` of the node that the members share. Larger groups come first, then
    by value or by name and id, missing ones last; at most `limit` come back, all where it is None.
    """

    by: Property | Relation
    limit: int | None
    edge: bool = False


@dataclass(frozen=True, slots=True)
class NestColumn:
    """What a relation leads to: `[total or null, [[edge columns ..., child], ...], groupings ...]`, in order.

    The child is a row of `block`, or the child's id where `block` is None, or `[id, label]` where the relation leads to
    several labels. At most `limit` rows come back, None for a count alone.

    With `whole` it is the answer instead: the child as an object under the keys of `block`, or null, where the relation
    leads to one node, else `{"nodes": [...]}` of such objects.
    """

    relation: Relation
    limit: int | None
    orders: tuple[Order, ...] = ()
    after: Keys | None = None
    before: Keys | None = None
    filter: Filter = field(default_factory=lambda: And(()))
    total: bool = False
    edge: tuple[EdgeColumn, ...] = ()
    block: Block | None = None
    groupings: tuple[Grouping, ...] = ()
    whole: bool = False


Column: TypeAlias = PropertyColumn | PathColumn | NestColumn


@dataclass(frozen=True, slots=True)
class Block:
    """The columns that are wanted of each node of a label; with keys a row is an object of the answer under them."""

    label: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...] = ()
    made: Memory = field(default_factory=dict, init=False, repr=False, compare=False)
    """The statements that were made of it."""


@dataclass(frozen=True, slots=True)
class Rooted:
    """A list of nodes of one label between two places of its order.

    At most `limit` rows come back, None for a count alone.
    """

    label: str
    limit: int | None
    orders: tuple[Order, ...] = ()
    after: Keys | None = None
    before: Keys | None = None
    filter: Filter = field(default_factory=lambda: And(()))
    total: bool = False
    groupings: tuple[Grouping, ...] = ()
    made: Memory = field(default_factory=dict, init=False, repr=False, compare=False)
    """The statements that were made of it."""
