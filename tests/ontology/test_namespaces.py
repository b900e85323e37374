"""Laws of the closed vocabularies: each name means one thing, and a name that is none of theirs is refused."""

from __future__ import annotations

from collections import Counter

import pytest

from graph.model import MODEL
from graph.model.types import camel
from ontology.namespaces import CG, OA, VOCABULARIES, UnknownTerm
from ontology.terms import concept_names, concept_sets, entailing, local_names, properties, statement_class
from tests.ontology.harbour import OWNERS


def test_a_term_is_its_namespace_and_its_name() -> None:
    assert (OA.exact, CG["from"]) == (
        "http://www.w3.org/ns/oa#exact",
        "https://w3id.org/compliance-graph/ontology#from",
    )


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.prefix)
def test_a_misspelt_term_raises_and_names_the_nearest(vocabulary: object) -> None:
    assert isinstance(vocabulary, type(CG))
    for term in list(vocabulary)[::20]:
        with pytest.raises(UnknownTerm) as raised:
            getattr(vocabulary, f"{term}x")
        prefix = vocabulary.prefix
        assert str(raised.value) == f"{prefix}:{term}x is no term in use; the nearest is {prefix}:{term}"
        with pytest.raises(KeyError):
            vocabulary[f"{term}x"]


def test_every_label_relationship_and_shown_property_has_its_term() -> None:
    wanted = {
        *MODEL.labels,
        *(r.term for r in MODEL.relationships),
        *(statement_class(r) for r in MODEL.relationships if r.cited),
        *(p.field for owner in OWNERS for p in owner.shown),
    }
    assert wanted - set(CG) == set()
    iris = {owner.iri for owner in OWNERS}
    assert iris <= {CG[term] for term in CG}


def test_internal_properties_have_no_term() -> None:
    shown = {p.field for owner in OWNERS for p in owner.written}
    internal = {p.field for owner in OWNERS for p in owner.properties if p.internal}
    assert internal - shown
    assert (internal - shown) & set(CG) == set()


def test_no_name_is_declared_twice() -> None:
    assert [name for name, times in Counter(local_names()).items() if times > 1] == []


def test_a_value_has_its_own_name_unless_another_thing_has_it() -> None:
    everything = Counter(camel(value) for concepts in concept_sets().values() for value in concepts.values)
    others = set(local_names()) - set(concept_names().values())
    plain = {key: camel(key[1]) for key in concept_names()}
    kept = {key for key, name in plain.items() if concept_names()[key] == name}
    assert kept == {key for key, name in plain.items() if everything[name] == 1 and name not in others}
    assert (concept_names()["TestResult", "no_deviation"], concept_names()["Availability", "public"]) == (
        "noDeviation",
        "availabilityPublic",
    )


def test_one_term_is_of_concepts_or_of_one_kind_of_literal() -> None:
    mixed = {
        name: uses
        for name, uses in properties().items()
        if len({(use.property.type, bool(use.property.enum)) for use in uses}) > 1
    }
    assert mixed == {}


def test_each_cited_relationship_entails_through_a_property_of_its_own() -> None:
    names = [entailing(r) for r in MODEL.relationships if r.cited]
    assert len(set(names)) == len(names)
    assert set(names) <= set(CG)
