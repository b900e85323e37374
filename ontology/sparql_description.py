"""What the SPARQL service says of itself (SPARQL 1.1 Service Description): its language, formats and graphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from ontology.namespaces import RDF, Vocabulary

_SD = (
    "Service Dataset Graph NamedGraph endpoint supportedLanguage SPARQL11Query resultFormat feature UnionDefaultGraph "
    "defaultDataset defaultGraph namedGraph name graph"
)
_FORMATS = (
    "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV "
    "Turtle N-Triples RDF_XML JSON-LD TriG N-Quads"
)
SD = Vocabulary("sd", "http://www.w3.org/ns/sparql-service-description#", _SD.split(), NamedNode)
FORMATS = Vocabulary("formats", "http://www.w3.org/ns/formats/", _FORMATS.split(), NamedNode)
VOID = Vocabulary("void", "http://rdfs.org/ns/void#", ["triples"], NamedNode)

_RDF = RDF.made(NamedNode)
_PREFIXES = {"rdf": RDF.iri, SD.prefix: SD.iri, FORMATS.prefix: FORMATS.iri, VOID.prefix: VOID.iri}


def description(address: str, counts: Mapping[NamedNode | None, int], format_: RdfFormat) -> bytes:
    """The description of the service at that address over graphs of so many triples; None is the default graph."""
    written = serialize(_triples(NamedNode(address), counts), format=format_, prefixes=_PREFIXES)
    return written or b""


def _triples(endpoint: NamedNode, counts: Mapping[NamedNode | None, int]) -> Iterator[Triple]:
    service, data_set = (NamedNode(f"{endpoint.value}#{part}") for part in ("service", "data-set"))
    yield Triple(service, _RDF.type, SD.Service)
    yield Triple(service, SD.endpoint, endpoint)
    yield Triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    yield Triple(service, SD.feature, SD.UnionDefaultGraph)
    for format_ in FORMATS:
        yield Triple(service, SD.resultFormat, FORMATS[format_])
    yield Triple(service, SD.defaultDataset, data_set)
    yield Triple(data_set, _RDF.type, SD.Dataset)
    for graph, triples in sorted(counts.items(), key=lambda item: item[0].value if item[0] else ""):
        yield from _graph(endpoint, data_set, graph, triples)


def _graph(endpoint: NamedNode, data_set: NamedNode, graph: NamedNode | None, triples: int) -> Iterator[Triple]:
    key = quote(graph.value, safe="") if graph else ""
    held, named = (NamedNode(f"{endpoint.value}#{part}={key}") for part in ("graph", "named"))
    if graph:
        yield Triple(data_set, SD.namedGraph, named)
        yield Triple(named, _RDF.type, SD.NamedGraph)
        yield Triple(named, SD.name, graph)
        yield Triple(named, SD.graph, held)
    else:
        yield Triple(data_set, SD.defaultGraph, held)
    yield Triple(held, _RDF.type, SD.Graph)
    yield Triple(held, VOID.triples, Literal(triples))
