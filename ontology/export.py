"""The graph as RDF: every format in which it is written, streamed in a fixed order with no blank node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import IO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from graph.errors import UsageError
from graph.store import Reader
from ontology.facts import Fact, facts
from ontology.namespaces import DEFAULT_BASE, EXPORTED, prefixes
from ontology.things import Things


class Format(Enum):
    """The formats, by the names that the command line and `/export` use."""

    TRIG = "trig"
    NQUADS = "nquads"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"

    @property
    def rdf(self) -> RdfFormat:
        """The format as the serialiser knows it."""
        return _FORMATS[self]

    @property
    def media_type(self) -> str:
        """The registered media type."""
        return str(self.rdf.media_type)


_FORMATS = {
    Format.TRIG: RdfFormat.TRIG,
    Format.NQUADS: RdfFormat.N_QUADS,
    Format.TURTLE: RdfFormat.TURTLE,
    Format.NTRIPLES: RdfFormat.N_TRIPLES,
    Format.RDFXML: RdfFormat.RDF_XML,
    Format.JSONLD: RdfFormat.JSON_LD,
}

MEDIA_TYPES: Mapping[str, str] = {format_.value: format_.media_type for format_ in Format}
"""The media type of each format by name."""


def export(
    reader: Reader, format_: str | Format, sink: IO[bytes], with_quotes: bool = False, base: str = DEFAULT_BASE
) -> None:
    """Writes the whole graph to `sink` in the format of that name: the same store gives the same bytes.

    Formats with named graphs (trig, nquads, jsonld) hold one graph a document and one of identities and names; in the
    others each triple stands once. Wording that only documents marked `restricted` state is written only
    `with_quotes`; that of public ones, and of those whose distribution is not stated, always. Raises `UsageError` for
    an unknown format or a base that is no absolute IRI.
    """
    chosen, things = _format(format_), Things(base)
    with reader.snapshot() as snapshot:
        found = facts(snapshot, things, with_quotes)
        content = quads(found) if chosen.rdf.supports_datasets else triples(found)
        serialize(content, sink, chosen.rdf, prefixes=prefixes(EXPORTED))


def quads(found: Iterator[Fact]) -> Iterator[Quad]:
    """Each fact once in every graph in which it stands."""
    return (Quad(s, p, o, graph) for s, p, o, graphs in found for graph in graphs)


def triples(found: Iterator[Fact]) -> Iterator[Triple]:
    """Each fact once."""
    return (Triple(s, p, o) for s, p, o, _ in found)


def _format(name: str | Format) -> Format:
    try:
        return Format(name)
    except ValueError:
        known = ", ".join(format_.value for format_ in Format)
        raise UsageError(f"format {name!r} is none that RDF is written in; one of {known}") from None
