"""The description of the data set: VoID and DCAT with its counts, its files, its licence and where it comes from."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from threading import Lock

from pyoxigraph import Literal, NamedNode, Triple, serialize

from graph.errors import StoreChanging
from graph.merging import Node
from graph.model import MODEL
from graph.state import loaded, steady
from graph.store import Reader
from ontology.columns import Term, date_literal
from ontology.counting import Counts, counted
from ontology.facts import facts
from ontology.formats import Format, known_format
from ontology.header import IRI, LICENCE
from ontology.measuring import MOST, Measure, measured
from ontology.namespaces import (
    CG,
    DCAT,
    DCTERMS,
    DEFAULT_BASE,
    DESCRIBED,
    EXPORTED,
    FOAF,
    PROV,
    RDF,
    SD,
    SPDX,
    VOCABULARIES,
    VOID,
    XSD,
    prefixes,
)  # fmt: skip
from ontology.things import Things

TITLE = "compliance-graph"
DESCRIPTION = "What assurance reports and compliance pages state about cloud services; every fact with its lines."
KEYWORDS = ("cloud computing", "compliance", "assurance report", "control")
_MEDIA = "https://www.iana.org/assignments/media-types/"
_FORMATS: Mapping[Format, str] = {
    Format.TRIG: "TriG",
    Format.NQUADS: "N-Quads",
    Format.TURTLE: "Turtle",
    Format.NTRIPLES: "N-Triples",
    Format.RDFXML: "RDF_XML",
    Format.JSONLD: "JSON-LD",
}
"""The names of formats among those of the W3C."""

Statement = tuple[NamedNode, str, Term]


@dataclass(frozen=True, slots=True)
class Described:
    """What a description tells of one state of a store."""

    documents: tuple[Node, ...]
    counts: Counts
    measures: Mapping[Format, Measure] = field(default_factory=dict)


class Datasets:
    """Describes the data set of a store; what is told of a state is found out once."""

    def __init__(self, base: str = DEFAULT_BASE, licence: str = LICENCE) -> None:
        self._things = Things(base)
        self._licence = licence
        self._lock = Lock()
        self._state: str | None = None
        self._known: Described | None = None

    def write(self, reader: Reader, format_: str | Format = Format.TURTLE, address: str | None = None) -> bytes:
        """The description in a format; with the address of a server it says where each file is had."""
        sink, chosen = io.BytesIO(), known_format(format_)
        description = Description(self._things, self._described(reader), self._licence, address)
        by_subject = defaultdict[NamedNode, list[Triple]](list)
        for subject, predicate, object_ in description.statements():
            by_subject[subject].append(Triple(subject, NamedNode(predicate), object_))
        content = chain.from_iterable(by_subject.values())
        serialize(content, sink, chosen.rdf, prefixes=prefixes(DESCRIBED))
        return sink.getvalue()

    def _described(self, reader: Reader) -> Described:
        with self._lock:
            with reader.snapshot() as snapshot:
                state = loaded(snapshot)
                if self._known is None or state is None or state != self._state:
                    with steady(snapshot, state):
                        documents = tuple(snapshot.scan("Document"))
                        self._known = Described(documents, counted(facts(snapshot, self._things)))
                    self._state = None
            if state != self._state and self._known.counts.triples <= MOST:
                self._known = self._measured(reader, self._known, state)
            self._state = state
            return self._known

    def _measured(self, reader: Reader, known: Described, state: str | None) -> Described:
        """With the measures of its files, where the store is still in that state when they are taken."""
        try:
            measures = measured(reader, self._things.base)
        except StoreChanging:
            return known
        with reader.snapshot() as snapshot:
            same = state is not None and loaded(snapshot) == state
        return Described(known.documents, known.counts, measures) if same else known


class Description:
    """The statements of one description."""

    def __init__(self, things: Things, described: Described, licence: str, address: str | None) -> None:
        self._things = things
        self._described = described
        self._licence = licence
        self._address = address
        self._dataset = NamedNode(f"{things.base}dataset")

    def statements(self) -> Iterator[Statement]:
        """All of them, each once."""
        yield from self._itself()
        yield from self._numbers()
        yield from self._partitions()
        for node in self._described.documents:
            yield from self._document(node)
        yield from self._graphs()
        for format_ in Format:
            yield from self._distribution(format_)

    def _itself(self) -> Iterator[Statement]:
        dataset = self._dataset
        if self._address:
            page = NamedNode(f"{self._address}/.well-known/void")
            yield page, RDF.type, NamedNode(VOID.DatasetDescription)
            yield page, DCTERMS.title, _text(f"The description of {TITLE}")
            yield page, FOAF.primaryTopic, dataset
        for kind in (VOID.Dataset, DCAT.Dataset):
            yield dataset, RDF.type, NamedNode(kind)
        yield dataset, DCTERMS.title, _text(TITLE)
        yield dataset, DCTERMS.description, _text(DESCRIPTION)
        yield dataset, DCTERMS.license, NamedNode(self._licence)
        yield dataset, DCTERMS.conformsTo, NamedNode(IRI)
        yield from ((dataset, DCAT.keyword, _text(keyword)) for keyword in KEYWORDS)
        yield from ((dataset, VOID.vocabulary, NamedNode(v.iri)) for v in EXPORTED)
        yield dataset, VOID.uriSpace, Literal(self._things.base)
        yield from ((dataset, VOID.feature, _format(name)) for name in _FORMATS.values())
        if self._address:
            yield dataset, VOID.sparqlEndpoint, NamedNode(f"{self._address}/sparql")

    def _numbers(self) -> Iterator[Statement]:
        dataset, counts = self._dataset, self._described.counts
        yield dataset, VOID.triples, Literal(counts.triples)
        yield dataset, VOID.entities, Literal(counts.entities)
        yield dataset, VOID.distinctSubjects, Literal(counts.subjects)
        yield dataset, VOID.distinctObjects, Literal(counts.objects)
        yield dataset, VOID.classes, Literal(len(counts.classes))
        yield dataset, VOID.properties, Literal(len(counts.properties))
        for label in MODEL.labels:
            example = counts.first.get(NamedNode(CG[label]))
            if example and MODEL.node(label).cited:
                yield dataset, VOID.exampleResource, example

    def _partitions(self) -> Iterator[Statement]:
        counts = self._described.counts
        for class_, number in _sorted(counts.classes):
            part = self._part(f"class-{_short(class_)}")
            yield self._dataset, VOID.classPartition, part
            yield part, VOID["class"], class_
            yield part, VOID.entities, Literal(number)
        for property_, number in _sorted(counts.properties):
            part = self._part(f"property-{_short(property_)}")
            yield self._dataset, VOID.propertyPartition, part
            yield part, VOID.property, property_
            yield part, VOID.triples, Literal(number)

    def _graphs(self) -> Iterator[Statement]:
        documents = {self._things.thing(node.id): node for node in self._described.documents}
        for graph, number in _sorted(self._described.counts.graphs):
            node = documents.get(graph)
            part = self._part(f"graph-{node.values['sha256'] if node else 'identity'}")
            yield self._dataset, VOID.subset, part
            yield part, RDF.type, NamedNode(VOID.Dataset)
            yield part, RDF.type, NamedNode(SD.NamedGraph)
            yield part, SD.name, graph
            yield part, DCTERMS.title, _text(f"What {node.values['name']} states" if node else "Identities and names")
            yield part, VOID.triples, Literal(number)
            if node:
                yield part, PROV.wasDerivedFrom, graph

    def _document(self, node: Node) -> Iterator[Statement]:
        """A document that facts come from: its title, its date, the checksum of its bytes."""
        thing, sha256 = self._things.thing(node.id), str(node.values["sha256"])
        yield self._dataset, DCTERMS.source, thing
        yield thing, RDF.type, NamedNode(PROV.Entity)
        yield thing, DCTERMS.title, Literal(str(node.values.get("title", node.values["name"])))
        if "published" in node.values:
            yield thing, DCTERMS.issued, date_literal(str(node.values["published"]))
        yield thing, DCTERMS.identifier, Literal(f"sha256:{sha256}")
        yield from self._checksum(thing, f"checksum-{sha256}", sha256)

    def _distribution(self, format_: Format) -> Iterator[Statement]:
        part, measure = self._part(format_.value), self._described.measures.get(format_)
        yield self._dataset, DCAT.distribution, part
        yield part, RDF.type, NamedNode(DCAT.Distribution)
        yield part, DCTERMS.title, _text(f"The whole graph as {format_.value}")
        yield part, DCTERMS.license, NamedNode(self._licence)
        yield part, DCAT.mediaType, NamedNode(f"{_MEDIA}{format_.rdf.media_type}")
        if format_ in _FORMATS:
            yield part, DCTERMS.format, _format(_FORMATS[format_])
        if self._address:
            place = NamedNode(f"{self._address}/export?format={format_.value}")
            yield part, DCAT.accessURL, place
            yield part, DCAT.downloadURL, place
            yield self._dataset, VOID.dataDump, place
        if measure:
            yield part, DCAT.byteSize, Literal(str(measure.size), datatype=NamedNode(XSD.nonNegativeInteger))
            yield from self._checksum(part, f"checksum-{format_.value}", measure.sha256)

    def _checksum(self, owner: NamedNode, name: str, sha256: str) -> Iterator[Statement]:
        checksum = self._part(name)
        yield owner, SPDX.checksum, checksum
        yield checksum, RDF.type, NamedNode(SPDX.Checksum)
        yield checksum, SPDX.algorithm, NamedNode(SPDX.checksumAlgorithm_sha256)
        yield checksum, SPDX.checksumValue, Literal(sha256, datatype=NamedNode(XSD.hexBinary))

    def _part(self, name: str) -> NamedNode:
        return NamedNode(f"{self._dataset.value}#{name}")


def _sorted(counts: Mapping[NamedNode, int]) -> Iterable[tuple[NamedNode, int]]:
    return sorted(counts.items(), key=lambda item: item[0].value)


def _short(iri: NamedNode) -> str:
    """A term of a known vocabulary as a part of a fragment: `cg-Service`."""
    return next(f"{v.prefix}-{iri.value[len(v.iri) :]}" for v in VOCABULARIES if iri.value.startswith(v.iri))


def _text(text: str) -> Literal:
    return Literal(text, language="en")


def _format(name: str) -> NamedNode:
    return NamedNode(f"http://www.w3.org/ns/formats/{name}")
