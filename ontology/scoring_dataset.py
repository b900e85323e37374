"""Scores of the description of the data set: each number, partition and checksum beside what the export really has."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import QuerySolutions, RdfFormat, Store

from graph.store import Reader
from ontology.export import export
from ontology.formats import Format
from ontology.namespaces import CG, DCAT, DEFAULT_BASE, SD, SPDX, VOID
from ontology.scoring import Score, score

_NUMBERS = {
    VOID.triples: "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }",
    VOID.entities: f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s <{CG.id}> ?id }}",
    VOID.distinctSubjects: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    VOID.distinctObjects: "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    VOID.classes: "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }",
    VOID.properties: "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
}
_PARTITIONS = {
    "parts by class": (
        (VOID.classPartition, VOID["class"], VOID.entities),
        "SELECT ?of (COUNT(DISTINCT ?s) AS ?n) { ?s a ?of } GROUP BY ?of",
    ),
    "parts by property": (
        (VOID.propertyPartition, VOID.property, VOID.triples),
        "SELECT ?of (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?of ?o { ?s ?of ?o } } GROUP BY ?of",
    ),
    "parts by named graph": (
        (VOID.subset, SD.name, VOID.triples),
        "SELECT ?of (COUNT(*) AS ?n) { GRAPH ?of { ?s ?p ?o } } GROUP BY ?of",
    ),
}


def of_dataset(reader: Reader, description: bytes, base: str = DEFAULT_BASE) -> Iterator[Score]:
    """What a description in Turtle says of a store, and what SPARQL counts in its export and its files are."""
    told, found, dataset = Store(), Store(), f"<{base}dataset>"
    told.load(description, format=RdfFormat.TURTLE)
    found.load(_written(reader, Format.NQUADS, base), format=RdfFormat.N_QUADS)
    counted = {number: _rows(found, query)[0][0] for number, query in _NUMBERS.items()}
    yield score("VoID", "numbers that SPARQL counts too", counted, lambda n: _number(told, dataset, n) == counted[n])
    for name in _PARTITIONS:
        yield _partition(told, found, dataset, name)
    files = _files(told, base)
    yield score("VoID", "files with their size and checksum", files, lambda n: files[n] == _measure(reader, n, base))


def _number(told: Store, dataset: str, number: str) -> str:
    return next((row[0] for row in _rows(told, f"SELECT ?n {{ {dataset} <{number}> ?n }}")), "")


def _partition(told: Store, found: Store, dataset: str, name: str) -> Score:
    """The parts of one kind; one that is told and not there, or there and not told, passes as little."""
    (by, of, number), query = _PARTITIONS[name]
    parts = f"SELECT ?of ?n {{ {dataset} <{by}> ?part . ?part <{of}> ?of ; <{number}> ?n }}"
    counted, said = _numbered(_rows(found, query)), _numbered(_rows(told, parts))
    return score("VoID", name, sorted({*counted, *said}), lambda part: counted.get(part) == said.get(part))


def _numbered(rows: Iterable[Sequence[str]]) -> dict[str, str]:
    return {of: number for of, number in rows}


def _files(told: Store, base: str) -> Mapping[str, tuple[str, str]]:
    """The size and the checksum of each format of which they are told."""
    measured = f"?part <{DCAT.byteSize}> ?size ; <{SPDX.checksum}>/<{SPDX.checksumValue}> ?sha256"
    rows = _rows(told, f"SELECT ?part ?size ?sha256 {{ {measured} }}")
    return {part.removeprefix(f"{base}dataset#"): (size, sha256) for part, size, sha256 in rows}


def _measure(reader: Reader, name: str, base: str) -> tuple[str, str]:
    content = _written(reader, Format(name), base)
    return str(len(content)), hashlib.sha256(content).hexdigest()


def _written(reader: Reader, format_: Format, base: str) -> bytes:
    sink = io.BytesIO()
    export(reader, format_, sink, base=base)
    return sink.getvalue()


def _rows(store: Store, query: str) -> list[tuple[str, ...]]:
    """The values of each row of a query over all graphs."""
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [tuple(str(getattr(term, "value", "")) for term in solution) for solution in found]
