"""The JSON-LD context: under it the JSON of a GraphQL node, with its `id` and `__typename`, is RDF in our terms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graph.model import MODEL, Direction, Property, Relation, ValueType
from ontology.namespaces import CG, DCTERMS, DEFAULT_BASE, XSD
from ontology.terms import concept_names

PATH = "ontology/context.jsonld"

_DATATYPES = {ValueType.URL: XSD.anyURI, ValueType.DATETIME: XSD.dateTime, ValueType.DATE: DCTERMS.W3CDTF}


def generated() -> Mapping[str, bytes]:
    """The generated file by its path in the project."""
    return {PATH: (json.dumps({"@context": context()}, indent=2) + "\n").encode()}


def context() -> dict[str, Any]:
    """The context: a label is a class whose fields mean what they mean for that label.

    JSON-LD gives a term one datatype whatever its value, and a date can be a year, a month or a day: dcterms:W3CDTF is
    the datatype of all three.
    """
    return {
        "@version": 1.1,
        "@base": DEFAULT_BASE,
        "cg": CG.iri,
        "id": "@id",
        "__typename": "@type",
        **{label: {"@id": f"cg:{label}", "@context": _fields(label)} for label in MODEL.labels},
    }


def _fields(label: str) -> dict[str, Any]:
    properties = {prop.field: _property(prop) for prop in MODEL.node(label).shown if prop.key != "id"}
    return {**properties, **{field: _relation(relation) for field, relation in MODEL.relations(label).items()}}


def _property(prop: Property) -> Any:
    if prop.enum:
        names = {value.upper(): f"cg:{concept_names()[prop.enum, value]}" for value in prop.values}
        return {"@id": f"cg:{prop.field}", "@type": "@vocab", "@context": names}
    datatype = _DATATYPES.get(prop.type)
    return {"@id": f"cg:{prop.field}", "@type": datatype} if datatype else f"cg:{prop.field}"


def _relation(relation: Relation) -> Any:
    """A node where there is one; of a list its nodes, whether alone or on edges, belong to what has the list.

    What else stands on an edge is said of the statement, of which GraphQL gives no id, so that it means nothing here.
    """
    along = "@id" if relation.direction is Direction.OUT else "@reverse"
    node = {along: f"cg:{relation.type.term}"}
    if relation.one:
        return node
    silent = dict.fromkeys(("citations", *(prop.field for prop in relation.type.shown)))
    return {"@id": "@nest", "@context": {**silent, "nodes": node, "edges": "@nest", "node": node}}
