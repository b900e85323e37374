"""How each property of the model is written in RDF: its predicates, and the term that a value becomes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from graph.model import MODEL, Property, ValueType
from graph.records import Scalar, Value, Values, holds_one
from ontology.alignment import NAMES, VALUES
from ontology.namespaces import CG, DCTERMS, XSD
from ontology.terms import concept_names, statement_properties

Term: TypeAlias = NamedNode | Literal

CG_TERMS = CG.made(NamedNode)
_XSD = XSD.made(NamedNode)


@dataclass(frozen=True, slots=True)
class Column:
    """One property as it is written; the first predicate is its own, others are of known vocabularies.

    `orders` is the key of the list whose order it tells.
    """

    key: str
    verbatim: bool
    predicates: tuple[NamedNode, ...]
    term: Callable[[Scalar], Term]
    orders: str = ""
    term_name: str = ""
    many: bool = False
    type: ValueType = ValueType.STRING
    values: Mapping[Term, Scalar] = field(default_factory=dict)
    holds: Callable[[Scalar], bool] = field(kw_only=True)

    @property
    def valid(self) -> str:
        """What it can be, for people."""
        return f"one of {', '.join(map(str, self.values))}" if self.values else f"a {self.type.value} as it is exported"

    def of(self, values: Values) -> Value | None:
        """The value among the values of its owner."""
        if not self.orders:
            return values.get(self.key)
        listed = values.get(self.orders)
        several = isinstance(listed, tuple) and len(listed) > 1
        return json.dumps(listed, ensure_ascii=False, separators=(",", ":")) if several else None


@cache
def node_columns(label: str) -> tuple[Column, ...]:
    """The written properties of a label, in the order of the model."""
    node = MODEL.node(label)
    orders = {p.in_order.key: p.key for p in node.properties if p.ordered}
    known = {p.key: VALUES.get((label, p.key), NAMES.get(p.key)) for p in node.written}
    return tuple(_column(p, known[p.key], orders.get(p.key, "")) for p in node.written)


@cache
def edge_columns(type_: str) -> tuple[Column, ...]:
    """What a statement of a type says, in the order of the model; assertion and rule are among it."""
    return tuple(_column(p, None) for p in statement_properties(MODEL.relationship(type_)))


@cache
def evidence_columns(label: str) -> tuple[Column, ...]:
    """What a statement of evidence says of a node of a label, how much it weighs at the end."""
    return (*node_columns(label), *edge_columns("EVIDENCED_BY"))


@cache
def node_wording(label: str) -> frozenset[str]:
    """The properties of a label that carry a document's own wording."""
    return frozenset(column.key for column in node_columns(label) if column.verbatim)


@cache
def edge_wording(type_: str) -> frozenset[str]:
    """The same of what a statement of a type says."""
    return frozenset(column.key for column in edge_columns(type_) if column.verbatim)


def _column(prop: Property, known: str | None, orders: str = "") -> Column:
    own = CG_TERMS[prop.field]
    predicates = (own, NamedNode(known)) if known else (own,)
    values: dict[Term, Scalar] = {term: value for value, term in _concepts(prop).items()} if prop.enum else {}
    return Column(
        prop.key,
        prop.verbatim,
        predicates,
        writer(prop),
        orders,
        prop.field,
        prop.many,
        prop.type,
        values,
        holds=partial(holds_one, prop),
    )


def value_of(column: Column, term: Term) -> Scalar | None:
    """The value that is written as the term; None where no value of the property is."""
    if column.values or not isinstance(term, Literal):
        return column.values.get(term)
    value: Scalar = term.value
    if column.type is ValueType.INTEGER:
        value = int(term.value) if _INTEGER.fullmatch(term.value) else term.value
    elif column.type is ValueType.BOOLEAN:
        value = term.value == "true"
    return value if column.holds(value) and column.term(value) == term else None


def writer(prop: Property) -> Callable[[Scalar], Term]:
    """What makes a term of a value of the property."""
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


def precise(literal: Literal) -> Literal:
    """A date of W3CDTF, as the JSON-LD context has it, with the datatype of its precision; others as they are."""
    is_date = literal.datatype == _ANY_DATE and _DATE.fullmatch(literal.value)
    return date_literal(literal.value) if is_date else literal


_ANY_DATE = NamedNode(DCTERMS.W3CDTF)
_INTEGER = re.compile(r"-?\d{1,19}")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_PRECISIONS = (_XSD.gYear, _XSD.gYearMonth, _XSD.date)
_WRITERS: Mapping[ValueType, Callable[[Scalar], Term]] = {
    ValueType.STRING: _text,
    ValueType.INTEGER: _integer,
    ValueType.BOOLEAN: _boolean,
    ValueType.DATE: date_literal,
    ValueType.DATETIME: _datetime,
    ValueType.URL: _url,
}
