"""All relationship types: which labels they join, under which field names, how many, and what they carry."""

from __future__ import annotations

from graph.model import catalogue, examination
from graph.model.joining import MANY_TO_MANY, MANY_TO_ONE, ONE_TO_MANY, joins, stated
from graph.model.types import Property, RelationshipType, ValueType

UNCITED_LABELS = ("Document", "Citation", "Name", "LoadRun")


def provenance_of_all(labels: tuple[str, ...]) -> tuple[RelationshipType, ...]:
    """The relationships that every label has but documents, citations, names and loads."""
    cited = " ".join(label for label in labels if label not in UNCITED_LABELS)
    states = Property(
        "precedence",
        "Where in its document the fact is stated: lower wins (rule 3).",
        ValueType.INTEGER,
        internal=True,
        exported=True,
    )
    return (
        stated("HAS_NAME", ONE_TO_MANY, joins(cited, "names", "Name", "entity"), "A name of the entity."),
        RelationshipType(
            "EVIDENCED_BY",
            "The citation that states it; the relationship carries the property values that the citation states.",
            joins(cited, "citations", "Citation", "evidences"),
            MANY_TO_MANY,
            (states,),
            cited=False,
            carries_values=True,
        ),
        RelationshipType(
            "FROM_DOCUMENT",
            "The document in which the lines stand.",
            joins("Citation", "document", "Document", "evidence"),
            MANY_TO_ONE,
            cited=False,
        ),
    )


def relationships(labels: tuple[str, ...]) -> tuple[RelationshipType, ...]:
    """All relationship types over those labels."""
    return (
        *examination.SCOPE,
        *examination.EXAMINATION,
        *examination.CONTROLS,
        *catalogue.CATALOGUE,
        *catalogue.FRAMEWORKS,
        *catalogue.PROVENANCE,
        *provenance_of_all(labels),
    )
