"""Random Selections over the model: whatever a client can ask of a list, as far as the planner is concerned."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from graph.facets import LABEL
from graph.model import MODEL, Property, Relation, ValueType
from graph.planner import ID, NAME, default_orders, total_order
from graph.selection import (
    And,
    Compare,
    Connection,
    Constant,
    Cursor,
    EdgeCitations,
    EdgeField,
    EdgeNode,
    Edges,
    EdgeStates,
    Facets,
    Field,
    Filter,
    GroupField,
    Groups,
    HasLabel,
    Many,
    Nodes,
    Not,
    One,
    OnEdge,
    OneEdge,
    Operator,
    Or,
    Order,
    Page,
    PageInfo,
    Part,
    Quantifier,
    Shape,
    StatesField,
    Through,
    Total,
    Value,
)
from tests.stores.invented import value_of

EQUAL = (Operator.EQ, Operator.NE, Operator.IS_NULL, Operator.IN)
ORDERED = (*EQUAL, Operator.LT, Operator.LTE, Operator.GT, Operator.GTE)
TEXTUAL = (*ORDERED, Operator.CONTAINS, Operator.STARTS_WITH)
PAGES = (Page, lambda size: Page(None, last=size), lambda size: Page(size, last=2))
PAGE_INFO = ("hasNextPage", "hasPreviousPage", "startCursor", "endCursor", "__typename")
STATES = EdgeStates("states", (StatesField("p", "property"), StatesField("v", "value"), Constant("t", "State")))


def root(rng: Random) -> tuple[str, Connection]:
    """A root list of some label."""
    label = rng.choice(MODEL.labels)
    return label, connection(rng, label, label, None, depth=3)


def connection(rng: Random, list_: str, label: str | None, relation: Relation | None, depth: int) -> Connection:
    """A page of a list of nodes of a label, or of any label."""
    parts = [part(rng, f"p{place}", label, relation, depth) for place in range(rng.choice((1, 1, 2)))]
    page, order = rng.choice(PAGES)(rng.choice((1, 2, 3, 25))), orders(rng, label, relation)
    return Connection(list_, page, order, tuple(parts), condition(rng, label, 2, relation))


def orders(rng: Random, label: str | None, relation: Relation | None = None) -> tuple[Order, ...]:
    """The default order, or up to three keys, made total."""
    if rng.random() < 0.3:
        return default_orders(label)
    return total_order(order(rng, label, relation) for _ in range(rng.choice((1, 2, 3))))


def order(rng: Random, label: str | None, relation: Relation | None) -> Order:
    """One key: of the node, of the relationship that leads to it, or at the end of a path."""
    edge = [p for p in relation.type.shown if not p.many] if relation else []
    descending = rng.random() < 0.5
    if edge and rng.random() < 0.2:
        return Order(rng.choice(edge), descending, edge=True)
    path: list[Relation] = []
    while label and len(path) < 3 and MODEL.relations(label) and rng.random() < 0.3:
        path.append(rng.choice(list(MODEL.relations(label).values())))
        label = path[-1].target
    keys = [p for p in (MODEL.node(label).shown if label else (ID, NAME)) if not p.many]
    return Order(rng.choice(keys), descending, tuple(path), greatest=rng.random() < 0.5)


def part(rng: Random, key: str, label: str | None, relation: Relation | None, depth: int) -> Part:
    """A part of a connection."""
    targets = (label,) if label else relation.targets if relation else MODEL.labels
    kind = rng.choice(("total", "nodes", "nodes", "edges", "edges", "edges", "page", "facets"))
    if kind == "total":
        return Total(key)
    if kind == "facets":
        return facets(rng, key, label, relation)
    if kind == "nodes":
        return Nodes(key, shape(rng, targets, depth - 1))
    if kind == "page":
        return PageInfo(key, tuple((f"i{place}", name) for place, name in enumerate(rng.sample(PAGE_INFO, 3))))
    return Edges(key, (*edge_fields(rng, targets, relation, depth), Cursor("cursor")))


def facets(rng: Random, key: str, label: str | None, relation: Relation | None) -> Facets:
    """Groups by a property of the nodes or of the relationships, or by a relation."""
    edge = relation is not None and bool(relation.type.shown) and rng.random() < 0.3
    by: list[Property | Relation] = [*(MODEL.node(label).shown if label else (NAME, LABEL))]
    by += MODEL.relations(label).values() if label else ()
    wanted = rng.choice(relation.type.shown) if relation and edge else rng.choice(by)
    fields: list[Constant | GroupField | EdgeNode] = [
        GroupField("v", "value"),
        GroupField("c", "count"),
        GroupField("n", "isNull"),
        Constant("t", "Facet"),
    ]
    if isinstance(wanted, Relation):
        fields += [EdgeNode(name, shape(rng, wanted.targets, 1)) for name in rng.choice(((), ("a",), ("a", "b")))]
    return Facets(key, wanted, rng.choice((1, 2, 25)), (Total("total"), Groups("groups", tuple(fields))), edge)


def shape(rng: Random, labels: Sequence[str], depth: int) -> Shape:
    """Fields of a node that has one of the labels."""
    return Shape(
        {label: tuple(field(rng, f"f{n}", label, depth) for n in range(rng.choice((1, 2, 3)))) for label in labels}
    )


def field(rng: Random, key: str, label: str, depth: int) -> Field:
    """A field of a node: the deeper, the seldomer it leads on."""
    relations = list(MODEL.relations(label).values())
    if not relations or depth <= 0 or rng.random() < 0.3:
        return Constant(key, label) if rng.random() < 0.1 else Value(key, rng.choice(MODEL.node(label).shown))
    relation = rng.choice(relations)
    if not relation.one:
        list_ = f"{label}.{relation.field}"
        return Many(key, relation, connection(rng, list_, relation.target, relation, depth))
    if rng.random() < 0.5:
        return One(key, relation, shape(rng, relation.targets, depth - 1))
    return OneEdge(key, relation, edge_fields(rng, relation.targets, relation, depth))


def edge_fields(rng: Random, targets: Sequence[str], relation: Relation | None, depth: int) -> tuple[EdgeField, ...]:
    """Fields of an edge: its node, and what the relationship has."""
    fields: list[EdgeField] = []
    if relation and relation.type.shown and rng.random() < 0.6:
        fields.append(Value("property", rng.choice(relation.type.shown)))
    if relation and relation.type.cited and rng.random() < 0.5:
        fields.append(EdgeCitations("citations", shape(rng, ("Citation",), depth - 2)))
    if relation and relation.type.carries_values and rng.random() < 0.7:
        fields.append(STATES)
    if not fields or rng.random() < 0.7:
        fields.append(EdgeNode("node", shape(rng, targets, depth - 1)))
    return tuple(fields)


def condition(rng: Random, label: str | None, depth: int, relation: Relation | None = None) -> Filter:
    """A filter on nodes of a label, or of any label, that the relation leads to; often none."""
    kinds = ("none", "none", "compare", "compare", "and", "or", "not", "through", "through")
    edged = relation is not None and bool(relation.type.shown)
    kind = rng.choice((*kinds, "edge", "edge") if edged else kinds)
    if kind == "none" or depth == 0:
        return And(())
    if kind in ("and", "or"):
        inner = tuple(condition(rng, label, depth - 1, relation) for _ in range(rng.choice((0, 1, 2, 2))))
        return And(inner) if kind == "and" else Or(inner)
    if kind == "not":
        return Not(condition(rng, label, depth - 1, relation))
    if kind == "edge" and relation:
        return OnEdge(compare(rng, rng.choice(relation.type.shown)))
    return any_condition(rng) if label is None else label_condition(rng, label, depth, through=kind == "through")


def any_condition(rng: Random) -> Filter:
    """What can be asked of a node of any label."""
    if rng.random() < 0.5:
        return HasLabel(tuple(rng.sample(MODEL.labels, rng.choice((0, 1, 6)))))
    return compare(rng, rng.choice((ID, NAME)))


def label_condition(rng: Random, label: str, depth: int, *, through: bool) -> Filter:
    """A comparison, or a condition on what a relation leads to."""
    relations = list(MODEL.relations(label).values())
    if not (through and relations):
        return compare(rng, rng.choice(MODEL.node(label).shown))
    relation = rng.choice(relations)
    quantifier = Quantifier.SOME if relation.one else rng.choice(tuple(Quantifier))
    return Through(relation, quantifier, condition(rng, relation.target, depth - 1, relation))


def compare(rng: Random, prop: Property) -> Compare:
    """A comparison that the property's type allows."""
    if prop.many:
        operator = rng.choice((Operator.CONTAINS, Operator.IS_NULL))
    elif prop.values or prop.type is ValueType.BOOLEAN:
        operator = rng.choice(EQUAL)
    else:
        operator = rng.choice(TEXTUAL if prop.type in (ValueType.STRING, ValueType.URL) else ORDERED)
    if operator is Operator.IS_NULL:
        return Compare(prop, operator, rng.random() < 0.5)
    value = value_of(prop, rng)
    first = value[0] if isinstance(value, tuple) else value
    if operator is Operator.IN:
        return Compare(prop, operator, (first, *([] if isinstance(first, bool) else [first])))
    part_of_it = operator in (Operator.CONTAINS, Operator.STARTS_WITH) and isinstance(first, str) and not prop.many
    return Compare(prop, operator, str(first)[:2] if part_of_it else first)
