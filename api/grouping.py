"""By what a list can be grouped: an enum for each label, and what each of its values stands for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import strawberry

from api.conditions import EDGE, kind_of
from api.inputs import ANY
from api.making import Made, object_type
from graph.facets import LABEL
from graph.model import MODEL, Property, Relation
from graph.planner import ID, NAME

Words = Mapping[str, tuple[Property | Relation, str]]


class Groupings:
    """The enums of a schema by which lists are grouped, and the types of groups, made once."""

    def __init__(self, node: Any) -> None:
        self._enums: dict[str, Any] = {}
        self.facets = _facets(_facet(node))

    def of_label(self, label: str) -> Any:
        """The enum for a list of nodes of a label."""
        return self._enum(label, words(label, None))

    def related(self, relation: Relation) -> Any:
        """The enum for what a relation leads to: where the relationship has properties of its own, they are in it."""
        kind = kind_of(relation)
        own = kind not in ("", "Related")
        name = f"{relation.target or ANY}{kind if own else ''}"
        return self._enum(name, words(relation.target, relation if own else None))

    def _enum(self, base: str, meanings: Words) -> Any:
        name = f"{base}FacetKey"
        if name not in self._enums:
            made = Enum(name, {word: word for word in meanings})  # type: ignore[misc]
            for word, (_, meaning) in meanings.items():
                made[word]._value_ = strawberry.enum_value(word, description=meaning)
            self._enums[name] = strawberry.enum(made, description=f"By what a list of {base} can be grouped.")
        return self._enums[name]


def words(label: str | None, relation: Relation | None) -> Words:
    """What a list can be grouped by, and its meaning, by the value of the enum; the wording of documents is none."""
    if label is None:
        own: dict[str, tuple[Property | Relation, str]] = {"LABEL": (LABEL, LABEL.description)}
        own["NAME"] = (NAME, NAME.description)
    else:
        own = {p.key.upper(): (p, p.description) for p in MODEL.node(label).shown if _groups(p)}
        for name, leads in MODEL.relations(label).items():
            own[_upper(name)] = (leads, f"The nodes of {name}: {leads.type.description}")
    edge = relation.type.shown if relation else ()
    own.update({f"{EDGE}_{p.key}".upper(): (p, f"Of the relationship: {p.description}") for p in edge if _groups(p)})
    return own


def _groups(prop: Property) -> bool:
    return not prop.verbatim and prop.key != ID.key


def _upper(name: str) -> str:
    return "".join(f"_{letter}" if letter.isupper() else letter for letter in name).upper()


def _facet(node: Any) -> Any:
    fields = {
        "value": Made(
            str | None,
            "What the members share, as text; of a relation the name of the node; null where nothing is stated.",
        ),
        "isNull": Made(bool, "Whether it is the group of those of which nothing is stated, or that are not related."),
        "node": Made(node | None, "The related node that the members share, where the list is grouped by a relation."),
        "count": Made(int, "How many nodes of the list are in the group."),
    }
    meaning = "Nodes that share a value or a related node; one that has several of them is in several groups."
    return object_type("Facet", meaning, fields)


def _facets(facet: Any) -> Any:
    fields = {
        "groups": Made(list[facet], "The groups, the largest first, then by value."),
        "totalCount": Made(int, "How many groups there are in all."),
    }
    return object_type("Facets", "The nodes of a list in groups, whatever the page.", fields)
