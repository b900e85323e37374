"""The document about one thing in RDF: its statements with who makes them, and what its neighbours are called."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import groupby

from pyoxigraph import NamedNode, Triple, serialize

from graph.merging import Edge, Node, all_citations
from graph.model import MODEL
from graph.surroundings import Surroundings, source_of
from ontology.facts import Fact, Walk
from ontology.formats import Format, known_format
from ontology.header import LICENCE
from ontology.namespaces import DCTERMS, DEFAULT_BASE, EXPORTED, FOAF, RDF, RDFS, VOID, prefixes
from ontology.scanning import Documents
from ontology.things import Things

_PREFIXES = {**prefixes(EXPORTED), FOAF.prefix: FOAF.iri, VOID.prefix: VOID.iri}
_EVIDENCE, _SOURCE = MODEL.relationship("EVIDENCED_BY"), MODEL.relationship("FROM_DOCUMENT")


class Descriptions:
    """Writes documents about things under one base; wording that only restricted documents state is in none of them."""

    def __init__(self, base: str = DEFAULT_BASE, licence: str = LICENCE) -> None:
        self._things = Things(base)
        self._licence = licence

    def write(self, about: Surroundings, format_: str | Format, page: str, following: str | None = None) -> bytes:
        """The document about a thing in a format; `page` is its address, `following` that of the next part of it."""
        sink, chosen = io.BytesIO(), known_format(format_)
        triples = dict.fromkeys(Triple(s, p, o) for s, p, o, _ in self._facts(about))
        serialize((*self._itself(about, page, following), *triples), sink, chosen.rdf, prefixes=_PREFIXES)
        return sink.getvalue()

    def _itself(self, about: Surroundings, page: str, following: str | None) -> Iterator[Triple]:
        document = NamedNode(page)
        yield Triple(document, NamedNode(RDF.type), NamedNode(FOAF.Document))
        yield Triple(document, NamedNode(FOAF.primaryTopic), self._things.thing(about.id))
        yield Triple(document, NamedNode(DCTERMS.license), NamedNode(self._licence))
        yield Triple(document, NamedNode(VOID.inDataset), NamedNode(f"{self._things.base}dataset"))
        if following:
            yield Triple(document, NamedNode(RDFS.seeAlso), NamedNode(following))

    def _facts(self, about: Surroundings) -> Iterator[Fact]:
        walk, edges = Walk(self._things, Documents.among(about.nodes.values())), _edges(about)
        if about.node:
            yield from walk.values(about.node, about.evidence) if _is_cited(about.node) else walk.node(about.node, ())
        for (type_, start), group in groupby(edges, key=lambda edge: (edge.type, edge.start)):
            if type_ == _EVIDENCE.type:
                yield from walk.evidence(list(group), _evidence_of(about, start))
            else:
                yield from walk.edges(MODEL.relationship(type_), group)
        cited = {citation for edge in edges for citation in all_citations(edge)}
        cited |= {edge.end for edge in edges if edge.type == _EVIDENCE.type}
        yield from self._neighbours(about, walk, cited)

    def _neighbours(self, about: Surroundings, walk: Walk, cited: set[str]) -> Iterator[Fact]:
        """Citations whole, names whole, everything else by its name."""
        for id_, node in sorted(about.nodes.items()):
            if id_ == about.id:
                continue
            if id_ in cited:
                yield from walk.node(node, ())
                yield from walk.edges(_SOURCE, [source_of(id_)])
            elif node.label == "Name":
                yield from walk.node(node, ())
            elif node.label != "Citation" or _is_linked(about, id_):
                yield from walk.brief(node)


def _edges(about: Surroundings) -> list[Edge]:
    return [*(link.edge for link in about.links), *about.cited]


def _evidence_of(about: Surroundings, start: str) -> Sequence[Edge] | None:
    """All evidence of a node whose wording the page holds, None of others."""
    return [edge for edge in about.evidence if edge.start == start] or None


def _is_cited(node: Node) -> bool:
    return MODEL.node(node.label).cited


def _is_linked(about: Surroundings, id_: str) -> bool:
    return any(id_ in (link.edge.start, link.edge.end) for link in about.links)
