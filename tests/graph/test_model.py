"""The declaration holds together, and refuses to be made where it would not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import (
    MODEL,
    UNCITED_LABELS,
    Cardinality,
    ContradictoryModel,
    Model,
    Pair,
    Property,
    ValueType,
)

SERVICE = MODEL.node("Service")
SCOPE = MODEL.relationship("IN_SCOPE_OF")


def test_every_label_has_an_id_a_name_and_aliases() -> None:
    assert {n.label: [p.key for p in n.properties[:3]] for n in MODEL.nodes} == {
        label: ["id", "name", "aliases"] for label in MODEL.labels
    }


def test_every_label_but_four_has_names_and_citations() -> None:
    cited = {label for label in MODEL.labels if {"names", "citations"} <= set(MODEL.relations(label))}
    assert cited == set(MODEL.labels) - set(UNCITED_LABELS)


def test_both_ends_of_a_relationship_see_it() -> None:
    lonely = [
        (relationship.type, pair)
        for relationship in MODEL.relationships
        for pair in relationship.pairs
        if pair.end not in MODEL.relations(pair.start)[pair.start_field].targets
        or pair.start not in MODEL.relations(pair.end)[pair.end_field].targets
    ]
    assert lonely == []


def test_a_relation_is_to_one_where_the_cardinality_says_so() -> None:
    assert MODEL.relations("Control")["assessment"].one
    assert not MODEL.relations("Assessment")["controls"].one
    assert MODEL.relations("Region")["country"].one
    assert not MODEL.relations("Country")["regions"].one
    assert not MODEL.relations("Service")["assessments"].one


def test_a_field_to_several_labels_leads_to_no_single_one() -> None:
    several = {
        f"{label}.{name}"
        for label in ("Assessment", "Service", "Citation", "Name")
        for name, relation in MODEL.relations(label).items()
        if relation.target is None
    }
    assert several == {
        "Assessment.qualifiedOn",
        "Service.mentions",
        "Service.mentionedBy",
        "Citation.evidences",
        "Name.entity",
    }


def test_wording_of_documents_is_marked() -> None:
    marked = {p.key for node in MODEL.nodes for p in node.properties if p.verbatim}
    marked |= {p.key for relationship in MODEL.relationships for p in relationship.properties if p.verbatim}
    assert marked == {
        "quote",
        "statement",
        "procedure",
        "description",
        "definition",
        "result_text",
        "response",
        "rationale",
        "reason",
        "emphasis",
        "purpose",
        "from_statement",
        "to_statement",
    }


@pytest.mark.parametrize(
    ("nodes", "relationships", "breach"),
    [
        ((SERVICE,), (SCOPE,), "IN_SCOPE_OF: unknown end Assessment"),
        ((SERVICE, SERVICE), (), "label Service: declared 2 times"),
        ((replace(SERVICE, description=" "),), (), "Service: missing description"),
        ((replace(SERVICE, order=("size",)),), (), "Service: orders or looks up by size"),
        (
            (replace(SERVICE, properties=(*SERVICE.properties, Property("size", ""))),),
            (),
            "Service.size: missing description",
        ),
        (
            (SERVICE,),
            (replace(SCOPE, pairs=(Pair("Service", "name", "Service", "scoped"),)),),
            "Service.name: two fields of one name",
        ),
        (
            (SERVICE,),
            (
                replace(SCOPE, pairs=(Pair("Service", "others", "Service", "back"),)),
                replace(SCOPE, type="ALSO", pairs=(Pair("Service", "others", "Service", "again"),)),
            ),
            "Service.others: two fields of one name (ALSO)",
        ),
        (
            (SERVICE,),
            (replace(SCOPE, type="NAMESPACES", pairs=(Pair("Service", "a", "Service", "b"),)),),
            "term namespaces: both a relationship and a property",
        ),
    ],
)
def test_a_contradiction_is_refused(nodes: tuple, relationships: tuple, breach: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(ContradictoryModel) as refused:
        Model(nodes, relationships)
    assert breach in str(refused.value)


def test_all_contradictions_are_named_at_once() -> None:
    nameless = replace(SERVICE, description="", key="")
    with pytest.raises(ContradictoryModel) as refused:
        Model((nameless,), (replace(SCOPE, description=""),))
    assert {
        "Service: missing description",
        "Service: missing key",
        "IN_SCOPE_OF: missing description",
    } <= set(str(refused.value).splitlines())


def test_a_natural_property_is_stored_with_its_order() -> None:
    stored = {p.key for p in MODEL.node("Control").stored}
    assert {"number", "number_order"} <= stored
    assert "number_order" not in {p.key for p in MODEL.node("Control").shown}


def test_an_unknown_word_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        MODEL.node("Servise")
    with pytest.raises(KeyError):
        SERVICE.prop("colour")


def test_only_many_to_many_relationships_share_children() -> None:
    shared = {r.type for r in MODEL.relationships if r.shared}
    many = {r.type for r in MODEL.relationships if r.cardinality is Cardinality.MANY_TO_MANY}
    assert shared <= many
    assert {"IN_SCOPE_OF", "AGAINST"} <= shared
    assert "ACHIEVES" not in shared


def test_dates_are_typed() -> None:
    assert MODEL.node("Assessment").prop("period_end").type is ValueType.DATE
