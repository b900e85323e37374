"""The interfaces: `Node` over every label, `Cited` over those whose nodes documents state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from api.inputs import ANY
from api.making import Made, fill
from graph.model import MODEL, UNCITED_LABELS, Relation

CITED = "Cited"
CITED_LABELS = tuple(label for label in MODEL.labels if label not in UNCITED_LABELS)
CITED_FIELDS = tuple(
    name for name in MODEL.relations(CITED_LABELS[0]) if all(name in MODEL.relations(label) for label in CITED_LABELS)
)
"""The relations that all of them have: their citations and their names."""


def base_of(relation: Relation) -> str:
    """How the names of the connection and of the edge of a relation begin; `Cited` labels share theirs."""
    shared = relation.label in CITED_LABELS and relation.field in CITED_FIELDS
    return f"{CITED if shared else relation.label}{relation.field[0].upper()}{relation.field[1:]}"


def node_interface() -> Any:
    """The interface over every label."""
    fields = {
        "id": Made(strawberry.ID, "The stable id `<type>/<key>`, made from content."),
        "name": Made(str, "What a person calls it."),
        "aliases": Made(list[str], "Every other spelling that a document uses, sorted."),
    }
    return fill(type(ANY, (), {}), "Anything in the graph.", fields, interface=True)


def cited_interface(node: Any, fields: Mapping[str, Made]) -> Any:
    """The interface over what documents state, with the relations that all of it has."""
    meaning = "What documents state: it has citations, with the values that each of them states, and names."
    return fill(type(CITED, (node,), {}), meaning, fields, interface=True)
