"""How each property of the model is written in RDF: its predicates, and the term that a value becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from graph.model import MODEL, Property, ValueType
from graph.records import Scalar
from ontology.alignment import NAMES, VALUES
from ontology.namespaces import CG, XSD
from ontology.terms import concept_names

Term: TypeAlias = NamedNode | Literal

CG_TERMS = CG.made(NamedNode)
_XSD = XSD.made(NamedNode)


@dataclass(frozen=True, slots=True)
class Column:
    """One property as it is written; the first predicate is its own, others are of known vocabularies."""

    key: str
    verbatim: bool
    predicates: tuple[NamedNode, ...]
    term: Callable[[Scalar], Term]


@cache
def node_columns(label: str) -> tuple[Column, ...]:
    """The shown properties of a label, in the order of the model."""
    return tuple(_column(p, VALUES.get((label, p.key), NAMES.get(p.key))) for p in MODEL.node(label).shown)


@cache
def edge_columns(type_: str) -> tuple[Column, ...]:
    """The shown properties of a relationship type, in the order of the model; assertion and rule are among them."""
    return tuple(_column(p, None) for p in MODEL.relationship(type_).shown)


def _column(prop: Property, known: str | None) -> Column:
    own = CG_TERMS[prop.field]
    return Column(prop.key, prop.verbatim, (own, NamedNode(known)) if known else (own,), _writer(prop))


def _writer(prop: Property) -> Callable[[Scalar], Term]:
    if prop.enum:
        return _concepts(prop).__getitem__
    return _WRITERS[prop.type]


def _concepts(prop: Property) -> Mapping[Scalar, NamedNode]:
    return {value: CG_TERMS[concept_names()[prop.enum, value]] for value in prop.values}


def _integer(value: Scalar) -> Literal:
    return Literal(int(value))


def _boolean(value: Scalar) -> Literal:
    return Literal(bool(value))


def _text(value: Scalar) -> Literal:
    return Literal(str(value))


def _url(value: Scalar) -> Literal:
    return Literal(str(value), datatype=_XSD.anyURI)


def _datetime(value: Scalar) -> Literal:
    return Literal(str(value), datatype=_XSD.dateTime)


def date_literal(value: Scalar) -> Literal:
    """A date at the precision that is stated: `2017`, `2017-03` or `2017-03-31`."""
    return Literal(str(value), datatype=_PRECISIONS[str(value).count("-")])


_PRECISIONS = (_XSD.gYear, _XSD.gYearMonth, _XSD.date)
_WRITERS: Mapping[ValueType, Callable[[Scalar], Term]] = {
    ValueType.STRING: _text,
    ValueType.INTEGER: _integer,
    ValueType.BOOLEAN: _boolean,
    ValueType.DATE: date_literal,
    ValueType.DATETIME: _datetime,
    ValueType.URL: _url,
}
