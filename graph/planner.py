"""From the shapes that are wanted to the block that a store is asked for.

Below a one-to-many relation a child has one parent, so it nests in its parent's row. At a many-to-many relation many
parents share their children, so the row holds ids and the children are fetched once each in a step of their own; a
relation with such a step below it is cut too, so that steps hang on the rows of a block alone. So is a relation with a
list below it that is grouped, since a store may be unable to aggregate within a nested row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from graph.facets import facets_of, group_shapes, groupings
from graph.model import MODEL, Cardinality, Property, Relation
from graph.plan import (
    Block,
    CitationsColumn,
    Column,
    EdgeColumn,
    EndColumn,
    NestColumn,
    PathColumn,
    PropertyColumn,
    StatesColumn,
)
from graph.selection import (
    Connection,
    Constant,
    Cursor,
    EdgeCitations,
    EdgeField,
    EdgeNode,
    Edges,
    EdgeStates,
    Field,
    Keys,
    Many,
    Nodes,
    One,
    OneEdge,
    Order,
    PageInfo,
    Part,
    Shape,
    Total,
    Value,
    Wording,
    depth,
    is_id,
    turned,
)
from graph.whole import whole

ID = Property("id", "The id.")
NAME = Property("name", "The name.")
KeyColumn: TypeAlias = PropertyColumn | EndColumn | PathColumn
DEEPEST = 3
"""How many relations a block may nest below one another: SQLite 3.40 parses no more than four levels of them."""

DEPTH_OF_A_LIST = 6
"""From which depth on a condition counts as a relation that is nested."""

SOURCES = 100
"""How many sources of a wording are looked at."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is asked of the related nodes: the edge columns by place, and each shape in which nodes are wanted.

    `child` is the block that nests them; it is None where they are fetched in a step of their own, or not at all.
    `citations` holds the listing of each field that asks for citations of the edges, by its identity: the edges can be
    asked for several times, with the same response keys in them. `groups` holds that of the nodes of groups under the
    response key of each facets whose nodes are wanted.
    """

    edge: Mapping[EdgeColumn, int]
    shapes: tuple[Shape, ...]
    child: Planned | None
    citations: Mapping[int, Listing] = field(default_factory=dict)
    groups: Mapping[str, Listing] = field(default_factory=dict)

    @property
    def cut(self) -> bool:
        """Whether the nodes come from a step of their own."""
        return bool(self.shapes) and self.child is None


@dataclass(frozen=True, slots=True)
class PlannedField:
    """A field of the answer, the place of its column, and what a relation lists; nothing where that is given whole."""

    field: Field
    place: int
    listing: Listing | None = None
    source: int = -1
    """The place of the sources of a wording."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A block, and for each shape that is wanted of its nodes where the fields stand in a row."""

    block: Block
    views: tuple[tuple[PlannedField, ...], ...]


def plan(label: str, shapes: Sequence[Shape], *, spliced: bool = False) -> Planned:
    """The one block that answers each of the shapes for nodes of a label.

    With `spliced` the store gives what it can as the answer itself (see `graph.whole`), which may be opaque.
    """
    columns: dict[Column, int] = {}
    views = tuple(tuple(_field(f, columns, spliced) for f in shape.fields[label]) for shape in shapes)
    return Planned(Block(label, tuple(columns)), views)


def plan_root(label: str, connection: Connection, *, spliced: bool = False) -> tuple[Planned, Listing]:
    """The block of a root list, and the listing that its rows answer: order keys stand first in the block."""
    shapes = _shapes(connection.parts)
    keys = _cursor_columns(connection)
    columns: dict[Column, int] = {
        c if isinstance(c, PathColumn) else PropertyColumn(c.property): i for i, c in enumerate(keys)
    }
    views = tuple(tuple(_field(f, columns, spliced) for f in shape.fields[label]) for shape in shapes)
    planned = Planned(Block(label, tuple(columns) or (PropertyColumn(ID),)), views)
    groups = _groups(connection)
    return planned, Listing({key: place for place, key in enumerate(keys)}, shapes, planned, groups=groups)


def reading(connection: Connection) -> tuple[tuple[Order, ...], Keys | None, Keys | None]:
    """In which order the rows of a page are read, and between which places: a last page from the end."""
    page = connection.page
    if page.backward:
        return turned(connection.orders), page.before, page.after
    return connection.orders, page.after, page.before


