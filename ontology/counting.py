"""What an export holds, counted in one pass over its facts."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from ontology.facts import Fact
from ontology.namespaces import CG, RDF

_TYPE, _ID = NamedNode(RDF.type), NamedNode(CG.id)
_BYTES = 16


@dataclass(slots=True)
class Counts:
    """How many of what; `graphs` counts the triples of each named graph, `first` has an example of each class."""

    triples: int = 0
    entities: int = 0
    subjects: int = 0
    objects: int = 0
    classes: Counter[NamedNode] = field(default_factory=Counter)
    properties: Counter[NamedNode] = field(default_factory=Counter)
    graphs: Counter[NamedNode] = field(default_factory=Counter)
    first: dict[NamedNode, NamedNode] = field(default_factory=dict)


def counted(facts: Iterable[Fact]) -> Counts:
    """The counts of facts in the order of `ontology.facts`, in which the types of a subject stand together.

    So subjects are counted without being remembered. Of each object 128 bits are remembered: memory grows with the
    number of different objects alone.
    """
    counts, objects, last = Counts(), set[bytes](), None
    for subject, predicate, object_, graphs in facts:
        counts.triples += 1
        counts.properties[predicate] += 1
        counts.graphs.update(graphs)
        objects.add(hashlib.blake2b(str(object_).encode(), digest_size=_BYTES).digest())
        if predicate == _TYPE and isinstance(object_, NamedNode):
            counts.subjects += subject != last
            counts.classes[object_] += 1
            counts.first.setdefault(object_, subject)
            last = subject
        counts.entities += predicate == _ID
    counts.objects = len(objects)
    return counts
