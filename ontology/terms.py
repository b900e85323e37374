"""The local names of the cg: terms, all made from the model: classes, properties, concepts, statement classes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from graph.model import MODEL, Property, RelationshipType
from graph.model.types import camel
from graph.records import NAME_KEYS

ENTITY, STATEMENT, DIFFERING = "Entity", "Statement", "DifferingStatement"
DIFFERS = "differsFrom"
SUBJECT, SUBJECT_OF, OBJECT, CITATION = "subject", "subjectOf", "object", "citation"
STRUCTURE: Mapping[str, str] = {
    ENTITY: "Anything that the graph knows by an id of its own.",
    STATEMENT: "One relationship as documents state it: what is related to what, where it is stated, and how.",
    DIFFERING: "What one document states of a relationship otherwise than the graph shows it; it entails nothing.",
    SUBJECT: "The thing at which the stated relationship starts.",
    SUBJECT_OF: "A statement of a relationship that starts at the thing.",
    OBJECT: "The thing at which the stated relationship ends.",
    CITATION: "The lines of a document that state the relationship.",
    DIFFERS: "The statement that the graph shows in the place of this one.",
}


@dataclass(frozen=True, slots=True)
class Use:
    """One declaration of a property: the class that has it, and the property as declared there."""

    owner: str
    property: Property


@dataclass(frozen=True, slots=True)
class Concepts:
    """A closed set: its class, its values, the properties that take them."""

    name: str
    values: tuple[str, ...]
    uses: tuple[Use, ...]

    @property
    def scheme(self) -> str:
        """The concept scheme of the values."""
        return f"{self.name}Scheme"


def statement_class(relationship: RelationshipType) -> str:
    """The class of the statements of a relationship: `InScopeOfStatement`."""
    return _statement_class(relationship.term)


@cache
def _statement_class(term: str) -> str:
    return f"{term[0].upper()}{term[1:]}Statement"


def entailing(relationship: RelationshipType) -> str:
    """The property that joins each statement of that type to itself, through which it entails the plain triple."""
    return f"entails{relationship.term[0].upper()}{relationship.term[1:]}"


@cache
def statement_properties(relationship: RelationshipType) -> tuple[Property, ...]:
    """What a statement of that type says of the relationship; of a name's, also what the document says of the name."""
    if relationship.type != "HAS_NAME":
        return relationship.written
    named = (p for p in MODEL.node("Name").properties if p.key in NAME_KEYS and p.key != "text")
    return (*named, *relationship.written)


@cache
def properties() -> Mapping[str, tuple[Use, ...]]:
    """Every property term with its uses; what a store keeps for itself has no term."""
    found = defaultdict[str, list[Use]](list)
    for node in MODEL.nodes:
        for prop in node.written:
            found[prop.field].append(Use(node.label, prop))
    for relationship in MODEL.relationships:
        for prop in statement_properties(relationship):
            found[prop.field].append(Use(statement_class(relationship), prop))
    return {name: tuple(uses) for name, uses in found.items()}


def owners(uses: Sequence[Use]) -> tuple[str, ...]:
    """The classes that have a property; what is said of an entity is also said by a statement of evidence.

    What a statement says, one that differs from it can say too.
    """
    found = dict.fromkeys(use.owner for use in uses)
    if any(owner in MODEL.labels and MODEL.node(owner).cited for owner in found):
        found |= dict.fromkeys(statement_class(r) for r in MODEL.relationships if r.carries_values)
    if any(statement_class(r) in found for r in _cited()):
        found[DIFFERING] = None
    return tuple(found)


@cache
def concept_sets() -> Mapping[str, Concepts]:
    """The closed sets of the model by name, in the order of their declaration."""
    uses = defaultdict[str, list[Use]](list)
    for found in properties().values():
        for use in found:
            if use.property.enum:
                uses[use.property.enum].append(use)
    return {name: Concepts(name, found[0].property.values, tuple(found)) for name, found in uses.items()}


@cache
def concept_names() -> Mapping[tuple[str, str], str]:
    """The term of each value of each closed set.

    A value is its own camelCase name (`noDeviation`), unless another closed set has the same value or another term has
    the same name; then the set's name stands before it (`distributionPublic`), in every set that has the value, since
    two sets seldom mean the same by one word.
    """
    shared = Counter(camel(value) for concepts in concept_sets().values() for value in concepts.values)
    taken = {*properties(), *STRUCTURE, *(r.term for r in MODEL.relationships)}
    return {
        (concepts.name, value): _concept_name(concepts.name, value, shared[camel(value)] > 1 or camel(value) in taken)
        for concepts in concept_sets().values()
        for value in concepts.values
    }


@cache
def local_names() -> tuple[str, ...]:
    """Every local name, those declared twice included, in the order in which the vocabulary declares them."""
    return (
        *STRUCTURE,
        *MODEL.labels,
        *(statement_class(r) for r in MODEL.relationships if has_statements(r)),
        *(r.term for r in MODEL.relationships),
        *map(entailing, _cited()),
        *properties(),
        *(name for concepts in concept_sets().values() for name in (concepts.name, concepts.scheme)),
        *concept_names().values(),
    )


def predicates() -> tuple[str, ...]:
    """The terms that stand between a subject and an object in data; what only OWL reasons with is among them."""
    related = (r.term for r in MODEL.relationships)
    return (SUBJECT, SUBJECT_OF, OBJECT, CITATION, DIFFERS, *related, *map(entailing, _cited()), *properties())


def has_statements(relationship: RelationshipType) -> bool:
    """Whether something is said of the relationship itself, for which it needs a statement node."""
    return relationship.cited or relationship.carries_values


def words(name: str) -> str:
    """A name as people read it: `inScopeOf` and `InScopeOf` -> `in scope of`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace("_", " ")).lower()


def _cited() -> list[RelationshipType]:
    return [r for r in MODEL.relationships if r.cited]


def _concept_name(enum: str, value: str, prefixed: bool) -> str:
    plain = camel(value)
    return f"{enum[0].lower()}{enum[1:]}{plain[0].upper()}{plain[1:]}" if prefixed else plain