def default_orders(label: str | None) -> tuple[Order, ...]:
    """The order in which nodes of a label come where none is asked for."""
    if label is None:
        return total_order((Order(NAME),))
    node = MODEL.node(label)
    return total_order(Order(node.prop(key)) for key in node.order)


def total_order(orders: Iterable[Order]) -> tuple[Order, ...]:
    """The order made total: each property once, and the id last; nothing that comes after the id can matter."""
    found: dict[KeyColumn, Order] = {}
    for order in (*orders, Order(ID)):
        found.setdefault(key_column(order), order)
        if is_id(order):
            break
    return tuple(found.values())


def _field(wanted: Field, columns: dict[Column, int], spliced: bool) -> PlannedField:
    if isinstance(wanted, Constant):
        return PlannedField(wanted, -1)
    if isinstance(wanted, Value):
        return PlannedField(wanted, columns.setdefault(PropertyColumn(wanted.property), len(columns)))
    if isinstance(wanted, Wording):
        place = columns.setdefault(PropertyColumn(wanted.property), len(columns))
        states = (StatesColumn(),) if wanted.source.type.carries_values else ()
        sources = NestColumn(wanted.source, SOURCES, filter=wanted.filter, edge=states)
        return PlannedField(wanted, place, source=columns.setdefault(sources, len(columns)))
    listing = _listing(wanted, spliced)
    column = _column(wanted, listing)
    views = listing.child.views if spliced and listing.child else ()
    given = whole(wanted, [planned.field for planned in views[0]], column) if len(views) == 1 else None
    if given:
        return PlannedField(wanted, columns.setdefault(given, len(columns)))
    return PlannedField(wanted, columns.setdefault(column, len(columns)), listing)


def _listing(wanted: One | OneEdge | Many, spliced: bool) -> Listing:
    shapes = (wanted.shape,) if isinstance(wanted, One) else _edge_shapes(wanted)
    fields = _edge_fields(wanted)
    citations = {id(f): _citations(f) for f in fields if isinstance(f, EdgeCitations)}
    keys = _cursor_columns(wanted.connection) if isinstance(wanted, Many) else []
    edge = dict.fromkeys([*_edge_columns(fields, citations), *keys])
    target = wanted.relation.target
    nested = target and shapes and not _is_cut(wanted.relation, target, shapes)
    child = plan(target, shapes, spliced=spliced) if nested and target else None
    groups = _groups(wanted.connection) if isinstance(wanted, Many) else {}
    return Listing({column: place for place, column in enumerate(edge)}, shapes, child, citations, groups)


def _citations(wanted: EdgeCitations) -> Listing:
    below = _related(wanted.shape, "Citation")
    cut = _height(below) >= DEEPEST or any(_listing_is_cut(field) for field in below)
    return Listing({}, (wanted.shape,), None if cut else plan("Citation", (wanted.shape,)))


def _groups(connection: Connection) -> dict[str, Listing]:
    """The listing of the nodes of groups, which come from a step of their own."""
    shapes = {facets.key: group_shapes(facets) for facets in facets_of(connection)}
    return {key: Listing({}, found, None) for key, found in shapes.items() if found}


def _column(wanted: One | OneEdge | Many, listing: Listing) -> NestColumn:
    block = listing.child.block if listing.child else None
    edge = tuple(listing.edge)
    if not isinstance(wanted, Many):
        return NestColumn(wanted.relation, 1, edge=edge, block=block)
    connection = wanted.connection
    asked = {type(part) for part in connection.parts}
    rows = asked & {Edges, Nodes, PageInfo}
    orders, after, before = reading(connection)
    limit = connection.page.size + (PageInfo in asked) if rows else None
    return NestColumn(
        wanted.relation,
        limit,
        orders,
        after,
        before,
        connection.filter,
        Total in asked,
        edge,
        block,
        groupings(connection),
    )


