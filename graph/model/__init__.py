"""The one declaration of the graph; everything else is derived from it or checked against it."""

from __future__ import annotations

from graph.model import assurance, infrastructure, provenance
from graph.model.declaration import Model
from graph.model.relationships import UNCITED_LABELS, relationships
from graph.model.types import (
    NAMESPACE,
    Cardinality,
    ContradictoryModel,
    Direction,
    NodeType,
    Pair,
    Property,
    Relation,
    RelationshipType,
    ValueType,
    camel,
)

_NODES = (*provenance.LABELS, *infrastructure.LABELS, *assurance.LABELS)

MODEL = Model(_NODES, relationships(tuple(n.label for n in _NODES)))

__all__ = [
    "MODEL",
    "NAMESPACE",
    "UNCITED_LABELS",
    "Cardinality",
    "ContradictoryModel",
    "Direction",
    "Model",
    "NodeType",
    "Pair",
    "Property",
    "Relation",
    "RelationshipType",
    "ValueType",
    "camel",
]
