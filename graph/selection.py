"""A Selection: a tree that says which nodes, fields, filters, orders and pages are wanted; it knows no store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

from graph.model import Property, Relation
from graph.records import Scalar
from graph.remembering import Memory


class Operator(Enum):
    """How a property is compared; a comparison with a missing value is false, IS_NULL aside."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    CONTAINS = "contains"
    STARTS_WITH = "startsWith"
    IS_NULL = "isNull"


class Quantifier(Enum):
    """How many of the related nodes must match; `ALL` holds where there are none."""

    SOME = "some"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of one property of the node; of a list `CONTAINS` asks for an element."""

    property: Property
    operator: Operator
    value: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class HasLabel:
    """The node has one of the labels; for nodes of any label."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All of the filters hold; of none, it holds."""

    filters: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of the filters holds; of none, it does not."""

    filters: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The filter does not hold."""

    filter: Filter


@dataclass(frozen=True, slots=True)
class Through:
    """Some, all or none of the nodes that a relation leads to match the filter."""

    relation: Relation
    quantifier: Quantifier
    filter: Filter


@dataclass(frozen=True, slots=True)
class OnEdge:
    """The relationship over which the node is reached matches; the filter compares its properties and nothing else."""

    filter: Filter


Filter: TypeAlias = Compare | HasLabel | And | Or | Not | Through | OnEdge


def looks_at_edge(wanted: Filter) -> bool:
    """Whether a filter of nodes asks of the relationship over which they are reached."""
    match wanted:
        case OnEdge():
            return True
        case And(filters) | Or(filters):
            return any(looks_at_edge(inner) for inner in filters)
        case Not(inner):
            return looks_at_edge(inner)
        case _:
            return False


def depth(wanted: Filter) -> int:
    """How deep a filter is nested: two for a relation, one for what joins several filters."""
    match wanted:
        case And(filters) | Or(filters):
            return (len(filters) > 1) + max(map(depth, filters), default=0)
        case Not(inner) | OnEdge(inner):
            return depth(inner)
        case Through(_, _, inner):
            return 2 + depth(inner)
        case _:
            return 0


@dataclass(frozen=True, slots=True)
class Order:
    """One key of an order; nulls come last ascending, first descending.

    The property is of the node, or of what the relations of `path` lead to from there, or with `edge` of the
    relationship over which the node is reached. Where a path leads to several nodes, their least value counts, with
    `greatest` their greatest, whichever way the list is read.
    """

    property: Property
    descending: bool = False
    path: tuple[Relation, ...] = ()
    edge: bool = False
    greatest: bool = False


def is_id(order: Order) -> bool:
    """Whether it is the id of the node, after which nothing can matter."""
    return order.property.key == "id" and not (order.path or order.edge)


def turned(orders: Sequence[Order]) -> tuple[Order, ...]:
    """The orders the other way round: a list from its end."""
    return tuple(replace(order, descending=not order.descending) for order in orders)


Keys: TypeAlias = tuple[Scalar | None, ...]
"""The order keys of a node, the id last."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the nodes between two places of a list (Relay's cursor connections, section 4.4).

    Of what comes after the node with the order keys `after` and before the one with `before`, the `first` nodes; of
    these, or of all where `first` is None, the `last`.
    """

    first: int | None
    after: Keys | None = None
    before: Keys | None = None
    last: int | None = None

    @property
    def backward(self) -> bool:
        """Whether the page is read from the end of its list."""
        return self.first is None and self.last is not None

    @property
    def size(self) -> int:
        """How many nodes are read, at most."""
        return (self.first if self.first is not None else self.last) or 0


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is known beforehand, such as a `__typename`."""

    key: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Value:
    """A property under a response key."""

    key: str
    property: Property


@dataclass(frozen=True, slots=True)
class Wording:
    """A document's own wording, shown where a document that may be shown states just that (rule 8 of the model)."""

    key: str
    property: Property
    source: Relation
    """From the node to what states it: `citations`, or `document` of a citation."""
    filter: Filter
    """What a source that may be shown matches."""


@dataclass(frozen=True, slots=True)
class One:
    """The node at the other end of a to-one relation, or null."""

    key: str
    relation: Relation
    shape: Shape


@dataclass(frozen=True, slots=True)
class OneEdge:
    """The relationship of a to-one relation with its node, or null."""

    key: str
    relation: Relation
    fields: tuple[EdgeField, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """A connection over a to-many relation."""

    key: str
    relation: Relation
    connection: Connection


Field: TypeAlias = Constant | Value | Wording | One | OneEdge | Many


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields that are wanted of a node, by its label; of one label where the type is known."""

    fields: Mapping[str, tuple[Field, ...]]
    made: Memory = field(default_factory=dict, init=False, repr=False, compare=False)
    """Its plans."""

    @property
    def label(self) -> str | None:
        """The only label, or None where there are several."""
        return next(iter(self.fields)) if len(self.fields) == 1 else None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The cursor of an edge."""

    key: str


@dataclass(frozen=True, slots=True)
class EdgeNode:
    """The node of an edge."""

    key: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class EdgeCitations:
    """The citations of a relationship, a plain list."""

    key: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class EdgeStates:
    """The property values that a citation states of a node, as pairs of property and value."""

    key: str
    fields: tuple[Constant | StatesField, ...]
    facts_only: bool = False
    """Whether the wording of documents is left out."""


@dataclass(frozen=True, slots=True)
class StatesField:
    """`property` or `value` of a stated value."""

    key: str
    name: str


EdgeField: TypeAlias = Constant | Value | Cursor | EdgeNode | EdgeCitations | EdgeStates


@dataclass(frozen=True, slots=True)
class Total:
    """The number of nodes that the filter leaves, whatever the page."""

    key: str


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges of the page."""

    key: str
    fields: tuple[EdgeField, ...]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of the page."""

    key: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Whether there is more, and the cursors of the ends of the page, by response key."""

    key: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GroupField:
    """`value`, `count` or `isNull` of a group."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of a list, the largest first; the `EdgeNode` of a group is the related node that its members share."""

    key: str
    fields: tuple[Constant | GroupField | EdgeNode, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """The nodes that the filter leaves, whatever the page, in groups: by a property, or by what a relation leads to.

    A property is of the node, with `edge` of the relationship over which it is reached. A node stands in a group for
    each item of a list and for each related node, or in the one of those that have none. At most `first` groups come.
    """

    key: str
    by: Property | Relation
    first: int
    parts: tuple[Constant | Total | Groups, ...]
    edge: bool = False


Part: TypeAlias = Constant | Total | Edges | Nodes | PageInfo | Facets


@dataclass(frozen=True, slots=True)
class Connection:
    """A page of a list with what is wanted of it. `list` names it, so that a cursor of another is refused."""

    list: str
    page: Page
    orders: tuple[Order, ...]
    parts: tuple[Part, ...]
    filter: Filter = field(default_factory=lambda: And(()))
    made: Memory = field(default_factory=dict, init=False, repr=False, compare=False)
    """Its plans."""