def _is_cut(relation: Relation, target: str, shapes: Sequence[Shape]) -> bool:
    """Children that many parents share are fetched once, unless they are small; and what hangs on a cut is cut.

    A block that nests deeper than `DEEPEST` is cut too: the parsers of databases have a bottom.
    """
    below = [field for shape in shapes for field in _related(shape, target)]
    shared = relation.type.cardinality is Cardinality.MANY_TO_MANY and relation.type.shared
    crowded = shared and any(not field.relation.one for field in below)
    return crowded or _height(below) >= DEEPEST or any(_listing_is_cut(field) for field in below)


def _height(fields: Sequence[One | OneEdge | Many]) -> int:
    """How many relations the longest chain of the fields has, citations of edges among them, and deep conditions."""
    heights = [0]
    for wanted in fields:
        shapes = (wanted.shape,) if isinstance(wanted, One) else _edge_shapes(wanted)
        cited = [f.shape for f in _edge_fields(wanted) if isinstance(f, EdgeCitations)]
        below = [r for shape in (*shapes, *cited) for label in shape.fields for r in _related(shape, label)]
        condition = depth(wanted.connection.filter) // DEPTH_OF_A_LIST if isinstance(wanted, Many) else 0
        heights.append(1 + max(_height(below), 1 if cited else 0, condition))
    return max(heights)


def _listing_is_cut(wanted: One | OneEdge | Many) -> bool:
    shapes = (wanted.shape,) if isinstance(wanted, One) else _edge_shapes(wanted)
    target = wanted.relation.target
    if any(_citations(field).cut for field in _edge_fields(wanted) if isinstance(field, EdgeCitations)):
        return True
    if isinstance(wanted, Many) and facets_of(wanted.connection):
        return True
    return bool(shapes) and (target is None or _is_cut(wanted.relation, target, shapes))


def _related(shape: Shape, label: str) -> list[One | OneEdge | Many]:
    return [field for field in shape.fields[label] if isinstance(field, One | OneEdge | Many)]


def _shapes(parts: Sequence[Part]) -> tuple[Shape, ...]:
    found: list[Shape] = []
    for part in parts:
        if isinstance(part, Nodes):
            found.append(part.shape)
        elif isinstance(part, Edges):
            found += [field.shape for field in part.fields if isinstance(field, EdgeNode)]
    return tuple(found)


def _edge_shapes(wanted: OneEdge | Many) -> tuple[Shape, ...]:
    if isinstance(wanted, Many):
        return _shapes(wanted.connection.parts)
    return tuple(field.shape for field in wanted.fields if isinstance(field, EdgeNode))


def _edge_fields(wanted: One | OneEdge | Many) -> tuple[EdgeField, ...]:
    if isinstance(wanted, One):
        return ()
    if isinstance(wanted, OneEdge):
        return wanted.fields
    return tuple(f for part in wanted.connection.parts if isinstance(part, Edges) for f in part.fields)


def _edge_columns(fields: Sequence[EdgeField], citations: Mapping[int, Listing]) -> list[EdgeColumn]:
    columns: list[EdgeColumn] = []
    for wanted in fields:
        if isinstance(wanted, Value):
            columns.append(PropertyColumn(wanted.property))
        elif isinstance(wanted, EdgeCitations):
            columns.append(citations_column(citations[id(wanted)]))
        elif isinstance(wanted, EdgeStates):
            columns.append(StatesColumn())
    return columns


def _cursor_columns(connection: Connection) -> list[KeyColumn]:
    """The order keys, of which the id is one, where a cursor is asked for."""
    asked = any(
        (isinstance(part, Edges) and any(isinstance(f, Cursor) for f in part.fields))
        or (isinstance(part, PageInfo) and any(name.endswith("Cursor") for _, name in part.fields))
        for part in connection.parts
    )
    if not asked:
        return []
    return [key_column(order) for order in connection.orders]


def citations_column(listing: Listing) -> CitationsColumn:
    """The column of the citations of a relationship: their rows, or their ids where they are fetched in a step."""
    return CitationsColumn(listing.child.block if listing.child else None)


def key_column(order: Order) -> KeyColumn:
    """The column of the key by which an order sorts, whichever way."""
    prop = order_property(order.property)
    if order.path:
        return PathColumn(order.path, prop, order.greatest)
    return PropertyColumn(prop) if order.edge else EndColumn(prop)


def order_property(prop: Property) -> Property:
    """The stored property that gives the order of a property."""
    return Property(prop.order_key, prop.description, prop.type) if prop.natural else prop
