"""An example in Turtle for each term, taken from the example data or put in the place of a value of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from io import BytesIO
from typing import TypeAlias

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from graph.differing import items
from graph.merging import Node
from graph.model import MODEL
from ontology import terms
from ontology.columns import CG_TERMS, node_columns
from ontology.example import example
from ontology.export import triples
from ontology.facts import facts
from ontology.namespaces import CG, EXPORTED, RDF, SKOS, prefixes
from ontology.things import Things

Triples: TypeAlias = tuple[Triple, ...]

_TYPE = NamedNode(RDF.type)
_NAMED = frozenset({CG.id, CG.name, RDF.type})


@cache
def example_triples() -> Triples:
    """The example as RDF, with a run of loading, which no export has, and what a reasoner adds to it."""
    exported = tuple(triples(facts(example(), Things())))
    runs = tuple(triple for run in example().scan("LoadRun") for triple in _run(run))
    return (*exported, *runs, *_reasoned(exported))


@cache
def examples() -> Mapping[str, Triples]:
    """The triples of the example of each term, by its name."""
    found: dict[str, Triples] = {}
    subjects: dict[NamedNode, list[Triple]] = {}
    for triple in example_triples():
        subjects.setdefault(triple.subject, []).append(triple)  # type: ignore[arg-type]
    for triple in example_triples():
        if triple.predicate.value in _OURS:
            found.setdefault(_OURS[triple.predicate.value], (triple,))
        elif triple.predicate == _TYPE and triple.object.value in _OURS:  # type: ignore[union-attr]
            said = subjects[triple.subject]  # type: ignore[index]
            found.setdefault(_OURS[triple.object.value], _described(triple, said))  # type: ignore[union-attr]
    return {**found, **dict(_concepts(found))}


def turtle(found: Iterable[Triple]) -> str:
    """Triples in Turtle with the prefixes that they use."""
    sink = BytesIO()
    serialize(found, sink, RdfFormat.TURTLE, prefixes=prefixes(EXPORTED))
    lines = [line.replace("\t", "    ") for line in sink.getvalue().decode().splitlines()]
    body = "\n".join(line for line in lines if not line.startswith("@prefix"))
    used = [line for line in lines if line.startswith("@prefix") and re.search(rf"\b{line.split()[1]}\w", body)]
    return "\n".join([*used, body])


def _described(typed: Triple, said: list[Triple]) -> Triples:
    """A statement whole; of a thing what it is, its id and its name."""
    if not typed.object.value.endswith(terms.STATEMENT):  # type: ignore[union-attr]
        said = [triple for triple in said if triple.predicate.value in _NAMED]
    return (typed, *(triple for triple in said if triple.predicate != _TYPE))


def _concepts(found: Mapping[str, Triples]) -> Iterator[tuple[str, Triples]]:
    """A value in the place of that of the example; a closed set and its scheme by the first of their values."""
    for (name, value), concept in terms.concept_names().items():
        concepts = terms.concept_sets()[name]
        (shown,) = found[concepts.uses[0].property.field]
        having = [t for t in example_triples() if t.predicate == shown.predicate and _has(t, concepts.uses)]
        held = next((t for t in having if t.object == CG_TERMS[concept]), having[0])
        yield concept, (Triple(held.subject, held.predicate, CG_TERMS[concept]),)
        if value == concepts.values[0]:
            yield name, (Triple(CG_TERMS[concept], _TYPE, CG_TERMS[name]),)
            yield concepts.scheme, (Triple(CG_TERMS[concept], NamedNode(SKOS.inScheme), CG_TERMS[concepts.scheme]),)


def _has(triple: Triple, uses: Iterable[terms.Use]) -> bool:
    """Whether the subject is of a class that has the closed set."""
    return any(triple.subject in _instances()[CG[use.owner]] for use in uses)


@cache
def _instances() -> Mapping[str, frozenset[object]]:
    found: dict[str, set[object]] = {}
    for triple in example_triples():
        if triple.predicate == _TYPE:
            found.setdefault(triple.object.value, set()).add(triple.subject)  # type: ignore[union-attr]
    return {kind: frozenset(subjects) for kind, subjects in found.items()}


def _run(run: Node) -> Iterator[Triple]:
    thing = Things().thing(run.id)
    yield Triple(thing, _TYPE, CG_TERMS[run.label])
    for column in node_columns(run.label):
        for item in items({**run.values, "id": run.id}[column.key]):
            yield Triple(thing, column.predicates[0], column.term(item))


def _reasoned(exported: Triples) -> Iterator[Triple]:
    """What subjects are of statements, how each statement is joined to itself, and the classes above all others."""
    kinds = {terms.statement_class(r): terms.entailing(r) for r in MODEL.relationships if r.cited}
    seen: set[str] = set()
    for triple in exported:
        if triple.predicate == CG_TERMS[terms.SUBJECT] and not seen:
            yield Triple(triple.object, CG_TERMS[terms.SUBJECT_OF], triple.subject)  # type: ignore[arg-type]
            yield Triple(triple.object, _TYPE, CG_TERMS[terms.ENTITY])  # type: ignore[arg-type]
            yield Triple(triple.subject, _TYPE, CG_TERMS[terms.STATEMENT])
            seen.add(terms.SUBJECT)
        name = triple.object.value.removeprefix(CG.iri) if isinstance(triple.object, NamedNode) else ""
        if triple.predicate == _TYPE and name in kinds and name not in seen:
            yield Triple(triple.subject, CG_TERMS[kinds[name]], triple.subject)
            seen.add(name)


_OURS = {CG[name]: name for name in CG}
