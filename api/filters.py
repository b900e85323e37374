"""The arguments of a list as filters, orders and pages of a Selection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any

from api.conditions import EDGE
from api.errors import BadArgument
from api.limits import (
    FIRST_DEFAULT,
    FIRST_MOST,
    IN_VALUES_MOST,
    ORDER_KEYS_MOST,
    ORDER_RELATIONS_MOST,
    WHERE_BRANCHES_MOST,
    WHERE_LEVELS_MOST,
)
from graph.cursors import decode_cursor
from graph.model import MODEL, Property, Relation, RelationshipType
from graph.planner import ID, NAME, default_orders, total_order
from graph.records import Scalar
from graph.selection import (
    And,
    Compare,
    Filter,
    HasLabel,
    Not,
    OnEdge,
    Operator,
    Or,
    Order,
    Page,
    Quantifier,
    Through,
)

_LOGIC = frozenset({"and", "or", "not"})


@cache
def properties(label: str | None) -> Mapping[str, Property]:
    """The properties of a label by GraphQL name; of any label where it is None."""
    shown = MODEL.node(label).shown if label else (ID, NAME)
    return {prop.field: prop for prop in shown}


@cache
def edge_properties_by_field(relationship: RelationshipType) -> Mapping[str, Property]:
    """The properties of a relationship by GraphQL name."""
    return {prop.field: prop for prop in relationship.shown}


def where(label: str | None, given: Mapping[str, Any] | None, relation: Relation | None = None) -> Filter:
    """A `where` object as a filter of nodes of the label, which the relation leads to; several keys mean AND.

    Raises `BadArgument` where it has more than `WHERE_LEVELS_MOST` levels, `WHERE_BRANCHES_MOST` branches, or a list of
    more than `IN_VALUES_MOST` values.
    """
    depth, branches = _size(given or {})
    if depth > WHERE_LEVELS_MOST or branches > WHERE_BRANCHES_MOST:
        most = f"at most {WHERE_LEVELS_MOST} levels and {WHERE_BRANCHES_MOST} branches are possible"
        raise BadArgument(f"where has {depth} levels and {branches} branches; {most}")
    return _where(label, given, relation)


def _where(label: str | None, given: Mapping[str, Any] | None, relation: Relation | None = None) -> Filter:
    return And(tuple(_term(label, relation, name, value) for name, value in (given or {}).items()))


def _size(given: Any) -> tuple[int, int]:
    """How deep objects stand in one another, and how many conditions there are in all."""
    deepest, branches, waiting = 0, 0, [(given, 1)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, Mapping):
            deepest, branches = max(deepest, depth), branches + len(value)
            waiting += [(inner, depth + 1) for inner in value.values() if isinstance(inner, Mapping | list)]
        elif isinstance(value, list):
            waiting += [(inner, depth) for inner in value if isinstance(inner, Mapping)]
    return deepest, branches


def orders(
    label: str | None, given: Sequence[Mapping[str, Any]] | None, relation: Relation | None = None
) -> tuple[Order, ...]:
    """An `orderBy` list of nodes that the relation leads to; the default order of the label where nothing is asked for.

    Raises `BadArgument` where it has more than `ORDER_KEYS_MOST` keys, or one through more than
    `ORDER_RELATIONS_MOST` relations.
    """
    if not given:
        return default_orders(label)
    if len(given) > ORDER_KEYS_MOST:
        raise BadArgument(f"orderBy has {len(given)} keys; at most {ORDER_KEYS_MOST} are possible")
    return total_order(_order(label, relation, key) for key in given)


def _order(label: str | None, came: Relation | None, given: Mapping[str, Any]) -> Order:
    """One key of an order: a direction, at the end of a chain of relations."""
    path: list[Relation] = []
    ((name, value),) = given.items()
    if came is not None and name == EDGE:
        ((name, direction),) = value.items()
        return Order(edge_properties_by_field(came.type)[name], plain(direction) == "desc", edge=True)
    while isinstance(value, Mapping):
        path.append(MODEL.relations(label or "")[name])
        if len(path) > ORDER_RELATIONS_MOST:
            raise BadArgument(
                f"orderBy leads through {len(path)} relations; at most {ORDER_RELATIONS_MOST} are possible"
            )
        label = path[-1].target
        ((name, value),) = value.items()
    descending = plain(value) == "desc"
    several = not all(relation.one for relation in path)
    return Order(properties(label)[name], descending, tuple(path), greatest=several and descending)


def page_of(list_: str, order: Sequence[Order], arguments: Mapping[str, Any]) -> Page:
    """The page that the arguments ask for; raises `BadArgument` and `ForeignCursor`."""
    first, last = arguments.get("first"), arguments.get("last")
    if first is None and last is None:
        first = FIRST_DEFAULT
    for name, size in (("first", first), ("last", last)):
        if size is not None:
            size_of(name, size)
    after, before = (
        decode_cursor(list_, order, cursor) if cursor is not None else None
        for cursor in (arguments.get("after"), arguments.get("before"))
    )
    return Page(first, after, before, last)


def size_of(name: str, size: Any) -> int:
    """The size of a page or of a list of groups; raises `BadArgument` where it cannot be."""
    if not isinstance(size, int) or not 1 <= size <= FIRST_MOST:
        raise BadArgument(f"{name} is {size}; it can be from 1 to {FIRST_MOST}")
    return size


def refuse_wording(condition: Filter, order: Sequence[Order]) -> None:
    """Refuses to filter or order by the wording of documents, which would tell what is not shown."""
    for prop in (*_compared(condition), *(o.property for o in order)):
        if prop.verbatim:
            raise BadArgument(f"{prop.field} is a document's own wording; here nothing is filtered or ordered by it")


def _compared(condition: Filter) -> Iterator[Property]:
    match condition:
        case Compare():
            yield condition.property
        case And(filters) | Or(filters):
            yield from (prop for inner in filters for prop in _compared(inner))
        case Not(inner) | Through(filter=inner) | OnEdge(inner):
            yield from _compared(inner)


def plain(value: Any) -> Any:
    """A coerced argument without its enum."""
    if isinstance(value, Enum):
        return value.value
    return tuple(plain(item) for item in value) if isinstance(value, list) else value


def _term(label: str | None, came: Relation | None, name: str, value: Any) -> Filter:
    if name in _LOGIC:
        return _logic(lambda given: _where(label, given, came), name, value)
    if value is None:
        raise BadArgument(f"where.{name} is null; give an object, or leave it out")
    if label is None and name == "label":
        return _labelled(value)
    if name in properties(label):
        return And(tuple(_compare(properties(label)[name], operator, v) for operator, v in value.items()))
    if came is not None and name == EDGE:
        return OnEdge(_edge(came, value))
    relation = MODEL.relations(label or "")[name]
    if relation.one:
        return Through(relation, Quantifier.SOME, _where(relation.target, value, relation))
    return And(tuple(_quantified(relation, quantifier, v) for quantifier, v in value.items()))


def _edge(relation: Relation, given: Mapping[str, Any]) -> Filter:
    """The conditions on a relationship; several keys mean AND."""
    return And(tuple(_edge_term(relation, name, value) for name, value in given.items()))


def _edge_term(relation: Relation, name: str, value: Any) -> Filter:
    if name in _LOGIC:
        return _logic(lambda given: _edge(relation, given), name, value)
    if value is None:
        raise BadArgument(f"where.{EDGE}.{name} is null; give an object, or leave it out")
    prop = edge_properties_by_field(relation.type)[name]
    return And(tuple(_compare(prop, operator, v) for operator, v in value.items()))


def _logic(read: Callable[[Any], Filter], name: str, value: Any) -> Filter:
    if value is None:
        raise BadArgument(f"where.{name} is null; give conditions, or leave it out")
    if name == "not":
        return Not(read(value))
    terms = tuple(read(item) for item in value)
    return And(terms) if name == "and" else Or(terms)


def _quantified(relation: Relation, quantifier: str, value: Any) -> Filter:
    if value is None:
        raise BadArgument(f"where.{relation.field}.{quantifier} is null; give an object, or leave it out")
    return Through(relation, Quantifier(quantifier), _where(relation.target, value, relation))


def _compare(prop: Property, operator: str, value: Any) -> Filter:
    if value is None:
        raise BadArgument(f"where.{prop.field}.{operator} is null; use isNull to ask for what is not stated")
    given: Scalar | tuple[Scalar, ...] = plain(value)
    if isinstance(given, tuple) and len(given) > IN_VALUES_MOST:
        raise BadArgument(
            f"where.{prop.field}.{operator} has {len(given)} values; at most {IN_VALUES_MOST} are possible"
        )
    return Compare(prop, Operator(operator), given)


def _labelled(given: Mapping[str, Any]) -> Filter:
    return And(tuple(_label_term(operator, plain(value)) for operator, value in given.items()))


def _label_term(operator: str, value: Any) -> Filter:
    if operator == "isNull":
        return Or(()) if value else And(())
    has = HasLabel(value if operator == "in" else (value,))
    return Not(has) if operator == "ne" else has
