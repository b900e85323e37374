"""The GraphQL types of the whole model, made with strawberry from the declaration; no field has a resolver."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import strawberry
from strawberry.types.arguments import StrawberryArgument

from api.conditions import Conditions
from api.grouping import Groupings
from api.inputs import edge_properties, scalar
from api.interfaces import CITED_FIELDS, CITED_LABELS, base_of, cited_interface, node_interface
from api.limits import FIRST_DEFAULT, FIRST_MOST
from api.making import Made, argument, fill, object_type
from api.ordering import Orders
from api.special import Special
from graph.model import MODEL, UNCITED_LABELS, Direction, NodeType, Property, Relation, RelationshipType


@dataclass(frozen=True, slots=True)
class RootField:
    """What a root field stands for: a list of a label, a look-up of one, nodes by id, or a special field."""

    kind: str
    label: str | None = None
    special: Special | None = None


class Types:
    """All output types of a schema: one object type a label, one connection and edge a relation."""

    def __init__(self, specials: Sequence[Special] = ()) -> None:
        self._specials = tuple(specials)
        self._conditions, self._orders = Conditions(), Orders()
        self.node = node_interface()
        self._classes: dict[str, Any] = {label: type(label, (self.node,), {}) for label in UNCITED_LABELS}
        self.page_info = _page_info()
        self._groupings = Groupings(self.node)
        self.stated_value = _stated_value()
        self._shared: dict[str, dict[str, Made]] = {}
        cited = cited_interface(self.node, self._cited_fields())
        self._classes |= {label: type(label, (cited,), {}) for label in CITED_LABELS}
        for node in MODEL.nodes:
            self._define(node)
        self.query = self._query()

    @property
    def concrete(self) -> list[Any]:
        """The object types of all labels."""
        return [self._classes[label] for label in MODEL.labels]

    def label(self, label: str) -> Any:
        """The object type of a label."""
        return self._classes[label]

    def root_value(self) -> Any:
        """What the root fields resolve to: each says what it stands for, and the executor answers it."""
        fields: dict[str, RootField] = {"node_": RootField("node"), "nodes_": RootField("nodes")}
        for node in MODEL.nodes:
            fields[f"{node.singular}_"] = RootField("one", node.label)
            fields[f"{node.plural}_"] = RootField("many", node.label)
        for special in self._specials:
            fields[f"{special.name}_"] = RootField("special", special=special)
        return self.query(**fields)

    def _define(self, node: NodeType) -> None:
        fields = {p.field: _property(p) for p in node.shown}
        for name, relation in MODEL.relations(node.label).items():
            fields.update(self._relation(name, relation))
        fill(self._classes[node.label], f"{node.description} Its key is {node.key}.", fields)

    def _cited_fields(self) -> dict[str, Made]:
        relations = MODEL.relations(CITED_LABELS[0])
        return {name: self._relation(name, relations[name])[name] for name in CITED_FIELDS}

    def _relation(self, name: str, relation: Relation) -> dict[str, Made]:
        base = base_of(relation)
        if base not in self._shared:
            self._shared[base] = self._related(name, relation, base)
        return self._shared[base]

    def _related(self, name: str, relation: Relation, base: str) -> dict[str, Made]:
        meaning = relation.type.description
        if relation.direction is Direction.IN:
            meaning = f"Where {relation.type.type} leads here from: {meaning}"
        if 1 < len(relation.targets) < len(CITED_LABELS):
            meaning = f"{meaning} Each is a {' or a '.join(relation.targets)}."
        edge = self._edge(f"{base}Edge", relation)
        if relation.one:
            to = self._target(relation)
            return {
                name: Made(to | None, meaning),
                f"{name}Edge": Made(edge | None, f"{meaning} With the relationship itself."),
            }
        return {
            name: Made(
                self._connection(f"{base}Connection", edge, relation.target, self._groupings.related(relation)),
                meaning,
                self._page(self._conditions.related(relation), self._orders.related(relation)),
            )
        }

    def _edge(self, name: str, relation: Relation) -> Any:
        fields = {p.field: _property(p) for p in edge_properties(relation.type)}
        if relation.type.cited:
            citation = self._classes["Citation"]
            fields["citations"] = Made(list[citation], "The lines that state the relationship.")  # type: ignore[valid-type]
        if relation.type.carries_values:
            stated = self.stated_value
            fields["states"] = Made(list[stated], "The values that the citation states.")  # type: ignore[valid-type]
        return self._edge_type(name, self._target(relation), relation.type, fields, cursor=not relation.one)

    def _edge_type(
        self,
        name: str,
        target: Any,
        type_: RelationshipType | None,
        fields: dict[str, Made],
        *,
        cursor: bool = True,
    ) -> Any:
        own = {"node": Made(target, "The node at the other end.")}
        if cursor:
            own["cursor"] = Made(str, "The place of the edge in its list, opaque.")
        meaning = f"{type_.type}: {type_.description}" if type_ else "A node and its place in the list."
        return object_type(name, meaning, {**own, **fields})

    def _connection(self, name: str, edge: Any, target: str | None, by: Any) -> Any:
        node = self._classes[target] if target else self.node
        fields = {
            "edges": Made(list[edge], "The edges of this page."),
            "nodes": Made(list[node], "The nodes of this page."),  # type: ignore[valid-type]
            "pageInfo": Made(self.page_info, "Whether there is more, and where this page starts and ends."),
            "totalCount": Made(int, "How many nodes the filter leaves, on all pages."),
            "facets": Made(
                self._groupings.facets,
                "The nodes that the filter leaves, on all pages, in groups.",
                (
                    argument("by", by, "By what they are grouped."),
                    argument("first", int, f"At most so many groups, from 1 to {FIRST_MOST}.", FIRST_DEFAULT),
                ),
            ),
        }
        return object_type(name, "A page of a list.", fields)

    def _target(self, relation: Relation) -> Any:
        return self._classes[relation.target] if relation.target else self.node

    def _page(self, where: Any, order: Any) -> tuple[StrawberryArgument, ...]:
        first = f"At most so many nodes, from 1 to {FIRST_MOST}."
        return (
            argument("first", int | None, first, FIRST_DEFAULT),
            argument("after", str | None, "Only nodes after the one with this cursor."),
            argument("last", int | None, f"The last of them, from 1 to {FIRST_MOST}; then `first` has no default."),
            argument("before", str | None, "Only nodes before the one with this cursor."),
            argument("where", where | None, "Only nodes that match."),
            argument("orderBy", list[order] | None, "The order; it always ends in the id."),
        )

    def _query(self) -> Any:
        node = self.node
        fields = {
            "node": Made(
                node | None,
                "The node with that id, or null.",
                (argument("id", strawberry.ID, "Its id."),),
            ),
            "nodes": Made(
                list[node | None],  # type: ignore[valid-type]
                f"The node of each id, null in the place of one that is not there; at most {FIRST_MOST}.",
                (argument("ids", list[strawberry.ID], "Their ids."),),
            ),
        }
        for declared in MODEL.nodes:
            fields.update(self._root(declared))
        for special in self._specials:
            fields[special.name] = Made(special.type(self), special.description, special.arguments(self))
        return object_type("Query", "What can be asked of the graph. It is read only.", fields)

    def _root(self, node: NodeType) -> dict[str, Made]:
        made = self._classes[node.label]
        edge = self._edge_type(f"{node.label}Edge", made, None, {})
        by = self._groupings.of_label(node.label)
        connection = self._connection(f"{node.label}Connection", edge, node.label, by)
        keys = " or ".join(" and ".join(keys) for keys in (("id",), *node.lookups))
        return {
            node.singular: Made(made | None, f"{node.description} Looked up by {keys}.", tuple(lookups(node))),
            node.plural: Made(
                connection,
                f"{node.description} All of them.",
                self._page(self._conditions.where(node.label), self._orders.order(node.label)),
            ),
        }


def lookups(node: NodeType) -> Iterable[StrawberryArgument]:
    """The arguments by which a node of a label is looked up."""
    yield argument("id", strawberry.ID | None, "Its id.")
    described = {
        "name": "Any name, alias, acronym or namespace of it, with case and runs of spaces folded.",
        "assessment": "The id of the assessment to which it belongs.",
    }
    for key in dict.fromkeys(k for keys in node.lookups for k in keys):
        text = described.get(key) or node.prop(key).description
        yield argument(key, str | None, text)


def _property(prop: Property) -> Made:
    kind = scalar(prop)
    if prop.many:
        return Made(list[kind], prop.description)  # type: ignore[valid-type]
    return Made(kind if prop.key in ("id", "name", "assertion") else kind | None, prop.description)


def _page_info() -> Any:
    fields = {
        "hasNextPage": Made(bool, "Whether nodes come after this page, or it was asked for before a cursor."),
        "hasPreviousPage": Made(bool, "Whether nodes come before this page, or it was asked for after a cursor."),
        "startCursor": Made(str | None, "The cursor of the first edge; null on an empty page."),
        "endCursor": Made(str | None, "The cursor of the last edge; null on an empty page."),
    }
    return object_type("PageInfo", "Where a page stands in its list.", fields)


def _stated_value() -> Any:
    fields = {
        "property": Made(str, "The property, by its key in the model."),
        "value": Made(str, "The stated value as text; a list has one entry for each item."),
    }
    return object_type("StatedValue", "A value that a citation states of a node.", fields)
