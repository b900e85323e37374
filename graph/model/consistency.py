"""What the model may not say: every contradiction in a declaration, named all at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from graph.model.types import NodeType, Property, RelationshipType

_LABEL = re.compile(r"[A-Z][A-Za-z]*")
_TYPE = re.compile(r"[A-Z]+(_[A-Z]+)*")
_KEY = re.compile(r"[a-z]+[a-z0-9]*(_[a-z0-9]+)*")
_RESERVED = frozenset({"cursor", "node", "citations"})
_ENDS = frozenset({"start", "end"})


def breaches(nodes: tuple[NodeType, ...], relationships: tuple[RelationshipType, ...]) -> list[str]:
    """Every breach of the rules of a declaration, one line each, in the order of the declaration."""
    return [
        *_duplicates("label", (n.label for n in nodes)),
        *_duplicates("root field", [f for n in nodes for f in (n.singular, n.plural)]),
        *_duplicates("relationship type", (r.type for r in relationships)),
        *(line for n in nodes for line in _node_breaches(n)),
        *(line for r in relationships for line in _relationship_breaches(r, {n.label for n in nodes})),
        *(line for n in nodes for line in _field_breaches(n, relationships)),
        *_enum_breaches(_properties(nodes, relationships)),
        *_term_breaches(nodes, relationships),
    ]


def _node_breaches(node: NodeType) -> Iterator[str]:
    if not _LABEL.fullmatch(node.label):
        yield f"{node.label}: a label is CamelCase"
    for what, text in (("description", node.description), ("key", node.key)):
        if not text.strip():
            yield f"{node.label}: missing {what}"
    yield from _property_breaches(node.label, node.properties)
    for key in (*node.order, *(k for lookup in node.lookups for k in lookup)):
        if key not in node.keys and key != "assessment":
            yield f"{node.label}: orders or looks up by {key}, which is no property of it"
    for key in node.required:
        if key not in node.keys:
            yield f"{node.label}: requires {key}, which is no property of it"


def _relationship_breaches(relationship: RelationshipType, labels: set[str]) -> Iterator[str]:
    if not _TYPE.fullmatch(relationship.type):
        yield f"{relationship.type}: a relationship type is UPPER_SNAKE"
    if not relationship.description.strip():
        yield f"{relationship.type}: missing description"
    if not relationship.pairs:
        yield f"{relationship.type}: joins nothing"
    for pair in relationship.pairs:
        for end in (pair.start, pair.end):
            if end not in labels:
                yield f"{relationship.type}: unknown end {end}"
    yield from _property_breaches(relationship.type, relationship.properties)
    for key in sorted({p.key for p in relationship.properties} & (_RESERVED | _ENDS)):
        yield f"{relationship.type}.{key}: the key is taken by the edge itself"


def _property_breaches(owner: str, properties: Iterable[Property]) -> Iterator[str]:
    yield from _duplicates(f"property of {owner}", (p.key for p in properties))
    for prop in properties:
        if not _KEY.fullmatch(prop.key):
            yield f"{owner}.{prop.key}: a key is lower_snake"
        if not prop.description.strip():
            yield f"{owner}.{prop.key}: missing description"
        if bool(prop.values) != bool(prop.enum):
            yield f"{owner}.{prop.key}: a closed set needs both a name and its values"


def _field_breaches(node: NodeType, relationships: tuple[RelationshipType, ...]) -> Iterator[str]:
    taken = Counter(p.field for p in node.properties)
    seen: dict[str, tuple[str, bool]] = {}
    for relationship in relationships:
        ends = [(p.start_field, True) for p in relationship.pairs if p.start == node.label]
        ends += [(p.end_field, False) for p in relationship.pairs if p.end == node.label]
        for name, out in dict.fromkeys(ends):
            if taken[name] or (name in seen and seen[name] != (relationship.type, out)):
                yield f"{node.label}.{name}: two fields of one name ({relationship.type})"
            seen[name] = (relationship.type, out)


def _enum_breaches(properties: Iterable[Property]) -> Iterator[str]:
    known: dict[str, tuple[str, ...]] = {}
    for prop in properties:
        if prop.enum and known.setdefault(prop.enum, prop.values) != prop.values:
            yield f"enum {prop.enum}: declared twice with other values"
        yield from _duplicates(f"value of {prop.enum}", prop.values)


def _term_breaches(nodes: tuple[NodeType, ...], relationships: tuple[RelationshipType, ...]) -> Iterator[str]:
    objects = {r.term for r in relationships}
    data = {p.field for p in _properties(nodes, relationships) if p.exported or not p.internal}
    for term in sorted(objects & data):
        yield f"term {term}: both a relationship and a property"


def _properties(nodes: tuple[NodeType, ...], relationships: tuple[RelationshipType, ...]) -> list[Property]:
    return [p for node in nodes for p in node.properties] + [p for r in relationships for p in r.properties]


def _duplicates(what: str, names: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{what} {name}: declared {count} times"
