"""The graph as RDF: all or a part of it in every format, streamed in a fixed order with no blank node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from pyoxigraph import Quad, Triple, serialize

from graph.state import loaded, steady
from graph.store import Reader, Snapshot
from ontology.facts import Fact, facts
from ontology.formats import MEDIA_TYPES, Format, known_format
from ontology.namespaces import DEFAULT_BASE, EXPORTED, prefixes
from ontology.parts import part
from ontology.things import Things

__all__ = ["MEDIA_TYPES", "Format", "export", "quads", "triples", "write"]


def export(
    reader: Reader,
    format_: str | Format,
    sink: IO[bytes],
    with_quotes: bool = False,
    base: str = DEFAULT_BASE,
    wanted: Mapping[str, str] | None = None,
) -> None:
    """Writes the graph as one state of the store has it (see `write`); `StoreChanging` where that cannot be had."""
    with reader.snapshot() as snapshot, steady(snapshot, loaded(snapshot)):
        write(snapshot, format_, sink, with_quotes, base, wanted)


def write(
    snapshot: Snapshot,
    format_: str | Format,
    sink: IO[bytes],
    with_quotes: bool = False,
    base: str = DEFAULT_BASE,
    wanted: Mapping[str, str] | None = None,
) -> None:
    """Writes the graph to `sink` in the format of that name: the same store gives the same bytes.

    Formats with named graphs (trig, nquads, jsonld) hold one graph a document and one of identities and names; in the
    others each triple stands once. Wording that only documents marked `restricted` state is written only
    `with_quotes`; that of public ones, and of those whose distribution is not stated, always. `wanted` is a part
    (`ontology.parts`), else all is written. Raises `UsageError` for an unknown format or part or a base that is no
    absolute IRI, before anything is written.
    """
    chosen, things = known_format(format_), Things(base)
    found = facts(snapshot, things, with_quotes, part(snapshot, things, wanted or {}), reified=chosen.reified)
    content = quads(found) if chosen.rdf.supports_datasets else triples(found)
    serialize(content, sink, chosen.rdf, prefixes=prefixes(EXPORTED))


def quads(found: Iterable[Fact]) -> Iterator[Quad]:
    """Each fact once in every graph in which it stands."""
    return (Quad(s, p, o, graph) for s, p, o, graphs in found for graph in graphs)


def triples(found: Iterable[Fact]) -> Iterator[Triple]:
    """Each fact once."""
    return (Triple(s, p, o) for s, p, o, _ in found)
