"""The shapes that data must have, all made from the model: labels, statements, properties, and the data as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph.model import MODEL, Direction, NodeType, Property, RelationshipType, ValueType
from ontology import evidence_shapes as evidence
from ontology import terms
from ontology.namespaces import CG, DCTERMS, DEFAULT_BASE, XSD
from ontology.rules import OfClasses, Path, Rule, Shape, SubjectsOf, Values
from ontology.saying import a, listed, property_message, quoted, relationship_message

_DATATYPES = {
    ValueType.STRING: (XSD.string,),
    ValueType.INTEGER: (XSD.integer,),
    ValueType.BOOLEAN: (XSD.boolean,),
    ValueType.URL: (XSD.anyURI,),
    ValueType.DATETIME: (XSD.dateTime,),
    ValueType.DATE: (XSD.date, XSD.gYearMonth, XSD.gYear, DCTERMS.W3CDTF),
}


def shapes(base: str = DEFAULT_BASE) -> tuple[Shape, ...]:
    """All shapes for things under that base, in a fixed order."""
    return (
        *evidence.whole(),
        evidence.thing(base),
        evidence.statement(base),
        *map(_label, MODEL.nodes),
        *(_statement(r) for r in MODEL.relationships if terms.has_statements(r)),
        _differing(),
        *map(_relationship, MODEL.relationships),
        *(_property(name, uses) for name, uses in terms.properties().items()),
    )


def _label(node: NodeType) -> Shape:
    """What a node of a label has: its properties, its relationships in both directions, what states it."""
    rules: list[Rule] = [_values(node.label, prop, prop.key in node.required) for prop in node.written]
    rules += [rule for r in MODEL.relationships for rule in _ends(node, r)]
    rules += evidence.of_label(node)
    what = terms.words(node.label)
    return Shape(f"{node.label}Shape", f"Shape of {a(what)}", OfClasses((CG[node.label],)), tuple(rules))


def _ends(node: NodeType, relationship: RelationshipType) -> Iterator[Values]:
    """What a relationship leads to, and how many at either end."""
    ends = tuple(dict.fromkeys(p.end for p in relationship.pairs if p.start == node.label))
    needed = relationship.carries_values or relationship.type == "FROM_DOCUMENT"
    if ends:
        one = relationship.one(Direction.OUT)
        yield Values(
            relationship_message(node.label, relationship.term, ends, one, needed),
            Path(CG[relationship.term]),
            classes=tuple(CG[end] for end in ends),
            least=int(needed),
            most=1 if one else None,
        )
    starts = tuple(dict.fromkeys(p.start for p in relationship.pairs if p.end == node.label))
    if starts and relationship.one(Direction.IN):
        yield Values(
            f"Exactly one {listed(starts)} leads to {a(terms.words(node.label))} by {quoted(relationship.term)}.",
            Path(CG[relationship.term], inverse=True),
            least=1,
            most=1,
        )


def _statement(relationship: RelationshipType) -> Shape:
    """What a statement has: what it relates, the lines, how it is asserted, its own values."""
    name = terms.statement_class(relationship)
    rules: list[Rule] = [*evidence.ends(relationship)]
    rules += [_values(name, prop, prop.key == "assertion") for prop in terms.statement_properties(relationship)]
    if relationship.carries_values:
        rules += _carried(name)
    rules += evidence.of_statement(relationship)
    return Shape(f"{name}Shape", f"Shape of {a(terms.words(name))}", OfClasses((CG[name],)), tuple(rules))


def _differing() -> Shape:
    """What a statement that differs from what is shown has: all that any statement of a cited relationship can say."""
    name = terms.DIFFERING
    owners = frozenset(terms.statement_class(r) for r in MODEL.relationships if r.cited)
    rules = (*evidence.differing(), *_widest(name, owners, required="assertion"))
    return Shape(f"{name}Shape", f"Shape of {a(terms.words(name))}", OfClasses((CG[name],)), rules)


def _carried(owner: str) -> Iterator[Values]:
    """What a statement of evidence can carry: each property of what is cited, as each of its owners has it."""
    return _widest(owner, frozenset(node.label for node in MODEL.nodes if node.cited), without="id")


def _widest(owner: str, owners: frozenset[str], required: str = "", without: str = "") -> Iterator[Values]:
    """Each property that any of some owners has, with all that it can be for any of them."""
    for name, uses in terms.properties().items():
        props = [use.property for use in uses if use.owner in owners]
        if props and name != without:
            of = [_values(owner, prop, name == required) for prop in props]
            widest = next((one for one in of if one.most is None), of[0])
            yield replace(widest, members=tuple(dict.fromkeys(member for one in of for member in one.members)))


def _relationship(relationship: RelationshipType) -> Shape:
    """Where a relationship starts, and that it is stated."""
    starts = tuple(dict.fromkeys(pair.start for pair in relationship.pairs))
    message = f"{quoted(relationship.term)} starts at {a(listed(starts))}."
    rules: list[Rule] = [Values(message, classes=tuple(CG[start] for start in starts))]
    rules += evidence.of_relationship(relationship)
    term = relationship.term
    return Shape(f"{_upper(term)}Shape", f"Shape of what has {quoted(term)}", SubjectsOf(CG[term]), tuple(rules))


def _property(name: str, uses: tuple[terms.Use, ...]) -> Shape:
    """Whose property it is."""
    owners = terms.owners(uses)
    message = f"{quoted(name)} is said of {a(listed(owners))}, of nothing else."
    rule = Values(message, classes=tuple(CG[owner] for owner in owners))
    return Shape(f"{_upper(name)}OwnerShape", f"Shape of what has {quoted(name)}", SubjectsOf(CG[name]), (rule,))


def _values(owner: str, prop: Property, required: bool) -> Values:
    members = tuple(CG[terms.concept_names()[prop.enum, value]] for value in prop.values)
    return Values(
        property_message(owner, prop, required),
        Path(CG[prop.field]),
        datatypes=() if prop.enum else _DATATYPES[prop.type],
        members=members,
        least=int(required),
        most=None if prop.many else 1,
        minimum=1 if prop.key in evidence.COUNTED else None,
        not_above=CG.lastLine if prop.key == "first_line" else "",
    )


def _upper(name: str) -> str:
    return name[0].upper() + name[1:]
