"""The terms of the vocabulary as a page shows them, read from the files that are served, whatever made them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from ontology.namespaces import CG, OWL, RDF, RDFS, SKOS, VOCABULARIES, VS

KINDS = {
    OWL.Class: "Classes",
    OWL.ObjectProperty: "Relationships",
    OWL.DatatypeProperty: "Properties",
    OWL.NamedIndividual: "Values of closed sets",
}
"""What a page calls the kinds of terms, in its order."""
_MAPPINGS = ("closeMatch", "exactMatch", "broadMatch", "narrowMatch", "relatedMatch", "subClassOf", "subPropertyOf",
             "equivalentClass", "equivalentProperty", "seeAlso", "inScheme")  # fmt: skip

_FIRST, _REST = NamedNode(RDF.first), NamedNode(RDF.rest)


@dataclass(frozen=True, slots=True)
class Entry:
    """One term; those of ours that it names are told by their local names, others by their IRIs."""

    name: str
    kind: str
    label: str
    definition: str
    status: str
    notes: tuple[str, ...]
    examples: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    mappings: tuple[tuple[str, str], ...]
    """How it relates to which other term."""


def entries(files: Iterable[bytes]) -> Sequence[Entry]:
    """The terms that the first of the files declares, with what all of them say; sorted by kind, then by name."""
    found = _Statements(quad for content in files for quad in parse(content, format=RdfFormat.TURTLE))
    names = sorted({iri.removeprefix(CG.iri) for iri in found.subjects() if iri.startswith(CG.iri)}, key=str.casefold)
    made = (found.entry(name) for name in names)
    order = list(KINDS.values())
    return sorted((entry for entry in made if entry), key=lambda entry: order.index(entry.kind))


class _Statements:
    """All statements by subject and predicate."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._objects = defaultdict[tuple[object, str], list[object]](list)
        for quad in quads:
            self._objects[quad.subject, quad.predicate.value].append(quad.object)

    def subjects(self) -> set[str]:
        return {subject.value for subject, _ in self._objects if isinstance(subject, NamedNode)}

    def entry(self, name: str) -> Entry | None:
        kinds = {kind.value for kind in self._of(name, RDF.type) if isinstance(kind, NamedNode)}
        kind = next((said for iri, said in KINDS.items() if iri in kinds), None)
        if kind is None:
            return None
        return Entry(
            name,
            kind,
            " ".join(self._texts(name, RDFS.label)) or name,
            " ".join(self._texts(name, SKOS.definition)),
            " ".join(self._texts(name, VS.term_status)),
            self._texts(name, SKOS.scopeNote),
            self._texts(name, f"{SKOS.iri}example"),
            self._ends(name, RDFS.domain),
            self._ends(name, RDFS.range),
            self._mappings(name),
        )

    def _of(self, name: str, predicate: str) -> list[object]:
        return self._objects.get((NamedNode(CG.iri + name), predicate), [])

    def _texts(self, name: str, predicate: str) -> tuple[str, ...]:
        return tuple(one.value for one in self._of(name, predicate) if isinstance(one, Literal))

    def _ends(self, name: str, predicate: str) -> tuple[str, ...]:
        """The classes of a domain or a range, the members of a union among them."""
        return tuple(end for one in self._of(name, predicate) for end in self._members(one))

    def _members(self, one: object) -> list[str]:
        if isinstance(one, NamedNode):
            return [short(one.value)]
        if not isinstance(one, BlankNode):
            return []
        cells = list(self._objects.get((one, OWL.unionOf), []))
        found: list[str] = []
        for cell in cells:  # each cell of the list adds the next one
            found += [m for item in self._objects.get((cell, RDF.first), []) for m in self._members(item)]
            cells += [rest for rest in self._objects.get((cell, RDF.rest), []) if isinstance(rest, BlankNode)]
        return found

    def _mappings(self, name: str) -> tuple[tuple[str, str], ...]:
        me, found = NamedNode(CG.iri + name), list[tuple[str, str]]()
        for (subject, predicate), objects in self._objects.items():
            relation = predicate.rpartition("#")[2]
            if subject == me and relation in _MAPPINGS:
                found += [(relation, short(one.value)) for one in objects if isinstance(one, NamedNode)]
        return tuple(sorted(set(found)))


def short(iri: str) -> str:
    """The local name of a term of ours, else the IRI."""
    return iri.removeprefix(CG.iri)


def curie(iri: str) -> str:
    """An IRI by the prefix of its vocabulary, where it is one that is in use."""
    known = (v for v in VOCABULARIES if iri.startswith(v.iri) and iri != v.iri)
    return next((f"{v.prefix}:{iri[len(v.iri) :]}" for v in known), iri)
